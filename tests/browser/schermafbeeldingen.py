"""Pictures of the application: a few for the README, or every page × role × width × theme to look at."""

import argparse
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bezoek import Bezoeker
from kaart_proef import BROWSER, WORTEL
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from proefserver import run_dashboard

PADEN = {
    "overzicht": "/",
    "gekozen": "/?gebied=WK036106&thema=veilig",
    "gebied": "/gebied?code=WK036106",
    "agenda": "/agenda",
    "tabel": "/agenda?vorm=tabel",
    "tijdlijn": "/agenda?vorm=tijdlijn",
    "initiatieven": "/initiatieven",
    "signalen": "/signalen",
    "uitleg": "/uitleg",
}
ROLLEN = ("publiek", "raad", "gebiedsregisseur", "beheer")
BREEDTES = (360, 768, 1440)
STELLINGEN = ("light", "dark")
README = (
    ("overzicht", "/?gebied=WK036106", "publiek", 1280, "light"),
    ("overzicht-donker", "/?kaart=stil&niveau=buurt", "publiek", 1280, "dark"),
    ("gebied", "/gebied?code=WK036106", "gebiedsregisseur", 1280, "light"),
    ("telefoon", "/?gebied=WK036106", "publiek", 360, "light"),
)
KLEUREN = 96


def open_bezoeker(browser: Browser, adres: str, breedte: int, stelling: str) -> Bezoeker:
    """Return a visitor with a window of this width and theme."""
    hoogte = 740 if breedte < 600 else 860
    context = browser.new_context(
        viewport={"width": breedte, "height": hoogte}, color_scheme=stelling, locale="nl-NL", reduced_motion="reduce"
    )
    return Bezoeker(context.new_page(), adres)


def visit(bezoeker: Bezoeker, pad: str, rol: str) -> None:
    """Open a page as a role; the map is painted when this returns."""
    bezoeker.open(pad)
    if rol != "publiek":
        bezoeker.speel_rol(rol)
    if pad.startswith(("/?", "/gebied")) or pad == "/":
        bezoeker.kaart()
    bezoeker.wacht()


def store_beeld(bezoeker: Bezoeker, doel: Path, *, heel: bool = False) -> None:
    """Store what is on the screen, or the page from top to bottom, as a small PNG."""
    page = bezoeker.page
    if heel:
        hoogte = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": min(hoogte, 5000)})
        bezoeker.wacht()
    page.screenshot(path=doel)
    with Image.open(doel) as beeld:
        beeld.convert("RGB").quantize(KLEUREN, dither=Image.Dither.NONE).save(doel, optimize=True)


def fill_te_lang(database: Path) -> None:
    """Give one wijk what is too long, and another one nothing at all."""
    with sqlite3.connect(database) as db:
        lang = ("Speelplek met zitranden, waterpomp en bomen voor alle leeftijden " * 4)[:200]
        partners = ", ".join(f'"partner nummer {n}"' for n in range(1, 41))
        db.execute(
            "UPDATE agendapunt SET titel = ?, partners = ?, trekker = ? WHERE gebied = 'WK036106'",
            (lang, f"[{partners}]", "projectleider " * 8),
        )
        db.execute("UPDATE initiatief SET titel = ?, aangevraagd = 1234567.89 WHERE gebied LIKE '__036106%'", (lang,))
        for tabel in ("agendapunt", "agenda_versie"):
            db.execute(f"DELETE FROM {tabel} WHERE gebied LIKE '__036108%'")
    db.close()


def iterate_alles() -> Iterator[tuple[str, str, str, int, str]]:
    """Yield (name, path, role, width, theme) of everything there is to look at."""
    for stelling in STELLINGEN:
        for breedte in BREEDTES:
            for rol in ROLLEN:
                for naam, pad in PADEN.items():
                    yield f"{naam}-{rol}-{breedte}-{stelling}", pad, rol, breedte, stelling


def make_readme(browser: Browser, adres: str, map_: Path) -> None:
    """Make the pictures of the README."""
    for naam, pad, rol, breedte, stelling in README:
        bezoeker = open_bezoeker(browser, adres, breedte, stelling)
        visit(bezoeker, pad, rol)
        store_beeld(bezoeker, map_ / f"{naam}.png")
        bezoeker.page.context.close()


def make_alles(browser: Browser, adres: str, map_: Path, patroon: str) -> None:
    """Make every picture whose name fits the pattern."""
    for naam, pad, rol, breedte, stelling in iterate_alles():
        if re.search(patroon, naam):
            bezoeker = open_bezoeker(browser, adres, breedte, stelling)
            visit(bezoeker, pad, rol)
            store_beeld(bezoeker, map_ / f"{naam}.png", heel=True)
            bezoeker.page.context.close()


def main() -> None:
    """Read the command line, start a demo of its own, and make the pictures."""
    ontleder = argparse.ArgumentParser(description=__doc__)
    ontleder.add_argument("--alles", type=Path, metavar="MAP", help="maak alle beelden, in deze map")
    ontleder.add_argument("--alleen", default="", metavar="PATROON", help="alleen de beelden met zo'n naam")
    ontleder.add_argument("--te-lang", action="store_true", help="met te lange teksten, en een wijk zonder punten")
    keuzes = ontleder.parse_args()
    doel = keuzes.alles or WORTEL / "docs" / "beelden"
    doel.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as map_, run_dashboard(Path(map_)) as adres, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        open_bezoeker(browser, adres, 1280, "light").open("/uitleg")
        if keuzes.te_lang:
            fill_te_lang(Path(map_) / "gebieden.sqlite")
        if keuzes.alles:
            make_alles(browser, adres, doel, keuzes.alleen)
        else:
            make_readme(browser, adres, doel)
        browser.close()


if __name__ == "__main__":
    main()
