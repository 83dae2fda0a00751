"""Dekking in words: hand-written sentences for every outcome."""

from decimal import Decimal

import pytest

from gebieden.domein.bedrag import ONBEKEND, PM, Bedrag
from gebieden.domein.dekking import Bron, Dekkingsom, Lijnstand, Lijnvelden, Som, Vorm, determine_dekking
from gebieden.domein.dekkingszin import (
    compose_dekkingszin,
    compose_somzin,
    describe_lijn,
    format_hoeveelheid,
    format_som,
)


def euro(tekst: str) -> Bedrag:
    return Bedrag(Decimal(tekst))


def geld(stand: Lijnstand, bedrag: Bedrag) -> Lijnvelden:
    return Lijnvelden(Bron.FONDS, Vorm.GELD, stand, bedrag)


TOEGEZEGD, ONTVANGEN, GEVRAAGD = Lijnstand.TOEGEZEGD, Lijnstand.ONTVANGEN, Lijnstand.GEVRAAGD
UREN = Lijnvelden(Bron.INWONERS, Vorm.UREN, TOEGEZEGD, hoeveelheid=Decimal("1040.5"), eenheid="uur", partner="Buurt")


@pytest.mark.parametrize(
    ("benodigd", "lijnen", "zin"),
    [
        (ONBEKEND, [], "Wat er nodig is, is nog niet bekend: nog geen geld toegezegd of ontvangen."),
        (
            euro("20000"),
            [geld(TOEGEZEGD, euro("5000")), geld(ONTVANGEN, euro("2000"))],
            "Nodig € 20.000: € 5.000 toegezegd, € 2.000 ontvangen, gat € 13.000.",
        ),
        (
            euro("100.50"),
            [geld(GEVRAAGD, euro("50")), UREN],
            "Nodig € 100,50: nog geen geld toegezegd of ontvangen, gat € 100,50. Nog gevraagd: € 50. "
            "Daarnaast, niet in geld: 1.040,5 uur (uren) toegezegd.",
        ),
        (euro("10"), [geld(ONTVANGEN, euro("10"))], "Nodig € 10: € 10 ontvangen. Gedekt; gat geen."),
        (
            euro("10"),
            [geld(ONTVANGEN, euro("15"))],
            "Nodig € 10: € 15 ontvangen. Gedekt; gat geen, € 5 meer dan nodig.",
        ),
        (
            euro("10"),
            [geld(ONTVANGEN, PM), geld(ONTVANGEN, euro("3"))],
            "Nodig € 10: € 3 + PM ontvangen. Het gat is nog niet te berekenen: er staat PM, en dat is geen nul.",
        ),
    ],
)
def test_the_sentence_of_a_point(benodigd, lijnen, zin):
    assert compose_dekkingszin(determine_dekking(benodigd, lijnen)) == zin


@pytest.mark.parametrize(
    ("som", "tekst"),
    [(Som(), "€ 0"), (Som(aantal_pm=1), "PM"), (Som(aantal_pm=2), "2× PM"), (Som(Decimal("1.5"), 3), "€ 1,50 + 3× PM")],
)
def test_pm_stands_beside_a_sum_and_is_never_zero(som, tekst):
    assert format_som(som) == tekst


def test_a_contribution_in_a_few_words():
    assert describe_lijn(UREN) == "inwoners (Buurt): 1.040,5 uur (uren) toegezegd"
    begroting = Lijnvelden(Bron.BEGROTING, Vorm.GELD, GEVRAAGD, PM, jaar=2027)
    assert describe_lijn(begroting) == "Kadernota of begroting 2027: PM gevraagd"


@pytest.mark.parametrize(("getal", "tekst"), [("40", "40"), ("40.00", "40"), ("2.50", "2,5"), ("0.05", "0,05")])
def test_a_quantity_has_a_comma_and_no_empty_decimals(getal, tekst):
    assert format_hoeveelheid(Decimal(getal)) == tekst


def test_the_sentence_of_several_points_names_what_is_in_no_sum():
    som = Dekkingsom(punten=5, onbekend=2, pm=1, gat=Decimal("10.50"), over=Decimal(3))
    assert compose_somzin(som) == (
        "Van 5 punten is van 2 te zeggen wat ontbreekt: samen een gat van € 10,50 (en € 3 over bij andere punten). "
        "Bij 2 is niet bekend wat nodig is, bij 1 staat PM."
    )
