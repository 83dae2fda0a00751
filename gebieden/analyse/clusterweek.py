"""The scan on the weeks of a panel: the expectation is the share model's, as for the warnings of a buurt.

Statistiek.md sections 1.2 and 2.1: what is expected of each week was made from the weeks long before it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gebieden.analyse.aandeelmodel import determine_aandelen
from gebieden.analyse.clusters import Scanweek, find_clusters
from gebieden.analyse.clusterzoeker import REPLICATIES, ZAAD, Cluster
from gebieden.analyse.scanijking import Ijking
from gebieden.analyse.scaninvoer import build_scaninvoer
from gebieden.analyse.verwachting import Verwachtingsregels, predict_panel
from gebieden.analyse.weekpanel import Weekpanel

Breuken = npt.NDArray[np.float64]

WEKEN: Final = 4
PLACEBO_REPLICATIES: Final = 199


@dataclass(frozen=True, slots=True)
class Weekmaximum:
    """The strongest that a scan found in one week: its ratio and p-value; 0 and 1 where nothing stood out."""

    llr: float
    p: float


def build_scanweken(
    panel: Weekpanel,
    gemeente: Weekpanel,
    plekken: Mapping[str, tuple[float, float]],
    weken: Sequence[int],
    regels: Verwachtingsregels | None = None,
) -> list[dict[str, Scanweek]]:
    """Return per week (number in both panels, from 3) and category what the scan takes: the four weeks up to it.

    `panel` holds buurten, `gemeente` one area with the same categories and weeks; `plekken` the centroid (x, y in
    metres) per area. Left out: an area without a place, a category of which something is not known or whose weeks are
    not whole, and all when there are fewer than two areas.
    """
    regels = regels or Verwachtingsregels()
    rijen = [n for n, code in enumerate(panel.gebieden) if code in plekken]
    if len(rijen) < 2 or not len(weken):
        return [{} for _ in weken]
    alle = np.unique([week - terug for week in weken for terug in range(WEKEN)])
    lokaal = predict_panel(panel, alle, (1, WEKEN), regels)[1]
    totaal = predict_panel(gemeente, alle, (1, WEKEN), regels)[1]
    nummers = np.asarray(list(weken), dtype=np.int64)
    aandelen = determine_aandelen(panel.tellingen, panel.is_basis, nummers, (1,), regels.aandeel)
    uit = []
    for k, week in enumerate(weken):
        kolommen = np.searchsorted(alle, np.arange(week - WEKEN + 1, week + 1))
        stuk = slice(week - WEKEN + 1, week + 1)
        per_categorie = {}
        for c, categorie in enumerate(panel.categorieen):
            verwacht = lokaal.voorspelling.verwacht[rijen, c][:, kolommen]
            se = float(np.mean(totaal.voorspelling.se[0, c, kolommen]))
            heel = panel.is_basis[rijen, c, stuk].all()
            if not (heel and np.isfinite(verwacht).all() and np.isfinite(se)) or verwacht.sum() <= 0:
                continue
            x, y = zip(*(plekken[panel.gebieden[n]] for n in rijen), strict=True)
            codes = [panel.gebieden[n] for n in rijen]
            per_categorie[categorie] = Scanweek(
                build_scaninvoer(codes, x, y, panel.tellingen[rijen, c, stuk]),
                verwacht,
                1 / (aandelen.som[rijen, c, k] + 0.5),
                se,
                float(aandelen.phi[1][c, k]),
            )
        uit.append(per_categorie)
    return uit


def scan_week(
    week: Mapping[str, Scanweek], ijkingen: Mapping[str, Ijking], *, replicaties: int = REPLICATIES
) -> dict[str, list[Cluster]]:
    """Return per category the clusters that are worth telling of: p at most the limit, and above the threshold that
    was measured where there is one."""
    gevonden = {}
    for categorie, stuk in week.items():
        clusters = find_clusters(
            stuk.invoer,
            stuk.verwacht,
            rv=stuk.rv,
            se=stuk.se,
            phi=stuk.phi,
            replicaties=replicaties,
            ijking=ijkingen.get(categorie),
        )
        if meld := [c for c in clusters if c.opvallend and c.boven_drempel is not False]:
            gevonden[categorie] = meld
    return gevonden


def measure_weken(
    weken: Sequence[Mapping[str, Scanweek]], voortgang: Callable[[int, int], None] | None = None
) -> list[dict[str, Weekmaximum]]:
    """Return per week and category the strongest that the scan finds; `voortgang` hears how many weeks are done."""
    uit = []
    for nummer, week in enumerate(weken, start=1):
        maxima = {}
        for categorie, stuk in week.items():
            clusters = find_clusters(
                stuk.invoer,
                stuk.verwacht,
                rv=stuk.rv,
                se=stuk.se,
                phi=stuk.phi,
                replicaties=PLACEBO_REPLICATIES,
                # Each week draws anew, and always the same.
                zaad=ZAAD + int(stuk.invoer.tellingen.sum()) + nummer,
            )
            maxima[categorie] = Weekmaximum(clusters[0].llr, clusters[0].p) if clusters else Weekmaximum(0.0, 1.0)
        uit.append(maxima)
        if voortgang:
            voortgang(nummer, len(weken))
    return uit
