"""Every colour of the map can be read, in both themes, and no class differs by colour alone."""

from itertools import pairwise

import pytest

from gebieden.kaart.kleuren import KAARTKLEUREN, TEKENS, Klasse, Kleurstelling, build_kleurinstellingen

SCHAAL = (Klasse.EEN, Klasse.TWEE, Klasse.DRIE, Klasse.VIER, Klasse.VIJF)
STELLINGEN: tuple[Kleurstelling, ...] = ("licht", "donker")


def measure_luminantie(hex_: str) -> float:
    """Relative luminance, WCAG 2.2."""
    kanalen = [int(hex_[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
    lineair = [k / 12.92 if k <= 0.03928 else ((k + 0.055) / 1.055) ** 2.4 for k in kanalen]
    return 0.2126 * lineair[0] + 0.7152 * lineair[1] + 0.0722 * lineair[2]


def measure_contrast(een: str, ander: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    hoog, laag = sorted((measure_luminantie(een), measure_luminantie(ander)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


@pytest.mark.parametrize("stelling", STELLINGEN)
@pytest.mark.parametrize("klasse", list(Klasse))
def test_text_and_signs_on_a_fill_have_enough_contrast(stelling: Kleurstelling, klasse: Klasse) -> None:
    vulling = KAARTKLEUREN[stelling].klassen[klasse]
    assert measure_contrast(vulling.vlak, vulling.inkt) >= 4.5


@pytest.mark.parametrize("stelling", STELLINGEN)
def test_a_border_stands_out_from_its_edge_so_that_equal_neighbours_stay_apart(
    stelling: Kleurstelling,
) -> None:
    kleuren = KAARTKLEUREN[stelling]
    assert measure_contrast(kleuren.lijn, kleuren.rand) >= 3


@pytest.mark.parametrize("stelling", STELLINGEN)
def test_the_selection_stands_out_from_the_edge_around_it(stelling: Kleurstelling) -> None:
    kleuren = KAARTKLEUREN[stelling]
    assert measure_contrast(kleuren.selectie, kleuren.rand) >= 3


@pytest.mark.parametrize("stelling", STELLINGEN)
def test_the_scale_runs_one_way_in_visible_steps(stelling: Kleurstelling) -> None:
    helder = [measure_luminantie(KAARTKLEUREN[stelling].klassen[klasse].vlak) for klasse in SCHAAL]
    assert helder == sorted(helder, reverse=stelling == "licht")
    for een, ander in pairwise(SCHAAL):
        vlakken = KAARTKLEUREN[stelling].klassen
        assert measure_contrast(vlakken[een].vlak, vlakken[ander].vlak) >= 1.25


def test_every_class_has_a_sign_of_its_own() -> None:
    assert set(TEKENS) == set(Klasse)
    assert len(set(TEKENS.values())) == len(TEKENS)


def test_the_map_script_gets_every_class_in_both_themes() -> None:
    instellingen = build_kleurinstellingen()
    assert set(instellingen) == set(STELLINGEN)
    for woorden in instellingen.values():
        namen = [woord.partition(":")[0] for woord in woorden.split()]
        assert namen == [f"k{klasse.value}" for klasse in Klasse] + ["lijn", "rand", "selectie"]
        assert "k4:3b75a3ffffff" in instellingen["licht"].split()
