"""The share model and the short history: figures computed by hand."""

import numpy as np
import pytest

from gebieden.analyse.aandeelmodel import Aandeelregels, determine_aandelen, predict_aandeel
from gebieden.analyse.kortehistorie import predict_kort

# Basis of week 4 are the weeks 0-3; weeks 4 and 5 are left out.
REGELS = Aandeelregels(basis_weken=4, weglaten_weken=0, min_basis_weken=1)
TELLINGEN = np.array([[[4, 0, 4, 0, 99]], [[4, 8, 4, 8, 99]]])


def _aandelen(tellingen=TELLINGEN, is_basis=None, vensters=(1, 2)):
    telt = np.ones(tellingen.shape, dtype=bool) if is_basis is None else is_basis
    return determine_aandelen(tellingen, telt, np.array([4]), vensters, REGELS)


def test_a_share_is_of_the_basis_weeks_with_half_a_report_added():
    assert _aandelen().aandeel[:, 0, 0] == pytest.approx([8.5 / 33, 24.5 / 33])


def test_phi_is_the_pooled_pearson_statistic():
    s = np.array([8.5 / 33, 24.5 / 33])
    verwacht = 8 * s
    pearson = 2 * sum((y - e) ** 2 / e for y, e in zip((4, 4), verwacht, strict=True))
    pearson += 2 * sum((y - e) ** 2 / e for y, e in zip((0, 8), verwacht, strict=True))
    assert _aandelen().phi[1][0, 0] == pytest.approx(pearson / ((2 - 1) * (4 - 1)))


def test_phi_is_never_below_one():
    # Two weeks together are always 4 against 12: no variation at all.
    assert _aandelen().phi[2][0, 0] == 1.0


def test_expectation_and_variance_follow_the_formula():
    aandelen = _aandelen(np.tile(np.array([[[5]], [[45]]]), (1, 1, 5)))
    leeg = np.full((2, 1, 1), np.nan)
    rest, se_rest = leeg.copy(), leeg.copy()
    rest[1], se_rest[1] = 6.0, 0.2
    uit = predict_aandeel(aandelen, np.array([[60.0]]), np.array([[0.1]]), rest, se_rest, 1)
    klein = 20.5 / 201 * 60
    assert uit.verwacht[0, 0, 0] == pytest.approx(klein)
    assert uit.variantie[0, 0, 0] == pytest.approx(klein + (1 / 20 + 0.1**2) * klein**2)
    # The second area is 90 % of the total, so it is compared with the rest of the municipality.
    groot = 180.5 / 20.5 * 6
    assert uit.verwacht[1, 0, 0] == pytest.approx(groot)
    assert uit.variantie[1, 0, 0] == pytest.approx(groot + (1 / 180 + 1 / 20 + 0.2**2) * groot**2)


def test_a_week_that_is_no_basis_counts_for_neither_share_nor_total():
    telt = np.ones(TELLINGEN.shape, dtype=bool)
    telt[0, 0, 1] = False
    aandeel = _aandelen(is_basis=telt).aandeel[:, 0, 0]
    assert aandeel == pytest.approx([8.5 / (24 + 1), 24.5 / 33])


def test_without_basis_there_is_no_share():
    assert np.isnan(_aandelen(is_basis=np.zeros(TELLINGEN.shape, dtype=bool)).aandeel).all()


def test_shares_of_areas_add_up_to_one():
    tellingen = np.random.default_rng(1).poisson(3, (7, 2, 5))
    assert _aandelen(tellingen).aandeel.sum(axis=0) == pytest.approx(1.0)


def test_a_short_history_expects_its_own_year_as_surveillance_does():
    tellingen = np.array([[[2, 2, 2, 2, 7]]])
    uit = predict_kort(tellingen, np.ones(tellingen.shape, dtype=bool), np.array([4]), 1, 4)
    # NB(size 8.5, prob 4/5): mean 8.5/4, variance mean/prob.
    assert uit.verwacht[0, 0, 0] == pytest.approx(8.5 / 4)
    assert uit.variantie[0, 0, 0] == pytest.approx(8.5 / 4 * 5 / 4)


def test_a_short_history_that_swings_expects_swings():
    tellingen = np.array([[[0, 4, 0, 4, 7]]])
    uit = predict_kort(tellingen, np.ones(tellingen.shape, dtype=bool), np.array([4]), 1, 4)
    # Around a mean of 2: 4 × 4 / 2 = 8, over 3 degrees of freedom.
    assert uit.phi[0, 0, 0] == pytest.approx(8 / 3)
