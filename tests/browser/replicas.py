"""Starts nginx as it is shipped in `deploy/nginx`, in front of two processes; only ports and folders differ."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kaart_proef import WORTEL, find_vrije_poort, wait_for_server
from proefserver import start_dashboard

INSTALLATIE: Final = "/etc/nginx/gebiedsdashboard"
NGINX_CONF: Final = """
{gebruiker}
daemon off;
pid {map}/nginx.pid;
error_log {map}/fouten.log;
worker_processes 1;
events {{}}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {map}/tijdelijk;
    proxy_temp_path {map}/doorgeven;
    fastcgi_temp_path {map}/ongebruikt1;
    uwsgi_temp_path {map}/ongebruikt2;
    scgi_temp_path {map}/ongebruikt3;
    include {map}/gebiedsdashboard.conf;
}}
"""


@dataclass
class Replica:
    """One process of the application. `map` is where it may write; `omgeving` are its settings."""

    map: Path
    poort: int
    omgeving: dict[str, str]
    proces: subprocess.Popen[bytes] | None = None

    @property
    def adres(self) -> str:
        return f"http://localhost:{self.poort}"

    def start(self) -> None:
        """Start the process and wait until it answers."""
        self.map.mkdir(exist_ok=True)
        self.proces = start_dashboard(self.map, self.poort, **self.omgeving)
        wait_for_server(f"{self.adres}/gezond", self.proces)

    def stop(self, *, plotseling: bool = False) -> None:
        """Stop the process, if it runs: as an administrator does, or as a power failure does."""
        if self.proces is not None:
            (self.proces.kill if plotseling else self.proces.terminate)()
            self.proces.wait(timeout=20)
            self.proces = None


@contextmanager
def run_replicas(map_: Path, **omgeving: str) -> Iterator[tuple[Replica, Replica]]:
    """Serve two processes with the same settings, each on a port of its own."""
    een, ander = (Replica(map_ / naam, find_vrije_poort(), omgeving) for naam in ("een", "ander"))
    try:
        een.start()
        ander.start()
        yield een, ander
    finally:
        een.stop()
        ander.stop()


@contextmanager
def run_nginx(map_: Path, poorten: Sequence[int], poort: int) -> Iterator[str]:
    """Serve the two processes on these ports over https and yield the address; http is on the next port."""
    _write_inrichting(map_, poorten, poort)
    programma = _find_programma("nginx")
    opdracht = [programma, "-e", f"{map_}/fouten.log", "-p", str(map_), "-c", str(map_ / "nginx.conf")]
    proef = subprocess.run([*opdracht, "-t"], check=False, capture_output=True, text=True)
    if proef.returncode:
        raise RuntimeError(f"nginx keurt de inrichting af: {proef.stderr}")
    server = subprocess.Popen(opdracht)
    try:
        _wait_for_poort(poort)
        yield f"https://localhost:{poort}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def find_poortpaar() -> int:
    """Return a port that nothing listens on, nor on the next."""
    while True:
        poort = find_vrije_poort()
        with socket.socket() as stekker, suppress(OSError):
            stekker.bind(("127.0.0.1", poort + 1))
            return poort


def _wait_for_poort(poort: int) -> None:
    einde = time.monotonic() + 20
    while time.monotonic() < einde:
        with suppress(OSError), socket.create_connection(("localhost", poort), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx luistert na twintig seconden nog niet.")


def _write_inrichting(map_: Path, poorten: Sequence[int], poort: int) -> None:
    shutil.copytree(WORTEL / "deploy/nginx", map_, dirs_exist_ok=True)
    vervangingen = {
        INSTALLATIE: str(map_),
        "/etc/nginx/tls": f"{map_}/tls",
        "/var/cache": str(map_),
        "/var/log/nginx": str(map_),
        "443 ssl": f"{poort} ssl",
        "listen 80 ": f"listen {poort + 1} ",
        "listen [::]:80 ": f"listen [::]:{poort + 1} ",
        "8501": str(poorten[0]),
        "8502": str(poorten[1]),
    }
    # All at once: a free port may look like one that is still to be replaced.
    te_vervangen = re.compile("|".join(re.escape(oud) for oud in vervangingen))
    for bestand in map_.glob("*.conf"):
        tekst = bestand.read_text(encoding="utf-8")
        bestand.write_text(te_vervangen.sub(lambda vondst: vervangingen[vondst[0]], tekst), encoding="utf-8")
    gebruiker = "user root;" if os.geteuid() == 0 else ""
    (map_ / "nginx.conf").write_text(NGINX_CONF.format(gebruiker=gebruiker, map=map_), encoding="utf-8")
    _write_certificaat(map_ / "tls")


def _write_certificaat(map_: Path) -> None:
    map_.mkdir()
    opdracht = [_find_programma("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    opdracht += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    opdracht += ["-keyout", str(map_ / "privkey.pem"), "-out", str(map_ / "fullchain.pem")]
    subprocess.run(opdracht, check=True, capture_output=True)


def _find_programma(naam: str) -> str:
    gevonden = shutil.which(naam, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
    if gevonden is None:
        raise RuntimeError(
            f"{naam} ontbreekt op deze machine. Verwacht: het pakket {naam}; deploy/test installeert het."
        )
    return gevonden
