"""Whatever two people do, in whatever order: chains stay linear, the counts add up, the trail holds no text."""

from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import count

import pytest
from bouwstenen import PEILDATUM, build_punt
from hypothesis import strategies as st
from schrijvers import PUNT, add_gebruiker, build_bericht, draw_sleutel, dump_log, place, read, read_log
from sqlalchemy import select
from voorbeelden import check_voorbeelden

from gebieden.domein.fouten import BotsingError, InvoerError
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.berichten import correct_bericht, find_ongedaan, undo_laatste
from gebieden.opslag.database import begin_schrijven

_IDS = (f"H{n}" for n in count())
WOORD = "geheimzinnig"
TEKSTEN = st.sampled_from([f"{WOORD} {n}" for n in range(3)])
STAP = st.tuples(
    st.integers(0, 1),
    st.one_of(
        st.tuples(st.just("plaats"), TEKSTEN, st.booleans()),
        # How long ago the page was opened that the correction was written on: 0 is the last state of all.
        st.tuples(st.just("verbeter"), TEKSTEN, st.booleans(), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("herstel")),
    ),
)


@pytest.fixture
def mensen(gemeente):
    return add_gebruiker(gemeente), add_gebruiker(gemeente)


def _do(engine, wie, id_, stap, gezien):
    """Do one step; `gezien` are the lists of berichten that were on screen, newest last."""
    soort, *wat = stap
    if soort == "plaats":
        return place(engine, wie, build_bericht(wat[0], id=id_, openbaar=wat[1]))
    if soort == "herstel":
        return undo_laatste(engine, wie, PUNT, id_, sleutel=draw_sleutel(), op=PEILDATUM)
    tekst, openbaar, geleden, keuze = wat
    berichten = gezien[-1 - geleden % len(gezien)]
    if not berichten:
        return None
    basis = berichten[keuze % len(berichten)]
    wens = replace(basis, tekst=tekst, openbaar=openbaar)
    return correct_bericht(engine, wie, basis.nummer, basis, wens, sleutel=draw_sleutel(), op=PEILDATUM)


def test_any_sequence_of_changes_by_two_people_adds_up(gemeente, mensen):
    check_voorbeelden(gemeente, 25, partial(_check_reeks, gemeente, mensen), st.lists(STAP, max_size=12))


def _check_reeks(gemeente, mensen, stappen):
    id_ = next(_IDS)
    with begin_schrijven(gemeente) as conn:
        save_agendapunten(conn, [build_punt(id_)], PEILDATUM)
    gezien, aangenomen = [[]], 0
    for wie, stap in stappen:
        with gemeente.connect() as conn:
            ongedaan = find_ongedaan(conn, mensen[wie], PUNT, id_)
        try:
            uitkomst = _do(gemeente, mensen[wie], id_, stap, gezien)
        except (InvoerError, BotsingError):
            assert stap[0] != "herstel" or ongedaan is None
        else:
            aangenomen += uitkomst is not None and not uitkomst.was_er_al
            assert stap[0] != "herstel" or ongedaan is not None
        gezien.append(read(gemeente, id_=id_))
    _check(gemeente, id_, gezien[-1], aangenomen)


def _check(engine, id_, berichten, aangenomen):
    with engine.connect() as conn:
        rijen = conn.execute(select(tabellen.bericht).where(tabellen.bericht.c.id == id_)).all()
    gevolgd = [r.corrigeert for r in rijen if r.corrigeert is not None]
    assert len(gevolgd) == len(set(gevolgd))
    assert all(r.corrigeert is None or r.corrigeert < r.nummer for r in rijen)
    regels = read_log(engine, soort=PUNT, id=id_)
    assert len(regels) == len(rijen) == aangenomen
    assert [r.bericht for r in regels] == sorted(r.nummer for r in rijen)
    ingetrokken = {r.nummer for r in rijen if r.ingetrokken}
    teruggezet = sum(r.corrigeert in ingetrokken for r in rijen)
    geplaatst = Counter(r.handeling for r in regels)["bericht_geplaatst"]
    assert len(berichten) == geplaatst - len(ingetrokken) + teruggezet
    assert all(b.tekst.startswith(WOORD) for bericht in berichten for b in (bericht, *bericht.eerder))
    assert WOORD not in dump_log(engine)
