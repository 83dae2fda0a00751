"""A regisseur moves cards on the board in a browser: by mouse, by keyboard, with a form; axe finds nothing."""

import pytest
from playwright.sync_api import Locator, expect
from proefserver import run_dashboard
from toegankelijkheid import list_overtredingen

BESPROKEN = "Watertappunten op drie pleinen"


@pytest.fixture
def eigen(tmp_path):
    """The address of a demo that this test may change."""
    with run_dashboard(tmp_path) as adres:
        yield adres


def get_kolom(bezoeker, staat: str) -> Locator:
    return bezoeker.hoofd.locator(f'.kolom[data-staat="{staat}"]')


def get_kaart(bezoeker, staat: str, titel: str = BESPROKEN) -> Locator:
    return get_kolom(bezoeker, staat).locator(".kaart", has_text=titel)


def grab(bezoeker, kaart: Locator) -> None:
    """Take hold of a card and move it a little, as a hand does."""
    kaart.scroll_into_view_if_needed()
    vak = kaart.bounding_box()
    assert vak
    muis = bezoeker.page.mouse
    # On its edge: a title is a link.
    muis.move(vak["x"] + vak["width"] - 6, vak["y"] + vak["height"] - 6)
    muis.down()
    muis.move(vak["x"] + vak["width"] - 16, vak["y"] + vak["height"] - 12, steps=4)


def drop(bezoeker, doel: Locator) -> None:
    vak = doel.bounding_box()
    assert vak
    bezoeker.page.mouse.move(vak["x"] + 20, vak["y"] + 15, steps=6)
    bezoeker.page.mouse.up()


def test_a_card_moves_by_mouse_and_by_keyboard_and_asks_what_is_needed(ontvang, eigen):
    bezoeker = ontvang(eigen, breedte=1920).open("/uitleg").speel_rol("gebiedsregisseur").ga_naar("Agenda")
    bezoeker.hoofd.get_by_role("radio", name="bord").click()
    kaart = get_kaart(bezoeker, "besproken")
    expect(kaart).to_be_visible()
    bezoeker.wacht()
    assert list_overtredingen(bezoeker) == []

    # A column that is no target says so, and dropping there does nothing.
    grab(bezoeker, kaart)
    expect(bezoeker.hoofd.locator(".kolom.doel")).to_have_count(3)
    assert [k.get_attribute("data-staat") for k in bezoeker.hoofd.locator(".kolom.doel").all()] == [
        "voorgesteld", "op_agenda", "vervallen",
    ]  # fmt: skip
    drop(bezoeker, get_kolom(bezoeker, "in_uitvoering"))
    expect(bezoeker.hoofd.locator(".kolom.doel")).to_have_count(0)
    expect(get_kaart(bezoeker, "besproken")).to_be_visible()

    # By mouse, to where nothing is asked: at once, said aloud, and the focus is on the card.
    grab(bezoeker, get_kaart(bezoeker, "besproken"))
    expect(bezoeker.hoofd.locator(".kolom.doel")).to_have_count(3)
    drop(bezoeker, get_kolom(bezoeker, "op_agenda"))
    expect(get_kaart(bezoeker, "op_agenda")).to_be_visible()
    expect(bezoeker.hoofd.locator("[role=status]", has_text="staat nu bij Op de agenda")).to_be_attached()
    expect(get_kaart(bezoeker, "op_agenda").locator("summary")).to_be_focused()

    # By keyboard, to where something is asked: the form first.
    toetsen = bezoeker.wacht().page.keyboard
    toetsen.press("Enter")
    knop = get_kaart(bezoeker, "op_agenda").get_by_role("button", name="Wacht op")
    expect(knop).to_be_visible()
    assert list_overtredingen(bezoeker) == []
    knop.focus()
    toetsen.press("Enter")
    expect(bezoeker.hoofd.get_by_label("Waarop wacht het?")).to_be_focused()
    # Thought better of it: the focus is back on the card, that looks as it did.
    bezoeker.wacht().hoofd.get_by_role("button", name="Niet verplaatsen").click()
    expect(get_kaart(bezoeker, "op_agenda").locator("summary")).to_be_focused()
    expect(bezoeker.hoofd.locator(".kaart.bezig")).to_have_count(0)
    toetsen.press("Enter")
    knop.click()
    expect(bezoeker.hoofd.get_by_label("Waarop wacht het?")).to_be_focused()
    bezoeker.wacht().kies("Waarop wacht het?", "geld")
    assert list_overtredingen(bezoeker) == []
    bezoeker.hoofd.get_by_test_id("stForm").get_by_role("button", name="Verplaatsen", exact=True).click()
    expect(get_kaart(bezoeker, "wacht_op")).to_contain_text("Wacht op geld")

    bezoeker.wacht().hoofd.get_by_role("button", name="Wijziging ongedaan maken").click()
    expect(get_kaart(bezoeker, "op_agenda")).to_be_visible()
    bezoeker.wacht()
    bezoeker.page.set_viewport_size({"width": 360, "height": 740})
    expect(get_kaart(bezoeker, "op_agenda")).to_be_visible()
    assert bezoeker.page.evaluate("document.documentElement.scrollWidth") == 360
    assert list_overtredingen(bezoeker) == []
