"""Who is signed in, looked up in the database on every run: the cookie says who, never what one may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from time import time
from typing import Final

import streamlit as st

from gebieden.domein.gebruiker import NIEMAND, Gebruiker
from gebieden.instellingen import Modus, read_aanmeldinstellingen, read_instellingen
from gebieden.opslag.gebruikers import Identiteit, find_gebruiker, read_identiteit, recognize_gebruiker
from gebieden.ui.aanbieders import read_aanbieders
from gebieden.ui.gegevens import open_engine

_KLOKVERSCHIL_S: Final = 300


class Aanmeldstand(StrEnum):
    """How this visitor stands with regard to signing in."""

    NIET_INGERICHT = "niet_ingericht"
    STUK = "stuk"
    AFGEMELD = "afgemeld"
    VERLOPEN = "verlopen"
    ONBEKEND = "onbekend"
    AANGEMELD = "aangemeld"


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """How a visitor stands, and who they are: publiek unless signed in.

    `nummer` is that of a known user, also when the sign-in has expired, to know whose half-written text it is: it
    gives no rights.
    `genoemd` is what the provider calls an unknown person.
    """

    stand: Aanmeldstand
    gebruiker: Gebruiker = NIEMAND
    nummer: int | None = None
    genoemd: str = ""

    @property
    def mag_zich_melden(self) -> bool:
        """Whether this visitor can sign in here."""
        return self.stand in (Aanmeldstand.AFGEMELD, Aanmeldstand.VERLOPEN)


def determine_aanmelding() -> Aanmelding:
    """Return how this visitor stands now. Not for demo, which has no sign-in."""
    aanbieders = read_aanbieders()
    if not aanbieders.is_ingericht:
        return Aanmelding(Aanmeldstand.STUK if aanbieders.bezwaar else Aanmeldstand.NIET_INGERICHT)
    instellingen = read_aanmeldinstellingen()
    claims = read_claims()
    identiteit = read_identiteit(claims, instellingen.claim)
    if identiteit is None:
        return Aanmelding(Aanmeldstand.AFGEMELD)
    if _is_te_oud(claims, instellingen.duur):
        return Aanmelding(Aanmeldstand.VERLOPEN, nummer=_find_nummer(identiteit))
    gebruiker = recognize_gebruiker(open_engine(), identiteit)
    if gebruiker is None:
        return Aanmelding(Aanmeldstand.ONBEKEND, genoemd=identiteit.aanmeldnaam or identiteit.onderwerp)
    return Aanmelding(Aanmeldstand.AANGEMELD, gebruiker, gebruiker.nummer)


def read_claims() -> Mapping[str, object]:
    """Return what the provider said of who is signed in; nothing for nobody, without [auth] and in AppTest."""
    claims = st.user.to_dict()
    return claims if claims.get("is_logged_in") is True else {}


def is_verlopen() -> bool:
    """Return whether somebody was signed in here, longer ago than is allowed."""
    return read_instellingen().modus is Modus.PRODUCTIE and determine_aanmelding().stand is Aanmeldstand.VERLOPEN


def _is_te_oud(claims: Mapping[str, object], duur: timedelta) -> bool:
    """Return whether the token was issued too long ago, does not say when, or says it will be.

    `iat` and not `auth_time`: who has been signed in at work since Monday signs in here today without typing anything.
    """
    gegeven = claims.get("iat")
    if not isinstance(gegeven, int | float):
        return True
    return not -_KLOKVERSCHIL_S <= time() - gegeven <= duur.total_seconds()


def _find_nummer(identiteit: Identiteit) -> int | None:
    with open_engine().connect() as conn:
        gevonden = find_gebruiker(conn, identiteit)
    return gevonden.nummer if gevonden else None
