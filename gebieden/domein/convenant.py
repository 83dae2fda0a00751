"""Gebiedsconvenant: the agreement of the partners of an area, and what each of them committed to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gebieden.domein.fouten import OvergangError
from gebieden.domein.overgangen import Machine, Toestand, build_stappen
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import format_datum
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


GETEKEND: Final = frozenset({Convenantstaat.ONDERTEKEND, Convenantstaat.LOPEND, Convenantstaat.VERLENGD})
OPEN_AFSPRAKEN: Final = frozenset({Afspraakstand.TOEGEZEGD, Afspraakstand.LOOPT})
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


def is_over_termijn(afspraak: Afspraak, peildatum: date) -> bool:
    """Return whether a commitment that is still open should have been kept before the peildatum."""
    return afspraak.stand in OPEN_AFSPRAKEN and afspraak.termijn is not None and afspraak.termijn < peildatum


def list_mogelijk(convenant: Convenant | None) -> tuple[Convenantstaat, ...]:
    """Return the states that a convenant can be in after a change of it; for a new one those it can be written down in.

    What was signed before it was written down here comes in as it is; what has ended already does not.
    """
    if convenant is None:
        return tuple(staat for staat in Convenantstaat if staat is not Convenantstaat.BEEINDIGD)
    stappen = CONVENANT_MACHINE.stappen[convenant.staat]
    return (convenant.staat, *(Convenantstaat(stap.naar) for stap in stappen))


def check_convenantstap(oud: Convenant, nieuw: Convenant, waarom: str) -> None:
    """Raise OvergangError when a convenant cannot go from the one to the other state like this."""
    if nieuw.staat is oud.staat:
        return
    velden = {**nieuw.velden, "waarom": waarom}
    CONVENANT_MACHINE.check_overgang(oud.staat, nieuw.staat, Rol.GEBIEDSREGISSEUR, velden)
    if (
        nieuw.staat is Convenantstaat.VERLENGD
        and oud.loopt_tot
        and nieuw.loopt_tot
        and nieuw.loopt_tot <= oud.loopt_tot
    ):
        raise OvergangError(
            f"Verlengen kan niet tot {format_datum(nieuw.loopt_tot)}: het convenant liep al tot "
            f"{format_datum(oud.loopt_tot)}. Er is niets opgeslagen. Kies een latere dag."
        )


def find_convenantfouten(convenant: Convenant) -> Iterator[str]:
    """Yield what of a convenant does not fit together, whatever it was before."""
    if convenant.staat in GETEKEND and convenant.getekend_op is None:
        naam = CONVENANT_MACHINE.toestanden[convenant.staat].naam.lower()
        yield f"Een convenant met de stand '{naam}' heeft een dag waarop het is ondertekend. Vul die in."
    if convenant.staat is Convenantstaat.VERLENGD and convenant.loopt_tot is None:
        yield "Van een verlengd convenant is bekend tot wanneer het loopt. Vul die dag in."
    if convenant.getekend_op and convenant.loopt_tot and convenant.loopt_tot < convenant.getekend_op:
        yield (
            f"Het convenant loopt tot {format_datum(convenant.loopt_tot)}, en dat is voor de dag van ondertekenen "
            f"({format_datum(convenant.getekend_op)}). Verbeter een van beide."
        )
