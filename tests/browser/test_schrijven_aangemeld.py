"""Writing by who is signed in at a real provider: a sign-in that expires and a server that dies cost nothing typed."""

import re
import time

import pytest
from aanbieder import build_productie, run_aanbieder, run_productie
from kaart_proef import find_vrije_poort
from playwright.sync_api import expect
from test_schrijven import PUNT, count_berichten, get_tekstvak, kill_server, save

from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import Rol
from gebieden.opslag.gebruikersbeheer import add_gebruiker

REGISSEUR = Gebruikersgegevens("Ria de Regisseur", Rol.GEBIEDSREGISSEUR, frozenset({"GB01"}))


@pytest.fixture(scope="module")
def aanbieder(tmp_path_factory):
    with run_aanbieder(tmp_path_factory.mktemp("aanbieder")) as aanbieder:
        yield aanbieder


@pytest.fixture
def map_(tmp_path, demobestand):
    engine = build_productie(demobestand, tmp_path)
    add_gebruiker(engine, OPDRACHTREGEL, "ria@alkmaar.nl", REGISSEUR, via="opdrachtregel")
    engine.dispose()
    return tmp_path


def test_a_sign_in_that_expires_half_way_costs_nothing_typed(ontvang, map_, aanbieder):
    begin = int(time.time())
    aanbieder.zet("ria", email="ria@alkmaar.nl", email_verified=True, iat=begin - 10 * 3600 + 30)
    with run_productie(map_, aanbieder) as adres:
        bezoeker = ontvang(adres).open(PUNT).meld_aan("ria")
        get_tekstvak(bezoeker).fill("Net niet op tijd.")
        bezoeker.page.wait_for_timeout(max(0, begin + 31 - time.time()) * 1000)
        bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).click()
        expect(bezoeker.hoofd.get_by_text("Wat u typte, staat er nog")).to_be_visible()
        expect(bezoeker.hoofd.get_by_text(re.compile("Berichten schrijven mag niet als publiek"))).to_be_visible()
        expect(get_tekstvak(bezoeker)).to_have_value("Net niet op tijd.")
        assert count_berichten(map_, "Net niet op tijd.") == 0
        aanbieder.zet("ria", email="ria@alkmaar.nl", email_verified=True)
        bezoeker.meld_aan("ria", binnen=bezoeker.hoofd)
        assert bezoeker.page.url == f"{adres}{PUNT}"
        expect(get_tekstvak(bezoeker)).to_have_value("Net niet op tijd.")
        save(bezoeker)
    assert count_berichten(map_, "Net niet op tijd.") == 1


def test_a_killed_server_costs_nothing_typed_and_nobody_has_to_do_anything(ontvang, map_, aanbieder):
    aanbieder.zet("ria", email="ria@alkmaar.nl", email_verified=True)
    poort = find_vrije_poort()
    with run_productie(map_, aanbieder, STREAMLIT_SERVER_PORT=str(poort)) as adres:
        bezoeker = ontvang(adres).open(PUNT).meld_aan("ria")
        get_tekstvak(bezoeker).press_sequentially("Midden in een zin")
        bezoeker.hoofd.get_by_test_id("stRadio").get_by_text("iedereen", exact=True).click()
        kill_server(poort)
        expect(bezoeker.page.get_by_test_id("stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        # A click would go nowhere, so there is nothing to click on.
        expect(bezoeker.hoofd.locator("[class*=st-key-opslaan]").first).to_have_css("pointer-events", "none")
    with run_productie(map_, aanbieder, STREAMLIT_SERVER_PORT=str(poort)):
        # The browser finds the server again by itself.
        expect(bezoeker.page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED")
        bezoeker.wacht()
        expect(get_tekstvak(bezoeker)).to_have_value("Midden in een zin")
        # On a busy machine a click may still be lost while page and server find each other; what was typed is not.
        klaar = bezoeker.hoofd.get_by_text("Opgeslagen op")
        for _ in range(3):
            bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).click()
            bezoeker.page.wait_for_timeout(5000)
            if klaar.is_visible():
                break
        expect(klaar).to_be_visible()
    assert count_berichten(map_, "Midden in een zin") == 1
