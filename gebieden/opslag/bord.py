"""Reading where every point is on the board: a few columns only, so that it is quick in a large gemeente."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection

from gebieden.analyse.bord import Plaats
from gebieden.domein.agendapunt import Staat
from gebieden.domein.thema import Thema
from gebieden.opslag.stand import load_agendas, read_themas_uit, select_ids_in, select_punten


def load_plaatsen(
    conn: Connection, peildatum: date, gebieden: Collection[str] | None = None, thema: Thema | None = None
) -> list[Plaats]:
    """Return where the points of these areas (or all) and of this theme are: the same for every role."""
    ids = None if gebieden is None else select_ids_in(gebieden)
    kolommen = ["staat", "afgesproken_gereed", *(["themas"] if thema else [])]
    return [
        Plaats(rij["id"], Staat(rij["staat"]), rij["afgesproken_gereed"])
        for rij, _ in select_punten(conn, load_agendas(conn, peildatum), peildatum, ids, kolommen)
        if (gebieden is None or rij["gebied"] in gebieden)
        and (thema is None or thema in read_themas_uit(rij["themas"]))
    ]
