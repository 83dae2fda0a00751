"""Placing a bericht: what is stored, what is refused, and that it is stored once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID
from schrijvers import MEI, PUNT, add_gebruiker, build_bericht, dump_log, place, read, read_log
from sqlalchemy import delete, func, select, update

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.berichten import save_bericht
from gebieden.opslag.database import begin_schrijven, get_versies


def _count_rijen(engine):
    with engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(tabellen.bericht))


def test_what_is_written_is_read_with_who_when_and_in_which_role(agenda, team):
    opgeslagen = place(agenda, team)
    (bericht,) = read(agenda)
    assert (bericht.tekst, bericht.datum, bericht.openbaar) == ("Er is overlegd.", MEI, False)
    assert (bericht.nummer, bericht.gebruiker, bericht.rol) == (opgeslagen.nummer, team.nummer, Rol.GEBIEDSTEAM)
    assert bericht.vastgelegd_op.tzinfo is not None
    assert bericht.eerder == ()


def test_a_bericht_is_stored_once_however_often_it_is_sent(agenda, team):
    eerste = place(agenda, team, sleutel="k")
    assert not eerste.was_er_al
    for _ in range(2):
        herhaald = place(agenda, team, sleutel="k")
        assert (herhaald.nummer, herhaald.was_er_al) == (eerste.nummer, True)
    assert (_count_rijen(agenda), len(read_log(agenda, handeling="bericht_geplaatst"))) == (1, 1)


def test_the_same_bericht_by_the_same_person_from_another_tab_is_one_bericht(agenda, team):
    eerste = place(agenda, team)
    assert place(agenda, team) == replace(eerste, was_er_al=True)
    assert _count_rijen(agenda) == 1


@pytest.mark.parametrize("anders", [{"tekst": "Iets anders."}, {"datum": date(2026, 5, 2)}, {"id": "P3"}])
def test_another_text_day_or_object_is_another_bericht(agenda, team, anders):
    place(agenda, team)
    assert not place(agenda, team, build_bericht(**anders)).was_er_al


def test_the_same_bericht_by_somebody_else_is_another_bericht(agenda, team):
    place(agenda, team)
    assert not place(agenda, add_gebruiker(agenda)).was_er_al


def test_in_demo_somebody_in_the_same_role_is_the_same_person(agenda):
    eigen = frozenset({NOORD})
    place(agenda, Gebruiker(Kijker(Rol.GEBIEDSTEAM, eigen)))
    assert place(agenda, Gebruiker(Kijker(Rol.GEBIEDSTEAM, eigen))).was_er_al
    assert not place(agenda, Gebruiker(Kijker(Rol.GEBIEDSREGISSEUR, eigen))).was_er_al


def test_the_same_text_that_should_be_public_now_is_not_taken_for_the_internal_one(agenda, team):
    place(agenda, team)
    with pytest.raises(InvoerError, match="staat er al, als intern bericht"):
        place(agenda, team, build_bericht(openbaar=True))


def test_a_form_that_was_changed_after_it_was_stored_is_not_silently_thrown_away(agenda, team):
    place(agenda, team, sleutel="k")
    with pytest.raises(InvoerError, match="met een andere inhoud"):
        place(agenda, team, build_bericht("Aangevuld."), sleutel="k")
    assert [b.tekst for b in read(agenda)] == ["Er is overlegd."]


def test_a_form_of_somebody_else_or_of_another_object_is_refused(agenda, team):
    place(agenda, team, sleutel="k")
    for wie, bericht in ((add_gebruiker(agenda), build_bericht()), (team, build_bericht(id="P3"))):
        with pytest.raises(InvoerError, match="al gebruikt voor een ander bericht"):
            place(agenda, wie, bericht, sleutel="k")
    assert _count_rijen(agenda) == 1


def test_all_faults_come_together_and_nothing_is_stored(agenda, team):
    fout = build_bericht(" \u200b\n", datum=PEILDATUM + timedelta(days=1))
    with pytest.raises(InvoerError, match=r"De tekst van het bericht is leeg.*De datum .* is 21 mei 2026\. Verwacht"):
        place(agenda, team, fout)
    assert _count_rijen(agenda) == 0


@pytest.mark.parametrize("datum", [date(1999, 12, 31), date(2026, 5, 21)])
def test_a_day_before_this_century_or_after_today_is_refused(agenda, team, datum):
    with pytest.raises(InvoerError, match=r"van 1 januari 2000 tot en met 20 mei 2026"):
        place(agenda, team, build_bericht(datum=datum))


@pytest.mark.parametrize("datum", [date(2000, 1, 1), PEILDATUM])
def test_the_first_and_the_last_day_may_be(agenda, team, datum):
    assert place(agenda, team, build_bericht(datum=datum)).nummer


def test_four_thousand_characters_fit_and_one_more_does_not(agenda, team):
    place(agenda, team, build_bericht("é" * 4000))
    with pytest.raises(InvoerError, match=r"heeft 4\.001 tekens"):
        place(agenda, team, build_bericht("é" * 4001))


def test_control_characters_go_and_line_breaks_stay(agenda, team):
    place(agenda, team, build_bericht(" <b>één</b>\x00\r\ntwee\u202e \ud800🌳 "))
    assert read(agenda)[0].tekst == "<b>één</b>\ntwee 🌳"


@pytest.mark.parametrize(("soort", "id_"), [(PUNT, "P9"), (PUNT, "P1\x00"), (Berichtsoort.INITIATIEF, "P1")])
def test_an_object_that_does_not_exist_is_said_to(agenda, team, soort, id_):
    with pytest.raises(InvoerError, match="bestaat niet, dus een bericht kan er niet bij"):
        place(agenda, team, build_bericht(soort=soort, id=id_))


def test_a_public_bericht_on_a_point_that_is_not_public_stays_invisible_to_publiek(agenda, team):
    place(agenda, team, build_bericht(id="P3", openbaar=True))
    assert len(read(agenda, Kijker(Rol.RAAD), "P3")) == 1
    assert read(agenda, Kijker(), "P3") == []


def test_rights_are_those_of_this_moment_not_of_when_the_page_was_opened(agenda, team):
    with begin_schrijven(agenda) as conn:
        conn.execute(update(tabellen.gebruiker_gebied).values(gebied=ZUID))
    with pytest.raises(RechtenError, match="buiten uw eigen gebied"):
        place(agenda, team)
    assert place(agenda, team, build_bericht(id="P2")).nummer


@pytest.mark.parametrize("hoe", ["weg", "inactief"])
def test_who_is_gone_or_no_longer_active_writes_nothing(agenda, team, hoe):
    tabel = tabellen.gebruiker
    with begin_schrijven(agenda) as conn:
        conn.execute(delete(tabel) if hoe == "weg" else update(tabel).values(actief=False))
    with pytest.raises(RechtenError):
        place(agenda, team)
    assert _count_rijen(agenda) == 0


def test_the_trail_says_who_what_and_where_but_not_the_text(agenda, team):
    nummer = place(agenda, team, build_bericht("Mevrouw De Vries belde.")).nummer
    (regel,) = read_log(agenda, handeling="bericht_geplaatst")
    assert (regel.gebruiker, regel.rol, regel.via) == (team.nummer, Rol.GEBIEDSTEAM, "scherm")
    assert (regel.soort, regel.id, regel.gebied, regel.bericht) == ("agendapunt", "P1", NOORD, nummer)
    assert regel.veranderingen["tekst"] is None
    assert regel.veranderingen["datum"] == (None, "2026-05-01")
    assert "Vries" not in dump_log(agenda)
    assert "Jannie" not in dump_log(agenda)


def test_a_bericht_leaves_the_numbers_of_boundaries_and_signals_alone(agenda, team):
    with agenda.connect() as conn:
        voor = get_versies(conn)
    place(agenda, team)
    with agenda.connect() as conn:
        na = get_versies(conn)
    assert (na.totaal, na.agenda) == (voor.totaal + 1, voor.agenda + 1)
    assert (na.gebieden, na.signalen, na.gebruikers) == (voor.gebieden, voor.signalen, voor.gebruikers)


def test_a_refused_bericht_changes_nothing_at_all(agenda, team):
    with agenda.connect() as conn:
        voor = get_versies(conn)
    with pytest.raises(InvoerError):
        save_bericht(agenda, team, build_bericht(""), sleutel="k", op=PEILDATUM)
    with agenda.connect() as conn:
        assert get_versies(conn) == voor
