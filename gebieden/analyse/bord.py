"""Bord: the points of an agenda in a column per state, and what a person asks for who moves one to another column."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Final

from gebieden.domein.agendapunt import Staat
from gebieden.domein.punt import Punt

PER_KOLOM: Final = 20
MAX_NUMMER: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Kolom:
    """One state: how many points are in it, and the first of those, the earliest agreed date first."""

    staat: Staat
    aantal: int
    punten: tuple[Punt, ...]

    @property
    def rest(self) -> int:
        """How many points are not among the first."""
        return self.aantal - len(self.punten)


@dataclass(frozen=True, slots=True)
class Zet:
    """A move on the board: which point, from the state that this person saw, to which state.

    `nummer` is how many moves the board had seen when it was drawn: the same move sent twice has the same number.
    """

    id: str
    van: Staat
    naar: Staat
    nummer: int


def compose_bord(punten: Iterable[Punt], getoond: Mapping[Staat, int] | None = None) -> list[Kolom]:
    """Return a column for every state, in the order of the states; `getoond` says where more than the first show."""
    per_staat: dict[Staat, list[Punt]] = defaultdict(list)
    for punt in punten:
        per_staat[punt.punt.staat].append(punt)
    return [
        Kolom(staat, len(rij), tuple(nsmallest((getoond or {}).get(staat, PER_KOLOM), rij, key=_get_plaats)))
        for staat in Staat
        for rij in [per_staat[staat]]
    ]


def _get_plaats(punt: Punt) -> tuple[date, str, str]:
    return punt.punt.afgesproken_gereed or date.max, punt.punt.titel.lower(), punt.punt.id


def parse_zet(bericht: object) -> Zet | None:
    """Return the move that a browser sent, or None where it is no move; whether it is allowed is not looked at."""
    match bericht:
        case {"id": str(id_), "van": str(van), "naar": str(naar), "nummer": int(nummer)}:
            is_zet = {van, naar} <= set(Staat) and id_.isprintable() and 0 <= nummer <= MAX_NUMMER
            return Zet(id_, Staat(van), Staat(naar), nummer) if is_zet else None
    return None
