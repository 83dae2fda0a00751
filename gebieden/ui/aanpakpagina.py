"""The page Aanpakken: which there are, one of them with its registration and outcome, and suspicions."""

from collections.abc import Collection
from html import escape
from typing import Final

import streamlit as st

from gebieden.domein.aanpak import ONTWERPVELDEN, Aanpak, Aanpakregistratie, Aanpakstand
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.domein.voortgang import Categorie
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossiersoorten import PARTNER
from gebieden.opslag.oovsoorten import AANPAK
from gebieden.ui.aanpakgegevens import Aanpakgegevens, get_beeld, load_categoriekeuzes
from gebieden.ui.aanpakregistreren import MELDING, show_registreren
from gebieden.ui.aanpaktekening import noem_alle, show_tekening
from gebieden.ui.aanpakuitkomst import show_uitkomst
from gebieden.ui.actie import show_melding
from gebieden.ui.dossierbeeld import build_bijregel, build_tekst
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossierformulier import Opties, format_woord
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.opmaak import format_moment
from gebieden.ui.punten import build_teken_html, build_velden_html
from gebieden.ui.raamwerk import attempt, show_fout, show_leeg
from gebieden.ui.tekens import CATEGORIETEKENS

_TEKENS: Final = {
    Aanpakstand.PLAN: Categorie.VOORSTEL,
    Aanpakstand.GEREGISTREERD: Categorie.NIET_BEGONNEN,
    Aanpakstand.LOOPT: Categorie.LOOPT,
    Aanpakstand.AFGELOPEN: Categorie.AFGEROND,
}
# What a registration fixes, and what it is that registering fills in.
_VRAAG, _KEUZE = "aanpak", "aanpakkeuze"
_STAP_TWEE: Final = ("ring", "vergelijking", "vergelijking_ring", "bevestigd")


def show_aanpakken(gegevens: Aanpakgegevens) -> None:
    """Draw the list, the panel for who keeps them, and the one that is chosen."""
    st.markdown(
        "Een aanpak registreren we eerst, en pas daarna kijken we wat ervan kwam. Zo kiest niemand achteraf de "
        "vergelijking die het mooist uitkomt."
    )
    if gegevens.stukken:
        st.html(f'<ul class="reeks">{"".join(_build_regel(gegevens, stuk) for stuk in gegevens.stukken)}</ul>')
    else:
        show_leeg("Er zijn nog geen aanpakken vastgelegd.", "OOV doet dat op deze pagina.")
    if gegevens.mag and gegevens.eigen_buurten:
        show_dossierbeheer(_compose_blad(gegevens), [s for s in gegevens.stukken if gegevens.mag_wijzigen(s)])
    if stuk := _pick(gegevens):
        _show_aanpak(gegevens, stuk)


def _build_regel(gegevens: Aanpakgegevens, stuk: Stuk[Aanpak]) -> str:
    aanpak = stuk.velden
    stand = aanpak.determine_stand(gegevens.peildatum)
    teken = build_teken_html(CATEGORIETEKENS[_TEKENS[stand]], stand.capitalize())
    periode = f"vanaf {format_datum(aanpak.begin)}" + (
        f" tot en met {format_datum(aanpak.eind)}" if aanpak.eind else ""
    )
    bij = build_bijregel(aanpak.categorie, noem_alle(gegevens, aanpak.gebieden), periode)
    return f'<li>{teken} <span class="titel">{escape(aanpak.naam)}</span> {bij}</li>'


def _compose_blad(gegevens: Aanpakgegevens) -> Dossierblad[Aanpak]:
    opties: Opties = {
        "categorie": load_categoriekeuzes(),
        "gebieden": gegevens.eigen_buurten,
        "partners": _list_partners(gegevens),
    }
    return Dossierblad(
        AANPAK,
        # Kept with the own area of who plans it; which buurten it is about the form asks.
        min(gegevens.kijker.eigen),
        gegevens.peildatum,
        "aanpak erbij",
        lambda aanpak: aanpak.naam,
        opties,
        verborgen=_STAP_TWEE,
        verborgen_van=_hide_ontwerp,
        erna=_choose_nieuwe,
    )


def _list_partners(gegevens: Aanpakgegevens) -> dict[int, str]:
    stukken = get_stukken(gegevens.bron, gegevens.peildatum, gegevens.kijker, PARTNER)
    return {stuk.nummer: stuk.velden.naam for stuk in stukken}


def _hide_ontwerp(aanpak: Aanpak | None) -> Collection[str]:
    return ONTWERPVELDEN if aanpak and aanpak.bevestigd else ()


def _choose_nieuwe(nummer: int) -> None:
    st.query_params[_VRAAG] = str(nummer)


def _pick(gegevens: Aanpakgegevens) -> Stuk[Aanpak] | None:
    per_nummer = {str(stuk.nummer): stuk for stuk in gegevens.stukken}
    if not per_nummer:
        return None
    gevraagd = st.query_params.get(_VRAAG)
    st.session_state[_KEUZE] = gevraagd if gevraagd in per_nummer else next(iter(per_nummer))
    gekozen = st.selectbox(
        "Welke aanpak bekijkt u?",
        list(per_nummer),
        format_func=lambda nummer: per_nummer[nummer].velden.naam,
        key=_KEUZE,
        on_change=_store_keuze,
    )
    return per_nummer.get(gekozen)


def _store_keuze() -> None:
    st.query_params[_VRAAG] = st.session_state[_KEUZE]


def _show_aanpak(gegevens: Aanpakgegevens, stuk: Stuk[Aanpak]) -> None:
    aanpak = stuk.velden
    show_melding(MELDING, str(stuk.nummer))
    st.html(_build_feiten(gegevens, aanpak))
    registratie = gegevens.registraties.get(stuk.nummer)
    if registratie is None:
        if gegevens.mag_wijzigen(stuk):
            show_registreren(gegevens, stuk)
        else:
            show_leeg("Nog niet geregistreerd, dus ook geen uitkomst: eerst registreren, dan kijken.")
        return
    st.html(_build_registratie(aanpak, registratie))
    beeld = attempt(lambda: get_beeld(gegevens, stuk))
    if isinstance(beeld, GebiedenError):
        show_fout(beeld)
    else:
        show_uitkomst(gegevens, aanpak, beeld)
    st.header("Waar", anchor=False)
    show_tekening(gegevens, aanpak)


def _build_feiten(gegevens: Aanpakgegevens, aanpak: Aanpak) -> str:
    partners = _list_partners(gegevens)
    weken = format_aantal(aanpak.weken, "week", "weken")
    velden = [
        ("Soort", format_woord(aanpak.soort)),
        ("Categorie", aanpak.categorie),
        ("Buurten", noem_alle(gegevens, aanpak.gebieden)),
        ("Begint op", format_datum(aanpak.begin)),
        ("Eindigt op", format_datum(aanpak.eind) if aanpak.eind else "nog niet bekend"),
        ("Verwachting", aanpak.verwachting),
        ("We vergelijken", f"{weken} na het begin met dezelfde weken een jaar eerder"),
        ("Partners", ", ".join(partners[nummer] for nummer in aanpak.partners if nummer in partners) or "geen"),
    ]
    return f'<div class="aanpakfeiten">{build_velden_html(velden)}{build_tekst(aanpak.toelichting)}</div>'


def _build_registratie(aanpak: Aanpak, registratie: Aanpakregistratie) -> str:
    zin = f"Geregistreerd op {format_moment(registratie.moment)}, vingerafdruk {registratie.vingerafdruk[:8]}…"
    achteraf = "Dat was na het begin: achteraf geregistreerd, telt minder zwaar."
    return f"<p><strong>{escape(zin)}</strong> {achteraf if registratie.is_achteraf(aanpak) else ''}</p>"
