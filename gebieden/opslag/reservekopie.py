"""Reservekopie: everything in the database, of one moment, in a file that is checked before it gets its name."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from gebieden.domein.fouten import OpslagError, RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Handeling
from gebieden.opslag import tabellen
from gebieden.opslag.bulk import insert_kolommen
from gebieden.opslag.database import open_database
from gebieden.opslag.kopiebestand import Kopie, check_kopie, write_manifest
from gebieden.opslag.verbinding import as_schrijver

_BLOK = 5_000
_BLOK_MET_BYTES = 50
"""Rows held in memory at once; those with a boundary in them are large."""


def make_reservekopie(engine: Engine, gebruiker: Gebruiker, pad: Path) -> Kopie:
    """Write what is in the database now to `pad`, which must not exist yet, while others go on working.

    Raise RechtenError for anybody but beheer, and OpslagError when it cannot be written; then there is no file.
    """
    check_recht(gebruiker)
    with engine.connect() as conn:
        return write_reservekopie(conn, pad)


def check_recht(gebruiker: Gebruiker) -> None:
    """Raise RechtenError for who may not make a reservekopie, nor put one back."""
    if not gebruiker.kijker.mag(Handeling.RESERVEKOPIE):
        raise RechtenError(
            f"Een reservekopie maken of terugzetten mag niet als {gebruiker.kijker.rol}. "
            "Dat kan alleen met de rol beheer."
        )


def write_reservekopie(conn: Connection, pad: Path) -> Kopie:
    """Write what this transaction sees to `pad`: first under another name, which it loses when all is well."""
    if pad.exists() or pad.is_symlink():
        raise _build_bestaat(pad)
    moment = datetime.now(UTC)
    with _make_deel(pad) as deel:
        _fill(conn, deel)
        write_manifest(deel, tabellen.SCHEMAVERSIE, moment, _load_laatste(conn))
        _sync(deel)
        kopie = check_kopie(deel)
        _give_naam(deel, pad)
    return kopie


@contextmanager
def _make_deel(pad: Path) -> Iterator[Path]:
    """Yield an empty file beside `pad` that only we can read; whatever happens, it is gone afterwards."""
    try:
        nummer, naam = tempfile.mkstemp(prefix=f".{pad.name}.", suffix=".deel", dir=pad.parent)
    except OSError as fout:
        raise _build_schrijffout(pad, fout.strerror or str(fout)) from fout
    os.close(nummer)
    deel = Path(naam)
    try:
        yield deel
    except (OSError, sqlite3.OperationalError) as fout:
        raise _build_schrijffout(pad, getattr(fout, "strerror", None) or str(fout)) from fout
    finally:
        for rest in ("", "-journal", "-wal", "-shm"):
            Path(naam + rest).unlink(missing_ok=True)


def _fill(conn: Connection, deel: Path) -> None:
    """Copy every table into an empty database."""
    with _is_bestandsfout():
        doel = open_database(URL.create("sqlite", database=str(deel)).render_as_string())
    with closing(sqlite3.connect(deel)) as db:
        # One file, not three; nobody else looks at it before it is done.
        db.execute("PRAGMA journal_mode=DELETE")
    with as_schrijver(doel).connect() as naar:
        with _is_bestandsfout():
            naar.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for tabel in reversed(tabellen.metadata.sorted_tables):
                naar.execute(tabel.delete())
        for tabel in tabellen.metadata.sorted_tables:
            for rijen in iter_blokken(conn, tabel):
                with _is_bestandsfout():
                    insert_rijen(naar, tabel, rijen)
        with _is_bestandsfout():
            naar.commit()


@contextmanager
def _is_bestandsfout() -> Iterator[None]:
    """Let what goes wrong with the file not be taken for something wrong with the database."""
    try:
        yield
    except OpslagError as fout:
        oorzaak = fout.__cause__
        raise OSError(str(oorzaak.orig if isinstance(oorzaak, DBAPIError) else oorzaak)) from fout


def iter_blokken(conn: Connection, tabel: Table) -> Iterator[list[tuple[object, ...]]]:
    """Yield the rows of a table, in the order of its number where it has one: a row may follow an earlier one."""
    blok = _BLOK_MET_BYTES if any(k.type.python_type is bytes for k in tabel.c) else _BLOK
    vraag = select(tabel).order_by(*(k for k in tabel.primary_key if k.name == "nummer"))
    uitkomst = conn.execute(vraag, execution_options={"yield_per": blok})
    for rijen in uitkomst.partitions():
        yield [tuple(rij) for rij in rijen]


def insert_rijen(conn: Connection, tabel: Table, rijen: list[tuple[object, ...]]) -> None:
    """Insert rows as `iter_blokken` gives them."""
    namen = [kolom.name for kolom in tabel.c]
    if any(kolom.type.dialect_impl(conn.dialect).bind_processor(conn.dialect) for kolom in tabel.c):
        conn.execute(insert(tabel), [dict(zip(namen, rij, strict=True)) for rij in rijen])
    else:
        insert_kolommen(conn, tabel, namen, [list(kolom) for kolom in zip(*rijen, strict=True)])


def _load_laatste(conn: Connection) -> dict[str, int]:
    """Return per table with numbers the highest that it ever gave out: who was erased keeps it in the logboek."""
    laatste = {}
    for tabel in tabellen.metadata.sorted_tables:
        kolom = tabel.autoincrement_column
        if kolom is None:
            continue
        gegeven = [conn.scalar(select(func.max(kolom))), _load_reeks(conn, tabel)]
        laatste[tabel.name] = max((nummer for nummer in gegeven if nummer is not None), default=0)
    return laatste


def _load_reeks(conn: Connection, tabel: Table) -> int | None:
    if conn.dialect.name == "postgresql":
        reeks = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:tabel, 'nummer')::regclass)")
        return conn.scalar(reeks, {"tabel": tabel.name})
    if not tabel.dialect_options["sqlite"]["autoincrement"]:
        return None
    return conn.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :tabel"), {"tabel": tabel.name})


def _sync(pad: Path) -> None:
    nummer = os.open(pad, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


def _give_naam(deel: Path, pad: Path) -> None:
    """Give the file its own name, unless somebody else made one of that name meanwhile."""
    try:
        # Unlike a rename, this never replaces anything.
        os.link(deel, pad)
    except FileExistsError as fout:
        raise _build_bestaat(pad) from fout
    except OSError:
        # A file system that has no links.
        if pad.exists():
            raise _build_bestaat(pad) from None
        deel.rename(pad)
    with suppress(OSError):
        _sync(pad.absolute().parent)


def _build_bestaat(pad: Path) -> OpslagError:
    return OpslagError(f"{pad} bestaat al en wordt niet overschreven. Kies een andere naam voor de reservekopie.")


def _build_schrijffout(pad: Path, reden: str) -> OpslagError:
    return OpslagError(
        f"De reservekopie {pad} kan niet geschreven worden: {reden}. Er is geen bestand gemaakt en aan de database is "
        "niets veranderd. Controleer of de map bestaat, of u er mag schrijven en of er genoeg ruimte is."
    )
