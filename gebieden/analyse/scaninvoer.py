"""What every scan is given: areas with their centroids, and reports per area and week."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gebieden.analyse.scan import MAX_TOTAAL
from gebieden.analyse.zones import Getallen, Nummers


@dataclass(frozen=True)
class Scaninvoer:
    """Areas in the order of their codes, so that the order of a file changes nothing.

    `x` and `y` (A,) are metres of RD, `tellingen` (A, T) whole numbers from 0 per week, oldest week first;
    `plaatsen` (A,) says where each area stood in what was given.
    """

    codes: tuple[str, ...]
    x: Getallen
    y: Getallen
    tellingen: Nummers
    plaatsen: Nummers

    def order(self, waarden: npt.ArrayLike, naam: str) -> Getallen:
        """Return numbers from 0, one (or one row) per area as it was given, in the order of the codes."""
        getallen = np.asarray(waarden, dtype=float)
        if getallen.ndim == 0 or len(getallen) != len(self.codes):
            raise ValueError(f"De {naam} heeft vorm {getallen.shape}. Verwacht: een getal per gebied.")
        if not np.isfinite(getallen).all() or (getallen < 0).any():
            raise ValueError(f"De {naam} moet overal een getal vanaf 0 zijn.")
        return getallen[self.plaatsen]


def build_scaninvoer(codes: npt.ArrayLike, x: npt.ArrayLike, y: npt.ArrayLike, tellingen: npt.ArrayLike) -> Scaninvoer:
    """Return the input of a scan; codes, `x` and `y` are (A,), `tellingen` (A, T). Nothing that is given is changed.

    Raise ValueError for shapes that do not fit, a code that is there twice, counts that are negative or no whole
    number, and more than MAX_TOTAAL reports.
    """
    namen = [str(code) for code in np.asarray(codes).tolist()]
    aantallen = np.asarray(tellingen, dtype=float)
    if aantallen.ndim != 2 or len(aantallen) != len(namen) or not aantallen.size:
        raise ValueError(
            f"De tellingen hebben vorm {aantallen.shape}. Verwacht: een rij per gebied, een kolom per week."
        )
    if len(set(namen)) != len(namen):
        raise ValueError("Een gebied staat er twee keer in. Verwacht: elke code één keer.")
    if not np.isfinite(aantallen).all() or (aantallen < 0).any() or (aantallen % 1 != 0).any():
        raise ValueError("De tellingen moeten gehele getallen vanaf 0 zijn.")
    if aantallen.sum() > MAX_TOTAAL:
        raise ValueError(f"Er zijn {aantallen.sum():.0f} meldingen. Verwacht: hoogstens {MAX_TOTAAL}.")
    plaatsen = np.array(sorted(range(len(namen)), key=namen.__getitem__), dtype=np.int64)
    return Scaninvoer(
        tuple(namen[i] for i in plaatsen),
        np.asarray(x, dtype=float)[plaatsen],
        np.asarray(y, dtype=float)[plaatsen],
        aantallen.astype(np.int64)[plaatsen],
        plaatsen,
    )
