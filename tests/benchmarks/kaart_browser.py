"""From click to recoloured map, first visit and wire sizes of the map, in a real browser.

Run: `python tests/benchmarks/kaart_browser.py [66] [518] [14566]`. Prints each figure with its ratio and
its target. The map and the bare page are measured by turns, in one run on one machine, because only their
ratio means anything.

To measure another page than the small one of `tests/browser/kaart_proefapp.py`: give its address to
`measure_filters` (any page with a select box `Thema` and the map) and to `measure_bezoeken`.
"""

import os
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Request, sync_playwright

WORTEL = Path(__file__).parents[2]
VOORBEELDDATA = Path(os.environ.get("GEBIEDEN_VOORBEELDDATA") or WORTEL.parent / "shared" / "data")
DOELEN = {66: 1.5, 518: 1.5, 14566: 2.5}
KLIKKEN = 9
BEZOEKEN = 7

# Times are taken inside the browser, so that they hold nothing of Playwright: from the click on an option
# to the frame in which the map (data-kleuring) or the bare page (.antwoord) has changed.
STOPWATCH = """
const nu = () => performance.timeOrigin + performance.now();
window.addEventListener("click", () => { window.top.klik = nu(); }, true);
const lees = () => document.body?.dataset.kleuring ?? document.querySelector(".antwoord")?.textContent;
let vorige;
const kijk = () => {
  const waarde = lees();
  if (waarde === undefined || waarde === vorige) return;
  vorige = waarde;
  window.top.klaar = nu();
};
const wat = {subtree: true, childList: true, characterData: true, attributeFilter: ["data-kleuring"]};
window.addEventListener("DOMContentLoaded", () => new MutationObserver(kijk).observe(document.body, wat));
"""
GESCHILDERD = "document.body?.dataset.grenzen === 'klaar' && Number(document.body.dataset.kleuring) >= 1"
LEEG_KLAAR = "Boolean(window.map && document.querySelector('.leaflet-map-pane'))"
# Notes when the condition first holds in a frame, counted from the start of the visit.
AANKOMST = """
const nu = () => performance.timeOrigin + performance.now() - window.top.performance.timeOrigin;
const kijk = () => {
  if (%s) window.top.aankomst = nu();
  else window.requestAnimationFrame(kijk);
};
window.addEventListener("DOMContentLoaded", () => window === window.top || kijk());
"""


@dataclass
class Verkeer:
    """What went over the wire: websocket messages that hold the map, in bytes, and requests for boundaries."""

    kaartberichten: list[int] = field(default_factory=list)
    grenzen: list[Request] = field(default_factory=list)


def open_pagina(context: BrowserContext, adres: str, verkeer: Verkeer) -> Page:
    """Open a page with the stopwatch in every frame and its traffic counted."""
    pagina = context.new_page()
    pagina.add_init_script(STOPWATCH)

    def count_frame(inhoud: str | bytes) -> None:
        if isinstance(inhoud, bytes) and b"gebiedenkaart.toon" in inhoud:
            verkeer.kaartberichten.append(len(inhoud))

    pagina.on("websocket", lambda stopcontact: stopcontact.on("framereceived", count_frame))
    pagina.on(
        "requestfinished",
        lambda verzoek: verkeer.grenzen.append(verzoek) if "/grenzen/" in verzoek.url else None,
    )
    pagina.goto(adres)
    return pagina


def find_kaartframe(pagina: Page) -> Frame:
    """Return the frame that holds the map, once it is there."""
    pagina.locator("iframe[src*=st_folium]").first.wait_for()
    return next(frame for frame in pagina.frames if "st_folium" in frame.url)


def choose_thema(pagina: Page, nummer: int) -> float:
    """Choose the theme with this number and return the milliseconds until the answer was on the screen."""
    pagina.evaluate("window.klaar = 0")
    pagina.get_by_role("combobox", name="Thema").click()
    pagina.get_by_role("option").nth(nummer).click()
    pagina.wait_for_function("window.klaar > window.klik", timeout=60_000)
    return float(pagina.evaluate("window.klaar - window.klik"))


def measure_filters(browser: Browser, kaal: str, kaart: str) -> tuple[list[float], list[float], list[int], int]:
    """Return the times of the bare page and of the map, bytes of the boundaries and of the last message."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    verkeer = Verkeer()
    kale_pagina = open_pagina(context, kaal, Verkeer())
    kale_pagina.locator(".antwoord").wait_for()
    kaartpagina = open_pagina(context, kaart, verkeer)
    find_kaartframe(kaartpagina).wait_for_function(GESCHILDERD, timeout=120_000)
    kale_tijden, kaarttijden = [], []
    for keer in range(KLIKKEN + 2):
        nummer = 1 + keer % 5
        kale_pagina.bring_to_front()
        kaal_ms = choose_thema(kale_pagina, nummer)
        kaartpagina.bring_to_front()
        kaart_ms = choose_thema(kaartpagina, nummer)
        # The first two warm up caches on both sides.
        if keer >= 2:
            kale_tijden.append(kaal_ms)
            kaarttijden.append(kaart_ms)
    grenzen = [verzoek.sizes()["responseBodySize"] for verzoek in verkeer.grenzen]
    context.close()
    return kale_tijden, kaarttijden, grenzen, verkeer.kaartberichten[-1]


def measure_bezoek(browser: Browser, adres: str, klaar: str) -> float:
    """Return the milliseconds from an empty browser cache to the moment that `klaar` holds in the frame."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    pagina = context.new_page()
    pagina.add_init_script(AANKOMST % klaar)
    pagina.goto(adres, wait_until="commit")
    pagina.wait_for_function("window.aankomst", timeout=120_000)
    aankomst = float(pagina.evaluate("window.aankomst"))
    context.close()
    return aankomst


def measure_bezoeken(browser: Browser, leeg: str, kaart: str) -> tuple[list[float], list[float]]:
    """Return the times of first visits to an empty streamlit-folium page and to the map, by turns."""
    lege, kaarten = [], []
    for keer in range(BEZOEKEN + 1):
        leeg_ms = measure_bezoek(browser, leeg, LEEG_KLAAR)
        kaart_ms = measure_bezoek(browser, kaart, GESCHILDERD)
        if keer:
            lege.append(leeg_ms)
            kaarten.append(kaart_ms)
    return lege, kaarten


def load_gebieden(aantal: int) -> gpd.GeoDataFrame:
    """Return this many real areas: Alkmaar, Alkmaar eight times beside each other, or the country."""
    if aantal > 1000:
        land = gpd.read_file(VOORBEELDDATA / "grenzen" / "nl_buurten_2024_schaal.geojson").to_crs(28992)
        land = land.rename(columns={"buurtcode": "code", "buurtnaam": "naam"}).iloc[:aantal]
        return land.assign(niveau="buurt")
    alkmaar = gpd.read_file(VOORBEELDDATA / "grenzen" / "alkmaar_28992.gpkg", layer="buurten")
    alkmaar = alkmaar.rename(columns={"buurtcode": "code", "buurtnaam": "naam"}).assign(niveau="buurt")
    keren = range(-(-aantal // len(alkmaar)))
    naast_elkaar = [
        alkmaar.assign(
            code=alkmaar["code"] + f"-{keer}",
            geometry=alkmaar.translate(16_000 * (keer % 4), -20_000 * (keer // 4)),
        )
        for keer in keren
    ]
    return gpd.GeoDataFrame(pd.concat(naast_elkaar, ignore_index=True).iloc[:aantal], crs=28992)


def report(regel: str, kaal: list[float], kaart: list[float], doel: float) -> bool:
    """Print one comparison and return whether its target holds.

    The ratio is the median of the ratios of two measurements that follow each other, so that a machine that gets
    busier on the way burdens both sides.
    """
    basis, eigen = statistics.median(kaal), statistics.median(kaart)
    verhouding = statistics.median(na / voor for voor, na in zip(kaal, kaart, strict=True))
    goed = verhouding <= doel
    print(
        f"{regel}: {basis:.0f} ms → {eigen:.0f} ms, verhouding {verhouding:.2f}, hoogstens {doel}: "
        f"{'gehaald' if goed else 'NIET GEHAALD'}"
    )
    return goed


def main(aantallen: list[int]) -> int:
    """Measure the small application at these sizes; 0 when every target holds."""
    # Run as a file, Python looks in this folder only.
    sys.path.insert(0, str(WORTEL))
    from tests.browser.kaart_proef import BROWSER, run_proefapp, save_proefset

    goed = True
    with tempfile.TemporaryDirectory() as tijdelijk, sync_playwright() as playwright:
        for aantal in aantallen:
            save_proefset(Path(tijdelijk), str(aantal), load_gebieden(aantal))
        browser = playwright.chromium.launch(**BROWSER)
        with run_proefapp(Path(tijdelijk)) as adres:
            for aantal in aantallen:
                kaart = f"{adres}/?set={aantal}"
                kaal_ms, kaart_ms, grenzen, per_filter = measure_filters(browser, f"{adres}/?soort=kaal", kaart)
                goed &= report(f"{aantal} gebieden, filter", kaal_ms, kaart_ms, DOELEN.get(aantal, 2.5))
                print(
                    f"{aantal} gebieden, over de lijn: grenzen {grenzen} bytes, "
                    f"kaartbericht van een filter {per_filter} bytes = {per_filter / aantal:.1f} per gebied"
                )
                leeg_ms, eerste_ms = measure_bezoeken(browser, f"{adres}/?soort=leeg", kaart)
                goed &= report(f"{aantal} gebieden, eerste bezoek", leeg_ms, eerste_ms, 1.3)
        browser.close()
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main([int(getal) for getal in sys.argv[1:]] or list(DOELEN)))
