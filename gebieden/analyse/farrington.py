"""Farrington Flexible: what a week should have been, and how rare what came is (statistiek.md 1.1).

Farrington 1996 (JRSS-A 159:547), Noufaily 2013 (Stat Med 32:1206), R's surveillance::farringtonFlexible. The baseline
counts back from the week, so one design serves all series and weeks: they are fitted as the rows of one batch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from gebieden.analyse.nbstaart import bound_predictive, spread_eta, tail_predictive
from gebieden.analyse.ontwerp import Ontwerp, build_ontwerp
from gebieden.analyse.seizoensmodel import Seizoensmodel, fit_seizoensmodel
from gebieden.domein.fouten import InvoerError

Methode = Literal["voorspellend", "nbPlugin", "muan", "delta"]
METHODEN: Final[tuple[Methode, ...]] = ("voorspellend", "nbPlugin", "muan", "delta")
Reeks = npt.NDArray[np.float64]
Vlaggen = npt.NDArray[np.bool_]

_RIJEN: Final = 2048
"""Fits in one batch: few enough for the processor's cache, enough to work in numpy only."""


@dataclass(frozen=True, slots=True)
class Farrington:
    """The settings; the names are those of surveillance, so that a setting can be looked up there.

    `b` years back, windows of ±`w` periods, `noPeriods` blocks in a year of `freq` periods (1 = no season),
    `pastWeeksNotIncluded` newest weeks left out of the baseline (None = `w`), `weightsThreshold` of the Anscombe
    residuals (only with `reweight`), a trend (only with `trend`, b >= 3 and p < `pThresholdTrend`), `alpha` one-sided,
    `limit54` = (5, 4): no bound unless the last 4 weeks have at least 5. `methode` says how the bound is made;
    `r_compat` repeats R's choices to the letter (README of the reference cases, quirk 3): only for comparing.
    """

    b: int = 5
    w: int = 3
    noPeriods: int = 10
    pastWeeksNotIncluded: int | None = 26
    reweight: bool = True
    weightsThreshold: float = 2.58
    trend: bool = True
    pThresholdTrend: float = 0.05
    alpha: float = 0.005
    limit54: tuple[int, int] = (5, 4)
    freq: int = 52
    methode: Methode = "voorspellend"
    r_compat: bool = False

    @property
    def eerste_week(self) -> int:
        """The first 0-based week with a whole baseline: b years and w weeks before it."""
        return self.b * self.freq + self.w

    @property
    def ontwerp(self) -> Ontwerp:
        """The baseline that these settings ask for; InvoerError when they leave none."""
        weggelaten = self.w if self.pastWeeksNotIncluded is None else self.pastWeeksNotIncluded
        return build_ontwerp(self.b, self.w, self.noPeriods, weggelaten, self.freq)

    def check(self) -> None:
        """Raise InvoerError when no week can be judged by these settings."""
        if self.limit54[1] > self.eerste_week:
            raise InvoerError(
                f"limit54 kijkt {self.limit54[1]} weken terug, de voorgeschiedenis is {self.eerste_week} weken. "
                "Neem minder weken."
            )
        _ = self.ontwerp


STANDAARD: Final = Farrington()


@dataclass(frozen=True, eq=False, slots=True)
class Farringtonuitkomst:
    """Per series and week, (S, K). NaN where there is no whole baseline; then `alarm` and `trend_gebruikt` are False.

    `verwacht` the mean mu0 = exp(`eta`), `se_eta` its standard error on the log scale, `phi` the dispersion (>= 1),
    `p` = P(Y >= y), `bovengrens` the highest count that is still usual (NaN where limit54 forbids one),
    `alarm` y > bovengrens, `trend_gebruikt` whether the trend was kept.
    """

    verwacht: Reeks
    eta: Reeks
    se_eta: Reeks
    phi: Reeks
    p: Reeks
    bovengrens: Reeks
    alarm: Vlaggen
    trend_gebruikt: Vlaggen


def fit_farrington(
    reeksen: npt.NDArray[np.integer],
    weken: Sequence[int],
    instellingen: Farrington = STANDAARD,
    uitgesloten: Vlaggen | None = None,
    melder: Callable[[float], None] | None = None,
) -> Farringtonuitkomst:
    """Return what each of `weken` should have been in each of `reeksen`.

    Parameters
    ----------
    reeksen : (S, T) counts >= 0, one row per series, consecutive weeks; not changed.
    weken : K 0-based indices of weeks in 0..T-1.
    uitgesloten : (S, T), True = not in any baseline (incomplete, a change of registration); the week itself is
        still judged. With less than half of the baseline left there is no outcome (NaN).
    melder : is told after each batch which share (0-1) is done.

    Raises
    ------
    ValueError: another shape, or a week outside the series. InvoerError: settings that leave no baseline.
    """
    tellingen, k = np.asarray(reeksen), np.asarray(weken, dtype=np.intp)
    _check_vorm(tellingen, k, uitgesloten)
    instellingen.check()
    uit = _make_leeg(len(tellingen), len(k))
    heel = np.flatnonzero(k >= instellingen.eerste_week)
    rijen, kolommen = (plaats.ravel() for plaats in np.meshgrid(np.arange(len(tellingen)), heel, indexing="ij"))
    for begin in range(0, len(rijen), _RIJEN):
        deel = slice(begin, begin + _RIJEN)
        plaats = (rijen[deel], kolommen[deel])
        _fill(uit, plaats, tellingen, k[plaats[1]], instellingen, uitgesloten)
        if melder is not None:
            melder(min(begin + _RIJEN, len(rijen)) / len(rijen))
    return uit


def _check_vorm(tellingen: npt.NDArray[np.integer], k: npt.NDArray[np.intp], uitgesloten: Vlaggen | None) -> None:
    if tellingen.ndim != 2 or (uitgesloten is not None and uitgesloten.shape != tellingen.shape):
        raise ValueError(f"reeksen must be (S, T) and uitgesloten alike; found {tellingen.shape}")
    if k.size and not (k.min() >= 0 and k.max() < tellingen.shape[1]):
        raise ValueError(f"weken must lie in 0..{tellingen.shape[1] - 1}; found {k.min()}..{k.max()}")


def _make_leeg(series: int, weken: int) -> Farringtonuitkomst:
    getallen = [np.full((series, weken), np.nan) for _ in range(6)]
    vlaggen = [np.zeros((series, weken), dtype=bool) for _ in range(2)]
    return Farringtonuitkomst(*getallen, *vlaggen)


def _fill(
    uit: Farringtonuitkomst,
    plaats: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
    tellingen: npt.NDArray[np.integer],
    k: npt.NDArray[np.intp],
    instellingen: Farrington,
    uitgesloten: Vlaggen | None,
) -> None:
    """Compute one batch and put it in its place."""
    ontwerp = instellingen.ontwerp
    bron = (plaats[0][:, None], k[:, None] - ontwerp.terug)
    y = tellingen[bron].astype(np.float64)
    gewicht = np.ones_like(y) if uitgesloten is None else (~uitgesloten[bron]).astype(np.float64)
    model = fit_seizoensmodel(y, gewicht, ontwerp, instellingen)
    nu = tellingen[plaats[0], k].astype(np.float64)
    recent = tellingen[plaats[0][:, None], k[:, None] - np.arange(instellingen.limit54[1])].sum(axis=1)
    p, grens = _judge(model, nu, instellingen)
    onbruikbaar = ~model.geslaagd
    grens[recent < instellingen.limit54[0]] = np.nan
    for naam, waarden in (
        ("verwacht", np.exp(model.eta)),
        ("eta", model.eta),
        ("se_eta", model.se_eta),
        ("phi", model.phi),
        ("p", p),
        ("bovengrens", grens),
    ):
        getattr(uit, naam)[plaats] = np.where(onbruikbaar, np.nan, waarden)
    uit.alarm[plaats] = ~onbruikbaar & (nu > grens)
    uit.trend_gebruikt[plaats] = ~onbruikbaar & model.trend


def _judge(model: Seizoensmodel, y: Reeks, instellingen: Farrington) -> tuple[Reeks, Reeks]:
    """Return P(Y >= y) and the upper bound, by the method of the settings."""
    alpha = instellingen.alpha
    if instellingen.methode == "delta":
        return _judge_delta(model, y, alpha)
    if instellingen.methode == "voorspellend":
        knopen = spread_eta(model.eta, np.where(model.zonder_geval, 0.0, model.se_eta))
    else:
        verschuiving = ndtri(1 - alpha) * model.se_eta if instellingen.methode == "muan" else 0.0
        knopen = np.exp(model.eta + verschuiving)[:, None]
    return tail_predictive(y, knopen, model.phi), bound_predictive(knopen, model.phi, alpha)


def _judge_delta(model: Seizoensmodel, y: Reeks, alpha: float) -> tuple[Reeks, Reeks]:
    """Return the two on the 2/3-power scale (Farrington 1996; surveillance::algo.farrington.threshold.farrington)."""
    mu = np.exp(model.eta)
    se = np.sqrt(4 / 9 * np.cbrt(mu) * (model.phi + mu * model.se_eta**2))
    midden = np.cbrt(mu) ** 2
    p: Reeks = ndtr((midden - np.cbrt(y) ** 2) / se)
    return p, (midden + ndtri(1 - alpha) * se) ** 1.5
