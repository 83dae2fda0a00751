"""Proposals of comparison areas for an aanpak; a person confirms them (statistiek.md 3.1).

Around it (the buffer) are the areas that touch the target. An area can be a comparison when it is not treated, is
at least two steps from everything treated, had half to twice as many meldingen of the same category in the time
before, and developed alike. The time before is at most two years, without the weeks that led to the aanpak and without
the weeks that are compared: who chooses areas by the chance peaks of those weeks, finds the peaks back as an effect.
The test of the development is kept simple: that time is cut in two halves; the ratio of candidate to target in both
halves may differ no more than chance easily does (two-sided p of ln RES, variance times phi, at least 0.05).
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from gebieden.analyse.aanpakperiode import Perioderegel, check_weken, select_voor, select_voorgeschiedenis
from gebieden.analyse.verplaatsing import Tellingen, compute_cellen, estimate_phi
from gebieden.domein.aanpakuitkomst import Afwijzing, Vergelijkgebied, Vergelijkingsvoorstel

NIVEAU_LAAG, NIVEAU_HOOG = 0.5, 2.0
ALPHA_TREND = 0.05
_TRENDWEKEN = 104


@dataclass(frozen=True, slots=True)
class Geschiedenis:
    """Per area (row) the counts of the first and the second half of the time before an aanpak."""

    eerst: npt.NDArray[np.int64]
    laatst: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gelijkenis:
    """Per area (row) how like a group it was: `niveau`, `trend` and `p` of a `Vergelijkgebied`; nan without counts."""

    niveau: npt.NDArray[np.float64]
    trend: npt.NDArray[np.float64]
    p: npt.NDArray[np.float64]

    def get_passend(self) -> npt.NDArray[np.bool_]:
        """Return per area whether level and development are like those of the group."""
        return (self.niveau >= NIVEAU_LAAG) & (self.niveau <= NIVEAU_HOOG) & (self.p >= ALPHA_TREND)


def select_geschiedenis(
    tellingen: Tellingen, weken: Sequence[date], start: date, regel: Perioderegel
) -> Geschiedenis | None:
    """Return both halves of at most 104 weeks before the aanpak, without the weeks that led to it and without those
    that are compared; None when the counts do not reach back far enough."""
    voor = select_voor(weken, start, regel)
    if voor is None:
        return None
    eerder = np.setdiff1d(select_voorgeschiedenis(weken, start, regel.aanleiding)[-_TRENDWEKEN:], voor)
    helft = len(eerder) // 2
    if not helft:
        return None
    eerst, laatst = (tellingen[:, deel].sum(axis=1) for deel in (eerder[-2 * helft : -helft], eerder[-helft:]))
    return Geschiedenis(eerst, laatst)


def compare_gebieden(geschiedenis: Geschiedenis, groep: Sequence[int], phi: float) -> Gelijkenis:
    """Return how like the group (rows) every area was; the development by ln RES with variance times phi, as in
    `verhouding.compute_res`, for all areas at once."""
    vier = np.stack(
        np.broadcast_arrays(
            geschiedenis.eerst[list(groep)].sum(),
            geschiedenis.laatst[list(groep)].sum(),
            geschiedenis.eerst,
            geschiedenis.laatst,
        )
    ).astype(np.float64)
    leeg = (vier[2] + vier[3] == 0) | (vier[0] + vier[1] == 0)
    niveau = np.where(leeg, np.nan, (vier[2] + vier[3]) * len(groep) / np.maximum(vier[0] + vier[1], 1))
    vier += np.where((vier == 0).any(axis=0), 0.5, 0.0)
    ln_res = np.log(vier[0]) + np.log(vier[3]) - np.log(vier[1]) - np.log(vier[2])
    p = 2 * ndtr(-np.abs(ln_res) / np.sqrt(phi * (1 / vier).sum(axis=0)))
    return Gelijkenis(niveau, np.where(leeg, np.nan, np.exp(ln_res)), np.where(leeg, np.nan, p))


def determine_rand(doel: Collection[str], buren: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """Return the areas that touch the target (`buren`: queen neighbours per code), itself excluded."""
    return frozenset(buur for code in doel for buur in buren.get(code, ())) - frozenset(doel)


def propose_vergelijking(
    tellingen: Tellingen,
    codes: Sequence[str],
    weken: Sequence[date],
    doel: AbstractSet[str],
    start: date,
    regel: Perioderegel,
    buren: Mapping[str, AbstractSet[str]],
    behandeld: AbstractSet[str] = frozenset(),
) -> Vergelijkingsvoorstel | None:
    """Return buffer and both comparison sets; None when the counts do not reach back far enough.

    `tellingen` is areas (`codes`) × weeks (`weken`: Mondays, consecutive) of one category. `behandeld` are areas
    of other approaches. An area that fits both sets goes, nearest in level first, to the smaller one. Raise
    ValueError for a target that is empty or not among the codes, or weeks with a gap.
    """
    check_weken(weken)
    if not doel or not doel <= set(codes):
        raise ValueError("Verwacht: een doelgebied of meer, elk met tellingen.")
    geschiedenis = select_geschiedenis(tellingen, weken, start, regel)
    if geschiedenis is None:
        return None
    rand = determine_rand(doel, buren) & set(codes)
    vast = dict.fromkeys(determine_rand(doel | behandeld, buren), Afwijzing.GRENST)
    vast |= dict.fromkeys(doel | behandeld, Afwijzing.BEHANDELD)
    vrij = [plaats for plaats, code in enumerate(codes) if code not in vast]
    eerder = select_voorgeschiedenis(weken, start, regel.aanleiding)
    phi = estimate_phi(compute_cellen(tellingen[vrij][:, eerder])) or 1.0
    bij_doel, bij_rand = (
        _judge_alle(codes, vast, compare_gebieden(geschiedenis, [codes.index(code) for code in groep], phi))
        for groep in (doel, rand or doel)
    )
    return _divide(tuple(sorted(rand)), bij_doel, bij_rand)


def _judge_alle(
    codes: Sequence[str], vast: Mapping[str, Afwijzing], gelijkenis: Gelijkenis
) -> dict[str, Vergelijkgebied]:
    gebieden = {}
    for plaats, code in sorted(enumerate(codes), key=lambda paar: paar[1]):
        cijfers = [float(reeks[plaats]) for reeks in (gelijkenis.niveau, gelijkenis.trend, gelijkenis.p)]
        gebieden[code] = Vergelijkgebied(code, afwijzing=vast[code]) if code in vast else _judge(code, *cijfers)
    return gebieden


def _judge(code: str, niveau: float, trend: float, p: float) -> Vergelijkgebied:
    if np.isnan(niveau) or not niveau:
        return Vergelijkgebied(code, afwijzing=Afwijzing.ZONDER_MELDINGEN)
    gebied = Vergelijkgebied(code, niveau, trend, p)
    if not NIVEAU_LAAG <= niveau <= NIVEAU_HOOG:
        return replace(gebied, afwijzing=Afwijzing.NIVEAU)
    return gebied if p >= ALPHA_TREND else replace(gebied, afwijzing=Afwijzing.TREND)


def _divide(
    rand: tuple[str, ...], bij_doel: Mapping[str, Vergelijkgebied], bij_rand: Mapping[str, Vergelijkgebied]
) -> Vergelijkingsvoorstel:
    passend = [
        (_compute_afstand(gebied), gebied.code, kant)
        for kant, gebieden in ((0, bij_doel), (1, bij_rand if rand else {}))
        for gebied in gebieden.values()
        if gebied.afwijzing is None
    ]
    keuzes = {code: {kant for _, ander, kant in passend if ander == code} for _, code, _ in passend}
    sets: tuple[list[str], list[str]] = ([], [])
    for _, code, _ in sorted(passend):
        if code not in (*sets[0], *sets[1]):
            kant = keuzes[code].pop() if len(keuzes[code]) == 1 else int(len(sets[1]) < len(sets[0]))
            sets[kant].append(code)
    afgewezen = (_list_afgewezen(bij_doel, sets[0]), _list_afgewezen(bij_rand, sets[1]) if rand else ())
    gekozen = ([bij_doel[code] for code in sets[0]], [bij_rand[code] for code in sets[1]])
    op_afstand = [tuple(sorted(gebieden, key=lambda g: (_compute_afstand(g), g.code))) for gebieden in gekozen]
    return Vergelijkingsvoorstel(rand, op_afstand[0], op_afstand[1], *afgewezen)


def _compute_afstand(gebied: Vergelijkgebied) -> float:
    return float(abs(np.log(gebied.niveau or 1.0)))


def _list_afgewezen(gebieden: Mapping[str, Vergelijkgebied], gekozen: Sequence[str]) -> tuple[Vergelijkgebied, ...]:
    return tuple(
        gebied if gebied.afwijzing else replace(gebied, afwijzing=Afwijzing.ANDERE_SET)
        for gebied in gebieden.values()
        if gebied.code not in gekozen
    )
