"""A real OpenID Connect provider on this machine, and a dashboard in productie whose people sign in there."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kaart_proef import find_vrije_poort, wait_for_server
from proefserver import run_dashboard
from sqlalchemy import Engine

from gebieden.opslag.database import begin_schrijven, open_database, set_instelling

COOKIEGEHEIM = "een-geheim-van-alleen-deze-proef-0123456789"


@dataclass(frozen=True)
class Aanbieder:
    """A provider at an address. Whoever signs in there types their subject, nothing more."""

    adres: str

    def zet(self, onderwerp: str, **claims: object) -> None:
        """Let the provider say this of a person from now on; `iat` and the like may be among it."""
        verzoek = urllib.request.Request(
            f"{self.adres}/users/{onderwerp}",
            data=json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(verzoek, timeout=10) as antwoord:
            assert antwoord.status == 204

    def write_geheimen(self, pad: Path, dashboard: str, *namen: str) -> Path:
        """Write Streamlit's secrets, with this provider under each of these names, or under none."""
        delen = [f'[auth]\nredirect_uri = "{dashboard}/oauth2callback"\ncookie_secret = "{COOKIEGEHEIM}"\n']
        aanbieder = (
            'client_id = "gebieden"\nclient_secret = "geheim"\n'
            f'server_metadata_url = "{self.adres}/.well-known/openid-configuration"\n'
        )
        delen += [f"[auth.{naam}]\n{aanbieder}" for naam in namen] or [aanbieder]
        pad.write_text("".join(delen), encoding="utf-8")
        return pad


@contextmanager
def run_aanbieder(map_: Path) -> Iterator[Aanbieder]:
    """Serve a provider, in a process of its own."""
    poort = find_vrije_poort()
    with (map_ / "aanbieder.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(poort), "--host", "127.0.0.1"],
            env=os.environ,
            stdout=log,
            stderr=log,
        )
        try:
            adres = f"http://localhost:{poort}"
            wait_for_server(f"{adres}/.well-known/openid-configuration", server)
            yield Aanbieder(adres)
        finally:
            server.terminate()
            server.wait(timeout=10)


def build_productie(demobestand: Path, map_: Path) -> Engine:
    """Return the database of a gemeente: what is in the demo, as if it were real."""
    pad = map_ / "gebieden.sqlite"
    shutil.copy(demobestand, pad)
    return turn_productie(open_database(f"sqlite:///{pad}"))


def turn_productie(engine: Engine) -> Engine:
    """Return this demo database as one of productie."""
    with begin_schrijven(engine) as conn:
        set_instelling(conn, "bevat_demo", "nee")
        set_instelling(conn, "modus", "productie")
    return engine


@contextmanager
def run_productie(map_: Path, aanbieder: Aanbieder, *namen: str, **omgeving: str) -> Iterator[str]:
    """Serve the application in productie with the database in `map_`; people sign in at this provider."""
    poort = int(omgeving.pop("STREAMLIT_SERVER_PORT", 0)) or find_vrije_poort()
    geheimen = aanbieder.write_geheimen(map_ / "secrets.toml", f"http://localhost:{poort}", *namen)
    vast = {"GEBIEDEN_MODUS": "productie", "STREAMLIT_SECRETS_FILES": str(geheimen)}
    with run_dashboard(map_, **vast | {"STREAMLIT_SERVER_PORT": str(poort)} | omgeving) as adres:
        yield adres
