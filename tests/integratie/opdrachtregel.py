"""Running the command line as a user does, in a process of its own, or quickly, in this one."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from gebieden.__main__ import main
from gebieden.instellingen import PROJECT

SLOTREGEL = re.compile(r"ingelezen (\d+), bijgewerkt (\d+), ongewijzigd (\d+), afgekeurd (\d+)")


@dataclass(frozen=True)
class Uitkomst:
    """What a command did."""

    status: int
    uit: str
    fout: str

    @property
    def telling(self) -> tuple[int, int, int, int]:
        """The four counts of the last line, which must be nothing else."""
        gevonden = SLOTREGEL.fullmatch(self.uit.splitlines()[-1])
        assert gevonden, self.uit
        nieuw, anders, gelijk, afgekeurd = map(int, gevonden.groups())
        return nieuw, anders, gelijk, afgekeurd


Opdracht = Callable[..., Uitkomst]


def _build_omgeving(database: Path | str, extra: dict[str, str]) -> dict[str, str]:
    adres = f"sqlite:///{database}" if isinstance(database, Path) else database
    return {"GEBIEDEN_DATABASE": adres, "GEBIEDEN_MODUS": "", **extra}


def build_opdracht(database: Path | str) -> Opdracht:
    """Return a function that runs `python -m gebieden` on this file or URL in this process: quick."""

    def voer_uit(*argumenten: object, **extra: str) -> Uitkomst:
        uit, fout = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as lapje, redirect_stdout(uit), redirect_stderr(fout):
            for naam, waarde in _build_omgeving(database, extra).items():
                lapje.setenv(naam, waarde)
            try:
                status = main(list(map(str, argumenten)))
            except SystemExit as einde:
                status = int(einde.code or 0)
        return Uitkomst(status, uit.getvalue(), fout.getvalue())

    return voer_uit


def build_proces(database: Path | str) -> Opdracht:
    """Return a function that runs `python -m gebieden` on this file or URL in a process of its own, as a user does."""

    def voer_uit(*argumenten: object, **extra: str) -> Uitkomst:
        klaar = subprocess.run(
            [sys.executable, "-m", "gebieden", *map(str, argumenten)],
            cwd=PROJECT,
            env=os.environ | _build_omgeving(database, extra),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Uitkomst(klaar.returncode, klaar.stdout, klaar.stderr)

    return voer_uit
