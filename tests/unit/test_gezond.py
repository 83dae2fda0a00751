"""The health route: it tells what the database does now, never waits long, and says nothing more."""

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import ProgrammingError
from starlette.applications import Starlette

from gebieden.domein.fouten import OpslagError
from gebieden.ui.gezond import Polsslag, build_gezond_route


def run(taak: Callable[[], object]) -> object:
    """Run a coroutine in a thread of its own: after a browser test this one has an event loop that runs."""
    with ThreadPoolExecutor(1) as draad:
        return draad.submit(lambda: asyncio.run(taak())).result()


def ask(vraag: Callable[[], object], wachttijd_s: float = 5.0, methode: str = "GET") -> tuple[int, dict[str, str], str]:
    """Return status, headers and body of `/gezond`."""
    berichten: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(bericht: dict[str, object]) -> None:
        berichten.append(bericht)

    scope = {"type": "http", "method": methode, "path": "/gezond", "query_string": b"", "headers": [], "root_path": ""}
    toepassing = Starlette(routes=[build_gezond_route(vraag, wachttijd_s)])
    run(lambda: toepassing(scope, receive, send))
    koppen = {naam.decode(): waarde.decode() for naam, waarde in berichten[0]["headers"]}
    return berichten[0]["status"], koppen, b"".join(b.get("body", b"") for b in berichten[1:]).decode()


def fail_met(fout: Exception) -> Callable[[], object]:
    def vraag() -> object:
        raise fout

    return vraag


def test_a_database_that_answers_is_healthy() -> None:
    status, koppen, inhoud = ask(lambda: 1)
    assert (status, json.loads(inhoud)) == (200, {"status": "goed", "database": "goed"})
    assert koppen["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "fout",
    [OpslagError("/geheim/pad is weg"), ProgrammingError("SELECT geheim", {}, ValueError("geheim")), OSError("geheim")],
)
def test_a_database_that_fails_is_a_503_without_details(fout: Exception) -> None:
    status, koppen, inhoud = ask(fail_met(fout))
    assert (status, json.loads(inhoud)) == (503, {"status": "fout", "database": "geeft geen goed antwoord"})
    assert koppen["cache-control"] == "no-store"


def test_a_database_that_hangs_is_a_503_in_time() -> None:
    # The question ends by itself, or the loop that asked it would wait for it at its own end.
    status, _, inhoud = ask(lambda: threading.Event().wait(1.0), wachttijd_s=0.05)
    assert (status, json.loads(inhoud)["database"]) == (503, "antwoordt niet op tijd")


def test_ten_who_ask_while_it_hangs_put_one_question() -> None:
    vragen: list[int] = []
    los = threading.Event()

    def vraag() -> None:
        vragen.append(1)
        los.wait(5.0)

    async def meet_tienmaal() -> list[str]:
        polsslag = Polsslag(vraag, 0.05)
        antwoorden = [await polsslag.meet() for _ in range(10)]
        los.set()
        return antwoorden

    assert run(meet_tienmaal) == ["antwoordt niet op tijd"] * 10
    assert len(vragen) == 1


def test_every_answer_is_a_fresh_one() -> None:
    verloop = iter([OpslagError("weg"), None, OpslagError("weer weg"), None])

    def vraag() -> None:
        if fout := next(verloop):
            raise fout

    async def meet_viermaal() -> list[str]:
        polsslag = Polsslag(vraag, 5.0)
        return [await polsslag.meet() for _ in range(4)]

    assert run(meet_viermaal) == ["geeft geen goed antwoord", "goed"] * 2


def test_a_head_request_gets_the_status_too() -> None:
    assert ask(fail_met(OpslagError("weg")), methode="HEAD")[0] == 503
