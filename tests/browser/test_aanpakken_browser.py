"""An aanpak from plan to registration, in a browser."""

import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard


@pytest.fixture
def eigen_dashboard(tmp_path):
    with run_dashboard(tmp_path) as adres:
        yield adres


def test_oov_plans_an_aanpak_and_registers_it_before_looking(ontvang, eigen_dashboard):
    bezoeker = ontvang(eigen_dashboard).open("/uitleg").speel_rol("oov")
    bezoeker.kies("Eigen gebied", "Oost en Oterleek").ga_naar("Aanpakken")
    bezoeker.hoofd.get_by_role("radio", name="Aanpak erbij").click()
    hoofd = bezoeker.wacht().hoofd
    hoofd.get_by_label("Naam van de aanpak").fill("Rustig Oudorp")
    bezoeker.kies("Soort aanpak", "Toezicht", hoofd).kies("Categorie", "jeugdoverlast", hoofd)
    buurten = hoofd.get_by_label("Buurten van de aanpak")
    buurten.fill("De Nollen")
    buurten.press("Enter")
    buurten.press("Tab")
    hoofd.get_by_label("Begint op").first.get_by_role("spinbutton").first.click()
    bezoeker.page.keyboard.type("30112026")
    bezoeker.wacht().hoofd.get_by_role("button", name="Toevoegen", exact=True).click()
    expect(hoofd.get_by_label("Welke aanpak bekijkt u?")).to_have_value("Rustig Oudorp")
    expect(hoofd.get_by_text("vingerafdruk")).to_have_count(0)
    bezoeker.wacht().hoofd.get_by_text("Vergelijk alleen met buurten in mijn eigen gebieden").click()
    bezoeker.wacht().hoofd.get_by_text("Ik heb de opzet gelezen").click()
    bezoeker.wacht().hoofd.get_by_role("button", name="Registreren").click()
    expect(hoofd.get_by_text("vingerafdruk")).to_be_visible()
    expect(hoofd.get_by_text("Nog te vroeg")).to_be_visible()
    assert bezoeker.fouten == []
