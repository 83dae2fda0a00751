"""The tree of areas: what contains what, on which date."""

from datetime import date

import pytest
from bouwstenen import (
    DORP,
    DWARS,
    GEMEENTE,
    NOORD,
    NOORD_A,
    NOORD_B,
    PEILDATUM,
    ZUID,
    ZUID_A,
    ZUID_B,
    build_boom,
    build_gebieden,
)

from gebieden.domein.gebied import Gebied, build_gebiedsboom


def test_a_buurt_lies_in_its_wijk_its_gemeente_and_every_set_that_holds_it():
    assert build_boom().get_houders(NOORD_A) == {NOORD_A, NOORD, GEMEENTE, DWARS}


def test_a_wijk_that_an_indeling_cuts_lies_not_in_it_and_it_not_in_the_wijk():
    boom = build_boom()
    assert boom.get_houders(NOORD) == {NOORD, GEMEENTE}
    assert boom.get_houders(DWARS) == {DWARS, GEMEENTE}


def test_areas_of_the_same_buurten_contain_each_other():
    boom = build_boom()
    assert boom.bevat(DORP, ZUID_B)
    assert boom.bevat(ZUID_B, DORP)
    assert boom.get_houders(DORP) == {DORP, ZUID_B, ZUID, GEMEENTE}


def test_a_set_of_whole_wijken_contains_those_wijken():
    alles = Gebied("GB09", "Alles", "gebied", frozenset({NOORD_A, NOORD_B, ZUID_A}))
    boom = build_gebiedsboom([*build_gebieden(), alles], PEILDATUM)
    assert boom.bevat("GB09", NOORD)
    assert not boom.bevat("GB09", ZUID)
    assert boom.bevat(GEMEENTE, "GB09")


def test_a_file_with_buurten_only_still_has_a_gemeente():
    boom = build_gebiedsboom(build_gebieden(NOORD_A, ZUID_A), PEILDATUM)
    assert set(boom.gebieden) == {GEMEENTE, NOORD_A, ZUID_A}
    assert boom.get_houders(NOORD_A) == {NOORD_A, GEMEENTE}
    assert boom.get_onderdelen(GEMEENTE) == build_gebieden(NOORD_A, ZUID_A)


def test_a_file_with_wijken_only_knows_by_code_that_they_lie_in_the_gemeente():
    boom = build_gebiedsboom(build_gebieden(GEMEENTE, NOORD, ZUID), PEILDATUM)
    assert boom.get_houders(NOORD) == {NOORD, GEMEENTE}
    assert not boom.bevat(NOORD, GEMEENTE)


def test_a_wijk_and_a_buurt_of_one_name_are_two_areas():
    mare = [Gebied("WK036107", "De Mare", "wijk"), Gebied("BU03610701", "De Mare", "buurt")]
    boom = build_gebiedsboom([*mare, Gebied("BU03610702", "Rand", "buurt")], PEILDATUM)
    assert boom.get_houders("WK036107") == {"WK036107", GEMEENTE}
    assert boom.get_houders("BU03610701") == {"BU03610701", "WK036107", GEMEENTE}


@pytest.mark.parametrize(
    ("peildatum", "geldig"),
    [(date(2024, 12, 31), False), (date(2025, 1, 1), True), (date(2025, 12, 31), True), (date(2026, 1, 1), False)],
)
def test_an_area_holds_from_its_first_day_until_the_day_it_ends(peildatum, geldig):
    tijdelijk = Gebied("GB07", "Tijdelijk", "gebied", frozenset({NOORD_A}), date(2025, 1, 1), date(2026, 1, 1))
    assert tijdelijk.is_geldig_op(peildatum) is geldig
    assert ("GB07" in build_gebiedsboom([*build_gebieden(), tijdelijk], peildatum).gebieden) is geldig


def test_of_two_forms_of_one_code_the_one_of_the_peildatum_counts():
    oud = Gebied("GB07", "Oud", "gebied", frozenset({NOORD_A}), None, date(2026, 1, 1))
    nieuw = Gebied("GB07", "Nieuw", "gebied", frozenset({ZUID_A}), date(2026, 1, 1))
    gebieden = [*build_gebieden(), oud, nieuw]
    assert build_gebiedsboom(gebieden, date(2025, 12, 31)).get_houders(NOORD_A) >= {"GB07"}
    boom = build_gebiedsboom(gebieden, date(2026, 1, 1))
    assert "GB07" not in boom.get_houders(NOORD_A)
    assert "GB07" in boom.get_houders(ZUID_A)


def test_an_area_that_ended_is_not_in_the_tree_but_still_lies_in_what_contains_it():
    buurt = Gebied("BU03610109", "Opgeheven", "buurt", geldig_tot=date(2026, 1, 1))
    gebied = Gebied("GB08", "Opgeheven", "gebied", frozenset({NOORD_A, NOORD_B}), geldig_tot=date(2026, 1, 1))
    boom = build_gebiedsboom([*build_gebieden(), buurt, gebied], PEILDATUM)
    assert boom.get_houders("BU03610109") == {NOORD, GEMEENTE}
    assert boom.get_houders("GB08") == {NOORD, GEMEENTE}
    assert "GB08" not in boom.get_houders(NOORD_A)


def test_an_unknown_area_lies_nowhere():
    assert build_boom().get_houders("WK999999") == frozenset()


def test_levels_go_from_large_to_small_and_areas_of_a_level_by_name():
    boom = build_boom()
    assert boom.get_niveaus() == ["gemeente", "gebied", "wijk", "dorp", "buurt"]
    assert [g.naam for g in boom.filter_niveau("buurt")] == ["Noord A", "Noord B", "Zuid A", "Zuid B"]


def test_the_tree_of_nothing_is_empty():
    boom = build_gebiedsboom([], PEILDATUM)
    assert boom.gebieden == {}
    assert boom.get_niveaus() == []
