"""A PostgreSQL server for the tests: made in a folder of its own, gone with the process that started it."""

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

GEBRUIKER, WACHTWOORD = "gebieden", "geheim"
STARTTIJD_S = 60
# Nothing here has to outlive a power failure.
SNEL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SNEL |= {"max_wal_size": "128MB", "min_wal_size": "32MB"}
# In memory a database is made ten times as quickly as on a disk that others use too.
GEHEUGEN, RUIMTE_MB = Path("/dev/shm"), 1000
# The server is a child of a shell that stops it when its own standard input closes: also when this process is killed,
# and then its files go too.
BEWAKER = '''"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; [ -d /proc/$PPID ] || rm -rf "$PWD"'''
# As a server in the Netherlands may be set up: its order of texts is not that of SQLite.
INITDB = ("--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
INITDB += ("--locale-provider=icu", "--icu-locale=nl", "--username=postgres")


def find_programmas() -> Path:
    """Return the folder with PostgreSQL's programs, of the newest version; fail where there is none."""
    kandidaten = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda map_: int(map_.parent.name))
    if gevonden := shutil.which("initdb"):
        kandidaten.append(Path(gevonden).parent)
    for map_ in reversed(kandidaten):
        if (map_ / "initdb").exists() and (map_ / "postgres").exists():
            return map_
    raise FileNotFoundError(
        "PostgreSQL ontbreekt, en de tests van de opslag hebben het nodig. "
        "Voer 'bash deploy/test' uit, of als beheerder: apt-get install postgresql."
    )


@dataclass
class Cluster:
    """A running server. `create` returns the URL of a new database, as `Sqlitemap` does."""

    map: Path
    poort: int
    instellingen: dict[str, str]
    _proces: subprocess.Popen | None = None
    _nummers: Iterator[int] = field(default_factory=itertools.count)

    def get_url(self, database: str, *, server: str | None = None) -> str:
        """Return the address of a database, through the socket, or over TCP when a server is named."""
        if server:
            return f"postgresql+psycopg://{GEBRUIKER}:{WACHTWOORD}@{server}:{self.poort}/{database}"
        return f"postgresql+psycopg://{GEBRUIKER}@/{database}?host={self.map}&port={self.poort}"

    def create(self, sjabloon: str | None = None) -> str:
        """Return the address of a new database, empty or a copy of another that nobody is connected to."""
        naam = f"toets_{next(self._nummers)}"
        bron = make_url(sjabloon).database or "" if sjabloon else "template0"
        opdracht = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(naam), sql.Identifier(bron))
        self.execute(opdracht, als=GEBRUIKER)
        return self.get_url(naam)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        naam = sql.Identifier(make_url(url).database or "")
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(naam))

    def execute(self, opdracht: str | sql.Composed, *, als: str = "postgres") -> None:
        """Run one statement of administration."""
        adres = {"host": str(self.map), "port": self.poort, "user": als, "dbname": "postgres"}
        with psycopg.connect(**adres, autocommit=True) as conn:
            conn.execute(opdracht)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        keuzes = {"listen_addresses": "127.0.0.1", "port": self.poort, "unix_socket_directories": self.map}
        keuzes |= SNEL | {"max_connections": "100", "log_min_messages": "fatal"} | self.instellingen
        server = [find_programmas() / "postgres", "-D", self.map / "data"]
        server += [f"--{naam}={waarde}" for naam, waarde in keuzes.items()]
        with (self.map / "server.log").open("ab") as log:
            self._proces = subprocess.Popen(
                ["sh", "-c", BEWAKER, "sh", *map(str, server)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.map,
                start_new_session=True,
                **_choose_gebruiker(),
            )
        self._wait()

    def _wait(self) -> None:
        einde = time.monotonic() + STARTTIJD_S
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError as fout:
                if time.monotonic() > einde:
                    log = (self.map / "server.log").read_text()
                    raise TimeoutError(f"PostgreSQL start niet: {fout}\n{log}") from fout
                time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server; who is connected loses the connection."""
        if self._proces is not None and self._proces.stdin is not None:
            self._proces.stdin.close()
            self._proces.wait(STARTTIJD_S)
            self._proces = None


def _choose_gebruiker() -> dict[str, int | str]:
    """Return as whom the server runs: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    namen = {gebruiker.pw_name: gebruiker for gebruiker in pwd.getpwall()}
    gewoon = namen.get("postgres") or namen["nobody"]
    return {"user": gewoon.pw_uid, "group": gewoon.pw_gid, "extra_groups": ()}


def _choose_map() -> Path | None:
    ruim = GEHEUGEN.is_dir() and shutil.disk_usage(GEHEUGEN).free > RUIMTE_MB * 2**20
    return GEHEUGEN if ruim and os.access(GEHEUGEN, os.W_OK | os.X_OK) else None


def _find_vrije_poort() -> int:
    with socket.create_server(("127.0.0.1", 0)) as stekker:
        return int(stekker.getsockname()[1])


@contextmanager
def run_postgres(**instellingen: str) -> Iterator[Cluster]:
    """Run a server of one's own; `instellingen` go before those of the tests (`fsync="on"`)."""
    # A socket's path may be no longer than some hundred characters, so not in the folder of a test.
    with tempfile.TemporaryDirectory(prefix="gebieden-pg-", dir=_choose_map(), ignore_cleanup_errors=True) as naam:
        map_ = Path(naam)
        als = _choose_gebruiker()
        if als:
            os.chown(map_, int(als["user"]), int(als["group"]))
        opdracht = [find_programmas() / "initdb", *INITDB, "-D", map_ / "data"]
        subprocess.run(list(map(str, opdracht)), check=True, capture_output=True, cwd=map_, **als)
        cluster = Cluster(map_, _find_vrije_poort(), instellingen)
        cluster.start()
        try:
            cluster.execute(f"CREATE ROLE {GEBRUIKER} LOGIN CREATEDB PASSWORD '{WACHTWOORD}'")
            yield cluster
        finally:
            cluster.stop()
