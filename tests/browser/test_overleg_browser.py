"""A regisseur runs a meeting with the keyboard; what falls is in the decision list; axe finds nothing on the way."""

import pytest
from docx import Document
from playwright.sync_api import expect
from proefserver import run_dashboard
from toegankelijkheid import list_overtredingen


@pytest.fixture
def eigen(tmp_path):
    """The address of a demo that this test may change."""
    with run_dashboard(tmp_path) as adres:
        yield adres


def test_the_walk_goes_by_keyboard_and_what_falls_is_in_the_list_after_a_reload(ontvang, eigen):
    bezoeker = ontvang(eigen).open("/uitleg").speel_rol("gebiedsregisseur").ga_naar("Overleg")
    page, hoofd = bezoeker.page, bezoeker.hoofd
    hoofd.get_by_role("radio", name="Overleg beginnen").click()
    expect(bezoeker.wacht().hoofd.get_by_label("Overleg", exact=True)).to_have_value("Gebiedsoverleg Centrum en Zuid")
    assert list_overtredingen(bezoeker) == []
    hoofd.get_by_role("button", name="Toevoegen").click()
    titel, volgende = hoofd.locator(".groot h2"), hoofd.get_by_role("button", name="Volgende")
    expect(volgende).to_be_enabled()
    eerste = titel.inner_text()
    # The first things that one comes to; Vorige cannot be pressed yet.
    hoofd.locator("h1").click()
    page.keyboard.press("Tab")
    expect(volgende).to_be_focused()
    page.keyboard.press("Enter")
    expect(titel).not_to_have_text(eerste)
    tweede = titel.inner_text()
    expect(bezoeker.wacht().hoofd.get_by_role("button", name="Volgende")).to_be_focused()
    page.keyboard.press("Enter")
    expect(titel).not_to_have_text(tweede)
    bezoeker.wacht()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(titel).to_have_text(tweede)
    hoofd.get_by_role("radio", name="Besluit erbij").click()
    bezoeker.wacht().hoofd.get_by_label("Besluit", exact=True).fill("Wij gaan verven.")
    hoofd.get_by_role("button", name="Toevoegen").click()
    expect(hoofd.locator(".groot .vast")).to_contain_text("Wij gaan verven.")
    bezoeker.wacht().hoofd.get_by_role("radio", name="Bericht schrijven").click()
    bezoeker.wacht()
    assert list_overtredingen(bezoeker) == []
    # A reload is a new visitor, who has no role yet in a demo.
    bezoeker.open("/uitleg").speel_rol("gebiedsregisseur").ga_naar("Overleg")
    hoofd.locator("ul.overleggen a").first.click()
    expect(titel).to_have_text(eerste)
    bezoeker.wacht().hoofd.get_by_role("button", name="Besluitenlijst").click()
    expect(hoofd.locator(".verslag")).to_contain_text(tweede)
    bezoeker.wacht()
    assert list_overtredingen(bezoeker) == []
    with page.expect_download() as download:
        hoofd.get_by_role("button", name="Download de besluitenlijst").click()
    document = Document(download.value.path())
    assert "Wij gaan verven." in [c.text for t in document.tables for r in t.rows for c in r.cells]
