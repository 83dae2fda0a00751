"""Beheer in the browser: a user is added and changed with the keyboard, and a conflict is decided there."""

import shutil
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard
from toegankelijkheid import list_overtredingen

from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import BEHEERDER, Rol
from gebieden.opslag.database import open_database
from gebieden.opslag.gebruikersbeheer import change_gebruiker, load_gebruikers

RITA = Gebruikersgegevens("Rita Raad", Rol.RAAD)


@pytest.fixture
def engine(demobestand, tmp_path):
    pad = tmp_path / "gebieden.sqlite"
    shutil.copy(demobestand, pad)
    engine = open_database(f"sqlite:///{pad}")
    yield engine
    engine.dispose()


def lees(engine):
    with engine.connect() as conn:
        return [(i.nummer, i.aanmeldnaam, i.gegevens) for i in load_gebruikers(conn, BEHEERDER)]


def test_a_user_is_added_and_a_conflict_decided_by_keyboard(ontvang, engine, tmp_path):
    with run_dashboard(tmp_path) as adres:
        bezoeker = ontvang(adres).open("/uitleg").speel_rol("beheer").ga_naar("Beheer")
        toetsen = bezoeker.page.keyboard
        bezoeker.hoofd.get_by_label("Aanmeldnaam").focus()
        toetsen.type("rita@alkmaar.nl")
        bezoeker.hoofd.get_by_label("Naam", exact=True).focus()
        toetsen.type("Rita Raad")
        bezoeker.hoofd.get_by_role("button", name="Toevoegen", exact=True).press("Enter")
        expect(bezoeker.hoofd.get_by_text("is toegevoegd.")).to_be_visible()
        ((nummer, naam, gegevens),) = lees(engine)
        assert (naam, gegevens) == ("rita@alkmaar.nl", RITA)

        expect(bezoeker.hoofd.get_by_role("heading", name="Gebruiker wijzigen")).to_be_visible()
        bezoeker.hoofd.get_by_label("Naam", exact=True).filter(visible=True).fill("R. Raad")
        change_gebruiker(engine, OPDRACHTREGEL, nummer, RITA, replace(RITA, naam="Rita de Raad"), via="opdrachtregel")
        bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).press("Enter")
        expect(bezoeker.hoofd.get_by_role("heading", name="Iemand anders was u voor")).to_be_visible()
        expect(bezoeker.hoofd.get_by_text("Rita de Raad").last).to_be_visible()
        assert list_overtredingen(bezoeker) == []
        bezoeker.hoofd.get_by_role("radiogroup").get_by_role("radio", name="Van u").first.press("Space")
        bezoeker.hoofd.get_by_role("button", name="Opslaan met deze keuzes").press("Enter")
        expect(bezoeker.hoofd.get_by_text("is opgeslagen.")).to_be_visible()
        assert lees(engine) == [(nummer, "rita@alkmaar.nl", replace(RITA, naam="R. Raad"))]
        bezoeker.wacht()
        assert list_overtredingen(bezoeker) == []
