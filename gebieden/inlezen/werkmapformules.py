"""Where a sheet of an .xlsx has formulas or errors.

The reader gives only what a formula came to when somebody last saved it, and an error (`#N/B`) as an empty cell.
"""

import xml.parsers.expat
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from gebieden.inlezen.werkmapmaat import VERWIJZING, count_kolommen, parse_deel, to_getal

_WERKMAP, _VERBINDINGEN = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def find_formules(pad: Path) -> dict[str, list[tuple[int, int]]]:
    """Return per sheet the (row, column) of every cell with a formula or an error, both from 1 on.

    Only for a file that `check_werkmap` has let through.
    """
    with zipfile.ZipFile(pad) as archief:
        return {
            blad: gevonden
            for blad, deel in _list_delen(archief).items()
            if deel in archief.namelist() and (gevonden := _find_in(archief, deel, pad.name))
        }


def _list_delen(archief: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of the part per sheet."""
    if not {_WERKMAP, _VERBINDINGEN} <= set(archief.namelist()):
        return {}
    doelen = {
        element.get("Id"): element.get("Target", "")
        for element in ElementTree.fromstring(archief.read(_VERBINDINGEN)).iter()
    }
    delen: dict[str, str] = {}
    for element in ElementTree.fromstring(archief.read(_WERKMAP)).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            sleutel = next((w for k, w in element.attrib.items() if k.rpartition("}")[2] == "id"), None)
            doel = doelen.get(sleutel, "")
            delen[element.get("name", "")] = doel.removeprefix("/") if doel.startswith("/") else f"xl/{doel}"
    return delen


def _find_in(archief: zipfile.ZipFile, deel: str, bestand: str) -> list[tuple[int, int]]:
    gevonden: dict[tuple[int, int], None] = {}
    kolom = rij = 0

    def begin(element: str, kenmerken: dict[str, str]) -> None:
        nonlocal kolom, rij
        soort = element.rpartition(":")[2]
        if soort == "row":
            kolom, rij = 0, to_getal(kenmerken.get("r")) or rij + 1
        elif soort == "c":
            plaats = VERWIJZING.fullmatch(kenmerken.get("r", ""))
            kolom, rij = (count_kolommen(plaats[1]), int(plaats[2])) if plaats else (kolom + 1, rij)
        if soort == "f" or kenmerken.get("t") == "e":
            gevonden[rij, kolom] = None

    ontleder = xml.parsers.expat.ParserCreate()
    ontleder.StartElementHandler = begin
    parse_deel(archief, deel, ontleder, bestand)
    return list(gevonden)
