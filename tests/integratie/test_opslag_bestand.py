"""The file of a database goes away, or is damaged, under a program that runs."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from kopiestukken import fill_alles, load_inhoud
from sqlalchemy import Engine, insert

from gebieden.domein.fouten import OpslagError
from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.instellingen import Modus
from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven, get_versies, open_database
from gebieden.opslag.herstel import restore_reservekopie
from gebieden.opslag.reservekopie import make_reservekopie

PAGINA = 4096


@pytest.fixture
def bestand(tmp_path: Path) -> Path:
    """Return where the database is, in a folder of its own."""
    return tmp_path / "gegevens" / "db.sqlite"


@pytest.fixture
def engine(bestand: Path) -> Engine:
    """Return a full SQLite database whose last write is in the file itself."""
    engine = open_database(f"sqlite:///{bestand}")
    fill_alles(engine)
    return engine


def _write(engine: Engine) -> None:
    with begin_schrijven(engine) as conn:
        conn.execute(insert(tabellen.categoriegroep), {"categorie": "geluid", "groep": "overlast"})


def _damage(bestand: Path) -> None:
    """Write noise over the beginning of every page but the first."""
    inhoud = bytearray(bestand.read_bytes())
    for begin in range(PAGINA, len(inhoud), PAGINA):
        inhoud[begin : begin + 200] = os.urandom(200)
    bestand.write_bytes(inhoud)


STORINGEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "bestand weg": (lambda bestand: bestand.unlink(), "De database is er niet meer: het bestand is weg"),
    "map weg": (lambda bestand: shutil.rmtree(bestand.parent), "De database is er niet meer: het bestand is weg"),
    "tekst": (lambda bestand: bestand.write_text("Beste lezer,\n" * 900), "of het is geen database"),
    "leeg": (lambda bestand: bestand.write_bytes(b""), "de database geeft geen goed antwoord"),
    "beschadigd": (_damage, "de database geeft geen goed antwoord"),
}


@pytest.mark.parametrize("storing", STORINGEN)
def test_a_file_that_is_gone_or_damaged_is_said_so_and_on_again_when_it_is_back(engine, bestand, tmp_path, storing):
    doe, woorden = STORINGEN[storing]
    voor = load_inhoud(engine)
    shutil.copytree(bestand.parent, tmp_path / "opzij")
    doe(bestand)
    stand = bestand.read_bytes() if bestand.exists() else None
    with pytest.raises(OpslagError, match=woorden):
        load_inhoud(engine)
    with pytest.raises(OpslagError, match=woorden):
        _write(engine)
    # Nothing was made in its place, and nothing of what is there was touched.
    assert (bestand.read_bytes() if bestand.exists() else None) == stand
    shutil.rmtree(bestand.parent, ignore_errors=True)
    shutil.copytree(tmp_path / "opzij", bestand.parent)
    assert load_inhoud(engine) == voor
    _write(engine)


def test_what_is_damaged_is_not_replaced_for_it_cannot_be_kept_but_a_new_one_takes_its_place(engine, bestand, tmp_path):
    voor = load_inhoud(engine, "logboek")
    for _ in range(5):
        with begin_schrijven(engine) as conn:
            gezien = get_versies(conn)
    make_reservekopie(engine, OPDRACHTREGEL, tmp_path / "k.sqlite")
    _damage(bestand)
    stuk = bestand.read_bytes()
    with pytest.raises(OpslagError, match="zet hem dan opzij en zet een reservekopie terug in een nieuwe"):
        restore_reservekopie(engine, OPDRACHTREGEL, tmp_path / "k.sqlite", modus=Modus.DEMO, bewaar=tmp_path)
    assert bestand.read_bytes() == stuk
    assert not list(tmp_path.glob("voor-herstel-*"))
    bestand.rename(tmp_path / "stuk.sqlite")
    nieuw = open_database(f"sqlite:///{bestand}")
    restore_reservekopie(nieuw, OPDRACHTREGEL, tmp_path / "k.sqlite", modus=Modus.DEMO, bewaar=tmp_path)
    # The program that was running all the time goes on with it.
    assert load_inhoud(engine, "logboek") == voor
    with engine.connect() as conn:
        nu = get_versies(conn)
    assert all(getattr(nu, veld) > getattr(gezien, veld) + 1 for veld in gezien.__dataclass_fields__)
