"""Regie: on the page of a point its regisseur moves it to another state, changes it, and takes that back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import uuid4

import streamlit as st
from sqlalchemy.exc import DBAPIError

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Agendapunt, Staat
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.botsing import settle_botsing
from gebieden.domein.fouten import BotsingError, GebiedenError
from gebieden.domein.puntovergang import Puntovergang, list_mogelijk
from gebieden.domein.puntvelden import Puntvelden, get_puntvelden
from gebieden.domein.rechten import Rol
from gebieden.opslag.punten import change_punt, move_punt
from gebieden.opslag.puntherroeping import undo_wijziging
from gebieden.ui.actie import pick_actie, try_actie
from gebieden.ui.agendagegevens import find_ongedaan_punt_van, find_vorige_staat
from gebieden.ui.botsing import show_botsing
from gebieden.ui.gegevens import open_engine
from gebieden.ui.geschiedenis import describe_handeling
from gebieden.ui.opmaak import escape_markdown, format_moment
from gebieden.ui.overgangsvelden import show_overgangsvelden
from gebieden.ui.puntformulier import LABELS, format_veld, show_puntvelden
from gebieden.ui.raamwerk import explain_dbfout
from gebieden.ui.schrijven import get_schrijfsessie
from gebieden.ui.toegang import determine_gebruiker

STAND, WIJZIGEN = "stand veranderen", "punt wijzigen"
_KEUZE: Final = "regie_keuze"
_GEDAAN: Final = {STAND: "De stand is veranderd", WIJZIGEN: "Het punt is gewijzigd"}


@dataclass
class Regiestand:
    """What the session knows of one open form of a point: its key, what it was opened with, a conflict to decide."""

    sleutel: str = field(default_factory=lambda: uuid4().hex)
    basis: Puntvelden | None = None
    wens: Puntvelden | None = None
    botsing: BotsingError | None = None


def show_regie(punt: Agendapunt, op: date, partners: Sequence[str]) -> None:
    """Draw what a regisseur can do with a point; for who may only."""
    st.header("Regie", anchor=False)
    keuze = pick_actie(f"{_KEUZE}_{punt.id}", "Wat wilt u doen?", [STAND, WIJZIGEN])
    if keuze == STAND:
        _show_stand(punt, op)
    elif keuze == WIJZIGEN:
        _show_wijzigen(punt, op, partners)
    show_ongedaan(punt.id, op)


def _get_stand(id_: str, wat: str) -> Regiestand:
    stand: Regiestand = st.session_state.setdefault(f"regie_{wat}_{id_}", Regiestand())
    return stand


def _show_stand(punt: Agendapunt, op: date) -> None:
    mogelijk = list_mogelijk(punt.staat, Rol.GEBIEDSREGISSEUR, find_vorige_staat(punt))
    stand = _get_stand(punt.id, STAND)
    namen = {staat: AGENDAPUNT_MACHINE.toestanden[staat].naam for staat in Staat}
    naar = st.radio(
        f"Nu: {namen[punt.staat]}. Wat wordt het?",
        mogelijk,
        index=None,
        format_func=namen.__getitem__,
        key=f"naar_{stand.sleutel}",
        horizontal=True,
    )
    if naar is None:
        return
    with st.form(f"stand_{stand.sleutel}_{naar}", enter_to_submit=False):
        overgang = show_overgangsvelden(
            Puntovergang(punt.staat, naar, op), lambda veld: f"{veld}_{stand.sleutel}_{naar}"
        )
        if st.form_submit_button("Stand veranderen", type="primary"):
            _try(
                punt.id,
                STAND,
                lambda: move_punt(
                    open_engine(), determine_gebruiker(), punt.id, overgang, sleutel=stand.sleutel, op=op
                ),
            )


def _show_wijzigen(punt: Agendapunt, op: date, partners: Sequence[str]) -> None:
    stand = _get_stand(punt.id, WIJZIGEN)
    # What the form was opened with stays the basis, also when somebody else changes the point meanwhile.
    stand.basis = stand.basis or get_puntvelden(punt)
    if stand.botsing:
        keuzes = show_botsing(stand.botsing, LABELS, format_veld, f"botsing_{stand.sleutel}")
        if keuzes and stand.wens:
            velden = settle_botsing(stand.botsing, stand.basis.velden, stand.wens.velden, keuzes)
            stand.basis, stand.wens = (Puntvelden(**dict[str, Any](deel)) for deel in velden)
            stand.botsing = None
            _change(punt.id, op, stand, "")
        return
    with st.form(f"wijzigen_{stand.sleutel}", enter_to_submit=False):
        wens = show_puntvelden(stand.basis, partners, lambda veld: f"{veld}_{stand.sleutel}")
        waarom = st.text_input("Waarom? (mag leeg blijven; noem geen namen)", key=f"waarom_{stand.sleutel}")
        if st.form_submit_button("Wijzigingen opslaan", type="primary"):
            stand.wens = wens
            _change(punt.id, op, stand, waarom)


def _change(id_: str, op: date, stand: Regiestand, waarom: str) -> None:
    basis, wens = stand.basis, stand.wens
    if basis is None or wens is None:
        return
    try:
        _try(
            id_,
            WIJZIGEN,
            lambda: change_punt(
                open_engine(), determine_gebruiker(), id_, basis, wens, sleutel=stand.sleutel, op=op, waarom=waarom
            ),
        )
    except BotsingError as fout:
        stand.botsing = fout
        st.rerun()


def _try(id_: str, wat: str, doe: Callable[[], object]) -> None:
    try_actie(id_, doe, lambda: f"{_GEDAAN[wat]}.", (f"regie_{wat}_{id_}", f"{_KEUZE}_{id_}"))


def show_ongedaan(id_: str, op: date) -> None:
    """Draw this person's own last change of a point, with the button that takes it back."""
    eigen = find_ongedaan_punt_van(determine_gebruiker(), id_)
    if eigen is None:
        return
    wat = f"{describe_handeling(eigen.handeling)} op {format_moment(eigen.vastgelegd_op)}"
    st.caption(escape_markdown(f"Uw laatste wijziging: {wat}."))
    st.button(
        "Wijziging ongedaan maken",
        key=f"herroep_{eigen.nummer}",
        icon=":material/undo:",
        type="tertiary",
        on_click=_undo,
        args=(id_, eigen.nummer, op),
    )


def _undo(id_: str, nummer: int, op: date) -> None:
    melding: str | GebiedenError = "Uw laatste wijziging is ongedaan gemaakt. In de geschiedenis is te zien wat er was."
    try:
        undo_wijziging(open_engine(), determine_gebruiker(), id_, nummer, sleutel=f"herroep-{nummer}", op=op)
    except GebiedenError as fout:
        melding = fout
    except DBAPIError as fout:
        melding = explain_dbfout(fout)
    get_schrijfsessie().melding = ((Berichtsoort.AGENDAPUNT, id_), melding)
