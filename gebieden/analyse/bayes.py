"""A predictive bound from few reference weeks: for a history too short for Farrington (statistiek.md 1.3).

Riebler 2004; surveillance::algo.bayes. With Jeffreys' prior on a Poisson mean the next count is negative binomial:
size = sum + 1/2, prob = n / (n + 1), for n reference weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gebieden.analyse.nbstaart import bound_predictive, tail_nb

Reeks = npt.NDArray[np.float64]
Vlaggen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bayes:
    """The settings: the `w` weeks before (with `recent`) and the windows of ±`w` weeks in `b` earlier years."""

    b: int = 0
    w: int = 6
    recent: bool = True
    alpha: float = 0.05
    freq: int = 52

    @property
    def terug(self) -> npt.NDArray[np.intp]:
        """How many weeks before the week itself its reference weeks lie."""
        jaren = [j * self.freq + v for j in range(1, self.b + 1) for v in range(-self.w, self.w + 1)]
        return np.array([*(range(1, self.w + 1) if self.recent else ()), *jaren], dtype=np.intp)


@dataclass(frozen=True, eq=False, slots=True)
class Bayesuitkomst:
    """Per series and week, (S, K): mean of the prediction, P(Y >= y), bound, alarm; NaN and False without a whole
    set of reference weeks."""

    verwacht: Reeks
    p: Reeks
    bovengrens: Reeks
    alarm: Vlaggen


def fit_bayes(
    reeksen: npt.NDArray[np.integer],
    weken: Sequence[int],
    instellingen: Bayes,
    uitgesloten: Vlaggen | None = None,
) -> Bayesuitkomst:
    """Return what each of the K 0-based `weken` should have been in each row of the (S, T) counts.

    Weeks of `uitgesloten` (S, T) are no reference weeks; with none left there is no outcome. ValueError when the
    settings name no reference week.
    """
    y, k, terug = np.asarray(reeksen), np.asarray(weken, dtype=np.intp), instellingen.terug
    if not terug.size:
        raise ValueError("b = 0 without recent weeks leaves nothing to compare with")
    vorm = (len(y), len(k))
    verwacht, p, grens = (np.full(vorm, np.nan) for _ in range(3))
    uit = Bayesuitkomst(verwacht, p, grens, np.zeros(vorm, dtype=bool))
    heel = np.flatnonzero(k >= terug.max())
    bron = k[heel, None] - terug
    telt = np.ones((len(y), *bron.shape), dtype=bool) if uitgesloten is None else ~uitgesloten[:, bron]
    som = np.where(telt, y[:, bron], 0).sum(axis=2)
    _judge(uit, heel, y[:, k[heel]].astype(np.float64), som, telt.sum(axis=2), instellingen.alpha)
    return uit


def _judge(
    uit: Bayesuitkomst,
    heel: npt.NDArray[np.intp],
    y: Reeks,
    som: npt.NDArray[np.integer],
    weken: npt.NDArray[np.integer],
    alpha: float,
) -> None:
    bruikbaar = weken > 0
    n = np.maximum(weken, 1)
    mu, phi = (som + 0.5) / n, 1 + 1 / n
    grens = bound_predictive(mu.reshape(-1, 1), phi.ravel(), alpha).reshape(mu.shape)
    uit.verwacht[:, heel] = np.where(bruikbaar, mu, np.nan)
    uit.p[:, heel] = np.where(bruikbaar, tail_nb(y, mu, phi), np.nan)
    uit.bovengrens[:, heel] = np.where(bruikbaar, grens, np.nan)
    uit.alarm[:, heel] = bruikbaar & (y > grens)
