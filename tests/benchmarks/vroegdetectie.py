"""Gates G1, G2 and G7 (statistiek.md 8): false alarms and detection over the 28 scenarios of Noufaily 2013.

624 weeks; four outbreaks in the history (weeks 313-575), one in the last 49 weeks. Size Poisson(k × sd at its start),
spread in time lognormal(0, 0.5). False alarms are counted in last weeks without an outbreak. The comparison is at an
equal false-alarm rate over all scenarios, the only fair one: each method's threshold is set on the same weeks.
The score is p itself, as the other rules have no least number either; the line below it has limit54 (5 in 4 weeks),
which the warnings on the screen do have. With limit54 detection of k = 10 is a little lower: at a mean of .14 a
week four in ten of those outbreaks have fewer than five cases.

Run: PYTHONPATH=. python tests/benchmarks/vroegdetectie.py [herhalingen, gewoon 40]
"""

import sys
from collections.abc import Callable
from itertools import product
from time import perf_counter
from typing import Final

import numpy as np

from gebieden.analyse.farrington import Farrington, fit_farrington

WEKEN, LAATSTE, SEED = 624, 49, 20261122
K: Final = (3, 5, 7, 10)
PARAMETERS: Final = list(
    zip(
        (0.1, -2, 1.5, 0.5, 2.5, 3.75, 5),
        (0.0025, 0.005, 0.003, 0.002, 0.001, 0.001, 0.0001),
        (0.6, 0.1, 0.2, 0.5, 1, 0.1, 0.05),
        (0.6, 0.3, -0.4, 0.5, 0.1, -0.1, 0.01),
        (1.5, 2, 1, 5, 3, 1.1, 1.2),
        strict=True,
    )
)
SCENARIOS: Final = list(product(PARAMETERS, (0, 1), (0, 1)))
FPRS: Final = (0.005, 0.01, 0.05)
OORDELEN: Final = slice(WEKEN - LAATSTE, WEKEN)


def add_uitbraak(toeval: np.random.Generator, reeks: np.ndarray, begin: int, sd: float, k: float) -> np.ndarray:
    """Add an outbreak of at least one case to the series; return the weeks that got a case."""
    grootte = max(int(toeval.poisson(k * sd)), 1)
    weken = np.minimum(begin + np.floor(toeval.lognormal(0, 0.5, grootte)).astype(int), len(reeks) - 1)
    np.add.at(reeks, weken, 1)
    return np.unique(weken)


def build_reeks(toeval: np.random.Generator, scenario: tuple) -> tuple[np.ndarray, np.ndarray]:
    """Return the counts of one series with its four old outbreaks, and the sd of each week without them."""
    (theta, beta, g1, g2, phi), trend, seizoen = scenario
    t = np.arange(1, WEKEN + 1)
    golf = g1 * np.cos(2 * np.pi * t / 52) + g2 * np.sin(2 * np.pi * t / 52)
    mu = np.exp(theta + trend * beta * t + seizoen * golf)
    reeks = toeval.poisson(mu) if phi == 1 else toeval.negative_binomial(mu / (phi - 1), 1 / phi)
    sd = np.sqrt(phi * mu)
    for begin in toeval.integers(312, 570, 4):
        add_uitbraak(toeval, reeks, begin, sd[begin], toeval.uniform(2, 10))
    return reeks, sd


def score_farrington(reeksen: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return -p per series and last week, also with -1 where limit54 forbids an alarm; and the alarms at alpha .005."""
    uitkomst = fit_farrington(reeksen, range(*OORDELEN.indices(WEKEN)), Farrington())
    met_limiet = np.where(np.isnan(uitkomst.bovengrens), -1.0, -uitkomst.p)
    return {ONS: -uitkomst.p, MET_LIMIET: met_limiet}, uitkomst.alarm


def _slide(reeksen: np.ndarray, breedte: int, terug: int) -> np.ndarray:
    vensters = np.lib.stride_tricks.sliding_window_view(reeksen, breedte, axis=1)
    eerste = WEKEN - LAATSTE - terug
    return vensters[:, eerste : eerste + LAATSTE]


def _score_sd(reeksen: np.ndarray, breedte: int, terug: int) -> np.ndarray:
    basis = _slide(reeksen, breedte, terug)
    return (reeksen[:, OORDELEN] - basis.mean(2)) / np.maximum(basis.std(2, ddof=1), 1e-9)


def _score_jaar(reeksen: np.ndarray, breedte: int, minstens: int) -> np.ndarray:
    nu, toen = (_slide(reeksen, breedte, terug).sum(2) for terug in (breedte - 1, 52 + breedte - 1))
    return np.where(nu >= minstens, nu / np.maximum(toen, 0.5), 0.0)


REGELS: Final[dict[str, tuple[Callable[[np.ndarray], np.ndarray], float]]] = {
    "gemiddelde + 2 sd (52 weken)": (lambda r: _score_sd(r, 52, 52), 2.0),
    "EARS C2": (lambda r: _score_sd(r, 7, 9), 3.0902),
    "25 % meer dan vorig jaar": (lambda r: _score_jaar(r, 1, 2), 1.25),
    "4 weken 25 % meer dan vorig jaar": (lambda r: _score_jaar(r, 4, 5), 1.25),
}
ONS, MET_LIMIET = "Farrington, voorspellend", "  en minstens 5 in 4 weken"


def simulate(herhalingen: int) -> tuple[dict, dict, np.ndarray, dict]:
    """Return per method its scores without and (per k) with an outbreak, our alarms, and the weeks of the outbreak."""
    toeval = np.random.default_rng(SEED)
    rustig, met, in_uitbraak = [], {k: [] for k in K}, {k: [] for k in K}
    for scenario in SCENARIOS:
        for _ in range(herhalingen):
            reeks, sd = build_reeks(toeval, scenario)
            rustig.append(reeks)
            begin = int(toeval.integers(WEKEN - LAATSTE, WEKEN - 6))
            for k in K:
                geraakt, vlag = reeks.copy(), np.zeros(WEKEN, dtype=bool)
                vlag[add_uitbraak(toeval, geraakt, begin, sd[begin], k)] = True
                met[k].append(geraakt)
                in_uitbraak[k].append(vlag[OORDELEN])
    zonder, alarm = score_farrington(np.array(rustig))
    zonder |= {naam: regel(np.array(rustig)) for naam, (regel, _) in REGELS.items()}
    uitbraak = {}
    for k in K:
        reeksen = np.array(met[k])
        uitbraak[k] = score_farrington(reeksen)[0]
        uitbraak[k] |= {naam: regel(reeksen) for naam, (regel, _) in REGELS.items()}
    return zonder, uitbraak, alarm, {k: np.array(v) for k, v in in_uitbraak.items()}


def find_drempel(scores: np.ndarray, fpr: float) -> float:
    """Return the lowest threshold that at most this share of the quiet weeks is strictly above."""
    gesorteerd = np.sort(scores, axis=None)[::-1]
    return float(gesorteerd[int(fpr * gesorteerd.size)])


def _describe(per_reeks: np.ndarray) -> tuple[float, float]:
    """Return the mean and its Monte Carlo error: the series are independent, their weeks are not."""
    return float(per_reeks.mean()), float(per_reeks.std(ddof=1) / np.sqrt(len(per_reeks)))


def _judge(wat: str, waarde: str, doel: str, gehaald: bool) -> bool:
    print(f"{wat:<62} {waarde:<18} doel {doel:<10} {'gehaald' if gehaald else 'NIET GEHAALD'}")
    return gehaald


def judge_g1(alarm: np.ndarray, herhalingen: int) -> bool:
    """Print the false alarms per scenario and judge G1."""
    per_scenario = alarm.mean(1).reshape(len(SCENARIOS), herhalingen)
    print("Vals alarm bij alpha .005 per scenario (theta, trend, seizoen), met Monte-Carlofout")
    for ((theta, *_), trend, seizoen), rij in zip(SCENARIOS, per_scenario, strict=True):
        midden, fout = _describe(rij)
        print(f"  theta {theta:>5} trend {trend} seizoen {seizoen}: {midden:6.2%} ± {fout:.2%}")
    midden, fout = _describe(per_scenario.ravel())
    hoogste = per_scenario.mean(1).max()
    goed = _judge("G1 vals alarm, alle scenario's", f"{midden:.2%} ± {fout:.2%}", "<= 0.60%", midden <= 0.006)
    return _judge("G1 hoogste scenario", f"{hoogste:.2%}", "<= 1.50%", bool(hoogste <= 0.015)) and goed


def judge_g2_g7(zonder: dict, uitbraak: dict, weken: dict) -> bool:
    """Print the detection of every method at equal false-alarm rates and judge G2 and G7."""
    pod: dict[tuple[str, float, int], tuple[float, float]] = {}
    print("\nKans op een alarm tijdens de uitbraak bij gelijk aantal valse alarmen, k = " + ", ".join(map(str, K)))
    for fpr, naam in product(FPRS, zonder):
        drempel = find_drempel(zonder[naam], fpr)
        echt = (zonder[naam] > drempel).mean()
        for k in K:
            pod[naam, fpr, k] = _describe(((uitbraak[k][naam] > drempel) & weken[k]).any(1).astype(float))
        cijfers = "  ".join(f"{pod[naam, fpr, k][0]:.3f} ± {pod[naam, fpr, k][1]:.3f}" for k in K)
        print(f"  {fpr:.1%} {naam:<34} {cijfers}   (vals alarm {echt:.2%})")
    print()
    goed = True
    for k, doel in ((5, 0.48), (10, 0.92)):
        midden, fout = pod[ONS, 0.01, k]
        goed &= _judge(
            f"G2 kans bij 1 % vals alarm, k = {k}", f"{midden:.3f} ± {fout:.3f}", f">= {doel}", midden >= doel
        )
        met = pod[MET_LIMIET, 0.01, k]
        print(f"   hetzelfde met limit54, zoals op het scherm: {met[0]:.3f} ± {met[1]:.3f}")
    for naam in REGELS:
        for k in (5, 10):
            ons, ander = pod[ONS, 0.01, k], pod[naam, 0.01, k]
            ruim = ons[0] - ander[0] > 2 * np.hypot(ons[1], ander[1])
            goed &= _judge(f"G7 meer dan '{naam}', k = {k}", f"{ons[0]:.2f} om {ander[0]:.2f}", "meer", bool(ruim))
    return goed


def main() -> None:
    """Print the tables and the gates; exit with 1 when one is missed."""
    herhalingen = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    begin = perf_counter()
    zonder, uitbraak, alarm, weken = simulate(herhalingen)
    print(f"{len(SCENARIOS)} scenario's × {herhalingen} reeksen × {LAATSTE} weken = {alarm.size} weken, seed {SEED}")
    goed = judge_g1(alarm, herhalingen)
    goed &= judge_g2_g7(zonder, uitbraak, weken)
    print("\nVals alarm van de gewone regels bij hun eigen grens:")
    for naam, (_, grens) in REGELS.items():
        midden, fout = _describe((zonder[naam] > grens).mean(1))
        print(f"  {naam:<34} {midden:6.2%} ± {fout:.2%}")
    print(f"Rekentijd {perf_counter() - begin:.0f} s")
    sys.exit(0 if goed else 1)


if __name__ == "__main__":
    main()
