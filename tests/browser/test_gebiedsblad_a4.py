"""The print sheet in a real browser: exactly one A4, nothing cut off by the foot, nothing asked of the network."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import shapely
from playwright.sync_api import Browser, Page

from gebieden.domein.voortgang import Categorie
from gebieden.rapport.bladindeling import Bladpunt
from gebieden.rapport.gebiedsblad import Bladinitiatief, Bladtelling, Gebiedsblad, render_gebiedsblad
from gebieden.rapport.kaartje import compose_kaartje

A4_PUNTEN = (595, 842)


def build_blad(punten: int, tekens: int, initiatieven: int, rijen: int) -> Gebiedsblad:
    titel = ("Fietsenrekken bij het winkelcentrum Wijkwaard " * 9)[:tekens]
    bij = ("afgesproken: 1 april 2026 · 3 weken geleden · veilig, schoon · Gebiedsregisseur " * 3)[:tekens]
    zin = "Agenda 1 maart 2026 (versie 3), 14 punten: 4 afgerond (2 geborgd), 5 lopen, 2 wachten (1× geld). "
    return Gebiedsblad(
        naam="Daalmeer/Koedijk " * (1 + tekens // 50),
        hoort_bij="Ligt in gebied Noord en in gemeente Alkmaar. " * (1 + tekens // 50),
        zin=zin * (1 + tekens // 30),
        punten=tuple(Bladpunt(titel, list(Categorie)[n % 8], n % 3 == 0, n % 9 == 0, bij) for n in range(punten)),
        peildatum=date(2026, 5, 12),
        bron="Gebiedsdashboard, verzonnen demogegevens",
        adres="http://localhost:8501/gebied?code=WK036106" + "&x=1" * tekens,
        uitleg="http://localhost:8501/uitleg",
        verzonnen=True,
        initiatieven=tuple(Bladinitiatief(titel, "Regiegroep is voor een deel voor") for _ in range(initiatieven)),
        telling=Bladtelling(
            "Signalen", ("", "2026 K1", "2026 K2"), (("Geluid" * 9, "12", "afgeschermd"),) * rijen, "Noot."
        ),
        kaartje=compose_kaartje(shapely.box(0, 0, 300, 200), [shapely.box(300, 0, 600, 200)], schematisch=True),
    )


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("punten", "tekens", "initiatieven", "rijen"),
    [(0, 20, 0, 0), (14, 40, 4, 3), (40, 200, 12, 4), (40, 60, 0, 0), (400, 200, 60, 60), (3, 200, 60, 0)],
)
def test_any_area_prints_on_exactly_one_a4(page: Page, punten: int, tekens: int, initiatieven: int, rijen: int) -> None:
    verzoeken: list[str] = []
    page.on("request", lambda verzoek: verzoeken.append(verzoek.url))
    page.set_content(render_gebiedsblad(build_blad(punten, tekens, initiatieven, rijen)))
    pdf = page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/Count (\d+)", pdf) == [b"1"]
    (vlak,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert tuple(round(float(maat)) for maat in vlak) == A4_PUNTEN
    assert verzoeken == []

    onderkant = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.blad > :not(footer, .merk)')]"
        ".map(e => e.getBoundingClientRect().bottom))"
    )
    assert onderkant <= page.evaluate("document.querySelector('footer').getBoundingClientRect().top")


def test_titles_are_shown_whole_when_there_is_room(page: Page) -> None:
    page.set_content(render_gebiedsblad(build_blad(10, 100, 0, 0)))
    afgekapt = page.evaluate(
        "[...document.querySelectorAll('li .titel')].filter(e => e.scrollHeight > e.clientHeight + 1).length"
    )
    assert afgekapt == 0
