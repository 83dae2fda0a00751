"""Role × area × action, tried below the screen: a right that is not there is not there for any function."""

from dataclasses import replace

import pytest
from bouwstenen import DWARS, GEMEENTE, NOORD, NOORD_A, PEILDATUM, ZUID, build_punt
from schrijvers import PUNT, add_gebruiker, build_bericht, draw_sleutel, place, read, read_log
from sqlalchemy import update

from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.berichten import correct_bericht, find_ongedaan, undo_laatste
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.logboek import Zoekvraag, count_logboek, load_geschiedenis, load_logboek, search_logboek

TEAM = (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR)
BASIS = build_bericht()
# The point P1 is of Noord; P4 is of Noord A, that Dwars contains.
HIER = {NOORD, GEMEENTE}
ELDERS = [frozenset({ZUID}), frozenset({NOORD_A}), frozenset({DWARS}), frozenset({"bestaat niet"}), frozenset()]
GEBIEDEN = [*(frozenset({code}) for code in sorted(HIER)), frozenset({NOORD, ZUID}), *ELDERS]
KIJKERS = [Kijker(rol, eigen) for rol in Rol for eigen in GEBIEDEN]


def _correct(engine, wie, nummer):
    basis = next(b for b in read(engine) if b.nummer == nummer)
    correct_bericht(
        engine, wie, nummer, basis, replace(basis, tekst=draw_sleutel()), sleutel=draw_sleutel(), op=PEILDATUM
    )


def _undo(engine, wie):
    undo_laatste(engine, wie, PUNT, "P1", sleutel=draw_sleutel(), op=PEILDATUM)


def _may(handeling, *waarden):
    try:
        handeling(*waarden)
    except RechtenError:
        return False
    return True


def test_every_role_in_every_area_does_and_reads_what_it_may_and_nothing_else(agenda):
    schrijver = add_gebruiker(agenda)
    for kijker in KIJKERS:
        wie = Gebruiker(kijker)
        mag = kijker.rol in TEAM and not HIER.isdisjoint(kijker.eigen)
        nummer = place(agenda, schrijver, replace(BASIS, tekst=draw_sleutel())).nummer
        assert _may(place, agenda, wie, replace(BASIS, tekst=draw_sleutel())) is mag, kijker
        with agenda.connect() as conn:
            assert (find_ongedaan(conn, wie, PUNT, "P1") is not None) is mag, kijker
        assert _may(_undo, agenda, wie) is mag, kijker
        assert _may(_correct, agenda, wie, nummer) is mag, kijker
        assert bool(read(agenda, kijker)) is (mag or kijker.rol is Rol.BEHEER), kijker


@pytest.mark.parametrize("rol", TEAM)
def test_an_area_gives_rights_for_what_lies_wholly_in_it(agenda, rol):
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [build_punt("P4", gebied=NOORD_A)], PEILDATUM)
    wie = add_gebruiker(agenda, rol, DWARS)
    place(agenda, wie, build_bericht(id="P4"))
    with pytest.raises(RechtenError, match=f"ligt in {NOORD}, buiten uw eigen gebied"):
        place(agenda, wie)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in TEAM])
def test_nobody_but_the_team_writes_and_the_refusal_says_as_whom(agenda, rol):
    with pytest.raises(RechtenError, match=f"mag niet als {rol}"):
        place(agenda, Gebruiker(Kijker(rol, frozenset({GEMEENTE}))))


def test_a_point_that_moves_to_another_area_takes_its_rights_along(agenda):
    wie = add_gebruiker(agenda)
    place(agenda, wie)
    with begin_schrijven(agenda) as conn:
        conn.execute(update(tabellen.agendapunt).where(tabellen.agendapunt.c.id == "P1").values(gebied=ZUID))
    with pytest.raises(RechtenError):
        _undo(agenda, wie)
    assert read(agenda, wie.kijker) == []


@pytest.mark.parametrize("kijker", [k for k in KIJKERS if k.rol is not Rol.BEHEER])
@pytest.mark.parametrize("vraag", [search_logboek, count_logboek])
def test_nobody_but_beheer_searches_the_trail(engine, kijker, vraag):
    with engine.connect() as conn, pytest.raises(RechtenError, match="logboek lezen mag niet"):
        vraag(conn, kijker, Zoekvraag())


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEER])
def test_nobody_but_beheer_takes_the_trail_out(engine, rol):
    with engine.connect() as conn, pytest.raises(RechtenError, match="logboek lezen mag niet"):
        load_logboek(conn, Kijker(rol))


def _load_geschiedenis(engine, kijker, id_="P1"):
    with engine.connect() as conn:
        return load_geschiedenis(conn, kijker, load_gebiedsboom(conn, PEILDATUM), PUNT, id_)


def test_the_history_of_a_point_shows_lines_about_internal_berichten_to_who_may_read_those(agenda):
    place(agenda, add_gebruiker(agenda))
    for kijker in KIJKERS:
        mag = kijker.rol is Rol.BEHEER or (kijker.rol in TEAM and not HIER.isdisjoint(kijker.eigen))
        assert len(_load_geschiedenis(agenda, kijker)) == mag, kijker


def test_whether_a_line_may_be_read_is_decided_by_the_bericht_as_it_is_now(agenda):
    wie = add_gebruiker(agenda)
    openbaar = build_bericht(openbaar=True)
    nummer = place(agenda, wie, openbaar).nummer
    assert [r.handeling for r in _load_geschiedenis(agenda, Kijker())] == ["bericht_geplaatst"]
    correct_bericht(
        agenda, wie, nummer, openbaar, replace(openbaar, openbaar=False), sleutel=draw_sleutel(), op=PEILDATUM
    )
    assert _load_geschiedenis(agenda, Kijker()) == _load_geschiedenis(agenda, Kijker(Rol.RAAD)) == []
    assert len(_load_geschiedenis(agenda, wie.kijker)) == 2


def test_only_beheer_sees_who_it_was_and_only_the_team_why(agenda):
    wie = add_gebruiker(agenda)
    openbaar = build_bericht(openbaar=True)
    nummer = place(agenda, wie, openbaar).nummer
    wens = replace(openbaar, tekst="Anders.")
    correct_bericht(agenda, wie, nummer, openbaar, wens, sleutel=draw_sleutel(), op=PEILDATUM, waarom="tikfout")

    def lees(kijker):
        laatste = _load_geschiedenis(agenda, kijker)[0]
        return laatste.rol, laatste.gebruiker, laatste.waarom

    assert lees(Kijker(Rol.BEHEER)) == (Rol.GEBIEDSTEAM, wie.nummer, "tikfout")
    assert lees(wie.kijker) == (Rol.GEBIEDSTEAM, None, "tikfout")
    for kijker in (Kijker(), Kijker(Rol.RAAD), Kijker(Rol.GEBIEDSTEAM, frozenset({ZUID}))):
        assert lees(kijker) == (Rol.GEBIEDSTEAM, None, "")


def _import(engine, **velden):
    with begin_schrijven(engine) as conn:
        save_agendapunten(conn, [build_punt("P3", **velden)], PEILDATUM)


def test_the_fields_of_a_point_that_is_not_public_are_not_in_its_history_for_publiek(agenda):
    _import(agenda, openbaar=False, afgesproken_gereed=PEILDATUM)
    (publiek,) = _load_geschiedenis(agenda, Kijker(), "P3")
    assert (publiek.handeling, publiek.rol, publiek.veranderingen) == ("gewijzigd", Rol.BEHEER, {})
    assert "afgesproken_gereed" in _load_geschiedenis(agenda, Kijker(Rol.RAAD), "P3")[0].veranderingen


def test_what_a_point_was_before_it_became_public_stays_hidden(agenda):
    _import(agenda, openbaar=False, afgesproken_gereed=PEILDATUM)
    _import(agenda, openbaar=True, afgesproken_gereed=None)
    _import(agenda, openbaar=True, afgesproken_gereed=PEILDATUM)
    velden = [set(r.veranderingen) for r in _load_geschiedenis(agenda, Kijker(), "P3")]
    assert velden == [{"afgesproken_gereed"}, set(), set()]


def test_the_history_of_anything_else_is_for_beheer(agenda):
    beheer = add_gebruiker(agenda, Rol.BEHEER)
    assert read_log(agenda, soort="instelling") == []
    with agenda.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        assert load_geschiedenis(conn, Kijker(Rol.RAAD), boom, "gebruiker", str(beheer.nummer)) == []
        assert load_geschiedenis(conn, Kijker(), boom, PUNT, "P9") == []
        assert load_geschiedenis(conn, Kijker(), boom, PUNT, "P1\x00") == []
