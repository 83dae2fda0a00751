"""How often the structural map shows a pattern where there is none: raw, smoothed and standardised rates.

Run: PYTHONPATH=. python tests/benchmarks/structuur_placebo.py [MAPS]      (default 150)

66 areas on a lattice (as many as Alkmaar has buurten) with unequal populations; reports are Poisson, or differ per
area without any regard to its neighbours. Promised: global p <= .05 on 5 % of the maps; some area stands out (BH at
.10) on at most 10 %. Why the map shows smoothed rates and tests standardised ones.
"""

import sys
from time import perf_counter

import geopandas as gpd
import numpy as np
from scipy.stats import false_discovery_control
from shapely.geometry import box

from gebieden.analyse.lokaal import (
    compute_lokaal,
    find_buren,
    permute_lokaal,
    permute_totaal,
    smooth_cijfers,
    standardize_cijfers,
)

GEBIEDEN, BREEDTE, PERMUTATIES = 66, 8, 999


def main() -> None:
    """Print per world and per kind of rate the share of maps with a pattern."""
    kaarten, begin = int(sys.argv[1]) if len(sys.argv) > 1 else 150, perf_counter()
    codes = [f"B{n:02d}" for n in range(GEBIEDEN)]
    vakken = [box(n % BREEDTE, n // BREEDTE, n % BREEDTE + 1, n // BREEDTE + 1) for n in range(GEBIEDEN)]
    buren = find_buren(gpd.GeoSeries(vakken, index=codes))
    toeval = np.random.default_rng(66)
    for per_inwoner, spreiding in ((0.02, 0.0), (0.02, 0.5), (0.002, 0.0)):
        uit: dict[str, list[tuple[bool, bool]]] = {}
        for _ in range(kaarten):
            inwoners = toeval.lognormal(7, 0.7, GEBIEDEN).round()
            eigen = toeval.gamma(1 / spreiding**2, spreiding**2, GEBIEDEN) if spreiding else 1.0
            aantallen = toeval.poisson(inwoners * per_inwoner * eigen).astype(float)
            for naam, waarden in (
                ("ruw", aantallen / inwoners),
                ("gladgestreken", smooth_cijfers(buren, aantallen, inwoners)),
                ("gestandaardiseerd", standardize_cijfers(aantallen, inwoners)),
            ):
                p = permute_lokaal(buren, waarden, permutaties=PERMUTATIES, toeval=toeval)
                totaal = compute_lokaal(buren, waarden).totaal
                p_totaal = permute_totaal(buren, waarden, totaal, permutaties=PERMUTATIES, toeval=toeval)
                uit.setdefault(naam, []).append((p_totaal <= 0.05, bool((false_discovery_control(p) <= 0.1).any())))
        for naam, uitkomsten in uit.items():
            heel, ergens = np.mean(uitkomsten, axis=0)
            print(f"{per_inwoner} per inwoner, spreiding {spreiding}: {naam:18s} p <= .05 {heel:.3f}   BH {ergens:.3f}")
    print(
        f"beloofd: p <= .05 op 0.05, BH op hoogstens 0.10; {kaarten} kaarten per wereld, {perf_counter() - begin:.0f} s"
    )


if __name__ == "__main__":
    main()
