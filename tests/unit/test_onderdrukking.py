"""Suppression: nothing hidden can be computed, audited with linear programming."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from gebieden.analyse.onderdrukking import Afscherming, determine_afscherming
from gebieden.analyse.tabelaudit import Publicatieset, audit_bereik, build_gemeentesommen


def _verborgen(afscherming: Afscherming) -> np.ndarray:
    return np.concatenate([afscherming.gemeente[None], afscherming.wijken, afscherming.buurten]).ravel()


def _tel(tellingen: np.ndarray, wijk_van: np.ndarray) -> tuple[csr_array, np.ndarray]:
    sommen = build_gemeentesommen(wijk_van, tellingen.shape[1])
    return sommen, sommen @ tellingen.ravel()


def _breedtes(
    tellingen: np.ndarray, wijk_van: np.ndarray, dicht: np.ndarray, bodem: np.ndarray | None = None
) -> np.ndarray:
    """Return per hidden number how wide a range the visible ones (and a floor under some) leave it."""
    sommen, waarden = _tel(tellingen, wijk_van)
    bekend = {} if bodem is None else {"bekend": sommen, "minstens": bodem.ravel()}
    grenzen = audit_bereik(Publicatieset(sommen[~dicht], waarden[~dicht], **bekend), sommen[dicht])
    assert ((grenzen[:, 0] <= waarden[dicht]) & (waarden[dicht] <= grenzen[:, 1])).all()
    return grenzen[:, 1] - grenzen[:, 0]


@st.composite
def gemeenten(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    groottes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    categorieen = draw(st.integers(1, 4))
    aantal = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60))
    rij = st.lists(aantal, min_size=categorieen, max_size=categorieen)
    tellingen = draw(st.lists(rij, min_size=sum(groottes), max_size=sum(groottes)))
    return np.array(tellingen), np.repeat(np.arange(len(groottes)), groottes)


@settings(max_examples=30, deadline=None)
@given(gemeenten(), st.integers(1, 10), st.integers(1, 10), st.integers(0, 2**20))
def test_every_hidden_number_keeps_a_range_as_wide_as_its_threshold_whatever_is_known(
    gemeente: tuple[np.ndarray, np.ndarray], drempel: int, gevoelig: int, zaad: int
) -> None:
    tellingen, wijk_van = gemeente
    drempels = np.array([gevoelig] + [drempel] * (tellingen.shape[1] - 1))
    waarden = _tel(tellingen, wijk_van)[1].reshape(-1, tellingen.shape[1] + 1)
    # What a warning tells: that the count of a category is at least the threshold.
    bekend = (np.random.default_rng(zaad).random(waarden.shape) < 0.3) & (waarden >= drempel)
    bodem = np.where(bekend, drempel, 0)
    dicht = _verborgen(determine_afscherming(tellingen, wijk_van, drempels, bodem))
    nodig = np.broadcast_to(np.append(drempels, drempels.min()), waarden.shape).ravel()
    assert (_breedtes(tellingen, wijk_van, dicht, bodem) >= nodig[dicht]).all()
    assert dicht[waarden.ravel() < nodig].all()


def test_a_published_warning_makes_more_be_hidden() -> None:
    # 4 and 6 can each take over at most the other's signals: 0 to 10. Known to be at least 5, the 6 leaves 0 to 5.
    tellingen, wijk_van = np.array([[4, 6, 50], [4, 6, 50]]), np.array([0, 0])
    zonder = determine_afscherming(tellingen, wijk_van, 5)
    bodem = np.zeros((4, 4), dtype=int)
    bodem[2:, 1] = 6
    met = determine_afscherming(tellingen, wijk_van, 5, bodem)
    assert zonder.buurten.sum() == 4
    assert met.buurten.sum() > 4
    assert (_breedtes(tellingen, wijk_van, _verborgen(zonder), bodem) < 5).any()
    assert (_breedtes(tellingen, wijk_van, _verborgen(met), bodem) >= 5).all()


@settings(max_examples=30, deadline=None)
@given(gemeenten())
def test_two_are_hidden_in_row_and_column_of_every_displayed_table(gemeente: tuple[np.ndarray, np.ndarray]) -> None:
    tellingen, wijk_van = gemeente
    afscherming = determine_afscherming(tellingen, wijk_van)
    tabellen = [afscherming.gemeente[None], afscherming.wijken]
    tabellen += [afscherming.buurten[wijk_van == w] for w in range(wijk_van.max() + 1)]
    for tabel in tabellen:
        binnen = tabel[:, :-1]
        for lijnen in (binnen, binnen.T):
            if lijnen.shape[1] > 1:
                assert 1 not in lijnen.sum(axis=1)


def test_a_wijk_with_one_buurt_hides_the_same_as_its_buurt() -> None:
    tellingen = [[3, 20, 30], [9, 9, 9], [8, 30, 12], [40, 7, 7]]
    afscherming = determine_afscherming(tellingen, [0, 1, 1, 2])
    assert (afscherming.wijken[0] == afscherming.buurten[0]).all()
    assert (afscherming.wijken[2] == afscherming.buurten[3]).all()
    assert afscherming.wijken[0, 0]


def test_nothing_is_hidden_when_every_number_is_large_enough() -> None:
    afscherming = determine_afscherming([[5, 5], [5, 6]], [0, 0])
    assert not _verborgen(afscherming).any()


def test_one_small_number_hides_the_cheapest_rectangle_in_its_own_wijk() -> None:
    # 4 is hidden; with 6 beside it and 7 below it the rectangle (4, 6, 7, 9) costs 22, any other more.
    tellingen = [[4, 6, 50], [7, 9, 60], [80, 90, 70]]
    afscherming = determine_afscherming(tellingen, [0, 0, 0])
    assert afscherming.buurten.tolist() == [
        [True, True, False, False],
        [True, True, False, False],
        [False, False, False, False],
    ]
    assert not afscherming.wijken.any()
    assert not afscherming.gemeente.any()


def test_zeros_that_add_up_to_a_visible_rest_get_a_larger_cell_hidden_with_them() -> None:
    # Hiding only the two zeros of the first row would give them away: the row's total minus 12 leaves 0.
    tellingen = np.array([[0, 0, 12], [9, 9, 9], [20, 20, 20]])
    afscherming = determine_afscherming(tellingen, [0, 0, 0])
    assert afscherming.buurten[0, :3].all()
    assert not afscherming.buurten[0, 3]


def test_a_gemeente_with_fewer_signals_than_the_threshold_is_hidden_whole() -> None:
    afscherming = determine_afscherming([[1, 0], [0, 2]], [0, 1])
    assert _verborgen(afscherming).all()


def test_a_single_number_below_the_threshold_is_hidden_at_every_level() -> None:
    assert _verborgen(determine_afscherming([[4]], [0])).all()
    assert not _verborgen(determine_afscherming([[5]], [0])).any()


def test_the_same_table_always_gives_the_same_pattern() -> None:
    tellingen = np.random.default_rng(4).poisson(3, (40, 6))
    wijk_van = np.arange(40) // 8
    eerste, tweede = determine_afscherming(tellingen, wijk_van), determine_afscherming(tellingen.copy(), wijk_van)
    assert (_verborgen(eerste) == _verborgen(tweede)).all()


@pytest.mark.parametrize(
    ("tellingen", "wijk_van", "drempel"),
    [([[1]], [0], 0), ([[-1]], [0], 5), ([[1], [1]], [1, 0], 5), ([[1], [1]], [0, 2], 5), ([[1]], [0, 0], 5)],
)
def test_input_that_makes_no_sense_is_refused(tellingen: list, wijk_van: list, drempel: int) -> None:
    with pytest.raises(ValueError, match=r"Verwacht|drempel"):
        determine_afscherming(tellingen, wijk_van, drempel)
