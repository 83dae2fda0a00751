"""axe-core finds nothing on any page, light or dark, folded in or out; the pages say they are Dutch."""

import pytest
from playwright.sync_api import expect
from toegankelijkheid import AXE, REGELS, STELLINGEN, list_overtredingen

from gebieden.domein.rechten import Pagina

PADEN = {
    Pagina.OVERZICHT: "/?gebied=WK036106&thema=veilig",
    Pagina.GEBIED: "/gebied?code=WK036106",
    Pagina.AGENDA: "/agenda?thema=veilig",
    Pagina.INITIATIEVEN: "/initiatieven",
    Pagina.PUNT: "/punt?soort=agendapunt&id=AP001",
    Pagina.VERSIES: "/versies",
    Pagina.SIGNALEN: "/signalen",
    Pagina.UITLEG: "/uitleg",
}


@pytest.mark.parametrize("pagina", PADEN)
def test_axe_finds_nothing(ontvang, dashboard, pagina):
    bezoeker = ontvang(dashboard).open(PADEN[pagina])
    if pagina is Pagina.OVERZICHT:
        bezoeker.kaart()
        bezoeker.hoofd.get_by_role("radio", name="Alle punten van de versie").click()
        bezoeker.wacht()
    uitgeklapt = bezoeker.hoofd.locator("ul.punten summary")
    if uitgeklapt.count():
        uitgeklapt.first.click()
        expect(bezoeker.hoofd.locator("details[open] dl.velden")).to_be_visible()
    fout = list_overtredingen(bezoeker)
    for knop in bezoeker.hoofd.get_by_test_id("stPopover").get_by_role("button").all():
        knop.click()
        expect(bezoeker.page.get_by_test_id("stPopoverBody")).to_be_visible()
        fout += list_overtredingen(bezoeker)
        bezoeker.page.keyboard.press("Escape")
        expect(bezoeker.page.get_by_test_id("stPopoverBody")).to_be_hidden()
    assert fout == []


@pytest.mark.parametrize("vorm", ["tabel", "tijdlijn"])
def test_axe_finds_nothing_in_table_and_timeline(ontvang, dashboard, vorm):
    bezoeker = ontvang(dashboard).open(f"/agenda?vorm={vorm}")
    expect(bezoeker.hoofd.locator("canvas, svg.marks").first).to_be_attached()
    assert list_overtredingen(bezoeker) == []


def test_axe_finds_nothing_in_dekking(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/agenda?vorm=dekking&gebied=GB01")
    bezoeker.hoofd.locator("summary").first.click()
    assert list_overtredingen(bezoeker) == []
    bezoeker.open(PADEN[Pagina.PUNT])
    expect(bezoeker.hoofd.get_by_role("heading", name="Dekking")).to_be_visible()
    bezoeker.speel_rol("gebiedsregisseur")
    bezoeker.hoofd.get_by_role("radio", name="Bijdrage erbij").click()
    assert list_overtredingen(bezoeker.wacht()) == []


def test_axe_finds_nothing_in_what_stands_beside_a_point_and_an_area(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open(PADEN[Pagina.PUNT]).speel_rol("gebiedsregisseur")
    for actie in ("Stap erbij", "Afstemming erbij", "Oordeel erbij"):
        bezoeker.hoofd.get_by_role("radio", name=actie).click()
        bezoeker.wacht()
    fout = list_overtredingen(bezoeker)
    bezoeker.open("/gebied?code=GB01").speel_rol("gebiedsregisseur")
    for actie in ("Wens erbij", "Kant erbij"):
        bezoeker.hoofd.get_by_role("radio", name=actie).click()
        bezoeker.wacht()
    assert fout + list_overtredingen(bezoeker) == []


def test_axe_finds_nothing_in_aanpakken(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/uitleg").speel_rol("oov").kies("Eigen gebied", "Oost en Oterleek")
    bezoeker.ga_naar("Aanpakken")
    # A plan with its form; then what is over, with its outcome.
    fout = list_overtredingen(bezoeker)
    bezoeker.kies("Welke aanpak bekijkt u?", "Beverkoog schoon")
    bezoeker.hoofd.get_by_text("dezelfde verdeling als tabel").first.click()
    bezoeker.hoofd.get_by_role("radio", name="Aanpak erbij").click()
    assert fout + list_overtredingen(bezoeker.wacht()) == []


def test_axe_finds_nothing_where_a_version_is_established(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/versies?gebied=GB01&beeld=versies+vergelijken").speel_rol("gebiedsregisseur")
    bezoeker.hoofd.get_by_text("Versie vaststellen").first.click()
    assert list_overtredingen(bezoeker.wacht()) == []


def test_axe_finds_nothing_for_beheer(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/uitleg").speel_rol("beheer").ga_naar("Gegevens")
    bezoeker.heeft_titel("Gegevens inlezen")
    assert list_overtredingen(bezoeker) == []


@pytest.mark.parametrize("deel", ["gebruikers", "logboek"])
def test_axe_finds_nothing_on_beheer(ontvang, dashboard, deel):
    bezoeker = ontvang(dashboard).open("/uitleg").speel_rol("beheer").ga_naar("Beheer")
    bezoeker.heeft_titel("Gebruikers en logboek")
    bezoeker.hoofd.get_by_role("radio", name=deel).click()
    bezoeker.wacht()
    assert list_overtredingen(bezoeker) == []


def test_axe_finds_nothing_in_mijn_werk(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/uitleg").speel_rol("gebiedsregisseur").ga_naar("Mijn werk")
    bezoeker.heeft_titel("Mijn werk in")
    bezoeker.hoofd.get_by_role("button", name="Bericht schrijven").first.click()
    expect(bezoeker.wacht().hoofd.get_by_label("Wat is er gebeurd of afgesproken?")).to_be_visible()
    assert list_overtredingen(bezoeker) == []


def test_axe_finds_nothing_on_partners(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/uitleg").speel_rol("gebiedsregisseur").ga_naar("Partners")
    fout = list_overtredingen(bezoeker)
    bezoeker.hoofd.get_by_role("radio", name="kansenlijst").click()
    fout += list_overtredingen(bezoeker.wacht())
    bezoeker.hoofd.get_by_role("radio", name="convenant").click()
    bezoeker.wacht().kies("Gebied", "Centrum en Zuid (gebied)", bezoeker.hoofd)
    bezoeker.hoofd.locator("table.matrix summary").first.click()
    bezoeker.hoofd.get_by_role("radio", name="Wijzigen").first.click()
    assert fout + list_overtredingen(bezoeker.wacht()) == []


def test_axe_finds_nothing_in_the_morning(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/signalen").speel_rol("oov").ga_naar("Ochtendbeeld")
    bezoeker.heeft_titel("Ochtendbeeld")
    assert list_overtredingen(bezoeker) == []


def test_axe_finds_nothing_on_vroegsignalen(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/signalen").speel_rol("oov").ga_naar("Vroegsignalen")
    bezoeker.heeft_titel("Vroegsignalen")
    bezoeker.hoofd.get_by_role("radio", name="Beoordelen").first.click()
    bezoeker.wacht().hoofd.get_by_role("radio", name="De reeks").first.click()
    expect(bezoeker.wacht().hoofd.locator("canvas, svg.marks").first).to_be_attached()
    fout = list_overtredingen(bezoeker)
    for beeld in ("eerdere weken", "opzoeken", "registratie"):
        bezoeker.hoofd.get_by_role("radio", name=beeld, exact=True).click()
        fout += list_overtredingen(bezoeker.wacht())
    assert fout == []


def test_axe_finds_nothing_on_structuur(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/uitleg").speel_rol("oov").ga_naar("Structuur")
    bezoeker.kaart()
    bezoeker.hoofd.get_by_text("Wat betekent dit?").click()
    assert list_overtredingen(bezoeker) == []


def test_axe_finds_nothing_where_one_writes(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open(PADEN[Pagina.PUNT]).speel_rol("gebiedsregisseur")
    bezoeker.hoofd.get_by_role("button", name="Verbeteren").first.click()
    expect(bezoeker.hoofd.get_by_label("Wat is er gebeurd of afgesproken?")).to_have_count(2)
    bezoeker.wacht().hoofd.get_by_text("Geschiedenis").click()
    assert list_overtredingen(bezoeker) == []


def test_axe_finds_nothing_on_a_phone(ontvang, dashboard):
    bezoeker = ontvang(dashboard, breedte=360, hoogte=740).open("/?gebied=WK036106")
    bezoeker.kaart()
    assert list_overtredingen(bezoeker) == []


@pytest.mark.parametrize("stelling", STELLINGEN)
def test_page_and_map_say_they_are_dutch_and_axe_finds_nothing_in_the_map(ontvang, dashboard, stelling):
    bezoeker = ontvang(dashboard, color_scheme=stelling).open("/?gebied=WK036106")
    expect(bezoeker.page.locator("html")).to_have_attribute("lang", "nl")
    assert "Gebiedsdashboard" in bezoeker.page.title()
    kaart = bezoeker.kaart()
    assert kaart.locator("html").get_attribute("lang") == "nl"
    kaart.evaluate(AXE)
    # The document in the frame is a part of the page: a heading and a main of its own would be one too many.
    uitslag = kaart.evaluate("regels => axe.run(document, {runOnly: regels})", REGELS[:-1])
    assert [v["id"] for v in uitslag["violations"]] == []
