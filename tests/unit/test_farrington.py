"""Farrington Flexible: R's answers to the bit that matters, and what no answer file can show."""

import json

import numpy as np
import pytest
from weekreeksen import REFERENTIE, load_reeksen, load_verwacht, pick

from gebieden.analyse.farrington import Farrington, fit_farrington
from gebieden.analyse.nbstaart import bound_predictive, spread_eta, tail_nb, tail_predictive
from gebieden.analyse.ontwerp import build_ontwerp
from gebieden.domein.fouten import InvoerError

NAMEN, REEKSEN = load_reeksen()
ANTWOORDEN = load_verwacht("farrington_flexible_expected.csv")
STELLEN = json.loads((REFERENTIE / "farrington_flexible_config.json").read_text(encoding="utf-8"))["configs"]
WEKEN = range(312, 416)


def _build(stel: dict, **anders) -> Farrington:
    velden = {k: v for k, v in stel.items() if k not in {"thresholdMethod", "powertrans"}}
    velden["limit54"] = tuple(stel["limit54"])
    return Farrington(**(velden | {"methode": stel["thresholdMethod"]} | anders))


@pytest.mark.parametrize("naam", STELLEN)
def test_r_compat_answers_as_r_does(naam):
    verwacht = ANTWOORDEN[ANTWOORDEN["config"] == naam]
    uitkomst = fit_farrington(REEKSEN, WEKEN, _build(STELLEN[naam], r_compat=True))
    marge = 1e-6 if STELLEN[naam]["thresholdMethod"] == "delta" else 0
    np.testing.assert_allclose(uitkomst.bovengrens, pick(verwacht, "upperbound", NAMEN), rtol=0, atol=marge)
    assert (uitkomst.alarm == pick(verwacht, "alarm", NAMEN)).all()
    assert (uitkomst.trend_gebruikt == pick(verwacht, "trend_used", NAMEN)).all()
    np.testing.assert_allclose(uitkomst.phi, pick(verwacht, "phi", NAMEN), atol=1e-9)
    np.testing.assert_allclose(uitkomst.p, pick(verwacht, "pvalue", NAMEN), atol=1e-9)
    er_is_grens = ~np.isnan(uitkomst.bovengrens)
    np.testing.assert_allclose(
        uitkomst.verwacht[er_is_grens], pick(verwacht, "expected", NAMEN)[er_is_grens], atol=1e-9
    )


def test_production_is_rs_glm_without_the_slip():
    juist = load_verwacht("farrington_juist_expected.csv")
    uitkomst = fit_farrington(REEKSEN, WEKEN)
    assert (uitkomst.trend_gebruikt == pick(juist, "trend_used", NAMEN)).all()
    for kolom in ("eta", "se_eta", "phi"):
        np.testing.assert_allclose(getattr(uitkomst, kolom), pick(juist, kolom, NAMEN), atol=1e-6)


def test_production_and_r_differ_in_a_known_set_of_trends():
    van_r = ANTWOORDEN[ANTWOORDEN["config"] == "ff_noufaily_nb"]
    uitkomst = fit_farrington(REEKSEN, WEKEN, _build(STELLEN["ff_noufaily_nb"]))
    assert pick(van_r, "trend_used", NAMEN).sum() == 228
    assert uitkomst.trend_gebruikt.sum() == 62


def test_a_series_gets_the_same_bits_alone_as_in_a_batch_and_in_any_order():
    samen = fit_farrington(REEKSEN, [300, 350, 400])
    omgekeerd = fit_farrington(REEKSEN[::-1], [400, 300, 350])
    alleen = fit_farrington(REEKSEN[1:2], [350])
    for veld in ("eta", "se_eta", "phi", "p", "bovengrens"):
        waarden = getattr(samen, veld)
        np.testing.assert_array_equal(waarden[:, [2, 0, 1]], getattr(omgekeerd, veld)[::-1])
        np.testing.assert_array_equal(waarden[1:2, 1:2], getattr(alleen, veld))


def test_the_input_stays_and_the_future_does_not_count():
    reeksen = REEKSEN.copy()
    voor = fit_farrington(reeksen, [330])
    np.testing.assert_array_equal(reeksen, REEKSEN)
    reeksen[:, 331:] += 100
    np.testing.assert_array_equal(fit_farrington(reeksen, [330]).p, voor.p)


def test_progress_ends_at_the_whole():
    gemeld: list[float] = []
    fit_farrington(REEKSEN, range(263, 416), melder=gemeld.append)
    fit_farrington(np.repeat(REEKSEN, 7, axis=0), range(300, 416), Farrington(noPeriods=1), melder=gemeld.append)
    assert gemeld[0] == 1
    assert len(gemeld) == 3 and gemeld[1] < gemeld[2] == 1


def test_there_is_no_outcome_without_a_whole_baseline():
    uitkomst = fit_farrington(REEKSEN, [262, 263])
    assert np.isnan(uitkomst.verwacht[:, 0]).all()
    assert np.isfinite(uitkomst.verwacht[:, 1]).all()
    assert not uitkomst.alarm[:, 0].any()


def test_an_excluded_week_counts_for_nothing_and_too_many_leave_no_outcome():
    uitgesloten = np.zeros(REEKSEN.shape, dtype=bool)
    uitgesloten[:, 140:170] = True
    geknoeid = REEKSEN.copy()
    geknoeid[:, 140:170] = 10_000
    schoon = fit_farrington(REEKSEN, [400], uitgesloten=uitgesloten)
    vuil = fit_farrington(geknoeid, [400], uitgesloten=uitgesloten)
    np.testing.assert_array_equal(schoon.p, vuil.p)
    uitgesloten[:, 100:300] = True
    assert np.isnan(fit_farrington(REEKSEN, [400], uitgesloten=uitgesloten).p).all()


def test_under_five_in_four_weeks_there_is_no_bound_and_no_alarm():
    reeks = np.zeros((1, 300), dtype=int)
    reeks[0, 299] = 4
    stil = fit_farrington(reeks, [299])
    assert np.isnan(stil.bovengrens).all() and not stil.alarm.any()
    reeks[0, 298] = 1
    luid = fit_farrington(reeks, [299])
    assert luid.alarm.all() and luid.bovengrens[0, 0] < 4


def test_a_season_without_a_case_expects_half_a_case_in_all_its_weeks():
    # b=1, w=3, one block: weeks t-49..t-55 and, with 3 weeks left out, none of this year: 7 weeks.
    reeks = np.zeros((1, 60), dtype=int)
    uitkomst = fit_farrington(reeks, [59], Farrington(b=1, noPeriods=1, pastWeeksNotIncluded=None))
    assert uitkomst.verwacht[0, 0] == pytest.approx(0.5 / 7)
    assert uitkomst.p[0, 0] == 1


def test_a_flat_series_without_season_or_trend_expects_its_mean():
    # 35 reference weeks: 30 × 2, and 5 × 9 that weigh less than the others after one reweighting.
    rustig = np.full((1, 320), 2)
    instellingen = Farrington(noPeriods=1, reweight=False, trend=False)
    assert fit_farrington(rustig, [319], instellingen).verwacht[0, 0] == pytest.approx(2)
    rustig[0, 319 - 52 - 3 : 319 - 52 + 2] = 9
    assert fit_farrington(rustig, [319], instellingen).verwacht[0, 0] == pytest.approx((30 * 2 + 5 * 9) / 35)
    met_weging = fit_farrington(rustig, [319], Farrington(noPeriods=1, trend=False, weightsThreshold=1)).verwacht[0, 0]
    assert 2 < met_weging < (30 * 2 + 5 * 9) / 35


def test_the_alarm_is_the_same_as_a_small_p():
    uitkomst = fit_farrington(REEKSEN, range(263, 416), Farrington(alpha=0.02, limit54=(0, 4)))
    assert (uitkomst.alarm == (uitkomst.p <= 0.02)).all()
    assert uitkomst.alarm.sum() > 3


def test_uncertainty_of_the_mean_makes_a_count_less_rare():
    phi = np.array([1.0, 1.5])
    gemiddeld = tail_predictive([12.0, 12.0], spread_eta(np.log([5.0, 5.0]), [0.2, 0.2]), phi)
    assert (gemiddeld > tail_nb(12, 5, phi)).all()


def test_tails_and_bounds_by_hand():
    # Poisson(2): P(Y >= 3) = 1 - 5 e^-2. NB with mean 1, variance 2 is geometric with 1/2: P(Y >= k) = 2^-k.
    assert tail_nb(3, 2, 1) == pytest.approx(1 - 5 * np.exp(-2))
    np.testing.assert_allclose(tail_nb([0, 1, 4], 1, 2), [1, 0.5, 1 / 16])
    # P(Y > 3) = 1/16 > .05 >= P(Y > 4) = 1/32.
    assert bound_predictive(np.array([[1.0]]), np.array([2.0]), 0.05) == [4]


def test_the_blocks_of_the_season_are_rs():
    ontwerp = build_ontwerp(5, 3, 10, 26, 52)
    lengtes = np.bincount(ontwerp.blok)
    # 45 weeks between windows in 9 blocks of 5; windows of 7; of the newest gap (weeks 4..48 back) the last 26 are out.
    assert lengtes.sum() == 5 * 52 - 26 + 3
    assert lengtes[-1] == 5 * 7
    assert (ontwerp.terug > 26).all() and ontwerp.terug.max() == 263


@pytest.mark.parametrize("stel", [{"noPeriods": 50}, {"b": 1, "pastWeeksNotIncluded": 100}, {"limit54": (5, 300)}])
def test_settings_that_leave_nothing_are_refused_in_dutch(stel):
    with pytest.raises(InvoerError, match=r"Neem|Kies"):
        fit_farrington(REEKSEN, [400], Farrington(**stel))


def test_a_week_outside_the_series_is_an_error():
    with pytest.raises(ValueError, match=r"0\.\.415"):
        fit_farrington(REEKSEN, [416])
