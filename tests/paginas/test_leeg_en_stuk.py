"""Without data a page says what is missing and what to do; with a broken database it says so, in a sentence."""

import sqlite3

import pytest
from schermtekst import collect_alles
from sqlalchemy import delete

from gebieden.domein.rechten import IEDEREEN, Kijker, Pagina, Rol
from gebieden.opslag import tabellen

OPEN_PAGINAS = [p for p in Pagina if IEDEREEN.mag_pagina(p)]


@pytest.fixture
def leeg(gebruik_database, tmp_path):
    gebruik_database(f"sqlite:///{tmp_path / 'leeg.sqlite'}", "productie")


@pytest.mark.usefixtures("leeg")
@pytest.mark.parametrize(
    ("pagina", "boodschap"),
    [
        (Pagina.OVERZICHT, "Er zijn nog geen gebieden ingelezen"),
        (Pagina.GEBIED, "Er zijn nog geen gebieden ingelezen"),
        (Pagina.AGENDA, "Er zijn nog geen agendapunten ingelezen"),
        (Pagina.INITIATIEVEN, "Er zijn nog geen bewonersinitiatieven ingelezen"),
        (Pagina.SIGNALEN, "Er zijn nog geen"),
    ],
)
def test_an_empty_database_says_what_is_missing_and_who_can_help(open_pagina, pagina, boodschap):
    at = open_pagina(pagina)
    assert not at.exception
    assert not at.error
    assert boodschap in at.info[0].value
    assert "Beheer kan dat doen bij Gegevens" in at.info[0].value.replace("\\", "")


@pytest.mark.usefixtures("leeg")
def test_uitleg_needs_no_data(open_pagina):
    at = open_pagina(Pagina.UITLEG)
    assert not at.exception
    assert at.expander


@pytest.mark.parametrize(
    ("pagina", "rol"),
    [(p, next(r for r in (Rol.BEHEER, Rol.GEBIEDSREGISSEUR, Rol.OOV) if Kijker(r).mag_pagina(p))) for p in Pagina],
)
def test_boundaries_without_agendas_are_a_screen_too(open_pagina, eigen_database, pagina, rol):
    with eigen_database.begin() as conn:
        for tabel in (tabellen.bericht, tabellen.agendapunt, tabellen.agenda_versie, tabellen.initiatief):
            conn.execute(delete(tabel))
    at = open_pagina(pagina, rol)
    assert not at.exception
    assert not at.error


def test_an_area_without_a_point_says_so(open_pagina, eigen_database):
    with eigen_database.begin() as conn:
        for tabel in (tabellen.agendapunt, tabellen.agenda_versie):
            conn.execute(delete(tabel).where(tabel.c.gebied.like("__036108%")))
        conn.execute(delete(tabellen.initiatief))
    at = open_pagina(Pagina.GEBIED, code="WK036108")
    teksten = " ".join(i.value for i in at.info)
    assert "Voor Centrum is nog geen agenda ingelezen" in teksten
    assert "Voor Centrum zijn nog geen bewonersinitiatieven ingelezen" in teksten


def _write_onzin(pad):
    pad.write_bytes(b"dit is geen database" * 100)


def _write_nieuwer(pad):
    with sqlite3.connect(pad) as db:
        db.execute("CREATE TABLE instelling (sleutel VARCHAR PRIMARY KEY, waarde VARCHAR NOT NULL)")
        db.execute("INSERT INTO instelling VALUES ('schemaversie', '999')")
    db.close()


def _write_kapot(pad):
    with sqlite3.connect(pad) as db:
        db.execute("CREATE TABLE instelling (sleutel VARCHAR PRIMARY KEY, waarde VARCHAR NOT NULL)")
        db.executemany(
            "INSERT INTO instelling VALUES (?, ?)", [("schemaversie", "1"), ("bevat_demo", "ja"), ("modus", "demo")]
        )
    db.close()


@pytest.mark.parametrize("pagina", OPEN_PAGINAS)
@pytest.mark.parametrize(
    ("maak", "zin"),
    [
        (_write_onzin, "kan niet worden geopend"),
        (_write_nieuwer, "schemaversie 999"),
        (_write_kapot, "Er is iets mis met"),
    ],
)
def test_a_broken_database_is_a_sentence(kaarten, gebruik_database, tmp_path, open_kaal, pagina, maak, zin):
    pad = tmp_path / "stuk.sqlite"
    maak(pad)
    gebruik_database(f"sqlite:///{pad}")
    at = open_kaal(pagina)
    assert not at.exception
    assert zin in at.error[0].value.replace("\\", "")
    assert b"Traceback" not in collect_alles(at)


@pytest.mark.parametrize(
    ("adres", "modus", "zin"),
    [
        ("geen adres", "demo", "GEBIEDEN_DATABASE is geen adres van een database"),
        ("sqlite:////proc/nergens/x.sqlite", "demo", "Kies met GEBIEDEN_DATABASE een map waarin u mag schrijven"),
        ("sqlite://", "test", "GEBIEDEN_MODUS heeft de waarde 'test'"),
    ],
)
def test_a_wrong_setting_is_a_sentence(gebruik_database, open_kaal, adres, modus, zin):
    gebruik_database(adres, modus)
    at = open_kaal(Pagina.OVERZICHT)
    assert not at.exception
    assert zin in at.error[0].value.replace("\\", "")


def test_productie_refuses_the_demo_database(gebruik_database, demobestand, open_kaal):
    gebruik_database(f"sqlite:///{demobestand}", "productie")
    at = open_kaal(Pagina.OVERZICHT)
    assert "verzonnen demogegevens" in at.error[0].value
    assert not at.title
