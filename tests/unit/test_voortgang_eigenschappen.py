"""What holds for every agenda: properties of voortgang under random points."""

from dataclasses import replace
from datetime import date, timedelta

from bouwstenen import GEMEENTE, NAMEN, NOORD, NOORD_A, PEILDATUM, ZUID, build_boom
from hypothesis import given
from hypothesis import strategies as st

from gebieden.analyse.voortgang import Agendastand, compose_voortgangsrijen, determine_voortgang_per_gebied
from gebieden.domein.agendapunt import Puntsoort, Staat, WachtOp
from gebieden.domein.dekking import Uitkomst
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import OPEN, Puntstand, Voortgang, determine_categorie, determine_voortgang

BOOM = build_boom()
DATUMS = st.none() | st.dates(PEILDATUM - timedelta(days=200), PEILDATUM)


@st.composite
def standen(draw, gebieden=tuple(NAMEN)):
    staat = draw(st.sampled_from(Staat))
    return Puntstand(
        id=draw(st.uuids().map(str)),
        gebied=draw(st.sampled_from(gebieden)),
        staat=staat,
        in_versie=draw(st.booleans()),
        themas=tuple(draw(st.sets(st.sampled_from(Thema), min_size=1))),
        soort=draw(st.none() | st.sampled_from(Puntsoort)),
        wacht_op=draw(st.sampled_from(WachtOp)) if staat is Staat.WACHT_OP else None,
        afgesproken_gereed=draw(DATUMS),
        laatste=draw(DATUMS),
        dekking=draw(st.sampled_from(Uitkomst)),
    )


AGENDAS = st.lists(standen(), max_size=30)


def _count(punten) -> Voortgang:
    return determine_voortgang(punten, PEILDATUM)


@given(AGENDAS)
def test_the_categories_partition_the_version(punten):
    v = _count(punten)
    delen = (v.afgerond, v.loopt, v.niet_begonnen, v.wachtend, v.overgedragen, v.vervallen, v.onbekend)
    voorstellen = {Staat.VOORGESTELD, Staat.BESPROKEN}
    assert sum(delen) == v.punten == sum(p.in_versie and p.staat not in voorstellen for p in punten)
    assert v.geborgd <= v.afgerond
    assert v.dekking.total() == v.punten >= v.met_bedrag >= v.dekking[Uitkomst.GEDEKT]
    assert v.te_laat + v.geen_datum <= v.open == v.loopt + v.niet_begonnen + v.wachtend + v.onbekend
    assert v.snelle_acties.punten + v.grote_punten.punten <= v.punten


@given(AGENDAS, st.randoms())
def test_the_order_of_points_does_not_matter_and_they_are_left_as_they_are(punten, toeval):
    kopie = list(punten)
    eerst = _count(punten)
    assert punten == kopie
    toeval.shuffle(kopie)
    assert _count(kopie) == eerst


@given(AGENDAS, AGENDAS)
def test_the_voortgang_of_two_agendas_is_the_sum_of_both(een, ander):
    assert _count(een) + _count(ander) == _count(een + ander)


@given(AGENDAS)
def test_the_gemeente_is_the_sum_of_its_wijken_and_what_hangs_on_itself(punten):
    voortgang = determine_voortgang_per_gebied(Agendastand(PEILDATUM, tuple(punten), {}), BOOM)
    eigen = _count([p for p in punten if p.gebied == GEMEENTE])
    assert voortgang[GEMEENTE] == voortgang[NOORD] + voortgang[ZUID] + eigen


@given(AGENDAS, st.sampled_from([Staat.OP_AGENDA, Staat.IN_VOORBEREIDING, Staat.IN_UITVOERING, Staat.WACHT_OP]))
def test_a_silent_point_more_never_makes_an_area_look_better(punten, staat):
    wacht_op = WachtOp.GELD if staat is Staat.WACHT_OP else None
    stil = Puntstand("stil", NOORD_A, staat, True, (Thema.HEEL,), wacht_op=wacht_op)
    eerst, daarna = _count(punten), _count([*punten, stil])
    assert (daarna.afgerond, daarna.loopt, daarna.laatste_bericht) == (
        eerst.afgerond,
        eerst.loopt,
        eerst.laatste_bericht,
    )
    assert (daarna.punten, daarna.onbekend) == (eerst.punten + 1, eerst.onbekend + 1)


@given(AGENDAS, st.integers(0, 400))
def test_time_that_passes_in_silence_never_makes_an_area_look_better(punten, dagen):
    eerst, later = _count(punten), determine_voortgang(punten, PEILDATUM + timedelta(days=dagen))
    assert later.onbekend >= eerst.onbekend
    assert later.te_laat >= eerst.te_laat
    assert (later.afgerond, later.punten) == (eerst.afgerond, eerst.punten)
    assert later.loopt <= eerst.loopt


@given(AGENDAS)
def test_a_default_date_is_no_way_to_look_better_but_counts_as_no_date_until_agreed(punten):
    zonder = [replace(p, afgesproken_gereed=None) for p in punten]
    open_ = [p for p in punten if p.in_versie and determine_categorie(replace(p, laatste=PEILDATUM), PEILDATUM) in OPEN]
    assert (_count(zonder).geen_datum, _count(zonder).te_laat) == (len(open_), 0)


@given(AGENDAS)
def test_rows_hold_plain_values_only(punten):
    stand = Agendastand(PEILDATUM, tuple(punten), {NOORD: (1, date(2026, 3, 1))})
    for rij in compose_voortgangsrijen(stand, BOOM):
        assert all(n > 0 for n in rij["wacht"].values())
        assert {type(waarde) for waarde in rij.values()} <= {str, int, dict, type(None)}
