"""The parts of the page Mijn werk: what asks for action, why, and the form in which one writes about it at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from gebieden.analyse.mijnwerk import Reden, Werkpunt, Werkregel, count_dagen_tot_onbekend, count_redenen
from gebieden.domein.bedrag import format_euro
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Kijker, Pagina
from gebieden.domein.taal import format_aantal, format_dag, join_opsomming
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Categorie
from gebieden.ui.filters import ALLE_THEMAS, Chip, pick_een, pick_thema
from gebieden.ui.gegevens import Bron, get_boom
from gebieden.ui.mijnwerkgegevens import Mijnwerk, load_berichten_van
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.punten import build_berichten_html, build_bij_html, build_teken_html, list_puntregels
from gebieden.ui.raamwerk import show_fout, show_leeg
from gebieden.ui.schrijfformulier import show_formulier
from gebieden.ui.schrijven import build_formulier, get_schrijfsessie
from gebieden.ui.tekens import CATEGORIETEKENS, TE_LAAT

# In the address, so that the form is still open after a reload.
SCHRIJF: Final = "schrijf"
PER_BLADZIJDE: Final = 25
_ALLE_REDENEN: Final = "alle redenen"
_MEEST_GENOEMD: Final = 3
REDENWOORDEN: Final[dict[Reden, str]] = {
    Reden.WACHT: "wacht",
    Reden.TE_LAAT: "over de afgesproken datum",
    Reden.TEKORT: "geld tekort",
    Reden.ONBEKEND: "stand onbekend",
    Reden.BIJNA_ONBEKEND: "bijna stand onbekend",
    Reden.GEEN_DATUM: "geen datum afgesproken",
    Reden.GEEN_TREKKER: "geen trekker",
    Reden.TERUGKIJKEN: "terugkijken",
    Reden.GEEN_TERUGKIJKDAG: "geen dag om terug te kijken",
}
# What has no category of its own, and so no colour.
_SYMBOLEN: Final[dict[Reden, str]] = {
    Reden.TEKORT: "€",
    Reden.BIJNA_ONBEKEND: "◔",
    Reden.GEEN_DATUM: "∅",
    Reden.GEEN_TREKKER: "∅",
    Reden.TERUGKIJKEN: "↺",
    Reden.GEEN_TERUGKIJKDAG: "∅",
}
_REDEN_PER_WOORD: Final = {woord: reden for reden, woord in REDENWOORDEN.items()}


@dataclass(frozen=True, slots=True)
class Werkkeuze:
    """What the list is narrowed to; None means everything."""

    reden: Reden | None
    thema: Thema | None

    def list_chips(self) -> list[Chip]:
        """Return the filters that are on, each to be taken off."""
        chips = [Chip(REDENWOORDEN[self.reden], "reden", _ALLE_REDENEN)] if self.reden else []
        return chips + ([Chip(f"thema {self.thema}", "thema", ALLE_THEMAS)] if self.thema else [])


def pick_werkkeuze() -> Werkkeuze:
    """Draw the filter bar and return the choice."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        woord = pick_een("Waarom", "reden", _ALLE_REDENEN, _REDEN_PER_WOORD)
        thema = pick_thema()
    return Werkkeuze(_REDEN_PER_WOORD[woord] if woord else None, thema)


def filter_regels(regels: Sequence[Werkregel], keuze: Werkkeuze) -> list[Werkregel]:
    """Return the lines that fit the choice, in the same order."""
    return [
        r
        for r in regels
        if (keuze.reden is None or keuze.reden in r.redenen) and (keuze.thema is None or keuze.thema in r.punt.themas)
    ]


def describe_eigen(kijker: Kijker, boom: Gebiedsboom) -> str:
    """Return the viewer's own areas by name, or how many when that is a long list."""
    namen = sorted(boom.gebieden[code].naam for code in kijker.eigen if code in boom.gebieden)
    if len(namen) > _MEEST_GENOEMD:
        return f"uw {len(namen)} gebieden"
    return join_opsomming(namen) or "uw gebieden"


def compose_werkzin(werk: Mijnwerk, waar: str) -> str:
    """Return the counts as a sentence: how many points ask for action, and how often each reason occurs."""
    geteld = count_redenen(werk.regels)
    woorden = REDENWOORDEN | ({Reden.WACHT: "wachten"} if geteld[Reden.WACHT] > 1 else {})
    delen = [f"{geteld[reden]} {woord}" for reden, woord in woorden.items() if geteld[reden]]
    vragen = "vraagt" if len(werk.regels) == 1 else "vragen"
    punten = format_aantal(len(werk.punten), "punt", "punten")
    return (
        f"{len(werk.regels)} van {punten} in {waar} {vragen} nu om actie: {join_opsomming(delen)}. "
        "Een punt kan meer redenen hebben. Wat het langst stil is, staat bovenaan."
    )


def show_mijnwerk(
    bron: Bron, peildatum: date, gebruiker: Gebruiker, regels: Sequence[Werkregel], werk: Mijnwerk
) -> None:
    """Draw the lines page by page; the one that is written about unfolds into the form."""
    open_ = _settle_geschreven(werk)
    bladzijde = _pick_bladzijde(regels, open_)
    namen = {g.code: g.naam for g in get_boom(bron, peildatum).gebieden.values()}
    for regel in regels[(bladzijde - 1) * PER_BLADZIJDE : bladzijde * PER_BLADZIJDE]:
        id_ = regel.punt.id
        with st.container(key=f"werk_{id_}", gap="xsmall"):
            st.html(build_werkregel_html(regel, namen, peildatum, werk.stilte_dagen))
            if id_ == open_:
                _show_schrijven(bron, peildatum, gebruiker, regel.punt)
            else:
                _show_knop(regel.punt)


def show_niets(kijker: Kijker, werk: Mijnwerk, waar: str) -> None:
    """Draw why the list is empty, and the next step."""
    if not kijker.eigen:
        show_leeg("U hebt nog geen eigen gebieden.", "Beheer kan u die geven op de pagina Beheer.")
    elif werk.regels:
        show_leeg("Er zijn geen punten die hierbij passen.", "Haal een filter weg om meer te zien.")
    elif werk.punten:
        show_leeg(f"Niets vraagt nu om actie in {waar}.", "Alle punten staan op de pagina Agenda.")
    else:
        show_leeg(f"Niets vraagt nu om actie: er staan nog geen punten op de agenda van {waar}.")


def _settle_geschreven(werk: Mijnwerk) -> str | None:
    """Draw what became of the last thing that was written at one of the points; return whose form is open, if any."""
    sessie, open_ = get_schrijfsessie(), st.query_params.get(SCHRIJF)
    for punt in werk.punten:
        melding = sessie.get_melding(Berichtsoort.AGENDAPUNT, punt.id)
        if isinstance(melding, GebiedenError):
            show_fout(melding)
        elif melding:
            staat_er_nog = punt.id in {r.punt.id for r in werk.regels}
            rest = "" if staat_er_nog else " Dit punt vraagt nu niet meer om actie."
            st.success(escape_markdown(f"{punt.titel}: {melding}{rest}"), icon=":material/check_circle:")
            if punt.id == open_:
                _close_formulier()
                return None
    return open_


def _pick_bladzijde(regels: Sequence[Werkregel], open_: str | None) -> int:
    bladzijden = -(-len(regels) // PER_BLADZIJDE)
    if bladzijden < 2:
        return 1
    ids = [r.punt.id for r in regels]
    begin = ids.index(open_) // PER_BLADZIJDE + 1 if open_ in ids else 1
    with st.container(key="bladzijde"):
        return st.pagination(bladzijden, default=begin, key=f"bladzijde_werk_{bladzijden}")


def _show_knop(punt: Werkpunt) -> None:
    st.button(
        "Bericht schrijven",
        key=f"schrijf_{punt.id}",
        icon=":material/edit_note:",
        type="tertiary",
        on_click=_open_formulier,
        args=(punt.id,),
    )


def _open_formulier(id_: str) -> None:
    get_schrijfsessie().melding = None
    st.query_params[SCHRIJF] = id_


def _close_formulier() -> None:
    st.query_params.pop(SCHRIJF, None)


def _show_schrijven(bron: Bron, peildatum: date, gebruiker: Gebruiker, punt: Werkpunt) -> None:
    show_formulier(build_formulier(gebruiker, Berichtsoort.AGENDAPUNT, punt.id, peildatum, punt.openbaar))
    st.button("Sluiten", key=f"sluit_{punt.id}", icon=":material/close:", type="tertiary", on_click=_close_formulier)
    laatste = load_berichten_van(bron, peildatum, gebruiker.kijker, punt.id)[:1]
    st.html(build_berichten_html(laatste, peildatum))


def build_werkregel_html(regel: Werkregel, namen: Mapping[str, str], peildatum: date, stilte_dagen: int) -> str:
    """Return one point: its title as a link to its page, every reason as sign and words, and whose it is."""
    p = regel.punt
    tekens = " ".join(_build_reden(reden, regel, peildatum, stilte_dagen) for reden in regel.redenen)
    adres = compose_adres(Pagina.PUNT, soort=Berichtsoort.AGENDAPUNT, id=p.id)
    return (
        f'<div class="werkregel"><h2><a class="binnen" href="{escape(adres)}">{escape(p.titel)}</a></h2> {tekens}'
        f"{build_bij_html(list_puntregels(p, p.laatste, namen, peildatum))}</div>"
    )


def _build_reden(reden: Reden, regel: Werkregel, peildatum: date, stilte_dagen: int) -> str:
    woorden = _compose_reden(reden, regel, peildatum, stilte_dagen)
    match reden:
        case Reden.WACHT:
            return build_teken_html(CATEGORIETEKENS[Categorie.WACHT], woorden)
        case Reden.TE_LAAT:
            return build_teken_html(TE_LAAT, woorden)
        case Reden.ONBEKEND:
            return build_teken_html(CATEGORIETEKENS[Categorie.ONBEKEND], woorden)
    return f'<span class="los"><span aria-hidden="true">{_SYMBOLEN[reden]}</span> {escape(woorden)}</span>'


def _compose_reden(reden: Reden, regel: Werkregel, peildatum: date, stilte_dagen: int) -> str:
    """Return a reason in words, with the date or the number of days that it is about."""
    punt = regel.punt
    if reden is Reden.WACHT and punt.wacht_op:
        return f"Wacht op {punt.wacht_op}"
    if reden is Reden.TEKORT and regel.punt.tekort is not None:
        return f"Tekort {format_euro(regel.punt.tekort)}"
    if reden is Reden.TE_LAAT and punt.afgesproken_gereed:
        return f"Over de afgesproken datum: {format_dag(punt.afgesproken_gereed, peildatum)}"
    if reden is Reden.ONBEKEND:
        return (
            "Stand onbekend: nog nooit een bericht"
            if regel.stil_dagen is None
            else f"Stand onbekend: {regel.stil_dagen} dagen stil"
        )
    if reden is Reden.BIJNA_ONBEKEND and regel.stil_dagen is not None:
        dagen = format_aantal(count_dagen_tot_onbekend(regel.stil_dagen, stilte_dagen), "dag", "dagen")
        return f"Over {dagen} stand onbekend"
    if reden is Reden.TERUGKIJKEN and punt.terugkijken_op:
        wanneer = "sinds" if punt.terugkijken_op < peildatum else "op"
        return f"Terugkijken {wanneer} {format_dag(punt.terugkijken_op, peildatum)}"
    return REDENWOORDEN[reden].capitalize()
