"""Settings on the page Gegevens: saved as who one is, and nobody's change is overwritten unseen."""

import pytest
from sqlalchemy import Engine, select

from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.domein.rechten import Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.beheer import load_instellingen, save_instellingen
from gebieden.opslag.groepsregels import load_groepsregels

# The demo judges a week the day after.
NU = {"stilte_dagen": 90, "onderdrukkingsdrempel": 5, "wachtdagen_meldingen": 1}


@pytest.fixture
def gegevens(eigen_database, open_pagina):
    return open_pagina(Pagina.GEGEVENS, Rol.BEHEER)


def _get_veld(at, begin):
    return next(veld for veld in at.text_input if veld.label.startswith(begin))


def _press(at, label):
    next(knop for knop in at.button if knop.label == label).click()
    return at.run()


def _load(engine: Engine) -> dict[str, int]:
    with engine.connect() as conn:
        return load_instellingen(conn)


def test_a_threshold_is_saved_and_stands_in_the_trail_as_done_on_a_screen(gegevens, eigen_database):
    _get_veld(gegevens, "Na hoeveel dagen").set_value("60")
    assert not _press(gegevens, "Opslaan").exception
    assert _load(eigen_database) == NU | {"stilte_dagen": 60}
    assert _get_veld(gegevens, "Na hoeveel dagen").value == "60"
    with eigen_database.connect() as conn:
        regel = conn.execute(select(tabellen.logboek).where(tabellen.logboek.c.soort == "instelling")).one()
    assert (regel.via, regel.rol, regel.veranderingen) == ("scherm", "beheer", {"stilte_dagen": [90, 60]})


def test_what_cannot_be_is_said_and_nothing_is_stored(gegevens, eigen_database):
    _get_veld(gegevens, "Na hoeveel dagen").set_value("veel")
    _get_veld(gegevens, "Onder welk aantal").set_value("4")
    _press(gegevens, "Opslaan")
    assert "Verwacht: een getal van 5 tot en met 100" in gegevens.error[0].value.replace("\\", "")
    assert _get_veld(gegevens, "Na hoeveel dagen").value == "veel"
    assert _load(eigen_database) == NU


def test_another_field_that_somebody_set_meanwhile_stays(gegevens, eigen_database):
    save_instellingen(eigen_database, OPDRACHTREGEL, NU, NU | {"onderdrukkingsdrempel": 10})
    _get_veld(gegevens, "Na hoeveel dagen").set_value("60")
    _press(gegevens, "Opslaan")
    assert _load(eigen_database) == NU | {"stilte_dagen": 60, "onderdrukkingsdrempel": 10}


@pytest.mark.parametrize(("keuze", "wordt"), [("Van u", 60), ("Van de ander", 30)])
def test_who_saves_second_decides(gegevens, eigen_database, keuze, wordt):
    save_instellingen(eigen_database, OPDRACHTREGEL, NU, {"stilte_dagen": 30, "onderdrukkingsdrempel": 10})
    _get_veld(gegevens, "Na hoeveel dagen").set_value("60")
    _press(gegevens, "Opslaan")
    assert _load(eigen_database)["stilte_dagen"] == 30
    gegevens.radio[0].set_value(keuze)
    _press(gegevens, "Opslaan met deze keuzes")
    assert _load(eigen_database) == NU | {"stilte_dagen": wordt, "onderdrukkingsdrempel": 10}
    assert _get_veld(gegevens, "Na hoeveel dagen").value == str(wordt)


def test_what_holds_for_a_group_is_a_form_of_its_own(gegevens, eigen_database):
    with eigen_database.connect() as conn:
        groepen = list(load_groepsregels(conn))
    tabel = next(e.value for e in gegevens.dataframe if "Bewaren (jaar)" in e.value.columns)
    assert tabel["Groep"].tolist() == groepen
    assert tabel["Bewaren (jaar)"].isna().all()
    assert not _press(gegevens, "Regels opslaan").exception
    with eigen_database.connect() as conn:
        assert conn.scalar(select(tabellen.logboek.c.nummer).where(tabellen.logboek.c.soort == "instelling")) is None
