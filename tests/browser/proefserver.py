"""Starts the application as a visitor gets it: `streamlit run app.py` on a free port, on a database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaart_proef import WORTEL, find_vrije_poort, wait_for_server


def start_dashboard(map_: Path, poort: int, **omgeving: str) -> subprocess.Popen[bytes]:
    """Start the application on this port with a database in `map_`; it may not answer yet.

    `omgeving` overrides any setting.
    """
    alles = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("STREAMLIT_", "GEBIEDEN_"))}
    alles |= {
        "GEBIEDEN_DATABASE": f"sqlite:///{map_ / 'gebieden.sqlite'}",
        "GEBIEDEN_MODUS": "demo",
        "STREAMLIT_SERVER_PORT": str(poort),
        **omgeving,
    }
    with (map_ / "server.log").open("ab") as log:
        opdracht = [sys.executable, "-m", "streamlit", "run", "app.py"]
        return subprocess.Popen(opdracht, cwd=WORTEL, env=alles, stdout=log, stderr=log)


@contextmanager
def run_dashboard(map_: Path, **omgeving: str) -> Iterator[str]:
    """Serve the application with a database in `map_` and yield its address. `omgeving` overrides any setting."""
    poort = int(omgeving.pop("STREAMLIT_SERVER_PORT", 0)) or find_vrije_poort()
    server = start_dashboard(map_, poort, **omgeving)
    try:
        wait_for_server(f"http://localhost:{poort}/_stcore/health", server)
        yield f"http://localhost:{poort}"
    finally:
        server.terminate()
        server.wait(timeout=10)
