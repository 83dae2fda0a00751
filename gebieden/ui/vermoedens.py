"""Suspicions of displacement on the page Aanpakken: what a professional sees move from one buurt to another."""

from html import escape

import streamlit as st

from gebieden.domein.taal import format_datum
from gebieden.domein.vermoeden import Vermoeden
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.oovsoorten import VERMOEDEN
from gebieden.ui.aanpakgegevens import Aanpakgegevens, load_categoriekeuzes
from gebieden.ui.dossierbeeld import build_bijregel, build_tekst, show_deel
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossiergegevens import get_stukken


def show_vermoedens(gegevens: Aanpakgegevens) -> None:
    """Draw the suspicions in the own areas, and for who keeps them the forms; nothing for who may not read any."""
    if gegevens.kijker.rol not in (VERMOEDEN.lezers or ()):
        return
    mag = gegevens.mag and bool(gegevens.eigen_buurten)
    stukken = get_stukken(gegevens.bron, gegevens.peildatum, gegevens.kijker, VERMOEDEN)
    regels = "".join(_build_regel(gegevens, stuk) for stuk in stukken)
    html = f'<ul class="reeks">{regels}</ul>' if regels else ""
    show_deel("Vermoedens van verplaatsing", html, "Geen vermoedens vastgelegd in uw eigen gebieden.", mag=mag)
    if not mag:
        return
    st.caption("Een vermoeden is wat iemand ziet. Het telt niet mee in de meting hierboven.")
    van = st.selectbox(
        "Van welke buurt verplaatst het zich?",
        list(gegevens.eigen_buurten),
        index=None,
        format_func=gegevens.noem,
        placeholder="Kies een buurt om een vermoeden vast te leggen of te wijzigen",
        key="vermoeden_van",
    )
    if van:
        show_dossierbeheer(_compose_blad(gegevens, van), [s for s in stukken if s.bij == van])


def _compose_blad(gegevens: Aanpakgegevens, van: str) -> Dossierblad[Vermoeden]:
    opties = {"naar": {code: naam for code, naam in gegevens.buurten.items() if code != van}}
    return Dossierblad(
        VERMOEDEN,
        van,
        gegevens.peildatum,
        "vermoeden erbij",
        lambda vermoeden: _noem(gegevens, vermoeden),
        {**opties, "categorie": load_categoriekeuzes()},
        start={"van": van},
        verborgen=("van",),
    )


def _noem(gegevens: Aanpakgegevens, vermoeden: Vermoeden) -> str:
    return f"{vermoeden.categorie}: van {gegevens.noem(vermoeden.van)} naar {gegevens.noem(vermoeden.naar)}"


def _build_regel(gegevens: Aanpakgegevens, stuk: Stuk[Vermoeden]) -> str:
    v = stuk.velden
    periode = f"vanaf {format_datum(v.vanaf)}" + (f" tot en met {format_datum(v.tot)}" if v.tot else "")
    door = f"bevestigd door {v.bevestigd_door}" if v.bevestigd_door else "nog niet bevestigd"
    return (
        f'<li><span class="titel">{escape(_noem(gegevens, v))}</span> <span class="los">{escape(v.oordeel)}</span> '
        f"{build_bijregel(periode, door)}{build_tekst(v.toelichting)}</li>"
    )
