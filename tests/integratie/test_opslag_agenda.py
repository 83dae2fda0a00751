"""Agendas in the database: versions, what an import changes, and how it stood on an earlier date."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from bouwstenen import DORP, NOORD, NOORD_A, build_punt
from sqlalchemy import select

from gebieden.domein.agendapunt import Puntsoort, Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.initiatief import Initiatief, Initiatiefstaat
from gebieden.domein.rechten import BEHEERDER
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import determine_voortgang
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten, save_initiatieven
from gebieden.opslag.berichteninvoer import save_berichten
from gebieden.opslag.lezen import load_initiatieven
from gebieden.opslag.stand import load_agendastand
from gebieden.opslag.telling import Telling

EERSTE = date(2026, 4, 10)
MAART, JUNI = date(2026, 3, 1), date(2026, 6, 1)


def _save(conn, *punten, op=EERSTE):
    return save_agendapunten(conn, list(punten), op)


def _get_standen(conn, peildatum):
    return {s.id: s for s in load_agendastand(conn, peildatum).standen}


def _count(conn, peildatum):
    stand = load_agendastand(conn, peildatum)
    return determine_voortgang(stand.standen, peildatum, stand.stilte_dagen)


def test_the_latest_version_on_or_before_the_peildatum_counts(conn):
    _save(
        conn,
        build_punt("P1"),
        build_punt("P2"),
        build_punt("P1", versie=2, versiedatum=JUNI, staat=Staat.GEREALISEERD),
        build_punt("P3", versie=2, versiedatum=JUNI),
    )

    def get(peildatum):
        stand = load_agendastand(conn, peildatum)
        return stand.agendas, {s.id: s.staat for s in stand.standen}

    assert get(date(2026, 2, 28)) == ({}, {})
    assert get(MAART) == ({NOORD: (1, MAART)}, {"P1": "op_agenda", "P2": "op_agenda"})
    assert get(date(2026, 5, 31))[0] == {NOORD: (1, MAART)}
    assert get(JUNI) == ({NOORD: (2, JUNI)}, {"P1": "gerealiseerd", "P3": "op_agenda"})


def test_versions_are_counted_per_agenda(conn):
    _save(conn, build_punt("P1"), build_punt("D1", gebied=DORP, versie=7, versiedatum=JUNI))
    assert load_agendastand(conn, date(2026, 5, 1)).agendas == {NOORD: (1, MAART)}
    assert load_agendastand(conn, JUNI).agendas == {NOORD: (1, MAART), DORP: (7, JUNI)}


def test_of_two_versions_on_one_day_the_higher_number_counts(conn):
    _save(conn, build_punt("P1", versie=10), build_punt("P1", versie=9))
    assert load_agendastand(conn, JUNI).agendas[NOORD] == (10, MAART)


def test_a_point_in_no_version_is_new_until_a_version_has_it(conn):
    _save(conn, build_punt("P1"), build_punt("P9", versie=None, versiedatum=None))
    assert (_count(conn, EERSTE).punten, _count(conn, EERSTE).nieuw_sinds_versie) == (1, 1)
    _save(conn, build_punt("P1", versie=2, versiedatum=JUNI), build_punt("P9", versie=2, versiedatum=JUNI))
    assert (_count(conn, EERSTE).punten, _count(conn, EERSTE).nieuw_sinds_versie) == (1, 1)
    assert (_count(conn, JUNI).punten, _count(conn, JUNI).nieuw_sinds_versie) == (2, 0)


def test_a_point_that_moves_to_another_agenda_counts_there_and_once(conn):
    _save(conn, build_punt("P1"), build_punt("D1", gebied=DORP))
    _save(conn, build_punt("P1", gebied=DORP, versie=2, versiedatum=JUNI))
    assert [s.gebied for s in load_agendastand(conn, JUNI).standen if s.id == "P1"] == [DORP]


def test_the_same_points_twice_change_nothing(conn):
    punten = [
        build_punt(
            "P1",
            themas=(Thema.SCHOON, Thema.HEEL),
            partners=("politie", "corporatie"),
            soort=Puntsoort.GROOT_PUNT,
            afgesproken_gereed=date(2027, 1, 1),
            lon=4.75,
            lat=52.63,
        ),
        build_punt("P2", staat=Staat.WACHT_OP, wacht_op=WachtOp.BESLUIT),
        build_punt("P3", versie=None, versiedatum=None, bijgewerkt_op=None),
    ]
    assert _save(conn, *punten) == (Telling(ingelezen=3), [])
    eerst = load_agendastand(conn, JUNI)
    assert _save(conn, *punten, op=JUNI) == (Telling(ongewijzigd=3), [])
    assert load_agendastand(conn, JUNI) == eerst


def test_what_a_later_file_leaves_out_stays(conn):
    _save(conn, build_punt("P1"), build_punt("P2"))
    assert _save(conn, build_punt("P1", titel="Andere titel"))[0] == Telling(bijgewerkt=1)
    assert set(_get_standen(conn, JUNI)) == {"P1", "P2"}


def test_editing_a_title_or_a_date_is_no_sign_of_life(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 1, 1)))
    anders = build_punt(
        "P1", bijgewerkt_op=date(2026, 1, 1), titel="Anders", afgesproken_gereed=date(2027, 1, 1), openbaar=False
    )
    _save(conn, anders, op=date(2026, 5, 1))
    assert _get_standen(conn, date(2026, 5, 1))["P1"].laatste == date(2026, 1, 1)


def test_another_state_is_a_transition_via_import_and_no_sign_of_life_by_itself(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=None))
    _, bevindingen = _save(conn, build_punt("P1", bijgewerkt_op=None, staat=Staat.IN_UITVOERING), op=date(2026, 5, 1))
    assert bevindingen == []
    overgang = conn.execute(select(tabellen.overgang)).mappings().one()
    assert (overgang["id"], overgang["van"], overgang["naar"]) == ("P1", "op_agenda", "in_uitvoering")
    assert (overgang["wie"], overgang["rol"], overgang["datum"]) == ("via import", "beheer", date(2026, 5, 1))
    assert _get_standen(conn, date(2026, 5, 1))["P1"].laatste is None


def test_a_transition_is_dated_by_the_file_when_its_date_went_forward_with_it(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 4, 1)))
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 4, 20), staat=Staat.IN_UITVOERING), op=JUNI)
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 4, 20), staat=Staat.GEREALISEERD), op=JUNI)
    assert [r.datum for r in conn.execute(select(tabellen.overgang))] == [date(2026, 4, 20), JUNI]


def test_the_state_is_as_it_was_on_an_earlier_peildatum(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 4, 1)))
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 4, 20), staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD))
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 5, 10), staat=Staat.GEREALISEERD))

    def get(dag):
        stand = _get_standen(conn, dag)["P1"]
        return stand.staat, stand.wacht_op, stand.laatste

    assert get(date(2026, 4, 19)) == ("op_agenda", None, date(2026, 4, 1))
    assert get(date(2026, 4, 20)) == ("wacht_op", "geld", date(2026, 4, 20))
    assert get(date(2026, 5, 9)) == ("wacht_op", "geld", date(2026, 4, 20))
    assert get(date(2026, 5, 10)) == ("gerealiseerd", None, date(2026, 5, 10))


def test_what_a_point_waits_for_is_as_it_was_on_an_earlier_peildatum(conn):
    _save(conn, build_punt("P1", staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD))
    anders = build_punt("P1", staat=Staat.WACHT_OP, wacht_op=WachtOp.PARTNER)
    assert _save(conn, anders, op=date(2026, 5, 1)) == (Telling(bijgewerkt=1), [])
    assert _get_standen(conn, date(2026, 4, 30))["P1"].wacht_op == "geld"
    assert _get_standen(conn, date(2026, 5, 1))["P1"].wacht_op == "partner"


def test_a_jump_is_taken_over_and_reported_with_code_and_name(conn):
    _save(conn, build_punt("P1", staat=Staat.OP_AGENDA))
    telling, bevindingen = _save(conn, build_punt("P1", staat=Staat.GEBORGD))
    assert telling == Telling(bijgewerkt=1)
    assert [b.regelnaam for b in bevindingen] == ["overgang_buiten_tabel"]
    assert "Agendapunt P1 Titel van P1 gaat van op_agenda naar geborgd." in bevindingen[0].melding
    assert _get_standen(conn, JUNI)["P1"].staat is Staat.GEBORGD


@pytest.mark.parametrize(
    ("naar", "is_sprong"), [("in_uitvoering", False), ("op_agenda", True), ("in_voorbereiding", True)]
)
def test_a_point_that_waits_may_go_back_only_to_where_it_came_from(conn, naar, is_sprong):
    _save(conn, build_punt("P1", staat=Staat.IN_UITVOERING))
    _save(conn, build_punt("P1", staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD))
    _save(conn, build_punt("P1", staat=Staat.WACHT_OP, wacht_op=WachtOp.PARTNER))
    bevindingen = _save(conn, build_punt("P1", staat=Staat(naar)))[1]
    assert bool(bevindingen) is is_sprong


def test_a_point_that_was_imported_waiting_goes_back_to_in_voorbereiding(conn):
    wacht = {"staat": Staat.WACHT_OP, "wacht_op": WachtOp.GELD}
    _save(conn, build_punt("P1", **wacht), build_punt("P2", **wacht))
    _, bevindingen = _save(
        conn, build_punt("P1", staat=Staat.IN_VOORBEREIDING), build_punt("P2", staat=Staat.IN_UITVOERING)
    )
    assert [b.melding.split()[1] for b in bevindingen] == ["P2"]


def test_a_correction_to_an_earlier_date_takes_the_later_one_back(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 5, 1)))
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 1, 5)))
    assert _get_standen(conn, JUNI)["P1"].laatste == date(2026, 1, 5)


def test_a_correction_in_one_version_leaves_the_date_that_another_has_too(conn):
    twee = {"versie": 2, "versiedatum": JUNI}
    _save(
        conn, build_punt("P1", bijgewerkt_op=date(2026, 5, 1)), build_punt("P1", bijgewerkt_op=date(2026, 5, 1), **twee)
    )
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 1, 5)))
    assert _get_standen(conn, JUNI)["P1"].laatste == date(2026, 5, 1)


def _bericht(id_="P1", dag=date(2026, 5, 1), **velden):
    return replace(Bericht(Berichtsoort.AGENDAPUNT, id_, dag, "Er is overlegd.", True), **velden)


def test_a_bericht_counts_from_its_own_date_and_not_before(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=date(2026, 1, 1)))
    save_berichten(conn, [_bericht(dag=date(2026, 5, 1))])
    assert _count(conn, date(2026, 4, 30)).onbekend == 1
    assert _count(conn, date(2026, 4, 30)).laatste_bericht == date(2026, 1, 1)
    assert _count(conn, date(2026, 5, 1)).onbekend == 0
    assert _count(conn, date(2026, 7, 30)).onbekend == 0
    assert _count(conn, date(2026, 7, 31)).onbekend == 1


def test_an_internal_bericht_counts_for_the_clock(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=None))
    save_berichten(conn, [_bericht(openbaar=False)])
    assert _count(conn, date(2026, 5, 2)).onbekend == 0


def test_a_bericht_on_an_initiative_of_the_same_id_does_not_count_for_the_point(conn):
    _save(conn, build_punt("P1", bijgewerkt_op=None))
    save_berichten(conn, [_bericht(soort=Berichtsoort.INITIATIEF)])
    assert _count(conn, JUNI).onbekend == 1


def test_the_same_bericht_twice_is_one_bericht(conn):
    assert save_berichten(conn, [_bericht(), _bericht(tekst="Iets anders.")]) == (Telling(ingelezen=2), [])
    assert save_berichten(conn, [_bericht(), _bericht(tekst="Iets anders.")]) == (Telling(ongewijzigd=2), [])


def test_the_history_is_known_from_the_first_import_of_points(conn):
    assert load_agendastand(conn, JUNI).geschiedenis_vanaf is None
    _save(conn, build_punt("P1"), op=EERSTE)
    _save(conn, build_punt("P2"), op=JUNI)
    assert load_agendastand(conn, JUNI).geschiedenis_vanaf == EERSTE


def test_an_initiative_keeps_its_cents_and_an_unknown_amount_stays_unknown(conn):
    initiatief = Initiatief(
        "I1", NOORD_A, "Moestuin", (Thema.SOCIAAL,), Initiatiefstaat.INGEDIEND, aangevraagd=Decimal("1234.56")
    )
    assert save_initiatieven(conn, [initiatief], EERSTE) == (Telling(ingelezen=1), [])
    assert save_initiatieven(conn, [initiatief], EERSTE) == (Telling(ongewijzigd=1), [])
    assert load_initiatieven(conn, BEHEERDER) == [initiatief]


def test_an_initiative_that_jumps_is_taken_over_and_reported(conn):
    initiatief = Initiatief("I1", NOORD_A, "Moestuin", (), Initiatiefstaat.INGEDIEND)
    save_initiatieven(conn, [initiatief], EERSTE)
    telling, bevindingen = save_initiatieven(conn, [replace(initiatief, staat=Initiatiefstaat.VERANTWOORD)], EERSTE)
    assert (telling, [b.regelnaam for b in bevindingen]) == (Telling(bijgewerkt=1), ["overgang_buiten_tabel"])


def test_an_open_point_that_a_new_version_leaves_out_is_named(conn):
    _save(
        conn,
        build_punt("P1", titel="Bankje"),
        build_punt("P2", staat=Staat.GEREALISEERD),
        build_punt("P3"),
    )
    _, bevindingen = _save(conn, build_punt("P3", versie=2, versiedatum=JUNI))
    assert [(b.regelnaam, "P1 Bankje" in b.melding) for b in bevindingen] == [("weggelaten_uit_versie", True)]
    assert _save(conn, build_punt("P3"), build_punt("P1", versie=2, versiedatum=JUNI))[1] == []
