"""Files that are made to take more memory or time than there is: refused before they take it, with the limit named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bommen import BOMMEN, read

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen import werkmapproces
from gebieden.inlezen.werkmapproces import load_bladen

MAX_GEHEUGEN_MB = 300
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bommen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the bombs are; each is made once."""
    return tmp_path_factory.mktemp("bommen")


def _make(map_: Path, naam: str) -> Path:
    pad = map_ / naam
    return pad if pad.exists() else BOMMEN[naam][1](pad)


@pytest.mark.parametrize("naam", BOMMEN)
def test_a_bomb_is_refused_and_the_limit_named(bommen, naam):
    with pytest.raises(InvoerError, match=BOMMEN[naam][2]):
        read(_make(bommen, naam))


def test_refusing_a_bomb_takes_little_memory(bommen):
    paden = [str(_make(bommen, naam)) for naam in BOMMEN]
    omgeving = os.environ | {"PYTHONPATH": str(PROJECT)}
    opdracht = [sys.executable, str(Path(__file__).with_name("bommen.py")), *paden]
    klaar = subprocess.run(opdracht, env=omgeving, capture_output=True, text=True, check=True, timeout=300)
    assert len(klaar.stderr.splitlines()) == len(BOMMEN)
    eigen, van_kinderen = map(int, klaar.stdout.split())
    assert max(eigen, van_kinderen) < MAX_GEHEUGEN_MB


def test_a_reader_that_is_stopped_takes_nothing_else_with_it(bommen, monkeypatch):
    """As compiled code does that asks for too much: it does not raise, it is gone."""
    monkeypatch.setattr(werkmapproces, "check_werkmap", lambda _: None)
    monkeypatch.setattr(werkmapproces.subprocess, "Popen", _run_zonder_maat(werkmapproces.subprocess.Popen))
    with pytest.raises(InvoerError, match="kost te veel geheugen of tijd: meer dan 1536 MB of 120 seconden"):
        load_bladen(_make(bommen, "hoek.xlsx"), None)


def _run_zonder_maat(popen):
    """Return Popen for a reader that does not look how large a sheet is."""
    vervang = "import gebieden.inlezen.werkmapmaat as m; m.check_werkmap = lambda pad: None; import runpy, sys; "

    def start(opdracht, **keuzes):
        voer_uit = f"{vervang}sys.argv[0] = 'x'; runpy.run_module({opdracht[2]!r}, run_name='__main__')"
        return popen([opdracht[0], "-c", voer_uit, *opdracht[3:]], **keuzes)

    return start
