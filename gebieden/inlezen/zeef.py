"""Rows of a text table that is read in blocks: which are data, which are empty, too short or too long, or footers."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gebieden.domein.fouten import Ernst, InvoerError
from gebieden.inlezen.bevindingen import Bevindingenreeks, Sjabloon
from gebieden.inlezen.kolommen import Kop
from gebieden.inlezen.omgeving import find_voet, list_gevuld, report_breedte, report_omgeving

MAX_VOETREGELS = 1_000
MAX_LEGE_RIJEN = 1_000_000

Rij = tuple[int, list[str]]
"""A row number and its cells."""


class Zeef:
    """Judges rows in the order of the file, as `read_tabel` does with all rows at hand.

    A row with one filled cell waits until a data row follows it (then it is one too) or the file ends
    (then it may be a footer).
    """

    def __init__(self, kop: Kop, naam: str, scheidingsteken: str, bevindingen: Bevindingenreeks) -> None:
        self._kop, self._naam, self._teken, self._bevindingen = kop, naam, scheidingsteken, bevindingen
        self._laatste = kop.index + 1
        self._lege = self._lege_wachtend = 0
        self._wachtend: list[Rij] = []
        self._breedtes: dict[str, list[tuple[int, int]]] = {}
        self.aantal_rijen = 0

    def note_data(self, regel: int, aantal: int) -> list[Rij]:
        """Count `aantal` good data rows of which this is the last, and return what was waiting for them."""
        self.aantal_rijen += aantal
        self._lege += self._lege_wachtend
        self._lege_wachtend = 0
        self._laatste = regel
        return self._release()

    def judge(self, rij: Rij) -> list[Rij]:
        """Return the data rows that are known to be so now that this row, not a plain data row, is seen."""
        gevuld = list_gevuld(rij[1])
        if not gevuld:
            self._lege_wachtend += 1
            if self._lege + self._lege_wachtend > MAX_LEGE_RIJEN:
                raise InvoerError(
                    f"{self._naam} heeft meer dan {MAX_LEGE_RIJEN} lege rijen. Verwijder die en lees het opnieuw in."
                )
            return []
        if len(gevuld) == 1 and len(self._wachtend) < MAX_VOETREGELS:
            self._wachtend.append(rij)
            return []
        return [*self.note_data(rij[0], 0), *self._judge_breedte(rij)]

    def judge_blok(self, regels: npt.NDArray[np.int64], anderen: Sequence[Rij]) -> list[Rij]:
        """Return the data rows among the others of a block; its plain data rows `regels` tell what lies between."""
        los: list[Rij] = []
        geteld = 0
        for rij in anderen:
            eerder = int(np.searchsorted(regels, rij[0]))
            if eerder > geteld:
                los += self.note_data(int(regels[eerder - 1]), eerder - geteld)
                geteld = eerder
            los += self.judge(rij)
        if len(regels) > geteld:
            los += self.note_data(int(regels[-1]), len(regels) - geteld)
        return los

    def finish(self, laag: str | None) -> list[Rij]:
        """Return the last data rows, and report everything that was read past."""
        voorlopig = [(self._laatste, ["a", "b"]), *self._wachtend]
        voet = find_voet(voorlopig)
        voetrijen = self._wachtend[len(self._wachtend) - voet :]
        self._wachtend = self._wachtend[: len(self._wachtend) - voet]
        rest = self.note_data(self._wachtend[-1][0], 0) if self._wachtend else []
        for bevinding in report_omgeving(self._kop, self._naam, self._lege, voetrijen, laag):
            self._bevindingen.add(bevinding)
        self.report()
        return rest

    def report(self) -> None:
        """Pass on the rows of a wrong width that were found so far."""
        for regelnaam, rijen in self._breedtes.items():
            voorbeeld = report_breedte(1, rijen[0][1], len(self._kop.namen), self._naam, self._teken)
            naam = self._naam.replace("{", "{{").replace("}", "}}")
            melding = f"Rij {{regel}} van {naam} heeft {{velden}} velden. De kop heeft er {len(self._kop.namen)}."
            sjabloon = Sjabloon(Ernst.AFGEKEURD, regelnaam, None, melding, voorbeeld.herstel)
            regels, velden = np.array(rijen).T
            self._bevindingen.add_rijen(sjabloon, regels, velden=velden)
        self._breedtes = {}

    def _release(self) -> list[Rij]:
        vrij, self._wachtend = self._wachtend, []
        return [goed for rij in vrij for goed in self._judge_breedte(rij)]

    def _judge_breedte(self, rij: Rij) -> Sequence[Rij]:
        regel, cellen = rij
        self.aantal_rijen += 1
        breedte = len(self._kop.namen)
        if len(cellen) >= breedte and not list_gevuld(cellen[breedte:]):
            return [(regel, cellen[:breedte])]
        regelnaam = "te_veel_velden" if len(cellen) > breedte else "te_weinig_velden"
        self._breedtes.setdefault(regelnaam, []).append((regel, len(cellen)))
        return []
