"""The page Punt without a browser: who sees a form, what the storage refuses, conflict, undo, stale forms."""

from dataclasses import replace
from datetime import date

import pytest
from schermtekst import bevat, collect_alles
from sqlalchemy import select, update

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.berichten import correct_bericht, save_bericht

PEILDATUM = date(2026, 11, 16)
PUNT = {"soort": "agendapunt", "id": "AP001"}
VAN_CENTRUM = Gebruiker(Kijker(Rol.GEBIEDSTEAM, frozenset({"GB01"})))
SCHRIJVERS = (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR)


def build_bericht(tekst: str, **velden) -> Bericht:
    return Bericht(Berichtsoort.AGENDAPUNT, "AP001", PEILDATUM, tekst, **velden)


def get_veld(at, begin: str):
    """Return the field whose key begins like this, in the last form on the page."""
    return [v for v in (*at.text_area, *at.radio, *at.text_input, *at.date_input) if (v.key or "").startswith(begin)][
        -1
    ]


def click(at, label: str, nummer: int = 0):
    return [k for k in at.main.button if k.label == label][nummer].click().run()


def write(at, tekst: str):
    get_veld(at, "tekst_").set_value(tekst)
    return click(at, "Opslaan")


def list_teksten(engine, tekst: str) -> list[bool]:
    with engine.connect() as conn:
        return list(conn.scalars(select(tabellen.bericht.c.openbaar).where(tabellen.bericht.c.tekst == tekst)))


@pytest.mark.beide_databases
@pytest.mark.parametrize("rol", SCHRIJVERS)
def test_who_may_write_sees_the_bericht_at_once(eigen_database, open_pagina, rol):
    at = open_pagina(Pagina.PUNT, rol, **PUNT)
    sleutel = get_veld(at, "sleutel_").value
    write(at, "De bomen staan.")
    assert not at.exception
    assert [s.value[:9] for s in at.success] == ["Opgeslagen"[:9]]
    assert bevat(collect_alles(at), "De bomen staan.")
    assert get_veld(at, "tekst_").value == ""
    assert get_veld(at, "sleutel_").value != sleutel
    # Nobody said that everybody may read it.
    assert list_teksten(eigen_database, "De bomen staan.") == [False]


@pytest.mark.parametrize("rol", [r for r in Rol if r not in SCHRIJVERS])
def test_who_may_not_write_has_no_form_and_the_storage_refuses(eigen_database, open_pagina, rol):
    at = open_pagina(Pagina.PUNT, rol, **PUNT)
    assert not at.exception
    assert not at.text_area
    assert not [k for k in at.main.button if k.label in ("Opslaan", "Verbeteren", "Ongedaan maken")]
    eigen = frozenset({"GB01"}) if rol is Rol.OOV else frozenset()
    with pytest.raises(RechtenError):
        save_bericht(
            eigen_database, Gebruiker(Kijker(rol, eigen)), build_bericht("Mag niet."), sleutel="x", op=PEILDATUM
        )


def test_outside_the_own_area_there_is_no_form(open_pagina, eigen_database):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, "Noord", **PUNT)
    assert not at.text_area
    assert not at.exception


def test_rights_that_were_withdrawn_keep_the_text_in_the_form(eigen_database, open_pagina, monkeypatch):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    with monkeypatch.context() as even:
        even.setattr("gebieden.ui.schrijven.determine_gebruiker", lambda: Gebruiker())
        write(at, "Nog net getypt.")
        assert at.error[0].value.startswith("Berichten schrijven mag niet als publiek")
        assert get_veld(at, "tekst_").value == "Nog net getypt."
    click(at, "Opslaan")
    assert not at.error
    assert len(list_teksten(eigen_database, "Nog net getypt.")) == 1


def test_a_form_without_text_is_refused_in_words_and_stays(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    get_veld(at, "zichtbaar_").set_value("iedereen")
    write(at, "   ")
    assert "is leeg" in at.error[0].value
    assert get_veld(at, "zichtbaar_").value == "iedereen"


def test_the_same_form_sent_from_two_tabs_is_stored_once(eigen_database, open_pagina):
    een = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    twee = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    # A duplicated tab has the same draft, with the same key.
    get_veld(twee, "sleutel_").set_value(get_veld(een, "sleutel_").value)
    write(een, "Uit twee tabbladen.")
    write(twee, "Uit twee tabbladen.")
    assert "stond er al" in twee.success[0].value
    assert len(list_teksten(eigen_database, "Uit twee tabbladen.")) == 1


@pytest.mark.beide_databases
def test_a_correction_follows_and_what_was_there_stays_readable(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    write(at, "Op zaterdag.")
    click(at, "Verbeteren")
    assert get_veld(at, "tekst_").value == "Op zaterdag."
    get_veld(at, "tekst_").set_value("Op zondag.")
    get_veld(at, "waarom_").set_value("Verkeerde dag")
    click(at, "Opslaan", -1)
    assert not at.exception
    assert "verbeter" not in at.query_params
    inhoud = collect_alles(at)
    for tekst in (
        "Op zondag.",
        "Op zaterdag.",
        "gecorrigeerd op",
        "Bericht verbeterd: tekst gewijzigd",
        "Verkeerde dag",
    ):
        assert bevat(inhoud, tekst), tekst
    # Internal it was: raad reads neither.
    bij_raad = collect_alles(open_pagina(Pagina.PUNT, Rol.RAAD, **PUNT))
    assert not bevat(bij_raad, "Op zondag.")
    assert not bevat(bij_raad, "Op zaterdag.")


@pytest.mark.beide_databases
def test_who_saves_second_decides_per_field(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    write(at, "Op zaterdag.")
    click(at, "Verbeteren")
    nummer = int(get_veld(at, "sleutel_").value.partition(":")[2])
    zaterdag = replace(build_bericht("Op zaterdag."), nummer=nummer)
    correct_bericht(
        eigen_database,
        VAN_CENTRUM,
        nummer,
        zaterdag,
        replace(zaterdag, tekst="Op zondag."),
        sleutel="ander",
        op=PEILDATUM,
    )
    get_veld(at, "tekst_").set_value("Op vrijdag.")
    get_veld(at, "zichtbaar_").set_value("iedereen")
    click(at, "Opslaan", -1)
    assert [s.value for s in at.subheader] == ["Iemand anders was u voor"]
    keuze = next(r for r in at.radio if r.key.startswith("botsing"))
    assert list(keuze.options) == ["Van u", "Van de ander"]
    keuze.set_value("Van de ander")
    click(at, "Opslaan met deze keuzes")
    assert not at.exception
    assert not at.subheader
    # The text is the other's, that everybody may read it is this one's: only this one changed that.
    assert list_teksten(eigen_database, "Op zondag.") == [False, True]
    assert list_teksten(eigen_database, "Op vrijdag.") == []


def test_what_only_the_other_changed_stays_when_one_decides_about_the_rest(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    write(at, "Op zaterdag.")
    click(at, "Verbeteren")
    nummer = int(get_veld(at, "sleutel_").value.partition(":")[2])
    zaterdag = replace(build_bericht("Op zaterdag."), nummer=nummer)
    ander = replace(zaterdag, tekst="Op zondag.", openbaar=True)
    correct_bericht(eigen_database, VAN_CENTRUM, nummer, zaterdag, ander, sleutel="ander", op=PEILDATUM)
    get_veld(at, "tekst_").set_value("Op vrijdag.")
    click(at, "Opslaan", -1)
    next(r for r in at.radio if r.key.startswith("botsing")).set_value("Van u")
    click(at, "Opslaan met deze keuzes")
    assert not at.exception
    assert list_teksten(eigen_database, "Op vrijdag.") == [True]


@pytest.mark.beide_databases
def test_an_own_last_change_is_taken_back_and_only_that(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    assert not [k for k in at.main.button if k.label == "Ongedaan maken"]
    write(at, "Te vroeg gejuicht.")
    click(at, "Ongedaan maken")
    assert not at.error
    assert not bevat(collect_alles(at), "Te vroeg gejuicht.")
    # A row that follows, not a row less.
    assert len(list_teksten(eigen_database, "Te vroeg gejuicht.")) == 1


def test_a_button_to_undo_that_is_out_of_date_undoes_nothing(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    write(at, "Het eerste.")
    save_bericht(eigen_database, VAN_CENTRUM, build_bericht("Het tweede."), sleutel="elders", op=PEILDATUM)
    click(at, "Ongedaan maken")
    assert "intussen iets veranderd" in at.error[0].value
    assert bevat(collect_alles(at), "Het eerste.")
    assert bevat(collect_alles(at), "Het tweede.")


@pytest.mark.parametrize("vraag", [{}, {"id": "BESTAAT-NIET"}, {"soort": "verzonnen", "id": "AP001"}, {"id": "\x00"}])
def test_an_unknown_point_is_a_message_with_a_next_step(open_pagina, demo, vraag):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **vraag)
    assert not at.exception
    assert not at.error
    assert "Agenda of Initiatieven" in at.info[0].value


@pytest.mark.parametrize("verbeter", ["", "0", "x", "9" * 40, "-1"])
def test_an_address_that_corrects_nothing_opens_no_form(open_pagina, demo, verbeter):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT, verbeter=verbeter)
    assert not at.exception
    assert len(at.text_area) == 1


def test_an_initiatief_has_a_page_too(eigen_database, open_pagina):
    with eigen_database.begin() as conn:
        conn.execute(update(tabellen.initiatief).values(gebied="GB01"))
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSREGISSEUR, soort="initiatief", id="BI002")
    assert at.title[0].value.startswith("Muziek in het park")
    write(at, "De vergunning is binnen.")
    assert bevat(collect_alles(at), "De vergunning is binnen.")
    assert not at.exception


def test_text_that_was_kept_is_compared_with_what_its_writer_saw(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    write(at, "Op zaterdag.")
    click(at, "Verbeteren")
    gezien = get_veld(at, "sleutel_").value
    zaterdag = replace(build_bericht("Op zaterdag."), nummer=int(gezien.partition(":")[2]))
    ander = replace(zaterdag, tekst="Op zondag.")
    correct_bericht(eigen_database, VAN_CENTRUM, zaterdag.nummer, zaterdag, ander, sleutel="ander", op=PEILDATUM)
    # The page was closed; opened again it knows of the other's, and the browser brings back what was typed before.
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, **PUNT)
    click(at, "Verbeteren")
    assert get_veld(at, "tekst_").value == "Op zondag."
    get_veld(at, "sleutel_").set_value(gezien)
    get_veld(at, "tekst_").set_value("Op vrijdag.")
    click(at, "Opslaan", -1)
    assert [s.value for s in at.subheader] == ["Iemand anders was u voor"]
    next(r for r in at.radio if r.key.startswith("botsing")).set_value("Van u")
    click(at, "Opslaan met deze keuzes")
    assert not at.exception
    assert list_teksten(eigen_database, "Op vrijdag.") == [False]
