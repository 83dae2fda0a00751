"""Writing many rows at once, and names as numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Table, insert, select

from gebieden.opslag.storingen import translate_drijverfout


def insert_kolommen(conn: Connection, tabel: Table, namen: Sequence[str], kolommen: Sequence[list[Any]]) -> None:
    """Insert whole columns, in the open transaction.

    They go to the driver as they come, without a list of rows and without what SQLAlchemy would do for each: that
    takes half the time on SQLite, and a tenth on PostgreSQL. Raises SQLAlchemy's IntegrityError, or OpslagError.
    """
    cursor = conn.connection.cursor()
    voorbereid = conn.dialect.identifier_preparer
    doel = f"{voorbereid.format_table(tabel)} ({', '.join(voorbereid.format_column(tabel.c[n]) for n in namen)})"
    try:
        if conn.dialect.name == "postgresql":
            with cursor.copy(f"COPY {doel} FROM STDIN") as stroom:
                for rij in zip(*kolommen, strict=True):
                    stroom.write_row(rij)
        else:
            # The driver takes any iterable, though its type says otherwise.
            rijen: Any = zip(*kolommen, strict=True)
            cursor.executemany(f"INSERT INTO {doel} VALUES ({', '.join('?' * len(namen))})", rijen)
    except conn.dialect.loaded_dbapi.Error as fout:
        raise translate_drijverfout(fout, conn.engine, f"INSERT INTO {doel}") from fout
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
