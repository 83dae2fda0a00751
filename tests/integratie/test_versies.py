"""The next version of an agenda: which points go in, and that the past stays exactly what it was."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID, build_punt
from databases import dump_inhoud
from hypothesis import strategies as st
from schrijvers import add_gebruiker, draw_sleutel, dump_log, read_log
from sqlalchemy import delete, func, select, update
from voorbeelden import check_voorbeelden

from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.puntovergang import Puntovergang, Toestandsvelden, list_mogelijk
from gebieden.domein.puntvelden import Puntvelden, get_puntvelden
from gebieden.domein.rechten import BEHEERDER, Kijker, Rol
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import determine_voortgang, is_open
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.lezen import AFGESCHERMDE_TITEL, load_punten, load_versiepunten
from gebieden.opslag.punten import change_punt, create_punt, move_punt
from gebieden.opslag.puntgevolgen import find_kwam_van, find_laatste_overgang
from gebieden.opslag.puntherroeping import find_ongedaan_punt, undo_wijziging
from gebieden.opslag.puntwerk import open_punt
from gebieden.opslag.stand import load_agendastand
from gebieden.opslag.versiekandidaten import Plaats, load_kandidaten
from gebieden.opslag.versies import Versie, establish_versie, load_versies
from gebieden.opslag.verzettingen import load_verzettingen

EERSTE, APRIL, MEI = date(2026, 3, 1), date(2026, 4, 10), date(2026, 5, 1)
DAG = timedelta(days=1)
INVULLING = Toestandsvelden(
    WachtOp.GELD, "Te duur", "Het college", "De provincie", True, "Wijkbeheer", date(2027, 1, 1)
)


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def establish(engine, wie, datum=MEI, *, sleutel=None, op=PEILDATUM, gebied=NOORD, **velden):
    return establish_versie(engine, wie, gebied, datum, sleutel=sleutel or draw_sleutel(), op=op, **velden)


def move(engine, wie, id_, van, naar, op=PEILDATUM, datum=None):
    overgang = Puntovergang(van, naar, datum or op, INVULLING, "Omdat het moest")
    return move_punt(engine, wie, id_, overgang, sleutel=draw_sleutel(), op=op)


def end(engine, wie, id_, naar, op=PEILDATUM):
    """Bring a point from op_agenda to this end on one day."""
    move(engine, wie, id_, Staat.OP_AGENDA, Staat.IN_UITVOERING, op)
    if naar in (Staat.GEREALISEERD, Staat.GEBORGD):
        move(engine, wie, id_, Staat.IN_UITVOERING, Staat.GEREALISEERD, op)
        if naar is Staat.GEBORGD:
            move(engine, wie, id_, Staat.GEREALISEERD, Staat.GEBORGD, op)
    else:
        move(engine, wie, id_, Staat.IN_UITVOERING, naar, op)


def load_stand(engine, peildatum=PEILDATUM):
    with engine.connect() as conn:
        return load_agendastand(conn, peildatum)


def list_in_versie(engine, peildatum=PEILDATUM, gebied=NOORD):
    return {s.id for s in load_stand(engine, peildatum).standen if s.in_versie and s.gebied == gebied}


def find_row(engine, id_, versie):
    punt = tabellen.agendapunt
    with engine.connect() as conn:
        rij = conn.execute(select(punt).where(punt.c.id == id_, punt.c.versie == versie)).mappings().one()
        return {k: w for k, w in rij.items() if k != "versie"}


def test_the_next_version_has_the_next_number_the_open_points_and_who_established_it(agenda, regisseur):
    voor = find_row(agenda, "P1", 1)
    uitkomst = establish(agenda, regisseur, door_wie="  gebiedsteam 12 mei ")
    assert (uitkomst.versie, uitkomst.was_er_al) == (Versie(NOORD, 2, MEI, "gebiedsteam 12 mei"), False)
    with agenda.connect() as conn:
        assert load_versies(conn)[NOORD] == [Versie(NOORD, 1, EERSTE), uitkomst.versie]
        assert load_versies(conn)[ZUID] == [Versie(ZUID, 1, EERSTE)]
    assert list_in_versie(agenda) == {"P1", "P3"}
    assert find_row(agenda, "P1", 2) == find_row(agenda, "P1", 1) == voor
    assert load_stand(agenda).agendas == {NOORD: (2, MEI), ZUID: (1, EERSTE)}
    assert load_stand(agenda, MEI - DAG).agendas == {NOORD: (1, EERSTE), ZUID: (1, EERSTE)}


def test_the_first_version_of_an_agenda_is_number_one(agenda):
    wie = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, "DP01", NOORD)
    with pytest.raises(InvoerError, match="geen punt"):
        establish(agenda, wie, gebied="DP01")
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [build_punt("P7", gebied="DP01", versie=None, versiedatum=None)], PEILDATUM)
    assert establish(agenda, wie, gebied="DP01").versie.versie == 1
    assert list_in_versie(agenda, gebied="DP01") == {"P7"}
    # Before that day it was on the agenda too, in no version yet.
    eerder = next(s for s in load_stand(agenda, MEI - DAG).standen if s.id == "P7")
    assert (eerder.in_versie, eerder.staat) == (False, Staat.OP_AGENDA)


def test_a_form_that_is_sent_twice_establishes_one_version(agenda, regisseur):
    een = establish(agenda, regisseur, sleutel="f1", door_wie="gebiedsteam")
    na = dump_inhoud(agenda)
    twee = establish(agenda, regisseur, sleutel="f1")
    assert (twee.versie, twee.was_er_al) == (een.versie, True)
    assert {k: w for k, w in dump_inhoud(agenda).items() if k != "instelling"} == {
        k: w for k, w in na.items() if k != "instelling"
    }
    wie = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, ZUID)
    with pytest.raises(InvoerError, match="ander gebied"):
        establish(agenda, wie, gebied=ZUID, sleutel="f1")


@pytest.mark.parametrize("datum", [PEILDATUM + DAG, EERSTE, EERSTE - DAG, date(1999, 1, 1)])
def test_a_version_is_dated_after_the_one_before_and_not_after_today(agenda, regisseur, datum):
    voor = dump_inhoud(agenda)
    with pytest.raises(InvoerError, match=r"na 1 maart 2026 \(versie 1\) tot en met 20 mei 2026.*niets vastgesteld"):
        establish(agenda, regisseur, datum)
    assert dump_inhoud(agenda) == voor


def test_too_long_a_text_is_refused(agenda, regisseur):
    with pytest.raises(InvoerError, match="201 tekens"):
        establish(agenda, regisseur, door_wie="x" * 201)


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.GEBIEDSREGISSEUR])
def test_only_a_regisseur_establishes_a_version(agenda, rol):
    voor = dump_inhoud(agenda)
    wie = add_gebruiker(agenda, rol, *([NOORD] if rol is Rol.OOV else []))
    with pytest.raises(RechtenError):
        establish(agenda, wie)
    na = dump_inhoud(agenda)
    assert (na["agenda_versie"], na["agendapunt"]) == (voor["agenda_versie"], voor["agendapunt"])


def test_a_regisseur_does_so_in_the_own_areas_only(agenda, regisseur):
    for gebied in (ZUID, "BESTAAT_NIET", "\x00"):
        with pytest.raises(RechtenError):
            establish(agenda, regisseur, gebied=gebied)


def add_allerlei(engine, wie):
    """Store, in version 1 of Noord, one point of every end, a proposal, and a new point that is on the agenda."""
    einden = {"A": Staat.GEREALISEERD, "B": Staat.GEBORGD, "C": Staat.OVERGEDRAGEN, "D": Staat.VERVALLEN}
    with begin_schrijven(engine) as conn:
        save_agendapunten(conn, [build_punt(id_) for id_ in einden], EERSTE)
    for id_, naar in einden.items():
        end(engine, wie, id_, naar, APRIL)
    velden = Puntvelden("Nieuw", (Thema.HEEL,))
    voorstel, nieuw, afgewezen = (
        create_punt(engine, wie, NOORD, velden, sleutel=draw_sleutel(), op=APRIL).id for _ in range(3)
    )
    move(engine, wie, nieuw, Staat.VOORGESTELD, Staat.OP_AGENDA, APRIL)
    move(engine, wie, afgewezen, Staat.VOORGESTELD, Staat.VERVALLEN, APRIL)
    return voorstel, nieuw, afgewezen


def test_open_and_new_points_go_in_proposals_stay_out_and_of_the_ended_ones_those_that_are_done(agenda, regisseur):
    voorstel, nieuw, afgewezen = add_allerlei(agenda, regisseur)
    with agenda.connect() as conn:
        plaatsen = {k.id: k.plaats for k in load_kandidaten(conn, NOORD, MEI, PEILDATUM)}
    keuze = dict.fromkeys("ABCD", Plaats.KEUZE)
    assert plaatsen == keuze | {
        "P1": Plaats.ERIN,
        "P3": Plaats.ERIN,
        nieuw: Plaats.ERIN,
        voorstel: Plaats.ERBUITEN,
        afgewezen: Plaats.ERBUITEN,
    }
    establish(agenda, regisseur)
    assert list_in_versie(agenda) == {"P1", "P3", nieuw, "A", "B"}
    stand = load_stand(agenda)
    assert {s.id for s in stand.standen if not s.in_versie and s.gebied == NOORD} == {voorstel, afgewezen}
    telling = determine_voortgang((s for s in stand.standen if s.gebied == NOORD), PEILDATUM)
    assert (telling.punten, telling.afgerond, telling.nieuw_sinds_versie, telling.voorstellen) == (5, 2, 0, 1)


def test_which_ended_points_stay_is_a_choice_and_open_ones_are_none(agenda, regisseur):
    _, nieuw, afgewezen = add_allerlei(agenda, regisseur)
    voor = dump_inhoud(agenda)
    for vreemd in ("P2", "P404", afgewezen):
        with pytest.raises(InvoerError, match=f"niet in de nieuwe versie: {vreemd}"):
            establish(agenda, regisseur, ook=["A", vreemd])
    assert dump_inhoud(agenda) == voor
    establish(agenda, regisseur, ook=["D"])
    assert list_in_versie(agenda) == {"P1", "P3", nieuw, "D"}


def test_a_point_that_ended_after_the_date_of_the_version_was_open_on_that_day_and_goes_in(agenda, regisseur):
    end(agenda, regisseur, "P1", Staat.VERVALLEN, PEILDATUM)
    establish(agenda, regisseur, ook=[])
    staten = [next(s.staat for s in load_stand(agenda, dag).standen if s.id == "P1") for dag in (MEI, PEILDATUM)]
    assert staten == [Staat.OP_AGENDA, Staat.VERVALLEN]
    assert list_in_versie(agenda) == {"P1", "P3"}


def test_a_waiting_point_still_returns_to_where_it_came_from_and_no_step_is_dated_before_the_last(agenda, regisseur):
    move(agenda, regisseur, "P1", Staat.OP_AGENDA, Staat.WACHT_OP, APRIL)
    establish(agenda, regisseur)
    with agenda.connect() as conn:
        assert find_kwam_van(conn, "P1", 2) is Staat.OP_AGENDA
        assert find_laatste_overgang(conn, open_punt(conn, regisseur, "P1", PEILDATUM)) == APRIL
    move(agenda, regisseur, "P1", Staat.WACHT_OP, Staat.OP_AGENDA)
    assert next(s.staat for s in load_stand(agenda).standen if s.id == "P1") is Staat.OP_AGENDA


def test_a_date_that_moved_before_the_version_is_counted_once(agenda, regisseur):
    with agenda.connect() as conn:
        basis = get_puntvelden(next(p.punt for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.punt.id == "P1"))
    for datum in (date(2026, 6, 1), date(2026, 7, 1)):
        wens = replace(basis, afgesproken_gereed=datum)
        change_punt(agenda, regisseur, "P1", basis, wens, sleutel=draw_sleutel(), op=PEILDATUM)
        basis = wens
    with agenda.connect() as conn:
        voor = load_verzettingen(conn, PEILDATUM)
    for datum in (MEI, MEI + DAG):
        establish(agenda, regisseur, datum)
    with agenda.connect() as conn:
        assert load_verzettingen(conn, PEILDATUM) == voor


def test_it_is_in_the_audit_trail_without_who_it_was(agenda, regisseur):
    establish(agenda, regisseur, door_wie="geheimzinnig")
    (regel,) = read_log(agenda, handeling="versie_vastgesteld")
    assert (regel.soort, regel.id, regel.gebied, regel.gebruiker) == ("agenda", NOORD, NOORD, regisseur.nummer)
    assert regel.veranderingen == {
        "versie": (None, 2),
        "datum": (None, "2026-05-01"),
        "punten": (None, 2),
        "vastgesteld_door": None,
    }
    assert "geheimzinnig" not in dump_log(agenda)


def test_a_number_is_never_that_of_a_row_that_the_point_had_in_another_agenda(agenda, regisseur):
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [build_punt("P8", gebied=ZUID, versie=2, versiedatum=date(2025, 1, 1))], PEILDATUM)
        save_agendapunten(conn, [build_punt("P8")], PEILDATUM)
    assert establish(agenda, regisseur).versie.versie == 3
    assert "P8" in list_in_versie(agenda)


def test_a_version_is_read_as_it_stood_and_publiek_reads_no_text_that_is_not_public_now(agenda, regisseur):
    end(agenda, regisseur, "P1", Staat.GEREALISEERD, APRIL)
    establish(agenda, regisseur)
    with begin_schrijven(agenda) as conn:
        conn.execute(update(tabellen.agendapunt).where(tabellen.agendapunt.c.versie == 2).values(openbaar=False))
    with agenda.connect() as conn:
        eerste, later = (
            {p.id: p for p in load_versiepunten(conn, BEHEERDER, NOORD, 1, dag)} for dag in (EERSTE, PEILDATUM)
        )
        publiek = load_versiepunten(conn, Kijker(), NOORD, 1, EERSTE)
    assert set(eerste) == {"P1", "P3"}
    assert (eerste["P1"].staat, later["P1"].staat) == (Staat.OP_AGENDA, Staat.GEREALISEERD)
    assert (eerste["P1"].versie, eerste["P1"].titel) == (1, "Titel van P1")
    assert [p.titel for p in publiek] == [AFGESCHERMDE_TITEL] * 2
    assert [p.staat for p in publiek] == [eerste[p.id].staat for p in publiek]


# A step: how many days later, at which point, and what: a change of state (backdated a little), of the date, or undo.
STAPPEN = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 9), st.integers(0, 4)), min_size=4, max_size=12
)


def do_stap(engine, wie, id_, wat, dagen, op):
    with engine.connect() as conn:
        punt = next((p.punt for p in load_punten(conn, BEHEERDER, op) if p.punt.id == id_), None)
        if punt is None:
            return
        eigen = find_ongedaan_punt(conn, wie, id_)
        mogelijk = list_mogelijk(punt.staat, Rol.GEBIEDSREGISSEUR, find_kwam_van(conn, id_, punt.versie or 0))
        laatste = find_laatste_overgang(conn, open_punt(conn, wie, id_, op))
    if wat == 9:
        if eigen and eigen.versie == (punt.versie or 0) and eigen.handeling != "punt_voorgesteld":
            undo_wijziging(engine, wie, id_, eigen.nummer, sleutel=draw_sleutel(), op=op)
    elif wat > 6:
        basis = get_puntvelden(punt)
        wens = replace(basis, afgesproken_gereed=None if wat == 8 else op + dagen * DAG)
        change_punt(engine, wie, id_, basis, wens, sleutel=draw_sleutel(), op=op)
    else:
        naar = mogelijk[wat % len(mogelijk)]
        move(engine, wie, id_, punt.staat, naar, op, max(op - dagen * DAG, laatste or EERSTE))


def clear(engine):
    with begin_schrijven(engine) as conn:
        for tabel in ("bericht", "verzetting", "overgang", "wijziging", "levensteken", "agendapunt", "agenda_versie"):
            # A row that takes another back goes together with it.
            conn.execute(delete(tabellen.metadata.tables[tabel]))


def sort_standen(stand):
    return sorted(stand.standen, key=lambda s: s.id)


def compare_stand(voor, na, datum):
    """Check one peildatum: the past is equal, and since then every point that is there stands as it stood."""
    if na.peildatum < datum:
        assert replace(na, standen=()) == replace(voor, standen=())
        assert sort_standen(na) == sort_standen(voor)
        return
    oud = {s.id: s for s in voor.standen}
    nieuw = {s.id: s for s in na.standen}
    for id_, stand in nieuw.items():
        assert stand == replace(oud[id_], in_versie=stand.in_versie)
    assert not any(is_open(oud[id_].staat) for id_ in oud.keys() - nieuw.keys())
    assert all(s.in_versie for s in na.standen if s.gebied == NOORD and is_open(s.staat))


def test_whatever_happened_every_peildatum_keeps_its_state(gemeente):
    check = partial(_check_verleden, gemeente)
    check_voorbeelden(gemeente, 6, check, STAPPEN, st.integers(1, 70), st.integers(0, 70), STAPPEN)


def _check_verleden(gemeente, stappen, geleden, nog_eens, later):
    clear(gemeente)
    wie = add_gebruiker(gemeente, Rol.GEBIEDSREGISSEUR)
    with begin_schrijven(gemeente) as conn:
        save_agendapunten(conn, [build_punt("P1"), build_punt("P2", gebied=ZUID), build_punt("P3")], EERSTE)
    nieuw = Puntvelden("Nieuw", (Thema.HEEL,))
    ids = ["P1", "P3", *(create_punt(gemeente, wie, NOORD, nieuw, sleutel=draw_sleutel(), op=EERSTE).id for _ in "ab")]
    dag, dagen = EERSTE, {EERSTE - DAG, PEILDATUM}
    for stap in (stappen, later):
        for verder, welk, wat, hoeveel in stap:
            dag = min(dag + verder * DAG, PEILDATUM)
            dagen |= {dag, dag - hoeveel * DAG}
            do_stap(gemeente, wie, ids[welk], wat, hoeveel, dag)
    datum = PEILDATUM - geleden * DAG
    tweede = datum + (nog_eens * DAG)
    for versiedag in (datum, tweede):
        if not load_stand(gemeente).agendas[NOORD][1] < versiedag <= PEILDATUM:
            continue
        peildatums = sorted({*dagen, versiedag - DAG, versiedag, versiedag + DAG})
        voor = [load_stand(gemeente, p) for p in peildatums]
        with gemeente.connect() as conn:
            verzet = load_verzettingen(conn, PEILDATUM)
        establish(gemeente, wie, versiedag)
        for oud, peildatum in zip(voor, peildatums, strict=True):
            compare_stand(oud, load_stand(gemeente, peildatum), versiedag)
        with gemeente.connect() as conn:
            assert load_verzettingen(conn, PEILDATUM) == verzet


def test_what_was_taken_back_stays_so_in_the_copy(agenda, regisseur):
    move(agenda, regisseur, "P1", Staat.OP_AGENDA, Staat.IN_UITVOERING)
    with agenda.connect() as conn:
        eigen = find_ongedaan_punt(conn, regisseur, "P1")
    undo_wijziging(agenda, regisseur, "P1", eigen.nummer, sleutel=draw_sleutel(), op=PEILDATUM)
    establish(agenda, regisseur)
    tabel = tabellen.overgang
    with agenda.connect() as conn:
        rijen = conn.execute(select(tabel).order_by(tabel.c.nummer)).all()
        assert conn.scalar(select(func.count()).select_from(tabel)) == 4
    assert [(r.versie, r.van, r.naar) for r in rijen[2:]] == [(2, r.van, r.naar) for r in rijen[:2]]
    assert [r.kopie_van for r in rijen] == [None, None, rijen[0].nummer, rijen[1].nummer]
    assert [r.herroept for r in rijen] == [None, rijen[0].nummer, None, rijen[2].nummer]


def test_what_was_changed_before_a_version_was_established_is_not_offered_to_be_taken_back(agenda, regisseur):
    move(agenda, regisseur, "P1", Staat.OP_AGENDA, Staat.IN_UITVOERING, MEI)
    establish(agenda, regisseur)
    with agenda.connect() as conn:
        assert find_ongedaan_punt(conn, regisseur, "P1") is None
    move(agenda, regisseur, "P1", Staat.IN_UITVOERING, Staat.GEREALISEERD)
    with agenda.connect() as conn:
        assert find_ongedaan_punt(conn, regisseur, "P1").velden["staat"] == ["in_uitvoering", "gerealiseerd"]
