"""Partners of the gebiedsteam-plus: organisations, in which areas they work, and whom to ask for there."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gebieden.domein.persoonsgegevens import is_contact
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


# The same few names stand at thousands of points.
@lru_cache(maxsize=4096)
def normalise_naam(naam: str) -> str:
    """Return a name as it is compared: no capitals, no more than single white space, one way of writing a letter."""
    return " ".join(unicodedata.normalize("NFKC", naam).casefold().split())


def list_namen(partner: Partner) -> tuple[str, ...]:
    """Return what this organisation is called, its own name first."""
    return (partner.naam, *partner.andere_namen)


def find_naamfouten(partner: Partner, anderen: Iterable[Partner]) -> Iterator[str]:
    """Yield a sentence per name of this partner that is already that of another, or twice its own."""
    van_anderen = {normalise_naam(naam): ander.naam for ander in anderen for naam in list_namen(ander)}
    eigen: set[str] = set()
    for naam in list_namen(partner):
        sleutel = normalise_naam(naam)
        if sleutel in van_anderen:
            yield (
                f"De naam '{naam}' staat al in het register, bij '{van_anderen[sleutel]}'. Verwacht: elke naam bij "
                "één organisatie. Kies een andere naam, of wijzig die organisatie."
            )
        if sleutel in eigen:
            yield f"De naam '{naam}' staat er twee keer. Haal er een weg."
        eigen.add(sleutel)


def find_contactfouten(inzet: Inzet) -> Iterator[str]:
    """Yield what is wrong with a contact that is not a role: an e-mail address or a telephone number."""
    if soort := is_contact(inzet.contactrol):
        yield (
            f"Het contact bij deze partner lijkt op {soort}. Verwacht: een rol, zoals wijkbeheerder of wijkagent. "
            "Persoonlijke gegevens horen hier niet. Vul de rol in, of laat het leeg."
        )
