"""The measurement of a registered aanpak: what changed in it and around it, and what may be said about that."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy.typing as npt

from gebieden.analyse.aanpakcontrole import check_ontwerp, check_tellingen
from gebieden.analyse.aanpakperiode import (
    Perioden,
    Perioderegel,
    check_weken,
    pair_weken,
    select_perioden,
    select_voorgeschiedenis,
)
from gebieden.analyse.placebo import (
    NEPINGREPEN,
    Nepverdeling,
    Opstelling,
    compute_opstelling,
    count_aantallen,
    count_evenveel,
    list_nepmomenten,
    run_placebo,
)
from gebieden.analyse.verhouding import Res, compute_res, compute_wdq, is_wdq_toonbaar
from gebieden.analyse.verplaatsing import Deel, Tellingen, Wdd, compute_cellen, estimate_phi
from gebieden.domein.aanpakuitkomst import (
    Aanpakcijfers,
    Aanpakontwerp,
    Aanpakuitkomst,
    Aantallen,
    Effect,
    Neptoets,
    Richting,
    Verhouding,
    Verplaatsingsoordeel,
)

P_AANNEMELIJK, P_AANWIJZING = 0.05, 0.2


@dataclass(frozen=True, slots=True)
class Aanpakinstellingen:
    """How is measured. `aanleiding`: weeks before the start left out (8–26); `jaren`: previous years to compare with.

    Under `minimum` meldingen (before and after together) in one of the four groups, or fewer than `minimum_nep`
    pseudo interventions (p could never reach 0.05), there is no verdict.
    """

    jaren: int = 1
    aanleiding: int = 8
    nepingrepen: int = NEPINGREPEN
    zaad: int = 361
    minimum: int = 5
    minimum_nep: int = 19


STANDAARD = Aanpakinstellingen()


def judge_aanpak(
    tellingen: npt.ArrayLike,
    codes: Sequence[str],
    weken: Sequence[date],
    ontwerp: Aanpakontwerp,
    buren: Mapping[str, AbstractSet[str]],
    instellingen: Aanpakinstellingen = STANDAARD,
) -> Aanpakuitkomst:
    """Return the verdict on displacement with all figures (statistiek.md 3.2–3.4).

    `tellingen` is areas (`codes`) × weeks (`weken`: Mondays, consecutive) of one category, whole numbers of 0 or
    more; `buren` gives the queen neighbours per code. The comparison counts as if it had as many areas as what it
    is compared with, and the weeks before as if they were as many as those after. The order of areas is of no
    influence. Raise ValueError for sets that are empty, overlap or hold an area without counts, for counts that are
    no counts, and for weeks with a gap.
    """
    aantallen = check_tellingen(tellingen, codes, weken)
    check_weken(weken)
    check_ontwerp(ontwerp, codes)
    # The draws of the placebo go by row number, so the rows must not depend on the order given.
    volgorde = sorted(range(len(codes)), key=lambda plaats: codes[plaats])
    gesorteerd = [codes[plaats] for plaats in volgorde]
    regel = Perioderegel(ontwerp.duur, instellingen.jaren, instellingen.aanleiding)
    weggelaten = tuple(_format_week(week) for week in pair_weken(ontwerp.start, regel).weggelaten)
    perioden = select_perioden(weken, ontwerp.start, regel)
    if perioden is None:
        reden = "niet van alle weken na de start en van dezelfde weken eerder zijn er tellingen"
        return Aanpakuitkomst(Verplaatsingsoordeel.TE_WEINIG, None, (reden,), weggelaten)
    meting = _Meting(aantallen[volgorde], gesorteerd, weken, ontwerp, buren, instellingen, regel, perioden)
    return _judge(meting, weggelaten)


@dataclass(frozen=True, slots=True)
class _Meting:
    tellingen: Tellingen
    codes: Sequence[str]
    weken: Sequence[date]
    ontwerp: Aanpakontwerp
    buren: Mapping[str, AbstractSet[str]]
    instellingen: Aanpakinstellingen
    regel: Perioderegel
    perioden: Perioden

    def get_opstelling(self) -> Opstelling:
        ontwerp = self.ontwerp
        doel, doelcontrole, rand, randcontrole = (
            tuple(rij for rij, code in enumerate(self.codes) if code in groep)
            for groep in (ontwerp.doel, ontwerp.doelcontrole, ontwerp.rand, ontwerp.randcontrole)
        )
        return Opstelling(doel, doelcontrole, rand, randcontrole)

    def draw_nep(self, opstelling: Opstelling, phi: float) -> Nepverdeling:
        nummers = {code: rij for rij, code in enumerate(self.codes)}
        buren = {
            nummers[code]: frozenset(nummers[buur] for buur in rond if buur in nummers)
            for code, rond in self.buren.items()
            if code in nummers
        }
        momenten = list_nepmomenten(self.tellingen, self.weken, self.ontwerp.start, self.regel)
        zaad, aantal = self.instellingen.zaad, self.instellingen.nepingrepen
        vrij = frozenset(nummers[code] for code in nummers.keys() - self.ontwerp.behandeld)
        return run_placebo(self.tellingen, buren, opstelling, vrij, momenten, phi, zaad, aantal)


def _judge(meting: _Meting, weggelaten: tuple[str, ...]) -> Aanpakuitkomst:
    opstelling = meting.get_opstelling()
    pool = [*opstelling.doelcontrole, *opstelling.randcontrole]
    eerder = select_voorgeschiedenis(meting.weken, meting.ontwerp.start, meting.instellingen.aanleiding)
    phi = estimate_phi(compute_cellen(meting.tellingen[pool][:, eerder]))
    if phi is None:
        reden = "in de vergelijkbare gebieden zijn er te weinig meldingen om te weten hoe sterk het aantal schommelt"
        return Aanpakuitkomst(Verplaatsingsoordeel.TE_WEINIG, None, (reden,), weggelaten)
    aantallen = count_aantallen(meting.tellingen, opstelling, meting.perioden)
    wdd = compute_opstelling(meting.tellingen, opstelling, meting.perioden, phi)
    cijfers = _compose_cijfers(aantallen, wdd, phi, meting.draw_nep(opstelling, phi), meting)
    redenen = _list_redenen(cijfers, meting.instellingen)
    oordeel = Verplaatsingsoordeel.TE_WEINIG if redenen else determine_oordeel(cijfers)
    return Aanpakuitkomst(oordeel, cijfers, redenen, weggelaten)


def _compose_cijfers(aantallen: Aantallen, wdd: Wdd, phi: float, nep: Nepverdeling, meting: _Meting) -> Aanpakcijfers:
    res = compute_res(aantallen.doel, aantallen.doelcontrole, phi)
    wdq = compute_wdq(aantallen.doel, aantallen.rand, aantallen.doelcontrole)
    teken = -1 if meting.ontwerp.richting is Richting.DALING else 1
    lokaal, rond = (Neptoets(deel.z or 0.0, reeks) for deel, reeks in _pair_delen(wdd, nep))
    onder, boven = wdd.verplaatsing.compute_grenzen()
    return Aanpakcijfers(
        aantallen=aantallen,
        lokaal=_to_effect(wdd.lokaal),
        verplaatsing=_to_effect(wdd.verplaatsing),
        totaal=_to_effect(wdd.totaal),
        onder=onder,
        boven=boven,
        phi=phi,
        mde=wdd.verplaatsing.compute_mde(),
        res=_to_verhouding(res),
        res_rand=_to_verhouding(compute_res(aantallen.rand, aantallen.randcontrole, phi)),
        wdq=float(wdq.wdq) if wdq.wdq is not None and is_wdq_toonbaar(wdq, res) else None,
        nep_lokaal=count_evenveel(teken * lokaal.echt, [teken * z for z in lokaal.nep]),
        nep_verplaatsing=count_evenveel(rond.echt, rond.nep),
        weken=len(meting.perioden.na),
        toets_lokaal=lokaal,
        toets_verplaatsing=rond,
    )


def _pair_delen(wdd: Wdd, nep: Nepverdeling) -> tuple[tuple[Deel, tuple[float, ...]], ...]:
    return (wdd.lokaal, nep.lokaal), (wdd.verplaatsing, nep.verplaatsing)


def _to_effect(deel: Deel) -> Effect:
    return Effect(deel.schatting, *deel.compute_interval())


def _to_verhouding(res: Res) -> Verhouding:
    return Verhouding(res.res, *res.compute_interval(), res.phi_coefficient)


def _list_redenen(cijfers: Aanpakcijfers, instellingen: Aanpakinstellingen) -> tuple[str, ...]:
    aantallen = cijfers.aantallen
    groepen = {
        "het doelgebied": aantallen.doel,
        "de gebieden waarmee we het doelgebied vergelijken": aantallen.doelcontrole,
        "de gebieden eromheen": aantallen.rand,
        "de gebieden waarmee we die vergelijken": aantallen.randcontrole,
    }
    minimum = instellingen.minimum
    redenen = [f"minder dan {minimum} meldingen in {wie}" for wie, paar in groepen.items() if sum(paar) < minimum]
    if cijfers.nep_verplaatsing.aantal < instellingen.minimum_nep:
        redenen.append(
            f"te weinig eerdere weken of andere gebieden voor {instellingen.minimum_nep} nep-ingrepen "
            f"(er waren er {cijfers.nep_verplaatsing.aantal} mogelijk)"
        )
    return tuple(redenen)


def determine_oordeel(cijfers: Aanpakcijfers) -> Verplaatsingsoordeel:
    """Return the verdict of sections 3.2 and 3.4 on the displacement part.

    Where counting in meldingen and in ratios points two ways, in the target or around it, there is none.
    """
    doel_anders = _is_tegengesteld(cijfers.lokaal.schatting, cijfers.res.res)
    rand_anders = _is_tegengesteld(cijfers.verplaatsing.schatting, cijfers.res_rand.res)
    if doel_anders or rand_anders:
        return Verplaatsingsoordeel.HANGT_AF
    if cijfers.boven < 0:
        return Verplaatsingsoordeel.UITSTRALING
    p = cijfers.nep_verplaatsing.p
    if cijfers.onder > 0 and p <= P_AANNEMELIJK:
        return Verplaatsingsoordeel.AANNEMELIJK
    if cijfers.verplaatsing.schatting > 0 and p <= P_AANWIJZING:
        return Verplaatsingsoordeel.AANWIJZING
    return Verplaatsingsoordeel.NIET_AANTOONBAAR


def _is_tegengesteld(verandering: float, res: float) -> bool:
    """Return whether a change in meldingen and a RES (above 1: fewer) disagree; none at all agrees with both."""
    return (verandering > 0 and res > 1) or (verandering < 0 and res < 1)


def _format_week(maandag: date) -> str:
    jaar, week, _ = maandag.isocalendar()
    return f"{jaar}-W{week:02d}"
