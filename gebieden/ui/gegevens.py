"""What the pages read: one engine per process, and caches whose keys change when what they read changes.

Everything cached here is keyed by the numbers of the parts of the data that it reads, so that a bericht does not throw
away boundaries. What depends on who is looking has the Kijker in its key; what has no Kijker in its key holds figures
only, which are the same for every role.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st
from sqlalchemy import Connection, Engine

from gebieden.analyse.voortgang import Agendastand, determine_voortgang_per_gebied
from gebieden.demo.bouwen import build_demo
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.initiatief import Initiatief
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.logboek import Logregel
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Voortgang
from gebieden.instellingen import Modus, read_instellingen
from gebieden.kaart.geometrie import build_grenzenbestand
from gebieden.opslag.berichten import find_ongedaan
from gebieden.opslag.database import Deel, Versies, check_modus, get_toestand, is_leeg, open_database
from gebieden.opslag.gebieden import load_gebiedsboom, load_grenzen
from gebieden.opslag.grenzenbestanden import load_grenzeninhoud, save_grenzenbestand
from gebieden.opslag.lezen import Punt, load_berichten, load_initiatieven, load_punten
from gebieden.opslag.logboek import load_geschiedenis
from gebieden.opslag.signaaltabel import Signaaltabel, format_cel, load_signaaltabel
from gebieden.opslag.signaaltelling import load_kwartalen
from gebieden.opslag.stand import load_agendastand
from gebieden.rapport.inhoud import Uitvoer
from gebieden.rapport.tabellen import build_uitvoer, compose_uitvoer

_BEWAAR = 16


@dataclass(frozen=True, slots=True)
class Bron:
    """The state of the database at one moment: the key of every cache.

    `versies` go up with every write; `vandaag` is the default peildatum; `demo` says whether the data are invented.
    """

    versies: Versies
    vandaag: date
    demo: bool

    def select_versies(self, *delen: Deel) -> tuple[int, ...]:
        """Return the numbers of these parts: as long as they stay the same, so does what is read from those parts."""
        return tuple(getattr(self.versies, deel) for deel in delen)


def key_on(*delen: Deel) -> dict[str | type[Any], Callable[[Any], Any]]:
    """Return the `hash_funcs` of a cache over what is read from these parts only."""
    return {Bron: lambda bron: bron.select_versies(*delen)}


@st.cache_resource(show_spinner="De gegevens worden klaargezet …", on_release=Engine.dispose)
def get_engine(database: str, modus: Modus) -> Engine:
    """Return the engine of the process; in demo an empty database is filled with the demo data first."""
    engine = open_database(database)
    with ExitStack() as bij_fout:
        bij_fout.callback(engine.dispose)
        with engine.connect() as conn:
            check_modus(conn, modus)
            leeg = is_leeg(conn)
        if modus is Modus.DEMO and leeg:
            build_demo(engine)
        bij_fout.pop_all()
    return engine


def open_engine() -> Engine:
    """Return the engine that the settings of this process ask for."""
    instellingen = read_instellingen()
    return get_engine(instellingen.database, instellingen.modus)


def read_bron() -> Bron:
    """Return the present state of the database; the default peildatum is the demo's own, or else today."""
    with open_engine().connect() as conn:
        toestand = get_toestand(conn)
    return Bron(toestand.versies, toestand.vandaag, toestand.is_demo)


def _connect() -> Connection:
    return open_engine().connect()


def ask_database() -> None:
    """Ask the database something small; raise what goes wrong."""
    with _connect() as conn:
        get_toestand(conn)


@st.cache_resource(max_entries=_BEWAAR, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN))
def get_boom(bron: Bron, peildatum: date) -> Gebiedsboom:
    """Return the areas that are valid on the peildatum."""
    with _connect() as conn:
        return load_gebiedsboom(conn, peildatum)


@st.cache_resource(
    max_entries=_BEWAAR, show_spinner="De agenda's worden geteld …", hash_funcs=key_on(Deel.AGENDA, Deel.INSTELLINGEN)
)
def get_stand(bron: Bron, peildatum: date) -> Agendastand:
    """Return how all agendas stood on the peildatum."""
    with _connect() as conn:
        return load_agendastand(conn, peildatum)


@st.cache_resource(
    max_entries=4 * _BEWAAR, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA, Deel.INSTELLINGEN)
)
def get_voortgang(bron: Bron, peildatum: date, thema: Thema | None) -> dict[str, Voortgang]:
    """Return the voortgang of every area. The same for every role; do not change what it returns."""
    return determine_voortgang_per_gebied(get_stand(bron, peildatum), get_boom(bron, peildatum), thema)


@st.cache_resource(max_entries=_BEWAAR, show_spinner="De punten worden opgehaald …", hash_funcs=key_on(Deel.AGENDA))
def _get_punten(bron: Bron, peildatum: date, rol: Rol) -> list[Punt]:
    with _connect() as conn:
        return load_punten(conn, Kijker(rol), peildatum)


def get_punten(bron: Bron, peildatum: date, kijker: Kijker) -> list[Punt]:
    """Return the points as this viewer may see them: own areas make no difference, so one answer serves a role."""
    return _get_punten(bron, peildatum, kijker.rol)


@st.cache_resource(
    max_entries=_BEWAAR, show_spinner="De initiatieven worden opgehaald …", hash_funcs=key_on(Deel.AGENDA)
)
def _get_initiatieven(bron: Bron, rol: Rol) -> list[Initiatief]:
    with _connect() as conn:
        return load_initiatieven(conn, Kijker(rol))


def get_initiatieven(bron: Bron, kijker: Kijker) -> list[Initiatief]:
    """Return the initiatives as this viewer may see them; one answer serves a role, as with points."""
    return _get_initiatieven(bron, kijker.rol)


@st.cache_resource(
    max_entries=4 * _BEWAAR,
    show_spinner="De berichten worden opgehaald …",
    hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA),
)
def get_berichten(bron: Bron, peildatum: date, kijker: Kijker) -> list[Bericht]:
    """Return the berichten that this viewer may read, newest first."""
    with _connect() as conn:
        return load_berichten(conn, kijker, get_boom(bron, peildatum), peildatum)


def load_geschiedenis_van(bron: Bron, peildatum: date, kijker: Kijker, soort: Berichtsoort, id_: str) -> list[Logregel]:
    """Return what happened to one object as this viewer may know it, newest first."""
    with _connect() as conn:
        return load_geschiedenis(conn, kijker, get_boom(bron, peildatum), soort, id_)


def find_ongedaan_van(gebruiker: Gebruiker, soort: Berichtsoort, id_: str) -> Logregel | None:
    """Return the own last change that this person could undo, or None."""
    with _connect() as conn:
        return find_ongedaan(conn, gebruiker, soort, id_)


@dataclass(frozen=True, slots=True)
class Grenzen:
    """The boundaries of one level as the map fetches them: the hash in the address, and the order of the areas."""

    hash: str
    codes: tuple[str, ...]
    schematisch: bool


@st.cache_resource(
    max_entries=2 * _BEWAAR, show_spinner="De grenzen worden klaargezet …", hash_funcs=key_on(Deel.GEBIEDEN)
)
def get_grenzen(bron: Bron, peildatum: date, niveau: str) -> Grenzen:
    """Return the boundaries of a level; what the browser will fetch is stored by its hash."""
    frame = load_grensframe(bron, peildatum, niveau)
    if frame.empty:
        return Grenzen("", (), False)
    bestand = build_grenzenbestand(frame)
    save_grenzenbestand(open_engine(), bestand.hash, bestand.inhoud_gzip)
    return Grenzen(bestand.hash, bestand.codes, bool(frame["schematisch"].any()))


def load_grensframe(bron: Bron, peildatum: date, niveau: str) -> gpd.GeoDataFrame:
    """Return the boundaries of a level themselves, in EPSG:28992."""
    with _connect() as conn:
        return load_grenzen(conn, get_boom(bron, peildatum), niveau)


def load_grenzenbestand(hash_: str) -> bytes | None:
    """Return a boundary file for the route that serves it, or None. Boundaries are public."""
    with _connect() as conn:
        return load_grenzeninhoud(conn, hash_)


def compose_uitvoer_van(soort: str, kijker: Kijker, peildatum: date, **keuzes: Any) -> Uitvoer:
    """Return an export with what this viewer may see; `keuzes` as in `gebieden.rapport.tabellen.build_uitvoer`."""
    with _connect() as conn:
        return build_uitvoer(conn, soort, kijker, peildatum, **keuzes)


@st.cache_resource(max_entries=_BEWAAR, show_spinner=False, hash_funcs=key_on(Deel.SIGNALEN))
def get_kwartalen(bron: Bron, peildatum: date) -> list[Kwartaal]:
    """Return the quarters whose counts may be published, newest first."""
    with _connect() as conn:
        return load_kwartalen(conn, peildatum)


@st.cache_resource(
    max_entries=8 * _BEWAAR,
    show_spinner="De meldingen worden geteld …",
    hash_funcs=key_on(Deel.GEBIEDEN, Deel.SIGNALEN, Deel.INSTELLINGEN),
)
def get_signaaltabel(
    bron: Bron, peildatum: date, kijker: Kijker, kwartaal: Kwartaal, gebied: str | None
) -> Signaaltabel:
    """Return the counts of signals of one quarter as this viewer may see them."""
    with _connect() as conn:
        return load_signaaltabel(conn, kijker, get_boom(bron, peildatum), peildatum, kwartaal, gebied)


def compose_signalenuitvoer(
    bron: Bron, peildatum: date, kijker: Kijker, kwartaal: Kwartaal, gebied: str | None
) -> Uitvoer:
    """Return the table of signals that is on screen as an export."""
    tabel = get_signaaltabel(bron, peildatum, kijker, kwartaal, gebied)
    rijen: list[dict[str, object]] = [
        {"kwartaal": kwartaal.code, "code": r.code, "naam": r.naam, "niveau": r.niveau}
        | {kolom: format_cel(cel) for kolom, cel in zip(tabel.kolommen, r.cellen, strict=True)}
        for r in tabel.rijen
    ]
    with _connect() as conn:
        frame = pd.DataFrame(rijen, dtype=object)
        return compose_uitvoer(conn, "signalen", frame, peildatum, definities=("signalen", "afgeschermd"))
