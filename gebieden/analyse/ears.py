"""EARS C1, C2 and C3: only a reference, for their false-alarm rate is far above what they promise (statistiek.md 1.3).

Hutwagner 2003; surveillance::earsC. The baseline is a handful of weeks just before the week itself.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Reeks = npt.NDArray[np.float64]
Earsmethode = Literal["C1", "C2", "C3"]

_ALPHA: Final[dict[Earsmethode, float]] = {"C1": 0.001, "C2": 0.001, "C3": 0.025}
_GAT: Final[dict[Earsmethode, int]] = {"C1": 0, "C2": 2, "C3": 2}
"""Weeks between the baseline and the week itself."""


@dataclass(frozen=True, slots=True)
class Ears:
    """The settings: which method, how many weeks of baseline, the least standard deviation, alpha of the method."""

    methode: Earsmethode = "C1"
    baseline: int = 7
    min_sigma: float = 0.0

    @property
    def alpha(self) -> float:
        """The one-sided level: .001, for C3 .025."""
        return _ALPHA[self.methode]

    @property
    def eerste_week(self) -> int:
        """The first 0-based week with a whole baseline; C3 also needs that of the two weeks before."""
        return self.baseline + _GAT[self.methode] + (2 if self.methode == "C3" else 0)


COMBINATIES: Final = tuple(
    Ears(methode, baseline, sigma) for methode in _ALPHA for baseline in (7, 12) for sigma in (0.0, 1.0)
)
"""The twelve that the command line computes."""


@dataclass(frozen=True, eq=False, slots=True)
class Earsuitkomst:
    """Per series and week, (S, T): the upper bound, NaN where there is none, and `alarm` = the count is above it."""

    bovengrens: Reeks
    alarm: npt.NDArray[np.bool_]


def compute_ears(reeksen: npt.NDArray[np.integer], instellingen: Ears) -> Earsuitkomst:
    """Return the bounds of every week of (S, T) counts.

    C1 and C2: mean + z sd. C3: the sum of max(0, C2 - 1) over the week and the two before it is above z.
    No bound where the standard deviation is 0 and C3 would divide by it.
    """
    y = np.asarray(reeksen, dtype=np.float64)
    z = float(ndtri(1 - instellingen.alpha))
    midden, sigma = _describe_baseline(y, instellingen)
    if instellingen.methode == "C3":
        with np.errstate(divide="ignore", invalid="ignore"):
            boven_een = np.maximum((y - midden) / sigma - 1, 0)
            eerder = np.full_like(y, np.nan)
            eerder[:, 2:] = boven_een[:, :-2] + boven_een[:, 1:-1]
            grens = np.maximum(y + sigma * (z - eerder), 0)
    else:
        grens = midden + z * sigma
    return Earsuitkomst(grens, y > grens)


def _describe_baseline(y: Reeks, instellingen: Ears) -> tuple[Reeks, Reeks]:
    """Return mean and standard deviation of each week's baseline; NaN where it is not whole."""
    terug = instellingen.baseline + _GAT[instellingen.methode]
    midden, sigma = np.full_like(y, np.nan), np.full_like(y, np.nan)
    if y.shape[1] > terug:
        vensters = np.lib.stride_tricks.sliding_window_view(y, instellingen.baseline, axis=1)
        vensters = vensters[:, : y.shape[1] - terug]
        midden[:, terug:] = vensters.mean(axis=2)
        sigma[:, terug:] = np.maximum(vensters.std(axis=2, ddof=1), instellingen.min_sigma)
    return midden, sigma
