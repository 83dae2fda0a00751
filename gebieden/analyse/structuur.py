"""Where reports are structurally high: the yearly map of areas that look like their neighbours. Not for weekly alarms.

Slow to import (esda): only the page or command that makes this map imports this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import false_discovery_control

from gebieden.analyse.lokaal import (
    Buren,
    Getallen,
    compute_lokaal,
    find_buren,
    permute_lokaal,
    permute_totaal,
    smooth_cijfers,
    standardize_cijfers,
)
from gebieden.domein.structuur import Structuurklasse

__all__ = ["Structuurgebied", "Structuurkaart", "Structuurklasse", "build_structuurkaart", "find_buren"]

MINSTENS: Final = 30
"""With fewer areas than this the map says nothing."""
PERMUTATIES: Final = 9_999
ZAAD: Final = 20260101
Q: Final = 0.10
"""Expected share of chance among the areas that stand out (Benjamini-Hochberg)."""
_GELIJK: Final = 1e-9

_KLASSEN: Final = {
    (True, True): Structuurklasse.HOOG_HOOG,
    (False, False): Structuurklasse.LAAG_LAAG,
    (True, False): Structuurklasse.HOOG_LAAG,
    (False, True): Structuurklasse.LAAG_HOOG,
}


@dataclass(frozen=True, slots=True)
class Structuurgebied:
    """One area: `cijfer` is its smoothed rate in reports per inhabitant, to be shown.

    What is tested are the rates as they are, standardised for population: `moran` is local Moran, `gi` Gi* (z-value).
    `p` is two-sided, from permutations, `p_bh` adjusted for the number of areas. All are None, and `reden` says why,
    where there are too few data: unknown is never 0. Where all rates are equal only `cijfer` is known.
    """

    code: str
    klasse: Structuurklasse
    reden: str = ""
    cijfer: float | None = None
    moran: float | None = None
    gi: float | None = None
    p: float | None = None
    p_bh: float | None = None


@dataclass(frozen=True, slots=True)
class Structuurkaart:
    """The map, in the order of the areas that were given; `reden` says why there is none ("te weinig gebieden: …").

    `moran` is the global statistic over the standardised rates, with its two-sided `p`: do neighbours look alike
    at all.
    """

    gebieden: tuple[Structuurgebied, ...]
    reden: str = ""
    moran: float | None = None
    p: float | None = None


def build_structuurkaart(
    codes: Sequence[str],
    aantallen: npt.ArrayLike,
    inwoners: npt.ArrayLike,
    buren: Buren,
    *,
    permutaties: int = PERMUTATIES,
    zaad: int = ZAAD,
    q: float = Q,
) -> Structuurkaart:
    """Return the class of every area, from reports (A,) and inhabitants (A,) over a year; NaN is unknown.

    Left out, and no neighbour of any other: unknown reports or inhabitants, nobody living there, no neighbour left.
    Shown are smoothed rates (spatial empirical Bayes); tested are the standardised ones, for smoothed rates make
    neighbours alike and so give a pattern where there is none. `buren` comes from find_buren. `q` (0 to 1) is the
    share of chance among what stands out. The same seed gives the same map, in any order of the areas, whatever the
    global random state.

    Raise ValueError for shapes that do not fit, negative or infinite numbers, or a code that is there twice. Source:
    section 2.2 of the methods.
    """
    meldingen, bevolking = np.asarray(aantallen, dtype=float), np.asarray(inwoners, dtype=float)
    _check(codes, meldingen, bevolking)
    redenen = _list_redenen(codes, meldingen, bevolking, buren)
    mee = sorted((i for i, code in enumerate(codes) if not redenen[code]), key=lambda i: codes[i])
    if len(mee) < MINSTENS:
        reden = f"te weinig gebieden: {len(mee)} met genoeg gegevens; er zijn er minstens {MINSTENS} nodig"
        return Structuurkaart(tuple(_leave_out(code, redenen[code] or reden) for code in codes), reden)
    namen = {codes[i] for i in mee}
    binnen = {codes[i]: [buur for buur in sorted(buren[codes[i]]) if buur in namen] for i in mee}
    cijfer = smooth_cijfers(binnen, meldingen[mee], bevolking[mee])
    kaart = _build_kaart(binnen, cijfer, _standardize(meldingen[mee], bevolking[mee]), permutaties, zaad, q)
    per_code = {gebied.code: gebied for gebied in kaart.gebieden}
    return replace(kaart, gebieden=tuple(per_code.get(code) or _leave_out(code, redenen[code]) for code in codes))


def _standardize(meldingen: Getallen, bevolking: Getallen) -> Getallen | None:
    """Return the standardised rates, or None when all rates are the same."""
    ruw = meldingen / bevolking
    return standardize_cijfers(meldingen, bevolking) if np.ptp(ruw) > _GELIJK * ruw.max() else None


def _build_kaart(
    buren: Buren, cijfer: Getallen, waarden: Getallen | None, permutaties: int, zaad: int, q: float
) -> Structuurkaart:
    if waarden is None:
        gelijk = (Structuurgebied(code, Structuurklasse.NIET_OPVALLEND, cijfer=float(cijfer[0])) for code in buren)
        return Structuurkaart(tuple(gelijk))
    lokaal = compute_lokaal(buren, waarden)
    toeval = np.random.Generator(np.random.PCG64(zaad))
    p = permute_lokaal(buren, waarden, permutaties=permutaties, toeval=toeval)
    p_totaal = permute_totaal(buren, waarden, lokaal.totaal, permutaties=permutaties, toeval=toeval)
    p_bh = false_discovery_control(p, method="bh")
    gebieden = []
    for i, code in enumerate(buren):
        hoek = bool(lokaal.is_hoog[i]), bool(lokaal.bij_hoog[i])
        klasse = _KLASSEN[hoek] if p_bh[i] <= q else Structuurklasse.NIET_OPVALLEND
        cijfers = (float(w[i]) for w in (cijfer, lokaal.moran, lokaal.gi, p, p_bh))
        gebieden.append(Structuurgebied(code, klasse, "", *cijfers))
    return Structuurkaart(tuple(gebieden), moran=lokaal.totaal, p=p_totaal)


def _leave_out(code: str, reden: str) -> Structuurgebied:
    return Structuurgebied(code, Structuurklasse.TE_WEINIG, reden)


def _check(codes: Sequence[str], meldingen: Getallen, bevolking: Getallen) -> None:
    if meldingen.shape != (len(codes),) or bevolking.shape != (len(codes),) or len(set(codes)) != len(codes):
        raise ValueError("Verwacht: elke code één keer, met één aantal meldingen en één aantal inwoners.")
    alles = np.concatenate((meldingen, bevolking))
    if (alles < 0).any() or np.isinf(alles).any():
        raise ValueError("Aantallen meldingen en inwoners moeten getallen vanaf 0 zijn, of onbekend.")


def _list_redenen(codes: Sequence[str], meldingen: Getallen, bevolking: Getallen, buren: Buren) -> dict[str, str]:
    """Return why each area is left out, "" for those that stay."""
    eigen = {
        code: _find_reden(float(meldingen[i]), float(bevolking[i]), bool(buren.get(code)))
        for i, code in enumerate(codes)
    }
    return {
        code: reden or ("" if any(eigen.get(buur) == "" for buur in buren[code]) else "geen buurgebied met gegevens")
        for code, reden in eigen.items()
    }


def _find_reden(aantal: float, inwoners: float, heeft_buren: bool) -> str:
    if np.isnan(aantal):
        return "het aantal meldingen is onbekend"
    if np.isnan(inwoners):
        return "het aantal inwoners is onbekend"
    if inwoners == 0:
        return "er woont niemand"
    return "" if heeft_buren else "geen buurgebied"
