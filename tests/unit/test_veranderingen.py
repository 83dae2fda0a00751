"""What changed between two dates: hand-made cases, and what holds for every pair of agendas."""

from collections import Counter
from datetime import date

from bouwstenen import build_stand
from hypothesis import given
from test_voortgang_eigenschappen import AGENDAS

from gebieden.analyse.veranderingen import Soort, Verandering, compare_standen, count_soorten
from gebieden.domein.agendapunt import VOORSTELLEN, Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.rechten import Rol
from gebieden.opslag.verzettingen import Verzetting
from gebieden.ui.veranderd import (
    build_verandering_html,
    compose_veranderzin,
    count_berichten,
    describe_verandering,
    select_datums,
)

SINDS = date(2026, 3, 1)
MEI, JUNI, JULI = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)

TOEN = [
    build_stand("gelijk"),
    build_stand("klaar"),
    build_stand("geborgd", staat=Staat.GEREALISEERD),
    build_stand("terug", staat=Staat.GEREALISEERD),
    build_stand("weg", staat=Staat.VERVALLEN),
    build_stand("wacht", staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD),
    build_stand("aangenomen", staat=Staat.BESPROKEN),
    build_stand("afgewezen", staat=Staat.VOORGESTELD),
    build_stand("verzet"),
]
NU = [
    build_stand("gelijk"),
    build_stand("klaar", staat=Staat.GEREALISEERD),
    build_stand("geborgd", staat=Staat.GEBORGD),
    build_stand("terug"),
    build_stand("wacht", staat=Staat.WACHT_OP, wacht_op=WachtOp.PARTNER),
    build_stand("aangenomen", staat=Staat.OP_AGENDA),
    build_stand("afgewezen", staat=Staat.VERVALLEN),
    build_stand("verzet", afgesproken_gereed=JULI),
    build_stand("nieuw"),
    build_stand("idee", staat=Staat.VOORGESTELD),
]
DATUMS = {"verzet": ((MEI, JUNI), (JUNI, JULI)), "nieuw": ((None, MEI),)}
BERICHTEN = {"klaar": 2, "wacht": 1, "elders": 4}
ALLE = {v.id: v for v in compare_standen(TOEN, NU, DATUMS, BERICHTEN)}


def test_each_point_is_told_by_what_happened_to_it():
    assert {id_: set(v.soorten) for id_, v in ALLE.items()} == {
        "aangenomen": {Soort.NIEUW},
        "afgewezen": {Soort.VERVALLEN},
        "geborgd": {Soort.STAAT},
        "idee": {Soort.VOORSTEL},
        "klaar": {Soort.KLAAR, Soort.BERICHT},
        "nieuw": {Soort.NIEUW, Soort.DATUM},
        "terug": {Soort.STAAT},
        "verzet": {Soort.DATUM},
        "wacht": {Soort.STAAT, Soort.BERICHT},
        "weg": {Soort.WEG},
    }
    assert count_soorten(ALLE.values()) == Counter(
        {"nieuw": 2, "klaar": 1, "vervallen": 1, "weg": 1, "staat": 3, "datum": 2, "bericht": 2, "voorstel": 1}
    )


def test_what_happened_is_told_in_words():
    zinnen = {id_: describe_verandering(v, Rol.RAAD) for id_, v in ALLE.items()}
    assert zinnen == {
        "aangenomen": "nieuw op de agenda: Op de agenda",
        "afgewezen": "van Voorgesteld naar Vervallen",
        "geborgd": "van Gerealiseerd naar Geborgd",
        "idee": "nieuw: Voorgesteld",
        "klaar": "van In uitvoering naar Gerealiseerd; 2 nieuwe berichten",
        "nieuw": "nieuw op de agenda: In uitvoering; afgesproken datum: 1 mei 2026",
        "terug": "van Gerealiseerd naar In uitvoering",
        "verzet": "afgesproken datum van 1 mei 2026 naar 1 juli 2026 (2 keer veranderd)",
        "wacht": "van Wacht op geld naar Wacht op partner; 1 nieuw bericht",
        "weg": "staat niet meer op de agenda (was: Vervallen)",
    }
    assert describe_verandering(Verandering("x", None, None, datums=((MEI, None),)), Rol.RAAD) == (
        "afgesproken datum van 1 mei 2026 naar geen datum"
    )


def test_the_sentence_counts_points_and_berichten():
    assert compose_veranderzin(ALLE.values(), SINDS) == (
        "Sinds 1 maart 2026 is er iets veranderd bij 10 punten: 2 punten nieuw op de agenda, 1 klaar, 1 vervallen, "
        "1 van de agenda af, 3 keer een andere stand, 2 punten met een andere afgesproken datum, 2 punten met een "
        "nieuw bericht en 1 voorstel. Er zijn 3 berichten bijgekomen."
    )


def test_only_what_is_dated_after_the_day_counts():
    verzet = [Verzetting(None, MEI, SINDS), Verzetting(MEI, JUNI, date(2026, 3, 2))]
    assert select_datums({"a": verzet, "b": verzet[:1]}, SINDS) == {"a": ((MEI, JUNI),)}
    punt, initiatief = Berichtsoort.AGENDAPUNT, Berichtsoort.INITIATIEF
    berichten = [Bericht(punt, "a", MEI, ""), Bericht(initiatief, "a", MEI, ""), Bericht(punt, "a", SINDS, "")]
    assert count_berichten(berichten, SINDS) == {"a": 1}


def test_a_title_is_shown_literally_and_of_what_is_gone_there_is_no_link():
    html = build_verandering_html(ALLE["klaar"], {"klaar": "<b>Licht</b> & meer"}, Rol.PUBLIEK)
    assert "&lt;b&gt;Licht&lt;/b&gt; &amp; meer" in html
    assert "id=klaar" in html
    assert build_verandering_html(ALLE["weg"], {}, Rol.PUBLIEK).startswith("<strong>Punt weg</strong>")


@given(AGENDAS)
def test_nothing_changed_between_a_day_and_itself(punten):
    assert compare_standen(punten, punten) == []


@given(AGENDAS, AGENDAS)
def test_every_point_that_came_went_or_moved_is_there_once_and_no_other(toen, nu):
    oud, nieuw = ({s.id: (s.staat, s.wacht_op) for s in standen} for standen in (toen, nu))
    veranderingen = compare_standen(toen, nu)
    assert [v.id for v in veranderingen] == sorted(
        id_ for id_ in oud.keys() | nieuw.keys() if oud.get(id_) != nieuw.get(id_)
    )
    tellingen = count_soorten(veranderingen)
    assert tellingen.total() == len(veranderingen)
    assert tellingen[Soort.WEG] == len(oud.keys() - nieuw.keys())
    assert tellingen[Soort.VOORSTEL] == sum(v.naar in VOORSTELLEN for v in veranderingen)
