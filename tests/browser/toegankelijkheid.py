"""axe-core on a page, in the light and in the dark theme."""

from pathlib import Path

from bezoek import WACHTTIJD_MS, Bezoeker
from playwright.sync_api import expect

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Not ours to mend: role and tabindex of Streamlit's drop zone are in its script, no style sheet reaches them. It is a
# best practice, not WCAG: the zone has a name and its button can be reached.
NIET_VAN_ONS = {"presentation-role-conflict": "[data-testid=stFileUploaderDropzone]"}
STELLINGEN = ("light", "dark")
# A click takes a moment to reach the server, and what is about to be drawn anew is pale: the page has come to rest
# when for a third of a second nothing ran and nothing was stale.
IN_RUST = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const druk = app.dataset.testScriptState !== 'notRunning' || document.querySelector('[data-stale=true]');
    if (druk || window.rustSinds === undefined) window.rustSinds = performance.now();
    return performance.now() - window.rustSinds > 333;
}"""


def list_overtredingen(bezoeker: Bezoeker) -> list[str]:
    """Return what axe finds, in the light and in the dark theme."""
    fout = []
    for stelling in STELLINGEN:
        bezoeker.page.emulate_media(color_scheme=stelling)
        expect(bezoeker.page.get_by_test_id("stApp")).to_have_css("color-scheme", stelling)
        bezoeker.page.evaluate("delete window.rustSinds")
        bezoeker.page.wait_for_function(IN_RUST, polling=50, timeout=WACHTTIJD_MS)
        uitslag = bezoeker.page.evaluate(
            # A colour half way between two themes is nobody's: every transition is brought to its end first.
            "async ([bron, regels]) => { if (!window.axe) window.eval(bron); "
            "for (const a of document.getAnimations()) if (a instanceof CSSTransition) a.finish(); "
            "return axe.run(document, {runOnly: regels, resultTypes: ['violations'], iframes: false}) }",
            [AXE, REGELS],
        )
        fout += [
            f"{stelling}: {v['id']}: {k['html'][:160]}"
            for v in uitslag["violations"]
            for k in v["nodes"]
            if not is_van_streamlit(bezoeker, v["id"], k["target"])
        ]
    return fout


def is_van_streamlit(bezoeker: Bezoeker, regel: str, doel: list[str]) -> bool:
    kiezer = NIET_VAN_ONS.get(regel)
    return kiezer is not None and bezoeker.page.locator(doel[0]).and_(bezoeker.page.locator(kiezer)).count() == 1


def test_axe_would_see_a_fault(ontvang, dashboard):
    bezoeker = ontvang(dashboard).open("/uitleg")
    bezoeker.page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<p style=color:#999;background:#888>bleek</p>')"
    )
    assert [fout.split(":")[1].strip() for fout in list_overtredingen(bezoeker)] == ["color-contrast"] * 2
