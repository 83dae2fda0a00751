"""The board: which column has which points in which order, what a move asks for, and what is no move at all."""

from datetime import date

import pytest
from bouwstenen import build_punt

from gebieden.analyse.bord import PER_KOLOM, Zet, compose_bord, parse_zet
from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat, WachtOp
from gebieden.domein.punt import Punt
from gebieden.domein.puntovergang import vraagt_iets


def build(id_: str, staat: Staat = Staat.OP_AGENDA, gereed: date | None = None, titel: str = "Punt") -> Punt:
    wacht_op = WachtOp.GELD if staat is Staat.WACHT_OP else None
    return Punt(build_punt(id_, staat=staat, afgesproken_gereed=gereed, titel=titel, wacht_op=wacht_op), True, None)


def list_ids(kolommen, staat: Staat) -> list[str]:
    return next([p.punt.id for p in kolom.punten] for kolom in kolommen if kolom.staat is staat)


def test_every_state_has_a_column_in_the_order_of_the_states_also_when_it_is_empty():
    kolommen = compose_bord([build("P1", Staat.WACHT_OP)])
    assert [kolom.staat for kolom in kolommen] == list(AGENDAPUNT_MACHINE.toestanden)
    assert [kolom.aantal for kolom in kolommen] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]


def test_the_earliest_agreed_date_is_on_top_and_what_has_no_date_below():
    punten = [
        build("P1", titel="b"),
        build("P2", titel="A"),
        build("P3", gereed=date(2026, 5, 2)),
        build("P4", gereed=date(2026, 5, 1), titel="z"),
    ]
    assert list_ids(compose_bord(punten), Staat.OP_AGENDA) == ["P4", "P3", "P2", "P1"]


def test_a_full_column_shows_the_first_and_tells_how_many_there_are_more():
    punten = [build(f"P{n:03}") for n in range(PER_KOLOM + 3)]
    kolom = compose_bord(punten)[2]
    assert (kolom.aantal, len(kolom.punten), kolom.rest) == (PER_KOLOM + 3, PER_KOLOM, 3)
    meer = compose_bord(punten, {Staat.OP_AGENDA: 2 * PER_KOLOM})[2]
    assert (len(meer.punten), meer.rest) == (PER_KOLOM + 3, 0)


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
