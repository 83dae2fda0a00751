"""nginx as it is shipped, before an application of a few lines that tells what it was asked."""

import http.client
import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from kaart_proef import find_vrije_poort
from replicas import find_poortpaar, run_nginx

TLS = ssl.create_default_context()
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE
EIGEN_BELEID = "default-src 'self' 'unsafe-eval'"


class Verteller(BaseHTTPRequestHandler):
    """Answers with what it was asked, by which process, with the headers that the application has."""

    def do_GET(self) -> None:
        gevraagd = {
            "pad": self.path,
            "poort": self.server.server_port,
            **{k.lower(): v for k, v in self.headers.items()},
        }
        inhoud = json.dumps(gevraagd).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(inhoud)))
        self.send_header("Content-Security-Policy", EIGEN_BELEID)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Set-Cookie", "_streamlit_xsrf=1; Path=/; SameSite=Lax")
        self.send_header("Set-Cookie", "_streamlit_user=1; Path=/")
        self.end_headers()
        self.wfile.write(inhoud)

    do_PUT = do_GET

    def log_message(self, *_regel: Any) -> None:
        """Say nothing: the tests look at the answers."""


@pytest.fixture(scope="module")
def vertellers() -> Iterator[list[int]]:
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Verteller) for _ in range(2)]
    draden = [threading.Thread(target=server.serve_forever, args=(0.05,)) for server in servers]
    for draad in draden:
        draad.start()
    yield [server.server_port for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def poort(tmp_path_factory: pytest.TempPathFactory, vertellers: list[int]) -> Iterator[int]:
    poort = find_poortpaar()
    with run_nginx(tmp_path_factory.mktemp("nginx"), vertellers, poort):
        yield poort


def ask(poort: int, pad: str = "/", methode: str = "GET", **koppen: str) -> tuple[int, list[tuple[str, str]], str]:
    """Return status, headers with small names, and body."""
    verbinding = http.client.HTTPSConnection("localhost", poort, context=TLS, timeout=20)
    try:
        verbinding.request(methode, pad, headers={naam.replace("_", "-"): waarde for naam, waarde in koppen.items()})
        antwoord = verbinding.getresponse()
        return antwoord.status, [(k.lower(), v) for k, v in antwoord.getheaders()], antwoord.read().decode()
    finally:
        verbinding.close()


def get_koppen(poort: int, pad: str, naam: str, **koppen: str) -> list[str]:
    return [waarde for kop, waarde in ask(poort, pad, **koppen)[1] if kop == naam]


def test_plain_http_goes_to_https(poort: int) -> None:
    verbinding = http.client.HTTPConnection("localhost", poort + 1, timeout=20)
    verbinding.request("GET", "/gebied?code=WK036106", headers={"Host": "gebieden.example.nl"})
    antwoord = verbinding.getresponse()
    assert antwoord.status == 301
    assert antwoord.getheader("Location") == "https://gebieden.example.nl/gebied?code=WK036106"
    verbinding.close()


@pytest.mark.parametrize("pad", ["/", "/_stcore/metrics", "/_fout/413.html"])
def test_every_answer_has_each_safe_header_once(poort: int, pad: str) -> None:
    koppen = [naam for naam, _ in ask(poort, pad)[1]]
    for naam in (
        "content-security-policy",
        "strict-transport-security",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
    ):
        assert koppen.count(naam) == 1, naam


def test_a_page_runs_scripts_of_this_server_only(poort: int) -> None:
    (beleid,) = get_koppen(poort, "/gebied", "content-security-policy")
    regels = dict(regel.split(maxsplit=1) for regel in beleid.split("; "))
    assert regels["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert regels["default-src"] == regels["object-src"] == "'none'"
    assert regels["frame-ancestors"] == regels["base-uri"] == regels["form-action"] == "'self'"
    assert regels["connect-src"] == f"'self' wss://localhost:{poort}"
    assert "//" not in beleid.replace(f"wss://localhost:{poort}", "")


@pytest.mark.parametrize("pad", ["/component/streamlit_folium.st_folium/index.html", "/component/x.js"])
def test_only_the_map_keeps_the_policy_of_the_application(poort: int, pad: str) -> None:
    assert get_koppen(poort, pad, "content-security-policy") == [EIGEN_BELEID]


@pytest.mark.parametrize(
    "pad",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/metrics?families=x",
        "/_stcore/%6Detrics",
        "//_stcore//metrics",
        "/x/../_stcore/metrics",
        "/_stcore/agent",
        "/_stcore/agent/mcp",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
    ],
)
def test_closed_paths_never_reach_the_application(poort: int, pad: str) -> None:
    status, _, inhoud = ask(poort, pad)
    assert status == 404
    assert '"pad"' not in inhoud


def test_what_a_visitor_says_about_where_they_are_does_not_count(poort: int) -> None:
    verzonnen = {"X_Forwarded_For": "127.0.0.1", "X_Real_IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
    gehoord = json.loads(ask(poort, "/", Host="gebieden.example.nl", X_Forwarded_Proto="http", **verzonnen)[2])
    assert gehoord["host"] == gehoord["x-forwarded-host"] == "gebieden.example.nl"
    assert gehoord["x-forwarded-proto"] == "https"
    assert gehoord["x-forwarded-for"] in ("127.0.0.1", "::1")
    assert "forwarded" not in gehoord


def test_cookies_travel_over_https_only_and_scripts_read_just_the_one(poort: int) -> None:
    koekjes = {
        waarde.split("=")[0]: waarde.lower() for waarde in get_koppen(poort, "/", "set-cookie", Accept="text/html")
    }
    assert set(koekjes) == {"_streamlit_xsrf", "_streamlit_user", "gebieden_replica"}
    assert all("; secure" in k and "; samesite=lax" in k for k in koekjes.values())
    assert {naam for naam, k in koekjes.items() if "; httponly" not in k} == {"_streamlit_xsrf"}


def test_a_visitor_with_a_cookie_stays_with_one_process(poort: int, vertellers: list[int]) -> None:
    for verteller in vertellers:
        koekje = f"gebieden_replica={verteller}"
        gehoord = {json.loads(ask(poort, "/", Cookie=koekje)[2])["poort"] for _ in range(10)}
        assert gehoord == {verteller}


def test_visitors_without_a_cookie_go_to_both(poort: int, vertellers: list[int]) -> None:
    assert {json.loads(ask(poort, "/")[2])["poort"] for _ in range(10)} == set(vertellers)


def test_the_websocket_says_which_process_it_reached(poort: int, vertellers: list[int]) -> None:
    een, ander = vertellers
    # Here the cookie names a process that no longer exists.
    koekjes = get_koppen(poort, "/_stcore/stream", "set-cookie", Upgrade="websocket", Cookie="gebieden_replica=1")
    genoemd = [k for k in koekjes if k.startswith("gebieden_replica=")]
    assert genoemd in [[f"gebieden_replica={p}; Path=/; Secure; HttpOnly; SameSite=Lax"] for p in (een, ander)]
    assert not any(
        "gebieden_replica" in k for k in get_koppen(poort, "/", "set-cookie", Cookie=f"gebieden_replica={een}")
    )


def test_a_file_over_the_limit_gets_a_dutch_page(poort: int) -> None:
    # One byte more than 201 MB is announced; nothing of it has to be sent.
    te_veel = str(201 * 1024 * 1024 + 1)
    status, _, inhoud = ask(poort, "/_stcore/upload_file/sessie/bestand", "PUT", Content_Length=te_veel)
    assert status == 413
    assert "Dit bestand is te groot" in inhoud


@pytest.mark.parametrize("pad", ["/", "/auth/login", "/_stcore/health"])
def test_elsewhere_nobody_has_a_megabyte_to_send(poort: int, pad: str) -> None:
    assert ask(poort, pad, "PUT", Content_Length=str(1024 * 1024 + 1))[0] == 413


def test_signing_in_over_and_over_is_stopped_with_a_dutch_page(poort: int) -> None:
    antwoorden = [ask(poort, "/auth/login") for _ in range(90)]
    assert [status for status, _, _ in antwoorden[:60]] == [200] * 60
    geweigerd = [inhoud for status, _, inhoud in antwoorden if status == 429]
    assert geweigerd
    assert all("Even geduld" in inhoud for inhoud in geweigerd)
    assert ask(poort, "/")[0] == 200


def test_when_one_process_is_gone_the_other_answers(tmp_path: Path, vertellers: list[int]) -> None:
    weg, nginx = find_vrije_poort(), find_poortpaar()
    with run_nginx(tmp_path, [weg, vertellers[1]], nginx):
        for koekje in (f"gebieden_replica={weg}", ""):
            for _ in range(4):
                status, _, inhoud = ask(nginx, "/", Cookie=koekje)
                assert (status, json.loads(inhoud)["poort"]) == (200, vertellers[1])
        koekjes = get_koppen(
            nginx, "/_stcore/stream", "set-cookie", Upgrade="websocket", Cookie=f"gebieden_replica={weg}"
        )
        assert any(k.startswith(f"gebieden_replica={vertellers[1]};") for k in koekjes)


def test_when_both_are_gone_there_is_a_dutch_page(tmp_path: Path) -> None:
    nginx = find_poortpaar()
    with run_nginx(tmp_path, [find_vrije_poort(), find_vrije_poort()], nginx):
        status, _, inhoud = ask(nginx, "/gebied")
        assert status == 502
        assert '<html lang="nl">' in inhoud
        assert "geeft nu geen antwoord" in inhoud


def test_the_log_tells_no_address_and_no_query(poort: int, tmp_path: Path, vertellers: list[int]) -> None:
    nginx = find_poortpaar()
    with run_nginx(tmp_path, vertellers, nginx):
        ask(nginx, "/oauth2callback?code=geheim&state=x")
    regel = (tmp_path / "access.log").read_text(encoding="utf-8")
    assert "/oauth2callback" in regel
    assert "geheim" not in regel
    assert "127.0.0.1" not in regel
    assert "::1" not in regel
