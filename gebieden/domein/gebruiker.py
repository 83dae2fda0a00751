"""Gebruiker: the person who looks or writes, as far as the application has to know, and what beheer sets of one."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from gebieden.domein.rechten import BEHEERDER, IEDEREEN, ROLLEN_MET_EIGEN_GEBIED, Kijker, Rol

TOE_TE_KENNEN: Final = tuple(rol for rol in Rol if rol is not Rol.PUBLIEK)
_MOETEN_GEBIED: Final = frozenset({Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR})
_LANGSTE: Final = 254
_AANMELDNAAM: Final = re.compile(r"[^\s\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Gebruiker:
    """A person with their role and areas.

    `nummer` is that of the table of users; None for nobody in particular: who is not signed in, demo's role
    picker, the command line. Logs and the audit trail know the number only. `naam` is for this person's own screen.
    """

    kijker: Kijker = IEDEREEN
    nummer: int | None = None
    naam: str = ""


NIEMAND = Gebruiker()
OPDRACHTREGEL = Gebruiker(BEHEERDER, naam="opdrachtregel")


@dataclass(frozen=True, slots=True)
class Gebruikersgegevens:
    """What beheer sets of a person: each field can be changed apart from the others."""

    naam: str
    rol: Rol
    gebieden: frozenset[str] = frozenset()
    actief: bool = True


@dataclass(frozen=True, slots=True)
class Inschrijving:
    """A person in the table of users, as beheer sees it; `is_aangemeld` says whether they ever signed in."""

    nummer: int
    aanmeldnaam: str
    gegevens: Gebruikersgegevens
    is_aangemeld: bool = False


def fold_aanmeldnaam(tekst: str) -> str:
    """Return a sign-in name as it is stored and compared: without regard to the case of A to Z.

    Of A to Z only: Python's own lower() makes a `k` of the Kelvin sign, so that one person could sign in as another.
    """
    return "".join(teken.lower() if teken.isascii() else teken for teken in tekst.strip())


def is_aanmeldnaam(tekst: str) -> bool:
    """Return whether a text can be a sign-in name: one word of at most 254 characters."""
    return len(tekst) <= _LANGSTE and _AANMELDNAAM.fullmatch(tekst) is not None


def list_bezwaren(gegevens: Gebruikersgegevens, bekend: Collection[str]) -> Iterator[str]:
    """Yield a sentence per thing that is wrong; `bekend` are the codes of the areas that exist."""
    rol = gegevens.rol
    if rol not in TOE_TE_KENNEN:
        yield f"De rol {rol} is van wie niet is aangemeld. Kies een andere rol, of zet de gebruiker op niet actief."
    if onbekend := sorted(gegevens.gebieden - set(bekend)):
        yield f"Er is geen gebied met de code {', '.join(onbekend)}. Verwacht: een code als WK036101."
    if gegevens.gebieden and rol not in ROLLEN_MET_EIGEN_GEBIED:
        yield f"Bij de rol {rol} horen geen eigen gebieden. Haal de gebieden weg of kies een andere rol."
    if not gegevens.gebieden and rol in _MOETEN_GEBIED:
        yield f"Bij de rol {rol} hoort ten minste één gebied. Kies een gebied."
    if not gegevens.naam.isprintable():
        yield "De naam heeft een teken dat niet te lezen is, zoals een nieuwe regel. Typ de naam opnieuw."
    if len(gegevens.naam) > _LANGSTE:
        yield f"De naam heeft {len(gegevens.naam)} tekens. Verwacht: hoogstens {_LANGSTE}."
