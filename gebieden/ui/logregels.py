"""Logregels: where the application's own log lines go, and what never stands in them."""

import logging
import os
import traceback
from collections.abc import Iterator
from typing import Any, Final

NIVEAUS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
VORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Regelvorm(logging.Formatter):
    """A plain line with time and level, and of an error where it came from.

    Of what an error says only its first line is kept: a database repeats the values it refused in the lines after
    that, and those may be what somebody typed.
    """

    def formatException(self, ei: Any) -> str:
        delen = [[*traceback.format_tb(fout.__traceback__), _compose_slot(fout)] for fout in _list_oorzaken(ei[1])]
        return "\n".join("".join(deel) for deel in reversed(delen))


def _list_oorzaken(fout: BaseException | None) -> Iterator[BaseException]:
    while fout is not None:
        yield fout
        fout = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)


def _compose_slot(fout: BaseException) -> str:
    return f"{type(fout).__qualname__}: {str(fout).partition(chr(10))[0]}"


def configure_logregels() -> None:
    """Send this application's log lines to standard error, from the level on that `GEBIEDEN_LOGNIVEAU` names."""
    gevraagd = os.environ.get("GEBIEDEN_LOGNIVEAU", "").strip().upper() or "INFO"
    uitvoer = logging.StreamHandler()
    uitvoer.setFormatter(Regelvorm(VORM))
    logger = logging.getLogger("gebieden")
    logger.handlers = [uitvoer]
    logger.propagate = False
    logger.setLevel(gevraagd if gevraagd in NIVEAUS else "INFO")
    if gevraagd not in NIVEAUS:
        logger.warning("GEBIEDEN_LOGNIVEAU is '%s'; verwacht: %s. Het is nu INFO.", gevraagd, ", ".join(NIVEAUS))
