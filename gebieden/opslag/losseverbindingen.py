"""Connections to a file: opened for every use, unless a thread that has much to ask holds on to one for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import local
from typing import Any

from sqlalchemy import Engine, NullPool
from sqlalchemy.pool import ConnectionPoolEntry


class LosseVerbindingen(NullPool):
    """A connection per use: none is left open, so that the file can be put aside, nor shared between threads.

    Opening one reads the whole schema, and the last one to close writes all of the WAL away. So a thread that holds on
    (`hold_verbinding`) uses one connection again and again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._draad = local()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep what this thread gives back until the end of the block, to be used again."""
        if self._get_vrij() is not None:
            yield
            return
        vrij: list[ConnectionPoolEntry] = []
        self._draad.vrij = vrij
        try:
            yield
        finally:
            self._draad.vrij = None
            for verbinding in vrij:
                verbinding.close()

    def _get_vrij(self) -> list[ConnectionPoolEntry] | None:
        vrij: list[ConnectionPoolEntry] | None = getattr(self._draad, "vrij", None)
        return vrij

    def _do_get(self) -> ConnectionPoolEntry:
        vrij = self._get_vrij()
        return vrij.pop() if vrij else super()._do_get()

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        vrij = self._get_vrij()
        if vrij is None:
            record.close()
        else:
            vrij.append(record)


@contextmanager
def hold_verbinding(engine: Engine) -> Iterator[None]:
    """Within this block this thread keeps its connection for the next time; PostgreSQL keeps its own."""
    pool = engine.pool
    with pool.hold() if isinstance(pool, LosseVerbindingen) else nullcontext():
        yield
