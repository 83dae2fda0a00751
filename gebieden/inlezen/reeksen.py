"""Whole columns at once: what is written in the usual way is read in bulk, the rest value by value as elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gebieden.inlezen.datums import EERSTE_JAAR, LAATSTE_JAAR, LOKALE_TIJDZONE, parse_datum
from gebieden.inlezen.velden import parse_getal, parse_sleutel
from gebieden.inlezen.veldfout import Veldfout

T = TypeVar("T")

Fouten = list[tuple[Veldfout, npt.NDArray[np.intp]]]
"""Faults with the positions in the column that have them; of equal faults the first stands for all."""

_GEWONE_SLEUTEL = r"^[!-~]{1,80}$"
_GEWOON_GETAL = r"^[+-]?[0-9]+(?:[.,][0-9]+)?$"
_TIJD_MET_ZONE = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2})$"
)
_VEEL_WAARDEN = 20_000
_GEEN_DAG = np.int64(-(2**31))


@dataclass(frozen=True)
class Waardenreeks(Generic[T]):
    """A column as its different values: `codes` points per row into `waarden`; None where it could not be read."""

    codes: npt.NDArray[np.int64]
    waarden: list[T | None]
    fouten: Fouten


def trim(reeks: pa.Array) -> pa.Array:
    """Return the texts without spaces around them."""
    return pc.utf8_trim_whitespace(reeks)


def is_leeg(reeks: pa.Array) -> npt.NDArray[np.bool_]:
    """Return per row whether the text is empty."""
    return _to_vlaggen(pc.equal(pc.binary_length(reeks), 0))


def parse_waarden(reeks: pa.Array, parser: Callable[[str], T]) -> Waardenreeks[T]:
    """Return the column read by `parser`, which is asked once for every different text."""
    gecodeerd = reeks.dictionary_encode()
    codes = gecodeerd.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    waarden: list[T | None] = []
    per_fout: dict[tuple[str, str, str], tuple[Veldfout, list[int]]] = {}
    for nummer, tekst in enumerate(gecodeerd.dictionary.to_pylist()):
        try:
            waarden.append(parser(tekst))
        except Veldfout as fout:
            waarden.append(None)
            per_fout.setdefault((fout.regelnaam, fout.verwacht, fout.herstel), (fout, []))[1].append(nummer)
    fouten: Fouten = []
    for eerste, nummers in per_fout.values():
        is_fout = np.zeros(len(waarden), dtype=bool)
        is_fout[nummers] = True
        fouten.append((eerste, np.flatnonzero(is_fout[codes])))
    return Waardenreeks(codes, waarden, fouten)


def parse_sleutels(reeks: pa.Array) -> tuple[npt.NDArray[np.object_], Fouten]:
    """Return ids as `parse_sleutel` gives them; "" where there is none."""
    sleutels = reeks.to_numpy(zero_copy_only=False)
    anders = np.flatnonzero(~_to_vlaggen(pc.match_substring_regex(reeks, _GEWONE_SLEUTEL)))
    if not len(anders):
        return sleutels, []
    gelezen = parse_waarden(reeks.take(pa.array(anders)), parse_sleutel)
    sleutels = sleutels.copy()
    sleutels[anders] = np.array([w or "" for w in gelezen.waarden], dtype=object)[gelezen.codes]
    return sleutels, _shift(gelezen.fouten, anders)


def parse_getallen(reeks: pa.Array) -> tuple[npt.NDArray[np.float64], Fouten]:
    """Return numbers as `parse_getal` gives them, nan where there is none; an empty text is no fault."""
    gewoon = pc.match_substring_regex(reeks, _GEWOON_GETAL)
    met_punt = pc.replace_substring(pc.if_else(gewoon, reeks, None), ",", ".")
    getallen = pc.cast(met_punt, pa.float64()).to_numpy(zero_copy_only=False)
    anders = np.flatnonzero(~_to_vlaggen(gewoon) & ~is_leeg(reeks))
    if not len(anders):
        return getallen, []
    return getallen, _shift(parse_waarden(reeks.take(pa.array(anders)), parse_getal).fouten, anders)


def parse_dagen(reeks: pa.Array) -> tuple[npt.NDArray[np.int64], Fouten]:
    """Return days since 1 January 1970 as `parse_datum` reads them; the day of a faulty row means nothing."""
    dagen = np.full(len(reeks), _GEEN_DAG)
    rest = np.arange(len(reeks))
    if pc.count_distinct(reeks).as_py() > _VEEL_WAARDEN:
        met_zone = np.flatnonzero(_to_vlaggen(pc.match_substring_regex(reeks, _TIJD_MET_ZONE)))
        dagen[met_zone] = _parse_tijden(reeks.take(pa.array(met_zone)))
        rest = np.flatnonzero(dagen == _GEEN_DAG)
    gelezen = parse_waarden(reeks.take(pa.array(rest)) if len(rest) < len(reeks) else reeks, _parse_dag)
    if gelezen.waarden:
        per_waarde = np.array([_GEEN_DAG if w is None else w for w in gelezen.waarden], dtype=np.int64)
        dagen[rest] = per_waarde[gelezen.codes]
    return dagen, _shift(gelezen.fouten, rest)


@lru_cache(maxsize=10_000)
def _parse_dag(tekst: str) -> int:
    return parse_datum(tekst).toordinal() - 719_163


def _parse_tijden(reeks: pa.Array) -> npt.NDArray[np.int64]:
    """Return the local day of moments with a zone; what is no moment after all is left to `parse_datum`."""
    momenten = pd.to_datetime(
        pd.Series(reeks.to_numpy(zero_copy_only=False)), format="ISO8601", utc=True, errors="coerce"
    )
    lokaal = momenten.dt.tz_convert(LOKALE_TIJDZONE).dt.tz_localize(None)
    dagen = lokaal.to_numpy().astype("datetime64[D]").astype(np.int64)
    goed = (lokaal.dt.year >= EERSTE_JAAR) & (lokaal.dt.year <= LAATSTE_JAAR)
    return np.where(goed.to_numpy(), dagen, _GEEN_DAG)


def _shift(fouten: Fouten, posities: npt.NDArray[np.intp]) -> Fouten:
    return [(fout, posities[plaatsen]) for fout, plaatsen in fouten]


def _to_vlaggen(reeks: pa.Array) -> npt.NDArray[np.bool_]:
    return reeks.to_numpy(zero_copy_only=False).astype(bool)
