"""Which groups of areas a scan looks at: circles round every centroid, growing by distance (Kulldorff 1997)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

STANDAARD_AANDEEL: Final = 0.25
"""Largest share of the areas in one zone."""
AANDEEL_BEVOLKING: Final = 0.5
"""Largest share of the population in one zone, as SaTScan has it when nothing else is asked."""
_ZELFDE_AFSTAND: Final = 1e-9

Getallen = npt.NDArray[np.float64]
Nummers = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Zones:
    """The circles: zone (i, k) holds the areas `volgorde[i, :k + 1]`, nearest to the centroid of area i first.

    `volgorde` is (A, K) with numbers of areas. `geldig` is (A, K): False where the circle would cut through areas at
    one distance, and where it has grown beyond the limit.
    """

    volgorde: Nummers
    geldig: Vlaggen

    def get_leden(self, midden: int, omvang: int) -> Nummers:
        """Return the numbers of the areas in zone (midden, omvang), nearest first."""
        return self.volgorde[midden, : omvang + 1]


def build_zones(
    x: npt.ArrayLike, y: npt.ArrayLike, *, aandeel: float = STANDAARD_AANDEEL, gewicht: npt.ArrayLike | None = None
) -> Zones:
    """Return the circles round every centroid, areas at the same distance entering together.

    `x` and `y` are (A,) in metres of RD (EPSG:28992; any other plane does). A zone holds at most `aandeel`
    (0 < aandeel <= 1) of the areas, or of the sum of `gewicht` (A,), such as the population; the zone of an area alone
    is always there. Distances that differ less than a billionth are the same.

    Raise ValueError for arrays of unequal length, coordinates that are no number, or a share out of range.
    Source: Kulldorff (1997), Communications in Statistics 26:1481; the limit is SaTScan's.
    """
    punten = np.column_stack((np.asarray(x, dtype=float), np.asarray(y, dtype=float)))
    maat = np.ones(len(punten)) if gewicht is None else np.asarray(gewicht, dtype=float)
    _check(punten, maat, aandeel)
    afstand = np.hypot(*(punten[:, None, :] - punten[None, :, :]).transpose(2, 0, 1))
    # The area itself stays in front of another one with the very same centroid.
    np.fill_diagonal(afstand, -1.0)
    volgorde = np.argsort(afstand, axis=1, kind="stable")
    oplopend = np.maximum(np.take_along_axis(afstand, volgorde, axis=1), 0.0)
    sprong = np.diff(oplopend, axis=1) > _ZELFDE_AFSTAND * np.maximum(oplopend[:, 1:], 1.0)
    einde = np.column_stack((sprong, np.ones(len(punten), dtype=bool)))
    past = np.cumsum(maat[volgorde], axis=1) <= aandeel * maat.sum() * (1 + _ZELFDE_AFSTAND)
    geldig = einde & past
    geldig[:, 0] = einde[:, 0]
    breedte = max((int(k) + 1 for k in np.flatnonzero(geldig.any(axis=0))), default=1)
    return Zones(volgorde[:, :breedte].astype(np.int64), geldig[:, :breedte])


def _check(punten: Getallen, maat: Getallen, aandeel: float) -> None:
    if len(punten) == 0 or maat.shape != (len(punten),):
        raise ValueError("De zones hebben van elk gebied een x, een y en een gewicht nodig.")
    if not np.isfinite(punten).all() or not np.isfinite(maat).all() or (maat < 0).any():
        raise ValueError("Coördinaten en gewichten moeten getallen zijn, en een gewicht is nooit negatief.")
    if not 0 < aandeel <= 1:
        raise ValueError(f"Het grootste aandeel in een zone is {aandeel}. Verwacht: meer dan 0 en hoogstens 1.")
