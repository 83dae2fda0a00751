"""What a change of state asks for, as a form shows it: only what the new state needs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, WachtOp
from gebieden.domein.overgangen import Richting
from gebieden.domein.puntovergang import Puntovergang, Toestandsvelden
from gebieden.domein.puntvelden import EERSTE_DAG, LAATSTE_DAG

VRAGEN: Final = {
    "wacht_op": "Waarop wacht het?",
    "reden": "Waarom gaat het niet door?",
    "wie_besloot": "Wie heeft dat besloten? (een rol of orgaan)",
    "aan_wie": "Aan wie is het overgedragen? (een organisatie)",
    "bevestigd": "Heeft die dat bevestigd?",
    "wie_borgt": "Wie zorgt dat het zo blijft? (een rol of organisatie)",
    "terugkijken_op": "Wanneer kijken we terug?",
}
_JA, _NEE = "ja", "nog niet"


def show_overgangsvelden(overgang: Puntovergang, key: Callable[[str], str]) -> Puntovergang:
    """Draw the fields of a change of state and return it filled in; `key` makes the key of a widget from a name."""
    vraagt = AGENDAPUNT_MACHINE.toestanden[overgang.naar].verplicht
    velden = {veld: _show_veld(veld, overgang.datum, key(veld)) for veld in vraagt}
    stap = AGENDAPUNT_MACHINE.find_stap(overgang.van, overgang.naar)
    waarom = ""
    if stap and stap.richting is Richting.TERUG:
        waarom = st.text_input("Waarom gaat het een stap terug?", key=key("waarom"))
    dag = st.date_input(
        "Op welke dag?",
        overgang.datum,
        min_value=EERSTE_DAG,
        max_value=overgang.datum,
        key=key("datum"),
        format="DD-MM-YYYY",
    )
    return replace(
        overgang,
        velden=Toestandsvelden(**velden),
        waarom=waarom,
        datum=dag if isinstance(dag, date) else overgang.datum,
    )


def _show_veld(veld: str, op: date, sleutel: str) -> Any:
    if veld == "wacht_op":
        return st.selectbox(VRAGEN[veld], list(WachtOp), index=None, placeholder="Kies", key=sleutel)
    if veld == "bevestigd":
        antwoord = st.radio(VRAGEN[veld], (_JA, _NEE), index=None, key=sleutel, horizontal=True)
        return None if antwoord is None else antwoord == _JA
    if veld == "terugkijken_op":
        return show_terugkijkdag(VRAGEN[veld], op, sleutel)
    return st.text_input(VRAGEN[veld], key=sleutel)


def show_terugkijkdag(vraag: str, op: date, sleutel: str) -> date | None:
    """Draw the question for the day to look back, after `op`, and return the answer; None while there is none."""
    morgen = op + timedelta(days=1)
    dag = st.date_input(vraag, None, min_value=morgen, max_value=LAATSTE_DAG, key=sleutel, format="DD-MM-YYYY")
    return dag if isinstance(dag, date) else None
