"""Signing in: what the cookie says of somebody, and what the database makes of that, on every run anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
from schermtekst import collect_alles, list_paginas
from streamlit import config
from streamlit.testing.v1 import AppTest

from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import PAGINARECHTEN, Pagina, Rol
from gebieden.instellingen import PROJECT
from gebieden.opslag.database import begin_schrijven, set_instelling
from gebieden.opslag.gebruikersbeheer import add_gebruiker, change_gebruiker, remove_gebruiker
from gebieden.ui import aanbieders

GEHEIMEN = {
    "redirect_uri": "https://gebieden.alkmaar.nl/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "gebieden",
    "client_secret": "geheim",
    "server_metadata_url": "https://inlog.alkmaar.nl/.well-known/openid-configuration",
}
GEBIED = "WK036106"
GEGEVENS = {
    rol: Gebruikersgegevens(
        f"Naam van {rol}",
        rol,
        frozenset({GEBIED}) if rol in (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR, Rol.OOV) else frozenset(),
    )
    for rol in Rol
    if rol is not Rol.PUBLIEK
}
Opener = Callable[..., AppTest]


def build_claims(wie: str = "jan", uren: float = 0.0, **claims: object) -> dict[str, object]:
    """Return what a provider says of somebody who signed in so many hours ago."""
    toen = datetime.now(UTC) - timedelta(hours=uren)
    return {
        "is_logged_in": True,
        "iss": "https://inlog.alkmaar.nl",
        "sub": f"sub-{wie}",
        "preferred_username": f"{wie}@alkmaar.nl",
        "iat": int(toen.timestamp()),
    } | claims


@pytest.fixture
def geheimen(monkeypatch):
    """Return the section [auth], to change."""
    deel = dict(GEHEIMEN)
    monkeypatch.setattr(st.secrets, "_secrets", {"auth": deel})
    return deel


@pytest.fixture
def productie(eigen_database, gebruik_database, geheimen):
    """The demo's data, as if they were real, in productie with a provider."""
    with begin_schrijven(eigen_database) as conn:
        set_instelling(conn, "bevat_demo", "nee")
        set_instelling(conn, "modus", "productie")
    gebruik_database(str(eigen_database.url), "productie")
    return eigen_database


@pytest.fixture
def schrijf_in(productie):
    """Return a function that lets somebody in, and returns their number."""

    def doe(wie: str = "jan", gegevens: Gebruikersgegevens = GEGEVENS[Rol.GEBIEDSTEAM]) -> int:
        return add_gebruiker(productie, OPDRACHTREGEL, f"{wie}@alkmaar.nl", gegevens, via="opdrachtregel")

    return doe


@pytest.fixture
def open_als(kaarten) -> Opener:
    """Return a function that opens a page with the claims of a cookie."""

    def opener(claims: dict[str, object] | None = None, pagina: Pagina = Pagina.UITLEG) -> AppTest:
        at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
        at.user = claims or {}
        at.switch_page("pages/uitleg.py").run().run()
        return at.switch_page(f"pages/{pagina}.py").run()

    return opener


def read_zijbalk(at: AppTest) -> str:
    """Return what the sidebar says."""
    stukken = [*at.sidebar.markdown, *at.sidebar.caption, *at.sidebar.warning, *at.sidebar.info]
    return " ".join(stuk.value for stuk in stukken).replace("\\", "").replace("\u2060", "")


def list_knoppen(at: AppTest) -> list[str]:
    return [knop.label for knop in at.sidebar.button]


# That both kinds of database give the same person is for tests/integratie/test_gebruikers.py; that every page then
# draws itself for that role, for test_paginas.py.
@pytest.mark.parametrize("rol", Rol)
def test_the_pages_are_there_for_the_role_that_the_database_gives_and_no_other(schrijf_in, open_als, rol):
    if rol in GEGEVENS:
        schrijf_in(gegevens=GEGEVENS[rol])
    at = open_als(build_claims())
    assert list_paginas(at) == {pagina for pagina, rollen in PAGINARECHTEN.items() if rol in rollen}


@pytest.mark.parametrize(
    ("rol", "pagina"),
    # In the order of the roles: workers that each find another order stop.
    [(r, p) for p, rollen in PAGINARECHTEN.items() for r in Rol if r in rollen and Rol.PUBLIEK not in rollen],
)
def test_a_page_that_is_not_for_publiek_opens_for_the_role_that_the_database_gives(schrijf_in, open_als, rol, pagina):
    schrijf_in(gegevens=GEGEVENS[rol])
    at = open_als(build_claims(), pagina)
    assert not at.exception
    assert not at.error
    assert at.title


def test_the_sidebar_says_who_and_as_what(schrijf_in, open_als):
    schrijf_in()
    at = open_als(build_claims())
    assert "**Naam van gebiedsteam**" in read_zijbalk(at)
    assert "gebiedsteam van De Mare" in read_zijbalk(at)
    assert list_knoppen(at) == ["Afmelden"]


def test_nobody_signed_in_is_publiek_and_is_offered_to_sign_in(productie, open_als):
    at = open_als()
    assert "U bent niet aangemeld" in read_zijbalk(at)
    assert list_knoppen(at) == ["Aanmelden"]


def test_an_unknown_person_is_publiek_and_hears_whom_to_ask(productie, open_als):
    at = open_als(build_claims("vreemd"), Pagina.OVERZICHT)
    assert "U bent aangemeld als vreemd@alkmaar.nl, maar bent hier geen gebruiker" in read_zijbalk(at)
    assert "Vraag iemand met de rol beheer" in read_zijbalk(at)
    assert list_knoppen(at) == ["Afmelden"]
    assert b"zoals iedereen het ziet" in collect_alles(at)


@pytest.mark.parametrize(
    "claims",
    [
        {"rol": "beheer", "roles": ["beheer"]},
        {"email": "bea@alkmaar.nl"},
        {"email": "bea@alkmaar.nl", "email_verified": False},
        {"preferred_username": "bea@alkmaar.nl", "email": "bea@alkmaar.nl", "email_verified": False},
    ],
)
def test_no_claim_makes_somebody_else_of_a_person(schrijf_in, open_als, claims):
    schrijf_in("bea", GEGEVENS[Rol.BEHEER])
    at = open_als(build_claims("vreemd") | claims)
    assert list_knoppen(at) == ["Afmelden"]
    assert "hier geen gebruiker" in read_zijbalk(at)


@pytest.mark.parametrize("maak_weg", ["inactief", "verwijderd"])
def test_who_is_put_out_is_publiek_at_the_next_click(productie, schrijf_in, open_als, maak_weg):
    nummer, gegevens = schrijf_in(), GEGEVENS[Rol.GEBIEDSTEAM]
    at = open_als(build_claims(), Pagina.OVERZICHT)
    assert b"zoals het gebiedsteam het ziet" in collect_alles(at)
    if maak_weg == "inactief":
        weg = replace(gegevens, actief=False)
        change_gebruiker(productie, OPDRACHTREGEL, nummer, gegevens, weg, via="scherm")
    else:
        remove_gebruiker(productie, OPDRACHTREGEL, nummer, via="scherm")
    at.run()
    assert b"zoals iedereen het ziet" in collect_alles(at)
    assert "hier geen gebruiker" in read_zijbalk(at)


def test_another_role_holds_from_the_next_click(productie, schrijf_in, open_als):
    nummer, gegevens = schrijf_in(), GEGEVENS[Rol.GEBIEDSTEAM]
    at = open_als(build_claims(), Pagina.OVERZICHT)
    change_gebruiker(productie, OPDRACHTREGEL, nummer, gegevens, GEGEVENS[Rol.RAAD], via="scherm")
    assert b"zoals de raad het ziet" in collect_alles(at.run())


@pytest.mark.parametrize(
    ("duur", "uren", "is_aangemeld"),
    [
        ("", 9.99, True),
        ("", 10.01, False),
        ("2", 1.99, True),
        ("2", 2.01, False),
        ("0,5", 0.51, False),
        ("24", 23, True),
    ],
)
def test_a_sign_in_holds_no_longer_than_was_set(schrijf_in, open_als, monkeypatch, duur, uren, is_aangemeld):
    monkeypatch.setenv("GEBIEDEN_AANMELDDUUR", duur)
    schrijf_in()
    at = open_als(build_claims(uren=uren))
    assert list_knoppen(at) == (["Afmelden"] if is_aangemeld else ["Aanmelden"])
    assert ("Uw aanmelding is verlopen" in read_zijbalk(at)) is not is_aangemeld


@pytest.mark.parametrize("iat", [None, "gisteren", True, float("nan"), 1e30, -1e30])
def test_a_sign_in_that_does_not_say_when_has_expired(schrijf_in, open_als, iat):
    schrijf_in()
    at = open_als(build_claims(iat=iat))
    assert not at.exception
    assert "Uw aanmelding is verlopen: die geldt 10 uur" in read_zijbalk(at)


def test_an_expired_sign_in_binds_nobody(productie, schrijf_in, open_als):
    schrijf_in()
    open_als(build_claims(uren=11))
    assert "Naam van gebiedsteam" in read_zijbalk(open_als(build_claims(sub="sub-van-de-echte-jan")))


@pytest.mark.parametrize("duur", ["tien", "0", "-1", "nan", "inf", "721"])
def test_a_duration_that_is_none_is_a_sentence(productie, monkeypatch, duur):
    monkeypatch.setenv("GEBIEDEN_AANMELDDUUR", duur)
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30).run()
    assert not at.exception
    assert "GEBIEDEN_AANMELDDUUR" in at.error[0].value.replace("\\", "")


def test_the_claim_that_names_people_can_be_set(schrijf_in, open_als, monkeypatch):
    schrijf_in("11-22-33")
    monkeypatch.setenv("GEBIEDEN_AANMELDCLAIM", "oid")
    at = open_als(build_claims("vreemd", oid="11-22-33@alkmaar.nl"))
    assert "Naam van gebiedsteam" in read_zijbalk(at)


def test_without_a_provider_the_screen_says_so_and_stays_public(productie, open_als, monkeypatch):
    monkeypatch.setattr(st.secrets, "_secrets", {"iets": "anders"})
    at = open_als(build_claims(), Pagina.OVERZICHT)
    assert "Aanmelden is hier niet ingericht; iedereen ziet wat publiek mag zien." in read_zijbalk(at)
    assert list_knoppen(at) == []
    assert b"zoals iedereen het ziet" in collect_alles(at)


@pytest.mark.parametrize(
    ("kapot", "woorden"),
    [
        ({"redirect_uri": None}, "in [auth] ontbreekt redirect_uri"),
        ({"cookie_secret": None}, "in [auth] ontbreekt cookie_secret"),
        ({"cookie_secret": "kort"}, "cookie_secret in [auth] heeft 4 tekens"),
        ({"redirect_uri": "gebieden.alkmaar.nl/oauth2callback"}, "geen volledig adres"),
        ({"redirect_uri": "https://gebieden.alkmaar.nl/"}, "eindigt op /oauth2callback"),
        ({"client_id": None}, "in [auth] ontbreekt client_id"),
        ({"client_secret": None}, "in [auth] ontbreekt client_secret"),
        ({"server_metadata_url": None}, "in [auth] ontbreekt server_metadata_url"),
        ({"entra": {"client_id": "x"}}, "in [auth.entra] ontbreekt client_secret"),
        ({"mijn_entra": GEHEIMEN}, "[auth.mijn_entra] heeft een laag streepje"),
        (dict.fromkeys(("client_id", "client_secret", "server_metadata_url")), "in [auth] ontbreekt client_id"),
    ],
)
def test_a_broken_section_is_named_and_everybody_is_publiek(schrijf_in, open_als, geheimen, kapot, woorden):
    schrijf_in()
    geheimen |= kapot
    for sleutel in [s for s, w in geheimen.items() if w is None]:
        del geheimen[sleutel]
    at = open_als(build_claims())
    assert not at.exception
    assert "Aanmelden kan nu niet" in read_zijbalk(at)
    assert woorden in read_zijbalk(at)
    assert list_knoppen(at) == []
    assert GEHEIMEN["client_secret"].encode() not in collect_alles(at)


@pytest.mark.parametrize(
    ("inhoud", "bezwaar", "is_ingericht"),
    [
        (None, "", False),
        ("", "", False),
        ("[auth", "het bestand is niet te lezen", False),
        ('auth = "ja"', "[auth] is geen deel van het bestand maar een losse waarde", False),
        ("[auth]\n" + "\n".join(f'{s} = "{w}"' for s, w in GEHEIMEN.items()), "", True),
    ],
)
def test_a_file_with_secrets_is_read_or_named(tmp_path, monkeypatch, inhoud, bezwaar, is_ingericht):
    pad = tmp_path / "secrets.toml"
    if inhoud is not None:
        pad.write_text(inhoud)
    echt = config.get_option
    monkeypatch.setattr(config, "get_option", lambda naam: [str(pad)] if naam == "secrets.files" else echt(naam))
    monkeypatch.setattr(st.secrets, "_secrets", None)
    monkeypatch.setattr(st.secrets, "_file_watchers_installed", True)
    gelezen = aanbieders.read_aanbieders()
    assert (gelezen.bezwaar, gelezen.is_ingericht) == (bezwaar, is_ingericht)


def test_each_of_several_providers_has_a_button(productie, open_als, geheimen):
    van_een = {s: geheimen.pop(s) for s in ("client_id", "client_secret", "server_metadata_url")}
    geheimen |= {"entra": van_een, "politie": van_een}
    assert list_knoppen(open_als()) == ["Aanmelden met entra", "Aanmelden met politie"]


def test_demo_knows_no_sign_in(eigen_database, geheimen, open_als):
    add_gebruiker(eigen_database, OPDRACHTREGEL, "jan@alkmaar.nl", GEGEVENS[Rol.BEHEER], via="opdrachtregel")
    at = open_als(build_claims(), Pagina.OVERZICHT)
    assert b"zoals iedereen het ziet" in collect_alles(at)
    assert list_knoppen(at) == []


@pytest.mark.parametrize("pagina", [p for p in Pagina if Rol.PUBLIEK not in PAGINARECHTEN[p]])
@pytest.mark.parametrize("uren", [None, 11])
def test_a_link_to_a_closed_page_asks_who_one_is(productie, open_als, pagina, uren):
    at = open_als(None if uren is None else build_claims(uren=uren), pagina)
    assert "niet te zien als publiek. Meld u aan" in at.main.warning[0].value
    assert not at.title
    assert not [*at.main.button, *at.main.file_uploader, *at.main.text_input]
