"""Gezond: the route that tells whether this process can reach its database."""

import asyncio
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gebieden.domein.fouten import GebiedenError
from gebieden.ui.server import place_pad

WACHTTIJD_S: Final = 3.0
GOED: Final = "goed"
TRAAG: Final = "antwoordt niet op tijd"
WEG: Final = "geeft geen goed antwoord"


class Polsslag:
    """Asks the database one small question at a time.

    Who comes while a question is out waits for that answer: a database that hangs holds one thread, however often
    it is asked after. An answer is never kept.
    """

    def __init__(self, vraag: Callable[[], object], wachttijd_s: float) -> None:
        self.vraag = vraag
        self.wachttijd_s = wachttijd_s
        self.lopend: asyncio.Task[str] | None = None

    async def meet(self) -> str:
        """Return `goed`, or in general terms what is wrong."""
        if self.lopend is None or self.lopend.done():
            self.lopend = asyncio.create_task(run_in_threadpool(self._stel_vraag))
        klaar, _ = await asyncio.wait({self.lopend}, timeout=self.wachttijd_s)
        return klaar.pop().result() if klaar else TRAAG

    def _stel_vraag(self) -> str:
        try:
            self.vraag()
        except (GebiedenError, SQLAlchemyError, OSError):
            return WEG
        return GOED


def build_gezond_route(vraag: Callable[[], object], wachttijd_s: float = WACHTTIJD_S) -> Route:
    """Return the route `/gezond`: 200 when `vraag` succeeds within `wachttijd_s`, else 503. No one is signed in."""
    polsslag = Polsslag(vraag, wachttijd_s)

    async def handle(verzoek: Request) -> Response:
        database = await polsslag.meet()
        goed = database == GOED
        inhoud = {"status": GOED if goed else "fout", "database": database}
        return JSONResponse(inhoud, status_code=200 if goed else 503, headers={"Cache-Control": "no-store"})

    return Route(place_pad("/gezond"), handle, methods=["GET"])
