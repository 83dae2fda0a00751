"""Earlier warnings with what was said of them, and one series looked up whatever its state."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from gebieden.domein.beoordeling import Duiding
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.rechten import Handeling, Kijker, Rol
from gebieden.domein.taal import format_getal
from gebieden.domein.vroegsignaal import format_weken
from gebieden.domein.waarschuwing import Waarschuwing, compose_jaarzin, compose_oordeelzin, count_oordelen
from gebieden.opslag.clusterbeelden import fill_clusters
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.vroegbeeld import Weekstand, compose_zin, get_naam, list_beide
from gebieden.opslag.weekbeelden import TERUG, fill_terug
from gebieden.opslag.weekpanelen import NIVEAUS
from gebieden.ui.cijfertabel import build_tabelvak
from gebieden.ui.dossierformulier import format_woord
from gebieden.ui.gegevens import Bron, open_engine
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import attempt, show_fout, show_leeg
from gebieden.ui.vroeggegevens import get_duidingen, get_waarschuwingen, pair_duidingen
from gebieden.ui.vroegoordeel import select_stukken
from gebieden.ui.vroegreeks import show_reeks
from gebieden.ui.vroegtekens import build_staat_html, describe_kort

_AANDEEL_CLUSTERS = 0.6


def show_balans(bron: Bron, peildatum: date, kijker: Kijker, stand: Weekstand) -> None:
    """Draw how often there is a warning and what became of them, with the button that works out what is missing."""
    waarschuwingen, bewaard = get_waarschuwingen(bron, peildatum, kijker)
    duidingen = get_duidingen(bron, peildatum, kijker)
    zinnen = [compose_jaarzin(waarschuwingen, stand.maandag, bewaard)]
    if kijker.rol in (Rol.OOV, Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR):
        eigen = [w for w in waarschuwingen if kijker.is_eigen(w.gebied, stand.invoer.boom)]
        zinnen.append(compose_oordeelzin(count_oordelen(eigen, pair_duidingen(duidingen))))
    st.markdown(escape_markdown(" ".join(zinnen)))
    if bewaard < TERUG and kijker.mag(Handeling.SIGNAAL):
        st.caption(
            f"{format_getal(bewaard)} van de {TERUG} weken zijn bewaard. Terugrekenen duurt ongeveer een minuut."
        )
        if st.button("Reken twee jaar terug", key="reken_terug", icon=":material/history:"):
            _fill(peildatum, stand)


def _fill(peildatum: date, stand: Weekstand) -> None:
    balk = st.progress(0.0, "De weken worden uitgerekend …")

    def werk() -> int:
        def clusters(aandeel: float, zin: str) -> None:
            balk.progress(min(1.0, 1 - _AANDEEL_CLUSTERS * (1 - aandeel)), zin)

        def weken(aandeel: float, zin: str) -> None:
            balk.progress(min(1.0, (1 - _AANDEEL_CLUSTERS) * aandeel), zin)

        aantal = fill_terug(open_engine(), peildatum, TERUG, weken)
        fill_clusters(open_engine(), stand, clusters)
        return aantal

    fout = attempt(werk)
    if isinstance(fout, GebiedenError):
        show_fout(fout)
        return
    st.rerun()


def show_eerdere(bron: Bron, peildatum: date, kijker: Kijker, stand: Weekstand) -> None:
    """Draw the warnings of the kept weeks, newest first, with what was said of each."""
    waarschuwingen, _ = get_waarschuwingen(bron, peildatum, kijker)
    st.header("Eerdere signalen", anchor=False)
    if not waarschuwingen:
        show_leeg("Er zijn geen eerdere signalen om te tonen.", "OOV kan bij 'deze week' twee jaar terugrekenen.")
        return
    st.html(build_eerdere_html(stand, waarschuwingen, get_duidingen(bron, peildatum, kijker)))


def build_eerdere_html(
    stand: Weekstand, waarschuwingen: Sequence[Waarschuwing], duidingen: Sequence[Stuk[Duiding]]
) -> str:
    """Return one row per warning; without a count for who may not see it. Everything is escaped."""
    rijen = "".join(_build_rij(stand, w, select_stukken(w, duidingen)) for w in waarschuwingen)
    koppen = ("Weken", "Gebied", "Categorie", "Wat we zagen", "Oordeel")
    return build_tabelvak("Signalen van de bewaarde weken, nieuwste eerst", koppen, rijen, "tekst-l")


def _build_rij(stand: Weekstand, waarschuwing: Waarschuwing, stukken: Sequence[Stuk[Duiding]]) -> str:
    duur = (waarschuwing.eind - waarschuwing.begin).days // 7 + 1
    oordeel = "nog niet beoordeeld"
    if stukken:
        velden = stukken[-1].velden
        oordeel = format_woord(velden.oordeel) + (f": {velden.reden}" if velden.reden else "")
    cellen = (
        get_naam(stand, waarschuwing.gebied),
        waarschuwing.categorie,
        describe_kort(waarschuwing),
        oordeel,
    )
    rest = "".join(f"<td>{escape(cel)}</td>" for cel in cellen)
    return f'<tr><th scope="row">{escape(format_weken(waarschuwing.eind, duur))}</th>{rest}</tr>'


def show_opzoeken(bron: Bron, peildatum: date, kijker: Kijker, stand: Weekstand) -> None:
    """Draw the verdict on any series of the own areas: also where nothing stands out or nothing can be said."""
    boom = stand.invoer.boom
    codes = [
        code for niveau in NIVEAUS for code in stand.oordelen[niveau].panel.gebieden if kijker.is_eigen(code, boom)
    ]
    st.header("Wat zouden we zien?", anchor=False)
    if not codes:
        show_leeg("Kies links een eigen gebied.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        gebied = st.selectbox(
            "Gebied",
            codes,
            format_func=lambda c: f"{get_naam(stand, c)} ({boom.gebieden[c].niveau})",
            key="reeksgebied",
        )
        categorie = st.selectbox("Categorie", stand.oordelen["buurt"].panel.categorieen, key="reekscategorie")
    if gebied is None or categorie is None:
        return
    for deel in list_beide(stand, kijker, gebied, categorie):
        st.html(
            f'<div class="waarschuwing"><h3>{build_staat_html(deel.signaal.staat)} '
            f"{escape(format_weken(deel.signaal.maandag, deel.signaal.venster).capitalize())}</h3>"
            f"<p>{escape(compose_zin(stand, deel))}</p></div>"
        )
    show_reeks(bron, peildatum, kijker, gebied, categorie)
