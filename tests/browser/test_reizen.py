"""What people do here, from the first look to the last detail."""

import csv
import io
import re
import sqlite3

import openpyxl
import pytest
from playwright.sync_api import expect

from gebieden.rapport.inhoud import VERZONNEN


def get_kleuring(kaart):
    return int(kaart.locator("body").get_attribute("data-kleuring"))


def click_op_kaart(bezoeker, kaart, code):
    """Click in an area, at a place that lies inside it."""
    plek = kaart.evaluate(
        """code => {
            const laag = Object.values(map._layers).find(l => l.findGebied);
            const nummer = laag.grenzen().codes.indexOf(code);
            const kader = laag.getKader(nummer);
            for (let i = 1; i < 12; i++) for (let j = 1; j < 12; j++) {
                const p = L.latLng(kader.getSouth() + (kader.getNorth() - kader.getSouth()) * i / 12,
                                   kader.getWest() + (kader.getEast() - kader.getWest()) * j / 12);
                if (laag.findGebied(p) === nummer) { const q = map.latLngToContainerPoint(p); return [q.x, q.y]; }
            }
        }""",
        code,
    )
    kaart.locator("#map_div").click(position={"x": plek[0], "y": plek[1]})
    return bezoeker


def test_from_the_map_to_the_story_of_one_point(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/")
    kaart = bezoeker.kaart()
    bezoeker.heeft_titel("Alkmaar per wijk")
    eerder = get_kleuring(kaart)

    bezoeker.kies("Thema", "veilig", bezoeker.hoofd)
    expect(kaart.locator("body")).to_have_attribute("data-kleuring", str(eerder + 1))
    expect(bezoeker.page).to_have_url(re.compile("thema=veilig"))

    click_op_kaart(bezoeker, kaart, "WK036109")
    expect(bezoeker.page).to_have_url(re.compile("gebied=WK036109"))
    bezoeker.wacht().heeft_titel("Schermer, thema veilig")
    expect(bezoeker.hoofd.locator(".st-key-lijst label:has(input:checked)")).to_contain_text("Schermer")
    expect(bezoeker.hoofd.locator("h2").first).to_have_text("Schermer")
    expect(bezoeker.hoofd.locator(".st-key-zin")).to_contain_text("4 punten")

    bezoeker.hoofd.get_by_text("Alle punten van de versie: 4").click()
    rijen = bezoeker.hoofd.locator("ul.punten summary")
    expect(rijen).to_have_count(4)
    openbaar = rijen.filter(has_not_text="Niet-openbaar").first
    openbaar.click()
    expect(bezoeker.hoofd.locator("details[open] dl.velden")).to_contain_text("Staat")
    expect(bezoeker.hoofd.locator("details[open] ol.berichten, details[open] > p.bij").first).to_be_visible()

    bezoeker.hoofd.get_by_role("link", name="Alles over Schermer").click()
    bezoeker.heeft_titel("Schermer, wijk").wacht()
    expect(bezoeker.page).to_have_url(re.compile("/gebied.*code=WK036109"))


def test_a_link_shows_the_same_to_somebody_else(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/?niveau=buurt&thema=veilig&gebied=BU03610803")
    bezoeker.kaart()
    expect(bezoeker.hoofd.get_by_role("button", name=re.compile("thema veilig"))).to_be_visible()
    expect(bezoeker.hoofd.get_by_label("Niveau")).to_have_value("buurt")
    bezoeker.hoofd.get_by_role("button", name=re.compile("thema veilig")).click()
    expect(bezoeker.page).not_to_have_url(re.compile("thema="))
    expect(bezoeker.page).to_have_url(re.compile("gebied=BU03610803"))


def test_with_the_keyboard_only(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/")
    bezoeker.kaart()
    toets = bezoeker.page.keyboard
    bezoeker.page.get_by_role("button", name="Meer", exact=True).focus()
    for _ in range(20):
        toets.press("Tab")
        if bezoeker.page.evaluate("Boolean(document.activeElement?.closest('.st-key-lijst label'))"):
            break
    expect(bezoeker.hoofd.locator(".st-key-lijst label", has=bezoeker.page.locator(":focus"))).to_contain_text(
        "Centrum"
    )
    # A group of choices has one stop for Tab; the arrows go through it and choose.
    toets.press("ArrowDown")
    expect(bezoeker.page).to_have_url(re.compile("gebied=WK036107"))
    bezoeker.wacht()
    toets.press("ArrowDown")
    expect(bezoeker.page).to_have_url(re.compile("gebied=WK036106"))
    bezoeker.wacht()
    for _ in range(40):
        toets.press("Tab")
        if "Klaar: 2" in bezoeker.page.evaluate("document.activeElement?.innerText || ''"):
            break
    toets.press("Enter")
    expect(bezoeker.hoofd.locator("ul.punten summary")).to_have_count(2)
    for _ in range(20):
        toets.press("Tab")
        if bezoeker.page.evaluate("document.activeElement?.tagName") == "SUMMARY":
            break
    toets.press("Enter")
    expect(bezoeker.hoofd.locator("details[open]")).to_have_count(1)


def test_a_role_shows_what_that_role_may_see(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/agenda")
    verborgen = bezoeker.hoofd.locator("summary", has_text="Niet-openbaar punt")
    expect(verborgen.first).to_be_visible()
    bezoeker.speel_rol("raad")
    expect(bezoeker.titel).to_contain_text("zoals de raad het ziet")
    expect(verborgen).to_have_count(0)
    expect(bezoeker.hoofd.locator(".los", has_text="intern")).to_have_count(0)
    bezoeker.speel_rol("gebiedsregisseur")
    expect(bezoeker.page.get_by_label("Eigen gebied")).to_be_visible()
    expect(bezoeker.hoofd.locator(".los", has_text="intern").first).to_be_attached()
    bezoeker.ga_naar("Signalen")
    expect(bezoeker.titel).to_contain_text("zoals de gebiedsregisseur het ziet")


def test_agenda_filters_table_and_timeline(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/agenda")
    telling = bezoeker.hoofd.get_by_text(re.compile(r"^\d+ van 93 punten$"))
    for label, keuze in (("Thema", "sociaal"), ("Staat", "klaar")):
        eerder = telling.inner_text()
        bezoeker.kies(label, keuze, bezoeker.hoofd)
        expect(telling).not_to_have_text(eerder)
    expect(bezoeker.page).to_have_url(re.compile("(?=.*thema=sociaal)(?=.*staat=klaar)"))
    expect(bezoeker.hoofd.locator("ul.punten > li")).to_have_count(int(telling.inner_text().split()[0]))
    expect(bezoeker.hoofd.locator("ul.punten .teken").filter(has_not_text="Klaar")).to_have_count(0)
    bezoeker.hoofd.get_by_role("button", name="Meer filters").click()
    bezoeker.page.get_by_label("Zoek in de tekst").fill("dorpshuis")
    bezoeker.page.get_by_label("Zoek in de tekst").press("Enter")
    expect(bezoeker.page).to_have_url(re.compile("zoek=dorpshuis"))
    bezoeker.page.keyboard.press("Escape")
    bezoeker.hoofd.get_by_role("button", name=re.compile("zoek: dorpshuis")).click()
    expect(bezoeker.page).not_to_have_url(re.compile("zoek="))
    bezoeker.hoofd.get_by_text("tabel", exact=True).click()
    expect(bezoeker.hoofd.get_by_test_id("stDataFrame")).to_be_visible()
    bezoeker.hoofd.get_by_text("tijdlijn", exact=True).click()
    expect(bezoeker.hoofd.get_by_test_id("stVegaLiteChart")).to_be_visible()


def download(bezoeker, formaat):
    bezoeker.hoofd.get_by_role("button", name="Download wat u ziet").click()
    with bezoeker.page.expect_download() as wacht:
        bezoeker.page.get_by_test_id("stPopoverBody").get_by_role("button", name=formaat).click()
    bezoeker.page.keyboard.press("Escape")
    expect(bezoeker.page.get_by_test_id("stPopoverBody")).to_be_hidden()
    return wacht.value.path()


def test_a_download_holds_what_is_on_screen_and_where_it_comes_from(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/agenda?thema=ondernemend&gebied=WK036110")
    titels = sorted(bezoeker.hoofd.locator("ul.punten .titel").all_inner_texts())
    assert titels

    rijen = list(csv.DictReader(io.StringIO(download(bezoeker, "CSV").read_text("utf-8-sig")), delimiter=";"))
    assert sorted(rij["titel"] for rij in rijen) == titels
    assert {rij["peildatum"] for rij in rijen} == {"2026-11-16"}
    assert {rij[VERZONNEN] for rij in rijen} == {VERZONNEN}
    assert all("verzonnen" in rij["bron"] and rij["definitie"] for rij in rijen)
    assert {rij["filters"] for rij in rijen} == {"thema ondernemend, Graft-De Rijp"}

    werkmap = openpyxl.load_workbook(io.BytesIO(download(bezoeker, "Excel").read_bytes()))
    cellen = [str(cel) for blad in werkmap for rij in blad.iter_rows(values_only=True) for cel in rij if cel]
    assert set(titels) <= set(cellen)
    assert any("verzonnen" in cel.lower() for cel in cellen)
    werkmap.close()

    with sqlite3.connect(download(bezoeker, "GeoPackage")) as db:
        (tabel,) = db.execute("SELECT table_name FROM gpkg_contents WHERE table_name = 'agendapunten'").fetchone()
        assert sorted(titel for (titel,) in db.execute(f"SELECT titel FROM {tabel}")) == titels
    db.close()


def test_publiek_downloads_no_hidden_text(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/agenda")
    inhoud = download(bezoeker, "CSV").read_text("utf-8-sig")
    rijen = list(csv.DictReader(io.StringIO(inhoud), delimiter=";"))
    verborgen = [rij for rij in rijen if rij["titel"] == "Niet-openbaar punt"]
    assert verborgen
    assert not any(rij["omschrijving"] or rij["trekker"] or rij["reden"] or rij["partners"] for rij in verborgen)


@pytest.mark.parametrize(
    "pad",
    [
        "/",
        "/gebied?code=WK036106",
        "/agenda",
        "/initiatieven",
        "/punt?soort=agendapunt&id=AP001",
        "/signalen",
        "/uitleg",
    ],
)
def test_a_phone_needs_no_sideways_scrolling(ontvang, dashboard, pad):
    bezoeker = ontvang(dashboard, breedte=360, hoogte=740).open(pad)
    bezoeker.page.wait_for_function(
        "[...document.querySelectorAll('html, [data-testid=stMain]')].every(e => e.scrollWidth <= e.clientWidth)"
    )


def test_a_phone_shows_the_map_or_the_list(ontvang, dashboard):
    bezoeker = ontvang(dashboard, breedte=360, hoogte=740, has_touch=True).open("/")
    bezoeker.kaart()
    lijst = bezoeker.hoofd.locator(".st-key-lijst")
    expect(lijst).to_be_hidden()
    bezoeker.hoofd.get_by_text("lijst", exact=True).tap()
    expect(lijst).to_be_visible()
    expect(bezoeker.hoofd.locator(".st-key-vak_kaart")).to_be_hidden()
    lijst.get_by_text("Overdie").tap()
    bezoeker.wacht().heeft_titel("Overdie")


def test_at_200_percent_everything_is_still_there(ontvang, dashboard):
    # Zooming to 200 % halves the room: 1280 × 900 becomes 640 × 450.
    bezoeker = ontvang(dashboard, breedte=640, hoogte=450, device_scale_factor=2).open("/?gebied=WK036106")
    bezoeker.kaart()
    for deel in (".st-key-zin", ".balk", ".st-key-telling"):
        bezoeker.hoofd.locator(deel).first.scroll_into_view_if_needed()
        expect(bezoeker.hoofd.locator(deel).first).to_be_in_viewport()
    assert bezoeker.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 640


def test_the_dark_theme_is_dark_in_the_map_too(ontvang, dashboard):
    bezoeker = ontvang(dashboard, color_scheme="dark").open("/")
    expect(bezoeker.page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(18, 24, 29)")
    expect(bezoeker.kaart().locator("body")).to_have_attribute("data-kleurstelling", "donker")


def test_on_a_laptop_map_list_and_sentence_are_seen_together(ontvang, dashboard):
    bezoeker = ontvang(dashboard, breedte=1440, hoogte=900).open("/?gebied=WK036106")
    bezoeker.kaart()
    for deel in ("iframe[src*=st_folium]", ".st-key-lijst", ".st-key-zin", ".demobalk"):
        expect(bezoeker.hoofd.locator(deel).first).to_be_in_viewport(ratio=0.95)


def test_print_is_a_sheet_without_controls(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/gebied?code=WK036106")
    bezoeker.page.emulate_media(media="print")
    for weg in ("stSidebar", "stHeader", "stSelectbox", "stButton"):
        expect(bezoeker.page.get_by_test_id(weg).locator("visible=true")).to_have_count(0)
    expect(bezoeker.page.get_by_text("Demo: verzonnen gegevens")).to_be_visible()
    expect(bezoeker.hoofd.locator(".st-key-zin")).to_be_visible()
    expect(bezoeker.page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_phone_has_every_form_of_the_agenda_in_sight_and_the_timeline_as_a_table(ontvang, dashboard):
    hoofd = ontvang(dashboard, breedte=360, hoogte=780).open("/agenda?vorm=tijdlijn").hoofd
    for vorm in ("lijst", "tabel", "bord", "tijdlijn", "dekking"):
        expect(hoofd.get_by_role("radio", name=vorm, exact=True)).to_be_in_viewport(ratio=0.99)
    expect(hoofd.get_by_text("Dezelfde punten als tabel")).to_be_visible()
    expect(hoofd.get_by_test_id("stVegaLiteChart")).to_be_hidden()
