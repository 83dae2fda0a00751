"""Signing in at a real OpenID Connect provider on this machine: in, out, unknown, expired, with a copied cookie."""

import re

import pytest
from aanbieder import build_productie, run_aanbieder, run_productie
from playwright.sync_api import expect

from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import Rol
from gebieden.opslag.gebruikersbeheer import add_gebruiker

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
