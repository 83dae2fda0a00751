"""What the pages read of what is kept beside the points; what was written is there at once."""

from collections.abc import Collection
from datetime import date
from typing import Any

import streamlit as st

from gebieden.domein.rechten import Kijker
from gebieden.domein.veldregels import V
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierlezen import Datumwijziging, Stuk, load_datumwijzigingen, load_stukken
from gebieden.opslag.dossierwerk import Dossiersoort
from gebieden.ui.gegevens import Bron, key_on, open_engine

_SLEUTELS = key_on(Deel.GEBIEDEN, Deel.AGENDA, Deel.OOV) | {Dossiersoort: lambda soort: soort.tabel.name}


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_SLEUTELS)
def _get_stukken(bron: Bron, peildatum: date, kijker: Kijker, soort: Dossiersoort[Any]) -> list[Stuk[Any]]:
    return load_stukken_van(soort, kijker, peildatum)


def get_stukken(bron: Bron, peildatum: date, kijker: Kijker, soort: Dossiersoort[V]) -> list[Stuk[V]]:
    """Return all of this kind that this viewer may see; where own areas do not matter, one answer serves a role."""
    is_van_rol = soort.lezers is None or soort.is_overal
    return _get_stukken(bron, peildatum, Kijker(kijker.rol) if is_van_rol else kijker, soort)


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
