"""Pseudo interventions: how often chance alone gives as much in areas and at moments where nothing was done.

The main evidence for laymen (statistiek.md 3.3). Each pseudo intervention has a target of as many areas (adjoining
when the real one is), the areas around it, comparison areas by the rules of `vergelijking`, and a start in the past,
all before the real start; the real target and the areas around it take no part. Compared is the estimate in standard
errors, so that a quiet and a busy area count alike.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from gebieden.analyse.aanpakperiode import Perioden, Perioderegel, determine_maandag, select_perioden
from gebieden.analyse.vergelijking import Gelijkenis, Geschiedenis, compare_gebieden, select_geschiedenis
from gebieden.analyse.verplaatsing import Gebiedsgewichten, Tellingen, Tijdgewichten, Wdd, compute_wdd
from gebieden.domein.aanpakuitkomst import Aantallen, Nepuitkomst

STAP = 4
NEPINGREPEN = 200
_POGINGEN = 20

Buren = Mapping[int, AbstractSet[int]]


@dataclass(frozen=True, slots=True)
class Opstelling:
    """Rows of the four groups of areas."""

    doel: tuple[int, ...]
    doelcontrole: tuple[int, ...]
    rand: tuple[int, ...]
    randcontrole: tuple[int, ...]

    def get_gewichten(self) -> Gebiedsgewichten:
        """Return the weights that bring the comparison to the number of areas it is compared with."""
        return Gebiedsgewichten(
            doelcontrole=len(self.doelcontrole) / len(self.doel),
            randcontrole=len(self.randcontrole) / len(self.rand) if self.rand and self.randcontrole else 1,
        )


@dataclass(frozen=True, slots=True)
class Nepverdeling:
    """The estimates in standard errors of all pseudo interventions, local and displacement, in the order tried."""

    lokaal: tuple[float, ...]
    verplaatsing: tuple[float, ...]


def count_aantallen(tellingen: Tellingen, opstelling: Opstelling, perioden: Perioden) -> Aantallen:
    """Return the eight counts of areas × weeks."""

    def tel(rijen: tuple[int, ...]) -> tuple[int, int]:
        rij = tellingen[list(rijen)].sum(axis=0)
        return int(rij[perioden.voor].sum()), int(rij[perioden.na].sum())

    return Aantallen(
        tel(opstelling.doel), tel(opstelling.doelcontrole), tel(opstelling.rand), tel(opstelling.randcontrole)
    )


def compute_opstelling(tellingen: Tellingen, opstelling: Opstelling, perioden: Perioden, phi: float = 1) -> Wdd:
    """Return the WDD, in meldingen over the weeks after and as if the comparison had as many areas."""
    tijd = Tijdgewichten(voor=len(perioden.voor) / len(perioden.na))
    return compute_wdd(count_aantallen(tellingen, opstelling, perioden), tijd, opstelling.get_gewichten(), phi)


@dataclass(frozen=True, slots=True)
class Nepmoment:
    """A pseudo start: the weeks it compares and the time before it."""

    perioden: Perioden
    geschiedenis: Geschiedenis


def list_nepmomenten(tellingen: Tellingen, weken: Sequence[date], start: date, regel: Perioderegel) -> list[Nepmoment]:
    """Return every pseudo start, 4 weeks apart, whose weeks after end before the real start; latest first."""
    gevonden = []
    nep = determine_maandag(start) - timedelta(weeks=regel.duur)
    while weken and nep > weken[0]:
        perioden = select_perioden(weken, nep, regel)
        geschiedenis = select_geschiedenis(tellingen, weken, nep, regel)
        if perioden is not None and geschiedenis is not None:
            gevonden.append(Nepmoment(perioden, geschiedenis))
        nep -= timedelta(weeks=STAP)
    return gevonden


def run_placebo(
    tellingen: Tellingen,
    buren: Buren,
    echt: Opstelling,
    onbehandeld: AbstractSet[int],
    momenten: Sequence[Nepmoment],
    phi: float,
    zaad: int,
    aantal: int = NEPINGREPEN,
) -> Nepverdeling:
    """Return up to `aantal` different pseudo interventions, spread evenly over the pseudo starts.

    `tellingen` is areas × weeks, `buren` gives per row its neighbours, `phi` is the dispersion that the variance of the
    real estimate was multiplied by. Only rows of `onbehandeld` take part, and of those neither the real target nor
    what lies around it. The same seed gives the same answer. Fewer come back, or none, when the areas or the past
    do not allow more.
    """
    if not momenten:
        return Nepverdeling((), ())
    toeval = np.random.default_rng(zaad)
    vrij = onbehandeld - {*echt.doel, *echt.rand}
    aaneen = is_aaneengesloten(echt.doel, buren)
    volgorde = toeval.permutation(len(momenten))
    gezien: set[tuple[tuple[int, ...], int]] = set()
    lokaal: list[float] = []
    verplaatsing: list[float] = []
    for poging in range(_POGINGEN * aantal):
        if len(lokaal) == aantal:
            break
        doel = draw_doel(vrij, buren, len(echt.doel), aaneen, toeval)
        nummer = int(volgorde[poging % len(volgorde)])
        if doel is None or (doel, nummer) in gezien:
            continue
        gezien.add((doel, nummer))
        nep = _draw_opstelling(momenten[nummer].geschiedenis, phi, buren, echt, doel, vrij, toeval)
        if nep is not None:
            wdd = compute_opstelling(tellingen, nep, momenten[nummer].perioden, phi)
            lokaal.append(wdd.lokaal.z or 0.0)
            verplaatsing.append(wdd.verplaatsing.z or 0.0)
    return Nepverdeling(tuple(lokaal), tuple(verplaatsing))


def is_aaneengesloten(gebieden: Sequence[int], buren: Buren) -> bool:
    """Return whether every one of these areas can be reached from the first through the others."""
    alle = set(gebieden)
    bereikt, nieuw = set(gebieden[:1]), set(gebieden[:1])
    while nieuw:
        nieuw = {buur for rij in nieuw for buur in buren.get(rij, ())} & alle - bereikt
        bereikt |= nieuw
    return bereikt == alle


def draw_doel(
    vrij: AbstractSet[int], buren: Buren, grootte: int, aaneen: bool, toeval: np.random.Generator
) -> tuple[int, ...] | None:
    """Return `grootte` areas among the free ones, sorted; adjoining when asked. None when there is no room."""
    keuze = sorted(vrij)
    if len(keuze) < grootte:
        return None
    if not aaneen:
        return tuple(sorted(map(int, toeval.choice(keuze, grootte, replace=False))))
    doel = {int(toeval.choice(keuze))}
    while len(doel) < grootte:
        grens = sorted({buur for rij in doel for buur in buren.get(rij, ()) if buur in vrij} - doel)
        if not grens:
            return None
        doel.add(int(toeval.choice(grens)))
    return tuple(sorted(doel))


def _draw_opstelling(
    geschiedenis: Geschiedenis,
    phi: float,
    buren: Buren,
    echt: Opstelling,
    doel: tuple[int, ...],
    vrij: AbstractSet[int],
    toeval: np.random.Generator,
) -> Opstelling | None:
    rond = {buur for rij in doel for buur in buren.get(rij, ())} - set(doel)
    rand = tuple(sorted(rond & vrij))
    if not rand:
        return None
    over = vrij - rond - set(doel)
    bij_doel = _list_passend(over, compare_gebieden(geschiedenis, doel, phi))
    nodig = max(1, min(len(echt.doelcontrole), len(bij_doel) // 2))
    doelcontrole = _draw(bij_doel, nodig, toeval)
    bij_rand = _list_passend(over - set(doelcontrole), compare_gebieden(geschiedenis, rand, phi))
    randcontrole = _draw(bij_rand, len(echt.randcontrole), toeval)
    return Opstelling(doel, doelcontrole, rand, randcontrole) if doelcontrole and randcontrole else None


def _list_passend(rijen: AbstractSet[int], gelijkenis: Gelijkenis) -> list[int]:
    return [int(rij) for rij in np.flatnonzero(gelijkenis.get_passend()) if int(rij) in rijen]


def _draw(rijen: Sequence[int], aantal: int, toeval: np.random.Generator) -> tuple[int, ...]:
    return tuple(sorted(int(rij) for rij in toeval.permutation(rijen)[:aantal]))


def count_evenveel(echt: float, nep: Sequence[float]) -> Nepuitkomst:
    """Return how many pseudo interventions gave as much as the real one or more; p = (1 + #) / (B + 1)."""
    return Nepuitkomst(len(nep), int(np.count_nonzero(np.asarray(nep) >= echt)))
