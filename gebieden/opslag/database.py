"""Opening a database: its schema, what kind of data it holds, and the number that says whether anything changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, String, cast, create_engine, delete, event, inspect, select, update
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.pool import NullPool

from gebieden.domein.fouten import OpslagError
from gebieden.instellingen import Modus
from gebieden.opslag import tabellen

WACHTTIJD_S = 30
_TOTAAL = "gegevensversie"


class Deel(StrEnum):
    """A part of the data with a number of its own, that goes up with every committed write that touches it."""

    GEBIEDEN = "gebieden"
    AGENDA = "agenda"
    SIGNALEN = "signalen"
    INSTELLINGEN = "instellingen"
    GEBRUIKERS = "gebruikers"

    @property
    def sleutel(self) -> str:
        """Under which setting the number is kept."""
        return f"versie_{self}"


@dataclass(frozen=True, slots=True)
class Versies:
    """How often something was written: anything at all, and each part of the data. The keys of every cache."""

    totaal: int
    gebieden: int
    agenda: int
    signalen: int
    instellingen: int
    gebruikers: int


def open_database(url: str) -> Engine:
    """Return an engine on the database of this URL, with the schema made where it is absent.

    Raise OpslagError for a URL that cannot be read, a database that cannot be opened, or one that is
    newer than this program.
    """
    engine = _create_engine(url)
    with engine.connect() as conn:
        heeft_schema = _has_schema(conn)
    if not heeft_schema:
        with engine.execution_options(schrijft=True).begin() as conn:
            _create_schema(conn)
        _use_wal(engine)
    with engine.connect() as conn:
        _check_schemaversie(conn)
    return engine


def _create_engine(url: str) -> Engine:
    adres = _parse_adres(url)
    try:
        if adres.get_backend_name() != "sqlite":
            engine = create_engine(adres)
            event.listen(engine, "handle_error", _translate_fout)
            return engine
    except (ArgumentError, ModuleNotFoundError) as fout:
        raise _build_geen_adres(adres.render_as_string()) from fout
    _ensure_map(adres)
    # A connection per use: a SQLite connection is cheap, and none is shared between threads.
    engine = create_engine(adres, poolclass=NullPool, connect_args={"timeout": WACHTTIJD_S})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _translate_fout)
    return engine


def _parse_adres(url: str) -> URL:
    try:
        adres = make_url(url)
    except ArgumentError as fout:
        raise _build_geen_adres(url) from fout
    if adres.drivername.startswith("sqlite") and adres.database in {None, "", ":memory:"}:
        raise _build_geen_adres(url)
    return adres


def _build_geen_adres(url: str) -> OpslagError:
    return OpslagError(
        f"GEBIEDEN_DATABASE is geen adres van een database die bewaard blijft: '{url}'. "
        "Verwacht bijvoorbeeld sqlite:////pad/naar/gebieden.sqlite."
    )


def _ensure_map(adres: URL) -> None:
    if (adres.database or "").startswith("file:"):
        return
    bestand = Path(adres.database or "")
    try:
        bestand.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise OpslagError(
            f"De map {bestand.parent} kan niet worden gemaakt: {fout.strerror}. "
            "Kies met GEBIEDEN_DATABASE een map waarin u mag schrijven."
        ) from fout


def _configure_sqlite(verbinding: sqlite3.Connection, _registratie: object) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` does, so that DDL is in them too.
    verbinding.isolation_level = None
    verbinding.execute("PRAGMA synchronous=NORMAL")
    verbinding.execute("PRAGMA foreign_keys=ON")


def _translate_fout(context: ExceptionContext) -> None:
    """Turn what goes wrong outside this program (locked, full, read-only, damaged) into a sentence."""
    fout = context.sqlalchemy_exception
    if isinstance(fout, DatabaseError) and not isinstance(fout, IntegrityError | ProgrammingError | DataError):
        naam = context.engine.url.render_as_string() if context.engine else "de database"
        raise OpslagError(_explain_fout(naam, str(fout.orig), is_open=context.connection is not None)) from fout


def _explain_fout(naam: str, oorzaak: str, *, is_open: bool) -> str:
    if "locked" in oorzaak or "busy" in oorzaak:
        return (
            f"De database {naam} is bezet: een ander programma schrijft erin en was na {WACHTTIJD_S} seconden niet "
            "klaar. Er is niets veranderd. Probeer het later opnieuw."
        )
    if "readonly" in oorzaak or "read-only" in oorzaak:
        return (
            f"De database {naam} mag alleen gelezen worden. Er is niets veranderd. "
            "Geef schrijfrecht op het bestand en op de map, of kies met GEBIEDEN_DATABASE een andere database."
        )
    if is_open and "not a database" not in oorzaak:
        return (
            f"Er is iets mis met {naam}: de database geeft geen goed antwoord ({oorzaak}). "
            "Controleer of er ruimte op de schijf is. Is het bestand beschadigd, zet dan een reservekopie terug."
        )
    return (
        f"De database {naam} kan niet worden geopend: {oorzaak}. "
        "Controleer GEBIEDEN_DATABASE, of de map bestaat en of u er mag lezen en schrijven."
    )


def _begin_sqlite(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("schrijft") else "BEGIN")


def _has_schema(conn: Connection) -> bool:
    return inspect(conn).has_table(tabellen.instelling.name)


def _use_wal(engine: Engine) -> None:
    """Let readers read on while somebody writes. The file remembers it; only speed is lost where it is refused."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as verbinding, suppress(sqlite3.OperationalError):
            verbinding.cursor().execute("PRAGMA journal_mode=WAL")


def _create_schema(conn: Connection) -> None:
    if _has_schema(conn):
        # Somebody else made it since we looked.
        return
    if vreemd := inspect(conn).get_table_names():
        raise OpslagError(
            f"De database {conn.engine.url.render_as_string()} is van een ander programma: er staat {vreemd[0]} in. "
            "Verwacht: een lege database, of een die nog niet bestaat. Kies met GEBIEDEN_DATABASE een andere."
        )
    tabellen.metadata.create_all(conn)
    set_instelling(conn, "schemaversie", str(tabellen.SCHEMAVERSIE))
    for sleutel in (_TOTAAL, *(deel.sleutel for deel in Deel)):
        set_instelling(conn, sleutel, "0")


def _check_schemaversie(conn: Connection) -> None:
    versie = int(get_instelling(conn, "schemaversie") or 0)
    if versie > tabellen.SCHEMAVERSIE:
        raise OpslagError(
            f"Deze database heeft schemaversie {versie}; dit programma kent versie {tabellen.SCHEMAVERSIE}. "
            "De database is met een nieuwer programma gemaakt. Werk het programma bij; er is niets veranderd."
        )


@contextmanager
def begin_schrijven(engine: Engine, *raakt: Deel, droog: bool = False) -> Iterator[Connection]:
    """Open a transaction that writes: everything in it becomes visible at once, or nothing does.

    `raakt` names the parts of the data that it changes, all of them when none is named. With `droog` nothing ever
    becomes visible: the transaction is undone at the end.
    """
    with engine.execution_options(schrijft=True).connect() as conn, conn.begin() as transactie:
        yield conn
        if droog:
            transactie.rollback()
            return
        _raise_versies(conn, raakt or tuple(Deel))


def _raise_versies(conn: Connection, delen: tuple[Deel, ...]) -> None:
    tabel = tabellen.instelling
    sleutels = [_TOTAAL, *(deel.sleutel for deel in delen)]
    hoger = cast(cast(tabel.c.waarde, Integer) + 1, String)
    conn.execute(update(tabel).where(tabel.c.sleutel.in_(sleutels)).values(waarde=hoger))


def get_versies(conn: Connection) -> Versies:
    """Return the numbers of the data as this transaction sees them."""
    tabel = tabellen.instelling
    sleutels = [_TOTAAL, *(deel.sleutel for deel in Deel)]
    rijen = conn.execute(select(tabel.c.sleutel, tabel.c.waarde).where(tabel.c.sleutel.in_(sleutels)))
    op_sleutel = {rij.sleutel: int(rij.waarde) for rij in rijen}
    return Versies(*(op_sleutel.get(sleutel, 0) for sleutel in sleutels))


def get_instelling(conn: Connection, sleutel: str) -> str | None:
    """Return a setting's text, or None."""
    return conn.scalar(select(tabellen.instelling.c.waarde).where(tabellen.instelling.c.sleutel == sleutel))


def set_instelling(conn: Connection, sleutel: str, waarde: str) -> None:
    """Store a setting."""
    conn.execute(delete(tabellen.instelling).where(tabellen.instelling.c.sleutel == sleutel))
    conn.execute(tabellen.instelling.insert().values(sleutel=sleutel, waarde=waarde))


def get_gegevensversie(conn: Connection) -> int:
    """Return the number that goes up with every committed write: the key of every cache."""
    return get_versies(conn).totaal


def get_datum(conn: Connection, sleutel: str) -> date | None:
    """Return a setting as a date, or None."""
    waarde = get_instelling(conn, sleutel)
    return date.fromisoformat(waarde) if waarde else None


def is_demo(conn: Connection) -> bool:
    """Return whether the database holds the invented demo data."""
    return get_instelling(conn, "bevat_demo") == "ja"


def check_modus(conn: Connection, modus: Modus) -> None:
    """Raise OpslagError when this database may not be served in this modus.

    Demo data are never served as real ones, and a database of `productie` never gets demo's role picker. What
    somebody brought in while trying out, in demo on this machine, is theirs to look at.
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


def is_leeg(conn: Connection) -> bool:
    """Return whether this database holds no data; people and the audit trail are none."""
    tabellen_met_inhoud = tabellen.get_gegevenstabellen()
    return not any(conn.scalar(select(t.c[t.c.keys()[0]]).limit(1)) is not None for t in tabellen_met_inhoud)


def mark_modus(conn: Connection, modus: Modus) -> None:
    """Record the first modus in which this database was written to."""
    if get_instelling(conn, "modus") is None:
        set_instelling(conn, "modus", modus)
