"""Establishing the next version of an agenda: beforehand one sees which points go in and which stay out."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Final
from uuid import uuid4

import streamlit as st

from gebieden.domein.fouten import GebiedenError
from gebieden.domein.puntvelden import EERSTE_DAG
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.opslag.versiekandidaten import Kandidaat, Plaats
from gebieden.opslag.versies import MAX_DOOR_TEKENS, establish_versie
from gebieden.ui.agendagegevens import get_versies, load_kandidaten_van
from gebieden.ui.gegevens import Bron, get_punten, open_engine
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.punten import format_staat
from gebieden.ui.raamwerk import attempt, show_fout, show_leeg
from gebieden.ui.toegang import determine_gebruiker
from gebieden.ui.versiespagina import VERGELEKEN_VERSIES

_SLEUTEL: Final = "versie_sleutel"
_MELDING: Final = "versie_melding"


def show_vaststellen(bron: Bron, op: date, code: str, naam: str) -> None:
    """Draw what a regisseur needs to establish the next version; for who may only."""
    melding = st.session_state.pop(_MELDING, None)
    if melding and melding[0] == code:
        st.success(escape_markdown(melding[1]), icon=":material/check_circle:")
    with st.expander("Versie vaststellen", icon=":material/task_alt:"):
        versies = get_versies(bron).get(code, [])
        vanaf = max((v.datum + timedelta(days=1) for v in versies), default=EERSTE_DAG)
        if vanaf > op:
            show_leeg(f"De agenda van {naam} heeft al een versie van {format_datum(versies[-1].datum)}.")
            return
        _show_formulier(bron, op, code, naam, vanaf)


def _show_formulier(bron: Bron, op: date, code: str, naam: str, vanaf: date) -> None:
    sleutel = f"{st.session_state.setdefault(_SLEUTEL, uuid4().hex)}-{code}"
    datum = st.date_input(
        "Op welke dag is de agenda vastgesteld?",
        op,
        min_value=vanaf,
        max_value=op,
        key=f"datum_{sleutel}",
        format="DD-MM-YYYY",
    )
    door = st.text_input(
        "Door wie? (een team of overleg, geen namen; mag leeg blijven)",
        key=f"door_{sleutel}",
        max_chars=MAX_DOOR_TEKENS,
    )
    if not isinstance(datum, date):
        return
    kijker = determine_gebruiker().kijker
    titels = {p.punt.id: p.punt.titel for p in get_punten(bron, op, kijker)}
    kandidaten = load_kandidaten_van(code, datum, op)
    keuzes = {k.id: k for k in kandidaten if k.plaats is Plaats.KEUZE}
    ook = st.multiselect(
        "Welke punten die af of gestopt zijn, blijven op de agenda?",
        list(keuzes),
        default=[k.id for k in keuzes.values() if k.is_gewoonlijk],
        format_func=lambda id_: f"{titels.get(id_, id_)} ({format_staat(keuzes[id_].staat, kijker.rol)})",
        key=f"ook_{sleutel}_{datum}",
        placeholder="Geen",
        disabled=not keuzes,
    )
    _show_vooraf(kandidaten, ook, titels, kijker.rol)
    if st.button("Versie vaststellen", type="primary", key=f"vast_{sleutel}"):
        _establish(code, naam, datum, op, ook, door, sleutel)


def _show_vooraf(kandidaten: Sequence[Kandidaat], ook: Collection[str], titels: Mapping[str, str], rol: Rol) -> None:
    erin = [k for k in kandidaten if k.plaats is Plaats.ERIN or k.id in ook]
    eruit = [k for k in kandidaten if k.plaats is not Plaats.ERIN and k.id not in ook]
    st.markdown(
        f"De nieuwe versie krijgt **{format_aantal(len(erin), 'punt', 'punten')}**; **{len(eruit)}** "
        f"{'blijft' if len(eruit) == 1 else 'blijven'} erbuiten. Punten die nog open zijn, gaan altijd mee: een agenda "
        "wordt niet beter door ze weg te laten."
    )
    for kop, groep in (("Erin", erin), ("Erbuiten", eruit)):
        if groep:
            per_stand = Counter(format_staat(k.staat, rol) for k in groep)
            st.caption(f"{kop}: {', '.join(f'{aantal}× {stand}' for stand, aantal in per_stand.items())}")
            regels = (f"{escape(titels.get(k.id, k.id))} ({escape(format_staat(k.staat, rol))})" for k in groep)
            st.html(f"<ul>{''.join(f'<li>{regel}</li>' for regel in regels)}</ul>")


def _establish(code: str, naam: str, datum: date, op: date, ook: Collection[str], door: str, sleutel: str) -> None:
    uitkomst = attempt(
        lambda: establish_versie(
            open_engine(), determine_gebruiker(), code, datum, sleutel=sleutel, op=op, ook=ook, door_wie=door
        )
    )
    if isinstance(uitkomst, GebiedenError):
        show_fout(uitkomst)
        return
    versie = uitkomst.versie
    # The two that are compared are then the new one and the one before.
    for weg in (_SLEUTEL, *VERGELEKEN_VERSIES):
        st.session_state.pop(weg, None)
        st.query_params.pop(weg, None)
    tekst = f"Versie {versie.versie} van de agenda van {naam} is vastgesteld op {format_datum(versie.datum)}."
    st.session_state[_MELDING] = (code, f"{tekst} Iedereen ziet dit meteen.")
    st.rerun()
