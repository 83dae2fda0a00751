"""Which weeks are compared: those after the start with the same calendar weeks of the previous year(s)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt

MIN_AANLEIDING, MAX_AANLEIDING = 8, 26


@dataclass(frozen=True, slots=True)
class Perioderegel:
    """`duur` weeks after the start, `jaren` previous years before it, without the `aanleiding` (8–26) weeks.

    The weeks that led to the aanpak were high by choice: comparing with them finds success where there is none.
    """

    duur: int
    jaren: int = 1
    aanleiding: int = MIN_AANLEIDING

    def __post_init__(self) -> None:
        if self.duur < 1 or self.jaren < 1:
            raise ValueError("Verwacht: een duur van 1 week of meer en 1 jaar of meer om mee te vergelijken.")
        if not MIN_AANLEIDING <= self.aanleiding <= MAX_AANLEIDING:
            raise ValueError(
                f"Verwacht: {MIN_AANLEIDING} tot en met {MAX_AANLEIDING} weken die de aanleiding waren, "
                f"niet {self.aanleiding}."
            )


@dataclass(frozen=True, slots=True)
class Perioden:
    """Columns of the weeks before and after; before is `jaren` times as long as after.

    `weggelaten` are the weeks after the start (Mondays) without a counterpart in every previous year: week 53, or
    a counterpart among the weeks that led to the aanpak.
    """

    voor: npt.NDArray[np.intp]
    na: npt.NDArray[np.intp]
    weggelaten: tuple[date, ...] = ()


def determine_maandag(dag: date) -> date:
    """Return the Monday of the ISO week of this day."""
    return dag - timedelta(days=dag.weekday())


def check_weken(weken: Sequence[date]) -> None:
    """Raise ValueError unless these are Mondays, one week apart: a missing week would shift all others."""
    if any(dag.weekday() for dag in weken):
        raise ValueError("Verwacht: van elke week de maandag.")
    if any((na - voor).days != 7 for voor, na in pairwise(weken)):
        raise ValueError("Verwacht: opeenvolgende weken, zonder gat.")


@dataclass(frozen=True, slots=True)
class Weekparen:
    """Per week after the start the same calendar week of each previous year (Mondays), and the weeks left out."""

    paren: dict[date, tuple[date, ...]]
    weggelaten: tuple[date, ...]


def pair_weken(start: date, regel: Perioderegel) -> Weekparen:
    """Return the weeks to compare, whether or not there are counts of them yet.

    ISO week 53 is a week of its own, never merged with 52 or 1: it is compared with a week 53 only.
    """
    begin = determine_maandag(start)
    vroegste = begin - timedelta(weeks=regel.aanleiding)
    paren: dict[date, tuple[date, ...]] = {}
    weggelaten: list[date] = []
    for maandag in (begin + timedelta(weeks=n) for n in range(regel.duur)):
        eerder = [_find_zelfde_week(maandag, jaar) for jaar in range(1, regel.jaren + 1)]
        bruikbaar = tuple(week for week in eerder if week is not None and week < vroegste)
        if len(bruikbaar) < regel.jaren:
            weggelaten.append(maandag)
        else:
            paren[maandag] = bruikbaar
    return Weekparen(paren, tuple(weggelaten))


def select_voor(weken: Sequence[date], start: date, regel: Perioderegel) -> npt.NDArray[np.intp] | None:
    """Return the columns of the weeks before, also when those after are still to come; None when some are missing."""
    return _find_kolommen(weken, [week for eerder in pair_weken(start, regel).paren.values() for week in eerder])


def select_perioden(weken: Sequence[date], start: date, regel: Perioderegel) -> Perioden | None:
    """Return the weeks to compare; None when one of them, after the start or in a previous year, is not there."""
    paren = pair_weken(start, regel)
    voor, na = select_voor(weken, start, regel), _find_kolommen(weken, list(paren.paren))
    is_heel = not paren.weggelaten or _find_kolommen(weken, paren.weggelaten) is not None
    return None if voor is None or na is None or not is_heel else Perioden(voor, na, paren.weggelaten)


def _find_kolommen(weken: Sequence[date], gezocht: Sequence[date]) -> npt.NDArray[np.intp] | None:
    plaatsen = {maandag: plaats for plaats, maandag in enumerate(weken)}
    if not gezocht or any(week not in plaatsen for week in gezocht):
        return None
    return np.array(sorted(plaatsen[week] for week in gezocht), dtype=np.intp)


def _find_zelfde_week(maandag: date, jaren: int) -> date | None:
    jaar, week, _ = maandag.isocalendar()
    try:
        return date.fromisocalendar(jaar - jaren, week, 1)
    except ValueError:
        return None


def select_voorgeschiedenis(weken: Sequence[date], start: date, aanleiding: int) -> npt.NDArray[np.intp]:
    """Return the columns of all weeks before the weeks that led to the aanpak."""
    vroegste = determine_maandag(start) - timedelta(weeks=aanleiding)
    return np.array([plaats for plaats, maandag in enumerate(weken) if maandag < vroegste], dtype=np.intp)
