"""The schema: one way to make it, older databases brought up to date whole, newer ones and others left alone."""

import logging
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from databases import get_url
from postgres import Cluster
from sqlalchemy import Boolean, Engine, MetaData, create_engine, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from gebieden.domein.fouten import OpslagError
from gebieden.instellingen import PROJECT
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven, get_instelling, get_versies, open_database, set_instelling
from gebieden.opslag.leveringen import load_geleverd, load_leveringen, sum_cellen
from gebieden.opslag.schema import read_revisie, run_migraties
from gebieden.opslag.signaaltelling import load_cellen
from gebieden.opslag.verbinding import as_bouwer, create_verbinding

# A database that the first program made, with rows in every table that it had.
FUNDAMENT = Path(__file__).parent / "fundament.sql"
# Stops in the middle of an upgrade: bericht is rebuilt, logboek not yet there.
HALVERWEGE = """
import sys, time
from alembic import op
from gebieden.opslag.database import open_database
maak = op.create_table
def wacht(naam, *kolommen, **keuzes):
    if naam == "logboek":
        print("halverwege", flush=True)
        time.sleep(60)
    return maak(naam, *kolommen, **keuzes)
op.create_table = wacht
open_database(sys.argv[1])
"""
OPENT = "import sys; from gebieden.opslag.database import open_database; open_database(sys.argv[1], eenmalig=True)"
REGEL: dict[str, Any] = {
    "sleutel": "s1", "moment": "2026-05-01T12:00:00+00:00", "rol": "raad", "via": "scherm", "handeling": "bericht",
    "soort": "agendapunt", "id": "P1", "veranderingen": "{}", "waarom": "",
}  # fmt: skip

PUNT_ERBIJ = """
INSERT INTO agendapunt (id, versie, gebied, titel, omschrijving, themas, staat, trekker, partners, reden, openbaar,
  herkomst, afgesproken_gereed)
VALUES (:i, :v, 'WK01', 't', '', '[]', 'op_agenda', '', '[]', '', :nee, '', :d)
"""
LAATSTE, VOLGENDE = f"{tabellen.SCHEMAVERSIE:04d}", f"{tabellen.SCHEMAVERSIE + 1:04d}"


def _load_fundament() -> sqlite3.Connection:
    verbinding = sqlite3.connect(":memory:")
    verbinding.executescript(FUNDAMENT.read_text(encoding="utf-8"))
    return verbinding


@pytest.fixture
def fundament(databases, leeg_sjabloon):
    """Return the address of a database of the first program, on either kind of server."""
    url = databases.create()
    with closing(_load_fundament()) as bron:
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as doel:
                bron.backup(doel)
        else:
            _copy_fundament(url, bron)
    yield url
    databases.drop(url)


def _copy_fundament(url: str, bron: sqlite3.Connection) -> None:
    """Fill PostgreSQL with what the first program would have stored there."""
    engine = create_verbinding(url, eenmalig=True)
    metadata = MetaData()
    with as_bouwer(engine).begin() as conn:
        run_migraties(conn, None, "0001")
        conn.execute(text("DROP TABLE alembic_version"))
        conn.execute(text("DELETE FROM instelling"))
        metadata.reflect(conn)
        for tabel in metadata.sorted_tables:
            kolommen = list(tabel.c)
            namen = ", ".join(f'"{kolom.name}"' for kolom in kolommen)
            opdracht = f"INSERT INTO {tabel.name} ({namen}) VALUES ({', '.join(['%s'] * len(kolommen))})"
            for rij in bron.execute(f"SELECT {namen} FROM {tabel.name}"):
                waarden = [bool(w) if isinstance(k.type, Boolean) else w for k, w in zip(kolommen, rij, strict=True)]
                conn.exec_driver_sql(opdracht, tuple(waarden))


def _dump_oud(engine: Engine) -> dict[str, list[tuple[str, ...]]]:
    """Return what stands in the tables and columns that the first program knew, as text."""
    with closing(_load_fundament()) as bron:
        namen = [naam for (naam,) in bron.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kolommen = {naam: [rij[1] for rij in bron.execute(f"PRAGMA table_info({naam})")] for naam in namen}
    vreemd = {"schemaversie", *(deel.sleutel for deel in Deel)}
    inhoud = {}
    with engine.connect() as conn:
        for naam in namen:
            tabel = tabellen.metadata.tables[naam]
            rijen = conn.execute(select(*(tabel.c[kolom] for kolom in kolommen[naam])))
            inhoud[naam] = sorted(tuple(map(str, rij)) for rij in rijen if rij[0] not in vreemd)
    return inhoud


@pytest.fixture(scope="module")
def verwacht(tmp_path_factory) -> dict[str, list[tuple[str, ...]]]:
    bestand = tmp_path_factory.mktemp("fundament") / "f.sqlite"
    with closing(_load_fundament()) as bron, closing(sqlite3.connect(bestand)) as doel:
        bron.backup(doel)
    return _dump_oud(create_engine(f"sqlite:///{bestand}"))


def _find_kopieen(url: str) -> list[Path]:
    bestand = Path(url.removeprefix("sqlite:///"))
    return sorted(bestand.parent.glob(f"{bestand.stem}.voor-schemaversie-{tabellen.SCHEMAVERSIE}.*"))


def test_the_migrations_make_what_the_tables_say(engine):
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tabellen.metadata) == []
        assert read_revisie(conn) == f"{tabellen.SCHEMAVERSIE:04d}"
        assert get_instelling(conn, "schemaversie") == str(tabellen.SCHEMAVERSIE)


def _load_opdrachten(verbinding: sqlite3.Connection) -> set[str]:
    """Return the statements that made a database, without what has no meaning."""
    opdrachten = verbinding.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    return {re.sub(r"[\s\"]+", " ", sql).replace("( ", "(").replace(" )", ")").strip() for (sql,) in opdrachten}


def test_the_first_migration_makes_the_schema_of_the_first_program(tmp_path):
    bestand = tmp_path / "eerste.sqlite"
    with as_bouwer(create_verbinding(f"sqlite:///{bestand}")).begin() as conn:
        run_migraties(conn, None, "0001")
    with closing(_load_fundament()) as oud, closing(sqlite3.connect(bestand)) as nieuw:
        assert _load_opdrachten(nieuw) == _load_opdrachten(oud)


def test_a_database_of_fundament_is_brought_up_to_date_with_everything_in_it(fundament, verwacht, caplog):
    with caplog.at_level(logging.WARNING):
        engine = open_database(fundament, eenmalig=True)
    assert _dump_oud(engine) == verwacht
    assert all(verwacht[naam] for naam in ("bericht", "overgang", "signaal", "signaaltelling", "instelling", "gebied"))
    with engine.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn), tabellen.metadata) == []
        # The first program refuses whatever has a higher version than its own 1.
        assert (get_instelling(conn, "schemaversie"), get_versies(conn).totaal) == (str(tabellen.SCHEMAVERSIE), 9)
        bericht = conn.execute(select(tabellen.bericht)).first()
        assert (bericht.sleutel, bericht.corrigeert, bericht.ingetrokken) == (None, None, False)
        # What was counted before is the first delivery.
        (levering,) = load_leveringen(conn)
        assert load_geleverd(conn, levering.nummer).tolist() == sum_cellen(load_cellen(conn)).tolist()
    assert f"bijgewerkt van schemaversie 0001 naar {LAATSTE}" in caplog.text


def test_dates_that_moved_from_one_version_to_the_next_are_known_afterwards(databases):
    url = databases.create()
    engine = create_verbinding(url, eenmalig=True)
    versies = {1: "2026-03-01", 2: "2026-05-01", 3: "2026-06-01"}
    datums = {"A": {1: "2026-12-31", 2: "2027-06-01", 3: "2027-06-01"}, "B": {1: None, 2: "2027-01-01"}, "C": {3: None}}
    with as_bouwer(engine).begin() as conn:
        run_migraties(conn, None, "0002")
        for versie, datum in versies.items():
            conn.execute(text("INSERT INTO agenda_versie VALUES ('WK01', :v, :d)"), {"v": versie, "d": datum})
        for id_, per_versie in datums.items():
            for versie, datum in per_versie.items():
                conn.execute(
                    text(PUNT_ERBIJ),
                    {"i": id_, "v": versie, "d": datum, "nee": False},
                )
    with open_database(url, eenmalig=True).connect() as conn:
        tabel = tabellen.verzetting
        rijen = conn.execute(select(tabel.c.agendapunt, tabel.c.versie, tabel.c.oud, tabel.c.nieuw, tabel.c.datum))
        assert sorted(map(tuple, rijen)) == [
            ("A", 2, date(2026, 12, 31), date(2027, 6, 1), date(2026, 5, 1)),
            ("B", 2, None, date(2027, 1, 1), date(2026, 5, 1)),
        ]


def test_what_was_brought_up_to_date_is_written_to_as_any_other(fundament):
    engine = open_database(fundament, eenmalig=True)
    with begin_schrijven(engine) as conn:
        rij = {"nummer": 50, "soort": "agendapunt", "id": "P1", "datum": func.current_date(), "tekst": "Verbeterd."}
        conn.execute(insert(tabellen.bericht).values(**rij, corrigeert=1, sleutel="a"))
    for fout in ({"corrigeert": 1}, {"sleutel": "a"}, {"corrigeert": 99}):
        with pytest.raises(IntegrityError), begin_schrijven(engine) as conn:
            conn.execute(insert(tabellen.bericht).values(**{**rij, "nummer": 51}, **fout))
    with engine.connect() as conn:
        assert get_versies(conn).agenda == 1


def test_a_file_is_copied_beside_itself_before_it_is_changed(tmp_path, verwacht, caplog):
    bestand = tmp_path / "gebieden.sqlite"
    with closing(_load_fundament()) as bron, closing(sqlite3.connect(bestand)) as doel:
        bron.backup(doel)
    with caplog.at_level(logging.WARNING):
        open_database(f"sqlite:///{bestand}")
    [kopie] = _find_kopieen(f"sqlite:///{bestand}")
    assert str(kopie) in caplog.text
    assert _dump_oud(create_engine(f"sqlite:///{kopie}")) == verwacht
    with closing(sqlite3.connect(kopie)) as oud, closing(_load_fundament()) as bron:
        assert _load_opdrachten(oud) == _load_opdrachten(bron)
    open_database(f"sqlite:///{bestand}")
    assert _find_kopieen(f"sqlite:///{bestand}") == [kopie]


def test_an_upgrade_that_is_killed_leaves_the_old_database_whole(fundament, verwacht):
    opdracht = [sys.executable, "-c", HALVERWEGE, fundament]
    with subprocess.Popen(opdracht, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        assert proces.stdout.readline() == "halverwege\n"
        proces.send_signal(signal.SIGKILL)
    engine = create_verbinding(fundament, eenmalig=True)
    with engine.connect() as conn:
        assert read_revisie(conn) == "0001"
        assert set(inspect(conn).get_table_names()) == set(verwacht)
    assert _dump_oud(open_database(fundament, eenmalig=True)) == verwacht


@pytest.mark.parametrize("oud", [True, False])
def test_processes_that_start_at_once_bring_it_up_to_date_once(request, databases, verwacht, oud):
    url = request.getfixturevalue("fundament") if oud else databases.create()
    opdracht = [sys.executable, "-c", OPENT, url]
    processen = [subprocess.Popen(opdracht, cwd=PROJECT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    uitkomsten = [proces.communicate(timeout=60)[1] for proces in processen]
    assert [proces.returncode for proces in processen] == [0, 0, 0], uitkomsten
    assert sum("bijgewerkt van schemaversie" in fout for fout in uitkomsten) == int(oud)
    with open_database(url, eenmalig=True).connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn), tabellen.metadata) == []
    assert len(_find_kopieen(url)) == (oud and url.startswith("sqlite"))


def _set_revisie(engine: Engine, revisie: str) -> None:
    with begin_schrijven(engine) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = :revisie"), {"revisie": revisie})


def _set_schemaversie(engine: Engine, versie: str) -> None:
    with begin_schrijven(engine) as conn:
        set_instelling(conn, "schemaversie", versie)


@pytest.mark.parametrize(
    ("zet", "waarde"), [(_set_revisie, VOLGENDE), (_set_revisie, "abc123"), (_set_schemaversie, str(int(VOLGENDE)))]
)
def test_a_database_of_a_newer_program_is_refused_and_not_touched(engine, zet, waarde):
    zet(engine, waarde)
    with engine.connect() as conn:
        voor = list(conn.execute(select(tabellen.instelling)))
    with pytest.raises(OpslagError, match="met een nieuwer programma gemaakt"):
        open_database(get_url(engine), eenmalig=True)
    with engine.connect() as conn:
        assert list(conn.execute(select(tabellen.instelling))) == voor


def test_a_database_of_another_program_is_left_alone(databases: Any):
    url = databases.create()
    engine = create_verbinding(url, eenmalig=True)
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE klanten (naam TEXT)"))
    with pytest.raises(OpslagError, match="van een ander programma: er staat klanten in"):
        open_database(url, eenmalig=True)
    with engine.connect() as conn:
        assert inspect(conn).get_table_names() == ["klanten"]
    databases.drop(url)


def _fill_logboek(engine: Engine) -> dict[str, Any]:
    regel = {**REGEL, "veranderingen": {}, "moment": func.current_timestamp()}
    with begin_schrijven(engine) as conn:
        conn.execute(insert(tabellen.logboek).values(regel))
        return dict(conn.execute(select(tabellen.logboek)).mappings().one())


GEMEEN: list[Callable[..., Any]] = [
    lambda: update(tabellen.logboek).values(waarom="anders"),
    lambda: delete(tabellen.logboek),
    lambda: delete(tabellen.logboek).where(tabellen.logboek.c.sleutel == "s1"),
    lambda: text(
        "INSERT INTO logboek (sleutel, moment, rol, via, handeling, soort, id, veranderingen, waarom) VALUES "
        "('s1', CURRENT_TIMESTAMP, 'x', 'x', 'x', 'x', 'x', '{}', 'x') ON CONFLICT (sleutel) DO UPDATE SET rol = 'x'"
    ),
]


@pytest.mark.parametrize("maak", GEMEEN)
def test_the_database_itself_refuses_to_change_the_audit_trail(engine, maak):
    regel = _fill_logboek(engine)
    with pytest.raises(IntegrityError, match="er kan alleen iets bij"), engine.begin() as conn:
        conn.execute(maak())
    with engine.connect() as conn:
        assert dict(conn.execute(select(tabellen.logboek)).mappings().one()) == regel


@pytest.mark.parametrize(
    "opdracht",
    [
        "INSERT OR REPLACE INTO logboek ({namen}) VALUES ({waarden})",
        "REPLACE INTO logboek (nummer, {namen}) VALUES (1, {waarden})",
        "INSERT OR REPLACE INTO logboek (nummer, {namen}) VALUES (1, 'x' || {waarden})",
        "UPDATE OR REPLACE logboek SET waarom = 'anders'",
    ],
)
def test_sqlite_does_not_replace_a_row_of_the_audit_trail(tmp_path, opdracht):
    engine = open_database(f"sqlite:///{tmp_path / 'l.sqlite'}")
    regel = _fill_logboek(engine)
    namen, waarden = ", ".join(REGEL), ", ".join(f"'{waarde}'" for waarde in REGEL.values())
    with closing(sqlite3.connect(tmp_path / "l.sqlite")) as db:
        with pytest.raises(sqlite3.IntegrityError, match="er kan alleen iets bij"):
            db.execute(opdracht.format(namen=namen, waarden=waarden))
        db.commit()
    with engine.connect() as conn:
        assert dict(conn.execute(select(tabellen.logboek)).mappings().one()) == regel


@pytest.mark.parametrize("als", ["gebieden", "postgres"])
def test_postgresql_does_not_empty_the_audit_trail_whoever_asks(cluster: Cluster, als):
    url = cluster.create()
    engine = open_database(url, eenmalig=True)
    _fill_logboek(engine)
    ander = create_verbinding(url.replace("gebieden@", f"{als}@"), eenmalig=True)
    for opdracht in ("TRUNCATE logboek", "TRUNCATE logboek, gebied CASCADE", "DELETE FROM logboek"):
        with pytest.raises(IntegrityError, match="er kan alleen iets bij"), ander.begin() as conn:
            if als == "postgres":
                conn.execute(text("SET LOCAL session_replication_role = replica"))
            conn.execute(text(opdracht))
    with engine.connect() as conn:
        assert conn.scalar(select(func.count()).select_from(tabellen.logboek)) == 1
    cluster.drop(url)
