"""On a phone: a signal is recorded by tapping the map, judged into a matter, and taken back; axe finds nothing."""

import re
from time import monotonic

import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard
from toegankelijkheid import list_overtredingen

SECONDEN = 30


@pytest.fixture
def eigen(tmp_path):
    """The address of a demo that this test may change."""
    with run_dashboard(tmp_path) as adres:
        yield adres


def _open_menu(bezoeker, pagina):
    """Go to a page by the menu of a phone, that lies over the page until it is closed."""
    bezoeker.page.get_by_test_id("stExpandSidebarButton").click()
    bezoeker.ga_naar(pagina)
    bezoeker.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(bezoeker.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    return bezoeker.wacht()


def _tap_kaart(bezoeker):
    bezoeker.kaart()
    kaart = bezoeker.page.locator("iframe[src*=st_folium]")
    kaart.scroll_into_view_if_needed()
    vak = kaart.bounding_box()
    bezoeker.page.touchscreen.tap(vak["x"] + vak["width"] / 2, vak["y"] + vak["height"] / 2)
    buurt = bezoeker.hoofd.get_by_label("Buurt", exact=True)
    expect(buurt).not_to_have_value("")
    return buurt


def test_a_signal_is_recorded_with_a_thumb_judged_and_taken_back(ontvang, eigen):
    bezoeker = ontvang(eigen, breedte=390, hoogte=844, has_touch=True, is_mobile=True)
    page, hoofd = bezoeker.page, bezoeker.hoofd
    _open_menu(bezoeker.open("/uitleg").speel_rol("oov"), "Vastleggen")
    bezoeker.kaart()
    assert list_overtredingen(bezoeker) == []
    # Two screens: one scroll.
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 2 * 844
    begin = monotonic()
    buurt = _tap_kaart(bezoeker).input_value()
    for woord in ("Jeugdoverlast", "Bewoner", "Matig"):
        hoofd.get_by_role("radio", name=woord).tap()
    hoofd.get_by_role("button", name="Vastleggen").tap()
    vastgelegd = hoofd.get_by_text(f"Vastgelegd: jeugdoverlast in {buurt}, vandaag")
    expect(vastgelegd).to_be_visible()
    assert monotonic() - begin < SECONDEN
    expect(vastgelegd).to_be_in_viewport()
    expect(bezoeker.wacht().hoofd.get_by_label("Buurt", exact=True)).to_have_value("")
    # The map that is there is tapped again, and who it came from is remembered: three taps and the button.
    _tap_kaart(bezoeker)
    hoofd.get_by_role("radio", name="Vernieling").tap()
    hoofd.get_by_role("button", name="Vastleggen").tap()
    expect(hoofd.get_by_text("Vastgelegd: vernieling")).to_be_visible()
    bezoeker.wacht().hoofd.get_by_role("button", name="Ongedaan maken").tap()
    expect(hoofd.get_by_text("telt nergens meer mee")).to_be_visible()

    _open_menu(bezoeker, "Beoordelen")
    regels = hoofd.locator(".st-key-signalenlijst label")
    expect(regels.first).to_contain_text(f"Jeugdoverlast, {buurt}")
    expect(regels.first).to_contain_text(re.compile("vandaag.*ernst matig"))
    hoofd.get_by_role("radio", name="Bundelen").tap()
    naam = bezoeker.wacht().hoofd.get_by_label("Naam van de zaak")
    naam.fill("Onrust in de avond")
    regels.nth(0).tap()
    regels.nth(1).tap()
    assert list_overtredingen(bezoeker) == []
    hoofd.get_by_role("button", name="Opslaan voor").tap()
    expect(hoofd.get_by_text("Opgeslagen: 2 signalen, gebundeld")).to_be_visible()
    hoofd.get_by_role("radio", name="zaken").tap()
    expect(hoofd.locator("ul.punten").first).to_contain_text("Onrust in de avond")
    hoofd.locator("ul.punten summary").first.tap()
    expect(hoofd.locator("ul.punten details[open] li")).to_have_count(2)
    bezoeker.wacht()
    assert list_overtredingen(bezoeker) == []
    hoofd.get_by_role("radio", name="signalen").tap()
    bezoeker.wacht().hoofd.get_by_role("button", name="Ongedaan maken").tap()
    expect(hoofd.get_by_text("Ongedaan gemaakt")).to_be_visible()
    expect(regels.first).to_contain_text(f"Jeugdoverlast, {buurt}")
    assert bezoeker.fouten == []
