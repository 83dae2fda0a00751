"""R's `glm(family = quasipoisson)` step for step, for comparing with R only (r_compat)."""

from typing import Final

import numpy as np

from gebieden.analyse.ontwerp import Ontwerp
from gebieden.analyse.quasipoisson import Passing, Reeks, describe_passing, divide, sum_blokken

EPSILON: Final = 1e-8
RONDEN: Final = 25
_KLEINSTE: Final = float(np.finfo(float).eps)


def fit_als_r(y: Reeks, gewicht: Reeks, ontwerp: Ontwerp, *, trend: bool) -> Passing:
    """Return the fit as R leaves it: weights of the *last* iteration, of the means one iteration before."""
    mu = y + 0.1
    eta = np.log(mu)
    oud = _deviance(y, mu, gewicht)
    w = np.empty_like(y)
    helling, eta_nu = np.zeros(len(y)), np.zeros(len(y))
    bezig = np.arange(len(y))
    for _ in range(RONDEN):
        w[bezig] = gewicht[bezig] * mu[bezig]
        eta[bezig], helling[bezig], eta_nu[bezig] = _solve(y[bezig], mu[bezig], eta[bezig], w[bezig], ontwerp, trend)
        mu[bezig] = np.maximum(np.exp(eta[bezig]), _KLEINSTE)
        nieuw = _deviance(y[bezig], mu[bezig], gewicht[bezig])
        open_ = np.abs(nieuw - oud[bezig]) / (np.abs(nieuw) + 0.1) >= EPSILON
        oud[bezig] = nieuw
        bezig = bezig[open_]
        if not bezig.size:
            break
    geslaagd = np.ones(len(y), dtype=bool)
    geslaagd[bezig] = False
    return describe_passing(y, gewicht, mu, w, helling, eta_nu, ontwerp, trend=trend, geslaagd=geslaagd)


def _solve(y: Reeks, mu: Reeks, eta: Reeks, w: Reeks, ontwerp: Ontwerp, trend: bool) -> tuple[Reeks, Reeks, Reeks]:
    """Return eta (R, n), the slope and eta of the week itself of one weighted least squares step."""
    z = eta + (y - mu) / mu
    massa = sum_blokken(w, ontwerp)
    hoogte = divide(sum_blokken(w * z, ontwerp), massa)
    if not trend:
        return hoogte[:, ontwerp.blok], np.zeros(len(y)), hoogte[:, ontwerp.venster]
    midden = divide(sum_blokken(w * ontwerp.tijd, ontwerp), massa)
    afstand = ontwerp.tijd - midden[:, ontwerp.blok]
    helling = divide((w * afstand * (z - hoogte[:, ontwerp.blok])).sum(axis=1), (w * afstand**2).sum(axis=1))
    eta = hoogte[:, ontwerp.blok] + helling[:, None] * afstand
    venster = ontwerp.venster
    return eta, helling, hoogte[:, venster] + helling * (ontwerp.tijd_nu - midden[:, venster])


def _deviance(y: Reeks, mu: Reeks, gewicht: Reeks) -> Reeks:
    verhouding = np.where(y > 0, y, mu) / mu
    uit: Reeks = 2 * (gewicht * (y * np.log(verhouding) - (y - mu))).sum(axis=1)
    return uit
