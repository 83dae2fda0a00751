"""EARS and the Bayes bound: surveillance's answers, and their edges."""

import numpy as np
import pytest
from weekreeksen import load_reeksen, load_verwacht, pick

from gebieden.analyse.bayes import Bayes, fit_bayes
from gebieden.analyse.ears import COMBINATIES, Ears, compute_ears

NAMEN, REEKSEN = load_reeksen()


@pytest.mark.parametrize("soort", COMBINATIES, ids=str)
def test_ears_is_surveillances(soort):
    tabel = load_verwacht("ears_expected.csv")
    tabel = tabel[
        (tabel["method"] == soort.methode)
        & (tabel["baseline"] == soort.baseline)
        & (tabel["minSigma"] == soort.min_sigma)
    ]
    uitkomst = compute_ears(REEKSEN, soort)
    np.testing.assert_allclose(uitkomst.bovengrens[:, 356:], pick(tabel, "upperbound", NAMEN), atol=1e-9)
    assert (uitkomst.alarm[:, 356:] == pick(tabel, "alarm", NAMEN)).all()


def test_ears_has_no_bound_before_its_baseline():
    for soort in COMBINATIES:
        grens = compute_ears(REEKSEN, soort).bovengrens
        assert np.isnan(grens[:, : soort.eerste_week]).all()
        assert np.isfinite(grens[:, soort.eerste_week + 20 :]).any()


def test_a_constant_series_gives_c3_nothing_to_divide_by():
    vlak = np.full((1, 30), 4)
    assert not compute_ears(vlak, Ears("C3")).alarm.any()
    assert (compute_ears(vlak, Ears("C1")).bovengrens[0, 7:] == 4).all()


@pytest.mark.parametrize(
    ("methode", "instellingen"),
    [("bayes1", Bayes()), ("bayes2", Bayes(b=1)), ("bayes3", Bayes(b=2, w=4, recent=False))],
)
def test_bayes_is_surveillances(methode, instellingen):
    tabel = load_verwacht("bayes_expected.csv")
    tabel = tabel[tabel["method"] == methode]
    uitkomst = fit_bayes(REEKSEN, range(364, 416), instellingen)
    np.testing.assert_array_equal(uitkomst.bovengrens, pick(tabel, "upperbound", NAMEN))
    assert (uitkomst.alarm == pick(tabel, "alarm", NAMEN)).all()


def test_bayes_by_hand_and_without_weeks():
    # Reference weeks 1, 0, 2 of which the 2 is excluded: size 1.5, prob 2/3, P(Y >= 1) = 1 - (2/3)^1.5.
    reeks = np.array([[1, 0, 2, 1]])
    uitgesloten = np.array([[False, False, True, False]])
    uitkomst = fit_bayes(reeks, [3, 2], Bayes(w=3), uitgesloten)
    assert uitkomst.p[0, 0] == pytest.approx(1 - (2 / 3) ** 1.5)
    assert uitkomst.verwacht[0, 0] == pytest.approx(0.75)
    assert np.isnan(uitkomst.p[0, 1])
    assert np.isnan(fit_bayes(reeks, [3], Bayes(w=3), np.ones((1, 4), dtype=bool)).p).all()
