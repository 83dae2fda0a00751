"""What the page Overleg reads, anew after everything that is written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import streamlit as st

from gebieden.analyse.mijnwerk import collect_mijnwerk
from gebieden.analyse.ronde import order_ronde
from gebieden.domein.besluitenlijst import Gebeurd, compose_besluitenlijst
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.overleg import Besluit
from gebieden.domein.punt import Punt
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.zitting import Zitting
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierlezen import Stuk, load_stukken
from gebieden.opslag.dossiersoorten import OVERLEG
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.mijnwerk import load_werkpunten
from gebieden.opslag.overleg import (
    Overlegstuk,
    compose_wie,
    count_besluiten,
    load_agenda,
    load_besluiten,
    load_gebeurd,
    load_zittingen,
)
from gebieden.opslag.stand import get_stilte_dagen
from gebieden.rapport.besluitenlijst import Verslag
from gebieden.ui.gegevens import Bron, get_boom, key_on, open_engine

NUMMER: Final = "overleg"
_EEN_DAG: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ronde:
    """The order in which a meeting walks its points, and which of those asked for action when it began."""

    orde: tuple[str, ...]
    vragend: frozenset[str]


@dataclass(frozen=True)
class Inhoud:
    """What was stored of a meeting, as one viewer may see it; do not change it."""

    punten: Mapping[str, Punt]
    gebeurd: Gebeurd
    besluiten: tuple[Stuk[Besluit], ...]
    zittingen: tuple[Zitting, ...]


@dataclass(frozen=True)
class Vergadering:
    """A meeting as this viewer may see it.

    `leest_mee` may follow the walk, `mag_leiden` may run it, and `leidt` does so, since `begonnen_op`.
    """

    stuk: Overlegstuk
    verslag: Verslag
    ronde: Ronde
    besluiten: tuple[Stuk[Besluit], ...]
    leest_mee: bool
    mag_leiden: bool
    begonnen_op: datetime | None

    @property
    def leidt(self) -> bool:
        """Whether this viewer runs it now."""
        return self.mag_leiden and self.begonnen_op is not None

    @property
    def punten(self) -> Mapping[str, Punt]:
        """The points of the meeting as they are now, by id."""
        return self.verslag.punten


def load_overleggen(kijker: Kijker, peildatum: date, bij: Collection[str] | None = None) -> list[Overlegstuk]:
    """Return the meetings that this viewer may see, the running ones first, then the newest first."""
    with open_engine().connect() as conn:
        stukken = load_stukken(conn, OVERLEG, kijker, peildatum, bij)
    return sorted(stukken, key=lambda s: (s.velden.is_afgesloten, -s.velden.datum.toordinal(), -s.nummer))


def count_besluiten_van(kijker: Kijker, stukken: Collection[Overlegstuk], peildatum: date) -> dict[int, int]:
    """Return the number of decisions per meeting."""
    with open_engine().connect() as conn:
        return dict(count_besluiten(conn, kijker, stukken, peildatum))


def find_vergadering(bron: Bron, gebruiker: Gebruiker) -> Vergadering | None:
    """Return the meeting that the address asks for, or None where there is none."""
    gevraagd, kijker = st.query_params.get(NUMMER, ""), gebruiker.kijker
    stuk = next((s for s in load_overleggen(kijker, bron.vandaag) if str(s.nummer) == gevraagd), None)
    return None if stuk is None else _load_vergadering(bron, gebruiker, stuk)


def _load_vergadering(bron: Bron, gebruiker: Gebruiker, stuk: Overlegstuk) -> Vergadering:
    boom, peildatum, kijker = get_boom(bron, bron.vandaag), bron.vandaag, gebruiker.kijker
    inhoud = _get_inhoud(bron, peildatum, kijker, stuk)
    punten = inhoud.punten
    ronde = _get_ronde(stuk, boom, kijker, peildatum)
    orde = (*(id_ for id_ in ronde.orde if id_ in punten), *(id_ for id_ in punten if id_ not in ronde.orde))
    lijst = compose_besluitenlijst(orde, inhoud.gebeurd)
    naam = boom.gebieden[stuk.bij].naam if stuk.bij in boom.gebieden else stuk.bij
    mag_leiden = kijker.mag_in(Handeling.PUNT_BEHEREN, stuk.bij, boom)
    return Vergadering(
        stuk,
        Verslag(stuk.nummer, stuk.bij, naam, stuk.velden, lijst, punten),
        Ronde(orde, ronde.vragend),
        inhoud.besluiten,
        kijker.mag_in(Handeling.BERICHT_SCHRIJVEN, stuk.bij, boom),
        mag_leiden,
        next((z.van for z in inhoud.zittingen if z.tot is None and z.wie == compose_wie(gebruiker)), None),
    )


@st.cache_resource(
    max_entries=64, show_spinner="Het overleg wordt opgehaald …", hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA)
)
def _get_inhoud(bron: Bron, peildatum: date, kijker: Kijker, stuk: Overlegstuk) -> Inhoud:
    boom = get_boom(bron, peildatum)
    with open_engine().connect() as conn:
        punten = load_agenda(conn, kijker, boom, stuk, peildatum)
        return Inhoud(
            punten,
            load_gebeurd(conn, kijker, boom, stuk, punten.keys(), peildatum),
            tuple(load_besluiten(conn, kijker, stuk, peildatum)),
            tuple(load_zittingen(conn, stuk.nummer)),
        )


def _get_ronde(stuk: Overlegstuk, boom: Gebiedsboom, kijker: Kijker, peildatum: date) -> Ronde:
    """Return the order of the walk, as it was before the meeting: what is decided in it must not turn it around."""
    sleutel = f"ronde_{stuk.nummer}"
    if sleutel not in st.session_state:
        eerder = min(stuk.velden.datum, peildatum) - _EEN_DAG
        with open_engine().connect() as conn:
            stilte = get_stilte_dagen(conn)
            binnen = boom.list_binnen({stuk.bij})
            punten = load_punten(conn, kijker, eerder, binnen)
            werk = collect_mijnwerk(load_werkpunten(conn, kijker, eerder, binnen), eerder, stilte)
        vragend = frozenset(regel.punt.id for regel in werk)
        st.session_state[sleutel] = Ronde(tuple(order_ronde(punten, eerder, stilte)), vragend)
    ronde: Ronde = st.session_state[sleutel]
    return ronde
