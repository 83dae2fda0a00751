"""Fixtures for every kind of test: an empty database, one with a small gemeente, the folder with real files."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bouwstenen import VAKKEN, build_gebieden, build_indelingen
from databases import SOORTEN, Databases, Sqlitemap, fill_sjabloon, get_url
from hypothesis import settings
from postgres import Cluster, run_postgres
from sqlalchemy import Connection, Engine

from gebieden.demo.bouwen import build_demo
from gebieden.opslag.database import begin_schrijven, open_database
from gebieden.opslag.gebieden import save_gebieden

# No deadline: how fast a shared machine is, is no property of the code. The same examples every time: a run
# that fails can be repeated.
settings.register_profile("gedeeld", max_examples=50, deadline=None, derandomize=True)
settings.load_profile("gedeeld")

VOORBEELDDATA = Path(
    os.environ.get("GEBIEDEN_VOORBEELDDATA") or Path(__file__).resolve().parents[1].parent / "shared" / "data"
)


@pytest.fixture
def voorbeelddata() -> Path:
    """Return the folder with real files; tests that ask for it are not collected where it is absent."""
    return VOORBEELDDATA


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests that need the real files where those are not."""
    if not VOORBEELDDATA.is_dir():
        items[:] = [item for item in items if "voorbeelddata" not in getattr(item, "fixturenames", ())]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL server of this run, started when the first test asks for it."""
    with run_postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session", params=SOORTEN)
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Where databases come from; whatever asks for it, runs on SQLite and on PostgreSQL."""
    if request.param == "postgresql":
        return request.getfixturevalue("cluster")
    return Sqlitemap(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def leeg_sjabloon(databases: Databases) -> str:
    """The URL of an empty database with the schema, to copy."""
    return fill_sjabloon(databases)


@pytest.fixture(scope="session")
def demo_sjabloon(databases: Databases) -> str:
    """The URL of a demo database: to copy, or to read while nothing copies it."""
    return fill_sjabloon(databases, build_demo)


@pytest.fixture
def maak_database(databases: Databases) -> Iterator[Callable[..., Engine]]:
    """Return a function that opens a new database, a copy of `sjabloon` or one without anything."""
    engines: list[Engine] = []

    def maak(sjabloon: str | None = None) -> Engine:
        engines.append(open_database(databases.create(sjabloon)))
        return engines[-1]

    yield maak
    for engine in engines:
        engine.dispose()
        databases.drop(get_url(engine))


@pytest.fixture
def engine(maak_database: Callable[..., Engine], leeg_sjabloon: str) -> Engine:
    """Return an empty database of its own, on either kind of server."""
    return maak_database(leeg_sjabloon)


@pytest.fixture
def gemeente(engine: Engine) -> Engine:
    """Return a database with the small gemeente and its indelingen."""
    gebieden = build_gebieden()
    vormen = {(code, None): vlak.wkb for code, vlak in VAKKEN.items()}
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, [*gebieden, *build_indelingen()], vormen)
    return engine


@pytest.fixture
def conn(gemeente: Engine) -> Iterator[Connection]:
    """Return a writing connection on the small gemeente."""
    with begin_schrijven(gemeente) as verbinding:
        yield verbinding
