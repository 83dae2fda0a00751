"""`bewaartermijn`: erase single signals that are older than the term of their group, with a report."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.domein.taal import format_datum, format_getal
from gebieden.opdrachten import get_peildatum, open_engine
from gebieden.opslag.bewaartermijn import Bewaarregel, erase_oude_signalen
from gebieden.rapport.bevindingen import check_rapportpad, write_bevindingen


def add_bewaartermijn(soort: "argparse._SubParsersAction[Any]") -> None:
    """Add `bewaartermijn`."""
    opdracht = soort.add_parser("bewaartermijn", help="wis losse signalen die ouder zijn dan hun bewaartermijn")
    opdracht.add_argument("--droog", action="store_true", help="alleen tellen, niets wissen")
    opdracht.add_argument("--rapport", type=Path, metavar="PAD", help="schrijf per categorie wat er gewist is")
    opdracht.set_defaults(voer_uit=run_bewaartermijn)


def run_bewaartermijn(keuzes: Namespace) -> int:
    """Erase what is too old and say per category how much; 0 also when there was nothing."""
    if keuzes.rapport:
        check_rapportpad(keuzes.rapport)
    engine = open_engine()
    regels = erase_oude_signalen(engine, OPDRACHTREGEL, get_peildatum(engine), droog=keuzes.droog)
    bevindingen = [_compose_bevinding(regel, droog=keuzes.droog) for regel in regels]
    for bevinding in bevindingen:
        print(bevinding.melding)
    if keuzes.droog:
        print("Alleen geteld: er is niets gewist.")
    else:
        print(f"Gewist: {format_getal(sum(regel.gewist for regel in regels))} signalen. De aantallen blijven.")
    if keuzes.rapport:
        # Last, for what was erased is erased, also when this cannot be written.
        write_bevindingen(bevindingen, keuzes.rapport)
    return 0


def _compose_bevinding(regel: Bewaarregel, *, droog: bool) -> Bevinding:
    if regel.grens is None:
        melding = f"{regel.categorie}: de bewaartermijn is nog niet besloten. Er wordt niets gewist."
        herstel = f"Kies op de pagina Gegevens hoeveel jaar signalen van '{regel.groep}' bewaard worden."
        return Bevinding(Ernst.LET_OP, "geen_bewaartermijn", melding, herstel, waarde=regel.categorie)
    melding = (
        f"{regel.categorie}: {format_getal(regel.gewist)} signalen van voor {format_datum(regel.grens)} "
        f"{'te wissen' if droog else 'gewist'} (termijn {regel.jaren} jaar), {format_getal(regel.blijft)} blijven."
    )
    return Bevinding(Ernst.HERSTELD, "bewaartermijn", melding, "", waarde=regel.categorie)
