"""The model of one week: fitted, weighed down where an old outbreak stands in the baseline, the trend kept or not."""

from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from gebieden.analyse.ontwerp import Ontwerp
from gebieden.analyse.quasipoisson import Passing, divide, fit_quasipoisson
from gebieden.analyse.surveillanceglm import fit_als_r

Reeks = npt.NDArray[np.float64]
Vlaggen = npt.NDArray[np.bool_]

_ZONDER_GEVAL: Final = 1e-6
"""A mean below this: no case in this season of the baseline."""
_MINSTENS: Final = 0.5
"""Share of the baseline that must be left after what was excluded."""


class Modelinstellingen(Protocol):
    """What the model needs of the settings (`farrington.Farrington`)."""

    @property
    def b(self) -> int: ...
    @property
    def reweight(self) -> bool: ...
    @property
    def weightsThreshold(self) -> float: ...
    @property
    def trend(self) -> bool: ...
    @property
    def pThresholdTrend(self) -> float: ...
    @property
    def r_compat(self) -> bool: ...


@dataclass(frozen=True, eq=False, slots=True)
class Seizoensmodel:
    """R weeks as they were expected: `eta` = log mean, its standard error, the dispersion `phi` >= 1.

    `zonder_geval`: the season had no case in the baseline. Then the mean is that of Jeffreys' prior, half a case in
    all those weeks, and `eta` and `phi` together are its predictive distribution (statistiek.md 1.3).
    """

    eta: Reeks
    se_eta: Reeks
    phi: Reeks
    trend: Vlaggen
    zonder_geval: Vlaggen
    geslaagd: Vlaggen


@dataclass(frozen=True, eq=False, slots=True)
class _Stap:
    passing: Passing
    phi: Reeks
    dispersie: Reeks
    """Of the standard errors: `phi`, except under r_compat."""


def fit_seizoensmodel(y: Reeks, gewicht: Reeks, ontwerp: Ontwerp, instellingen: Modelinstellingen) -> Seizoensmodel:
    """Return the models of R baselines `y` (R, n) with `gewicht` 1, or 0 for a week that is left out."""
    trend = np.zeros(len(y), dtype=bool)
    eta, se_eta, phi = (np.zeros(len(y)) for _ in range(3))
    geslaagd = np.ones(len(y), dtype=bool)
    if instellingen.trend and instellingen.b >= 3:
        met = _fit_twee_keer(y, gewicht, ontwerp, instellingen, trend=True)
        trend = _keeps_trend(met, y, gewicht, instellingen.pThresholdTrend)
        eta, se_eta, phi = _collect(met)
    rest = np.flatnonzero(~trend)
    zonder = _fit_twee_keer(y[rest], gewicht[rest], ontwerp, instellingen, trend=False)
    eta[rest], se_eta[rest], phi[rest] = _collect(zonder)
    geslaagd[rest] = zonder.passing.geslaagd
    in_venster = gewicht[:, ontwerp.blok == ontwerp.venster].sum(axis=1)
    geslaagd &= (gewicht.mean(axis=1) >= _MINSTENS) & (in_venster > 0)
    zonder_geval = geslaagd & (eta < np.log(_ZONDER_GEVAL)) & (not instellingen.r_compat)
    weken = in_venster[zonder_geval]
    eta[zonder_geval], se_eta[zonder_geval] = np.log(0.5 / weken), np.sqrt(2.0)
    phi[zonder_geval] = np.maximum(phi[zonder_geval], 1 + 1 / weken)
    eta[~geslaagd], se_eta[~geslaagd], phi[~geslaagd] = 0.0, 0.0, 1.0
    return Seizoensmodel(eta, se_eta, phi, trend, zonder_geval, geslaagd)


def _collect(stap: _Stap) -> tuple[Reeks, Reeks, Reeks]:
    return stap.passing.eta_nu, np.sqrt(stap.dispersie * stap.passing.var_eta), stap.phi


def _fit_twee_keer(
    y: Reeks, gewicht: Reeks, ontwerp: Ontwerp, instellingen: Modelinstellingen, *, trend: bool
) -> _Stap:
    """Return the fit after one re-weighting by Anscombe residuals (with `reweight`)."""
    r_compat = instellingen.r_compat
    eerste = _fit(y, gewicht, ontwerp, trend=trend, r_compat=r_compat)
    phi = np.maximum(eerste.dispersie, 1)
    if not instellingen.reweight:
        return _Stap(eerste, phi, eerste.dispersie if r_compat else phi)
    omega = _weigh(_compute_anscombe(y, eerste, phi), gewicht, instellingen.weightsThreshold)
    tweede = _fit(y, omega, ontwerp, trend=trend, r_compat=r_compat, begin=eerste.trend)
    phi = np.maximum(tweede.dispersie, 1)
    if not r_compat:
        return _Stap(tweede, phi, phi)
    # R's first fit decides whether there is a model at all; its weights are overwritten by omega (README, quirk 3).
    overschreven = divide((omega * ((y - tweede.mu) / tweede.mu) ** 2).sum(axis=1), tweede.vrij)
    return _Stap(replace(tweede, geslaagd=eerste.geslaagd), phi, overschreven)


def _fit(
    y: Reeks, gewicht: Reeks, ontwerp: Ontwerp, *, trend: bool, r_compat: bool, begin: Reeks | None = None
) -> Passing:
    if r_compat:
        return fit_als_r(y, gewicht, ontwerp, trend=trend)
    return fit_quasipoisson(y, gewicht, ontwerp, trend=trend, begin_trend=begin)


def _compute_anscombe(y: Reeks, passing: Passing, phi: Reeks) -> Reeks:
    """Return 1.5 (y^(2/3) mu^(-1/6) - mu^(1/2)) / sqrt(phi (1 - h)), 0 where the mean is 0."""
    wortel6 = passing.mu ** (1 / 6)
    ruw = 1.5 * (divide(np.cbrt(y) ** 2, wortel6) - wortel6**3)
    uit: Reeks = ruw / np.sqrt(phi[:, None] * np.maximum(1 - passing.hat, 1e-12))
    return uit


def _weigh(s: Reeks, gewicht: Reeks, drempel: float) -> Reeks:
    """Return g × s^-2 above the threshold and g elsewhere, with the sum n (algo.farrington.assign.weights)."""
    ruw = gewicht / np.where(s > drempel, s, 1.0) ** 2
    uit: Reeks = ruw * divide(gewicht.sum(axis=1), ruw.sum(axis=1))[:, None]
    return uit


def _keeps_trend(met: _Stap, y: Reeks, gewicht: Reeks, drempel: float) -> Vlaggen:
    """Return where the trend is significant (two-sided t) and does not reach above every week of the baseline."""
    se = np.sqrt(met.dispersie * met.passing.var_trend)
    t = divide(np.abs(met.passing.trend), se)
    p = 2 * stdtr(np.maximum(met.passing.vrij, 1), -t)
    hoogste = np.max(y, axis=1, initial=0.0, where=gewicht > 0)
    uit: Vlaggen = met.passing.geslaagd & (p < drempel) & (np.exp(met.passing.eta_nu) <= hoogste)
    return uit
