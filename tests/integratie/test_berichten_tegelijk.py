"""Two at the same moment, on connections of their own: nothing twice, nothing lost without a word."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

from bouwstenen import PEILDATUM
from schrijvers import PUNT, add_gebruiker, build_bericht, draw_sleutel, place, read, read_log

from gebieden.domein.fouten import BotsingError, InvoerError
from gebieden.opslag.berichten import correct_bericht, undo_laatste

BASIS = build_bericht()


def run_tegelijk(*handelingen: Callable[[], object]) -> list[object]:
    """Run these at the same moment; return for each what it gave, or the fault it raised."""
    start = Barrier(len(handelingen))

    def voer_uit(handeling):
        start.wait()
        try:
            return handeling()
        except (BotsingError, InvoerError) as fout:
            return fout

    with ThreadPoolExecutor(len(handelingen)) as werkers:
        return list(werkers.map(voer_uit, handelingen))


def _correct(engine, wie, nummer, **velden):
    return correct_bericht(engine, wie, nummer, BASIS, replace(BASIS, **velden), sleutel=draw_sleutel(), op=PEILDATUM)


def test_one_form_sent_by_many_requests_at_once_is_one_bericht(agenda):
    wie = add_gebruiker(agenda)
    antwoorden = run_tegelijk(*[lambda: place(agenda, wie, sleutel="k")] * 6)
    assert len({a.nummer for a in antwoorden}) == 1
    assert sorted(a.was_er_al for a in antwoorden) == [False, *[True] * 5]
    assert (len(read(agenda)), len(read_log(agenda, handeling="bericht_geplaatst"))) == (1, 1)


def test_two_tabs_with_the_same_text_at_once_are_one_bericht(agenda):
    wie = add_gebruiker(agenda)
    antwoorden = run_tegelijk(*[lambda: place(agenda, wie)] * 4)
    assert len({a.nummer for a in antwoorden}) == len(read(agenda)) == 1


def test_of_two_who_correct_the_same_field_one_wins_and_the_other_is_told(agenda):
    mensen = [add_gebruiker(agenda) for _ in range(2)]
    for ronde in range(5):
        nummer = place(agenda, mensen[0], replace(BASIS, id="P1")).nummer
        teksten = [f"{ronde} van {wie.nummer}" for wie in mensen]
        paren = zip(mensen, teksten, strict=True)
        antwoorden = run_tegelijk(*(partial(_correct, agenda, wie, nummer, tekst=tekst) for wie, tekst in paren))
        verloren = [n for n, a in enumerate(antwoorden) if isinstance(a, BotsingError)]
        assert len(verloren) == 1
        assert antwoorden[verloren[0]].nu["tekst"] == teksten[1 - verloren[0]]
        (bericht,) = [b for b in read(agenda) if b.nummer == antwoorden[1 - verloren[0]].nummer]
        assert (bericht.tekst, len(bericht.eerder)) == (teksten[1 - verloren[0]], 1)


def test_two_who_correct_different_fields_both_get_what_they_wanted(agenda):
    een, twee = add_gebruiker(agenda), add_gebruiker(agenda)
    nummer = place(agenda, een).nummer
    antwoorden = run_tegelijk(
        lambda: _correct(agenda, een, nummer, tekst="Anders."), lambda: _correct(agenda, twee, nummer, openbaar=True)
    )
    assert not any(isinstance(a, Exception) for a in antwoorden)
    (bericht,) = read(agenda)
    assert (bericht.tekst, bericht.openbaar, len(bericht.eerder)) == ("Anders.", True, 2)


def test_taking_back_while_somebody_corrects_ends_in_one_of_both(agenda):
    een, twee = add_gebruiker(agenda), add_gebruiker(agenda)
    nummer = place(agenda, een).nummer
    antwoorden = run_tegelijk(
        lambda: undo_laatste(agenda, een, PUNT, "P1", sleutel=draw_sleutel(), op=PEILDATUM),
        lambda: _correct(agenda, twee, nummer, tekst="Anders."),
    )
    assert [isinstance(a, InvoerError) for a in antwoorden].count(True) == 1
    assert [b.tekst for b in read(agenda)] == (["Anders."] if isinstance(antwoorden[0], InvoerError) else [])


def test_many_people_at_once_lose_nothing(agenda):
    mensen = [add_gebruiker(agenda) for _ in range(6)]
    handelingen = [lambda wie=wie, n=n: place(agenda, wie, build_bericht(f"{n}")) for wie in mensen for n in range(4)]
    antwoorden = run_tegelijk(*handelingen)
    assert len({a.nummer for a in antwoorden}) == len(read(agenda)) == 24
    assert len(read_log(agenda, handeling="bericht_geplaatst")) == 24
