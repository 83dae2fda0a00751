"""Putting a reservekopie back: all of it or nothing, nothing lost that was there, and no number that goes back."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from databases import Databases, Sqlitemap, get_url
from kopiestukken import MOMENT, fill_alles, load_inhoud
from opdrachtregel import build_opdracht
from sqlalchemy import Engine, delete, insert, select, update

from gebieden.domein.fouten import OpslagError, RechtenError
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.rechten import Kijker, Rol
from gebieden.instellingen import PROJECT, Modus
from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven, get_versies, mark_modus, open_database, set_instelling
from gebieden.opslag.herstel import restore_reservekopie
from gebieden.opslag.kopiebestand import check_kopie, write_manifest
from gebieden.opslag.reservekopie import make_reservekopie
from gebieden.opslag.schema import read_revisie
from gebieden.opslag.verbinding import find_databasebestand

# Stops in the middle of putting back: the old content is taken away, the new is not all there.
HALVERWEGE = """
import sys, time
from gebieden import __main__
from gebieden.opslag import herstel
def wacht(*_):
    print("halverwege", flush=True)
    time.sleep(60)
herstel._restore_instellingen = wacht
sys.exit(__main__.main(sys.argv[1:]))
"""


class Gedeeld(NamedTuple):
    """A database and a reservekopie of it."""

    engine: Engine
    gaaf: Path


@pytest.fixture
def vol(gemeente: Engine) -> Engine:
    """Return a database with something in every table."""
    fill_alles(gemeente)
    return gemeente


@pytest.fixture
def kopie(vol: Engine, tmp_path: Path) -> Path:
    """Return a reservekopie of the full database, in a folder of its own."""
    (tmp_path / "kopie").mkdir()
    make_reservekopie(vol, OPDRACHTREGEL, tmp_path / "kopie" / "k.sqlite")
    return tmp_path / "kopie" / "k.sqlite"


@pytest.fixture(scope="module")
def gedeeld(databases: Databases, leeg_sjabloon: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gedeeld]:
    """Return a full database that nothing may change, and a reservekopie of it to break a copy of."""
    engine = open_database(databases.create(leeg_sjabloon))
    fill_alles(engine)
    pad = tmp_path_factory.mktemp("gaaf") / "k.sqlite"
    make_reservekopie(engine, OPDRACHTREGEL, pad)
    yield Gedeeld(engine, pad)
    engine.dispose()
    databases.drop(get_url(engine))


def _restore(engine: Engine, pad: Path, bewaar: Path | None = None, modus: Modus = Modus.DEMO) -> Path:
    return restore_reservekopie(engine, OPDRACHTREGEL, pad, modus=modus, bewaar=bewaar or pad.parent).bewaard


def _change(engine: Engine) -> None:
    """Change, add and remove something after the reservekopie."""
    with begin_schrijven(engine) as conn:
        conn.execute(update(tabellen.agendapunt).values(titel="anders"))
        conn.execute(delete(tabellen.signaal).where(tabellen.signaal.c.dag > 20_010))
        rij = {"soort": "agendapunt", "id": "P1", "datum": date(2026, 5, 20), "tekst": "later", "sleutel": "later"}
        conn.execute(insert(tabellen.bericht), rij)
        conn.execute(insert(tabellen.grenzenbestand), {"hash": "later", "inhoud": b"later"})
        _append_log(conn, "later")


def _append_log(conn, sleutel: str) -> None:
    rij = conn.execute(select(tabellen.logboek).limit(1)).mappings().one()
    conn.execute(insert(tabellen.logboek), {k: v for k, v in rij.items() if k != "nummer"} | {"sleutel": sleutel})


def _get_logsleutels(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        vraag = select(tabellen.logboek.c.sleutel).where(tabellen.logboek.c.handeling != "hersteld")
        return list(conn.scalars(vraag.order_by(tabellen.logboek.c.nummer)))


def test_what_was_changed_since_is_as_it_was(vol, kopie):
    voor = load_inhoud(vol, "logboek", "grenzenbestand")
    _change(vol)
    assert load_inhoud(vol, "logboek", "grenzenbestand") != voor
    _restore(vol, kopie)
    assert load_inhoud(vol, "logboek", "grenzenbestand") == voor


@pytest.fixture(params=["sqlite", "postgresql"])
def leeg(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return an empty database of either kind, whatever the kind of the other one."""
    bron = request.getfixturevalue("cluster") if request.param == "postgresql" else Sqlitemap(tmp_path)
    engine = open_database(bron.create())
    yield engine
    engine.dispose()
    bron.drop(get_url(engine))


def test_an_empty_database_of_either_kind_gets_everything(gedeeld, leeg):
    _restore(leeg, gedeeld.gaaf)
    assert load_inhoud(leeg, "logboek") == load_inhoud(gedeeld.engine, "logboek")
    assert _get_logsleutels(leeg) == ["l1", "l2"]
    terug = make_reservekopie(leeg, OPDRACHTREGEL, gedeeld.gaaf.parent / f"{leeg.dialect.name}.sqlite")
    verschil = {"instelling", "logboek"}
    assert {n: i for n, i in terug.tabellen.items() if n not in verschil} == {
        n: i for n, i in check_kopie(gedeeld.gaaf).tabellen.items() if n not in verschil
    }


def test_a_reservekopie_of_an_older_program_is_brought_up_to_date(leeg, tmp_path, monkeypatch):
    """As the first program would have made it, had it known this command: without people and audit trail."""
    pad = tmp_path / "oud.sqlite"
    with monkeypatch.context() as vroeger:
        vroeger.setattr(tabellen, "SCHEMAVERSIE", 1)
        vroeger.setattr("gebieden.opslag.schema._LAATSTE", "0001")
        open_database(f"sqlite:///{pad}")
    _run_sql(
        "INSERT INTO bericht (soort, id, datum, tekst, openbaar) VALUES ('agendapunt', 'P1', '2026-04-01', 'oud', 1)",
        "PRAGMA journal_mode=DELETE",
    )(pad)
    write_manifest(pad, 1, MOMENT, {})
    inhoud = pad.read_bytes()
    _restore(leeg, pad)
    with leeg.connect() as conn:
        assert conn.scalars(select(tabellen.bericht.c.tekst)).all() == ["oud"]
        assert read_revisie(conn) == f"{tabellen.SCHEMAVERSIE:04d}"
    assert (pad.read_bytes(), len(list(tmp_path.glob("oud*")))) == (inhoud, 1)


def test_what_was_there_is_kept_and_can_be_put_back_in_turn(vol, kopie):
    _change(vol)
    tussen = load_inhoud(vol, "logboek")
    bewaard = _restore(vol, kopie)
    assert bewaard.parent == kopie.parent
    assert "later" in {r.strip("()',") for r in _get_logsleutels(vol)}
    _restore(vol, bewaard)
    assert load_inhoud(vol, "logboek") == tussen


def test_the_audit_trail_keeps_what_is_there_and_gets_what_it_missed(vol, kopie, tmp_path):
    _change(vol)
    _restore(vol, kopie)
    assert _get_logsleutels(vol) == ["l1", "l2", "later"]
    ander = open_database(f"sqlite:///{tmp_path / 'ander.sqlite'}")
    _restore(ander, kopie)
    with begin_schrijven(ander) as conn:
        _append_log(conn, "eigen")
    with begin_schrijven(vol) as conn:
        _append_log(conn, "nog later")
    make_reservekopie(vol, OPDRACHTREGEL, kopie.parent / "later.sqlite")
    _restore(ander, kopie.parent / "later.sqlite")
    assert _get_logsleutels(ander) == ["l1", "l2", "eigen", "later", "nog later"]


def test_every_number_that_says_whether_something_changed_goes_up(vol, kopie):
    for _ in range(3):
        _change_setting(vol)
    with vol.connect() as conn:
        voor = get_versies(conn)
    _restore(vol, kopie)
    with vol.connect() as conn:
        na = get_versies(conn)
    assert all(getattr(na, veld) > getattr(voor, veld) for veld in voor.__dataclass_fields__)


def _change_setting(engine: Engine) -> None:
    with begin_schrijven(engine) as conn:
        set_instelling(conn, "stilte_dagen", "30")


def test_no_number_that_the_audit_trail_knows_is_ever_given_out_again(vol, kopie, leeg):
    """It says by number who did something, and to which bericht."""
    weg = {"aanmeldnaam": "weg@b.nl", "rol": "raad"}
    with begin_schrijven(vol) as conn:
        conn.execute(insert(tabellen.gebruiker), weg)
        conn.execute(delete(tabellen.gebruiker).where(tabellen.gebruiker.c.aanmeldnaam == "weg@b.nl"))
    make_reservekopie(vol, OPDRACHTREGEL, kopie.parent / "later.sqlite")
    _change(vol)
    for doel, pad, hoogste_bericht in ((vol, kopie, 4), (leeg, kopie.parent / "later.sqlite", 3)):
        _restore(doel, pad)
        with begin_schrijven(doel) as conn:
            bericht = {"soort": "agendapunt", "id": "P1", "datum": date(2026, 5, 20), "tekst": "nieuw"}
            assert conn.execute(insert(tabellen.bericht), bericht).inserted_primary_key[0] > hoogste_bericht
            assert conn.execute(insert(tabellen.gebruiker), weg).inserted_primary_key[0] > 2


def test_who_reads_meanwhile_sees_the_old_or_the_new_and_nothing_between(vol, kopie, monkeypatch):
    _change(vol)
    voor = load_inhoud(vol)
    gezien = []
    monkeypatch.setattr("gebieden.opslag.herstel._raise_reeksen", lambda *_: gezien.append(load_inhoud(vol)))
    with vol.connect() as lezer:
        titels = select(tabellen.agendapunt.c.titel)
        assert set(lezer.scalars(titels)) == {"anders"}
        _restore(vol, kopie)
        assert set(lezer.scalars(titels)) == {"anders"}
    assert gezien == [voor]
    assert load_inhoud(vol) != voor


def _run_sql(*opdrachten: str) -> Callable[[Path], None]:
    def verander(pad: Path) -> None:
        with closing(sqlite3.connect(pad)) as db:
            for opdracht in opdrachten:
                db.execute(opdracht)
            db.commit()

    return verander


def _flip(pad: Path, plaats: Callable[[bytes], int]) -> None:
    """Change one bit."""
    inhoud = bytearray(pad.read_bytes())
    inhoud[plaats(inhoud)] ^= 1
    pad.write_bytes(inhoud)


KAPOT: dict[str, tuple[Callable[[Path], object], str]] = {
    "weg": (lambda pad: pad.unlink(), "kan niet gelezen worden: No such file"),
    "map": (lambda pad: (pad.unlink(), pad.mkdir()), "kan niet gelezen worden: Is a directory"),
    "leeg": (lambda pad: pad.write_bytes(b""), "geen reservekopie van dit programma: het bestand is leeg"),
    "tekst": (lambda pad: pad.write_text("Beste lezer,\n" * 900), "het is geen SQLite-bestand"),
    "zip": (lambda pad: pad.write_bytes(b"PK\x03\x04" + bytes(500)), "het is geen SQLite-bestand"),
    "alleen een kop": (lambda pad: pad.write_bytes(pad.read_bytes()[:100]), "is niet gaaf"),
    "afgekapt": (lambda pad: os.truncate(pad, pad.stat().st_size // 2), "is niet gaaf"),
    "bit om in tekst": (
        lambda pad: _flip(pad, lambda b: b.index(b"Caf\xc3\xa9")),
        "in tabel agendapunt staat iets anders",
    ),
    "bit om in sleutel": (lambda pad: _flip(pad, lambda b: b.index(b"S03000")), "is niet gaaf"),
    "nullen": (lambda pad: pad.write_bytes(pad.read_bytes()[:8192] + bytes(40_000)), "is niet gaaf"),
    "rij veranderd": (_run_sql("UPDATE bericht SET openbaar = 1"), "in tabel bericht staat iets anders"),
    "rij weg": (_run_sql("DELETE FROM signaal WHERE dag = 20001"), "heeft 5999 rijen in plaats van 6000"),
    "rij erbij": (_run_sql("INSERT INTO signaal VALUES ('X', 1, 1, 1, 1)"), "heeft 6001 rijen in plaats van 6000"),
    "ander soort waarde": (_run_sql("UPDATE signaal SET dag = 'x' WHERE dag = 20001"), "is niet gaaf"),
    "wees": (_run_sql("INSERT INTO gebruiker_gebied VALUES (99, 'x')"), "verwijst naar een rij van gebruiker die er"),
    "tabel weg": (_run_sql("DROP TABLE levensteken"), "tabel levensteken staat niet zowel in"),
    "tabel erbij": (_run_sql("CREATE TABLE extra (x)"), "tabel extra staat niet zowel in"),
    "weergave": (_run_sql("CREATE VIEW extra AS SELECT 1"), "tabel extra staat niet zowel in"),
    "inhoudsopgave weg": (_run_sql("DROP TABLE reservekopie"), "is niet gaaf: no such table: reservekopie"),
    "inhoudsopgave leeg": (_run_sql("DELETE FROM reservekopie"), "is niet gaaf"),
    "nieuwere vorm": (_run_sql("UPDATE reservekopie SET vorm = 2"), "met een nieuwer programma gemaakt: vorm 2"),
    "nieuwer schema": (_run_sql("UPDATE reservekopie SET schema = 99"), "met een nieuwer programma .* schemaversie 99"),
    "ander schema": (_run_sql("UPDATE alembic_version SET version_num = '0099'"), "met een nieuwer programma gemaakt"),
    "zonder kenmerk": (_run_sql("PRAGMA application_id=0"), "het is een database van dit programma"),
}


@pytest.mark.parametrize("soort", KAPOT)
def test_a_file_that_is_not_a_whole_reservekopie_changes_nothing(gedeeld, tmp_path, soort):
    pad = shutil.copy(gedeeld.gaaf, tmp_path / "k.sqlite")
    maak_kapot, woorden = KAPOT[soort]
    maak_kapot(pad)
    voor, bestanden = load_inhoud(gedeeld.engine), sorted(tmp_path.iterdir())
    with pytest.raises(OpslagError, match=woorden) as fout:
        _restore(gedeeld.engine, pad)
    assert "niets veranderd" in str(fout.value)
    assert (load_inhoud(gedeeld.engine), sorted(tmp_path.iterdir())) == (voor, bestanden)


def test_the_database_itself_is_no_reservekopie(gedeeld, tmp_path):
    open_database(f"sqlite:///{tmp_path / 'zelf.sqlite'}")
    with pytest.raises(OpslagError, match="het is een database van dit programma, en die is niet gecontroleerd"):
        _restore(gedeeld.engine, tmp_path / "zelf.sqlite")


def test_a_database_of_another_program_is_no_reservekopie(gedeeld, tmp_path):
    _run_sql("CREATE TABLE klanten (naam TEXT)")(tmp_path / "ander.sqlite")
    with pytest.raises(OpslagError, match="een SQLite-bestand van een ander programma, met klanten"):
        _restore(gedeeld.engine, tmp_path / "ander.sqlite")


def test_what_cannot_be_kept_is_not_replaced(gedeeld, tmp_path):
    voor = load_inhoud(gedeeld.engine)
    with pytest.raises(OpslagError, match=r"voor-herstel-.* kan niet geschreven worden: No such file"):
        _restore(gedeeld.engine, gedeeld.gaaf, tmp_path / "geen map")
    assert load_inhoud(gedeeld.engine) == voor


def test_invented_data_do_not_get_into_productie(vol, kopie):
    with begin_schrijven(vol) as conn:
        set_instelling(conn, "bevat_demo", "ja")
    make_reservekopie(vol, OPDRACHTREGEL, kopie.parent / "demo.sqlite")
    voor = load_inhoud(vol)
    with pytest.raises(OpslagError, match="verzonnen demogegevens"):
        _restore(vol, kopie.parent / "demo.sqlite", modus=Modus.PRODUCTIE)
    assert load_inhoud(vol) == voor


def test_real_data_do_not_get_into_demo_neither_at_once_nor_by_a_detour(vol, kopie):
    _restore(vol, kopie, modus=Modus.PRODUCTIE)
    make_reservekopie(vol, OPDRACHTREGEL, kopie.parent / "echt.sqlite")
    with pytest.raises(OpslagError, match="van een productieomgeving"):
        _restore(vol, kopie.parent / "echt.sqlite", modus=Modus.DEMO)
    with begin_schrijven(vol) as conn:
        mark_modus(conn, Modus.DEMO)
    make_reservekopie(vol, OPDRACHTREGEL, kopie.parent / "nog.sqlite")
    with pytest.raises(OpslagError, match="van een productieomgeving"):
        _restore(vol, kopie.parent / "nog.sqlite", modus=Modus.DEMO)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEER])
def test_nobody_but_beheer_puts_back(gedeeld, rol):
    wie = Gebruiker(Kijker(rol))
    with pytest.raises(RechtenError, match="Een reservekopie maken of terugzetten mag niet"):
        restore_reservekopie(gedeeld.engine, wie, gedeeld.gaaf, modus=Modus.DEMO, bewaar=gedeeld.gaaf.parent)


def test_a_herstel_that_is_killed_leaves_the_old_content_whole_and_the_next_one_works(vol, kopie):
    voor = load_inhoud(vol, "logboek")
    _change(vol)
    tussen = load_inhoud(vol)
    omgeving = os.environ | {
        "GEBIEDEN_DATABASE": get_url(vol),
        "GEBIEDEN_MODUS": "demo",
    }
    opdracht = [sys.executable, "-c", HALVERWEGE, "herstel", str(kopie), "--bewaar", str(kopie.parent)]
    with subprocess.Popen(opdracht, cwd=PROJECT, env=omgeving, stdout=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        assert proces.stdout.readline() == "halverwege\n"
        proces.send_signal(signal.SIGKILL)
    assert load_inhoud(vol) == tussen
    bewaard = next(kopie.parent.glob("voor-herstel-*.sqlite"))
    assert check_kopie(bewaard).tabellen.keys() == tussen.keys()
    _restore(vol, kopie)
    na = load_inhoud(vol, "logboek")
    na["grenzenbestand"] = [rij for rij in na["grenzenbestand"] if "later" not in rij]
    assert na == voor


def test_the_commands_say_where_everything_is(gemeente, kopie, leeg, monkeypatch):
    monkeypatch.chdir(kopie.parent)
    uit, terug = build_opdracht(get_url(gemeente)), build_opdracht(get_url(leeg))
    gemaakt = uit("reservekopie", "nieuw.sqlite")
    assert (gemaakt.status, gemaakt.fout) == (0, "")
    assert gemaakt.uit.startswith("Reservekopie nieuw.sqlite is gemaakt en gecontroleerd: 6")
    assert uit("reservekopie", "nieuw.sqlite").fout.startswith("nieuw.sqlite bestaat al en wordt niet overschreven")
    hersteld = terug("herstel", "nieuw.sqlite")
    assert hersteld.status == 0
    bewaard = Path(hersteld.uit.splitlines()[0].removeprefix("Wat er stond, is bewaard in ").rstrip("."))
    # Beside the database where that is a file, else where one is.
    assert bewaard.absolute().parent == (find_databasebestand(leeg) or kopie).parent
    assert check_kopie(bewaard).aantal_rijen < 20
    bewaard.unlink()
    assert load_inhoud(leeg, "logboek") == load_inhoud(gemeente, "logboek")
    assert terug("herstel", "geen.sqlite").status == 2
