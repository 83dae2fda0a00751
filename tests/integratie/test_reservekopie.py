"""A reservekopie: of one moment, whole or not there at all, and nobody has to stop working for it."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from databases import get_url
from kopiestukken import fill_alles, load_inhoud
from sqlalchemy import Engine, func, insert, select

from gebieden.domein.fouten import OpslagError, RechtenError
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.rechten import Kijker, Rol
from gebieden.instellingen import PROJECT
from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven, open_database
from gebieden.opslag.kopiebestand import check_kopie
from gebieden.opslag.reservekopie import make_reservekopie

# A file may not grow beyond a few blocks, as on a disk that is full.
VOLLE_SCHIJF = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from gebieden import __main__
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
sys.exit(__main__.main(sys.argv[1:]))
"""


@pytest.fixture
def vol(gemeente: Engine) -> Engine:
    """Return a database with something in every table."""
    fill_alles(gemeente)
    return gemeente


def _count(engine: Engine, tabel) -> int:
    with engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(tabel)) or 0


def test_a_reservekopie_holds_every_row_of_every_table(vol, tmp_path):
    kopie = make_reservekopie(vol, OPDRACHTREGEL, tmp_path / "k.sqlite")
    assert {naam: inhoud.aantal for naam, inhoud in kopie.tabellen.items()} == {
        tabel.name: _count(vol, tabel) for tabel in tabellen.metadata.sorted_tables
    }
    assert all(inhoud.aantal for inhoud in kopie.tabellen.values())
    assert load_inhoud(open_database(f"sqlite:///{tmp_path / 'k.sqlite'}")) == load_inhoud(vol)


def test_a_reservekopie_is_one_file_that_only_its_owner_may_read(vol, tmp_path):
    map_ = tmp_path / "kopieën van 100% & meer?"
    map_.mkdir()
    make_reservekopie(vol, OPDRACHTREGEL, map_ / "k#1.sqlite")
    assert [p.name for p in map_.iterdir()] == ["k#1.sqlite"]
    assert stat.S_IMODE((map_ / "k#1.sqlite").stat().st_mode) == 0o600
    with closing(sqlite3.connect(map_ / "k#1.sqlite")) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_reservekopie_is_of_one_moment_while_others_write(vol, tmp_path):
    """Every write adds a bericht and a line with the same key: in a kopie each has the other."""
    klaar = threading.Event()
    geschreven = []

    def write() -> None:
        while not klaar.is_set():
            sleutel = f"tijdens-{len(geschreven)}"
            with begin_schrijven(vol) as conn:
                rij = {"soort": "agendapunt", "id": "P1", "datum": date(2026, 5, 1), "tekst": "x", "sleutel": sleutel}
                conn.execute(insert(tabellen.bericht), rij)
                conn.execute(insert(tabellen.levensteken), {"agendapunt": sleutel, "datum": date(2026, 5, 1)})
            geschreven.append(sleutel)

    draad = threading.Thread(target=write)
    draad.start()
    try:
        gezien = [_get_sleutels(vol, tmp_path / f"k{n}.sqlite", geschreven) for n in range(4)]
    finally:
        klaar.set()
        draad.join()
    for voor, berichten, tekens, na in gezien:
        assert berichten == tekens
        # What was there before it began is in it; it went on meanwhile.
        assert voor <= len(berichten) <= na + 1
    assert gezien[-1][3] > gezien[0][0] + 3


def _get_sleutels(engine: Engine, pad: Path, geschreven: list[str]) -> tuple[int, set[str], set[str], int]:
    voor = len(geschreven)
    make_reservekopie(engine, OPDRACHTREGEL, pad)
    with closing(sqlite3.connect(pad)) as db:
        berichten = {s for (s,) in db.execute("SELECT sleutel FROM bericht WHERE sleutel LIKE 'tijdens%'")}
        tekens = {s for (s,) in db.execute("SELECT agendapunt FROM levensteken WHERE agendapunt LIKE 'tijdens%'")}
    return voor, berichten, tekens, len(geschreven)


def test_two_reservekopieen_of_the_same_content_hold_the_same(vol, tmp_path):
    een = make_reservekopie(vol, OPDRACHTREGEL, tmp_path / "een.sqlite")
    twee = make_reservekopie(vol, OPDRACHTREGEL, tmp_path / "twee.sqlite")
    assert een.tabellen == twee.tabellen == check_kopie(tmp_path / "een.sqlite").tabellen


def test_what_is_there_already_is_never_overwritten(vol, tmp_path):
    pad = tmp_path / "k.sqlite"
    pad.write_text("van iemand anders")
    with pytest.raises(OpslagError, match="bestaat al en wordt niet overschreven"):
        make_reservekopie(vol, OPDRACHTREGEL, pad)
    assert pad.read_text() == "van iemand anders"


def test_a_file_that_appears_meanwhile_is_not_overwritten_either(vol, tmp_path, monkeypatch):
    pad = tmp_path / "uit" / "k.sqlite"
    pad.parent.mkdir()
    monkeypatch.setattr("gebieden.opslag.reservekopie.check_kopie", lambda _: pad.write_text("van iemand anders"))
    with pytest.raises(OpslagError, match="bestaat al en wordt niet overschreven"):
        make_reservekopie(vol, OPDRACHTREGEL, pad)
    assert pad.read_text() == "van iemand anders"
    assert [p.name for p in pad.parent.iterdir()] == ["k.sqlite"]


def test_a_folder_that_cannot_be_written_is_said_so(vol, tmp_path):
    with pytest.raises(OpslagError, match=r"kan niet geschreven worden: No such file .* Er is geen bestand gemaakt"):
        make_reservekopie(vol, OPDRACHTREGEL, tmp_path / "geen" / "map" / "k.sqlite")
    with pytest.raises(OpslagError, match="kan niet geschreven worden"):
        make_reservekopie(vol, OPDRACHTREGEL, Path("/proc/k.sqlite"))


def test_a_disk_without_room_leaves_no_file(vol, tmp_path):
    map_ = tmp_path / "uit"
    map_.mkdir()
    klaar = subprocess.run(
        [sys.executable, "-c", VOLLE_SCHIJF, "reservekopie", str(map_ / "k.sqlite")],
        cwd=PROJECT,
        env=os.environ | {"GEBIEDEN_DATABASE": get_url(vol), "GEBIEDEN_MODUS": "demo"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (klaar.returncode, klaar.stdout) == (2, "")
    assert f"De reservekopie {map_ / 'k.sqlite'} kan niet geschreven worden" in klaar.stderr
    assert "genoeg ruimte" in klaar.stderr
    assert list(map_.iterdir()) == []


def test_a_reservekopie_that_fails_its_own_check_gets_no_name(vol, tmp_path, monkeypatch):
    map_ = tmp_path / "uit"
    map_.mkdir()
    monkeypatch.setattr("gebieden.opslag.reservekopie._sync", lambda pad: os.truncate(pad, 100_000))
    with pytest.raises(OpslagError, match="is niet gaaf"):
        make_reservekopie(vol, OPDRACHTREGEL, map_ / "k.sqlite")
    assert list(map_.iterdir()) == []


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEER])
def test_nobody_but_beheer_takes_everything_with_them(vol, tmp_path, rol):
    with pytest.raises(RechtenError, match="Een reservekopie maken of terugzetten mag niet"):
        make_reservekopie(vol, Gebruiker(Kijker(rol)), tmp_path / "k.sqlite")
    assert not (tmp_path / "k.sqlite").exists()
