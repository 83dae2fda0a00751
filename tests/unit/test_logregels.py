"""Log lines: one plain line with time and level, and nothing that somebody typed."""

import logging
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from gebieden.ui.logregels import Regelvorm, configure_logregels


@pytest.fixture(autouse=True)
def herstel_logger() -> Iterator[None]:
    logger = logging.getLogger("gebieden")
    was = logger.handlers, logger.propagate, logger.level
    yield
    logger.handlers, logger.propagate = was[0], was[1]
    logger.setLevel(was[2])


def test_a_line_has_time_level_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logregels()
    logging.getLogger("gebieden.opslag.berichten").info("gebruiker 7 schreef bericht 12")
    regel = capsys.readouterr().err
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO gebieden\.opslag\.berichten: gebruiker 7 schreef bericht 12\n",
        regel,
    )


def test_a_line_is_written_once_however_often_the_set_up_runs(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logregels()
    configure_logregels()
    logging.getLogger("gebieden.ui").warning("eens")
    assert capsys.readouterr().err.count("eens") == 1


@pytest.mark.parametrize(("niveau", "zichtbaar"), [("DEBUG", 2), ("info", 1), ("ERROR", 0), ("", 1)])
def test_the_level_is_a_setting(
    niveau: str, zichtbaar: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEBIEDEN_LOGNIVEAU", niveau)
    configure_logregels()
    logger = logging.getLogger("gebieden.ui")
    logger.debug("zacht")
    logger.info("gewoon")
    assert len(capsys.readouterr().err.splitlines()) == zichtbaar


def test_an_unknown_level_is_said_and_becomes_info(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEBIEDEN_LOGNIVEAU", "hard")
    configure_logregels()
    assert "GEBIEDEN_LOGNIVEAU is 'HARD'; verwacht: DEBUG, INFO, WARNING, ERROR" in capsys.readouterr().err
    assert logging.getLogger("gebieden").level == logging.INFO


def test_what_a_database_refused_is_not_repeated() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as conn:
        conn.execute(text("CREATE TABLE bericht (sleutel TEXT UNIQUE, tekst TEXT)"))
        invoer = {"s": "1", "t": "Mevrouw Jansen\nwoont op nummer 12"}
        conn.execute(text("INSERT INTO bericht VALUES (:s, :t)"), invoer)
        with pytest.raises(IntegrityError) as vangst:
            conn.execute(text("INSERT INTO bericht VALUES (:s, :t)"), invoer)
    assert "Jansen" in str(vangst.value)
    record = logging.LogRecord("gebieden", logging.ERROR, "", 1, "mislukt", None, vangst._excinfo)
    regels = Regelvorm("%(message)s").format(record)
    assert "Jansen" not in regels
    assert "nummer 12" not in regels
    assert "IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: bericht.sleutel" in regels
    assert "test_logregels.py" in regels
