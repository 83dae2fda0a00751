"""The warnings of one week over 2,000 series of eight years: ours against R's farringtonFlexible, in the same run.

R needs Debian's r-cran-surveillance (`apt-get install -y --no-install-recommends r-cran-surveillance`): a tool of
this script only. The clock of R runs around farringtonFlexible alone, not around its start or reading the series.

Run: PYTHONPATH=. python tests/benchmarks/farrington_r.py [aantal reeksen]
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import numpy as np

from gebieden.analyse.farrington import Farrington, Farringtonuitkomst, fit_farrington

WEKEN, TERUGREKENEN, DOEL, KEER = 416, 104, 50, 5
INSTELLINGEN: Final = {"nbPlugin": Farrington(methode="nbPlugin"), "voorspellend": Farrington()}
SCRIPT: Final = """
suppressMessages(library(surveillance))
map <- commandArgs(trailingOnly = TRUE)[1]
y <- as.matrix(read.csv(file.path(map, "reeksen.csv"), header = FALSE))
dimnames(y) <- NULL
reeksen <- sts(observed = y, frequency = 52, start = c(2018, 1))
control <- list(range = nrow(y), b = 5, w = 3, reweight = TRUE, weightsThreshold = 2.58, alpha = 0.005, trend = TRUE,
  pThresholdTrend = 0.05, limit54 = c(5, 4), noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin",
  glmWarnings = FALSE)
tijd <- system.time(uit <- suppressWarnings(farringtonFlexible(reeksen, control)))
write.table(cbind(t(upperbound(uit)), t(alarms(uit))), file.path(map, "uit.csv"), sep = ",", row.names = FALSE,
  col.names = FALSE)
cat(packageDescription("surveillance")$Version, tijd["elapsed"], "\\n")
"""


def build_reeksen(aantal: int) -> np.ndarray:
    """Return (S, T) counts as in the panel of statistiek.md 1.5: .12 to 6 a week, season, drift, phi 1.2 to 2."""
    toeval = np.random.default_rng(20261122)
    t = np.arange(WEKEN)
    niveau = np.exp(toeval.uniform(np.log(0.12), np.log(6), (aantal, 1)))
    golf = toeval.uniform(0, 0.5, (aantal, 1)) * np.cos(2 * np.pi * (t / 52 + toeval.uniform(0, 1, (aantal, 1))))
    mu = niveau * np.exp(golf + toeval.normal(0, 0.15, (aantal, 1)) * t / 208)
    phi = toeval.uniform(1.2, 2, (aantal, 1))
    return toeval.negative_binomial(mu / (phi - 1), 1 / phi)


def run_r(reeksen: np.ndarray) -> tuple[str, float, np.ndarray]:
    """Return R's version of the package, its seconds, and per series the bound and the alarm."""
    with TemporaryDirectory() as map_:
        np.savetxt(Path(map_) / "reeksen.csv", reeksen.T, fmt="%d", delimiter=",")
        (Path(map_) / "draai.R").write_text(SCRIPT, encoding="utf-8")
        opdracht = ["Rscript", "--vanilla", str(Path(map_) / "draai.R"), map_]
        klaar = subprocess.run(opdracht, capture_output=True, encoding="utf-8", check=False)
        if klaar.returncode:
            sys.exit(f"R is er, maar farringtonFlexible liep niet: {klaar.stderr.strip()[-400:]}")
        versie, seconden = klaar.stdout.split()
        return versie, float(seconden), np.genfromtxt(Path(map_) / "uit.csv", delimiter=",")


def time_week(reeksen: np.ndarray, instellingen: Farrington) -> tuple[float, Farringtonuitkomst]:
    """Return the median of the seconds for the newest week, and its outcome."""
    tijden = []
    for _ in range(KEER):
        begin = perf_counter()
        uitkomst = fit_farrington(reeksen, [WEKEN - 1], instellingen)
        tijden.append(perf_counter() - begin)
    return float(np.median(tijden)), uitkomst


def main() -> None:
    """Print the table; exit with 1 when R is missing, answers differently, or a target is missed."""
    if not shutil.which("Rscript"):
        sys.exit("Rscript ontbreekt. apt-get install -y --no-install-recommends r-cran-surveillance, en draai opnieuw.")
    reeksen = build_reeksen(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
    versie, van_r, antwoord = run_r(reeksen)
    print(f"{len(reeksen)} reeksen van {WEKEN} weken, de waarschuwingen van één week")
    print(f"R surveillance {versie} farringtonFlexible (nbPlugin): {van_r:.2f} s")
    gehaald = True
    for naam, instellingen in INSTELLINGEN.items():
        seconden, _ = time_week(reeksen, instellingen)
        keer = van_r / seconden
        gehaald &= keer >= DOEL
        print(f"ons, {naam:<12}: {seconden:.3f} s = {keer:.0f} keer sneller (doel: minstens {DOEL} keer)")
    _, als_r = time_week(reeksen, Farrington(methode="nbPlugin", r_compat=True))
    gelijk = np.array_equal(als_r.bovengrens[:, 0], antwoord[:, 0], equal_nan=True)
    gelijk &= bool((als_r.alarm[:, 0] == np.nan_to_num(antwoord[:, 1])).all())
    print(f"met r_compat zijn alle {len(reeksen)} grenzen en alarmen die van R: {'ja' if gelijk else 'NEE'}")
    begin = perf_counter()
    fit_farrington(reeksen, range(WEKEN - TERUGREKENEN, WEKEN))
    print(f"terugrekenen, {TERUGREKENEN} weken × {len(reeksen)} reeksen: {perf_counter() - begin:.1f} s")
    sys.exit(0 if gehaald and gelijk else 1)


if __name__ == "__main__":
    main()
