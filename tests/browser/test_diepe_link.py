"""A first visit to a fresh server, straight to a page: app.py has not run yet (Streamlit's own pages/ mechanism)."""

import pytest
from playwright.sync_api import expect
from proefserver import run_dashboard

from gebieden.domein.rechten import Pagina


# Two that are closed and two that are open to publiek: each costs a server of its own. That every page begins with the
# guard is for tests/test_architectuur.py.
@pytest.mark.parametrize("pagina", [Pagina.GEGEVENS, Pagina.BEHEER, Pagina.OVERZICHT, Pagina.PUNT])
def test_a_first_visit_by_deep_link_gives_publiek_what_publiek_may_see(ontvang, tmp_path, demobestand, pagina):
    with run_dashboard(tmp_path, GEBIEDEN_DATABASE=f"sqlite:///{demobestand}") as adres:
        bezoeker = ontvang(adres).open("/" if pagina is Pagina.OVERZICHT else f"/{pagina}")
        expect(bezoeker.page.get_by_text("Demo: verzonnen gegevens")).to_be_visible()
        expect(bezoeker.page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(7)
        expect(bezoeker.page.get_by_role("link", name="Gegevens", exact=True)).to_have_count(0)
        expect(bezoeker.page.get_by_test_id("stFileUploader")).to_have_count(0)
        expect(bezoeker.page.get_by_test_id("stException")).to_have_count(0)
        expect(bezoeker.page.get_by_label("Bekijk als")).to_be_visible()
