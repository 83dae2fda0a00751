"""Markup in every text field, in a real browser: it is read as text, and nothing of it happens."""

import shutil

import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard
from sqlalchemy import update

from gebieden.opslag import tabellen
from gebieden.opslag.database import open_database

LADING = (
    "<img src=x onerror='window.plof=1'> <script>window.plof=1</script> **vet** $x^2$ :material/home: :red[rood] "
    "[hier](https://example.org) ![plaatje](https://example.org/x.png) www.example.org plof@example.org "
    "~~weg~~ :smile: :streamlit: # kop `code` \\(x\\) =1+1 {{7*7}}"
)

# What would be there if any of it were more than text.
GEVOLGEN = (
    "img[src=x]",
    "img[src*=example]",
    "a[href*=example]",
    ".katex",
    "del",
    "code",
    "[style*='color: red']",
    "h1 [data-testid=stIconMaterial]",
    ".st-key-lijst p [data-testid=stIconMaterial]",
)


@pytest.fixture(scope="module")
def geladen(tmp_path_factory, demobestand):
    map_ = tmp_path_factory.mktemp("geladen")
    shutil.copy(demobestand, map_ / "gebieden.sqlite")
    engine = open_database(f"sqlite:///{map_ / 'gebieden.sqlite'}")
    with engine.begin() as conn:
        velden = dict.fromkeys(("titel", "omschrijving", "trekker", "reden", "herkomst"), LADING)
        conn.execute(update(tabellen.agendapunt).values(**velden, partners=[LADING]))
        conn.execute(update(tabellen.initiatief).values(titel=LADING, omschrijving=LADING))
        conn.execute(update(tabellen.bericht).values(tekst=LADING))
        conn.execute(update(tabellen.gebied).values(naam=LADING))
        conn.execute(
            update(tabellen.signaalcategorie).where(tabellen.signaalcategorie.c.nummer == 1).values(naam=LADING)
        )
    engine.dispose()
    with run_dashboard(map_) as adres:
        yield adres


@pytest.mark.parametrize(
    "pad", ["/?gebied=WK036106", "/gebied?code=WK036106&sinds=2020-01-01", "/agenda", "/initiatieven", "/signalen"]
)
def test_markup_is_text_and_nothing_more(ontvang, geladen, pad):
    bezoeker = ontvang(geladen).open(pad)
    if pad.startswith("/?"):
        kaart = bezoeker.kaart()
        kaart.locator("#map_div").hover(position={"x": 300, "y": 200})
        assert kaart.evaluate("window.plof") is None
        assert kaart.locator("img[src=x]").count() == 0
    expect(bezoeker.hoofd.locator("h1")).to_be_visible()
    assert LADING in bezoeker.hoofd.inner_text().replace("\u2060", "")
    assert bezoeker.page.evaluate("window.plof") is None
    for gevolg in GEVOLGEN:
        expect(bezoeker.hoofd.locator(gevolg)).to_have_count(0)
