"""Connections: which databases there are, and how a transaction on each begins.

On both there is one writer at a time, and who reads sees one moment. SQLite does that by itself. On PostgreSQL a
writer first takes a lock and then sees everything that was committed before it; a reader has a snapshot.
"""

import json
import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, TimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, PoolProxiedConnection, QueuePool

from gebieden.domein.fouten import OpslagError
from gebieden.opslag.losseverbindingen import LosseVerbindingen
from gebieden.opslag.storingen import Storing, build_opslagfout, compose_storing, listen_storingen

_KORTE_LIJST = 120
WACHTTIJD_S = 30
VERBINDTIJD_S = 10
# Any number will do, as long as every process takes the same.
_SCHRIJFSLOT = 361_072
_VOORBEELD = "postgresql+psycopg://gebruiker:wachtwoord@server/database"


def create_verbinding(url: str, *, eenmalig: bool = False) -> Engine:
    """Return an engine on the database of this URL; nothing is opened yet.

    With `eenmalig` no connection is kept for a next time, so that nothing is left open by who ends soon. Raise
    OpslagError for a URL that cannot be read or names a kind of database that this program does not know.
    """
    adres = _parse_adres(url)
    if adres.get_backend_name() == "sqlite":
        engine = _create_sqlite(adres)
    else:
        engine = _create_postgresql(adres, eenmalig=eenmalig)
    listen_storingen(engine)
    return engine


def as_schrijver(engine: Engine) -> Engine:
    """Return the engine for transactions that write: one at a time, each waits for the one before it."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(schrijft=True)
    return engine.execution_options(schrijft=True, isolation_level="READ COMMITTED")


def as_bouwer(engine: Engine) -> Engine:
    """Return the engine for a transaction that changes the schema."""
    return as_schrijver(engine).execution_options(bouwt=True)


def find_databasebestand(engine: Engine) -> Path | None:
    """Return the file of a SQLite database; None for a database on a server."""
    if engine.dialect.name != "sqlite":
        return None
    with closing(engine.raw_connection()) as verbinding:
        rijen = verbinding.cursor().execute("PRAGMA database_list").fetchall()
    return Path(next(pad for _, naam, pad in rijen if naam == "main"))


def keep_bestand(engine: Engine) -> None:
    """From now on raise OpslagError when the file of this database is gone; SQLite would make an empty one."""
    bestand = find_databasebestand(engine)
    if bestand is None:
        return

    def check(*_: object) -> None:
        if not bestand.exists():
            raise compose_storing(Storing.VERDWENEN, engine, "het bestand is weg")

    event.listen(engine, "do_connect", check)


def use_wal(engine: Engine) -> None:
    """Let readers of a file read on while somebody writes. The file remembers it; refused, only speed is lost."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as verbinding, suppress(sqlite3.OperationalError):
            verbinding.cursor().execute("PRAGMA journal_mode=WAL")


def _parse_adres(url: str) -> URL:
    try:
        adres = make_url(url)
    except (ArgumentError, ValueError) as fout:
        raise _build_geen_adres("Het is niet te lezen.") from fout
    if adres.drivername in {"postgres", "postgresql"} or adres.drivername.startswith(("postgres+", "postgresql+")):
        if adres.drivername != "postgresql+psycopg":
            raise _build_geen_adres(f"Het begint met '{adres.drivername}://'; verwacht: 'postgresql+psycopg://'.")
    elif adres.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise _build_geen_adres(f"Het soort database '{adres.drivername}' is niet bekend.")
    elif adres.database in {None, "", ":memory:"}:
        raise _build_geen_adres("Er staat geen bestand in.")
    return adres


def _build_geen_adres(waarom: str) -> OpslagError:
    # The address itself may hold a password, and where it cannot be read nobody knows where.
    return OpslagError(
        f"GEBIEDEN_DATABASE is geen adres van een database die bewaard blijft. {waarom} "
        f"Verwacht bijvoorbeeld sqlite:////pad/naar/gebieden.sqlite of {_VOORBEELD} "
        "(bijzondere tekens in het wachtwoord als %-code, zoals %40 voor @)."
    )


def _create_sqlite(adres: URL) -> Engine:
    _ensure_map(adres)
    engine = create_engine(
        adres,
        poolclass=LosseVerbindingen,
        connect_args={"timeout": WACHTTIJD_S},
        hide_parameters=True,
        json_deserializer=_read_json,
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _read_json(tekst: str) -> Any:
    """Return what a JSON column holds, a new object every time.

    Most are short lists of words (themes, partners) that thousands of rows share: those are read once.
    """
    woorden = _read_woorden(tekst) if tekst[:2] in ('["', "[]") and len(tekst) <= _KORTE_LIJST else None
    return json.loads(tekst) if woorden is None else list(woorden)


@lru_cache(maxsize=4096)
def _read_woorden(tekst: str) -> tuple[str, ...] | None:
    lijst = json.loads(tekst)
    return tuple(lijst) if all(isinstance(deel, str) for deel in lijst) else None


def _ensure_map(adres: URL) -> None:
    if (adres.database or "").startswith("file:"):
        return
    bestand = Path(adres.database or "")
    try:
        bestand.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise build_opslagfout(
            "De map van de database kan niet worden gemaakt. "
            "Kies met GEBIEDEN_DATABASE een map waarin u mag schrijven.",
            f"Map {bestand.parent}: {fout.strerror}",
        ) from fout


def _configure_sqlite(verbinding: DBAPIConnection, _registratie: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` does, so that DDL is in them too.
    verbinding.isolation_level = None
    cursor = verbinding.cursor()
    # What was confirmed on screen survives a power cut too; in WAL mode that costs one sync per transaction.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(conn: Connection) -> None:
    keuzes = conn.get_execution_options()
    if keuzes.get("isolation_level") == "AUTOCOMMIT":
        return
    if keuzes.get("bouwt"):
        # A table that others refer to can only be replaced while nobody looks at that; inside a transaction it is too
        # late to look away.
        conn.exec_driver_sql("PRAGMA foreign_keys=OFF")
    conn.exec_driver_sql("BEGIN IMMEDIATE" if keuzes.get("schrijft") else "BEGIN")


class _Rij(QueuePool):
    """A pool that says in a sentence that everything is in use."""

    def connect(self) -> PoolProxiedConnection:
        try:
            return super().connect()
        except TimeoutError as fout:
            raise compose_storing(Storing.DRUK, None, fout) from fout


def _create_postgresql(adres: URL, *, eenmalig: bool) -> Engine:
    rij = {"pool_size": 5, "max_overflow": 15, "pool_timeout": WACHTTIJD_S, "pool_pre_ping": True}
    engine = create_engine(
        adres,
        poolclass=NullPool if eenmalig else _Rij,
        isolation_level="REPEATABLE READ",
        connect_args=_choose_verbinding(adres),
        hide_parameters=True,
        **({} if eenmalig else rij),
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _choose_verbinding(adres: URL) -> dict[str, str | int]:
    """Return the settings of a connection; what the address asks for goes first.

    Either side must notice within a minute that the other machine is gone: a writer that vanished holds the lock.
    """
    server = {"timezone": "UTC", "lock_timeout": int(WACHTTIJD_S * 1000)}
    server |= {"tcp_keepalives_idle": 20, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}
    hier = {"connect_timeout": VERBINDTIJD_S, "tcp_user_timeout": 50_000}
    hier |= {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}
    gevraagd = adres.query.get("options", ())
    opties = [*(f"-c {naam}={waarde}" for naam, waarde in server.items())]
    opties += [gevraagd] if isinstance(gevraagd, str) else gevraagd
    return {naam: w for naam, w in hier.items() if naam not in adres.query} | {"options": " ".join(opties)}


def _begin_postgresql(conn: Connection) -> None:
    if conn.get_execution_options().get("schrijft"):
        conn.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_SCHRIJFSLOT,))
