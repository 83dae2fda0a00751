"""Bewonersinitiatief: a resident's initiative, and its state machine."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gebieden.domein.overgangen import Machine, Toestand, build_stappen
from gebieden.domein.rechten import Rol
from gebieden.domein.thema import Thema


class Initiatiefstaat(StrEnum):
    """The state of a bewonersinitiatief. The panel's judgement and the formal beschikking are two steps."""

    CONCEPT = "concept"
    INGEDIEND = "ingediend"
    COMPLEET = "compleet"
    AANVULLING_GEVRAAGD = "aanvulling_gevraagd"
    BIJ_REGIEGROEP = "bij_regiegroep"
    POSITIEF = "positief"
    GEDEELTELIJK = "gedeeltelijk"
    NEGATIEF = "negatief"
    BESCHIKKING = "beschikking"
    IN_UITVOERING = "in_uitvoering"
    UITGEVOERD = "uitgevoerd"
    VERANTWOORD = "verantwoord"
    VERHAAL_GEPUBLICEERD = "verhaal_gepubliceerd"
    INGETROKKEN = "ingetrokken"
    VERVALLEN = "vervallen"
    BEZWAAR = "bezwaar"


_S = Initiatiefstaat
_TOESTANDEN: dict[str, Toestand] = {
    _S.CONCEPT: Toestand("Concept", "In voorbereiding"),
    _S.INGEDIEND: Toestand("Ingediend", "Ingediend"),
    _S.COMPLEET: Toestand("Compleet", "Aanvraag is compleet"),
    _S.AANVULLING_GEVRAAGD: Toestand("Aanvulling gevraagd", "Wacht op aanvulling"),
    _S.BIJ_REGIEGROEP: Toestand("Bij de regiegroep", "Bij de regiegroep van bewoners"),
    _S.POSITIEF: Toestand("Oordeel positief", "Regiegroep is voor"),
    _S.GEDEELTELIJK: Toestand("Oordeel gedeeltelijk", "Regiegroep is voor een deel voor"),
    _S.NEGATIEF: Toestand("Oordeel negatief", "Regiegroep is tegen"),
    _S.BESCHIKKING: Toestand("Beschikking", "Besluit genomen"),
    _S.IN_UITVOERING: Toestand("In uitvoering", "In uitvoering"),
    _S.UITGEVOERD: Toestand("Uitgevoerd", "Uitgevoerd"),
    _S.VERANTWOORD: Toestand("Verantwoord", "Uitgevoerd en verantwoord"),
    _S.VERHAAL_GEPUBLICEERD: Toestand("Verhaal gepubliceerd", "Uitgevoerd, lees het verhaal"),
    _S.INGETROKKEN: Toestand("Ingetrokken", "Ingetrokken", ("reden",)),
    _S.VERVALLEN: Toestand("Vervallen", "Gaat niet door", ("reden",)),
    _S.BEZWAAR: Toestand("Bezwaar", "Bezwaar loopt"),
}

INITIATIEF_MACHINE = Machine(
    "initiatief",
    _TOESTANDEN,
    build_stappen(
        frozenset({Rol.GEBIEDSREGISSEUR}),
        {
            # van:                (vooruit, opzij, terug)
            _S.CONCEPT: ("ingediend", "ingetrokken", ""),
            _S.INGEDIEND: ("compleet aanvulling_gevraagd", "ingetrokken vervallen", ""),
            _S.COMPLEET: ("bij_regiegroep aanvulling_gevraagd", "ingetrokken vervallen", ""),
            _S.AANVULLING_GEVRAAGD: ("compleet", "ingetrokken vervallen", ""),
            _S.BIJ_REGIEGROEP: ("positief gedeeltelijk negatief", "ingetrokken vervallen", "compleet"),
            _S.POSITIEF: ("beschikking", "ingetrokken vervallen", "bij_regiegroep"),
            _S.GEDEELTELIJK: ("beschikking", "ingetrokken vervallen", "bij_regiegroep"),
            _S.NEGATIEF: ("beschikking", "ingetrokken vervallen", "bij_regiegroep"),
            _S.BESCHIKKING: ("in_uitvoering", "ingetrokken vervallen bezwaar", ""),
            _S.IN_UITVOERING: ("uitgevoerd", "ingetrokken vervallen bezwaar", ""),
            _S.UITGEVOERD: ("verantwoord", "", "in_uitvoering"),
            _S.VERANTWOORD: ("verhaal_gepubliceerd", "", "uitgevoerd"),
            _S.VERHAAL_GEPUBLICEERD: ("", "", "verantwoord"),
            _S.INGETROKKEN: ("", "", "concept"),
            _S.VERVALLEN: ("", "", "ingediend"),
            _S.BEZWAAR: ("beschikking", "ingetrokken vervallen", ""),
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Initiatief:
    """A bewonersinitiatief. Amounts are in euro; None means unknown, never zero."""

    id: str
    gebied: str
    titel: str
    themas: tuple[Thema, ...]
    staat: Initiatiefstaat
    omschrijving: str = ""
    aangevraagd: Decimal | None = None
    toegekend: Decimal | None = None
    ingediend_op: date | None = None
    besluit_op: date | None = None
    openbaar: bool = False
