"""Excel and back in a browser: a workbook is downloaded, changed, uploaded, and taken over; axe finds nothing."""

import openpyxl
import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard
from toegankelijkheid import list_overtredingen


@pytest.fixture
def eigen(tmp_path):
    """The address of a demo that this test may change."""
    with run_dashboard(tmp_path) as adres:
        yield adres


def test_a_workbook_goes_out_and_comes_back(ontvang, eigen, tmp_path):
    bezoeker = ontvang(eigen).open("/uitleg").speel_rol("gebiedsregisseur").ga_naar("Agenda")
    bezoeker.hoofd.get_by_text("In Excel bewerken").click()
    with bezoeker.page.expect_download() as wacht:
        bezoeker.hoofd.get_by_role("button", name="Download werkblad").click()
    wacht.value.save_as(tmp_path / "heen.xlsx")
    werkmap = openpyxl.load_workbook(tmp_path / "heen.xlsx")
    blad = werkmap["Agenda"]
    kolommen = {cel.value: cel.column for cel in blad[1]}
    blad.cell(2, kolommen["titel"]).value = "Anders in Excel"
    blad.cell(3, kolommen["staat"]).value = "bijna klaar"
    werkmap.save(tmp_path / "terug.xlsx")

    bezoeker.hoofd.locator("input[type=file]").set_input_files(tmp_path / "terug.xlsx")
    expect(bezoeker.hoofd.get_by_role("heading", name="Wat er verandert")).to_be_visible()
    expect(bezoeker.hoofd.get_by_text("'bijna klaar' is niet bekend")).to_be_visible()
    assert list_overtredingen(bezoeker.wacht()) == []
    overnemen = bezoeker.hoofd.get_by_role("button", name="Overnemen", exact=True)
    overnemen.focus()
    bezoeker.page.keyboard.press("Enter")
    expect(bezoeker.hoofd.get_by_text("1 punt is overgenomen")).to_be_visible()
    with bezoeker.page.expect_download() as wacht:
        bezoeker.hoofd.get_by_role("button", name="Download wat niet is overgenomen").click()
    assert "bijna klaar" in wacht.value.path().read_text("utf-8-sig")
    expect(bezoeker.wacht().hoofd.locator("summary", has_text="Anders in Excel")).to_have_count(1)
