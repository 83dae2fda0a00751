"""Which weeks are compared: the same calendar weeks, not those that led to the aanpak, week 53 with week 53 only."""

from datetime import date, timedelta

import pytest

from gebieden.analyse.aanpakperiode import Perioderegel, check_weken, pair_weken, select_perioden, select_voor


def _weken(eerste: date, aantal: int) -> list[date]:
    return [eerste + timedelta(weeks=n) for n in range(aantal)]


def test_before_is_the_same_calendar_weeks_of_each_previous_year():
    weken = _weken(date(2022, 1, 3), 150)
    perioden = select_perioden(weken, date(2024, 9, 4), Perioderegel(3, jaren=2))
    assert [weken[n].isocalendar()[:2] for n in perioden.na] == [(2024, 36), (2024, 37), (2024, 38)]
    assert [weken[n].isocalendar()[:2] for n in perioden.voor] == [
        (jaar, week) for jaar in (2022, 2023) for week in (36, 37, 38)
    ]


def test_week_53_has_no_counterpart_in_a_year_without_one_and_is_left_out():
    paren = pair_weken(date(2020, 12, 21), Perioderegel(3))
    assert [w.isocalendar()[:2] for w in paren.weggelaten] == [(2020, 53)]
    assert {na.isocalendar()[:2]: voor[0].isocalendar()[:2] for na, voor in paren.paren.items()} == {
        (2020, 52): (2019, 52),
        (2021, 1): (2020, 1),
    }


def test_a_week_53_of_last_year_stands_for_no_other_week():
    paren = pair_weken(date(2021, 12, 20), Perioderegel(4))
    assert (2020, 53) not in {week.isocalendar()[:2] for eerder in paren.paren.values() for week in eerder}
    assert len(paren.paren) == 4


def test_the_weeks_that_led_to_it_are_never_compared_with():
    paren = pair_weken(date(2024, 9, 2), Perioderegel(52, aanleiding=10))
    laatste = max(week for eerder in paren.paren.values() for week in eerder)
    assert laatste < date(2024, 9, 2) - timedelta(weeks=10)
    assert (len(paren.paren), len(paren.weggelaten)) == (42, 10)


def test_a_proposal_can_be_made_before_the_weeks_after_are_there():
    weken = _weken(date(2023, 1, 2), 80)
    start = weken[-1] + timedelta(weeks=1)
    assert select_perioden(weken, start, Perioderegel(8)) is None
    assert len(select_voor(weken, start, Perioderegel(8))) == 8
    assert select_voor(weken, start, Perioderegel(8, jaren=2)) is None


def test_a_missing_week_and_an_impossible_rule_are_refused():
    with pytest.raises(ValueError, match="zonder gat"):
        check_weken([date(2024, 1, 1), date(2024, 1, 15)])
    with pytest.raises(ValueError, match="maandag"):
        check_weken([date(2024, 1, 2)])
    with pytest.raises(ValueError, match="8 tot en met 26"):
        Perioderegel(8, aanleiding=7)
