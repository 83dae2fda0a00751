"""The reason of a vroegsignaal in words: weeks, numbers, chance, and what may not be said."""

from dataclasses import replace
from datetime import date

import pytest

from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat, Werkwijze, format_weken
from gebieden.domein.vroegsignaalzin import (
    compose_afgeschermde_zin,
    compose_vroegsignaalzin,
    format_verwacht,
    round_zeldzaamheid,
)

SIGNAAL = Vroegsignaal(
    "WK036101",
    "Jeugdoverlast",
    date(2026, 8, 31),
    4,
    Vroegstaat.SIGNAAL,
    Werkwijze.FARRINGTON,
    waargenomen=18,
    verwacht=5.02,
    laag=1,
    hoog=10,
    kans=0.00031,
    kans_bh=0.04,
    alarm_vanaf=17,
    kans_verdubbeling=0.05,
    factor_zichtbaar=4.5,
    is_toonbaar=True,
)


def test_the_sentence_is_that_of_the_design():
    assert compose_vroegsignaalzin(SIGNAAL, "Overdie", reeksen=360) == (
        "Jeugdoverlast, Overdie, week 33 tot en met 36 van 2026: 18 meldingen. "
        "Op grond van eerdere jaren verwachtten we er 5 (gebruikelijk 1 tot en met 10). "
        "Zo'n aantal komt door toeval minder dan 1 keer op 3.000 voor. "
        "Van alle signalen in dit overzicht is naar verwachting hoogstens 1 op de 10 toeval. "
        "Vanaf 17 meldingen zouden we een signaal geven. "
        "Een verdubbeling in dit gebied zouden we meestal missen. "
        "Meldingen laten zien wat gemeld is: het meldingsgedrag kan veranderd zijn."
    )


@pytest.mark.parametrize(
    ("maandag", "venster", "tekst"),
    [
        (date(2026, 8, 31), 1, "week 36 van 2026"),
        (date(2020, 12, 28), 1, "week 53 van 2020"),
        (date(2021, 1, 4), 4, "week 51 van 2020 tot en met week 1 van 2021"),
        # The Monday lies in 2024, the week is the first of 2025.
        (date(2024, 12, 30), 1, "week 1 van 2025"),
        (date(2026, 1, 19), 4, "week 1 tot en met 4 van 2026"),
    ],
)
def test_weeks_are_those_of_the_iso_year(maandag, venster, tekst):
    assert format_weken(maandag, venster) == tekst


@pytest.mark.parametrize(
    ("kans", "keer"),
    [
        (0.00031, 3_000),
        (1 / 3_000, 2_000),
        (0.001, 900),
        (0.0049, 200),
        (0.04, 20),
        (0.3, 3),
        (1e-9, 1_000_000),
        (0, 1_000_000),
    ],
)
def test_rarity_is_never_overstated(kans, keer):
    assert round_zeldzaamheid(kans) == keer
    assert kans < 1 / keer


def test_every_rarity_is_below_what_is_said():
    for n in range(3, 4000, 7):
        assert 1 / n < 1 / round_zeldzaamheid(1 / n)
    with pytest.raises(ValueError, match="helft"):
        round_zeldzaamheid(0.5)


@pytest.mark.parametrize(
    ("waarde", "tekst"), [(0.02, "minder dan 0,1"), (2.04, "2"), (3.36, "3,4"), (12.4, "12"), (None, "onbekend")]
)
def test_expected_numbers_are_short(waarde, tekst):
    assert format_verwacht(waarde) == tekst


def test_who_may_not_see_the_count_gets_a_class_without_any_number_of_it():
    anders = replace(SIGNAAL, waargenomen=7, verwacht=1.5, laag=0, hoog=4, kans=1e-5, alarm_vanaf=6)
    zin = compose_afgeschermde_zin(SIGNAAL, "Overdie")
    assert zin == compose_afgeschermde_zin(anders, "Overdie")
    assert zin.startswith(
        "Jeugdoverlast, Overdie, week 33 tot en met 36 van 2026: duidelijk meer meldingen dan gebruikelijk."
    )
    with pytest.raises(ValueError, match="oov"):
        compose_afgeschermde_zin(replace(SIGNAAL, waargenomen=4, is_toonbaar=False), "Overdie")


def test_a_let_op_says_that_it_is_none_and_how_often_chance_does_it():
    zin = compose_vroegsignaalzin(replace(SIGNAAL, staat=Vroegstaat.LET_OP, kans=0.004), "Overdie", reeksen=360)
    assert "Dit is geen signaal: van de 360 reeksen" in zin
    assert "ongeveer 2 per week" in zin
    assert "hoogstens 1 op de 10" not in zin


def test_what_is_not_known_is_said_and_not_shown_as_a_number():
    leeg = Vroegsignaal("B", "Afval", date(2026, 8, 31), 1, Vroegstaat.GEGEVENS_ONVOLLEDIG, Werkwijze.GEEN, None)
    weinig = replace(leeg, staat=Vroegstaat.TE_WEINIG_GEGEVENS, waargenomen=1)
    assert compose_vroegsignaalzin(leeg, "X", reeksen=9).startswith("Afval, X, week 36 van 2026. De gegevens")
    assert compose_vroegsignaalzin(weinig, "X", reeksen=9).startswith(
        "Afval, X, week 36 van 2026: 1 melding. Er zijn te weinig"
    )


@pytest.mark.parametrize("staat", list(Vroegstaat))
@pytest.mark.parametrize("wijze", list(Werkwijze))
def test_nothing_is_ever_called_unsafe(staat, wijze):
    zinnen = [
        compose_vroegsignaalzin(
            replace(SIGNAAL, staat=staat, werkwijze=wijze), "X", reeksen=9, opmerkingen=["Let op."]
        ),
        compose_afgeschermde_zin(replace(SIGNAAL, staat=staat, werkwijze=wijze), "X"),
    ]
    for zin in zinnen:
        assert "veilig" not in zin
        assert zin.endswith("het meldingsgedrag kan veranderd zijn.")
