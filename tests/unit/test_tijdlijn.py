"""The timeline: which dates a point has on it, and in which order the points are."""

from datetime import date

from bouwstenen import build_punt

from gebieden.analyse.tijdlijn import compose_tijdlijn
from gebieden.domein.agendapunt import Staat
from gebieden.domein.punt import Punt

MEI, JUNI, JULI = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def build(id_: str, gereed: date | None, staat: Staat = Staat.IN_UITVOERING) -> Punt:
    return Punt(build_punt(id_, staat=staat, afgesproken_gereed=gereed), True, None)


def test_points_are_in_the_order_of_their_agreed_dates_and_without_any_date_they_are_left_out():
    punten = [build("P1", JUNI), build("P2", None), build("P3", MEI), build("P4", None)]
    regels = compose_tijdlijn(punten, {"P4": [MEI]}, {})
    assert [r.punt.punt.id for r in regels] == ["P3", "P1", "P4"]


def test_every_date_that_was_given_up_is_there_once_unless_it_is_agreed_again():
    (regel,) = compose_tijdlijn([build("P1", JULI)], {"P1": [MEI, JULI, JUNI, MEI]}, {})
    assert (regel.afgesproken, regel.eerder) == (JULI, (MEI, JUNI))
    assert regel.datums == (MEI, JUNI, JULI)


def test_a_point_is_done_only_while_it_is():
    klaar, borg, weer = (
        build("P1", MEI, Staat.GEREALISEERD),
        build("P2", MEI, Staat.GEBORGD),
        build("P3", MEI, Staat.IN_UITVOERING),
    )
    regels = compose_tijdlijn([klaar, borg, weer], {}, {"P1": JUNI, "P2": JUNI, "P3": JUNI})
    assert [r.gerealiseerd for r in regels] == [JUNI, JUNI, None]
