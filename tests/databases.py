"""The two kinds of database that the tests of the storage run on, with one way to make them."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, make_url, select

from gebieden.opslag import tabellen
from gebieden.opslag.database import open_database

SOORTEN = ("sqlite", "postgresql")


class Databases(Protocol):
    """Makes databases of one kind; a `sjabloon` is the URL of one to copy, that nobody is connected to."""

    def create(self, sjabloon: str | None = None) -> str: ...

    def drop(self, url: str) -> None: ...


@dataclass
class Sqlitemap:
    """A folder of SQLite files."""

    map: Path
    _nummers: Iterator[int] = field(default_factory=itertools.count)

    def create(self, sjabloon: str | None = None) -> str:
        """Return the address of a new database, not there yet or a copy of another."""
        bestand = self.map / f"toets_{next(self._nummers)}.sqlite"
        if sjabloon:
            shutil.copy(make_url(sjabloon).database or "", bestand)
        return f"sqlite:///{bestand}"

    def drop(self, url: str) -> None:
        """Remove a database with everything that stands beside it."""
        bestand = Path(make_url(url).database or "")
        for pad in bestand.parent.glob(f"{bestand.stem}.*"):
            pad.unlink()


def get_url(engine: Engine) -> str:
    """Return the address of a database, password included."""
    return engine.url.render_as_string(hide_password=False)


def fill_sjabloon(databases: Databases, vul: Callable[[Engine], object] | None = None) -> str:
    """Return the URL of a new database with the schema, and what `vul` puts in; nobody is connected to it."""
    url = databases.create()
    engine = open_database(url)
    if vul:
        vul(engine)
    engine.dispose()
    return url


def dump_inhoud(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that a database holds: the rows of every table, in order."""
    with engine.connect() as conn:
        return {
            tabel.name: sorted((tuple(rij) for rij in conn.execute(select(tabel))), key=repr)
            for tabel in tabellen.metadata.sorted_tables
        }
