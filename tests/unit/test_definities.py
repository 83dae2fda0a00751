"""Every figure has its definition, and the definitions agree with what is counted."""

from datetime import date

import pytest

from gebieden.analyse.voortgang import Agendastand, compose_voortgangsrij
from gebieden.domein.definities import build_definities
from gebieden.domein.gebied import Gebied
from gebieden.domein.voortgang import Categorie, Voortgang


def test_every_key_of_a_voortgangsrij_has_a_definition() -> None:
    stand = Agendastand(date(2026, 5, 12), (), {})
    rij = compose_voortgangsrij(Gebied("WK036101", "Centrum", "wijk"), Voortgang(), stand)
    assert rij.keys() <= build_definities().keys()


def test_every_category_has_a_numerator_and_a_denominator() -> None:
    definities = build_definities()
    for categorie in set(Categorie) - {Categorie.VOORSTEL}:
        assert definities[categorie].teller
        assert definities[categorie].noemer


def test_the_settings_stand_in_the_text_and_no_placeholder_is_left() -> None:
    definities = build_definities(stilte_dagen=45, drempel=7)
    assert "meer dan 45 dagen" in definities["onbekend"].definitie
    assert "kleiner dan 7" in definities["afgeschermd"].definitie
    assert not [d for d in definities.values() if "{" in f"{d.definitie}{d.teller}{d.noemer}{d.let_op}{d.bron}"]


@pytest.mark.parametrize("sleutel", build_definities())
def test_a_definition_is_a_whole_sentence(sleutel: str) -> None:
    definitie = build_definities()[sleutel]
    for tekst in (definitie.definitie, definitie.teller, definitie.noemer, definitie.bron, definitie.let_op):
        assert not tekst or (tekst[0].isupper() and tekst.endswith("."))
        assert "  " not in tekst


def test_voortgang_is_defined_in_the_words_of_the_domain() -> None:
    assert build_definities()["voortgang"].definitie == (
        "Voortgang is hoeveel punten van déze agenda in welke staat zitten, met het aantal punten waarvan we de stand "
        "niet weten. Het is geen rapportcijfer en geen vergelijking tussen gebieden."
    )
