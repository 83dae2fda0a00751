"""Ratio measures of an aanpak: relative effect size, phi coefficient, and the displacement quotient (WDQ)."""

from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Res:
    """A relative effect size: the odds ratio, its log with variance, and the phi coefficient (−1 … 1)."""

    res: float
    ln_res: float
    variantie: float
    phi_coefficient: float

    @property
    def z(self) -> float:
        """ln RES in standard errors."""
        return self.ln_res / sqrt(self.variantie)

    def compute_interval(self, alpha: float = 0.05) -> tuple[float, float]:
        """Return the two-sided 1 − alpha interval of RES, through its logarithm."""
        breedte = NormalDist().inv_cdf(1 - alpha / 2) * sqrt(self.variantie)
        return exp(self.ln_res - breedte), exp(self.ln_res + breedte)


def compute_res(behandeld: tuple[float, float], controle: tuple[float, float], phi: float = 1) -> Res:
    """Return RES = a d / (b c) for (a, b) treated and (c, d) comparison before and after; above 1 is favourable.

    Var(ln RES) = phi (1/a + 1/b + 1/c + 1/d), Farrington et al. 2007, doi 10.1007/s11292-007-9024-2; the phi
    coefficient is (ad − bc) / √((a+b)(c+d)(a+c)(b+d)). With a zero among the counts, 0.5 is added to all four.
    Raise ValueError for a negative count or a phi below 1.
    """
    vier = (*behandeld, *controle)
    if min(vier) < 0 or not phi >= 1:
        raise ValueError("Verwacht: aantallen van 0 of meer en een phi van 1 of meer.")
    a, b, c, d = (n + 0.5 for n in vier) if min(vier) == 0 else vier
    # Logarithms add: a product of four counts may be too large for a float.
    ln_res = log(a) + log(d) - log(b) - log(c)
    samenhang = (a * d - b * c) / (sqrt(a + b) * sqrt(c + d) * sqrt(a + c) * sqrt(b + d))
    return Res(exp(ln_res), ln_res, phi * (1 / a + 1 / b + 1 / c + 1 / d), samenhang)


@dataclass(frozen=True, slots=True)
class Wdq:
    """The displacement quotient and what it is made of, as exact fractions; None is what divides by zero.

    `ge`: gross effect, meldingen fewer in the target. `ne`: net effect, per melding in the comparison areas.
    `succes` is the denominator (negative: the target did better), `rand` the numerator. `tne_doel` and `tne_rand`
    are the two parts of the total net effect.
    """

    ge: Fraction
    succes: Fraction | None
    rand: Fraction | None
    tne_doel: Fraction | None
    tne_rand: Fraction | None

    @property
    def ne(self) -> Fraction | None:
        """Net effect: Rb/Cb − Ra/Ca."""
        return None if self.succes is None else -self.succes

    @property
    def wdq(self) -> Fraction | None:
        """The quotient; None when the denominator is 0 or cannot be computed."""
        return self.rand / self.succes if self.succes and self.rand is not None else None

    @property
    def tne(self) -> Fraction | None:
        """Total net effect: what target and buffer gained together, in meldingen."""
        return None if self.tne_doel is None or self.tne_rand is None else self.tne_doel + self.tne_rand

    @property
    def heeft_succes(self) -> bool:
        """Return whether the target did better than the comparison: without that a quotient means nothing."""
        return self.succes is not None and self.succes < 0


def compute_wdq(doel: tuple[int, int], rand: tuple[int, int], controle: tuple[int, int]) -> Wdq:
    """Return WDQ = (Da/Ca − Db/Cb) / (Ra/Ca − Rb/Cb) with b before and a after, R target, D buffer, C comparison.

    Bowers & Johnson 2003, JQC 19:275; Guerette 2009, POP guide 10, appendix B. It has no standard error. Raise
    ValueError for a negative count.
    """
    (rb, ra), (db, da), (cb, ca) = doel, rand, controle
    if min(*doel, *rand, *controle) < 0:
        raise ValueError("Verwacht: zes aantallen van 0 of meer.")
    heeft_na, heeft_voor = ca > 0, cb > 0
    return Wdq(
        ge=Fraction(rb - ra),
        succes=Fraction(ra, ca) - Fraction(rb, cb) if heeft_na and heeft_voor else None,
        rand=Fraction(da, ca) - Fraction(db, cb) if heeft_na and heeft_voor else None,
        tne_doel=rb * Fraction(ca, cb) - ra if heeft_voor else None,
        tne_rand=db * Fraction(ca, cb) - da if heeft_voor else None,
    )


def is_wdq_toonbaar(wdq: Wdq, res: Res) -> bool:
    """Return whether the quotient may be shown: the target did better, and the 95 % interval of its RES excludes 1."""
    laag, hoog = res.compute_interval()
    return wdq.heeft_succes and not laag <= 1 <= hoog
