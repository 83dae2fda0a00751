"""`analyse onderdruk`: what to hide of a table so that no small number can be worked out, for an analyst."""

import argparse
import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gebieden.domein.definities import DREMPEL_SIGNALEN
from gebieden.inlezen.afschermtabel import read_afschermtabel
from gebieden.rapport.uitvoer import check_uitvoerpad, write_geheel

if TYPE_CHECKING:
    from gebieden.analyse.tabelonderdrukking import Tabelafscherming

_MAX_DREMPEL = 10_000


def add_onderdruk(soort: "argparse._SubParsersAction[Any]") -> None:
    """Add `onderdruk` to the sub-parsers of `analyse`."""
    opdracht = soort.add_parser("onderdruk", help="welke getallen van een tabel dicht moeten")
    opdracht.add_argument("tabel", type=Path, metavar="TABEL.json", help="sleutels table, row_totals en col_totals")
    opdracht.add_argument(
        "--drempel", type=_parse_drempel, default=DREMPEL_SIGNALEN, metavar="N", help="kleiner dan N gaat dicht (5)"
    )
    opdracht.add_argument("--uitvoer", type=Path, required=True, metavar="UIT.json")
    opdracht.set_defaults(voer_uit=run_onderdruk)


def _parse_drempel(tekst: str) -> int:
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 10 and 1 <= int(tekst) <= _MAX_DREMPEL):
        raise argparse.ArgumentTypeError(f"'{tekst}' kan niet; verwacht een heel getal van 1 tot en met {_MAX_DREMPEL}")
    return int(tekst)


def run_onderdruk(keuzes: Namespace) -> int:
    """Write what is hidden of a table, and between which bounds each hidden number can still be worked out."""
    # Imports the optimiser of scipy: `--help` and the other commands do not wait for it.
    from gebieden.analyse.tabelonderdrukking import determine_tabelafscherming

    check_uitvoerpad(keuzes.uitvoer, (keuzes.tabel,))
    tabel = read_afschermtabel(keuzes.tabel)
    uitkomst = determine_tabelafscherming(tabel.rijen, keuzes.drempel, met_kolomtotalen=tabel.met_kolomtotalen)
    gegevens = {
        "suppressed": [[bereik.rij, bereik.kolom] for bereik in uitkomst.bereiken],
        "attack": [[bereik.rij, bereik.kolom, bereik.laag, bereik.hoog] for bereik in uitkomst.bereiken],
    }
    write_geheel(f"{json.dumps(gegevens)}\n".encode(), keuzes.uitvoer)
    for zin in _list_zinnen(uitkomst, keuzes.drempel):
        print(zin)
    return 0


def _list_zinnen(uitkomst: "Tabelafscherming", drempel: int) -> Iterator[str]:
    yield f"Afgeschermd: {len(uitkomst.bereiken)} getallen."
    if not uitkomst.is_kleinste:
        yield "De tabel is te groot om de allerkleinste som te zoeken: er is stap voor stap de goedkoopste weg gekozen."
    for bereik in uitkomst.smal:
        yield (
            f"Rij {bereik.rij + 1}, kolom {bereik.kolom + 1} is uit te rekenen van {bereik.laag} tot en met "
            f"{bereik.hoog}. Dat is smaller dan {drempel}, maar breder kan niet, ook niet als alles dicht is: "
            "de totalen staan er. Laat die rij of kolom weg, of voeg haar samen met een andere."
        )
