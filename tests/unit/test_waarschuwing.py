"""Warnings over weeks, the share confirmed by hand, and no percentage on a small number."""

from datetime import date, timedelta

import pytest

from gebieden.domein.beoordeling import Duiding, Duidingsoordeel
from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat, Werkwijze
from gebieden.domein.vroegzicht import Zichtbaar
from gebieden.domein.waarschuwing import (
    Oordeelstelling,
    compose_oordeelzin,
    count_oordelen,
    group_reeksen,
    join_weken,
)
from gebieden.ui.ochtendnieuws import find_vorige_werkdag

MAANDAG = date(2026, 11, 2)
WEEK = timedelta(weeks=1)


def build(gebied="A", maandag=MAANDAG, venster=4, kans=0.001, staat=Vroegstaat.SIGNAAL):
    return Zichtbaar(
        Vroegsignaal(gebied, "jeugd", maandag, venster, staat, Werkwijze.AANDEEL, 8, kans=kans), met_aantal=True
    )


def duid(gebied, maandag, oordeel):
    return gebied, Duiding(maandag, 4, "jeugd", oordeel, reden="feest")


def test_both_windows_of_a_series_are_one_warning_and_the_rarest_signal_leads():
    let_op = build(venster=1, kans=1e-9, staat=Vroegstaat.LET_OP)
    (waarschuwing,) = group_reeksen([let_op, build(kans=0.01), build(venster=1, kans=0.001)], MAANDAG)
    assert [(d.signaal.venster, d.signaal.kans) for d in waarschuwing.delen] == [(1, 0.001), (4, 0.01), (1, 1e-9)]


def test_a_warning_that_goes_on_is_one_and_after_a_week_without_it_is_another():
    weken = {MAANDAG + n * WEEK: [build(maandag=MAANDAG + n * WEEK)] for n in (0, 1, 3)}
    weken[MAANDAG + 2 * WEEK] = [build(maandag=MAANDAG + 2 * WEEK, staat=Vroegstaat.LET_OP)]
    assert [(w.begin, w.eind) for w in join_weken(weken)] == [
        (MAANDAG + 3 * WEEK, MAANDAG + 3 * WEEK),
        (MAANDAG, MAANDAG + WEEK),
    ]


def test_the_share_confirmed_counts_each_warning_once_by_the_last_thing_said_of_it():
    weken = {
        MAANDAG: [build(g) for g in "ABCD"],
        MAANDAG + WEEK: [build("A", MAANDAG + WEEK), build("E", MAANDAG + WEEK)],
    }
    gezegd = [
        duid("A", MAANDAG, Duidingsoordeel.VERWORPEN),
        duid("A", MAANDAG + WEEK, Duidingsoordeel.BEVESTIGD),
        duid("B", MAANDAG, Duidingsoordeel.VERWORPEN),
        duid("C", MAANDAG, Duidingsoordeel.GEBUNDELD),
        # Of another week: about nothing here.
        duid("D", MAANDAG + WEEK, Duidingsoordeel.BEVESTIGD),
    ]
    telling = count_oordelen(join_weken(weken), gezegd)
    assert telling == Oordeelstelling(bevestigd=1, gebundeld=1, verworpen=1, onbeoordeeld=2)
    assert compose_oordeelzin(telling) == (
        "Bevestigd of gebundeld: 2 van de 3 beoordeelde signalen. 2 signalen zijn nog niet beoordeeld."
    )


@pytest.mark.parametrize(
    ("telling", "verwacht"),
    [(Oordeelstelling(5, 1, 3), "6 van de 9 beoordeelde signalen. "), (Oordeelstelling(6, 1, 3), "signalen (70 %). ")],
)
def test_there_is_a_percentage_from_ten_on(telling, verwacht):
    assert verwacht in compose_oordeelzin(telling)


@pytest.mark.parametrize(("dag", "vorige"), [(16, 13), (15, 13), (14, 13), (17, 16)])
def test_on_monday_yesterday_is_friday(dag, vorige):
    assert find_vorige_werkdag(date(2026, 11, dag)) == date(2026, 11, vorige)
