"""Audit: what somebody who has all published numbers can work out about a hidden one, by linear programming.

It knows nothing of how a pattern was made and takes any set of published sums: tables with hierarchies, several pages
and files together, and what is known besides. It is the proof of `analyse.tabelnet`, which is a hundred times faster
but for tables of one kind.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array, kron

_ONEINDIG = 3
_ONMOGELIJK = 2

Reeks = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Publicatieset:
    """Everything that is published, over counts that are not: unknown numbers of 0 or more, one per column.

    `getallen` (rows × unknowns) says of which unknowns each published number is the sum, `waarden` how much it is.
    `bekend` and `minstens` are sums of which only is known that they are at least so much, or None.
    """

    getallen: csr_array
    waarden: Reeks
    bekend: csr_array | None = None
    minstens: Reeks | None = None


def audit_bereik(gepubliceerd: Publicatieset, doelen: csr_array) -> Reeks:
    """Return per hidden number (a row of `doelen`, sums of the same unknowns) the lowest and highest it can be.

    Shape (doelen, 2); inf where nothing bounds it. These are bounds for fractions too, so never narrower than what
    whole numbers leave room for; in tables with one hierarchy and one breakdown they are the same. Raise ValueError
    when no numbers of 0 or more agree with what is published.
    """
    grenzen = np.empty((doelen.shape[0], 2))
    for nummer in range(doelen.shape[0]):
        doel = doelen[[nummer]].toarray().ravel()
        grenzen[nummer] = _find_uiterste(gepubliceerd, doel), -_find_uiterste(gepubliceerd, -doel)
    return grenzen


def _find_uiterste(gepubliceerd: Publicatieset, doel: Reeks) -> float:
    uitkomst = linprog(
        doel,
        A_eq=gepubliceerd.getallen if len(gepubliceerd.waarden) else None,
        b_eq=gepubliceerd.waarden if len(gepubliceerd.waarden) else None,
        A_ub=None if gepubliceerd.bekend is None else -gepubliceerd.bekend,
        b_ub=None if gepubliceerd.minstens is None else -gepubliceerd.minstens,
        method="highs",
    )
    if uitkomst.status == _ONEINDIG:
        return -np.inf
    if uitkomst.status != 0:
        reden = "spreken elkaar tegen" if uitkomst.status == _ONMOGELIJK else "zijn niet na te rekenen"
        raise ValueError(f"De gepubliceerde getallen {reden}: {uitkomst.message}")
    return round(float(uitkomst.fun), 6)


def build_gemeentesommen(wijk_van: npt.ArrayLike, categorieen: int) -> csr_array:
    """Return the numbers of one gemeente as sums of its counts per buurt and category (in that order).

    Rows: gemeente, wijken and buurten, each with its categories and then their total, as `determine_afscherming` takes
    and gives them; `wijk_van` as there.
    """
    wijk = np.asarray(wijk_van)
    buurten = np.eye(len(wijk))
    wijken = (wijk[None] == np.arange(int(wijk.max()) + 1)[:, None]).astype(float)
    gebieden = np.concatenate([np.ones((1, len(wijk))), wijken, buurten])
    kolommen = np.concatenate([np.eye(categorieen), np.ones((1, categorieen))])
    return csr_array(kron(csr_array(gebieden), csr_array(kolommen)))
