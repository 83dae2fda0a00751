"""What the benchmarks measure on: the application in productie on a database of its own, and people to visit it."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS / "browser"), str(_TESTS), str(_TESTS.parent)]

from aanbieder import COOKIEGEHEIM, Aanbieder, turn_productie
from bezoekers import Bezoeker, build_koekjes, verbind
from kaart_proef import WORTEL, find_vrije_poort, wait_for_server
from postgres import run_postgres
from replicas import Replica, find_poortpaar, run_nginx
from sqlalchemy import Engine, select

from gebieden.demo.bouwen import build_demo
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import ROLLEN_MET_EIGEN_GEBIED, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import open_database
from gebieden.opslag.gebruikersbeheer import add_gebruiker

DATABASES: Final = ("sqlite", "postgresql")
# Half of the people write; the others only look, two of them without signing in.
ROLLEN: Final = (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR, Rol.GEBIEDSTEAM, Rol.RAAD, Rol.GEBIEDSREGISSEUR)
ROLLEN_KIJKEND: Final = (Rol.RAAD, Rol.PUBLIEK, Rol.OOV, Rol.RAAD, Rol.BEHEER)


@dataclass
class Opstelling:
    """The running application. `punten` are ids of points that everybody who writes may write on, `wijken` codes."""

    herkomst: str
    engine: Engine
    replicas: list[Replica]
    punten: list[str]
    wijken: dict[str, str]

    def get_koekjes(self, nummer: int) -> dict[str, str]:
        """Return the cookies of a person, who is signed in unless publiek."""
        naam = get_aanmeldnaam(nummer)
        claims = {"iss": "proef", "sub": naam, "email": naam, "email_verified": True}
        koekjes = build_koekjes(COOKIEGEHEIM, self.herkomst, claims)
        if get_rol(nummer) is Rol.PUBLIEK:
            del koekjes["_streamlit_user"]
        return koekjes

    async def ontvang(self, nummer: int) -> Bezoeker:
        """Let a person in, on the first page."""
        bezoeker = await verbind(self.herkomst, self.get_koekjes(nummer))
        await bezoeker.open("", "", lambda b: b.is_op(""))
        return bezoeker


def get_rol(nummer: int) -> Rol:
    """Return the role of a person: even numbers write."""
    return (ROLLEN_KIJKEND if nummer % 2 else ROLLEN)[nummer // 2 % 5]


def get_aanmeldnaam(nummer: int) -> str:
    return f"persoon{nummer}@example.nl"


def mag_schrijven(nummer: int) -> bool:
    return get_rol(nummer) in (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR)


@contextmanager
def run_opstelling(database: str, mensen: int, *, nginx: bool = False, **omgeving: str) -> Iterator[Opstelling]:
    """Serve the demo's data as productie with this many users: one process, or two behind nginx."""
    with ExitStack() as stapel:
        map_ = Path(stapel.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        url = f"sqlite:///{map_ / 'gebieden.sqlite'}"
        if database == "postgresql":
            # As a server is set up that must not lose anything.
            url = stapel.enter_context(run_postgres(fsync="on", synchronous_commit="on")).create()
        engine = open_database(url)
        stapel.callback(engine.dispose)
        build_demo(engine)
        turn_productie(engine)
        wijken = _load_wijken(engine)
        for nummer in range(mensen):
            _add_persoon(engine, nummer, frozenset(wijken))
        poorten = [find_vrije_poort() for _ in range(2 if nginx else 1)]
        poort = find_poortpaar() if nginx else poorten[0]
        herkomst = f"https://localhost:{poort}" if nginx else f"http://localhost:{poort}"
        geheimen = Aanbieder("http://localhost:9").write_geheimen(map_ / "secrets.toml", herkomst)
        omgeving |= {
            "GEBIEDEN_MODUS": "productie",
            "GEBIEDEN_DATABASE": url,
            "GEBIEDEN_LOGNIVEAU": "WARNING",
            "STREAMLIT_SECRETS_FILES": str(geheimen),
        }
        replicas = [Replica(map_ / str(p), p, omgeving) for p in poorten]
        for replica in replicas:
            stapel.callback(replica.stop)
            replica.start()
        if nginx:
            stapel.enter_context(run_nginx(map_ / "nginx", poorten, poort))
        yield Opstelling(herkomst, engine, replicas, _load_punten(engine), wijken)


def _add_persoon(engine: Engine, nummer: int, wijken: frozenset[str]) -> None:
    rol = get_rol(nummer)
    if rol is not Rol.PUBLIEK:
        gegevens = Gebruikersgegevens("", rol, wijken if rol in ROLLEN_MET_EIGEN_GEBIED else frozenset())
        add_gebruiker(engine, OPDRACHTREGEL, get_aanmeldnaam(nummer), gegevens, via="opdrachtregel")


@contextmanager
def run_kaal(script: str) -> Iterator[tuple[str, int]]:
    """Serve a bare Streamlit script with the same settings, to compare with; yield its address and process."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as naam:
        map_, poort = Path(naam), find_vrije_poort()
        (map_ / "app.py").write_text(script, encoding="utf-8")
        shutil.copytree(WORTEL / ".streamlit", map_ / ".streamlit")
        (map_ / "static").mkdir()
        opdracht = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(poort)]
        server = subprocess.Popen(opdracht, cwd=map_, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for_server(f"http://localhost:{poort}/_stcore/health", server)
            yield f"http://localhost:{poort}", server.pid
        finally:
            server.terminate()
            server.wait(timeout=10)


def _load_wijken(engine: Engine) -> dict[str, str]:
    tabel = tabellen.gebied
    with engine.connect() as conn:
        return {r.code: r.naam for r in conn.execute(select(tabel).where(tabel.c.niveau == "wijk"))}


def _load_punten(engine: Engine) -> list[str]:
    tabel = tabellen.agendapunt
    with engine.connect() as conn:
        vraag = select(tabel.c.id).where(tabel.c.openbaar, tabel.c.gebied.like("WK%")).distinct().order_by(tabel.c.id)
        return list(conn.scalars(vraag))


def run_per_database(beschrijving: str | None, run: Callable[[str], bool]) -> int:
    """Measure on the kind of database that the command line names, or on each; 1 when a target is missed."""
    keuzes = argparse.ArgumentParser(description=beschrijving)
    keuzes.add_argument("--database", choices=DATABASES)
    gekozen = keuzes.parse_args().database
    gehaald = [run(database) for database in ([gekozen] if gekozen else DATABASES)]
    return int(not all(gehaald))


def read_cpu_s(pid: int) -> float:
    """Return the processor time of a process and all that it started, in seconds."""
    ouders: dict[int, int] = {}
    tijden: dict[int, float] = {}
    for map_ in Path("/proc").glob("[0-9]*"):
        try:
            velden = (map_ / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ouders[int(map_.name)] = int(velden[1])
        tijden[int(map_.name)] = (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")
    return sum(tijd for nummer, tijd in tijden.items() if _is_van(nummer, pid, ouders))


def _is_van(nummer: int, pid: int, ouders: dict[int, int]) -> bool:
    while nummer and nummer != pid:
        nummer = ouders.get(nummer, 0)
    return nummer == pid


def read_geheugen_mb(pid: int) -> float:
    """Return the resident memory of a process, in MB."""
    regel = next(r for r in Path(f"/proc/{pid}/status").read_text().splitlines() if r.startswith("VmRSS"))
    return int(regel.split()[1]) / 1024
