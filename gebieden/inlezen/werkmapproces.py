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
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

import python_calamine

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import MEBIBYTE
from gebieden.inlezen.kolommen import list_namen
from gebieden.inlezen.werkmapmaat import build_onleesbaar, check_werkmap

MAX_GEHEUGEN_BYTES = 1536 * MEBIBYTE
MAX_TIJD_S = 120

_PROJECT = Path(__file__).resolve().parents[2]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOK_RIJEN = 1_000
_TOEGESTAAN = {"date", "datetime", "time", "timedelta", "timezone"}


class _Ontvanger(pickle.Unpickler):
    """Takes plain values and dates, whatever the other process became."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if module_name == "datetime" and global_name in _TOEGESTAAN:
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")


def load_bladen(pad: Path, laag: str | None) -> dict[str, list[list[Any]]]:
    """Return the visible sheets of a workbook, or only the one named `laag`, as rows of cells from A1 on.

    Raises
    ------
    InvoerError
        The workbook cannot be opened, is too large, takes too much memory or time, or has no such sheet.
    """
    opdracht = [sys.executable, "-m", __name__, str(pad.absolute()), *([laag] if laag is not None else [])]
    with subprocess.Popen(
        opdracht,
        cwd=_PROJECT,
        env=os.environ | {"PYTHONPATH": str(_PROJECT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as proces:
        assert proces.stdout is not None
        return _receive(proces.stdout, pad.name)


def _receive(stroom: IO[bytes], bestand: str) -> dict[str, list[list[Any]]]:
    bladen: dict[str, list[list[Any]]] = {}
    while True:
        try:
            soort, naam, rijen = _Ontvanger(stroom).load()
        except (EOFError, pickle.UnpicklingError) as fout:
            raise InvoerError(
                f"Werkmap {bestand} kost te veel geheugen of tijd: meer dan {MAX_GEHEUGEN_BYTES // MEBIBYTE} MB of "
                f"{MAX_TIJD_S} seconden. Splits de werkmap, of lever de gegevens als CSV."
            ) from fout
        if soort == "fout":
            raise InvoerError(naam)
        if soort == "klaar":
            return bladen
        bladen.setdefault(naam, []).extend(rijen)


def _run(pad: Path, laag: str | None, uit: BinaryIO) -> None:
    """Write the sheets to `uit`, or one fault; the last word tells that nothing is missing."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_GEHEUGEN_BYTES, MAX_GEHEUGEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_TIJD_S, MAX_TIJD_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for naam, rijen in _iter_rijen(pad, laag):
            pickle.dump(("rijen", naam, rijen), uit)
        pickle.dump(("klaar", "", []), uit)
    except InvoerError as fout:
        pickle.dump(("fout", str(fout), []), uit)


def _iter_rijen(pad: Path, laag: str | None) -> Iterator[tuple[str, list[list[Any]]]]:
    werkmap = _open_werkmap(pad)
    try:
        for naam in _choose_bladen(werkmap, pad, laag):
            blad = werkmap.get_sheet_by_name(naam)
            # Rows begin at the first filled column; a column's number counts from A.
            links = [""] * (blad.start[1] if blad.start else 0)
            yield naam, []
            rijen = blad.iter_rows()
            while blok := [links + rij for rij in islice(rijen, _BLOK_RIJEN)]:
                yield naam, blok
    except python_calamine.CalamineError as fout:
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
    _run(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None, sys.stdout.buffer)
