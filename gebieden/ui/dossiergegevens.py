"""What the pages read of what is kept beside the points; what was written is there at once."""

from collections.abc import Collection
from datetime import date
from typing import Any

import streamlit as st

from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.veldregels import V
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierlezen import Datumwijziging, Stuk, load_datumwijzigingen, load_stukken
from gebieden.opslag.dossierwerk import Dossiersoort
from gebieden.ui.gegevens import Bron, key_on, open_engine

_SLEUTELS = key_on(Deel.AGENDA) | {Dossiersoort: lambda soort: soort.tabel.name}


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_SLEUTELS)
def _get_stukken(bron: Bron, peildatum: date, rol: Rol, soort: Dossiersoort[Any]) -> list[Stuk[Any]]:
    return load_stukken_van(soort, Kijker(rol), peildatum)


def get_stukken(bron: Bron, peildatum: date, kijker: Kijker, soort: Dossiersoort[V]) -> list[Stuk[V]]:
    """Return all of this kind in the whole gemeente: own areas make no difference, so one answer serves a role."""
    return _get_stukken(bron, peildatum, kijker.rol, soort)


def load_stukken_van(
    soort: Dossiersoort[V], kijker: Kijker, peildatum: date, bij: Collection[str] | None = None
) -> list[Stuk[V]]:
    """Return what of this kind this viewer may see, as `load_stukken` does."""
    with open_engine().connect() as conn:
        return load_stukken(conn, soort, kijker, peildatum, bij)


def load_datumwijzigingen_van(
    soort: Dossiersoort[V], veld: str, nummers: Collection[int]
) -> dict[int, list[Datumwijziging]]:
    """Return per number every time that a date of it was changed and that still holds, oldest first."""
    with open_engine().connect() as conn:
        return load_datumwijzigingen(conn, soort, veld, nummers)
