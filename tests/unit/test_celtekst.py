"""Text in cells: what is taken out, and what a spreadsheet must not take for a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.celtekst import clean_tekst, defuse_formule, restore_formule

GEVAARLIJK = st.from_regex(r"\A'{0,2}[ \t\u00a0\u200b]{0,2}[=+\-@\uff1d].{0,5}\Z")


@pytest.mark.parametrize(
    "tekst",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "  =1+1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b-2",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM",
        "﹦1",
        "'=1",
    ],
)
def test_formula_gets_one_apostrophe_and_comes_back_without(tekst: str) -> None:
    assert defuse_formule(tekst) == f"'{tekst}"
    assert restore_formule(f"'{tekst}") == tekst


@pytest.mark.parametrize(
    "tekst", ["", "speeltuin", "'s-Hertogenbosch", "'t Hoekje", "a=b", "€ 1.234.567,89", "🙂", "1-2"]
)
def test_other_text_stays_as_it_is(tekst: str) -> None:
    assert defuse_formule(tekst) == tekst
    assert restore_formule(tekst) == tekst


@given(st.text() | GEVAARLIJK)
def test_restore_is_the_inverse_of_defuse(tekst: str) -> None:
    assert restore_formule(defuse_formule(tekst)) == tekst


@given(st.text() | GEVAARLIJK, st.text() | GEVAARLIJK)
def test_different_texts_stay_different(een: str, ander: str) -> None:
    assert (defuse_formule(een) == defuse_formule(ander)) == (een == ander)


def test_control_characters_and_lone_surrogates_are_taken_out() -> None:
    assert clean_tekst("a\x00b\x0bc\x1fd\ud800e\uffff") == "abcde"
    assert clean_tekst("tab\tregel\r\n🙂 €") == "tab\tregel\n🙂 €"
