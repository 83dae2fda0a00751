"""Writing with two hands and two people: nothing doubled, nothing lost, and what one writes the other sees."""

import os
import re
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kaart_proef import find_vrije_poort
from playwright.sync_api import expect
from proefserver import run_dashboard

PUNT = "/punt?soort=agendapunt&id=AP001"
TEKST = "Wat is er gebeurd of afgesproken?"
BINNEN_TIEN_SECONDEN = 10_000


@pytest.fixture(scope="module")
def schrijfmap(demobestand, tmp_path_factory) -> Path:
    """A demo that these tests share to write in, each in words of its own."""
    return Path(shutil.copy(demobestand, tmp_path_factory.mktemp("schrijven") / "gebieden.sqlite")).parent


@pytest.fixture(scope="module")
def adres(schrijfmap) -> Iterator[str]:
    with run_dashboard(schrijfmap) as adres:
        yield adres


@pytest.fixture
def map_(demobestand, tmp_path) -> Path:
    """A demo of this test's own."""
    shutil.copy(demobestand, tmp_path / "gebieden.sqlite")
    return tmp_path


def kill_server(poort: int) -> None:
    """Stop the server on this port as a power cut does."""
    for proces in Path("/proc").glob("[0-9]*"):
        try:
            if f"STREAMLIT_SERVER_PORT={poort}\0".encode() in (proces / "environ").read_bytes():
                os.kill(int(proces.name), signal.SIGKILL)
        except OSError:
            continue


def count_berichten(map_: Path, tekst: str) -> int:
    with closing(sqlite3.connect(map_ / "gebieden.sqlite")) as db:
        return db.execute("SELECT count(*) FROM bericht WHERE tekst = ?", (tekst,)).fetchone()[0]


def open_als_schrijver(bezoeker, pad=PUNT, rol="gebiedsregisseur"):
    bezoeker.open(pad).speel_rol(rol)
    expect(get_tekstvak(bezoeker)).to_be_visible()
    return bezoeker.wacht()


def get_tekstvak(bezoeker):
    return bezoeker.hoofd.get_by_label(TEKST)


def get_berichten(bezoeker, tekst):
    return bezoeker.hoofd.locator(".tekst").filter(has_text=re.compile(f"^{re.escape(tekst)}$"))


def save(bezoeker):
    bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).click()
    expect(bezoeker.hoofd.get_by_text("Opgeslagen op")).to_be_visible()
    return bezoeker.wacht()


def test_what_one_writes_another_sees_within_ten_seconds_without_touching_anything(ontvang, adres, schrijfmap):
    schrijver = open_als_schrijver(ontvang(adres))
    lezer = ontvang(adres).open("/agenda?gebied=GB01")
    lezer.hoofd.locator("summary", has_text="Groene loper").click()
    op_overzicht = ontvang(adres).open("/?gebied=GB01&niveau=gebied")
    op_overzicht.kaart().evaluate("window.merk = 1")
    get_tekstvak(schrijver).fill("De eerste boom staat.")
    schrijver.hoofd.get_by_test_id("stRadio").get_by_text("iedereen", exact=True).click()
    save(schrijver)
    expect(get_tekstvak(schrijver)).to_have_value("")
    expect(get_berichten(schrijver, "De eerste boom staat.")).to_have_count(1)
    # Unfolded it was, and unfolded it is.
    expect(get_berichten(lezer, "De eerste boom staat.")).to_be_visible(timeout=BINNEN_TIEN_SECONDEN)
    expect(op_overzicht.hoofd.locator(".st-key-zin")).to_contain_text("16 november", timeout=BINNEN_TIEN_SECONDEN)
    # The map is the one that was there.
    assert op_overzicht.kaart().evaluate("window.merk") == 1
    assert count_berichten(schrijfmap, "De eerste boom staat.") == 1


def test_what_is_being_typed_outlives_what_another_writes(ontvang, adres):
    eerste, tweede = open_als_schrijver(ontvang(adres)), open_als_schrijver(ontvang(adres))
    get_tekstvak(tweede).press_sequentially("Nog niet af")
    tweede.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 40)")
    get_tekstvak(eerste).fill("Intussen geschreven.")
    save(eerste)
    expect(get_berichten(tweede, "Intussen geschreven.")).to_be_visible(timeout=BINNEN_TIEN_SECONDEN)
    expect(get_tekstvak(tweede)).to_have_value("Nog niet af")
    expect(get_tekstvak(tweede)).to_be_focused()
    assert tweede.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 40
    tweede.page.keyboard.type(", nu wel.")
    save(tweede)
    expect(get_berichten(tweede, "Nog niet af, nu wel.")).to_be_visible()


def test_a_double_click_stores_one_bericht(ontvang, adres, schrijfmap):
    bezoeker = open_als_schrijver(ontvang(adres))
    get_tekstvak(bezoeker).fill("Twee keer geklikt.")
    bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).dblclick()
    expect(bezoeker.hoofd.get_by_text(re.compile("^Opgeslagen|stond er al"))).to_be_visible()
    bezoeker.wacht()
    expect(get_tekstvak(bezoeker)).to_have_value("")
    assert count_berichten(schrijfmap, "Twee keer geklikt.") == 1


def test_the_back_button_brings_typed_text_back_and_doubles_nothing(ontvang, adres, schrijfmap):
    bezoeker = open_als_schrijver(ontvang(adres))
    get_tekstvak(bezoeker).fill("Heen en weer.")
    bezoeker.ga_naar("Agenda").heeft_titel("Agenda")
    bezoeker.page.go_back()
    expect(get_tekstvak(bezoeker)).to_have_value("Heen en weer.")
    save(bezoeker)
    bezoeker.ga_naar("Agenda").heeft_titel("Agenda")
    bezoeker.page.go_back()
    expect(get_tekstvak(bezoeker)).to_have_value("")
    assert count_berichten(schrijfmap, "Heen en weer.") == 1


def test_typed_text_outlives_a_reload(ontvang, adres):
    bezoeker = open_als_schrijver(ontvang(adres))
    get_tekstvak(bezoeker).press_sequentially("Nog niet opgeslagen")
    bezoeker.hoofd.get_by_test_id("stRadio").get_by_text("iedereen", exact=True).click()
    open_als_schrijver(bezoeker)
    expect(get_tekstvak(bezoeker)).to_have_value("Nog niet opgeslagen")
    expect(bezoeker.hoofd.get_by_role("radio", name="iedereen")).to_be_checked()
    # It is this person's, and this point's.
    bezoeker.speel_rol("gebiedsteam")
    expect(get_tekstvak(bezoeker)).to_have_value("")


def test_typed_text_outlives_a_killed_server_and_can_be_saved(ontvang, map_):
    poort = find_vrije_poort()
    with run_dashboard(map_, STREAMLIT_SERVER_PORT=str(poort)) as adres:
        bezoeker = open_als_schrijver(ontvang(adres))
        get_tekstvak(bezoeker).press_sequentially("Midden in een zin")
        kill_server(poort)
    with run_dashboard(map_, STREAMLIT_SERVER_PORT=str(poort)):
        # Demo forgets the role with the server; who is signed in stays so.
        expect(bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True)).to_have_count(0)
        bezoeker.wacht().speel_rol("gebiedsregisseur")
        expect(get_tekstvak(bezoeker)).to_have_value("Midden in een zin")
        save(bezoeker)
    assert count_berichten(map_, "Midden in een zin") == 1


def test_a_form_whose_answer_got_lost_is_stored_once(ontvang, adres, schrijfmap):
    bezoeker = open_als_schrijver(ontvang(adres))
    get_tekstvak(bezoeker).fill("Antwoord kwijt.")
    concept = bezoeker.page.evaluate("({...sessionStorage})")
    save(bezoeker)
    # As when the server goes down between storing and answering: the browser still has it.
    bezoeker.page.evaluate(
        "concept => Object.entries(concept).forEach(([k, v]) => sessionStorage.setItem(k, v))", concept
    )
    open_als_schrijver(bezoeker)
    expect(get_tekstvak(bezoeker)).to_have_value("Antwoord kwijt.")
    bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).click()
    expect(bezoeker.hoofd.get_by_text("Dit bericht stond er al")).to_be_visible()
    assert count_berichten(schrijfmap, "Antwoord kwijt.") == 1


def test_a_database_that_is_busy_keeps_the_text_and_saving_works_after(ontvang, map_):
    with run_dashboard(map_) as adres:
        bezoeker = open_als_schrijver(ontvang(adres))
        get_tekstvak(bezoeker).fill("Even wachten.")
        with closing(sqlite3.connect(map_ / "gebieden.sqlite")) as db:
            db.execute("BEGIN IMMEDIATE")
            bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).click()
            expect(bezoeker.hoofd.get_by_text(re.compile("bezet"))).to_be_visible(timeout=60_000)
            expect(get_tekstvak(bezoeker)).to_have_value("Even wachten.")
            db.rollback()
        save(bezoeker)
    assert count_berichten(map_, "Even wachten.") == 1


def open_verbetering(bezoeker):
    bezoeker.hoofd.get_by_role("button", name="Verbeteren").first.click()
    vak = bezoeker.hoofd.locator(".st-key-verbetering, [class*=st-key-bericht_]").filter(has_text="Bericht verbeteren")
    expect(vak.get_by_label(TEKST)).to_be_visible()
    bezoeker.wacht()
    return vak


def test_who_saves_second_sees_what_the_first_changed_and_decides(ontvang, adres, schrijfmap):
    eerste = open_als_schrijver(ontvang(adres))
    get_tekstvak(eerste).fill("Het feest is op zaterdag.")
    save(eerste)
    tweede = open_als_schrijver(ontvang(adres))
    vak_een, vak_twee = open_verbetering(eerste), open_verbetering(tweede)
    vak_een.get_by_label(TEKST).fill("Het feest is op zondag.")
    vak_twee.get_by_label(TEKST).fill("Het feest is op vrijdag.")
    vak_een.get_by_role("button", name="Opslaan", exact=True).click()
    expect(get_berichten(eerste, "Het feest is op zondag.")).to_be_visible()
    # The other's page has been drawn anew by now or not: what was typed is still there.
    expect(vak_twee.get_by_label(TEKST)).to_have_value("Het feest is op vrijdag.")
    vak_twee.get_by_role("button", name="Opslaan", exact=True).click()
    expect(tweede.hoofd.get_by_text("Iemand anders was u voor")).to_be_visible()
    expect(tweede.hoofd.get_by_text("Het feest is op zondag.").first).to_be_visible()
    tweede.hoofd.get_by_text("Van u", exact=True).click()
    tweede.hoofd.get_by_role("button", name="Opslaan met deze keuzes").click()
    expect(get_berichten(tweede, "Het feest is op vrijdag.").first).to_be_visible()
    expect(get_berichten(eerste, "Het feest is op vrijdag.").first).to_be_visible(timeout=BINNEN_TIEN_SECONDEN)
    # Nothing was overwritten: what both wrote can still be read.
    tweede.wacht().hoofd.get_by_text("Wat er eerst stond").first.click()
    expect(get_berichten(tweede, "Het feest is op zondag.")).to_be_visible()
    expect(get_berichten(tweede, "Het feest is op zaterdag.")).to_be_visible()


def test_an_own_last_change_is_taken_back(ontvang, adres):
    bezoeker = open_als_schrijver(ontvang(adres))
    get_tekstvak(bezoeker).fill("Dit had ik niet moeten schrijven.")
    save(bezoeker)
    bezoeker.hoofd.get_by_role("button", name="Ongedaan maken").click()
    expect(bezoeker.hoofd.get_by_text("Uw laatste wijziging is ongedaan gemaakt")).to_be_visible()
    expect(get_berichten(bezoeker, "Dit had ik niet moeten schrijven.")).to_have_count(0)


def test_a_link_in_a_list_opens_the_point_without_loading_the_page_anew(ontvang, adres):
    bezoeker = ontvang(adres).open("/agenda?gebied=GB01")
    bezoeker.speel_rol("raad")
    bezoeker.page.evaluate("window.merk = 1")
    punt = bezoeker.hoofd.locator("li", has_text="Groene loper").first
    punt.locator("summary").first.click()
    begin = time.perf_counter()
    punt.get_by_role("link", name="Open dit punt").click()
    bezoeker.heeft_titel("Groene loper")
    print(f"van klik tot titel: {1000 * (time.perf_counter() - begin):.0f} ms")
    expect(bezoeker.page).to_have_url(re.compile(r"/punt\?soort=agendapunt&id=AP001$"))
    assert bezoeker.page.evaluate("window.merk") == 1
    expect(bezoeker.titel).to_contain_text("zoals de raad het ziet")
    bezoeker.page.go_back()
    bezoeker.heeft_titel("Agenda").wacht()
    # What was unfolded is so again.
    expect(bezoeker.hoofd.get_by_role("link", name="Open dit punt")).to_be_visible()


def test_writing_works_on_a_phone(ontvang, adres, schrijfmap):
    bezoeker = open_als_schrijver(ontvang(adres, breedte=360, hoogte=740, has_touch=True))
    assert bezoeker.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360
    get_tekstvak(bezoeker).press_sequentially("Vanaf de telefoon.")
    bezoeker.page.reload()
    bezoeker.wacht().speel_rol("gebiedsregisseur")
    expect(get_tekstvak(bezoeker)).to_have_value("Vanaf de telefoon.")
    bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).tap()
    expect(bezoeker.hoofd.get_by_text("Opgeslagen op")).to_be_visible()
    assert count_berichten(schrijfmap, "Vanaf de telefoon.") == 1
