"""Completeness of the newest weeks, learnt from earlier deliveries: which are held back (statistiek.md section 5)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Getallen = npt.NDArray[np.int64]
Breuken = npt.NDArray[np.float64]
Vlaggen = npt.NDArray[np.bool_]
Dagen = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Volledigheidsregels:
    """`aandeel`: how complete (0-1) a week must usually be. `rijp_dagen`: after so many days a week no longer grows.

    With fewer than `min_leveringen` deliveries, or an age seen in fewer than `min_weken` weeks, nothing is learnt and
    a week is held back for `dagen_onbekend` days after its Sunday.
    """

    aandeel: float = 0.90
    rijp_dagen: int = 56
    min_leveringen: int = 8
    min_weken: int = 8
    dagen_onbekend: int = 14


@dataclass(frozen=True, slots=True)
class Volledigheid:
    """What was learnt: per age in days since the week's Sunday (rising) the share (0-1) of a week that is there.

    `vanaf_dagen` is the age from which a week counts; `is_geleerd` False means that it is the setting's, and
    `dagen` and `aandelen` are empty.
    """

    dagen: Getallen
    aandelen: Breuken
    vanaf_dagen: int
    is_geleerd: bool

    def estimate_aandeel(self, ouderdom: npt.ArrayLike) -> Breuken:
        """Return the share (0-1) of weeks of this age in days that is usually there; NaN where it was not learnt."""
        plaats = np.searchsorted(self.dagen, np.asarray(ouderdom), side="right") - 1
        bekend = plaats >= 0
        aandeel = np.full(plaats.shape, np.nan)
        aandeel[bekend] = self.aandelen[plaats[bekend]]
        return aandeel


def learn_volledigheid(
    leverdagen: Dagen, standen: Getallen, maandagen: Dagen, regels: Volledigheidsregels | None = None
) -> Volledigheid:
    """Return how fast weeks fill up, from what each delivery knew.

    `leverdagen` (D,) are the dates of the deliveries, `standen` (D, T) the counts per week known on that date,
    `maandagen` (T,) the Mondays of those weeks. The last delivery is the truth for weeks that were over
    `rijp_dagen` before it. Per age the share is pooled, Σ known / Σ true; a share counts only as far as no higher age
    has a lower one. Raises ValueError when the shapes do not match.
    """
    regels = regels or Volledigheidsregels()
    volgorde = np.argsort(leverdagen, kind="stable")
    leverdagen, standen = np.asarray(leverdagen), np.asarray(standen, dtype=np.int64)
    if standen.shape != (len(leverdagen), len(maandagen)):
        raise ValueError("Verwacht: per levering een rij, en per week een kolom met het aantal dat toen bekend was.")
    onbekend = Volledigheid(np.empty(0, np.int64), np.empty(0), regels.dagen_onbekend, False)
    if len(leverdagen) < regels.min_leveringen:
        return onbekend
    leverdagen, standen = leverdagen[volgorde], standen[volgorde]
    ouderdom = _determine_ouderdom(leverdagen[:, None], maandagen[None, :])
    telt = (ouderdom >= 0) & (ouderdom[-1] >= regels.rijp_dagen)[None, :]
    dagen, aandelen = _pool_aandelen(
        ouderdom[telt], standen[telt], np.broadcast_to(standen[-1], telt.shape)[telt], regels
    )
    genoeg = np.flatnonzero(aandelen >= regels.aandeel)
    if not len(genoeg):
        return onbekend
    return Volledigheid(dagen, aandelen, int(dagen[genoeg[0]]), True)


def _determine_ouderdom(leverdagen: Dagen, maandagen: Dagen) -> Getallen:
    """Return the days between the Sunday of a week and a delivery; negative while the week runs."""
    verschil = leverdagen.astype("datetime64[D]") - maandagen.astype("datetime64[D]")
    return verschil.astype(np.int64) - 6


def _pool_aandelen(
    ouderdom: Getallen, bekend: Getallen, waar: Getallen, regels: Volledigheidsregels
) -> tuple[Getallen, Breuken]:
    dagen, plaats, weken = np.unique(ouderdom, return_inverse=True, return_counts=True)
    waar_som = np.bincount(plaats, weights=waar, minlength=len(dagen))
    bekend_som = np.bincount(plaats, weights=bekend, minlength=len(dagen))
    telt = (weken >= regels.min_weken) & (waar_som > 0)
    aandelen = np.minimum(1.0, bekend_som[telt] / waar_som[telt])
    return dagen[telt], np.minimum.accumulate(aandelen[::-1])[::-1]


def mark_onvolledig(maandagen: Dagen, leverdag: np.datetime64, volledigheid: Volledigheid) -> Vlaggen:
    """Return per week (T,) whether it is held back, given the date of the newest delivery; a running week always is."""
    ouderdom = _determine_ouderdom(np.asarray(leverdag), np.asarray(maandagen))
    return ouderdom < max(0, volledigheid.vanaf_dagen)
