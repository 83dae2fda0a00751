"""The register of registration changes: which weeks are no basis, and what a reader is told."""

from datetime import date, timedelta

import pytest

from gebieden.domein.registratie import Registratieeffect as Effect
from gebieden.domein.registratie import Registratiewijziging, list_opmerkingen, list_uitsluitingen

MAANDAGEN = [date(2026, 3, 2) + timedelta(weeks=n) for n in range(5)]
GEBIEDEN, CATEGORIEEN = ["BU1", "BU2"], ["afval", "jeugd"]
HOUDERS = {"BU1": frozenset({"WK1"}), "BU2": frozenset({"WK2"})}


def _uit(*wijzigingen: Registratiewijziging):
    return list_uitsluitingen(wijzigingen, GEBIEDEN, CATEGORIEEN, MAANDAGEN, HOUDERS)


def test_a_break_takes_all_before_it_and_the_week_it_falls_in():
    assert _uit(Registratiewijziging(date(2026, 3, 18), Effect.BREUK, "nieuwe app")) == [([0, 1], [0, 1], [0, 1, 2])]
    assert _uit(Registratiewijziging(date(2026, 3, 16), Effect.BREUK, "nieuwe app")) == [([0, 1], [0, 1], [0, 1])]


def test_an_exclusion_takes_the_weeks_it_touches():
    storing = Registratiewijziging(date(2026, 3, 12), Effect.UITSLUITEN, "storing", tot_en_met=date(2026, 3, 16))
    assert _uit(storing) == [([0, 1], [0, 1], [1, 2])]
    assert _uit(Registratiewijziging(date(2026, 3, 12), Effect.UITSLUITEN, "storing")) == [([0, 1], [0, 1], [1])]


def test_a_change_holds_for_its_own_category_and_for_all_that_lies_in_its_area():
    eigen = Registratiewijziging(date(2026, 3, 9), Effect.BREUK, "samengevoegd", gebied="WK1", categorie="jeugd")
    assert _uit(eigen) == [([0], [1], [0])]
    assert _uit(Registratiewijziging(date(2026, 3, 9), Effect.BREUK, "x", categorie="geluid")) == []


def test_a_mark_leaves_nothing_out_and_is_told_for_a_year():
    merk = Registratiewijziging(date(2026, 3, 11), Effect.MARKEREN, "Nieuw formulier.")
    assert _uit(merk) == []
    tekst = ["Let op: op 11 maart 2026 veranderde er iets in de registratie (Nieuw formulier)."]
    assert list_opmerkingen([merk], "BU1", "jeugd", date(2026, 3, 9)) == tekst
    assert list_opmerkingen([merk], "BU1", "jeugd", date(2026, 3, 2)) == []
    assert list_opmerkingen([merk], "BU1", "jeugd", date(2027, 4, 5)) == []


def test_a_break_is_told_as_long_as_it_shortens_the_history():
    breuk = Registratiewijziging(date(2024, 1, 1), Effect.BREUK, "nieuwe app", gebied="WK1")
    (tekst,) = list_opmerkingen([breuk], "BU1", "jeugd", date(2026, 3, 2), HOUDERS)
    assert tekst == (
        "Op 1 januari 2024 veranderde de registratie (nieuwe app); van daarvoor telt niets mee in wat gebruikelijk is."
    )
    assert list_opmerkingen([breuk], "BU2", "jeugd", date(2026, 3, 2), HOUDERS) == []


def test_a_change_without_explanation_or_with_a_strange_end_is_refused():
    with pytest.raises(ValueError, match="uitleg"):
        Registratiewijziging(date(2026, 3, 2), Effect.BREUK, " ")
    with pytest.raises(ValueError, match="einddatum"):
        Registratiewijziging(date(2026, 3, 2), Effect.BREUK, "x", tot_en_met=date(2026, 4, 1))
    with pytest.raises(ValueError, match="einddatum"):
        Registratiewijziging(date(2026, 3, 2), Effect.UITSLUITEN, "x", tot_en_met=date(2026, 3, 1))
