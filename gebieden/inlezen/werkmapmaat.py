"""How large the sheets of a workbook become, found by streaming through it before anything opens it.

The reader allocates the whole rectangle from A1 to the last filled cell, so that a file of one kilobyte can ask for
more memory than there is.
"""

import re
import xml.parsers.expat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import MEBIBYTE, check_zip

MAX_CELLEN = 20_000_000
"""Largest rectangle of cells of one sheet; one stray value in the last corner would be 17 billion."""
MAX_LEEGTE = 10
"""Largest number of cells in that rectangle per filled cell; up to MAX_CELLEN_LEEG emptiness does not matter."""
MAX_CELLEN_LEEG = 2_000_000
MAX_TEKSTEN = 5_000_000
"""Largest number of shared texts: a text that takes six characters in the file takes 24 bytes in memory."""
MAX_DEEL_BYTES = 256 * MEBIBYTE
"""Largest unpacked part that is no sheet: texts, styles."""

MAX_TEKST_BYTES = 4 * MEBIBYTE
"""Largest stretch without a tag: the text of one cell."""

_BLOK = MEBIBYTE
_CEL = re.compile(rb"<(?:[^\s<>/=\"']{1,60}:)?c[\s/>]")
_GEWONE_CEL = re.compile(
    rb'<(?:\w{1,20}:)?c r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-z]{1,4}="[^"<>&]*")* ?(/?)>',
)
_TEKST = re.compile(rb"<(?:\w{1,20}:)?si[\s/>]")
VERWIJZING = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")
_DTD = b"<!DOCTYPE"


@dataclass
class _Maat:
    """The rectangle from A1 that the filled cells of a sheet lie in, and how many those are."""

    breedte: int = 0
    hoogte: int = 0
    gevuld: int = 0

    def add(self, kolom: int, rij: int, aantal: int = 1) -> None:
        self.breedte, self.hoogte = max(self.breedte, kolom), max(self.hoogte, rij)
        self.gevuld += aantal


def check_werkmap(pad: Path) -> None:
    """Raise InvoerError for a zipped workbook that would take more memory than its content is worth, or holds a DTD."""
    check_zip(pad)
    with zipfile.ZipFile(pad) as archief:
        namen = archief.namelist()
        if any(naam.lower() == "xl/workbook.bin" for naam in namen):
            raise InvoerError(
                f"Werkmap {pad.name} is een binaire werkmap (.xlsb), en die wordt niet gelezen. "
                "Bewaar haar in Excel als .xlsx en lees haar opnieuw in."
            )
        for naam in namen:
            for maat in _measure_deel(archief, naam, pad.name):
                _check_maat(maat, pad.name)


def _check_maat(maat: _Maat, bestand: str) -> None:
    cellen = maat.breedte * maat.hoogte
    if cellen > max(MAX_CELLEN_LEEG, min(MAX_CELLEN, MAX_LEEGTE * maat.gevuld)):
        raise InvoerError(
            f"Een blad van werkmap {bestand} heeft {cellen} cellen: te groot. Toegestaan zijn er {MAX_CELLEN}, en "
            f"hoogstens {MAX_LEEGTE} per gevulde cel; gevuld zijn er {maat.gevuld}. "
            "Verwijder losse waarden ver onder of naast de tabel."
        )


def _measure_deel(archief: zipfile.ZipFile, naam: str, bestand: str) -> Iterator[_Maat]:
    """Yield the size of each sheet in one part; any part can be a sheet, for the workbook itself says which are."""
    try:
        if not naam.lower().endswith(".xml") and not _is_xml(archief, naam):
            return
        if naam == "content.xml":
            yield from _measure_ods(archief, naam, bestand)
        elif (maat := _measure_snel(archief, naam, bestand)) is not None:
            yield maat
        else:
            yield _measure_precies(archief, naam, bestand)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as fout:
        raise build_onleesbaar(bestand, str(fout)) from fout
    except xml.parsers.expat.ExpatError as fout:
        raise build_onleesbaar(bestand, f"{naam}: {fout}") from fout


def _is_xml(archief: zipfile.ZipFile, naam: str) -> bool:
    with archief.open(naam) as deel:
        return deel.read(100).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def build_onleesbaar(bestand: str, reden: str) -> InvoerError:
    """Return the error for a workbook that no program could read."""
    return InvoerError(
        f"Werkmap {bestand} is beschadigd of geen echte werkmap ({reden}). "
        "Open haar in Excel of LibreOffice, bewaar haar opnieuw als .xlsx, en lees haar opnieuw in."
    )


def _build_dtd(bestand: str) -> InvoerError:
    return InvoerError(
        f"Werkmap {bestand} bevat een DTD (<!DOCTYPE>). Excel en LibreOffice schrijven die niet, en er kan een XML-bom "
        "in zitten. Bewaar de werkmap opnieuw als .xlsx en lees haar opnieuw in."
    )


def _measure_snel(archief: zipfile.ZipFile, naam: str, bestand: str) -> _Maat | None:
    """Return the size of a sheet whose cells are all written as Excel does, None for one that needs a real reader."""
    maat, teksten, gelezen = _Maat(), 0, 0
    for stuk in iter_stukken(archief, naam, bestand):
        if _DTD in stuk:
            raise _build_dtd(bestand)
        cellen = _GEWONE_CEL.findall(stuk)
        if len(cellen) != len(_CEL.findall(stuk)):
            return None
        gevuld = [(letters, cijfers) for letters, cijfers, leeg in cellen if not leeg]
        if gevuld:
            breedste = max({letters for letters, _ in gevuld}, key=count_kolommen)
            maat.add(count_kolommen(breedste), max(int(cijfers) for _, cijfers in gevuld), len(gevuld))
        gelezen += len(stuk)
        teksten += len(_TEKST.findall(stuk))
        if teksten > MAX_TEKSTEN or (gelezen > MAX_DEEL_BYTES and not maat.gevuld):
            raise InvoerError(
                f"Onderdeel {naam} van werkmap {bestand} is te groot: meer dan {MAX_DEEL_BYTES // MEBIBYTE} MB of "
                f"{MAX_TEKSTEN} teksten. Splits de werkmap, of lever de gegevens als CSV."
            )
    return maat


def iter_stukken(archief: zipfile.ZipFile, naam: str, bestand: str) -> Iterator[bytes]:
    """Yield a part in pieces that end before a tag begins."""
    rest = b""
    with archief.open(naam) as deel:
        while blok := deel.read(_BLOK):
            samen = rest + blok
            tot = samen.rfind(b"<")
            yield samen[: max(tot, 0)]
            rest = samen[max(tot, 0) :]
            if len(rest) > MAX_TEKST_BYTES:
                raise InvoerError(
                    f"In onderdeel {naam} van werkmap {bestand} staat een tekst van meer dan "
                    f"{MAX_TEKST_BYTES // MEBIBYTE} MB. Maak die korter; een cel van Excel houdt 32.767 tekens."
                )
    yield rest


def count_kolommen(letters: bytes | str) -> int:
    """Return the number of a column by its letters: A is 1, AA 27."""
    tekst = letters.decode() if isinstance(letters, bytes) else letters.upper()
    kolom = 0
    for letter in tekst:
        kolom = kolom * 26 + ord(letter) - 64
    return kolom


def parse_deel(archief: zipfile.ZipFile, naam: str, ontleder: xml.parsers.expat.XMLParserType, bestand: str) -> None:
    """Read a part of a workbook piece by piece; raise InvoerError when it declares a DTD."""

    def refuse(*_: object) -> None:
        raise _build_dtd(bestand)

    ontleder.StartDoctypeDeclHandler = refuse
    for stuk in iter_stukken(archief, naam, bestand):
        ontleder.Parse(stuk, False)
    ontleder.Parse(b"", True)


def _measure_precies(archief: zipfile.ZipFile, naam: str, bestand: str) -> _Maat:
    """Return the size of a sheet of .xlsx as the reader will see it: a cell that says no place follows the last."""
    maat = _Maat()
    kolom = rij = 0

    def begin(element: str, kenmerken: dict[str, str]) -> None:
        nonlocal kolom, rij
        soort = element.rpartition(":")[2]
        if soort == "row":
            kolom, rij = 0, to_getal(kenmerken.get("r")) or rij + 1
        elif soort == "c":
            plaats = VERWIJZING.fullmatch(kenmerken.get("r", ""))
            kolom, eigen_rij = (count_kolommen(plaats[1]), int(plaats[2])) if plaats else (kolom + 1, rij)
            maat.add(kolom, max(rij, eigen_rij))

    ontleder = xml.parsers.expat.ParserCreate()
    ontleder.StartElementHandler = begin
    parse_deel(archief, naam, ontleder, bestand)
    return maat


def to_getal(tekst: str | None) -> int:
    """Return a number as an attribute has it, 0 where it has none."""
    return int(tekst) if tekst and tekst.isdecimal() and len(tekst) < 20 else 0


def _measure_ods(archief: zipfile.ZipFile, naam: str, bestand: str) -> list[_Maat]:
    """Return the sizes of the sheets of an .ods when their repetitions are written out."""
    maten = [_Maat()]
    kolom = rij = rijen = cellen = breedte = 0

    def begin(element: str, kenmerken: dict[str, str]) -> None:
        nonlocal kolom, rij, rijen, cellen, breedte
        if element == "table:table":
            maten.append(_Maat())
            rij = 0
        elif element == "table:table-row":
            kolom = cellen = breedte = 0
            rijen = to_getal(kenmerken.get("table:number-rows-repeated")) or 1
        elif element in {"table:table-cell", "table:covered-table-cell"}:
            aantal = to_getal(kenmerken.get("table:number-columns-repeated")) or 1
            kolom += aantal
            if any(soort.startswith("office:") for soort in kenmerken):
                cellen, breedte = cellen + aantal, kolom

    def end(element: str) -> None:
        nonlocal rij
        if element == "table:table-row":
            rij += rijen
            if cellen:
                maten[-1].add(breedte, rij, cellen * rijen)

    ontleder = xml.parsers.expat.ParserCreate()
    ontleder.StartElementHandler, ontleder.EndElementHandler = begin, end
    parse_deel(archief, naam, ontleder, bestand)
    return maten
