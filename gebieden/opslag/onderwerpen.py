"""What a bericht is about: per agendapunt and initiatief whether its text is public, and its area."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from gebieden.domein.bericht import Berichtsoort
from gebieden.opslag import tabellen
from gebieden.opslag.stand import load_agendas, select_punten


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """Whether the text of a point or initiative is public, and the area it belongs to."""

    openbaar: bool
    gebied: str


def load_onderwerpen(
    conn: Connection, peildatum: date, *, ids: Collection[str] | None = None
) -> dict[tuple[str, str], Onderwerp]:
    """Return every object (or those with these ids) by soort and id.

    A point is public when it is so both on the peildatum and in its last version.
    """
    over: dict[tuple[str, str], Onderwerp] = {}
    for soort, tabel, volgorde in (
        (Berichtsoort.AGENDAPUNT, tabellen.agendapunt, tabellen.agendapunt.c.versie),
        (Berichtsoort.INITIATIEF, tabellen.initiatief, tabellen.initiatief.c.id),
    ):
        vraag = select(tabel.c.id, tabel.c.openbaar, tabel.c.gebied).order_by(volgorde)
        if ids is not None:
            vraag = vraag.where(tabel.c.id.in_(ids))
        for id_, openbaar, gebied in conn.execute(vraag):
            over[(soort, id_)] = Onderwerp(openbaar, gebied)
    for rij, _ in select_punten(conn, load_agendas(conn, peildatum), peildatum, ids):
        laatste = over[(Berichtsoort.AGENDAPUNT, rij["id"])]
        over[(Berichtsoort.AGENDAPUNT, rij["id"])] = Onderwerp(laatste.openbaar and rij["openbaar"], rij["gebied"])
    return over


def find_onderwerp(conn: Connection, soort: str, id_: str, peildatum: date) -> Onderwerp | None:
    """Return what is known of one object, or None where it does not exist."""
    if "\x00" in id_:
        # PostgreSQL refuses to look for it, and no id has it.
        return None
    return load_onderwerpen(conn, peildatum, ids=[id_]).get((soort, id_))
