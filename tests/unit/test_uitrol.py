"""What is shipped to put the application online agrees with itself and with the application."""

import re
import tomllib
from pathlib import Path

import pytest
import streamlit as st

from gebieden.ui.server import VERTALINGEN

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
NGINX = DEPLOY / "nginx"
LOCATIES = (NGINX / "locaties.conf").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")


def read(naam: str) -> str:
    return (NGINX / naam).read_text(encoding="utf-8")


def strip_adressen(tekst: str) -> str:
    """Return the upstream blocks with what may differ left out: comments, host names, Docker's own words."""
    regels = (regel.split("#")[0].strip() for regel in tekst.splitlines())
    zonder = re.sub(r"(127\.0\.0\.1|toepassing-\d+):| resolve\b", "", "\n".join(regels))
    return "\n".join(r for r in zonder.splitlines() if r and not r.startswith(("zone ", "resolver ")))


def test_the_processes_are_the_same_with_docker_and_without() -> None:
    assert strip_adressen(read("replicas.conf")) == strip_adressen(read("replicas-docker.conf"))


def test_every_process_has_a_cookie_a_group_and_a_container() -> None:
    poorten = set(re.findall(r"127\.0\.0\.1:(\d+)", read("replicas.conf")))
    assert poorten == {"8501", "8502"}
    assert poorten == set(re.findall(r"^    (\d+)\s+gebieden_\1;", read("gebiedsdashboard.conf"), re.M))
    assert poorten == set(re.findall(r"^  toepassing-(\d+):$", COMPOSE, re.M))
    assert poorten == set(re.findall(r'STREAMLIT_SERVER_PORT: "(\d+)"', COMPOSE))


def test_nginx_lets_through_what_streamlit_takes() -> None:
    config = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert f"client_max_body_size {config['server']['maxUploadSize'] + 1}m;" in LOCATIES
    assert f"groter is dan {config['server']['maxUploadSize']} MB" in read("fouten/413.html")


def test_no_location_throws_away_the_headers_of_all() -> None:
    for blok in re.findall(r"^location [^{]+\{.*?^\}", LOCATIES, re.M | re.S):
        assert not re.search(r"\b(add_header|proxy_set_header|proxy_hide_header|error_page)\b", blok), blok


@pytest.mark.parametrize("status", re.findall(r"/_fout/(\d+)\.html", LOCATIES))
def test_every_error_page_is_there_and_in_dutch(status: str) -> None:
    pagina = read(f"fouten/{status}.html")
    assert '<html lang="nl">' in pagina
    assert pagina.count("<h1>") == 1
    assert "http://" not in pagina + read("fouten/stijl.css")


def test_every_file_that_a_container_gets_is_shipped() -> None:
    for bron in re.findall(r"- (\./nginx[\w./-]*):/", COMPOSE):
        assert (DEPLOY / bron).exists(), bron
    for bron in re.findall(r"^COPY (\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.M):
        assert (PROJECT / bron).exists(), bron
        assert f"!{bron}" in (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines(), bron


def test_streamlits_page_has_no_script_of_its_own_left() -> None:
    pagina = (Path(st.__file__).parent / "static/index.html").read_bytes()
    for engels, nederlands in VERTALINGEN:
        pagina = pagina.replace(engels, nederlands)
    assert re.findall(rb"<script(?![^>]*\bsrc=)[^>]*>", pagina) == []
    assert re.findall(rb"""\son\w+\s*=\s*["']""", pagina) == []
