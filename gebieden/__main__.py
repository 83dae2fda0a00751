"""De opdrachtregel: `python -m gebieden …`. What each command does is in `gebieden.opdrachten`."""

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from gebieden import analyseopdrachten, gebruikersopdrachten, opdrachten, signaleeropdrachten
from gebieden.bewaaropdracht import add_bewaartermijn
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.gebruiker import TOE_TE_KENNEN
from gebieden.domein.rechten import Rol
from gebieden.domein.thema import Thema
from gebieden.opslag.invoer import SOORTEN
from gebieden.opslag.weekpanelen import NIVEAUS

ONBRUIKBAAR = 2
VERKEERD_GEBRUIK = 64
AFGEBROKEN = 130


Keuze = TypeVar("Keuze", bound=str)

_VERTALINGEN = (
    (r"^the following arguments are required: ", "dit ontbreekt: "),
    (r"^unrecognized arguments: ", "onbekend: "),
    (r"not allowed with argument (.*)$", r"kan niet samen met \1"),
    (r"expected one argument$", "hier hoort één waarde achter"),
    (r"^argument ", ""),
    (r"^OPDRACHT: invalid choice: ('.*') \(choose from (.*)\)$", r"opdracht \1 bestaat niet; verwacht: \2"),
    (r"^ambiguous option: (.*) could match (.*)$", r"\1 kan meer betekenen: \2"),
    (r"ignored explicit argument ('.*')$", r"hier hoort niets achter: \1"),
)


class _Ontleder(argparse.ArgumentParser):
    """A parser that speaks Dutch and exits with 64 on wrong usage."""

    def error(self, message: str) -> NoReturn:
        for engels, nederlands in _VERTALINGEN:
            message = re.sub(engels, nederlands, message)
        self.print_usage(sys.stderr)
        self.exit(VERKEERD_GEBRUIK, f"{self.prog}: verkeerd gebruik: {message}\n")


def _build_keuze(opties: Collection[Keuze]) -> Callable[[str], Keuze]:
    """Return the reader of an argument that is one of these words."""

    def parse(tekst: str) -> Keuze:
        gevonden = next((optie for optie in opties if optie == tekst.lower()), None)
        if gevonden is None:
            raise argparse.ArgumentTypeError(f"'{tekst}' is niet bekend; verwacht: {', '.join(opties)}")
        return gevonden

    return parse


def _parse_jaar(tekst: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", tekst):
        raise argparse.ArgumentTypeError(f"'{tekst}' is geen jaar; verwacht vier cijfers, zoals 2025")
    return int(tekst)


def _parse_datum(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError as fout:
        raise argparse.ArgumentTypeError(f"'{tekst}' is geen datum; verwacht JJJJ-MM-DD, zoals 2026-05-12") from fout


def _parse_kolommen(tekst: str) -> dict[str, str]:
    paren = [deel.partition("=") for deel in tekst.split(",") if deel.strip()]
    if not paren or any(not (doel.strip() and bron.strip()) for doel, _, bron in paren):
        raise argparse.ArgumentTypeError(
            f"'{tekst}' is geen lijst doel=bron,…; verwacht bijvoorbeeld code=nr,naam=titel"
        )
    return {doel.strip(): bron.strip() for doel, _, bron in paren}


def _parse_gebieden(tekst: str) -> list[str]:
    return [code.strip() for code in tekst.split(",") if code.strip()]


def _add_gebruiker(soort: "argparse._SubParsersAction[_Ontleder]") -> None:
    gebruiker = soort.add_parser("gebruiker", help="wie zich mag aanmelden, en als wat")
    wat = gebruiker.add_subparsers(dest="wat", required=True, metavar="OPDRACHT", parser_class=_Ontleder)
    for naam, voer_uit, hulp in (
        ("toevoegen", gebruikersopdrachten.run_toevoegen, "laat iemand toe"),
        ("wijzigen", gebruikersopdrachten.run_wijzigen, "verander wat u erbij noemt"),
        ("verwijderen", gebruikersopdrachten.run_verwijderen, "wis iemand"),
    ):
        opdracht = wat.add_parser(naam, help=hulp)
        opdracht.add_argument("aanmeldnaam", metavar="AANMELDNAAM", help="meestal een e-mailadres")
        opdracht.set_defaults(voer_uit=voer_uit)
        if naam != "verwijderen":
            _add_gegevens(opdracht, rol_verplicht=naam == "toevoegen")
    lijst = wat.add_parser("lijst", help="alle gebruikers")
    lijst.add_argument("--json", action="store_true", help="als lijst van objecten")
    lijst.set_defaults(voer_uit=gebruikersopdrachten.run_lijst)


def _add_gegevens(opdracht: argparse.ArgumentParser, *, rol_verplicht: bool) -> None:
    opdracht.add_argument("--naam", metavar="NAAM")
    opdracht.add_argument("--rol", type=_build_keuze(TOE_TE_KENNEN), required=rol_verplicht, metavar="ROL")
    opdracht.add_argument(
        "--gebied",
        type=_parse_gebieden,
        action="extend",
        metavar="CODE,…",
        help="eigen gebied; mag vaker. Vervangt wat er stond",
    )
    actief = opdracht.add_mutually_exclusive_group()
    actief.add_argument("--actief", action="store_true", default=None)
    actief.add_argument("--inactief", dest="actief", action="store_false", default=None)


def build_ontleder() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    ontleder = _Ontleder(prog="python -m gebieden", description="Gebiedsdashboard: gegevens erin, cijfers eruit.")
    soort = ontleder.add_subparsers(dest="opdracht", required=True, metavar="OPDRACHT", parser_class=_Ontleder)

    demo = soort.add_parser("demo", help="maak de demodatabase (opnieuw)")
    demo.set_defaults(voer_uit=lambda a: opdrachten.run_demo())

    inlezen = soort.add_parser("importeer", help="lees een bestand in")
    inlezen.add_argument("soort", type=_build_keuze(SOORTEN), metavar="SOORT", help=" | ".join(SOORTEN))
    inlezen.add_argument("bestand", type=Path, metavar="BESTAND")
    inlezen.add_argument("--kolommen", type=_parse_kolommen, default={}, metavar="doel=bron,…")
    inlezen.add_argument("--laag", metavar="NAAM", help="laag van een GeoPackage of blad van een werkmap")
    inlezen.add_argument("--niveau", metavar="NIVEAU", help="gemeente, wijk, buurt of een ander niveau")
    inlezen.add_argument("--crs", metavar="EPSG:NUMMER", help="coördinatenstelsel, als het bestand dat niet zegt")
    inlezen.add_argument("--droog", action="store_true", help="alleen controleren, niets opslaan")
    inlezen.add_argument(
        "--rapport", type=Path, metavar="PAD", help="schrijf alle bevindingen naar .csv, .xlsx of .json"
    )
    inlezen.set_defaults(voer_uit=opdrachten.run_importeer)

    ophalen = soort.add_parser("ophalen", help="haal de officiële CBS-grenzen op bij PDOK")
    ophalen.add_argument("--gemeente", required=True, metavar="GM0361")
    ophalen.add_argument("--jaar", required=True, type=_parse_jaar, metavar="2025")
    ophalen.add_argument("--bron", metavar="URL", help="een ander adres dan dat van PDOK")
    ophalen.add_argument("--droog", action="store_true", help="alleen controleren, niets opslaan")
    ophalen.add_argument("--rapport", type=Path, metavar="PAD")
    ophalen.set_defaults(voer_uit=opdrachten.run_ophalen)

    voortgang = soort.add_parser("voortgang", help="de stand van de agenda's per gebied")
    voortgang.add_argument("--gebied", metavar="CODE")
    voortgang.add_argument("--niveau", metavar="NIVEAU")
    voortgang.add_argument("--thema", type=_build_keuze(tuple(Thema)), metavar="|".join(Thema))
    voortgang.add_argument("--peildatum", type=_parse_datum, metavar="JJJJ-MM-DD")
    voortgang.add_argument("--rol", type=_build_keuze(tuple(Rol)), default=Rol.BEHEER, metavar="ROL")
    voortgang.add_argument("--json", action="store_true", help="als lijst van objecten")
    voortgang.set_defaults(voer_uit=opdrachten.run_voortgang)

    uit = soort.add_parser("exporteer", help="schrijf gegevens naar .csv, .xlsx, .geojson of .gpkg")
    uit.add_argument(
        "soort",
        type=_build_keuze(opdrachten.UITVOERSOORTEN),
        metavar="SOORT",
        help=" | ".join(opdrachten.UITVOERSOORTEN),
    )
    uit.add_argument("bestand", type=Path, metavar="BESTAND")
    uit.add_argument("--rol", type=_build_keuze(tuple(Rol)), default=Rol.BEHEER, metavar="ROL")
    uit.add_argument("--eigen", metavar="CODE", help="het eigen gebied van deze rol")
    uit.set_defaults(voer_uit=opdrachten.run_exporteer)

    kopie = soort.add_parser("reservekopie", help="bewaar alles wat in de database staat in een bestand")
    kopie.add_argument("pad", type=Path, metavar="PAD", help="het bestand dat gemaakt wordt; het mag nog niet bestaan")
    kopie.set_defaults(voer_uit=opdrachten.run_reservekopie)

    herstel = soort.add_parser("herstel", help="zet een reservekopie terug; wat er staat wordt eerst bewaard")
    herstel.add_argument("pad", type=Path, metavar="PAD", help="een bestand dat met reservekopie is gemaakt")
    herstel.add_argument("--bewaar", type=Path, metavar="MAP", help="in welke map bewaard wordt wat er nu staat")
    herstel.set_defaults(voer_uit=opdrachten.run_herstel)
    _add_gebruiker(soort)
    add_bewaartermijn(soort)
    signaleer = soort.add_parser("signaleer", help="waar meer gemeld is dan gebruikelijk, in de laatste hele week")
    signaleer.add_argument("--peildatum", type=_parse_datum, metavar="JJJJ-MM-DD")
    signaleer.add_argument("--niveau", type=_build_keuze(NIVEAUS), metavar="|".join(NIVEAUS))
    signaleer.add_argument("--json", action="store_true", help="alle oordelen, elke keer dezelfde bytes")
    signaleer.add_argument("--terug", action="store_true", help="reken twee jaar terug, en bewaar dat")
    signaleer.set_defaults(voer_uit=signaleeropdrachten.run_signaleer)
    analyse = soort.add_parser("analyse", help="de rekenmethoden, los van het scherm")
    methode = analyse.add_subparsers(dest="methode", required=True, metavar="OPDRACHT", parser_class=_Ontleder)
    for voeg_toe in analyseopdrachten.METHODEN:
        voeg_toe(methode)
    return ontleder


def main(argumenten: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a fault we know becomes a sentence on standard error."""
    keuzes = build_ontleder().parse_args(argumenten)
    try:
        status: int = keuzes.voer_uit(keuzes)
        sys.stdout.flush()
    except GebiedenError as fout:
        print(fout, file=sys.stderr)
        return ONBRUIKBAAR
    except KeyboardInterrupt:
        print("Afgebroken. Er is niets veranderd.", file=sys.stderr)
        return AFGEBROKEN
    except BrokenPipeError:
        # The reader has seen enough (`| head`); what is left must not be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def run() -> NoReturn:
    """Run the command line of this process, on a terminal of any encoding."""
    for stroom in (sys.stdout, sys.stderr):
        if isinstance(stroom, io.TextIOWrapper):
            stroom.reconfigure(errors="replace")
    sys.exit(main())


if __name__ == "__main__":
    run()
