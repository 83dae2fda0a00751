"""Live: what others write shows by itself, within seconds, on every page that shows what they wrote."""

from collections.abc import Callable, Container, Hashable, Iterable
from datetime import date
from time import monotonic
from typing import Any, Final

import streamlit as st
from sqlalchemy.exc import DBAPIError

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.rechten import Kijker, Pagina
from gebieden.domein.thema import Thema
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossiersoorten import AFSTEMMING, BESLUIT, KANT, OORDEEL, OVERLEG, STAP, WENS
from gebieden.opslag.dossierwerk import Dossiersoort
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import (
    Bron,
    get_berichten,
    get_boom,
    get_initiatieven,
    get_punten,
    get_stand,
    get_voortgang,
    key_on,
    read_bron,
)
from gebieden.ui.kaartkeuze import peek_kaartkeuze
from gebieden.ui.mijnwerkgegevens import get_mijnwerk
from gebieden.ui.partnergegevens import load_partnergegevens

ELKE_S: Final = 5
# Change so seldom that every page is drawn anew for them.
_ZELDEN: Final = (Deel.GEBIEDEN, Deel.INSTELLINGEN, Deel.GEBRUIKERS)
# All day long; what of it a page shows, it sees itself.
_VAAK: Final = (Deel.AGENDA, Deel.SIGNALEN, Deel.OOV)
Lezer = Callable[[Bron, Kijker], Hashable]


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA, Deel.INSTELLINGEN))
def _hash_cijfers(bron: Bron, peildatum: date, thema: Thema | None) -> int:
    return hash(repr(get_voortgang(bron, peildatum, thema)))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA))
def _hash_agenda(bron: Bron, peildatum: date, kijker: Kijker) -> int:
    berichten = get_berichten(bron, peildatum, kijker)
    agenda = (b for b in berichten if b.soort is Berichtsoort.AGENDAPUNT)
    return hash((*get_punten(bron, peildatum, kijker), *agenda))


def _see_overzicht(bron: Bron, kijker: Kijker) -> Hashable:
    # The figures, not the points behind them: those are only on the screen when a figure has been opened.
    keuze = peek_kaartkeuze(bron)
    cijfers = _hash_cijfers(bron, keuze.peildatum, keuze.thema)
    return (cijfers, _see_agenda(bron, kijker)) if st.session_state.get("telling") else cijfers


def _see_mijnwerk(bron: Bron, kijker: Kijker) -> Hashable:
    werk = get_mijnwerk(bron, bron.vandaag, kijker)
    return werk.regels, len(werk.punten)


def _see_agenda(bron: Bron, kijker: Kijker) -> Hashable:
    return _hash_agenda(bron, bron.vandaag, kijker)


def _see_initiatieven(bron: Bron, kijker: Kijker) -> Hashable:
    berichten = get_berichten(bron, bron.vandaag, kijker)
    return *get_initiatieven(bron, kijker), *(b for b in berichten if b.soort is Berichtsoort.INITIATIEF)


def _see_gebied(bron: Bron, kijker: Kijker) -> Hashable:
    boom, code = get_boom(bron, bron.vandaag), st.query_params.get("code")
    binnen = set(boom.gebieden) if code is None else {c for c in boom.gebieden if boom.bevat(code, c)}
    punten = [p for p in get_punten(bron, bron.vandaag, kijker) if p.punt.gebied in binnen]
    initiatieven = [i for i in get_initiatieven(bron, kijker) if i.gebied in binnen]
    ids = {p.punt.id for p in punten} | {i.id for i in initiatieven}
    dossier = _see_stukken(bron, kijker, (KANT, WENS, OORDEEL), binnen | ids)
    # The map shows the areas around it too.
    staten = tuple((s.id, s.staat) for s in get_stand(bron, bron.vandaag).standen)
    return (
        *punten,
        *initiatieven,
        *(b for b in get_berichten(bron, bron.vandaag, kijker) if b.id in ids),
        staten,
        dossier,
        bron.select_versies(Deel.SIGNALEN),
    )


def _see_punt(bron: Bron, kijker: Kijker) -> Hashable:
    id_ = st.query_params.get("id")
    punten = [p for p in get_punten(bron, bron.vandaag, kijker) if p.punt.id == id_]
    initiatieven = [i for i in get_initiatieven(bron, kijker) if i.id == id_]
    dossier = _see_stukken(bron, kijker, (STAP, AFSTEMMING, OORDEEL), {id_})
    afkomst = (s for s in get_stukken(bron, bron.vandaag, kijker, WENS) if id_ in s.velden.punten)
    return (
        *punten,
        *initiatieven,
        *(b for b in get_berichten(bron, bron.vandaag, kijker) if b.id == id_),
        dossier,
        *afkomst,
    )


def _see_stukken(
    bron: Bron, kijker: Kijker, soorten: Iterable[Dossiersoort[Any]], bij: Container[str | None]
) -> tuple[Stuk[Any], ...]:
    return tuple(s for soort in soorten for s in get_stukken(bron, bron.vandaag, kijker, soort) if s.bij in bij)


def _see_versies(bron: Bron, kijker: Kijker) -> Hashable:
    # A version that is established leaves every point as it was; it shows in which version is counted.
    return _see_agenda(bron, kijker), tuple(sorted(get_stand(bron, bron.vandaag).agendas.items()))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA))
def _hash_partners(bron: Bron, peildatum: date, kijker: Kijker) -> int:
    gegevens = load_partnergegevens(bron, peildatum, kijker)
    stukken = (*gegevens.partners, *gegevens.inzet, *gegevens.convenanten, *gegevens.afspraken)
    return hash((*gegevens.punten, *gegevens.dekkingen.values(), *stukken))


def _see_partners(bron: Bron, kijker: Kijker) -> Hashable:
    return _hash_partners(bron, bron.vandaag, kijker)


def _see_overleg(bron: Bron, kijker: Kijker) -> Hashable:
    beheerd = (get_stukken(bron, bron.vandaag, kijker, soort) for soort in (OVERLEG, BESLUIT, STAP))
    return _see_agenda(bron, kijker), repr([*beheerd])


def _see_signalen(bron: Bron, kijker: Kijker) -> Hashable:
    return bron.select_versies(Deel.SIGNALEN)


def _see_oov(bron: Bron, kijker: Kijker) -> Hashable:
    return bron.select_versies(Deel.SIGNALEN, Deel.OOV)


# What each page shows of what changes all day long, mostly somewhere else.
_ZICHT: Final[dict[str, Lezer]] = {
    Pagina.OVERZICHT: _see_overzicht,
    Pagina.MIJNWERK: _see_mijnwerk,
    Pagina.GEBIED: _see_gebied,
    Pagina.AGENDA: _see_agenda,
    Pagina.INITIATIEVEN: _see_initiatieven,
    Pagina.PUNT: _see_punt,
    Pagina.VERSIES: _see_versies,
    Pagina.PARTNERS: _see_partners,
    Pagina.OVERLEG: _see_overleg,
    Pagina.SIGNALEN: _see_signalen,
    Pagina.STRUCTUUR: _see_signalen,
    Pagina.OCHTENDBEELD: _see_oov,
    Pagina.BEOORDELEN: _see_oov,
    Pagina.VROEGSIGNALEN: _see_oov,
    Pagina.AANPAKKEN: _see_oov,
}


def follow_wijzigingen(pagina: str, bron: Bron, kijker: Kijker) -> None:
    """Draw the page anew as soon as something changes that it shows; nothing for a page that shows no data.

    `bron` is what the page is drawn from now. What somebody is typing stays: their fields are the same fields after.
    """
    if see := _ZICHT.get(pagina or Pagina.OVERZICHT):
        # A number instead of what is seen: nobody's page may keep old data in memory.
        _follow(see, bron, kijker, hash(see(bron, kijker)))


@st.fragment(run_every=ELKE_S)
def _follow(see: Lezer, gezien: Bron, kijker: Kijker, merk: int) -> None:
    try:
        is_anders = _is_anders(see, gezien, kijker, merk)
    except (GebiedenError, DBAPIError):
        # What is on the screen stays there; the next time it may go well.
        return
    if is_anders:
        st.rerun()


def _is_anders(see: Lezer, gezien: Bron, kijker: Kijker, merk: int) -> bool:
    nu = read_bron()
    if nu.vandaag != gezien.vandaag or nu.select_versies(*_ZELDEN) != gezien.select_versies(*_ZELDEN):
        return True
    is_geschreven = nu.select_versies(*_VAAK) != gezien.select_versies(*_VAAK)
    return is_geschreven and hash(see(nu, kijker)) != merk


def await_herstel() -> None:
    """Draw the page anew as soon as the database answers again."""
    _await(monotonic())


@st.fragment(run_every=ELKE_S)
def _await(sinds: float) -> None:
    # Not in the run that failed: where reading is not what fails, that would never end.
    if monotonic() - sinds < 1:
        return
    try:
        read_bron()
    except (GebiedenError, DBAPIError):
        return
    st.rerun()
