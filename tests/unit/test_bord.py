"""The board: which column has which points in which order, what a move asks for, and what is no move at all."""

from datetime import date

import pytest

from gebieden.analyse.bord import PER_KOLOM, Plaats, Zet, compose_bord, parse_zet
from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.puntovergang import vraagt_iets


def list_ids(kolommen, staat: Staat) -> tuple[str, ...]:
    return next(kolom.ids for kolom in kolommen if kolom.staat is staat)


def test_every_state_has_a_column_in_the_order_of_the_states_also_when_it_is_empty():
    kolommen = compose_bord([Plaats("P1", Staat.WACHT_OP, None)])
    assert [kolom.staat for kolom in kolommen] == list(AGENDAPUNT_MACHINE.toestanden)
    assert [kolom.aantal for kolom in kolommen] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]


def test_the_earliest_agreed_date_is_on_top_and_what_has_no_date_below():
    datums = {"P2": None, "P1": None, "P3": date(2026, 5, 2), "P4": date(2026, 5, 1)}
    plaatsen = [Plaats(id_, Staat.OP_AGENDA, datum) for id_, datum in datums.items()]
    assert list_ids(compose_bord(plaatsen), Staat.OP_AGENDA) == ("P4", "P3", "P1", "P2")


def test_a_full_column_shows_the_first_and_tells_how_many_there_are_more():
    plaatsen = [Plaats(f"P{n:03}", Staat.OP_AGENDA, None) for n in range(PER_KOLOM + 3)]
    kolom = compose_bord(plaatsen)[2]
    assert (kolom.aantal, len(kolom.ids), kolom.rest) == (PER_KOLOM + 3, PER_KOLOM, 3)
    meer = compose_bord(plaatsen, {Staat.OP_AGENDA: 2 * PER_KOLOM})[2]
    assert (len(meer.ids), meer.rest) == (PER_KOLOM + 3, 0)


def test_a_move_asks_for_something_where_the_state_does_or_where_it_goes_back():
    vraagt = {
        (van, stap.naar)
        for van, stappen in AGENDAPUNT_MACHINE.stappen.items()
        for stap in stappen
        if not vraagt_iets(Staat(van), Staat(stap.naar))
    }
    # By hand from the table of the domain: forward, and to no state that needs a field.
    assert vraagt == {
        ("voorgesteld", "besproken"),
        ("voorgesteld", "op_agenda"),
        ("besproken", "op_agenda"),
        ("op_agenda", "in_voorbereiding"),
        ("op_agenda", "in_uitvoering"),
        ("in_voorbereiding", "in_uitvoering"),
        ("in_uitvoering", "gerealiseerd"),
        ("wacht_op", "op_agenda"),
        ("wacht_op", "in_voorbereiding"),
        ("wacht_op", "in_uitvoering"),
    }


GOED = {"id": "AP001", "van": "besproken", "naar": "op_agenda", "nummer": 0}


def test_a_move_is_read():
    assert parse_zet(GOED) == Zet("AP001", Staat.BESPROKEN, Staat.OP_AGENDA, 0)


@pytest.mark.parametrize(
    "bericht",
    [
        None,
        [],
        "AP001",
        {},
        GOED | {"id": 1},
        GOED | {"id": "A\x00"},
        GOED | {"id": "\ud800"},
        GOED | {"van": "klaar"},
        GOED | {"naar": ["op_agenda"]},
        GOED | {"nummer": "0"},
        GOED | {"nummer": -1},
        GOED | {"nummer": 10**40},
    ],
)
def test_anything_else_is_no_move(bericht):
    assert parse_zet(bericht) is None
