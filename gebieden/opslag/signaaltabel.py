"""Counts of signals as a person may see them: rights of `domein.md` section 4, on the one publication per quarter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from gebieden.domein.definities import build_definities
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.taal import join_opsomming
from gebieden.opslag import tabellen
from gebieden.opslag.signaalpublicatie import (
    TOTAAL,
    ZONDER_BUURT,
    Publicatie,
    Publicatierij,
    get_drempel,
    load_publicaties,
)
from gebieden.opslag.signaaltelling import load_kwartalen

AFGESCHERMD = "afgeschermd"

_MET_BUURTEN = frozenset({Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR, Rol.OOV})


@dataclass(frozen=True, slots=True)
class Signaalrij:
    """One area: a count per column, None where it is hidden. `is_volledig` says that nothing was hidden here."""

    code: str
    naam: str
    niveau: str
    cellen: tuple[int | None, ...]
    is_volledig: bool = False


@dataclass(frozen=True, slots=True)
class Signaaltabel:
    """Counts of one quarter. `kolommen` are the category groups and, last, the total.

    Without rows `melding` says why. `bron` and `definitie` are sentences.
    """

    kwartaal: Kwartaal
    kolommen: tuple[str, ...]
    rijen: tuple[Signaalrij, ...]
    drempel: int
    bron: str
    definitie: str
    melding: str = ""


def format_cel(aantal: int | None) -> str | int:
    """Return what a table shows: the count, or the one word for everything that is hidden."""
    return AFGESCHERMD if aantal is None else aantal


def load_signaaltabel(
    conn: Connection,
    kijker: Kijker,
    boom: Gebiedsboom,
    peildatum: date,
    kwartaal: Kwartaal,
    gebied: str | None = None,
) -> Signaaltabel:
    """Return the counts of a quarter that this person may see, of everything or of one area.

    An area that is no part of the CBS tree shows the rows of its wijken and buurten, never a sum of its own.
    What oov sees unsuppressed is for that person only: a cache of this table must have the role *and* the
    person's own areas (`kijker`) in its key, beside the data version.
    """
    bron, definitie = _compose_bron(conn), _compose_definitie(conn)
    drempel = get_drempel(conn)
    publiceerbaar = load_kwartalen(conn, peildatum)
    if kwartaal not in publiceerbaar:
        melding = _explain_leeg(kwartaal, peildatum)
        return Signaaltabel(kwartaal, (), (), drempel, bron, definitie, melding)
    publicaties = load_publicaties(conn, kwartaal)
    rijen = tuple(rij for publicatie in publicaties for rij in _show(publicatie, kijker, boom, gebied))
    kolommen = (*publicaties[0].groepen, TOTAAL) if publicaties else ()
    melding = "" if rijen else "Voor dit gebied zijn er geen aantallen die u mag zien."
    return Signaaltabel(kwartaal, kolommen, rijen, drempel, bron, definitie, melding)


def load_signaaltabellen_uitvoer(
    conn: Connection, kijker: Kijker, boom: Gebiedsboom, peildatum: date, gebied: str | None = None
) -> list[dict[str, str | int]]:
    """Return the counts of every quarter that may be published, one dict per area, quarter and column.

    The same cells as `load_signaaltabel` gives, newest quarter first: kwartaal, code, naam, niveau, categorie, aantal.
    """
    return [
        {
            "kwartaal": kwartaal.code,
            "code": rij.code,
            "naam": rij.naam,
            "niveau": rij.niveau,
            "categorie": kolom,
            "aantal": format_cel(cel),
        }
        for kwartaal in load_kwartalen(conn, peildatum)
        for tabel in [load_signaaltabel(conn, kijker, boom, peildatum, kwartaal, gebied)]
        for rij in tabel.rijen
        for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True)
    ]


def _show(publicatie: Publicatie, kijker: Kijker, boom: Gebiedsboom, gebied: str | None) -> Iterator[Signaalrij]:
    for rij in publicatie.rijen:
        if _is_gevraagd(rij, boom, gebied) and _mag_zien(rij, kijker, boom):
            is_volledig = kijker.rol is Rol.OOV and _is_eigen(rij, kijker, boom)
            dicht = (False,) * len(rij.dicht) if is_volledig else rij.dicht
            cellen = tuple(None if d else aantal for aantal, d in zip(rij.aantallen, dicht, strict=True))
            yield Signaalrij(rij.code, rij.naam, rij.niveau, cellen, is_volledig)


def _mag_zien(rij: Publicatierij, kijker: Kijker, boom: Gebiedsboom) -> bool:
    if rij.niveau == "gemeente":
        return True
    if rij.niveau == "wijk":
        return kijker.rol is not Rol.PUBLIEK
    return kijker.rol in _MET_BUURTEN and _is_eigen(rij, kijker, boom)


def _is_eigen(rij: Publicatierij, kijker: Kijker, boom: Gebiedsboom) -> bool:
    """Return whether the area lies wholly in the own areas; signals without a buurt go with their wijk."""
    return kijker.is_eigen(rij.wijk if rij.code.endswith(ZONDER_BUURT) else rij.code, boom)


def _is_gevraagd(rij: Publicatierij, boom: Gebiedsboom, gebied: str | None) -> bool:
    """Return whether a row belongs to a page about this area: the gemeente, the wijken it touches, its buurten."""
    if gebied is None:
        return True
    if rij.niveau == "gemeente":
        return rij.code in boom.get_houders(gebied) or gebied not in boom.gebieden
    if rij.niveau == "wijk":
        return boom.bevat(gebied, rij.code) or not boom.buurten.get(gebied, frozenset()).isdisjoint(
            boom.buurten.get(rij.code, frozenset())
        )
    if rij.code.endswith(ZONDER_BUURT):
        return boom.bevat(gebied, rij.wijk)
    return boom.bevat(gebied, rij.code)


def _explain_leeg(kwartaal: Kwartaal, peildatum: date) -> str:
    if not kwartaal.is_afgelopen(peildatum):
        return kwartaal.format_lopend()
    return f"Over het {kwartaal.label} zijn geen signalen ingelezen."


def _compose_bron(conn: Connection) -> str:
    namen = list(conn.scalars(select(tabellen.signaalbron.c.naam).order_by(tabellen.signaalbron.c.naam)))
    return f"Ingelezen OOV-signalen, van {join_opsomming(namen)}." if namen else "Nog geen signalen ingelezen."


def _compose_definitie(conn: Connection) -> str:
    definities = build_definities(drempel=get_drempel(conn))
    signalen, afgeschermd = definities["signalen"], definities["afgeschermd"]
    return f"{signalen.definitie} {signalen.let_op} Afgeschermd: {afgeschermd.definitie}"
