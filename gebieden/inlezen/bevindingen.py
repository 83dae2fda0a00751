"""Findings about millions of rows: kept as numbers per rule, turned into sentences one by one when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.taal import format_getal
from gebieden.inlezen.veldfout import Veldfout


@dataclass(frozen=True, slots=True)
class Sjabloon:
    """What all findings of one rule share; `melding` names what differs between braces, `{regel}` among them."""

    ernst: Ernst
    regelnaam: str
    kolom: str | None
    melding: str
    herstel: str

    def render(self, regel: int, gegevens: dict[str, Any]) -> Bevinding:
        """Return the finding for one row; whole numbers are written with dots between thousands."""
        tekst = {k: w if isinstance(w, str) else format_getal(int(w)) for k, w in gegevens.items()}
        melding = self.melding.format(regel=regel, **tekst)
        return Bevinding(self.ernst, self.regelnaam, melding, self.herstel, regel, self.kolom)


def build_sjabloon(fout: Veldfout, kolom: str | None, bestand: str, probleem: str | None = None) -> Sjabloon:
    """Return what refuses a signal because of this field. The content of the cell stays out of the report.

    `probleem` replaces the sentence about what is wrong; it may name what differs per row between braces.
    """
    waar = f"Signaal (rij {{regel}} van {_escape(bestand)})" + (f", kolom {kolom}" if kolom else "")
    wat = probleem or "de waarde kan niet worden gelezen."
    melding = f"{waar}: {wat} Verwacht: {_escape(fout.verwacht)}."
    return Sjabloon(Ernst.AFGEKEURD, fout.regelnaam, kolom, melding, fout.herstel)


def _escape(tekst: str) -> str:
    return tekst.replace("{", "{{").replace("}", "}}")


class Bevindingenreeks(Sequence[Bevinding]):
    """All findings of one file, as a sequence: those about the file first, then those about rows, in row order.

    A finding about a row takes some twenty bytes until it is read; none is left out.
    """

    def __init__(self) -> None:
        self._bestand: list[Bevinding] = []
        # One list, so that a reader and a writer in two threads can both add to it.
        self._groepen: list[tuple[Sjabloon, npt.NDArray[np.int64], dict[str, npt.NDArray[Any]]]] = []
        self._volgorde: tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]] | None = None

    def add(self, bevinding: Bevinding) -> None:
        """Add one finding, about the file or about a row."""
        if bevinding.regel is None:
            self._bestand.append(bevinding)
            return
        melding = _escape(bevinding.melding)
        sjabloon = Sjabloon(bevinding.ernst, bevinding.regelnaam, bevinding.kolom, melding, bevinding.herstel)
        self.add_rijen(sjabloon, np.array([bevinding.regel]))

    def add_rijen(self, sjabloon: Sjabloon, regels: npt.ArrayLike, **gegevens: npt.NDArray[Any]) -> None:
        """Add a finding for each of these rows; `gegevens` holds per name one value per row."""
        rijen = np.asarray(regels, dtype=np.int64)
        if len(rijen):
            self._groepen.append((sjabloon, rijen, gegevens))
            self._volgorde = None

    def _order(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        if self._volgorde is None:
            lengten = [len(regels) for _, regels, _ in self._groepen]
            blok = np.repeat(np.arange(len(lengten), dtype=np.int32), lengten)
            plaats = np.concatenate([np.arange(n) for n in lengten]) if lengten else np.zeros(0, dtype=np.int64)
            regels = (
                np.concatenate([regels for _, regels, _ in self._groepen]) if lengten else np.zeros(0, dtype=np.int64)
            )
            volgorde = np.argsort(regels, kind="stable")
            self._volgorde = blok[volgorde], plaats[volgorde]
        return self._volgorde

    def __len__(self) -> int:
        return len(self._bestand) + sum(len(regels) for _, regels, _ in self._groepen)

    @overload
    def __getitem__(self, index: int) -> Bevinding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Bevinding]: ...
    def __getitem__(self, index: int | slice) -> Bevinding | list[Bevinding]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        nummer = index + len(self) if index < 0 else index
        if not 0 <= nummer < len(self):
            raise IndexError(index)
        if nummer < len(self._bestand):
            return self._bestand[nummer]
        blokken, plaatsen = self._order()
        blok, plaats = blokken[nummer - len(self._bestand)], plaatsen[nummer - len(self._bestand)]
        sjabloon, regels, gegevens = self._groepen[blok]
        return sjabloon.render(int(regels[plaats]), {naam: waarden[plaats] for naam, waarden in gegevens.items()})
