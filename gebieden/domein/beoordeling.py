"""What a gebiedsmedewerker OOV keeps of signals: how one was judged, the matter that several are, and warnings."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gebieden.domein.fouten import OvergangError
from gebieden.domein.persoonsgegevens import PERSOONSVINKJE, compose_persoonsvraag, find_persoonlijk
from gebieden.domein.rechten import Rol
from gebieden.domein.registratie import Registratieeffect
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat
from gebieden.domein.veldregels import Invulling, get_labels, veld

VENSTERS: Final = (1, 4)
"""How many weeks a warning is about."""

CATEGORIEEN: Final = (
    "drugsoverlast",
    "geluidsoverlast",
    "intimidatie",
    "jeugdoverlast",
    "overlast verward gedrag",
    "verkeersoverlast",
    "vernieling",
    "zwerfafval en dumping",
)
"""What can be recorded before anything was imported; after that, what the files say comes to it."""
BRONNEN: Final = ("bewoner", "ondernemer", "eigen waarneming", "handhaving", "politie", "jongerenwerk", "corporatie")

# The states in which a signal or a matter asks for no more.
AFGEDAAN: Final = frozenset({Signaalstaat.GESLOTEN, Signaalstaat.GEEN_ACTIE})


class Zwaarte(StrEnum):
    """How serious a signal is, in the eyes of who records it."""

    ONBEKEND = "onbekend"
    LICHT = "licht"
    MATIG = "matig"
    ERNSTIG = "ernstig"


class Duidingsoordeel(StrEnum):
    """What a professional says of a warning."""

    BEVESTIGD = "bevestigd"
    VERWORPEN = "verworpen"
    GEBUNDELD = "gebundeld"


@dataclass(frozen=True, slots=True)
class Beoordeling(Invulling):
    """One signal (its id) beside its bare facts: how serious, what is done with it, and to which matter it belongs."""

    signaal: str = veld("Signaal", is_verplicht=True)
    staat: Signaalstaat = veld("Stand", Signaalstaat.BINNENGEKOMEN, is_verplicht=True)
    ernst: Zwaarte = veld("Ernst", Zwaarte.ONBEKEND, is_verplicht=True)
    zaak: int | None = veld("Zaak", None)
    toelichting: str = veld("Wat speelt er? (geen personen, geen adressen)", "", max_tekens=300, mag_regels=True)
    geen_persoon: bool = veld(PERSOONSVINKJE, False)
    reden: str = veld("Reden", "", max_tekens=300)
    resultaat: str = veld("Resultaat", "", max_tekens=300)


@dataclass(frozen=True, slots=True)
class Zaak(Invulling):
    """A matter: several signals that are one problem. It goes through the same states as a signal."""

    naam: str = veld("Naam van de zaak (geen personen, geen adressen)", is_verplicht=True, max_tekens=100)
    categorie: str = veld("Categorie", is_verplicht=True)
    staat: Signaalstaat = veld("Stand", Signaalstaat.BEOORDEELD, is_verplicht=True)
    toelichting: str = veld("Wat speelt er? (geen personen, geen adressen)", "", max_tekens=1000, mag_regels=True)
    geen_persoon: bool = veld(PERSOONSVINKJE, False)
    reden: str = veld("Reden", "", max_tekens=300)
    resultaat: str = veld("Resultaat", "", max_tekens=300)


@dataclass(frozen=True, slots=True)
class Duiding(Invulling):
    """What a professional says of the warning for an area: the week (its Monday), how many weeks, which category."""

    maandag: date = veld("Week (maandag)", is_verplicht=True, is_geweest=True)
    venster: int = veld("Aantal weken", is_verplicht=True)
    categorie: str = veld("Categorie", is_verplicht=True)
    oordeel: Duidingsoordeel = veld("Oordeel", is_verplicht=True)
    zaak: int | None = veld("Zaak", None)
    reden: str = veld("Waarom", "", max_tekens=300)
    geen_persoon: bool = veld(PERSOONSVINKJE, False)


@dataclass(frozen=True, slots=True)
class Registratiemelding(Invulling):
    """A change in the way of registering from a day on: of one category, or of all (""). Only weeks left out end."""

    datum: date = veld("Vanaf", is_verplicht=True)
    effect: Registratieeffect = veld("Wat betekent het voor de cijfers?", is_verplicht=True)
    toelichting: str = veld("Wat is er veranderd?", is_verplicht=True, max_tekens=300)
    categorie: str = veld("Categorie (leeg = alle)", "")
    tot: date | None = veld("Tot en met (alleen bij uitsluiten; leeg = één week)", None)
    geen_persoon: bool = veld(PERSOONSVINKJE, False)


@dataclass(frozen=True, slots=True)
class Signaalinvoer(Invulling):
    """What a gebiedsmedewerker OOV records of a signal: no persons, no addresses; the place is a buurt."""

    datum: date = veld("Wanneer", is_verplicht=True, is_geweest=True)
    categorie: str = veld("Categorie", is_verplicht=True, max_tekens=60)
    gebied: str = veld("Buurt", is_verplicht=True)
    bron: str = veld("Van wie", is_verplicht=True, max_tekens=60)
    ernst: Zwaarte = veld("Ernst", Zwaarte.ONBEKEND, is_verplicht=True)
    toelichting: str = veld("Wat speelt er? (geen personen, geen adressen)", "", max_tekens=300, mag_regels=True)
    geen_persoon: bool = veld(PERSOONSVINKJE, False)


def find_persoonsvragen(invulling: Invulling, namen: Collection[str], bekend: Collection[str] = ()) -> Iterator[str]:
    """Yield a question per field that looks as if it is about a person, unless who wrote it says that it is not."""
    if invulling.velden["geen_persoon"]:
        return
    labels = get_labels(type(invulling))
    for naam in namen:
        if soorten := find_persoonlijk(invulling.velden[naam], bekend):
            yield compose_persoonsvraag(labels[naam], soorten)


def find_redenvragen(invulling: Invulling, waarom: str, bekend: Collection[str] = ()) -> Iterator[str]:
    """Yield the same question about the reason that a change was given."""
    if not invulling.velden["geen_persoon"] and (soorten := find_persoonlijk(waarom, bekend)):
        yield compose_persoonsvraag("Waarom", soorten)


def find_beoordelingsfouten(beoordeling: Beoordeling) -> Iterator[str]:
    """Yield what of a judgement does not fit together."""
    if (beoordeling.staat is Signaalstaat.GEBUNDELD) != (beoordeling.zaak is not None):
        yield "Een gebundeld signaal hoort bij één zaak, en een ander signaal bij geen. Kies een zaak, of geen."


def find_duidingsfouten(duiding: Duiding) -> Iterator[str]:
    """Yield what of a judgement of a warning does not fit together."""
    if duiding.maandag.weekday():
        yield "Een week begint op maandag. Kies een maandag."
    if duiding.venster not in VENSTERS:
        yield f"Een waarschuwing gaat over {VENSTERS[0]} of {VENSTERS[1]} weken. Kies een van beide."
    if duiding.oordeel is Duidingsoordeel.VERWORPEN and not duiding.reden:
        yield "Wie een waarschuwing verwerpt, zegt waarom. Vul 'Waarom' in."
    if (duiding.oordeel is Duidingsoordeel.GEBUNDELD) != (duiding.zaak is not None):
        yield "Een gebundelde waarschuwing hoort bij één zaak, en een andere bij geen. Kies een zaak, of geen."


def find_periodefouten(wijziging: Registratiemelding) -> Iterator[str]:
    """Yield what of a change in registering does not fit together."""
    if wijziging.tot and wijziging.tot <= wijziging.datum:
        yield "De dag 'Tot en met' is niet na de dag 'Vanaf'. Verbeter een van beide."
    if wijziging.effect is not Registratieeffect.UITSLUITEN and wijziging.tot:
        yield "Alleen bij 'Uitsluiten' hoort een laatste dag. Laat 'Tot en met' leeg, of kies iets anders."


def check_signaalstap(oud: Beoordeling | Zaak, nieuw: Beoordeling | Zaak, waarom: str) -> None:
    """Raise OvergangError when a signal or a matter cannot go from the one to the other state like this."""
    if isinstance(oud, Beoordeling) and isinstance(nieuw, Beoordeling) and oud.signaal != nieuw.signaal:
        raise OvergangError("Een oordeel blijft bij zijn eigen signaal. Er is niets opgeslagen.")
    if nieuw.staat is not oud.staat:
        velden = {**nieuw.velden, "waarom": waarom}
        SIGNAAL_MACHINE.check_overgang(oud.staat, nieuw.staat, Rol.OOV, velden)


def list_volgende(staat: Signaalstaat) -> tuple[Signaalstaat, ...]:
    """Return the states that a signal or a matter can be in after a change of it, its own first."""
    return (staat, *(Signaalstaat(stap.naar) for stap in SIGNAAL_MACHINE.stappen[staat]))
