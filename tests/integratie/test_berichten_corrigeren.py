"""Correcting and taking back: rows that follow others, never an overwrite."""

from dataclasses import replace
from datetime import date

import pytest
from bouwstenen import NOORD, PEILDATUM, build_punt
from schrijvers import (
    MEI,
    PUNT,
    add_gebruiker,
    build_bericht,
    draw_sleutel,
    dump_log,
    place,
    read,
    read_log,
)
from sqlalchemy import insert, select

from gebieden.domein.fouten import BotsingError, InvoerError
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.beheer import count_inhoud
from gebieden.opslag.berichten import Opgeslagen, correct_bericht, find_ongedaan, undo_laatste
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.stand import load_laatste

BASIS = build_bericht()


@pytest.fixture
def ander(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def correct(engine, wie, nummer, basis=BASIS, sleutel=None, waarom="", **velden):
    keuzes = {"sleutel": sleutel or draw_sleutel(), "op": PEILDATUM, "waarom": waarom}
    return correct_bericht(engine, wie, nummer, basis, replace(basis, **velden), **keuzes)


def undo(engine, wie, sleutel=None):
    return undo_laatste(engine, wie, PUNT, "P1", sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def _find(engine, wie):
    with engine.connect() as conn:
        return find_ongedaan(conn, wie, PUNT, "P1")


def test_a_correction_follows_and_what_it_said_before_stays(agenda, team, ander):
    eerste = place(agenda, team).nummer
    tweede = correct(agenda, ander, eerste, tekst="Er is niet overlegd.", waarom="Het overleg ging niet door.").nummer
    (bericht,) = read(agenda)
    assert (bericht.nummer, bericht.tekst, bericht.rol) == (tweede, "Er is niet overlegd.", Rol.GEBIEDSREGISSEUR)
    assert [(b.nummer, b.tekst, b.gebruiker) for b in bericht.eerder] == [(eerste, "Er is overlegd.", team.nummer)]
    with agenda.connect() as conn:
        assert conn.scalars(select(tabellen.bericht.c.tekst).order_by(tabellen.bericht.c.nummer)).all() == [
            "Er is overlegd.",
            "Er is niet overlegd.",
        ]


def test_earlier_texts_come_newest_first_and_only_for_who_may_read_internal_berichten(agenda, team):
    nummer = place(agenda, team, build_bericht("een", openbaar=True)).nummer
    nummer = correct(agenda, team, nummer, build_bericht("een", openbaar=True), tekst="twee").nummer
    correct(agenda, team, nummer, build_bericht("twee", openbaar=True), tekst="drie")
    for kijker in (team.kijker, Kijker(Rol.BEHEER)):
        assert [b.tekst for b in read(agenda, kijker)[0].eerder] == ["twee", "een"]
    for kijker in (Kijker(), Kijker(Rol.RAAD), Kijker(Rol.OOV, frozenset({NOORD})), Kijker(Rol.GEBIEDSTEAM)):
        assert [(b.tekst, b.eerder) for b in read(agenda, kijker)] == [("drie", ())]


def test_a_public_bericht_that_became_internal_is_gone_for_publiek_whatever_it_was(agenda, team):
    basis = build_bericht(openbaar=True)
    nummer = place(agenda, team, basis).nummer
    assert len(read(agenda, Kijker())) == 1
    correct(agenda, team, nummer, basis, openbaar=False)
    assert read(agenda, Kijker()) == read(agenda, Kijker(Rol.RAAD)) == []


def test_changes_of_different_fields_are_merged(agenda, team, ander):
    nummer = place(agenda, team).nummer
    correct(agenda, ander, nummer, openbaar=True)
    correct(agenda, team, nummer, tekst="Er is tweemaal overlegd.")
    (bericht,) = read(agenda)
    assert (bericht.tekst, bericht.openbaar) == ("Er is tweemaal overlegd.", True)
    assert len(bericht.eerder) == 2


def test_who_saves_second_sees_what_the_first_changed_and_nothing_is_stored(agenda, team, ander):
    nummer = place(agenda, team).nummer
    correct(agenda, ander, nummer, tekst="Van de ander.", datum=date(2026, 5, 3))
    with pytest.raises(BotsingError) as botsing:
        correct(agenda, team, nummer, tekst="Van mij.", openbaar=True)
    (veld,) = botsing.value.velden
    assert (veld.veld, veld.basis, veld.nu, veld.wens) == ("tekst", "Er is overlegd.", "Van de ander.", "Van mij.")
    assert botsing.value.nu == {"tekst": "Van de ander.", "datum": date(2026, 5, 3), "openbaar": False}
    assert [b.tekst for b in read(agenda)] == ["Van de ander."]


def test_after_the_choice_per_field_it_is_saved_on_top_of_what_the_other_stored(agenda, team, ander):
    nummer = place(agenda, team).nummer
    correct(agenda, ander, nummer, tekst="Van de ander.")
    with pytest.raises(BotsingError) as botsing:
        correct(agenda, team, nummer, tekst="Van mij.", sleutel="k")
    gezien = replace(BASIS, **botsing.value.nu)
    correct(agenda, team, nummer, gezien, tekst="Van mij.", sleutel="k")
    (bericht,) = read(agenda)
    assert [bericht.tekst, *(b.tekst for b in bericht.eerder)] == ["Van mij.", "Van de ander.", "Er is overlegd."]


def test_the_same_change_by_both_is_no_clash_and_stored_once(agenda, team, ander):
    nummer = place(agenda, team).nummer
    tweede = correct(agenda, ander, nummer, tekst="Anders.").nummer
    assert correct(agenda, team, nummer, tekst="Anders.") == Opgeslagen(tweede, was_er_al=True)
    assert len(read_log(agenda, handeling="bericht_gecorrigeerd")) == 1


def test_a_correction_that_is_sent_twice_is_stored_once(agenda, team, ander):
    nummer = place(agenda, team).nummer
    eerste = correct(agenda, team, nummer, tekst="Anders.", sleutel="k")
    correct(agenda, ander, eerste.nummer, replace(BASIS, tekst="Anders."), tekst="Nog anders.")
    assert correct(agenda, team, nummer, tekst="Anders.", sleutel="k") == replace(eerste, was_er_al=True)
    assert [b.tekst for b in read(agenda)] == ["Nog anders."]


def test_a_correction_without_a_change_stores_nothing(agenda, team):
    nummer = place(agenda, team).nummer
    assert correct(agenda, team, nummer) == Opgeslagen(nummer, was_er_al=True)
    assert read(agenda)[0].eerder == ()


def test_a_correction_obeys_the_rules_of_a_bericht(agenda, team):
    nummer = place(agenda, team).nummer
    with pytest.raises(InvoerError, match="is leeg"):
        correct(agenda, team, nummer, tekst="  ")
    with pytest.raises(InvoerError, match="is 21 mei 2026"):
        correct(agenda, team, nummer, datum=date(2026, 5, 21))


def test_what_is_not_changed_is_not_judged(agenda, team):
    lang = build_bericht("x" * 5000)
    with begin_schrijven(agenda) as conn:
        waarden = {"soort": lang.soort, "id": lang.id, "datum": lang.datum, "tekst": lang.tekst, "openbaar": False}
        conn.execute(insert(tabellen.bericht).values(waarden))
    (bericht,) = read(agenda)
    correct(agenda, team, bericht.nummer, bericht, openbaar=True)
    assert read(agenda)[0].openbaar


def test_a_number_of_another_object_is_not_found(agenda, team):
    elders = place(agenda, team, build_bericht(id="P3")).nummer
    with pytest.raises(InvoerError, match=f"geen bericht met nummer {elders}"):
        correct(agenda, team, elders, tekst="Anders.")


def test_a_withdrawn_bericht_is_not_corrected_and_says_so(agenda, team, ander):
    nummer = place(agenda, team).nummer
    undo(agenda, team)
    with pytest.raises(InvoerError, match="is ingetrokken, dus verbeteren kan niet meer"):
        correct(agenda, ander, nummer, tekst="Anders.")


def test_what_was_placed_is_withdrawn_and_back_again(agenda, team):
    place(agenda, team)
    undo(agenda, team)
    assert read(agenda) == []
    undo(agenda, team)
    (bericht,) = read(agenda)
    assert (bericht.tekst, [b.tekst for b in bericht.eerder]) == ("Er is overlegd.", ["Er is overlegd."])
    undo(agenda, team)
    assert read(agenda) == []
    handelingen = [r.handeling for r in read_log(agenda, gebruiker=team.nummer)]
    assert handelingen == ["bericht_geplaatst", "bericht_ingetrokken", "bericht_teruggezet", "bericht_ingetrokken"]


def test_the_row_that_withdraws_holds_no_text(agenda, team):
    place(agenda, team)
    laatste = undo(agenda, team).nummer
    with agenda.connect() as conn:
        rij = conn.execute(select(tabellen.bericht).where(tabellen.bericht.c.nummer == laatste)).one()
    assert (rij.tekst, rij.ingetrokken) == ("", True)


def test_what_was_corrected_gets_its_earlier_text_back_whoever_wrote_that(agenda, team, ander):
    nummer = place(agenda, team).nummer
    correct(agenda, ander, nummer, tekst="Anders.", openbaar=True)
    undo(agenda, ander)
    (bericht,) = read(agenda)
    assert (bericht.tekst, bericht.openbaar, bericht.rol) == ("Er is overlegd.", False, Rol.GEBIEDSREGISSEUR)


def test_undo_takes_the_own_last_change_first(agenda, team):
    place(agenda, team, build_bericht("een"))
    tweede = place(agenda, team, build_bericht("twee")).nummer
    assert _find(agenda, team).bericht == tweede
    undo(agenda, team)
    assert [b.tekst for b in read(agenda)] == ["een"]


def test_undo_is_for_the_own_change_only(agenda, team, ander):
    place(agenda, team)
    assert _find(agenda, ander) is None
    with pytest.raises(InvoerError, match="U hebt bij agendapunt P1 niets geschreven"):
        undo(agenda, ander)
    assert len(read(agenda)) == 1


def test_undo_stops_where_somebody_else_went_on(agenda, team, ander):
    nummer = place(agenda, team).nummer
    correct(agenda, ander, nummer, tekst="Anders.")
    assert _find(agenda, team) is None
    with pytest.raises(InvoerError, match="intussen door iemand anders verbeterd of ingetrokken"):
        undo(agenda, team)
    assert [b.tekst for b in read(agenda)] == ["Anders."]


def test_undo_sent_twice_undoes_once(agenda, team):
    place(agenda, team)
    eerste = undo(agenda, team, sleutel="k")
    assert undo(agenda, team, sleutel="k") == replace(eerste, was_er_al=True)
    assert read(agenda) == []


def test_what_undo_would_take_back_is_told_by_its_line(agenda, team):
    assert _find(agenda, team) is None
    nummer = place(agenda, team).nummer
    assert (_find(agenda, team).handeling, _find(agenda, team).bericht) == ("bericht_geplaatst", nummer)
    undo(agenda, team)
    assert _find(agenda, team).handeling == "bericht_ingetrokken"


def test_the_clock_of_a_point_counts_what_holds_on_its_own_date(agenda, team):
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [build_punt("P1", bijgewerkt_op=None)], PEILDATUM)
        conn.execute(tabellen.levensteken.delete())

    def laatste():
        with agenda.connect() as conn:
            return load_laatste(conn, PEILDATUM).get("P1")

    nummer = place(agenda, team).nummer
    assert laatste() == MEI
    nummer = correct(agenda, team, nummer, datum=date(2026, 4, 2)).nummer
    assert laatste() == date(2026, 4, 2)
    undo(agenda, team)
    assert laatste() == MEI
    place(agenda, team, build_bericht("twee", datum=date(2026, 5, 9)))
    undo(agenda, team)
    assert laatste() == MEI


def test_only_what_holds_is_counted(agenda, team):
    nummer = place(agenda, team).nummer
    correct(agenda, team, nummer, tekst="Anders.")
    place(agenda, team, build_bericht("twee"))
    undo(agenda, team)
    with agenda.connect() as conn:
        assert count_inhoud(conn)["berichten"] == 1


def test_the_trail_holds_the_reason_and_no_text(agenda, team):
    nummer = place(agenda, team, build_bericht("Eerste tekst.")).nummer
    correct(agenda, team, nummer, build_bericht("Eerste tekst."), tekst="Tweede tekst.", waarom=" Tikfout\x00 ")
    undo(agenda, team)
    regels = read_log(agenda, gebruiker=team.nummer)
    assert [r.waarom for r in regels] == ["", "Tikfout", ""]
    assert regels[1].veranderingen == {"bericht": (nummer, nummer + 1), "tekst": None}
    assert "tekst." not in dump_log(agenda)
