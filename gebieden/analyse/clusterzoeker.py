"""From ratios to clusters: which stand out, which do not overlap, and how rare each is by chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gebieden.analyse.scan import Toets, Trekking, Venster, compute_llr, maximize_llr
from gebieden.analyse.scanijking import MELDGRENS, Ijking
from gebieden.analyse.zones import Getallen, Nummers, Zones

ZAAD: Final = 20260101
REPLICATIES: Final = 999
NIETS: Final = 0.99
"""From this p-value on there is nothing to show."""
_GELIJK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of neighbouring areas with more reports than expected.

    `leden` are codes, the centre first and then by distance; `venster` the first and last week of it, counted from 0
    in the weeks that were given. `relatief` is the risk inside compared with outside, or for the expectation-based
    scan with the expectation; None when nothing is left outside. `p` is Monte Carlo, over all zones and windows at
    once; `herhaling` after how many weeks of looking chance alone shows such a cluster once (1 / p; None when the
    scan does not look at the last weeks only). `opvallend`: p is at most MELDGRENS. `gemeten` is the share of placebo
    weeks in which anything had such a p, `boven_drempel` whether the ratio is above the 99 % quantile of those weeks;
    both None without placebo weeks.
    """

    leden: tuple[str, ...]
    venster: Venster
    waargenomen: int
    verwacht: float
    relatief: float | None
    llr: float
    p: float
    herhaling: float | None
    opvallend: bool
    gemeten: float | None = None
    boven_drempel: bool | None = None

    @property
    def weken(self) -> int:
        """How many weeks the window lasts."""
        return self.venster[1] - self.venster[0] + 1


@dataclass(frozen=True)
class Zoekopdracht:
    """One search, with the areas in the order of their codes: `waargenomen` is (A, V), a count per window.

    `is_prospectief`: every window ends with the last week, so that the search can be repeated every week.
    """

    codes: tuple[str, ...]
    zones: Zones
    vensters: tuple[Venster, ...]
    waargenomen: Nummers
    toets: Toets
    trek: Trekking
    is_prospectief: bool


def search_clusters(
    zoek: Zoekopdracht, *, replicaties: int = REPLICATIES, zaad: int = ZAAD, ijking: Ijking | None = None
) -> list[Cluster]:
    """Return the strongest cluster, and then the strongest of the other centres that overlap none before them.

    As SaTScan does, each centre offers its own strongest zone only, and each is compared with the largest ratio of
    every replication: p = (1 + how many of those are as large) / (replications + 1). What nearly every replication
    surpasses (p from NIETS) is left out.

    Raise ValueError for fewer than one replication.
    """
    if replicaties < 1:
        raise ValueError(f"Gevonden: {replicaties} herhalingen. Verwacht: minstens 1.")
    llr = compute_llr(zoek.zones, zoek.toets, zoek.waargenomen)
    plekken = _pick_plekken(zoek.zones, llr)
    if not plekken:
        return []
    toeval = np.random.Generator(np.random.PCG64(zaad))
    maxima = maximize_llr(zoek.zones, zoek.toets, zoek.trek, replicaties=replicaties, toeval=toeval)
    clusters = [_build_cluster(zoek, llr, plek, maxima, ijking) for plek in plekken]
    return [cluster for cluster in clusters if cluster.p < NIETS]


def _pick_plekken(zones: Zones, llr: Getallen) -> list[tuple[int, int, int]]:
    """Return (centre, size, window) of the clusters, strongest first; equal ones by the code of their centre."""
    midden = np.arange(len(llr))
    beste = llr.reshape(len(llr), -1).argmax(axis=1)
    omvang, venster = np.unravel_index(beste, llr.shape[1:])
    hoogte = llr[midden, omvang, venster]
    bezet = np.zeros(zones.volgorde.max() + 1, dtype=bool)
    gekozen = []
    for i in np.argsort(-np.round(hoogte / _GELIJK), kind="stable"):
        leden = zones.get_leden(int(i), int(omvang[i]))
        if hoogte[i] > 0 and not bezet[leden].any():
            bezet[leden] = True
            gekozen.append((int(i), int(omvang[i]), int(venster[i])))
    return gekozen


def _build_cluster(
    zoek: Zoekopdracht, llr: Getallen, plek: tuple[int, int, int], maxima: Getallen, ijking: Ijking | None
) -> Cluster:
    midden, omvang, venster = plek
    leden = zoek.zones.get_leden(midden, omvang)
    waargenomen, verwacht = int(zoek.waargenomen[leden, venster].sum()), float(zoek.toets.verwacht[plek])
    hoogte = float(llr[plek])
    p = compute_p(hoogte, maxima)
    return Cluster(
        leden=tuple(zoek.codes[i] for i in leden),
        venster=zoek.vensters[venster],
        waargenomen=waargenomen,
        verwacht=verwacht,
        relatief=_compute_relatief(waargenomen, verwacht, zoek.toets.totaal),
        llr=hoogte,
        p=p,
        herhaling=1 / p if zoek.is_prospectief else None,
        opvallend=p <= MELDGRENS,
        gemeten=None if ijking is None else ijking.gemeten,
        boven_drempel=None if ijking is None else hoogte > ijking.drempel,
    )


def compute_p(llr: float, maxima: Getallen) -> float:
    """Return the Monte Carlo p-value of a ratio among the largest ratios (R,) of the replications."""
    return float((1 + np.count_nonzero(maxima >= llr)) / (len(maxima) + 1))


def _compute_relatief(waargenomen: int, verwacht: float, totaal: int | None) -> float | None:
    binnen = waargenomen / verwacht
    if totaal is None:
        return binnen
    return binnen / ((totaal - waargenomen) / (totaal - verwacht)) if waargenomen < totaal else None
