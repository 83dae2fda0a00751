"""Workbooks (.xlsx, .xls, .ods): sheets as rows of text, with real dates remembered."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.kolommen import Kolom, find_kopregel, list_namen, normalize_kolomnaam
from gebieden.inlezen.werkmapproces import load_bladen

WERKMAPPEN = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
EXCEL_NULPUNT = date(1899, 12, 30)
EERSTE_SERIE, LAATSTE_SERIE = 18_264, 73_050


@dataclass(frozen=True, slots=True)
class Blad:
    """One sheet; `rijen` are calamine's cells (text, float, bool, date, …), from A1 on."""

    naam: str
    rijen: list[list[Any]]


def read_blad(
    pad: Path, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None, laag: str | None
) -> tuple[Blad, int, list[str]]:
    """Return the sheet that has the header, the 0-based header row, and the names of the other sheets.

    Raises
    ------
    InvoerError
        The workbook cannot be opened, `laag` is not in it, or several sheets fit equally.
    """
    bladen = [Blad(naam, rijen) for naam, rijen in load_bladen(pad, laag).items()]
    scores = {blad.naam: _score_blad(blad, schema, kolommen) for blad in bladen}
    volledig = [blad for blad in bladen if scores[blad.naam][2]]
    if len(volledig) > 1:
        raise InvoerError(
            f"In werkmap {pad.name} passen meer bladen: {list_namen([b.naam for b in volledig])}. Verwacht er één. "
            f'Kies het blad met --laag, bijvoorbeeld --laag "{volledig[0].naam}".'
        )
    gekozen = volledig[0] if volledig else max(bladen, key=lambda blad: scores[blad.naam][1])
    return gekozen, scores[gekozen.naam][0], [blad.naam for blad in bladen if blad is not gekozen]


def _score_blad(blad: Blad, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None) -> tuple[int, int, bool]:
    """Return (header row, known columns, all required columns are there)."""
    tekst = [[render_cel(cel) for cel in rij] for rij in blad.rijen[:60]]
    index, aantal = find_kopregel(tekst, schema, kolommen)
    aanwezig = {normalize_kolomnaam(cel) for cel in tekst[index]} if tekst else set()
    via = {normalize_kolomnaam(doel): bron for doel, bron in (kolommen or {}).items()}
    namen = [
        {normalize_kolomnaam(n) for n in (via.get(normalize_kolomnaam(k.naam), k.naam), *k.synoniemen)}
        for k in schema
        if k.verplicht
    ]
    return index, aantal, aantal > 0 and all(mogelijk & aanwezig for mogelijk in namen)


def render_cel(cel: Any, *, is_datumkolom: bool = False) -> str:
    """Return a cell as text: 361.0 → `361`, 1.5 → `1,5`, a date → ISO, yes/no → `ja`/`nee`.

    A decimal comma, so that 1.234 from a workbook cannot be mistaken for 1234. In a date column a
    serial number becomes its date; years before 1950 are left alone, for 2025 there is a year, not a day.
    """
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    if isinstance(cel, int | float):
        return _render_serie(cel) if is_datumkolom else _render_getal(cel)
    if isinstance(cel, datetime):
        return cel.date().isoformat() if cel.time() == time() else cel.isoformat()
    if isinstance(cel, date | time):
        return cel.isoformat()
    return "" if cel is None else str(cel).strip()


def is_datumcel(cel: Any) -> bool:
    """Return whether the workbook itself holds a date or time here."""
    return isinstance(cel, date | time | timedelta)


def _render_serie(cel: float) -> str:
    if not EERSTE_SERIE <= cel <= LAATSTE_SERIE:
        return _render_getal(cel)
    return (EXCEL_NULPUNT + timedelta(days=math.floor(cel))).isoformat()


def _render_getal(cel: float) -> str:
    if isinstance(cel, float) and not math.isfinite(cel):
        return str(cel)
    tekst = format(Decimal(repr(cel)), "f")
    return (tekst.rstrip("0").rstrip(".") if "." in tekst else tekst).replace(".", ",")
