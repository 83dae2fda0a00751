"""Who ran a meeting and when, from its journal."""

from datetime import UTC, datetime, timedelta

from gebieden.domein.zitting import Overlegregel, Zitting, determine_zittingen

TIEN = datetime(2026, 5, 20, 10, tzinfo=UTC)


def om(minuten: int) -> datetime:
    return TIEN + timedelta(minutes=minuten)


def test_who_begins_a_meeting_runs_it_until_it_is_closed_and_who_takes_over_from_then_on():
    regels = [Overlegregel("7", om(0), False), Overlegregel("8", om(30), False), Overlegregel("7", om(60), True)]
    assert determine_zittingen(regels) == [Zitting("7", om(0), om(60)), Zitting("8", om(30), om(60))]
    een, _ = determine_zittingen(regels)
    assert [een.is_van("7", om(minuut)) for minuut in (-1, 0, 60, 61)] == [False, True, True, False]
    assert not een.is_van("8", om(10))


def test_between_closing_and_opening_again_nobody_runs_it():
    regels = [
        Overlegregel("7", om(0), False),
        Overlegregel("7", om(10), True),
        # Only its title.
        Overlegregel("9", om(15)),
        Overlegregel("8", om(20), False),
    ]
    assert determine_zittingen(regels) == [Zitting("7", om(0), om(10)), Zitting("8", om(20))]
    assert determine_zittingen([]) == []
    assert determine_zittingen([Overlegregel("7", om(0), True)]) == []


def test_who_changes_an_open_meeting_runs_it_from_then_on():
    regels = [Overlegregel("7", om(0), False), Overlegregel("9", om(5)), Overlegregel("9", om(8), False)]
    assert determine_zittingen(regels) == [Zitting("7", om(0)), Zitting("9", om(5))]
