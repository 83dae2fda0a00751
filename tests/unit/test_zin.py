"""The voortgangszin, word for word."""

from collections import Counter
from datetime import date

import pytest
from bouwstenen import PEILDATUM

from gebieden.domein.agendapunt import WachtOp
from gebieden.domein.voortgang import Voortgang
from gebieden.domein.zin import compose_zin

MAART = {"WK036101": (3, date(2026, 3, 1))}


def test_the_sentence_of_the_design():
    voortgang = Voortgang(
        punten=14,
        afgerond=4,
        geborgd=2,
        loopt=5,
        wacht=Counter({WachtOp.GELD: 1, WachtOp.PARTNER: 1}),
        vervallen=1,
        onbekend=2,
        te_laat=1,
        laatste_bericht=date(2026, 5, 12),
        agendas=MAART,
    )
    assert compose_zin(voortgang, PEILDATUM) == (
        "Agenda 1 maart (versie 3), 14 punten: 4 afgerond (2 geborgd), 5 lopen, 2 wachten (1× geld, 1× partner), "
        "1 vervallen, 2 stand onbekend (langer dan 90 dagen geen bericht). Eén punt is over zijn eigen datum. "
        "Laatste bericht: 12 mei."
    )


def test_every_part_in_the_singular():
    voortgang = Voortgang(
        punten=7,
        afgerond=1,
        geborgd=1,
        loopt=1,
        niet_begonnen=1,
        wacht=Counter({WachtOp.BESLUIT: 1}),
        overgedragen=1,
        vervallen=1,
        onbekend=1,
        te_laat=1,
        geen_datum=1,
        voorstellen=1,
        nieuw_sinds_versie=1,
        laatste_bericht=PEILDATUM,
        agendas=MAART,
    )
    assert compose_zin(voortgang, PEILDATUM, stilte_dagen=30) == (
        "Agenda 1 maart (versie 3), 7 punten: 1 afgerond (1 geborgd), 1 loopt, 1 nog niet begonnen, "
        "1 wacht (1× besluit), 1 overgedragen, 1 vervallen, 1 stand onbekend (langer dan 30 dagen geen bericht). "
        "Eén punt is over zijn eigen datum. Geen datum afgesproken: 1 punt. "
        "Daarnaast 1 nieuw punt sinds de vastgestelde versie en 1 voorstel. Laatste bericht: 20 mei."
    )


def test_several_points_late_without_a_date_new_and_proposed():
    voortgang = Voortgang(
        punten=2, loopt=2, te_laat=2, geen_datum=2, voorstellen=2, nieuw_sinds_versie=3, agendas=MAART
    )
    assert compose_zin(voortgang, PEILDATUM) == (
        "Agenda 1 maart (versie 3), 2 punten: 2 lopen. 2 punten zijn over hun eigen datum. "
        "Geen datum afgesproken: 2 punten. Daarnaast 3 nieuwe punten sinds de vastgestelde versie en 2 voorstellen. "
        "Er is nog geen bericht."
    )


def test_one_point():
    voortgang = Voortgang(punten=1, loopt=1, laatste_bericht=PEILDATUM, agendas=MAART)
    assert compose_zin(voortgang, PEILDATUM) == ("Agenda 1 maart (versie 3), 1 punt: 1 loopt. Laatste bericht: 20 mei.")


def test_several_agendas_are_counted_and_have_no_version():
    voortgang = Voortgang(punten=3, loopt=3, agendas=MAART | {"WK036102": (1, date(2026, 1, 1))})
    zin = compose_zin(voortgang, PEILDATUM)
    assert zin.startswith("2 agenda's samen, 3 punten: 3 lopen.")
    assert "versie" not in zin


def test_no_agenda_is_said_and_is_no_zero_score():
    assert compose_zin(Voortgang(), PEILDATUM) == "Nog geen vastgestelde agenda, 0 punten."
    assert compose_zin(Voortgang(nieuw_sinds_versie=1, voorstellen=2), PEILDATUM) == (
        "Nog geen vastgestelde agenda, 0 punten. Daarnaast 1 nieuw punt en 2 voorstellen. Er is nog geen bericht."
    )


def test_an_agenda_without_points_has_no_colon():
    assert compose_zin(Voortgang(agendas=MAART), PEILDATUM) == "Agenda 1 maart (versie 3), 0 punten."


def test_a_date_in_another_year_has_its_year():
    voortgang = Voortgang(punten=1, loopt=1, laatste_bericht=date(2025, 12, 31), agendas=MAART)
    assert compose_zin(voortgang, PEILDATUM).endswith("Laatste bericht: 31 december 2025.")
    assert compose_zin(voortgang, date(2027, 1, 1)).startswith("Agenda 1 maart 2026 (versie 3)")


@pytest.mark.parametrize(("vanaf", "onbekend"), [(None, False), (PEILDATUM, False), (date(2026, 5, 21), True)])
def test_a_peildatum_before_the_first_import_says_that_the_history_is_not_known(vanaf, onbekend):
    zin = compose_zin(Voortgang(punten=1, loopt=1, agendas=MAART), PEILDATUM, geschiedenis_vanaf=vanaf)
    assert ("Van vóór 21 mei 2026 is de geschiedenis niet bekend" in zin) is onbekend


@pytest.mark.parametrize("aantal", [9, 10, 12_500])
def test_there_is_never_a_percentage_and_thousands_have_a_dot(aantal):
    zin = compose_zin(Voortgang(punten=aantal, loopt=aantal, agendas=MAART), PEILDATUM)
    assert "%" not in zin
    assert f"{aantal:,}".replace(",", ".") + " punten" in zin
