"""Log-linear quasi-Poisson models of many series at once: a block of the season, and a trend or not.

The blocks do not overlap, so each fit has a closed form given the trend, and the trend is one Newton step on one
number; every sum runs along a row, so a series gets the same bits alone as in a batch.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gebieden.analyse.ontwerp import Ontwerp

Reeks = npt.NDArray[np.float64]

_STAPPEN: Final = 40
_KLAAR: Final = 1e-10
_GROOTSTE_STAP: Final = 2.0


@dataclass(frozen=True, eq=False, slots=True)
class Passing:
    """A fit of R series on a baseline of n weeks.

    `mu` (R, n) fitted means, `werkgewicht` (R, n) prior weight × mean, `eta_nu` and `var_eta` of the week itself,
    `trend` the slope in time of the design and `var_trend`; variances are for a dispersion of 1. `hat` (R, n) the
    leverages, `dispersie` Pearson's, `vrij` the degrees of freedom, `geslaagd` whether the fit converged.
    """

    mu: Reeks
    trend: Reeks
    eta_nu: Reeks
    var_eta: Reeks
    var_trend: Reeks
    hat: Reeks
    dispersie: Reeks
    vrij: Reeks
    geslaagd: npt.NDArray[np.bool_]


def sum_blokken(waarden: Reeks, ontwerp: Ontwerp) -> Reeks:
    """Return the sums (R, m) per block of (R, n) values."""
    uit: Reeks = np.add.reduceat(waarden, ontwerp.begin, axis=1)
    return uit


def divide(teller: Reeks, noemer: Reeks) -> Reeks:
    """Return the quotient, 0 where the denominator is 0."""
    return np.divide(teller, noemer, out=np.zeros(np.broadcast(teller, noemer).shape), where=noemer > 0)


def fit_quasipoisson(
    y: Reeks, gewicht: Reeks, ontwerp: Ontwerp, *, trend: bool, begin_trend: Reeks | None = None
) -> Passing:
    """Return the maximum likelihood fit of the counts `y` (R, n) with prior weights `gewicht` (R, n), 0 = left out.

    A block without a case has mean 0. The dispersion is sum w (y - mu)^2 / mu / (n - p) at the solution.
    """
    per_blok = sum_blokken(gewicht * y, ontwerp)
    helling = np.zeros(len(y)) if begin_trend is None else begin_trend.copy()
    if trend:
        _climb(helling, gewicht * y, per_blok, gewicht, ontwerp)
    groei = np.exp(helling[:, None] * ontwerp.tijd) if trend else np.ones_like(y)
    hoogte = divide(per_blok, sum_blokken(gewicht * groei, ontwerp))
    mu = groei * hoogte[:, ontwerp.blok]
    with np.errstate(divide="ignore"):
        eta_nu = np.log(hoogte[:, ontwerp.venster]) + helling * ontwerp.tijd_nu
    return describe_passing(y, gewicht, mu, gewicht * mu, helling, eta_nu, ontwerp, trend=trend)


def _climb(helling: Reeks, wy: Reeks, per_blok: Reeks, gewicht: Reeks, ontwerp: Ontwerp) -> None:
    """Move the slopes to the maximum of the (concave) profile likelihood, by Newton with a bounded step."""
    tijd = ontwerp.tijd
    doel = (wy * tijd).sum(axis=1)
    bezig = np.arange(len(helling))
    for _ in range(_STAPPEN):
        r = gewicht[bezig] * np.exp(helling[bezig, None] * tijd)
        rt = r * tijd
        r0 = sum_blokken(r, ontwerp)
        gemiddeld = divide(sum_blokken(rt, ontwerp), r0)
        spreiding = divide(sum_blokken(rt * tijd, ontwerp), r0) - gemiddeld**2
        helling_van = doel[bezig] - (per_blok[bezig] * gemiddeld).sum(axis=1)
        kromming = (per_blok[bezig] * spreiding).sum(axis=1)
        stap = np.clip(divide(helling_van, kromming), -_GROOTSTE_STAP, _GROOTSTE_STAP)
        helling[bezig] += stap
        bezig = bezig[np.abs(stap) > _KLAAR]
        if not bezig.size:
            return


def describe_passing(
    y: Reeks,
    gewicht: Reeks,
    mu: Reeks,
    werkgewicht: Reeks,
    helling: Reeks,
    eta_nu: Reeks,
    ontwerp: Ontwerp,
    *,
    trend: bool,
    dispersiegewicht: Reeks | None = None,
    geslaagd: npt.NDArray[np.bool_] | None = None,
) -> Passing:
    """Return the fit with its variances, from the weights of the least squares step.

    `dispersiegewicht` (R, n), when given, weighs the working residuals ((y - mu) / mu)^2 instead of `werkgewicht`.
    """
    blok, tijd = ontwerp.blok, ontwerp.tijd
    massa = sum_blokken(werkgewicht, ontwerp)
    met_gegevens = sum_blokken(gewicht, ontwerp) > 0
    # A block without cases weighs nothing: its variance is infinite, and its residuals are 0.
    with np.errstate(divide="ignore"):
        per_blok = 1.0 / massa
    hat = werkgewicht * np.where(massa > 0, per_blok, 0.0)[:, blok]
    var_trend = np.full(len(y), np.inf)
    var_eta = per_blok[:, ontwerp.venster].copy()
    if trend:
        zwaartepunt = divide(sum_blokken(werkgewicht * tijd, ontwerp), massa)
        afstand = tijd - zwaartepunt[:, blok]
        wa2 = werkgewicht * afstand**2
        with np.errstate(divide="ignore"):
            var_trend = 1.0 / wa2.sum(axis=1)
        eindig = np.where(np.isfinite(var_trend), var_trend, 0.0)
        hat += wa2 * eindig[:, None]
        var_eta += (ontwerp.tijd_nu - zwaartepunt[:, ontwerp.venster]) ** 2 * eindig
    vrij = (gewicht > 0).sum(axis=1) - met_gegevens.sum(axis=1) - float(trend)
    afwijking = divide(y - mu, mu)
    weeg = werkgewicht if dispersiegewicht is None else dispersiegewicht
    dispersie = divide((weeg * afwijking**2).sum(axis=1), vrij)
    goed = np.ones(len(y), dtype=bool) if geslaagd is None else geslaagd
    return Passing(mu, helling, eta_nu, var_eta, var_trend, hat, dispersie, vrij, goed)
