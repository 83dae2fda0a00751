"""Counts per area × category × ISO week for a filter: unsuppressed, so for oov and its own areas only."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection

from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.kwartaal import determine_kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag.signaalpublicatie import load_gebiedsnummers, load_groepen
from gebieden.opslag.signaaltelling import determine_maandag, determine_week, load_cellen

Getallen = npt.NDArray[np.int64]

_GEEN = -1
_MAX_VAKKEN = 50_000_000


def load_tellingen(
    conn: Connection,
    kijker: Kijker,
    boom: Gebiedsboom,
    *,
    gebieden: Collection[str] | None = None,
    groepen: Collection[str] | None = None,
    vanaf: date | None = None,
    tot: date | None = None,
) -> pd.DataFrame:
    """Return how many signals each area had per category group and week; weeks without any are left out.

    Columns gebied and groep (categorical), maandag (datetime64, the first day of the ISO week) and aantal (int64),
    in that order of sorting. `gebieden` are codes of any level, each counted with all it contains; without it every
    buurt, and wijk where only that is known. Weeks count whose Monday is from `vanaf` up to but not on `tot`.

    Raises
    ------
    RechtenError
        Somebody else than oov asks, or oov for an area that is not wholly its own.
    """
    codes = load_gebiedsnummers(conn)
    gevraagd = sorted(set(codes.values()) if gebieden is None else set(gebieden))
    eigen = [code for code in gevraagd if kijker.is_eigen(code, boom)]
    if kijker.rol is not Rol.OOV or (gebieden is not None and len(eigen) < len(gevraagd)):
        raise RechtenError(
            "Aantallen per week zijn alleen voor de rol oov, in het eigen gebied. "
            "De aantallen per kwartaal staan op de pagina Signalen."
        )
    namen, groep_van = load_groepen(conn)
    tot_en_met = determine_kwartaal(tot + timedelta(days=6)) if tot else None
    cellen = load_cellen(conn, vanaf=determine_kwartaal(vanaf) if vanaf else None, tot_en_met=tot_en_met)
    cellen = cellen[_is_in_periode(cellen["week"], vanaf, tot)]
    groep = _build_opzoeklijst(
        {n: g if groepen is None or namen[g] in groepen else _GEEN for n, g in groep_van.items()}
    )
    indeling = [_index_zelf(eigen, codes)] if gebieden is None else _list_lagen(eigen, codes, boom)
    lagen = [_build_opzoeklijst(laag) for laag in indeling]
    som = _sum_cellen([(laag[cellen["gebied"]], groep[cellen["categorie"]]) for laag in lagen], cellen)
    return _to_frame(som, eigen, namen)


def _is_in_periode(weken: Getallen, vanaf: date | None, tot: date | None) -> npt.NDArray[np.bool_]:
    """Return per week whether its Monday is in the period; a Monday on `vanaf` is, one on `tot` is not."""
    binnen = np.ones(len(weken), dtype=bool)
    for grens, teken in ((vanaf, 1), (tot, -1)):
        if grens is not None:
            eerste = determine_week((grens - date(1970, 1, 1)).days + 6)
            binnen &= weken >= eerste if teken > 0 else weken < eerste
    return binnen


def _build_opzoeklijst(paren: dict[int, int]) -> Getallen:
    lijst = np.full(max(paren, default=0) + 1, _GEEN, dtype=np.int64)
    lijst[list(paren)] = list(paren.values())
    return lijst


def _index_zelf(gevraagd: Sequence[str], codes: dict[int, str]) -> dict[int, int]:
    plaats = {code: nummer for nummer, code in enumerate(gevraagd)}
    return {nummer: plaats.get(code, _GEEN) for nummer, code in codes.items()}


def _list_lagen(gevraagd: Sequence[str], codes: dict[int, str], boom: Gebiedsboom) -> list[dict[int, int]]:
    """Return which stored area counts for which asked one; where several do, each in a layer of its own."""
    plaats = {code: nummer for nummer, code in enumerate(gevraagd)}
    lagen: list[dict[int, int]] = [dict.fromkeys(codes, _GEEN)]
    for nummer, code in codes.items():
        houders = sorted(plaats[h] for h in {code, *boom.get_houders(code)} if h in plaats)
        for diepte, houder in enumerate(houders):
            if diepte == len(lagen):
                lagen.append(dict.fromkeys(codes, _GEEN))
            lagen[diepte][nummer] = houder
    return lagen


def _sum_cellen(lagen: list[tuple[Getallen, Getallen]], cellen: npt.NDArray[np.void]) -> tuple[Getallen, ...]:
    """Return (area, group, week, count) for every combination that occurs, in that order."""
    week, aantal = cellen["week"].astype(np.int64), cellen["aantal"].astype(np.int64)
    telt = [(gebied != _GEEN) & (groep != _GEEN) for gebied, groep in lagen]
    gebieden, groepen, weken, aantallen = (
        np.concatenate([kolom[keuze] for kolom, keuze in zip(kolommen, telt, strict=True)])
        for kolommen in (
            [gebied for gebied, _ in lagen],
            [groep for _, groep in lagen],
            [week] * len(lagen),
            [aantal] * len(lagen),
        )
    )
    if not len(weken):
        return gebieden, groepen, weken, aantallen
    eerste = int(weken.min())
    vorm = (int(gebieden.max()) + 1, int(groepen.max()) + 1, int(weken.max()) - eerste + 1)
    vak = (gebieden * vorm[1] + groepen) * vorm[2] + (weken - eerste)
    if vorm[0] * vorm[1] * vorm[2] <= _MAX_VAKKEN:
        som = np.bincount(vak, weights=aantallen)
        vakken = np.flatnonzero(som)
        som = som[vakken].astype(np.int64)
    else:
        vakken, plaats = np.unique(vak, return_inverse=True)
        som = np.bincount(plaats, weights=aantallen).astype(np.int64)
    rest, week_nr = np.divmod(vakken, vorm[2])
    return rest // vorm[1], rest % vorm[1], week_nr + eerste, som


def _to_frame(som: tuple[Getallen, ...], gebieden: Sequence[str], groepen: Sequence[str]) -> pd.DataFrame:
    gebied, groep, week, aantal = som
    return pd.DataFrame(
        {
            "gebied": pd.Categorical.from_codes(gebied, categories=list(gebieden)),
            "groep": pd.Categorical.from_codes(groep, categories=list(groepen)),
            "maandag": determine_maandag(week),
            "aantal": aantal,
        }
    )
