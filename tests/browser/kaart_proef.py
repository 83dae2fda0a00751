"""Starts `kaart_proefapp.py` on a free port, with its own folder of boundary files."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd

from gebieden.kaart.geometrie import Grenzenbestand, build_grenzenbestand

WORTEL = Path(__file__).parents[2]
BROWSER = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
        # Nothing outside this machine can even be found.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    ],
}


def save_proefset(map_: Path, naam: str, gebieden: gpd.GeoDataFrame) -> Grenzenbestand:
    """Build a boundary file and put it where the application looks."""
    bestand = build_grenzenbestand(gebieden)
    (map_ / f"{bestand.hash}.json.gz").write_bytes(bestand.inhoud_gzip)
    (map_ / f"{naam}.json").write_text(json.dumps({"hash": bestand.hash, "codes": bestand.codes}))
    return bestand


def find_vrije_poort() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as stopcontact:
        stopcontact.bind(("127.0.0.1", 0))
        return int(stopcontact.getsockname()[1])


@contextmanager
def run_proefapp(map_: Path, extra: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the application from `map_`, where Streamlit wants `static/` too, and yield its address."""
    shutil.copy(WORTEL / "tests/browser/kaart_proefapp.py", map_ / "app.py")
    shutil.copytree(WORTEL / "static", map_ / "static", dirs_exist_ok=True)
    poort = find_vrije_poort()
    omgeving = os.environ | {
        "GEBIEDEN_PROEFGRENZEN": str(map_),
        "PYTHONPATH": os.pathsep.join([str(WORTEL), os.environ.get("PYTHONPATH", "")]),
        "STREAMLIT_SERVER_PORT": str(poort),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true",
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        **(extra or {}),
    }
    opdracht = [sys.executable, "-m", "streamlit", "run", "app.py"]
    with (map_ / "server.log").open("wb") as log:
        server = subprocess.Popen(opdracht, cwd=map_, env=omgeving, stdout=log, stderr=log)
        try:
            adres = f"http://127.0.0.1:{poort}"
            wait_for_server(f"{adres}/_stcore/health", server)
            yield adres
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for_server(adres: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; fail when it stopped or takes more than a minute."""
    einde = time.monotonic() + 60
    while time.monotonic() < einde:
        if server.poll() is not None:
            raise RuntimeError(f"De server stopte meteen, met status {server.returncode}.")
        try:
            with urllib.request.urlopen(adres, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("De server gaf na een minuut nog geen antwoord.")
