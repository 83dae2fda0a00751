"""What goes wrong outside the program: a clear sentence without any address, and on again once it is over."""

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import fields

import pytest
from bouwstenen import build_punt, write_agenda
from databases import get_url
from postgres import GEBRUIKER, WACHTWOORD, Cluster, run_postgres
from sqlalchemy import Engine, event, func, select, text
from test_opslag_database import OP

from gebieden.domein.fouten import OpslagError
from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.instellingen import PROJECT
from gebieden.opslag import tabellen, verbinding
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.bulk import insert_kolommen
from gebieden.opslag.database import Deel, begin_schrijven, get_versies, open_database
from gebieden.opslag.invoer import Invoer, import_bestand

SIGNAAL = ("id", "dag", "categorie", "bron", "gebied")
# Somebody else, who writes and does not finish.
HOUDT_VAST = """
import sys, time
from gebieden.opslag.database import begin_schrijven, open_database
with begin_schrijven(open_database(sys.argv[1])):
    print("vast", flush=True)
    time.sleep(60)
"""


@contextmanager
def _hold_slot(url: str) -> Iterator[None]:
    opdracht = [sys.executable, "-c", HOUDT_VAST, url]
    with subprocess.Popen(opdracht, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as ander:
        try:
            assert ander.stdout is not None
            assert ander.stdout.readline() == "vast\n"
            yield
        finally:
            ander.kill()


def _count_punten(engine: Engine) -> int:
    with engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(tabellen.agendapunt)) or 0


def _save_punt(engine: Engine, id_: str = "P1") -> None:
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        save_agendapunten(conn, [build_punt(id_)], OP)


def _check_geen_adres(boodschap: str, engine: Engine) -> None:
    naam = str(engine.url.database)
    assert not [
        woord for woord in (naam, GEBRUIKER, WACHTWOORD, "sqlite:", "postgresql", "host=") if woord in boodschap
    ]


def test_a_database_in_use_is_said_to_be_busy(gemeente, tmp_path, monkeypatch):
    monkeypatch.setattr(verbinding, "WACHTTIJD_S", 0.3)
    engine = open_database(get_url(gemeente), eenmalig=True)
    invoer = Invoer("agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}))
    with _hold_slot(get_url(gemeente)):
        with pytest.raises(OpslagError, match="is bezet: een ander programma schrijft") as fout:
            import_bestand(engine, OPDRACHTREGEL, invoer, OP)
        # Reading goes on meanwhile.
        assert _count_punten(engine) == 0
    _check_geen_adres(str(fout.value), engine)
    assert import_bestand(engine, OPDRACHTREGEL, invoer, OP).telling.ingelezen == 1


def test_writers_wait_for_each_other_and_none_overwrites_another(gemeente):
    begin = threading.Barrier(8)

    def schrijf(nummer: int) -> None:
        begin.wait()
        for ronde in range(5):
            _save_punt(gemeente, f"P{nummer}-{ronde}")

    with gemeente.connect() as conn:
        voor = get_versies(conn)
    with ThreadPoolExecutor(8) as schrijvers:
        list(schrijvers.map(schrijf, range(8)))
    with gemeente.connect() as conn:
        na = get_versies(conn)
    assert _count_punten(gemeente) == 40
    assert (na.totaal - voor.totaal, na.agenda - voor.agenda, na.gebieden - voor.gebieden) == (40, 40, 0)


def test_who_reads_sees_one_moment_whatever_is_written_meanwhile(gemeente):
    with gemeente.connect() as lezer:
        voor = get_versies(lezer)
        _save_punt(gemeente)
        assert get_versies(lezer) == voor
        assert lezer.scalar(select(func.count()).select_from(tabellen.agendapunt)) == 0
    assert _count_punten(gemeente) == 1


def test_a_writer_sees_what_was_committed_while_it_waited(gemeente):
    begonnen = threading.Event()

    def schrijf() -> int:
        begonnen.set()
        with begin_schrijven(gemeente, Deel.AGENDA) as conn:
            return conn.scalar(select(func.count()).select_from(tabellen.agendapunt)) or 0

    with ThreadPoolExecutor(1) as ander:
        with begin_schrijven(gemeente, Deel.AGENDA) as conn:
            straks = ander.submit(schrijf)
            begonnen.wait()
            save_agendapunten(conn, [build_punt()], OP)
        assert straks.result() == 1


def test_only_the_parts_that_were_touched_get_another_number(gemeente):
    with gemeente.connect() as conn:
        voor = get_versies(conn)
    with begin_schrijven(gemeente, Deel.AGENDA, Deel.SIGNALEN):
        pass
    with gemeente.connect() as conn:
        na = get_versies(conn)
    veranderd = {veld.name for veld in fields(na) if getattr(na, veld.name) != getattr(voor, veld.name)}
    assert veranderd == {"agenda", "signalen", "totaal"}


def _open_alleen_lezen(gemeente: Engine) -> Engine:
    if gemeente.dialect.name == "sqlite":
        return open_database(f"sqlite:///file:{gemeente.url.database}?mode=ro&uri=true")
    return open_database(f"{get_url(gemeente)}&options=-c default_transaction_read_only=on", eenmalig=True)


def test_a_database_that_may_only_be_read_is_read_and_not_written(gemeente, tmp_path):
    engine = _open_alleen_lezen(gemeente)
    assert _count_punten(engine) == 0
    invoer = Invoer("agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}))
    with pytest.raises(OpslagError, match="mag alleen gelezen worden") as fout:
        import_bestand(engine, OPDRACHTREGEL, invoer, OP)
    _check_geen_adres(str(fout.value), gemeente)


def _fill_schijf(engine: Engine) -> None:
    """Leave no room in the file; PostgreSQL is made to say so itself, for its disk is ours too."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _limit_bestand)
        return
    melding = "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'"
    with engine.begin() as conn:
        conn.execute(text(f"CREATE FUNCTION vol() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {melding}; END $$"))
        for tabel in ("agendapunt", "signaal"):
            conn.execute(text(f"CREATE TRIGGER vol BEFORE INSERT ON {tabel} EXECUTE FUNCTION vol()"))


def _limit_bestand(verbinding, _registratie) -> None:
    verbinding.execute("PRAGMA max_page_count=1")


def _empty_schijf(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.remove(engine, "connect", _limit_bestand)
        return
    with engine.begin() as conn:
        conn.execute(text("DROP FUNCTION vol() CASCADE"))


def _save_veel(engine: Engine, hoe: str) -> None:
    with begin_schrijven(engine) as conn:
        if hoe == "gewoon":
            save_agendapunten(conn, [build_punt(f"P{n}", omschrijving="x" * 5000) for n in range(20)], OP)
        else:
            ids = [f"signaal {n:060}" for n in range(500)]
            insert_kolommen(conn, tabellen.signaal, SIGNAAL, [ids, *([1] * 500 for _ in SIGNAAL[1:])])


@pytest.mark.parametrize("hoe", ["gewoon", "kolommen"])
def test_a_full_disk_is_said_to_be_full_and_nothing_is_stored_until_there_is_room(gemeente, hoe):
    _fill_schijf(gemeente)
    with pytest.raises(OpslagError, match=r"vol\. Er is niets veranderd") as fout:
        _save_veel(gemeente, hoe)
    _check_geen_adres(str(fout.value), gemeente)
    assert _count_punten(gemeente) == 0
    _empty_schijf(gemeente)
    _save_veel(gemeente, hoe)


def test_a_database_that_misses_a_table_is_said_to_be_broken(gemeente):
    with begin_schrijven(gemeente) as conn:
        tabellen.agendapunt.drop(conn)
    with pytest.raises(OpslagError, match="de database geeft geen goed antwoord"):
        _count_punten(gemeente)


def test_the_log_says_which_database_it_was_and_never_a_password(cluster, caplog):
    adres = cluster.get_url("er_niet", server="127.0.0.1")
    with caplog.at_level(logging.WARNING), pytest.raises(OpslagError, match="bestaat deze database niet") as fout:
        open_database(adres)
    assert "er_niet" not in str(fout.value)
    assert f"postgresql+psycopg://{GEBRUIKER}:***@127.0.0.1:{cluster.poort}/er_niet" in caplog.text
    assert WACHTWOORD not in caplog.text


def test_a_password_after_the_question_mark_stays_out_of_the_log_too(caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(OpslagError, match="niet bereikbaar"):
        open_database("postgresql+psycopg://a@127.0.0.1:1/b?password=geheim&sslpassword=geheim&application_name=proef")
    assert "127.0.0.1:1/b?application_name=proef" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(
    ("wat", "woorden"),
    [
        ((WACHTWOORD, "fout"), "laat deze gebruiker niet toe"),
        ((GEBRUIKER + ":", "onbekend:"), "laat deze gebruiker niet toe"),
        (("127.0.0.1", "er-niet.invalid"), "De database is niet bereikbaar"),
        ((":{poort}", ":1"), "De database is niet bereikbaar"),
        ((":{poort}", ":poort"), "GEBIEDEN_DATABASE is geen adres"),
        (("postgresql+psycopg", "postgres"), "begint met 'postgres://'; verwacht: 'postgresql\\+psycopg://'"),
        (("postgresql+psycopg", "postgresql"), "begint met 'postgresql://'; verwacht: 'postgresql\\+psycopg://'"),
        (("postgresql+psycopg", "postgresql+psycopg2"), "verwacht: 'postgresql\\+psycopg://'"),
        (("postgresql+psycopg", "mysql"), "Het soort database 'mysql' is niet bekend"),
    ],
)
def test_what_is_wrong_in_an_address_of_postgresql_is_said_without_the_address(cluster, wat, woorden):
    van, naar = (deel.format(poort=cluster.poort) for deel in wat)
    adres = cluster.get_url("postgres", server="127.0.0.1")
    assert van in adres
    with pytest.raises(OpslagError, match=woorden) as fout:
        open_database(adres.replace(van, naar))
    assert not {WACHTWOORD, "127.0.0.1", str(cluster.poort)} & set(str(fout.value).split())
    assert WACHTWOORD not in str(fout.value)


def test_a_user_without_rights_is_told_so(cluster):
    cluster.execute("CREATE ROLE kijker LOGIN PASSWORD 'k'")
    url = cluster.create()
    with pytest.raises(OpslagError, match="niet toe, of niet om dit te doen"):
        open_database(url.replace(f"{GEBRUIKER}@", "kijker@"), eenmalig=True)
    cluster.drop(url)
    cluster.execute("DROP ROLE kijker")


def test_a_server_without_a_free_connection_says_so(cluster):
    url = cluster.create()
    naam = url.split("@/")[1].split("?")[0]
    engine = open_database(url)
    cluster.execute(f"ALTER DATABASE {naam} CONNECTION LIMIT 1")
    with engine.connect() as conn, pytest.raises(OpslagError, match="geen verbinding met de database meer vrij"):
        conn.execute(text("SELECT 1"))
        open_database(url)
    engine.dispose()
    cluster.drop(url)


def test_more_people_at_once_than_connections_is_a_sentence_too(cluster, monkeypatch):
    monkeypatch.setattr(verbinding, "WACHTTIJD_S", 0.2)
    url = cluster.create()
    engine = open_database(url)
    with ExitStack() as bezig, pytest.raises(OpslagError, match="geen verbinding met de database meer vrij"):
        while True:
            bezig.enter_context(engine.connect())
    with engine.connect() as conn:
        assert conn.scalar(text("SELECT 1")) == 1
    engine.dispose()
    cluster.drop(url)


@pytest.fixture
def eigen_cluster() -> Iterator[Cluster]:
    with run_postgres() as cluster:
        yield cluster


def test_a_server_that_stops_and_starts_again_is_found_again_without_a_restart(eigen_cluster):
    engine = open_database(eigen_cluster.create())
    _save_punt(engine, "P1")
    eigen_cluster.stop()
    for _ in range(2):
        with pytest.raises(OpslagError, match="De database is niet bereikbaar") as fout:
            _count_punten(engine)
    _check_geen_adres(str(fout.value), engine)
    eigen_cluster.start()
    assert _count_punten(engine) == 1
    _save_punt(engine, "P2")
    assert _count_punten(engine) == 2
    engine.dispose()


@pytest.mark.parametrize("hoe", ["gewoon", "kolommen"])
def test_a_connection_that_is_lost_halfway_stores_nothing_and_the_next_one_works(eigen_cluster, hoe):
    engine = open_database(eigen_cluster.create())
    with (
        pytest.raises(OpslagError, match="De verbinding met de database is weggevallen"),
        begin_schrijven(engine) as conn,
    ):
        save_agendapunten(conn, [build_punt("P1")], OP)
        eigen_cluster.stop()
        if hoe == "gewoon":
            save_agendapunten(conn, [build_punt("P2")], OP)
        insert_kolommen(conn, tabellen.signaal, SIGNAAL, [["S1"], *([1] for _ in SIGNAAL[1:])])
    eigen_cluster.start()
    assert _count_punten(engine) == 0
    _save_punt(engine)
    assert _count_punten(engine) == 1
    engine.dispose()


def test_a_server_that_does_not_answer_is_given_up_after_a_while(monkeypatch):
    monkeypatch.setattr(verbinding, "VERBINDTIJD_S", 2)
    with socket.create_server(("127.0.0.1", 0)) as stil:
        poort = stil.getsockname()[1]
        with pytest.raises(OpslagError, match="De database is niet bereikbaar"):
            open_database(f"postgresql+psycopg://a:b@127.0.0.1:{poort}/c")


@pytest.mark.parametrize(
    ("url", "woorden"),
    [
        ("geen adres", "geen adres van een database"),
        ("sqlite://", "geen adres van een database die bewaard blijft"),
        ("sqlite:///:memory:", "geen adres van een database die bewaard blijft"),
        ("onbekend://gebruiker:geheim@ergens/iets", "geen adres van een database"),
        ("postgresql+psycopg:/gebruiker:geheim@ergens", "geen adres van een database"),
        ("sqlite:////dev/null/map/db.sqlite", "De map van de database kan niet worden gemaakt"),
        ("sqlite:////dev", "kan niet worden geopend"),
    ],
)
def test_a_wrong_address_is_said_to_be_wrong_and_not_shown(url, woorden, caplog):
    with pytest.raises(OpslagError, match=woorden) as fout:
        open_database(url)
    assert not {"/dev", "geheim"} & set(str(fout.value).replace(":", " ").split())
    assert "geheim" not in str(fout.value) + caplog.text


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    bestand = tmp_path / "tekst.sqlite"
    bestand.write_text("Dit is geen database, maar een brief.\n" * 100)
    with pytest.raises(OpslagError, match="of het is geen database"):
        open_database(f"sqlite:///{bestand}")
    assert bestand.read_text().startswith("Dit is geen database")


def test_the_command_line_says_which_database_it_could_not_reach(tmp_path):
    omgeving = os.environ | {"GEBIEDEN_DATABASE": f"postgresql+psycopg://a:geheim@127.0.0.1:1/{tmp_path.name}"}
    opdracht = [sys.executable, "-m", "gebieden", "voortgang"]
    klaar = subprocess.run(opdracht, cwd=PROJECT, env=omgeving, capture_output=True, text=True, check=False)
    assert (klaar.returncode, "geheim" in klaar.stderr, "Traceback" in klaar.stderr) == (2, False, False)
    assert "De database is niet bereikbaar" in klaar.stderr
    assert f"a:***@127.0.0.1:1/{tmp_path.name}" in klaar.stderr
