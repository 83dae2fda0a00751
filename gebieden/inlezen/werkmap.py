"""Workbooks (.xlsx, .xls, .ods): sheets as rows of text, with real dates remembered."""

import io
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import check_zip
from gebieden.inlezen.kolommen import Kolom, find_kopregel, list_namen, normalize_kolomnaam

WERKMAPPEN = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
EXCEL_NULPUNT = date(1899, 12, 30)
EERSTE_SERIE, LAATSTE_SERIE = 18_264, 73_050
MAX_CELLEN = 20_000_000
"""Largest rectangle of cells of one sheet; one stray value in the last corner would be 17 billion."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_VERRE_CEL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>/]*>')

_ODS_CEL = re.compile(
    rb'<table:table-(?P<soort>row|cell)(?:[^>]*?number-(?:rows|columns)-repeated="(?P<aantal>\d{1,9})")?[^>]*?(?P<leeg>/?)>'
)


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
    bladen = _load_bladen(pad, laag)
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


def _load_bladen(pad: Path, laag: str | None) -> list[Blad]:
    werkmap = _open_werkmap(pad)
    zichtbaar = [
        m.name
        for m in werkmap.sheets_metadata
        if m.visible == python_calamine.SheetVisibleEnum.Visible and m.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    namen = zichtbaar or werkmap.sheet_names
    if laag is not None:
        namen = [n for n in werkmap.sheet_names if n.strip().casefold() == laag.strip().casefold()]
        if not namen:
            raise InvoerError(
                f"Blad '{laag}' staat niet in werkmap {pad.name}. Gevonden bladen: "
                f"{list_namen(werkmap.sheet_names)}. Verbeter --laag."
            )
    try:
        return [Blad(naam, werkmap.get_sheet_by_name(naam).to_python(skip_empty_area=False)) for naam in namen]
    except python_calamine.CalamineError as fout:
        raise _build_onleesbaar(pad, str(fout)) from fout


def _open_werkmap(pad: Path) -> python_calamine.CalamineWorkbook:
    with pad.open("rb") as bestand:
        begin = bestand.read(8)
    if begin == _OLE and pad.suffix.lower() != ".xls":
        raise _build_versleuteld(pad)
    if begin[:4] == b"PK\x03\x04":
        check_zip(pad)
        _check_omvang(pad)
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(pad.read_bytes()))
    except python_calamine.PasswordError as fout:
        raise _build_versleuteld(pad) from fout
    except (python_calamine.CalamineError, OSError) as fout:
        raise _build_onleesbaar(pad, str(fout)) from fout


def _build_versleuteld(pad: Path) -> InvoerError:
    return InvoerError(
        f"Werkmap {pad.name} is met een wachtwoord beveiligd of is een oud bestand met de verkeerde extensie. "
        "Bewaar de werkmap zonder wachtwoord als .xlsx en lees haar opnieuw in."
    )


def _build_onleesbaar(pad: Path, reden: str) -> InvoerError:
    return InvoerError(
        f"Werkmap {pad.name} is beschadigd of geen echte werkmap ({reden}). "
        "Open haar in Excel of LibreOffice, bewaar haar opnieuw als .xlsx, en lees haar opnieuw in."
    )


def _check_omvang(pad: Path) -> None:
    """Refuse a sheet of more than MAX_CELLEN before the reader allocates it: a stray far cell, or one repeated."""
    with zipfile.ZipFile(pad) as archief:
        for lid in archief.namelist():
            if lid.startswith("xl/worksheets/") and lid.endswith(".xml"):
                breedte, hoogte = _measure_blad(archief, lid)
                cellen = breedte * hoogte
            elif lid == "content.xml":
                cellen = _count_herhaald(archief, lid)
            else:
                continue
            if cellen > MAX_CELLEN:
                raise InvoerError(
                    f"Een blad van werkmap {pad.name} heeft {cellen} cellen: te groot. "
                    f"Toegestaan zijn er {MAX_CELLEN}. Verwijder losse waarden ver onder of naast de tabel."
                )


def _count_herhaald(archief: zipfile.ZipFile, lid: str) -> int:
    """Return how many filled cells an .ods comes to when its repetitions are written out."""
    cellen, herhaling = 0, 1
    for gevonden in _ODS_CEL.finditer(_read_lid(archief, lid)):
        aantal = int(gevonden["aantal"] or 1)
        if gevonden["soort"] == b"row":
            herhaling = aantal
        elif gevonden["leeg"] != b"/":
            cellen += herhaling * aantal
    return cellen


def _read_lid(archief: zipfile.ZipFile, lid: str) -> bytes:
    try:
        return archief.read(lid)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as fout:
        raise _build_onleesbaar(Path(archief.filename or ""), str(fout)) from fout


def _measure_blad(archief: zipfile.ZipFile, lid: str) -> tuple[int, int]:
    breedte = hoogte = 0
    staart = b""
    try:
        with archief.open(lid) as blad:
            while blok := blad.read(1024**2):
                for letters, cijfers in _VERRE_CEL.findall(staart + blok):
                    kolom = 0
                    for letter in letters:
                        kolom = kolom * 26 + letter - 64
                    breedte, hoogte = max(breedte, kolom), max(hoogte, int(cijfers))
                staart = blok[-64:]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as fout:
        raise _build_onleesbaar(Path(archief.filename or ""), str(fout)) from fout
    return breedte, hoogte


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
