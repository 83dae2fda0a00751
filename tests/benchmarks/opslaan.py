"""How long saving takes: `python tests/benchmarks/opslaan.py [--database sqlite|postgresql]`.

From the click on Opslaan until the bericht stands in the list, in a browser; beside a bare Streamlit page that shows
what was typed in the same kind of form, plus one commit on the same database. May be one and a half times as long.
"""

import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Engine

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "browser"), str(Path(__file__).resolve().parents[2])]

from kaart_proef import BROWSER
from opstelling import Opstelling, run_kaal, run_opstelling, run_per_database

from gebieden.opslag.database import Deel, begin_schrijven, set_instelling

DOEL = 1.5
KEER, WARM = 20, 3
SCHRIJVER = 0
KAAL = """
import streamlit as st
geschreven = st.session_state.setdefault("geschreven", [])
with st.form("formulier", clear_on_submit=True):
    tekst = st.text_area("Tekst")
    if st.form_submit_button("Opslaan"):
        geschreven.insert(0, tekst)
for regel in geschreven:
    st.html(f'<div class="bericht">{regel}</div>')
"""
# Inside the page, so that what drives the browser costs nothing.
KLIK = """tekst => new Promise(klaar => {
  const begin = performance.now();
  const kijk = new MutationObserver(() => {
    if (![...document.querySelectorAll(".bericht")].some(b => b.textContent.includes(tekst))) return;
    kijk.disconnect();
    requestAnimationFrame(() => klaar((performance.now() - begin) / 1000));
  });
  kijk.observe(document.body, { childList: true, subtree: true, characterData: true });
  [...document.querySelectorAll("button")].find(k => k.innerText.trim().endsWith("Opslaan")).click();
})"""


def measure_opslaan(pagina: Page, nummer: int) -> float:
    """Return the seconds from the click until what was typed is seen."""
    pagina.bring_to_front()
    tekst = f"proefbericht {nummer} van {time.time_ns()}"
    vak = pagina.locator("textarea").first
    vak.fill(tekst)
    vak.blur()
    pagina.wait_for_timeout(400)
    seconden = float(pagina.evaluate(KLIK, tekst))
    pagina.wait_for_function("document.querySelector('textarea')?.value === ''")
    return seconden


def measure_commit(engine: Engine, nummer: int) -> float:
    """Return the seconds of a transaction that writes one row."""
    begin = time.perf_counter()
    with begin_schrijven(engine, Deel.INSTELLINGEN) as conn:
        set_instelling(conn, "proef", str(nummer))
    return time.perf_counter() - begin


def run(database: str) -> bool:
    """Measure on one kind of database, print the figures and return whether the target is met."""
    with run_opstelling(database, 2) as opstelling, run_kaal(KAAL) as (kaal, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        context = browser.new_context(locale="nl-NL")
        context.add_cookies(list_koekjes(opstelling, SCHRIJVER))
        eigen, leeg = context.new_page(), browser.new_page()
        eigen.goto(f"{opstelling.herkomst}/punt?soort=agendapunt&id={opstelling.punten[0]}")
        leeg.goto(kaal)
        eigen.locator("textarea").first.wait_for()
        leeg.locator("textarea").first.wait_for()
        # By turns, so that a machine that gets busier on the way burdens both sides.
        metingen = [
            (measure_opslaan(eigen, n), measure_opslaan(leeg, n), measure_commit(opstelling.engine, n))
            for n in range(WARM + KEER)
        ]
        browser.close()
    return report(database, metingen[WARM:])


def list_koekjes(opstelling: Opstelling, nummer: int) -> list[dict[str, str]]:
    """Return the cookies of a person as the browser takes them."""
    koekjes = opstelling.get_koekjes(nummer).items()
    return [{"name": naam, "value": waarde, "url": opstelling.herkomst} for naam, waarde in koekjes]


def report(database: str, metingen: list[tuple[float, float, float]]) -> bool:
    """Print the medians and return whether the target is met."""
    opslaan, rerun, commit = (statistics.median(kolom) for kolom in zip(*metingen, strict=True))
    verhouding = statistics.median(o / (r + c) for o, r, c in metingen)
    print(
        f"{database}: opslaan tot het te zien is {opslaan:.3f} s; kale Streamlit-rerun {rerun:.3f} s + één commit "
        f"{commit:.3f} s; verhouding {verhouding:.2f} (doel: hoogstens {DOEL})",
        flush=True,
    )
    return verhouding <= DOEL


if __name__ == "__main__":
    sys.exit(run_per_database(__doc__, run))
