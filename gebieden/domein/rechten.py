"""Rollen en rechten: who sees and does what (`domein.md` section 4), as one table."""

from dataclasses import dataclass
from enum import StrEnum

from gebieden.domein.gebied import Gebiedsboom


class Rol(StrEnum):
    """A role; `publiek` is anybody who is not signed in."""

    PUBLIEK = "publiek"
    RAAD = "raad"
    GEBIEDSTEAM = "gebiedsteam"
    GEBIEDSREGISSEUR = "gebiedsregisseur"
    OOV = "oov"
    BEHEER = "beheer"


ROLLEN_MET_EIGEN_GEBIED = frozenset({Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR, Rol.OOV})


class Pagina(StrEnum):
    """A page, by the path it lives at."""

    OVERZICHT = "overzicht"
    MIJNWERK = "mijnwerk"
    GEBIED = "gebied"
    AGENDA = "agenda"
    INITIATIEVEN = "initiatieven"
    PUNT = "punt"
    VERSIES = "versies"
    PARTNERS = "partners"
    OVERLEG = "overleg"
    OCHTENDBEELD = "ochtendbeeld"
    VASTLEGGEN = "vastleggen"
    BEOORDELEN = "beoordelen"
    VROEGSIGNALEN = "vroegsignalen"
    AANPAKKEN = "aanpakken"
    STRUCTUUR = "structuur"
    SIGNALEN = "signalen"
    GEGEVENS = "gegevens"
    BEHEER = "beheer"
    UITLEG = "uitleg"


class Handeling(StrEnum):
    """Something that not everybody may do."""

    INLEZEN = "inlezen"
    INSTELLEN = "instellen"
    BERICHT_SCHRIJVEN = "bericht_schrijven"
    PUNT_VOORSTELLEN = "punt_voorstellen"
    PUNT_BEHEREN = "punt_beheren"
    DEKKING = "dekking_bijhouden"
    CONVENANT = "convenant_bijhouden"
    SIGNAAL = "signalen_bijhouden"
    AANPAK = "aanpakken_bijhouden"
    GEBRUIKERS_BEHEREN = "gebruikers_beheren"
    LOGBOEK_LEZEN = "logboek_lezen"
    RESERVEKOPIE = "reservekopie"


_IEDEREEN = frozenset(Rol)
PAGINARECHTEN: dict[Pagina, frozenset[Rol]] = {
    Pagina.OVERZICHT: _IEDEREEN,
    Pagina.MIJNWERK: frozenset({Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR}),
    Pagina.GEBIED: _IEDEREEN,
    Pagina.AGENDA: _IEDEREEN,
    Pagina.INITIATIEVEN: _IEDEREEN,
    Pagina.PUNT: _IEDEREEN,
    Pagina.VERSIES: _IEDEREEN,
    Pagina.PARTNERS: _IEDEREEN - {Rol.PUBLIEK},
    Pagina.OVERLEG: _IEDEREEN - {Rol.PUBLIEK},
    Pagina.OCHTENDBEELD: frozenset({Rol.OOV, Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR}),
    Pagina.VASTLEGGEN: frozenset({Rol.OOV}),
    Pagina.BEOORDELEN: frozenset({Rol.OOV}),
    Pagina.VROEGSIGNALEN: _IEDEREEN - {Rol.PUBLIEK},
    Pagina.AANPAKKEN: _IEDEREEN - {Rol.PUBLIEK},
    Pagina.STRUCTUUR: _IEDEREEN - {Rol.PUBLIEK},
    Pagina.SIGNALEN: _IEDEREEN,
    Pagina.GEGEVENS: frozenset({Rol.BEHEER}),
    Pagina.BEHEER: frozenset({Rol.BEHEER}),
    Pagina.UITLEG: _IEDEREEN,
}
HANDELINGSRECHTEN: dict[Handeling, frozenset[Rol]] = {
    Handeling.INLEZEN: frozenset({Rol.BEHEER}),
    Handeling.INSTELLEN: frozenset({Rol.BEHEER}),
    Handeling.BERICHT_SCHRIJVEN: frozenset({Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR}),
    Handeling.PUNT_VOORSTELLEN: frozenset({Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR}),
    Handeling.PUNT_BEHEREN: frozenset({Rol.GEBIEDSREGISSEUR}),
    Handeling.DEKKING: frozenset({Rol.GEBIEDSREGISSEUR}),
    Handeling.CONVENANT: frozenset({Rol.GEBIEDSREGISSEUR}),
    Handeling.SIGNAAL: frozenset({Rol.OOV}),
    Handeling.AANPAK: frozenset({Rol.OOV}),
    Handeling.GEBRUIKERS_BEHEREN: frozenset({Rol.BEHEER}),
    Handeling.LOGBOEK_LEZEN: frozenset({Rol.BEHEER}),
    Handeling.RESERVEKOPIE: frozenset({Rol.BEHEER}),
}


@dataclass(frozen=True, slots=True)
class Kijker:
    """Who is looking: a role and the areas given to it. Rights for an area hold for every area it contains."""

    rol: Rol = Rol.PUBLIEK
    eigen: frozenset[str] = frozenset()

    def mag_pagina(self, pagina: Pagina) -> bool:
        """Return whether this role may open the page."""
        return self.rol in PAGINARECHTEN[pagina]

    def mag(self, handeling: Handeling) -> bool:
        """Return whether this role may do this, somewhere at least."""
        return self.rol in HANDELINGSRECHTEN[handeling]

    def mag_in(self, handeling: Handeling, gebied: str, boom: Gebiedsboom) -> bool:
        """Return whether this role may do this in an area: its own, and all that lies in it."""
        return self.mag(handeling) and self.is_eigen(gebied, boom)

    def is_eigen(self, gebied: str, boom: Gebiedsboom) -> bool:
        """Return whether an area lies in the areas given to this role."""
        return self.rol in ROLLEN_MET_EIGEN_GEBIED and not self.eigen.isdisjoint(boom.get_houders(gebied))

    def list_eigen(self, boom: Gebiedsboom) -> frozenset[str]:
        """Return the codes of the areas given to this role and of all that lie in them."""
        return boom.list_binnen(self.eigen) if self.rol in ROLLEN_MET_EIGEN_GEBIED else frozenset()

    def mag_tekst(self, openbaar: bool) -> bool:
        """Return whether the text of a point or initiative may be read; its counts always may."""
        return openbaar or self.rol is not Rol.PUBLIEK

    def mag_bericht(self, openbaar: bool, tekst_openbaar: bool, gebied: str, boom: Gebiedsboom) -> bool:
        """Return whether a bericht may be read.

        `tekst_openbaar` says whether the point it belongs to is public: a public bericht on a point
        that is not public would give that point away.
        """
        if self.rol is Rol.BEHEER:
            return True
        if openbaar and self.mag_tekst(tekst_openbaar):
            return True
        return self.rol in (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR) and self.is_eigen(gebied, boom)


IEDEREEN = Kijker()
BEHEERDER = Kijker(Rol.BEHEER)
