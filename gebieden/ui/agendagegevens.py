"""What the pages read for who runs an agenda; what is acted upon at once is never cached."""

from datetime import date

import streamlit as st

from gebieden.domein.agendapunt import Agendapunt, Staat
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag.database import Deel
from gebieden.opslag.lezen import load_versiepunten
from gebieden.opslag.puntgevolgen import find_kwam_van, load_gerealiseerd
from gebieden.opslag.puntherroeping import find_ongedaan_punt
from gebieden.opslag.puntwerk import Wijzigingrij
from gebieden.opslag.tabellen import ZONDER_VERSIE
from gebieden.opslag.versiekandidaten import Kandidaat, load_kandidaten
from gebieden.opslag.versies import Versie, load_versies
from gebieden.opslag.verzettingen import Verzetting, load_verzettingen
from gebieden.ui.gegevens import Bron, key_on, open_engine

_BEWAAR = 16


def find_ongedaan_punt_van(gebruiker: Gebruiker, id_: str) -> Wijzigingrij | None:
    """Return the own last change of a point that this person could take back, or None."""
    with open_engine().connect() as conn:
        return find_ongedaan_punt(conn, gebruiker, id_)


def find_vorige_staat(punt: Agendapunt) -> Staat | None:
    """Return the state that a waiting point came from, or None where that is not known."""
    with open_engine().connect() as conn:
        return find_kwam_van(conn, punt.id, punt.versie or ZONDER_VERSIE)


@st.cache_resource(max_entries=_BEWAAR, show_spinner=False, hash_funcs=key_on(Deel.AGENDA))
def get_gerealiseerd(bron: Bron, peildatum: date) -> dict[str, date]:
    """Return per point the day on which it was last gerealiseerd. The same for every role."""
    with open_engine().connect() as conn:
        return load_gerealiseerd(conn, peildatum)


def load_verzettingen_van(id_: str, peildatum: date) -> list[Verzetting]:
    """Return every change of the agreed date of a point, oldest first."""
    with open_engine().connect() as conn:
        return load_verzettingen(conn, peildatum, [id_]).get(id_, [])


@st.cache_resource(max_entries=_BEWAAR, show_spinner=False, hash_funcs=key_on(Deel.AGENDA))
def get_verzettingen(bron: Bron, peildatum: date) -> dict[str, list[Verzetting]]:
    """Return every change of every agreed date up to the peildatum, per point. Dates are the same for every role."""
    with open_engine().connect() as conn:
        return load_verzettingen(conn, peildatum)


@st.cache_resource(max_entries=_BEWAAR, show_spinner=False, hash_funcs=key_on(Deel.AGENDA))
def get_versies(bron: Bron) -> dict[str, list[Versie]]:
    """Return every version of every agenda per area, oldest first."""
    with open_engine().connect() as conn:
        return load_versies(conn)


@st.cache_resource(max_entries=_BEWAAR, show_spinner=False, hash_funcs=key_on(Deel.AGENDA))
def _get_versiepunten(bron: Bron, rol: Rol, versie: Versie, peildatum: date) -> list[Agendapunt]:
    with open_engine().connect() as conn:
        return load_versiepunten(conn, Kijker(rol), versie.gebied, versie.versie, peildatum)


def get_versiepunten(bron: Bron, kijker: Kijker, versie: Versie, peildatum: date) -> list[Agendapunt]:
    """Return the points of a version as they stood in it on the peildatum, as this viewer may see them."""
    return _get_versiepunten(bron, kijker.rol, versie, peildatum)


def load_kandidaten_van(gebied: str, datum: date, op: date) -> list[Kandidaat]:
    """Return the points on the agenda of an area, with whether they go into a version of this date."""
    with open_engine().connect() as conn:
        return load_kandidaten(conn, gebied, datum, op)
