"""The voortgang of one area on the screen: its sentence, a bar with text, and every count opening into its rows."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

import streamlit as st

from gebieden.analyse.voortgang import Agendastand
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
    st.markdown(f"**{escape_markdown(zin)}**")


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


Rijfilter = Callable[[Puntstand], bool]


def list_tellingen(voortgang: Voortgang, peildatum: date, stilte_dagen: int) -> list[tuple[str, str, int, Rijfilter]]:
    """Return every count that is not zero as (id, words, number, which points it counts)."""

    def in_categorie(gezocht: Categorie) -> Rijfilter:
        return lambda s: s.in_versie and determine_categorie(s, peildatum, stilte_dagen) is gezocht

    tellingen: list[tuple[str, str, int, Rijfilter]] = [
        (c, f"{CATEGORIETEKENS[c].symbool} {CATEGORIETEKENS[c].woord}", count_categorie(voortgang, c), in_categorie(c))
        for c in _BALK
    ]
    tellingen += [
        (
            "te_laat",
            f"{TE_LAAT.symbool} {TE_LAAT.woord}",
            voortgang.te_laat,
            lambda s: s.in_versie and is_te_laat(s, peildatum),
        ),
        ("geen_datum", "Geen datum afgesproken", voortgang.geen_datum, lambda s: s.in_versie and is_zonder_datum(s)),
        (
            "nieuw",
            "Nieuw sinds de versie",
            voortgang.nieuw_sinds_versie,
            lambda s: is_nieuw(s, peildatum, stilte_dagen),
        ),
        (
            "voorstellen",
            "Voorstellen",
            voortgang.voorstellen,
            lambda s: determine_categorie(s, peildatum, stilte_dagen) is Categorie.VOORSTEL,
        ),
        (
            "alles",
            "Alle punten van de versie",
            voortgang.punten,
            lambda s: s.in_versie and not _is_voorstel(s, peildatum),
        ),
    ]
    return [t for t in tellingen if t[2]]


def is_nieuw(stand: Puntstand, peildatum: date, stilte_dagen: int) -> bool:
    """Return whether a point counts as new since the version."""
    categorie = determine_categorie(stand, peildatum, stilte_dagen)
    return not stand.in_versie and categorie not in (Categorie.VOORSTEL, Categorie.VERVALLEN)


def _is_voorstel(stand: Puntstand, peildatum: date) -> bool:
    return determine_categorie(stand, peildatum) is Categorie.VOORSTEL


def pick_telling(
    tellingen: Sequence[tuple[str, str, int, Rijfilter]], sleutel: str
) -> tuple[str, int, Rijfilter] | None:
    """Draw the counts as buttons of which one opens its rows; return the opened one."""
    per_id = {id_: (woorden, aantal, regel) for id_, woorden, aantal, regel in tellingen}
    if not per_id:
        return None
    keuze = st.pills(
        "Kies een aantal om de punten te zien",
        list(per_id),
        format_func=lambda id_: f"{per_id[id_][0]}: {format_getal(per_id[id_][1])}" if id_ in per_id else id_,
        key=sleutel,
    )
    return per_id.get(keuze) if keuze else None
