"""The distribution of pseudo interventions as bars, for a picture and for the table that says the same."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gebieden.domein.aanpakuitkomst import Neptoets

BREEDTE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Nepbalk:
    """How many pseudo interventions lie from `laag` up to `hoog` (standard errors), and whether the real one does."""

    laag: float
    hoog: float
    aantal: int
    is_echt: bool


def count_balken(toets: Neptoets) -> list[Nepbalk]:
    """Return bars of half a standard error wide, without gaps, from the lowest to the highest, also the real one."""
    nummers = np.floor(np.array([*toets.nep, toets.echt]) / BREEDTE).astype(np.int64)
    eerste = int(nummers.min())
    aantallen = np.bincount(nummers[:-1] - eerste, minlength=int(nummers.max()) - eerste + 1)
    return [
        Nepbalk(nummer * BREEDTE, (nummer + 1) * BREEDTE, int(aantal), nummer == nummers[-1])
        for nummer, aantal in enumerate(aantallen, start=eerste)
    ]
