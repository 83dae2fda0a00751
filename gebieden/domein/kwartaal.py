"""Kwartaal: the one fixed period over which counts of signals are published."""

import re
from dataclasses import dataclass
from datetime import date

from gebieden.domein.taal import format_datum

_CODE = re.compile(r"(\d{4})-K([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Kwartaal:
    """A quarter of a calendar year; `nummer` is 1 to 4."""

    jaar: int
    nummer: int

    @property
    def code(self) -> str:
        """The quarter as it stands in a link or a file: `2026-K2`."""
        return f"{self.jaar}-K{self.nummer}"

    @property
    def label(self) -> str:
        """The quarter as a person reads it: `2e kwartaal 2026`."""
        return f"{self.nummer}e kwartaal {self.jaar}"

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.jaar, 3 * self.nummer - 2, 1)

    @property
    def eind_tot(self) -> date:
        """The first day after it."""
        return date(self.jaar + 1, 1, 1) if self.nummer == 4 else date(self.jaar, 3 * self.nummer + 1, 1)

    @property
    def volgnummer(self) -> int:
        """Quarters counted from the year 0, so that consecutive quarters differ by one."""
        return self.jaar * 4 + self.nummer - 1

    def is_afgelopen(self, peildatum: date) -> bool:
        """Return whether the quarter was over before the peildatum; on its own last day it is not."""
        return self.eind_tot <= peildatum

    def format_lopend(self) -> str:
        """Return why a running quarter is not published."""
        return (
            f"Het {self.label} is pas op {format_datum(self.eind_tot)} voorbij. Aantallen van een kwartaal dat nog "
            "loopt worden niet getoond: wie twee standen vergelijkt, kan kleine aantallen uitrekenen."
        )


def build_kwartaal(volgnummer: int) -> Kwartaal:
    """Return the quarter with this sequence number."""
    return Kwartaal(volgnummer // 4, volgnummer % 4 + 1)


def determine_kwartaal(datum: date) -> Kwartaal:
    """Return the quarter a day lies in."""
    return Kwartaal(datum.year, (datum.month - 1) // 3 + 1)


def parse_kwartaal(code: str) -> Kwartaal | None:
    """Return the quarter that a code like `2026-K2` names; None for anything else."""
    gevonden = _CODE.fullmatch(code.strip().upper())
    return Kwartaal(int(gevonden[1]), int(gevonden[2])) if gevonden else None
