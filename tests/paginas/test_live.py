"""Live: a page is drawn anew for what it shows, and for nothing else."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
import streamlit as st

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.fouten import OpslagError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.kant import Kant, Kantsoort
from gebieden.domein.overleg import Overleg
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.stap import Stap, Stapsoort
from gebieden.domein.thema import Thema
from gebieden.domein.wens import Wens, Wensbron
from gebieden.opslag.berichten import save_bericht
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.dossier import add_stuk
from gebieden.opslag.dossiersoorten import KANT, OVERLEG, STAP, WENS
from gebieden.opslag.versies import establish_versie
from gebieden.ui import live
from gebieden.ui.gegevens import read_bron

PEILDATUM = date(2026, 11, 16)
TEAM = Kijker(Rol.GEBIEDSTEAM, frozenset({"GB01"}))
RAAD = Kijker(Rol.RAAD)


@pytest.fixture
def adres(monkeypatch) -> dict[str, str]:
    """What is in the address bar."""
    vraag: dict[str, str] = {}
    monkeypatch.setattr(st, "query_params", vraag)
    monkeypatch.setattr(st, "session_state", {})
    return vraag


@pytest.fixture
def is_anders(eigen_database, adres) -> Callable[..., bool]:
    """Return a function that tells whether a page would be drawn anew because of what happens meanwhile."""

    def kijk(pagina: Pagina, kijker: Kijker, gebeurt: Callable[[], object], **vraag: str) -> bool:
        adres.clear()
        adres.update(vraag)
        bron, see = read_bron(), live._ZICHT[pagina]
        merk = hash(see(bron, kijker))
        gebeurt()
        return live._is_anders(see, bron, kijker, merk)

    return kijk


@pytest.fixture
def schrijf(eigen_database) -> Callable[..., None]:
    """Return a function that places a bericht at a point in GB01."""
    geteld = iter(range(100))

    def plaats(openbaar: bool = False, id_: str = "AP001") -> None:
        nummer = next(geteld)
        bericht = Bericht(Berichtsoort.AGENDAPUNT, id_, PEILDATUM, f"Bericht {nummer}", openbaar)
        save_bericht(eigen_database, Gebruiker(TEAM), bericht, sleutel=str(nummer), op=PEILDATUM)

    return plaats


def test_a_bericht_draws_the_pages_anew_that_show_it_and_no_other(is_anders, schrijf):
    schrijf()
    # It was heard of today already, so that only the bericht itself is new.
    assert is_anders(Pagina.PUNT, TEAM, schrijf, soort="agendapunt", id="AP001")
    assert is_anders(Pagina.AGENDA, TEAM, schrijf)
    assert is_anders(Pagina.GEBIED, TEAM, schrijf, code="GB01")
    assert is_anders(Pagina.GEBIED, TEAM, schrijf)
    assert not is_anders(Pagina.PUNT, TEAM, schrijf, soort="agendapunt", id="AP002")
    assert not is_anders(Pagina.MIJNWERK, TEAM, schrijf)
    assert not is_anders(Pagina.GEBIED, TEAM, schrijf, code="GB03")
    assert not is_anders(Pagina.INITIATIEVEN, TEAM, schrijf)
    assert not is_anders(Pagina.SIGNALEN, TEAM, schrijf)
    assert not is_anders(Pagina.OVERZICHT, TEAM, schrijf)
    st.session_state["telling"] = "alles"
    assert is_anders(Pagina.OVERZICHT, TEAM, schrijf)


def test_what_is_kept_beside_a_point_and_an_area_draws_their_pages_anew(is_anders, eigen_database):
    regisseur = Gebruiker(Kijker(Rol.GEBIEDSREGISSEUR, frozenset({"GB01"})))

    def store(soort, bij, velden):
        add_stuk(eigen_database, regisseur, soort, bij, velden, sleutel=uuid4().hex, op=PEILDATUM)

    def store_stap():
        store(STAP, "AP001", Stap(Stapsoort.DEELSTAP, "Iets"))

    def store_wens():
        store(WENS, "GB01", Wens(Wensbron.BEWONER, "Iets", PEILDATUM, punten=("AP001",)))

    def store_kant():
        store(KANT, "GB01", Kant(Kantsoort.KANS, "Iets", (Thema.HEEL,), "Schouw", PEILDATUM))

    assert is_anders(Pagina.PUNT, RAAD, store_stap, id="AP001")
    assert not is_anders(Pagina.PUNT, RAAD, store_stap, id="AP002")
    assert is_anders(Pagina.PUNT, RAAD, store_wens, id="AP001")
    assert is_anders(Pagina.GEBIED, RAAD, store_wens, code="GB01")
    assert is_anders(Pagina.GEBIED, RAAD, store_kant, code="GM0361")
    assert not is_anders(Pagina.GEBIED, RAAD, store_kant, code="GB03")


def test_who_may_not_read_a_bericht_sees_no_more_than_its_date(is_anders, schrijf):
    # The date of the last bericht is everybody's.
    assert is_anders(Pagina.AGENDA, RAAD, schrijf)
    assert not is_anders(Pagina.AGENDA, RAAD, schrijf)
    assert is_anders(Pagina.AGENDA, RAAD, lambda: schrijf(openbaar=True))


def test_the_first_bericht_in_a_long_time_changes_the_figures(is_anders, schrijf):
    assert is_anders(Pagina.OVERZICHT, RAAD, schrijf)


def test_the_first_bericht_in_a_long_time_changes_the_work_of_who_works_there_and_of_nobody_else(is_anders, schrijf):
    # AP019 lies in GB01 and has been silent for 138 days.
    assert not is_anders(Pagina.MIJNWERK, Kijker(Rol.GEBIEDSTEAM, frozenset({"GB03"})), lambda: schrijf(id_="AP001"))
    assert is_anders(Pagina.MIJNWERK, TEAM, lambda: schrijf(id_="AP019"))


def test_figures_that_stay_the_same_draw_nothing_anew(is_anders, schrijf):
    schrijf()
    # The day of the last bericht in the area is the same, that of the other point in it is not.
    assert not is_anders(Pagina.OVERZICHT, RAAD, lambda: schrijf(id_="AP002"))


@pytest.mark.parametrize("deel", live._ZELDEN)
@pytest.mark.parametrize("pagina", live._ZICHT)
def test_what_seldom_changes_draws_every_page_anew(is_anders, eigen_database, pagina, deel):
    def gebeurt() -> None:
        with begin_schrijven(eigen_database, deel):
            pass

    assert is_anders(pagina, TEAM, gebeurt)


@pytest.mark.parametrize("deel", [Deel.SIGNALEN, Deel.OOV])
def test_signals_draw_the_pages_about_signals_anew_and_no_agenda(is_anders, eigen_database, deel):
    def gebeurt() -> None:
        with begin_schrijven(eigen_database, deel):
            pass

    assert is_anders(Pagina.BEOORDELEN, Kijker(Rol.OOV, frozenset({"GB01"})), gebeurt)
    assert is_anders(Pagina.OCHTENDBEELD, TEAM, gebeurt)
    assert not is_anders(Pagina.AGENDA, TEAM, gebeurt)
    # Somebody who records a signal sees nothing of others, and is never drawn anew half way.
    assert Pagina.VASTLEGGEN not in live._ZICHT


def test_a_version_that_is_established_draws_the_page_anew_that_compares_versions(is_anders, eigen_database):
    regisseur = Gebruiker(Kijker(Rol.GEBIEDSREGISSEUR, frozenset({"GB01"})))

    def gebeurt() -> None:
        establish_versie(eigen_database, regisseur, "GB01", PEILDATUM, sleutel="f1", op=PEILDATUM)

    assert is_anders(Pagina.VERSIES, RAAD, gebeurt, gebied="GB01")


def test_a_meeting_that_begins_and_what_falls_in_it_draw_the_page_of_meetings_anew(is_anders, schrijf, eigen_database):
    regisseur = Gebruiker(Kijker(Rol.GEBIEDSREGISSEUR, frozenset({"GB01"})))

    def begin() -> None:
        overleg = Overleg("Overleg", PEILDATUM)
        add_stuk(eigen_database, regisseur, OVERLEG, "GB01", overleg, sleutel="o1", op=PEILDATUM)

    assert is_anders(Pagina.OVERLEG, RAAD, begin)
    assert is_anders(Pagina.OVERLEG, TEAM, schrijf)


def test_nothing_written_is_nothing_to_do(is_anders):
    for pagina in live._ZICHT:
        assert not is_anders(pagina, TEAM, lambda: None)


def test_a_database_that_does_not_answer_leaves_the_page_as_it_is(is_anders, monkeypatch):
    def weg():
        raise OpslagError("weg")

    monkeypatch.setattr(live, "read_bron", weg)
    live._follow.__wrapped__(live._see_signalen, None, TEAM, 0)
    live._await.__wrapped__(-1000.0)
