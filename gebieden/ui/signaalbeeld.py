"""Counts of signals on the screen: a table per quarter, with the word afgeschermd where a count is hidden."""

from html import escape

import streamlit as st

from gebieden.domein.kwartaal import Kwartaal, parse_kwartaal
from gebieden.domein.taal import format_getal
from gebieden.opslag.signaaltabel import Signaalrij, Signaaltabel, format_cel
from gebieden.rapport.gebiedsblad import Bladtelling
from gebieden.ui.cijfertabel import build_tabelvak
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_leeg

VOORBEHOUD = (
    "Dit zijn meldingen. Meer meldingen betekent niet dat het ergens onveiliger is: "
    "het meldingsgedrag kan veranderd zijn."
)


def pick_kwartaal(kwartalen: list[Kwartaal]) -> Kwartaal | None:
    """Draw the select box Kwartaal, newest first, and return the choice; None when there is none."""
    if not kwartalen:
        return None
    keuze = st.selectbox("Kwartaal", [k.code for k in kwartalen], key="kwartaal", bind="query-params")
    return parse_kwartaal(keuze) if keuze else kwartalen[0]


def show_signaaltabel(tabel: Signaaltabel) -> None:
    """Draw the counts, or say why there are none."""
    if not tabel.rijen:
        show_leeg(tabel.melding)
        return
    st.html(build_signaaltabel_html(tabel))
    if any(cel is None for rij in tabel.rijen for cel in rij.cellen):
        st.caption(
            "Afgeschermd: kleine aantallen, en aantallen waarmee die zijn uit te rekenen, tonen we niet. "
            "Een leeg of klein aantal is daaraan niet te zien."
        )
    if any(rij.is_volledig for rij in tabel.rijen):
        st.caption("Rijen met • zijn volledig en alleen voor u: deel ze niet.")
    st.caption(escape_markdown(f"{VOORBEHOUD} Bron: {tabel.bron}"))


def build_signaaltabel_html(tabel: Signaaltabel) -> str:
    """Return the counts as an HTML table; everything is escaped."""
    rijen = "".join(_build_rij(rij) for rij in tabel.rijen)
    bijschrift = f"Meldingen per gebied en categorie, {tabel.kwartaal.label}"
    return build_tabelvak(bijschrift, ("Gebied", *tabel.kolommen), rijen)


def _build_rij(rij: Signaalrij) -> str:
    cellen = "".join(f"<td{_DICHT if cel is None else ''}>{_format_cel(cel)}</td>" for cel in rij.cellen)
    merk = " •" if rij.is_volledig else ""
    return (
        f'<tr class="niveau-{escape(rij.niveau)}"><th scope="row">{escape(rij.naam)}'
        f'<span class="bij">{escape(rij.niveau)}{merk}</span></th>{cellen}</tr>'
    )


_DICHT = ' class="dicht"'


def _format_cel(cel: int | None) -> str:
    return str(format_cel(None)) if cel is None else format_getal(cel)


def compose_bladtelling(tabel: Signaaltabel) -> Bladtelling | None:
    """Return the counts for the print sheet; None when there are none."""
    if not tabel.rijen:
        return None
    rijen = tuple((rij.naam, *(_format_cel(cel) for cel in rij.cellen)) for rij in tabel.rijen)
    return Bladtelling(f"Meldingen, {tabel.kwartaal.label}", ("Gebied", *tabel.kolommen), rijen, VOORBEHOUD)
