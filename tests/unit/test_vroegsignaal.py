"""Early warning: chances, Benjamini & Hochberg, states, and the same bytes for the same week."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from gebieden.analyse.farrington import fit_farrington
from gebieden.analyse.telverdeling import Voorspelling, adjust_bh
from gebieden.analyse.vroegsignaal import STATEN, judge_weken, list_vroegsignalen
from gebieden.analyse.weekbeeld import compose_weekbeeld, serialise_weekbeeld
from gebieden.analyse.weekpanel import build_weekpanel
from gebieden.domein.vroegsignaal import Vroegstaat, Werkwijze

BH_GEVAL = Path(__file__).parents[1] / "referentie" / "padjust_BH1995_expected.csv"
EERSTE = np.datetime64("2018-01-01")
WEKEN = 300
NU = WEKEN - 1


def _tellingen() -> np.ndarray:
    return np.random.default_rng(7).poisson(np.array([0.4, 2.0])[None, :, None], (6, 2, WEKEN))


def _panel(tellingen: np.ndarray, niveau: str = "buurt", **opties):
    codes = [f"BU{n}" for n in range(len(tellingen))]
    namen = ["afval", "jeugd"][: tellingen.shape[1]]
    return build_weekpanel(niveau, codes, namen, EERSTE + 7 * np.arange(tellingen.shape[2]), tellingen, **opties)


def _staat(oordelen, gebied: str, categorie: str = "jeugd", venster: int = 4) -> Vroegstaat:
    week = int(oordelen.weken[-1])
    (gevonden,) = (
        s
        for s in list_vroegsignalen(oordelen, week)
        if (s.gebied, s.categorie, s.venster) == (gebied, categorie, venster)
    )
    return gevonden.staat


def _voorspelling(verwacht: float, variantie: float, phi: float) -> Voorspelling:
    return Voorspelling(*(np.array([a]) for a in (verwacht, variantie, phi, 0.0)))


def test_chances_are_those_of_the_negative_binomial():
    model = _voorspelling(5.0, 6.5, 1.3)
    assert model.compute_kans(18)[0] == pytest.approx(nbinom(5 / 0.3, 1 / 1.3).sf(17))
    assert _voorspelling(5.0, 5.0, 1.0).compute_kans(9)[0] == pytest.approx(poisson(5).sf(8))
    assert model.compute_kans(0)[0] == 1.0


def test_what_is_usual_is_the_central_95_percent():
    laag, hoog = _voorspelling(5.0, 6.5, 1.3).find_gebruikelijk()
    assert (laag[0], hoog[0]) == nbinom(5 / 0.3, 1 / 1.3).interval(0.95)


def test_the_alarm_number_is_the_smallest_that_is_rare_enough():
    # statistiek.md section 8: phi 1.3, p <= .0003, 80 % power; expected 5 gives an alarm from 18.
    verwacht = np.array([1.0, 2, 5, 10, 20, 40])
    model = Voorspelling(verwacht, 1.3 * verwacht, np.full(6, 1.3), np.zeros(6))
    vanaf = model.find_aantal(0.0003)
    assert vanaf[2] == 18
    assert (model.compute_kans(vanaf) <= 0.0003).all()
    assert (model.compute_kans(vanaf - 1) > 0.0003).all()
    assert model.find_factor(vanaf) == pytest.approx([12, 7, 4.5, 3.1, 2.4, 1.95], rel=0.03)
    assert model.compute_trefkans(vanaf, model.find_factor(vanaf)) == pytest.approx(0.8)


def test_adjusted_chances_are_those_of_r():
    rijen = list(csv.DictReader(BH_GEVAL.read_text(encoding="utf-8").splitlines()))
    kansen = np.array([float(rij["p"]) for rij in rijen])
    bijgesteld, aanvaard, grens = adjust_bh(np.append(kansen, np.nan), 0.05)
    assert bijgesteld[:-1] == pytest.approx([float(rij["BH"]) for rij in rijen], abs=1e-12)
    assert (aanvaard.sum(), np.isnan(bijgesteld[-1])) == (4, True)
    # Four of fifteen accepted: a fifth would be from 5 × .05/15.
    assert (grens[0], grens[-2]) == pytest.approx((4 * 0.05 / 15, 5 * 0.05 / 15))


def test_no_family_no_verdict():
    bijgesteld, aanvaard, _ = adjust_bh(np.full(3, np.nan), 0.1)
    assert np.isnan(bijgesteld).all()
    assert not aanvaard.any()


def test_a_rise_in_one_buurt_is_a_signaal_and_a_rise_everywhere_is_one_of_the_gemeente():
    een, overal = _tellingen(), _tellingen()
    een[3, 1, -4:] += 9
    overal[:, 1, -4:] *= 4
    assert _staat(judge_weken(_panel(een), [NU]), "BU3") is Vroegstaat.SIGNAAL
    gemeente = judge_weken(_panel(overal.sum(axis=0, keepdims=True), "gemeente"), [NU])
    assert _staat(gemeente, "BU0") is Vroegstaat.SIGNAAL


def test_farrington_judges_the_larger_levels_itself():
    tellingen = _tellingen()
    oordeel = judge_weken(_panel(tellingen, "wijk"), [NU]).vensters[1]
    zelf = fit_farrington(tellingen.reshape(12, -1), [NU])
    bekend = np.isfinite(oordeel.kans)
    assert oordeel.kans[bekend] == pytest.approx(zelf.p.reshape(6, 2, 1)[bekend])
    assert bekend[:, 1].all()


def test_one_more_report_than_needed_is_accepted_and_fewer_are_not():
    tellingen = _tellingen()
    deel = judge_weken(_panel(tellingen), [NU]).vensters[1]
    for gebied in range(3):
        vanaf = int(deel.alarm_vanaf[gebied, 1, 0])
        proef = tellingen.copy()
        proef[gebied, 1, NU] = vanaf
        assert _staat(judge_weken(_panel(proef), [NU]), f"BU{gebied}", venster=1) is Vroegstaat.SIGNAAL
        proef[gebied, 1, NU] = vanaf - 1
        assert _staat(judge_weken(_panel(proef), [NU]), f"BU{gebied}", venster=1) is not Vroegstaat.SIGNAAL


def test_short_histories_are_said():
    tellingen = _tellingen()
    weg = slice(None), slice(None)
    for jaren, verwacht in ((0.9, Werkwijze.GEEN), (2, Werkwijze.KORTE_HISTORIE), (3.2, Werkwijze.AANDEEL)):
        panel = _panel(tellingen[(*weg, slice(WEKEN - int(jaren * 52), None))])
        week = len(panel.maandagen) - 1
        gevonden = {s.werkwijze for s in list_vroegsignalen(judge_weken(panel, [week]), week) if s.categorie == "jeugd"}
        assert gevonden == {verwacht}


def test_reports_before_a_long_silence_are_no_history():
    tellingen = _tellingen()
    tellingen[..., 10:-50] = 0
    oordeel = judge_weken(_panel(tellingen), [NU])
    assert {s.staat for s in list_vroegsignalen(oordeel, NU)} == {Vroegstaat.TE_WEINIG_GEGEVENS}


def test_a_silence_that_is_in_the_register_leaves_the_history_whole():
    tellingen = _tellingen()
    tellingen[..., 240:260] = 0
    uit = [(range(6), range(2), range(240, 260))]
    zonder, met = (judge_weken(_panel(tellingen, uitsluitingen=u), [NU]) for u in ((), uit))
    assert _staat(zonder, "BU1") is Vroegstaat.TE_WEINIG_GEGEVENS
    assert _staat(met, "BU1") in (Vroegstaat.NORMAAL, Vroegstaat.LET_OP)


def test_an_incomplete_week_is_not_judged_and_not_counted():
    onvolledig = np.arange(WEKEN) == NU
    oordeel = judge_weken(_panel(_tellingen(), onvolledig=onvolledig), [NU])
    signalen = list_vroegsignalen(oordeel, NU)
    assert {(s.staat, s.waargenomen, s.kans) for s in signalen} == {(Vroegstaat.GEGEVENS_ONVOLLEDIG, None, None)}


def test_a_break_makes_one_area_short_of_history_only():
    uit = [([2], [0, 1], list(range(WEKEN - 30)))]
    oordeel = judge_weken(_panel(_tellingen(), uitsluitingen=uit), [NU])
    assert _staat(oordeel, "BU2") is Vroegstaat.TE_WEINIG_GEGEVENS
    assert _staat(oordeel, "BU1") in (Vroegstaat.NORMAAL, Vroegstaat.LET_OP)


def test_few_expected_reports_are_too_few_data():
    tellingen = _tellingen()
    tellingen[0] = 0
    tellingen[0, :, 5] = 1
    assert _staat(judge_weken(_panel(tellingen), [NU]), "BU0") is Vroegstaat.TE_WEINIG_GEGEVENS


def test_a_warning_below_five_reports_is_marked():
    tellingen = _tellingen()
    tellingen[2, 0, -4:] = (0, 0, 0, 4)
    (signaal,) = (
        s
        for s in list_vroegsignalen(judge_weken(_panel(tellingen), [NU]), NU)
        if (s.gebied, s.categorie, s.venster) == ("BU2", "afval", 1)
    )
    assert (signaal.waargenomen, signaal.is_toonbaar) == (4, False)


def test_the_same_week_is_the_same_bytes_in_any_order_and_the_input_stays():
    tellingen = _tellingen()
    tellingen[3, 1, -4:] += 9
    eerder = tellingen.copy()
    beeld = serialise_weekbeeld(compose_weekbeeld(judge_weken(_panel(tellingen), [NU]), NU))
    assert (tellingen == eerder).all()
    orde = [4, 2, 0, 5, 1, 3]
    maandagen = EERSTE + 7 * np.arange(WEKEN)
    ander = build_weekpanel("buurt", [f"BU{n}" for n in orde], ["jeugd", "afval"], maandagen, tellingen[orde][:, ::-1])
    assert serialise_weekbeeld(compose_weekbeeld(judge_weken(ander, [NU]), NU)) == beeld
    veel = judge_weken(_panel(tellingen), range(NU - 5, WEKEN))
    assert serialise_weekbeeld(compose_weekbeeld(veel, NU)) == beeld
    tellingen[0, 0, 0] += 1
    assert _panel(tellingen).invoer_sha256 != _panel(eerder).invoer_sha256


def test_states_add_up_and_progress_ends_at_the_end():
    stappen = []
    oordelen = judge_weken(_panel(_tellingen()), range(NU - 20, WEKEN), voortgang=lambda *deel: stappen.append(deel))
    for deel in oordelen.vensters.values():
        getoetst = np.isin(deel.staat, [STATEN.index(s) for s in ("signaal", "let_op", "normaal")])
        assert (getoetst.sum(axis=(0, 1)) == deel.reeksen).all()
    assert stappen == [(13, 24), (24, 24)]


def test_week_53_is_a_week_of_its_own():
    panel = _panel(_tellingen())
    week = panel.find_week(date(2020, 12, 28))
    assert panel.find_week(date(2021, 1, 4)) == week + 1
    with pytest.raises(ValueError, match="2021-01-05"):
        panel.find_week(date(2021, 1, 5))


@pytest.mark.parametrize(
    ("codes", "stap", "waarde", "woord"),
    [
        (("a", "a"), 7, 1, "één keer"),
        (("a", "b"), 14, 1, "opeenvolgende"),
        (("a", "b"), 7, -1, "0 of meer"),
        (("a", "b"), 7, 0.5, "hele"),
        (("a",), 7, 1, "per gebied"),
    ],
)
def test_counts_that_make_no_sense_are_refused(codes, stap, waarde, woord):
    with pytest.raises(ValueError, match=woord):
        build_weekpanel("wijk", codes, ["x"], EERSTE + stap * np.arange(3), np.full((2, 1, 3), waarde))
