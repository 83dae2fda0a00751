"""Server: what the browser gets besides Streamlit's own: boundary files, pages that are Dutch."""

import re
from collections.abc import Callable
from typing import Final

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gebieden.kaart.kaartbeeld import BRON_TEGELS, build_preload_links
from gebieden.ui.voorladen import add_script, add_voorladen

EEN_JAAR: Final = "public, max-age=31536000, immutable"
KAARTPAGINA: Final = "/component/streamlit_folium.st_folium/"
HASH: Final = re.compile(r"[0-9a-f]{32}")

VEILIGE_KOPPEN: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"content-security-policy": b"frame-ancestors 'self'",
}
# The map evaluates its delta and has scripts in its page, so it needs a loose policy; in exchange it may
# reach nothing but this server and the one tile service.
KAARTBELEID: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    f"img-src 'self' data: {BRON_TEGELS}; connect-src 'self'; frame-ancestors 'self'"
).encode()
VERTALINGEN: Final = (
    (b'<html lang="en"', b'<html lang="nl"'),
    # For search engines that render pages: a script in the page that a strict policy would have to allow.
    (b"<script>\n      window.prerenderReady = false\n    </script>", b""),
    (b"<title>Streamlit Folium Component</title>", b"<title>Kaart van de gebieden</title>"),
    (b"<title>Streamlit</title>", b"<title>Gebiedsdashboard</title>"),
    (
        b"You need to enable JavaScript to run this app.",
        b"Deze toepassing werkt alleen als JavaScript aan staat.",
    ),
)


def build_grenzen_route(load_grenzenbestand: Callable[[str], bytes | None]) -> Route:
    """Return the route `/grenzen/{hash}.json`; `load_grenzenbestand` gives the gzipped file or None.

    The address changes with the content, so a browser may keep the answer for ever.
    """

    async def handle(verzoek: Request) -> Response:
        hash_ = str(verzoek.path_params["hash"])
        inhoud = await run_in_threadpool(load_grenzenbestand, hash_) if HASH.fullmatch(hash_) else None
        if inhoud is None:
            return Response("Deze grenzen zijn er niet.", status_code=404, headers={"Cache-Control": "no-store"})
        koppen = {"Content-Encoding": "gzip", "Cache-Control": EEN_JAAR, "ETag": f'"{hash_}"'}
        return Response(inhoud, media_type="application/json", headers=koppen)

    return Route(place_pad("/grenzen/{hash}.json"), handle, methods=["GET"])


def place_pad(pad: str) -> str:
    """Return a path of ours under the path where Streamlit serves the application."""
    basis = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{basis}{pad}" if basis else pad


class NederlandsePagina:
    """ASGI middleware: Dutch language and title on every page, and headers that narrow what a browser may do.

    Streamlit writes `lang="en"` into its pages, and so does streamlit-folium (WCAG 3.1.1).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        antwoord = _Antwoord(scope, send)
        await self.app(_ask_plain_page(scope), receive, antwoord.send)


class _Antwoord:
    """One response on its way out: headers added; a page waits until it is complete, then translated."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.verder = send
        self.begin: Message | None = None
        self.delen: list[bytes] = []

    async def send(self, bericht: Message) -> None:
        if bericht["type"] == "http.response.start":
            bericht["headers"] = _set_koppen(self.scope, list(bericht["headers"]))
            if _is_leesbare_pagina(bericht["headers"]):
                self.begin = bericht
                return
        elif self.begin is not None and bericht["type"] == "http.response.body":
            self.delen.append(bericht.get("body", b""))
            if not bericht.get("more_body", False):
                await self._send_pagina(self.begin)
            return
        await self.verder(bericht)

    async def _send_pagina(self, begin: Message) -> None:
        pagina = b"".join(self.delen)
        if pagina:
            for engels, nederlands in VERTALINGEN:
                pagina = pagina.replace(engels, nederlands)
            if KAARTPAGINA not in str(self.scope["path"]):
                pagina = add_script(add_voorladen(pagina))
            begin["headers"] = [(k, v) for k, v in begin["headers"] if k.lower() != b"content-length"]
            begin["headers"].append((b"content-length", str(len(pagina)).encode()))
        await self.verder(begin)
        await self.verder({"type": "http.response.body", "body": pagina, "more_body": False})


def _ask_plain_page(scope: Scope) -> Scope:
    """Return the request without the headers that would make a page come compressed or in parts."""
    koppen = dict(scope["headers"])
    if b"text/html" not in koppen.get(b"accept", b""):
        return scope
    blijft = [(k, v) for k, v in scope["headers"] if k not in (b"accept-encoding", b"range")]
    return {**scope, "headers": blijft}


def _is_leesbare_pagina(koppen: list[tuple[bytes, bytes]]) -> bool:
    per_naam = {naam.lower(): waarde for naam, waarde in koppen}
    return per_naam.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in per_naam


def _set_koppen(scope: Scope, koppen: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    pad = str(scope["path"])
    nieuw = dict(VEILIGE_KOPPEN)
    if KAARTPAGINA in pad:
        nieuw[b"content-security-policy"] = KAARTBELEID
        if pad.endswith("/index.html"):
            nieuw[b"link"] = build_preload_links().encode()
    if "/app/static/" in pad and scope["query_string"].startswith(b"v="):
        nieuw[b"cache-control"] = EEN_JAAR.encode()
    aanwezig = {naam.lower() for naam, _ in koppen}
    return koppen + [(naam, waarde) for naam, waarde in nieuw.items() if naam not in aanwezig]
