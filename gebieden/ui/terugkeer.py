"""Back to the page one came from after signing in, and cookies that only travel over https where people use that.

Streamlit sends everybody who signs in to `/` and forgets what they were looking at.
"""

import re
from functools import partial
from typing import Final
from urllib.parse import quote, unquote, urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gebieden.domein.rechten import Pagina
from gebieden.ui.aanbieders import is_beveiligd

COOKIE: Final = "gebieden_terug"
_BEWAAR_S: Final = 600
_LANGSTE: Final = 2000
# What a browser sends in an address; a backslash or a line break has no place in a header we write.
_ZICHTBAAR: Final = re.compile(r"[!-\[\]-~]+")


class Terugkeer:
    """ASGI middleware around Streamlit's own routes for signing in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        basis = str(st.get_option("server.baseUrlPath") or "").strip("/")
        self.basis = f"/{basis}" if basis else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = partial(self._send, Request(scope), send)
        await self.app(scope, receive, send)

    async def _send(self, verzoek: Request, verder: Send, bericht: Message) -> None:
        if bericht["type"] == "http.response.start":
            koppen = MutableHeaders(raw=list(bericht["headers"]))
            if verzoek.url.path == f"{self.basis}/auth/login":
                self._remember(verzoek, koppen)
            elif verzoek.url.path == f"{self.basis}/oauth2callback":
                self._send_back(verzoek, koppen)
            bericht = {**bericht, "headers": _secure_cookies(koppen.raw)}
        await verder(bericht)

    def _remember(self, verzoek: Request, koppen: MutableHeaders) -> None:
        vandaan = urlsplit(verzoek.headers.get("referer", ""))
        adres = f"{vandaan.path}?{vandaan.query}" if vandaan.query else vandaan.path
        if vandaan.netloc == verzoek.headers.get("host") and self.is_eigen_pagina(adres):
            self._set_cookie(koppen, quote(adres, safe=""), _BEWAAR_S)

    def _send_back(self, verzoek: Request, koppen: MutableHeaders) -> None:
        adres = unquote(verzoek.cookies.get(COOKIE, ""))
        if not adres:
            return
        if koppen.get("location", "").rstrip("/") == self.basis and self.is_eigen_pagina(adres):
            koppen["location"] = adres
        self._set_cookie(koppen, "", 0)

    def _set_cookie(self, koppen: MutableHeaders, waarde: str, seconden: int) -> None:
        kenmerken = f"Path={self.basis}/oauth2callback; Max-Age={seconden}; HttpOnly; SameSite=Lax"
        koppen.append("set-cookie", f"{COOKIE}={waarde}; {kenmerken}")

    def is_eigen_pagina(self, adres: str) -> bool:
        """Return whether an address is the path of one of our pages, with or without a query, and nothing else."""
        if len(adres) > _LANGSTE or not _ZICHTBAAR.fullmatch(adres):
            return False
        return adres.partition("?")[0] in {f"{self.basis}/", *(f"{self.basis}/{pagina}" for pagina in Pagina)}


def _secure_cookies(koppen: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    if not any(naam == b"set-cookie" for naam, _ in koppen) or not is_beveiligd():
        return koppen
    return [
        (naam, waarde + b"; Secure" if naam == b"set-cookie" and b"; secure" not in waarde.lower() else waarde)
        for naam, waarde in koppen
    ]
