"""What is said about something on a day: the last one counts, the ones before it stay readable."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Gedateerd(Protocol):
    """Something that was said on a day."""

    @property
    def datum(self) -> date: ...


G = TypeVar("G", bound=Gedateerd)


def list_nieuwste_eerst(alle: Iterable[G], peildatum: date) -> list[G]:
    """Return what was said on or before the peildatum, newest first; of one day, what was written down last."""
    return sorted((g for g in alle if g.datum <= peildatum), key=lambda g: g.datum)[::-1]


def is_ouder_dan_jaren(datum: date, peildatum: date, jaren: int) -> bool:
    """Return whether a day is more than so many years before the peildatum; exactly so many is not."""
    dag = min(peildatum.day, 28) if peildatum.month == 2 else peildatum.day
    return datum < peildatum.replace(year=peildatum.year - jaren, day=dag)
