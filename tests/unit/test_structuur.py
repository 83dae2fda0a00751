"""The yearly structural map: the statistics of spdep, and what is said where little is known."""

import ast
import csv
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from gebieden.analyse.lokaal import compute_lokaal, permute_lokaal, smooth_cijfers
from gebieden.analyse.structuur import Structuurkaart, Structuurklasse, build_structuurkaart, find_buren

PROJECT = Path(__file__).parents[2]
REFERENTIE = PROJECT / "tests" / "referentie"
ZIJDE = 7
CODES = [f"B{n:02d}" for n in range(ZIJDE**2)]
HOEK = {0, 1, 2, 7, 8, 9, 14, 15, 16}
HOOG, NIETS, TE_WEINIG = Structuurklasse.HOOG_HOOG, Structuurklasse.NIET_OPVALLEND, Structuurklasse.TE_WEINIG


def build_rooster(codes, rijen, kolommen) -> gpd.GeoSeries:
    vakken = [box(k, r, k + 1, r + 1) for r, k in zip(rijen, kolommen, strict=True)]
    return gpd.GeoSeries(vakken, index=codes)


def build_proef() -> tuple[np.ndarray, np.ndarray, dict[str, tuple[str, ...]]]:
    """Return 7 × 7 areas of 1,000 inhabitants and some 20 reports, 60 in nine areas in a corner."""
    nummers = np.arange(ZIJDE**2)
    aantallen = np.array([60.0 if n in HOEK else 20.0 for n in nummers]) + nummers % 3
    buren = find_buren(build_rooster(CODES, nummers // ZIJDE, nummers % ZIJDE))
    return aantallen, np.full(ZIJDE**2, 1000.0), buren


def get_klassen(kaart: Structuurkaart) -> dict[str, Structuurklasse]:
    return {gebied.code: gebied.klasse for gebied in kaart.gebieden}


def test_the_statistics_are_those_of_spdep():
    with (REFERENTIE / "spdep_lattice_expected.csv").open() as bestand:
        rijen = list(csv.DictReader(bestand))
    codes = [f"{int(rij['id']):03d}" for rij in rijen]
    buren = find_buren(build_rooster(codes, [int(r["row"]) for r in rijen], [int(r["col"]) for r in rijen]))
    gevonden = compute_lokaal(buren, np.array([float(rij["rate"]) for rij in rijen]))
    n = len(rijen)
    assert gevonden.moran * n / (n - 1) == pytest.approx([float(rij["Ii"]) for rij in rijen], abs=1e-12)
    assert gevonden.gi == pytest.approx([float(rij["Gstar"]) for rij in rijen], abs=1e-12)
    totaal = json.loads((REFERENTIE / "spdep_lattice_global.json").read_text())["moran_I"]
    assert gevonden.totaal == pytest.approx(totaal, abs=1e-12)


def test_few_inhabitants_lend_from_their_neighbours():
    # Three in a row; the mean of each surroundings is (2+4)/110, 7/120 and 5/20, worked out by hand for the first:
    # variance (100 (.02 - .0545)² + 10 (.4 - .0545)²)/110 - .0545/55 = .01093; .02 keeps .01093/(.01093 + .0545/100).
    buren = {"A": ("B",), "B": ("A", "C"), "C": ("B",)}
    cijfer = smooth_cijfers(buren, np.array([2.0, 4.0, 1.0]), np.array([100.0, 10.0, 10.0]))
    midden = 6 / 110
    variantie = (100 * (0.02 - midden) ** 2 + 10 * (0.4 - midden) ** 2) / 110 - midden / 55
    assert cijfer[0] == pytest.approx(midden + (0.02 - midden) * variantie / (variantie + midden / 100), abs=1e-12)
    assert (smooth_cijfers(buren, np.zeros(3), np.ones(3)) == 0).all()


def test_a_corner_that_is_high_is_high_among_high():
    aantallen, inwoners, buren = build_proef()
    kaart = build_structuurkaart(CODES, aantallen, inwoners, buren)
    klassen = get_klassen(kaart)
    assert {code for code, klasse in klassen.items() if klasse is HOOG} >= {CODES[n] for n in (0, 1, 7, 8)}
    assert all(klassen[CODES[n]] is not HOOG for n in range(ZIJDE**2) if n not in HOEK)
    assert kaart.moran > 0.5
    assert kaart.p == 2 / 10_000
    hoekpunt = kaart.gebieden[0]
    assert hoekpunt.gi > 2
    assert hoekpunt.p <= hoekpunt.p_bh <= 0.10


def test_a_map_without_a_pattern_seldom_shows_one():
    # BH at 0.10 promises at most 10 %; testing the smoothed rates instead gives some 80 %.
    toeval = np.random.default_rng(7)
    _, _, buren = build_proef()
    inwoners = toeval.lognormal(7, 0.7, ZIJDE**2)
    kaarten = [
        build_structuurkaart(CODES, toeval.poisson(inwoners * 0.02), inwoners, buren, permutaties=399, zaad=n)
        for n in range(60)
    ]
    assert np.mean([set(get_klassen(kaart).values()) != {NIETS} for kaart in kaarten]) <= 0.15
    assert np.mean([kaart.p <= 0.05 for kaart in kaarten]) <= 0.15


def test_the_p_value_of_an_area_is_the_share_of_draws_of_its_neighbours():
    # 8 areas in a ring, rates 0…7: of the 21 pairs out of the other seven, the neighbours of 0 (1 and 7, sum 8) are
    # reached or passed by 12, and not passed by 12: p = 2 · 12/21 is 1. Those of 1 (0 and 2, sum 2): 1 pair as low.
    buren = {str(n): (str((n - 1) % 8), str((n + 1) % 8)) for n in range(8)}
    p = permute_lokaal(buren, np.arange(8.0), permutaties=20_000, toeval=np.random.default_rng(3))
    assert p[0] == 1
    assert p[1] == pytest.approx(2 / 21, abs=0.01)


def test_unknown_is_unknown_and_never_zero():
    aantallen, inwoners, buren = build_proef()
    aantallen[24], inwoners[30], inwoners[40] = np.nan, np.nan, 0
    kaart = build_structuurkaart([*CODES, "EILAND"], [*aantallen, 5], [*inwoners, 100], buren, permutaties=199)
    redenen = {gebied.code: gebied.reden for gebied in kaart.gebieden if gebied.klasse is TE_WEINIG}
    assert redenen == {
        CODES[24]: "het aantal meldingen is onbekend",
        CODES[30]: "het aantal inwoners is onbekend",
        CODES[40]: "er woont niemand",
        "EILAND": "geen buurgebied",
    }
    assert all(gebied.cijfer is None for gebied in kaart.gebieden if gebied.klasse is TE_WEINIG)
    # The neighbours of an unknown area are judged by their other neighbours: as if it were not there at all.
    weg = {24, 30, 40}
    over = [n for n in range(ZIJDE**2) if n not in weg]
    zonder = build_structuurkaart(
        [CODES[n] for n in over],
        aantallen[over],
        inwoners[over],
        {CODES[n]: [buur for buur in buren[CODES[n]] if CODES.index(buur) not in weg] for n in over},
        permutaties=199,
    )
    assert [gebied for gebied in kaart.gebieden if gebied.klasse is not TE_WEINIG] == list(zonder.gebieden)


def test_few_areas_or_equal_rates_say_nothing():
    aantallen, inwoners, buren = build_proef()
    weinig = build_structuurkaart(CODES[:29], aantallen[:29], inwoners[:29], buren)
    assert weinig.reden.startswith("te weinig gebieden: 29")
    assert set(get_klassen(weinig).values()) == {TE_WEINIG}
    for gelijk in (aantallen * 0, aantallen * 0 + 7):
        assert set(get_klassen(build_structuurkaart(CODES, gelijk, inwoners, buren)).values()) == {NIETS}


def test_the_order_of_areas_and_the_global_random_state_change_nothing():
    aantallen, inwoners, buren = build_proef()
    np.random.seed(1)
    eerste = build_structuurkaart(CODES, aantallen, inwoners, buren, permutaties=299)
    np.random.seed(2)
    andersom = build_structuurkaart(CODES[::-1], aantallen[::-1], inwoners[::-1], buren, permutaties=299)
    assert andersom.gebieden == eerste.gebieden[::-1]
    assert (andersom.moran, andersom.p) == (eerste.moran, eerste.p)


@pytest.mark.parametrize(("aantal", "inwoners"), [(-1, 10), (1, -10), (np.inf, 10)])
def test_numbers_that_cannot_be_are_refused(aantal, inwoners):
    with pytest.raises(ValueError, match="getallen vanaf 0"):
        build_structuurkaart(["A"], [aantal], [inwoners], {})


def test_areas_that_touch_without_a_shared_vertex_are_neighbours_and_islands_have_none():
    vlakken = gpd.GeoSeries(
        [box(0, 0, 2, 2), box(2, 0.5, 3, 1.5), box(3, 1.5, 4, 2), box(9, 9, 10, 10)], index=[*"DBCA"]
    )
    assert find_buren(vlakken) == {"A": (), "B": ("C", "D"), "C": ("B",), "D": ("B",)}


def list_imports(pad: Path) -> set[Path]:
    """Return the files of our own that a file imports when it is itself imported."""
    namen = set()
    for regel in ast.parse(pad.read_text()).body:
        if isinstance(regel, ast.Import):
            namen |= {naam.name for naam in regel.names}
        elif isinstance(regel, ast.ImportFrom):
            namen |= {regel.module, *(f"{regel.module}.{naam.name}" for naam in regel.names)}
    paden = {PROJECT / (naam.replace(".", "/") + ".py") for naam in namen if naam.startswith("gebieden")}
    return {gevonden for gevonden in paden if gevonden.exists()}


@pytest.mark.parametrize("begin", ["app.py", "gebieden/__main__.py"])
def test_the_application_starts_without_these_slow_packages(begin):
    bereikt, nieuw = set(), {PROJECT / begin}
    while nieuw:
        bereikt |= nieuw
        nieuw = {gevonden for pad in nieuw for gevonden in list_imports(pad)} - bereikt
    assert len(bereikt) > 20
    assert PROJECT / "gebieden" / "analyse" / "lokaal.py" not in bereikt
