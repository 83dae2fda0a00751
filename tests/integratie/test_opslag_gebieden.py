"""Boundaries in the database: which form holds when, what replaces what, and what the shape of a set is."""

from datetime import date

import pytest
import shapely
from bouwstenen import DORP, DWARS, GEMEENTE, NAMEN, NOORD, NOORD_A, PEILDATUM, VAKKEN, ZUID_A, ZUID_B

from gebieden.domein.gebied import Gebied
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.gebieden import load_gebieden, load_gebiedsboom, load_grenzen, save_gebieden
from gebieden.opslag.gebiedsboom import get_gebiedsboom
from gebieden.opslag.telling import Telling

A = VAKKEN[NOORD_A]
B = shapely.box(111000, 516000, 111900, 517000)
OUD, NIEUW = date(2020, 1, 1), date(2024, 1, 1)


def _buurt(vanaf=None, tot=None, naam="Noord A", schematisch=False):
    return Gebied(NOORD_A, naam, "buurt", geldig_vanaf=vanaf, geldig_tot=tot, schematisch=schematisch)


@pytest.fixture
def leeg(engine):
    with begin_schrijven(engine) as conn:
        yield conn


def _save(conn, gebied, vorm=A):
    return save_gebieden(conn, [gebied], {(gebied.code, gebied.geldig_vanaf): vorm.wkb})


def _get_vormen(conn, peildatum, niveau="buurt"):
    frame = load_grenzen(conn, load_gebiedsboom(conn, peildatum), niveau)
    return dict(zip(frame["code"], frame.geometry, strict=True))


def _get_tijden(conn):
    return [(g.geldig_vanaf, g.geldig_tot) for g in load_gebieden(conn)]


def test_the_same_area_twice_changes_nothing(leeg):
    assert _save(leeg, _buurt()) == Telling(ingelezen=1)
    assert _save(leeg, _buurt()) == Telling(ongewijzigd=1)
    assert _save(leeg, _buurt(), B) == Telling(bijgewerkt=1)


def test_a_shape_written_from_another_corner_is_the_same_shape(leeg):
    _save(leeg, _buurt())
    assert _save(leeg, _buurt(), shapely.Polygon([*A.exterior.coords[2:], *A.exterior.coords[1:3]])) == Telling(
        ongewijzigd=1
    )


def test_a_corner_that_moves_ten_centimetres_is_a_change_and_one_centimetre_is_rounding(leeg):
    _save(leeg, _buurt())
    assert _save(leeg, _buurt(), shapely.transform(A, lambda xy: xy + 0.01)) == Telling(ongewijzigd=1)
    assert _save(leeg, _buurt(), shapely.transform(A, lambda xy: xy + 0.10)) == Telling(bijgewerkt=1)


def test_a_later_form_follows_up_the_earlier_one(leeg):
    _save(leeg, _buurt(OUD, naam="Oud"), A)
    assert _save(leeg, _buurt(NIEUW, naam="Nieuw"), B) == Telling(ingelezen=1)
    assert _get_tijden(leeg) == [(OUD, NIEUW), (NIEUW, None)]
    assert _get_vormen(leeg, date(2023, 12, 31)) == {NOORD_A: A}
    assert _get_vormen(leeg, NIEUW) == {NOORD_A: B}


def test_a_form_follows_up_one_without_a_begin(leeg):
    _save(leeg, _buurt(), A)
    assert _save(leeg, _buurt(NIEUW), B) == Telling(ingelezen=1)
    assert _get_tijden(leeg) == [(None, NIEUW), (NIEUW, None)]


def test_an_older_form_that_comes_later_leaves_the_newer_one(leeg):
    _save(leeg, _buurt(NIEUW), B)
    assert _save(leeg, _buurt(OUD), A) == Telling(ingelezen=1)
    assert _get_vormen(leeg, PEILDATUM) == {NOORD_A: B}
    assert _get_vormen(leeg, date(2022, 1, 1)) == {NOORD_A: A}


def test_a_form_between_two_others_ends_where_the_next_begins(leeg):
    _save(leeg, _buurt(OUD))
    _save(leeg, _buurt(NIEUW))
    _save(leeg, _buurt(date(2022, 1, 1)), B)
    assert _get_tijden(leeg) == [(OUD, date(2022, 1, 1)), (date(2022, 1, 1), NIEUW), (NIEUW, None)]


@pytest.mark.parametrize("volgorde", [(0, 1, 0, 1), (1, 0, 1, 0)])
def test_two_forms_in_any_order_are_unchanged_the_second_time(leeg, volgorde):
    vormen = [(_buurt(OUD), A), (_buurt(NIEUW), B)]
    uitkomst = [_save(leeg, *vormen[i]) for i in volgorde]
    assert uitkomst == [Telling(ingelezen=1)] * 2 + [Telling(ongewijzigd=1)] * 2


def test_two_forms_in_one_file_keep_their_own_shapes(leeg):
    gebieden = [_buurt(OUD), _buurt(NIEUW)]
    assert save_gebieden(leeg, gebieden, {(NOORD_A, OUD): A.wkb, (NOORD_A, NIEUW): B.wkb}) == Telling(ingelezen=2)
    assert _get_vormen(leeg, date(2022, 1, 1)) == {NOORD_A: A}
    assert _get_vormen(leeg, PEILDATUM) == {NOORD_A: B}


def test_a_form_without_a_date_replaces_the_present_one_and_keeps_its_begin(leeg):
    _save(leeg, _buurt(OUD), A)
    assert _save(leeg, _buurt(naam="Anders"), B) == Telling(bijgewerkt=1)
    assert _get_tijden(leeg) == [(OUD, None)]
    assert _save(leeg, _buurt(naam="Anders"), B) == Telling(ongewijzigd=1)


def test_official_boundaries_replace_a_sketch_whatever_their_date(leeg):
    for officieel in (_buurt(), _buurt(NIEUW), _buurt(OUD)):
        _save(leeg, _buurt(schematisch=True), A)
        assert _save(leeg, officieel, B) == Telling(bijgewerkt=1)
        assert [(g.geldig_vanaf, g.schematisch) for g in load_gebieden(leeg)] == [(officieel.geldig_vanaf, False)]
        _save(leeg, _buurt(officieel.geldig_vanaf, schematisch=True), A)


def test_an_area_that_ended_is_gone_and_a_set_that_names_it_still_has_a_shape(leeg):
    _save(leeg, _buurt(OUD, NIEUW), A)
    save_gebieden(leeg, [Gebied("GB01", "Gebied", "gebied", frozenset({NOORD_A}))])
    assert _get_vormen(leeg, PEILDATUM) == {}
    assert _get_vormen(leeg, PEILDATUM, "gebied") == {"GB01": A}


def test_the_shape_of_a_set_is_the_union_of_its_buurten(conn):
    gebied = _get_vormen(conn, PEILDATUM, "gebied")[DWARS]
    assert gebied.equals(shapely.union(VAKKEN[NOORD_A], VAKKEN[ZUID_A]))
    assert _get_vormen(conn, PEILDATUM, "dorp")[DORP].equals(VAKKEN[ZUID_B])


def test_a_gemeente_without_boundaries_is_the_union_of_its_buurten(conn):
    assert _get_vormen(conn, PEILDATUM, "gemeente")[GEMEENTE].equals(shapely.box(111000, 515000, 113000, 517000))


def test_a_gemeente_without_a_row_is_named_by_the_code_list(leeg):
    _save(leeg, _buurt())
    assert load_gebiedsboom(leeg, PEILDATUM).gebieden[GEMEENTE] == Gebied(GEMEENTE, "Alkmaar", "gemeente")
    assert _get_vormen(leeg, PEILDATUM, "gemeente") == {GEMEENTE: A}


def test_wijken_without_buurten_make_up_the_gemeente(leeg):
    save_gebieden(leeg, [Gebied(NOORD, NAMEN[NOORD], "wijk")], {(NOORD, None): VAKKEN[NOORD].wkb})
    assert _get_vormen(leeg, PEILDATUM, "gemeente") == {GEMEENTE: VAKKEN[NOORD]}


def test_a_set_that_comes_as_a_shape_keeps_its_buurten(conn):
    als_vorm = Gebied(DWARS, "Dwars", "gebied")
    assert _save(conn, als_vorm, B) == Telling(ongewijzigd=1)
    assert load_gebiedsboom(conn, PEILDATUM).buurten[DWARS] == {NOORD_A, ZUID_A}


def test_another_set_of_buurten_is_a_change(conn):
    assert save_gebieden(conn, [Gebied(DWARS, "Dwars", "gebied", frozenset({NOORD_A}))]) == Telling(bijgewerkt=1)
    assert load_gebiedsboom(conn, PEILDATUM).buurten[DWARS] == {NOORD_A}


def test_a_set_changes_on_the_day_it_says_and_is_as_it_was_before(conn):
    save_gebieden(conn, [Gebied(DWARS, "Dwars", "gebied", frozenset({NOORD_A}), date(2026, 1, 1))])
    assert load_gebiedsboom(conn, date(2025, 12, 31)).buurten[DWARS] == {NOORD_A, ZUID_A}
    assert load_gebiedsboom(conn, date(2026, 1, 1)).buurten[DWARS] == {NOORD_A}


def test_the_kept_tree_is_that_of_the_last_commit_and_of_this_database(gemeente, maak_database, leeg_sjabloon):
    dag = date(2026, 11, 16)

    def get_codes(engine) -> set[str]:
        with engine.connect() as conn:
            boom = get_gebiedsboom(conn, dag)
            assert get_gebiedsboom(conn, dag) is boom
            assert boom.gebieden == load_gebiedsboom(conn, dag).gebieden
            return set(boom.gebieden)

    voor = get_codes(gemeente)
    with begin_schrijven(gemeente, Deel.GEBIEDEN) as conn:
        save_gebieden(conn, [Gebied("WK036199", "Nieuwe wijk", "wijk", geldig_vanaf=date(2026, 11, 17))])
    assert get_codes(gemeente) == voor
    with begin_schrijven(gemeente, Deel.GEBIEDEN) as conn:
        save_gebieden(conn, [Gebied("WK036198", "Andere wijk", "wijk")])
    assert get_codes(gemeente) == voor | {"WK036198"}
    assert get_codes(maak_database(leeg_sjabloon)) == set()
