"""From ratios to clusters: which stand out, which do not overlap, and how rare each is by chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gebieden.analyse.scan import Toets, Trekking, Venster, build_cirkels, compute_llr, maximize_llr
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


@dataclass(frozen=True, slots=True)
class Plek:
    """A zone (centre and size) in a window (its number), with its ratio and what was expected there."""

    midden: int
    omvang: int
    venster: int
    llr: float
    verwacht: float


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
    plekken = _select_plekken(zoek.zones, list_sterkste(zoek.zones, zoek.toets, zoek.waargenomen))
    if not plekken:
        return []
    toeval = np.random.Generator(np.random.PCG64(zaad))
    maxima = maximize_llr(zoek.zones, zoek.toets, zoek.trek, replicaties=replicaties, toeval=toeval)
    clusters = [_build_cluster(zoek, plek, maxima, ijking) for plek in plekken]
    return [cluster for cluster in clusters if cluster.p < NIETS]


def list_sterkste(zones: Zones, toets: Toets, waargenomen: Nummers) -> list[Plek]:
    """Return for every centre its strongest zone and window, for counts (A, V)."""
    tabel = toets.make_tabel(int(waargenomen.sum(axis=0).max(initial=0)))
    sterkste = []
    for midden in range(len(zones.volgorde)):
        cirkels = build_cirkels(zones, toets, midden)
        llr = compute_llr(cirkels, tabel, waargenomen)
        omvang, venster = (int(i) for i in np.unravel_index(llr.argmax(), llr.shape))
        sterkste.append(
            Plek(midden, omvang, venster, float(llr[omvang, venster]), float(cirkels.verwacht[omvang, venster]))
        )
    return sterkste


def _select_plekken(zones: Zones, sterkste: list[Plek]) -> list[Plek]:
    """Return those that overlap none before them, strongest first; equal ones by the code of their centre."""
    bezet = np.zeros(len(sterkste), dtype=bool)
    gekozen = []
    for plek in sorted(sterkste, key=lambda plek: (-round(plek.llr / _GELIJK), plek.midden)):
        leden = zones.get_leden(plek.midden, plek.omvang)
        if plek.llr > 0 and not bezet[leden].any():
            bezet[leden] = True
            gekozen.append(plek)
    return gekozen


def _build_cluster(zoek: Zoekopdracht, plek: Plek, maxima: Getallen, ijking: Ijking | None) -> Cluster:
    leden = zoek.zones.get_leden(plek.midden, plek.omvang)
    waargenomen = int(zoek.waargenomen[leden, plek.venster].sum())
    p = compute_p(plek.llr, maxima)
    return Cluster(
        leden=tuple(zoek.codes[i] for i in leden),
        venster=zoek.vensters[plek.venster],
        waargenomen=waargenomen,
        verwacht=plek.verwacht,
        relatief=_compute_relatief(waargenomen, plek.verwacht, zoek.toets.totaal),
        llr=plek.llr,
        p=p,
        herhaling=1 / p if zoek.is_prospectief else None,
        opvallend=p <= MELDGRENS,
        gemeten=None if ijking is None else ijking.gemeten,
        boven_drempel=None if ijking is None else plek.llr > ijking.drempel,
    )


def compute_p(llr: float, maxima: Getallen) -> float:
    """Return the Monte Carlo p-value of a ratio among the largest ratios (R,) of the replications."""
    return float((1 + np.count_nonzero(maxima >= llr)) / (len(maxima) + 1))


def _compute_relatief(waargenomen: int, verwacht: float, totaal: int | None) -> float | None:
    binnen = waargenomen / verwacht
    if totaal is None:
        return binnen
    return binnen / ((totaal - waargenomen) / (totaal - verwacht)) if waargenomen < totaal else None
