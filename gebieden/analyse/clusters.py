"""Clusters across the borders of areas: which neighbours together have more reports than fits chance.

The same input and seed give the same answer. Zones stop at the municipal border: what lies beyond it is unseen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gebieden.analyse.clusterzoeker import REPLICATIES, ZAAD, Cluster, Zoekopdracht, search_clusters
from gebieden.analyse.scan import (
    Toets,
    Venster,
    list_vensters,
    sum_vensters,
)
from gebieden.analyse.scanijking import Ijking, calibrate
from gebieden.analyse.scaninvoer import Scaninvoer, build_scaninvoer
from gebieden.analyse.scannulmodel import build_negatief_binomiaal, build_permutatie, build_verdeling
from gebieden.analyse.zones import AANDEEL_BEVOLKING, STANDAARD_AANDEEL, build_zones

__all__ = [
    "Cluster",
    "Ijking",
    "Scaninvoer",
    "Scanweek",
    "build_scaninvoer",
    "find_bevolkingsclusters",
    "find_clusters",
    "find_permutatieclusters",
    "measure_placebo",
]


def find_clusters(
    invoer: Scaninvoer,
    verwacht: npt.ArrayLike,
    *,
    rv: npt.ArrayLike,
    se: float,
    phi: float,
    aandeel: float = STANDAARD_AANDEEL,
    replicaties: int = REPLICATIES,
    zaad: int = ZAAD,
    ijking: Ijking | None = None,
) -> list[Cluster]:
    """Return what stands out now against the expectation: the strongest cluster, then those that do not overlap it.

    `invoer` holds the last W weeks; the windows are the last 1 … W of them. `verwacht` per week is (A,) or (A, W),
    `rv` (A,) = 1 / the reports behind an area's share, `se` >= 0 and `phi` >= 1 as in build_negatief_binomiaal, all in
    the order in which the areas were given. `aandeel` is the largest share of the areas in a zone. `ijking` comes from
    placebo weeks. Source: sections 1.2 and 2.1 of the methods.

    Raise ValueError for shapes that do not fit and numbers out of range.
    """
    per_week = invoer.order(verwacht, "verwachting")
    per_week = np.broadcast_to(per_week[:, None] if per_week.ndim == 1 else per_week, invoer.tellingen.shape)
    if not (np.isfinite((se, phi)).all() and se >= 0 and phi >= 1):
        raise ValueError(f"Gevonden: se {se} en phi {phi}. Verwacht: se vanaf 0 en phi vanaf 1.")
    zones = build_zones(invoer.x, invoer.y, aandeel=aandeel)
    vensters = list_vensters(per_week.shape[1], per_week.shape[1], prospectief=True)
    zoek = Zoekopdracht(
        invoer.codes,
        zones,
        vensters,
        sum_vensters(invoer.tellingen, vensters),
        Toets(sum_vensters(per_week, vensters)),
        build_negatief_binomiaal(per_week, invoer.order(rv, "onzekerheid"), se, phi, vensters),
        is_prospectief=True,
    )
    return search_clusters(zoek, replicaties=replicaties, zaad=zaad, ijking=ijking)


@dataclass(frozen=True)
class Scanweek:
    """What find_clusters takes for one week: the counts up to it, and the expectation as it was made then."""

    invoer: Scaninvoer
    verwacht: npt.ArrayLike
    rv: npt.ArrayLike
    se: float
    phi: float


def measure_placebo(
    weken: Iterable[Scanweek],
    *,
    aandeel: float = STANDAARD_AANDEEL,
    replicaties: int = REPLICATIES,
    zaad: int = ZAAD,
) -> Ijking:
    """Return what find_clusters does in weeks in which nothing is known to have happened, oldest first.

    Give it with the `ijking` of find_clusters, so that the screen prints the rate that was measured and not the
    nominal one. Each week has draws of its own. Raise ValueError without weeks, and as find_clusters does.
    """
    maxima, p_waarden = [], []
    for nummer, week in enumerate(weken, start=1):
        clusters = find_clusters(
            week.invoer,
            week.verwacht,
            rv=week.rv,
            se=week.se,
            phi=week.phi,
            aandeel=aandeel,
            replicaties=replicaties,
            zaad=zaad + nummer,
        )
        maxima.append(clusters[0].llr if clusters else 0.0)
        p_waarden.append(clusters[0].p if clusters else 1.0)
    return calibrate(maxima, p_waarden)


def find_bevolkingsclusters(
    invoer: Scaninvoer,
    bevolking: npt.ArrayLike,
    *,
    vensters: Sequence[Venster] | None = None,
    aandeel: float = AANDEEL_BEVOLKING,
    replicaties: int = REPLICATIES,
    zaad: int = ZAAD,
) -> list[Cluster]:
    """Return where more is reported than the population explains, as the Poisson model of Kulldorff (1997, 2001) does.

    `bevolking` (A,) from 0, in the order in which the areas were given. `vensters` None looks at the whole period at
    once (purely spatial). `aandeel` is the largest share of the population in a zone. Raise ValueError as
    find_clusters does, and when nobody lives anywhere.
    """
    inwoners = invoer.order(bevolking, "bevolking")
    if inwoners.sum() <= 0:
        raise ValueError("De bevolking is overal 0. Verwacht: minstens één gebied met inwoners.")
    weken, totaal = invoer.tellingen.shape[1], int(invoer.tellingen.sum())
    kansen = np.repeat((inwoners / inwoners.sum() / weken)[:, None], weken, axis=1)
    gekozen = ((0, weken - 1),) if vensters is None else tuple(vensters)
    zones = build_zones(invoer.x, invoer.y, aandeel=aandeel, gewicht=inwoners)
    zoek = Zoekopdracht(
        invoer.codes,
        zones,
        gekozen,
        sum_vensters(invoer.tellingen, gekozen),
        Toets(sum_vensters(kansen * totaal, gekozen), totaal),
        build_verdeling(kansen, totaal, gekozen),
        is_prospectief=vensters is not None and _end_now(gekozen, weken),
    )
    return search_clusters(zoek, replicaties=replicaties, zaad=zaad)


def find_permutatieclusters(
    invoer: Scaninvoer,
    *,
    vensters: Sequence[Venster],
    bevolking: npt.ArrayLike | None = None,
    aandeel: float = STANDAARD_AANDEEL,
    replicaties: int = REPLICATIES,
    zaad: int = ZAAD,
) -> list[Cluster]:
    """Return where and when more is reported than the totals of the area and of the week explain.

    `aandeel` is the largest share in a zone: of `bevolking` (A,) when that is given, of the areas otherwise. Source:
    Kulldorff and others (2005), PLoS Medicine 2:e59. Raise ValueError as find_clusters does.
    """
    gewicht = None if bevolking is None else invoer.order(bevolking, "bevolking")
    zones = build_zones(invoer.x, invoer.y, aandeel=aandeel, gewicht=gewicht)
    totaal = int(invoer.tellingen.sum())
    verwacht = np.outer(invoer.tellingen.sum(axis=1), invoer.tellingen.sum(axis=0)) / max(totaal, 1)
    zoek = Zoekopdracht(
        invoer.codes,
        zones,
        tuple(vensters),
        sum_vensters(invoer.tellingen, vensters),
        Toets(sum_vensters(verwacht, vensters), totaal),
        build_permutatie(invoer.tellingen, vensters),
        is_prospectief=_end_now(vensters, invoer.tellingen.shape[1]),
    )
    return search_clusters(zoek, replicaties=replicaties, zaad=zaad)


def _end_now(vensters: Sequence[Venster], weken: int) -> bool:
    return all(laatste == weken - 1 for _, laatste in vensters)
