"""Checks on what the measurement of an aanpak is given: counts per area and week, and the registered groups."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from gebieden.analyse.verplaatsing import Tellingen
from gebieden.domein.aanpakuitkomst import Aanpakontwerp


def check_tellingen(tellingen: npt.ArrayLike, codes: Sequence[str], weken: Sequence[date]) -> Tellingen:
    """Return areas × weeks as whole numbers; raise ValueError for anything that is no count of an area and a week."""
    ruw = np.asarray(tellingen)
    if ruw.shape != (len(codes), len(weken)):
        raise ValueError(f"Verwacht: {len(codes)} gebieden bij {len(weken)} weken, niet {ruw.shape}.")
    if ruw.dtype.kind not in "iuf" or not np.isfinite(ruw).all() or (ruw < 0).any() or (ruw != np.floor(ruw)).any():
        raise ValueError("Verwacht: hele aantallen van 0 of meer.")
    if len(set(codes)) < len(codes):
        raise ValueError("Verwacht: elk gebied één keer.")
    return ruw.astype(np.int64)


def check_ontwerp(ontwerp: Aanpakontwerp, codes: Sequence[str]) -> None:
    """Raise ValueError for groups that are empty, overlap or hold an area without counts."""
    groepen = (ontwerp.doel, ontwerp.rand, ontwerp.doelcontrole, ontwerp.randcontrole)
    if not all(groepen):
        raise ValueError("Verwacht: in elk van de vier groepen een gebied of meer.")
    if len(frozenset().union(*groepen)) < sum(map(len, groepen)):
        raise ValueError("Verwacht: elk gebied in ten hoogste één van de vier groepen.")
    onbekend = sorted(frozenset().union(*groepen) - set(codes))
    if onbekend:
        raise ValueError(f"Van deze gebieden zijn er geen tellingen: {', '.join(onbekend)}.")
