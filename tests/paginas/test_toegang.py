"""Who is looking: publiek unless demo's role picker, on this very machine, says otherwise."""

from types import SimpleNamespace

import pytest
from schermtekst import collect_alles

from gebieden.domein.rechten import IEDEREEN, Kijker, Pagina, Rol
from gebieden.ui import toegang


@pytest.fixture
def omgeving(monkeypatch):
    """Return a function that sets where the server is bound and how it was asked for."""

    def stel_in(adres="localhost", modus="demo", **koppen):
        monkeypatch.setenv("GEBIEDEN_MODUS", modus)
        monkeypatch.setattr(toegang.st, "get_option", lambda naam: adres)
        namen = {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
        monkeypatch.setattr(toegang.st, "context", SimpleNamespace(headers=namen))
        monkeypatch.setattr(toegang.st, "session_state", {"rol": Rol.BEHEER, "eigen_gebied": "WK036101"})

    return stel_in


@pytest.mark.parametrize("adres", ["localhost", "127.0.0.1", "::1", "LOCALHOST"])
@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost", "::1"])
def test_demo_on_the_machine_itself_lets_one_choose(omgeving, adres, host):
    omgeving(adres, Host=host)
    assert toegang.determine_gebruiker().kijker == Kijker(Rol.BEHEER)


@pytest.mark.parametrize("herkomst", ["http://localhost:8501", "http://127.0.0.1:8501", "http://[::1]:8501"])
def test_the_own_page_is_no_stranger(omgeving, herkomst):
    omgeving(Host="localhost:8501", Origin=herkomst)
    assert toegang.mag_rol_kiezen()


@pytest.mark.parametrize("adres", [None, "", "0.0.0.0", "::", "192.168.1.10", "dashboard.alkmaar.nl", "localhost.nl"])
def test_demo_bound_to_another_address_serves_publiek_only(omgeving, adres):
    omgeving(adres, Host="localhost:8501")
    assert toegang.determine_gebruiker().kijker == Kijker(Rol.PUBLIEK)


@pytest.mark.parametrize(
    "koppen",
    [
        {"Host": "dashboard.alkmaar.nl"},
        {"Host": "192.168.1.10:8501"},
        {"Host": "localhost.kwaad.nl:8501"},
        {"Host": "localhost@kwaad.nl"},
        {"Host": "[::1].kwaad.nl"},
        {"Host": ""},
        {"Host": "localhost:8501", "X_Forwarded_Host": "dashboard.alkmaar.nl"},
        {"Host": "localhost:8501", "X_Forwarded_Host": "localhost, dashboard.alkmaar.nl"},
        {"Host": "localhost:8501", "X_Original_Host": "dashboard.alkmaar.nl"},
        {"Host": "localhost:8501", "Forwarded": "for=10.0.0.1;host=localhost"},
        {"Host": "localhost:8501", "X_Forwarded_For": "10.0.0.1"},
        {"Host": "localhost:8501", "X_Real_Ip": "10.0.0.1"},
        {"Host": "localhost:8501", "Via": "1.1 proxy"},
        {"Host": "localhost:8501", "Origin": "https://dashboard.alkmaar.nl"},
        {"Host": "localhost:8501", "Origin": "null"},
    ],
)
def test_demo_asked_for_under_another_name_serves_publiek_only(omgeving, koppen):
    omgeving(**koppen)
    assert toegang.determine_gebruiker().kijker == Kijker(Rol.PUBLIEK)


def test_productie_without_login_is_publiek_whatever_the_session_says(omgeving):
    omgeving(modus="productie", Host="localhost:8501")
    assert toegang.determine_gebruiker().kijker == Kijker(Rol.PUBLIEK)


@pytest.mark.parametrize("rol", Rol)
def test_only_roles_with_an_own_area_get_one(omgeving, rol):
    omgeving(Host="localhost")
    toegang.st.session_state["rol"] = rol
    met_gebied = rol in (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR, Rol.OOV)
    assert toegang.determine_gebruiker().kijker.eigen == (frozenset({"WK036101"}) if met_gebied else frozenset())


@pytest.mark.usefixtures("demo")
def test_the_screen_says_why_there_is_no_role_picker(open_pagina, monkeypatch):
    monkeypatch.setattr(toegang, "_is_lokaal", lambda naam: False)
    at = open_pagina()
    assert not at.sidebar.selectbox
    assert "alleen op de computer zelf" in at.sidebar.caption[0].value
    assert b"zoals iedereen het ziet" in collect_alles(at)


@pytest.mark.parametrize("pagina", [p for p in Pagina if IEDEREEN.mag_pagina(p)])
def test_productie_has_no_role_picker_and_no_banner(open_pagina, gebruik_database, tmp_path, pagina):
    gebruik_database(f"sqlite:///{tmp_path / 'leeg.sqlite'}", "productie")
    at = open_pagina(pagina)
    assert not at.exception
    assert not at.sidebar.selectbox
    assert b'demobalk"' not in collect_alles(at)


def test_productie_refuses_gegevens(open_pagina, gebruik_database, tmp_path):
    gebruik_database(f"sqlite:///{tmp_path / 'leeg.sqlite'}", "productie")
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_pagina(Pagina.GEGEVENS)
