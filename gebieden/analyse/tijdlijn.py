"""Tijdlijn: when a point is to be ready, when it was to be ready before that, and when it was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gebieden.domein.agendapunt import Staat
from gebieden.domein.punt import Punt

GEDAAN: Final = frozenset({Staat.GEREALISEERD, Staat.GEBORGD})


@dataclass(frozen=True, slots=True)
class Tijdlijnregel:
    """One point on the line; `eerder` are the dates that were given up, oldest agreement first."""

    punt: Punt
    afgesproken: date | None
    eerder: tuple[date, ...]
    gerealiseerd: date | None

    @property
    def datums(self) -> tuple[date, ...]:
        """Every date of the point, in order."""
        return tuple(sorted(d for d in (self.afgesproken, *self.eerder, self.gerealiseerd) if d))


def compose_tijdlijn(
    punten: Iterable[Punt], verlaten: Mapping[str, Sequence[date]], gerealiseerd: Mapping[str, date]
) -> list[Tijdlijnregel]:
    """Return the points that have a date, by agreed date; those without an agreed one come last, by title.

    `verlaten` has per point the dates that it was moved from, `gerealiseerd` the day on which it last was: that does
    not count for a point that is back in progress. A date that is agreed again is no earlier one.
    """
    regels = [_compose_regel(punt, verlaten, gerealiseerd) for punt in punten]
    return sorted((r for r in regels if r.datums), key=_get_plaats)


def _compose_regel(
    punt: Punt, verlaten: Mapping[str, Sequence[date]], gerealiseerd: Mapping[str, date]
) -> Tijdlijnregel:
    p = punt.punt
    eerder = tuple(dict.fromkeys(d for d in verlaten.get(p.id, ()) if d != p.afgesproken_gereed))
    klaar = gerealiseerd.get(p.id) if p.staat in GEDAAN else None
    return Tijdlijnregel(punt, p.afgesproken_gereed, eerder, klaar)


def _get_plaats(regel: Tijdlijnregel) -> tuple[date, str, str]:
    return regel.afgesproken or date.max, regel.punt.punt.titel.lower(), regel.punt.punt.id
