"""Wensen: where a point comes from, and what became of what people in an area asked for. All text is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from gebieden.analyse.sporen import Spoor, compose_spoorzin, determine_wensspoor
from gebieden.domein.agendapunt import Agendapunt, Staat
from gebieden.domein.rechten import Handeling, Kijker, Pagina
from gebieden.domein.taal import format_aantal, format_datum, format_getal
from gebieden.domein.voortgang import Categorie, determine_categorie
from gebieden.domein.wens import Wens, Wensbron
from gebieden.domein.woordenlijst import WOORDEN
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossiersoorten import WENS
from gebieden.opslag.lezen import Punt
from gebieden.ui.dossierbeeld import build_bijregel, build_tekst, show_deel
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import Bron, get_boom, get_punten, get_stand
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.punten import build_punttekens_html

_GEHOORD: Final = {
    Wensbron.BEWONER: "gehoord van een bewoner",
    Wensbron.GEBIEDSGESPREK: "gehoord in een gebiedsgesprek",
    Wensbron.REGIEGROEP: "gehoord van een regiegroep",
    Wensbron.VERBETERPUNT: "ingediend als verbeterpunt",
}
_SPOREN: Final = {
    Spoor.AFGEROND: "Afgerond",
    Spoor.LOOPT: "Nog niet klaar",
    Spoor.OVERGEDRAGEN: "Overgedragen",
    Spoor.ONBEKEND: "Stand onbekend",
    Spoor.VOORSTEL: "Alleen voorgesteld",
    Spoor.VERVALLEN: "Vervallen",
    Spoor.GEEN_PUNT: "Nog geen punt",
}
_AFGESCHERMD: Final = "Niet-openbare wens"
# So many are shown at once; more are folded per group.
_OPEN_TOT_EN_MET: Final = 8


@dataclass(frozen=True, slots=True)
class Wensbeeld:
    """What is needed to draw wishes: the points and their categories by id, and the names of areas by code."""

    punten: Mapping[str, Punt]
    categorieen: Mapping[str, Categorie]
    namen: Mapping[str, str]
    peildatum: date

    def determine_spoor(self, wens: Wens) -> Spoor:
        """Return how far a wish has come."""
        return determine_wensspoor(wens.punten, self.categorieen)


def _load_beeld(bron: Bron, peildatum: date, kijker: Kijker, stukken: Iterable[Stuk[Wens]]) -> Wensbeeld:
    ids = {id_ for stuk in stukken for id_ in stuk.velden.punten}
    punten = {p.punt.id: p for p in get_punten(bron, peildatum, kijker) if p.punt.id in ids}
    stilte = get_stand(bron, peildatum).stilte_dagen
    categorieen = {id_: determine_categorie(p.stand, peildatum, stilte) for id_, p in punten.items()}
    namen = {code: gebied.naam for code, gebied in get_boom(bron, peildatum).gebieden.items()}
    return Wensbeeld(punten, categorieen, namen, peildatum)


def show_afkomst(bron: Bron, peildatum: date, kijker: Kijker, punt: Agendapunt) -> None:
    """Draw the wishes that led to a point; of a point whose text may not be read, only how many they are."""
    wensen = [stuk for stuk in get_stukken(bron, peildatum, kijker, WENS) if punt.id in stuk.velden.punten]
    namen = {code: gebied.naam for code, gebied in get_boom(bron, peildatum).gebieden.items()}
    mag_lezen = kijker.mag_tekst(punt.openbaar)
    html = build_afkomst_html(wensen, namen, mag_lezen=mag_lezen)
    show_deel("Waar dit punt vandaan komt", html, "Er is geen wens bij genoteerd.", mag=False)


def build_afkomst_html(wensen: Sequence[Stuk[Wens]], namen: Mapping[str, str], *, mag_lezen: bool) -> str:
    """Return the wishes with when and where they were heard, oldest first, each with the way back to its area."""
    if not wensen:
        return ""
    if not mag_lezen:
        return f"<p>{format_aantal(len(wensen), 'wens leidde', 'wensen leidden')} tot dit punt.</p>"
    regels = ""
    for stuk in sorted(wensen, key=lambda s: s.velden.datum):
        adres = compose_adres(Pagina.GEBIED, code=stuk.bij)
        naam = escape(namen.get(stuk.bij, stuk.bij))
        regels += f'<li>{_build_kop(stuk.velden)} <a class="binnen" href="{escape(adres)}">Wensen van {naam}</a></li>'
    return f'<ul class="reeks">{regels}</ul>'


def _build_kop(wens: Wens, waar: str = "") -> str:
    gehoord = f"{_GEHOORD[wens.bron]} op {format_datum(wens.datum)}"
    bij = build_bijregel(gehoord, waar, "" if wens.openbaar else "niet openbaar")
    titel = f'<span class="titel">{escape(wens.titel or _AFGESCHERMD)}</span>'
    return f"{titel} {bij}{build_tekst(wens.toelichting)}"


def show_wensen(bron: Bron, peildatum: date, kijker: Kijker, code: str) -> None:
    """Draw what was asked for in an area and in what lies in it, and what became of it; who may keeps it here."""
    boom = get_boom(bron, peildatum)
    stukken = [s for s in get_stukken(bron, peildatum, kijker, WENS) if boom.bevat(code, s.bij)]
    beeld = _load_beeld(bron, peildatum, kijker, stukken)
    mag = kijker.mag_in(Handeling.PUNT_VOORSTELLEN, code, boom)
    if stukken:
        st.header("Wensen en wat ervan werd", anchor=False)
        zin = compose_spoorzin(beeld.determine_spoor(stuk.velden) for stuk in stukken)
        st.markdown(escape_markdown(zin), help=escape_markdown(WOORDEN["wensen"].definitie))
        st.html(build_wensen_html(stukken, beeld, code))
    else:
        show_deel("Wensen en wat ervan werd", "", "Nog geen wensen genoteerd.", mag=mag)
    if mag:
        punten = [p.punt for p in get_punten(bron, peildatum, kijker)]
        eigen = [p for p in punten if boom.bevat(code, p.gebied) or boom.bevat(p.gebied, code)]
        opties = {"punten": {punt.id: f"{punt.titel} ({punt.id})" for punt in eigen}}
        show_dossierbeheer(Dossierblad(WENS, code, peildatum, "wens erbij", _describe, opties), stukken)


def build_wensen_html(stukken: Iterable[Stuk[Wens]], beeld: Wensbeeld, code: str) -> str:
    """Return the wishes per how far they have come, newest first; `code` is the area whose name goes without saying."""
    nieuwste_eerst = sorted(stukken, key=lambda stuk: stuk.velden.datum)[::-1]
    is_open = " open" if len(nieuwste_eerst) <= _OPEN_TOT_EN_MET else ""
    html = ""
    for spoor, woord in _SPOREN.items():
        eigen = [stuk for stuk in nieuwste_eerst if beeld.determine_spoor(stuk.velden) is spoor]
        if eigen:
            regels = "".join(_build_wens(stuk, beeld, code) for stuk in eigen)
            html += (
                f'<details id="wens-{spoor}"{is_open}><summary>{woord}: {format_getal(len(eigen))}</summary>'
                f'<ul class="reeks">{regels}</ul></details>'
            )
    return f'<div class="groepen">{html}</div>'


def _build_wens(stuk: Stuk[Wens], beeld: Wensbeeld, code: str) -> str:
    waar = beeld.namen.get(stuk.bij, stuk.bij) if stuk.bij != code else ""
    punten = "".join(_build_gevolg(id_, beeld) for id_ in stuk.velden.punten)
    return f'<li>{_build_kop(stuk.velden, waar)}<ul class="gevolg">{punten or "<li>Nog geen punt.</li>"}</ul></li>'


def _build_gevolg(id_: str, beeld: Wensbeeld) -> str:
    if (punt := beeld.punten.get(id_)) is None:
        return f"<li>Punt {escape(id_)} staat niet op een agenda.</li>"
    p = punt.punt
    adres = compose_adres(Pagina.PUNT, soort="agendapunt", id=id_)
    tekens = build_punttekens_html(punt, beeld.categorieen[id_], beeld.peildatum)
    reden = build_bijregel(f"Reden: {p.reden}") if p.staat is Staat.VERVALLEN and p.reden else ""
    return f'<li>{tekens} <a class="binnen" href="{escape(adres)}">{escape(p.titel)}</a> {reden}</li>'


def _describe(wens: Wens) -> str:
    return f"{wens.titel} ({format_datum(wens.datum)})"
