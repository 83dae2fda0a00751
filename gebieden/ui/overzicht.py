"""The parts of the page Overzicht: the list beside the map and the rows behind every count."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import streamlit as st

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.rechten import Kijker
from gebieden.domein.taal import format_aantal, format_dag
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Voortgang
from gebieden.opslag.lezen import Punt
from gebieden.ui.filters import select_gebied
from gebieden.ui.gegevens import Bron, get_berichten, get_boom, get_punten, get_stand
from gebieden.ui.kaartpaneel import describe_stand
from gebieden.ui.navigatie import show_gebiedslink
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.punten import build_punten_html
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.voortgangsbeeld import Telling, list_tellingen, pick_telling, show_balk, show_zin

PER_BLADZIJDE = 12
LIJSTHOOGTE = 440
_LIJST = "gebiedenlijst"
OP_NAAM = "naam"
LANGST_STIL = "langst geen bericht"


def sort_gebieden(gebieden: list[Gebied], per_gebied: Mapping[str, Voortgang], volgorde: str) -> list[Gebied]:
    """Return the areas by name, or by how long they have been silent; areas without points come last then."""
    if volgorde == OP_NAAM:
        return gebieden

    def stilte(gebied: Gebied) -> tuple[bool, date, str]:
        voortgang = per_gebied[gebied.code]
        leeg = not (voortgang.punten or voortgang.nieuw_sinds_versie)
        return leeg, voortgang.laatste_bericht or date.min, gebied.naam

    return sorted(gebieden, key=stilte)


def show_lijst(
    gebieden: list[Gebied],
    per_gebied: Mapping[str, Voortgang],
    indicator: str,
    gekozen: str | None,
    peildatum: date,
) -> None:
    """Draw the same areas as the map, as one group of choices; the list and the map share one selection.

    One element, not a button per area: what a filter costs is mostly the number of elements.
    """
    volgorde = st.segmented_control(
        "Sorteer op", [OP_NAAM, LANGST_STIL], default=OP_NAAM, key="sorteer", required=True, bind="query-params"
    )
    rijen = sort_gebieden(gebieden, per_gebied, volgorde or OP_NAAM)
    bladzijden = -(-len(rijen) // PER_BLADZIJDE)
    bladzijde = _pick_bladzijde(bladzijden, [g.code for g in rijen], gekozen)
    rijen = rijen[(bladzijde - 1) * PER_BLADZIJDE : bladzijde * PER_BLADZIJDE]
    regels = {g.code: _describe_rij(g, per_gebied[g.code], indicator, peildatum) for g in rijen}
    st.session_state[_LIJST] = gekozen if gekozen in regels else None
    with st.container(height=LIJSTHOOGTE, border=False, gap=None, key="lijst"):
        st.radio(
            "Kies een gebied",
            list(regels),
            index=None,
            key=_LIJST,
            format_func=lambda code: regels.get(code, code),
            on_change=_select_uit_lijst,
            label_visibility="collapsed",
            width="stretch",
        )


def _pick_bladzijde(bladzijden: int, codes: list[str], gekozen: str | None) -> int:
    """Draw the page numbers and return the page to show: a new selection opens the page that it is on."""
    if bladzijden < 2:
        return 1
    begin = codes.index(gekozen) // PER_BLADZIJDE + 1 if gekozen in codes else 1
    # A key per selection and set of areas: the page numbers begin anew there, and stay put within it.
    with st.container(key="bladzijde"):
        return st.pagination(bladzijden, default=begin, key=f"bladzijde_{gekozen}_{len(codes)}")


def _select_uit_lijst() -> None:
    select_gebied(st.session_state[_LIJST])


def _describe_rij(gebied: Gebied, voortgang: Voortgang, indicator: str, peildatum: date) -> str:
    delen = [describe_stand(indicator, voortgang)]
    if voortgang.laatste_bericht:
        delen.append(f"laatste bericht {format_dag(voortgang.laatste_bericht, peildatum)}")
    return f"**{escape_markdown(gebied.naam)}** {escape_markdown(' · '.join(delen))}"


def collect_berichten(
    bron: Bron, peildatum: date, kijker: Kijker, soort: Berichtsoort = Berichtsoort.AGENDAPUNT
) -> dict[str, list[Bericht]]:
    """Return the berichten that this viewer may read, per object, newest first."""
    per_id: dict[str, list[Bericht]] = defaultdict(list)
    for bericht in get_berichten(bron, peildatum, kijker):
        if bericht.soort is soort:
            per_id[bericht.id].append(bericht)
    return per_id


def select_punten_van(
    bron: Bron, peildatum: date, kijker: Kijker, boom: Gebiedsboom, code: str, thema: Thema | None
) -> list[Punt]:
    """Return the points that count for an area, as this viewer may see them."""
    return [
        p
        for p in get_punten(bron, peildatum, kijker)
        if boom.bevat(code, p.punt.gebied) and (thema is None or thema in p.punt.themas)
    ]


def show_selectie(
    bron: Bron, peildatum: date, kijker: Kijker, code: str, thema: Thema | None, per_gebied: Mapping[str, Voortgang]
) -> None:
    """Draw the voortgang of the selected area, with the gemeente's beside it, and the rows behind a chosen count."""
    boom = get_boom(bron, peildatum)
    stand = get_stand(bron, peildatum)
    voortgang = per_gebied[code]
    naam = boom.gebieden[code].naam
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.header(escape_markdown(naam), anchor=False, width="content")
        show_gebiedslink(code, f"Alles over {naam}", icoon=":material/arrow_forward:")
    show_zin(voortgang, stand)
    show_balk(voortgang)
    _show_gemeente(boom, code, per_gebied)
    tellingen = list_tellingen(voortgang, peildatum, stand.stilte_dagen)
    gekozen = pick_telling(tellingen, "telling")
    if gekozen:
        punten = select_punten_van(bron, peildatum, kijker, boom, code, thema)
        show_rijen(bron, peildatum, kijker, punten, gekozen)


def show_rijen(bron: Bron, peildatum: date, kijker: Kijker, punten: list[Punt], telling: Telling) -> None:
    """Draw the rows that a count opens into."""
    rijen = [p for p in punten if telling.hoort_erbij(p.stand)]
    st.markdown(f"**{escape_markdown(telling.woord)}**: {format_aantal(telling.aantal, 'punt', 'punten')}")
    show_punten(bron, peildatum, kijker, rijen)


def show_punten(bron: Bron, peildatum: date, kijker: Kijker, punten: list[Punt]) -> None:
    """Draw points as lines that unfold into their story."""
    if not punten:
        show_leeg("Er zijn geen punten die hierbij passen.", "Haal een filter weg om meer te zien.")
        return
    namen = {g.code: g.naam for g in get_boom(bron, peildatum).gebieden.values()}
    berichten = collect_berichten(bron, peildatum, kijker)
    stilte = get_stand(bron, peildatum).stilte_dagen
    st.html(build_punten_html(punten, berichten, namen, peildatum, stilte, kijker.rol))


def _show_gemeente(boom: Gebiedsboom, code: str, per_gebied: Mapping[str, Voortgang]) -> None:
    gemeenten = [c for c in boom.get_houders(code) if boom.gebieden[c].niveau == "gemeente" and c != code]
    for gemeente in gemeenten:
        v = per_gebied[gemeente]
        zin = (
            f"Ter vergelijking, heel {boom.gebieden[gemeente].naam}: {format_aantal(v.punten, 'punt', 'punten')}, "
            f"{v.afgerond} klaar, {v.wachtend} wachten, {v.onbekend} stand onbekend. "
            "Gebieden worden niet gerangschikt."
        )
        st.caption(escape_markdown(zin))
