"""The decision list of a meeting as a Word document, from what its reader may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.besluitenlijst import Besluitenlijst
from gebieden.domein.overleg import Overleg
from gebieden.domein.punt import Punt
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.rapport.tabellen import BRON, BRON_DEMO
from gebieden.rapport.worddocument import add_alinea, add_kop, add_tabel, build_document, to_bytes


@dataclass(frozen=True, slots=True)
class Verslag:
    """A meeting with what came out of it; `gebied` is the name of its area, `punten` what it is about, by id."""

    nummer: int
    code: str
    gebied: str
    overleg: Overleg
    lijst: Besluitenlijst
    punten: Mapping[str, Punt]

    @property
    def stand(self) -> str:
        """Whether anything can still be added."""
        return "afgesloten" if self.overleg.is_afgesloten else "voorlopig, het overleg is nog niet afgesloten"


def describe_staat(punt: Punt) -> str:
    """Return the state of a point as `Wacht op geld`."""
    p = punt.punt
    return f"Wacht op {p.wacht_op}" if p.staat is Staat.WACHT_OP else AGENDAPUNT_MACHINE.toestanden[p.staat].naam


def compose_telling(verslag: Verslag) -> str:
    """Return how many points were dealt with, as a sentence."""
    behandeld, rest = len(verslag.lijst.per_punt), len(verslag.lijst.niet_behandeld)
    algemeen = len(verslag.lijst.algemeen)
    bij = f", en {format_aantal(algemeen, 'algemeen besluit', 'algemene besluiten')}" if algemeen else ""
    return f"{behandeld} van {format_aantal(behandeld + rest, 'punt', 'punten')} behandeld{bij}."


def render_besluitenlijst(verslag: Verslag, peildatum: date, adres: str, *, verzonnen: bool) -> bytes:
    """Return the decision list as a DOCX; `adres` is where it is on the screen."""
    overleg = verslag.overleg
    herkomst = [
        ("Gebied", verslag.gebied),
        ("Datum van het overleg", format_datum(overleg.datum)),
        ("Aanwezig", overleg.aanwezig or "niet ingevuld"),
        ("Stand van deze lijst", verslag.stand),
        ("Telling", compose_telling(verslag)),
    ]
    document = build_document(f"Besluitenlijst {overleg.titel}", peildatum, herkomst, verzonnen=verzonnen)
    if verslag.lijst.algemeen:
        add_kop(document, "Algemene besluiten", 2)
        add_tabel(document, ["Besluit"], [[tekst] for tekst in verslag.lijst.algemeen])
    add_kop(document, "Per punt", 2)
    if not verslag.lijst.per_punt:
        add_alinea(document, "Bij geen enkel punt is iets vastgelegd.")
    for id_, regels in verslag.lijst.per_punt.items():
        add_kop(document, f"{verslag.punten[id_].punt.titel} ({id_})", 3)
        add_tabel(document, ["Wat", "Uitkomst"], [[regel.soort, regel.tekst] for regel in regels])
    if verslag.lijst.niet_behandeld:
        add_kop(document, "Niet behandeld", 2)
        rest = [verslag.punten[id_] for id_ in verslag.lijst.niet_behandeld]
        add_tabel(document, ["Punt", "Stand"], [[f"{p.punt.titel} ({p.punt.id})", describe_staat(p)] for p in rest])
    bron = BRON_DEMO if verzonnen else BRON
    document.sections[0].footer.paragraphs[
        0
    ].text = f"Peildatum {format_datum(peildatum)}. Bron: {bron}. {adres}{' Verzonnen gegevens.' if verzonnen else ''}"
    return to_bytes(document)
