"""Writing many rows at once, and names as numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError


def insert_kolommen(conn: Connection, tabel: Table, namen: Sequence[str], kolommen: Sequence[list[Any]]) -> None:
    """Insert whole columns, in the open transaction.

    Where the driver takes rows by position, they go to it as they come: without a list of rows, and without what
    SQLAlchemy would do for each, it takes half the time. Raises SQLAlchemy's IntegrityError in either case.
    """
    opdracht = insert(tabel).compile(dialect=conn.dialect, column_keys=list(namen))
    if not opdracht.positional or opdracht.positiontup is None:
        conn.execute(insert(tabel), [dict(zip(namen, rij, strict=True)) for rij in zip(*kolommen, strict=True)])
        return
    op_naam = dict(zip(namen, kolommen, strict=True))
    drijver = conn.dialect.loaded_dbapi
    cursor = conn.connection.cursor()
    # The driver takes any iterable, though its type says otherwise.
    rijen: Any = zip(*(op_naam[naam] for naam in opdracht.positiontup), strict=True)
    try:
        cursor.executemany(str(opdracht), rijen)
    except drijver.IntegrityError as fout:
        raise IntegrityError(str(opdracht), None, fout) from fout
    finally:
        cursor.close()


class Namenregister:
    """A table of numbers and names; numbers are given out in the order in which names come."""

    def __init__(self, conn: Connection, tabel: Table) -> None:
        self._conn, self._tabel = conn, tabel
        self._nummers: dict[str, int] = {naam: nummer for nummer, naam in conn.execute(select(tabel))}

    def translate(self, namen: Sequence[str | None], codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the stored number for each code, which is a place in `namen`; new names that are used get stored."""
        gebruikt = np.unique(codes)
        nieuw = {naam for code in gebruikt if (naam := namen[code]) is not None} - self._nummers.keys()
        begin = max(self._nummers.values(), default=0) + 1
        bij = {naam: begin + plaats for plaats, naam in enumerate(sorted(nieuw))}
        if bij:
            self._conn.execute(insert(self._tabel), [{"nummer": n, "naam": naam} for naam, n in bij.items()])
            self._nummers |= bij
        op_code = np.zeros(len(namen), dtype=np.int64)
        for code in gebruikt:
            op_code[code] = self._nummers[namen[code] or ""]
        return op_code[codes]
