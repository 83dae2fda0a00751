"""Signals into the database: each id once, counts kept up, everything in the transaction of the caller."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from gebieden.domein.fouten import Bevinding
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.taal import format_getal
from gebieden.inlezen.bevindingen import build_sjabloon
from gebieden.inlezen.signalen import Signaalblok, Signaallezer
from gebieden.inlezen.veldfout import Veldfout
from gebieden.opslag import tabellen
from gebieden.opslag.bewaarzeef import Bewaarzeef
from gebieden.opslag.bulk import Namenregister, insert_kolommen
from gebieden.opslag.leveringen import IMPORT
from gebieden.opslag.signaaltelling import Telwerk
from gebieden.opslag.signaalverhuizing import move_beoordelingen
from gebieden.opslag.signaalzoeker import KENMERKEN, Signaalzoeker
from gebieden.opslag.telling import Telling

Getallen = npt.NDArray[np.int64]
Sleutels = npt.NDArray[np.object_]
_GEBIED = KENMERKEN.index("gebied")

_STRIJDIG = Veldfout(
    "dubbele_sleutel",
    "",
    "",
    "elke id één keer in een bestand",
    "Laat alleen de juiste rij staan, of geef deze rij een eigen id.",
)


@dataclass(frozen=True)
class Signaalimport:
    """What an import of signals did: the counts add up to `aantal_rijen`; the findings are made when asked for."""

    telling: Telling
    afgekeurd: int
    aantal_rijen: int
    bevindingen: Sequence[Bevinding]


def import_signalen(
    conn: Connection,
    pad: Path,
    grenzen: gpd.GeoDataFrame,
    boom: Gebiedsboom,
    op: date,
    *,
    kolommen: Mapping[str, str] | None = None,
    laag: str | None = None,
    bestand: str | None = None,
    melder: Callable[[float, str], None] | None = None,
) -> Signaalimport:
    """Read a file of signals and store what is right, in the open transaction of `conn`.

    `grenzen` (columns code, naam, geometry in EPSG:28992) are the areas for points, `boom` the codes that count.
    `kolommen` maps our column names to the file's, `bestand` names a temporary copy in messages. `melder` hears
    the share that was read and a sentence. Memory grows with the refused rows (some twenty bytes each), not with
    the others.

    Raises
    ------
    InvoerError
        The file cannot be used as a whole.
    """
    lezer = Signaallezer(pad, grenzen, boom, kolommen=kolommen, laag=laag, bestand=bestand)
    schrijver = _Signaalschrijver(conn, lezer, Bewaarzeef(conn, op, lezer))
    telling = Telling()
    for blok in _read_vooruit(lezer):
        telling += schrijver.save(blok)
        if melder:
            melder(min(blok.aandeel, 0.99), f"{format_getal(lezer.aantal_rijen)} signalen gelezen")
    schrijver.finish(op)
    if melder:
        melder(1.0, f"{format_getal(lezer.aantal_rijen)} signalen gelezen")
    aangenomen = telling.ingelezen + telling.bijgewerkt + telling.ongewijzigd
    return Signaalimport(telling, lezer.aantal_rijen - aangenomen, lezer.aantal_rijen, lezer.bevindingen)


def _read_vooruit(lezer: Signaallezer) -> Iterator[Signaalblok]:
    """Yield the blocks of a file, each read while the one before it is stored."""
    blokken = iter(lezer)
    with ThreadPoolExecutor(1, "signalen") as lezers:
        volgende = lezers.submit(next, blokken, None)
        while (blok := volgende.result()) is not None:
            volgende = lezers.submit(next, blokken, None)
            yield blok


@dataclass(frozen=True)
class _Rijen:
    """Signals as they are stored: `kenmerken` has the columns day, category, source, area."""

    regels: Getallen
    ids: Sleutels
    kenmerken: Getallen

    def take(self, keuze: npt.NDArray[Any]) -> "_Rijen":
        return _Rijen(self.regels[keuze], self.ids[keuze], self.kenmerken[keuze])


@dataclass
class _Signaalschrijver:
    """Stores blocks of signals. Of an id that is in the file more than once, the first row counts."""

    conn: Connection
    lezer: Signaallezer
    bewaarzeef: Bewaarzeef
    telwerk: Telwerk = field(default_factory=Telwerk)
    gezien: list[npt.NDArray[np.uint64]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.was_leeg = self.conn.execute(select(tabellen.signaal.c.id).limit(1)).first() is None
        self.namen = {
            "categorie": Namenregister(self.conn, tabellen.signaalcategorie),
            "bron": Namenregister(self.conn, tabellen.signaalbron),
            "gebied": Namenregister(self.conn, tabellen.signaalgebied),
        }
        self.zoeker = Signaalzoeker(self.conn)

    def finish(self, op: date) -> None:
        """Store the counts."""
        self.telwerk.save(self.conn, op, IMPORT)
        self.zoeker.close()

    def save(self, blok: Signaalblok) -> Telling:
        """Store one block; refuse rows that contradict an earlier row of the file, or are too old to be kept."""
        blok = self.bewaarzeef.sift(blok)
        if not len(blok.regels):
            return Telling()
        rijen = _Rijen(
            blok.regels,
            blok.ids,
            np.column_stack(
                [
                    blok.dagen,
                    self.namen["categorie"].translate(blok.categorieen, blok.categorie),
                    self.namen["bron"].translate(blok.bronnen, blok.bron),
                    self.namen["gebied"].translate(blok.gebieden, blok.gebied),
                ]
            ),
        )
        vingers = pd.util.hash_array(rijen.ids, categorize=False)
        is_eerste = ~pd.Series(vingers).duplicated().to_numpy()
        if is_eerste.all():
            return self._save_eerste(rijen, vingers)
        telling = self._save_eerste(rijen.take(is_eerste), vingers[is_eerste])
        herhaald = rijen.take(~is_eerste)
        plaatsen, bewaard = self.zoeker.find(herhaald.ids)
        # A hash that two ids share makes the second look like a repetition: it is simply not stored yet.
        onbekend = np.ones(len(herhaald.ids), dtype=bool)
        onbekend[plaatsen] = False
        telling += self._save_eerste(herhaald.take(onbekend), vingers[~is_eerste][onbekend])
        return telling + self._compare_herhaald(herhaald.take(plaatsen), bewaard)

    def _save_eerste(self, rijen: _Rijen, vingers: npt.NDArray[np.uint64]) -> Telling:
        """Store rows with different ids."""
        gesorteerd = np.sort(vingers)
        in_bestand = np.zeros(len(vingers), dtype=bool)
        if any(_overlap(gesorteerd, eerder) for eerder in self.gezien):
            in_bestand = pd.Series(vingers).isin(np.concatenate(self.gezien)).to_numpy()
        self.gezien.append(gesorteerd)
        if self._insert(rijen, is_zeker_nieuw=self.was_leeg and not in_bestand.any()):
            return Telling(ingelezen=len(rijen.ids))
        plaatsen, bewaard = self.zoeker.find(rijen.ids)
        nieuw = np.ones(len(rijen.ids), dtype=bool)
        nieuw[plaatsen] = False
        self._insert(rijen.take(nieuw), is_zeker_nieuw=True)
        herhaald = in_bestand[plaatsen]
        return (
            Telling(ingelezen=int(nieuw.sum()))
            + self._compare_herhaald(rijen.take(plaatsen[herhaald]), bewaard[herhaald])
            + self._update(rijen.take(plaatsen[~herhaald]), bewaard[~herhaald])
        )

    def _compare_herhaald(self, rijen: _Rijen, bewaard: Getallen) -> Telling:
        """Count rows that repeat an earlier row of the file, and refuse those that contradict it."""
        gelijk = (rijen.kenmerken == bewaard).all(axis=1)
        wat = "een eerdere rij heeft dezelfde id en een andere inhoud; die rij is gebruikt."
        sjabloon = build_sjabloon(_STRIJDIG, "id", self.lezer.lezer.naam, wat)
        self.lezer.bevindingen.add_rijen(sjabloon, rijen.regels[~gelijk])
        return Telling(ongewijzigd=int(gelijk.sum()))

    def _update(self, rijen: _Rijen, bewaard: Getallen) -> Telling:
        anders = ~(rijen.kenmerken == bewaard).all(axis=1)
        nieuw, oud = rijen.take(anders), bewaard[anders]
        if len(nieuw.ids):
            tabel = tabellen.signaal
            wijziging = update(tabel).where(tabel.c.id == bindparam("sleutel"))
            waarden = [
                {"sleutel": id_, **dict(zip(KENMERKEN, kenmerk, strict=True))}
                for id_, kenmerk in zip(nieuw.ids.tolist(), nieuw.kenmerken.tolist(), strict=True)
            ]
            self.conn.execute(wijziging, waarden)
            verhuisd = nieuw.kenmerken[:, _GEBIED] != oud[:, _GEBIED]
            move_beoordelingen(self.conn, nieuw.ids[verhuisd].tolist(), nieuw.kenmerken[verhuisd, _GEBIED].tolist())
            self._count(oud, teken=-1)
            self._count(nieuw.kenmerken)
        return Telling(bijgewerkt=int(anders.sum()), ongewijzigd=int((~anders).sum()))

    def _count(self, kenmerken: Getallen, *, teken: int = 1) -> None:
        dag, categorie, _, gebied = kenmerken.T
        self.telwerk.add(gebied, categorie, dag, teken=teken)

    def _insert(self, rijen: _Rijen, *, is_zeker_nieuw: bool) -> bool:
        """Store rows, all or none; return False when one of their ids is stored already."""
        if not len(rijen.ids):
            return True
        # In the order of the key the rows fill page after page.
        volgorde = pc.sort_indices(pa.array(rijen.ids, type=pa.string())).to_numpy()
        kolommen = [rijen.ids[volgorde].tolist(), *rijen.kenmerken[volgorde].T.tolist()]
        try:
            # A savepoint copies every page it touches: only where it may be needed.
            with nullcontext() if is_zeker_nieuw else self.conn.begin_nested():
                insert_kolommen(self.conn, tabellen.signaal, ("id", *KENMERKEN), kolommen)
        except IntegrityError:
            if is_zeker_nieuw:
                raise
            return False
        self._count(rijen.kenmerken)
        return True


def _overlap(a: npt.NDArray[np.uint64], b: npt.NDArray[np.uint64]) -> bool:
    """Return whether two sorted arrays have a value in common."""
    plaats = np.minimum(np.searchsorted(b, a), len(b) - 1)
    return bool(len(b)) and bool((b[plaats] == a).any())
