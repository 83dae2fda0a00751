"""Reading what asks for action: a few columns of every point only, so that it is quick in a large gemeente."""

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import Connection

from gebieden.analyse.mijnwerk import Werkpunt
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.dekking import GEEN_GELD
from gebieden.domein.punt import determine_tekort
from gebieden.domein.rechten import Kijker
from gebieden.opslag.lezen import AFGESCHERMDE_TITEL
from gebieden.opslag.stand import (
    load_agendas,
    load_geldstand,
    load_laatste,
    read_bedrag,
    read_themas_uit,
    select_ids_in,
    select_punten,
)

_KOLOMMEN: Final = (
    "titel",
    "themas",
    "staat",
    "trekker",
    "afgesproken_gereed",
    "wacht_op",
    "terugkijken_op",
    "openbaar",
    "benodigd",
    "benodigd_pm",
)


def load_werkpunten(conn: Connection, kijker: Kijker, peildatum: date, gebieden: Collection[str]) -> list[Werkpunt]:
    """Return of every point on the agendas of these areas what `gebieden.opslag.lezen.load_punten` says of it."""
    agendas = load_agendas(conn, peildatum)
    # Who has every agenda is quicker off with all points.
    ids = None if agendas.keys() <= set(gebieden) else select_ids_in(gebieden)
    laatste, geld = load_laatste(conn, peildatum, ids), load_geldstand(conn, peildatum, ids)
    punten = []
    for rij, _ in select_punten(conn, agendas, peildatum, ids, _KOLOMMEN):
        if rij["gebied"] not in gebieden:
            continue
        id_, mag_tekst = rij["id"], kijker.mag_tekst(rij["openbaar"])
        punten.append(
            Werkpunt(
                id_,
                rij["gebied"],
                rij["titel"] if mag_tekst else AFGESCHERMDE_TITEL,
                read_themas_uit(rij["themas"]),
                Staat(rij["staat"]),
                rij["trekker"] if mag_tekst else "",
                rij["afgesproken_gereed"],
                WachtOp(rij["wacht_op"]) if rij["wacht_op"] else None,
                rij["terugkijken_op"],
                rij["openbaar"],
                laatste.get(id_),
                determine_tekort(read_bedrag(rij), geld.get(id_, GEEN_GELD)),
            )
        )
    return punten
