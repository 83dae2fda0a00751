"""Opening a database: its schema, what kind of data it holds, and the number that says whether anything changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, delete, event, inspect, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from gebieden.domein.fouten import OpslagError
from gebieden.instellingen import Modus
from gebieden.opslag import tabellen

WACHTTIJD_S = 30


def open_database(url: str) -> Engine:
    """Return an engine on the database of this URL, with the schema made where it is absent.

    Raise OpslagError for a URL that cannot be read, a database that cannot be opened, or one that is
    newer than this program.
    """
    engine = _create_engine(url)
    try:
        with engine.begin() as conn:
            _ensure_schema(conn)
    except DBAPIError as fout:
        raise OpslagError(
            f"De database {engine.url.render_as_string()} kan niet worden geopend: {fout.orig}. "
            "Controleer GEBIEDEN_DATABASE, of de map bestaat en of u er mag schrijven."
        ) from fout
    return engine


def _create_engine(url: str) -> Engine:
    try:
        adres = make_url(url)
        if adres.get_backend_name() != "sqlite":
            return create_engine(adres)
    except (ArgumentError, ModuleNotFoundError) as fout:
        raise OpslagError(
            f"GEBIEDEN_DATABASE is geen adres van een database: '{url}'. "
            "Verwacht bijvoorbeeld sqlite:////pad/naar/gebieden.sqlite."
        ) from fout
    if adres.database and adres.database != ":memory:":
        try:
            Path(adres.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as fout:
            raise OpslagError(
                f"De map {Path(adres.database).parent} kan niet worden gemaakt: {fout.strerror}. "
                "Kies met GEBIEDEN_DATABASE een map waarin u mag schrijven."
            ) from fout
    # A connection per use: a SQLite connection is cheap, and none is shared between threads.
    engine = create_engine(adres, poolclass=NullPool, connect_args={"timeout": WACHTTIJD_S})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(verbinding: sqlite3.Connection, _registratie: object) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` does, so that DDL is in them too.
    verbinding.isolation_level = None
    verbinding.execute("PRAGMA journal_mode=WAL")
    verbinding.execute("PRAGMA synchronous=NORMAL")
    verbinding.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("schrijft") else "BEGIN")


def _ensure_schema(conn: Connection) -> None:
    if not inspect(conn).has_table(tabellen.instelling.name):
        tabellen.metadata.create_all(conn)
        set_instelling(conn, "schemaversie", str(tabellen.SCHEMAVERSIE))
        set_instelling(conn, "gegevensversie", "0")
    versie = int(get_instelling(conn, "schemaversie") or 0)
    if versie > tabellen.SCHEMAVERSIE:
        raise OpslagError(
            f"Deze database heeft schemaversie {versie}; dit programma kent versie {tabellen.SCHEMAVERSIE}. "
            "De database is met een nieuwer programma gemaakt. Werk het programma bij; er is niets veranderd."
        )


@contextmanager
def begin_schrijven(engine: Engine, *, droog: bool = False) -> Iterator[Connection]:
    """Open a transaction that writes: everything in it becomes visible at once, or nothing does.

    With `droog` nothing ever does: the transaction is undone at the end.
    """
    with engine.execution_options(schrijft=True).connect() as conn, conn.begin() as transactie:
        yield conn
        if droog:
            transactie.rollback()
            return
        conn.execute(
            update(tabellen.instelling)
            .where(tabellen.instelling.c.sleutel == "gegevensversie")
            .values(waarde=str(int(get_instelling(conn, "gegevensversie") or 0) + 1))
        )


def get_instelling(conn: Connection, sleutel: str) -> str | None:
    """Return a setting's text, or None."""
    return conn.scalar(select(tabellen.instelling.c.waarde).where(tabellen.instelling.c.sleutel == sleutel))


def set_instelling(conn: Connection, sleutel: str, waarde: str) -> None:
    """Store a setting."""
    conn.execute(delete(tabellen.instelling).where(tabellen.instelling.c.sleutel == sleutel))
    conn.execute(tabellen.instelling.insert().values(sleutel=sleutel, waarde=waarde))


def get_gegevensversie(conn: Connection) -> int:
    """Return the number that goes up with every committed write: the key of every cache."""
    return int(get_instelling(conn, "gegevensversie") or 0)


def get_datum(conn: Connection, sleutel: str) -> date | None:
    """Return a setting as a date, or None."""
    waarde = get_instelling(conn, sleutel)
    return date.fromisoformat(waarde) if waarde else None


def is_demo(conn: Connection) -> bool:
    """Return whether the database holds the invented demo data."""
    return get_instelling(conn, "bevat_demo") == "ja"


def check_modus(conn: Connection, modus: Modus) -> None:
    """Raise OpslagError when this database may not be served in this modus.

    Demo data are never served as real ones, and a database of `productie` never gets demo's role picker.
    """
    if modus is Modus.PRODUCTIE and is_demo(conn):
        raise OpslagError(
            "Deze database bevat verzonnen demogegevens en is niet te gebruiken met GEBIEDEN_MODUS=productie. "
            "Kies met GEBIEDEN_DATABASE een lege database en lees daar de echte gegevens in."
        )
    if modus is Modus.DEMO and get_instelling(conn, "modus") == Modus.PRODUCTIE:
        raise OpslagError(
            "Deze database is van een productieomgeving en is niet te openen in demo. "
            "Zet GEBIEDEN_MODUS=productie, of kies met GEBIEDEN_DATABASE een andere database."
        )


def mark_modus(conn: Connection, modus: Modus) -> None:
    """Record the first modus in which this database was written to."""
    if get_instelling(conn, "modus") is None:
        set_instelling(conn, "modus", modus)
