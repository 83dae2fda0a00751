"""Agendapunt: one point on a gebiedsagenda or dorpsagenda, and its state machine."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.bedrag import ONBEKEND, Bedrag
from gebieden.domein.overgangen import Machine, Toestand, build_stappen
from gebieden.domein.rechten import Rol
from gebieden.domein.thema import Thema


class Staat(StrEnum):
    """The state of an agendapunt."""

    VOORGESTELD = "voorgesteld"
    BESPROKEN = "besproken"
    OP_AGENDA = "op_agenda"
    IN_VOORBEREIDING = "in_voorbereiding"
    IN_UITVOERING = "in_uitvoering"
    WACHT_OP = "wacht_op"
    GEREALISEERD = "gerealiseerd"
    GEBORGD = "geborgd"
    OVERGEDRAGEN = "overgedragen"
    VERVALLEN = "vervallen"


class WachtOp(StrEnum):
    """What a waiting point waits for."""

    GELD = "geld"
    PARTNER = "partner"
    BESLUIT = "besluit"
    VERGUNNING = "vergunning"
    CAPACITEIT = "capaciteit"


class Puntsoort(StrEnum):
    """Whether a point is a quick action or a large one; counted apart."""

    SNELLE_ACTIE = "snelle_actie"
    GROOT_PUNT = "groot_punt"


VOORSTELLEN = frozenset({Staat.VOORGESTELD, Staat.BESPROKEN})

_TOESTANDEN: dict[str, Toestand] = {
    Staat.VOORGESTELD: Toestand("Voorgesteld", "Voorgesteld"),
    Staat.BESPROKEN: Toestand("Besproken", "Besproken"),
    Staat.OP_AGENDA: Toestand("Op de agenda", "Nog niet begonnen"),
    Staat.IN_VOORBEREIDING: Toestand("In voorbereiding", "In voorbereiding"),
    Staat.IN_UITVOERING: Toestand("In uitvoering", "In uitvoering"),
    Staat.WACHT_OP: Toestand("Wacht op", "Wacht", ("wacht_op",)),
    Staat.GEREALISEERD: Toestand("Gerealiseerd", "Klaar"),
    Staat.GEBORGD: Toestand("Geborgd", "Klaar, en blijft zo", ("wie_borgt", "terugkijken_op")),
    Staat.OVERGEDRAGEN: Toestand("Overgedragen", "Overgedragen", ("aan_wie", "bevestigd")),
    Staat.VERVALLEN: Toestand("Vervallen", "Gaat niet door", ("reden", "wie_besloot")),
}

AGENDAPUNT_MACHINE = Machine(
    "agendapunt",
    _TOESTANDEN,
    build_stappen(
        frozenset({Rol.GEBIEDSREGISSEUR}),
        {
            # van:              (vooruit, opzij, terug)
            Staat.VOORGESTELD: ("besproken op_agenda", "vervallen", ""),
            Staat.BESPROKEN: ("op_agenda", "vervallen", "voorgesteld"),
            Staat.OP_AGENDA: ("in_voorbereiding in_uitvoering", "wacht_op overgedragen vervallen", ""),
            Staat.IN_VOORBEREIDING: ("in_uitvoering", "wacht_op overgedragen vervallen", "op_agenda"),
            Staat.IN_UITVOERING: ("gerealiseerd", "wacht_op overgedragen vervallen", "in_voorbereiding"),
            # A waiting point returns to the state it came from: `keert_terug` narrows these three to one.
            Staat.WACHT_OP: ("op_agenda in_voorbereiding in_uitvoering", "overgedragen vervallen", ""),
            Staat.GEREALISEERD: ("geborgd", "", "in_uitvoering"),
            Staat.GEBORGD: ("", "", "in_uitvoering"),
            Staat.OVERGEDRAGEN: ("", "", "in_uitvoering"),
            Staat.VERVALLEN: ("", "", "op_agenda"),
        },
    ),
    keert_terug={Staat.WACHT_OP: Staat.IN_VOORBEREIDING},
)


@dataclass(frozen=True, slots=True)
class Agendapunt:
    """A point as it stands in one version of an agenda; `versie` None means in no version yet.

    `gebied` is the code of the area whose agenda it is on. `bijgewerkt_op` is the date of the last
    bericht or state transition, None when unknown. `lon`/`lat` are WGS84 degrees, both or neither.
    `wie_besloot`, `aan_wie`, `bevestigd`, `wie_borgt` and `terugkijken_op` are what the state asks for when it is
    entered, empty in every other. `eenheid` is the responsible unit of the municipality. `benodigd` is what it costs.
    """

    id: str
    gebied: str
    titel: str
    themas: tuple[Thema, ...]
    staat: Staat
    versie: int | None = None
    versiedatum: date | None = None
    omschrijving: str = ""
    soort: Puntsoort | None = None
    trekker: str = ""
    partners: tuple[str, ...] = ()
    afgesproken_gereed: date | None = None
    wacht_op: WachtOp | None = None
    reden: str = ""
    wie_besloot: str = ""
    aan_wie: str = ""
    bevestigd: bool | None = None
    wie_borgt: str = ""
    terugkijken_op: date | None = None
    eenheid: str = ""
    wethouder: str = ""
    benodigd: Bedrag = ONBEKEND
    openbaar: bool = False
    bijgewerkt_op: date | None = None
    herkomst: str = ""
    lon: float | None = None
    lat: float | None = None
