"""The share model for small areas: "this area normally has 2.1 % of the municipal total" (statistiek.md section 1.2).

A rise all over the municipality raises no local alarm: it shows at the level of the municipality.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gebieden.analyse.telverdeling import Voorspelling
from gebieden.analyse.weekpanel import sum_tussen, sum_venster

Breuken = npt.NDArray[np.float64]
Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Aandeelregels:
    """Weeks t-weglaten-basis … t-weglaten-1 are the basis of week t; with fewer than `min_basis_weken` there is none.

    An area whose share is above `grens_groot` (0-1) is left out of M, for it damps itself.
    """

    basis_weken: int = 156
    weglaten_weken: int = 26
    min_basis_weken: int = 26
    grens_groot: float = 0.20


@dataclass(frozen=True)
class Aandelen:
    """Shares of the basis weeks per area, category and judged week (A, C, K).

    `som` is the area's own count in the basis S, `rest` that of all others, `aandeel` (S+½)/Σ(S+½); `phi` (C, K) the
    pooled dispersion per length of window in weeks; NaN where there is no basis.
    """

    aandeel: Breuken
    som: Breuken
    rest: Breuken
    phi: dict[int, Breuken]
    is_groot: Vlaggen


def determine_aandelen(
    tellingen: Getallen, is_basis: Vlaggen, weken: Getallen, vensters: tuple[int, ...], regels: Aandeelregels
) -> Aandelen:
    """Return the shares for the judged weeks `weken` (K, numbers from 0) from counts and basis (A, C, T).

    A week of an area that is no basis counts neither for its own count nor for the total it is a share of.
    """
    begin = np.maximum(0, weken - regels.weglaten_weken - regels.basis_weken)
    eind = np.maximum(begin, weken - regels.weglaten_weken)
    totaal = tellingen.sum(axis=0, keepdims=True)
    som = sum_tussen(np.where(is_basis, tellingen, 0), begin, eind)
    alles = sum_tussen(np.where(is_basis, totaal, 0), begin, eind)
    leeg = sum_tussen(is_basis, begin, eind) < regels.min_basis_weken
    gebieden = len(tellingen)
    aandeel = np.where(leeg, np.nan, (som + 0.5) / (alles + 0.5 * gebieden))
    phi = {
        venster: _pool_phi(tellingen, is_basis, aandeel, (begin, eind), venster)
        if gebieden > 1
        else np.ones_like(aandeel[0])
        for venster in vensters
    }
    return Aandelen(aandeel, som, alles - som, phi, aandeel > regels.grens_groot)


def _pool_phi(
    tellingen: Getallen, is_basis: Vlaggen, aandeel: Breuken, basis: tuple[Getallen, Getallen], venster: int
) -> Breuken:
    """Return Σ(y-s·n)²/(s·n) / ((A-1)(L-1)) per category and judged week, at least 1, over sums of `venster` weeks.

    n is the municipal total of the same weeks. Longer windows overlap: every one counts, and the freedom that the
    share takes is `venster` windows of L.
    """
    begin, eind = np.minimum(basis[0] + venster - 1, basis[1]), basis[1]
    aantal = sum_venster(tellingen, venster).astype(np.float64)
    totaal = np.broadcast_to(aantal.sum(axis=0, keepdims=True), aantal.shape)
    telt = (sum_venster(is_basis.astype(np.int64), venster) == venster) & (totaal > 0)
    deler = np.where(totaal > 0, totaal, 1.0)
    kwadraat, eigen, alles, cellen = (
        sum_tussen(np.where(telt, reeks, 0.0), begin, eind)
        for reeks in (aantal**2 / deler, aantal, totaal, np.ones_like(aantal))
    )
    pearson = np.nansum(kwadraat / aandeel - 2 * eigen + aandeel * alles, axis=0)
    weken = np.maximum(cellen.max(axis=0) + venster - 1, venster + 1)
    vrijheid = cellen.sum(axis=0) * (1 - 1 / len(tellingen)) * (1 - venster / weken)
    return np.maximum(1.0, np.divide(pearson, vrijheid, out=np.ones_like(pearson), where=vrijheid > 0))


def predict_aandeel(
    aandelen: Aandelen, totaal: Breuken, se: Breuken, rest: Breuken, se_rest: Breuken, venster: int
) -> Voorspelling:
    """Return what every area (A, C, K) may expect: E = s·M, V = phi·E + (1/S + se²)·E².

    `totaal` and `se` (C, K) are the expected municipal total of the window and the standard error of its logarithm;
    `rest` and `se_rest` (A, C, K) the same for the total without the area itself, used for areas with a large share.
    Without any count of its own in the basis half a report stands for S.
    """
    groot = aandelen.is_groot
    gebieden = len(aandelen.aandeel)
    kansverhouding = (aandelen.som + 0.5) / (aandelen.rest + 0.5 * (gebieden - 1) + (gebieden == 1))
    verwacht = np.where(groot, kansverhouding * rest, aandelen.aandeel * totaal[None])
    onzeker = 1 / np.maximum(aandelen.som, 0.5) + np.where(
        groot, 1 / np.maximum(aandelen.rest, 0.5) + se_rest**2, se[None] ** 2
    )
    phi = np.broadcast_to(aandelen.phi[venster][None], verwacht.shape)
    return Voorspelling(verwacht, phi * verwacht + onzeker * verwacht**2, phi, np.zeros_like(verwacht))
