"""The form in which a bericht is written or corrected, as it is drawn."""

from datetime import date
from html import escape
from typing import Any, Final

import streamlit as st

from gebieden.domein.bericht import EERSTE_DAG, Bericht
from gebieden.domein.taal import format_datum
from gebieden.ui.aanmeldbalk import compose_verlopen, show_aanmeldknoppen
from gebieden.ui.aanmelding import is_verlopen
from gebieden.ui.botsing import show_botsing
from gebieden.ui.raamwerk import show_fout
from gebieden.ui.schrijven import (
    Formulier,
    Formulierstand,
    close_formulier,
    get_stand,
    list_opgeslagen,
    store_gekozen,
    store_verzonden,
)

_INTERN: Final = "alleen het gebiedsteam"
_IEDEREEN: Final = "iedereen"
_UITLEG: Final = (
    "En de gebiedsregisseur en beheer.",
    "Ook bewoners en raad. Noem geen namen of adressen van mensen.",
)
_LABELS: Final = {"tekst": "De tekst", "datum": "De datum", "openbaar": "Zichtbaar voor"}
_BLIJFT: Final = "Wat u typte, staat er nog. Na het aanmelden komt u hier terug en kunt u het opslaan."
_DICHT: Final = "Dit is niet openbaar: bewoners lezen er geen berichten over, ook niet als u voor iedereen kiest."


@st.fragment
def show_formulier(formulier: Formulier) -> None:
    """Draw a form: empty to write, filled to correct, with what went wrong above it."""
    stand = get_stand(formulier)
    with st.container(key=formulier.concept, border=True):
        titel = "Bericht verbeteren" if formulier.basis else "Bericht schrijven"
        st.html(f'<h3 data-klaar="{escape(" ".join(list_opgeslagen()))}">{titel}</h3>')
        if is_verlopen():
            st.warning(f"{compose_verlopen()} {_BLIJFT}", icon=":material/timer_off:")
            show_aanmeldknoppen(formulier.concept)
        if stand.fout:
            show_fout(stand.fout)
        if stand.botsing:
            keuzes = show_botsing(
                stand.botsing, _LABELS, _toon, _key(formulier, stand.nummer, f"botsing{stand.botsingen}")
            )
            if keuzes:
                store_gekozen(formulier, keuzes)
                st.rerun()
        else:
            _show_velden(formulier, stand)


def _show_velden(formulier: Formulier, stand: Formulierstand) -> None:
    basis = formulier.basis

    def key(veld: str) -> str:
        return _key(formulier, stand.nummer, veld)

    with st.form(key("formulier"), enter_to_submit=False, border=False):
        st.text_area("Wat is er gebeurd of afgesproken?", basis.tekst if basis else "", key=key("tekst"), height=110)
        links, rechts = st.columns([2, 3])
        links.date_input(
            "Datum",
            basis.datum if basis else formulier.op,
            min_value=min(EERSTE_DAG, basis.datum) if basis else EERSTE_DAG,
            max_value=max(formulier.op, basis.datum) if basis else formulier.op,
            key=key("datum"),
            format="DD-MM-YYYY",
        )
        rechts.radio(
            "Zichtbaar voor",
            (_INTERN, _IEDEREEN),
            index=int(basis.openbaar) if basis else 0,
            key=key("zichtbaar"),
            captions=_UITLEG,
        )
        if not formulier.is_openbaar:
            st.caption(_DICHT)
        if basis:
            st.text_input("Waarom verbetert u dit? (mag leeg blijven)", key=key("waarom"))
        with st.container(key=f"verborgen_{key('sleutel')}"):
            sleutel = f"{stand.sleutel}:{basis.nummer}" if basis else stand.sleutel
            st.text_input("sleutel", sleutel, key=key("sleutel"), label_visibility="collapsed")
        with st.container(horizontal=True):
            st.form_submit_button(
                "Opslaan", type="primary", key=key("opslaan"), on_click=_send, args=(formulier, stand.nummer)
            )
            if basis:
                st.form_submit_button("Niet verbeteren", key=key("weg"), on_click=_drop, args=(formulier, stand.nummer))


def _key(formulier: Formulier, nummer: int, veld: str) -> str:
    # Not the form's own key: after a restart of the server these are the same fields, with what was typed still in.
    return f"{veld}_{formulier.concept}_{nummer}"


def _send(formulier: Formulier, nummer: int) -> None:
    def read(veld: str) -> Any:
        return st.session_state[_key(formulier, nummer, veld)]

    if nummer != get_stand(formulier).nummer:
        # The second of two clicks: the first has been dealt with.
        st.rerun()
    datum = read("datum") or formulier.op
    wens = Bericht(formulier.soort, formulier.id, datum, read("tekst"), read("zichtbaar") == _IEDEREEN)
    store_verzonden(formulier, read("sleutel"), wens, read("waarom") if formulier.basis else "")


def _drop(formulier: Formulier, nummer: int) -> None:
    close_formulier(formulier, str(st.session_state[_key(formulier, nummer, "sleutel")]).partition(":")[0])
    st.rerun()


def _toon(veld: str, waarde: object) -> str:
    if veld == "openbaar":
        return _IEDEREEN if waarde else _INTERN
    return format_datum(waarde) if isinstance(waarde, date) else str(waarde)
