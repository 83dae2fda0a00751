"""From file to database: the one way in, for the command line, the page Gegevens and the demo alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import Bevinding, InvoerError, RechtenError
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.rechten import Handeling
from gebieden.inlezen.agendapunten import read_agendapunten
from gebieden.inlezen.berichten import read_berichten
from gebieden.inlezen.codelijst import load_codelijst
from gebieden.inlezen.grenzen import read_gebieden
from gebieden.inlezen.indeling import read_indeling
from gebieden.inlezen.initiatieven import read_initiatieven
from gebieden.inlezen.koppen import read_bronkoppen
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.instellingen import DATA, Modus, read_instellingen
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten, save_initiatieven
from gebieden.opslag.berichteninvoer import save_berichten
from gebieden.opslag.database import Deel, begin_schrijven, is_demo, mark_modus, set_instelling
from gebieden.opslag.gebieden import load_gebieden, load_gebiedsboom, load_grenzen, save_gebieden
from gebieden.opslag.gebruikers import check_gebruiker
from gebieden.opslag.grenzeninvoer import save_grenzen
from gebieden.opslag.logboek import append_logregel, determine_via
from gebieden.opslag.signalen import import_signalen
from gebieden.opslag.telling import Telling

_RAAKT = {
    "gebieden": (Deel.GEBIEDEN,),
    "indeling": (Deel.GEBIEDEN,),
    # What was said of a signal goes with it to another area.
    "signalen": (Deel.SIGNALEN, Deel.OOV),
}
SOORTEN = ("gebieden", "indeling", "agendapunten", "berichten", "initiatieven", "signalen")

Voortgangsmelder = Callable[[float, str], None]


@dataclass(frozen=True)
class Invoer:
    """What to import and how to read it.

    `kolommen` maps our column names to the file's; `naam` is what messages call the file, its own name when empty.
    """

    soort: str
    pad: Path
    kolommen: Mapping[str, str] = field(default_factory=dict)
    laag: str | None = None
    niveau: str | None = None
    crs: str | None = None
    schematisch: bool = False
    naam: str | None = None


@dataclass(frozen=True)
class Importverslag:
    """What an import did: the four counts, which add up to `aantal_rijen`, and every finding."""

    soort: str
    bestand: str
    aantal_rijen: int
    telling: Telling
    afgekeurd: int
    bevindingen: Sequence[Bevinding]

    @property
    def slotregel(self) -> str:
        """The last line on standard output, in plain digits."""
        t = self.telling
        return (
            f"ingelezen {t.ingelezen}, bijgewerkt {t.bijgewerkt}, "
            f"ongewijzigd {t.ongewijzigd}, afgekeurd {self.afgekeurd}"
        )


def import_bestand(
    engine: Engine,
    gebruiker: Gebruiker,
    invoer: Invoer,
    op: date,
    *,
    droog: bool = False,
    melder: Voortgangsmelder | None = None,
) -> Importverslag:
    """Read a file and store what is right in one transaction; `droog` stores nothing.

    Raise RechtenError when this person may not import, and InvoerError when the file as a whole is unusable.
    """
    _check_recht(gebruiker, "Gegevens inlezen")
    _check_geen_demobestand(invoer)
    with begin_schrijven(engine, *_RAAKT.get(invoer.soort, (Deel.AGENDA,)), droog=droog) as conn:
        door = _check_recht(check_gebruiker(conn, gebruiker), "Gegevens inlezen")
        verslag = import_in_transactie(conn, invoer, op, melder, door=door)
        _mark_invoer(conn, verslag)
    return verslag


def _check_recht(gebruiker: Gebruiker, wat: str) -> Gebruiker:
    if not gebruiker.kijker.mag(Handeling.INLEZEN):
        raise RechtenError(f"{wat} mag niet als {gebruiker.kijker.rol}. Vraag het aan iemand met de rol beheer.")
    return gebruiker


def _check_geen_demobestand(invoer: Invoer) -> None:
    """Raise InvoerError for a file of the demo, or one that the demo wrote, where real data belong."""
    if read_instellingen().modus is not Modus.PRODUCTIE:
        return
    naam = invoer.naam or invoer.pad.name
    if DATA in invoer.pad.resolve().parents or (
        "verzonnen" in read_bronkoppen(invoer.soort, invoer.pad, naam, invoer.laag).bronnen
    ):
        raise InvoerError(
            f"Bestand {naam} hoort bij de demo: het bevat verzonnen gegevens. "
            "Verwacht: een bestand met echte gegevens, want GEBIEDEN_MODUS is productie. Kies een ander bestand."
        )


def _mark_invoer(conn: Connection, verslag: Importverslag) -> None:
    mark_modus(conn, read_instellingen().modus)
    if is_demo(conn) and verslag.telling.is_veranderd:
        set_instelling(conn, "eigen_invoer", "ja")


def import_in_transactie(
    conn: Connection,
    invoer: Invoer,
    op: date,
    melder: Voortgangsmelder | None = None,
    *,
    door: Gebruiker = OPDRACHTREGEL,
) -> Importverslag:
    """Read a file and store it within a transaction that somebody else opened, for somebody who may."""
    if invoer.soort == "signalen":
        verslag = _import_signalen(conn, invoer, op, melder)
    else:
        resultaat = _read(conn, invoer, op)
        telling, extra = _save(conn, invoer, resultaat, op, door)
        verslag = _compose_verslag(resultaat, telling, extra)
    _log_verslag(conn, door, "ingelezen", verslag)
    return verslag


def _log_verslag(conn: Connection, door: Gebruiker, handeling: str, verslag: Importverslag) -> None:
    aantallen = {**asdict(verslag.telling), "afgekeurd": verslag.afgekeurd}
    via = determine_via(door)
    append_logregel(conn, door, handeling, verslag.soort, verslag.bestand, via=via, nieuw=aantallen)


def _compose_verslag(resultaat: Inleesresultaat, telling: Telling, extra: list[Bevinding]) -> Importverslag:
    return Importverslag(
        resultaat.soort,
        resultaat.bestand,
        resultaat.aantal_rijen,
        telling + Telling(ongewijzigd=resultaat.dubbel),
        resultaat.aantal_afgekeurd,
        resultaat.bevindingen + extra,
    )


def save_opgehaald(
    engine: Engine, gebruiker: Gebruiker, resultaat: Inleesresultaat, *, droog: bool = False
) -> Importverslag:
    """Store boundaries that were fetched from a service, as `import_bestand` does those of a file."""
    with begin_schrijven(engine, Deel.GEBIEDEN, droog=droog) as conn:
        door = _check_recht(check_gebruiker(conn, gebruiker), "Grenzen ophalen")
        telling, extra = save_grenzen(conn, resultaat)
        verslag = _compose_verslag(resultaat, telling, extra)
        _log_verslag(conn, door, "opgehaald", verslag)
        _mark_invoer(conn, verslag)
    return verslag


def _read(conn: Connection, invoer: Invoer, op: date) -> Inleesresultaat:
    keuzes: dict[str, Any] = {"kolommen": dict(invoer.kolommen), "laag": invoer.laag, "bestand": invoer.naam}
    if invoer.soort == "gebieden":
        return read_gebieden(invoer.pad, niveau=invoer.niveau, crs=invoer.crs, codelijst=load_codelijst(), **keuzes)
    bekend = {g.code: g.naam for g in [*load_gebieden(conn), *load_gebiedsboom(conn, op).gebieden.values()]}
    if invoer.soort == "indeling":
        return read_indeling(invoer.pad, bekende_gebieden=bekend, **keuzes)
    if invoer.soort == "agendapunten":
        versies = {(r.gebied, r.versie): r.datum for r in conn.execute(select(tabellen.agenda_versie))}
        return read_agendapunten(invoer.pad, bekende_gebieden=bekend, bekende_versies=versies, **keuzes)
    if invoer.soort == "initiatieven":
        return read_initiatieven(invoer.pad, bekende_gebieden=bekend, **keuzes)
    ids = {
        Berichtsoort.AGENDAPUNT: set(conn.scalars(select(tabellen.agendapunt.c.id))),
        Berichtsoort.INITIATIEF: set(conn.scalars(select(tabellen.initiatief.c.id))),
    }
    return read_berichten(invoer.pad, bekende_ids=ids, **keuzes)


def _save(
    conn: Connection, invoer: Invoer, resultaat: Inleesresultaat, op: date, door: Gebruiker
) -> tuple[Telling, list[Bevinding]]:
    if invoer.soort == "gebieden":
        return save_grenzen(conn, resultaat, schematisch=invoer.schematisch)
    if invoer.soort == "indeling":
        return save_gebieden(conn, resultaat.records), []
    if invoer.soort == "agendapunten":
        vrij = resultaat.vrije_kolommen
        return save_agendapunten(conn, resultaat.records, op, door=door, bestand=resultaat.bestand, vrij=vrij)
    if invoer.soort == "initiatieven":
        return save_initiatieven(conn, resultaat.records, op, door=door, bestand=resultaat.bestand)
    return save_berichten(conn, resultaat.records, door=door, bestand=resultaat.bestand)


def _import_signalen(conn: Connection, invoer: Invoer, op: date, melder: Voortgangsmelder | None) -> Importverslag:
    boom = load_gebiedsboom(conn, op)
    uitkomst = import_signalen(
        conn,
        invoer.pad,
        load_grenzen(conn, boom, "buurt"),
        boom,
        op,
        kolommen=invoer.kolommen,
        laag=invoer.laag,
        bestand=invoer.naam,
        melder=melder,
    )
    naam = invoer.naam or invoer.pad.name
    return Importverslag(
        "signalen", naam, uitkomst.aantal_rijen, uitkomst.telling, uitkomst.afgekeurd, uitkomst.bevindingen
    )
