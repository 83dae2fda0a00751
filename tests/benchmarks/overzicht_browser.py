"""The page Overzicht against a bare Streamlit page: `python tests/benchmarks/overzicht_browser.py [66 518 14566]`.

From a click on a theme to the recoloured map, and from a first visit to the painted map, with all else on the page: the
list, the sentence, the counts. The measuring is that of `kaart_browser`, where the small application is the baseline.
"""

import sys
import tempfile
from datetime import date
from itertools import cycle
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "browser"), str(Path(__file__).resolve().parents[2])]

from kaart_browser import DOELEN, load_gebieden, measure_bezoeken, measure_filters, report
from kaart_proef import BROWSER, run_proefapp
from proefserver import run_dashboard

from gebieden.domein.agendapunt import Agendapunt, Staat
from gebieden.domein.gebied import Gebied
from gebieden.domein.thema import Thema
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import begin_schrijven, open_database
from gebieden.opslag.gebieden import save_gebieden

DAG = date(2026, 3, 1)


def fill_database(pad: Path, aantal: int) -> None:
    """Make a database with this many areas, each with an agenda of two points."""
    frame = load_gebieden(aantal)
    staten, themas = cycle(s for s in Staat if s is not Staat.WACHT_OP), cycle(Thema)
    punten = [
        Agendapunt(
            f"{code}-{n}", code, f"Punt {n} van {code}", (next(themas),), next(staten), 1, DAG, bijgewerkt_op=DAG
        )
        for code in frame["code"]
        for n in (1, 2)
    ]
    engine = open_database(f"sqlite:///{pad}")
    with begin_schrijven(engine) as conn:
        gebieden = [Gebied(r.code, r.naam, "buurt") for r in frame.itertuples()]
        save_gebieden(
            conn, gebieden, {(c, None): w for c, w in zip(frame["code"], frame.geometry.to_wkb(), strict=True)}
        )
        save_agendapunten(conn, punten, DAG)
    engine.dispose()


def main(aantallen: list[int]) -> int:
    """Measure Overzicht at these sizes; 0 when every target holds."""
    goed = True
    with tempfile.TemporaryDirectory() as tijdelijk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        for aantal in aantallen:
            map_ = Path(tijdelijk) / str(aantal)
            map_.mkdir()
            fill_database(map_ / "gebieden.sqlite", aantal)
            with run_proefapp(map_) as kaal, run_dashboard(map_) as adres:
                overzicht = f"{adres}/?niveau=buurt"
                kaal_ms, kaart_ms, _, per_filter = measure_filters(browser, f"{kaal}/?soort=kaal", overzicht)
                goed &= report(f"Overzicht, {aantal} gebieden, filter", kaal_ms, kaart_ms, DOELEN.get(aantal, 2.5))
                print(f"Overzicht, {aantal} gebieden, kaartbericht {per_filter / aantal:.1f} bytes per gebied")
                leeg_ms, eerste_ms = measure_bezoeken(browser, f"{kaal}/?soort=leeg", overzicht)
                goed &= report(f"Overzicht, {aantal} gebieden, eerste bezoek", leeg_ms, eerste_ms, 1.3)
        browser.close()
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main([int(getal) for getal in sys.argv[1:]] or list(DOELEN)))
