"""Voortgang: each rule of its one definition, with counts made by hand."""

from collections import Counter
from datetime import date, timedelta

import pytest
from bouwstenen import (
    DORP,
    DWARS,
    GEMEENTE,
    NOORD,
    NOORD_A,
    PEILDATUM,
    ZUID,
    ZUID_A,
    ZUID_B,
    build_boom,
    build_gebieden,
    build_stand,
)

from gebieden.analyse.veranderingen import Verandering, compare_standen
from gebieden.analyse.voortgang import Agendastand, compose_voortgangsrij, compose_voortgangsrijen
from gebieden.analyse.voortgang import determine_voortgang_per_gebied as determine_per_gebied
from gebieden.domein.agendapunt import Puntsoort, Staat, WachtOp
from gebieden.domein.dekking import Uitkomst
from gebieden.domein.gebied import Gebied, build_gebiedsboom
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Deeltelling, determine_voortgang

OPEN = [Staat.OP_AGENDA, Staat.IN_VOORBEREIDING, Staat.IN_UITVOERING, Staat.WACHT_OP]
DICHT = [Staat.GEREALISEERD, Staat.GEBORGD, Staat.OVERGEDRAGEN, Staat.VERVALLEN]


def _count(*standen, peildatum=PEILDATUM, **keuzes):
    return determine_voortgang(standen, peildatum, **keuzes)


@pytest.mark.parametrize(
    ("staat", "categorie"),
    [
        (Staat.OP_AGENDA, "niet_begonnen"),
        (Staat.IN_VOORBEREIDING, "loopt"),
        (Staat.IN_UITVOERING, "loopt"),
        (Staat.WACHT_OP, "wachtend"),
        (Staat.GEREALISEERD, "afgerond"),
        (Staat.GEBORGD, "afgerond"),
        (Staat.OVERGEDRAGEN, "overgedragen"),
        (Staat.VERVALLEN, "vervallen"),
    ],
)
def test_each_state_counts_in_one_category(staat, categorie):
    alle = ("niet_begonnen", "loopt", "wachtend", "afgerond", "overgedragen", "vervallen", "onbekend")
    voortgang = _count(build_stand(staat=staat))
    assert voortgang.punten == 1
    assert {naam: getattr(voortgang, naam) for naam in alle} == {naam: int(naam == categorie) for naam in alle}


def test_geborgd_is_counted_within_afgerond():
    voortgang = _count(build_stand("1", staat=Staat.GEBORGD), build_stand("2", staat=Staat.GEREALISEERD))
    assert (voortgang.punten, voortgang.afgerond, voortgang.geborgd) == (2, 2, 1)


def test_waiting_points_are_counted_per_reason():
    redenen = [WachtOp.GELD, WachtOp.GELD, WachtOp.PARTNER]
    voortgang = _count(*(build_stand(str(i), staat=Staat.WACHT_OP, wacht_op=r) for i, r in enumerate(redenen)))
    assert voortgang.wacht == Counter({WachtOp.GELD: 2, WachtOp.PARTNER: 1})
    assert voortgang.wachtend == 3


def test_a_waiting_point_without_a_reason_cannot_be_made():
    with pytest.raises(ValueError, match="waarop"):
        build_stand(staat=Staat.WACHT_OP, wacht_op=None)


@pytest.mark.parametrize("staat", OPEN)
@pytest.mark.parametrize(("dagen", "onbekend"), [(0, 0), (89, 0), (90, 0), (91, 1), (1000, 1)])
def test_an_open_point_is_unknown_when_it_is_silent_for_more_than_ninety_days(staat, dagen, onbekend):
    voortgang = _count(build_stand(staat=staat, laatste=PEILDATUM - timedelta(days=dagen)))
    assert voortgang.onbekend == onbekend
    # Instead of its own category, never besides it.
    assert voortgang.niet_begonnen + voortgang.loopt + voortgang.wachtend == 1 - onbekend


@pytest.mark.parametrize("staat", OPEN)
def test_an_open_point_of_which_nothing_was_ever_heard_is_unknown(staat):
    assert _count(build_stand(staat=staat, laatste=None)).onbekend == 1


@pytest.mark.parametrize("staat", DICHT)
def test_a_point_that_is_not_open_is_never_unknown_late_or_without_a_date(staat):
    voortgang = _count(build_stand(staat=staat, laatste=None, afgesproken_gereed=date(2020, 1, 1)))
    assert (voortgang.onbekend, voortgang.te_laat) == (0, 0)
    assert _count(build_stand(staat=staat, afgesproken_gereed=None)).geen_datum == 0


def test_the_threshold_is_a_setting():
    stand = build_stand(laatste=PEILDATUM - timedelta(days=31))
    assert _count(stand, stilte_dagen=30).onbekend == 1
    assert _count(stand, stilte_dagen=31).onbekend == 0


@pytest.mark.parametrize("staat", OPEN)
@pytest.mark.parametrize(("dagen", "te_laat"), [(-1, 0), (0, 0), (1, 1)])
def test_a_point_is_late_from_the_day_after_the_agreed_one(staat, dagen, te_laat):
    voortgang = _count(build_stand(staat=staat, afgesproken_gereed=PEILDATUM - timedelta(days=dagen)))
    assert (voortgang.te_laat, voortgang.geen_datum) == (te_laat, 0)


def test_no_date_is_counted_as_no_date_and_never_as_late():
    voortgang = _count(build_stand(afgesproken_gereed=None))
    assert (voortgang.te_laat, voortgang.geen_datum) == (0, 1)


def test_the_flags_hold_for_unknown_points_too():
    stil = {"laatste": None}
    voortgang = _count(
        build_stand("1", afgesproken_gereed=date(2026, 5, 19), **stil),
        build_stand("2", afgesproken_gereed=None, **stil),
    )
    assert (voortgang.onbekend, voortgang.te_laat, voortgang.geen_datum) == (2, 1, 1)


@pytest.mark.parametrize("in_versie", [True, False])
@pytest.mark.parametrize("staat", [Staat.VOORGESTELD, Staat.BESPROKEN])
def test_proposals_are_counted_apart_and_nowhere_else(staat, in_versie):
    voortgang = _count(build_stand(staat=staat, in_versie=in_versie, afgesproken_gereed=None, laatste=None))
    assert (voortgang.voorstellen, voortgang.punten, voortgang.nieuw_sinds_versie) == (1, 0, 0)
    assert (voortgang.onbekend, voortgang.geen_datum) == (0, 0)


@pytest.mark.parametrize("staat", [*OPEN, Staat.GEREALISEERD, Staat.GEBORGD, Staat.OVERGEDRAGEN])
def test_a_point_in_no_version_is_new_and_outside_everything_else(staat):
    voortgang = _count(build_stand(staat=staat, in_versie=False, laatste=None, afgesproken_gereed=date(2020, 1, 1)))
    assert (voortgang.nieuw_sinds_versie, voortgang.punten, voortgang.afgerond) == (1, 0, 0)
    assert (voortgang.te_laat, voortgang.onbekend) == (0, 0)
    assert voortgang.snelle_acties == voortgang.grote_punten == Deeltelling()


def test_a_dropped_proposal_is_not_counted_and_a_dropped_point_of_the_version_is():
    voorstel = _count(build_stand(staat=Staat.VERVALLEN, in_versie=False))
    assert (voorstel.punten, voorstel.vervallen, voorstel.voorstellen, voorstel.nieuw_sinds_versie) == (0, 0, 0, 0)
    punt = _count(build_stand(staat=Staat.VERVALLEN))
    assert (punt.punten, punt.vervallen) == (1, 1)


def test_quick_actions_and_large_points_are_counted_apart():
    snel, groot = Puntsoort.SNELLE_ACTIE, Puntsoort.GROOT_PUNT
    voortgang = _count(
        build_stand("1", soort=snel, staat=Staat.GEREALISEERD),
        build_stand("2", soort=snel),
        build_stand("3", soort=groot, staat=Staat.GEBORGD),
        build_stand("4", soort=groot, laatste=None),
        build_stand("5", soort=None, staat=Staat.GEREALISEERD),
    )
    assert voortgang.snelle_acties == Deeltelling(2, 1)
    assert voortgang.grote_punten == Deeltelling(2, 1)
    assert (voortgang.punten, voortgang.afgerond) == (5, 3)


def test_the_last_bericht_is_the_last_of_all_points_of_the_agenda():
    voortgang = _count(
        build_stand("1", laatste=date(2026, 5, 1)),
        build_stand("2", laatste=date(2026, 5, 12), in_versie=False),
        build_stand("3", laatste=None),
    )
    assert voortgang.laatste_bericht == date(2026, 5, 12)
    assert _count(build_stand(laatste=None)).laatste_bericht is None


def test_fourteen_points_counted_by_hand():
    """The example of the design: 14 points, 4 afgerond (2 geborgd), 5 lopen, 2 wachten, 1 vervallen, 2 onbekend."""
    stil = PEILDATUM - timedelta(days=91)
    standen = [
        build_stand("01", staat=Staat.GEREALISEERD),
        build_stand("02", staat=Staat.GEREALISEERD, laatste=stil),
        build_stand("03", staat=Staat.GEBORGD),
        build_stand("04", staat=Staat.GEBORGD, afgesproken_gereed=None),
        build_stand("05"),
        build_stand("06", afgesproken_gereed=date(2026, 5, 19)),
        build_stand("07", laatste=PEILDATUM - timedelta(days=90)),
        build_stand("08", staat=Staat.IN_VOORBEREIDING),
        build_stand("09", staat=Staat.IN_VOORBEREIDING, afgesproken_gereed=PEILDATUM),
        build_stand("10", staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD),
        build_stand("11", staat=Staat.WACHT_OP, wacht_op=WachtOp.PARTNER),
        build_stand("12", staat=Staat.VERVALLEN),
        build_stand("13", laatste=stil),
        build_stand("14", staat=Staat.OP_AGENDA, laatste=None),
        build_stand("15", staat=Staat.OP_AGENDA, in_versie=False),
        build_stand("16", staat=Staat.VOORGESTELD, in_versie=False),
        build_stand("17", staat=Staat.VERVALLEN, in_versie=False),
    ]
    voortgang = _count(*standen)
    assert (voortgang.punten, voortgang.afgerond, voortgang.geborgd, voortgang.loopt) == (14, 4, 2, 5)
    assert (voortgang.niet_begonnen, voortgang.wacht) == (0, {WachtOp.GELD: 1, WachtOp.PARTNER: 1})
    assert (voortgang.overgedragen, voortgang.vervallen, voortgang.onbekend) == (0, 1, 2)
    assert (voortgang.te_laat, voortgang.geen_datum) == (1, 0)
    assert (voortgang.voorstellen, voortgang.nieuw_sinds_versie) == (1, 1)


STAND = Agendastand(
    PEILDATUM,
    (
        build_stand("n1", gebied=NOORD, themas=(Thema.SCHOON, Thema.VEILIG)),
        build_stand("n2", gebied=NOORD, staat=Staat.GEREALISEERD, themas=(Thema.VEILIG,)),
        build_stand("a1", gebied=NOORD_A, staat=Staat.OP_AGENDA),
        build_stand("d1", gebied=DORP, staat=Staat.GEBORGD, themas=(Thema.HEEL,)),
        build_stand("d2", gebied=DORP, in_versie=False, themas=(Thema.HEEL,)),
        build_stand("g1", gebied=DWARS, staat=Staat.VERVALLEN, themas=(Thema.HEEL,)),
    ),
    {NOORD: (2, date(2026, 3, 1)), NOORD_A: (1, date(2026, 1, 1)), DORP: (4, date(2025, 9, 1)), DWARS: (1, PEILDATUM)},
)


def test_a_point_counts_once_for_every_area_that_contains_its_area():
    voortgang = determine_per_gebied(STAND, build_boom())
    assert {code: v.punten for code, v in voortgang.items()} == {
        GEMEENTE: 5,
        NOORD: 3,
        ZUID: 1,
        NOORD_A: 1,
        "BU03610102": 0,
        ZUID_A: 0,
        ZUID_B: 1,
        DORP: 1,
        DWARS: 2,
    }
    assert voortgang[GEMEENTE].nieuw_sinds_versie == voortgang[ZUID_B].nieuw_sinds_versie == 1


def test_areas_without_points_are_listed_with_zeros():
    rijen = {rij["code"]: rij for rij in compose_voortgangsrijen(STAND, build_boom())}
    assert len(rijen) == 9
    leeg = rijen[ZUID_A]
    assert (leeg["punten"], leeg["versie"], leeg["wacht"], leeg["laatste_bericht"]) == (0, None, {}, None)


def test_the_version_is_told_only_where_one_agenda_is_in_it():
    rijen = {rij["code"]: rij["versie"] for rij in compose_voortgangsrijen(STAND, build_boom())}
    assert (rijen[DORP], rijen[ZUID_B], rijen[NOORD_A]) == (4, 4, 1)
    assert rijen[NOORD] is rijen[GEMEENTE] is rijen[ZUID_A] is None


def test_a_point_with_several_themes_counts_under_each_and_once_in_the_total():
    boom = build_boom()
    per_thema = {thema: determine_per_gebied(STAND, boom, thema)[GEMEENTE].punten for thema in Thema}
    assert per_thema == {"schoon": 2, "heel": 2, "veilig": 2, "sociaal": 0, "ondernemend": 0}
    assert determine_per_gebied(STAND, boom)[GEMEENTE].punten == 5


def test_a_theme_narrows_the_new_points_too_and_leaves_the_version():
    voortgang = determine_per_gebied(STAND, build_boom(), Thema.SCHOON)[DORP]
    assert (voortgang.punten, voortgang.nieuw_sinds_versie) == (0, 0)
    assert voortgang.agendas == {DORP: (4, date(2025, 9, 1))}


def test_points_of_an_area_that_ended_count_on_in_what_contained_it():
    oud = Gebied("BU03610109", "Opgeheven", "buurt", geldig_tot=date(2026, 1, 1))
    boom = build_gebiedsboom([*build_gebieden(), oud], PEILDATUM)
    stand = Agendastand(PEILDATUM, (build_stand(gebied="BU03610109"),), {"BU03610109": (1, date(2025, 1, 1))})
    voortgang = determine_per_gebied(stand, boom)
    assert (voortgang[NOORD].punten, voortgang[GEMEENTE].punten) == (1, 1)
    assert "BU03610109" not in voortgang


def test_a_row_has_exactly_these_keys_in_this_order():
    stand = Agendastand(
        PEILDATUM,
        (
            build_stand("1", staat=Staat.WACHT_OP, wacht_op=WachtOp.PARTNER, dekking=Uitkomst.GEDEKT),
            build_stand("2", soort=Puntsoort.SNELLE_ACTIE, staat=Staat.GEREALISEERD, laatste=date(2026, 5, 12)),
        ),
        {NOORD: (3, date(2026, 3, 1))},
    )
    noord = build_gebieden(NOORD)[0]
    rij = compose_voortgangsrij(noord, determine_per_gebied(stand, build_boom())[NOORD], stand)
    zin = rij.pop("zin")
    assert rij == {
        "code": NOORD,
        "naam": "Noord",
        "niveau": "wijk",
        "versie": 3,
        "punten": 2,
        "afgerond": 1,
        "geborgd": 0,
        "loopt": 0,
        "niet_begonnen": 0,
        "wacht": {"partner": 1},
        "overgedragen": 0,
        "vervallen": 0,
        "onbekend": 0,
        "te_laat": 0,
        "geen_datum": 0,
        "voorstellen": 0,
        "nieuw_sinds_versie": 0,
        "snelle_acties": {"punten": 1, "afgerond": 1},
        "grote_punten": {"punten": 0, "afgerond": 0},
        "dekking": {"gedekt": 1, "onbekend": 1},
        "laatste_bericht": "2026-05-19",
    }
    assert zin.startswith("Agenda 1 maart (versie 3), 2 punten: 1 afgerond, 1 wacht (1× partner).")


def test_what_changed_is_what_came_went_or_has_another_state():
    toen = [build_stand("blijft"), build_stand("weg"), build_stand("anders", staat=Staat.OP_AGENDA)]
    nu = [build_stand("blijft", laatste=None), build_stand("nieuw"), build_stand("anders")]
    assert compare_standen(toen, nu) == [
        Verandering("anders", Staat.OP_AGENDA, Staat.IN_UITVOERING),
        Verandering("nieuw", None, Staat.IN_UITVOERING),
        Verandering("weg", Staat.IN_UITVOERING, None),
    ]
