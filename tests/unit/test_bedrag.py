"""An amount is euros, PM or not known, and nothing is guessed of what somebody typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.bedrag import MAX_EURO, ONBEKEND, PM, Bedrag, format_euro, parse_bedrag
from gebieden.domein.fouten import InvoerError

EUROS = st.integers(0, int(MAX_EURO * 100)).map(lambda cent: Decimal(cent) / 100)


@pytest.mark.parametrize(
    ("tekst", "euro"),
    [
        ("12.500", "12500"),
        ("€ 12.500,50", "12500.50"),
        ("1234,5", "1234.5"),
        ("12.50", "12.50"),
        ("1,234.50", "1234.50"),
        ("€ 5.000,-", "5000"),
        ("0", "0"),
        ("9.999.999.999,99", "9999999999.99"),
    ],
)
def test_an_amount_is_read_as_the_dutch_write_it(tekst, euro):
    assert parse_bedrag(tekst) == Bedrag(Decimal(euro))


@pytest.mark.parametrize("tekst", ["PM", "pm", " p.m. ", "Pro memorie"])
def test_pm_is_pm(tekst):
    assert parse_bedrag(tekst) == PM


@pytest.mark.parametrize("tekst", ["", "  ", "\u200b"])
def test_nothing_is_not_known(tekst):
    assert parse_bedrag(tekst) == ONBEKEND


@pytest.mark.parametrize(
    "tekst", ["1,234.5", "12,500", "-5", "vijf", "10 k", "1.23.456", "1e5", "NaN", "10.000.000.000", "€", "5 en 6"]
)
def test_what_is_not_certain_is_refused_with_what_was_found(tekst):
    with pytest.raises(InvoerError, match="geen bedrag dat zeker te lezen is") as gevangen:
        parse_bedrag(tekst)
    assert tekst in str(gevangen.value)


@given(EUROS)
def test_what_is_written_is_read_back_the_same(euro):
    assert parse_bedrag(format_euro(euro)) == Bedrag(euro)


@pytest.mark.parametrize(
    ("euro", "tekst"), [("12500", "€ 12.500"), ("1234567.89", "€ 1.234.567,89"), ("0.05", "€ 0,05"), ("-5", "-€ 5")]
)
def test_an_amount_is_written_with_points_and_cents_where_there_are(euro, tekst):
    assert format_euro(Decimal(euro)) == tekst


@pytest.mark.parametrize(
    ("euro", "is_pm"),
    [("1", True), ("-1", False), ("0.001", False), ("NaN", False), ("Infinity", False), ("1E+12", False)],
)
def test_no_amount_is_two_things_or_less_than_nothing_or_part_of_a_cent(euro, is_pm):
    with pytest.raises(ValueError, match="bedrag"):
        Bedrag(Decimal(euro), is_pm)


def test_pm_unknown_and_nothing_are_three_things():
    assert len({PM, ONBEKEND, Bedrag(Decimal(0))}) == 3
    assert [str(b) for b in (PM, ONBEKEND, Bedrag(Decimal(0)))] == ["PM", "onbekend", "€ 0"]
