"""Opening a workbook in a process of its own, with a limit on memory and time.

The reader is compiled code: a workbook that is made to, makes it ask for more memory than there is, and then not a
file but the whole application is gone.
"""

import io
import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

import python_calamine

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import MEBIBYTE
from gebieden.inlezen.kolommen import list_namen
from gebieden.inlezen.werkmapformules import find_formules
from gebieden.inlezen.werkmapmaat import build_onleesbaar, check_werkmap

MAX_GEHEUGEN_BYTES = 1536 * MEBIBYTE
MAX_TIJD_S = 120

_PROJECT = Path(__file__).resolve().parents[2]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOK_RIJEN = 1_000
_GEHEEL = "geheel"
_TOEGESTAAN = {"date", "datetime", "time", "timedelta", "timezone"}


class _Ontvanger(pickle.Unpickler):
    """Takes plain values and dates, whatever the other process became."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name == "datetime" and global_name in _TOEGESTAAN:
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")


@dataclass(frozen=True, slots=True)
class Werkmap:
    """A workbook: per sheet its rows of cells from A1 on, and what they do not show.

    `verborgen` has a key per hidden sheet. `samengevoegd` are the corners of merged cells as ((row, column), (row,
    column)) from 0 on; `formules` the (row, column) of cells with a formula, from 1 on.
    """

    bladen: dict[str, list[list[Any]]] = field(default_factory=dict)
    verborgen: dict[str, list[Any]] = field(default_factory=dict)
    samengevoegd: dict[str, list[Any]] = field(default_factory=dict)
    formules: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def load_bladen(pad: Path, laag: str | None) -> dict[str, list[list[Any]]]:
    """Return the visible sheets of a workbook, or only the one named `laag`, as rows of cells from A1 on.

    Raises
    ------
    InvoerError
        The workbook cannot be opened, is too large, takes too much memory or time, or has no such sheet.
    """
    bladen: dict[str, list[list[Any]]] = {}
    for _, naam, rijen in _iter_berichten(pad, *([laag] if laag is not None else [])):
        bladen.setdefault(naam, []).extend(rijen)
    return bladen


def load_werkmap(pad: Path) -> Werkmap:
    """Return every sheet of an .xlsx, hidden ones too, with what a table has no place for; raise as `load_bladen`."""
    werkmap = Werkmap()
    for soort, naam, inhoud in _iter_berichten(pad, "", _GEHEEL):
        if soort == "rijen":
            werkmap.bladen.setdefault(naam, []).extend(inhoud)
        else:
            getattr(werkmap, soort)[naam] = inhoud
    return werkmap


def _iter_berichten(pad: Path, *keuzes: str) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield what the other process has to say: what it is about, the sheet, the content."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__, str(pad.absolute()), *keuzes],
        cwd=_PROJECT,
        env=os.environ | {"PYTHONPATH": str(_PROJECT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as proces:
        assert proces.stdout is not None
        yield from _receive(proces.stdout, pad.name)


def _receive(stroom: IO[bytes], bestand: str) -> Iterator[tuple[str, str, list[Any]]]:
    while True:
        try:
            soort, naam, inhoud = _Ontvanger(stroom).load()
        except (EOFError, pickle.UnpicklingError) as fout:
            raise InvoerError(
                f"Werkmap {bestand} kost te veel geheugen of tijd: meer dan {MAX_GEHEUGEN_BYTES // MEBIBYTE} MB of "
                f"{MAX_TIJD_S} seconden. Splits de werkmap, of lever de gegevens als CSV."
            ) from fout
        if soort == "fout":
            raise InvoerError(naam)
        if soort == "klaar":
            return
        yield soort, naam, inhoud


def _run(pad: Path, laag: str | None, uit: BinaryIO, *, geheel: bool = False) -> None:
    """Write the sheets to `uit`, or one fault; the last word tells that nothing is missing."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_GEHEUGEN_BYTES, MAX_GEHEUGEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_TIJD_S, MAX_TIJD_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for bericht in _iter_geheel(pad) if geheel else (("rijen", *deel) for deel in _iter_rijen(pad, laag)):
            pickle.dump(bericht, uit)
        pickle.dump(("klaar", "", []), uit)
    except InvoerError as fout:
        pickle.dump(("fout", str(fout), []), uit)


def _iter_rijen(pad: Path, laag: str | None) -> Iterator[tuple[str, list[list[Any]]]]:
    werkmap = _open_werkmap(pad)
    try:
        for naam in _choose_bladen(werkmap, pad, laag):
            yield from _iter_blad(werkmap, naam)
    except python_calamine.CalamineError as fout:
        raise build_onleesbaar(pad.name, str(fout)) from fout


def _iter_blad(werkmap: python_calamine.CalamineWorkbook, naam: str) -> Iterator[tuple[str, list[list[Any]]]]:
    blad = werkmap.get_sheet_by_name(naam)
    # Rows begin at the first filled column; a column's number counts from A.
    links = [""] * (blad.start[1] if blad.start else 0)
    yield naam, []
    rijen = blad.iter_rows()
    while blok := [links + rij for rij in islice(rijen, _BLOK_RIJEN)]:
        yield naam, blok


def _iter_geheel(pad: Path) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield all that `load_werkmap` takes apart: rows first, and then per sheet what else there is."""
    werkmap = _open_werkmap(pad)
    try:
        for blad in werkmap.sheets_metadata:
            if blad.typ == python_calamine.SheetTypeEnum.WorkSheet:
                yield from (("rijen", *deel) for deel in _iter_blad(werkmap, blad.name))
                yield "samengevoegd", blad.name, werkmap.get_sheet_by_name(blad.name).merged_cell_ranges or []
            if blad.visible != python_calamine.SheetVisibleEnum.Visible:
                yield "verborgen", blad.name, []
        yield from (("formules", naam, plaatsen) for naam, plaatsen in find_formules(pad).items())
    except (python_calamine.CalamineError, ElementTree.ParseError, ExpatError) as fout:
        raise build_onleesbaar(pad.name, str(fout)) from fout


def _open_werkmap(pad: Path) -> python_calamine.CalamineWorkbook:
    with pad.open("rb") as bestand:
        begin = bestand.read(8)
    if begin == _OLE and pad.suffix.lower() != ".xls":
        raise _build_versleuteld(pad)
    if begin[:4] == b"PK\x03\x04":
        check_werkmap(pad)
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(pad.read_bytes()))
    except python_calamine.PasswordError as fout:
        raise _build_versleuteld(pad) from fout
    except (python_calamine.CalamineError, OSError) as fout:
        raise build_onleesbaar(pad.name, str(fout)) from fout


def _choose_bladen(werkmap: python_calamine.CalamineWorkbook, pad: Path, laag: str | None) -> list[str]:
    if laag is not None:
        namen = [n for n in werkmap.sheet_names if n.strip().casefold() == laag.strip().casefold()]
        if not namen:
            raise InvoerError(
                f"Blad '{laag}' staat niet in werkmap {pad.name}. Gevonden bladen: "
                f"{list_namen(werkmap.sheet_names)}. Verbeter --laag."
            )
        return namen
    zichtbaar = [
        m.name
        for m in werkmap.sheets_metadata
        if m.visible == python_calamine.SheetVisibleEnum.Visible and m.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    return zichtbaar or werkmap.sheet_names


def _build_versleuteld(pad: Path) -> InvoerError:
    return InvoerError(
        f"Werkmap {pad.name} is met een wachtwoord beveiligd of is een oud bestand met de verkeerde extensie. "
        "Bewaar de werkmap zonder wachtwoord als .xlsx en lees haar opnieuw in."
    )


if __name__ == "__main__":
    _run(
        Path(sys.argv[1]),
        sys.argv[2] if len(sys.argv) > 2 else None,
        sys.stdout.buffer,
        geheel=sys.argv[3:] == [_GEHEEL],
    )
