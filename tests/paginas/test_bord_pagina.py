"""The board on the page Agenda: who may move what, and that whatever a browser sends is looked at again."""

import re
from datetime import date

import pytest
import streamlit as st
from schermtekst import bevat, collect_alles
from test_regie import find

import gebieden.ui.bord
from gebieden.domein.agendapunt import Staat
from gebieden.domein.rechten import BEHEERDER, Pagina, Rol
from gebieden.opslag.lezen import load_punten

ZET = {"id": "AP003", "van": "op_agenda", "naar": "in_uitvoering", "nummer": 0}


@pytest.fixture
def stuur(monkeypatch):
    """What the browser of the board sends: AppTest has none. Return a function that sends it, with a run."""
    post = {}

    def mount(gegevens, on_zet, on_meer):
        if {"zet": on_zet, "meer": on_meer}.keys() & post.keys():
            ({"zet": on_zet, "meer": on_meer}[next(iter(post))])()
            post.clear()
            st.rerun()

    monkeypatch.setattr(gebieden.ui.bord, "mount_bord", mount)
    monkeypatch.setattr(gebieden.ui.bord, "get_verzonden", post.get)

    def stuur(at, naam, bericht):
        post[naam] = bericht
        return at.run()

    return stuur


def get_bord(at) -> str:
    return next(h.proto.body for h in at.main.get("html") if '<div class="bord"' in h.proto.body)


def get_verplaatst(at) -> str:
    """Return what tells the script, ahead of the board, that a move was stored."""
    delen = [h.proto.body for h in at.main.get("html")]
    plaats = next(n for n, deel in enumerate(delen) if 'class="verplaatst"' in deel)
    assert plaats < delen.index(get_bord(at))
    return delen[plaats]


def list_sleepbaar(at) -> set[str]:
    return set(re.findall(r'data-id="([^"]+)" data-van="\w+" draggable="true"', get_bord(at)))


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.GEBIEDSREGISSEUR])
def test_others_see_the_board_and_move_nothing(demo, open_pagina, rol):
    at = open_pagina(Pagina.AGENDA, rol, vorm="bord")
    assert not at.exception
    assert list_sleepbaar(at) == set()
    assert "Verplaatsen" not in get_bord(at)
    # The public name of a state for publiek, the one that the municipality uses for the others.
    assert ("Nog niet begonnen" in get_bord(at)) == (rol is Rol.PUBLIEK)


def test_a_regisseur_moves_the_cards_of_the_own_areas_and_only_where_the_table_allows(demo, open_pagina):
    eigen, elders = (
        open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, gebied, vorm="bord") for gebied in ("GB01", "GB02")
    )
    assert {"AP001", "AP003"} <= list_sleepbaar(eigen)
    assert list_sleepbaar(elders)
    assert not list_sleepbaar(eigen) & list_sleepbaar(elders)
    kaart = next(k for k in get_bord(eigen).split('<li class="kaart"') if 'data-id="AP003"' in k)
    naar = ["in_voorbereiding", "in_uitvoering", "wacht_op", "overgedragen", "vervallen"]
    assert f'data-naar="{" ".join(naar)}"' in kaart


def test_the_filters_of_the_page_are_those_of_the_board(demo, open_pagina):
    at = open_pagina(Pagina.AGENDA, Rol.RAAD, vorm="bord", zoek="netwerk van kleine")
    assert re.findall(r'data-id="([^"]+)"', get_bord(at)) == ["AP003"]


def test_a_move_that_asks_for_nothing_is_stored_at_once_and_once_and_taken_back(eigen_database, open_pagina, stuur):
    at = open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, vorm="bord")
    assert "AP003" not in get_verplaatst(at)
    stuur(at, "zet", ZET)
    assert not at.exception
    assert find(eigen_database, "AP003").staat is Staat.IN_UITVOERING
    assert 'data-id="AP003" data-naar="in_uitvoering" data-nummer="1"' in get_verplaatst(at)
    assert 'data-nummer="1"' in get_bord(at)
    assert bevat(collect_alles(at), "staat nu bij In uitvoering")
    # The second of two clicks.
    stuur(at, "zet", ZET)
    assert not at.error
    # Dragged on before the board was drawn anew: that is another move, and it did not happen.
    stuur(at, "zet", ZET | {"naar": "in_voorbereiding"})
    assert ["Iemand anders heeft dit punt intussen" in fout.value for fout in at.error] == [True]
    stuur(at, "zet", ZET)
    next(k for k in at.main.button if k.label == "Wijziging ongedaan maken").click().run()
    assert find(eigen_database, "AP003").staat is Staat.OP_AGENDA
    assert 'data-id="AP003" data-van="op_agenda"' in get_bord(at)


def test_a_move_that_asks_for_something_opens_the_form_and_is_stored_when_that_is_filled_in(
    eigen_database, open_pagina, stuur
):
    at = open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, vorm="bord")
    stuur(at, "zet", ZET | {"naar": "wacht_op"})
    assert find(eigen_database, "AP003").staat is Staat.OP_AGENDA
    knop = next(k for k in at.main.button if k.label == "Verplaatsen")
    knop.click().run()
    assert "AP003" not in get_verplaatst(at)
    assert ["'wacht op' nodig" in fout.value for fout in at.error] == [True]
    next(s for s in at.main.selectbox if s.key and s.key.startswith("wacht_op_")).set_value("geld")
    next(k for k in at.main.button if k.label == "Verplaatsen").click().run()
    assert not at.exception
    assert find(eigen_database, "AP003").wacht_op == "geld"
    assert "Verplaatsen" not in [k.label for k in at.main.button]


def test_a_forged_message_changes_nothing_and_is_told(eigen_database, open_pagina, stuur):
    at = open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, vorm="bord")
    voor = load_alles(eigen_database)
    eigen = list_sleepbaar(at)
    elders = next(p.punt for p in voor if p.punt.id not in eigen and p.punt.staat is Staat.OP_AGENDA)
    for bericht, fout in [
        (None, "geen verplaatsing"),
        (ZET | {"id": "<b>x</b>"}, "bestaat niet"),
        (ZET | {"id": elders.id}, "buiten uw eigen gebied"),
        (ZET | {"id": elders.id, "naar": "vervallen"}, "buiten uw eigen gebied"),
        (ZET | {"naar": "gerealiseerd"}, "kan niet"),
        (ZET | {"naar": "geborgd"}, "kan niet"),
        (ZET | {"van": "in_voorbereiding"}, "Iemand anders"),
        (ZET | {"van": "in_uitvoering", "naar": "vervallen"}, "Iemand anders"),
    ]:
        stuur(at, "zet", bericht)
        assert not at.exception
        assert [fout in f.value for f in at.error] == [True], (bericht, [f.value for f in at.error])
    stuur(at, "meer", {"geen": "staat"})
    assert not at.exception
    assert load_alles(eigen_database) == voor


@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.GEBIEDSTEAM])
def test_who_may_not_move_points_is_refused_below_the_screen(eigen_database, open_pagina, stuur, rol):
    at = open_pagina(Pagina.AGENDA, rol, vorm="bord")
    for naar in ("in_uitvoering", "vervallen"):
        stuur(at, "zet", ZET | {"naar": naar})
        assert ["mag niet als" in f.value for f in at.error] == [True]
    assert find(eigen_database, "AP003").staat is Staat.OP_AGENDA


def load_alles(engine):
    with engine.connect() as conn:
        return load_punten(conn, BEHEERDER, date(2026, 11, 16))
