"""Suppression of one plain table whose margins are published: the smallest sum of numbers hidden besides.

Hidden is every number from 1 up to the threshold; a 0 stays (statistiek.md section 4, item 1). The publication of a
quarter is stricter, and hides zeros too: see `analyse.onderdrukking`. Besides, as much as it takes for every hidden
number to keep a range as wide as the threshold; where even hiding everything leaves less, as wide as that leaves.

The smallest sum is found by cutting planes (Fischetti and Salazar-González 1999): choose what to hide by mixed-integer
programming, look for a hidden number whose range is too narrow, and add what its smallest cuts say: that of the numbers
in them so much must be hidden. When nothing is too narrow the choice is the best there is. A table that is too big
for that, or takes too long, gets the heuristic of `analyse.tabelnet`: one hidden number after another, each the
cheapest way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from gebieden.analyse.tabelnet import Tabelnet

MAX_CELLEN_EXACT = 1_000
_MAX_RONDES = 40
_MAX_KNOPEN = 2_000

Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Celbereik:
    """What the published numbers leave for one hidden number; rows and columns count from 0, bounds included."""

    rij: int
    kolom: int
    laag: int
    hoog: int

    @property
    def breedte(self) -> int:
        """How wide the range is."""
        return self.hoog - self.laag


@dataclass(frozen=True, slots=True)
class Tabelafscherming:
    """What is hidden, and the range of each; `is_kleinste` says that no less could be hidden besides.

    `smal` are the ranges narrower than the threshold: as wide as hiding everything would leave them.
    """

    bereiken: tuple[Celbereik, ...]
    smal: tuple[Celbereik, ...]
    is_kleinste: bool


def determine_tabelafscherming(
    tabel: npt.ArrayLike, drempel: int, *, met_kolomtotalen: bool, max_exact: int = MAX_CELLEN_EXACT
) -> Tabelafscherming:
    """Return what to hide of a table (rows × columns, whole numbers of 0 or more) with its row totals published.

    `met_kolomtotalen` says that the column totals are too. Raise ValueError for other input or a threshold below 1.
    """
    getallen = np.asarray(tabel, dtype=np.int64)
    if getallen.ndim != 2 or not getallen.size or (getallen < 0).any() or drempel < 1:
        raise ValueError("Verwacht: een tabel met aantallen van 0 of meer, en een drempel van 1 of meer.")
    eerst = ((getallen > 0) & (getallen < drempel)).ravel()
    if not eerst.any():
        return Tabelafscherming((), (), True)
    net = _build_net(getallen, met_kolomtotalen, drempel)
    cellen = np.arange(getallen.size)
    net.nodig[cellen] = [net.measure(int(cel), drempel).breedte for cel in cellen]
    net.dicht[cellen] = eerst
    net.widen()
    gekozen = None
    if getallen.size <= max_exact:
        gekozen = _find_kleinste(net, eerst, _list_eenvoudige_sneden(net, getallen, met_kolomtotalen))
        net.dicht[cellen] = net.dicht[cellen] if gekozen is None else gekozen
    bereiken = tuple(_measure_bereiken(net, getallen))
    smal = tuple(bereik for bereik in bereiken if bereik.breedte < drempel)
    return Tabelafscherming(bereiken, smal, gekozen is not None)


def audit_tabel(
    tabel: npt.ArrayLike, dicht: Sequence[tuple[int, int]], *, met_kolomtotalen: bool
) -> tuple[Celbereik, ...]:
    """Return the range of every hidden number (row, column) of a table of which the rest and the margins are seen."""
    getallen = np.asarray(tabel, dtype=np.int64)
    net = _build_net(getallen, met_kolomtotalen, 1)
    net.dicht[: getallen.size] = False
    for rij, kolom in dicht:
        net.dicht[rij * getallen.shape[1] + kolom] = True
    return tuple(_measure_bereiken(net, getallen))


def _build_net(getallen: Getallen, met_kolomtotalen: bool, drempel: int) -> Tabelnet:
    """Return the table as a network with everything hidden; the cells come first, row after row.

    A column total that is not published joins its column to a node of its own, that adds nothing to know.
    """
    rijen, kolommen = getallen.shape
    rij, kolom = np.divmod(np.arange(getallen.size), kolommen)
    los = 0 if met_kolomtotalen else kolommen
    van = np.concatenate([rij, rijen + np.arange(los)])
    naar = np.concatenate([rijen + kolom, np.full(los, rijen + kolommen)])
    waarde = np.concatenate([getallen.ravel(), getallen.sum(axis=0)[:los]])
    nodig = np.concatenate([np.full(getallen.size, drempel), np.zeros(los, dtype=np.int64)])
    return Tabelnet(van, naar, waarde, np.zeros_like(waarde), nodig, np.ones(len(van), dtype=bool))


def _measure_bereiken(net: Tabelnet, getallen: Getallen) -> list[Celbereik]:
    bereiken = []
    for cel in np.flatnonzero(net.dicht[: getallen.size]):
        rij, kolom = divmod(int(cel), getallen.shape[1])
        waarde, ruim = int(getallen[rij, kolom]), int(getallen[rij].sum())
        omhoog = net.find_snede(int(cel), ruim, is_omhoog=True)[0]
        omlaag = net.find_snede(int(cel), ruim, is_omhoog=False)[0]
        bereiken.append(Celbereik(rij, kolom, max(0, waarde - omlaag), waarde + omhoog))
    return bereiken


def _find_kleinste(net: Tabelnet, eerst: Vlaggen, sneden: list[Getallen]) -> Vlaggen | None:
    """Return what to hide for the smallest sum besides; None when that is too much work.

    What `net` has hidden is good enough, and leaves as it came; it is returned as soon as nothing can be smaller.
    """
    aantal = len(eerst)
    goed = net.dicht[:aantal].copy()
    hoogstens = int(net.waarde[:aantal][goed & ~eerst].sum())
    # Of choices that hide equally much, the one with the fewest numbers.
    prijs = np.where(eerst, 0, net.waarde[:aantal] + 1 / (aantal + 1))
    for _ in range(_MAX_RONDES):
        uitkomst = milp(
            prijs,
            integrality=np.ones(aantal),
            bounds=(eerst.astype(float), np.ones(aantal)),
            constraints=LinearConstraint(csr_array(np.array(sneden)), lb=0),
            options={"mip_rel_gap": 0, "node_limit": _MAX_KNOPEN},
        )
        if uitkomst.status != 0:
            break
        dicht = uitkomst.x > 0.5
        if net.waarde[:aantal][dicht & ~eerst].sum() >= hoogstens:
            net.dicht[:aantal] = goed
            return goed
        net.dicht[:aantal] = dicht
        erbij = [snede for cel in np.flatnonzero(dicht) if (snede := _find_tekort(net, int(cel), aantal)) is not None]
        if not erbij:
            return dicht
        sneden += erbij
    net.dicht[:aantal] = goed
    return None


def _list_eenvoudige_sneden(net: Tabelnet, getallen: Getallen, met_kolomtotalen: bool) -> list[Getallen]:
    """Return what the rest of its own row, and of its own column, must give for every number, were it hidden.

    Upwards that is what the others can be lowered by; so much must be there as the number cannot itself go down.
    """
    rij, kolom = np.divmod(np.arange(getallen.size), getallen.shape[1])
    # One that asks nothing, for there may be no other.
    sneden = [np.zeros(getallen.size, dtype=np.int64)]
    for cel, waarde in enumerate(getallen.ravel().tolist()):
        tekort = int(net.nodig[cel]) - waarde
        bijdrage = np.minimum(getallen.ravel(), tekort) if tekort > 0 else np.ones(getallen.size, dtype=np.int64)
        for lijn in (rij == rij[cel], kolom == kolom[cel])[: 1 + met_kolomtotalen]:
            som = np.where(lijn, bijdrage, 0)
            som[cel] = -max(tekort, 1)
            if net.nodig[cel]:
                sneden.append(som)
    return sneden


def _find_tekort(net: Tabelnet, cel: int, aantal: int) -> Getallen | None:
    """Return what a hidden number with too narrow a range asks, as coefficients of a sum of at least 0."""
    nodig, waarde = int(net.nodig[cel]), int(net.waarde[cel])
    omhoog, boven = net.find_snede(cel, nodig, is_omhoog=True)
    omlaag, onder = net.find_snede(cel, nodig, is_omhoog=False)
    tekort = nodig
    if omlaag >= waarde:
        tekort, onder = nodig - waarde, np.zeros_like(onder)
        omlaag = waarde
    if omhoog + omlaag >= nodig:
        return None
    los = int((boven + onder)[aantal:].sum())
    som: Getallen = np.minimum((boven + onder)[:aantal], tekort - los)
    som[cel] = los - tekort
    return som
