"""What the server adds: boundary files that a browser keeps, Dutch pages, narrow headers."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gebieden.ui.server import NederlandsePagina, build_grenzen_route

HASH = "0123456789abcdef0123456789abcdef"
PAGINA = '<!doctype html><html lang="en" data-x><head><title>Streamlit</title></head><body>é</body></html>'
KAARTPAGINA = '<!doctype html><html lang="en"><head><title>Streamlit Folium Component</title></head></html>'


def show_pagina(verzoek: Request) -> Response:
    return HTMLResponse(PAGINA + "<!--" + "x" * 2000 + "-->")


def show_in_delen(verzoek: Request) -> Response:
    return StreamingResponse((deel.encode() for deel in ("<html la", 'ng="en">', "slot")), media_type="text/html")


def show_kaartpagina(verzoek: Request) -> Response:
    return HTMLResponse(KAARTPAGINA)


def show_tekst(verzoek: Request) -> Response:
    return PlainTextResponse('<html lang="en">')


def make_app() -> Starlette:
    bestanden = {HASH: gzip.compress(b'{"codes":[]}')}
    return Starlette(
        routes=[
            build_grenzen_route(bestanden.get),
            Route("/", show_pagina),
            Route("/delen", show_in_delen),
            Route("/tekst", show_tekst),
            Route("/app/static/kaart/kaart.js", show_tekst),
            Route("/component/streamlit_folium.st_folium/index.html", show_kaartpagina),
        ],
        middleware=[Middleware(NederlandsePagina), Middleware(GZipMiddleware)],
    )


def ask(pad: str, accept: bytes = b"text/html", query: bytes = b"") -> tuple[int, dict[str, str], bytes]:
    """Send one request through the application and return status, headers and body."""
    berichten: list[dict[str, object]] = []

    gevraagd = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, object]:
        for bericht in gevraagd:
            return bericht
        # A visitor who stays: the server waits for a goodbye that never comes.
        return await asyncio.Event().wait() or {}

    async def send(bericht: dict[str, object]) -> None:
        berichten.append(bericht)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": pad,
        "raw_path": pad.encode(),
        "root_path": "",
        "query_string": query,
        "headers": [(b"host", b"localhost"), (b"accept", accept), (b"accept-encoding", b"gzip")],
        "server": ("localhost", 8501),
        "client": ("127.0.0.1", 1),
    }
    # In a thread of its own: after a browser test this one has an event loop that runs.
    with ThreadPoolExecutor(1) as draad:
        draad.submit(lambda: asyncio.run(make_app()(scope, receive, send))).result()
    koppen = {naam.decode().lower(): waarde.decode() for naam, waarde in berichten[0]["headers"]}
    inhoud = b"".join(bericht.get("body", b"") for bericht in berichten[1:])
    return berichten[0]["status"], koppen, inhoud


def test_a_boundary_file_is_served_compressed_and_may_be_kept_for_ever() -> None:
    status, koppen, inhoud = ask(f"/grenzen/{HASH}.json", accept=b"*/*")
    assert status == 200
    assert gzip.decompress(inhoud) == b'{"codes":[]}'
    assert koppen["content-encoding"] == "gzip"
    assert koppen["content-type"] == "application/json"
    assert koppen["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("naam", ["f" * 32, "bestaat-niet", "..%2f..%2fetc"])
def test_an_unknown_boundary_file_is_a_404_that_is_not_kept(naam: str) -> None:
    status, koppen, _ = ask(f"/grenzen/{naam}.json", accept=b"*/*")
    assert status == 404
    assert koppen["cache-control"] == "no-store"


def test_a_page_says_that_it_is_dutch_and_has_the_right_length() -> None:
    _, koppen, inhoud = ask("/")
    assert inhoud.startswith(b'<!doctype html><html lang="nl" data-x><head><title>Gebiedsdashboard</title>')
    assert int(koppen["content-length"]) == len(inhoud)


def test_a_page_that_comes_in_parts_is_translated_as_a_whole() -> None:
    _, _, inhoud = ask("/delen")
    assert inhoud == b'<html lang="nl">slot'


def test_the_map_page_has_a_dutch_title_and_language() -> None:
    _, _, inhoud = ask("/component/streamlit_folium.st_folium/index.html")
    assert b'<html lang="nl"><head><title>Kaart van de gebieden</title>' in inhoud


def test_the_map_page_may_reach_this_server_and_the_tile_service_only() -> None:
    _, koppen, _ = ask("/component/streamlit_folium.st_folium/index.html")
    beleid = koppen["content-security-policy"]
    assert "default-src 'self'" in beleid
    assert [woord for woord in beleid.split() if "//" in woord] == ["https://service.pdok.nl;"]


def test_the_map_page_announces_its_scripts() -> None:
    _, koppen, _ = ask("/component/streamlit_folium.st_folium/index.html")
    assert "leaflet.js?v=" in koppen["link"]
    assert "rel=preload; as=script" in koppen["link"]


@pytest.mark.parametrize("pad", ["/", "/tekst", f"/grenzen/{HASH}.json"])
def test_every_answer_carries_the_safe_headers(pad: str) -> None:
    _, koppen, _ = ask(pad)
    assert koppen["x-content-type-options"] == "nosniff"
    assert koppen["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in koppen["content-security-policy"]


def test_what_is_not_a_page_is_left_alone() -> None:
    _, _, inhoud = ask("/tekst")
    assert inhoud == b'<html lang="en">'


def test_a_static_file_asked_by_version_may_be_kept_for_ever() -> None:
    _, met, _ = ask("/app/static/kaart/kaart.js", accept=b"*/*", query=b"v=12345678")
    _, zonder, _ = ask("/app/static/kaart/kaart.js", accept=b"*/*")
    assert "immutable" in met["cache-control"]
    assert "cache-control" not in zonder
