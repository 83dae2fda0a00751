"""The warnings of a week: from what was known on a day, the same bytes every time, judged once and kept."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from bouwstenen import GEMEENTE, NOORD, NOORD_A, NOORD_B, ZUID, ZUID_A, ZUID_B, build_boom
from sqlalchemy import insert

from gebieden.analyse.weekbeeld import compose_weekbeeld, serialise_weekbeeld
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat, Werkwijze
from gebieden.domein.vroegzicht import Drempels, Zichtbaar, select_zichtbaar
from gebieden.opslag import tabellen
from gebieden.opslag.bulk import Namenregister
from gebieden.opslag.database import begin_schrijven, set_instelling
from gebieden.opslag.leveringen import IMPORT
from gebieden.opslag.signaalpublicatie import load_publicaties
from gebieden.opslag.signaaltelling import Telwerk, load_kwartalen
from gebieden.opslag.vroegbeeld import list_zichtbaar, load_duidingen, load_weekstand
from gebieden.opslag.weekbeelden import (
    TERUG,
    fill_terug,
    get_regels,
    judge_niveau,
    list_opvallend,
    load_bewaard,
)
from gebieden.opslag.weekpanelen import WACHTDAGEN, list_weken, load_vroeginvoer

MAANDAG = date(2026, 5, 18)
LAATSTE = MAANDAG - timedelta(weeks=1)
WEKEN = 200
NUL = date(1970, 1, 1)


def deliver(engine, aantallen, op):
    """Store {(area, Monday): count} as one delivery of this day."""
    with begin_schrijven(engine) as conn:
        een = np.zeros(1, dtype=np.int64)
        (categorie,) = Namenregister(conn, tabellen.signaalcategorie).translate(["jeugdoverlast"], een)
        gebieden = Namenregister(conn, tabellen.signaalgebied)
        telwerk = Telwerk()
        for (code, maandag), aantal in aantallen.items():
            (gebied,) = gebieden.translate([code], een)
            rij = np.ones(abs(aantal), dtype=np.int64)
            dag = (maandag - NUL).days + 2
            telwerk.add(rij * gebied, rij * categorie, rij * dag, teken=1 if aantal > 0 else -1)
        telwerk.save(conn, op, IMPORT)


@pytest.fixture
def jaren(gemeente):
    """Some four years without anything special, but for the last four weeks in Noord A."""
    toeval = np.random.default_rng(361)
    weken = [LAATSTE - timedelta(weeks=terug) for terug in range(WEKEN)]
    aantallen = {(code, w): int(toeval.poisson(3)) for code in (NOORD_A, NOORD_B, ZUID_A, ZUID_B) for w in weken}
    aantallen |= {(NOORD, w): 1 for w in weken[::10]}
    aantallen |= {(NOORD_A, w): 20 for w in weken[:4]}
    with begin_schrijven(gemeente) as conn:
        set_instelling(conn, WACHTDAGEN, "1")
    deliver(gemeente, {sleutel: n for sleutel, n in aantallen.items() if n}, MAANDAG)
    return gemeente


def load(engine, peildatum=MAANDAG):
    with engine.connect() as conn:
        return load_vroeginvoer(conn, peildatum), get_regels(conn)


def judge(engine, niveau="buurt", peildatum=MAANDAG, week=LAATSTE):
    invoer, regels = load(engine, peildatum)
    return judge_niveau(invoer, niveau, [week], regels)


def as_bytes(oordelen, week=LAATSTE):
    return serialise_weekbeeld(compose_weekbeeld(oordelen, oordelen.panel.find_week(week)))


def test_nothing_was_reported_so_there_is_nothing_to_judge(gemeente):
    assert load(gemeente)[0] is None
    assert fill_terug(gemeente, MAANDAG) == 0


def test_levels_add_up_and_what_is_known_by_wijk_only_counts_there(jaren):
    invoer, _ = load(jaren)
    panels = invoer.panels
    assert panels["gemeente"].gebieden == (GEMEENTE,)
    assert panels["wijk"].gebieden == (NOORD, ZUID)
    assert panels["buurt"].gebieden == (NOORD_A, NOORD_B, ZUID_A, ZUID_B)
    assert np.array_equal(panels["wijk"].tellingen.sum(axis=0), panels["gemeente"].tellingen[0])
    zuid = panels["buurt"].tellingen[2:].sum(axis=0)
    assert np.array_equal(panels["wijk"].tellingen[1], zuid)
    noord = panels["wijk"].tellingen[0] - panels["buurt"].tellingen[:2].sum(axis=0)
    assert noord.sum() == WEKEN / 10


def test_what_stands_out_is_found_where_it_is_and_the_same_input_gives_the_same_bytes(jaren):
    oordelen = judge(jaren)
    signalen = [s for s in list_opvallend(oordelen, LAATSTE) if s.staat is Vroegstaat.SIGNAAL]
    assert {(s.gebied, s.venster) for s in signalen} == {(NOORD_A, 1), (NOORD_A, 4)}
    assert {s.waargenomen for s in signalen} == {20, 80}
    assert as_bytes(oordelen) == as_bytes(judge(jaren))


def test_a_week_can_be_judged_again_from_what_was_known_then(jaren):
    toen = as_bytes(judge(jaren))
    later = MAANDAG + timedelta(days=10)
    # What came later changes the weeks themselves: some came late, some was taken out.
    deliver(jaren, {(NOORD_A, LAATSTE): -15, (ZUID_A, LAATSTE): 9, (ZUID_B, MAANDAG): 4}, later)
    assert as_bytes(judge(jaren)) == toen
    assert as_bytes(judge(jaren, peildatum=later)) != toen


def test_the_newest_week_is_held_back_until_it_is_complete_enough(jaren):
    assert load(jaren)[0].laatste == LAATSTE
    with begin_schrijven(jaren) as conn:
        set_instelling(conn, WACHTDAGEN, "14")
    invoer, _ = load(jaren)
    assert invoer.laatste == LAATSTE - timedelta(weeks=2)
    oordelen = judge(jaren)
    assert list_opvallend(oordelen, LAATSTE) == []
    assert b"gegevens_onvolledig" in as_bytes(oordelen)


def test_weeks_are_judged_once_and_what_comes_later_leaves_them_as_they_were(jaren):
    gehoord = []
    assert fill_terug(jaren, MAANDAG, 6, lambda aandeel, zin: gehoord.append(aandeel)) == 6
    assert gehoord == sorted(gehoord)
    with jaren.connect() as conn:
        eerder = load_bewaard(conn, "buurt", get_regels(conn), date(2020, 1, 1), date(2030, 1, 1))
    assert sorted(eerder) == list_weken(load(jaren)[0], 6)
    assert NOORD_A in {s.gebied for s in eerder[LAATSTE]}
    deliver(jaren, {(NOORD_A, LAATSTE): -19}, MAANDAG)
    assert fill_terug(jaren, MAANDAG, 6) == 0
    with jaren.connect() as conn:
        assert load_bewaard(conn, "buurt", get_regels(conn), date(2020, 1, 1), date(2030, 1, 1)) == eerder


def _break(engine, sinds):
    rij = {"gebied": GEMEENTE, "datum": LAATSTE - timedelta(weeks=20), "effect": "breuk", "categorie": ""}
    rij |= {"toelichting": "Nieuwe app", "geen_persoon": False, "sinds": sinds}
    with begin_schrijven(engine) as conn:
        conn.execute(insert(tabellen.registratiewijziging).values(rij))


def test_a_break_in_registering_leaves_what_was_before_it_out(jaren):
    _break(jaren, MAANDAG)
    oordelen = judge(jaren)
    assert list_opvallend(oordelen, LAATSTE) == []
    assert b"te_weinig_gegevens" in as_bytes(oordelen)


def test_a_change_in_registering_that_was_written_down_later_was_not_known_on_the_day(jaren):
    toen = as_bytes(judge(jaren))
    _break(jaren, MAANDAG + timedelta(days=1))
    assert as_bytes(judge(jaren)) == toen


SIGNAAL = Vroegsignaal(NOORD_A, "jeugdoverlast", LAATSTE, 4, Vroegstaat.SIGNAAL, Werkwijze.AANDEEL, 7, is_toonbaar=True)


def test_the_team_reads_what_was_said_of_a_warning_that_it_may_know_and_of_no_other(jaren):
    vast = {"maandag": LAATSTE, "venster": 1, "categorie": "jeugdoverlast", "oordeel": "bevestigd", "reden": ""}
    with begin_schrijven(jaren) as conn:
        for code in (NOORD_A, NOORD_B):
            rij = {**vast, "gebied": code, "geen_persoon": False, "sinds": MAANDAG}
            conn.execute(insert(tabellen.duiding).values(rij))
    ziet = {Rol.OOV: [NOORD_A, NOORD_B], Rol.GEBIEDSTEAM: [NOORD_A], Rol.RAAD: [], Rol.BEHEER: []}
    with jaren.connect() as conn:
        stand = load_weekstand(conn, MAANDAG)
        for rol, codes in ziet.items():
            stukken = load_duidingen(conn, stand, Kijker(rol, frozenset({NOORD})), MAANDAG)
            assert [stuk.bij for stuk in stukken] == codes


def test_a_warning_never_says_that_a_hidden_number_of_a_published_quarter_is_not_small(jaren):
    with jaren.connect() as conn:
        stand = load_weekstand(conn, MAANDAG)
    team, oov = (Kijker(rol, frozenset({NOORD_A})) for rol in (Rol.GEBIEDSTEAM, Rol.OOV))

    def count(dicht, kijker):
        zichtbaar = list_zichtbaar(replace(stand, dicht=dicht), kijker)
        return {z.signaal.venster for z in zichtbaar if z.signaal.gebied == NOORD_A}

    # The four weeks up to 17 May lie in one quarter; hidden in another one is nothing to them.
    assert count(frozenset({(NOORD_A, "jeugdoverlast", Kwartaal(2026, 1))}), team) == {1, 4}
    dicht = frozenset({(NOORD_A, "jeugdoverlast", Kwartaal(2026, 2))})
    assert (count(dicht, team), count(dicht, oov)) == (set(), {1, 4})
    # What is published with its hidden numbers is taken from the publication itself.
    with jaren.connect() as conn:
        for kwartaal in load_kwartalen(conn, MAANDAG):
            for publicatie in load_publicaties(conn, kwartaal):
                for rij in publicatie.rijen:
                    if kwartaal.eind_tot > MAANDAG - timedelta(weeks=TERUG):
                        assert ((rij.code, "jeugdoverlast", kwartaal) in stand.dicht) is rij.dicht[0]


@pytest.mark.parametrize(
    ("rol", "eigen", "signaal", "ziet"),
    [
        (Rol.OOV, NOORD, replace(SIGNAAL, waargenomen=2), True),
        (Rol.OOV, NOORD, replace(SIGNAAL, staat=Vroegstaat.LET_OP), True),
        (Rol.OOV, ZUID, SIGNAAL, None),
        (Rol.OOV, ZUID, replace(SIGNAAL, gebied=NOORD), False),
        (Rol.GEBIEDSTEAM, NOORD, SIGNAAL, False),
        (Rol.GEBIEDSREGISSEUR, NOORD, SIGNAAL, False),
        (Rol.GEBIEDSTEAM, NOORD, replace(SIGNAAL, waargenomen=4), None),
        (Rol.GEBIEDSTEAM, NOORD, replace(SIGNAAL, staat=Vroegstaat.LET_OP), None),
        (Rol.GEBIEDSTEAM, ZUID, SIGNAAL, None),
        (Rol.GEBIEDSTEAM, NOORD, replace(SIGNAAL, categorie="zeden", waargenomen=9), None),
        (Rol.GEBIEDSTEAM, NOORD, replace(SIGNAAL, categorie="zeden", waargenomen=10), False),
        (Rol.RAAD, "", SIGNAAL, None),
        (Rol.RAAD, "", replace(SIGNAAL, gebied=NOORD), False),
        (Rol.RAAD, "", replace(SIGNAAL, gebied=GEMEENTE), False),
        (Rol.BEHEER, "", replace(SIGNAAL, gebied=NOORD), False),
        (Rol.PUBLIEK, "", replace(SIGNAAL, gebied=GEMEENTE), None),
    ],
)
def test_numbers_are_for_oov_in_its_own_areas_and_words_for_who_may_know(rol, eigen, signaal, ziet):
    kijker = Kijker(rol, frozenset({eigen} - {""}))
    drempels = Drempels(5, 10, frozenset({"zeden"}))
    gezien = list(select_zichtbaar([signaal], kijker, build_boom(), drempels))
    assert gezien == ([] if ziet is None else [Zichtbaar(signaal, met_aantal=ziet)])
