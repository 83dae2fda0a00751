"""Steps, judgements, sides of an area and trails of wishes: each rule by figures that were counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bouwstenen import PEILDATUM, build_stand
from hypothesis import given, settings
from hypothesis import strategies as st

from gebieden.analyse.oordelen import compose_oordeelzin, find_oordeel, group_oordelen
from gebieden.analyse.sporen import OP_AGENDA, Spoor, compose_spoorzin, determine_spoor, determine_wensspoor
from gebieden.domein.agendapunt import Staat
from gebieden.domein.kant import Kant, Kantsoort, is_lang_geleden
from gebieden.domein.oordeel import Bewonersoordeel, Oordeel
from gebieden.domein.stap import Stap, Stapsoort, compose_stappenzin, get_volgorde, is_over_datum
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Categorie, determine_voortgang

GISTEREN, MORGEN = PEILDATUM - timedelta(days=1), PEILDATUM + timedelta(days=1)
STAP = Stap(Stapsoort.DEELSTAP, "Iets")


def judge(oordeel: Oordeel, dag: date = GISTEREN) -> Bewonersoordeel:
    return Bewonersoordeel(oordeel, dag, "Inloopavond")


def test_a_step_is_over_its_date_from_the_day_after_until_it_is_done():
    assert not is_over_datum(replace(STAP, afgesproken=PEILDATUM), PEILDATUM)
    assert is_over_datum(replace(STAP, afgesproken=GISTEREN), PEILDATUM)
    assert not is_over_datum(replace(STAP, afgesproken=GISTEREN, gedaan_op=PEILDATUM), PEILDATUM)
    assert is_over_datum(replace(STAP, afgesproken=GISTEREN, gedaan_op=MORGEN), PEILDATUM)
    assert not is_over_datum(STAP, PEILDATUM)


def test_steps_are_counted_with_their_denominator_and_those_without_a_date_come_last():
    stappen = [
        STAP,
        replace(STAP, afgesproken=MORGEN),
        replace(STAP, afgesproken=GISTEREN),
        replace(STAP, afgesproken=GISTEREN, gedaan_op=GISTEREN),
        replace(STAP, gedaan_op=PEILDATUM),
    ]
    zin = "2 van 5 stappen gedaan, 1 over de afgesproken datum, 1 zonder datum."
    assert compose_stappenzin(stappen, PEILDATUM) == zin
    assert [s.afgesproken for s in sorted(stappen, key=get_volgorde)] == [GISTEREN, GISTEREN, MORGEN, None, None]
    assert compose_stappenzin([replace(STAP, afgesproken=MORGEN)], PEILDATUM) == "0 van 1 stap gedaan."


def test_the_last_judgement_on_or_before_the_peildatum_counts_and_none_is_not_asked():
    eerder, later = judge(Oordeel.NIET, date(2026, 4, 1)), judge(Oordeel.OPGELOST, MORGEN)
    assert find_oordeel([], PEILDATUM) is Oordeel.NIET_GEVRAAGD
    assert find_oordeel([later], PEILDATUM) is Oordeel.NIET_GEVRAAGD
    assert find_oordeel([later, judge(Oordeel.DEELS, PEILDATUM), eerder], PEILDATUM) is Oordeel.DEELS
    # Of one day, what was written down last.
    assert find_oordeel([eerder, replace(eerder, oordeel=Oordeel.DEELS)], PEILDATUM) is Oordeel.DEELS


def test_judgements_are_counted_over_the_finished_points_of_the_version_only():
    klaar = [build_stand(f"P{n}", staat=Staat.GEREALISEERD) for n in range(5)]
    klaar.append(build_stand("P5", staat=Staat.GEBORGD))
    anders = [build_stand("P6"), build_stand("P7", staat=Staat.GEREALISEERD, in_versie=False)]
    oordelen = {
        "P0": [judge(Oordeel.OPGELOST)],
        "P1": [judge(Oordeel.NIET, date(2026, 1, 1)), judge(Oordeel.OPGELOST)],
        "P2": [judge(Oordeel.DEELS)],
        "P5": [judge(Oordeel.NIET)],
        "P6": [judge(Oordeel.NIET)],
        "P7": [judge(Oordeel.NIET)],
    }
    per_oordeel = group_oordelen([*klaar, *anders], oordelen, PEILDATUM)
    assert per_oordeel[Oordeel.NIET_GEVRAAGD] == ["P3", "P4"]
    assert compose_oordeelzin(per_oordeel) == (
        "Bewoners over 6 afgeronde punten: 2 opgelost, 1 deels, 1 niet, 2 niet gevraagd."
    )
    assert determine_voortgang([*klaar, *anders], PEILDATUM).afgerond == 6


def test_without_finished_points_there_is_nothing_to_judge():
    zin = compose_oordeelzin(group_oordelen([build_stand()], {}, PEILDATUM))
    assert zin == "Er is hier nog geen punt afgerond, dus ook nog geen oordeel van bewoners daarover."


@pytest.mark.parametrize(
    ("dag", "peildatum", "is_lang"),
    [
        (date(2024, 5, 20), PEILDATUM, False),
        (date(2024, 5, 19), PEILDATUM, True),
        (date(2026, 2, 28), date(2028, 2, 29), False),
        (date(2026, 2, 27), date(2028, 2, 29), True),
    ],
)
def test_what_is_known_from_more_than_two_years_ago_is_from_long_ago(dag, peildatum, is_lang):
    kant = Kant(Kantsoort.KANS, "Iets", (Thema.HEEL,), "Schouw", dag)
    assert is_lang_geleden(kant, peildatum) is is_lang


@pytest.mark.parametrize(
    ("categorieen", "spoor"),
    [
        ("", Spoor.GEEN_PUNT),
        ("voorstel", Spoor.VOORSTEL),
        ("voorstel vervallen", Spoor.VOORSTEL),
        ("vervallen vervallen", Spoor.VERVALLEN),
        ("afgerond vervallen", Spoor.AFGEROND),
        ("afgerond wacht", Spoor.LOOPT),
        ("onbekend niet_begonnen", Spoor.LOOPT),
        ("afgerond onbekend", Spoor.ONBEKEND),
        ("afgerond voorstel", Spoor.LOOPT),
        ("onbekend voorstel", Spoor.ONBEKEND),
        ("afgerond overgedragen", Spoor.OVERGEDRAGEN),
    ],
)
def test_a_wish_is_finished_only_when_all_that_it_led_to_is(categorieen, spoor):
    assert determine_spoor([Categorie(c) for c in categorieen.split()]) is spoor


def test_a_point_that_is_not_there_is_no_point():
    assert determine_wensspoor(["P1", "P9"], {"P1": Categorie.AFGEROND}) is Spoor.AFGEROND
    assert determine_wensspoor(["P9"], {"P1": Categorie.AFGEROND}) is Spoor.GEEN_PUNT


def test_wishes_are_counted_and_the_parts_add_up():
    sporen = [Spoor.AFGEROND] * 3 + [Spoor.LOOPT] * 4 + [Spoor.GEEN_PUNT] * 5
    zin = "12 wensen: 7 op een agenda, waarvan 3 afgerond, 4 nog niet klaar; 5 nog geen punt."
    assert compose_spoorzin(sporen) == zin
    assert compose_spoorzin([Spoor.VERVALLEN]) == "1 wens: 1 vervallen."


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(Categorie), max_size=3), min_size=1, max_size=12))
def test_the_numbers_in_the_sentence_about_wishes_add_up(wensen):
    sporen = [determine_spoor(wens) for wens in wensen]
    kop, delen = compose_spoorzin(sporen).split(": ")
    getallen = []
    for deel in delen.split("; "):
        getal, _, waarvan = deel.partition(", waarvan ")
        getallen.append(int(getal.split()[0]))
        if waarvan:
            assert sum(int(d.split()[0]) for d in waarvan.split(", ")) == getallen[-1]
            assert getallen[-1] == sum(s in OP_AGENDA for s in sporen)
    assert sum(getallen) == len(wensen) == int(kop.split()[0])
