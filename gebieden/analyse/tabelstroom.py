"""The cheapest way to move a number of a table over several ways at once, by linear programming."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

_NIETS = 1e-6

Getallen = npt.NDArray[np.int64]
Plekken = npt.NDArray[np.intp]
Reeks = npt.NDArray[np.float64]


def find_goedkoopste_stroom(
    van: Plekken, naar: Plekken, ruimte: Getallen, prijs: Reeks, boog: int, nodig: int
) -> npt.NDArray[np.bool_] | None:
    """Return which arcs take part in moving one arc over a range of `nodig`, partly up and partly down.

    Arcs run from node `van` to node `naar`; each can go up without limit and down by `ruimte`. `prijs` is per arc and
    per unit moved over it, so this is cheap and not always cheapest. None when it cannot be done at all.
    """
    aantal, knopen = len(van), int(max(van.max(), naar.max())) + 1
    rij, een = np.arange(aantal), np.ones(aantal)
    erin = csr_array((een, (naar, rij)), shape=(knopen, aantal)) - csr_array((een, (van, rij)), shape=(knopen, aantal))
    # Variables: per arc how much more and how much less, once while this one goes up and once while it goes down;
    # and how far it goes up.
    stroom, eigen = hstack([erin, -erin]), erin[:, [boog]]
    evenwicht = vstack([hstack([stroom, 0 * stroom, eigen]), hstack([0 * stroom, stroom, eigen])])
    rechts = np.concatenate([np.zeros(knopen), nodig * eigen.toarray().ravel()])
    hoogst = np.concatenate([np.full(aantal, nodig), np.minimum(ruimte, nodig)])
    hoogst[[boog, aantal + boog]] = 0
    grenzen = np.zeros((4 * aantal + 1, 2))
    grenzen[:, 1] = np.append(np.tile(hoogst, 2), nodig)
    grenzen[-1, 0] = max(0, nodig - int(ruimte[boog]))
    uitkomst = linprog(np.append(np.tile(prijs, 4), 0), A_eq=csr_array(evenwicht), b_eq=rechts, bounds=grenzen)
    if uitkomst.status != 0:
        return None
    geraakt: npt.NDArray[np.bool_] = (uitkomst.x[:-1].reshape(4, -1) > _NIETS).any(axis=0)
    return geraakt
