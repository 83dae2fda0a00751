"""The form in which a bericht is written or corrected, as it is drawn."""

from datetime import date
from html import escape
from time import sleep
from typing import Final

import streamlit as st

from gebieden.domein.bericht import EERSTE_DAG, Bericht
from gebieden.domein.taal import format_datum
from gebieden.ui.aanmeldbalk import compose_verlopen, show_aanmeldknoppen
from gebieden.ui.aanmelding import is_verlopen
from gebieden.ui.botsing import show_botsing
from gebieden.ui.punten import build_bericht_html
from gebieden.ui.raamwerk import show_fout
from gebieden.ui.schrijven import (
    Formulier,
    Schrijfsessie,
    close_formulier,
    get_schrijfsessie,
    store_gekozen,
    store_verzonden,
)

_VERTREK_S: Final = 0.05
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
    sessie = get_schrijfsessie()
    stand = sessie.get_stand(formulier)
    with st.container(key=formulier.concept, border=True):
        titel = "Bericht verbeteren" if formulier.basis else "Bericht schrijven"
        st.html(f'<h3 data-klaar="{escape(" ".join(sessie.opgeslagen))}">{titel}</h3>')
        if is_verlopen():
            st.warning(f"{compose_verlopen()} {_BLIJFT}", icon=":material/timer_off:")
            show_aanmeldknoppen(formulier.concept)
        boven = st.container()
        if stand.botsing:
            keuzes = show_botsing(
                stand.botsing, _LABELS, _toon, _key(formulier, stand.nummer, f"botsing{stand.botsingen}")
            )
            if keuzes:
                store_gekozen(formulier, keuzes)
                st.rerun()
        elif _show_velden(formulier, stand.nummer, stand.sleutel) or stand.botsing:
            _show_geplaatst(formulier, sessie)
            st.rerun()
        if stand.fout:
            with boven:
                show_fout(stand.fout)


def _show_geplaatst(formulier: Formulier, sessie: Schrijfsessie) -> None:
    """Draw what was stored just now, for the moment that it takes to draw the page in which it has its place."""
    if sessie.geplaatst:
        st.html(f'<div class="bericht">{build_bericht_html(sessie.geplaatst, formulier.op)}</div>')
        sessie.geplaatst = None
        # A rerun throws away what has not left for the browser yet.
        sleep(_VERTREK_S)


def _show_velden(formulier: Formulier, nummer: int, eigen: str) -> bool:
    """Draw the fields, and store what is in them when that is asked; return whether the form is done with."""
    basis = formulier.basis

    def key(veld: str) -> str:
        return _key(formulier, nummer, veld)

    with st.form(key("formulier"), enter_to_submit=False, border=False):
        tekst = st.text_area(
            "Wat is er gebeurd of afgesproken?", basis.tekst if basis else "", key=key("tekst"), height=110
        )
        links, rechts = st.columns([2, 3])
        datum = links.date_input(
            "Datum",
            basis.datum if basis else formulier.op,
            min_value=min(EERSTE_DAG, basis.datum) if basis else EERSTE_DAG,
            max_value=max(formulier.op, basis.datum) if basis else formulier.op,
            key=key("datum"),
            format="DD-MM-YYYY",
        )
        zichtbaar = rechts.radio(
            "Zichtbaar voor",
            (_INTERN, _IEDEREEN),
            index=int(basis.openbaar) if basis else 0,
            key=key("zichtbaar"),
            captions=_UITLEG,
        )
        if not formulier.is_openbaar:
            st.caption(_DICHT)
        waarom = st.text_input("Waarom verbetert u dit? (mag leeg blijven)", key=key("waarom")) if basis else ""
        with st.container(key=f"verborgen_{key('sleutel')}"):
            sleutel = st.text_input(
                "sleutel",
                f"{eigen}:{basis.nummer}" if basis else eigen,
                key=key("sleutel"),
                label_visibility="collapsed",
            )
        with st.container(horizontal=True):
            # Not by callback: a server that was started again a moment ago would not know the button yet.
            slaat_op = st.form_submit_button("Opslaan", type="primary", key=key("opslaan"))
            laat_zo = bool(basis) and st.form_submit_button("Niet verbeteren", key=key("weg"))
    if laat_zo:
        close_formulier(get_schrijfsessie(), formulier, sleutel.partition(":")[0])
    if not slaat_op:
        return laat_zo
    dag = datum if isinstance(datum, date) else formulier.op
    wens = Bericht(formulier.soort, formulier.id, dag, tekst, zichtbaar == _IEDEREEN)
    return store_verzonden(formulier, sleutel, wens, waarom)


def _key(formulier: Formulier, nummer: int, veld: str) -> str:
    # Not the form's own key: after a restart of the server these are the same fields, with what was typed still in.
    return f"{veld}_{formulier.concept}_{nummer}"


def _toon(veld: str, waarde: object) -> str:
    if veld == "openbaar":
        return _IEDEREEN if waarde else _INTERN
    return format_datum(waarde) if isinstance(waarde, date) else str(waarde)
