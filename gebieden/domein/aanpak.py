"""Aanpak: a targeted intervention, registered before looking: where, what, from when, and compared with which areas."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
        "Vergelijkingsbuurten": (*aanpak.vergelijking, *aanpak.vergelijking_ring),
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
