"""The tables one can take out, straight from the database, with what the viewer may see of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import shapely
from sqlalchemy import Connection

from gebieden.analyse.voortgang import compose_voortgangsrijen
from gebieden.domein.definities import build_definities
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.rechten import Kijker
from gebieden.domein.thema import Thema
from gebieden.opslag.database import is_demo
from gebieden.opslag.dekking import load_dekking
from gebieden.opslag.gebieden import load_gebiedsboom, load_grenzen
from gebieden.opslag.lezen import load_alle_punten, load_berichten, load_initiatieven, load_punten
from gebieden.opslag.logboek import load_logboek
from gebieden.opslag.signaaltabel import load_signaaltabellen_uitvoer
from gebieden.opslag.stand import get_stilte_dagen, load_agendastand
from gebieden.rapport.inhoud import Uitvoer
from gebieden.rapport.rijen import (
    compose_berichtenframe,
    compose_dekkingsframe,
    compose_gebiedenframe,
    compose_initiatievenframe,
    compose_logboekframe,
    compose_puntenframe,
    compose_standframe,
)
from gebieden.rapport.voortgangsrijen import compose_voortgangframe

BRON = "Gebiedsdashboard gemeente, ingelezen gegevens"
BRON_DEMO = "Gebiedsdashboard, verzonnen demogegevens"


@dataclass(frozen=True)
class _Vraag:
    conn: Connection
    kijker: Kijker
    peildatum: date
    boom: Gebiedsboom
    thema: Thema | None
    op_scherm: bool


@dataclass(frozen=True)
class _Tabel:
    """How to make one table: its rows, the column that identifies a row, and the definitions that explain it."""

    maak: Callable[[_Vraag], pd.DataFrame]
    sleutel: str
    definities: tuple[str, ...]


def build_uitvoer(
    conn: Connection,
    soort: str,
    kijker: Kijker,
    peildatum: date,
    *,
    boom: Gebiedsboom | None = None,
    sleutels: Sequence[str] | None = None,
    thema: Thema | None = None,
    filters: str = "",
) -> Uitvoer:
    """Return one of SOORTEN as this person may see it; raise InvoerError for any other soort, and
    RechtenError for one that is not for this person at all (the audit trail).

    `sleutels` (codes of areas; ids of everything else) keeps the rows that are on screen, in this order:
    agendapunten then come as they count on the peildatum, and without `sleutels` in every version, as they
    are read in again. `thema` narrows what voortgang counts. `filters` says in words what was chosen.
    `boom` is the tree on the peildatum, read from the database when it is not given.
    """
    if soort not in _TABELLEN:
        raise InvoerError(
            f"'{soort}' kan niet worden geëxporteerd. Verwacht: {', '.join(SOORTEN)}. Kies een van deze woorden."
        )
    tabel = _TABELLEN[soort]
    vraag = _Vraag(conn, kijker, peildatum, boom or load_gebiedsboom(conn, peildatum), thema, sleutels is not None)
    frame = tabel.maak(vraag)
    if sleutels is not None:
        frame = _choose_rijen(frame, tabel.sleutel, sleutels)
    return compose_uitvoer(conn, soort, frame, peildatum, definities=tabel.definities, filters=filters)


def compose_uitvoer(
    conn: Connection, naam: str, frame: pd.DataFrame, peildatum: date, *, definities: Sequence[str], filters: str = ""
) -> Uitvoer:
    """Return a frame of one's own (what is on screen) as an export of this database.

    `definities` are keys of `build_definities`.
    """
    demo = is_demo(conn)
    alle = build_definities(get_stilte_dagen(conn))
    tekst = " ".join(f"{alle[d].naam}: {alle[d].definitie}" for d in definities)
    return Uitvoer(naam, frame, BRON_DEMO if demo else BRON, peildatum, tekst, demo, filters)


def _choose_rijen(frame: pd.DataFrame, sleutel: str, sleutels: Sequence[str]) -> pd.DataFrame:
    plaats = {s: nummer for nummer, s in reversed(list(enumerate(sleutels)))}
    gekozen = frame[frame[sleutel].isin(plaats)]
    return gekozen.sort_values(sleutel, key=lambda reeks: reeks.map(plaats), kind="stable", ignore_index=True)


def _load_vormen(vraag: _Vraag) -> tuple[dict[str, shapely.Geometry], frozenset[str]]:
    """Return every shape by code, and the codes of those that are sketches."""
    vormen: dict[str, shapely.Geometry] = {}
    schematisch: set[str] = set()
    for niveau in vraag.boom.get_niveaus():
        grenzen = load_grenzen(vraag.conn, vraag.boom, niveau)
        vormen |= dict(zip(grenzen["code"], grenzen.geometry, strict=True))
        schematisch |= set(grenzen.loc[grenzen["schematisch"].astype(bool), "code"])
    return vormen, frozenset(schematisch)


def _sort_gebieden(boom: Gebiedsboom) -> list[Gebied]:
    return [gebied for niveau in boom.get_niveaus() for gebied in boom.filter_niveau(niveau)]


def _build_gebieden(vraag: _Vraag) -> pd.DataFrame:
    return compose_gebiedenframe(_sort_gebieden(vraag.boom), vraag.boom, *_load_vormen(vraag))


def _build_agendapunten(vraag: _Vraag) -> pd.DataFrame:
    if vraag.op_scherm:
        punten = load_punten(vraag.conn, vraag.kijker, vraag.peildatum)
        return compose_standframe(punten, vraag.peildatum, get_stilte_dagen(vraag.conn))
    return compose_puntenframe(load_alle_punten(vraag.conn, vraag.kijker))


def _build_dekking(vraag: _Vraag) -> pd.DataFrame:
    return compose_dekkingsframe(load_dekking(vraag.conn, vraag.kijker, vraag.peildatum).values())


def _build_berichten(vraag: _Vraag) -> pd.DataFrame:
    return compose_berichtenframe(load_berichten(vraag.conn, vraag.kijker, vraag.boom, vraag.peildatum))


def _build_initiatieven(vraag: _Vraag) -> pd.DataFrame:
    return compose_initiatievenframe(load_initiatieven(vraag.conn, vraag.kijker))


def _build_voortgang(vraag: _Vraag) -> pd.DataFrame:
    stand = load_agendastand(vraag.conn, vraag.peildatum)
    rijen = compose_voortgangsrijen(stand, vraag.boom, thema=vraag.thema, gebieden=_sort_gebieden(vraag.boom))
    return compose_voortgangframe(rijen, _load_vormen(vraag)[0])


def _build_signalen(vraag: _Vraag) -> pd.DataFrame:
    rijen = load_signaaltabellen_uitvoer(vraag.conn, vraag.kijker, vraag.boom, vraag.peildatum)
    return pd.DataFrame(rijen, columns=["kwartaal", "code", "naam", "niveau", "categorie", "aantal"], dtype=object)


def _build_logboek(vraag: _Vraag) -> pd.DataFrame:
    return compose_logboekframe(load_logboek(vraag.conn, vraag.kijker))


# The seam for a new table: one line here is all that `exporteer` and the download buttons need.
_TABELLEN: dict[str, _Tabel] = {
    "gebieden": _Tabel(_build_gebieden, "code", ("gebied", "schematisch")),
    "agendapunten": _Tabel(_build_agendapunten, "id", ("agendapunt", "niet_openbaar")),
    "berichten": _Tabel(_build_berichten, "id", ("bericht",)),
    "initiatieven": _Tabel(_build_initiatieven, "id", ("initiatief",)),
    "signalen": _Tabel(_build_signalen, "code", ("signalen", "afgeschermd")),
    "logboek": _Tabel(_build_logboek, "nummer", ("logboek",)),
    "voortgang": _Tabel(_build_voortgang, "code", ("voortgang", "onbekend", "te_laat", "dekking")),
    "dekking": _Tabel(_build_dekking, "id", ("dekking", "niet_openbaar")),
}
SOORTEN = tuple(_TABELLEN)
