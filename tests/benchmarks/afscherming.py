"""Suppression at the real size: how long a quarter takes, how much is hidden, and the audit of all that is published.

From the project folder: `python -m tests.benchmarks.afscherming`. Invented counts with a fixed seed in 80 buurten of 11
wijken × 8 groups, the first of them sensitive, in three densities; then every quarter of the demo. Per table: seconds
(at most 3), what is hidden, and the narrowest range that linear programming leaves of any hidden number, as a multiple
of its threshold (at least 1).
"""

import tempfile
import time
from pathlib import Path

import numpy as np

from gebieden.analyse.onderdrukking import Afscherming, determine_afscherming
from gebieden.analyse.tabelaudit import Publicatieset, audit_bereik, build_gemeentesommen
from gebieden.demo.bouwen import build_demo
from gebieden.opslag.database import open_database
from gebieden.opslag.signaalpublicatie import load_publicaties
from gebieden.opslag.signaaltelling import load_kwartalen

BUURTEN, WIJKEN, GROEPEN = 80, 11, 8
DREMPELS = np.array([10] + [5] * (GROEPEN - 1))


def build_tellingen(gemiddeld: float, toeval: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return counts and the wijk of each buurt: some buurten and groups much busier than others."""
    wijk_van = np.sort(np.concatenate([np.arange(WIJKEN), toeval.integers(0, WIJKEN, BUURTEN - WIJKEN)]))
    druk = toeval.gamma(1.0, gemiddeld, (BUURTEN, 1)) * toeval.dirichlet(np.ones(GROEPEN)) * GROEPEN
    return toeval.poisson(druk), wijk_van


def measure_smalste(tellingen: np.ndarray, wijk_van: np.ndarray, afscherming: Afscherming) -> float:
    """Return the narrowest range of a hidden number as a multiple of its threshold."""
    sommen = build_gemeentesommen(wijk_van, GROEPEN)
    waarden = sommen @ tellingen.ravel()
    dicht = np.concatenate([afscherming.gemeente[None], afscherming.wijken, afscherming.buurten]).ravel()
    bereik = audit_bereik(Publicatieset(sommen[~dicht], waarden[~dicht]), sommen[dicht])
    nodig = np.tile(np.append(DREMPELS, DREMPELS.min()), len(dicht) // (GROEPEN + 1))
    return float(((bereik[:, 1] - bereik[:, 0]) / nodig[dicht]).min())


def report_verzonnen() -> None:
    """Print a line per density."""
    toeval = np.random.default_rng(20261122)
    print("gemiddeld  seconden  onder drempel  afgeschermd  van  wijkcellen  gemeente  smalste (>= 1)  audit (s)")
    for gemiddeld in (2, 6, 15):
        tellingen, wijk_van = build_tellingen(gemiddeld, toeval)
        begin = time.perf_counter()
        uit = determine_afscherming(tellingen, wijk_van, DREMPELS)
        duur = time.perf_counter() - begin
        begin = time.perf_counter()
        smalste = measure_smalste(tellingen, wijk_van, uit)
        audit = time.perf_counter() - begin
        print(
            f"{gemiddeld:9}  {duur:8.2f}  {(tellingen < DREMPELS).sum():13}  {uit.buurten[:, :-1].sum():11}  "
            f"{tellingen.size}  {uit.wijken.sum():10}  {uit.gemeente.sum():8}  {smalste:14.1f}  {audit:9.1f}"
        )


def report_demo() -> None:
    """Print how long the quarters of the demo take."""
    with tempfile.TemporaryDirectory() as map_:
        engine = open_database(f"sqlite:///{Path(map_) / 'demo.sqlite'}", eenmalig=True)
        peildatum = build_demo(engine)
        with engine.connect() as conn:
            duren = []
            for kwartaal in load_kwartalen(conn, peildatum):
                begin = time.perf_counter()
                publicaties = load_publicaties(conn, kwartaal)
                duren.append(time.perf_counter() - begin)
                laatste = [rij for publicatie in publicaties for rij in publicatie.rijen]
        dicht = np.array([rij.dicht for rij in laatste])
        print(
            f"demo: {len(duren)} kwartalen, mediaan {np.median(duren):.2f} s, langste {max(duren):.2f} s (max. 3); "
            f"het oudste: {dicht.sum()} van {dicht.size} afgeschermd"
        )


if __name__ == "__main__":
    report_verzonnen()
    report_demo()
