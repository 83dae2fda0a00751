"""Starts nginx as it is shipped in `deploy/nginx`, in front of two processes; only ports and folders differ."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kaart_proef import WORTEL, find_vrije_poort

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


@contextmanager
def run_nginx(map_: Path, poorten: Sequence[int]) -> Iterator[str]:
    """Serve the two processes on these ports over https and yield the address."""
    poort = find_vrije_poort()
    _write_inrichting(map_, poorten, poort)
    programma = _find_programma("nginx")
    opdracht = [programma, "-e", f"{map_}/fouten.log", "-p", str(map_), "-c", str(map_ / "nginx.conf")]
    proef = subprocess.run([*opdracht, "-t"], check=False, capture_output=True, text=True)
    if proef.returncode:
        raise RuntimeError(f"nginx keurt de inrichting af: {proef.stderr}")
    server = subprocess.Popen(opdracht)
    try:
        yield f"https://localhost:{poort}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _write_inrichting(map_: Path, poorten: Sequence[int], poort: int) -> None:
    shutil.copytree(WORTEL / "deploy/nginx", map_, dirs_exist_ok=True)
    vervangingen = {
        INSTALLATIE: str(map_),
        "/etc/nginx/tls": f"{map_}/tls",
        "/var/cache": str(map_),
        "/var/log/nginx": str(map_),
        "443 ssl": f"{poort} ssl",
        "listen 80 ": f"listen {find_vrije_poort()} ",
        "listen [::]:80 ": f"listen [::]:{find_vrije_poort()} ",
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
