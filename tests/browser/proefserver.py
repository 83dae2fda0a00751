"""Starts the application as a visitor gets it: `streamlit run app.py` on a free port, on a database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaart_proef import WORTEL, find_vrije_poort, wait_for_server


@contextmanager
def run_dashboard(map_: Path, **omgeving: str) -> Iterator[str]:
    """Serve the application with a database in `map_` and yield its address. `omgeving` overrides any setting."""
    poort = int(omgeving.get("STREAMLIT_SERVER_PORT") or find_vrije_poort())
    alles = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("STREAMLIT_", "GEBIEDEN_"))}
    alles |= {
        "GEBIEDEN_DATABASE": f"sqlite:///{map_ / 'gebieden.sqlite'}",
        "GEBIEDEN_MODUS": "demo",
        **omgeving,
        "STREAMLIT_SERVER_PORT": str(poort),
    }
    with (map_ / "server.log").open("wb") as log:
        opdracht = [sys.executable, "-m", "streamlit", "run", "app.py"]
        server = subprocess.Popen(opdracht, cwd=WORTEL, env=alles, stdout=log, stderr=log)
        try:
            adres = f"http://localhost:{poort}"
            wait_for_server(f"{adres}/_stcore/health", server)
            yield adres
        finally:
            server.terminate()
            server.wait(timeout=10)
