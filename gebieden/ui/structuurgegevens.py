"""What the page Structuur reads. The method takes seconds to import, so only who asks for a map waits for it."""

from datetime import date

import streamlit as st

from gebieden.domein.rechten import Kijker
from gebieden.domein.structuur import Structuurbeeld, list_hele_jaren
from gebieden.opslag.database import Deel
from gebieden.opslag.signaalpublicatie import load_groepen
from gebieden.ui.gegevens import Bron, get_boom, get_kwartalen, key_on, open_engine


def get_jaren(bron: Bron, peildatum: date) -> list[int]:
    """Return the years of which there is a map, newest first."""
    return list_hele_jaren(get_kwartalen(bron, peildatum))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=key_on(Deel.SIGNALEN))
def get_groepen(bron: Bron) -> list[str]:
    """Return the groups of categories to choose from."""
    with open_engine().connect() as conn:
        return load_groepen(conn)[0]


@st.cache_resource(
    max_entries=128,
    show_spinner="De meldingen van een heel jaar worden met die van de buurten eromheen vergeleken …",
    hash_funcs=key_on(Deel.SIGNALEN, Deel.GEBIEDEN, Deel.INSTELLINGEN),
)
def get_structuurbeeld(bron: Bron, peildatum: date, kijker: Kijker, jaar: int, groep: str | None) -> Structuurbeeld:
    """Return the map of a year as this viewer may see it."""
    from gebieden.opslag.structuur import load_structuurbeeld

    with open_engine().connect() as conn:
        return load_structuurbeeld(conn, kijker, get_boom(bron, peildatum), peildatum, jaar, groep)
