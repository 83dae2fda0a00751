"""Completeness of the newest weeks, learnt from deliveries."""

import numpy as np
import pytest

from gebieden.analyse.volledigheid import Volledigheidsregels, learn_volledigheid, mark_onvolledig

MAANDAGEN = np.datetime64("2026-01-05") + 7 * np.arange(40)
# Deliveries on Mondays: of the week just over 60 %, a week later 95 %, then all.
DEEL = np.array([0.6, 0.95, 1.0])


def _leveringen(aantal: int = 40, per_week: int = 100):
    leverdagen = MAANDAGEN + 7
    standen = np.zeros((40, 40), dtype=int)
    for d in range(40):
        for w in range(d + 1):
            standen[d, w] = round(per_week * DEEL[min(d - w, 2)])
    return leverdagen[-aantal:], standen[-aantal:]


def test_the_share_that_is_there_is_learnt_per_age():
    geleerd = learn_volledigheid(*_leveringen(), MAANDAGEN)
    assert geleerd.is_geleerd
    assert geleerd.vanaf_dagen == 8
    assert geleerd.estimate_aandeel([0, 1, 7, 8, 40])[1:] == pytest.approx([0.6, 0.6, 0.95, 1.0])
    assert np.isnan(geleerd.estimate_aandeel([0])[0])


def test_a_stricter_demand_waits_longer():
    geleerd = learn_volledigheid(*_leveringen(), MAANDAGEN, Volledigheidsregels(aandeel=0.99))
    assert geleerd.vanaf_dagen == 15


def test_a_young_week_is_held_back_and_a_running_one_always():
    geleerd = learn_volledigheid(*_leveringen(), MAANDAGEN)
    gehouden = mark_onvolledig(MAANDAGEN, MAANDAGEN[-1], geleerd)
    # On the Monday of the last week: that week runs, the one before is a day old.
    assert gehouden.tolist() == [False] * 38 + [True, True]


def test_with_few_deliveries_the_setting_holds():
    geleerd = learn_volledigheid(*_leveringen(7), MAANDAGEN, Volledigheidsregels(dagen_onbekend=21))
    assert (geleerd.is_geleerd, geleerd.vanaf_dagen) == (False, 21)
    assert mark_onvolledig(MAANDAGEN, MAANDAGEN[-1], geleerd).sum() == 4


def test_the_order_of_deliveries_does_not_matter():
    leverdagen, standen = _leveringen()
    anders = learn_volledigheid(leverdagen[::-1], standen[::-1], MAANDAGEN)
    assert anders.aandelen.tolist() == learn_volledigheid(leverdagen, standen, MAANDAGEN).aandelen.tolist()


def test_shapes_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="per levering"):
        learn_volledigheid(MAANDAGEN, np.zeros((3, 4), dtype=int), MAANDAGEN)
