"""What the board reads: where every point is, and no more than the points whose cards are shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st
from sqlalchemy import Connection

from gebieden.analyse.bord import Kolom, Plaats, compose_bord
from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.punt import Punt
from gebieden.domein.puntovergang import list_mogelijk
from gebieden.domein.rechten import Handeling, Kijker, Rol
from gebieden.opslag.bord import load_plaatsen
from gebieden.opslag.database import Deel
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.puntgevolgen import Verleden, load_verleden
from gebieden.opslag.stand import get_stilte_dagen
from gebieden.opslag.tabellen import ZONDER_VERSIE
from gebieden.ui.gegevens import Bron, get_boom, get_punten, key_on, open_engine
from gebieden.ui.lijstfilters import Lijstkeuze, filter_punten


@dataclass(frozen=True, slots=True)
class Bord:
    """The columns, and by id the points that are shown in them and the one that something was last done with."""

    kolommen: tuple[Kolom, ...]
    punten: Mapping[str, Punt]
    stilte_dagen: int

    def list_getoond(self) -> list[Punt]:
        """Return the points whose cards are shown."""
        return [self.punten[id_] for kolom in self.kolommen for id_ in kolom.ids if id_ in self.punten]


def get_bord(bron: Bron, kijker: Kijker, keuze: Lijstkeuze, getoond: Mapping[Staat, int], bij: str) -> Bord:
    """Return the points that fit the choice, as this viewer may see them; `bij` is the id of a point besides those."""
    return _get_bord(bron, bron.vandaag, kijker.rol, keuze, tuple(getoond.items()), bij)


@st.cache_resource(
    max_entries=64,
    show_spinner="De punten worden opgehaald …",
    hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA, Deel.INSTELLINGEN),
)
def _get_bord(
    bron: Bron, op: date, rol: Rol, keuze: Lijstkeuze, getoond: tuple[tuple[Staat, int], ...], bij: str
) -> Bord:
    kijker, boom = Kijker(rol), get_boom(bron, op)
    with open_engine().connect() as conn:
        stilte_dagen = get_stilte_dagen(conn)
        if is_ruim(keuze):
            gebieden = boom.list_binnen([keuze.gebied]) if keuze.gebied else None
            kolommen = compose_bord(load_plaatsen(conn, op, gebieden, keuze.thema), dict(getoond))
        else:
            punten = filter_punten(get_punten(bron, op, kijker), keuze, boom, op, stilte_dagen)
            plaatsen = (Plaats(p.punt.id, p.punt.staat, p.punt.afgesproken_gereed) for p in punten)
            kolommen = compose_bord(plaatsen, dict(getoond))
        return Bord(tuple(kolommen), load_getoond(conn, kijker, op, kolommen, bij), stilte_dagen)


def is_ruim(keuze: Lijstkeuze) -> bool:
    """Return whether a choice looks at nothing but area and theme, so that not every point has to be read for it."""
    return replace(keuze, thema=None, gebied=None) == Lijstkeuze()


def load_getoond(conn: Connection, kijker: Kijker, op: date, kolommen: list[Kolom], bij: str = "") -> dict[str, Punt]:
    """Return the points that are shown, by id, and the one `bij`."""
    ids = [id_ for kolom in kolommen for id_ in kolom.ids] + ([bij] if bij else [])
    return {p.punt.id: p for p in load_punten(conn, kijker, op, ids=ids)}


def get_doelen(bord: Bord, kijker: Kijker, boom: Gebiedsboom) -> dict[str, list[Staat]]:
    """Return where this viewer may move the points that are shown; nothing is read for who may move none."""
    if not kijker.mag(Handeling.PUNT_BEHEREN):
        return {}
    with open_engine().connect() as conn:
        return load_doelen(conn, bord.list_getoond(), kijker, boom)


def load_doelen(
    conn: Connection, punten: Collection[Punt], kijker: Kijker, boom: Gebiedsboom
) -> dict[str, list[Staat]]:
    """Return per point the states that this viewer may move it to; a point that they may not move is left out."""
    eigen = [p.punt for p in punten if kijker.mag_in(Handeling.PUNT_BEHEREN, p.punt.gebied, boom)]
    verleden = load_verleden(conn, [p.id for p in eigen if p.staat in AGENDAPUNT_MACHINE.keert_terug])
    vorige = {p.id: verleden.get((p.id, p.versie or ZONDER_VERSIE), Verleden()).kwam_van for p in eigen}
    return {p.id: list_mogelijk(p.staat, kijker.rol, vorige[p.id]) for p in eigen}
