"""Deliveries: every write of signals, kept so that what was known on any day can be counted again, to the byte.

What is here is not suppressed: it is for the analysis of patterns, and for nobody's screen.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, insert, select

from gebieden.opslag import tabellen

CEL: Final = np.dtype([("gebied", "<i4"), ("categorie", "<i4"), ("week", "<i4"), ("aantal", "<i4")])
"""One count: area and category by number, ISO week by number, how many."""

# Weeks are counted from 1970 and may lie before it.
_WEEK_NUL: Final = 3700
IMPORT: Final = "import"
INVOER: Final = "invoer"


@dataclass(frozen=True, slots=True)
class Levering:
    """One delivery: its number, the application's day, when it was, of which kind, and how many signals it changed."""

    nummer: int
    datum: date
    moment: datetime
    soort: str
    aantal: int


def save_levering(
    conn: Connection, op: date, soort: str, per_kwartaal: Iterable[tuple[int, npt.NDArray[np.void]]]
) -> int | None:
    """Keep what a write changed: per quarter (its sequence number) cells with what came and, below zero, what went.

    Return the number of the delivery, None when nothing changed.
    """
    delen = [(kwartaal, cellen[cellen["aantal"] != 0]) for kwartaal, cellen in per_kwartaal]
    delen = [(kwartaal, np.sort(cellen, order=["gebied", "categorie", "week"])) for kwartaal, cellen in delen]
    aantal = sum(int(np.abs(cellen["aantal"]).sum()) for _, cellen in delen)
    if not aantal:
        return None
    rij = {"datum": op, "moment": datetime.now(UTC), "soort": soort, "aantal": aantal}
    vraag = insert(tabellen.levering).values(rij).returning(tabellen.levering.c.nummer)
    nummer = int(conn.execute(vraag).scalar_one())
    conn.execute(
        insert(tabellen.leveringcellen),
        [
            {"levering": nummer, "kwartaal": kwartaal, "cellen": zlib.compress(cellen.tobytes(), 1)}
            for kwartaal, cellen in delen
            if len(cellen)
        ],
    )
    return nummer


def load_leveringen(conn: Connection) -> list[Levering]:
    """Return all deliveries, oldest first."""
    tabel = tabellen.levering
    rijen = conn.execute(select(tabel).order_by(tabel.c.nummer))
    return [Levering(r.nummer, r.datum, r.moment, r.soort, r.aantal) for r in rijen]


def find_levering(conn: Connection, peildatum: date) -> int | None:
    """Return the last delivery of on or before a day; before the first one, that first one; None without any."""
    tabel = tabellen.levering
    laatste = conn.scalar(select(func.max(tabel.c.nummer)).where(tabel.c.datum <= peildatum))
    return laatste if laatste is not None else conn.scalar(select(func.min(tabel.c.nummer)))


def load_geleverd(conn: Connection, tot_en_met: int) -> npt.NDArray[np.void]:
    """Return the counts (dtype `CEL`) as they were after this delivery, sorted by area, category and week.

    A week that lies in two quarters has one row here.
    """
    tabel = tabellen.leveringcellen
    vraag = select(tabel.c.cellen).where(tabel.c.levering <= tot_en_met).order_by(tabel.c.levering, tabel.c.kwartaal)
    delen = [np.frombuffer(zlib.decompress(cellen), dtype=CEL) for cellen in conn.scalars(vraag)]
    return sum_cellen(np.concatenate(delen) if delen else np.empty(0, dtype=CEL))


def load_delen(conn: Connection, tot_en_met: int) -> Iterator[tuple[Levering, npt.NDArray[np.void]]]:
    """Yield every delivery up to and including this one, oldest first, with what it changed (dtype `CEL`)."""
    tabel = tabellen.leveringcellen
    for levering in load_leveringen(conn):
        if levering.nummer <= tot_en_met:
            delen = conn.scalars(select(tabel.c.cellen).where(tabel.c.levering == levering.nummer)).all()
            yield levering, np.frombuffer(b"".join(zlib.decompress(deel) for deel in delen), dtype=CEL)


def sum_cellen(cellen: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """Return one cell per area, category and week, sorted so; what adds up to nothing is left out."""
    gebied, categorie, week, aantal = (cellen[naam].astype(np.int64) for naam in CEL.names or ())
    uniek, plaats = np.unique((gebied << 30) | (categorie << 14) | (week + _WEEK_NUL), return_inverse=True)
    som = np.zeros(len(uniek), dtype=np.int64)
    np.add.at(som, plaats, aantal)
    uniek, som = uniek[som != 0], som[som != 0]
    uit = np.empty(len(uniek), dtype=CEL)
    uit["gebied"], uit["categorie"] = uniek >> 30, (uniek >> 14) & (2**16 - 1)
    uit["week"], uit["aantal"] = (uniek & (2**14 - 1)) - _WEEK_NUL, som
    return uit
