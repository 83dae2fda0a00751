"""The server of the tests itself: nothing of it stays behind."""

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from postgres import Cluster, find_programmas

DRAAIT = """
import time
from postgres import run_postgres
with run_postgres() as cluster:
    print(cluster.map, cluster.poort, flush=True)
    time.sleep(60)
"""


def test_a_test_run_that_is_killed_leaves_no_server_and_no_files():
    tests = Path(__file__).parents[1]
    opdracht = [sys.executable, "-c", DRAAIT]
    with subprocess.Popen(opdracht, cwd=tests, stdout=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        map_, poort = proces.stdout.readline().split()
        cluster = Cluster(Path(map_), int(poort), {})
        cluster.execute("SELECT 1")
        proces.kill()
    einde = time.monotonic() + 20
    while Path(map_).exists() and time.monotonic() < einde:
        time.sleep(0.05)
    assert not Path(map_).exists()
    with pytest.raises(psycopg.OperationalError):
        cluster.execute("SELECT 1")


def test_without_postgresql_the_tests_fail_and_say_what_to_do(monkeypatch):
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="bash deploy/test"):
        find_programmas()
