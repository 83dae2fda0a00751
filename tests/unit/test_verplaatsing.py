"""Displacement and diffusion: published figures, figures worked out by hand, and what must hold for any counts."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from gebieden.analyse.verhouding import compute_res, compute_wdq, is_wdq_toonbaar
from gebieden.analyse.verplaatsing import (
    Deel,
    Gebiedsgewichten,
    Tijdgewichten,
    Wdd,
    combine_wdd,
    compute_cellen,
    compute_wdd,
    estimate_phi,
)
from gebieden.domein.aanpakuitkomst import Aantallen

REFERENTIE = Path(__file__).parents[1] / "referentie"
WDQ = json.loads((REFERENTIE / "wdq_cases.json").read_text(encoding="utf-8"))["cases"]
WR2018 = Aantallen(doel=(207, 110), doelcontrole=(308, 318), rand=(178, 157), randcontrole=(150, 140))

paren = st.tuples(st.integers(0, 500), st.integers(0, 500))
achttallen = st.builds(Aantallen, paren, paren, paren, paren)


def test_the_published_example_is_minus_118_with_variance_1568():
    wdd = compute_wdd(WR2018)
    assert (wdd.totaal.schatting, wdd.totaal.variantie) == (-118, 1568)
    assert (wdd.lokaal.schatting, wdd.verplaatsing.schatting) == (-107, -11)
    assert round(wdd.totaal.z, 2) == -2.98
    assert tuple(round(grens) for grens in wdd.totaal.compute_interval()) == (-196, -40)


def test_the_published_harm_weighted_example_is_minus_1721_with_se_304_1():
    # Any parts with these sums do: weights 10 and 1, estimates −170 and −21, variances 900 and 2477.
    delen = [(10, Wdd(Deel(-170, 900), Deel(0, 0))), (1, Wdd(Deel(-20, 2400), Deel(-1, 76.81)))]
    samen = combine_wdd(delen).totaal
    assert samen.schatting == -1721
    assert samen.se == pytest.approx(304.1, abs=0.01)


def test_a_full_displacement_is_not_hidden_by_a_total_of_zero():
    wdd = compute_wdd(Aantallen(doel=(100, 60), doelcontrole=(90, 90), rand=(80, 120), randcontrole=(70, 70)))
    assert wdd.totaal.schatting == 0
    assert (wdd.lokaal.schatting, wdd.verplaatsing.schatting) == (-40, 40)


def test_dispersion_widens_the_interval_and_leaves_the_estimate():
    een, vier = compute_wdd(WR2018), compute_wdd(WR2018, phi=4)
    assert vier.lokaal.schatting == een.lokaal.schatting
    assert vier.verplaatsing.se == 2 * een.verplaatsing.se


def test_bounds_and_smallest_detectable_change_follow_from_the_standard_error():
    deel = Deel(10, 100)
    assert deel.compute_grenzen() == pytest.approx((10 - norm.ppf(0.95) * 10, 10 + norm.ppf(0.95) * 10))
    assert deel.compute_mde() == pytest.approx(24.85)
    assert Deel(0, 0).z is None
    assert Deel(0, 0).p_tweezijdig is None


@settings(max_examples=30, deadline=None)
@given(achttallen, st.floats(0.1, 9), st.floats(0.1, 9), st.floats(1, 5))
def test_swapping_target_and_comparison_flips_the_sign_only(aantallen, tijd, gebied, phi):
    om = Aantallen(aantallen.doelcontrole, aantallen.doel, aantallen.randcontrole, aantallen.rand)
    gewichten = Gebiedsgewichten(doelcontrole=gebied, doel=1, randcontrole=gebied, rand=1)
    omgekeerd = Gebiedsgewichten(doelcontrole=1, doel=gebied, randcontrole=1, rand=gebied)
    recht = compute_wdd(aantallen, Tijdgewichten(tijd, 1), gewichten, phi)
    terug = compute_wdd(om, Tijdgewichten(tijd, 1), omgekeerd, phi)
    for deel, ander in ((recht.lokaal, terug.lokaal), (recht.verplaatsing, terug.verplaatsing)):
        assert deel.schatting == pytest.approx(-ander.schatting)
        assert deel.variantie == pytest.approx(ander.variantie)
    assert recht.totaal.schatting == recht.lokaal.schatting + recht.verplaatsing.schatting
    assert recht.totaal.variantie == recht.lokaal.variantie + recht.verplaatsing.variantie


@pytest.mark.parametrize(
    ("aantallen", "tijd", "phi"),
    [
        (replace(WR2018, doel=(-1, 0)), Tijdgewichten(), 1),
        (WR2018, Tijdgewichten(0, 1), 1),
        (WR2018, Tijdgewichten(), 0.9),
        (WR2018, Tijdgewichten(float("nan"), 1), 1),
    ],
)
def test_what_is_no_count_no_weight_or_no_dispersion_is_refused(aantallen, tijd, phi):
    with pytest.raises(ValueError, match="Verwacht"):
        compute_wdd(aantallen, tijd, phi=phi)


def test_dispersion_is_pearson_around_rows_times_columns():
    # All expectations are 15 and all deviations 5: 4 × 25 / 15 over 1 degree of freedom.
    assert estimate_phi([[10, 20], [20, 10]]) == pytest.approx(100 / 15)
    assert estimate_phi([[10, 20], [20, 40]]) == 1
    assert estimate_phi([[10, 20], [20, 10], [0, 0]]) == pytest.approx(100 / 15)
    assert estimate_phi([[0, 0], [20, 10]]) is None
    assert estimate_phi(np.zeros((3, 0))) is None


def test_cells_are_four_whole_weeks_counted_back_from_the_last():
    assert compute_cellen([[9, 1, 1, 1, 1, 2, 2, 2, 2]]).tolist() == [[4, 8]]


@pytest.mark.parametrize("geval", WDQ, ids=lambda geval: geval["id"])
def test_relative_effects_equal_the_reference(geval):
    invoer = geval["input"]
    doel, rand, controle = ((invoer[f"{groep}b"], invoer[f"{groep}a"]) for groep in "RDC")
    for naam, behandeld, phi in (("res_target", doel, 1), ("res_buffer", rand, 1), ("res_target_phi2", doel, 2)):
        verwacht, res = geval[naam], compute_res(behandeld, controle, phi)
        gevonden = [res.res, res.ln_res, res.variantie, res.z, *res.compute_interval(), res.phi_coefficient]
        assert gevonden == pytest.approx([verwacht[k] for k in ("RES", "LRES", "var", "z", "lo", "hi", "phi_coef")])
        assert res.phi_coefficient**2 * sum((*behandeld, *controle)) == pytest.approx(verwacht["chi2"])


def test_a_zero_among_the_counts_adds_a_half_to_all_four():
    res = compute_res((10, 0), (8, 9))
    assert res.res == pytest.approx(10.5 * 9.5 / (0.5 * 8.5))
    assert res.variantie == pytest.approx(1 / 10.5 + 1 / 0.5 + 1 / 8.5 + 1 / 9.5)
    assert asdict(compute_res((10, 1), (8, 9)))["res"] == pytest.approx(90 / 8)


def test_the_quotient_is_shown_only_after_a_success_that_is_certain():
    geslaagd, controle = (100, 50), (100, 100)
    wdq = compute_wdq(geslaagd, (100, 150), controle)
    assert wdq.wdq == -1
    assert is_wdq_toonbaar(wdq, compute_res(geslaagd, controle))
    onzeker = (20, 15)
    assert not is_wdq_toonbaar(compute_wdq(onzeker, (10, 10), (20, 20)), compute_res(onzeker, (20, 20)))
    assert not is_wdq_toonbaar(compute_wdq((50, 100), (10, 10), controle), compute_res((50, 100), controle))


def test_the_quotient_is_none_where_it_divides_by_zero():
    assert compute_wdq((10, 10), (5, 9), (100, 100)).wdq is None
    leeg = compute_wdq((10, 5), (5, 9), (0, 100))
    assert (leeg.wdq, leeg.ne, leeg.tne, leeg.ge) == (None, None, None, 5)
