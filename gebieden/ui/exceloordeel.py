"""What came back from Excel, point by point: what changes, a choice per point and per clash, and storing it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import uuid4

import streamlit as st

from gebieden.domein.bladverschil import Bladverschil, Celverschil
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.opslag.werkblad import store_regels
from gebieden.rapport.bevindingen import render_bevindingen_csv
from gebieden.ui.excelregel import describe_cel, name_veld, render_waarde
from gebieden.ui.excelstand import Excelstand, name_vraag
from gebieden.ui.gegevens import open_engine
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import attempt, show_fout
from gebieden.ui.toegang import determine_gebruiker

PER_BLADZIJDE: Final = 20
_GETOOND: Final = 50
_UIT_EXCEL: Final = "uit Excel"
_UIT_DASHBOARD: Final = "uit het dashboard"


@st.fragment
def show_oordeel(stand: Excelstand, versie: int, op: date) -> None:
    """Draw what was wrong with the file, what it changes, and the button that stores what is chosen."""
    try:
        stand.refresh(versie, op)
    except GebiedenError as fout:
        show_fout(fout)
        return
    bezwaren = {v.regel.id: stand.get_bezwaren(v, op) for v in stand.verschillen}
    _show_uitkomsten(stand)
    _show_bevindingen(stand, bezwaren)
    if not stand.verschillen:
        st.info(_compose_leeg(stand), icon=":material/info:")
        return
    st.header("Wat er verandert", anchor=False)
    boven = st.container()
    _show_alles_of_niets(stand)
    with st.container(key="excel_regels"):
        for verschil in _pick_bladzijde(stand.verschillen):
            _show_verschil(stand, verschil, bezwaren[verschil.regel.id])
    gekozen = [v for v in stand.verschillen if stand.is_aan(v, bezwaren[v.regel.id])]
    boven.markdown(escape_markdown(_compose_zin(stand, bezwaren, len(gekozen))))
    open_ = [v.regel.id for v in gekozen if len(stand.get_keuzes(v)) < len(v.botsingen)]
    wil = st.button("Overnemen", type="primary", icon=":material/save:", key="excel_overnemen", disabled=not gekozen)
    if wil and gekozen:
        if open_:
            st.error(
                escape_markdown(
                    f"Kies eerst bij elk onderdeel van {', '.join(open_[:20])}: uit Excel of uit het dashboard."
                ),
                icon=":material/error:",
            )
        else:
            _store(stand, gekozen, op)


def _compose_leeg(stand: Excelstand) -> str:
    if stand.inhoud.regels and not stand.afgewezen:
        return "Alles wat u hebt veranderd, staat nu in het dashboard."
    return f"Er is niets over te nemen uit de {format_aantal(stand.inhoud.aantal, 'rij', 'rijen')} van dit bestand."


def _compose_zin(stand: Excelstand, bezwaren: Mapping[str, Sequence[str]], gekozen: int) -> str:
    botsend = sum(bool(v.botsingen) for v in stand.verschillen)
    geweigerd = sum(map(bool, bezwaren.values()))
    zin = f"{format_aantal(len(stand.verschillen), 'punt is', 'punten zijn')} anders dan in het dashboard. "
    zin += f"Overgenomen worden er nu {format_getal(gekozen)}. "
    if botsend:
        punten = format_aantal(botsend, "punt", "punten")
        zin += f"Bij {punten} is intussen ook in het dashboard iets veranderd: kies wat het wordt. "
    if geweigerd:
        zin += f"Bij {format_aantal(geweigerd, 'punt', 'punten')} staat er iets in de weg. "
    return zin


def _show_alles_of_niets(stand: Excelstand) -> None:
    with st.container(horizontal=True):
        st.button("Alles overnemen wat kan", key="excel_alles", on_click=stand.choose_alle, args=(True,))
        st.button("Niets overnemen", key="excel_niets", on_click=stand.choose_alle, args=(False,))


def _pick_bladzijde(verschillen: Sequence[Bladverschil]) -> Sequence[Bladverschil]:
    bladzijden = -(-len(verschillen) // PER_BLADZIJDE)
    bladzijde = st.pagination(bladzijden, key=f"excel_bladzijde_{bladzijden}") if bladzijden > 1 else 1
    return verschillen[(bladzijde - 1) * PER_BLADZIJDE : bladzijde * PER_BLADZIJDE]


def _show_verschil(stand: Excelstand, verschil: Bladverschil, bezwaren: Sequence[str]) -> None:
    id_, vak = verschil.regel.id, stand.name_vak(verschil, bezwaren)
    with st.container(border=True, gap="xsmall"):
        is_aan = st.checkbox(
            escape_markdown(f"{id_} {verschil.nu.titel} (rij {verschil.regel.regel}) overnemen"),
            stand.is_aan(verschil, bezwaren),
            key=vak,
            disabled=bool(bezwaren),
        )
        if not bezwaren:
            stand.aan[vak] = is_aan
        st.markdown("\n".join(describe_cel(cel) for cel in verschil.cellen if not cel.is_botsing))
        for cel in verschil.botsingen:
            _pick_botsing(stand, id_, cel)
        for tekst in [*bezwaren, *([stand.geweigerd[id_]] if id_ in stand.geweigerd else [])]:
            st.warning(escape_markdown(tekst), icon=":material/block:")


def _pick_botsing(stand: Excelstand, id_: str, cel: Celverschil) -> None:
    keuzes, vraag = stand.keuzes.setdefault(id_, {}), name_vraag(cel)
    sleutel = f"excel_botsing_{id_}_{vraag}"

    def kies() -> None:
        keuzes[vraag] = st.session_state[sleutel] == _UIT_EXCEL

    st.radio(
        escape_markdown(
            f"{name_veld(cel.veld)} is intussen ook in het dashboard veranderd. Wat wordt het? "
            f"(Het was: {render_waarde(cel, cel.basis)})"
        ),
        (_UIT_EXCEL, _UIT_DASHBOARD),
        captions=[escape_markdown(render_waarde(cel, waarde)) for waarde in (cel.wens, cel.nu)],
        index=None if vraag not in keuzes else int(not keuzes[vraag]),
        key=sleutel,
        on_change=kies,
    )


def _store(stand: Excelstand, gekozen: Sequence[Bladverschil], op: date) -> None:
    regels = [stand.settle(verschil) for verschil in gekozen]
    uitkomsten = attempt(
        lambda: store_regels(open_engine(), determine_gebruiker(), regels, sleutel=stand.sleutel, op=op)
    )
    if isinstance(uitkomsten, GebiedenError):
        show_fout(uitkomsten)
        return
    stand.uitkomsten = uitkomsten
    stand.geweigerd = {u.id: u.tekst for u in stand.uitkomsten if not u.is_opgeslagen}
    stand.sleutel = uuid4().hex
    st.rerun()


def _show_uitkomsten(stand: Excelstand) -> None:
    if not stand.uitkomsten:
        return
    gelukt = [u.id for u in stand.uitkomsten if u.is_opgeslagen]
    geweigerd = len(stand.uitkomsten) - len(gelukt)
    zin = f"{format_aantal(len(gelukt), 'punt is', 'punten zijn')} overgenomen. Iedereen ziet dit meteen."
    if geweigerd:
        zin += f" {format_aantal(geweigerd, 'punt is', 'punten zijn')} niet overgenomen; hieronder staat waarom."
    (st.warning if geweigerd else st.success)(zin, icon=":material/info:" if geweigerd else ":material/check_circle:")
    with st.expander("Wat er met elke rij gebeurde"):
        st.dataframe(
            [{"punt": u.id, "rij": u.regel, "wat": u.tekst} for u in stand.uitkomsten],
            hide_index=True,
            alt="Per rij wat ermee gebeurde",
        )


def _show_bevindingen(stand: Excelstand, bezwaren: Mapping[str, Sequence[str]]) -> None:
    """Draw what of the file cannot be taken over, and the list of that to take along, objections included."""
    alle, gelezen = stand.list_bevindingen(bezwaren), stand.list_bevindingen({}, met_geweigerd=False)
    if gelezen:
        st.warning(
            f"{format_aantal(len(gelezen), 'opmerking', 'opmerkingen')} over dit bestand.", icon=":material/rule:"
        )
        regels = (f"- {escape_markdown(b.melding)} {escape_markdown(b.herstel)}" for b in gelezen[:_GETOOND])
        st.markdown("\n".join(regels))
    if len(gelezen) > _GETOOND:
        st.caption(f"Hier staan de eerste {_GETOOND}. Het bestand hieronder heeft ze allemaal.")
    if alle:
        st.download_button(
            "Download wat niet is overgenomen",
            lambda: render_bevindingen_csv(alle),
            "niet_overgenomen.csv",
            "text/csv",
            icon=":material/download:",
            key="excel_bevindingen",
            on_click="ignore",
        )
