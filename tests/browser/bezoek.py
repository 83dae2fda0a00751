"""What a visitor does in the application, in the words of the screen."""

import re
from typing import Final

from playwright.sync_api import Frame, Locator, Page, expect

WACHTTIJD_MS: Final = 45_000


class Bezoeker:
    """A visitor with a browser window of their own. `fouten` are faults that the page's scripts threw."""

    def __init__(self, page: Page, adres: str) -> None:
        self.page = page
        self.adres = adres
        self.fouten: list[str] = []
        page.on("pageerror", lambda fout: self.fouten.append(str(fout)))

    def open(self, pad: str = "/") -> "Bezoeker":
        """Go to an address and wait until the page is whole."""
        self.page.goto(self.adres + pad)
        return self.wacht()

    def wacht(self) -> "Bezoeker":
        """Wait until the application has finished running."""
        # The last thing that every page draws.
        expect(self.hoofd.get_by_role("link", name="Wat betekenen deze cijfers?")).to_be_attached()
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        return self

    def kies(self, label: str | re.Pattern[str], keuze: str, binnen: Locator | None = None) -> "Bezoeker":
        """Choose in a select box."""
        veld = (binnen or self.page).get_by_label(label).first
        # Scrolling would close the options again.
        veld.scroll_into_view_if_needed()
        veld.click()
        self.page.get_by_role("option", name=keuze, exact=True).click()
        expect(veld).to_have_value(keuze)
        return self.wacht()

    def speel_rol(self, rol: str) -> "Bezoeker":
        """Choose a role in the sidebar."""
        open_ = self.page.get_by_test_id("stExpandSidebarButton")
        was_dicht = open_.is_visible()
        if was_dicht:
            open_.click()
        self.kies("Bekijk als", rol, self.page.get_by_test_id("stSidebar"))
        if was_dicht:
            self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        return self

    def meld_aan(self, onderwerp: str, knop: str = "Aanmelden", binnen: Locator | None = None) -> "Bezoeker":
        """Sign in at the provider, and come back."""
        (binnen or self.zijbalk).get_by_role("button", name=knop, exact=True).click()
        self.page.get_by_placeholder("sub").fill(onderwerp)
        self.page.get_by_role("button", name="Authorize", exact=True).click()
        return self.wacht()

    def meld_af(self) -> "Bezoeker":
        """Sign out, at the provider too, and come back."""
        self.zijbalk.get_by_role("button", name="Afmelden").click()
        self.page.get_by_role("button", name="End session").click()
        return self.wacht()

    def ga_naar(self, pagina: str) -> "Bezoeker":
        """Go to a page by the menu."""
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=pagina, exact=True).click()
        return self.wacht()

    @property
    def hoofd(self) -> Locator:
        """The part of the page beside the sidebar."""
        return self.page.get_by_test_id("stMain")

    @property
    def zijbalk(self) -> Locator:
        return self.page.get_by_test_id("stSidebar")

    @property
    def titel(self) -> Locator:
        return self.page.locator("h1").first

    def kaart(self) -> Frame:
        """Return the map's document once its areas are painted."""
        vak = self.page.locator("iframe[src*=st_folium]").first
        expect(vak).to_be_visible()
        frame = vak.element_handle().content_frame()
        assert frame is not None
        expect(frame.locator("body")).to_have_attribute("data-grenzen", "klaar")
        return frame

    def heeft_titel(self, begin: str) -> "Bezoeker":
        expect(self.titel).to_have_text(re.compile("^" + re.escape(begin)))
        return self
