"""The scan statistic itself: the log-likelihood ratio of every zone and window, and its largest value per replication.

Both ratios have one form, so that a replication costs one look-up, one product and one sum per zone and window:
`tabel[c] - helling * c + vast` where the count c is larger than expected, and 0 where it is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

from gebieden.analyse.zones import Getallen, Nummers, Vlaggen, Zones

MAX_TOTAAL: Final = 10_000_000
"""Most reports in one scan; the tables of logarithms are as long."""
_BLOK: Final = 4096
"""Windows times replications in one block: what stays in the processor's cache, and what bounds the memory."""
_KLEINST_VERWACHT: Final = 1e-6
_NOOIT: Final = -1e300
"""A ratio that never wins; minus infinity times False would be no number."""

Venster = tuple[int, int]
"""The weeks of a window as numbers from 0: first and last, both in it."""
Trekking = Callable[[np.random.Generator, int], Nummers]
"""Draws counts without any cluster: (generator, n) gives (A, V, n) counts per area and window."""


@dataclass(frozen=True)
class Toets:
    """What is expected per area and window, (A, V), and which ratio compares it with what is counted.

    With `totaal` C, the reports in the whole area and period, it is Kulldorff's (1997, 2001) c ln(c/e) +
    (C-c) ln((C-c)/(C-e)), for `verwacht` that sums to C over areas and weeks. Without it, the expectation-based
    c ln(c/e) - (c - e) of Neill and others (2005), section 2.1 of the methods.
    """

    verwacht: Getallen
    totaal: int | None = None

    def make_tabel(self, hoogste: int) -> Getallen:
        """Return the part of the ratio that depends on the count alone, for 0 … `hoogste` reports at least."""
        aantal = np.arange((hoogste if self.totaal is None else self.totaal) + 1, dtype=float)
        eigen: Getallen = xlogy(aantal, aantal)
        return eigen if self.totaal is None else eigen + eigen[::-1]

    def shape_lijnen(self, verwacht: Getallen) -> tuple[Getallen, Getallen]:
        """Return `helling` and `vast` of zones in which this is expected.

        Where nothing is expected, or everything, nothing can stand out: `vast` is _NOOIT.
        """
        if self.totaal is None:
            return np.log(verwacht) + 1.0, verwacht
        kan = verwacht < self.totaal * (1 - 1e-12)
        buiten = np.log(np.where(kan, self.totaal - verwacht, 1.0))
        return np.log(verwacht) - buiten, np.where(kan, -self.totaal * buiten, _NOOIT)


@dataclass(frozen=True)
class Cirkels:
    """The circles round one centroid: everything is (K, V), for each size and window."""

    leden: Nummers
    geldig: Vlaggen
    verwacht: Getallen
    helling: Getallen
    vast: Getallen


def list_vensters(weken: int, hoogstens: int, *, prospectief: bool) -> tuple[Venster, ...]:
    """Return the windows of 1 … `hoogstens` of the `weken` weeks: those that end with the last week, or all."""
    laatsten = [weken - 1] if prospectief else range(weken)
    return tuple(
        (laatste - duur + 1, laatste) for laatste in laatsten for duur in range(1, min(hoogstens, laatste + 1) + 1)
    )


def sum_vensters(weekcijfers: npt.NDArray[Any], vensters: Sequence[Venster]) -> npt.NDArray[Any]:
    """Return the sums over the windows: (A, T, …) becomes (A, V, …)."""
    return np.stack([weekcijfers[:, eerste : laatste + 1].sum(axis=1) for eerste, laatste in vensters], axis=1)


def build_cirkels(zones: Zones, toets: Toets, midden: int) -> Cirkels:
    """Return the circles round one centroid. Expectations under a millionth count as a millionth."""
    leden = zones.volgorde[midden]
    verwacht = np.maximum(np.cumsum(toets.verwacht[leden], axis=0), _KLEINST_VERWACHT)
    helling, vast = toets.shape_lijnen(verwacht)
    return Cirkels(leden, zones.geldig[midden], verwacht, helling, vast)


def compute_llr(cirkels: Cirkels, tabel: Getallen, aantallen: Nummers) -> Getallen:
    """Return the ratio (K, V) of the counts (A, V) in the circles round one centroid; 0 where nothing stands out."""
    c = np.cumsum(aantallen[cirkels.leden], axis=0)
    # In the order of _raise_maxima: an equal count must give an equal ratio, to the last bit.
    llr = tabel[c] - cirkels.helling * c + cirkels.vast
    return np.where((c > cirkels.verwacht) & cirkels.geldig[:, None], np.maximum(llr, 0.0), 0.0)


def maximize_llr(
    zones: Zones, toets: Toets, trek: Trekking, *, replicaties: int, toeval: np.random.Generator
) -> Getallen:
    """Return the largest ratio of each of the `replicaties` draws without a cluster.

    The draws come in blocks, so that memory does not grow with their number. The answer depends on the generator
    and the arguments alone.
    """
    blok = max(_BLOK // toets.verwacht.shape[1], 1)
    delen = [min(blok, replicaties - begin) for begin in range(0, replicaties, blok)]
    return np.concatenate([compute_maxima(zones, toets, trek(toeval, deel)) for deel in delen])


def compute_maxima(zones: Zones, toets: Toets, aantallen: Nummers) -> Getallen:
    """Return the largest ratio of each replication: (A, V, R) counts give (R,)."""
    beste = np.zeros(aantallen.shape[1:])
    tabel = toets.make_tabel(int(aantallen.sum(axis=0).max(initial=0)))
    for midden in range(len(zones.volgorde)):
        _raise_maxima(beste, build_cirkels(zones, toets, midden), aantallen, tabel)
    return beste.max(axis=0)


def _raise_maxima(beste: Getallen, cirkels: Cirkels, aantallen: Nummers, tabel: Getallen) -> None:
    """Raise `beste` (V, R) to the ratios of the circles round one centroid, which grow one area at a time."""
    c = np.zeros(beste.shape, dtype=np.int64)
    llr, deel, boven = np.empty(beste.shape), np.empty(beste.shape), np.empty(beste.shape, dtype=bool)
    for omvang in range(int(np.flatnonzero(cirkels.geldig).max(initial=-1)) + 1):
        c += aantallen[cirkels.leden[omvang]]
        if cirkels.geldig[omvang]:
            np.take(tabel, c, out=llr, mode="clip")
            np.multiply(cirkels.helling[omvang, :, None], c, out=deel)
            llr -= deel
            llr += cirkels.vast[omvang, :, None]
            np.greater(c, cirkels.verwacht[omvang, :, None], out=boven)
            llr *= boven
            np.maximum(beste, llr, out=beste)
