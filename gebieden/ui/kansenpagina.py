"""The kansenlijst of the page Partners: what organisations could close today, and the sheet to take along."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gebieden.analyse.kansenlijst import (
    DEFINITIE,
    KANSNAMEN,
    Kans,
    Kanssoort,
    Keuze,
    collect_kansen,
    describe_wie,
    list_organisaties,
    select_kansen,
)
from gebieden.domein.rechten import Pagina
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.thema import Thema
from gebieden.rapport.kansenlijst import render_kansenlijst
from gebieden.rapport.worddocument import DOCX
from gebieden.ui.filters import ALLE_THEMAS, Chip, pick_een, show_chips
from gebieden.ui.gegevens import Bron
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.partnergegevens import Partnergegevens
from gebieden.ui.partnerregister import build_puntlink
from gebieden.ui.raamwerk import show_leeg

_ALLE_PARTNERS: Final = "alle partners"
_MEESTE: Final = 200


def show_kansen(
    bron: Bron,
    gegevens: Partnergegevens,
    gebied: str | None,
    thema: Thema | None,
    balk: DeltaGenerator,
    chips: Sequence[Chip],
) -> None:
    """Draw what can be closed, narrowed to a partner, per kind; each opens into its point. `balk` holds the filters."""
    alle = collect_kansen(gegevens.samenwerking, gegevens.punten, gegevens.dekkingen, gegevens.peildatum)
    with balk:
        partner = pick_een("Partner", "partner", _ALLE_PARTNERS, list_organisaties(gegevens.register, alle))
    show_chips([*chips, *([Chip(partner, "partner", _ALLE_PARTNERS)] if partner else [])])
    keuze = Keuze(partner, thema, gebied)
    kansen = select_kansen(alle, keuze, gegevens.boom)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(escape_markdown(_compose_zin(kansen, partner)))
        _show_download(bron, gegevens, kansen, keuze)
    st.caption(escape_markdown(DEFINITIE))
    if not kansen:
        show_leeg("Er is niets dat hierbij past.", "Haal een filter weg om meer te zien.")
    for soort in Kanssoort:
        if rijen := [kans for kans in kansen if kans.soort is soort]:
            st.header(f"{KANSNAMEN[soort]} ({format_getal(len(rijen))})", anchor=False)
            st.html(_build_lijst(gegevens, rijen, partner, is_dicht=soort is Kanssoort.ONBEKEND))


def _compose_zin(kansen: Sequence[Kans], partner: str | None) -> str:
    te_zeggen = [kans for kans in kansen if kans.soort not in (Kanssoort.PM, Kanssoort.ONBEKEND)]
    punten = len({kans.id for kans in te_zeggen if kans.id})
    wie = partner or "partners"
    return (
        f"Wat {wie} vandaag {'kan' if partner else 'kunnen'} oppakken: "
        f"{format_aantal(len(te_zeggen), 'kans', 'kansen')} bij {format_aantal(punten, 'punt', 'punten')}."
    )


def _show_download(bron: Bron, gegevens: Partnergegevens, kansen: Sequence[Kans], keuze: Keuze) -> None:
    gebied = gegevens.namen.get(keuze.gebied or "", "alle gebieden")
    waar = f"{gebied}, {f'thema {keuze.thema}' if keuze.thema else ALLE_THEMAS}"
    herkomst = "verzonnen demogegevens" if bron.demo else "ingelezen gegevens van de gemeente"

    def render() -> bytes:
        return render_kansenlijst(
            kansen, keuze.partner, waar, gegevens.namen, gegevens.peildatum, herkomst, verzonnen=bron.demo
        )

    st.download_button(
        "Meenemen als Word",
        render,
        "kansenlijst.docx",
        DOCX,
        key="download_kansenlijst",
        icon=":material/download:",
        on_click="ignore",
    )


def _build_lijst(gegevens: Partnergegevens, kansen: Sequence[Kans], partner: str | None, *, is_dicht: bool) -> str:
    rijen = "".join(_build_kans(gegevens, kans, partner) for kans in kansen[:_MEESTE])
    if len(kansen) > _MEESTE:
        rijen += f"<li>… en nog {format_getal(len(kansen) - _MEESTE)}. Kies een gebied of thema om ze te zien.</li>"
    lijst = f'<ol class="berichten">{rijen}</ol>'
    if not is_dicht:
        return lijst
    return f'<ul class="punten"><li><details><summary>Welke punten</summary>{lijst}</details></li></ul>'


def _build_kans(gegevens: Partnergegevens, kans: Kans, partner: str | None) -> str:
    adres = compose_adres(Pagina.PARTNERS, beeld="convenant", gebied=kans.gebied)
    los = f'<a class="binnen" href="{escape(adres)}">{escape(kans.titel)}</a>'
    titel = build_puntlink(gegevens, kans.id) if kans.id else los
    waar = (gegevens.namen.get(kans.gebied, kans.gebied), ", ".join(kans.themas), describe_wie(kans, partner))
    return (
        f'<li><strong>{titel}</strong><br>{escape(kans.vraag)}<span class="bij">{escape(" · ".join(waar))}</span></li>'
    )
