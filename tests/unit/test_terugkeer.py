"""Back to the page one came from after signing in: our own page or none, and cookies for https only."""

import asyncio
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from gebieden.ui import terugkeer
from gebieden.ui.terugkeer import COOKIE, Terugkeer

BASIS = "https://dashboard.alkmaar.nl"
VREEMD = [
    "//kwaad.nl/",
    "//kwaad.nl/gebied",
    "/\\kwaad.nl",
    "\\\\kwaad.nl",
    "https://kwaad.nl/gebied",
    "javascript:alert(1)",
    "/gebied/../..//kwaad.nl",
    "/onbekend",
    "/auth/login?provider=x",
    "/oauth2callback?code=x",
    "/gebied\r\nSet-Cookie: a=b",
    "/gebied?code=x\r\nSet-Cookie: a=b",
    "/gebied?code=x\ty",
    "/gebied?code=é",
    "/gebied?code=" + "x" * 2000,
    "gebied",
    "",
]


def build_vraag(monkeypatch, *, basis="", doel=None, is_beveiligd=False):
    """Return a function that asks an application with Streamlit's two routes, and returns the headers of its answer."""
    monkeypatch.setattr(terugkeer.st, "get_option", lambda naam: basis)
    monkeypatch.setattr(terugkeer, "is_beveiligd", lambda: is_beveiligd)
    begin = f"/{basis}" if basis else ""

    def login(verzoek: Request) -> Response:
        return RedirectResponse("https://inlog.alkmaar.nl/authorize", 302)

    def callback(verzoek: Request) -> Response:
        antwoord = RedirectResponse(f"{begin}/" if doel is None else doel, 302)
        antwoord.set_cookie("_streamlit_user", "wie", httponly=True)
        return antwoord

    app = Terugkeer(Starlette(routes=[Route(f"{begin}/auth/login", login), Route(f"{begin}/oauth2callback", callback)]))

    def vraag(pad, **koppen):
        begonnen = []

        async def send(bericht):
            if bericht["type"] == "http.response.start":
                begonnen.append(bericht)

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        alle = {"host": "dashboard.alkmaar.nl"} | koppen
        scope = {
            "type": "http",
            "method": "GET",
            "path": begin + pad,
            "query_string": b"",
            "headers": [(naam.encode(), waarde.encode("latin-1")) for naam, waarde in alle.items()],
            "server": ("testserver", 80),
            "scheme": "http",
        }
        asyncio.run(app(scope, receive, send))
        return Headers(raw=begonnen[0]["headers"])

    return vraag


def get_koekje(koppen):
    """Return what a browser sends back of the one cookie that was set."""
    (gezet,) = koppen.getlist("set-cookie")
    return gezet.partition(";")[0]


@pytest.mark.parametrize(
    "adres", ["/", "/gebied?code=WK036106&thema=veilig", "/punt?soort=agendapunt&id=A%201", "/beheer"]
)
def test_one_comes_back_to_the_page_one_was_on(monkeypatch, adres):
    vraag = build_vraag(monkeypatch)
    heen = vraag("/auth/login", referer=BASIS + adres)
    assert heen["location"] == "https://inlog.alkmaar.nl/authorize"
    assert {"HttpOnly", "SameSite=Lax", "Path=/oauth2callback", "Max-Age=600"} <= set(heen["set-cookie"].split("; "))
    terug = vraag("/oauth2callback", cookie=get_koekje(heen))
    assert terug["location"] == adres
    assert f"{COOKIE}=; Path=/oauth2callback; Max-Age=0" in terug.getlist("set-cookie")[1]
    assert vraag("/oauth2callback")["location"] == "/"


def test_one_comes_back_below_a_base_path(monkeypatch):
    vraag = build_vraag(monkeypatch, basis="dashboard")
    heen = vraag("/auth/login", referer=f"{BASIS}/dashboard/gebied?code=x")
    assert vraag("/oauth2callback", cookie=get_koekje(heen))["location"] == "/dashboard/gebied?code=x"
    assert "set-cookie" not in vraag("/auth/login", referer=f"{BASIS}/gebied?code=x")


@pytest.mark.parametrize(
    "adres", [BASIS + v for v in VREEMD if v.startswith("/") and "\t" not in v] + ["http://kwaad.nl/gebied", "x", ""]
)
def test_a_page_that_is_not_ours_is_not_remembered(monkeypatch, adres):
    assert "set-cookie" not in build_vraag(monkeypatch)("/auth/login", referer=adres)


@pytest.mark.parametrize("adres", VREEMD)
def test_a_cookie_that_somebody_else_made_leads_nowhere_else(monkeypatch, adres):
    terug = build_vraag(monkeypatch)("/oauth2callback", cookie=f"{COOKIE}={quote(adres, safe='')}")
    assert terug["location"] == "/"
    assert "a=b" not in str(terug)


def test_where_streamlit_sends_somebody_elsewhere_it_does(monkeypatch):
    vraag = build_vraag(monkeypatch, doel="https://inlog.alkmaar.nl/uit")
    assert vraag("/oauth2callback", cookie=f"{COOKIE}=%2Fgebied")["location"] == "https://inlog.alkmaar.nl/uit"


@pytest.mark.parametrize("is_beveiligd", [True, False])
def test_cookies_travel_over_https_only_where_that_is_used(monkeypatch, is_beveiligd):
    vraag = build_vraag(monkeypatch, is_beveiligd=is_beveiligd)
    heen = vraag("/auth/login", referer=f"{BASIS}/gebied")
    terug = vraag("/oauth2callback", cookie=get_koekje(heen))
    koekjes = heen.getlist("set-cookie") + terug.getlist("set-cookie")
    assert len(koekjes) == 3
    assert all(koekje.endswith("; Secure") is is_beveiligd for koekje in koekjes)
