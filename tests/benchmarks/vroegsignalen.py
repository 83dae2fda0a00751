"""How often the early warning cries wolf, and what it finds: gates G3 and G4 of section 8, and the usual rules.

Run: PYTHONPATH=. python tests/benchmarks/vroegsignalen.py [panels]
"""

import sys
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gebieden.analyse.telverdeling import adjust_bh
from gebieden.analyse.vroegsignaal import STATEN, Weekoordelen, judge_weken
from gebieden.analyse.weekpanel import Weekpanel, build_weekpanel
from gebieden.domein.vroegsignaal import Vroegstaat

BUURTEN, WIJKEN, WEKEN, BEOORDEELD = 60, 12, 340, 48
GEMIDDELD: Final = np.array([0.12, 0.20, 0.30, 0.45, 0.70, 6.0])
EERSTE_MAANDAG: Final = np.datetime64("2018-01-01")
MELDINGEN: Final = Path(__file__).parents[3] / "shared" / "data" / "meldingen" / "assen_signalen.csv"
Getallen = npt.NDArray[np.int64]
Breuken = npt.NDArray[np.float64]


def build_verwachting(toeval: np.random.Generator) -> tuple[Breuken, Breuken]:
    """Return the mean per buurt × category × week and phi per category: season, trend, and buurten that drift apart."""
    week = np.arange(WEKEN)
    omvang = toeval.gamma(4.0, 0.25, BUURTEN)
    omvang /= omvang.mean()
    fase = toeval.uniform(0, 52, len(GEMIDDELD))[:, None]
    seizoen = 0.3 * np.cos(2 * np.pi * (week - fase) / 52.18)
    trend = toeval.normal(0, 0.05, (1, len(GEMIDDELD), 1)) + toeval.normal(0, 0.05, (BUURTEN, len(GEMIDDELD), 1))
    log = seizoen[None] + trend * (week / 52.18 - 3)
    return omvang[:, None, None] * GEMIDDELD[None, :, None] * np.exp(log), toeval.uniform(1.2, 2.0, len(GEMIDDELD))


def draw_tellingen(toeval: np.random.Generator, mu: Breuken, phi: Breuken) -> Getallen:
    """Return negative binomial counts with variance phi × mean."""
    vorm = np.broadcast_to(phi[:, None], mu.shape)
    return toeval.negative_binomial(mu / (vorm - 1), 1 / vorm).astype(np.int64)


def make_panel(niveau: str, tellingen: Getallen) -> Weekpanel:
    """Return a panel with made-up codes."""
    codes = [f"{niveau[0]}{n:03d}" for n in range(len(tellingen))]
    namen = [f"categorie {n}" for n in range(tellingen.shape[1])]
    maandagen = EERSTE_MAANDAG + 7 * np.arange(tellingen.shape[2])
    return build_weekpanel(niveau, codes, namen, maandagen, tellingen)


def list_signalen(oordelen: Weekoordelen) -> dict[int, npt.NDArray[np.bool_]]:
    """Return per window which series were a signaal: (A, C, K)."""
    return {v: deel.staat == STATEN.index(Vroegstaat.SIGNAAL) for v, deel in oordelen.vensters.items()}


def apply_gewone_regels(y: Getallen, weken: Getallen) -> dict[str, npt.NDArray[np.bool_]]:
    """Return what the three rules of ordinary dashboards would flag: (A, C, K)."""
    vier = np.stack([y[..., weken - n] for n in range(4)]).sum(axis=0)
    vier_toen = np.stack([y[..., weken - 52 - n] for n in range(4)]).sum(axis=0)
    vorig = y[..., weken[:, None] - np.arange(1, 53)]
    nu = y[..., weken]
    return {
        "deze week > 25 % boven vorig jaar (>= 2)": (nu > 1.25 * y[..., weken - 52]) & (nu >= 2),
        "4 weken > 25 % boven vorig jaar (>= 5)": (vier > 1.25 * vier_toen) & (vier >= 5),
        "> gemiddelde + 2 sd van 52 weken": nu > vorig.mean(axis=-1) + 2 * vorig.std(axis=-1, ddof=1),
    }


def measure_vals_alarm(panels: int) -> None:
    """Print G3: how many weeks have a false alarm where nothing changes, per rule."""
    weken = np.arange(WEKEN - BEOORDEELD, WEKEN)
    vlaggen: dict[str, list[npt.NDArray[np.bool_]]] = {}
    getoetst: dict[str, list[float]] = {}
    for nummer in range(panels):
        toeval = np.random.default_rng([2, nummer])
        y = draw_tellingen(toeval, *build_verwachting(toeval))
        for regel, gevlagd in apply_gewone_regels(y, weken).items():
            vlaggen.setdefault(regel, []).append(gevlagd)
        wijk = y.reshape(WIJKEN, -1, *y.shape[1:]).sum(axis=1)
        gemeente = y.sum(axis=0, keepdims=True)
        soorten = (
            ("buurt", y),
            ("buurt wijk", wijk),
            ("wijk", wijk),
            ("gemeente", gemeente),
            ("buurt kort", y[..., -150:]),
        )
        for niveau, tellingen in soorten:
            eigen = weken - WEKEN + tellingen.shape[-1]
            oordelen = judge_weken(make_panel(niveau.partition(" ")[0], tellingen), eigen)
            signaal = list_signalen(oordelen)
            for v, gevlagd in (*signaal.items(), ("1 en 4", signaal[1] | signaal[4])):
                regel = f"{NAMEN[niveau]}, BH .10, venster {v}"
                vlaggen.setdefault(regel, []).append(gevlagd)
                if v in signaal:
                    getoetst.setdefault(regel, []).append(float(oordelen.vensters[v].reeksen.mean()))
    print(f"G3: {panels * BEOORDEELD} weken waarin niets verandert, {BUURTEN * len(GEMIDDELD)} reeksen in buurten")
    print(f"{'regel':56} {'vals/week':>9} {'P(week met vals alarm)':>23} {'± per panel':>11} {'getoetst':>8}")
    for regel, delen in vlaggen.items():
        per_week = np.array([deel.sum(axis=(0, 1)) for deel in delen])
        kans = (per_week > 0).mean(axis=1)
        fout = kans.std(ddof=1) / np.sqrt(len(kans)) if len(kans) > 1 else np.nan
        aantal = f"{np.mean(getoetst[regel]):8.0f}" if regel in getoetst else ""
        doel = "  doel <= .120" if regel == f"{NAMEN['buurt']}, BH .10, venster 1" else ""
        print(f"{regel:56} {per_week.mean():9.3f} {kans.mean():23.3f} {fout:11.3f} {aantal}{doel}")


NAMEN: Final = {
    "buurt": "aandeelmodel (buurt)",
    "wijk": "Farrington (12 wijken)",
    "gemeente": "Farrington (gemeente)",
    "buurt wijk": "aandeelmodel (12 wijken)",
    "buurt kort": "korte historie (buurt, 2 tot 3 jaar)",
}


def judge_per_categorie(kansen: Breuken) -> npt.NDArray[np.bool_]:
    """Return what Benjamini & Hochberg accepts with a family of one category (A, C, K): what the design measured."""
    aanvaard = [adjust_bh(kansen[:, c, k], 0.10)[1] for c in range(kansen.shape[1]) for k in range(kansen.shape[2])]
    return np.stack(aanvaard, axis=-1).reshape(kansen.shape)


def measure_vondst(panels: int) -> None:
    """Print G4: in how many cases a rise of four weeks in adjacent buurten is found in those four weeks."""
    proeven = ((1, 2), (1, 3), (1, 5), (5, 2), (5, 3), (5, 5))
    gevonden: dict[tuple[tuple[int, int], int], list[list[bool]]] = {
        (proef, c): [] for proef in proeven for c in range(len(GEMIDDELD))
    }
    for nummer in range(panels):
        toeval = np.random.default_rng([4, nummer])
        mu, phi = build_verwachting(toeval)
        y = draw_tellingen(toeval, mu, phi)
        for (aantal, factor), c in gevonden:
            eerste = int(toeval.integers(0, BUURTEN - aantal + 1))
            plek = (slice(eerste, eerste + aantal), slice(c, c + 1), slice(-4, None))
            proef = y.copy()
            proef[plek] = draw_tellingen(toeval, factor * mu[plek], phi[c : c + 1])
            gevonden[(aantal, factor), c].append(list_gevonden(proef, plek[:2]))
    print(f"\nG4: {panels} panels, vier weken lang meer meldingen; gevonden binnen die vier weken")
    print("getallen: venster 1, venster 4, samen; venster 4 met een familie per categorie; venster 4 op enig niveau")
    print(f"{'buurten':>7} {'factor':>6} | {'0,12-0,70 per week':>30} | {'6 per week':>30}")
    for aantal, factor in proeven:
        klein = np.mean([gevonden[(aantal, factor), c] for c in range(5)], axis=(0, 1))
        groot = np.mean(gevonden[(aantal, factor), 5], axis=0)
        delen = [" ".join(f"{deel:5.2f}" for deel in regel) for regel in (klein, groot)]
        doel = "  doel venster 4 >= .90" if (aantal, factor) == (5, 5) else ""
        print(f"{aantal:7d} {factor:5d}x | {delen[0]:>30} | {delen[1]:>30}{doel}")
    per = [np.mean(gevonden[(5, 5), c], axis=0)[1] for c in range(len(GEMIDDELD))]
    tekst = ", ".join(f"{m:g} per week: {p:.2f}" for m, p in zip(GEMIDDELD, per, strict=True))
    print(f"5 buurten 5x, venster 4, per categorie: {tekst}")


def list_gevonden(proef: Getallen, plek: tuple[slice, slice]) -> list[bool]:
    """Return whether the rise is found: window 1, window 4, either; window 4 by category; window 4 at any level."""
    weken = range(WEKEN - 4, WEKEN)
    buurt = judge_weken(make_panel("buurt", proef), weken)
    signaal = list_signalen(buurt)
    raak = [bool(signaal[v][plek].any()) for v in (1, 4)]
    per_categorie = bool(judge_per_categorie(buurt.vensters[4].kans)[plek].any())
    per_wijk = BUURTEN // WIJKEN
    geraakt = slice(plek[0].start // per_wijk, (plek[0].stop - 1) // per_wijk + 1)
    wijk = judge_weken(make_panel("wijk", proef.reshape(WIJKEN, per_wijk, *proef.shape[1:]).sum(axis=1)), weken)
    gemeente = judge_weken(make_panel("gemeente", proef.sum(axis=0, keepdims=True)), weken)
    hoger = list_signalen(wijk)[4][geraakt, plek[1]].any() or list_signalen(gemeente)[4][:, plek[1]].any()
    return [*raak, any(raak), per_categorie, raak[1] or bool(hoger)]


def measure_echt() -> None:
    """Print the verdicts on the real reports of Assen; the file mixes two ways of naming a wijk, and both stay."""
    frame = pd.read_csv(MELDINGEN, usecols=["wijk", "category", "created_at"], dtype=str).dropna()
    dag = pd.to_datetime(frame["created_at"], utc=True, errors="coerce", format="ISO8601")
    frame = frame[dag.notna()].assign(week=dag.dt.tz_localize(None).dt.to_period("W-SUN").dt.start_time)
    weken = pd.date_range(frame["week"].min(), frame["week"].max(), freq="7D")
    tabel = frame.groupby(["wijk", "category", "week"]).size()
    wijken, namen = (sorted(frame[kolom].unique()) for kolom in ("wijk", "category"))
    assen = pd.MultiIndex.from_product([wijken, namen, weken])
    y = tabel.reindex(assen, fill_value=0).to_numpy().reshape(len(wijken), len(namen), len(weken))
    onvolledig = np.arange(len(weken)) == len(weken) - 1
    panel = build_weekpanel("wijk", wijken, namen, weken.to_numpy(), y, onvolledig=onvolledig)
    print(f"\nAssen: {y.sum()} meldingen, {len(wijken)} namen van wijken, {len(namen)} categorieën, {len(weken)} weken")
    for week in (len(weken) - 1, len(weken) - 2):
        for v, deel in judge_weken(panel, [week]).vensters.items():
            staten = {str(s): int((deel.staat == n).sum()) for n, s in enumerate(STATEN) if (deel.staat == n).any()}
            print(f"week van {weken[week]:%d-%m-%Y}, venster {v}: {staten}   doel: bijna alles te_weinig_gegevens")


def main() -> None:
    """Print the tables; the number of panels can be given."""
    panels = int(sys.argv[1]) if len(sys.argv) > 1 else 14
    begin = perf_counter()
    measure_vals_alarm(panels)
    measure_vondst(panels)
    measure_echt()
    print(f"\n{perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
