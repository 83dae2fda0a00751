"""One browser and one server for the whole run; every test gets a visitor of its own, who never leaves localhost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bezoek import WACHTTIJD_MS, Bezoeker
from kaart_proef import BROWSER
from playwright.sync_api import Browser, Request, expect, sync_playwright
from proefserver import run_dashboard

from gebieden.demo.bouwen import build_demo
from gebieden.opslag.database import open_database

LOKAAL = ("localhost", "127.0.0.1")
# The sign-in page of the provider in the tests, not of ours, asks for a style sheet here.
AANBIEDERSTIJL = "https://cdn.jsdelivr.net/"

expect.set_options(timeout=WACHTTIJD_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of the run: two at once cannot be driven from one thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demobestand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo database, to copy."""
    pad = tmp_path_factory.mktemp("demobestand") / "gebieden.sqlite"
    engine = open_database(f"sqlite:///{pad}")
    build_demo(engine)
    engine.dispose()
    return pad


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo that all tests share that change nothing; it builds its database at the first visit."""
    with run_dashboard(tmp_path_factory.mktemp("dashboard")) as adres:
        yield adres


@pytest.fixture
def ontvang(browser: Browser) -> Iterator[Callable[..., Bezoeker]]:
    """Return a function that lets a new visitor in; afterwards, whoever asked for anything outside fails the test."""
    bezoekers: list[Bezoeker] = []
    adressen: tuple[str, ...] = ()
    naar_buiten: list[str] = []

    # Watched, not intercepted: the browser itself finds nothing outside, and a hundred files a page go at full speed.
    def note_verzoek(verzoek: Request) -> None:
        doel = urlsplit(verzoek.url)
        is_van_aanbieder = verzoek.url.startswith(AANBIEDERSTIJL) and not verzoek.frame.url.startswith(adressen)
        if doel.scheme in ("http", "https") and doel.hostname not in LOKAAL and not is_van_aanbieder:
            naar_buiten.append(verzoek.url)

    def laat_binnen(adres: str, *, breedte: int = 1440, hoogte: int = 900, **opties) -> Bezoeker:
        nonlocal adressen
        adressen = (*adressen, adres)
        context = browser.new_context(
            viewport={"width": breedte, "height": hoogte}, locale="nl-NL", accept_downloads=True, **opties
        )
        context.on("request", note_verzoek)
        context.set_default_timeout(WACHTTIJD_MS)
        bezoeker = Bezoeker(context.new_page(), adres)
        bezoekers.append(bezoeker)
        return bezoeker

    yield laat_binnen
    for bezoeker in bezoekers:
        bezoeker.page.context.close()
    assert naar_buiten == []
    assert [fout for bezoeker in bezoekers for fout in bezoeker.fouten] == []
