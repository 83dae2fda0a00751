"""Classes with fixed breaks, and a colouring that travels in a few bytes per area."""

import json

import pytest

from gebieden.kaart.kleuren import Klasse
from gebieden.kaart.kleuring import (
    AANDEEL,
    AANTAL,
    Gebiedsstand,
    Klassenreeks,
    Kleuring,
    build_kleuring,
    classify,
    encode_kleuring,
)


def make_kleuring(standen: list[Gebiedsstand], **anders: object) -> Kleuring:
    codes = [f"BU{nummer:08d}" for nummer in range(len(standen))]
    gegevens = {"indicator": "klaar", "indicatorwoorden": "Klaar", "filtersleutel": "alle"} | anders
    return build_kleuring(codes, dict(zip(codes, standen, strict=True)), **gegevens)


@pytest.mark.parametrize(
    ("teller", "noemer", "klasse"),
    [
        (0, 14, Klasse.EEN),
        (1, 14, Klasse.TWEE),
        (3, 12, Klasse.DRIE),
        (2, 9, Klasse.TWEE),
        (5, 10, Klasse.VIER),
        (6, 8, Klasse.VIJF),
        (14, 14, Klasse.VIJF),
    ],
)
def test_a_share_falls_in_its_quarter_and_a_break_belongs_to_the_class_above(
    teller: int, noemer: int, klasse: Klasse
) -> None:
    assert classify(Gebiedsstand(teller, noemer), AANDEEL) is klasse


@pytest.mark.parametrize(("teller", "klasse"), [(0, 1), (1, 2), (2, 3), (3, 3), (4, 4), (6, 4), (7, 5), (500, 5)])
def test_a_count_falls_in_its_class(teller: int, klasse: int) -> None:
    assert classify(Gebiedsstand(teller, 600), AANTAL) == klasse


@pytest.mark.parametrize("reeks", [AANDEEL, AANTAL])
def test_unknown_is_never_painted_as_zero(reeks: Klassenreeks) -> None:
    assert classify(Gebiedsstand(0, None), reeks) is Klasse.ONBEKEND
    assert classify(Gebiedsstand(None, 5), reeks) is Klasse.ONBEKEND


@pytest.mark.parametrize("reeks", [AANDEEL, AANTAL])
def test_no_points_is_a_class_of_its_own(reeks: Klassenreeks) -> None:
    assert classify(Gebiedsstand(0, 0), reeks) is Klasse.GEEN_PUNTEN


def test_the_class_of_an_area_does_not_depend_on_the_other_areas() -> None:
    alleen = make_kleuring([Gebiedsstand(3, 10)])
    tussen = make_kleuring([Gebiedsstand(3, 10), Gebiedsstand(10, 10), Gebiedsstand(0, 3)])
    assert alleen.klassen[0] is tussen.klassen[0]


def test_six_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="hoogstens vijf"):
        Klassenreeks(is_aandeel=False, ondergrenzen=(1, 2, 3, 4, 5), woorden=("a", "b", "c", "d", "e", "f"))


def test_an_area_that_is_missing_from_the_figures_is_unknown() -> None:
    kleuring = build_kleuring(
        ["A", "B"], {"B": Gebiedsstand(1, 2)}, indicator="k", indicatorwoorden="K", filtersleutel="f"
    )
    assert kleuring.klassen == (Klasse.ONBEKEND, Klasse.VIER)


def test_figures_are_in_the_order_of_the_boundaries() -> None:
    draad = encode_kleuring(make_kleuring([Gebiedsstand(2, 14), Gebiedsstand(None, None), Gebiedsstand(0, 0, "niets")]))
    assert (draad["k"], draad["t"], draad["n"], draad["l"]) == ("290", "2,,0", "14,,0", {2: "niets"})


@pytest.mark.parametrize("aantal", [66, 518, 14_566])
def test_a_colouring_takes_at_most_forty_bytes_per_area(aantal: int) -> None:
    standen = [Gebiedsstand(n % 120, 120 + n % 7, bij=(n % 110, n % 120)) for n in range(aantal)]
    bij = ("PM", "niet bekend wat nodig is")
    draad = encode_kleuring(make_kleuring(standen, filterregel="Thema ondernemend, alleen snelle acties", bij=bij))
    assert len(json.dumps(draad)) <= 40 * aantal


def test_another_filter_is_another_colouring_even_with_equal_colours() -> None:
    standen = [Gebiedsstand(1, 2)]
    eerste = encode_kleuring(make_kleuring(standen, filtersleutel="veilig"))
    tweede = encode_kleuring(make_kleuring(standen, filtersleutel="heel"))
    assert eerste["k"] == tweede["k"]
    assert eerste["s"] != tweede["s"]


def test_the_same_filter_and_figures_are_the_same_colouring() -> None:
    standen = [Gebiedsstand(1, 2), Gebiedsstand(None, None)]
    assert encode_kleuring(make_kleuring(standen)) == encode_kleuring(make_kleuring(standen))


def test_new_figures_under_the_same_filter_are_a_new_colouring() -> None:
    eerste = encode_kleuring(make_kleuring([Gebiedsstand(1, 2)]))
    tweede = encode_kleuring(make_kleuring([Gebiedsstand(2, 2)]))
    assert eerste["s"] != tweede["s"]


def test_what_stands_beside_a_figure_travels_in_the_order_of_the_boundaries() -> None:
    standen = [Gebiedsstand(1, 2, bij=(0, 3)), Gebiedsstand(0, 0), Gebiedsstand(None, None, bij=(12, 1))]
    draad = encode_kleuring(make_kleuring(standen, bij=("PM", "niet bekend")))
    assert (draad["w"], draad["x"]) == (("PM", "niet bekend"), [",,12", "3,,1"])
