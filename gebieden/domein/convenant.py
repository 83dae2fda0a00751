"""Gebiedsconvenant: the agreement of the partners of an area, and what each of them committed to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gebieden.domein.overgangen import Machine, Toestand, build_stappen
from gebieden.domein.rechten import Rol
from gebieden.domein.thema import Thema
from gebieden.domein.veldregels import Invulling, veld


class Convenantstaat(StrEnum):
    """The state of a convenant."""

    IN_VOORBEREIDING = "in_voorbereiding"
    IN_OVERLEG = "in_overleg"
    ONDERTEKEND = "ondertekend"
    LOPEND = "lopend"
    VERLENGD = "verlengd"
    BEEINDIGD = "beeindigd"


class Afspraakstand(StrEnum):
    """How far a commitment is."""

    TOEGEZEGD = "toegezegd"
    LOOPT = "loopt"
    NAGEKOMEN = "nagekomen"
    NIET_NAGEKOMEN = "niet_nagekomen"


_REGISSEUR: Final = frozenset({Rol.GEBIEDSREGISSEUR})
CONVENANT_MACHINE: Final = Machine(
    "convenant",
    {
        Convenantstaat.IN_VOORBEREIDING: Toestand("In voorbereiding", "In voorbereiding"),
        Convenantstaat.IN_OVERLEG: Toestand("In overleg", "In overleg"),
        Convenantstaat.ONDERTEKEND: Toestand("Ondertekend", "Ondertekend", ("getekend_op",)),
        Convenantstaat.LOPEND: Toestand("Lopend", "Lopend"),
        Convenantstaat.VERLENGD: Toestand("Verlengd", "Verlengd", ("loopt_tot",)),
        Convenantstaat.BEEINDIGD: Toestand("Beëindigd", "Beëindigd", ("waarom",)),
    },
    build_stappen(
        _REGISSEUR,
        {
            # van:                           (vooruit, opzij, terug)
            Convenantstaat.IN_VOORBEREIDING: ("in_overleg", "", ""),
            Convenantstaat.IN_OVERLEG: ("ondertekend", "", "in_voorbereiding"),
            Convenantstaat.ONDERTEKEND: ("lopend", "", "in_overleg"),
            Convenantstaat.LOPEND: ("verlengd beeindigd", "", ""),
            Convenantstaat.VERLENGD: ("beeindigd", "", ""),
            Convenantstaat.BEEINDIGD: ("", "", ""),
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Convenant(Invulling):
    """The convenant of an area; `partners` are numbers of partners in the register."""

    titel: str = veld("Titel", is_verplicht=True)
    staat: Convenantstaat = veld("Stand", Convenantstaat.IN_VOORBEREIDING, is_verplicht=True)
    partners: tuple[int, ...] = veld("Partners", ())
    getekend_op: date | None = veld("Ondertekend op", None)
    loopt_tot: date | None = veld("Loopt tot", None)
    toelichting: str = veld("Toelichting", "", max_tekens=1000, mag_regels=True)


@dataclass(frozen=True, slots=True)
class Afspraak(Invulling):
    """What a partner committed to in an area, for a theme and for a point if there is one; signed or not."""

    partner: int = veld("Partner", is_verplicht=True)
    thema: Thema = veld("Thema", is_verplicht=True)
    titel: str = veld("Afspraak", is_verplicht=True)
    stand: Afspraakstand = veld("Stand", Afspraakstand.TOEGEZEGD, is_verplicht=True)
    agendapunt: str = veld("Agendapunt", "")
    termijn: date | None = veld("Uiterlijk op", None)
    toelichting: str = veld("Toelichting", "", max_tekens=1000, mag_regels=True)
