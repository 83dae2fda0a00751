"""The map as folium elements: the same script for everybody, nothing from third parties, no text as code."""

import json
import re
from pathlib import Path
from unittest import mock

import pytest
import streamlit_folium

from gebieden.kaart.kaartbeeld import SCRIPTS, STATIC_MAP, STIJLEN, Basiskaart, Kaartbeeld, Kaartdelta
from gebieden.kaart.kleuring import Gebiedsstand, build_kleuring

GEVAARLIJK = '<img src=x onerror="alert(1)"></script>'


def make_beeld(woorden: str = "Klaar", label: str | None = None, **anders: object) -> Kaartbeeld:
    kleuring = build_kleuring(
        ["BU03610000"],
        {"BU03610000": Gebiedsstand(2, 14, label)},
        indicator="klaar",
        indicatorwoorden=woorden,
        filtersleutel="alle",
        filterregel=woorden,
        eenheid=(woorden, woorden),
    )
    gegevens = {"kleuring": kleuring, "grenzen_url": "grenzen/abc.json", "schematisch": True} | anders
    return Kaartbeeld(**gegevens)


def send_kaart(beeld: Kaartbeeld) -> dict[str, object]:
    """Return what streamlit-folium would send to the browser."""
    with mock.patch.object(streamlit_folium, "_component_func", return_value={}) as verzonden:
        streamlit_folium.st_folium(
            Basiskaart(), key="kaart", returned_objects=[], feature_group_to_add=Kaartdelta(beeld)
        )
    return dict(verzonden.call_args.kwargs)


def list_adressen(verzonden: dict[str, object]) -> set[str]:
    return set(re.findall(r"https?://[^/\"'\\ ]+", json.dumps(verzonden, default=str)))


def test_the_base_map_is_the_same_for_every_visitor_and_filter() -> None:
    een = send_kaart(make_beeld())
    ander = send_kaart(
        make_beeld("Wacht", grenzen_url="grenzen/def.json", geselecteerd="X", achtergrond="grijs", schematisch=False)
    )
    verschil = {naam for naam in een if naam != "on_change" and een[naam] != ander[naam]}
    assert verschil == {"feature_group"}


def test_nothing_is_asked_of_a_third_party() -> None:
    assert list_adressen(send_kaart(make_beeld())) == set()


def test_only_pdok_is_asked_and_only_by_who_wants_a_background() -> None:
    assert list_adressen(send_kaart(make_beeld(achtergrond="grijs"))) == {"https://service.pdok.nl"}


def test_the_map_scripts_of_our_own_name_no_address_at_all() -> None:
    for pad in (STATIC_MAP / "kaart").iterdir():
        assert "http" not in pad.read_text(encoding="utf-8"), pad


def test_every_script_and_style_is_there() -> None:
    for pad in (*SCRIPTS, *STIJLEN):
        assert (STATIC_MAP / pad).is_file(), pad


def test_an_address_changes_with_the_content_of_the_file() -> None:
    for adres in send_kaart(make_beeld())["js_links"]:
        assert re.fullmatch(r"\.\./\.\./app/static/[\w./-]+\.js\?v=[0-9a-f]{8}", adres)


@pytest.mark.parametrize(
    "beeld",
    [
        make_beeld(GEVAARLIJK),
        make_beeld(label=GEVAARLIJK),
        make_beeld(geselecteerd=GEVAARLIJK),
        make_beeld(focus=GEVAARLIJK),
        make_beeld(grenzen_url=GEVAARLIJK),
    ],
)
def test_text_reaches_the_map_as_data_never_as_markup(beeld: Kaartbeeld) -> None:
    delta = str(send_kaart(beeld)["feature_group"])
    assert "<" not in delta
    assert "\\u003cimg" in delta


@pytest.mark.parametrize(
    "tekst",
    [
        "{{'window'}}",
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{# weg #}",
        "{{{{%",
        "map_div",
        "feature_group_0",
        "${alert(1)}",
        "'; alert(1); '",
    ],
)
def test_text_that_looks_like_a_template_arrives_unchanged(tekst: str) -> None:
    delta = str(send_kaart(make_beeld(tekst))["feature_group"])
    gevonden = re.search(r"gebiedenkaart\.toon\((.*?)\);\n", delta)
    assert gevonden is not None
    assert json.loads(gevonden.group(1))["i"] == tekst


def test_own_scripts_never_put_text_on_the_page_as_html() -> None:
    for pad in (STATIC_MAP / "kaart").glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", pad.read_text()), pad


def test_schematic_boundaries_are_named_as_such() -> None:
    assert "Schematische grenzen" in str(send_kaart(make_beeld())["feature_group"])
    assert "Schematische" not in str(send_kaart(make_beeld(schematisch=False))["feature_group"])


def test_leaflet_comes_with_its_licence() -> None:
    licentie = Path(STATIC_MAP / SCRIPTS[0]).with_name("LICENSE").read_text()
    assert "Redistribution and use in source and binary forms" in licentie
