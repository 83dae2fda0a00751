"""Bord: the points of an agenda in a column per state, and what a person asks for who moves one to another column."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Final

from gebieden.domein.agendapunt import Staat

PER_KOLOM: Final = 20
MAX_NUMMER: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Plaats:
    """What says where a point is on the board: nothing that not everybody may know."""

    id: str
    staat: Staat
    afgesproken: date | None


@dataclass(frozen=True, slots=True)
class Kolom:
    """One state: how many points are in it, and the first of those, the earliest agreed date first."""

    staat: Staat
    aantal: int
    ids: tuple[str, ...]

    @property
    def rest(self) -> int:
        """How many points are not among the first."""
        return self.aantal - len(self.ids)


@dataclass(frozen=True, slots=True)
class Zet:
    """A move on the board: which point, from the state that this person saw, to which state.

    `nummer` is how many moves the board had seen when it was drawn: the same move sent twice has the same number.
    """

    id: str
    van: Staat
    naar: Staat
    nummer: int


def compose_bord(plaatsen: Iterable[Plaats], getoond: Mapping[Staat, int] | None = None) -> list[Kolom]:
    """Return a column for every state, in the order of the states; `getoond` says where more than the first show."""
    per_staat: dict[Staat, list[Plaats]] = defaultdict(list)
    for plaats in plaatsen:
        per_staat[plaats.staat].append(plaats)
    return [
        Kolom(staat, len(per_staat[staat]), _select_eerste(per_staat[staat], (getoond or {}).get(staat, PER_KOLOM)))
        for staat in Staat
    ]


def _select_eerste(plaatsen: Iterable[Plaats], aantal: int) -> tuple[str, ...]:
    return tuple(p.id for p in nsmallest(aantal, plaatsen, key=lambda p: (p.afgesproken or date.max, p.id)))


def parse_zet(bericht: object) -> Zet | None:
    """Return the move that a browser sent, or None where it is no move; whether it is allowed is not looked at."""
    match bericht:
        case {"id": str(id_), "van": str(van), "naar": str(naar), "nummer": int(nummer)}:
            is_zet = {van, naar} <= set(Staat) and id_.isprintable() and 0 <= nummer <= MAX_NUMMER
            return Zet(id_, Staat(van), Staat(naar), nummer) if is_zet else None
    return None
