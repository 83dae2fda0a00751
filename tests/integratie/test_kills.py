"""Killed while writing: the small version of `tests/benchmarks/kills.py`, on both databases."""

from benchmarks.kills import run


def test_what_was_confirmed_survives_a_kill_and_nothing_is_half_there(databases):
    url = databases.create()
    stand = run(url, 10)
    databases.drop(url)
    assert stand.fouten == []
    assert stand.kills == 10
    assert len(stand.bevestigd) > 5
