"""Dekking: who pays which part. PM and unknown are never nothing, and what is not money is no money."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.bedrag import ONBEKEND, PM, Bedrag
from gebieden.domein.dekking import (
    TELT,
    Bijdrage,
    Bron,
    Dekkingslijn,
    Lijnstand,
    Lijnvelden,
    Puntdekking,
    Som,
    Uitkomst,
    Vorm,
    determine_dekking,
    sum_dekking,
    sum_per,
    sum_per_bron,
)
from gebieden.domein.fouten import InvoerError
from gebieden.domein.lijnvelden import check_lijnvelden, get_velden, parse_hoeveelheid
from gebieden.domein.thema import Thema

GEVRAAGD, TOEGEZEGD, ONTVANGEN = TELT
INGETROKKEN = Lijnstand.INGETROKKEN


def euro(tekst: str) -> Bedrag:
    return Bedrag(Decimal(tekst))


def geld(stand: Lijnstand, bedrag: str | Bedrag = PM, bron: Bron = Bron.GEMEENTE) -> Dekkingslijn:
    return Dekkingslijn(bron, Vorm.GELD, stand, euro(bedrag) if isinstance(bedrag, str) else bedrag)


def uren(stand: Lijnstand, aantal: str, eenheid: str = "uur") -> Dekkingslijn:
    return Dekkingslijn(Bron.INWONERS, Vorm.UREN, stand, hoeveelheid=Decimal(aantal), eenheid=eenheid)


CENTEN = st.integers(0, 10_000_000).map(lambda cent: Decimal(cent) / 100)
BEDRAGEN = st.one_of(st.just(PM), CENTEN.map(Bedrag))
GELDLIJNEN = st.builds(geld, st.sampled_from(Lijnstand), BEDRAGEN, st.sampled_from(Bron))
ANDERE = st.builds(
    Dekkingslijn,
    st.sampled_from(Bron),
    st.sampled_from([v for v in Vorm if v is not Vorm.GELD]),
    st.sampled_from(Lijnstand),
    hoeveelheid=CENTEN,
    eenheid=st.sampled_from(["uur", "m²"]),
)
LIJNEN = st.lists(GELDLIJNEN | ANDERE, max_size=8)
BENODIGD = st.one_of(st.just(ONBEKEND), BEDRAGEN)


@st.composite
def punten(draw):
    gemaakt = []
    for nummer in range(draw(st.integers(0, 6))):
        lijnen = tuple(draw(LIJNEN))
        themas = tuple(draw(st.lists(st.sampled_from(Thema), min_size=1, max_size=1)))
        dekking = determine_dekking(draw(BENODIGD), lijnen)
        gemaakt.append(Puntdekking(f"P{nummer}", draw(st.sampled_from("AB")), themas, lijnen, dekking))
    return gemaakt


def test_the_example_of_the_sentence_with_cents():
    lijnen = [
        geld(TOEGEZEGD, "4999.95"),
        geld(TOEGEZEGD, "0.05", Bron.FONDS),
        geld(ONTVANGEN, "2000.10"),
        geld(GEVRAAGD, "750"),
        geld(INGETROKKEN, "9000"),
    ]
    dekking = determine_dekking(euro("20000"), lijnen)
    assert dekking.gevraagd == Som(Decimal(750))
    assert dekking.toegezegd == Som(Decimal(5000))
    assert dekking.ontvangen == Som(Decimal("2000.10"))
    assert (dekking.gat, dekking.uitkomst) == (Decimal("12999.90"), Uitkomst.DEELS)


@pytest.mark.parametrize(
    ("benodigd", "lijnen", "gat", "uitkomst"),
    [
        (ONBEKEND, [], None, Uitkomst.ONBEKEND),
        (ONBEKEND, [geld(ONTVANGEN)], None, Uitkomst.ONBEKEND),
        (ONBEKEND, [geld(ONTVANGEN, "100")], None, Uitkomst.ONBEKEND),
        (PM, [geld(ONTVANGEN, "100")], None, Uitkomst.PM),
        (euro("100"), [geld(GEVRAAGD)], None, Uitkomst.PM),
        (euro("100"), [geld(ONTVANGEN, "100"), geld(TOEGEZEGD)], None, Uitkomst.PM),
        (euro("100"), [geld(INGETROKKEN)], "100", Uitkomst.NIET),
        (euro("100"), [], "100", Uitkomst.NIET),
        (euro("100"), [geld(GEVRAAGD, "100")], "100", Uitkomst.NIET),
        (euro("100"), [uren(ONTVANGEN, "40")], "100", Uitkomst.NIET),
        (euro("100"), [geld(TOEGEZEGD, "99.99")], "0.01", Uitkomst.DEELS),
        (euro("100"), [geld(TOEGEZEGD, "60"), geld(ONTVANGEN, "40")], "0", Uitkomst.GEDEKT),
        (euro("100"), [geld(ONTVANGEN, "150")], "-50", Uitkomst.GEDEKT),
        (euro("0"), [], "0", Uitkomst.GEDEKT),
    ],
)
def test_the_outcome_is_as_the_domain_says(benodigd, lijnen, gat, uitkomst):
    dekking = determine_dekking(benodigd, lijnen)
    assert (dekking.gat, dekking.uitkomst) == (None if gat is None else Decimal(gat), uitkomst)


def test_what_is_not_money_is_added_up_per_unit_only():
    lijnen = [uren(TOEGEZEGD, "8"), uren(TOEGEZEGD, "2.5"), uren(TOEGEZEGD, "1", "dagdeel"), uren(INGETROKKEN, "99")]
    dekking = determine_dekking(euro("10"), lijnen)
    assert dekking.bijdragen == (
        Bijdrage(Vorm.UREN, "dagdeel", TOEGEZEGD, Decimal(1)),
        Bijdrage(Vorm.UREN, "uur", TOEGEZEGD, Decimal("10.5")),
    )
    assert dekking.gat == 10


@given(BENODIGD, LIJNEN, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_makes_no_difference(benodigd, lijnen, toeval):
    anders = list(lijnen)
    toeval.shuffle(anders)
    assert determine_dekking(benodigd, anders) == determine_dekking(benodigd, lijnen)


@given(BENODIGD, LIJNEN)
def test_a_line_counts_in_its_one_stand_and_withdrawn_in_none(benodigd, lijnen):
    dekking = determine_dekking(benodigd, lijnen)
    geldlijnen = [lijn for lijn in lijnen if lijn.vorm is Vorm.GELD and lijn.stand is not INGETROKKEN]
    samen = dekking.gevraagd + dekking.toegezegd + dekking.ontvangen
    assert samen.euro == sum(lijn.bedrag.euro or 0 for lijn in geldlijnen)
    assert samen.aantal_pm == sum(lijn.bedrag.is_pm for lijn in geldlijnen)
    over = [lijn for lijn in lijnen if lijn.stand is not INGETROKKEN]
    assert determine_dekking(benodigd, over) == dekking


@given(BENODIGD, LIJNEN)
def test_where_anything_is_pm_or_unknown_there_is_no_gap_and_elsewhere_always(benodigd, lijnen):
    dekking = determine_dekking(benodigd, lijnen)
    assert (dekking.gat is None) is (dekking.uitkomst in (Uitkomst.PM, Uitkomst.ONBEKEND))
    if dekking.gat is not None:
        assert dekking.gat + dekking.toegezegd.euro + dekking.ontvangen.euro == benodigd.euro


@given(punten())
def test_the_parts_add_up_to_the_whole(alle):
    heel = sum_dekking(alle)
    for per in (sum_per(alle, lambda p: [p.gebied]), sum_per(alle, lambda p: p.themas)):
        for veld in ("punten", "onbekend", "pm", "benodigd", "gat", "over"):
            assert sum(getattr(deel, veld) for deel in per.values()) == getattr(heel, veld)
        for stand in ("gevraagd", "toegezegd", "ontvangen"):
            assert sum((getattr(deel, stand) for deel in per.values()), Som()) == getattr(heel, stand)
    per_bron = sum_per_bron(lijn for punt in alle for lijn in punt.lijnen)
    for stand in TELT:
        assert sum((sommen[stand] for sommen in per_bron.values()), Som()) == getattr(heel, stand.value)


def test_what_one_point_has_too_much_does_not_fill_what_another_lacks():
    def punt(id_, benodigd, *lijnen):
        return Puntdekking(id_, "A", ("heel", "schoon"), lijnen, determine_dekking(benodigd, lijnen))

    alle = [
        punt("P1", euro("100.10"), geld(ONTVANGEN, "50")),
        punt("P2", euro("10"), geld(TOEGEZEGD, "30")),
        punt("P3", PM, geld(GEVRAAGD, "5")),
        punt("P4", ONBEKEND, geld(GEVRAAGD)),
    ]
    som = sum_dekking(alle)
    assert (som.punten, som.onbekend, som.pm) == (4, 1, 1)
    assert (som.benodigd, som.gat, som.over) == (Decimal("110.10"), Decimal("50.10"), Decimal(20))
    assert (som.gevraagd, som.toegezegd) == (Som(Decimal(5), 1), Som(Decimal(30)))
    # A point counts once in the whole and under each of its themes.
    assert sum_per(alle, lambda p: p.themas) == {"heel": som, "schoon": som}


def test_a_line_is_stored_without_what_does_not_belong_to_its_form():
    wens = Lijnvelden(Bron.FONDS, Vorm.GELD, GEVRAAGD, euro("5"), Decimal(3), " uur ", 2026, " Fonds ", "\u200bx ")
    assert check_lijnvelden(wens) == Lijnvelden(
        Bron.FONDS, Vorm.GELD, GEVRAAGD, euro("5"), partner="Fonds", toelichting="x"
    )
    werk = check_lijnvelden(replace(wens, vorm=Vorm.UREN, bron=Bron.BEGROTING))
    assert (werk.bedrag, werk.hoeveelheid, werk.eenheid, werk.jaar) == (ONBEKEND, 3, "uur", 2026)
    assert check_lijnvelden(werk) == werk


@pytest.mark.parametrize(
    ("velden", "woorden"),
    [
        ({}, ["bedrag is leeg"]),
        ({"bedrag": euro("0")}, ["bedrag is leeg of nul"]),
        ({"vorm": Vorm.UREN}, ["hoeveelheid is leeg", "eenheid is leeg"]),
        ({"vorm": Vorm.UREN, "hoeveelheid": Decimal("0.001"), "eenheid": "x" * 21}, ["kan niet", "21 tekens"]),
        ({"bedrag": PM, "bron": Bron.BEGROTING}, ["hoort een jaar"]),
        ({"bedrag": PM, "bron": Bron.BEGROTING, "jaar": 20}, ["2000 tot en met 2099"]),
        ({"bedrag": PM, "partner": "a\nb", "toelichting": "x" * 1001}, ["meer dan één regel", "1.001 tekens"]),
    ],
)
def test_every_fault_of_a_line_is_told_at_once(velden, woorden):
    wens = Lijnvelden(**get_velden(geld(GEVRAAGD)) | {"bedrag": ONBEKEND} | velden)
    with pytest.raises(InvoerError) as gevangen:
        check_lijnvelden(wens)
    assert all(woord in str(gevangen.value) for woord in [*woorden, "niets opgeslagen"])


@pytest.mark.parametrize(("tekst", "verwacht"), [("40", "40"), ("2,5", "2.5"), (" ", None)])
def test_a_quantity_is_read_with_a_comma(tekst, verwacht):
    assert parse_hoeveelheid(tekst) == (None if verwacht is None else Decimal(verwacht))


@pytest.mark.parametrize("tekst", ["2.5", "-1", "veel", "1,234", "1e3"])
def test_a_quantity_that_is_not_certain_is_refused(tekst):
    with pytest.raises(InvoerError, match="geen hoeveelheid"):
        parse_hoeveelheid(tekst)
