"""The order in which a meeting walks its points, and which is next."""

from datetime import date

from bouwstenen import PEILDATUM, build_punt

from gebieden.analyse.ronde import Plaats, find_plaats, order_ronde
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.punt import Punt

LATER, EERDER = date(2027, 1, 1), date(2026, 5, 19)


def build(id_, staat, datum=LATER, laatste=EERDER, **velden):
    wacht_op = WachtOp.GELD if staat is Staat.WACHT_OP else None
    return Punt(build_punt(id_, staat=staat, afgesproken_gereed=datum, wacht_op=wacht_op, **velden), True, laatste)


def test_the_walk_goes_from_waiting_to_done():
    punten = [
        build("vervallen", Staat.VERVALLEN),
        build("klaar", Staat.GEREALISEERD),
        build("voorstel", Staat.VOORGESTELD),
        build("nog niet", Staat.OP_AGENDA),
        build("loopt", Staat.IN_UITVOERING),
        build("stil", Staat.IN_UITVOERING, laatste=date(2026, 1, 1)),
        build("stil en laat", Staat.IN_UITVOERING, EERDER, date(2026, 1, 1)),
        build("laat", Staat.IN_UITVOERING, EERDER),
        # What waits comes first, also when it is late.
        build("wacht laat", Staat.WACHT_OP, EERDER),
        # Done is done: an agreed date that has passed says nothing any more.
        build("klaar laat", Staat.GEBORGD, EERDER),
    ]
    assert order_ronde(punten, PEILDATUM) == [
        "wacht laat", "laat", "stil en laat", "stil", "loopt", "nog niet", "voorstel", "klaar", "klaar laat",
        "vervallen",
    ]  # fmt: skip


def test_within_a_category_the_walk_is_by_title():
    punten = [build("1", Staat.OP_AGENDA, titel="b"), build("2", Staat.OP_AGENDA, titel="A")]
    assert order_ronde(punten, PEILDATUM) == ["2", "1"]


def test_the_point_that_one_is_at_stays_in_the_walk_when_a_filter_leaves_it_out():
    assert find_plaats("abcd", {"a", "d"}, "b") == Plaats(2, 3, "a", "d")
    assert find_plaats("abcd", {"a", "d"}, "a") == Plaats(1, 2, None, "d")
    assert find_plaats("abcd", set("abcd"), "d") == Plaats(4, 4, "c", None)
