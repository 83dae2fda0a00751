"""The commands of the command line, one function each; each returns its exit status."""

import json
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from gebieden.analyse.voortgang import compose_voortgangsrijen
from gebieden.demo.bouwen import build_demo
from gebieden.domein.codes import NIVEAUS_CBS
from gebieden.domein.fouten import Bevinding, Ernst, InvoerError, OpslagError
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.domein.rechten import Kijker
from gebieden.domein.taal import format_datum
from gebieden.inlezen.pdok import fetch_grenzen
from gebieden.instellingen import Modus, read_instellingen
from gebieden.opslag.database import check_modus, get_vandaag, open_database
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.herstel import restore_reservekopie
from gebieden.opslag.invoer import Importverslag, Invoer, import_bestand, save_opgehaald
from gebieden.opslag.kopiebestand import Kopie
from gebieden.opslag.reservekopie import make_reservekopie
from gebieden.opslag.stand import load_agendastand
from gebieden.opslag.verbinding import find_databasebestand
from gebieden.rapport.bevindingen import check_rapportpad, write_bevindingen
from gebieden.rapport.tabellen import SOORTEN as UITVOERSOORTEN
from gebieden.rapport.tabellen import build_uitvoer
from gebieden.rapport.uitvoer import determine_formaat, write_uitvoer

__all__ = [
    "UITVOERSOORTEN",
    "report_voortgang",
    "run_demo",
    "run_exporteer",
    "run_herstel",
    "run_importeer",
    "run_ophalen",
    "run_reservekopie",
    "run_voortgang",
]

_GETOOND = 100


def open_engine() -> Engine:
    """Return the engine that the settings ask for, checked against the modus."""
    instellingen = read_instellingen()
    engine = open_database(instellingen.database, eenmalig=True)
    with engine.connect() as conn:
        check_modus(conn, instellingen.modus)
    return engine


def get_peildatum(engine: Engine) -> date:
    """Return the day that it is for this database."""
    with engine.connect() as conn:
        return get_vandaag(conn)


def run_demo() -> int:
    """(Re)build the demo database; refuse one that holds anything else."""
    instellingen = read_instellingen()
    if instellingen.modus is Modus.PRODUCTIE:
        raise InvoerError(
            "De demo maakt verzonnen gegevens en die horen niet in productie. "
            "Haal GEBIEDEN_MODUS weg of zet hem op demo, en kies een andere database."
        )
    peildatum = build_demo(open_database(instellingen.database, eenmalig=True))
    print(f"De demo staat klaar, met verzonnen gegevens. Stand van {format_datum(peildatum)}.")
    return 0


def run_importeer(keuzes: Namespace) -> int:
    """Import a file; 0 when everything is in, 1 when rows were refused."""
    invoer = Invoer(keuzes.soort, keuzes.bestand, keuzes.kolommen, keuzes.laag, keuzes.niveau, keuzes.crs)
    if keuzes.rapport:
        check_rapportpad(keuzes.rapport)
    engine = open_engine()
    melder = report_voortgang if sys.stderr.isatty() else None
    try:
        verslag = import_bestand(
            engine, OPDRACHTREGEL, invoer, get_peildatum(engine), droog=keuzes.droog, melder=melder
        )
    except InvoerError as fout:
        if keuzes.rapport:
            write_bevindingen([Bevinding(Ernst.AFGEKEURD, "bestand_onbruikbaar", str(fout), "")], keuzes.rapport)
        raise
    return _report(verslag, keuzes)


def run_ophalen(keuzes: Namespace) -> int:
    """Fetch the boundaries of a gemeente and store them."""
    if keuzes.rapport:
        check_rapportpad(keuzes.rapport)
    engine = open_engine()
    resultaat = fetch_grenzen(keuzes.gemeente, keuzes.jaar, bron=keuzes.bron)
    return _report(save_opgehaald(engine, OPDRACHTREGEL, resultaat, droog=keuzes.droog), keuzes)


def report_voortgang(aandeel: float, tekst: str) -> None:
    """Draw the progress bar anew on standard error: `aandeel` 0 to 1, and what is being done."""
    vol = round(aandeel * 30)
    einde = "\n" if aandeel >= 1 else ""
    print(f"\r[{'#' * vol}{'.' * (30 - vol)}] {aandeel:4.0%} {tekst:<40}", end=einde, file=sys.stderr, flush=True)


def _report(verslag: Importverslag, keuzes: Namespace) -> int:
    if keuzes.rapport:
        _write_rapport(verslag, keuzes)
    for bevinding in verslag.bevindingen[:_GETOOND]:
        print(_compose_regel(bevinding))
    if len(verslag.bevindingen) > _GETOOND:
        waar = f"in {keuzes.rapport}" if keuzes.rapport else "met --rapport PAD in een bestand"
        print(f"… en nog {len(verslag.bevindingen) - _GETOOND} bevindingen; alle staan {waar}.")
    if keuzes.droog:
        print("Alleen gecontroleerd: er is niets opgeslagen.")
    print(verslag.slotregel)
    return 1 if verslag.afgekeurd else 0


def _write_rapport(verslag: Importverslag, keuzes: Namespace) -> None:
    try:
        write_bevindingen(verslag.bevindingen, keuzes.rapport)
    except OpslagError as fout:
        # The rows are in by now: the status must go on saying so.
        print(fout, file=sys.stderr)


def _compose_regel(bevinding: Bevinding) -> str:
    soort = {Ernst.AFGEKEURD: "Afgekeurd", Ernst.HERSTELD: "Hersteld", Ernst.LET_OP: "Let op"}[bevinding.ernst]
    return f"{soort}: {bevinding.melding} {bevinding.herstel}".rstrip()


def run_voortgang(keuzes: Namespace) -> int:
    """Print the voortgang per area, as sentences or as JSON."""
    engine = open_engine()
    peildatum = keuzes.peildatum or get_peildatum(engine)
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, peildatum)
        stand = load_agendastand(conn, peildatum)
    gebieden = _choose_gebieden(boom, keuzes)
    rijen = compose_voortgangsrijen(stand, boom, thema=keuzes.thema, gebieden=gebieden)
    if keuzes.json:
        print(json.dumps(rijen, ensure_ascii=False, indent=2))
        return 0
    if not boom.gebieden:
        print("Er zijn nog geen gebieden ingelezen. Begin met: python -m gebieden importeer gebieden BESTAND")
    for rij in rijen:
        print(f"{rij['naam']} ({rij['niveau']} {rij['code']}): {rij['zin']}")
    return 0


def _choose_gebieden(boom: Gebiedsboom, keuzes: Namespace) -> list[Gebied]:
    """Return the areas asked for, by level and name; raise InvoerError for one that does not exist."""
    code = _find_code(boom, keuzes.gebied) if keuzes.gebied else None
    aanwezig = boom.get_niveaus()
    if keuzes.niveau and aanwezig and keuzes.niveau not in {*aanwezig, *NIVEAUS_CBS}:
        raise InvoerError(f"Niveau {keuzes.niveau} komt niet voor. Aanwezig: {', '.join(aanwezig)}.")
    return [
        g
        for niveau in aanwezig
        for g in boom.filter_niveau(niveau)
        if code in (None, g.code) and keuzes.niveau in (None, niveau)
    ]


def _find_code(boom: Gebiedsboom, tekst: str) -> str:
    for mogelijk in (tekst, tekst.upper()):
        if mogelijk in boom.gebieden:
            return mogelijk
    raise InvoerError(
        f"Gebied {tekst} bestaat niet op deze peildatum. Verwacht: een code als WK036101. "
        "De codes staan in 'python -m gebieden exporteer gebieden gebieden.csv'."
    )


def run_exporteer(keuzes: Namespace) -> int:
    """Write what this role may see to a file."""
    determine_formaat(keuzes.bestand)
    engine = open_engine()
    peildatum = get_peildatum(engine)
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, peildatum)
        eigen = frozenset({_find_code(boom, keuzes.eigen)}) if keuzes.eigen else frozenset()
        uitvoer = build_uitvoer(conn, keuzes.soort, Kijker(keuzes.rol, eigen), peildatum, boom=boom)
    write_uitvoer(uitvoer, keuzes.bestand)
    print(f"{keuzes.bestand}: {len(uitvoer.frame)} rijen geschreven.")
    return 0


def run_reservekopie(keuzes: Namespace) -> int:
    """Write everything in the database to a file, while people are working."""
    kopie = make_reservekopie(open_engine(), OPDRACHTREGEL, keuzes.pad)
    print(f"Reservekopie {keuzes.pad} is gemaakt en gecontroleerd: {_describe(kopie)}.")
    return 0


def run_herstel(keuzes: Namespace) -> int:
    """Put a reservekopie back; keep one of what is there now."""
    engine = open_engine()
    modus, bewaar = read_instellingen().modus, keuzes.bewaar or _determine_bewaarmap(engine)
    hersteld = restore_reservekopie(engine, OPDRACHTREGEL, keuzes.pad, modus=modus, bewaar=bewaar)
    print(f"Wat er stond, is bewaard in {hersteld.bewaard}.")
    print(f"Reservekopie {keuzes.pad} is teruggezet: {_describe(hersteld.kopie)}.")
    return 0


def _determine_bewaarmap(engine: Engine) -> Path:
    """Return the folder of the database, or the current one when it is no file."""
    bestand = find_databasebestand(engine)
    return bestand.parent if bestand else Path()


def _describe(kopie: Kopie) -> str:
    moment = kopie.moment.astimezone()
    return (
        f"{kopie.aantal_rijen} rijen in {len(kopie.tabellen)} tabellen, stand van {format_datum(moment)} {moment:%H:%M}"
    )
