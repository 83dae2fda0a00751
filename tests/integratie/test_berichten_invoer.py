"""Berichten from a file: added or corrected, never overwritten; what was changed on a screen since is left alone."""

from dataclasses import replace
from datetime import date

import pytest
from bouwstenen import PEILDATUM
from schrijvers import build_bericht, draw_sleutel, place, read, read_log
from sqlalchemy import select

from gebieden.domein.rechten import Kijker
from gebieden.opslag import tabellen
from gebieden.opslag.berichten import correct_bericht, undo_laatste
from gebieden.opslag.berichteninvoer import save_berichten
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.telling import Telling

INTERN = build_bericht("Uit het bestand.")
OPENBAAR = replace(INTERN, openbaar=True)


def import_berichten(engine, *berichten):
    with begin_schrijven(engine) as conn:
        telling, bevindingen = save_berichten(conn, berichten, bestand="berichten.csv")
    return telling, [b.regelnaam for b in bevindingen]


def correct(engine, wie, **velden):
    (bericht,) = read(engine)
    wens = replace(bericht, **velden)
    correct_bericht(engine, wie, bericht.nummer, bericht, wens, sleutel=draw_sleutel(), op=PEILDATUM)


def undo(engine, wie):
    undo_laatste(engine, wie, "agendapunt", "P1", sleutel=draw_sleutel(), op=PEILDATUM)


def test_the_same_file_twice_changes_nothing(agenda):
    berichten = [INTERN, replace(OPENBAAR, id="P2"), replace(INTERN, datum=date(2026, 5, 2))]
    assert import_berichten(agenda, *berichten) == (Telling(ingelezen=3), [])
    assert import_berichten(agenda, *berichten) == (Telling(ongewijzigd=3), [])


def test_what_is_imported_has_no_author(agenda):
    import_berichten(agenda, INTERN)
    (bericht,) = read(agenda)
    assert (bericht.rol, bericht.gebruiker, bericht.vastgelegd_op) == (None, None, None)


def test_another_openbaar_is_a_correction_and_the_first_row_stays(agenda):
    import_berichten(agenda, INTERN)
    assert import_berichten(agenda, OPENBAAR) == (Telling(bijgewerkt=1), [])
    (bericht,) = read(agenda)
    assert (bericht.openbaar, [b.openbaar for b in bericht.eerder]) == (True, [False])
    with agenda.connect() as conn:
        assert conn.scalars(select(tabellen.bericht.c.openbaar).order_by(tabellen.bericht.c.nummer)).all() == [
            False,
            True,
        ]
    (regel,) = read_log(agenda, handeling="bericht_gecorrigeerd")
    assert (regel.via, regel.waarom, regel.veranderingen["openbaar"]) == ("import", "berichten.csv", (False, True))
    assert import_berichten(agenda, INTERN) == (Telling(bijgewerkt=1), [])
    assert import_berichten(agenda, INTERN) == (Telling(ongewijzigd=1), [])
    assert read(agenda, Kijker()) == []


@pytest.mark.parametrize("velden", [{"tekst": "Verbeterd."}, {"datum": date(2026, 5, 3)}])
def test_what_was_corrected_on_screen_is_left_alone(agenda, team, velden):
    import_berichten(agenda, INTERN)
    correct(agenda, team, **velden)
    voor = read(agenda)
    assert import_berichten(agenda, INTERN) == (Telling(ongewijzigd=1), ["bericht_op_scherm_veranderd"])
    assert read(agenda) == voor


def test_a_file_that_is_older_does_not_make_public_what_was_made_internal_on_screen(agenda, team):
    import_berichten(agenda, OPENBAAR)
    correct(agenda, team, openbaar=False)
    assert import_berichten(agenda, OPENBAAR) == (Telling(ongewijzigd=1), ["bericht_op_scherm_veranderd"])
    assert read(agenda, Kijker()) == []


def test_what_was_withdrawn_on_screen_does_not_come_back(agenda, team):
    place(agenda, team, INTERN)
    undo(agenda, team)
    assert import_berichten(agenda, INTERN) == (Telling(ongewijzigd=1), ["bericht_op_scherm_veranderd"])
    assert read(agenda) == []


def test_what_was_taken_back_on_screen_is_as_in_the_file_again(agenda, team):
    import_berichten(agenda, INTERN)
    correct(agenda, team, tekst="Verbeterd.")
    undo(agenda, team)
    assert import_berichten(agenda, INTERN) == (Telling(ongewijzigd=1), [])


def test_what_was_written_on_screen_and_comes_back_in_an_export_is_known(agenda, team):
    place(agenda, team, INTERN)
    assert import_berichten(agenda, INTERN) == (Telling(ongewijzigd=1), [])
    assert import_berichten(agenda, OPENBAAR) == (Telling(bijgewerkt=1), [])
    assert len(read(agenda)) == 1


def test_an_import_is_not_undone_by_who_writes_on_a_screen(agenda, team):
    import_berichten(agenda, INTERN, OPENBAAR)
    place(agenda, team)
    import_berichten(agenda, build_bericht(openbaar=True))
    assert {b.openbaar for b in read(agenda) if b.tekst == "Er is overlegd."} == {True}
    assert read(agenda)[0].gebruiker is None
