"""What the page Mijn werk reads: the points of the viewer's own areas only, so that it is quick in a large gemeente."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from gebieden.analyse.mijnwerk import Werkpunt, Werkregel, collect_mijnwerk
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.rechten import Kijker
from gebieden.opslag.database import Deel
from gebieden.opslag.lezen import load_berichten
from gebieden.opslag.mijnwerk import load_werkpunten
from gebieden.opslag.stand import get_stilte_dagen
from gebieden.ui.gegevens import Bron, get_boom, key_on, open_engine


@dataclass(frozen=True, slots=True)
class Mijnwerk:
    """What asks for action in the viewer's own areas, longest silent first; `punten` are all that count there."""

    regels: tuple[Werkregel, ...]
    punten: tuple[Werkpunt, ...]
    stilte_dagen: int


@st.cache_resource(
    max_entries=64,
    show_spinner="De punten worden opgehaald …",
    hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA, Deel.INSTELLINGEN),
)
def get_mijnwerk(bron: Bron, peildatum: date, kijker: Kijker) -> Mijnwerk:
    """Return what asks this viewer for action."""
    eigen = kijker.list_eigen(get_boom(bron, peildatum))
    with open_engine().connect() as conn:
        stilte_dagen = get_stilte_dagen(conn)
        punten = load_werkpunten(conn, kijker, peildatum, eigen)
    return Mijnwerk(tuple(collect_mijnwerk(punten, peildatum, stilte_dagen)), tuple(punten), stilte_dagen)


def load_berichten_van(bron: Bron, peildatum: date, kijker: Kijker, id_: str) -> list[Bericht]:
    """Return the berichten about one agendapunt that this viewer may read, newest first."""
    boom = get_boom(bron, peildatum)
    with open_engine().connect() as conn:
        return load_berichten(conn, kijker, boom, peildatum, soort=Berichtsoort.AGENDAPUNT, ids=[id_])
