"""What the weekly scan does in weeks without anything, and whether it sees five adjacent areas that rise.

Run: PYTHONPATH=. python tests/benchmarks/scan_placebo.py [RUNS]      (default 20)

An invented panel: 60 areas and six categories of 0.12 to 6 reports per area and week, negative-binomial (phi 1.2 to 2),
with a season, a trend, and shares that drift 10 % a year (and, for comparison, not at all). The expectation is the
share model of section 1.2 of the methods, on a log-linear municipal level. Measured there earlier: 0.033 alarms per
category-week at p <= .01 and 0.10 at .05, against 0.26 and 0.43 under the Poisson null; five adjacent areas x3 found
in .40 and x5 in .91 (p <= .01).
"""

import sys
from time import perf_counter
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gebieden.analyse.clusters import build_scaninvoer, find_clusters
from gebieden.analyse.scanijking import PLACEBOWEKEN, calibrate, measure_alarmen

GEBIEDEN, WEKEN, REPLICATIES = 60, 4, 199
GEMIDDELD: Final = (0.12, 0.2, 0.35, 0.5, 0.7, 6.0)
PHI: Final = (1.2, 1.3, 1.4, 1.5, 1.6, 2.0)
AANLOOP, STAP, AANTAL = 190, 4, 13
DUUR = AANLOOP + STAP * AANTAL
Panel = npt.NDArray[np.float64]


def make_mu(toeval: np.random.Generator, gemiddeld: float, drift: float) -> Panel:
    """Return what is to be expected of every area and week, (A, T)."""
    t = np.arange(DUUR)
    niveau = np.exp(0.15 * np.cos(2 * np.pi * t / 52.18 + toeval.uniform(0, 6)) + toeval.normal(0, 0.05) * t / 52)
    loop = np.cumsum(toeval.normal(0, drift / np.sqrt(52), (GEBIEDEN, DUUR)), axis=1)
    gebied = toeval.gamma(2.0, 0.5, GEBIEDEN)
    return gemiddeld * (gebied / gebied.mean())[:, None] * niveau * np.exp(loop)


def draw(toeval: np.random.Generator, mu: Panel, phi: float) -> npt.NDArray[np.int64]:
    """Return counts with this mean and phi times as much variance."""
    return toeval.poisson(toeval.gamma(np.maximum(mu, 1e-12) / (phi - 1), phi - 1))


def expect(panel: npt.NDArray[np.int64], nu: int) -> tuple[Panel, dict[str, Any]]:
    """Return the expectation (A, WEKEN) of the last weeks up to `nu`, and how uncertain it is."""
    basis = slice(nu - 26 - 156, nu - 26)
    som, totaal = panel[:, basis].sum(axis=1), panel[:, basis].sum(axis=0)
    aandeel = (som + 0.5) / (som + 0.5).sum()
    t = np.arange(nu - 182, nu + 1)
    x = np.column_stack((np.ones(len(t)), t - nu, np.cos(2 * np.pi * t / 52.18), np.sin(2 * np.pi * t / 52.18)))
    oud, nieuw = x[:156], x[-WEKEN:]
    beta = np.array([np.log(totaal.mean() + 0.5), 0.0, 0.0, 0.0])
    for _ in range(20):
        mu = np.exp(oud @ beta)
        beta = beta + np.linalg.solve(oud.T @ (mu[:, None] * oud), oud.T @ (totaal - mu))
    mu = np.exp(oud @ beta)
    spreiding = max(1.0, float(((totaal - mu) ** 2 / mu).sum() / (len(mu) - 4)))
    covariantie = spreiding * np.linalg.inv(oud.T @ (mu[:, None] * oud))
    se = float(np.sqrt(np.einsum("ij,jk,ik->i", nieuw, covariantie, nieuw)).mean())
    rij = aandeel[:, None] * totaal
    phi = ((panel[:, basis] - rij) ** 2 / np.maximum(rij, 1e-9)).sum() / ((GEBIEDEN - 1) * (156 - 1))
    onzeker = {"rv": 1 / (som + 0.5), "se": se, "phi": max(1.0, float(phi))}
    return aandeel[:, None] * np.exp(nieuw @ beta), onzeker


def scan(plek: Panel, panel: npt.NDArray[np.int64], nu: int, zaad: int, *, poisson: bool = False) -> list[Any]:
    """Return the clusters of week `nu`, under the negative-binomial null or the Poisson one."""
    verwacht, onzeker = expect(panel, nu)
    if poisson:
        onzeker = {"rv": np.zeros(GEBIEDEN), "se": 0.0, "phi": 1.0}
    codes = [f"B{n:02d}" for n in range(GEBIEDEN)]
    invoer = build_scaninvoer(codes, *plek, panel[:, nu - WEKEN + 1 : nu + 1])
    return find_clusters(invoer, verwacht, replicaties=REPLICATIES, zaad=zaad, **onzeker)


def measure_placebo(runs: int, drift: float) -> None:
    """Print the alarms per category-week on weeks in which nothing happens."""
    gevonden: dict[str, dict[int, list[tuple[float, float]]]] = {"NB": {}, "Poisson": {}}
    for run in range(runs):
        toeval = np.random.default_rng([run, 1])
        plek = toeval.uniform(0, 10_000, (2, GEBIEDEN))
        for soort, (gemiddeld, phi) in enumerate(zip(GEMIDDELD, PHI, strict=True)):
            panel = draw(toeval, make_mu(toeval, gemiddeld, drift), phi)
            for nu in range(AANLOOP, DUUR, STAP):
                for naam, uit in gevonden.items():
                    clusters = scan(plek, panel, nu, run * 1000 + nu, poisson=naam == "Poisson")
                    eerste = (clusters[0].llr, clusters[0].p) if clusters else (0.0, 1.0)
                    uit.setdefault(soort, []).append(eerste)
    for naam, uit in gevonden.items():
        p = [p for reeks in uit.values() for _, p in reeks]
        fout = np.sqrt(0.05 * 0.95 / len(p))
        print(
            f"drift {drift:4.0%}  {naam:8s} p <= .01: {measure_alarmen(p):.3f}   p <= .05: "
            f"{measure_alarmen(p, grens=0.05):.3f}   ({len(p)} categorieweken, ruis ± {fout:.3f} of meer)"
        )
    over = []
    for reeks in gevonden["NB"].values():
        ijking = calibrate([llr for llr, _ in reeks[:PLACEBOWEKEN]], [p for _, p in reeks[:PLACEBOWEKEN]])
        over += [llr > ijking.drempel for llr, _ in reeks[PLACEBOWEKEN:]]
    if over:
        print(f"             boven de drempel van {PLACEBOWEKEN} placeboweken, op andere weken: {np.mean(over):.3f}")


def measure_kracht(runs: int, drift: float) -> None:
    """Print how often five adjacent areas that rise for four weeks are found within those weeks, at p <= .01."""
    for factor in (1, 2, 3, 5):
        raak: dict[int, list[bool]] = {}
        for run in range(runs):
            toeval = np.random.default_rng([run, 2])
            plek = toeval.uniform(0, 10_000, (2, GEBIEDEN))
            for soort, (gemiddeld, phi) in enumerate(zip(GEMIDDELD, PHI, strict=True)):
                mu = make_mu(toeval, gemiddeld, drift)
                midden = int(toeval.integers(GEBIEDEN))
                vijf = np.argsort(np.hypot(*(plek - plek[:, [midden]])))[:5]
                panel, begin = draw(toeval, mu, phi), AANLOOP + 8
                panel[vijf, begin : begin + 4] += draw(toeval, (factor - 1) * mu[vijf, begin : begin + 4], phi)
                namen = {f"B{n:02d}" for n in vijf}
                raak.setdefault(soort, []).append(
                    any(
                        cluster.opvallend and namen & set(cluster.leden)
                        for nu in range(begin, begin + 4)
                        for cluster in scan(plek, panel, nu, run * 1000 + nu)
                    )
                )
        weinig = np.mean([raak[soort] for soort in range(5)])
        print(f"5 gebieden x{factor}: gevonden {weinig:.2f} (vijf kleine soorten), {np.mean(raak[5]):.2f} (6 per week)")


def main() -> None:
    """Print both tables."""
    runs, begin = int(sys.argv[1]) if len(sys.argv) > 1 else 20, perf_counter()
    for drift in (0.10, 0.0):
        measure_placebo(runs, drift)
    measure_kracht(runs, 0.10)
    print(f"{runs} runs in {perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
