"""The walk of a meeting: one point at a time, large, and beside it what is decided, changed and written about it."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final
from uuid import uuid4

import streamlit as st

from gebieden.analyse.ronde import Plaats, find_plaats
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.convenant import Afspraakstand
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.punt import Punt
from gebieden.domein.stap import Stap, Stapsoort
from gebieden.domein.taal import format_datum
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import determine_categorie
from gebieden.opslag.dossiersoorten import AFSPRAAK, STAP
from gebieden.opslag.overleg import resume_overleg
from gebieden.ui.actie import pick_actie, show_melding, try_actie
from gebieden.ui.agendagegevens import load_verzettingen_van
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossiergegevens import load_stukken_van
from gebieden.ui.filters import pick_een, pick_thema
from gebieden.ui.gegevens import Bron, find_ongedaan_van, get_boom, get_punten, get_stand, open_engine
from gebieden.ui.mijnwerkgegevens import load_berichten_van
from gebieden.ui.overleggegevens import Vergadering
from gebieden.ui.overleglijst import build_regels_html, show_besluiten
from gebieden.ui.overlegpagina import DEEL, LIJST, PUNT
from gebieden.ui.punten import (
    build_berichten_html,
    build_bij_html,
    build_punttekens_html,
    build_velden_html,
    collect_puntvelden,
)
from gebieden.ui.puntpagina import describe_verzet, show_bericht_ongedaan
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.regie import show_regie
from gebieden.ui.schrijfformulier import show_formulier
from gebieden.ui.schrijven import build_formulier
from gebieden.ui.toegang import determine_gebruiker

_VRAGEND: Final = "alleen wat om actie vraagt"
_GETOONDE_BERICHTEN: Final = 2
# What a meeting does not talk about.
_KLEIN: Final = frozenset(
    {"Staat", "Wacht op", "Soort", "Eenheid", "Wethouder", "Herkomst", "Agenda", "Zichtbaar voor", "Nummer"}
)


def show_ronde(bron: Bron, gebruiker: Gebruiker, vergadering: Vergadering) -> None:
    """Draw the point that the address asks for, or the first one of the walk; the ways to another come first."""
    knoppen = st.container(horizontal=True, vertical_alignment="center", key="rondeknoppen")
    balk = st.container(horizontal=True, vertical_alignment="bottom", key="filters")
    gekozen = _pick_gekozen(vergadering, balk)
    id_ = _find_huidig(vergadering, gekozen)
    if id_ is None:
        _show_einde(knoppen)
        show_leeg("Er zijn geen punten die hierbij passen.", "Haal een filter weg, of zet punten op de agenda.")
        return
    plaats = find_plaats(vergadering.ronde.orde, gekozen, id_)
    _show_stappen(knoppen, plaats)
    _show_sprong(balk, vergadering, gekozen, id_)
    if not vergadering.leidt and vergadering.mag_leiden:
        _show_overnemen(bron, vergadering)
    links, rechts = st.columns([3, 2], gap="large") if vergadering.leidt else (st.container(), None)
    with links:
        _show_punt(bron, gebruiker, vergadering, vergadering.punten[id_], plaats)
    if rechts:
        with rechts:
            _show_vastleggen(bron, gebruiker, vergadering, vergadering.punten[id_])


def go_to(id_: str) -> None:
    """Put a point of the walk in the address."""
    st.query_params[PUNT] = id_


def go_to_lijst() -> None:
    """Put the decision list in the address."""
    st.query_params[DEEL] = LIJST


def _pick_gekozen(vergadering: Vergadering, balk: st.delta_generator.DeltaGenerator) -> set[str]:
    """Draw the filters and return the ids of the points that they leave."""
    with balk:
        thema = pick_thema()
        vragend = pick_een("Welke punten", "welke", "alle punten", [_VRAGEND])
    return {id_ for id_ in vergadering.ronde.orde if _past(vergadering, id_, thema, vragend is not None)}


def _past(vergadering: Vergadering, id_: str, thema: Thema | None, is_vragend: bool) -> bool:
    past_thema = thema is None or thema in vergadering.punten[id_].punt.themas
    return past_thema and (not is_vragend or id_ in vergadering.ronde.vragend)


def _find_huidig(vergadering: Vergadering, gekozen: set[str]) -> str | None:
    gevraagd = st.query_params.get(PUNT)
    if gevraagd in vergadering.punten:
        return gevraagd
    return next((id_ for id_ in vergadering.ronde.orde if id_ in gekozen), None)


def _show_stappen(vak: st.delta_generator.DeltaGenerator, plaats: Plaats) -> None:
    with vak:
        for label, naar, sleutel, icoon in (
            ("Vorige", plaats.vorige, "ronde_vorige", ":material/arrow_back:"),
            ("Volgende", plaats.volgende, "ronde_volgende", ":material/arrow_forward:"),
        ):
            st.button(
                label,
                key=sleutel,
                icon=icoon,
                icon_position="right" if label == "Volgende" else "left",
                type="primary" if label == "Volgende" else "secondary",
                disabled=naar is None,
                on_click=go_to,
                args=(naar or "",),
            )
        st.markdown(f"**{plaats.nummer}** van {plaats.aantal}", width="content")
    _show_einde(vak)


def _show_einde(vak: st.delta_generator.DeltaGenerator) -> None:
    with vak:
        st.button("Besluitenlijst", key="ronde_lijst", icon=":material/checklist:", on_click=go_to_lijst)
        st.button("Alle overleggen", icon=":material/list:", type="tertiary", on_click=st.query_params.clear)


def _show_sprong(
    balk: st.delta_generator.DeltaGenerator, vergadering: Vergadering, gekozen: set[str], id_: str
) -> None:
    """Draw the list of points to go to at once, with a mark at what something was recorded about."""
    behandeld = vergadering.verslag.lijst.per_punt
    ids = [anders for anders in vergadering.ronde.orde if anders in gekozen or anders == id_]
    namen = {
        anders: f"{'✓' if anders in behandeld else '○'} {nummer}. {vergadering.punten[anders].punt.titel}"
        for nummer, anders in enumerate(ids, 1)
    }
    st.session_state["ronde_naar"] = id_
    balk.selectbox(
        "Ga naar punt (✓ = hier is iets vastgelegd)",
        ids,
        key="ronde_naar",
        format_func=lambda anders: namen.get(anders, anders),
        on_change=lambda: go_to(st.session_state["ronde_naar"]),
    )


def _show_overnemen(bron: Bron, vergadering: Vergadering) -> None:
    """Draw the button with which another regisseur of the area goes on with a meeting."""
    nummer = vergadering.stuk.nummer
    naam = f"overnemen_{nummer}"
    sleutel: str = st.session_state.setdefault(naam, uuid4().hex)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown("Iemand anders leidt dit overleg. Wat u nu bij de punten doet, komt niet in de besluitenlijst.")
        if st.button("Verder gaan met dit overleg", type="primary"):
            try_actie(
                str(nummer),
                lambda: resume_overleg(open_engine(), determine_gebruiker(), nummer, sleutel=sleutel, op=bron.vandaag),
                lambda: "U leidt nu dit overleg.",
                (naam,),
                soort=naam,
            )


def _show_punt(bron: Bron, gebruiker: Gebruiker, vergadering: Vergadering, punt: Punt, plaats: Plaats) -> None:
    """Draw a point as a whole room can read it: what it is, what stands in its way, and what was written last."""
    p, peildatum = punt.punt, bron.vandaag
    categorie = determine_categorie(punt.stand, peildatum, get_stand(bron, peildatum).stilte_dagen)
    namen = {g.code: g.naam for g in get_boom(bron, peildatum).gebieden.values()}
    regels = vergadering.verslag.lijst.per_punt.get(p.id, ())
    berichten = load_berichten_van(bron, peildatum, gebruiker.kijker, p.id)[:_GETOONDE_BERICHTEN]
    velden = [(naam, w) for naam, w in collect_puntvelden(punt, gebruiker.kijker.rol, peildatum) if naam not in _KLEIN]
    velden.insert(1 if p.omschrijving else 0, ("Trekker", p.trekker or "geen trekker"))
    if verzet := describe_verzet(load_verzettingen_van(p.id, peildatum)):
        velden.append(("Datum verzet", verzet))
    vast = f'<div class="vast"><h3>In dit overleg</h3>{build_regels_html(regels)}</div>' if regels else ""
    st.html(
        f'<section class="groot" aria-live="polite"><h2>{escape(p.titel)}</h2>'
        f"<p>{build_punttekens_html(punt, categorie, peildatum)}</p>"
        f"{build_bij_html([', '.join(p.themas), namen.get(p.gebied, p.gebied)])}{vast}{build_velden_html(velden)}"
        f"{_build_open(bron, gebruiker, p.id)}{_build_laatste(berichten, peildatum)}</section>"
    )


def _build_laatste(berichten: Sequence[Bericht], peildatum: date) -> str:
    return f"<h3>Laatste berichten</h3>{build_berichten_html(berichten, peildatum)}"


def _build_open(bron: Bron, gebruiker: Gebruiker, id_: str) -> str:
    """Return what was promised and is not done yet: steps of the point, and agreements with partners about it."""
    kijker, peildatum = gebruiker.kijker, bron.vandaag
    stappen = load_stukken_van(STAP, kijker, peildatum, [id_])
    regels = [f"{s.velden.titel}{_format_op(s.velden.afgesproken)}" for s in stappen if s.velden.gedaan_op is None]
    afspraken = (a.velden for a in load_stukken_van(AFSPRAAK, kijker, peildatum) if a.velden.agendapunt == id_)
    regels += [
        f"{a.titel}: {a.stand.replace('_', ' ')}{_format_op(a.termijn)}"
        for a in afspraken
        if a.stand is not Afspraakstand.NAGEKOMEN
    ]
    if not regels:
        return ""
    return f"<h3>Stappen en afspraken</h3><ul>{''.join(f'<li>{escape(regel)}</li>' for regel in regels)}</ul>"


def _format_op(dag: date | None) -> str:
    return f" ({format_datum(dag)})" if dag else ""


def _show_vastleggen(bron: Bron, gebruiker: Gebruiker, vergadering: Vergadering, punt: Punt) -> None:
    """Draw the forms with which what falls is stored at once."""
    p, peildatum = punt.punt, bron.vandaag
    show_melding(Berichtsoort.AGENDAPUNT, p.id)
    st.header("Besluit", anchor=False)
    show_besluiten(bron, vergadering, p.id)
    st.header("Bericht", anchor=False)
    _show_bericht(bron, gebruiker, vergadering, punt)
    partners = {naam for ander in get_punten(bron, peildatum, gebruiker.kijker) for naam in ander.punt.partners}
    show_regie(p, peildatum, sorted(partners))
    st.header("Acties", anchor=False)
    show_dossierbeheer(_build_stapblad(p.id, peildatum), load_stukken_van(STAP, gebruiker.kijker, peildatum, [p.id]))


def _build_stapblad(id_: str, peildatum: date) -> Dossierblad[Stap]:
    return Dossierblad(
        STAP, id_, peildatum, "actie erbij", lambda stap: stap.titel, start={"soort": Stapsoort.DEELSTAP}
    )


def _show_bericht(bron: Bron, gebruiker: Gebruiker, vergadering: Vergadering, punt: Punt) -> None:
    p = punt.punt
    formulier = build_formulier(gebruiker, Berichtsoort.AGENDAPUNT, p.id, bron.vandaag, p.openbaar)
    if pick_actie(f"overleg_bericht_{p.id}", "Bericht", ["bericht schrijven"]):
        show_formulier(formulier)
    eigen = find_ongedaan_van(gebruiker, Berichtsoort.AGENDAPUNT, p.id)
    begin = vergadering.begonnen_op
    if eigen and begin and eigen.moment >= begin:
        show_bericht_ongedaan(formulier, eigen)
