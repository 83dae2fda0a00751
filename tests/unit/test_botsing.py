"""Merging what two people changed: nothing is lost, and only a real clash is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.botsing import merge_velden
from gebieden.domein.fouten import BotsingError

WAARDE = st.integers(0, 2)
VELDEN = st.fixed_dictionaries(dict.fromkeys("abc", WAARDE))


def _merge(basis, nu, wens):
    try:
        return merge_velden(basis, nu, wens)
    except BotsingError as fout:
        return {v.veld for v in fout.velden}


@given(VELDEN, VELDEN, VELDEN)
def test_a_field_clashes_only_when_both_changed_it_to_something_else(basis, nu, wens):
    botsend = {v for v in basis if nu[v] != basis[v] and wens[v] != basis[v] and nu[v] != wens[v]}
    uitkomst = _merge(basis, nu, wens)
    if botsend:
        assert uitkomst == botsend
    else:
        assert uitkomst == {v: wens[v] if wens[v] != basis[v] else nu[v] for v in basis}


@given(VELDEN, VELDEN, VELDEN)
def test_it_does_not_matter_who_comes_first(basis, een, twee):
    assert _merge(basis, een, twee) == _merge(basis, twee, een)


@given(VELDEN, VELDEN)
def test_who_changes_nothing_takes_nothing_away_and_who_is_alone_gets_everything(basis, anders):
    assert merge_velden(basis, anders, basis) == anders
    assert merge_velden(basis, basis, anders) == anders


def test_a_clash_tells_all_three_values_and_everything_that_is_stored_now():
    with pytest.raises(BotsingError, match="intussen ook veranderd") as botsing:
        merge_velden({"a": 1, "b": 1}, {"a": 2, "b": 5, "c": 9}, {"a": 3, "b": 1})
    (veld,) = botsing.value.velden
    assert (veld.veld, veld.basis, veld.nu, veld.wens) == ("a", 1, 2, 3)
    assert botsing.value.nu == {"a": 2, "b": 5, "c": 9}
