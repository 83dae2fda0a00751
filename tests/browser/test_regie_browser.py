"""A regisseur runs a point in a browser: proposed, put on the agenda, waiting, taken back; axe finds nothing."""

import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard
from toegankelijkheid import list_overtredingen


@pytest.fixture
def eigen(tmp_path):
    """The address of a demo that this test may change."""
    with run_dashboard(tmp_path) as adres:
        yield adres


def test_a_point_from_proposal_to_waiting_and_back(ontvang, eigen):
    bezoeker = ontvang(eigen).open("/uitleg").speel_rol("gebiedsregisseur").ga_naar("Agenda")
    bezoeker.hoofd.get_by_text("Punt voorstellen").click()
    bezoeker.hoofd.get_by_label("Titel", exact=True).fill("Meer licht in het park")
    bezoeker.hoofd.get_by_role("button", name="veilig", exact=True).click()
    assert list_overtredingen(bezoeker) == []
    bezoeker.hoofd.get_by_role("button", name="Voorstel opslaan").click()
    bezoeker.heeft_titel("Meer licht in het park").wacht()
    _move(bezoeker, "Op de agenda")
    expect(bezoeker.hoofd.locator(".puntkop")).to_contain_text("Nog niet begonnen")
    bezoeker.hoofd.get_by_role("radio", name="Stand veranderen").click()
    bezoeker.wacht().hoofd.get_by_text("Wacht op", exact=True).click()
    bezoeker.kies("Waarop wacht het?", "geld")
    assert list_overtredingen(bezoeker) == []
    bezoeker.hoofd.get_by_role("button", name="Stand veranderen").click()
    expect(bezoeker.hoofd.locator(".puntkop")).to_contain_text("Wacht op geld")
    bezoeker.wacht().hoofd.get_by_role("button", name="Wijziging ongedaan maken").click()
    expect(bezoeker.hoofd.locator(".puntkop")).to_contain_text("Nog niet begonnen")
    bezoeker.wacht().hoofd.get_by_role("radio", name="Punt wijzigen").click()
    expect(bezoeker.hoofd.get_by_label("Titel", exact=True)).to_have_value("Meer licht in het park")
    assert list_overtredingen(bezoeker) == []


def _move(bezoeker, naar):
    bezoeker.hoofd.get_by_role("radio", name="Stand veranderen").click()
    bezoeker.wacht().hoofd.get_by_text(naar, exact=True).click()
    bezoeker.wacht().hoofd.get_by_role("button", name="Stand veranderen").click()
    # The form is gone once the point has moved.
    expect(bezoeker.hoofd.get_by_role("button", name="Stand veranderen")).to_have_count(0)
    bezoeker.wacht()
