"""What of a change may be written down for ever."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.logboek import GEWIJZIGD, WISBAAR, compose_logtekst, compose_veranderingen
from gebieden.domein.rechten import Kijker, Rol

PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.dates(), st.decimals(allow_nan=False)
)
VELD = st.sampled_from([*sorted(WISBAAR), "staat", "gebied", "openbaar", "datum"])
VELDEN = st.dictionaries(VELD, PLAIN)


@given(VELDEN, VELDEN)
def test_exactly_what_differs_is_noted(oud, nieuw):
    verwacht = {veld for veld in {*oud, *nieuw} if oud.get(veld) != nieuw.get(veld)}
    assert set(compose_veranderingen(oud, nieuw)) == verwacht


@given(VELDEN, VELDEN)
def test_of_what_may_be_erased_only_that_it_changed(oud, nieuw):
    for veld, wat in compose_veranderingen(oud, nieuw).items():
        assert (wat == GEWIJZIGD) is (veld in WISBAAR)


@given(VELDEN, VELDEN)
def test_what_is_noted_fits_in_json_and_comes_back_the_same(oud, nieuw):
    veranderingen = compose_veranderingen(oud, nieuw)
    assert json.loads(json.dumps(veranderingen)) == veranderingen


@pytest.mark.parametrize("geheim", ["mevrouw De Vries", ("Jan", "Piet"), 4.7532])
@pytest.mark.parametrize("veld", sorted(WISBAAR))
def test_no_erasable_value_is_anywhere_in_it(veld, geheim):
    for oud, nieuw in (({veld: geheim}, None), (None, {veld: geheim}), ({veld: geheim}, {veld: "anders"})):
        assert compose_veranderingen(oud, nieuw) == {veld: GEWIJZIGD}


def test_values_are_kept_plain_and_sets_in_order():
    nieuw = {"datum": date(2026, 5, 1), "bedrag": Decimal("1.50"), "gebieden": frozenset({"b", "a"}), "rol": Rol.RAAD}
    assert compose_veranderingen(None, nieuw) == {
        "datum": [None, "2026-05-01"],
        "bedrag": [None, "1.50"],
        "gebieden": [None, ["a", "b"]],
        "rol": [None, "raad"],
    }


@given(st.text(), st.text(), st.integers(1, 99))
def test_a_line_for_the_server_is_one_line_whatever_the_id(soort, id_, nummer):
    tekst = compose_logtekst(Gebruiker(Kijker(Rol.BEHEER), nummer, "Jannie"), "gewijzigd", soort, id_, "scherm")
    assert tekst.isprintable()
    assert tekst.startswith(f"gebruiker {nummer} (beheer) gewijzigd ")
    assert tekst.endswith(" via scherm")
    assert "Jannie" not in tekst.replace(id_, "").replace(soort, "")
