"""The voortgang of one area on the screen: its sentence, a bar with text, and every count opening into its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from gebieden.analyse.voortgang import Agendastand
from gebieden.domein.dekking import Uitkomst
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.voortgang import Categorie, Puntstand, Voortgang, determine_categorie, is_te_laat, is_zonder_datum
from gebieden.domein.zin import compose_zin
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.tekens import CATEGORIETEKENS, TE_LAAT

_BALK = (
    Categorie.AFGEROND,
    Categorie.LOOPT,
    Categorie.NIET_BEGONNEN,
    Categorie.WACHT,
    Categorie.ONBEKEND,
    Categorie.OVERGEDRAGEN,
    Categorie.VERVALLEN,
)


def count_categorie(voortgang: Voortgang, categorie: Categorie) -> int:
    """Return how many points of the version are in a category."""
    return voortgang.wachtend if categorie is Categorie.WACHT else int(getattr(voortgang, categorie))


def show_zin(voortgang: Voortgang, stand: Agendastand) -> None:
    """Draw the voortgangszin."""
    zin = compose_zin(voortgang, stand.peildatum, stand.stilte_dagen, stand.geschiedenis_vanaf)
    with st.container(key="zin"):
        st.markdown(escape_markdown(zin))


def show_balk(voortgang: Voortgang) -> None:
    """Draw the categories as one bar, the numbers and words inside it."""
    if voortgang.punten:
        st.html(build_balk_html(voortgang))


def build_balk_html(voortgang: Voortgang) -> str:
    """Return the bar as HTML; the text alternative says the same in words."""
    delen = [(c, count_categorie(voortgang, c)) for c in _BALK]
    alt = ", ".join(f"{n} {CATEGORIETEKENS[c].woord.lower()}" for c, n in delen if n)
    stukken = "".join(_build_balkdeel(c, n) for c, n in delen if n)
    punten = format_aantal(voortgang.punten, "punt", "punten")
    return f'<div class="balk" role="img" aria-label="{punten}: {escape(alt)}">{stukken}</div>'


def _build_balkdeel(categorie: Categorie, aantal: int) -> str:
    teken = CATEGORIETEKENS[categorie]
    woord = escape(teken.woord)
    return (
        f'<span class="c-{categorie}" style="flex:{aantal};background-color:{teken.kleur}" title="{woord}: {aantal}">'
        f'<span>{teken.symbool} {aantal}</span><span class="woord">{woord}</span></span>'
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """A count that opens into its rows: its words, its number, and which points it counts."""

    sleutel: str
    woord: str
    icoon: str
    aantal: int
    hoort_erbij: Callable[[Puntstand], bool]


def list_tellingen(voortgang: Voortgang, peildatum: date, stilte_dagen: int) -> list[Telling]:
    """Return every count that is not zero."""

    def determine(punt: Puntstand) -> Categorie:
        return determine_categorie(punt, peildatum, stilte_dagen)

    def count(categorie: Categorie) -> Telling:
        teken = CATEGORIETEKENS[categorie]
        aantal = count_categorie(voortgang, categorie)
        return Telling(categorie, teken.woord, teken.icoon, aantal, lambda s: s.in_versie and determine(s) is categorie)

    def is_punt(punt: Puntstand) -> bool:
        return punt.in_versie and determine(punt) is not Categorie.VOORSTEL

    tellingen = [
        *(count(categorie) for categorie in _BALK),
        Telling(
            "te_laat",
            TE_LAAT.woord,
            TE_LAAT.icoon,
            voortgang.te_laat,
            lambda s: s.in_versie and is_te_laat(s, peildatum),
        ),
        Telling(
            "geen_datum",
            "Geen datum afgesproken",
            "event_busy",
            voortgang.geen_datum,
            lambda s: s.in_versie and is_zonder_datum(s),
        ),
        Telling(
            "gedekt",
            "Gedekt",
            "euro",
            voortgang.dekking[Uitkomst.GEDEKT],
            lambda s: is_punt(s) and s.dekking is Uitkomst.GEDEKT,
        ),
        Telling(
            "nieuw",
            "Nieuw sinds de versie",
            "fiber_new",
            voortgang.nieuw_sinds_versie,
            lambda s: is_nieuw(s, peildatum, stilte_dagen),
        ),
        Telling(
            "voorstellen",
            "Voorstellen",
            CATEGORIETEKENS[Categorie.VOORSTEL].icoon,
            voortgang.voorstellen,
            lambda s: determine(s) is Categorie.VOORSTEL,
        ),
        Telling("alles", "Alle punten van de versie", "list", voortgang.punten, is_punt),
    ]
    return [t for t in tellingen if t.aantal]


def is_nieuw(stand: Puntstand, peildatum: date, stilte_dagen: int) -> bool:
    """Return whether a point counts as new since the version."""
    categorie = determine_categorie(stand, peildatum, stilte_dagen)
    return not stand.in_versie and categorie not in (Categorie.VOORSTEL, Categorie.VERVALLEN)


def pick_telling(tellingen: Sequence[Telling], sleutel: str) -> Telling | None:
    """Draw the counts as buttons of which one opens its rows; return the opened one."""
    per_sleutel = {t.sleutel: t for t in tellingen}
    if not per_sleutel:
        return None

    def describe(gekozen: str) -> str:
        telling = per_sleutel.get(gekozen)
        return f":material/{telling.icoon}: {telling.woord}: {format_getal(telling.aantal)}" if telling else gekozen

    keuze = st.pills("Kies een aantal om de punten te zien", list(per_sleutel), format_func=describe, key=sleutel)
    return per_sleutel.get(keuze) if keuze else None
