"""The parts of the page Gebied: which area, where it lies, what changed, and what it consists of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import escape

import streamlit as st

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.rechten import Kijker
from gebieden.domein.taal import format_aantal, format_datum, join_opsomming
from gebieden.opslag.lezen import Punt
from gebieden.opslag.signaaltabel import Signaaltabel
from gebieden.ui.gegevens import (
    Bron,
    compose_uitvoer_van,
    get_berichten,
    get_boom,
    get_initiatieven,
    get_punten,
)
from gebieden.ui.navigatie import show_gebiedslink
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.overzicht import collect_berichten, select_punten_van, show_punten
from gebieden.ui.punten import build_initiatieven_html
from gebieden.ui.raamwerk import get_hoofdgebied, show_leeg
from gebieden.ui.signaalbeeld import show_signaaltabel
from gebieden.ui.uitvoerknoppen import show_uitvoerknoppen
from gebieden.ui.veranderd import (
    build_verandering_html,
    collect_titels,
    collect_veranderingen,
    pick_sinds,
    show_grens,
)

_MEERVOUD = {
    "gemeente": "gemeenten",
    "gebied": "gebieden",
    "wijk": "wijken",
    "dorp": "dorpen",
    "buurt": "buurten",
    "regiegroep": "regiegroepen",
}


def pick_gebiedspagina(boom: Gebiedsboom) -> str | None:
    """Draw the select box of areas, bound to `?code=…`, and return the chosen code; None when there is no area."""
    namen = {g.code: f"{g.naam} ({g.niveau})" for niveau in boom.get_niveaus() for g in boom.filter_niveau(niveau)}
    if not namen:
        return None
    gevraagd = st.query_params.get("code") or st.query_params.get("gebied")
    if gevraagd and gevraagd not in namen:
        st.warning(
            f"Gebied {escape_markdown(gevraagd)} bestaat niet op deze datum. Kies hieronder een gebied.",
            icon=":material/location_off:",
        )
    begin = gevraagd if gevraagd in namen else get_hoofdgebied(boom) or next(iter(namen))
    st.session_state["gebiedspagina"] = begin
    return st.selectbox(
        "Gebied",
        list(namen),
        key="gebiedspagina",
        format_func=lambda c: namen.get(c, c),
        on_change=_store_code,
        width=420,
    )


def _store_code() -> None:
    st.query_params["code"] = st.session_state["gebiedspagina"]
    st.query_params.pop("gebied", None)


def show_ligging(boom: Gebiedsboom, code: str) -> None:
    """Draw what the area belongs to, as links."""
    houders = sorted(
        (boom.gebieden[c] for c in boom.get_houders(code) if c != code and not boom.bevat(code, c)),
        key=lambda g: boom.get_niveaus().index(g.niveau),
    )
    if houders:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("Hoort bij:", width="content")
            for houder in houders:
                show_gebiedslink(houder.code, f"{houder.naam} ({houder.niveau})")


def show_onderdelen(boom: Gebiedsboom, code: str) -> None:
    """Draw the areas that lie in this one, per level, as links."""
    onderdelen = [g for g in boom.get_onderdelen(code) if not boom.bevat(g.code, code)]
    for niveau in boom.get_niveaus():
        namen = sorted((g for g in onderdelen if g.niveau == niveau), key=lambda g: g.naam)
        if namen:
            with st.expander(escape_markdown(format_aantal(len(namen), niveau, _MEERVOUD.get(niveau, niveau)))):
                for gebied in namen:
                    show_gebiedslink(gebied.code, gebied.naam)


def determine_kaartniveau(boom: Gebiedsboom, code: str) -> str:
    """Return the level to draw around an area: its own, or that of the wijken for a gemeente."""
    niveau = boom.gebieden[code].niveau
    if niveau != "gemeente":
        return niveau
    return "wijk" if "wijk" in boom.get_niveaus() else boom.get_niveaus()[-1]


def show_veranderingen(bron: Bron, peildatum: date, kijker: Kijker, code: str) -> None:
    """Draw what changed in an area since a date: states and dates that moved, points that came or went, berichten."""
    sinds = pick_sinds(peildatum)
    if sinds is None:
        return
    show_grens(bron, peildatum, sinds)
    punten = {p.punt.id: p for p in get_punten(bron, peildatum, kijker)}
    titels = collect_titels(bron, peildatum, kijker, sinds)
    # The berichten are told one by one.
    stil = (replace(v, berichten=0) for v in collect_veranderingen(bron, peildatum, kijker, code, sinds))
    regels = [build_verandering_html(v, titels, kijker.rol) for v in stil if v.soorten]
    ids = {p.punt.id for p in select_punten_van(bron, peildatum, kijker, get_boom(bron, peildatum), code, None)}
    regels += _describe_berichten(bron, peildatum, kijker, sinds, ids, punten)
    st.markdown(f"**{format_aantal(len(regels), 'verandering', 'veranderingen')}** sinds {format_datum(sinds)}")
    if regels:
        st.html(f'<ol class="berichten">{"".join(f"<li>{r}</li>" for r in regels)}</ol>')


def _describe_berichten(
    bron: Bron, peildatum: date, kijker: Kijker, sinds: date, ids: set[str], punten: Mapping[str, Punt]
) -> list[str]:
    return [
        f'<span class="datum">{format_datum(b.datum)}</span> <strong>{escape(punten[b.id].punt.titel)}</strong>: '
        f"{escape(b.tekst)}"
        for b in get_berichten(bron, peildatum, kijker)
        if b.soort is Berichtsoort.AGENDAPUNT and b.id in ids and b.id in punten and b.datum > sinds
    ]


def show_initiatieven(bron: Bron, peildatum: date, kijker: Kijker, code: str) -> None:
    """Draw the initiatives of an area."""
    boom = get_boom(bron, peildatum)
    eigen = [i for i in get_initiatieven(bron, kijker) if boom.bevat(code, i.gebied)]
    if not eigen:
        show_leeg(
            f"Voor {boom.gebieden[code].naam} zijn nog geen bewonersinitiatieven ingelezen.",
            "Beheer kan dat doen bij Gegevens.",
        )
        return
    namen = {g.code: g.naam for g in boom.gebieden.values()}
    berichten = collect_berichten(bron, peildatum, kijker, Berichtsoort.INITIATIEF)
    st.html(build_initiatieven_html(eigen, berichten, namen, peildatum, kijker.rol))


def list_agendas(boom: Gebiedsboom, standen: Mapping[str, tuple[int, date]], code: str) -> str:
    """Return which agendas lie in an area, as a sentence in Markdown; empty when it has at most its own."""
    namen = sorted(boom.gebieden[c].naam for c in standen if c in boom.gebieden and boom.bevat(code, c))
    if len(namen) < 2:
        return ""
    return escape_markdown(f"De cijfers gaan over de agenda's van {join_opsomming(namen)}.")


def show_agenda(bron: Bron, peildatum: date, kijker: Kijker, gebied: Gebied) -> None:
    """Draw the points that count for an area, with their downloads."""
    punten = select_punten_van(bron, peildatum, kijker, get_boom(bron, peildatum), gebied.code, None)
    if not punten:
        show_leeg(f"Voor {gebied.naam} is nog geen agenda ingelezen.", "Beheer kan dat doen bij Gegevens.")
        return
    show_punten(bron, peildatum, kijker, punten)
    show_uitvoerknoppen(
        "agendapunten",
        lambda: compose_uitvoer_van(
            "agendapunten", kijker, peildatum, sleutels=[p.punt.id for p in punten], filters=gebied.naam
        ),
    )


def show_meldingen(signalen: Signaaltabel | None) -> None:
    """Draw the counts of signals of an area in the last quarter that is over."""
    if signalen is None:
        show_leeg("Er zijn nog geen signalen van een heel kwartaal ingelezen.", "Beheer kan dat doen bij Gegevens.")
    else:
        show_signaaltabel(signalen)
