"""What a series with a short history may expect: its own last year (statistiek.md section 1.3)."""

import numpy as np
import numpy.typing as npt

from gebieden.analyse.telverdeling import Voorspelling
from gebieden.analyse.weekpanel import sum_tussen, sum_venster

Breuken = npt.NDArray[np.float64]
Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]


def predict_kort(
    tellingen: Getallen, is_basis: Vlaggen, weken: Getallen, venster: int, jaar_weken: int
) -> Voorspelling:
    """Return what every series (A, C) may expect in the windows that end in `weken` (K): (A, C, K).

    The posterior predictive of surveillance::bayes, NB(S + ½, n / (n + window)), with n weeks of the year before the
    window: mean m = (S + ½) window / n, variance m + m² / (S + ½). Where the weeks of that year differ more than by
    chance, variance phi·m + m² / (S + ½), with phi pooled over the areas of a category: the Poisson form alone cries
    wolf (tests/benchmarks/vroegsignalen.py). NaN with less than half of that year.
    """
    tot = np.maximum(0, weken - venster + 1)
    van = np.maximum(0, tot - jaar_weken)
    som, n = (sum_tussen(reeks, van, tot) for reeks in (np.where(is_basis, tellingen, 0), is_basis))
    n = np.where(n >= jaar_weken / 2, n, np.nan)
    verwacht = (som + 0.5) * venster / n
    phi = np.broadcast_to(_pool_phi(tellingen, is_basis, (van, tot), venster), verwacht.shape)
    variantie = phi * verwacht + verwacht**2 / (som + 0.5)
    return Voorspelling(verwacht, variantie, phi, np.where(np.isnan(verwacht), np.nan, 0.0))


def _pool_phi(tellingen: Getallen, is_basis: Vlaggen, jaar: tuple[Getallen, Getallen], venster: int) -> Breuken:
    """Return Σ(y-m)²/m / Σ(n-window) per category and judged week (C, K), at least 1, over sums of `venster` weeks."""
    van, tot = np.minimum(jaar[0] + venster - 1, jaar[1]), jaar[1]
    telt = sum_venster(is_basis.astype(np.int64), venster) == venster
    aantal = np.where(telt, sum_venster(tellingen, venster), 0)
    n, som, kwadraat = (sum_tussen(reeks, van, tot) for reeks in (telt, aantal, aantal**2))
    bruikbaar = (som > 0) & (n > venster)
    gemiddeld = np.where(bruikbaar, som, 1.0) / np.where(bruikbaar, n, 1.0)
    pearson = np.where(bruikbaar, kwadraat / gemiddeld - som, 0.0).sum(axis=0)
    vrijheid = np.where(bruikbaar, n - venster, 0.0).sum(axis=0)
    return np.maximum(1.0, np.divide(pearson, vrijheid, out=np.ones_like(pearson), where=vrijheid > 0))
