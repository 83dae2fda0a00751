"""The fields of a contribution as a person fills them in: to add one, or to change one."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

import streamlit as st

from gebieden.domein.bedrag import ONBEKEND, parse_bedrag
from gebieden.domein.dekking import Bron, Lijnstand, Lijnvelden, Vorm
from gebieden.domein.dekkingszin import format_bron, format_hoeveelheid
from gebieden.domein.lijnvelden import EERSTE_JAAR, LAATSTE_JAAR, parse_hoeveelheid

LABELS: Final = {
    "bron": "Van wie?",
    "jaar": "Jaar van de Kadernota of begroting",
    "partner": "Welke organisatie? (geen namen van personen)",
    "vorm": "Wat?",
    "stand": "Stand",
    "bedrag": "Bedrag in euro",
    "hoeveelheid": "Hoeveel?",
    "eenheid": "Waarin telt u?",
    "toelichting": "Toelichting (mag leeg blijven; noem geen personen)",
    "benodigd": "Nodig",
}
_EENHEDEN: Final = {Vorm.UREN: "uur", Vorm.RUIMTE: "dagdeel"}


Keuze = TypeVar("Keuze", bound=StrEnum)


def show_lijnvelden(basis: Lijnvelden, sleutel: str, knop: str) -> Callable[[], Lijnvelden] | None:
    """Draw the fields, filled with `basis`; once the button is pressed return what reads what is in them.

    Which fields there are depends on the source and the form, and so those two stand before the others.
    """
    links, rechts = st.columns(2)
    with links:
        bron = _choose("bron", Bron, basis.bron, sleutel, format_bron)
    with rechts:
        vorm = _choose("vorm", Vorm, basis.vorm, sleutel)
    with st.form(f"lijn_{sleutel}", enter_to_submit=False):
        jaar = _show_jaar(basis, sleutel) if bron is Bron.BEGROTING else None
        bedrag, hoeveelheid, eenheid = _show_inhoud(basis, vorm, sleutel)
        stand = _choose("stand", Lijnstand, basis.stand, sleutel)
        partner = st.text_input(LABELS["partner"], basis.partner, key=f"lijn_partner_{sleutel}")
        toelichting = st.text_input(LABELS["toelichting"], basis.toelichting, key=f"lijn_toelichting_{sleutel}")
        if not st.form_submit_button(knop, type="primary"):
            return None
    return lambda: Lijnvelden(
        bron, vorm, stand, parse_bedrag(bedrag), parse_hoeveelheid(hoeveelheid), eenheid, jaar, partner, toelichting
    )


def _choose(
    veld: str, keuzes: type[Keuze], nu: Keuze, sleutel: str, format_func: Callable[[Keuze], str] = str
) -> Keuze:
    """Draw a choice between all members, on the one that it is now, and return which it is."""
    opties = list(keuzes)
    gekozen = st.selectbox(
        LABELS[veld], opties, opties.index(nu), format_func=format_func, key=f"lijn_{veld}_{sleutel}"
    )
    return nu if gekozen is None else gekozen


def _show_jaar(basis: Lijnvelden, sleutel: str) -> int | None:
    jaar = st.number_input(
        LABELS["jaar"], EERSTE_JAAR, LAATSTE_JAAR, basis.jaar, step=1, format="%d", key=f"lijn_jaar_{sleutel}"
    )
    return None if jaar is None else int(jaar)


def _show_inhoud(basis: Lijnvelden, vorm: Vorm, sleutel: str) -> tuple[str, str, str]:
    """Draw the amount of money, or the quantity and unit of anything else, and return those three texts."""
    if vorm is Vorm.GELD:
        bedrag = st.text_input(
            LABELS["bedrag"],
            "" if basis.bedrag == ONBEKEND else str(basis.bedrag),
            key=f"lijn_bedrag_{sleutel}",
            help="Een bedrag als 12.500 of 1.234,56; of PM als nog niet bekend is hoeveel het wordt.",
        )
        return bedrag, "", ""
    links, rechts = st.columns(2)
    aantal = format_hoeveelheid(basis.hoeveelheid).replace(".", "") if basis.hoeveelheid else ""
    hoeveelheid = links.text_input(LABELS["hoeveelheid"], aantal, key=f"lijn_hoeveelheid_{sleutel}")
    eenheid = rechts.text_input(
        LABELS["eenheid"], basis.eenheid or _EENHEDEN.get(vorm, ""), key=f"lijn_eenheid_{vorm}_{sleutel}"
    )
    return "", hoeveelheid, eenheid


def format_veld(veld: str, waarde: object) -> str:
    """Return the value of a field as people read it."""
    if isinstance(waarde, Bron):
        return format_bron(waarde)
    if isinstance(waarde, Decimal):
        return format_hoeveelheid(waarde)
    return str(waarde) if waarde not in (None, "") else "leeg"
