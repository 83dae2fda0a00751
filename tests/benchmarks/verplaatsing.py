"""G5 and G6: the size of the WDD test, regression to the mean, the placebo p, the power at the MDE; fixed seeds.

Run: PYTHONPATH=. python tests/benchmarks/verplaatsing.py [runs of G5] [runs of G6]
"""

import sys
from datetime import date, timedelta
from time import perf_counter
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import kstest

from gebieden.analyse.aanpakoordeel import Aanpakinstellingen, judge_aanpak
from gebieden.analyse.aanpakperiode import Perioden, Perioderegel, select_perioden, select_voorgeschiedenis
from gebieden.analyse.placebo import Opstelling, compute_opstelling
from gebieden.analyse.vergelijking import determine_rand, propose_vergelijking
from gebieden.analyse.verplaatsing import compute_cellen, estimate_phi
from gebieden.domein.aanpakuitkomst import Aanpakontwerp

EERSTE: Final = date(2022, 1, 3)
WEKEN, NA = 182, 26
START: Final = EERSTE + timedelta(weeks=WEKEN - NA)
MAANDAGEN: Final = [EERSTE + timedelta(weeks=week) for week in range(WEKEN)]
REGEL: Final = Perioderegel(NA)
Z_TWEE, Z_EEN = 1.959964, 1.644854
Tellingen = npt.NDArray[np.int64]


def draw_tellingen(toeval: np.random.Generator, gemiddeld: npt.NDArray[np.float64], phi: float) -> Tellingen:
    """Return areas × weeks without any effect: season of the whole, and NB counts with variance phi × mean."""
    golf = 1 + 0.3 * np.cos(2 * np.pi * np.arange(WEKEN) / 52)
    mu = gemiddeld[:, None] * golf
    ruw = toeval.poisson(mu) if phi == 1 else toeval.negative_binomial(mu / (phi - 1), 1 / phi)
    return np.asarray(ruw, dtype=np.int64)


def measure_omvang(keer: int) -> None:
    """Print the share of worlds without effect in which the nominal 5 % tests find one."""
    opstelling = Opstelling((0, 1), tuple(range(8, 16)), tuple(range(2, 8)), tuple(range(16, 28)))
    pool = [*opstelling.doelcontrole, *opstelling.randcontrole]
    perioden = select_perioden(MAANDAGEN, START, REGEL)
    eerder = select_voorgeschiedenis(MAANDAGEN, START, REGEL.aanleiding)
    print(f"G5 grootte van de toets van 5% ({keer} werelden per phi; doel met phi 4-6%)")
    print("phi    zonder phi   met phi: totaal  lokaal  verplaatsing   geschatte phi")
    for phi in (1.0, 1.3, 1.5, 2.0, 3.0):
        toeval = np.random.default_rng(500 + int(phi * 10))
        z, geschat = np.empty((keer, 3)), np.empty(keer)
        for nummer in range(keer):
            tellingen = draw_tellingen(toeval, np.full(28, 1.5), phi)
            geschat[nummer] = estimate_phi(compute_cellen(tellingen[pool][:, eerder])) or 1
            wdd = compute_opstelling(tellingen, opstelling, perioden)
            z[nummer] = wdd.totaal.z, wdd.lokaal.z, wdd.verplaatsing.z
        zonder = (abs(z[:, 0]) > Z_TWEE).mean()
        met = (abs(z / np.sqrt(geschat)[:, None]) > Z_TWEE).mean(axis=0)
        goed = "goed" if (met >= 0.04).all() and (met <= 0.06).all() else "BUITEN HET DOEL"
        print(
            f"{phi:3.1f}    {zonder:6.1%}              {met[0]:6.1%}  {met[1]:6.1%}  {met[2]:6.1%}"
            f"         {geschat.mean():.2f}   {goed}"
        )


def measure_terugval(keer: int) -> None:
    """Print how often the area that spiked shows a false success, by what it is compared with."""
    na = np.arange(WEKEN - NA, WEKEN)
    kort, zonder = np.arange(WEKEN - 2 * NA, WEKEN - NA), np.arange(WEKEN - 2 * NA - 8, WEKEN - NA - 8)
    jaar = select_perioden(MAANDAGEN, START, REGEL)
    vormen = {
        "de laatste 26 weken (verkeerd)": Perioden(kort, na),
        "26 weken, zonder de laatste 8": Perioden(zonder, na),
        "dezelfde weken vorig jaar (onze keuze)": jaar,
    }
    eerder = select_voorgeschiedenis(MAANDAGEN, START, REGEL.aanleiding)
    toeval = np.random.default_rng(600)
    gevonden = dict.fromkeys(vormen, 0)
    for _ in range(keer):
        tellingen = draw_tellingen(toeval, np.full(40, 1.5), 1.3)
        piek = int(tellingen[:, WEKEN - NA - 8 : WEKEN - NA].sum(axis=1).argmax())
        rest = [rij for rij in range(40) if rij != piek]
        opstelling = Opstelling((piek,), tuple(rest[:8]), tuple(rest[8:14]), tuple(rest[14:22]))
        phi = estimate_phi(compute_cellen(tellingen[rest][:, eerder])) or 1
        for naam, perioden in vormen.items():
            lokaal = compute_opstelling(tellingen, opstelling, perioden, phi).lokaal
            gevonden[naam] += lokaal.z is not None and lokaal.z < -Z_EEN
    print(f"\nG5 terugval naar het gemiddelde: 'succes' in het gebied dat piekte, eenzijdig 5% ({keer} werelden; ≤ 6%)")
    for naam, aantal in gevonden.items():
        print(f"{naam:42} {aantal / keer:6.1%}")


def build_raster(zijde: int) -> dict[str, frozenset[str]]:
    """Return the queen neighbours of a square of `zijde` × `zijde` areas."""
    plekken = [(rij, kolom) for rij in range(zijde) for kolom in range(zijde)]
    return {
        f"{rij:02}{kolom:02}": frozenset(
            f"{r:02}{k:02}" for r, k in plekken if (r, k) != (rij, kolom) and abs(r - rij) <= 1 and abs(k - kolom) <= 1
        )
        for rij, kolom in plekken
    }


def measure_nep(keer: int) -> None:
    """Print the distribution of both placebo p's in worlds without effect, and the verdicts."""
    buren = build_raster(8)
    codes = sorted(buren)
    doel = frozenset({"0303", "0304"})
    rand = determine_rand(doel, buren)
    toeval = np.random.default_rng(700)
    lokaal, rond, oordelen = [], [], dict[str, int]()
    for nummer in range(keer):
        tellingen = draw_tellingen(toeval, np.exp(toeval.normal(0.3, 0.3, len(codes))), 1.5)
        voorstel = propose_vergelijking(tellingen, codes, MAANDAGEN, doel, START, REGEL, buren)
        sets = (frozenset(gebied.code for gebied in s) for s in (voorstel.doelcontrole, voorstel.randcontrole))
        ontwerp = Aanpakontwerp(doel, rand, *sets, START, NA)
        uitkomst = judge_aanpak(tellingen, codes, MAANDAGEN, ontwerp, buren, Aanpakinstellingen(zaad=nummer))
        oordelen[uitkomst.oordeel] = oordelen.get(uitkomst.oordeel, 0) + 1
        if uitkomst.cijfers:
            lokaal.append(uitkomst.cijfers.nep_lokaal.p)
            rond.append(uitkomst.cijfers.nep_verplaatsing.p)
    print(f"\nG6 placebo-p zonder effect ({keer} werelden, 200 nep-ingrepen elk; uniform: KS p > .01, 5% onder .05)")
    for naam, p in (("lokaal", lokaal), ("verplaatsing", rond)):
        ks = kstest(p, "uniform").pvalue
        onder = np.mean(np.array(p) <= 0.05)
        print(f"{naam:14} KS p = {ks:.3f}  aandeel ≤ .05: {onder:.1%}  {'goed' if ks > 0.01 else 'BUITEN HET DOEL'}")
    print("oordelen zonder effect: " + ", ".join(f"{naam} {n / keer:.1%}" for naam, n in sorted(oordelen.items())))


def measure_onderscheid(keer: int) -> None:
    """Print how often a displacement of exactly the MDE is found by the one-sided 5 % test."""
    opstelling = Opstelling((0, 1), tuple(range(8, 16)), tuple(range(2, 8)), tuple(range(16, 28)))
    pool = [*opstelling.doelcontrole, *opstelling.randcontrole]
    perioden = select_perioden(MAANDAGEN, START, REGEL)
    eerder = select_voorgeschiedenis(MAANDAGEN, START, REGEL.aanleiding)
    print(f"\nKleinste aantoonbare verplaatsing (MDE): hoe vaak gevonden ({keer} werelden per phi; 75-85%)")
    for phi in (1.0, 1.5, 3.0):
        toeval = np.random.default_rng(800 + int(phi * 10))
        raak, mdes = 0, []
        for _ in range(keer):
            tellingen = draw_tellingen(toeval, np.full(28, 1.5), phi)
            geschat = estimate_phi(compute_cellen(tellingen[pool][:, eerder])) or 1
            mde = compute_opstelling(tellingen, opstelling, perioden, geschat).verplaatsing.compute_mde()
            mdes.append(mde)
            tellingen[2, perioden.na[0]] += round(mde)
            raak += compute_opstelling(tellingen, opstelling, perioden, geschat).verplaatsing.compute_grenzen()[0] > 0
        print(f"phi {phi:3.1f}: MDE gemiddeld {np.mean(mdes):5.1f} meldingen, gevonden {raak / keer:6.1%}")


def main() -> None:
    """Print every table, with its target beside it."""
    keer, keer_nep = (int(a) for a in (sys.argv[1:] or ["4000", "300"]))
    begin = perf_counter()
    measure_omvang(keer)
    measure_terugval(keer)
    measure_nep(keer_nep)
    measure_onderscheid(keer)
    print(f"\n{perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
