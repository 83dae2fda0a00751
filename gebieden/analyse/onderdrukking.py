"""Suppression: which counts of a gemeente, its wijken and its buurten are hidden, and why nobody can compute them.

One pattern per table of one period, the same for every role: a role sees a part of it, so no two pages,
roles or exports can be subtracted to find what one of them hides.

Hidden is every count below the threshold of its category (zero included: an empty count says as much about who
lives there as a small one), and besides, until nothing changes:

1. wherever one cell of gemeente × categories, wijken × categories or buurten of one wijk × categories is
   hidden, a second one in its row and in its column (totals apart), the smallest first;
2. for every hidden number what it takes for its range to be at least as wide as its threshold: the numbers that
   it could be, for who has all visible numbers of all levels and knows what is given as `bodem` (`analyse.tabelnet`).

Raising one category of one buurt, with its wijk, the gemeente and their totals, is always possible once those six
are hidden, so every range can be made wide enough. Cells are only ever added, so it ends; and it ends with the audit:
no pattern leaves this module with a range that was not found to be wide enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from gebieden.domein.definities import DREMPEL_SIGNALEN

if TYPE_CHECKING:
    from gebieden.analyse.tabelnet import Tabelnet

Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]

_ONMOGELIJK = np.int64(2**58)
_BEWAARD = 128


@dataclass(frozen=True, slots=True)
class Afscherming:
    """What is hidden (True): the last column is the total of all categories.

    `gemeente` has one value per column, `wijken` and `buurten` one row per area in the order given.
    """

    gemeente: Vlaggen
    wijken: Vlaggen
    buurten: Vlaggen


def determine_afscherming(
    tellingen: npt.ArrayLike,
    wijk_van: npt.ArrayLike,
    drempel: npt.ArrayLike = DREMPEL_SIGNALEN,
    bodem: npt.ArrayLike | None = None,
) -> Afscherming:
    """Return which numbers of one gemeente are hidden.

    `tellingen` is buurten × categories; `wijk_van` gives per buurt the number of its wijk, from 0 without
    gaps and not decreasing. A wijk without known buurten is passed as a wijk with one buurt. Order rows and
    columns by code: it settles ties. `drempel` is one threshold or one per category; the total has the lowest.
    `bodem`, (1 + wijken + buurten) × (categories + 1) in that order with the total last, is what anybody knows each
    number to be at least, from a published warning. Raise ValueError for other input or a threshold below 1.
    """
    aantallen = np.asarray(tellingen, dtype=np.int64)
    wijken = np.asarray(wijk_van, dtype=np.int64)
    _check_tabel(aantallen, wijken)
    drempels = np.broadcast_to(np.asarray(drempel, dtype=np.int64), aantallen.shape[1:])
    if (drempels < 1).any():
        raise ValueError("De drempel moet 1 of meer zijn.")
    getallen = _stack_niveaus(aantallen, wijken)
    bekend = np.zeros_like(getallen) if bodem is None else np.asarray(bodem, dtype=np.int64)
    if bekend.shape != getallen.shape or (bekend < 0).any() or (bekend > getallen).any():
        raise ValueError("Verwacht: een ondergrens van 0 of meer per getal, en niet hoger dan dat getal.")
    per_kolom = np.append(drempels, drempels.min(initial=drempels.max(initial=1)))
    sleutel = (getallen.tobytes(), wijken.tobytes(), per_kolom.tobytes(), bekend.tobytes())
    dicht = np.frombuffer(_determine_dicht(*sleutel), dtype=bool).reshape(getallen.shape)
    eind = 1 + int(wijken[-1]) + 1 if len(wijken) else 1
    return Afscherming(dicht[0], dicht[1:eind], dicht[eind:])


def _check_tabel(tellingen: Getallen, wijk_van: Getallen) -> None:
    if tellingen.ndim != 2 or len(tellingen) != len(wijk_van) or (tellingen < 0).any():
        raise ValueError("Verwacht: per buurt een rij met aantallen van 0 of meer, en per buurt een wijk.")
    aantal_wijken = int(wijk_van[-1]) + 1 if len(wijk_van) else 0
    if not np.array_equal(np.unique(wijk_van), np.arange(aantal_wijken)) or (np.diff(wijk_van) < 0).any():
        raise ValueError("Verwacht: wijken genummerd vanaf 0 zonder gaten, en buurten op volgorde van wijk.")


def _stack_niveaus(tellingen: Getallen, wijk_van: Getallen) -> Getallen:
    """Return gemeente, wijken and buurten under one another, with the total as last column."""
    buurten = np.column_stack([tellingen, tellingen.sum(axis=1)])
    wijken = np.zeros((int(wijk_van[-1]) + 1 if len(wijk_van) else 0, buurten.shape[1]), dtype=np.int64)
    np.add.at(wijken, wijk_van, buurten)
    return np.concatenate([wijken.sum(axis=0)[None], wijken, buurten])


# The pattern depends on nothing but these numbers, and every page, role and export of a quarter asks for it.
@lru_cache(maxsize=_BEWAARD)
def _determine_dicht(getallen_: bytes, wijk_van_: bytes, drempels_: bytes, bodem_: bytes) -> bytes:
    wijk_van, drempels = np.frombuffer(wijk_van_, dtype=np.int64), np.frombuffer(drempels_, dtype=np.int64)
    getallen, bodem = (np.frombuffer(b, dtype=np.int64).reshape(-1, len(drempels)) for b in (getallen_, bodem_))
    dicht = getallen < drempels
    if dicht.any() and dicht.size:
        net = _build_net(getallen, bodem, wijk_van, drempels, dicht)
        while True:
            for deel in _list_tabellen(wijk_van, len(drempels) - 1):
                _hide_tweede(getallen[deel], net.dicht.reshape(dicht.shape)[deel])
            eerder = int(net.dicht.sum())
            net.widen()
            if net.dicht.sum() == eerder:
                break
        dicht = net.dicht
    return dicht.tobytes()


def _build_net(
    getallen: Getallen, bodem: Getallen, wijk_van: Getallen, drempels: Getallen, dicht: Vlaggen
) -> "Tabelnet":
    """Return the table as a network: a node per sum over categories of a buurt, and per sum over areas.

    A buurt's categories flow from its row to its wijk, the gemeente and their total, and from there as totals back.
    """
    # Imports half of scipy, and every page reads this module.
    from gebieden.analyse.tabelnet import Tabelnet

    breed = len(drempels)
    wijken = len(getallen) - 1 - len(wijk_van)
    # Node 0: the total of the gemeente; then the sums per column of the gemeente and the wijken; then the buurten.
    van_boven = 1 + np.arange((1 + wijken) * breed).reshape(-1, breed)
    ouder = np.concatenate(
        [np.zeros((1, breed), dtype=np.int64), np.tile(van_boven[0], (wijken, 1)), van_boven[1:][wijk_van]]
    )
    buurten = np.repeat(van_boven.size + 1 + np.arange(len(wijk_van))[:, None], breed, axis=1)
    van, naar = np.concatenate([van_boven, buurten]), ouder.copy()
    van[:, -1], naar[:, -1] = naar[:, -1], van[:, -1].copy()
    nodig = np.broadcast_to(drempels, getallen.shape)
    return Tabelnet(van.ravel(), naar.ravel(), getallen.ravel(), bodem.ravel(), nodig.ravel(), dicht.ravel())


def _list_tabellen(wijk_van: Getallen, categorieen: int) -> Iterator[tuple[slice, slice]]:
    """Yield the tables as they are displayed, totals apart: the gemeente, its wijken, and the buurten per wijk."""
    wijken = int(wijk_van[-1]) + 1
    grenzen = 1 + wijken + np.searchsorted(wijk_van, np.arange(wijken + 1))
    for begin, eind in ((0, 1), (1, 1 + wijken), *pairwise(grenzen.tolist())):
        yield slice(begin, eind), slice(0, categorieen)


def _hide_tweede(aantallen: Getallen, dicht: Vlaggen) -> None:
    """Hide a second cell in every row and column of a displayed table that has exactly one (in place)."""
    _hide_tweede_in_rijen(aantallen, dicht)
    _hide_tweede_in_rijen(aantallen.T, dicht.T)
    _hide_tweede_in_rijen(aantallen, dicht)


def _hide_tweede_in_rijen(aantallen: Getallen, dicht: Vlaggen) -> None:
    if aantallen.shape[1] < 2:
        return
    rijen = np.flatnonzero(dicht.sum(axis=1) == 1)
    if len(rijen):
        dicht[rijen, np.where(dicht[rijen], _ONMOGELIJK, aantallen[rijen]).argmin(axis=1)] = True
