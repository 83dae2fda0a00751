"""Counts of signals per area × category × ISO week, packed per quarter: written by imports, read in milliseconds.

What is here is not suppressed: it is for `signaaltabel`, which is, and for the analysis of patterns. No page
reads it.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, insert, select

from gebieden.domein.kwartaal import Kwartaal, build_kwartaal
from gebieden.opslag.leveringen import CEL, save_levering
from gebieden.opslag.tabellen import signaaltelling as tabel

MAX_GEBIEDEN, MAX_CATEGORIEEN = 2**20, 2**16

_NUL_KWARTAAL = 1900 * 4
_NUL_WEEK = -3700
_MAX_WACHTEND = 4_000_000

Getallen = npt.NDArray[np.int64]


def determine_week(dagen: npt.ArrayLike) -> Getallen:
    """Return the number of the ISO week (from Monday 29 December 1969) for days since 1 January 1970."""
    return (np.asarray(dagen, dtype=np.int64) + 3) // 7


def determine_maandag(weken: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
    """Return the Monday on which each ISO week begins."""
    return (np.asarray(weken, dtype=np.int64) * 7 - 3).astype("datetime64[D]")


def _determine_kwartaalnummer(dagen: Getallen) -> Getallen:
    return dagen.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 3 + 1970 * 4


@dataclass
class Telwerk:
    """Changes in the counts, gathered during one write and stored at its end with `save`."""

    _wachtend: list[tuple[Getallen, Getallen]] = field(default_factory=list)

    def add(self, gebieden: npt.ArrayLike, categorieen: npt.ArrayLike, dagen: npt.ArrayLike, *, teken: int = 1) -> None:
        """Count these signals, or take them out with `teken` -1; numbers as in the tables of names."""
        gebied, categorie, dag = (np.asarray(a, dtype=np.int64) for a in (gebieden, categorieen, dagen))
        if not len(gebied):
            return
        if gebied.max() >= MAX_GEBIEDEN or categorie.max() >= MAX_CATEGORIEEN:
            raise OverflowError("Te veel gebieden of categorieën om te tellen.")
        sleutel = (_determine_kwartaalnummer(dag) - _NUL_KWARTAAL) << 50
        sleutel |= (gebied << 30) | (categorie << 14) | (determine_week(dag) - _NUL_WEEK)
        uniek, aantal = np.unique(sleutel, return_counts=True)
        self._wachtend.append((uniek, aantal.astype(np.int64) * teken))
        if sum(len(sleutels) for sleutels, _ in self._wachtend) > _MAX_WACHTEND:
            self._wachtend = [_sum_gelijke(self._wachtend)]

    def save(self, conn: Connection, op: date, soort: str) -> None:
        """Add what was gathered to the stored counts, and keep it as a delivery of this day and kind."""
        if not self._wachtend:
            return
        sleutels, aantallen = _sum_gelijke(self._wachtend)
        self._wachtend = []
        kwartalen = sleutels >> 50
        delen = []
        for kwartaal in np.unique(kwartalen):
            deel = kwartalen == kwartaal
            volgnummer = int(kwartaal) + _NUL_KWARTAAL
            _save_kwartaal(conn, volgnummer, sleutels[deel] & (2**50 - 1), aantallen[deel])
            delen.append((volgnummer, _to_cellen(sleutels[deel] & (2**50 - 1), aantallen[deel])))
        save_levering(conn, op, soort, delen)


def _sum_gelijke(delen: list[tuple[Getallen, Getallen]]) -> tuple[Getallen, Getallen]:
    sleutels, plaats = np.unique(np.concatenate([s for s, _ in delen]), return_inverse=True)
    som = np.bincount(plaats, weights=np.concatenate([a for _, a in delen]), minlength=len(sleutels))
    return sleutels, som.astype(np.int64)


def _save_kwartaal(conn: Connection, volgnummer: int, sleutels: Getallen, aantallen: Getallen) -> None:
    vraag = select(tabel.c.cellen).where(tabel.c.kwartaal == volgnummer).with_for_update()
    bestaand = np.frombuffer(conn.scalar(vraag) or b"", dtype=CEL)
    oud = (
        (bestaand["gebied"].astype(np.int64) << 30)
        | (bestaand["categorie"].astype(np.int64) << 14)
        | (bestaand["week"].astype(np.int64) - _NUL_WEEK)
    )
    sleutels, aantallen = _sum_gelijke([(oud, bestaand["aantal"].astype(np.int64)), (sleutels, aantallen)])
    blijft = aantallen > 0
    cellen = _to_cellen(sleutels[blijft], aantallen[blijft])
    conn.execute(delete(tabel).where(tabel.c.kwartaal == volgnummer))
    if len(cellen):
        waarden = {"kwartaal": volgnummer, "aantal": int(cellen["aantal"].sum()), "cellen": cellen.tobytes()}
        conn.execute(insert(tabel).values(waarden))


def _to_cellen(sleutels: Getallen, aantallen: Getallen) -> npt.NDArray[np.void]:
    cellen = np.empty(len(sleutels), dtype=CEL)
    cellen["gebied"] = sleutels >> 30
    cellen["categorie"] = (sleutels >> 14) & (MAX_CATEGORIEEN - 1)
    cellen["week"] = (sleutels & (2**14 - 1)) + _NUL_WEEK
    cellen["aantal"] = aantallen
    return cellen


def load_kwartaalnummers(conn: Connection) -> list[int]:
    """Return the sequence numbers of the quarters that hold at least one signal, oldest first."""
    return list(conn.scalars(select(tabel.c.kwartaal).order_by(tabel.c.kwartaal)))


def load_cellen(
    conn: Connection, *, vanaf: Kwartaal | None = None, tot_en_met: Kwartaal | None = None
) -> npt.NDArray[np.void]:
    """Return the counts (dtype `CEL`) of these quarters; areas and categories by number.

    A week that lies in two quarters has a row for either.
    """
    vraag = select(tabel.c.cellen).order_by(tabel.c.kwartaal)
    if vanaf is not None:
        vraag = vraag.where(tabel.c.kwartaal >= vanaf.volgnummer)
    if tot_en_met is not None:
        vraag = vraag.where(tabel.c.kwartaal <= tot_en_met.volgnummer)
    return np.frombuffer(b"".join(conn.scalars(vraag)), dtype=CEL)


def load_kwartalen(conn: Connection, peildatum: date) -> list[Kwartaal]:
    """Return the quarters that may be published on the peildatum: over, and with signals; newest first."""
    kwartalen = [build_kwartaal(volgnummer) for volgnummer in load_kwartaalnummers(conn)]
    return [kwartaal for kwartaal in reversed(kwartalen) if kwartaal.is_afgelopen(peildatum)]
