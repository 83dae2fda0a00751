"""Weighted displacement difference: what changed in the target and around it, against comparison areas.

Wheeler & Ratcliffe 2018, Crime Science 7:11, doi 10.1186/s40163-018-0085-5. Per group of areas the change is
after − before; local = target − its comparison, displacement = buffer − its comparison. A count is Poisson with
variance phi × count, so every variance is a sum of counts times phi. Local and displacement are never only shown
as their sum: −40 and +40 make 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import erfc, isfinite, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gebieden.domein.aanpakuitkomst import Aantallen

WEKEN_PER_CEL = 4
Tellingen = npt.NDArray[np.int64]
"""Areas × weeks of one category."""

_NORMAAL = NormalDist()
_Z_EENZIJDIG = 1.645
_Z_ONDERSCHEID = 0.84


@dataclass(frozen=True, slots=True)
class Deel:
    """An estimate in meldingen and its variance."""

    schatting: float
    variantie: float

    @property
    def se(self) -> float:
        """Standard error, in meldingen."""
        return sqrt(self.variantie)

    @property
    def z(self) -> float | None:
        """The estimate in standard errors; None when there is no variance."""
        return self.schatting / self.se if self.variantie else None

    @property
    def p_tweezijdig(self) -> float | None:
        """Two-sided normal p; None when there is no variance."""
        return None if self.z is None else erfc(abs(self.z) / sqrt(2))

    def compute_interval(self, alpha: float = 0.05) -> tuple[float, float]:
        """Return the two-sided 1 − alpha interval; 0 < alpha < 1."""
        breedte = _NORMAAL.inv_cdf(1 - alpha / 2) * self.se
        return self.schatting - breedte, self.schatting + breedte

    def compute_grenzen(self, alpha: float = 0.05) -> tuple[float, float]:
        """Return the two one-sided 1 − alpha bounds: the lower and the upper, each by itself."""
        return self.compute_interval(2 * alpha)

    def compute_mde(self) -> float:
        """Return the change that is found 80 % of the time by the one-sided 5 % test: (1.645 + 0.84) se."""
        return (_Z_EENZIJDIG + _Z_ONDERSCHEID) * self.se

    def add(self, ander: "Deel", gewicht: float = 1) -> "Deel":
        """Return this plus `gewicht` times an independent other."""
        return Deel(self.schatting + gewicht * ander.schatting, self.variantie + gewicht**2 * ander.variantie)


NIETS = Deel(0, 0)


@dataclass(frozen=True, slots=True)
class Wdd:
    """The two parts of a weighted displacement difference."""

    lokaal: Deel
    verplaatsing: Deel

    @property
    def totaal(self) -> Deel:
        """Local plus displacement."""
        return self.lokaal.add(self.verplaatsing)


class Gebiedsgewichten(NamedTuple):
    """What the counts of each group are divided by, above 0: its size in the unit of choice."""

    doelcontrole: float = 1
    doel: float = 1
    randcontrole: float = 1
    rand: float = 1


class Tijdgewichten(NamedTuple):
    """What counts before and after are divided by, above 0: the lengths of the periods."""

    voor: float = 1
    na: float = 1


EEN_GEBIED = Gebiedsgewichten()
EEN_TIJD = Tijdgewichten()


def compute_wdd(
    aantallen: Aantallen,
    tijd: Tijdgewichten = EEN_TIJD,
    gebied: Gebiedsgewichten = EEN_GEBIED,
    phi: float = 1,
) -> Wdd:
    """Return local and displacement part of eight counts (each 0 or more), variances times `phi` (1 or more).

    Each count is divided by its time weight times its area weight w, and adds count / w² to the variance. Raise
    ValueError for a negative count, a weight that is not above 0, or a phi below 1.
    """
    paren = (aantallen.doel, aantallen.doelcontrole, aantallen.rand, aantallen.randcontrole)
    if any(not (isfinite(n) and n >= 0) for paar in paren for n in paar):
        raise ValueError("Verwacht: acht aantallen van 0 of meer.")
    if any(not (isfinite(gewicht) and gewicht > 0) for gewicht in (*tijd, *gebied)):
        raise ValueError("Verwacht: gewichten boven 0.")
    if not (isfinite(phi) and phi >= 1):
        raise ValueError("Verwacht: een phi van 1 of meer.")
    doel, controle, rand, randcontrole = (
        _compute_verschil(paar, tijd, gewicht, phi)
        for paar, gewicht in zip(
            paren, (gebied.doel, gebied.doelcontrole, gebied.rand, gebied.randcontrole), strict=True
        )
    )
    return Wdd(doel.add(controle, -1), rand.add(randcontrole, -1))


def _compute_verschil(paar: tuple[float, float], tijd: Tijdgewichten, gewicht: float, phi: float) -> Deel:
    (voor, na), (deler_voor, deler_na) = paar, (tijd.voor * gewicht, tijd.na * gewicht)
    return Deel(na / deler_na - voor / deler_voor, phi * (na / deler_na**2 + voor / deler_voor**2))


def combine_wdd(delen: Iterable[tuple[float, Wdd]]) -> Wdd:
    """Return the harm-weighted sum of independent (weight, wdd): Σ wⱼ WDDⱼ, variance Σ wⱼ² varⱼ."""
    som = Wdd(NIETS, NIETS)
    for gewicht, wdd in delen:
        som = Wdd(som.lokaal.add(wdd.lokaal, gewicht), som.verplaatsing.add(wdd.verplaatsing, gewicht))
    return som


def compute_cellen(tellingen: npt.ArrayLike, weken: int = WEKEN_PER_CEL) -> npt.NDArray[np.float64]:
    """Return areas × blocks of `weken` weeks from areas × weeks; the oldest weeks that make no whole block drop out."""
    per_week = np.asarray(tellingen, dtype=np.float64)
    blokken = per_week.shape[1] // weken
    return per_week[:, per_week.shape[1] - blokken * weken :].reshape(len(per_week), blokken, weken).sum(axis=2)


def estimate_phi(cellen: npt.ArrayLike) -> float | None:
    """Return the dispersion of areas × periods around row × column expectation, at least 1.

    Pearson: Σ (y − e)² / e / ((A − 1)(L − 1)) with e = row total × column total / total (statistiek.md 3.2); rows
    and columns without any count say nothing and drop out. None with fewer than two rows or columns left.
    """
    y = np.asarray(cellen, dtype=np.float64)
    y = y[y.sum(axis=1) > 0]
    y = y[:, y.sum(axis=0) > 0] if len(y) else y
    if min(y.shape) < 2:
        return None
    verwacht = np.outer(y.sum(axis=1), y.sum(axis=0)) / y.sum()
    vrijheid = (y.shape[0] - 1) * (y.shape[1] - 1)
    return max(1.0, float(((y - verwacht) ** 2 / verwacht).sum() / vrijheid))
