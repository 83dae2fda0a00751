"""The database as a whole: all or nothing, whose data it holds, and clear words when it cannot be used."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from bouwstenen import NOORD, build_punt, write_agenda, write_grenzen
from sqlalchemy import Engine, func, select

from gebieden.demo.bouwen import build_demo
from gebieden.domein.fouten import InvoerError, OpslagError
from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.instellingen import DATA, PROJECT, Modus
from gebieden.opslag import tabellen, verbinding
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import (
    begin_schrijven,
    check_modus,
    get_gegevensversie,
    get_instelling,
    mark_modus,
    open_database,
    set_instelling,
)
from gebieden.opslag.invoer import Invoer, import_bestand

OP = date(2026, 4, 10)
# Stops in the middle of an import of agendapunten: points written, transitions not yet.
HALVERWEGE = """
import sys, time
from gebieden import __main__
from gebieden.opslag import agenda
def wacht(*_):
    print("halverwege", flush=True)
    time.sleep(60)
agenda.save_overgangen = wacht
sys.exit(__main__.main(sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def demomodus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEBIEDEN_MODUS", "demo")


def _dump(engine: Engine) -> list[str]:
    with closing(sqlite3.connect(engine.url.database or "")) as verbinding:
        return list(verbinding.iterdump())


def _count_punten(engine: Engine) -> int:
    with engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(tabellen.agendapunt)) or 0


def test_an_error_in_the_middle_leaves_everything_as_it_was(gemeente):
    voor = _dump(gemeente)
    with pytest.raises(ZeroDivisionError), begin_schrijven(gemeente) as conn:
        save_agendapunten(conn, [build_punt()], OP)
        raise ZeroDivisionError
    assert _dump(gemeente) == voor


def test_every_committed_write_has_a_number_of_its_own_and_a_dry_one_has_none(gemeente):
    def get():
        with gemeente.connect() as conn:
            return get_gegevensversie(conn)

    eerst = get()
    with begin_schrijven(gemeente):
        pass
    assert get() == eerst + 1
    with begin_schrijven(gemeente, droog=True) as conn:
        save_agendapunten(conn, [build_punt()], OP)
    assert (get(), _count_punten(gemeente)) == (eerst + 1, 0)


def test_a_dry_import_tells_what_it_would_do_and_leaves_the_file_byte_for_byte(gemeente, tmp_path):
    bestand = Path(gemeente.url.database)
    voor = bestand.read_bytes()
    invoer = Invoer("agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}))
    verslag = import_bestand(gemeente, OPDRACHTREGEL, invoer, OP, droog=True)
    assert verslag.slotregel == "ingelezen 1, bijgewerkt 0, ongewijzigd 0, afgekeurd 0"
    assert bestand.read_bytes() == voor


def test_an_import_that_is_killed_leaves_the_database_as_it_was_and_the_next_one_works(gemeente, tmp_path):
    voor = _dump(gemeente)
    agenda = write_agenda(tmp_path / "a.csv", {"id": "P1"}, {"id": "P2"})
    omgeving = os.environ | {"GEBIEDEN_DATABASE": str(gemeente.url)}
    opdracht = [sys.executable, "-c", HALVERWEGE, "importeer", "agendapunten", str(agenda)]
    with subprocess.Popen(opdracht, cwd=PROJECT, env=omgeving, stdout=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        assert proces.stdout.readline() == "halverwege\n"
        proces.send_signal(signal.SIGKILL)
    assert _dump(gemeente) == voor
    verslag = import_bestand(gemeente, OPDRACHTREGEL, Invoer("agendapunten", agenda), OP)
    assert verslag.slotregel == "ingelezen 2, bijgewerkt 0, ongewijzigd 0, afgekeurd 0"


def test_a_database_in_use_is_said_to_be_busy(gemeente, tmp_path, monkeypatch):
    monkeypatch.setattr(verbinding, "WACHTTIJD_S", 0)
    engine = open_database(str(gemeente.url))
    invoer = Invoer("agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}))
    with closing(sqlite3.connect(gemeente.url.database, isolation_level=None)) as ander:
        ander.execute("BEGIN IMMEDIATE")
        with pytest.raises(OpslagError, match="is bezet: een ander programma schrijft"):
            import_bestand(engine, OPDRACHTREGEL, invoer, OP)
        # Reading goes on meanwhile.
        assert _count_punten(engine) == 0
    assert import_bestand(engine, OPDRACHTREGEL, invoer, OP).telling.ingelezen == 1


def test_a_database_that_may_only_be_read_is_read_and_not_written(gemeente, tmp_path):
    engine = open_database(f"sqlite:///file:{gemeente.url.database}?mode=ro&uri=true")
    assert _count_punten(engine) == 0
    invoer = Invoer("agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}))
    with pytest.raises(OpslagError, match="mag alleen gelezen worden"):
        import_bestand(engine, OPDRACHTREGEL, invoer, OP)


@pytest.mark.parametrize(
    ("url", "woorden"),
    [
        ("geen adres", "geen adres van een database"),
        ("sqlite://", "geen adres van een database die bewaard blijft"),
        ("sqlite:///:memory:", "geen adres van een database die bewaard blijft"),
        ("onbekend://ergens/iets", "geen adres van een database"),
        ("sqlite:////dev/null/map/db.sqlite", "De map van de database kan niet worden gemaakt"),
        ("sqlite:////dev", "kan niet worden geopend"),
    ],
)
def test_a_wrong_address_is_said_to_be_wrong(url, woorden):
    with pytest.raises(OpslagError, match=woorden):
        open_database(url)


def test_a_password_in_the_address_is_never_shown():
    with pytest.raises(OpslagError) as fout:
        open_database("onbekend://gebruiker:geheim@ergens/iets")
    assert "geheim" not in str(fout.value)


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    bestand = tmp_path / "tekst.sqlite"
    bestand.write_text("Dit is geen database, maar een brief.\n" * 100)
    with pytest.raises(OpslagError, match="of het is geen database"):
        open_database(f"sqlite:///{bestand}")
    assert bestand.read_text().startswith("Dit is geen database")


def test_a_database_that_misses_a_table_is_said_to_be_broken(gemeente):
    with begin_schrijven(gemeente) as conn:
        tabellen.agendapunt.drop(conn)
    with pytest.raises(OpslagError, match="de database geeft geen goed antwoord"):
        _count_punten(gemeente)


def test_a_database_of_another_program_is_left_alone(tmp_path):
    bestand = tmp_path / "ander.sqlite"
    with closing(sqlite3.connect(bestand)) as verbinding:
        verbinding.execute("CREATE TABLE klanten (naam TEXT)")
    voor = bestand.read_bytes()
    with pytest.raises(OpslagError, match="van een ander programma: er staat klanten in"):
        open_database(f"sqlite:///{bestand}")
    assert bestand.read_bytes() == voor


def test_a_database_of_a_newer_program_is_refused(engine):
    with begin_schrijven(engine) as conn:
        set_instelling(conn, "schemaversie", str(tabellen.SCHEMAVERSIE + 1))
    with pytest.raises(OpslagError, match="met een nieuwer programma gemaakt"):
        open_database(str(engine.url))


def test_a_missing_folder_is_made(tmp_path):
    open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'db.sqlite'}")
    assert (tmp_path / "a" / "b" / "db.sqlite").is_file()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Return a demo database; a test that writes to it does so in a copy."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite'}")
    build_demo(engine)
    return engine


def _copy(engine: Engine, pad: Path) -> Engine:
    with closing(sqlite3.connect(engine.url.database)) as van, closing(sqlite3.connect(pad)) as naar:
        van.backup(naar)
    return open_database(f"sqlite:///{pad}")


def test_the_demo_is_built_again_the_same(demo, tmp_path):
    kopie = _copy(demo, tmp_path / "demo.sqlite")
    build_demo(kopie)

    def get_inhoud(engine):
        return [r for r in _dump(engine) if not re.search('versie|"overgang"|"logboek"', r)]

    assert get_inhoud(kopie) == get_inhoud(demo)


def test_the_demo_is_not_built_over_what_somebody_brought_in(demo, tmp_path):
    kopie = _copy(demo, tmp_path / "demo.sqlite")
    import_bestand(kopie, OPDRACHTREGEL, Invoer("agendapunten", DATA / "agendapunten.csv"), OP)
    build_demo(kopie)
    agenda = write_agenda(tmp_path / "a.csv", {"id": "EIGEN1"})
    import_bestand(kopie, OPDRACHTREGEL, Invoer("agendapunten", agenda), OP)
    with pytest.raises(OpslagError, match="andere gegevens dan de demo"):
        build_demo(kopie)
    with kopie.connect() as conn:
        check_modus(conn, Modus.DEMO)


def test_the_demo_refuses_a_database_with_other_content(gemeente):
    voor = _dump(gemeente)
    with pytest.raises(OpslagError, match="andere gegevens dan de demo"):
        build_demo(gemeente)
    assert _dump(gemeente) == voor


def test_the_demo_refuses_a_database_of_productie_even_an_empty_one(engine):
    with begin_schrijven(engine) as conn:
        mark_modus(conn, Modus.PRODUCTIE)
    with pytest.raises(OpslagError, match="andere gegevens dan de demo"):
        build_demo(engine)
    with engine.connect() as conn, pytest.raises(OpslagError, match="van een productieomgeving"):
        check_modus(conn, Modus.DEMO)


def test_productie_refuses_a_database_with_demo_data(demo):
    with demo.connect() as conn, pytest.raises(OpslagError, match="verzonnen demogegevens"):
        check_modus(conn, Modus.PRODUCTIE)


@pytest.mark.parametrize("bestand", sorted(p.name for p in DATA.glob("*.csv")))
def test_productie_takes_no_file_of_the_demo(gemeente, monkeypatch, bestand):
    monkeypatch.setenv("GEBIEDEN_MODUS", "productie")
    with pytest.raises(InvoerError, match="hoort bij de demo"):
        import_bestand(gemeente, OPDRACHTREGEL, Invoer("agendapunten", DATA / bestand), OP)


def test_an_import_marks_whose_data_the_database_holds(engine, tmp_path, monkeypatch):
    monkeypatch.setenv("GEBIEDEN_MODUS", "productie")
    import_bestand(engine, OPDRACHTREGEL, Invoer("gebieden", write_grenzen(tmp_path / "g.geojson", NOORD)), OP)
    with engine.connect() as conn:
        assert get_instelling(conn, "modus") == "productie"
