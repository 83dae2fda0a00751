"""Proposals of comparison areas for an aanpak; a person confirms them (statistiek.md 3.1).

Around it (the buffer) are the areas that touch the target. An area can be a comparison when it is not treated, is
at least two steps from everything treated, had half to twice as many meldingen of the same category in the time
before, and developed alike. The time before is at most two years and ends before the weeks that led to the aanpak: a
level over the compared weeks only would choose areas for their chance peaks. The test of the development is kept
simple: that time is cut in two halves; the ratio of candidate to target in both halves may differ no more than chance
easily does (two-sided p of ln RES, variance times phi, at least 0.05).
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from gebieden.analyse.aanpakperiode import Perioderegel, check_weken, select_voor, select_voorgeschiedenis
from gebieden.analyse.placebo import Tellingen
from gebieden.analyse.verhouding import compute_res
from gebieden.analyse.verplaatsing import compute_cellen, estimate_phi
from gebieden.domein.aanpakuitkomst import Afwijzing, Vergelijkgebied, Vergelijkingsvoorstel

NIVEAU_LAAG, NIVEAU_HOOG = 0.5, 2.0
ALPHA_TREND = 0.05
_TRENDWEKEN = 104


@dataclass(frozen=True, slots=True)
class _Geschiedenis:
    """Per area the count in the time before and in both halves of the time before, and the dispersion."""

    plaats: dict[str, int]
    niveau: npt.NDArray[np.int64]
    helften: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
    phi: float


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
    eerder = select_voorgeschiedenis(weken, start, regel.aanleiding)[-_TRENDWEKEN:]
    if select_voor(weken, start, regel) is None or len(eerder) < 2:
        return None
    rand = determine_rand(doel, buren) & set(codes)
    vast = dict.fromkeys(determine_rand(doel | behandeld, buren), Afwijzing.GRENST)
    vast |= dict.fromkeys(doel | behandeld, Afwijzing.BEHANDELD)
    vrij = [plaats for plaats, code in enumerate(codes) if code not in vast]
    geschiedenis = _Geschiedenis(
        {code: plaats for plaats, code in enumerate(codes)},
        tellingen[:, eerder].sum(axis=1),
        _sum_helften(tellingen[:, eerder]),
        estimate_phi(compute_cellen(tellingen[vrij][:, eerder])) or 1.0,
    )
    bij_doel = _judge_alle(sorted(codes), vast, geschiedenis, doel)
    bij_rand = _judge_alle(sorted(codes), vast, geschiedenis, rand) if rand else bij_doel
    return _divide(tuple(sorted(rand)), bij_doel, bij_rand)


def _sum_helften(tellingen: Tellingen) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    helft = tellingen.shape[1] // 2
    laatste = tellingen[:, -2 * helft :]
    return laatste[:, :helft].sum(axis=1), laatste[:, helft:].sum(axis=1)


def _judge_alle(
    codes: Sequence[str], vast: Mapping[str, Afwijzing], geschiedenis: _Geschiedenis, groep: AbstractSet[str]
) -> dict[str, Vergelijkgebied]:
    return {
        code: Vergelijkgebied(code, afwijzing=vast[code]) if code in vast else _judge(code, geschiedenis, groep)
        for code in codes
    }


def _judge(code: str, geschiedenis: _Geschiedenis, groep: AbstractSet[str]) -> Vergelijkgebied:
    rij, rijen = geschiedenis.plaats[code], [geschiedenis.plaats[lid] for lid in groep]
    eigen, ander = int(geschiedenis.niveau[rij]), float(geschiedenis.niveau[rijen].mean())
    if eigen == 0 or ander == 0:
        return Vergelijkgebied(code, afwijzing=Afwijzing.ZONDER_MELDINGEN)
    eerst, laatst = geschiedenis.helften
    res = compute_res(
        (int(eerst[rijen].sum()), int(laatst[rijen].sum())), (int(eerst[rij]), int(laatst[rij])), geschiedenis.phi
    )
    gebied = Vergelijkgebied(code, eigen / ander, res.res, erfc(abs(res.z) / sqrt(2)))
    if not NIVEAU_LAAG <= eigen / ander <= NIVEAU_HOOG:
        return replace(gebied, afwijzing=Afwijzing.NIVEAU)
    return gebied if erfc(abs(res.z) / sqrt(2)) >= ALPHA_TREND else replace(gebied, afwijzing=Afwijzing.TREND)


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
