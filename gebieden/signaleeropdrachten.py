"""`python -m gebieden signaleer`: the warnings of a week, for an analyst or a nightly job."""

import sys
from argparse import Namespace
from datetime import date
from typing import Final

from sqlalchemy import Engine

from gebieden.analyse.vroegsignaal import Weekoordelen
from gebieden.analyse.weekbeeld import compose_weekbeeld, serialise_weekbeeld
from gebieden.domein.fouten import InvoerError
from gebieden.domein.registratie import list_opmerkingen
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat
from gebieden.domein.vroegsignaalzin import BUITEN_DE_GRENS, compose_vroegsignaalzin
from gebieden.opdrachten import open_engine
from gebieden.opslag.database import get_vandaag, is_demo
from gebieden.opslag.weekbeelden import TERUG, fill_terug, get_regels, judge_niveau, list_opvallend
from gebieden.opslag.weekpanelen import NIVEAUS, Vroeginvoer, load_vroeginvoer

GEEN_SIGNALEN: Final = "Er zijn geen signalen ingelezen van een hele week voor deze peildatum."


def run_signaleer(keuzes: Namespace) -> int:
    """Print the warnings of the last week that can be judged on the peildatum; with `terug` work out earlier weeks."""
    engine = open_engine()
    with engine.connect() as conn:
        peildatum = keuzes.peildatum or get_vandaag(conn)
        demo = is_demo(conn)
        regels = get_regels(conn)
        invoer = load_vroeginvoer(conn, peildatum)
    if invoer is None:
        raise InvoerError(
            f"{GEEN_SIGNALEN} Peildatum: {format_datum(peildatum)}. Lees eerst een bestand met signalen in."
        )
    if keuzes.terug:
        return _fill(engine, peildatum)
    if invoer.laatste is None:
        raise InvoerError(
            f"Van geen enkele week voor {format_datum(peildatum)} zijn de gegevens volledig genoeg. "
            "Wacht tot de volgende levering, of kies een latere peildatum."
        )
    niveaus = [keuzes.niveau] if keuzes.niveau else list(NIVEAUS)
    oordelen = {niveau: judge_niveau(invoer, niveau, [invoer.laatste], regels) for niveau in niveaus}
    if keuzes.json:
        beelden = [compose_weekbeeld(o, o.panel.find_week(invoer.laatste)) for o in oordelen.values()]
        vast = {"bron": "verzonnen" if demo else "ingelezen", "levering": invoer.levering.nummer, "beelden": beelden}
        sys.stdout.write(serialise_weekbeeld(vast).decode() + "\n")
        return 0
    _print(invoer, invoer.laatste, oordelen, demo=demo)
    return 0


def _fill(engine: Engine, peildatum: date) -> int:
    def melder(aandeel: float, zin: str) -> None:
        print(f"{aandeel:4.0%} {zin}", file=sys.stderr)

    print(f"{format_aantal(fill_terug(engine, peildatum, TERUG, melder), 'week', 'weken')} uitgerekend en bewaard.")
    return 0


def _print(invoer: Vroeginvoer, maandag: date, oordelen: dict[str, Weekoordelen], *, demo: bool) -> None:
    if demo:
        print("Verzonnen demogegevens.")
    print(f"Week van {format_datum(maandag)}, met de levering van {format_datum(invoer.levering.datum)}.")
    for niveau, oordeel in oordelen.items():
        gevonden = list_opvallend(oordeel, maandag)
        signalen = [s for s in gevonden if s.staat is Vroegstaat.SIGNAAL]
        print(f"\n{niveau}: {format_aantal(len(signalen), 'signaal', 'signalen')}")
        for signaal in gevonden:
            soort = "signaal" if signaal.staat is Vroegstaat.SIGNAAL else "let op (intern)"
            print(f"- {soort}: {_compose_zin(invoer, oordeel, signaal)}")
    print(f"\n{BUITEN_DE_GRENS}")


def _compose_zin(invoer: Vroeginvoer, oordeel: Weekoordelen, signaal: Vroegsignaal) -> str:
    houders = {signaal.gebied: invoer.boom.get_houders(signaal.gebied)}
    return compose_vroegsignaalzin(
        signaal,
        invoer.boom.gebieden[signaal.gebied].naam,
        reeksen=int(oordeel.vensters[signaal.venster].reeksen[0]),
        grens_onterecht=oordeel.regels.q,
        opmerkingen=list_opmerkingen(invoer.wijzigingen, signaal.gebied, signaal.categorie, signaal.maandag, houders),
    )
