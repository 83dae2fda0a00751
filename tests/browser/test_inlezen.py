"""Beheer reads a file in: columns with other names, rows that are refused, nothing stored before it is asked for."""

import re

import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard

BESTAND = """\
Overzicht van agendapunten;;;;;
kenmerk;waar;naam punt;onderwerpen;hoe ver;publiek
NIEUW1;WK036106;Bankje bij de sloot;sociaal,schoon;op_agenda;ja
NIEUW2;WK036106;Lamp op het plein;veilig;in_uitvoering;ja
NIEUW3;WK999999;Punt in een gebied dat er niet is;veilig;op_agenda;ja
NIEUW4;WK036106;Punt met een staat die er niet is;veilig;bijna_klaar;ja
"""
KOLOMMEN = {"id": "kenmerk", "gebied": "waar", "titel": "naam punt", "themas": "onderwerpen", "staat": "hoe ver"}


@pytest.fixture
def eigen_dashboard(tmp_path):
    with run_dashboard(tmp_path) as adres:
        yield adres


def test_a_file_with_other_columns_is_mapped_checked_and_read_in(ontvang, eigen_dashboard, tmp_path):
    bestand = tmp_path / "punten uit de wijk.csv"
    bestand.write_text(BESTAND, encoding="cp1252")
    bezoeker = ontvang(eigen_dashboard).open("/uitleg").speel_rol("beheer").ga_naar("Gegevens")
    bezoeker.kies("Wat wilt u inlezen?", "agendapunten", bezoeker.hoofd)
    bezoeker.hoofd.locator("input[type=file][accept*=csv]").set_input_files(bestand)
    koppeling = bezoeker.hoofd.get_by_test_id("stExpander").filter(has_text="Links onze kolom")
    expect(koppeling).to_be_visible()
    for doel, bron in (KOLOMMEN | {"openbaar": "publiek"}).items():
        bezoeker.hoofd.get_by_label(re.compile(rf"^{doel}( \*)?$")).click()
        bezoeker.page.get_by_role("option", name=bron, exact=True).click()
        expect(bezoeker.hoofd.get_by_label(re.compile(rf"^{doel}( \*)?$"))).to_have_value(bron)
        bezoeker.wacht()

    bezoeker.hoofd.get_by_role("button", name="Controleren").click()
    melding = bezoeker.hoofd.get_by_test_id("stAlert")
    expect(melding).to_contain_text("Alleen gecontroleerd, niets opgeslagen")
    expect(melding).to_contain_text("4 rijen: 2 ingelezen, 0 bijgewerkt, 0 ongewijzigd, 2 afgekeurd")

    bezoeker.hoofd.get_by_role("button", name="Inlezen", exact=False).last.click()
    expect(melding).to_contain_text("Opgeslagen, op de afgekeurde rijen na")
    expect(bezoeker.hoofd.get_by_test_id("stDataFrame").first).to_be_visible()
    with bezoeker.page.expect_download() as wacht:
        bezoeker.hoofd.get_by_role("button", name="Download het hele verslag").click()
    verslag = wacht.value.path().read_text("utf-8-sig")
    assert "WK999999" in verslag
    assert "bijna_klaar" in verslag

    bezoeker.ga_naar("Agenda").heeft_titel("Agenda")
    expect(bezoeker.hoofd.locator("summary", has_text="Bankje bij de sloot")).to_be_visible()
    expect(bezoeker.hoofd.locator("summary", has_text="Punt met een staat die er niet is")).to_have_count(0)


def test_a_file_that_cannot_be_read_at_all_says_why(ontvang, eigen_dashboard, tmp_path):
    bestand = tmp_path / "foto.csv"
    bestand.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    bezoeker = ontvang(eigen_dashboard).open("/uitleg").speel_rol("beheer").ga_naar("Gegevens")
    bezoeker.kies("Wat wilt u inlezen?", "agendapunten", bezoeker.hoofd)
    bezoeker.hoofd.locator("input[type=file][accept*=csv]").set_input_files(bestand)
    expect(bezoeker.hoofd.get_by_test_id("stAlert")).to_contain_text("foto.csv")
    expect(bezoeker.page.get_by_test_id("stException")).to_have_count(0)
