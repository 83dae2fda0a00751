"""The two tables of a scan: areas with their centroid, and counts per area and week; every fault is reported."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from gebieden.domein.fouten import Ernst, InvoerError
from gebieden.inlezen.kolommen import Celsoort, Kolom
from gebieden.inlezen.rijen import Rij, iter_rijen
from gebieden.inlezen.tabel import read_tabel
from gebieden.inlezen.velden import parse_geheel, parse_getal, parse_sleutel
from gebieden.inlezen.veldfout import Veldfout

MAX_GEBIEDEN: Final = 2_000
MAX_WEKEN: Final = 1_040
_MAX_MAAT: Final = 1e9
"""Largest coordinate or population; beyond it there is a typing error."""
_GETOOND: Final = 1_000

T = TypeVar("T")
Bevolking = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scantabellen:
    """What the two files hold: `tellingen` is (A, T), `weken` the T consecutive numbers of its columns.

    `bevolking` (A,) is None when the file has no column pop. `vingerafdruk` has the sha256 of each file by name.
    """

    codes: tuple[str, ...]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    bevolking: Bevolking | None
    weken: tuple[int, ...]
    tellingen: npt.NDArray[np.int64]
    vingerafdruk: tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Gebied:
    code: str
    x: float
    y: float
    bevolking: float | None


def read_scantabellen(gebieden: Path, tellingen: Path, *, met_bevolking: bool) -> Scantabellen:
    """Return the areas (columns id, x, y, pop) and their counts (columns id, t, count), both as CSV or workbook.

    Every area has one count for every week between the first and the last; `met_bevolking` requires the column pop.

    Raises
    ------
    InvoerError
        A file that cannot be used, with every fault in it on a line of its own.
    """
    fouten: list[str] = []
    per_code, heeft_bevolking = _read_gebieden(gebieden, met_bevolking, fouten)
    # Of an area file that cannot be read nothing is known: then no count is called unknown.
    per_cel = _read_tellingen(tellingen, gebieden.name, per_code or None, fouten)
    weken = _list_weken(per_cel, tellingen.name, fouten)
    _report_gaten(per_code, per_cel, weken, tellingen.name, fouten)
    _report_zonder_inwoners(per_code, per_cel, gebieden.name, fouten)
    _raise_fouten(fouten)
    rijen = list(per_code.values())
    return Scantabellen(
        tuple(per_code),
        np.array([rij.x for rij in rijen]),
        np.array([rij.y for rij in rijen]),
        np.array([rij.bevolking for rij in rijen], dtype=float) if heeft_bevolking else None,
        tuple(weken),
        np.array([[per_cel[code, week] for week in weken] for code in per_code], dtype=np.int64),
        (_hash(gebieden), _hash(tellingen)),
    )


def _hash(pad: Path) -> tuple[str, str]:
    with pad.open("rb") as bestand:
        return pad.name, hashlib.file_digest(bestand, "sha256").hexdigest()


def _raise_fouten(fouten: list[str]) -> None:
    if fouten:
        meer = [f"… en nog {len(fouten) - _GETOOND} fouten."] if len(fouten) > _GETOOND else []
        raise InvoerError("\n".join([*fouten[:_GETOOND], *meer]))


def _read_rijen(pad: Path, schema: tuple[Kolom, ...], soort: str, fouten: list[str]) -> tuple[bool, list[Rij]]:
    """Return whether the file has the last column of the schema, and its rows; none when it cannot be used."""
    try:
        tabel = read_tabel(pad, schema=schema)
    except InvoerError as fout:
        fouten.append(str(fout))
        return False, []
    fouten += [f"{b.melding} {b.herstel}" for b in tabel.bevindingen if b.ernst is Ernst.AFGEKEURD]
    if tabel.frame.empty:
        fouten.append(f"Bestand {pad.name} heeft een kop en geen rijen. Verwacht: minstens één rij.")
    return schema[-1].naam in tabel.kop.plaatsen, list(iter_rijen(tabel, soort))


def _require(rij: Rij, kolom: str, parser: Callable[[str], T]) -> T | None:
    if not rij.get(kolom):
        rij.refuse(f"{kolom}_ontbreekt", kolom, "de cel is leeg.", "een ingevulde cel", f"Vul {kolom} in.")
    return rij.read(kolom, parser)


def _parse_tussen(tekst: str, *, minimum: float) -> float:
    getal = parse_getal(tekst)
    if minimum <= getal <= _MAX_MAAT:
        return getal
    verwacht = f"een getal van {minimum:.0f} tot en met {_MAX_MAAT:.0f}"
    raise Veldfout("buiten_bereik", tekst, f"'{tekst[:40]}' kan hier niet.", verwacht, "Verbeter het getal.")


def _close(rij: Rij, fouten: list[str]) -> bool:
    fouten += [f"{b.melding} {b.herstel}" for b in rij.bevindingen]
    return not rij.bevindingen


def _read_gebieden(pad: Path, met_bevolking: bool, fouten: list[str]) -> tuple[dict[str, _Gebied], bool]:
    schema = (
        Kolom("id", True, soort=Celsoort.WAARDE),
        Kolom("x", True, soort=Celsoort.WAARDE),
        Kolom("y", True, soort=Celsoort.WAARDE),
        Kolom("pop", met_bevolking, soort=Celsoort.WAARDE),
    )
    heeft_bevolking, rijen = _read_rijen(pad, schema, "Gebied", fouten)
    gevonden: dict[str, _Gebied] = {}
    for rij in rijen:
        code = _require(rij, "id", parse_sleutel)
        x, y = (_require(rij, as_, partial(_parse_tussen, minimum=-_MAX_MAAT)) for as_ in ("x", "y"))
        bevolking = _require(rij, "pop", partial(_parse_tussen, minimum=0)) if heeft_bevolking else None
        if code in gevonden:
            rij.refuse("dubbel", "id", f"'{code}' staat er al.", "elk gebied één keer", "Haal een van beide weg.")
        if _close(rij, fouten) and code is not None and x is not None and y is not None:
            gevonden[code] = _Gebied(code, x, y, bevolking)
        elif code is not None:
            # Known all the same, so that its counts are not called unknown too.
            gevonden.setdefault(code, _Gebied(code, 0.0, 0.0, None))
    if len(gevonden) > MAX_GEBIEDEN:
        fouten.append(f"Bestand {pad.name} is te groot: {len(gevonden)} gebieden. Verwacht: hoogstens {MAX_GEBIEDEN}.")
    if gevonden and heeft_bevolking and met_bevolking and all(g.bevolking == 0 for g in gevonden.values()):
        fouten.append(f"Bestand {pad.name}, kolom pop: overal 0. Verwacht: minstens één gebied met inwoners.")
    return gevonden, heeft_bevolking


def _read_tellingen(
    pad: Path, gebiedenbestand: str, bekend: dict[str, _Gebied] | None, fouten: list[str]
) -> dict[tuple[str, int], int]:
    schema = tuple(Kolom(naam, True, soort=Celsoort.WAARDE) for naam in ("id", "t", "count"))
    _, rijen = _read_rijen(pad, schema, "Telling", fouten)
    gevonden: dict[tuple[str, int], int] = {}
    for rij in rijen:
        code, week = _require(rij, "id", parse_sleutel), _require(rij, "t", parse_geheel)
        aantal = _require(rij, "count", partial(parse_geheel, maximum=1_000_000))
        is_bekend = code is not None and (bekend is None or code in bekend)
        if code is not None and not is_bekend:
            rij.refuse(
                "onbekend", "id", f"'{code}' is niet bekend.", f"een id uit {gebiedenbestand}", "Verbeter het id."
            )
        if code is not None and week is not None and (code, week) in gevonden:
            rij.refuse("dubbel", "t", f"week {week} van {code} staat er al.", "elke week één keer", "Haal er een weg.")
        elif code is not None and is_bekend and week is not None:
            # A wrong count is one fault, not also a missing week.
            gevonden[code, week] = aantal or 0
        _close(rij, fouten)
    return gevonden


def _list_weken(per_cel: dict[tuple[str, int], int], naam: str, fouten: list[str]) -> range:
    nummers = {week for _, week in per_cel}
    weken = range(min(nummers, default=0), max(nummers, default=-1) + 1)
    if len(weken) <= MAX_WEKEN:
        return weken
    fouten.append(
        f"Bestand {naam}, kolom t: van {weken[0]} tot en met {weken[-1]} is te groot. "
        f"Verwacht: hoogstens {MAX_WEKEN} opeenvolgende weken. Verbeter t of splits het bestand."
    )
    return range(0)


def _report_gaten(
    bekend: dict[str, _Gebied], per_cel: dict[tuple[str, int], int], weken: range, naam: str, fouten: list[str]
) -> None:
    for code in bekend:
        gaten = [str(week) for week in weken if (code, week) not in per_cel]
        if gaten:
            fouten.append(
                f"Bestand {naam}, gebied {code}: geen telling voor t {', '.join(gaten)}. Verwacht: een telling voor "
                f"elke week van {weken[0]} tot en met {weken[-1]}, ook als die 0 is. Vul die rijen aan."
            )


def _report_zonder_inwoners(
    bekend: dict[str, _Gebied], per_cel: dict[tuple[str, int], int], naam: str, fouten: list[str]
) -> None:
    met_meldingen = {code for (code, _), aantal in per_cel.items() if aantal}
    for code, gebied in bekend.items():
        if gebied.bevolking == 0 and code in met_meldingen:
            fouten.append(
                f"Bestand {naam}, gebied {code}: pop is 0 en er zijn meldingen. Verwacht: inwoners waar "
                "meldingen zijn. Verbeter pop, of haal het gebied uit beide bestanden."
            )
