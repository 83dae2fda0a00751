"""OOV-signaal: a signal about public order and safety; here only its place, date, category and source.

No persons and no addresses anywhere in it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.overgangen import Machine, Toestand, build_stappen
from gebieden.domein.rechten import Rol


class Signaalstaat(StrEnum):
    """The state of an OOV-signaal."""

    BINNENGEKOMEN = "binnengekomen"
    BEOORDEELD = "beoordeeld"
    GEBUNDELD = "gebundeld"
    IN_AANPAK = "in_aanpak"
    DOORGEZET = "doorgezet"
    GEEN_ACTIE = "geen_actie"
    VOLGEN = "volgen"
    GESLOTEN = "gesloten"
    HEROPEND = "heropend"


_S = Signaalstaat
_TOESTANDEN: dict[str, Toestand] = {
    _S.BINNENGEKOMEN: Toestand("Binnengekomen", "Binnengekomen"),
    _S.BEOORDEELD: Toestand("Beoordeeld", "Beoordeeld"),
    _S.GEBUNDELD: Toestand("Gebundeld", "Samengevoegd"),
    _S.IN_AANPAK: Toestand("In aanpak", "Wordt aangepakt"),
    _S.DOORGEZET: Toestand("Doorgezet", "Doorgezet"),
    _S.GEEN_ACTIE: Toestand("Geen actie", "Geen actie", ("reden",)),
    _S.VOLGEN: Toestand("Volgen", "Wordt gevolgd"),
    _S.GESLOTEN: Toestand("Gesloten", "Gesloten", ("resultaat",)),
    _S.HEROPEND: Toestand("Heropend", "Opnieuw geopend", ("reden",)),
}

SIGNAAL_MACHINE = Machine(
    "signaal",
    _TOESTANDEN,
    build_stappen(
        frozenset({Rol.OOV}),
        {
            # van:              (vooruit, opzij, terug)
            _S.BINNENGEKOMEN: ("beoordeeld", "", ""),
            _S.BEOORDEELD: ("gebundeld in_aanpak doorgezet geen_actie", "", "binnengekomen"),
            _S.GEBUNDELD: ("volgen", "", "beoordeeld"),
            _S.IN_AANPAK: ("volgen", "", "beoordeeld"),
            _S.DOORGEZET: ("volgen", "", "beoordeeld"),
            _S.GEEN_ACTIE: ("volgen", "", "beoordeeld"),
            _S.VOLGEN: ("gesloten", "", "beoordeeld"),
            _S.GESLOTEN: ("", "", "heropend"),
            _S.HEROPEND: ("beoordeeld", "", ""),
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Signaal:
    """One signal, assigned to a buurt."""

    id: str
    datum: date
    categorie: str
    bron: str
    buurt: str
