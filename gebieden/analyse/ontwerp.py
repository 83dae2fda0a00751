"""Which weeks before a week are its baseline, and in which block of the season each one falls."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gebieden.domein.fouten import InvoerError


@dataclass(frozen=True, eq=False, slots=True)
class Ontwerp:
    """The baseline of a week k: the same for every series and every week, for it counts back from k.

    `terug`   (n,) how many weeks before k, the columns sorted by block
    `blok`    (n,) 0-based block of the season; `begin` (m,) where each block starts in the columns
    `venster` the block of the reference windows, in which k itself falls
    `tijd`    (n,) time on about [-1, 1]; `tijd_nu` that of k
    """

    terug: npt.NDArray[np.intp]
    blok: npt.NDArray[np.intp]
    begin: npt.NDArray[np.intp]
    venster: int
    tijd: npt.NDArray[np.float64]
    tijd_nu: float


@lru_cache(maxsize=64)
def build_ontwerp(b: int, w: int, periodes: int, weggelaten: int, freq: int) -> Ontwerp:
    """Return the baseline of `b` years of `freq` periods: windows of ±w and `periodes` - 1 blocks between them.

    The first `rest` blocks of a gap are one week longer; the last `weggelaten` weeks and the week itself are left
    out (Noufaily 2013; surveillance::blocks). Raise InvoerError when nothing of the windows is left or the gap is too
    short for its blocks.
    """
    tussen = freq - 2 * w - 1
    if tussen < periodes - 1:
        raise InvoerError(
            f"Met w={w} liggen er {max(tussen, 0)} weken tussen twee vensters: te weinig voor noPeriods={periodes}. "
            "Kies een kleinere w of minder perioden."
        )
    blok_van = dict.fromkeys(range(w + 1), periodes)
    for jaar in range(1, b + 1):
        blok_van |= {jaar * freq + verschil: periodes for verschil in range(-w, w + 1)}
        blok_van |= _split_tussen(jaar * freq - w - 1, tussen, periodes)
    over = sorted((blok, -terug) for terug, blok in blok_van.items() if terug > weggelaten)
    if not any(blok == periodes for blok, _ in over):
        raise InvoerError(
            f"Met b={b} en pastWeeksNotIncluded={weggelaten} blijft er geen vergelijkbare week over. "
            "Neem meer jaren of laat minder weken weg."
        )
    return _number(over)


def _split_tussen(eerste: int, lengte: int, periodes: int) -> dict[int, int]:
    """Return the block of each week of one gap, whose oldest week lies `eerste` weeks back."""
    if periodes == 1:
        return {}
    per_blok, rest = divmod(lengte, periodes - 1)
    lengtes = [per_blok + (nummer < rest) for nummer in range(periodes - 1)]
    blokken = np.repeat(np.arange(1, periodes), lengtes)
    return {eerste - plaats: int(blok) for plaats, blok in enumerate(blokken)}


def _number(over: list[tuple[int, int]]) -> Ontwerp:
    terug = np.array([-t for _, t in over], dtype=np.intp)
    blok = np.unique([blok for blok, _ in over], return_inverse=True)[1]
    midden, half = (terug.max() + terug.min()) / 2, max((terug.max() - terug.min()) / 2, 1)
    begin = np.flatnonzero(np.diff(blok, prepend=-1))
    return Ontwerp(terug, blok, begin, int(blok[-1]), (midden - terug) / half, float(midden / half))
