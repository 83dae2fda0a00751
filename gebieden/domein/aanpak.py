"""Aanpak: a targeted intervention, registered before looking: where, what, from when, and compared with which areas."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from gebieden.domein.taal import join_opsomming
from gebieden.domein.veldregels import Invulling, veld


class Aanpaksoort(StrEnum):
    """What kind of intervention it is."""

    TOEZICHT = "toezicht"
    CAMERA = "camera"
    INRICHTING = "inrichting"
    JONGERENWERK = "jongerenwerk"
    HANDHAVING = "handhaving"
    SAMEN_MET_BEWONERS = "samen met bewoners"
    ANDERS = "anders"


class Aanpakstand(StrEnum):
    """How far an intervention is; computed, never stored."""

    PLAN = "plan"
    GEREGISTREERD = "geregistreerd"
    LOOPT = "loopt"
    AFGELOPEN = "afgelopen"


class Verwachting(StrEnum):
    """What who registers it expects of the number of reports."""

    MINDER = "minder meldingen"
    MEER = "meer meldingen, want melden wordt makkelijker"


@dataclass(frozen=True, slots=True)
class Aanpak(Invulling):
    """An intervention. All but name, partners, end and explanation is its design, which is fixed once registered.

    Areas are codes of buurten: `gebieden` the target, `ring` around it, and what each of them is compared with.
    `weken` before and after are compared; `uitgesloten_weken` just before the start, which led to it, are not.
    """

    naam: str = veld("Naam van de aanpak (geen personen, geen adressen)", is_verplicht=True, max_tekens=100)
    soort: Aanpaksoort = veld("Soort aanpak", is_verplicht=True)
    categorie: str = veld("Categorie", is_verplicht=True)
    gebieden: tuple[str, ...] = veld("Buurten van de aanpak", is_verplicht=True)
    begin: date = veld("Begint op", is_verplicht=True)
    verwachting: Verwachting = veld("Verwachting", Verwachting.MINDER, is_verplicht=True)
    weken: int = veld("Weken ervoor en erna", 26, is_verplicht=True)
    uitgesloten_weken: int = veld("Weken vlak ervoor die niet meetellen", 8, is_verplicht=True)
    ring: tuple[str, ...] = veld("Buurten eromheen", ())
    vergelijking: tuple[str, ...] = veld("Vergelijkingsbuurten van de aanpak", ())
    vergelijking_ring: tuple[str, ...] = veld("Vergelijkingsbuurten van de buurten eromheen", ())
    bevestigd: bool = veld("Geregistreerd", False)
    eind: date | None = veld("Eindigt op", None)
    partners: tuple[int, ...] = veld("Partners", ())
    toelichting: str = veld("Toelichting (geen personen, geen adressen)", "", max_tekens=1000, mag_regels=True)
    geen_persoon: bool = veld("Dit gaat niet over een persoon", False)

    @property
    def alle_gebieden(self) -> frozenset[str]:
        """Every area that the design names, in whatever part."""
        return frozenset({*self.gebieden, *self.ring, *self.vergelijking, *self.vergelijking_ring})

    @property
    def na_afloop(self) -> date:
        """The Monday after the last week that is measured."""
        return self.begin - timedelta(days=self.begin.weekday()) + timedelta(weeks=self.weken)

    def determine_stand(self, peildatum: date) -> Aanpakstand:
        """Return how far it is on this day: without a last day it goes on."""
        if not self.bevestigd:
            return Aanpakstand.PLAN
        if peildatum < self.begin:
            return Aanpakstand.GEREGISTREERD
        return Aanpakstand.AFGELOPEN if self.eind and self.eind < peildatum else Aanpakstand.LOOPT

    @property
    def ontwerp(self) -> dict[str, Any]:
        """The design as plain values, by name."""
        plat = {naam: self.velden[naam] for naam in ONTWERPVELDEN}
        return {
            naam: sorted(waarde) if isinstance(waarde, tuple) else waarde if isinstance(waarde, int) else str(waarde)
            for naam, waarde in plat.items()
        }

    @property
    def vingerafdruk(self) -> str:
        """SHA-256 of the design, the same for the same design whatever the order of its areas."""
        return hashlib.sha256(json.dumps(self.ontwerp, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Aanpakregistratie:
    """When a design was fixed (the application's day, and the clock's moment), and its fingerprint."""

    datum: date
    moment: datetime
    vingerafdruk: str

    def is_achteraf(self, aanpak: Aanpak) -> bool:
        """Return whether it was registered when the intervention had begun already."""
        return self.datum > aanpak.begin


ONTWERPVELDEN: Final = (
    "soort",
    "categorie",
    "gebieden",
    "begin",
    "verwachting",
    "weken",
    "uitgesloten_weken",
    "ring",
    "vergelijking",
    "vergelijking_ring",
)
_MAX_WEKEN: Final = 52


def find_aanpakfouten(aanpak: Aanpak) -> Iterator[str]:
    """Yield what of an intervention does not fit together."""
    rollen = {
        "Buurten van de aanpak": aanpak.gebieden,
        "Buurten eromheen": aanpak.ring,
        "Vergelijkingsbuurten van de aanpak": aanpak.vergelijking,
        "Vergelijkingsbuurten van de buurten eromheen": aanpak.vergelijking_ring,
    }
    namen = list(rollen)
    for plaats, naam in enumerate(namen):
        for ander in namen[plaats + 1 :]:
            if dubbel := sorted(set(rollen[naam]) & set(rollen[ander])):
                yield f"{join_opsomming(dubbel)} staat bij '{naam}' en bij '{ander}'. Haal een van beide weg."
    if aanpak.eind and aanpak.eind < aanpak.begin:
        yield "De aanpak eindigt voordat hij begint. Verbeter een van beide dagen."
    if not 4 <= aanpak.weken <= _MAX_WEKEN:
        yield f"'Weken ervoor en erna' is {aanpak.weken}. Verwacht: van 4 tot en met {_MAX_WEKEN}. Kies opnieuw."
    if not 8 <= aanpak.uitgesloten_weken <= 26:
        yield f"'Weken vlak ervoor' is {aanpak.uitgesloten_weken}. Verwacht: van 8 tot en met 26. Kies een ander getal."
    if aanpak.bevestigd and not aanpak.vergelijking:
        yield "Zonder vergelijkingsbuurten is er niets te vergelijken. Kies er ten minste één, en registreer dan."
    if aanpak.bevestigd and bool(aanpak.ring) != bool(aanpak.vergelijking_ring):
        yield "De buurten eromheen hebben eigen vergelijkingsbuurten nodig. Kies beide, of geen van beide."
