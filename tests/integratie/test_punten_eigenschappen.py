"""Whatever a regisseur does with a point, in whatever order: the journal explains what is there, and undo is exact."""

from datetime import date, timedelta
from functools import partial
from itertools import count

import pytest
from bouwstenen import PEILDATUM, build_punt
from databases import dump_inhoud
from hypothesis import strategies as st
from schrijvers import add_gebruiker, draw_sleutel
from sqlalchemy import select
from voorbeelden import check_voorbeelden

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat, WachtOp
from gebieden.domein.fouten import InvoerError, OvergangError
from gebieden.domein.puntovergang import Puntovergang, Toestandsvelden, list_mogelijk
from gebieden.domein.puntvelden import get_puntvelden
from gebieden.domein.rechten import BEHEERDER, Rol
from gebieden.domein.terugblik import Borging, Terugblik, get_borging
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import change_punt, look_back, move_punt
from gebieden.opslag.puntgevolgen import find_kwam_van
from gebieden.opslag.puntherroeping import find_ongedaan_punt, undo_wijziging
from gebieden.opslag.stand import load_laatste, select_punten
from gebieden.opslag.verzettingen import load_verzettingen

_IDS = (f"H{n}" for n in count())
GEVULD = Toestandsvelden(WachtOp.GELD, "Reden", "Wie besloot", "Aan wie", True, "Wie borgt", date(2027, 1, 1))
DATUMS = st.sampled_from([None, date(2026, 6, 1), date(2026, 7, 1)])
STAP = st.one_of(
    st.tuples(st.just("beweeg"), st.sampled_from(list(Staat))),
    st.tuples(st.just("wijzig"), DATUMS),
    st.tuples(st.just("kijk"), st.dates(PEILDATUM + timedelta(days=1), PEILDATUM + timedelta(days=9))),
    st.tuples(st.just("herroep"), st.none()),
)


@pytest.fixture
def regisseur(gemeente):
    return add_gebruiker(gemeente, Rol.GEBIEDSREGISSEUR)


def _find(engine, id_):
    with engine.connect() as conn:
        return next(p for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.punt.id == id_)


def _look(engine, id_):
    """Return everything that anybody sees of a point now, and what the figures of other days make of it."""
    with engine.connect() as conn:
        return (
            _find(engine, id_),
            [select_punten(conn, {}, PEILDATUM - timedelta(days=n), [id_]) for n in range(3)],
            load_laatste(conn, PEILDATUM).get(id_),
            load_verzettingen(conn, PEILDATUM, [id_]).get(id_),
            find_kwam_van(conn, id_, tabellen.ZONDER_VERSIE),
        )


def _do(engine, wie, id_, stap):
    soort, waarde = stap
    punt = _find(engine, id_).punt
    if soort == "beweeg":
        overgang = Puntovergang(punt.staat, waarde, PEILDATUM, GEVULD, "Waarom")
        return move_punt(engine, wie, id_, overgang, sleutel=draw_sleutel(), op=PEILDATUM)
    if soort == "kijk":
        terugblik = Terugblik("Het ligt er goed bij", Borging("De buurt", waarde))
        return look_back(engine, wie, id_, get_borging(punt), terugblik, sleutel=draw_sleutel(), op=PEILDATUM)
    basis = get_puntvelden(punt)
    wens = type(basis)(**basis.velden | {"afgesproken_gereed": waarde})
    return change_punt(engine, wie, id_, basis, wens, sleutel=draw_sleutel(), op=PEILDATUM)


def test_any_history_follows_the_table_replays_to_the_present_and_is_undone_exactly(gemeente, regisseur):
    check_voorbeelden(gemeente, 15, partial(_check_geschiedenis, gemeente, regisseur), st.lists(STAP, max_size=14))


def _check_geschiedenis(gemeente, regisseur, stappen):
    id_ = next(_IDS)
    with begin_schrijven(gemeente) as conn:
        save_agendapunten(conn, [build_punt(id_, versie=None, versiedatum=None)], PEILDATUM)
    gezien = [_look(gemeente, id_)]
    for stap in stappen:
        voor = _find(gemeente, id_).punt.staat
        if stap[0] == "herroep":
            _undo(gemeente, regisseur, id_, gezien)
            continue
        with gemeente.connect() as conn:
            kwam_van = find_kwam_van(conn, id_, tabellen.ZONDER_VERSIE)
        stand = dump_inhoud(gemeente)
        try:
            uitkomst = _do(gemeente, regisseur, id_, stap)
        except OvergangError:
            assert stap[1] not in list_mogelijk(voor, Rol.GEBIEDSREGISSEUR, kwam_van)
            assert dump_inhoud(gemeente) == stand
        else:
            assert stap[0] != "beweeg" or stap[1] in list_mogelijk(voor, Rol.GEBIEDSREGISSEUR, kwam_van)
            if not uitkomst.was_er_al:
                gezien.append(_look(gemeente, id_))
    assert _look(gemeente, id_) == gezien[-1]
    _check_journaal(gemeente, id_, gezien)


def _undo(engine, wie, id_, gezien):
    """Take back the last change and compare with what was seen before it; with nothing left, nothing is offered."""
    with engine.connect() as conn:
        eigen = find_ongedaan_punt(conn, wie, id_)
    assert (eigen is None) == (len(gezien) == 1)
    if eigen is None:
        return
    try:
        undo_wijziging(engine, wie, id_, eigen.nummer, sleutel=draw_sleutel(), op=PEILDATUM)
    except InvoerError as fout:
        raise AssertionError(f"Nobody else touched it, and yet: {fout}") from fout
    gezien.pop()
    assert _look(engine, id_) == gezien[-1]


def _check_journaal(engine, id_, gezien):
    journaal, punt = tabellen.wijziging, tabellen.agendapunt
    with engine.connect() as conn:
        rij = dict(conn.execute(select(punt).where(punt.c.id == id_)).mappings().one())
        stand: dict[str, object] = {}
        for regel in conn.execute(select(journaal).where(journaal.c.agendapunt == id_).order_by(journaal.c.nummer)):
            assert all(stand[veld] == oud for veld, (oud, _) in regel.velden.items() if veld in stand)
            stand |= {veld: nieuw for veld, (_, nieuw) in regel.velden.items()}
    assert {veld: str(rij[veld]) for veld in stand} == {veld: str(waarde) for veld, waarde in stand.items()}
    datums = [v.is_verzet for v in gezien[-1][3] or ()]
    assert sum(datums) <= len(gezien)
    assert set(AGENDAPUNT_MACHINE.toestanden) >= {rij["staat"]}
