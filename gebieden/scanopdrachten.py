"""`python -m gebieden analyse scan`: clusters of areas, from two files."""

import argparse
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from gebieden.analyse.clusters import (
    Cluster,
    build_scaninvoer,
    find_bevolkingsclusters,
    find_permutatieclusters,
)
from gebieden.analyse.clusterzoeker import REPLICATIES, ZAAD
from gebieden.analyse.scan import MAX_TOTAAL, list_vensters
from gebieden.analyse.zones import AANDEEL_BEVOLKING, STANDAARD_AANDEEL
from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.scanbestanden import Scantabellen, read_scantabellen
from gebieden.rapport.scanuitvoer import render_scan
from gebieden.rapport.uitvoer import check_uitvoerpad, write_geheel

_WEKEN = 4


class Scansoort(StrEnum):
    """What is looked for: in space, in space and time, or in time given the totals of area and week."""

    RUIMTELIJK = "ruimtelijk"
    RUIMTE_TIJD = "ruimte-tijd"
    PERMUTATIE = "permutatie"


def add_scan(soort: "argparse._SubParsersAction[Any]") -> None:
    """Add the command `scan`."""
    scan = soort.add_parser("scan", help="clusters van gebieden met meer meldingen dan bij toeval past")
    scan.add_argument("gebieden", type=Path, metavar="GEBIEDEN.csv", help="kolommen id, x, y (meters), pop")
    scan.add_argument("tellingen", type=Path, metavar="TELLINGEN.csv", help="kolommen id, t (week), count")
    scan.add_argument("--soort", type=_parse_soort, required=True, metavar="|".join(Scansoort))
    scan.add_argument("--prospectief", action="store_true", help="alleen vensters die in de laatste week eindigen")
    scan.add_argument("--weken", type=_build_geheel(1, 104), default=_WEKEN, metavar="N", help="langste venster (4)")
    scan.add_argument("--replicaties", type=_build_geheel(1, 99_999), default=REPLICATIES, metavar="N", help="(999)")
    scan.add_argument("--zaad", type=_build_geheel(0, 2**32 - 1), default=ZAAD, metavar="N", help="van het toeval")
    scan.add_argument("--uitvoer", type=Path, required=True, metavar="UIT.json")
    scan.set_defaults(voer_uit=run_scan)


def _parse_soort(tekst: str) -> Scansoort:
    if tekst.lower() not in tuple(Scansoort):
        raise argparse.ArgumentTypeError(f"'{tekst}' is niet bekend; verwacht: {', '.join(Scansoort)}")
    return Scansoort(tekst.lower())


def _build_geheel(minimum: int, maximum: int) -> Callable[[str], int]:
    def parse(tekst: str) -> int:
        if not (tekst.isascii() and tekst.isdigit() and len(tekst) <= 12 and minimum <= int(tekst) <= maximum):
            raise argparse.ArgumentTypeError(f"'{tekst}' kan niet; verwacht een geheel getal, {minimum} tot {maximum}")
        return int(tekst)

    return parse


def run_scan(keuzes: argparse.Namespace) -> int:
    """Search clusters in two files and write them as JSON; 0 when that is done."""
    is_ruimtelijk = keuzes.soort is Scansoort.RUIMTELIJK
    if is_ruimtelijk and keuzes.prospectief:
        raise InvoerError("--prospectief kan niet bij --soort ruimtelijk. Verwacht: ruimte-tijd of permutatie.")
    check_uitvoerpad(keuzes.uitvoer, (keuzes.gebieden, keuzes.tellingen))
    tabellen = read_scantabellen(
        keuzes.gebieden, keuzes.tellingen, met_bevolking=keuzes.soort is not Scansoort.PERMUTATIE
    )
    if tabellen.tellingen.sum() > MAX_TOTAAL:
        raise InvoerError(
            f"Bestand {keuzes.tellingen.name}, kolom count: samen {tabellen.tellingen.sum()} meldingen is te groot. "
            f"Verwacht: hoogstens {MAX_TOTAAL}. Neem minder weken."
        )
    inhoud = render_scan(
        _search(tabellen, keuzes),
        tabellen.weken,
        is_ruimtelijk=is_ruimtelijk,
        verantwoording=_compose_verantwoording(tabellen, keuzes),
    )
    write_geheel(inhoud, keuzes.uitvoer)
    return 0


def _search(tabellen: Scantabellen, keuzes: argparse.Namespace) -> list[Cluster]:
    invoer = build_scaninvoer(tabellen.codes, tabellen.x, tabellen.y, tabellen.tellingen)
    vensters = list_vensters(len(tabellen.weken), keuzes.weken, prospectief=keuzes.prospectief)
    loting = {"replicaties": keuzes.replicaties, "zaad": keuzes.zaad}
    aandeel = _get_aandeel(tabellen)
    if keuzes.soort is Scansoort.PERMUTATIE or tabellen.bevolking is None:
        return find_permutatieclusters(
            invoer, vensters=vensters, bevolking=tabellen.bevolking, aandeel=aandeel, **loting
        )
    gekozen = None if keuzes.soort is Scansoort.RUIMTELIJK else vensters
    return find_bevolkingsclusters(invoer, tabellen.bevolking, vensters=gekozen, aandeel=aandeel, **loting)


def _get_aandeel(tabellen: Scantabellen) -> float:
    return STANDAARD_AANDEEL if tabellen.bevolking is None else AANDEEL_BEVOLKING


def _compose_verantwoording(tabellen: Scantabellen, keuzes: argparse.Namespace) -> dict[str, Any]:
    wat = "de gebieden" if tabellen.bevolking is None else "de bevolking"
    is_ruimtelijk = keuzes.soort is Scansoort.RUIMTELIJK
    return {
        "description": f"{keuzes.soort}{', prospectief' if keuzes.prospectief else ''}, cirkels tot "
        f"{_get_aandeel(tabellen):.0%} van {wat}; gebieden buiten het bestand zijn niet gezien",
        "soort": str(keuzes.soort),
        "prospectief": keuzes.prospectief,
        "weken": None if is_ruimtelijk else keuzes.weken,
        "replicaties": keuzes.replicaties,
        "zaad": keuzes.zaad,
        "invoer": dict(tabellen.vingerafdruk),
    }
