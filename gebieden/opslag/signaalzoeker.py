"""Looking many signals up by their ids at once."""

import numpy as np
import numpy.typing as npt
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, delete, select

from gebieden.opslag.bulk import insert_kolommen
from gebieden.opslag.tabellen import signaal

KENMERKEN = ("dag", "categorie", "bron", "gebied")
"""What is stored of a signal besides its id, in this order."""

# It lives in the connection only.
_gezocht = Table(
    "gezocht_signaal",
    MetaData(),
    Column("plaats", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False),
    prefixes=["TEMPORARY"],
)


class Signaalzoeker:
    """Finds stored signals through a temporary table, made when first needed; `close` removes it."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._is_open = False

    def find(self, ids: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
        """Return the places of the ids that are stored, ascending, and their KENMERKEN, one row each."""
        if not self._is_open:
            _gezocht.create(self._conn, checkfirst=False)
            self._is_open = True
        self._conn.execute(delete(_gezocht))
        insert_kolommen(self._conn, _gezocht, ("plaats", "id"), [list(range(len(ids))), ids.tolist()])
        vraag = (
            select(_gezocht.c.plaats, *(signaal.c[naam] for naam in KENMERKEN))
            .join(signaal, signaal.c.id == _gezocht.c.id)
            .order_by(_gezocht.c.plaats)
        )
        gevonden = np.array([tuple(rij) for rij in self._conn.execute(vraag)], dtype=np.int64).reshape(-1, 5)
        return gevonden[:, 0].astype(np.intp), gevonden[:, 1:]

    def close(self) -> None:
        """Remove the temporary table."""
        if self._is_open:
            _gezocht.drop(self._conn)
            self._is_open = False
