"""The scan over the weeks of a panel: what rises across a border is found, what is not whole is left out."""

from datetime import date, timedelta

import numpy as np
import pytest

from gebieden.analyse.clusterweek import build_scanweken, measure_weken, scan_week
from gebieden.analyse.scanijking import calibrate
from gebieden.analyse.weekpanel import build_weekpanel

WEKEN, GEBIEDEN = 330, 16
CODES = [f"BU{n:08d}" for n in range(GEBIEDEN)]
PLEKKEN = {code: (1000.0 * (n % 4), 1000.0 * (n // 4)) for n, code in enumerate(CODES)}
MAANDAGEN = [date(2020, 1, 6) + timedelta(weeks=n) for n in range(WEKEN)]


@pytest.fixture(scope="module")
def tellingen():
    aantal = np.random.default_rng(7).poisson(1.0, (GEBIEDEN, 1, WEKEN))
    # Four neighbours in a corner, for three weeks.
    aantal[[0, 1, 4, 5], :, -3:] += 3
    return aantal


def build(tellingen, **meer):
    buurten = build_weekpanel("buurt", CODES, ["jeugd"], MAANDAGEN, tellingen, **meer)
    gemeente = build_weekpanel("gemeente", ["GM"], ["jeugd"], MAANDAGEN, tellingen.sum(axis=0, keepdims=True), **meer)
    return buurten, gemeente


def test_neighbours_that_rise_together_are_one_cluster(tellingen):
    (week,) = build_scanweken(*build(tellingen), PLEKKEN, [WEKEN - 1])
    # The expectation is one a week, from the weeks before the rise.
    assert week["jeugd"].verwacht == pytest.approx(np.ones((GEBIEDEN, 4)), abs=0.45)
    cluster = scan_week(week, {})["jeugd"][0]
    assert set(cluster.leden) == {CODES[n] for n in (0, 1, 4, 5)}
    assert cluster.weken == 3


def test_weeks_before_it_find_nothing_and_set_the_threshold(tellingen):
    weken = build_scanweken(*build(tellingen), PLEKKEN, range(WEKEN - 12, WEKEN - 4))
    maxima = [week["jeugd"] for week in measure_weken(weken)]
    assert sum(m.p <= 0.01 for m in maxima) <= 1
    ijking = calibrate([m.llr for m in maxima], [m.p for m in maxima])
    (week,) = build_scanweken(*build(tellingen), PLEKKEN, [WEKEN - 1])
    assert scan_week(week, {"jeugd": ijking})["jeugd"][0].boven_drempel is True
    hoog = type(ijking)(10_000.0, 0.0, 8)
    assert scan_week(week, {"jeugd": hoog}) == {}


def test_a_week_that_is_not_whole_or_a_short_history_is_not_searched(tellingen):
    onvolledig = np.arange(WEKEN) == WEKEN - 2
    assert build_scanweken(*build(tellingen, onvolledig=onvolledig), PLEKKEN, [WEKEN - 1]) == [{}]
    assert build_scanweken(*build(tellingen), PLEKKEN, [30]) == [{}]
    assert build_scanweken(*build(tellingen), {}, [WEKEN - 1]) == [{}]
