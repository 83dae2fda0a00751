"""Which points go into the next version of an agenda.

An open point cannot be left out: an agenda must not look better by that.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, select

from gebieden.domein.agendapunt import VOORSTELLEN, Staat
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.voortgang import is_open
from gebieden.opslag import tabellen
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.stand import load_agendas, select_punten

_BLIJFT_GEWOONLIJK: Final = frozenset({Staat.GEREALISEERD, Staat.GEBORGD})


class Plaats(StrEnum):
    """Whether a point goes into the next version."""

    ERIN = "erin"
    KEUZE = "keuze"
    ERBUITEN = "erbuiten"


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """A point as it stands before a version is established; `versie` is the one it is in, 0 for none.

    `is_gewoonlijk` says, where there is a choice, whether it goes in when nothing else is said.
    """

    id: str
    versie: int
    staat: Staat
    plaats: Plaats

    @property
    def is_gewoonlijk(self) -> bool:
        return self.staat in _BLIJFT_GEWOONLIJK


def load_kandidaten(conn: Connection, gebied: str, datum: date, op: date) -> list[Kandidaat]:
    """Return the points on the agenda of an area today (`op`), by id, for a version dated `datum`.

    A point that was open on that day or since goes in, also when it has ended meanwhile: on that day it counts.
    """
    rijen = [
        (rij, in_versie)
        for rij, in_versie in select_punten(conn, load_agendas(conn, op), op)
        if rij["gebied"] == gebied
    ]
    eerder = _load_eerder(conn, [rij["id"] for rij, _ in rijen])
    kandidaten = []
    for rij, in_versie in rijen:
        staat, verlaten = Staat(rij["staat"]), eerder.get((rij["id"], rij["versie"]), [])
        sinds = {staat, *(van for van, dag in verlaten if datum < dag <= op)}
        plaats = _determine_plaats(staat, sinds, {van for van, _ in verlaten}, in_versie)
        kandidaten.append(Kandidaat(rij["id"], rij["versie"], staat, plaats))
    return sorted(kandidaten, key=lambda k: k.id)


def _load_eerder(conn: Connection, ids: Collection[str]) -> dict[tuple[str, int], list[tuple[Staat, date]]]:
    """Return per row of a point which states it left, and when; what was taken back left out."""
    tabel = tabellen.overgang
    vraag = select(tabel.c.id, tabel.c.versie, tabel.c.van, tabel.c.datum).where(
        tabel.c.soort == Berichtsoort.AGENDAPUNT, tabel.c.id.in_(ids), ~is_herroepen(tabel)
    )
    eerder: dict[tuple[str, int], list[tuple[Staat, date]]] = defaultdict(list)
    for rij in conn.execute(vraag):
        eerder[rij.id, rij.versie].append((Staat(rij.van), rij.datum))
    return eerder


def _determine_plaats(staat: Staat, sinds: set[Staat], ooit: set[Staat], in_versie: bool) -> Plaats:
    if any(is_open(s) for s in sinds):
        return Plaats.ERIN
    if staat in VOORSTELLEN:
        # In a version it can only be by an import; left out of the next, it would be gone.
        return Plaats.ERIN if in_versie else Plaats.ERBUITEN
    is_afgewezen = staat is Staat.VERVALLEN and ooit <= VOORSTELLEN
    return Plaats.ERBUITEN if is_afgewezen and not in_versie else Plaats.KEUZE
