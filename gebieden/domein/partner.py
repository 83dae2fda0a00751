"""Partners of the gebiedsteam-plus: organisations, in which areas they work, and whom to ask for there."""

from dataclasses import dataclass
from enum import StrEnum

from gebieden.domein.veldregels import Invulling, veld


class Partnersoort(StrEnum):
    """What kind of organisation a partner is."""

    CORPORATIE = "corporatie"
    POLITIE = "politie"
    JONGERENWERK = "jongerenwerk"
    WELZIJN = "welzijn"
    ZORG = "zorg"
    ONDERWIJS = "onderwijs"
    ONDERNEMERS = "ondernemers"
    BEWONERS = "bewoners"
    GEMEENTE = "gemeente"
    ANDERS = "anders"


@dataclass(frozen=True, slots=True)
class Partner(Invulling):
    """An organisation; `andere_namen` are how points and contributions call it too."""

    naam: str = veld("Naam van de organisatie", is_verplicht=True)
    soort: Partnersoort = veld("Soort organisatie", is_verplicht=True)
    andere_namen: tuple[str, ...] = veld("Andere namen", ())


@dataclass(frozen=True, slots=True)
class Inzet(Invulling):
    """A partner (its number) at work in an area, and the role to ask for there: never a person."""

    partner: int = veld("Partner", is_verplicht=True)
    contactrol: str = veld("Contact (rol, geen naam of telefoonnummer)", "")
