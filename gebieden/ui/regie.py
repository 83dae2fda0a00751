"""Regie: on the page of a point its regisseur moves it to another state, changes it, and takes that back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Agendapunt, Staat
from gebieden.domein.botsing import settle_botsing
from gebieden.domein.fouten import BotsingError
from gebieden.domein.puntovergang import Puntovergang, list_mogelijk
from gebieden.domein.puntvelden import Puntvelden, get_puntvelden
from gebieden.domein.rechten import Rol
from gebieden.domein.terugblik import Borging, Terugblik, get_borging
from gebieden.opslag.punten import change_punt, look_back, move_punt
from gebieden.opslag.puntherroeping import undo_wijziging
from gebieden.ui.actie import pick_actie, show_ongedaanknop, try_actie
from gebieden.ui.agendagegevens import find_ongedaan_punt_van, find_vorige_staat
from gebieden.ui.botsing import show_botsing
from gebieden.ui.gegevens import open_engine
from gebieden.ui.overgangsvelden import VRAGEN, show_overgangsvelden, show_terugkijkdag
from gebieden.ui.puntformulier import LABELS, format_veld, show_puntvelden
from gebieden.ui.toegang import determine_gebruiker

STAND, WIJZIGEN, TERUGKIJKEN = "stand veranderen", "punt wijzigen", "teruggekeken"
_KEUZE: Final = "regie_keuze"
_GEDAAN: Final = {
    STAND: "De stand is veranderd",
    WIJZIGEN: "Het punt is gewijzigd",
    TERUGKIJKEN: "Genoteerd dat u hebt teruggekeken",
}
_GOED, _NIET_GOED = "ja", "nee"


@dataclass
class Regiestand:
    """What the session knows of one open form of a point: its key, what it was opened with, a conflict to decide."""

    sleutel: str = field(default_factory=lambda: uuid4().hex)
    basis: Puntvelden | None = None
    wens: Puntvelden | None = None
    borging: Borging | None = None
    botsing: BotsingError | None = None


def show_regie(punt: Agendapunt, op: date, partners: Sequence[str]) -> None:
    """Draw what a regisseur can do with a point; for who may only."""
    st.header("Regie", anchor=False)
    opties = [STAND, WIJZIGEN, *([TERUGKIJKEN] if punt.staat is Staat.GEBORGD else [])]
    keuze = pick_actie(f"{_KEUZE}_{punt.id}", "Wat wilt u doen?", opties)
    if keuze == STAND:
        _show_stand(punt, op)
    elif keuze == WIJZIGEN:
        _show_wijzigen(punt, op, partners)
    elif keuze == TERUGKIJKEN and punt.staat is Staat.GEBORGD:
        _show_terugkijken(punt, op)
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
    if naar is not None:
        _show_overgang(punt, naar, stand, op)


def _show_overgang(punt: Agendapunt, naar: Staat, stand: Regiestand, op: date) -> None:
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


def _show_terugkijken(punt: Agendapunt, op: date) -> None:
    stand = _get_stand(punt.id, TERUGKIJKEN)
    basis = stand.borging = stand.borging or get_borging(punt)
    goed = st.radio("Is het nog goed?", (_GOED, _NIET_GOED), index=None, key=f"goed_{stand.sleutel}", horizontal=True)
    if goed == _NIET_GOED:
        st.caption("Het punt gaat terug naar In uitvoering. Schrijf erbij wat er niet goed is.")
        _show_overgang(punt, Staat.IN_UITVOERING, stand, op)
    if goed != _GOED:
        return
    with st.form(f"terugkijken_{stand.sleutel}", enter_to_submit=False):
        bevonden = st.text_area("Wat is er gezien? (noem geen namen)", key=f"bevonden_{stand.sleutel}", height=100)
        wie = st.text_input(VRAGEN["wie_borgt"], basis.wie_borgt, key=f"wie_borgt_{stand.sleutel}")
        dag = show_terugkijkdag("Wanneer kijken we weer terug?", op, f"terugkijken_op_{stand.sleutel}")
        if st.form_submit_button("Opslaan", type="primary"):
            _try(
                punt.id,
                TERUGKIJKEN,
                lambda: look_back(
                    open_engine(),
                    determine_gebruiker(),
                    punt.id,
                    basis,
                    Terugblik(bevonden, Borging(wie, dag)),
                    sleutel=stand.sleutel,
                    op=op,
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
    show_ongedaanknop(
        id_,
        "Wijziging ongedaan maken",
        eigen,
        "Uw laatste wijziging",
        lambda wie: undo_wijziging(open_engine(), wie, id_, eigen.nummer, sleutel=f"herroep-{eigen.nummer}", op=op),
    )
