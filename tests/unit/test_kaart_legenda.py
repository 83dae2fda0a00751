"""The legend says every class in words, with a sign, and escapes what it is given."""

from gebieden.kaart.kleuren import Klasse
from gebieden.kaart.kleuring import AANDEEL, AANTAL, Gebiedsstand, build_kleuring
from gebieden.kaart.legenda import build_legenda, build_legenda_html


def test_a_legend_holds_every_class_once_with_different_words_and_signs() -> None:
    for reeks in (AANDEEL, AANTAL):
        regels = build_legenda(reeks)
        assert {regel.klasse for regel in regels} == set(Klasse)
        assert len({regel.woorden for regel in regels}) == len(regels) == len({regel.teken for regel in regels})


def test_a_legend_names_what_is_counted() -> None:
    kleuring = build_kleuring(
        ["A"], {}, indicator="k", indicatorwoorden="K", filtersleutel="f", eenheid=("initiatief", "initiatieven")
    )
    woorden = [regel.woorden for regel in build_legenda(AANTAL, leeg=kleuring.leeg, onbekend="bedrag niet bekend")]
    assert woorden[-2:] == ["geen initiatieven", "bedrag niet bekend"]


def test_words_in_the_legend_are_escaped() -> None:
    kleuring = build_kleuring(
        ["A"],
        {"A": Gebiedsstand(1, 2)},
        indicator="k",
        indicatorwoorden="<img src=x onerror=alert(1)>",
        filtersleutel="f",
        eenheid=("<b>", "<i>"),
    )
    html = build_legenda_html(kleuring, "licht", vergelijking="<script>alert(1)</script>")
    assert "<img src=x" not in html
    assert "<script" not in html
    assert "geen &lt;i&gt;" in html


def test_the_legend_differs_per_theme() -> None:
    kleuring = build_kleuring(
        ["A"], {"A": Gebiedsstand(1, 2)}, indicator="k", indicatorwoorden="Klaar", filtersleutel="f"
    )
    licht = build_legenda_html(kleuring, "licht", vergelijking="")
    assert licht != build_legenda_html(kleuring, "donker", vergelijking="")
