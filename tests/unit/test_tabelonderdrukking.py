"""A plain table with its margins: the reference cases, and the smallest sum found by trying everything."""

import json
from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from gebieden.analyse.tabelaudit import Publicatieset, audit_bereik
from gebieden.analyse.tabelonderdrukking import audit_tabel, determine_tabelafscherming

GEVALLEN = json.loads((Path(__file__).parent / "privacy_cases.json").read_text(encoding="utf-8"))
Plekken = list[tuple[int, int]]


def _bereken_lp(tabel: np.ndarray, plekken: Plekken, *, met_kolomtotalen: bool) -> np.ndarray:
    """Return the ranges by linear programming on everything that is visible."""
    cellen = np.eye(tabel.size).reshape(*tabel.shape, -1)
    dicht = np.zeros(tabel.shape, dtype=bool)
    dicht[tuple(np.array(plekken).T)] = True
    gezien = [cellen[~dicht], cellen.sum(axis=1), *([cellen.sum(axis=0)] if met_kolomtotalen else [])]
    sommen = np.concatenate(gezien)
    return audit_bereik(Publicatieset(csr_array(sommen), sommen @ tabel.ravel()), csr_array(cellen[dicht]))


@pytest.mark.parametrize("geval", GEVALLEN, ids=[g["id"] for g in GEVALLEN])
def test_what_can_be_worked_out_of_the_reference_cases(geval: dict) -> None:
    tabel, plekken = np.array(geval["table"]), [tuple(plek) for plek in geval["suppressed"]]
    bereiken = audit_tabel(tabel, plekken, met_kolomtotalen="col_totals" in geval)
    assert [[b.rij, b.kolom, b.laag, b.hoog] for b in bereiken] == geval["attack"]
    lp = _bereken_lp(tabel, plekken, met_kolomtotalen="col_totals" in geval)
    assert lp.tolist() == [[laag, hoog] for _, _, laag, hoog in geval["attack"]]
    assert all(b.breedte >= geval["threshold"] for b in bereiken) is geval["safe"]


def test_what_is_known_besides_narrows_the_range() -> None:
    # 3 and 4 add up to 7; who knows that both are at most 4 (so the 12 and both together at least) has 3 to 4.
    (geval,) = [g for g in GEVALLEN if "with_prior_lt5" in g]
    sommen = csr_array([[1.0, 0, 0], [1, 1, 1]])
    hoogstens = csr_array([[0.0, -1, 0], [0, 0, -1]])
    doelen = csr_array([[0.0, 1, 0], [0, 0, 1]])
    gezien = Publicatieset(sommen, np.array([12.0, 19]), hoogstens, np.array([-4.0, -4]))
    assert audit_bereik(gezien, doelen).tolist() == geval["with_prior_lt5"]["intervals"]


def test_numbers_that_contradict_each_other_are_not_audited() -> None:
    with pytest.raises(ValueError, match="spreken elkaar tegen"):
        audit_bereik(Publicatieset(csr_array([[1.0], [1.0]]), np.array([1.0, 2.0])), csr_array([[1.0]]))


@st.composite
def tabellen(draw: st.DrawFn) -> np.ndarray:
    rijen, kolommen = draw(st.sampled_from([(1, 4), (2, 3), (3, 3), (4, 2)]))
    rij = st.lists(st.integers(0, 12), min_size=kolommen, max_size=kolommen)
    return np.array(draw(st.lists(rij, min_size=rijen, max_size=rijen)))


@settings(max_examples=25, deadline=None)
@given(tabellen(), st.booleans(), st.sampled_from([3, 5, 10]))
def test_no_pattern_hides_less_and_leaves_every_range_as_wide(tabel: np.ndarray, kolomtotalen: bool, t: int) -> None:
    uitkomst = determine_tabelafscherming(tabel, t, met_kolomtotalen=kolomtotalen)
    gekozen = [(b.rij, b.kolom) for b in uitkomst.bereiken]
    alle = [tuple(map(int, plek)) for plek in np.argwhere(tabel >= 0)]
    eerst = [plek for plek in alle if 0 < tabel[plek] < t]
    assert set(eerst) <= set(gekozen)
    if not gekozen:
        return
    breedst = dict(zip(alle, _meet(tabel, alle, kolomtotalen), strict=True))

    def is_goed(plekken: Plekken) -> bool:
        breedtes = _meet(tabel, plekken, kolomtotalen)
        return all(b >= min(t, breedst[plek]) for plek, b in zip(plekken, breedtes, strict=True))

    assert is_goed(gekozen)
    lp = _bereken_lp(tabel, gekozen, met_kolomtotalen=kolomtotalen)
    assert lp.tolist() == [[b.laag, b.hoog] for b in uitkomst.bereiken]
    rest = [plek for plek in alle if plek not in eerst]
    keuzes = chain.from_iterable(combinations(rest, n) for n in range(len(rest) + 1))
    goedkoper = [k for k in keuzes if sum(tabel[p] for p in k) < sum(tabel[p] for p in gekozen if p not in eerst)]
    assert uitkomst.is_kleinste
    assert not any(is_goed(sorted([*eerst, *keuze])) for keuze in goedkoper)


def _meet(tabel: np.ndarray, plekken: Plekken, kolomtotalen: bool) -> list[int]:
    return [b.breedte for b in audit_tabel(tabel, plekken, met_kolomtotalen=kolomtotalen)]


@settings(max_examples=25, deadline=None)
@given(tabellen(), st.booleans(), st.sampled_from([3, 5, 10]))
def test_a_table_too_big_to_search_is_as_safe(tabel: np.ndarray, kolomtotalen: bool, t: int) -> None:
    uitkomst = determine_tabelafscherming(tabel, t, met_kolomtotalen=kolomtotalen, max_exact=0)
    alle = [tuple(map(int, plek)) for plek in np.argwhere(tabel >= 0)]
    breedst = dict(zip(alle, _meet(tabel, alle, kolomtotalen), strict=True))
    assert all(b.breedte >= min(t, breedst[b.rij, b.kolom]) for b in uitkomst.bereiken)
    assert {p for p in alle if 0 < tabel[p] < t} <= {(b.rij, b.kolom) for b in uitkomst.bereiken}


def test_zeros_are_shown_and_a_range_that_cannot_be_wide_is_named() -> None:
    uitkomst = determine_tabelafscherming([[0, 9], [0, 3]], 5, met_kolomtotalen=True)
    # The first column adds up to 0, so the second row has 3 in its other cell, whatever is hidden.
    assert [(b.rij, b.kolom, b.laag, b.hoog) for b in uitkomst.bereiken] == [(1, 1, 3, 3)]
    assert uitkomst.smal == uitkomst.bereiken
