"""Signing in at a real OpenID Connect provider on this machine: in, out, unknown, expired, with a copied cookie."""

import re
import time
from dataclasses import replace

import pytest
from aanbieder import build_productie, run_aanbieder, run_productie
from playwright.sync_api import expect
from proefserver import run_dashboard

from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import Rol
from gebieden.opslag.gebruikersbeheer import add_gebruiker, change_gebruiker

REGISSEUR = Gebruikersgegevens("Ria de Regisseur", Rol.GEBIEDSREGISSEUR, frozenset({"WK036106"}))
BEHEER = Gebruikersgegevens("Bea Beheer", Rol.BEHEER)
VERLOPEN = re.compile("Uw aanmelding is verlopen")


@pytest.fixture(scope="module")
def aanbieder(tmp_path_factory):
    with run_aanbieder(tmp_path_factory.mktemp("aanbieder")) as aanbieder:
        yield aanbieder


@pytest.fixture(scope="module")
def map_(tmp_path_factory):
    return tmp_path_factory.mktemp("productie")


@pytest.fixture(scope="module")
def engine(demobestand, map_):
    engine = build_productie(demobestand, map_)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def productie(map_, aanbieder, engine):
    with run_productie(map_, aanbieder) as adres:
        yield adres


@pytest.fixture
def persoon(engine, aanbieder):
    """Return a function that makes somebody known to the provider and to the dashboard; it returns their number."""

    def maak(naam, gegevens, **claims):
        aanbieder.zet(naam, email=f"{naam}@alkmaar.nl", email_verified=True, name=gegevens.naam, **claims)
        return add_gebruiker(engine, OPDRACHTREGEL, f"{naam}@alkmaar.nl", gegevens, via="opdrachtregel")

    return maak


def test_one_signs_in_and_comes_back_to_the_page_one_was_on(ontvang, productie, persoon):
    persoon("ria", REGISSEUR)
    bezoeker = ontvang(productie).open("/gebied?code=WK036106")
    expect(bezoeker.zijbalk).to_contain_text("U bent niet aangemeld")
    bezoeker.meld_aan("ria")
    expect(bezoeker.zijbalk).to_contain_text("Ria de Regisseur")
    expect(bezoeker.zijbalk).to_contain_text("gebiedsregisseur van")
    expect(bezoeker.titel).to_contain_text("zoals de gebiedsregisseur het ziet")
    assert bezoeker.page.url == f"{productie}/gebied?code=WK036106"


def test_signing_out_makes_one_publiek_again(ontvang, productie, persoon):
    persoon("tom", REGISSEUR)
    bezoeker = ontvang(productie).open("/uitleg").meld_aan("tom")
    expect(bezoeker.zijbalk).to_contain_text("gebiedsregisseur van")
    bezoeker.meld_af()
    expect(bezoeker.zijbalk).to_contain_text("U bent niet aangemeld")
    expect(bezoeker.titel).to_contain_text("zoals iedereen het ziet")
    bezoeker.open("/gebied?code=WK036106")
    expect(bezoeker.titel).to_contain_text("zoals iedereen het ziet")


def test_an_unknown_person_is_publiek(ontvang, productie):
    bezoeker = ontvang(productie).open("/agenda").meld_aan("onbekend@elders.nl")
    expect(bezoeker.zijbalk).to_contain_text("maar bent hier geen gebruiker")
    expect(bezoeker.titel).to_contain_text("zoals iedereen het ziet")
    expect(bezoeker.zijbalk.get_by_role("link", name="Gegevens", exact=True)).to_have_count(0)


def test_who_is_put_out_while_signed_in_is_publiek_at_the_next_click(ontvang, productie, persoon, engine):
    nummer = persoon("bea", BEHEER)
    bezoeker = ontvang(productie).open("/uitleg").meld_aan("bea").ga_naar("Beheer")
    bezoeker.heeft_titel("Gebruikers en logboek")
    change_gebruiker(engine, OPDRACHTREGEL, nummer, BEHEER, replace(BEHEER, actief=False), via="opdrachtregel")
    bezoeker.ga_naar("Agenda")
    expect(bezoeker.titel).to_contain_text("zoals iedereen het ziet")
    expect(bezoeker.zijbalk).to_contain_text("maar bent hier geen gebruiker")
    expect(bezoeker.zijbalk.get_by_role("link", name="Beheer", exact=True)).to_have_count(0)


def test_a_sign_in_expires_while_the_page_is_open(ontvang, productie, persoon):
    begin = int(time.time())
    persoon("els", REGISSEUR, iat=begin - 10 * 3600 + 20)
    bezoeker = ontvang(productie).open("/uitleg").meld_aan("els")
    expect(bezoeker.zijbalk).to_contain_text("gebiedsregisseur van")
    bezoeker.page.wait_for_timeout(max(0, begin + 21 - time.time()) * 1000)
    bezoeker.ga_naar("Agenda")
    expect(bezoeker.zijbalk).to_contain_text(VERLOPEN)
    expect(bezoeker.titel).to_contain_text("zoals iedereen het ziet")
    persoon("els2", REGISSEUR)
    bezoeker.meld_aan("els2")
    expect(bezoeker.titel).to_contain_text("zoals de gebiedsregisseur het ziet")
    assert bezoeker.page.url == f"{productie}/agenda"


def test_a_copied_cookie_is_of_no_use_after_the_longest_time(ontvang, tmp_path, demobestand, aanbieder):
    engine = build_productie(demobestand, tmp_path)
    add_gebruiker(engine, OPDRACHTREGEL, "kim@alkmaar.nl", REGISSEUR, via="opdrachtregel")
    engine.dispose()
    aanbieder.zet("kim", email="kim@alkmaar.nl", email_verified=True)
    with run_productie(tmp_path, aanbieder) as adres:
        koekjes = ontvang(adres).open("/uitleg").meld_aan("kim").page.context.cookies()
        dief = ontvang(adres)
        dief.page.context.add_cookies(koekjes)
        expect(dief.open("/agenda").titel).to_contain_text("zoals de gebiedsregisseur het ziet")
        dief.page.goto("about:blank")
    poort = adres.rpartition(":")[2]
    with run_productie(tmp_path, aanbieder, STREAMLIT_SERVER_PORT=poort, GEBIEDEN_AANMELDDUUR="0,0001"):
        expect(dief.open("/agenda").zijbalk).to_contain_text(VERLOPEN)
        expect(dief.titel).to_contain_text("zoals iedereen het ziet")


def test_a_cookie_that_was_tampered_with_is_nobody(ontvang, productie, persoon):
    persoon("noor", BEHEER)
    koekjes = ontvang(productie).open("/uitleg").meld_aan("noor").page.context.cookies()
    dief = ontvang(productie)
    dief.page.context.add_cookies(
        [k | {"value": f"{k['value'][:-6]}aaaaaa"} if k["name"] == "_streamlit_user" else k for k in koekjes]
    )
    expect(dief.open("/uitleg").zijbalk).to_contain_text("U bent niet aangemeld")


def test_a_first_visit_by_deep_link_to_a_fresh_server_obeys_the_role(ontvang, tmp_path, demobestand, aanbieder):
    engine = build_productie(demobestand, tmp_path)
    add_gebruiker(engine, OPDRACHTREGEL, "puk@alkmaar.nl", BEHEER, via="opdrachtregel")
    engine.dispose()
    aanbieder.zet("puk", email="puk@alkmaar.nl", email_verified=True)
    with run_productie(tmp_path, aanbieder) as adres:
        bezoeker = ontvang(adres)
        bezoeker.page.goto(f"{adres}/gegevens")
        expect(bezoeker.hoofd).to_contain_text("niet te zien als publiek. Meld u aan")
        expect(bezoeker.page.get_by_test_id("stFileUploader")).to_have_count(0)
        expect(bezoeker.zijbalk.get_by_role("link", name="Gegevens", exact=True)).to_have_count(0)
        bezoeker.meld_aan("puk").heeft_titel("Gegevens inlezen")
        koekjes = bezoeker.page.context.cookies()
    poort = adres.rpartition(":")[2]
    with run_productie(tmp_path, aanbieder, STREAMLIT_SERVER_PORT=poort):
        ander = ontvang(adres)
        ander.page.context.add_cookies(koekjes)
        ander.open("/beheer").heeft_titel("Gebruikers en logboek")


def test_productie_without_a_provider_says_so(ontvang, tmp_path, demobestand):
    build_productie(demobestand, tmp_path).dispose()
    with run_dashboard(tmp_path, GEBIEDEN_MODUS="productie") as adres:
        bezoeker = ontvang(adres).open("/agenda")
        expect(bezoeker.zijbalk).to_contain_text("Aanmelden is hier niet ingericht")
        expect(bezoeker.zijbalk.get_by_role("button", name="Aanmelden")).to_have_count(0)
        expect(bezoeker.titel).to_contain_text("zoals iedereen het ziet")


@pytest.mark.parametrize("inhoud", ["[auth", '[auth]\nclient_id = "x"\n'])
def test_a_broken_section_is_a_sentence(ontvang, tmp_path, demobestand, inhoud):
    build_productie(demobestand, tmp_path).dispose()
    geheimen = tmp_path / "secrets.toml"
    geheimen.write_text(inhoud)
    with run_dashboard(tmp_path, GEBIEDEN_MODUS="productie", STREAMLIT_SECRETS_FILES=str(geheimen)) as adres:
        bezoeker = ontvang(adres).open("/uitleg")
        expect(bezoeker.zijbalk).to_contain_text("Aanmelden kan nu niet")
        expect(bezoeker.page.get_by_test_id("stException")).to_have_count(0)
        assert "Traceback" not in (tmp_path / "server.log").read_text()
