"""The map in a browser: coloured once per filter, clicked once per click, nothing leaves this machine."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.browser.kaart_proef import run_proefapp, save_proefset

NAAM = '<img src=x onerror="window.top.geraakt=1">'
WOORDEN = '<img src=x onerror="window.top.geraakt=2">{{ 7*7 }}'
WACHT_MS = 30_000


def make_raster(aantal_per_kant: int, niveau: str) -> gpd.GeoDataFrame:
    """A square of Alkmaar cut into equal squares; the first has a name that would be trouble as HTML."""
    maat = 4000 / aantal_per_kant
    vakken = [
        shapely.box(108_000 + x * maat, 514_000 + y * maat, 108_000 + (x + 1) * maat, 514_000 + (y + 1) * maat)
        for y in range(aantal_per_kant)
        for x in range(aantal_per_kant)
    ]
    codes = [f"{niveau[:2].upper()}{nummer:08d}" for nummer in range(len(vakken))]
    namen = [NAAM, *(f"{niveau} {nummer}" for nummer in range(1, len(vakken)))]
    return gpd.GeoDataFrame({"code": codes, "naam": namen, "niveau": niveau}, geometry=vakken, crs="EPSG:28992")


@pytest.fixture(scope="module")
def adres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    map_ = tmp_path_factory.mktemp("kaart")
    save_proefset(map_, "klein", make_raster(3, "wijk"))
    save_proefset(map_, "groot", make_raster(24, "buurt"))
    (map_ / "kwijt.json").write_text(json.dumps({"hash": "f" * 32, "codes": ["A"]}))
    with run_proefapp(map_, {"GEBIEDEN_PROEFWOORDEN": WOORDEN}) as adres_:
        yield adres_


@dataclass
class Bezoek:
    """One visitor with a map, and everything the browser asked and complained about meanwhile."""

    context: BrowserContext
    adres: str
    naar_buiten: list[str] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)
    grenzen: list[str] = field(default_factory=list)

    def open(self, vraag: str = "", *, klaar: bool = True) -> tuple[Page, FrameLocator]:
        pagina = self.context.new_page()
        pagina.on("request", lambda verzoek: self.note(verzoek.url))
        pagina.on("pageerror", lambda fout: self.fouten.append(str(fout)))
        pagina.goto(f"{self.adres}/?{vraag}")
        kaart = pagina.frame_locator("iframe")
        if klaar:
            expect(kaart.locator("body")).to_have_attribute("data-grenzen", "klaar", timeout=WACHT_MS)
            expect(kaart.locator("body")).to_have_attribute("data-kleuring", "1", timeout=WACHT_MS)
        return pagina, kaart

    def note(self, url: str) -> None:
        if not url.startswith((self.adres, "data:", "blob:", self.adres.replace("http", "ws"))):
            self.naar_buiten.append(url)
        if "/grenzen/" in url:
            self.grenzen.append(url)


@pytest.fixture
def bezoek(browser: Browser, adres: str) -> Iterator[Bezoek]:
    context = browser.new_context(viewport={"width": 1200, "height": 1300}, service_workers="block")
    bezoek_ = Bezoek(context, adres)
    yield bezoek_
    context.close()
    assert bezoek_.fouten == []
    assert [url for url in bezoek_.naar_buiten if "service.pdok.nl" not in url] == []


def choose_thema(pagina: Page, naam: str) -> None:
    pagina.get_by_role("combobox", name="Thema").click()
    pagina.get_by_role("option", name=naam, exact=True).click()


def press_niets(pagina: Page, runs: int) -> None:
    """Rerun the page for no reason and wait until that was the run with this number."""
    pagina.get_by_role("button", name="Niets").click()
    expect(pagina.get_by_text(f"Runs: {runs}", exact=True)).to_be_visible(timeout=WACHT_MS)


def click_midden(pagina: Page) -> None:
    vak = pagina.locator("iframe").bounding_box()
    assert vak is not None
    pagina.mouse.click(vak["x"] + vak["width"] / 2, vak["y"] + vak["height"] / 2)


def read_kleuren(kaart: FrameLocator) -> str:
    """Return the fills as a picture."""
    return str(kaart.locator(".gebiedenlaag-vlakken").evaluate("doek => doek.toDataURL()"))


@pytest.mark.parametrize("naam", ["klein", "groot"])
def test_every_filter_recolours_once_and_geometry_travels_once(bezoek: Bezoek, naam: str) -> None:
    pagina, kaart = bezoek.open(f"set={naam}")
    eerst = read_kleuren(kaart)
    for keer, thema in enumerate(("veilig", "heel", "veilig"), start=2):
        choose_thema(pagina, thema)
        expect(kaart.locator("body")).to_have_attribute("data-kleuring", str(keer), timeout=WACHT_MS)
    assert read_kleuren(kaart) != eerst
    assert len(bezoek.grenzen) == 1


def test_a_rerun_without_another_filter_recolours_nothing(bezoek: Bezoek) -> None:
    pagina, kaart = bezoek.open()
    press_niets(pagina, runs=2)
    choose_thema(pagina, "sociaal")
    expect(kaart.locator("body")).to_have_attribute("data-kleuring", "2", timeout=WACHT_MS)


def test_a_click_selects_its_area_once_without_recolouring(bezoek: Bezoek) -> None:
    pagina, kaart = bezoek.open()
    click_midden(pagina)
    expect(pagina.get_by_text("Keuze: WI00000004, kliks: 1")).to_be_visible(timeout=WACHT_MS)
    # The click itself ran the page twice: once with the click, once with the selection.
    press_niets(pagina, runs=3)
    choose_thema(pagina, "heel")
    expect(kaart.locator("body")).to_have_attribute("data-kleuring", "2", timeout=WACHT_MS)
    expect(pagina.get_by_text("Keuze: WI00000004, kliks: 1")).to_be_visible()
    click_midden(pagina)
    expect(pagina.get_by_text("Keuze: WI00000004, kliks: 2")).to_be_visible(timeout=WACHT_MS)


def test_a_selection_from_outside_the_map_is_marked_on_it(bezoek: Bezoek) -> None:
    pagina, kaart = bezoek.open()
    merken = kaart.locator(".gebiedenlaag-merken")
    eerst = merken.evaluate("doek => doek.toDataURL()")
    pagina.get_by_role("button", name="Kies het eerste gebied").click()
    expect(pagina.get_by_text("Keuze: WI00000000")).to_be_visible(timeout=WACHT_MS)
    kaart.locator("body").evaluate(
        """(body, eerst) => new Promise(klaar => {
            const kijk = () => document.querySelector('.gebiedenlaag-merken').toDataURL() !== eerst
                ? klaar() : requestAnimationFrame(kijk);
            kijk();
        })""",
        eerst,
    )
    expect(kaart.locator("body")).to_have_attribute("data-kleuring", "1")


def test_panning_and_zooming_ask_nothing_of_the_server(bezoek: Bezoek) -> None:
    pagina, kaart = bezoek.open()
    kaart.get_by_title("Inzoomen").click()
    expect(kaart.locator(".leaflet-zoom-anim")).to_have_count(0)
    kaart.locator("#map_div").press("ArrowRight")
    kaart.get_by_title("Hele kaart tonen").click()
    press_niets(pagina, runs=2)


def test_names_and_words_are_shown_as_text(bezoek: Bezoek) -> None:
    pagina, kaart = bezoek.open()
    vak = pagina.locator("iframe").bounding_box()
    assert vak is not None
    # The first square lies at the south-west corner of the fitted map.
    hoek = kaart.locator("body").evaluate(
        "() => { const p = map.latLngToContainerPoint(map.getBounds().getCenter()); return [p.x, p.y]; }"
    )
    pagina.mouse.move(vak["x"] + hoek[0] - 150, vak["y"] + hoek[1] + 150)
    expect(kaart.locator(".gebied-tip-kop")).to_contain_text(NAAM)
    expect(kaart.locator(".gebied-tip")).to_contain_text("{{ 7*7 }}")
    expect(kaart.locator(".gebied-tip img")).to_have_count(0)
    expect(pagina.locator(".legenda").get_by_text(WOORDEN)).to_be_visible()
    assert pagina.evaluate("window.geraakt") is None


def test_the_frame_and_its_page_say_in_dutch_what_they_are(bezoek: Bezoek) -> None:
    pagina, kaart = bezoek.open()
    expect(pagina.locator("html")).to_have_attribute("lang", "nl")
    expect(pagina.locator("iframe")).to_have_attribute("title", "Kaart van de gebieden")
    expect(kaart.locator("html")).to_have_attribute("lang", "nl")
    expect(kaart.get_by_role("region", name=re.compile("lijst bij de kaart"))).to_be_visible()
    expect(kaart.get_by_text("Schematische grenzen")).to_be_visible()


@pytest.mark.parametrize(("schema", "stelling"), [("light", "licht"), ("dark", "donker")])
def test_the_map_follows_the_theme(browser: Browser, adres: str, schema: str, stelling: str) -> None:
    context = browser.new_context(color_scheme=schema)
    _, kaart = Bezoek(context, adres).open()
    expect(kaart.locator("body")).to_have_attribute("data-kleurstelling", stelling)
    context.close()


def test_a_focus_shows_one_area_with_its_neighbours(bezoek: Bezoek) -> None:
    _, heel = bezoek.open()
    zoom = heel.locator("body").evaluate("() => map.getZoom()")
    _, kaart = bezoek.open("focus=WI00000004")
    assert kaart.locator("body").evaluate("() => map.getZoom()") > zoom


def test_without_the_tile_service_the_map_is_whole(bezoek: Bezoek) -> None:
    bezoek.context.route("https://service.pdok.nl/**", lambda route: route.abort())
    _, kaart = bezoek.open("grijs")
    expect(kaart.get_by_text("Kaartgegevens © Kadaster")).to_be_visible()
    assert any("service.pdok.nl" in url for url in bezoek.naar_buiten)


def test_boundaries_that_cannot_be_loaded_are_reported_with_what_to_do(bezoek: Bezoek) -> None:
    _, kaart = bezoek.open("set=kwijt", klaar=False)
    expect(kaart.get_by_role("alert")).to_contain_text("Vernieuw de pagina", timeout=WACHT_MS)
    expect(kaart.locator("body")).to_have_attribute("data-grenzen", "fout")


def test_a_phone_scrolls_the_page_over_the_map(browser: Browser, adres: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    pagina, kaart = Bezoek(context, adres).open()
    assert kaart.locator("body").evaluate("() => map.dragging.enabled()") is False
    breedte = pagina.locator("iframe").evaluate("frame => frame.getBoundingClientRect().right")
    assert breedte <= 360
    context.close()
