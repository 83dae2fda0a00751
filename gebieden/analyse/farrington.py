"""Farrington Flexible: what a week should have been, and how rare what came is (statistiek.md 1.1).

Farrington 1996 (JRSS-A 159:547), Noufaily 2013 (Stat Med 32:1206), R's surveillance::farringtonFlexible. The baseline
counts back from the week, so one design serves all series and weeks: they are fitted as the rows of one batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Methode = Literal["voorspellend", "nbPlugin", "muan", "delta"]
METHODEN: Final[tuple[Methode, ...]] = ("voorspellend", "nbPlugin", "muan", "delta")
Reeks = npt.NDArray[np.float64]
Vlaggen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Farrington:
    """The settings; the names are those of surveillance, so that a setting can be looked up there.

    `b` years back, windows of ±`w` periods, `noPeriods` blocks in a year of `freq` periods (1 = no season),
    `pastWeeksNotIncluded` newest weeks left out of the baseline (None = `w`), `weightsThreshold` of the Anscombe
    residuals (only with `reweight`), a trend (only with `trend`, b >= 3 and p < `pThresholdTrend`), `alpha` one-sided,
    `limit54` = (5, 4): no bound unless the last 4 weeks have at least 5. `methode` says how the bound is made;
    `r_compat` repeats R's choices to the letter (README of the reference cases, quirk 3): only for comparing.
    """

    b: int = 5
    w: int = 3
    noPeriods: int = 10
    pastWeeksNotIncluded: int | None = 26
    reweight: bool = True
    weightsThreshold: float = 2.58
    trend: bool = True
    pThresholdTrend: float = 0.05
    alpha: float = 0.005
    limit54: tuple[int, int] = (5, 4)
    freq: int = 52
    methode: Methode = "voorspellend"
    r_compat: bool = False

    @property
    def eerste_week(self) -> int:
        """The first 0-based week with a whole baseline: b years and w weeks before it."""
        return self.b * self.freq + self.w


@dataclass(frozen=True, eq=False, slots=True)
class Farringtonuitkomst:
    """Per series and week, (S, K). NaN where there is no whole baseline; then `alarm` and `trend_gebruikt` are False.

    `verwacht` the mean mu0 = exp(`eta`), `se_eta` its standard error on the log scale, `phi` the dispersion (>= 1),
    `p` = P(Y >= y), `bovengrens` the highest count that is still usual (NaN where limit54 forbids one),
    `alarm` y > bovengrens, `trend_gebruikt` whether the trend was kept.
    """

    verwacht: Reeks
    eta: Reeks
    se_eta: Reeks
    phi: Reeks
    p: Reeks
    bovengrens: Reeks
    alarm: Vlaggen
    trend_gebruikt: Vlaggen


def fit_farrington(
    reeksen: npt.NDArray[np.integer],
    weken: Sequence[int],
    instellingen: Farrington = Farrington(),
    uitgesloten: Vlaggen | None = None,
) -> Farringtonuitkomst:
    """Return what each of `weken` should have been in each of `reeksen`.

    Parameters
    ----------
    reeksen : (S, T) counts >= 0, one row per series, consecutive weeks; not changed.
    weken : K 0-based indices of weeks in 0..T-1.
    uitgesloten : (S, T), True = not in any baseline (incomplete, a change of registration); the week itself is
        still judged. With less than half of the baseline left there is no outcome (NaN).

    Raises
    ------
    ValueError: another shape, or a week outside the series. InvoerError: settings that leave no baseline.
    """
    raise NotImplementedError
