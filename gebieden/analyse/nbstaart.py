"""Tails and upper bounds of the negative binomial with mean mu and variance phi × mu (Poisson where phi is 1).

In R's words NB(size = mu / (phi - 1), prob = 1 / phi). The predictive form averages over the uncertainty of log mu.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import betainc, gammainc, ndtri

Reeks = npt.NDArray[np.float64]

PUNTEN: Final = 15
"""Nodes of the Gauss-Hermite rule."""
_KNOPEN, _RUW = hermegauss(PUNTEN)
_GEWICHTEN = _RUW / _RUW.sum()
_HOOGSTE_ETA: Final = 25.0
_HOOGSTE_GRENS: Final = 1e12
"""A bound that is not found below this is taken to be this: nothing counts so far."""


def tail_nb(y: npt.ArrayLike, mu: npt.ArrayLike, phi: npt.ArrayLike) -> Reeks:
    """Return P(Y >= y), the three broadcast: `y` >= 0, `mu` > 0, `phi` >= 1. Exact and discrete: no mid-p."""
    k, m, f = np.broadcast_arrays(*(np.asarray(a, dtype=np.float64) for a in (y, mu, phi)))
    kans = np.ones(k.shape)
    poisson, negbin = (k >= 1) & (f <= 1), (k >= 1) & (f > 1)
    kans[poisson] = gammainc(k[poisson], m[poisson])
    rest = f[negbin] - 1
    kans[negbin] = betainc(k[negbin], m[negbin] / rest, rest / f[negbin])
    return kans


def spread_eta(eta: npt.ArrayLike, se_eta: npt.ArrayLike) -> Reeks:
    """Return the means at the nodes, one axis more at the end: exp(eta + se × node)."""
    midden, se = np.asarray(eta)[..., None], np.asarray(se_eta)[..., None]
    uit: Reeks = np.exp(np.minimum(midden + se * _KNOPEN, _HOOGSTE_ETA))
    return uit


def tail_predictive(y: npt.ArrayLike, mu_knopen: Reeks, phi: npt.ArrayLike) -> Reeks:
    """Return the sum over the nodes of weight × P(Y >= y | mu of the node, phi); statistiek.md 1.1 "our change".

    `mu_knopen` has an axis more than `y` and `phi`: of 15 nodes, or of one (then it is `tail_nb`).
    """
    kansen = tail_nb(np.asarray(y)[..., None], mu_knopen, np.asarray(phi)[..., None])
    if kansen.shape[-1] == 1:
        return kansen[..., 0]
    uit: Reeks = (kansen * _GEWICHTEN).sum(axis=-1)
    return np.minimum(uit, 1.0)


def bound_predictive(mu_knopen: Reeks, phi: Reeks, alpha: float) -> Reeks:
    """Return per row the smallest whole U with P(Y > U) <= alpha; `mu_knopen` (R, J), `phi` (R,)."""
    laag = np.full(len(phi), -1.0)
    hoog = _guess_bound(mu_knopen, phi, alpha)
    while (te_laag := np.flatnonzero((hoog < _HOOGSTE_GRENS) & ~_is_boven(hoog, mu_knopen, phi, alpha))).size:
        laag[te_laag], hoog[te_laag] = hoog[te_laag], 2 * hoog[te_laag] + 1
    while (open_ := np.flatnonzero(hoog - laag > 1)).size:
        midden = np.floor((laag[open_] + hoog[open_]) / 2)
        boven = _is_boven(midden, mu_knopen[open_], phi[open_], alpha)
        hoog[open_] = np.where(boven, midden, hoog[open_])
        laag[open_] = np.where(boven, laag[open_], midden)
    return hoog


def _is_boven(u: Reeks, mu_knopen: Reeks, phi: Reeks, alpha: float) -> npt.NDArray[np.bool_]:
    uit: npt.NDArray[np.bool_] = tail_predictive(u + 1, mu_knopen, phi) <= alpha
    return uit


def _guess_bound(mu_knopen: Reeks, phi: Reeks, alpha: float) -> Reeks:
    mu = mu_knopen[:, mu_knopen.shape[1] // 2]
    uit: Reeks = np.ceil(mu + ndtri(1 - alpha) * np.sqrt(phi * mu) + 1)
    return uit
