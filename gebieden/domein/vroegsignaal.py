"""Vroegsignaal: the verdict on one area, category and window of weeks, with the numbers that its reason is made of."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Vroegstaat(StrEnum):
    """What a week says about one series (statistiek.md section 1.4)."""

    SIGNAAL = "signaal"
    LET_OP = "let_op"
    NORMAAL = "normaal"
    TE_WEINIG_GEGEVENS = "te_weinig_gegevens"
    GEGEVENS_ONVOLLEDIG = "gegevens_onvolledig"


class Werkwijze(StrEnum):
    """How the expectation of a series came about."""

    AANDEEL = "aandeel"
    FARRINGTON = "farrington"
    KORTE_HISTORIE = "korte_historie"
    GEEN = "geen"


@dataclass(frozen=True, slots=True)
class Vroegsignaal:
    """One series in one window; what is not known is None, never 0.

    `maandag` is the Monday of the window's last week, `venster` its length in weeks. `kans` is the predictive
    P(Y >= waargenomen), `kans_bh` the same adjusted for all tests of the level and window in that week.
    `alarm_vanaf` is the smallest count that would have been a signaal, `kans_verdubbeling` the chance (0-1) that a
    doubling reaches it, `factor_zichtbaar` how many times the expectation is found in 8 of 10 cases.
    `is_toonbaar`: the count reaches the minimum under which only oov may see a warning.
    """

    gebied: str
    categorie: str
    maandag: date
    venster: int
    staat: Vroegstaat
    werkwijze: Werkwijze
    waargenomen: int | None
    verwacht: float | None = None
    laag: int | None = None
    hoog: int | None = None
    kans: float | None = None
    kans_bh: float | None = None
    alarm_vanaf: int | None = None
    kans_verdubbeling: float | None = None
    factor_zichtbaar: float | None = None
    is_toonbaar: bool = False


def format_weken(maandag: date, venster: int) -> str:
    """Return the ISO weeks of a window that ends with the week of `maandag`: `week 33 tot en met 36 van 2026`.

    The year is the ISO year, so a week of two years is named after the one its Thursday lies in, and week 53 exists.
    """
    jaar, week, _ = maandag.isocalendar()
    begin_jaar, begin, _ = (maandag - timedelta(weeks=venster - 1)).isocalendar()
    if venster == 1:
        return f"week {week} van {jaar}"
    if begin_jaar == jaar:
        return f"week {begin} tot en met {week} van {jaar}"
    return f"week {begin} van {begin_jaar} tot en met week {week} van {jaar}"
