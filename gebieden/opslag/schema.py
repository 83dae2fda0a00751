"""Making the schema and bringing it up to date, with Alembic: one transaction, one process at a time."""

import logging
from datetime import UTC, datetime
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, column, delete, insert, inspect, select, table
from sqlalchemy.exc import NoSuchTableError

from gebieden.domein.fouten import OpslagError
from gebieden.opslag import tabellen
from gebieden.opslag.storingen import Storing, build_opslagfout, compose_storing, show_adres
from gebieden.opslag.verbinding import as_bouwer, find_databasebestand, use_wal

_LOG = logging.getLogger(__name__)
_MIGRATIES = Path(__file__).parent / "migraties"
_FUNDAMENT = "0001"
_LAATSTE = f"{tabellen.SCHEMAVERSIE:04d}"
_REVISIES = table("alembic_version", column("version_num"))


def ensure_schema(engine: Engine) -> None:
    """Give the database the schema of this program: all of it, or what is missing, or nothing.

    A SQLite file that already holds data is copied first. Raise OpslagError for a database that is newer than this
    program or belongs to another one.
    """
    with engine.connect() as conn:
        if read_revisie(conn) == _LAATSTE:
            return
    with as_bouwer(engine).begin() as conn:
        # Another process may have done it while this one waited for its turn.
        revisie = read_revisie(conn)
        if revisie != _LAATSTE:
            _upgrade(conn, revisie)
    if revisie is None:
        use_wal(engine)


def read_revisie(conn: Connection) -> str | None:
    """Return the revision of the schema, None for an empty database.

    Raise OpslagError for a database that is newer than this program or belongs to another one.
    """
    aanwezig = inspect(conn).get_table_names()
    if not aanwezig:
        return None
    if tabellen.instelling.name not in aanwezig:
        raise build_opslagfout(
            f"De database is van een ander programma: er staat {aanwezig[0]} in. "
            "Verwacht: een lege database, of een die nog niet bestaat. Kies met GEBIEDEN_DATABASE een andere.",
            show_adres(conn.engine),
        )
    instelling = tabellen.instelling.c
    versie = conn.scalar(select(instelling.waarde).where(instelling.sleutel == "schemaversie")) or ""
    # The first program kept its version in a setting only.
    revisie = conn.scalar(select(_REVISIES.c.version_num)) if _REVISIES.name in aanwezig else None
    _check_bekend(versie, revisie or _FUNDAMENT)
    return revisie or _FUNDAMENT


def _check_bekend(versie: str, revisie: str) -> None:
    bekend = [f"{nummer:04d}" for nummer in range(1, tabellen.SCHEMAVERSIE + 1)]
    if revisie not in bekend or not versie.isdigit() or int(versie) > tabellen.SCHEMAVERSIE:
        raise OpslagError(
            f"Deze database heeft schemaversie {versie} ({revisie}); dit programma kent tot en met versie "
            f"{tabellen.SCHEMAVERSIE}. De database is met een nieuwer programma gemaakt. Werk het programma bij; er is "
            "niets veranderd."
        )


def _upgrade(conn: Connection, revisie: str | None) -> None:
    kopie = _keep_kopie(conn.engine) if revisie else None
    try:
        run_migraties(conn, revisie)
    except NoSuchTableError as fout:
        raise compose_storing(Storing.STUK, conn.engine, f"tabel {fout} ontbreekt") from fout
    if revisie:
        waar = f" De database zoals hij daarvoor was, staat in {kopie}." if kopie else ""
        _LOG.warning("De database is bijgewerkt van schemaversie %s naar %s.%s", revisie, _LAATSTE, waar)


def run_migraties(conn: Connection, vanaf: str | None, tot: str = _LAATSTE) -> None:
    """Bring the schema from one revision (None: nothing there yet) to another, in the open transaction."""
    script = ScriptDirectory(str(_MIGRATIES), version_locations=[str(_MIGRATIES)])
    context = MigrationContext.configure(
        conn,
        opts={
            "fn": lambda nu, _: script._upgrade_revs(tot, nu),
            "target_metadata": tabellen.metadata,
            "transactional_ddl": True,
        },
    )
    if vanaf == _FUNDAMENT:
        context.stamp(script, _FUNDAMENT)
    with Operations.context(context):
        context.run_migrations()
    tabel = tabellen.instelling
    conn.execute(delete(tabel).where(tabel.c.sleutel == "schemaversie"))
    conn.execute(insert(tabel).values(sleutel="schemaversie", waarde=str(int(tot))))


def _keep_kopie(engine: Engine) -> Path | None:
    """Copy a SQLite file beside itself, as it is while nobody else can write."""
    bestand = find_databasebestand(engine)
    if bestand is None:
        return None
    nu = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kopie = bestand.with_name(f"{bestand.stem}.voor-schemaversie-{tabellen.SCHEMAVERSIE}.{nu}{bestand.suffix}")
    deel = kopie.with_name(f"{kopie.name}.deel")
    try:
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as lezer:
            lezer.exec_driver_sql("VACUUM INTO ?", (str(deel),))
        deel.rename(kopie)
    finally:
        deel.unlink(missing_ok=True)
    return kopie
