"""The figures of the demo, counted by hand, and that no area is made to look better or worse."""

from collections import Counter, defaultdict

import pytest
from demoset import BOOM, INITIATIEVEN, PEILDATUM, PUNTEN, STADSWIJKEN, determine_voortgang_van, to_puntstand

from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import determine_voortgang


def test_every_point_of_a_wijk_or_dorp_counts_in_exactly_one_gebied():
    gebieden = [gebied.code for gebied in BOOM.filter_niveau("gebied")]
    assert all(sum(BOOM.bevat(code, rij["gebied"]) for code in gebieden) == 1 for rij in PUNTEN)


def test_a_silent_point_is_unknown_and_one_exactly_on_the_threshold_is_not():
    op_de_grens = [rij for rij in PUNTEN if rij["bijgewerkt_op"] == "2026-08-18"]
    assert [determine_voortgang([to_puntstand(rij)], PEILDATUM).onbekend for rij in op_de_grens] == [0]
    assert determine_voortgang_van("GM0361").onbekend == 13


def test_a_date_on_the_peildatum_is_not_late():
    op_de_dag = [rij for rij in PUNTEN if rij["afgesproken_gereed"] == PEILDATUM.isoformat()]
    assert [determine_voortgang([to_puntstand(rij)], PEILDATUM).te_laat for rij in op_de_dag] == [0]


def test_the_gemeente_counts_what_was_counted_by_hand():
    voortgang = determine_voortgang_van("GM0361")
    # By hand: 9 city wijken × 5 + 5 gebieden × 3 + 20 in the villages; 9 × 2 + 5 × 1 + 8 of them done.
    assert (voortgang.punten, voortgang.afgerond, voortgang.geborgd) == (80, 31, 14)
    assert (voortgang.voorstellen, voortgang.nieuw_sinds_versie) == (7, 6)
    assert (voortgang.overgedragen, voortgang.vervallen) == (4, 4)
    assert (voortgang.te_laat, voortgang.geen_datum) == (13, 12)


@pytest.mark.parametrize("wijk", STADSWIJKEN)
def test_every_city_wijk_stands_alike(wijk):
    voortgang = determine_voortgang_van(wijk)
    assert (voortgang.punten, voortgang.afgerond, voortgang.geborgd) == (5, 2, 1)
    assert (voortgang.onbekend, voortgang.te_laat, voortgang.geen_datum) == (1, 1, 1)
    assert voortgang.voorstellen + voortgang.nieuw_sinds_versie == 1


@pytest.mark.parametrize("wijk", ["WK036109", "WK036110"])
def test_both_wijken_of_villages_stand_alike(wijk):
    voortgang = determine_voortgang_van(wijk)
    assert (voortgang.punten, voortgang.afgerond, voortgang.onbekend, voortgang.te_laat) == (10, 4, 2, 2)
    assert voortgang.voorstellen + voortgang.nieuw_sinds_versie == 2


def test_no_gebied_looks_better_or_worse():
    for gebied in BOOM.filter_niveau("gebied"):
        voortgang = determine_voortgang_van(gebied.code)
        assert 0.35 <= voortgang.afgerond / voortgang.punten <= 0.45, gebied
        assert 0.10 <= voortgang.onbekend / voortgang.punten <= 0.20, gebied


def test_themes_are_known_one_to_three_per_point_and_balanced_per_wijk():
    per_wijk: dict[str, Counter[str]] = defaultdict(Counter)
    for rij in [*PUNTEN, *INITIATIEVEN]:
        themas = rij["themas"].split(",")
        assert set(themas) <= set(Thema) and 1 <= len(themas) == len(set(themas)) <= 3
    for rij in PUNTEN:
        for wijk in (gebied.code for gebied in BOOM.filter_niveau("wijk") if BOOM.bevat(gebied.code, rij["gebied"])):
            per_wijk[wijk].update(rij["themas"].split(","))
    for wijk, telling in per_wijk.items():
        assert set(telling) == set(Thema), wijk
        assert max(telling.values()) <= 0.4 * telling.total(), (wijk, telling)
