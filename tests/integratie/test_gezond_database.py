"""The health route against real databases: there, locked, gone, and back."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from postgres import run_postgres

from gebieden.ui.gegevens import ask_database
from gebieden.ui.gezond import GOED, TRAAG, WEG, Polsslag


@pytest.fixture
def gebruik(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that lets the application use a database."""
    monkeypatch.setenv("GEBIEDEN_MODUS", "productie")
    return lambda url: monkeypatch.setenv("GEBIEDEN_DATABASE", url)


def meet(wachttijd_s: float = 20.0) -> str:
    """Take the pulse once, in a thread of its own: after a browser test this one has an event loop that runs."""
    with ThreadPoolExecutor(1) as draad:
        return draad.submit(lambda: asyncio.run(Polsslag(ask_database, wachttijd_s).meet())).result()


def test_a_server_that_is_gone_is_said_and_so_is_its_return(gebruik: Callable[[str], None]) -> None:
    with run_postgres() as cluster:
        gebruik(cluster.create())
        assert meet() == GOED
        cluster.stop()
        assert meet() == WEG
        assert meet() == WEG
        cluster.start()
        assert meet() == GOED


def test_a_file_that_somebody_writes_in_is_healthy_and_a_locked_one_is_not(
    gebruik: Callable[[str], None], tmp_path: Path
) -> None:
    bestand = tmp_path / "gebieden.sqlite"
    gebruik(f"sqlite:///{bestand}")
    assert meet() == GOED
    with closing(sqlite3.connect(bestand, isolation_level=None, check_same_thread=False)) as schrijver:
        schrijver.execute("BEGIN IMMEDIATE")
        assert meet() == GOED
        schrijver.execute("ROLLBACK")
        schrijver.execute("PRAGMA journal_mode=DELETE")
        schrijver.execute("BEGIN EXCLUSIVE")
        with ThreadPoolExecutor(1) as draad:
            pols = Polsslag(ask_database, 0.3)

            async def meet_en_laat_los() -> tuple[str, str]:
                eerst = await pols.meet()
                schrijver.execute("ROLLBACK")
                while (daarna := await pols.meet()) == TRAAG:
                    pass
                return eerst, daarna

            assert draad.submit(lambda: asyncio.run(meet_en_laat_los())).result() == (TRAAG, GOED)


def test_a_file_that_is_no_database_is_said(gebruik: Callable[[str], None], tmp_path: Path) -> None:
    bestand = tmp_path / "gebieden.sqlite"
    bestand.write_text("geen database" * 100, encoding="utf-8")
    gebruik(f"sqlite:///{bestand}")
    assert meet() == WEG
