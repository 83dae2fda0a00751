"""What the page Aanpakken reads; figures only for who may see them, decided in `opslag.aanpakken`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import shapely
import streamlit as st

from gebieden.domein.aanpak import Aanpak, Aanpakregistratie
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.opslag.aanpakken import (
    Aanpakbeeld,
    Voorstel,
    load_aanpakbeeld,
    load_categorieen,
    load_registraties,
    load_voorstel,
    may_see_cijfers,
)
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.oovsoorten import AANPAK
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import Bron, get_boom, key_on, load_grensframe, open_engine

_DELEN = (Deel.SIGNALEN, Deel.OOV, Deel.GEBIEDEN, Deel.INSTELLINGEN)
_NIVEAU = "buurt"


@dataclass(frozen=True)
class Aanpakgegevens:
    """All that the page shows of aanpakken, newest beginning first, to this viewer."""

    bron: Bron
    kijker: Kijker
    boom: Gebiedsboom
    stukken: list[Stuk[Aanpak]]
    registraties: dict[int, Aanpakregistratie]

    @property
    def peildatum(self) -> date:
        """The day as of which all is shown."""
        return self.bron.vandaag

    @property
    def mag(self) -> bool:
        """Whether this viewer keeps aanpakken, in its own areas."""
        return self.kijker.mag(Handeling.AANPAK) and bool(self.kijker.eigen)

    @cached_property
    def buurten(self) -> dict[str, str]:
        """The names of the buurten by code, by name."""
        return {gebied.code: gebied.naam for gebied in self.boom.filter_niveau(_NIVEAU)}

    @cached_property
    def eigen_buurten(self) -> dict[str, str]:
        """The names of the buurten in which this viewer keeps aanpakken, by code."""
        mag = self.kijker.mag_in
        return {code: naam for code, naam in self.buurten.items() if mag(Handeling.AANPAK, code, self.boom)}

    def mag_wijzigen(self, stuk: Stuk[Aanpak]) -> bool:
        """Whether this viewer keeps this aanpak: where it is kept and all of its target are their own."""
        mag = self.kijker.mag_in
        return all(mag(Handeling.AANPAK, code, self.boom) for code in (stuk.bij, *stuk.velden.gebieden))

    def noem(self, code: str) -> str:
        """Return what a buurt is called; its code when it is not there any more."""
        return self.buurten.get(code, code)


def load_aanpakgegevens(bron: Bron, kijker: Kijker) -> Aanpakgegevens:
    """Return what the page shows."""
    stukken = sorted(get_stukken(bron, bron.vandaag, kijker, AANPAK), key=lambda s: (s.velden.begin, s.nummer))
    with open_engine().connect() as conn:
        registraties = load_registraties(conn, kijker)
    return Aanpakgegevens(bron, kijker, get_boom(bron, bron.vandaag), stukken[::-1], registraties)


@st.cache_resource(max_entries=64, show_spinner="De uitkomst wordt berekend …", hash_funcs=key_on(*_DELEN))
def _get_beeld(bron: Bron, peildatum: date, kijker: Kijker, nummer: int) -> Aanpakbeeld:
    with open_engine().connect() as conn:
        return load_aanpakbeeld(conn, kijker, peildatum, nummer)


def get_beeld(gegevens: Aanpakgegevens, stuk: Stuk[Aanpak]) -> Aanpakbeeld:
    """Return the measurement; who may not see its figures shares one answer per role, and that answer has none."""
    kijker = gegevens.kijker
    if not may_see_cijfers(kijker, stuk.velden, gegevens.boom):
        kijker = Kijker(kijker.rol)
    return _get_beeld(gegevens.bron, gegevens.peildatum, kijker, stuk.nummer)


@st.cache_resource(max_entries=32, show_spinner="De vergelijking wordt gezocht …", hash_funcs=key_on(*_DELEN))
def _get_voorstel(bron: Bron, peildatum: date, kijker: Kijker, aanpak: Aanpak) -> Voorstel:
    with open_engine().connect() as conn:
        return load_voorstel(conn, kijker, peildatum, aanpak)


def get_voorstel(gegevens: Aanpakgegevens, aanpak: Aanpak) -> Voorstel:
    """Return the areas around a plan and the comparisons that the program proposes."""
    return _get_voorstel(gegevens.bron, gegevens.peildatum, gegevens.kijker, aanpak)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN))
def get_vormen(bron: Bron, peildatum: date) -> Mapping[str, shapely.Geometry]:
    """Return the boundaries of the buurten by code."""
    frame = load_grensframe(bron, peildatum, _NIVEAU)
    return dict(zip(frame["code"], frame.geometry, strict=True))


def load_categoriekeuzes() -> dict[str, str]:
    """Return the categories in which is counted, for a form."""
    with open_engine().connect() as conn:
        return {naam: naam for naam in load_categorieen(conn)}
