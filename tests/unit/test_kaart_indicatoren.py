"""The indicators of the map: each with a definition, and money that is not known is no nought."""

from collections import Counter

import pytest

from gebieden.domein.agendapunt import WachtOp
from gebieden.domein.definities import build_definities
from gebieden.domein.dekking import Uitkomst
from gebieden.domein.voortgang import Voortgang
from gebieden.kaart.indicatoren import INDICATOREN
from gebieden.kaart.kleuren import Klasse
from gebieden.kaart.kleuring import classify
from gebieden.ui.kaartpaneel import describe_stand


def test_every_indicator_has_a_definition_that_says_what_is_counted() -> None:
    definities = build_definities()
    assert all(definities[indicator.definitie].definitie for indicator in INDICATOREN.values())
    assert all(definities[i.definitie].noemer for naam, i in INDICATOREN.items() if naam != "aantal punten")


def test_waiting_is_counted_per_reason_out_of_all_points_of_the_version() -> None:
    voortgang = Voortgang(punten=8, loopt=2, onbekend=1, wacht=Counter({WachtOp.GELD: 3, WachtOp.PARTNER: 2}))
    for naam, teller in (("wacht op geld", 3), ("wacht op partner", 2), ("stil", 1)):
        assert INDICATOREN[naam].lees(voortgang)[:2] == (teller, 8)


@pytest.mark.parametrize(
    ("dekking", "klasse", "tekst"),
    [
        ({}, Klasse.GEEN_PUNTEN, "geen punten"),
        ({Uitkomst.ONBEKEND: 2}, Klasse.ONBEKEND, "bedrag niet bekend, 2× niet bekend wat nodig is"),
        ({Uitkomst.PM: 1}, Klasse.ONBEKEND, "bedrag niet bekend, 1× PM"),
        ({Uitkomst.NIET: 2, Uitkomst.ONBEKEND: 5}, Klasse.EEN, "gedekt: 0 van 2, 5× niet bekend wat nodig is"),
        ({Uitkomst.GEDEKT: 1, Uitkomst.NIET: 3, Uitkomst.PM: 9}, Klasse.DRIE, "gedekt: 1 van 4, 9× PM"),
    ],
)  # fmt: skip
def test_covered_is_out_of_the_points_with_an_amount_and_the_rest_stands_beside_it(dekking, klasse, tekst) -> None:
    indicator = INDICATOREN["gedekt"]
    voortgang = Voortgang(punten=sum(dekking.values()), dekking=Counter(dekking))
    assert classify(indicator.lees(voortgang), indicator.reeks) is klasse
    assert describe_stand("gedekt", voortgang) == tekst
