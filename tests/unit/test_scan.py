"""The scan: circles, ratios, what is drawn when nothing is going on, and clusters as SaTScan finds them."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebieden.analyse.clusters import (
    Scaninvoer,
    Scanweek,
    build_scaninvoer,
    find_bevolkingsclusters,
    find_clusters,
    find_permutatieclusters,
    measure_placebo,
)
from gebieden.analyse.scan import list_vensters
from gebieden.analyse.scanijking import calibrate, measure_alarmen
from gebieden.analyse.scannulmodel import build_negatief_binomiaal, build_permutatie, build_verdeling
from gebieden.analyse.zones import build_zones

REFERENTIE = Path(__file__).parents[1] / "referentie"
ALLES = ((0, 0),)


def read_referentie() -> tuple[Scaninvoer, list[float]]:
    with (REFERENTIE / "scan_own_areas.csv").open() as bestand:
        gebieden = list(csv.DictReader(bestand))
    with (REFERENTIE / "scan_own_counts.csv").open() as bestand:
        aantal = {(rij["id"], int(rij["t"])): int(rij["count"]) for rij in csv.DictReader(bestand)}
    codes = [rij["id"] for rij in gebieden]
    tellingen = [[aantal[code, week] for week in range(1, 27)] for code in codes]
    invoer = build_scaninvoer(
        codes, [float(rij["x"]) for rij in gebieden], [float(rij["y"]) for rij in gebieden], tellingen
    )
    return invoer, [float(rij["pop"]) for rij in gebieden]


def list_zones(x, y, **keuzes) -> set[frozenset[int]]:
    zones = build_zones(x, y, **keuzes)
    return {frozenset(zones.get_leden(i, k).tolist()) for i, k in np.argwhere(zones.geldig)}


def test_areas_at_one_distance_enter_a_circle_together():
    # Five on a cross of 100 m: from the middle all four others come at once, from an arm first the middle, then the
    # two arms beside it (141 m), then the one opposite (200 m).
    x, y = [0, 100, -100, 0, 0], [0, 0, 0, 100, -100]
    alles, midden = frozenset(range(5)), {frozenset({i}) for i in range(5)}
    arm = {frozenset({0, i}) for i in range(1, 5)} | {alles - {i} for i in range(1, 5)}
    assert list_zones(x, y, aandeel=1.0) == midden | arm | {alles}
    assert list_zones(x, y, aandeel=0.5) == midden | {frozenset({0, i}) for i in range(1, 5)}


def test_a_map_that_is_mirrored_or_turned_has_the_same_circles():
    x, y = np.random.default_rng(4).uniform(0, 10_000, (2, 30))
    assert list_zones(x, y) == list_zones(-x, y) == list_zones(y, x)
    assert all(len(zone) <= 7 for zone in list_zones(x, y))


def test_the_population_can_limit_a_circle():
    assert list_zones([0, 1, 2], [0, 0, 0], aandeel=0.5, gewicht=[40, 10, 50]) == {
        frozenset({0}),
        frozenset({1}),
        frozenset({2}),
        frozenset({0, 1}),
    }


@pytest.mark.parametrize(("soort", "vensters"), [("own_spatial", None), ("own_st_prosp", 4), ("own_st_prosp", 13)])
def test_the_population_based_scan_finds_what_satscan_finds(soort, vensters):
    invoer, bevolking = read_referentie()
    verwacht = json.loads((REFERENTIE / "scan_expected.json").read_text())[soort]["clusters"]
    gekozen = vensters and list_vensters(26, vensters, prospectief=True)
    gevonden = find_bevolkingsclusters(invoer, bevolking, vensters=gekozen)
    assert [list(c.leden) for c in gevonden] == [c["ids"] for c in verwacht]
    assert [c.venster for c in gevonden] == [(22, 25) if c["time_frame"] else (0, 25) for c in verwacht]
    assert [c.llr for c in gevonden] == pytest.approx([c["llr"] for c in verwacht], abs=1e-6)
    assert [c.waargenomen for c in gevonden] == [c["cases"] for c in verwacht]
    assert [c.verwacht for c in gevonden] == pytest.approx([c["expected"] for c in verwacht], abs=0.005)
    assert [c.relatief for c in gevonden] == pytest.approx([c["rel_risk"] for c in verwacht], abs=0.005)
    p = [float(c["p"].removeprefix("< ")) for c in verwacht]
    assert [c.p for c in gevonden] == pytest.approx(p, abs=0.02)


def test_the_permutation_scan_expects_the_product_of_the_totals():
    invoer, _ = read_referentie()
    (gevonden, *_) = find_permutatieclusters(invoer, vensters=list_vensters(26, 4, prospectief=True), replicaties=99)
    plek = np.isin(invoer.codes, gevonden.leden)
    c, totaal = invoer.tellingen[plek][:, 22:].sum(), invoer.tellingen.sum()
    e = invoer.tellingen[plek].sum() * invoer.tellingen[:, 22:].sum() / totaal
    assert set(gevonden.leden) == {"B39", "B12", "B02", "B07", "B37"}
    assert gevonden.venster == (22, 25)
    assert gevonden.llr == pytest.approx(
        c * math.log(c / e) + (totaal - c) * math.log((totaal - c) / (totaal - e)), abs=1e-6
    )


def find_in_line(tellingen, verwacht=1.0, **keuzes):
    """Search a row of areas 1 km apart: rows of `tellingen` are areas, columns weeks."""
    aantal = len(tellingen)
    invoer = build_scaninvoer([f"B{n:02d}" for n in range(aantal)], np.arange(aantal) * 1000.0, [0] * aantal, tellingen)
    keuzes = {"rv": [0.01] * aantal, "se": 0.05, "phi": 1.3, "replicaties": 199, **keuzes}
    return find_clusters(invoer, [verwacht] * aantal, **keuzes)


def test_the_expectation_based_ratio_is_the_formula():
    tellingen = [[1, 1]] * 4 + [[1, 6], [1, 7], [2, 6]] + [[1, 1]] * 5
    (eerste, *_) = find_in_line(tellingen)
    assert eerste.leden == ("B05", "B04", "B06")
    assert (eerste.venster, eerste.weken) == ((1, 1), 1)
    assert (eerste.waargenomen, eerste.verwacht, eerste.relatief) == (19, 3.0, pytest.approx(19 / 3))
    assert eerste.llr == pytest.approx(19 * math.log(19 / 3) - 16, abs=1e-12)
    assert (eerste.p, eerste.herhaling, eerste.opvallend) == (1 / 200, 200, True)


def test_clusters_do_not_overlap_and_the_strongest_is_first():
    gevonden = find_in_line([[1], [9], [8], [1], [1], [1], [1], [7], [1], [1], [1], [1]])
    leden = [code for cluster in gevonden for code in cluster.leden]
    # B00 and B02 are equally far from B01; the circle round B02 is as strong, and comes later.
    assert set(gevonden[0].leden) == {"B00", "B01", "B02"}
    assert len(leden) == len(set(leden))
    assert [c.llr for c in gevonden] == sorted((c.llr for c in gevonden), reverse=True)


def test_nothing_stands_out_where_nothing_is_above_the_expectation():
    assert find_in_line([[1, 1]] * 12) == []
    assert find_in_line([[0, 0]] * 12) == []


def test_placebo_weeks_say_what_a_p_value_is_worth():
    ijking = calibrate([100.0] + [float(n) for n in range(1, 105)], [0.001] + [0.01] * 4 + [0.5] * 100)
    assert (ijking.drempel, ijking.gemeten, ijking.weken) == (103.0, 4 / 104, 104)
    assert measure_alarmen([0.01, 0.011, 0.5, 0.001]) == 0.5
    (eerste, *_) = find_in_line([[1]] * 5 + [[30]] + [[1]] * 6, ijking=ijking)
    assert (eerste.gemeten, eerste.boven_drempel, eerste.opvallend) == (4 / 104, False, True)


def test_the_rate_on_placebo_weeks_is_counted_over_weeks():
    codes, plek = [f"B{n:02d}" for n in range(12)], np.arange(12) * 1000.0
    rustig, druk = [[1]] * 12, [[1]] * 5 + [[40]] + [[1]] * 6
    weken = [
        Scanweek(build_scaninvoer(codes, plek, plek * 0, tellingen), np.ones(12), np.full(12, 0.01), 0.05, 1.3)
        for tellingen in (rustig, druk, rustig, rustig)
    ]
    ijking = measure_placebo(weken, replicaties=199)
    assert (ijking.gemeten, ijking.weken) == (1 / 4, 4)
    # The busy area alone has the highest ratio: c 40, e 1.
    assert ijking.drempel == pytest.approx(40 * math.log(40) - 39)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(9)), st.lists(st.integers(0, 12), min_size=9, max_size=9))
def test_the_order_of_the_areas_changes_nothing_and_the_input_stays(volgorde, laatste):
    x, y = np.tile(np.arange(3.0), 3), np.repeat(np.arange(3.0), 3)
    tellingen = np.column_stack((np.ones(9, dtype=np.int64), laatste))
    verwacht, rv = np.linspace(1, 3, 9), np.linspace(0.01, 0.2, 9)
    codes = np.array([f"B{n}" for n in range(9)])

    def search(plek):
        invoer = build_scaninvoer(codes[plek], x[plek], y[plek], tellingen[plek])
        return find_clusters(invoer, verwacht[plek], rv=rv[plek], se=0.1, phi=1.5, replicaties=49, aandeel=0.5)

    voor = tellingen.copy(), verwacht.copy(), rv.copy()
    assert search(np.array(volgorde)) == search(np.arange(9))
    assert all(np.array_equal(een, ander) for een, ander in zip(voor, (tellingen, verwacht, rv), strict=True))


def test_the_draws_keep_their_totals_and_their_spread():
    toeval = np.random.default_rng(5)
    verdeeld = build_verdeling(np.full((4, 3), 1 / 12), 600, [(0, 2)])(toeval, 500)
    assert (verdeeld.sum(axis=0) == 600).all()
    assert verdeeld.mean(axis=(1, 2)) == pytest.approx([150] * 4, rel=0.02)

    tellingen = np.array([[5, 0, 1], [2, 2, 2], [0, 9, 0]])
    geschud = build_permutatie(tellingen, [(0, 0), (1, 1), (2, 2)])(toeval, 50)
    assert (geschud.sum(axis=1) == tellingen.sum(axis=1)[:, None]).all()
    assert (geschud.sum(axis=0) == tellingen.sum(axis=0)[:, None]).all()

    # Var = phi E + (rv + var(niveau)) E², with rv .1 and no uncertainty of the level: 2·10 + .1·100 = 30.
    getrokken = build_negatief_binomiaal(np.full((1, 1), 10.0), np.array([0.1]), 0.0, 2.0, ALLES)(toeval, 40_000)
    assert (getrokken.mean(), getrokken.var()) == (pytest.approx(10, rel=0.02), pytest.approx(30, rel=0.05))
    zeker = build_negatief_binomiaal(np.full((1, 1), 10.0), np.zeros(1), 0.0, 1.0, ALLES)(toeval, 40_000)
    assert zeker.var() == pytest.approx(10, rel=0.05)


def test_the_answer_does_not_depend_on_the_global_generator():
    tellingen = [[1, 2]] * 5 + [[5, 6]] + [[1, 1]] * 6
    np.random.seed(1)
    eerste = find_in_line(tellingen)
    np.random.seed(2)
    assert find_in_line(tellingen) == eerste
    assert np.random.get_state()[2] == np.random.RandomState(2).get_state()[2]


@pytest.mark.parametrize(
    ("tellingen", "keuzes"),
    [
        ([[-1], [0]], {}),
        ([[0.5], [0]], {}),
        ([[math.nan], [0]], {}),
        ([[1], [1]], {"phi": 0.9}),
        ([[1], [1]], {"se": -0.1}),
        ([[1], [1]], {"rv": [-0.1, 0.1]}),
        ([[1], [1]], {"rv": [0.1]}),
        ([[1], [1]], {"aandeel": 0.0}),
        ([[2], [1]], {"replicaties": 0}),
    ],
)
def test_numbers_that_cannot_be_are_refused(tellingen, keuzes):
    with pytest.raises(ValueError, match=r"Verwacht|moet"):
        find_in_line(tellingen, **keuzes)
