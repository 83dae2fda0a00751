"""What the pages read of warnings. What is cached without a viewer is of all areas: only `opslag` hands out of it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from gebieden.analyse.vroegsignaal import Weekoordelen
from gebieden.domein.beoordeling import Duiding
from gebieden.domein.rechten import Kijker
from gebieden.domein.vroegzicht import Zichtbaar
from gebieden.domein.waarschuwing import Waarschuwing, join_weken
from gebieden.opslag.clusterbeelden import Clusterstand, load_clusterstand
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.vroegbeeld import (
    Reekspunt,
    Volledigheidsstand,
    Weekstand,
    judge_reeksen,
    list_reeks,
    list_zichtbaar,
    load_duidingen,
    load_eerdere,
    load_weekstand,
)
from gebieden.ui.gegevens import Bron, key_on, open_engine

_DELEN = key_on(Deel.GEBIEDEN, Deel.SIGNALEN, Deel.OOV, Deel.INSTELLINGEN)


@st.cache_resource(max_entries=4, show_spinner="De meldingen worden vergeleken …", hash_funcs=_DELEN)
def get_weekstand(bron: Bron, peildatum: date) -> Weekstand | Volledigheidsstand | None:
    """Return the verdicts on the last week that can be judged, for the functions of `opslag.vroegbeeld`."""
    with open_engine().connect() as conn:
        return load_weekstand(conn, peildatum)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_DELEN)
def _get_eerdere(bron: Bron, peildatum: date, kijker: Kijker) -> dict[date, list[Zichtbaar]]:
    stand = get_weekstand(bron, peildatum)
    if not isinstance(stand, Weekstand):
        return {}
    with open_engine().connect() as conn:
        return load_eerdere(conn, stand, kijker)


def get_waarschuwingen(bron: Bron, peildatum: date, kijker: Kijker) -> tuple[list[Waarschuwing], int]:
    """Return the warnings of the kept weeks and of the last one, newest first, and how many weeks are kept."""
    per_week = dict(_get_eerdere(bron, peildatum, kijker))
    bewaard = len(per_week)
    stand = get_weekstand(bron, peildatum)
    if isinstance(stand, Weekstand):
        per_week[stand.maandag] = list_zichtbaar(stand, kijker)
    return join_weken(per_week), bewaard


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_DELEN)
def get_duidingen(bron: Bron, peildatum: date, kijker: Kijker) -> list[Stuk[Duiding]]:
    """Return what was said of warnings in this person's own areas, oldest first, as far as they know the warning."""
    stand = get_weekstand(bron, peildatum)
    if not isinstance(stand, Weekstand):
        return []
    with open_engine().connect() as conn:
        return load_duidingen(conn, stand, kijker, peildatum)


def pair_duidingen(stukken: Sequence[Stuk[Duiding]]) -> list[tuple[str, Duiding]]:
    """Return the area and what was said, as `domein.waarschuwing` takes them."""
    return [(stuk.bij, stuk.velden) for stuk in stukken]


@st.cache_resource(max_entries=8, show_spinner="De reeksen worden uitgerekend …", hash_funcs=_DELEN)
def _get_reeksoordelen(bron: Bron, peildatum: date, niveau: str) -> Weekoordelen | None:
    stand = get_weekstand(bron, peildatum)
    return judge_reeksen(stand, niveau) if isinstance(stand, Weekstand) else None


def get_reeks(bron: Bron, peildatum: date, kijker: Kijker, gebied: str, categorie: str) -> list[Reekspunt]:
    """Return the last weeks of one series. Raise RechtenError for others than oov in its own areas."""
    stand = get_weekstand(bron, peildatum)
    if not isinstance(stand, Weekstand):
        return []
    niveau = stand.invoer.boom.gebieden[gebied].niveau
    oordelen = _get_reeksoordelen(bron, peildatum, niveau)
    return list_reeks(stand, kijker, oordelen, gebied, categorie) if oordelen else []


@st.cache_resource(max_entries=4, show_spinner="Clusters worden gezocht …", hash_funcs=_DELEN)
def get_clusterstand(bron: Bron, peildatum: date) -> Clusterstand | None:
    """Return the clusters of the last week, for `opslag.clusterbeelden.list_clusters`."""
    stand = get_weekstand(bron, peildatum)
    if not isinstance(stand, Weekstand):
        return None
    with open_engine().connect() as conn:
        return load_clusterstand(conn, stand)
