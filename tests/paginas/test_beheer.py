"""The page Beheer: users added, changed by two at once, put out; the audit trail searched and taken out."""

from dataclasses import replace

import pytest
from schermtekst import bevat, collect_alles

from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import BEHEERDER, Pagina, Rol
from gebieden.opslag.gebruikersbeheer import add_gebruiker, change_gebruiker, load_gebruikers
from gebieden.rapport.uitvoer import render_uitvoer
from gebieden.ui import logboekpagina

TEAM = Gebruikersgegevens("Jan de Vries", Rol.GEBIEDSTEAM, frozenset({"WK036106"}))


@pytest.fixture
def lees(eigen_database):
    """Return a function that returns the users as they are stored."""

    def doe():
        with eigen_database.connect() as conn:
            return {i.aanmeldnaam: i.gegevens for i in load_gebruikers(conn, BEHEERDER)}

    return doe


@pytest.fixture
def jan(eigen_database):
    return add_gebruiker(eigen_database, OPDRACHTREGEL, "jan@alkmaar.nl", TEAM, via="opdrachtregel")


@pytest.fixture
def pagina(eigen_database, open_pagina):
    """Return a function that opens the page as beheer."""
    return lambda **filters: open_pagina(Pagina.BEHEER, Rol.BEHEER, **filters)


def veld(lijst, label, welke=-1):
    """Return the last field of this label: the form to change comes after the one to add."""
    return [v for v in lijst if v.label.startswith(label)][welke]


def druk(at, label):
    return veld(at.main.button, label).click().run()


def test_a_user_is_added_and_the_form_is_empty_again(pagina, lees):
    at = pagina()
    assert "Er zijn nog geen gebruikers" in at.info[0].value
    veld(at.text_input, "Aanmeldnaam").input(" Jan@Alkmaar.nl ")
    veld(at.text_input, "Naam").input("Jan de Vries")
    veld(at.selectbox, "Rol").select(Rol.GEBIEDSTEAM)
    veld(at.multiselect, "Gebieden").select("WK036106")
    at = druk(at, "Toevoegen")
    assert lees() == {"jan@alkmaar.nl": TEAM}
    assert "is toegevoegd" in at.success[0].value
    assert veld(at.text_input, "Aanmeldnaam").value == ""
    assert bevat(collect_alles(at), "De Mare (wijk)")


def test_what_cannot_be_stored_is_said_and_what_was_typed_stays(pagina, lees):
    at = pagina()
    veld(at.text_input, "Aanmeldnaam").input("jan@alkmaar.nl")
    veld(at.selectbox, "Rol").select(Rol.GEBIEDSTEAM)
    at = druk(at, "Toevoegen")
    assert "ten minste één gebied" in at.error[0].value
    assert veld(at.text_input, "Aanmeldnaam").value == "jan@alkmaar.nl"
    assert lees() == {}


def test_who_saves_second_sees_what_the_first_changed_and_chooses(eigen_database, pagina, jan, lees):
    at = pagina()
    veld(at.text_input, "Naam").input("J. de Vries")
    veld(at.selectbox, "Rol").select(Rol.GEBIEDSREGISSEUR)
    ander = replace(TEAM, naam="Jan V.", gebieden=frozenset({"WK036101"}))
    change_gebruiker(eigen_database, OPDRACHTREGEL, jan, TEAM, ander, via="scherm")
    at = druk(at, "Opslaan")
    assert [r.label.replace("\\", "") for r in at.main.radio] == ["Naam (het was: Jan de Vries)"]
    assert bevat(collect_alles(at), "J. de Vries")
    assert bevat(collect_alles(at), "Jan V.")
    assert lees()["jan@alkmaar.nl"] == ander
    at = druk(at, "Opslaan met deze keuzes")
    assert "Kies bij ieder onderdeel" in at.error[0].value
    at.main.radio[0].set_value("Van de ander")
    at = druk(at, "Opslaan met deze keuzes")
    assert lees()["jan@alkmaar.nl"] == replace(ander, rol=Rol.GEBIEDSREGISSEUR)
    assert "is opgeslagen" in at.success[0].value
    assert not at.main.radio


def test_a_conflict_is_solved_with_ones_own_value(eigen_database, pagina, jan, lees):
    at = pagina()
    veld(at.text_input, "Naam").input("J. de Vries")
    change_gebruiker(eigen_database, OPDRACHTREGEL, jan, TEAM, replace(TEAM, naam="Jan V."), via="scherm")
    at = druk(at, "Opslaan")
    at.main.radio[0].set_value("Van u")
    druk(at, "Opslaan met deze keuzes")
    assert lees()["jan@alkmaar.nl"] == replace(TEAM, naam="J. de Vries")


def test_a_third_change_during_the_choice_is_asked_anew(eigen_database, pagina, jan, lees):
    at = pagina()
    veld(at.text_input, "Naam").input("J. de Vries")
    tweede, derde = replace(TEAM, naam="Jan V."), replace(TEAM, naam="Jan de V.")
    change_gebruiker(eigen_database, OPDRACHTREGEL, jan, TEAM, tweede, via="scherm")
    at = druk(at, "Opslaan")
    at.main.radio[0].set_value("Van u")
    change_gebruiker(eigen_database, OPDRACHTREGEL, jan, tweede, derde, via="scherm")
    at = druk(at, "Opslaan met deze keuzes")
    assert at.main.radio[0].value is None
    assert lees()["jan@alkmaar.nl"] == derde


def test_a_conflict_can_be_left_as_the_other_made_it(eigen_database, pagina, jan, lees):
    at = pagina()
    veld(at.text_input, "Naam").input("J. de Vries")
    change_gebruiker(eigen_database, OPDRACHTREGEL, jan, TEAM, replace(TEAM, naam="Jan V."), via="scherm")
    at = druk(druk(at, "Opslaan"), "Mijn wijzigingen weggooien")
    assert veld(at.text_input, "Naam").value == "Jan V."
    assert lees()["jan@alkmaar.nl"].naam == "Jan V."


def test_a_form_that_is_opened_again_shows_what_is_stored_now(eigen_database, pagina, jan, open_pagina):
    at = pagina()
    change_gebruiker(eigen_database, OPDRACHTREGEL, jan, TEAM, replace(TEAM, naam="Jan V."), via="scherm")
    assert veld(at.run().text_input, "Naam").value == "Jan de Vries"
    at.switch_page("pages/uitleg.py").run()
    at.switch_page("pages/beheer.py").run()
    assert veld(at.text_input, "Naam").value == "Jan V."


def test_a_user_is_put_out_and_removed(pagina, jan, lees):
    at = pagina()
    veld(at.checkbox, "Mag zich aanmelden").uncheck()
    at = druk(at, "Opslaan")
    assert lees()["jan@alkmaar.nl"] == replace(TEAM, actief=False)
    at = druk(at, "Verwijderen")
    assert lees() == {}
    assert "is verwijderd" in at.success[0].value


def test_the_last_beheer_is_not_removed_from_the_screen(eigen_database, pagina, lees):
    add_gebruiker(
        eigen_database, OPDRACHTREGEL, "bea@alkmaar.nl", Gebruikersgegevens("", Rol.BEHEER), via="opdrachtregel"
    )
    at = druk(pagina(), "Verwijderen")
    assert "laatste actieve gebruiker met de rol beheer" in at.error[0].value
    assert list(lees()) == ["bea@alkmaar.nl"]


def test_the_trail_is_searched_and_paged(eigen_database, pagina, jan):
    naam = TEAM
    for nummer in range(60):
        nieuw = replace(naam, naam=f"Naam {nummer}")
        change_gebruiker(eigen_database, OPDRACHTREGEL, jan, naam, nieuw, via="opdrachtregel")
        naam = nieuw
    # Six imports made the demo.
    at = pagina(vorm="logboek")
    assert "Regel 1 tot en met 50 van 67" in [m.value for m in at.main.markdown]
    at = druk(at, "Oudere")
    assert "Regel 51 tot en met 67 van 67" in [m.value for m in at.main.markdown]
    tabel = at.main.dataframe[0].value
    assert list(tabel["Wat"])[:11] == ["gebruiker gewijzigd"] * 10 + ["gebruiker toegevoegd"]
    assert set(tabel["Wie"][:11]) == {"opdrachtregel"}
    assert "naam gewijzigd" in set(tabel["Wat er veranderde"])
    veld(at.selectbox, "Wat").select("gebruiker toegevoegd")
    at.run()
    assert "Regel 1 tot en met 1 van 1" in [m.value for m in at.main.markdown]
    assert veld(at.main.button, "Nieuwere").disabled
    assert veld(at.main.button, "Oudere").disabled
    veld(at.text_input, "Nummer of reden bevat").input("komt nergens voor")
    assert "Er is niets dat hierbij past" in at.run().info[0].value


@pytest.mark.usefixtures("jan")
def test_the_trail_names_nobody_who_was_erased(pagina):
    druk(pagina(), "Verwijderen")
    at = pagina(vorm="logboek")
    alles = collect_alles(at)
    assert not bevat(alles, "Jan de Vries")
    assert not bevat(alles, "jan@alkmaar.nl")
    assert list(at.main.dataframe[0].value["Wat"][:2]) == ["gebruiker verwijderd", "gebruiker toegevoegd"]


@pytest.mark.usefixtures("jan")
def test_the_export_holds_all_that_was_found_with_numbers_for_people(monkeypatch, pagina):
    gemaakt = []
    monkeypatch.setattr(logboekpagina, "show_uitvoerknoppen", lambda naam, bouw, formaten: gemaakt.append(bouw))
    pagina(vorm="logboek")
    alles = gemaakt.pop()()
    assert list(alles.frame["handeling"][:1]) == ["gebruiker_toegevoegd"]
    assert len(alles.frame) == 7
    at = pagina(vorm="logboek")
    veld(at.selectbox, "Wat").select("gebruiker toegevoegd")
    at.run()
    gevonden = gemaakt.pop()()
    assert len(gevonden.frame) == 1
    assert gevonden.filters == "handeling gebruiker_toegevoegd"
    csv = render_uitvoer(gevonden, "csv").decode("utf-8-sig")
    assert "naam gewijzigd, rol gebiedsteam, gebieden WK036106" in csv
    assert "jan" not in csv.lower()
