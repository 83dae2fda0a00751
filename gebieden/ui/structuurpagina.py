"""The structural map on the screen: sentences, the map with its legend, and the same as tables."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from gebieden.domein.rechten import Kijker
from gebieden.domein.structuur import PER, Structuurbeeld, Structuurrij, Wijkcijfer
from gebieden.domein.structuurzin import (
    ALLEEN_GROEPEN,
    BETEKENIS,
    GEEN_VROEGSIGNAAL,
    compose_klassenzin,
    compose_moranzin,
    compose_rijzin,
    format_komma,
)
from gebieden.domein.taal import format_getal
from gebieden.kaart.kaartbeeld import Kaartbeeld
from gebieden.kaart.kleuren import Kleurstelling
from gebieden.kaart.legenda import build_legenda_html
from gebieden.kaart.structuurkleuring import LETTERS, build_structuurkleuring
from gebieden.opslag.signaaltabel import AFGESCHERMD
from gebieden.ui.cijfertabel import build_cijfertabel
from gebieden.ui.filters import peek_keuze, pick_een
from gebieden.ui.gegevens import Bron, get_grenzen
from gebieden.ui.kaartpaneel import draw_kaart
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.signaalbeeld import VOORBEHOUD
from gebieden.ui.structuurgegevens import get_groepen, get_jaren, get_structuurbeeld

ALLE_GROEPEN: Final = "alle categorieën"
_PER: Final = f"Per {format_getal(PER)} inwoners"
_ONGEZIEN: Final = (
    "Over de gemeentegrens kijken we niet: Dijk en Waard, Bergen en Castricum zien wij niet. Een buurt aan de rand "
    "wordt dus met minder buren vergeleken."
)


def pick_jaar(jaren: Sequence[int]) -> int:
    """Draw the select box Jaar, newest first, and return the choice."""
    keuze = st.selectbox("Jaar", [str(jaar) for jaar in jaren], key="jaar", bind="query-params")
    return int(keuze) if keuze else jaren[0]


def pick_groep(bron: Bron) -> str | None:
    """Draw the select box Categorie and return the choice; None for all together."""
    return pick_een("Categorie", "groep", ALLE_GROEPEN, get_groepen(bron))


def peek_onderwerp(bron: Bron, peildatum: date) -> str:
    """Return what the title says, before the choices are drawn."""
    jaren = [str(jaar) for jaar in get_jaren(bron, peildatum)]
    if not jaren:
        return "Waar er structureel meer of minder meldingen zijn"
    groep = peek_keuze("groep", [ALLE_GROEPEN, *get_groepen(bron)], ALLE_GROEPEN)
    jaar = peek_keuze("jaar", jaren, jaren[0])
    return f"Waar er structureel meer of minder meldingen zijn: {groep}, heel {jaar}"


def show_structuur(
    bron: Bron, peildatum: date, kijker: Kijker, jaar: int, groep: str | None, gekozen: str | None
) -> None:
    """Draw the map of a year as this viewer may see it."""
    beeld = get_structuurbeeld(bron, peildatum, kijker, jaar, groep)
    st.markdown(escape_markdown(f"{GEEN_VROEGSIGNAAL} {VOORBEHOUD}"))
    st.markdown(escape_markdown(f"{compose_klassenzin(beeld)} {compose_moranzin(beeld)}".strip()))
    if beeld.buurten:
        _show_kaart(bron, peildatum, beeld, gekozen)
        _show_buurten(beeld)
    else:
        st.markdown("Cijfers en kleuren per buurt ziet alleen het team van het gebied zelf. U ziet de wijken.")
    _show_wijken(beeld)
    st.caption(f"{ALLEEN_GROEPEN} {_ONGEZIEN}")


def _show_kaart(bron: Bron, peildatum: date, beeld: Structuurbeeld, gekozen: str | None) -> None:
    grenzen = get_grenzen(bron, peildatum, "buurt")
    kleuring = build_structuurkleuring(
        grenzen.codes,
        {rij.code: rij.klasse for rij in beeld.buurten},
        f"Meldingen {beeld.jaar}",
        f"{beeld.jaar}{beeld.groep}",
    )
    per_code = {rij.code: rij for rij in beeld.buurten}
    draw_kaart(
        Kaartbeeld(
            kleuring=kleuring,
            grenzen_url=f"grenzen/{grenzen.hash}.json",
            schematisch=grenzen.schematisch,
            geselecteerd=gekozen if gekozen in grenzen.codes else None,
        ),
        "kaart-structuur",
        395,
    )
    kleurstelling: Kleurstelling = "donker" if st.context.theme.type == "dark" else "licht"
    vergelijking = "per inwoner, vergeleken met de gemeente en met de buurten eromheen"
    legenda = build_legenda_html(kleuring, kleurstelling, vergelijking=vergelijking)
    st.html(f'<div class="legendablok">{legenda}{_build_betekenis()}</div>')
    if gekozen in per_code:
        st.markdown(f"**{escape_markdown(compose_rijzin(per_code[gekozen]))}**")


def _build_betekenis() -> str:
    regels = "".join(f"<p><strong>{escape(k)}</strong>: {escape(tekst)}</p>" for k, tekst in BETEKENIS.items())
    return f'<details class="wat"><summary>Wat betekent dit?</summary>{regels}<p>{escape(ALLEEN_GROEPEN)}</p></details>'


def _show_buurten(beeld: Structuurbeeld) -> None:
    st.header("Buurten in uw eigen gebied", anchor=False)
    cijferkop = ("Meldingen", "Inwoners", _PER, f"{_PER}, met de buren mee")
    koppen = ("Buurt", "Klasse", *(cijferkop if beeld.is_volledig else ()))
    rijen = [_list_cellen(rij, beeld) for rij in beeld.buurten]
    st.html(build_cijfertabel(f"Klasse per buurt, heel {beeld.jaar}", koppen, rijen, "structuur"))
    if beeld.is_volledig:
        st.caption(
            "De aantallen zijn volledig en alleen voor u: deel ze niet. 'Met de buren mee': waar weinig mensen wonen, "
            "telt het cijfer van de buurten eromheen mee, want kleine aantallen schommelen. Een streepje: dan zou een "
            "aantal buiten uw eigen gebied uit te rekenen zijn."
        )
    elif any(rij.klasse is None for rij in beeld.buurten):
        st.caption(
            "Afgeschermd: van die buurt is in minstens één kwartaal het aantal niet openbaar. De kaart is gemaakt van "
            "openbare aantallen alleen, zodat niemand een verborgen aantal kan uitrekenen."
        )


def _list_cellen(rij: Structuurrij, beeld: Structuurbeeld) -> tuple[str, ...]:
    if rij.klasse is None:
        return rij.naam, AFGESCHERMD
    letters = LETTERS.get(rij.klasse)
    klasse = f"{rij.klasse} ({letters})" if letters else str(rij.klasse)
    klasse = f"{klasse}: {rij.reden}" if rij.reden else klasse
    if not beeld.is_volledig:
        return rij.naam, klasse
    gevlakt = "–" if rij.gevlakt is None else format_komma(rij.gevlakt)
    return rij.naam, klasse, _format(rij.aantal), _format(rij.inwoners), format_komma(rij.cijfer), gevlakt


def _show_wijken(beeld: Structuurbeeld) -> None:
    st.header("Wijken", anchor=False)
    rijen = [_list_wijkcellen(wijk) for wijk in beeld.wijken]
    koppen = ("Gebied", "Meldingen", "Inwoners", _PER)
    st.html(build_cijfertabel(f"Meldingen per wijk, heel {beeld.jaar}", koppen, rijen, "structuur"))
    st.caption(
        "Wijken krijgen geen klasse: het zijn er te weinig om met elkaar te vergelijken. Afgeschermd: in minstens één "
        "kwartaal is het aantal niet openbaar. In een gebied met veel winkels, bedrijven of bezoekers zegt een cijfer "
        "per inwoner weinig over wie er woont."
    )


def _list_wijkcellen(wijk: Wijkcijfer) -> tuple[str, ...]:
    if wijk.aantal is None:
        return wijk.naam, AFGESCHERMD, _format(wijk.inwoners), AFGESCHERMD
    return wijk.naam, _format(wijk.aantal), _format(wijk.inwoners), format_komma(wijk.cijfer)


def _format(getal: int | None) -> str:
    return "onbekend" if getal is None else format_getal(getal)
