"""Zitting: who ran a meeting, from when to when; what they did then at its points belongs to that meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Overlegregel:
    """A line in the journal of a meeting: by whom (a user, or in demo a role) and when.

    `is_afgesloten` is what the line made of the meeting, None when it left that as it was.
    """

    wie: str
    moment: datetime
    is_afgesloten: bool | None = None


@dataclass(frozen=True, slots=True)
class Zitting:
    """The time in which somebody ran a meeting; `tot` None means that it is still open."""

    wie: str
    van: datetime
    tot: datetime | None = None

    def is_van(self, wie: str, moment: datetime) -> bool:
        """Return whether what this person did at this moment was done in this time."""
        return wie == self.wie and self.van <= moment and (self.tot is None or moment <= self.tot)


def determine_zittingen(regels: Iterable[Overlegregel]) -> list[Zitting]:
    """Return who ran a meeting and when, from the lines of its journal that hold, oldest first.

    Somebody runs it from their first line while it is open (beginning it, taking it over, opening it again) until it
    is closed.
    """
    zittingen: list[Zitting] = []
    sinds: dict[str, datetime] = {}
    is_open = False
    for regel in regels:
        is_open = is_open or regel.is_afgesloten is False
        if is_open:
            sinds.setdefault(regel.wie, regel.moment)
        if regel.is_afgesloten:
            zittingen += [Zitting(wie, van, regel.moment) for wie, van in sinds.items()]
            sinds, is_open = {}, False
    return zittingen + [Zitting(wie, van) for wie, van in sinds.items()]
