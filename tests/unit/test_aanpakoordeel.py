"""The verdict on an aanpak: both parts apart, the rules of 3.2 and 3.4, the placebo, the proposals and the words."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from gebieden.analyse.aanpakoordeel import Aanpakinstellingen, determine_oordeel, judge_aanpak
from gebieden.analyse.aanpakperiode import Perioderegel
from gebieden.analyse.placebo import count_evenveel, draw_doel, is_aaneengesloten
from gebieden.analyse.vergelijking import determine_rand, propose_vergelijking
from gebieden.domein.aanpakuitkomst import (
    Aanpakontwerp,
    Afwijzing,
    Effect,
    Nepuitkomst,
    Verhouding,
    Verplaatsingsoordeel,
)
from gebieden.domein.aanpakzin import (
    EERDER_ONDERZOEK,
    VOORBEHOUD,
    compose_aanpakzinnen,
    describe_vergelijkgebied,
    format_effect,
)

ZIJDE, WEKEN, NA = 6, 182, 26
EERSTE = date(2022, 1, 3)
MAANDAGEN = [EERSTE + timedelta(weeks=n) for n in range(WEKEN)]
START = MAANDAGEN[WEKEN - NA]
PLEKKEN = [(r, k) for r in range(ZIJDE) for k in range(ZIJDE)]
CODES = [f"{r}{k}" for r, k in PLEKKEN]
BUREN = {
    f"{r}{k}": frozenset(f"{a}{b}" for a, b in PLEKKEN if (a, b) != (r, k) and max(abs(a - r), abs(b - k)) == 1)
    for r, k in PLEKKEN
}
DOEL = frozenset({"00"})
RAND = determine_rand(DOEL, BUREN)
ONTWERP = Aanpakontwerp(DOEL, RAND, frozenset({"33", "34", "43"}), frozenset({"35", "53", "55", "44"}), START, NA)
_O = Verplaatsingsoordeel


def _draw() -> np.ndarray:
    return np.random.default_rng(1).poisson(3.0, (len(CODES), WEKEN))


def _with_effect(lokaal: int, rond: int) -> np.ndarray:
    """Return counts with this many meldingen more in the target and around it, in each week after the start."""
    tellingen = _draw()
    tellingen[CODES.index("00"), -NA:] = np.maximum(tellingen[CODES.index("00"), -NA:] + lokaal, 0)
    for code in RAND:
        tellingen[CODES.index(code), -NA:] += rond
    return tellingen


def test_displacement_is_plausible_when_what_the_target_loses_appears_around_it():
    tellingen = _with_effect(-2, 2)
    voor = tellingen.copy()
    uitkomst = judge_aanpak(tellingen, CODES, MAANDAGEN, ONTWERP, BUREN)
    assert uitkomst.oordeel is _O.AANNEMELIJK
    assert uitkomst.cijfers.lokaal.schatting < 0 < uitkomst.cijfers.onder
    assert uitkomst.cijfers.nep_verplaatsing == Nepuitkomst(200, 0)
    assert (tellingen == voor).all()


def test_the_figures_are_those_of_the_definition():
    tellingen = _with_effect(-2, 2)
    cijfers = judge_aanpak(tellingen, CODES, MAANDAGEN, ONTWERP, BUREN).cijfers

    def som(codes: frozenset[str]) -> tuple[int, int]:
        rijen = tellingen[[CODES.index(code) for code in codes]].sum(axis=0)
        vorig = [MAANDAGEN.index(date.fromisocalendar(*_vorig_jaar(week), 1)) for week in MAANDAGEN[-NA:]]
        return int(rijen[vorig].sum()), int(rijen[-NA:].sum())

    (rb, ra), (cb, ca) = som(RAND), som(ONTWERP.randcontrole)
    assert (cijfers.aantallen.rand, cijfers.aantallen.randcontrole) == ((rb, ra), (cb, ca))
    # Three areas around it, four to compare with.
    assert cijfers.verplaatsing.schatting == pytest.approx((ra - rb) - (ca - cb) * 3 / 4)
    se = np.sqrt(cijfers.phi * (ra + rb + (ca + cb) * (3 / 4) ** 2))
    assert cijfers.mde == pytest.approx(2.485 * se)
    assert cijfers.onder == pytest.approx(cijfers.verplaatsing.schatting - 1.6448536 * se)
    assert cijfers.totaal.schatting == pytest.approx(cijfers.lokaal.schatting + cijfers.verplaatsing.schatting)


def _vorig_jaar(maandag: date) -> tuple[int, int]:
    jaar, week, _ = maandag.isocalendar()
    return jaar - 1, week


def test_the_order_of_the_areas_and_the_run_make_no_difference():
    tellingen = _with_effect(-2, 0)
    om = list(reversed(range(len(CODES))))
    eerst = judge_aanpak(tellingen, CODES, MAANDAGEN, ONTWERP, BUREN)
    assert judge_aanpak(tellingen[om], [CODES[n] for n in om], MAANDAGEN, ONTWERP, BUREN) == eerst


def test_each_verdict_follows_from_the_bounds_the_placebo_and_the_ratio():
    basis = judge_aanpak(_with_effect(-2, 2), CODES, MAANDAGEN, ONTWERP, BUREN).cijfers

    def oordeel(d: float, onder: float, boven: float, evenveel: int, res: float) -> Verplaatsingsoordeel:
        return determine_oordeel(
            replace(
                basis,
                verplaatsing=Effect(d, d - 20, d + 20),
                onder=onder,
                boven=boven,
                nep_verplaatsing=Nepuitkomst(199, evenveel),
                res_rand=Verhouding(res, res / 2, res * 2, 0),
            )
        )

    assert oordeel(30, 5, 55, 9, 0.8) is _O.AANNEMELIJK  # p = 10 / 200
    assert oordeel(30, 5, 55, 10, 0.8) is _O.AANWIJZING
    assert oordeel(30, -5, 65, 9, 0.8) is _O.AANWIJZING
    assert oordeel(30, -5, 65, 39, 0.8) is _O.AANWIJZING  # p = 40 / 200
    assert oordeel(30, 5, 55, 40, 0.8) is _O.NIET_AANTOONBAAR
    assert oordeel(-30, -55, -5, 190, 1.2) is _O.UITSTRALING
    assert oordeel(-3, -28, 22, 20, 1.1) is _O.NIET_AANTOONBAAR
    assert oordeel(30, 5, 55, 0, 1.1) is _O.HANGT_AF
    assert oordeel(-30, -55, -5, 190, 0.9) is _O.HANGT_AF


def test_too_little_is_said_with_its_reason():
    leeg = _draw()
    leeg[[CODES.index(code) for code in RAND]] = 0
    uitkomst = judge_aanpak(leeg, CODES, MAANDAGEN, ONTWERP, BUREN)
    assert uitkomst.oordeel is _O.TE_WEINIG
    assert uitkomst.redenen == ("minder dan 5 meldingen in de gebieden eromheen",)
    kort = judge_aanpak(_draw()[:, -90:], CODES, MAANDAGEN[-90:], ONTWERP, BUREN)
    assert kort.oordeel is _O.TE_WEINIG
    assert "nep-ingrepen" in kort.redenen[0]
    voorbij = judge_aanpak(_draw()[:, :-1], CODES, MAANDAGEN[:-1], ONTWERP, BUREN)
    assert (voorbij.oordeel, voorbij.cijfers) == (_O.TE_WEINIG, None)


@pytest.mark.parametrize(
    ("tellingen", "ontwerp"),
    [
        (_draw() * 1.5, ONTWERP),
        (-_draw(), ONTWERP),
        (_draw()[1:], ONTWERP),
        (_draw(), replace(ONTWERP, rand=frozenset())),
        (_draw(), replace(ONTWERP, rand=RAND | {"33"})),
        (_draw(), replace(ONTWERP, doel=frozenset({"99"}))),
    ],
)
def test_wrong_counts_and_wrong_groups_are_refused(tellingen, ontwerp):
    with pytest.raises(ValueError, match=r"Verwacht|tellingen"):
        judge_aanpak(tellingen, CODES, MAANDAGEN, ontwerp, BUREN)


def test_the_placebo_p_counts_what_is_as_large_or_larger():
    assert count_evenveel(2.0, [1.0, 2.0, 3.0, -5.0]).p == 3 / 5
    assert count_evenveel(2.0, []).p == 1


def test_real_and_pseudo_estimates_are_measured_on_one_scale():
    # Strong dispersion: without phi in both, the real one would always look small beside the pseudo ones.
    p = []
    for zaad in range(12):
        tellingen = np.random.default_rng(zaad).negative_binomial(0.3, 1 / 11, (len(CODES), WEKEN))
        instellingen = Aanpakinstellingen(nepingrepen=40)
        p.append(judge_aanpak(tellingen, CODES, MAANDAGEN, ONTWERP, BUREN, instellingen).cijfers.nep_verplaatsing.p)
    assert min(p) < 0.15
    assert max(p) > 0.85


def test_pseudo_targets_adjoin_as_the_real_one_does():
    buren = {0: {1}, 1: {0, 2}, 2: {1}, 3: set()}
    assert is_aaneengesloten((0, 1, 2), buren)
    assert not is_aaneengesloten((0, 2), buren)
    toeval = np.random.default_rng(1)
    getrokken = {draw_doel(frozenset(range(4)), buren, 2, True, toeval) for _ in range(40)}
    assert getrokken == {(0, 1), (1, 2), None}
    assert draw_doel(frozenset({1}), buren, 2, False, toeval) is None


def test_proposals_are_untreated_two_steps_away_alike_and_in_one_set_only():
    tellingen = _draw()
    tellingen[CODES.index("33")] *= 5
    tellingen[CODES.index("34"), : WEKEN - NA - 8 - 40] = 1
    tellingen[CODES.index("34"), WEKEN - NA - 8 - 40 :] = 5
    tellingen[CODES.index("35")] = 0
    voorstel = propose_vergelijking(
        tellingen, CODES, MAANDAGEN, DOEL, START, Perioderegel(NA), BUREN, behandeld=frozenset({"05"})
    )
    sets = [{gebied.code for gebied in s} for s in (voorstel.doelcontrole, voorstel.randcontrole)]
    assert set(voorstel.rand) == RAND
    assert not sets[0] & sets[1]
    assert abs(len(sets[0]) - len(sets[1])) <= 1
    redenen = {gebied.code: gebied.afwijzing for gebied in voorstel.afgewezen_doel}
    verwacht = {
        "00": Afwijzing.BEHANDELD,
        "05": Afwijzing.BEHANDELD,
        "11": Afwijzing.GRENST,
        "14": Afwijzing.GRENST,
        "33": Afwijzing.NIVEAU,
        "34": Afwijzing.TREND,
        "35": Afwijzing.ZONDER_MELDINGEN,
    }
    assert redenen | verwacht == redenen
    assert redenen.keys() | sets[0] == set(CODES)
    assert all(describe_vergelijkgebied(g).startswith("Past: ") for g in voorstel.doelcontrole)
    assert all(describe_vergelijkgebied(g).startswith("Niet: ") for g in voorstel.afgewezen_doel)


def test_the_sentences_say_both_parts_the_blind_spot_and_what_is_known():
    uitkomst = judge_aanpak(_with_effect(-2, 2), CODES, MAANDAGEN, ONTWERP, BUREN, Aanpakinstellingen(nepingrepen=50))
    zinnen = compose_aanpakzinnen("Overdie", uitkomst)
    assert zinnen[0].startswith("Na de aanpak in Overdie, in 26 weken: ")
    assert "eromheen" in zinnen[1]
    assert "verplaatsing is aannemelijk" in zinnen[1]
    assert "hadden we meestal niet kunnen zien" in zinnen[2]
    assert "gaven 0 van de 50 evenveel of meer" in zinnen[3]
    assert zinnen[-2:] == [EERDER_ONDERZOEK, VOORBEHOUD]
    assert format_effect(Effect(-40.2, -68.4, -11.9)) == "40 meldingen minder (95%: 12 tot 68 minder)"
    assert format_effect(Effect(6, -14, 26)) == "6 meldingen meer (95%: 14 minder tot 26 meer)"
    assert format_effect(Effect(0.2, -1, 1)) == "geen verschil (95%: 1 minder tot 1 meer)"
