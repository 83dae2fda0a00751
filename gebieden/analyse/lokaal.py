"""Do neighbours look alike: Moran, local Moran and Gi* by esda.

esda and libpysal take seconds to import: only what makes the yearly map imports this module.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from esda import G_Local, Moran, Moran_Local
from esda.smoothing import Spatial_Empirical_Bayes, assuncao_rate
from libpysal.graph import Graph
from libpysal.weights import W

Buren = Mapping[str, Sequence[str]]
"""The codes of the neighbours of every area; the order of the areas in it is that of all arrays."""
Getallen = npt.NDArray[np.float64]
_BLOK: Final = 1_000
_GELIJK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Lokaal:
    """What esda finds for n areas: `moran` is local Moran (n,), `gi` Gi* as z-values (n,), `totaal` global Moran.

    `is_hoog` and `bij_hoog` (n,) say whether an area's own rate and that of its neighbours are above the mean.
    """

    moran: Getallen
    gi: Getallen
    is_hoog: npt.NDArray[np.bool_]
    bij_hoog: npt.NDArray[np.bool_]
    totaal: float


def find_buren(geometrie: gpd.GeoSeries) -> dict[str, tuple[str, ...]]:
    """Return the queen neighbours of every area (one shared point is enough), for geometries indexed by code.

    Areas are neighbours when they share a vertex, or touch without one. One without neighbours has an empty tuple.
    """
    op_code = geometrie.sort_index()
    buren: dict[str, set[str]] = {str(code): set() for code in op_code.index}
    for is_streng in (False, True):
        graaf = Graph.build_contiguity(op_code, rook=False, strict=is_streng)
        for (code, buur), gewicht in graaf.adjacency.items():
            # An island is stored as its own neighbour of weight 0.
            if gewicht:
                buren[str(code)].add(str(buur))
    return {code: tuple(sorted(namen)) for code, namen in buren.items()}


def _build_gewichten(buren: Buren) -> W:
    # An object of its own per call: esda changes its transformation.
    return W({code: list(namen) for code, namen in buren.items()}, id_order=list(buren), silence_warnings=True)


def smooth_cijfers(buren: Buren, aantallen: Getallen, inwoners: Getallen) -> Getallen:
    """Return the rates (n,) per inhabitant, drawn towards those of the neighbours the more, the fewer live there.

    `inwoners` are more than 0. Spatial empirical Bayes as esda and GeoDa have it: the variance is taken round the mean
    of the area's own surroundings (spdep takes each neighbour's). To be shown, never to be tested: smoothing makes
    neighbours alike (on maps without any pattern 4 in 5 had areas that stood out).
    """
    with np.errstate(invalid="ignore"):
        cijfer = Spatial_Empirical_Bayes(aantallen, inwoners, _build_gewichten(buren)).r.ravel()
    # 0 / 0: not one report in the whole surroundings.
    return np.where(np.isnan(cijfer), 0.0, cijfer)


def standardize_cijfers(aantallen: Getallen, inwoners: Getallen) -> Getallen:
    """Return the rates (n,) as distances from the mean rate, in the standard deviations that their population gives.

    `inwoners` are more than 0, and there is at least one report. This is what is tested: it allows for small numbers
    without looking at the neighbours. Source: Assunção & Reis (1999), Statistics in Medicine 18:2147.
    """
    gevonden: Getallen = assuncao_rate(aantallen, inwoners)
    return gevonden


def compute_lokaal(buren: Buren, waarden: Getallen) -> Lokaal:
    """Return the statistics of the values (n,), not all equal; every area has a neighbour.

    Weights are row-standardised for Moran and binary, with the area itself, for Gi*. Source: Anselin (1995), Ord &
    Getis (1995). spdep's local Moran is n / (n - 1) times esda's.
    """
    gewichten = _build_gewichten(buren)
    # The level does not matter to the z-value, but esda divides by the sum: kept away from 0.
    positief = waarden - waarden.min() + np.ptp(waarden)
    # Moran_Local adds a warning filter to those of the whole process.
    with warnings.catch_warnings():
        totaal = float(Moran(waarden, gewichten, permutations=0).I)
        lokaal = Moran_Local(waarden, gewichten, permutations=0)
    # With the area itself among its neighbours: esda, adding it, would warn where the map is in two parts.
    met_zelf = _build_gewichten({code: (code, *namen) for code, namen in buren.items()})
    gi = G_Local(positief, met_zelf, transform="B", star=True, permutations=0).Zs
    # Quadrants of esda: 1 high among high, 2 low among high, 3 low among low, 4 high among low.
    return Lokaal(lokaal.Is, gi, np.isin(lokaal.q, (1, 4)), np.isin(lokaal.q, (1, 2)), totaal)


def permute_lokaal(buren: Buren, waarden: Getallen, *, permutaties: int, toeval: np.random.Generator) -> Getallen:
    """Return the two-sided p-value (n,) of every area, its own value held and its neighbours drawn from all others.

    It is the p-value of local Moran and of Gi* alike: both rise with the sum over the neighbours alone. esda has the
    same draws, from numpy's global generator; here they come from `toeval`, so that nothing else can disturb them.
    """
    plaats = {code: i for i, code in enumerate(buren)}
    rijen = [np.array([plaats[buur] for buur in namen], dtype=np.int64) for namen in buren.values()]
    som = np.array([waarden[rij].sum() for rij in rijen])
    marge = _GELIJK * np.abs(waarden).max()
    meer, minder = np.zeros(len(rijen), dtype=np.int64), np.zeros(len(rijen), dtype=np.int64)
    breedte = max(len(rij) for rij in rijen)
    for begin in range(0, permutaties, _BLOK):
        aantal = min(_BLOK, permutaties - begin)
        loting = toeval.random((aantal, len(rijen) - 1)).argsort(axis=1)[:, :breedte]
        for i, rij in enumerate(rijen):
            anderen = loting[:, : len(rij)]
            getrokken = waarden[anderen + (anderen >= i)].sum(axis=1)
            meer[i] += np.count_nonzero(getrokken >= som[i] - marge)
            minder[i] += np.count_nonzero(getrokken <= som[i] + marge)
    return _to_p(np.minimum(meer, minder), permutaties)


def permute_totaal(
    buren: Buren, waarden: Getallen, totaal: float, *, permutaties: int, toeval: np.random.Generator
) -> float:
    """Return the two-sided p-value of global Moran `totaal`, with all values shuffled over the areas."""
    gewichten = _build_gewichten(buren)
    gewichten.transform = "r"
    z = waarden - waarden.mean()
    matrix = gewichten.sparse
    geloot = np.array([(s := toeval.permutation(z)) @ (matrix @ s) for _ in range(permutaties)]) / (z @ z)
    kleinste = min(np.count_nonzero(geloot >= totaal - _GELIJK), np.count_nonzero(geloot <= totaal + _GELIJK))
    return float(_to_p(np.array(kleinste), permutaties))


def _to_p(kleinste: npt.NDArray[np.int64], permutaties: int) -> Getallen:
    return np.minimum(2 * (1 + kleinste) / (permutaties + 1), 1.0)
