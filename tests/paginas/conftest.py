"""The application as AppTest runs it: on a demo database of this run, without a browser."""

import functools
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from databases import get_url
from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import gebieden.ui.kaartpaneel
import gebieden.ui.vastleggenkaart
from gebieden.demo.bouwen import build_demo
from gebieden.domein.rechten import Pagina, Rol
from gebieden.instellingen import PROJECT
from gebieden.kaart.kaartbeeld import Kaartbeeld
from gebieden.opslag.database import open_database

WACHTTIJD_S = 30
Opener = Callable[..., AppTest]


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a page on SQLite only, unless its test says `beide_databases`.

    The storage is tested on both in tests/integratie, and that a page shows the same on either in test_zelfde.py.
    """
    if "databases" in metafunc.fixturenames and not metafunc.definition.get_closest_marker("beide_databases"):
        metafunc.definition.add_marker(pytest.mark.parametrize("databases", ["sqlite"], indirect=True, scope="session"))


@pytest.fixture(scope="session", autouse=True)
def stille_log() -> None:
    """Streamlit warns that there is no browser; that is the point of these tests."""
    logging.getLogger("streamlit").setLevel(logging.CRITICAL)


@pytest.fixture(scope="session", autouse=True)
def eens_gezocht() -> Iterator[None]:
    """Every AppTest looks through all installed packages for components, a third of a second: once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        gezocht = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", gezocht)
        yield


@pytest.fixture(scope="session")
def demobestand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo database, built once. Read only: a test that writes takes `eigen_database`."""
    pad = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    engine = open_database(f"sqlite:///{pad}")
    build_demo(engine)
    engine.dispose()
    return pad


@pytest.fixture
def gebruik_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Point the application at a database; what was cached of another one is dropped, before and after."""

    def gebruik(adres: str, modus: str = "demo") -> None:
        st.cache_resource.clear()
        monkeypatch.setenv("GEBIEDEN_DATABASE", adres)
        monkeypatch.setenv("GEBIEDEN_MODUS", modus)

    yield gebruik
    st.cache_resource.clear()


@pytest.fixture
def demo(demobestand: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application shows the shared demo database."""
    monkeypatch.setenv("GEBIEDEN_DATABASE", f"sqlite:///{demobestand}")
    monkeypatch.setenv("GEBIEDEN_MODUS", "demo")


@pytest.fixture
def eigen_database(
    maak_database: Callable[..., Engine], demo_sjabloon: str, gebruik_database: Callable[[str], None]
) -> Iterator[Engine]:
    """A copy of the demo database that a test may write to."""
    engine = maak_database(demo_sjabloon)
    gebruik_database(get_url(engine))
    yield engine
    st.cache_resource.clear()


@pytest.fixture
def kaarten(monkeypatch: pytest.MonkeyPatch) -> list[Kaartbeeld]:
    """What the map would have shown: AppTest has no components."""
    getoond: list[Kaartbeeld] = []

    def noteer(beeld: Kaartbeeld, *, sleutel: str, hoogte: int = 0) -> None:
        getoond.append(beeld)

    for module in (gebieden.ui.kaartpaneel, gebieden.ui.vastleggenkaart):
        monkeypatch.setattr(module, "show_kaart", noteer)
    return getoond


@pytest.fixture
def open_pagina(kaarten: list[Kaartbeeld]) -> Opener:
    """Return a function that opens a page as a role, with the filters of an address."""

    def opener(pagina: Pagina | str = Pagina.OVERZICHT, rol: Rol = Rol.PUBLIEK, eigen: str = "", **filters: str):
        at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=WACHTTIJD_S)
        # AppTest forgets after every run that there is a router, and the first run in which it learns that again
        # starts without what was chosen: so twice. On a page without filters, because an address only sets those
        # that are not there yet.
        at.switch_page("pages/uitleg.py").run().run()
        if rol is not Rol.PUBLIEK:
            at.sidebar.selectbox(key="rol").select(rol).run()
        if eigen:
            at.sidebar.selectbox(key="eigen_gebied").select(eigen).run()
        kaarten.clear()
        at.switch_page(f"pages/{pagina}.py")
        for naam, waarde in filters.items():
            at.query_params[naam] = waarde
        return at.run()

    return opener


@pytest.fixture
def open_kaal(kaarten: list[Kaartbeeld]) -> Opener:
    """Return a function that asks for a page and nothing more: for an application that cannot start."""

    def opener(pagina: Pagina) -> AppTest:
        at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=WACHTTIJD_S)
        return at.switch_page(f"pages/{pagina}.py").run()

    return opener
