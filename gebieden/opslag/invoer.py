"""From file to database: the one way in, for the command line, the page Gegevens and the demo alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, select

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.codes import NIVEAUS_CBS
from gebieden.domein.fouten import Bevinding, Ernst, InvoerError, RechtenError
from gebieden.domein.gebied import Gebied
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.taal import join_opsomming
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
from gebieden.opslag.agenda import save_agendapunten, save_berichten, save_initiatieven
from gebieden.opslag.database import Deel, begin_schrijven, is_demo, mark_modus, set_instelling
from gebieden.opslag.gebieden import load_gebieden, load_gebiedsboom, load_grenzen, save_gebieden
from gebieden.opslag.signalen import import_signalen
from gebieden.opslag.telling import Telling

_RAAKT = {"gebieden": Deel.GEBIEDEN, "indeling": Deel.GEBIEDEN, "signalen": Deel.SIGNALEN}
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
    kijker: Kijker,
    invoer: Invoer,
    op: date,
    *,
    droog: bool = False,
    melder: Voortgangsmelder | None = None,
) -> Importverslag:
    """Read a file and store what is right in one transaction; `droog` stores nothing.

    Raise RechtenError when this person may not import, and InvoerError when the file as a whole is unusable.
    """
    if not kijker.mag(Handeling.INLEZEN):
        raise RechtenError(f"Gegevens inlezen mag niet als {kijker.rol}. Vraag het aan iemand met de rol beheer.")
    _check_geen_demobestand(invoer)
    with begin_schrijven(engine, _RAAKT.get(invoer.soort, Deel.AGENDA), droog=droog) as conn:
        verslag = import_in_transactie(conn, invoer, op, melder)
        _mark_invoer(conn, verslag)
    return verslag


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
    conn: Connection, invoer: Invoer, op: date, melder: Voortgangsmelder | None = None
) -> Importverslag:
    """Read a file and store it within a transaction that somebody else opened."""
    if invoer.soort == "signalen":
        return _import_signalen(conn, invoer, op, melder)
    resultaat = _read(conn, invoer, op)
    telling, extra = _save(conn, invoer, resultaat, op)
    return _compose_verslag(resultaat, telling, extra)


def _compose_verslag(resultaat: Inleesresultaat, telling: Telling, extra: list[Bevinding]) -> Importverslag:
    return Importverslag(
        resultaat.soort,
        resultaat.bestand,
        resultaat.aantal_rijen,
        telling + Telling(ongewijzigd=resultaat.dubbel),
        resultaat.aantal_afgekeurd,
        resultaat.bevindingen + extra,
    )


def save_opgehaald(engine: Engine, kijker: Kijker, resultaat: Inleesresultaat, *, droog: bool = False) -> Importverslag:
    """Store boundaries that were fetched from a service, as `import_bestand` does those of a file."""
    if not kijker.mag(Handeling.INLEZEN):
        raise RechtenError(f"Grenzen ophalen mag niet als {kijker.rol}. Vraag het aan iemand met de rol beheer.")
    with begin_schrijven(engine, Deel.GEBIEDEN, droog=droog) as conn:
        telling, extra = _save_grenzen(conn, resultaat, schematisch=False)
        verslag = _compose_verslag(resultaat, telling, extra)
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


def _save(conn: Connection, invoer: Invoer, resultaat: Inleesresultaat, op: date) -> tuple[Telling, list[Bevinding]]:
    if invoer.soort == "gebieden":
        return _save_grenzen(conn, resultaat, invoer.schematisch)
    if invoer.soort == "indeling":
        return save_gebieden(conn, resultaat.records), []
    if invoer.soort == "agendapunten":
        return save_agendapunten(conn, resultaat.records, op)
    if invoer.soort == "initiatieven":
        return save_initiatieven(conn, resultaat.records, op)
    return save_berichten(conn, resultaat.records), []


def _save_grenzen(conn: Connection, resultaat: Inleesresultaat, schematisch: bool) -> tuple[Telling, list[Bevinding]]:
    frame = resultaat.gebieden
    if frame is None or frame.empty:
        return Telling(), []
    gebieden = [
        Gebied(
            r.code,
            r.naam,
            r.niveau,
            geldig_vanaf=r.geldig_vanaf or None,
            geldig_tot=r.geldig_tot or None,
            inwoners=None if pd.isna(r.inwoners) else int(r.inwoners),
            schematisch=schematisch or r.schematisch,
        )
        for r in frame.itertuples()
    ]
    indelingen = {g.code for g in load_gebieden(conn) if g.buurten}
    vormen = zip(gebieden, frame.geometry.to_wkb(), strict=True)
    telling = save_gebieden(conn, gebieden, {(g.code, g.geldig_vanaf): vorm for g, vorm in vormen})
    eigen = [g for g in gebieden if g.niveau not in NIVEAUS_CBS]
    return telling, [
        *_report_eigen(
            [g for g in eigen if g.code in indelingen],
            "vorm_van_indeling",
            "de vorm is niet overgenomen; die is de som van de buurten waar het gebied uit bestaat",
            "Verander de buurten met 'importeer indeling' als de vorm anders moet zijn.",
            resultaat.bestand,
        ),
        *_report_eigen(
            [g for g in eigen if g.code not in indelingen],
            "buurten_onbekend",
            "de buurten zijn niet bekend, dus de punten tellen alleen in het gebied zelf en niet in de gemeente",
            "Geef de buurten op met 'importeer indeling', onder dezelfde code.",
            resultaat.bestand,
        ),
    ]


def _report_eigen(gebieden: list[Gebied], regelnaam: str, wat: str, herstel: str, bestand: str) -> list[Bevinding]:
    """Return one remark about areas of the gemeente's own that came as shapes; none when there are none."""
    if not gebieden:
        return []
    namen = join_opsomming([f"{g.code} {g.naam}" for g in gebieden])
    return [Bevinding(Ernst.LET_OP, regelnaam, f"{bestand}: {namen}: {wat}.", herstel)]


def _import_signalen(conn: Connection, invoer: Invoer, op: date, melder: Voortgangsmelder | None) -> Importverslag:
    boom = load_gebiedsboom(conn, op)
    uitkomst = import_signalen(
        conn,
        invoer.pad,
        load_grenzen(conn, boom, "buurt"),
        boom,
        kolommen=invoer.kolommen,
        laag=invoer.laag,
        bestand=invoer.naam,
        melder=melder,
    )
    naam = invoer.naam or invoer.pad.name
    return Importverslag(
        "signalen", naam, uitkomst.aantal_rijen, uitkomst.telling, uitkomst.afgekeurd, uitkomst.bevindingen
    )
