"""Proposing a new point for the agenda of one's own area, on the page Agenda."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import uuid4

import streamlit as st

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.puntvelden import Puntvelden
from gebieden.domein.rechten import Handeling, Kijker, Pagina
from gebieden.opslag.punten import create_punt
from gebieden.ui.gegevens import open_engine
from gebieden.ui.navigatie import get_script
from gebieden.ui.puntformulier import show_puntvelden
from gebieden.ui.raamwerk import attempt, show_fout
from gebieden.ui.schrijven import get_schrijfsessie
from gebieden.ui.toegang import determine_gebruiker

_LEEG: Final = Puntvelden("", ())
_SLEUTEL: Final = "voorstel_sleutel"
_GELUKT: Final = "Het voorstel is opgeslagen. De gebiedsregisseur kan het op de agenda zetten."


def show_voorstel(boom: Gebiedsboom, kijker: Kijker, op: date, partners: Sequence[str]) -> None:
    """Draw the form for a new point, folded in; nothing for who may not propose one anywhere."""
    gebieden = list_eigen_gebieden(boom, kijker)
    if not gebieden:
        return
    sleutel = st.session_state.setdefault(_SLEUTEL, uuid4().hex)
    with st.expander("Punt voorstellen", icon=":material/add:"), st.form(f"voorstel_{sleutel}", enter_to_submit=False):
        gebied = st.selectbox(
            "Voor de agenda van",
            gebieden,
            format_func=lambda g: f"{g.naam} ({g.niveau})",
            key=f"gebied_{sleutel}",
        )
        velden = show_puntvelden(_LEEG, partners, lambda veld: f"{veld}_{sleutel}")
        if st.form_submit_button("Voorstel opslaan", type="primary") and gebied:
            _store(gebied.code, velden, sleutel, op)


def list_eigen_gebieden(boom: Gebiedsboom, kijker: Kijker) -> list[Gebied]:
    """Return the areas for whose agenda this viewer may propose points, largest levels first."""
    niveaus = boom.get_niveaus()
    eigen = (g for g in boom.gebieden.values() if kijker.mag_in(Handeling.PUNT_VOORSTELLEN, g.code, boom))
    return sorted(eigen, key=lambda g: (niveaus.index(g.niveau), g.naam))


def _store(gebied: str, velden: Puntvelden, sleutel: str, op: date) -> None:
    punt = attempt(lambda: create_punt(open_engine(), determine_gebruiker(), gebied, velden, sleutel=sleutel, op=op))
    if isinstance(punt, GebiedenError):
        show_fout(punt)
        return
    st.session_state.pop(_SLEUTEL)
    get_schrijfsessie().melding = ((Berichtsoort.AGENDAPUNT, punt.id), _GELUKT)
    st.switch_page(get_script(Pagina.PUNT), query_params={"soort": Berichtsoort.AGENDAPUNT, "id": punt.id})
