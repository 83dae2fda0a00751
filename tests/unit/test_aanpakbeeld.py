"""Parts of the page Aanpakken without a screen: how far it is, neighbours, bars, the drawing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from bouwstenen import NOORD_A, NOORD_B, VAKKEN, ZUID_A, ZUID_B
from shapely import affinity

from gebieden.analyse.nabuurschap import find_nabijen
from gebieden.analyse.nepbalken import count_balken
from gebieden.domein.aanpak import Aanpak, Aanpakregistratie, Aanpaksoort, Aanpakstand
from gebieden.domein.aanpakuitkomst import Afwijzing, Neptoets, Vergelijkgebied
from gebieden.domein.aanpakzin import describe_vergelijkgebied
from gebieden.kaart.aanpakkaart import Aanpakrol, draw_aanpakkaart, draw_vakje

BUURTEN = {code: VAKKEN[code] for code in (NOORD_A, NOORD_B, ZUID_A, ZUID_B)}
BEGIN = date(2026, 3, 4)
PLAN = Aanpak("Toezicht", Aanpaksoort.TOEZICHT, "jeugdoverlast", (NOORD_A,), BEGIN, weken=4)


@pytest.mark.parametrize(
    ("aanpak", "dag", "stand"),
    [
        (PLAN, date(2027, 1, 1), Aanpakstand.PLAN),
        (replace(PLAN, bevestigd=True), date(2026, 3, 3), Aanpakstand.GEREGISTREERD),
        (replace(PLAN, bevestigd=True), BEGIN, Aanpakstand.LOOPT),
        (replace(PLAN, bevestigd=True), date(2030, 1, 1), Aanpakstand.LOOPT),
        (replace(PLAN, bevestigd=True, eind=date(2026, 6, 1)), date(2026, 6, 1), Aanpakstand.LOOPT),
        (replace(PLAN, bevestigd=True, eind=date(2026, 6, 1)), date(2026, 6, 2), Aanpakstand.AFGELOPEN),
    ],
)
def test_how_far_an_aanpak_is_follows_from_its_days(aanpak, dag, stand):
    assert aanpak.determine_stand(dag) is stand


def test_the_first_week_measured_is_the_one_that_holds_the_beginning():
    # 4 March 2026 is a Wednesday: weeks 10 up to and including 13.
    assert PLAN.na_afloop == date(2026, 3, 30)


def test_registered_on_the_day_of_the_beginning_is_in_time():
    moment = datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert not Aanpakregistratie(BEGIN, moment, "ab").is_achteraf(PLAN)
    assert Aanpakregistratie(date(2026, 3, 5), moment, "ab").is_achteraf(PLAN)


def test_a_corner_or_a_sliver_is_enough_to_be_neighbours():
    assert find_nabijen(BUURTEN)[NOORD_A] == {NOORD_B, ZUID_A, ZUID_B}
    ver = {NOORD_A: VAKKEN[NOORD_A], NOORD_B: affinity.translate(VAKKEN[NOORD_B], 4)}
    assert find_nabijen(ver)[NOORD_A] == {NOORD_B}
    ver[NOORD_B] = affinity.translate(ver[NOORD_B], 2)
    assert find_nabijen(ver) == {NOORD_A: frozenset(), NOORD_B: frozenset()}
    assert find_nabijen({}) == {}


def test_bars_count_every_pseudo_intervention_once_and_say_where_the_real_one_is():
    balken = count_balken(Neptoets(1.2, (-0.6, -0.5, 0.0, 0.49, 0.5)))
    assert [(b.laag, b.hoog, b.aantal, b.is_echt) for b in balken] == [
        (-1.0, -0.5, 1, False), (-0.5, 0.0, 1, False), (0.0, 0.5, 2, False), (0.5, 1.0, 1, False), (1.0, 1.5, 0, True),
    ]  # fmt: skip


def test_without_figures_the_sentence_does_not_tell_which_rule_was_broken():
    redenen = (Afwijzing.ZONDER_MELDINGEN, Afwijzing.NIVEAU, Afwijzing.TREND)
    zinnen = {
        describe_vergelijkgebied(Vergelijkgebied("x", 3.0, 2.0, 0.01, reden), met_getallen=False) for reden in redenen
    }
    assert len(zinnen) == 1
    assert describe_vergelijkgebied(Vergelijkgebied("x", 1.0, 1.0, 0.9), met_getallen=False).startswith("Past")


@pytest.mark.parametrize("kleurstelling", ["licht", "donker"])
def test_the_drawing_has_a_letter_per_area_that_takes_part_and_is_well_formed(kleurstelling):
    rollen = {ZUID_B: Aanpakrol.VERGELIJKING, NOORD_B: Aanpakrol.RING, NOORD_A: Aanpakrol.DOEL}
    boom = ElementTree.fromstring(draw_aanpakkaart(BUURTEN, rollen, kleurstelling))
    ruimte = "{http://www.w3.org/2000/svg}"
    assert sorted(t.text or "" for t in boom.iter(f"{ruimte}text")) == ["D", "R", "V"]
    vlakken = [p.get("fill") for p in boom.findall(f"{ruimte}path")]
    assert sorted(v for v in vlakken if v and v.startswith("url")) == ["url(#pD)", "url(#pR)", "url(#pV)"]
    assert len(vlakken) == 4
    ElementTree.fromstring(draw_vakje(Aanpakrol.RING, kleurstelling))
    assert draw_aanpakkaart({}, rollen, kleurstelling) == ""
