"""Predicted counts: how rare a number is, what is usual, from which number an alarm follows, what would be missed.

A prediction is negative binomial with a mean and a variance; where Farrington's model stands behind it, the mean
itself is uncertain and the chance is averaged over it (statistiek.md section 1.1).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gebieden.analyse.nbstaart import spread_eta, tail_nb, tail_predictive

Breuken = npt.NDArray[np.float64]
Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]

GRENS_ZICHTBAAR = 0.80
_HOOGSTE_FACTOR = 1000.0
_STAPPEN = 40


@dataclass(frozen=True)
class Voorspelling:
    """Arrays of one shape: mean, variance (at least the mean), dispersion phi (at least 1), se of the log mean.

    `se` is 0 where the variance says everything already; elsewhere the variance is that of `phi` and `se` together.
    NaN in `verwacht`: nothing can be predicted.
    """

    verwacht: Breuken
    variantie: Breuken
    phi: Breuken
    se: Breuken

    def compute_kans(self, aantal: npt.ArrayLike) -> Breuken:
        """Return P(Y >= aantal) (0-1); NaN without a prediction."""
        aantal = np.broadcast_to(np.asarray(aantal, dtype=np.float64), self.verwacht.shape)
        kans = _compute_staart(aantal, self.verwacht, self.variantie / self.verwacht)
        onzeker = self.se > 0
        if onzeker.any():
            knopen = spread_eta(np.log(self.verwacht[onzeker]), self.se[onzeker])
            kans[onzeker] = tail_predictive(aantal[onzeker], knopen, self.phi[onzeker])
        return kans

    def find_aantal(self, kans: npt.ArrayLike) -> Breuken:
        """Return the smallest count whose P(Y >= count) is at most `kans` (above 0); NaN without a prediction."""
        doel = np.broadcast_to(np.asarray(kans, dtype=np.float64), self.verwacht.shape)
        laag = np.zeros(self.verwacht.shape)
        hoog = np.ceil(np.nan_to_num(self.verwacht) + 4 * np.sqrt(np.nan_to_num(self.variantie)) + 4)
        bekend = np.isfinite(self.verwacht) & np.isfinite(doel) & (doel > 0)
        while (te_laag := bekend & ~(self.compute_kans(hoog) <= doel)).any():
            laag, hoog = np.where(te_laag, hoog, laag), np.where(te_laag, hoog * 2, hoog)
        # P(Y >= 0) is 1, so no count below 1 is rare; `laag` is never rare, `hoog` always is.
        while (hoog - laag > 1).any():
            midden = np.floor((laag + hoog) / 2)
            zeldzaam = self.compute_kans(midden) <= doel
            laag, hoog = np.where(zeldzaam, laag, midden), np.where(zeldzaam, midden, hoog)
        return np.where(bekend, hoog, np.nan)

    def find_gebruikelijk(self, aandeel: float = 0.95) -> tuple[Breuken, Breuken]:
        """Return the lowest and highest count of the central `aandeel` (0-1): the 2.5 and 97.5 % quantile."""
        rand = (1 - aandeel) / 2
        return self.find_aantal(1 - rand) - 1, self.find_aantal(rand) - 1

    def compute_trefkans(self, vanaf: npt.ArrayLike, factor: npt.ArrayLike) -> Breuken:
        """Return the chance (0-1) of at least `vanaf` reports when `factor` times the expectation is the truth."""
        gemiddeld = self.verwacht * np.asarray(factor, dtype=np.float64)
        return _compute_staart(np.asarray(vanaf, dtype=np.float64), gemiddeld, self.phi)

    def find_factor(self, vanaf: npt.ArrayLike, trefkans: float = GRENS_ZICHTBAAR) -> Breuken:
        """Return how many times the expectation reaches `vanaf` in `trefkans` of cases; at least 1, NaN unknown.

        Statistiek.md section 8, "minimal detectable ratio". More than a thousandfold is told as a thousandfold.
        """
        laag = np.ones(self.verwacht.shape)
        hoog = np.full(self.verwacht.shape, _HOOGSTE_FACTOR)
        for _ in range(_STAPPEN):
            midden = np.sqrt(laag * hoog)
            genoeg = self.compute_trefkans(vanaf, midden) >= trefkans
            laag, hoog = np.where(genoeg, laag, midden), np.where(genoeg, midden, hoog)
        bekend = np.isfinite(self.verwacht) & np.isfinite(np.asarray(vanaf, dtype=np.float64))
        return np.where(bekend, hoog, np.nan)


def _compute_staart(aantal: Breuken, gemiddeld: Breuken, phi: Breuken) -> Breuken:
    return np.where(np.isnan(gemiddeld), np.nan, tail_nb(aantal, gemiddeld, phi))


def adjust_bh(kansen: Breuken, q: float) -> tuple[Breuken, Vlaggen, Breuken]:
    """Return adjusted chances, which are accepted, and per test from which chance it would be, for one family.

    Benjamini & Hochberg 1995 over the values that are not NaN, of any shape. With R accepted of m, a test that is not
    accepted would be from (R+1)q/m, an accepted one stays so up to Rq/m: the chances of the others unchanged.
    """
    # A second to import, and pages read this module before they draw anything.
    from scipy.stats import false_discovery_control

    getoetst = np.isfinite(kansen)
    m = int(getoetst.sum())
    bijgesteld = np.full(kansen.shape, np.nan)
    if m:
        bijgesteld[getoetst] = false_discovery_control(kansen[getoetst], method="bh")
    aanvaard = bijgesteld <= q
    rang = int(aanvaard.sum()) + np.where(aanvaard, 0, 1)
    return bijgesteld, aanvaard, np.where(getoetst, rang * q / max(m, 1), np.nan)
