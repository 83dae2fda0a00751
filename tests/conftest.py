"""Fixtures for every kind of test: an empty database, one with a small gemeente, the folder with real files."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from bouwstenen import VAKKEN, build_gebieden, build_indelingen
from hypothesis import settings
from sqlalchemy import Connection, Engine

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


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Return an empty database in a folder of its own."""
    return open_database(f"sqlite:///{tmp_path / 'toets.sqlite'}")


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
