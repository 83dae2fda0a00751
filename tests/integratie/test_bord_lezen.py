"""What the board and the timeline read: where points are, where they came from, and when they were done."""

import pytest
from bouwstenen import NOORD, PEILDATUM
from schrijvers import add_gebruiker
from test_punten import GISTEREN, find, move, undo

from gebieden.analyse.bord import Plaats
from gebieden.domein.agendapunt import Staat
from gebieden.domein.fouten import OvergangError, RechtenError
from gebieden.domein.rechten import BEHEERDER, Rol
from gebieden.domein.thema import Thema
from gebieden.opslag.bord import load_plaatsen
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import check_zet
from gebieden.opslag.puntgevolgen import load_gerealiseerd, load_verleden


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def test_the_few_columns_of_the_board_say_the_same_as_the_whole_points(agenda, regisseur):
    nu = find(agenda).punt.staat
    move(agenda, regisseur, nu, Staat.WACHT_OP, wacht_op="geld")
    with agenda.connect() as conn:
        punten = load_punten(conn, BEHEERDER, PEILDATUM)
        for gebieden in (None, [NOORD]):
            for thema in (None, *Thema):
                verwacht = {
                    Plaats(p.punt.id, p.punt.staat, p.punt.afgesproken_gereed)
                    for p in punten
                    if (gebieden is None or p.punt.gebied in gebieden) and (thema is None or thema in p.punt.themas)
                }
                plaatsen = load_plaatsen(conn, PEILDATUM, gebieden, thema)
                assert (set(plaatsen), len(plaatsen)) == (verwacht, len(verwacht))
        assert [p.punt.id for p in load_punten(conn, BEHEERDER, PEILDATUM, ids=["P1", "bestaat niet"])] == ["P1"]


def test_where_waiting_points_came_from_is_known_for_the_ones_that_are_asked(agenda, regisseur):
    punt = find(agenda).punt
    move(agenda, regisseur, punt.staat, Staat.WACHT_OP, wacht_op="geld")
    with agenda.connect() as conn:
        assert load_verleden(conn, ["P1"])["P1", punt.versie].kwam_van == punt.staat
        assert load_verleden(conn, []) == {}


def test_a_point_is_done_on_the_day_that_counts_and_not_when_that_was_taken_back(agenda, regisseur):
    begin = find(agenda).punt.staat
    if begin is not Staat.IN_UITVOERING:
        move(agenda, regisseur, begin, Staat.IN_UITVOERING, datum=GISTEREN)
    move(agenda, regisseur, Staat.IN_UITVOERING, Staat.GEREALISEERD, datum=PEILDATUM)
    with agenda.connect() as conn:
        assert load_gerealiseerd(conn, PEILDATUM) == {"P1": PEILDATUM}
        assert load_gerealiseerd(conn, GISTEREN) == {}
    undo(agenda, regisseur)
    with agenda.connect() as conn:
        assert load_gerealiseerd(conn, PEILDATUM) == {}


def test_a_form_is_opened_only_for_a_move_that_could_be_stored(agenda, regisseur):
    nu = find(agenda).punt.staat
    check_zet(agenda, regisseur, "P1", nu, Staat.VERVALLEN, PEILDATUM)
    with pytest.raises(OvergangError, match="geborgd kan niet"):
        check_zet(agenda, regisseur, "P1", nu, Staat.GEBORGD, PEILDATUM)
    with pytest.raises(OvergangError, match="Iemand anders"):
        check_zet(agenda, regisseur, "P1", Staat.GEREALISEERD, Staat.GEBORGD, PEILDATUM)
    with pytest.raises(RechtenError):
        check_zet(agenda, add_gebruiker(agenda, Rol.GEBIEDSTEAM), "P1", nu, Staat.VERVALLEN, PEILDATUM)
