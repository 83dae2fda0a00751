"""The parts of the page Overleg: which meetings there are, and beginning one."""

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.overleg import Overleg
from gebieden.domein.rechten import Handeling, Kijker, Pagina
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.opslag.dossiersoorten import OVERLEG
from gebieden.opslag.overleg import Overlegstuk
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.gegevens import Bron, get_boom
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.overleggegevens import NUMMER, count_besluiten_van, load_overleggen
from gebieden.ui.punten import build_bij_html
from gebieden.ui.raamwerk import show_leeg

# What the address says of a meeting besides its number: the point that one is at, or that one is at the list.
PUNT, DEEL, LIJST = "punt", "deel", "besluitenlijst"
_ALLE: Final = "alle gebieden"
_EERST: Final = ("gebied", "dorp", "wijk")


def show_overleggen(bron: Bron, kijker: Kijker) -> None:
    """Draw the meetings of the chosen area; the regisseur of that area can begin one."""
    boom, peildatum = get_boom(bron, bron.vandaag), bron.vandaag
    code = _pick_gebied(boom, kijker)
    stukken = load_overleggen(kijker, peildatum)
    if code:
        stukken = [s for s in stukken if boom.bevat(code, s.bij)]
    if code and kijker.mag_in(Handeling.PUNT_BEHEREN, code, boom):
        eigen = [s for s in stukken if s.bij == code and not s.velden.is_afgesloten]
        show_dossierbeheer(_build_blad(code, boom.gebieden[code].naam, peildatum), eigen)
    if not stukken:
        show_leeg("Hier is nog geen overleg gehouden.", _compose_vervolg(kijker, code))
        return
    geteld = count_besluiten_van(kijker, stukken, peildatum)
    namen = {g.code: g.naam for g in boom.gebieden.values()}
    for kop, dicht in (("Loopt nu", False), ("Afgesloten", True)):
        deel = [s for s in stukken if s.velden.is_afgesloten is dicht]
        if deel:
            st.header(f"{kop} ({len(deel)})", anchor=False)
            st.html(_build_lijst(deel, geteld, namen))


def _pick_gebied(boom: Gebiedsboom, kijker: Kijker) -> str | None:
    """Draw the select box of areas, the viewer's own first, and return the choice; None for all."""
    eigen = kijker.list_eigen(boom)

    def rangschik(code: str) -> tuple[bool, int, str]:
        gebied = boom.gebieden[code]
        niveau = _EERST.index(gebied.niveau) if gebied.niveau in _EERST else len(_EERST)
        return code not in eigen, niveau, gebied.naam

    codes = sorted(boom.gebieden, key=rangschik)
    namen = {_ALLE: _ALLE} | {c: f"{boom.gebieden[c].naam} ({boom.gebieden[c].niveau})" for c in codes}
    if st.session_state.get("gebied") not in namen:
        st.session_state.pop("gebied", None)
    keuzes = [*(c for c in codes if c in eigen), _ALLE, *(c for c in codes if c not in eigen)]
    keuze = st.selectbox(
        "Gebied", keuzes, key="gebied", format_func=lambda c: namen.get(c, c), bind="query-params", width=420
    )
    return None if keuze in (None, _ALLE) else keuze


def _build_blad(code: str, naam: str, peildatum: date) -> Dossierblad[Overleg]:
    return Dossierblad(
        OVERLEG,
        code,
        peildatum,
        "overleg beginnen",
        lambda overleg: f"{overleg.titel}, {format_datum(overleg.datum)}",
        start={"titel": f"Gebiedsoverleg {naam}", "datum": peildatum},
        verborgen=("is_afgesloten",),
        erna=open_overleg,
    )


def open_overleg(nummer: int) -> None:
    """Put a meeting in the address."""
    st.query_params.clear()
    st.query_params[NUMMER] = str(nummer)


def _compose_vervolg(kijker: Kijker, code: str | None) -> str:
    if not kijker.mag(Handeling.PUNT_BEHEREN):
        return "De gebiedsregisseur begint een overleg."
    return "Kies 'Overleg beginnen'." if code else "Kies uw eigen gebied om er een te beginnen."


def _build_lijst(stukken: Iterable[Overlegstuk], geteld: Mapping[int, int], namen: Mapping[str, str]) -> str:
    regels = []
    for stuk in stukken:
        adres = compose_adres(Pagina.OVERLEG, **{NUMMER: str(stuk.nummer)})
        besluiten = format_aantal(geteld.get(stuk.nummer, 0), "besluit", "besluiten")
        bij = build_bij_html([format_datum(stuk.velden.datum), namen.get(stuk.bij, stuk.bij), besluiten])
        link = f'<a class="binnen" href="{escape(adres)}">{escape(stuk.velden.titel)}</a>'
        regels.append(f"<li><strong>{link}</strong>{bij}</li>")
    return f'<ul class="overleggen">{"".join(regels)}</ul>'
