"""Chains of berichten: a correction is a row that follows another, and the last of a chain is what holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, select

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Rol
from gebieden.opslag.tabellen import bericht as tabel

Berichtrij = Row[Any]


def is_geldig() -> ColumnElement[bool]:
    """Return the condition for a row of `bericht` that holds: followed by no other, and not withdrawn."""
    volgende = tabel.alias("volgende")
    return and_(~exists().where(volgende.c.corrigeert == tabel.c.nummer), ~tabel.c.ingetrokken)


def load_gecorrigeerd(conn: Connection) -> dict[int, Berichtrij]:
    """Return every row that is followed by another, by nummer."""
    volgende = tabel.alias("volgende")
    vraag = select(tabel).join(volgende, volgende.c.corrigeert == tabel.c.nummer)
    return {rij.nummer: rij for rij in conn.execute(vraag)}


def to_bericht(rij: Berichtrij, eerdere: Mapping[int, Berichtrij]) -> Bericht:
    """Return a row as a bericht; `eerdere` holds, by nummer, the rows that may be shown as what it said before."""
    eerder = []
    vorige = eerdere.get(rij.corrigeert)
    while vorige is not None:
        if not vorige.ingetrokken:
            eerder.append(_to_los_bericht(vorige))
        vorige = eerdere.get(vorige.corrigeert)
    return _to_los_bericht(rij, tuple(eerder))


def _to_los_bericht(rij: Berichtrij, eerder: tuple[Bericht, ...] = ()) -> Bericht:
    return Bericht(
        soort=Berichtsoort(rij.soort),
        id=rij.id,
        datum=rij.datum,
        tekst=rij.tekst,
        openbaar=rij.openbaar,
        nummer=rij.nummer,
        rol=Rol(rij.rol) if rij.rol else None,
        vastgelegd_op=rij.vastgelegd_op,
        gebruiker=rij.gebruiker,
        eerder=eerder,
    )


@dataclass(frozen=True)
class Berichtketens:
    """All rows about one object, by nummer, and which row follows which."""

    rijen: dict[int, Berichtrij]
    volgende: Mapping[int, int]

    def get_laatste(self, nummer: int) -> Berichtrij:
        """Return the last row of the chain that this row is in."""
        while nummer in self.volgende:
            nummer = self.volgende[nummer]
        return self.rijen[nummer]

    def get_vorige(self, rij: Berichtrij) -> Berichtrij | None:
        """Return the row that this one corrects, or None for the first."""
        return self.rijen.get(rij.corrigeert)

    @property
    def geldig(self) -> list[Berichtrij]:
        """The rows that hold."""
        return [r for nummer, r in self.rijen.items() if nummer not in self.volgende and not r.ingetrokken]

    def find_eigen_laatste(self, gebruiker: Gebruiker) -> Berichtrij | None:
        """Return the last row that this person wrote, in whatever chain."""
        return next((rij for rij in reversed(self.rijen.values()) if is_eigen(rij, gebruiker)), None)


def is_eigen(rij: Berichtrij, gebruiker: Gebruiker) -> bool:
    """Return whether this person wrote it on a screen; in demo, where people have no number, somebody in this role."""
    if rij.sleutel is None or rij.gebruiker != gebruiker.nummer:
        return False
    return rij.gebruiker is not None or rij.rol == gebruiker.kijker.rol


def load_ketens(conn: Connection, soort: str, id_: str) -> Berichtketens:
    """Return every row about one object, oldest first."""
    vraag = select(tabel).where(tabel.c.soort == soort, tabel.c.id == id_).order_by(tabel.c.nummer)
    rijen = {rij.nummer: rij for rij in conn.execute(vraag)}
    return Berichtketens(rijen, {r.corrigeert: r.nummer for r in rijen.values() if r.corrigeert is not None})
