"""What one further visitor costs the server: `python tests/benchmarks/sessies.py`.

Starts the application on the demo, lets visitors in one by one who look at Oudorp by buurt and filter once, and prints
the growth of the server's resident memory per visitor, beside what a bare Streamlit session costs in the same run.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "browser"), str(Path(__file__).resolve().parents[2])]

from kaart_proef import BROWSER, find_vrije_poort, wait_for_server
from proefserver import run_dashboard

EERSTE, VERDERE = 5, 15
DOEL_MB = 10.0
KAAL = """
import streamlit as st
st.selectbox("Thema", ["alle thema's", "schoon"])
st.title("Kaal")
"""


def read_geheugen_mb(poort: int) -> float:
    """Return the resident memory of the process that listens on a port, in MB."""
    for proces in Path("/proc").glob("[0-9]*"):
        try:
            opdracht = (proces / "environ").read_bytes()
            if f"STREAMLIT_SERVER_PORT={poort}\0".encode() in opdracht:
                regel = next(r for r in (proces / "status").read_text().splitlines() if r.startswith("VmRSS"))
                return int(regel.split()[1]) / 1024
        except (OSError, StopIteration):
            continue
    raise SystemExit(f"Geen proces gevonden op poort {poort}.")


def measure_groei(browser: Browser, adres: str, *, met_kaart: bool) -> float:
    """Return the growth per visitor in MB, after the first few have filled the caches."""
    poort = int(adres.rsplit(":", 1)[1])
    contexten = []
    begin = 0.0
    for nummer in range(EERSTE + VERDERE):
        if nummer == EERSTE:
            begin = read_geheugen_mb(poort)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        contexten.append(context)
        pagina = context.new_page()
        pagina.goto(f"{adres}/?niveau=buurt&gebied=WK036102" if met_kaart else adres)
        pagina.wait_for_selector("h1")
        pagina.get_by_label("Thema").first.click()
        pagina.get_by_role("option", name="schoon", exact=True).click()
        if met_kaart:
            pagina.wait_for_url("**thema=schoon**")
    groei = (read_geheugen_mb(poort) - begin) / VERDERE
    for context in contexten:
        context.close()
    return groei


def main() -> int:
    """Print the figures; 1 when a further session costs more than the target."""
    with tempfile.TemporaryDirectory() as map_, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        with run_dashboard(Path(map_)) as adres:
            groei = measure_groei(browser, adres, met_kaart=True)
        kaal = _measure_kaal(browser, Path(map_))
    print(f"verdere sessie: {groei:.1f} MB, kale Streamlit-sessie: {kaal:.1f} MB (doel: hoogstens {DOEL_MB:.0f} MB)")
    return int(groei > DOEL_MB)


def _measure_kaal(browser: Browser, map_: Path) -> float:
    script = map_ / "kaal.py"
    script.write_text(KAAL, encoding="utf-8")
    poort = find_vrije_poort()
    opdracht = ["env", f"STREAMLIT_SERVER_PORT={poort}", "STREAMLIT_BROWSER_GATHER_USAGE_STATS=false"]
    opdracht += [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    server = subprocess.Popen(opdracht, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_server(f"http://localhost:{poort}/_stcore/health", server)
        return measure_groei(browser, f"http://localhost:{poort}", met_kaart=False)
    finally:
        server.terminate()
        server.wait(timeout=10)


if __name__ == "__main__":
    sys.exit(main())
