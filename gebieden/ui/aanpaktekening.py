"""The areas of an aanpak: drawn as three ways of filling, and the same as a list."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

import streamlit as st

from gebieden.domein.aanpak import Aanpak
from gebieden.domein.taal import join_opsomming
from gebieden.kaart.aanpakkaart import WOORDEN, Aanpakrol, draw_aanpakkaart, draw_vakje, to_beeldadres
from gebieden.kaart.kleuren import Kleurstelling
from gebieden.ui.aanpakgegevens import Aanpakgegevens, get_vormen
from gebieden.ui.punten import build_velden_html

_GROEPEN: Final = {
    "gebieden": "Doelgebied (D)",
    "ring": "Eromheen (R)",
    "vergelijking": "Waarmee we het doelgebied vergelijken (V)",
    "vergelijking_ring": "Waarmee we de buurten eromheen vergelijken (V)",
}


def show_tekening(gegevens: Aanpakgegevens, aanpak: Aanpak) -> None:
    """Draw the areas that an aanpak names, with legend and list."""
    kleurstelling: Kleurstelling = "donker" if st.context.theme.type == "dark" else "licht"
    rollen = list_rollen(aanpak)
    svg = draw_aanpakkaart(get_vormen(gegevens.bron, gegevens.peildatum), rollen, kleurstelling)
    beeld = (
        f'<img src="{to_beeldadres(svg)}" alt="Kaart van de aanpak; de lijst ernaast zegt hetzelfde">' if svg else ""
    )
    regels = "".join(
        f'<li><img src="{to_beeldadres(draw_vakje(rol, kleurstelling))}" alt="" width="40" height="28"> '
        f"{rol.value}: {escape(WOORDEN[rol])}</li>"
        for rol in Aanpakrol
        if rol in rollen.values()
    )
    kaart = f'<div class="aanpakkaart">{beeld}<ul class="legenda">{regels}</ul></div>'
    links, rechts = st.columns([3, 2])
    links.html(kaart)
    rechts.html(f'<div class="aanpakwaar">{build_gebieden_html(gegevens, aanpak)}</div>')


def list_rollen(aanpak: Aanpak) -> Mapping[str, Aanpakrol]:
    """Return what every area is to the aanpak; the target is drawn last, over the rest."""
    rollen = dict.fromkeys((*aanpak.vergelijking, *aanpak.vergelijking_ring), Aanpakrol.VERGELIJKING)
    return rollen | dict.fromkeys(aanpak.ring, Aanpakrol.RING) | dict.fromkeys(aanpak.gebieden, Aanpakrol.DOEL)


def build_gebieden_html(gegevens: Aanpakgegevens, aanpak: Aanpak) -> str:
    """Return the areas by what they are to the aanpak."""
    return build_velden_html(
        (woord, noem_alle(gegevens, aanpak.velden[veld]) or "niet gekozen") for veld, woord in _GROEPEN.items()
    )


def noem_alle(gegevens: Aanpakgegevens, codes: Iterable[str]) -> str:
    """Return the names of these buurten in one phrase."""
    return join_opsomming(sorted(gegevens.noem(code) for code in codes))
