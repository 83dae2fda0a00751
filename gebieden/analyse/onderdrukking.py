"""Suppression: which counts of a gemeente, its wijken and its buurten are hidden, and why nobody can compute them.

One pattern per table of one period, the same for every role: a role sees a part of it, so no two pages,
roles or exports can be subtracted to find what one of them hides.

Hidden is every count below the threshold (zero included), and besides, until nothing changes:

1. wherever one cell of gemeente × categories, wijken × categories or buurten of one wijk × categories is
   hidden, a second one in its row and in its column (totals apart), the smallest first;
2. for every hidden number an *alternative*: another table without negative counts that has the same visible
   numbers and a different number here. Three kinds exist, each moving one signal and so needing only that the
   cells it touches are hidden and that those it lowers are not zero:
   a rectangle in one wijk (buurten b and b' exchange one signal of the categories j and j'), a rectangle across
   two wijken (their own cells are touched too), and a swap in one buurt (its wijk and the gemeente are touched).
   "Totaal" takes part as a category of its own: exchanging with it adds a signal to the row.

The cheapest alternative (the smallest sum of counts to hide; ties by the order of rows and columns) is made
possible by hiding the cells that it lacks. Adding one signal to some buurt is always an alternative once its
own cell, its wijk's, the gemeente's and their totals are hidden, so one always exists. Cells are only ever
added, so it ends. Because every hidden number has an alternative, none follows from the visible ones; it does
not follow that the range of a hidden number is wide.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gebieden.domein.definities import DREMPEL_SIGNALEN

Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]

_ONMOGELIJK = np.int64(2**58)


@dataclass(frozen=True, slots=True)
class Afscherming:
    """What is hidden (True): the last column is the total of all categories.

    `gemeente` has one value per column, `wijken` and `buurten` one row per area in the order given.
    """

    gemeente: Vlaggen
    wijken: Vlaggen
    buurten: Vlaggen


@dataclass(frozen=True)
class _Stand:
    """The three levels with totals as last column: numbers, and what is hidden so far (changed in place)."""

    wijk_van: npt.NDArray[np.intp]
    gemeente: Getallen
    wijken: Getallen
    buurten: Getallen
    dicht_gemeente: Vlaggen
    dicht_wijken: Vlaggen
    dicht_buurten: Vlaggen
    kan_af: Vlaggen

    def count(self) -> int:
        return int(self.dicht_gemeente.sum() + self.dicht_wijken.sum() + self.dicht_buurten.sum())


def determine_afscherming(
    tellingen: npt.ArrayLike, wijk_van: npt.ArrayLike, drempel: int = DREMPEL_SIGNALEN
) -> Afscherming:
    """Return which numbers of one gemeente are hidden.

    `tellingen` is buurten × categories; `wijk_van` gives per buurt the number of its wijk, from 0 without
    gaps and not decreasing. A wijk without known buurten is passed as a wijk with one buurt. Order rows and
    columns by code: it settles ties. Raise ValueError for other input or a threshold below 1.
    """
    stand = _build_stand(np.asarray(tellingen, dtype=np.int64), np.asarray(wijk_van, dtype=np.intp), drempel)
    while True:
        eerder = stand.count()
        _hide_tweede(stand)
        open_gemeente, open_wijken, open_buurten = _find_zonder_alternatief(stand)
        for kolom in np.flatnonzero(open_gemeente):
            _repair_gemeente(stand, int(kolom))
        for wijk, kolom in np.argwhere(open_wijken):
            _repair_wijk(stand, int(wijk), int(kolom))
        for buurt, kolom in np.argwhere(open_buurten):
            _repair_buurt(stand, int(buurt), int(kolom))
        if stand.count() == eerder:
            return Afscherming(stand.dicht_gemeente, stand.dicht_wijken, stand.dicht_buurten)


def _build_stand(tellingen: Getallen, wijk_van: npt.NDArray[np.intp], drempel: int) -> _Stand:
    if drempel < 1:
        raise ValueError("De drempel moet 1 of meer zijn.")
    if tellingen.ndim != 2 or len(tellingen) != len(wijk_van) or (tellingen < 0).any():
        raise ValueError("Verwacht: per buurt een rij met aantallen van 0 of meer, en per buurt een wijk.")
    aantal_wijken = int(wijk_van[-1]) + 1 if len(wijk_van) else 0
    if not np.array_equal(np.unique(wijk_van), np.arange(aantal_wijken)) or (np.diff(wijk_van) < 0).any():
        raise ValueError("Verwacht: wijken genummerd vanaf 0 zonder gaten, en buurten op volgorde van wijk.")
    buurten = np.column_stack([tellingen, tellingen.sum(axis=1)])
    wijken = np.zeros((aantal_wijken, buurten.shape[1]), dtype=np.int64)
    np.add.at(wijken, wijk_van, buurten)
    gemeente = wijken.sum(axis=0)
    kan_af = buurten > 0
    # Lowering "Totaal" in an exchange means adding a signal to the row, which is always possible.
    kan_af[:, -1] = True
    return _Stand(wijk_van, gemeente, wijken, buurten, gemeente < drempel, wijken < drempel, buurten < drempel, kan_af)


def _hide_tweede(stand: _Stand) -> None:
    """Hide a second cell in every row and column of the displayed tables that has exactly one, totals apart."""
    grenzen = np.searchsorted(stand.wijk_van, np.arange(len(stand.wijken) + 1))
    tabellen = [(stand.gemeente[None, :-1], stand.dicht_gemeente[None, :-1])]
    tabellen.append((stand.wijken[:, :-1], stand.dicht_wijken[:, :-1]))
    for begin, eind in pairwise(grenzen):
        tabellen.append((stand.buurten[begin:eind, :-1], stand.dicht_buurten[begin:eind, :-1]))
    for aantallen, dicht in tabellen:
        _hide_tweede_in_rijen(aantallen, dicht)
        _hide_tweede_in_rijen(aantallen.T, dicht.T)
        _hide_tweede_in_rijen(aantallen, dicht)


def _hide_tweede_in_rijen(aantallen: Getallen, dicht: Vlaggen) -> None:
    if aantallen.shape[1] < 2:
        return
    rijen = np.flatnonzero(dicht.sum(axis=1) == 1)
    if len(rijen):
        dicht[rijen, np.where(dicht[rijen], _ONMOGELIJK, aantallen[rijen]).argmin(axis=1)] = True


def _find_zonder_alternatief(stand: _Stand) -> tuple[Vlaggen, Vlaggen, Vlaggen]:
    """Return the hidden numbers of gemeente, wijken and buurten that no alternative changes yet.

    In the arrays with two column axes [.., j, k] stands for: one signal more in j, one less in k.
    """
    dicht = stand.dicht_buurten
    zelfde = np.eye(dicht.shape[1], dtype=bool)
    buurt = dicht[:, :, None] & (dicht & stand.kan_af)[:, None, :] & ~zelfde
    aantal_in_wijk = np.zeros((len(stand.wijken), *zelfde.shape), dtype=np.int64)
    np.add.at(aantal_in_wijk, stand.wijk_van, buurt)
    paar_wijk = stand.dicht_wijken[:, :, None] & stand.dicht_wijken[:, None, :]
    wijk = (aantal_in_wijk > 0) & paar_wijk
    aantal = wijk.sum(axis=0)
    paar_gemeente = stand.dicht_gemeente[:, None] & stand.dicht_gemeente[None, :] & ~zelfde
    andere_wijk = aantal.T[None] - wijk.transpose(0, 2, 1) > 0
    wijk_kan = wijk & (andere_wijk | paar_gemeente)
    andere_buurt = aantal_in_wijk.transpose(0, 2, 1)[stand.wijk_van] - buurt.transpose(0, 2, 1) > 0
    buurt_kan = buurt & (andere_buurt | wijk_kan[stand.wijk_van])
    return (
        stand.dicht_gemeente & ~_is_geraakt(paar_gemeente & (aantal > 0)),
        stand.dicht_wijken & ~_is_geraakt(wijk_kan),
        dicht & ~_is_geraakt(buurt_kan),
    )


def _is_geraakt(kan: Vlaggen) -> Vlaggen:
    return np.logical_or(kan.any(axis=-1), kan.any(axis=-2))


@dataclass(frozen=True)
class _Prijs:
    """What alternatives for one column cost, per other column: the counts that would have to be hidden.

    `meer` and `minder` (buurten × columns) are for a buurt in which this column goes up or down by one and
    the other column the other way; `wijken` and `gemeente` what touching their cells adds.
    """

    meer: Getallen
    minder: Getallen
    wijken: Getallen
    gemeente: Getallen


def _determine_prijs(stand: _Stand, kolom: int) -> _Prijs:
    buurten, wijken, gemeente = (
        _add_eigen(aantallen, dicht, kolom)
        for aantallen, dicht in (
            (stand.buurten, stand.dicht_buurten),
            (stand.wijken, stand.dicht_wijken),
            (stand.gemeente[None], stand.dicht_gemeente[None]),
        )
    )
    minder = np.where(stand.kan_af[:, [kolom]], buurten, _ONMOGELIJK)
    return _Prijs(np.where(stand.kan_af, buurten, _ONMOGELIJK), minder, wijken, gemeente[0])


def _add_eigen(aantallen: Getallen, dicht: Vlaggen, kolom: int) -> Getallen:
    prijs = np.where(dicht, 0, aantallen)
    som = prijs + prijs[:, [kolom]]
    som[:, kolom] = _ONMOGELIJK
    return som


def _repair_gemeente(stand: _Stand, kolom: int) -> None:
    prijs = _determine_prijs(stand, kolom)
    ruil = np.minimum(prijs.meer, prijs.minder) + prijs.wijken[stand.wijk_van] + prijs.gemeente
    buurt, ander = np.unravel_index(int(ruil.argmin()), ruil.shape)
    _hide_ruil(stand, int(buurt), kolom, int(ander))


def _repair_wijk(stand: _Stand, wijk: int, kolom: int) -> None:
    prijs = _determine_prijs(stand, kolom)
    eigen = np.flatnonzero(stand.wijk_van == wijk)
    som = np.minimum(
        prijs.meer[eigen].min(axis=0) + _mask_wijk(stand, prijs.minder, wijk),
        prijs.minder[eigen].min(axis=0) + _mask_wijk(stand, prijs.meer, wijk),
    )
    rechthoek = som + prijs.wijken[wijk] + prijs.wijken[stand.wijk_van]
    ruil = np.minimum(prijs.meer, prijs.minder)[eigen] + prijs.wijken[wijk] + prijs.gemeente
    ander, kolom_ander = np.unravel_index(int(rechthoek.argmin()), rechthoek.shape)
    if ruil.min() < rechthoek[ander, kolom_ander]:
        plaats, kolom_ander = np.unravel_index(int(ruil.argmin()), ruil.shape)
        _hide_ruil(stand, int(eigen[plaats]), kolom, int(kolom_ander))
        return
    som_ander = prijs.meer[eigen, kolom_ander] + prijs.minder[ander, kolom_ander]
    som_terug = prijs.minder[eigen, kolom_ander] + prijs.meer[ander, kolom_ander]
    buurt = int(eigen[np.minimum(som_ander, som_terug).argmin()])
    _hide_rechthoek(stand, buurt, int(ander), kolom, int(kolom_ander))


def _mask_wijk(stand: _Stand, prijs: Getallen, wijk: int) -> Getallen:
    return np.where((stand.wijk_van == wijk)[:, None], _ONMOGELIJK, prijs)


def _repair_buurt(stand: _Stand, buurt: int, kolom: int) -> None:
    prijs = _determine_prijs(stand, kolom)
    wijk = stand.wijk_van[buurt]
    over_wijk = np.where((stand.wijk_van == wijk)[:, None], 0, prijs.wijken[wijk][None] + prijs.wijken[stand.wijk_van])
    rechthoek = np.minimum(prijs.meer[buurt] + prijs.minder, prijs.minder[buurt] + prijs.meer) + over_wijk
    rechthoek[buurt] = _ONMOGELIJK
    ruil = np.minimum(prijs.meer[buurt], prijs.minder[buurt]) + prijs.wijken[wijk] + prijs.gemeente
    ander, kolom_ander = np.unravel_index(int(rechthoek.argmin()), rechthoek.shape)
    if ruil.min() < rechthoek[ander, kolom_ander]:
        _hide_ruil(stand, buurt, kolom, int(ruil.argmin()))
    else:
        _hide_rechthoek(stand, buurt, int(ander), kolom, int(kolom_ander))


def _hide_ruil(stand: _Stand, buurt: int, kolom: int, ander: int) -> None:
    stand.dicht_buurten[buurt, [kolom, ander]] = True
    stand.dicht_wijken[stand.wijk_van[buurt], [kolom, ander]] = True
    stand.dicht_gemeente[[kolom, ander]] = True


def _hide_rechthoek(stand: _Stand, buurt: int, ander: int, kolom: int, kolom_ander: int) -> None:
    for rij in (buurt, ander):
        stand.dicht_buurten[rij, [kolom, kolom_ander]] = True
        if stand.wijk_van[buurt] != stand.wijk_van[ander]:
            stand.dicht_wijken[stand.wijk_van[rij], [kolom, kolom_ander]] = True
