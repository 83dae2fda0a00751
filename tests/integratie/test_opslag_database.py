"""The database as a whole: all or nothing, whose data it holds, and clear words when it cannot be used."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from bouwstenen import NOORD, build_punt, write_agenda, write_grenzen
from databases import dump_inhoud, get_url
from sqlalchemy import Engine, func, insert, select

from gebieden.demo.bouwen import build_demo
from gebieden.domein.fouten import InvoerError, OpslagError
from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.instellingen import DATA, PROJECT, Modus
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import (
    begin_schrijven,
    check_modus,
    get_instelling,
    get_versies,
    is_leeg,
    mark_modus,
    open_database,
)
from gebieden.opslag.gebieden import load_gebieden
from gebieden.opslag.invoer import Invoer, import_bestand
from gebieden.opslag.verbinding import find_databasebestand

OP = date(2026, 4, 10)
ZONDER = {"nummer", "vastgelegd_op", "moment", "sleutel"}
# Refers to a row by its number.
VERWIJST = {
    "inzet": {"partner"},
    "convenant": {"partners"},
    "afspraak": {"partner"},
    "besluit": {"overleg"},
    "bijwerking": {"rij", "sleutel"},
    "beoordeling": {"zaak"},
    "duiding": {"zaak"},
    "aanpak": {"partners"},
    "aanpakregistratie": {"aanpak"},
    "leveringcellen": {"levering"},
}
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


def _count_punten(engine: Engine) -> int:
    with engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(tabellen.agendapunt)) or 0


def test_an_error_in_the_middle_leaves_everything_as_it_was(gemeente):
    voor = dump_inhoud(gemeente)
    with pytest.raises(ZeroDivisionError), begin_schrijven(gemeente) as conn:
        save_agendapunten(conn, [build_punt()], OP)
        raise ZeroDivisionError
    assert dump_inhoud(gemeente) == voor


def test_every_committed_write_has_a_number_of_its_own_and_a_dry_one_has_none(gemeente):
    def get():
        with gemeente.connect() as conn:
            return get_versies(conn).totaal

    eerst = get()
    with begin_schrijven(gemeente):
        pass
    assert get() == eerst + 1
    with begin_schrijven(gemeente, droog=True) as conn:
        save_agendapunten(conn, [build_punt()], OP)
    assert (get(), _count_punten(gemeente)) == (eerst + 1, 0)


def _read_alles(engine: Engine) -> tuple[object, ...]:
    bestand = find_databasebestand(engine)
    return dump_inhoud(engine), bestand.read_bytes() if bestand else None


def test_a_dry_import_tells_what_it_would_do_and_leaves_the_file_byte_for_byte(gemeente, tmp_path):
    voor = _read_alles(gemeente)
    invoer = Invoer("agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}))
    verslag = import_bestand(gemeente, OPDRACHTREGEL, invoer, OP, droog=True)
    assert verslag.slotregel == "ingelezen 1, bijgewerkt 0, ongewijzigd 0, afgekeurd 0"
    assert _read_alles(gemeente) == voor


def test_an_import_that_is_killed_leaves_the_database_as_it_was_and_the_next_one_works(gemeente, tmp_path):
    voor = dump_inhoud(gemeente)
    agenda = write_agenda(tmp_path / "a.csv", {"id": "P1"}, {"id": "P2"})
    omgeving = os.environ | {"GEBIEDEN_DATABASE": get_url(gemeente)}
    opdracht = [sys.executable, "-c", HALVERWEGE, "importeer", "agendapunten", str(agenda)]
    with subprocess.Popen(opdracht, cwd=PROJECT, env=omgeving, stdout=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        assert proces.stdout.readline() == "halverwege\n"
        proces.send_signal(signal.SIGKILL)
    assert dump_inhoud(gemeente) == voor
    verslag = import_bestand(gemeente, OPDRACHTREGEL, Invoer("agendapunten", agenda), OP)
    assert verslag.slotregel == "ingelezen 2, bijgewerkt 0, ongewijzigd 0, afgekeurd 0"


def test_a_missing_folder_is_made(tmp_path):
    open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'db.sqlite'}")
    assert (tmp_path / "a" / "b" / "db.sqlite").is_file()


@pytest.fixture
def demo(maak_database, demo_sjabloon):
    """Return a demo database that a test may write to."""
    return maak_database(demo_sjabloon)


def _is_nummer(tabel: str, kolom: str) -> bool:
    return kolom in ZONDER or kolom in VERWIJST.get(tabel, ())


def _load_zonder_nummers(engine: Engine) -> dict[str, object]:
    """Return what a database holds, but not when it was stored, under which number and by whom."""
    kolommen = {tabel.name: list(tabel.c.keys()) for tabel in tabellen.metadata.sorted_tables}
    inhoud: dict[str, object] = {
        naam: sorted(
            (
                tuple(waarde for kolom, waarde in zip(kolommen[naam], rij, strict=True) if not _is_nummer(naam, kolom))
                for rij in rijen
                if "versie" not in str(rij[0])
            ),
            key=repr,
        )
        for naam, rijen in dump_inhoud(engine).items()
        if naam not in {"gebied", "gebied_buurt", "logboek"}
    }
    with engine.connect() as conn:
        return inhoud | {"gebied": load_gebieden(conn)}


def test_the_demo_is_built_again_the_same(demo):
    voor = _load_zonder_nummers(demo)
    build_demo(demo)
    assert _load_zonder_nummers(demo) == voor


def test_who_may_sign_in_and_what_was_done_outlive_the_demo(demo):
    with begin_schrijven(demo) as conn:
        conn.execute(insert(tabellen.gebruiker).values(aanmeldnaam="rita", rol="raad"))
    voor = dump_inhoud(demo)
    build_demo(demo)
    na = dump_inhoud(demo)
    assert na["gebruiker"] == voor["gebruiker"]
    assert set(map(repr, voor["logboek"])) <= set(map(repr, na["logboek"]))


def test_a_database_with_people_only_is_still_empty(engine):
    with begin_schrijven(engine) as conn:
        conn.execute(insert(tabellen.gebruiker).values(aanmeldnaam="rita", rol="raad"))
        assert is_leeg(conn)


def test_the_demo_is_not_built_over_what_somebody_brought_in(demo, tmp_path):
    import_bestand(demo, OPDRACHTREGEL, Invoer("agendapunten", DATA / "agendapunten.csv"), OP)
    build_demo(demo)
    agenda = write_agenda(tmp_path / "a.csv", {"id": "EIGEN1"})
    import_bestand(demo, OPDRACHTREGEL, Invoer("agendapunten", agenda), OP)
    with pytest.raises(OpslagError, match="andere gegevens dan de demo"):
        build_demo(demo)
    with demo.connect() as conn:
        check_modus(conn, Modus.DEMO)


def test_the_demo_refuses_a_database_with_other_content(gemeente):
    voor = dump_inhoud(gemeente)
    with pytest.raises(OpslagError, match="andere gegevens dan de demo"):
        build_demo(gemeente)
    assert dump_inhoud(gemeente) == voor


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
