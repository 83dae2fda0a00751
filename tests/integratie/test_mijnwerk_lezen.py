"""Reading the points of some areas: the same points as of all, and no more of them than was asked for."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bouwstenen import DORP, DWARS, GEMEENTE, NOORD, NOORD_A, PEILDATUM, ZUID, ZUID_A, build_punt, to_werkpunt
from sqlalchemy import Engine, insert

from gebieden.analyse.mijnwerk import Reden, collect_mijnwerk, count_redenen
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.rechten import IEDEREEN, Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.mijnwerk import load_werkpunten
from gebieden.opslag.stand import load_laatste, select_ids_in

APRIL, JUNI = date(2026, 4, 20), date(2026, 6, 1)
KEUZES = [set(), {NOORD}, {NOORD, NOORD_A}, {ZUID, ZUID_A, DORP}, {DWARS}, {GEMEENTE, NOORD, ZUID, ZUID_A, DORP, DWARS}]


@pytest.fixture
def agenda(gemeente: Engine) -> Engine:
    """Return a database in which points moved from area to area, state to state, and date to date."""
    eerste = [
        build_punt("P1", staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD),
        build_punt("P2", gebied=ZUID, openbaar=False),
        build_punt("P3", gebied=ZUID_A, versie=None, versiedatum=None),
        build_punt("P4", gebied=DORP, staat=Staat.GEBORGD),
        build_punt("P5", gebied=DWARS, bijgewerkt_op=None),
        build_punt("P6", afgesproken_gereed=APRIL),
    ]
    # P1 is on the agenda of another area from now on, P6 on that of none; both with a state of their own.
    tweede = [
        build_punt("P1", gebied=ZUID, versie=2, versiedatum=APRIL, staat=Staat.IN_UITVOERING),
        build_punt("P2", gebied=ZUID, versie=2, versiedatum=APRIL, openbaar=False, afgesproken_gereed=JUNI),
        build_punt("P7", versie=2, versiedatum=JUNI),
    ]
    with begin_schrijven(gemeente) as conn:
        save_agendapunten(conn, eerste, date(2026, 3, 2))
        save_agendapunten(conn, tweede, APRIL)
        save_agendapunten(conn, [build_punt("P6", staat=Staat.IN_UITVOERING, afgesproken_gereed=JUNI)], JUNI)
    return gemeente


@pytest.mark.parametrize("peildatum", [date(2026, 3, 15), PEILDATUM, date(2026, 7, 1)])
@pytest.mark.parametrize("kijker", [IEDEREEN, Kijker(Rol.GEBIEDSREGISSEUR, frozenset({NOORD}))])
@pytest.mark.parametrize("gebieden", KEUZES, ids=lambda g: "-".join(sorted(g)) or "geen")
def test_the_points_of_some_areas_are_those_of_all_that_lie_there(agenda, gebieden, kijker, peildatum):
    with agenda.connect() as conn:
        alle = load_punten(conn, kijker, peildatum)
        daar = [p for p in alle if p.punt.gebied in gebieden]
        assert load_punten(conn, kijker, peildatum, gebieden) == daar
        assert sorted(load_werkpunten(conn, kijker, peildatum, gebieden)) == list(map(to_werkpunt, daar))


def draw_punt(toeval: random.Random, nummer: int) -> dict[str, Any]:
    """Return a point of which nothing depends on anything else, but that what waits says for what."""
    staat = toeval.choice(list(Staat))
    dagen = [None, *(PEILDATUM + timedelta(days=n) for n in (-40, -1, 0, 1, 10, 40))]
    return {
        "id": f"R{nummer:03}",
        "gebied": toeval.choice([NOORD, ZUID, DORP]),
        "titel": f"Punt {nummer}",
        "themas": toeval.choice([["schoon"], ["heel", "veilig"]]),
        "partners": [],
        "staat": staat,
        "wacht_op": "geld" if staat is Staat.WACHT_OP else None,
        "trekker": toeval.choice(["", "wijkteam"]),
        "afgesproken_gereed": toeval.choice(dagen),
        "terugkijken_op": toeval.choice(dagen),
        "benodigd": toeval.choice([None, Decimal(100)]),
        "benodigd_pm": False,
        "openbaar": toeval.random() < 0.5,
    }


def test_mijn_werk_of_a_few_columns_is_that_of_whole_points(gemeente):
    toeval = random.Random(4)
    punten = [draw_punt(toeval, nummer) for nummer in range(150)]
    berichten = [
        {"soort": "agendapunt", "id": p["id"], "datum": PEILDATUM - timedelta(days=toeval.choice([1, 80, 95]))}
        | {"tekst": "x", "openbaar": False}
        for p in toeval.choices(punten, k=120)
    ]
    with begin_schrijven(gemeente) as conn:
        conn.execute(insert(tabellen.agendapunt), [p | {"versie": n % 3} for n, p in enumerate(punten)])
        conn.execute(
            insert(tabellen.agenda_versie), [{"gebied": g, "versie": 1, "datum": APRIL} for g in (NOORD, ZUID)]
        )
        conn.execute(insert(tabellen.bericht), berichten)
    gezien: set[Reden] = set()
    with gemeente.connect() as conn:
        for kijker in (IEDEREEN, Kijker(Rol.GEBIEDSREGISSEUR)):
            for gebieden in ({NOORD, ZUID, DORP}, {ZUID}):
                heel = map(to_werkpunt, load_punten(conn, kijker, PEILDATUM, gebieden))
                regels = collect_mijnwerk(heel, PEILDATUM)
                assert collect_mijnwerk(load_werkpunten(conn, kijker, PEILDATUM, gebieden), PEILDATUM) == regels
                gezien |= count_redenen(regels).keys()
    # Or nothing would be compared.
    assert gezien == set(Reden)


def test_the_points_of_these_tests_differ_per_date_and_area(agenda):
    """What is the same everywhere and always would prove nothing."""
    with agenda.connect() as conn:
        waar = {
            dag: {p.punt.id: p.punt.gebied for p in load_punten(conn, IEDEREEN, dag)}
            for dag in (date(2026, 3, 15), PEILDATUM)
        }
    assert [waar[dag].get("P1") for dag in waar] == [NOORD, ZUID]
    assert len(set(waar[PEILDATUM].values())) >= 4


def test_the_last_sign_of_life_of_some_points_is_that_of_all(agenda):
    with agenda.connect() as conn:
        alle = load_laatste(conn, PEILDATUM)
        assert load_laatste(conn, PEILDATUM, ["P1", "P4"]) == {id_: alle[id_] for id_ in ("P1", "P4")}
        assert load_laatste(conn, PEILDATUM, []) == {}
        in_zuid = load_laatste(conn, PEILDATUM, select_ids_in({ZUID}))
    assert in_zuid == {id_: alle[id_] for id_ in ("P1", "P2")}


def test_the_last_bericht_is_the_latest_of_the_point_whatever_else_is_there(agenda):
    dagen = [PEILDATUM - timedelta(days=n) for n in (3, 1, 2)]
    with begin_schrijven(agenda) as conn:
        rijen = [
            {"soort": "agendapunt", "id": id_, "datum": dag, "tekst": "x", "openbaar": False}
            for id_, dag in [("P5", dag) for dag in dagen] + [("P1", PEILDATUM), ("P5", PEILDATUM + timedelta(days=1))]
        ]
        conn.execute(insert(tabellen.bericht), rijen)
    with agenda.connect() as conn:
        (punt,) = load_punten(conn, IEDEREEN, PEILDATUM, {DWARS})
    assert (punt.punt.id, punt.laatste) == ("P5", PEILDATUM - timedelta(days=1))


def test_a_regisseur_reads_the_points_of_the_own_areas_and_all_that_lie_in_them(agenda):
    with agenda.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        kijker = Kijker(Rol.GEBIEDSREGISSEUR, frozenset({ZUID}))
        assert [p.punt.id for p in load_punten(conn, kijker, PEILDATUM, kijker.list_eigen(boom))] == [
            "P1",
            "P2",
            "P3",
            "P4",
        ]
        publiek = Kijker(Rol.PUBLIEK, frozenset({ZUID}))
        assert load_punten(conn, publiek, PEILDATUM, publiek.list_eigen(boom)) == []
