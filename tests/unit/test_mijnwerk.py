"""Mijn werk: what asks for action and what does not, by hand and for random points."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bouwstenen import PEILDATUM, build_punt, to_werkpunt
from hypothesis import given
from hypothesis import strategies as st

from gebieden.analyse.mijnwerk import Reden, Werkregel, collect_mijnwerk, count_dagen_tot_onbekend, count_redenen
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bedrag import ONBEKEND, PM, Bedrag
from gebieden.domein.dekking import Geldstand
from gebieden.domein.punt import Punt
from gebieden.domein.voortgang import Categorie, determine_categorie, is_open, is_te_laat, is_zonder_datum

OPEN = [staat for staat in Staat if is_open(staat)]


def dagen(aantal: int) -> date:
    """Return the day this many days before the peildatum; a negative number lies ahead."""
    return PEILDATUM - timedelta(days=aantal)


GISTEREN = dagen(1)


def build(id_: str = "P1", laatste: date | None = GISTEREN, **velden) -> Punt:
    """Return a point that nothing is the matter with, unless told otherwise."""
    gegeven = {"staat": Staat.IN_UITVOERING, "trekker": "wijkteam", "afgesproken_gereed": dagen(-30)} | velden
    if gegeven["staat"] is Staat.WACHT_OP:
        gegeven.setdefault("wacht_op", WachtOp.GELD)
    return Punt(build_punt(id_, **gegeven), True, laatste)


def collect(punten: Iterable[Punt], peildatum: date, stilte_dagen: int = 90) -> list[Werkregel]:
    return collect_mijnwerk(map(to_werkpunt, punten), peildatum, stilte_dagen)


def redenen(punt: Punt, stilte_dagen: int = 90) -> set[Reden]:
    return {reden for regel in collect([punt], PEILDATUM, stilte_dagen) for reden in regel.redenen}


@pytest.mark.parametrize("staat", [s for s in OPEN if s is not Staat.WACHT_OP])
def test_an_open_point_that_is_well_kept_asks_for_nothing(staat):
    assert collect([build(staat=staat)], PEILDATUM) == []


def test_a_waiting_point_asks_for_action_however_recent_its_last_bericht():
    assert redenen(build(staat=Staat.WACHT_OP, laatste=PEILDATUM)) == {Reden.WACHT}


@pytest.mark.parametrize(
    ("gereed", "verwacht"),
    [(dagen(1), {Reden.TE_LAAT}), (PEILDATUM, set()), (dagen(-1), set()), (None, {Reden.GEEN_DATUM})],
)
def test_a_point_is_late_from_the_day_after_the_agreed_one(gereed, verwacht):
    assert redenen(build(afgesproken_gereed=gereed)) == verwacht


# 90 days: the last day on which the state is known. It becomes unknown on day 91, so 14 days before that is day 77.
@pytest.mark.parametrize(
    ("stil", "verwacht"),
    [
        (76, set()),
        (77, {Reden.BIJNA_ONBEKEND}),
        (90, {Reden.BIJNA_ONBEKEND}),
        (91, {Reden.ONBEKEND}),
        (1000, {Reden.ONBEKEND}),
    ],
)
def test_silence_is_announced_a_fortnight_before_it_makes_a_point_unknown(stil, verwacht):
    assert redenen(build(laatste=dagen(stil))) == verwacht


def test_the_threshold_is_a_setting():
    assert redenen(build(laatste=dagen(46)), stilte_dagen=60) == set()
    assert redenen(build(laatste=dagen(47)), stilte_dagen=60) == {Reden.BIJNA_ONBEKEND}
    assert redenen(build(laatste=dagen(61)), stilte_dagen=60) == {Reden.ONBEKEND}
    assert (count_dagen_tot_onbekend(77, 90), count_dagen_tot_onbekend(90, 90)) == (14, 1)


def test_a_point_that_was_never_heard_of_is_unknown():
    assert redenen(build(laatste=None)) == {Reden.ONBEKEND}


@pytest.mark.parametrize(
    ("benodigd", "geld", "tekort"),
    [
        (Bedrag(Decimal("12500")), Geldstand(), Decimal("12500")),
        (Bedrag(Decimal("12500")), Geldstand(Decimal("12499.99")), Decimal("0.01")),
        (Bedrag(Decimal("12500")), Geldstand(Decimal("12500")), None),
        (Bedrag(Decimal("12500")), Geldstand(Decimal("20000")), None),
        (Bedrag(Decimal("12500")), Geldstand(heeft_pm=True), None),
        (PM, Geldstand(), None),
        (ONBEKEND, Geldstand(Decimal(1)), None),
    ],
)
def test_only_a_gap_that_is_known_asks_for_money(benodigd, geld, tekort):
    punt = replace(build(benodigd=benodigd), geld=geld)
    assert punt.tekort == tekort
    assert redenen(punt) == ({Reden.TEKORT} if tekort else set())
    klaar = replace(build(benodigd=benodigd, staat=Staat.GEREALISEERD), geld=geld)
    assert redenen(klaar) == set()


def test_a_point_without_trekker_asks_for_one():
    assert redenen(build(trekker="")) == {Reden.GEEN_TREKKER}


@pytest.mark.parametrize(
    ("over", "verwacht"),
    [
        *((over, {Reden.TERUGKIJKEN}) for over in (-400, -1, 0, 14)),
        (15, set()),
        (None, {Reden.GEEN_TERUGKIJKDAG}),
    ],
)
def test_a_look_back_is_due_from_a_fortnight_before_its_day(over, verwacht):
    op = None if over is None else dagen(-over)
    punt = build(staat=Staat.GEBORGD, terugkijken_op=op, laatste=dagen(500), trekker="", afgesproken_gereed=None)
    assert redenen(punt) == verwacht


@pytest.mark.parametrize("staat", [s for s in Staat if s not in OPEN and s is not Staat.GEBORGD])
def test_what_is_closed_or_only_proposed_asks_for_nothing(staat):
    punt = build(staat=staat, laatste=None, trekker="", afgesproken_gereed=None, terugkijken_op=PEILDATUM)
    assert redenen(punt) == set()


def test_a_point_stands_in_the_list_once_with_all_its_reasons_in_their_order():
    punt = build(staat=Staat.WACHT_OP, laatste=None, trekker="", afgesproken_gereed=dagen(3))
    regels = collect([punt], PEILDATUM)
    assert [r.redenen for r in regels] == [(Reden.WACHT, Reden.TE_LAAT, Reden.ONBEKEND, Reden.GEEN_TREKKER)]
    assert count_redenen(regels) == dict.fromkeys(regels[0].redenen, 1)


def test_never_heard_of_comes_first_then_the_longest_silent_and_equals_by_id():
    punten = [
        build("P3", laatste=dagen(5), trekker=""),
        build("P2", laatste=dagen(200)),
        build("P5", laatste=None),
        build("P1", laatste=dagen(5), trekker=""),
        build("P4", laatste=None),
        build("P6", laatste=PEILDATUM, trekker=""),
    ]
    regels = collect(punten, PEILDATUM)
    assert [r.punt.id for r in regels] == ["P4", "P5", "P2", "P1", "P3", "P6"]
    assert [r.stil_dagen for r in regels] == [None, None, 200, 5, 5, 0]


DATUMS = st.none() | st.dates(PEILDATUM - timedelta(days=120), PEILDATUM + timedelta(days=40))


@st.composite
def punten(draw) -> Punt:
    return build(
        draw(st.uuids().map(str)),
        laatste=draw(st.none() | st.dates(PEILDATUM - timedelta(days=120), PEILDATUM)),
        staat=draw(st.sampled_from(Staat)),
        trekker=draw(st.sampled_from(["", "wijkteam"])),
        afgesproken_gereed=draw(DATUMS),
        terugkijken_op=draw(DATUMS),
    )


LIJSTEN = st.lists(punten(), max_size=20, unique_by=lambda p: p.punt.id)


@given(LIJSTEN, st.randoms())
def test_the_order_in_which_points_come_does_not_matter(lijst, toeval):
    eerst = collect(lijst, PEILDATUM)
    toeval.shuffle(lijst)
    assert collect(lijst, PEILDATUM) == eerst


@given(LIJSTEN)
def test_every_line_is_a_point_with_reasons_and_closed_points_are_there_to_look_back_on_only(lijst):
    regels = collect(lijst, PEILDATUM)
    ids = [r.punt.id for r in regels]
    assert len(set(ids)) == len(ids)
    for regel in regels:
        assert regel.redenen
        assert len(set(regel.redenen)) == len(regel.redenen)
        assert (regel.redenen[0] in (Reden.TERUGKIJKEN, Reden.GEEN_TERUGKIJKDAG)) is not is_open(regel.punt.staat)


@given(LIJSTEN, st.integers(1, 120))
def test_the_list_agrees_with_what_the_figures_count(lijst, stilte_dagen):
    """What is late, unknown or without a date here is so in voortgang, and the other way round."""
    geteld = count_redenen(collect(lijst, PEILDATUM, stilte_dagen))
    standen = [p.stand for p in lijst]
    assert geteld[Reden.TE_LAAT] == sum(is_te_laat(s, PEILDATUM) for s in standen)
    assert geteld[Reden.GEEN_DATUM] == sum(is_zonder_datum(s) for s in standen)
    assert geteld[Reden.WACHT] == sum(s.staat is Staat.WACHT_OP for s in standen)
    categorieen = [determine_categorie(s, PEILDATUM, stilte_dagen) for s in standen]
    assert geteld[Reden.ONBEKEND] == categorieen.count(Categorie.ONBEKEND)
