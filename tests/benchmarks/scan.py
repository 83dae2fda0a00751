"""How long the weekly scan takes over 518 areas, 4 windows and 999 replications, beside the same sums in plain loops.

Run: PYTHONPATH=. python tests/benchmarks/scan.py

The baseline is the textbook loop (per replication, centre, circle and window one ratio with math.log) on a part of the
replications; what it finds there must be what ours finds. Target: at most 10 seconds on two cores.
"""

import math
import resource
from time import perf_counter
from typing import Final

import numpy as np
import numpy.typing as npt

from gebieden.analyse.clusters import build_scaninvoer, find_clusters
from gebieden.analyse.scan import (
    Toets,
    compute_maxima,
    list_vensters,
    sum_vensters,
)
from gebieden.analyse.scannulmodel import build_negatief_binomiaal
from gebieden.analyse.zones import Zones, build_zones

GEBIEDEN, WEKEN, REPLICATIES = 518, 4, 999
IN_LUSSEN: Final = 2
DOEL_SECONDEN: Final = 10.0
SE, PHI = 0.05, 1.4


def scan_in_loops(zones: Zones, verwacht: npt.NDArray[np.float64], tellingen: npt.NDArray[np.int64]) -> list[float]:
    """Return the largest ratio of each replication of `tellingen` (A, V, R), one ratio at a time."""
    volgorde, geldig = zones.volgorde.tolist(), zones.geldig.tolist()
    e_per, maxima = verwacht.tolist(), []
    for replicatie in range(tellingen.shape[2]):
        aantal, beste = tellingen[:, :, replicatie].tolist(), 0.0
        for buren, eindes in zip(volgorde, geldig, strict=True):
            for venster in range(verwacht.shape[1]):
                c, e = 0, 0.0
                for gebied, is_einde in zip(buren, eindes, strict=True):
                    c += aantal[gebied][venster]
                    e += e_per[gebied][venster]
                    if is_einde and c > e:
                        beste = max(beste, c * math.log(c / e) - (c - e))
        maxima.append(beste)
    return maxima


def main() -> None:
    """Print the seconds of both, their ratio and the target."""
    toeval = np.random.default_rng(518)
    x, y = toeval.uniform(0, 20_000, (2, GEBIEDEN))
    verwacht = toeval.lognormal(-1, 1, GEBIEDEN)
    rv = 1 / (verwacht * 156)
    tellingen = toeval.poisson(verwacht[:, None], (GEBIEDEN, WEKEN))
    codes = [f"BU{n:08d}" for n in range(GEBIEDEN)]
    invoer = build_scaninvoer(codes, x, y, tellingen)

    begin = perf_counter()
    find_clusters(invoer, verwacht, rv=rv, se=SE, phi=PHI, replicaties=REPLICATIES)
    heel = perf_counter() - begin

    zones = build_zones(x, y)
    vensters = list_vensters(WEKEN, WEKEN, prospectief=True)
    per_week = np.repeat(verwacht[:, None], WEKEN, axis=1)
    per_venster = sum_vensters(per_week, vensters)
    trekking = build_negatief_binomiaal(per_week, rv, SE, PHI, vensters)(toeval, REPLICATIES)
    begin = perf_counter()
    snel = compute_maxima(zones, Toets(per_venster), trekking)
    ons = (perf_counter() - begin) / REPLICATIES
    begin = perf_counter()
    traag = scan_in_loops(zones, per_venster, trekking[:, :, :IN_LUSSEN])
    lus = (perf_counter() - begin) / IN_LUSSEN
    verschil = float(np.abs(snel[:IN_LUSSEN] - traag).max())

    geheugen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{GEBIEDEN} gebieden × {WEKEN} vensters × {REPLICATIES} herhalingen, {int(zones.geldig.sum())} cirkels")
    print(f"de hele scan                {heel:8.2f} s        doel: hoogstens {DOEL_SECONDEN:.0f} s")
    print(f"per herhaling, ons          {ons * 1000:8.2f} ms")
    print(f"per herhaling, gewone lus   {lus * 1000:8.2f} ms       {lus / ons:.0f} keer zo lang")
    print(f"grootste verschil in de log-likelihoodverhouding: {verschil:.1e}")
    print(f"geheugen van het proces: {geheugen:.0f} MB")


if __name__ == "__main__":
    main()
