"""Several signals judged at once: step by step, all or none, once, taken back whole, and only in one's own areas."""

import pytest
from bouwstenen import NOORD, NOORD_A, NOORD_B, PEILDATUM, ZUID, ZUID_A
from schrijvers import add_gebruiker, draw_sleutel
from sqlalchemy import func, insert, select

from gebieden.domein.beoordeling import Zwaarte
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.signaal import Signaalstaat
from gebieden.opslag import tabellen
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.oovsoorten import BEOORDELING, ZAAK
from gebieden.opslag.signaaloordelen import Groepsoordeel, judge_signalen, list_bereikbaar, undo_oordelen

S = Signaalstaat
GEEN_ACTIE = Groepsoordeel(S.GEEN_ACTIE, reden="een feest")
BUNDEL = Groepsoordeel(S.GEBUNDELD, nieuwe_zaak="Overlast op het plein", categorie="jeugdoverlast")


@pytest.fixture
def oov(gemeente):
    """Somebody of Noord, where S1 and S2 were imported; S3 lies in Zuid."""
    with gemeente.begin() as conn:
        for nummer, naam in enumerate((NOORD_A, NOORD_B, ZUID_A), 1):
            conn.execute(insert(tabellen.signaalgebied).values(nummer=nummer, naam=naam))
        conn.execute(insert(tabellen.signaalcategorie).values(nummer=1, naam="jeugdoverlast"))
        conn.execute(insert(tabellen.signaalbron).values(nummer=1, naam="politie"))
        for nummer in (1, 2, 3):
            waarden = {"id": f"S{nummer}", "dag": 20_000, "categorie": 1, "bron": 1, "gebied": nummer}
            conn.execute(insert(tabellen.signaal).values(waarden))
    return add_gebruiker(gemeente, Rol.OOV, NOORD)


@pytest.fixture
def oordeel_over(gemeente, oov):
    def judge(oordeel, *ids, wie=None, sleutel=None):
        return judge_signalen(gemeente, wie or oov, ids, oordeel, sleutel=sleutel or draw_sleutel(), op=PEILDATUM)

    return judge


def _load_staten(engine, eigen=NOORD):
    with engine.connect() as conn:
        stukken = load_stukken(conn, BEOORDELING, Kijker(Rol.OOV, frozenset({eigen})), PEILDATUM)
    return {stuk.velden.signaal: stuk.velden for stuk in stukken}


def test_who_says_at_once_what_is_done_has_judged_it_first_in_two_steps(gemeente, oordeel_over):
    gevolg = oordeel_over(GEEN_ACTIE, "S1", "S2")
    assert list(gevolg.stappen.values()) == [2, 2]
    assert {v.staat for v in _load_staten(gemeente).values()} == {S.GEEN_ACTIE}
    with gemeente.connect() as conn:
        stappen = conn.execute(select(tabellen.bijwerking.c.velden).order_by(tabellen.bijwerking.c.nummer)).scalars()
        assert [velden["staat"] for velden in stappen] == 2 * [[None, "beoordeeld"], ["beoordeeld", "geen_actie"]]


def test_what_is_sent_twice_is_judged_once(gemeente, oordeel_over):
    sleutel = draw_sleutel()
    oordeel_over(BUNDEL, "S1", sleutel=sleutel)
    oordeel_over(BUNDEL, "S1", sleutel=sleutel)
    with gemeente.connect() as conn:
        assert conn.scalar(select(func.count()).select_from(tabellen.zaak)) == 1
        assert conn.scalar(select(func.count()).select_from(tabellen.bijwerking)) == 3


def test_one_that_cannot_keeps_all_back_and_is_named(gemeente, oordeel_over):
    oordeel_over(GEEN_ACTIE, "S1")
    with pytest.raises(InvoerError, match=r"Van geen_actie naar doorgezet kan niet.*1 signaal: S1.*Er is niets"):
        oordeel_over(Groepsoordeel(S.DOORGEZET), "S1", "S2")
    assert set(_load_staten(gemeente)) == {"S1"}


@pytest.mark.parametrize(
    ("oordeel", "wat"),
    [
        (Groepsoordeel(S.GEEN_ACTIE), "'reden' nodig"),
        (Groepsoordeel(S.GEEN_ACTIE, reden="volgens Jan de Vries"), "een naam"),
        (Groepsoordeel(S.BINNENGEKOMEN), "staat al op"),
        (Groepsoordeel(S.VOLGEN), "kan niet"),
        (Groepsoordeel(S.GEBUNDELD), "'Naam van de zaak.*is leeg"),
        (Groepsoordeel(S.GEBUNDELD, zaak=99), "Zaak 99 is er niet"),
    ],
)
def test_what_a_state_asks_for_is_asked_and_nothing_is_stored(gemeente, oordeel_over, oordeel, wat):
    with pytest.raises(InvoerError, match=wat):
        oordeel_over(oordeel, "S1", "S2")
    assert _load_staten(gemeente) == {}
    with gemeente.connect() as conn:
        assert conn.scalar(select(func.count()).select_from(tabellen.zaak)) == 0


def test_a_step_back_costs_a_reason(gemeente, oordeel_over):
    oordeel_over(GEEN_ACTIE, "S1")
    with pytest.raises(InvoerError, match="'waarom' nodig"):
        oordeel_over(Groepsoordeel(S.BEOORDEELD), "S1")
    oordeel_over(Groepsoordeel(S.BEOORDEELD, reden="toch vaker"), "S1")
    assert _load_staten(gemeente)["S1"].staat is S.BEOORDEELD


def test_a_new_matter_lies_in_the_smallest_own_area_that_holds_its_signals(gemeente, oov, oordeel_over):
    oordeel_over(BUNDEL, "S1")
    oordeel_over(BUNDEL, "S1", "S2")
    with gemeente.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        zaken = load_stukken(conn, ZAAK, oov.kijker, PEILDATUM)
    assert zaken[0].bij == NOORD_A
    assert boom.bevat(zaken[1].bij, NOORD_A)
    assert boom.bevat(zaken[1].bij, NOORD_B)
    assert boom.bevat(NOORD, zaken[1].bij)
    # What was bundled went along to the other matter.
    assert {v.zaak for v in _load_staten(gemeente).values()} == {zaken[1].nummer}


def test_taking_back_takes_all_of_it_back(gemeente, oov, oordeel_over):
    gevolg = oordeel_over(BUNDEL, "S1", "S2")
    undo_oordelen(gemeente, oov, gevolg, sleutel=draw_sleutel(), op=PEILDATUM)
    assert _load_staten(gemeente) == {}
    with gemeente.connect() as conn:
        assert load_stukken(conn, ZAAK, oov.kijker, PEILDATUM) == []
    oordeel_over(GEEN_ACTIE, "S1", "S2")
    assert len(_load_staten(gemeente)) == 2


def test_nothing_is_taken_back_when_somebody_changed_one_since(gemeente, oov, oordeel_over):
    gevolg = oordeel_over(Groepsoordeel(S.BEOORDEELD), "S1", "S2")
    ander = add_gebruiker(gemeente, Rol.OOV, NOORD)
    nieuw = Groepsoordeel(S.DOORGEZET, ernst=Zwaarte.ERNSTIG)
    oordeel_over(nieuw, "S2", wie=ander)
    with pytest.raises(InvoerError, match="intussen iets veranderd"):
        undo_oordelen(gemeente, oov, gevolg, sleutel=draw_sleutel(), op=PEILDATUM)
    staten = _load_staten(gemeente)
    assert staten["S1"].staat is S.BEOORDEELD
    assert (staten["S2"].staat, staten["S2"].ernst) == (S.DOORGEZET, Zwaarte.ERNSTIG)


def test_one_signal_of_elsewhere_keeps_all_back(gemeente, oordeel_over):
    with pytest.raises(RechtenError):
        oordeel_over(GEEN_ACTIE, "S1", "S3")
    assert _load_staten(gemeente) == _load_staten(gemeente, ZUID) == {}


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.OOV])
def test_nobody_else_judges_and_does_not_hear_which_signals_there_are(gemeente, oordeel_over, rol):
    for id_ in ("S1", "bestaat niet"):
        with pytest.raises(RechtenError):
            oordeel_over(GEEN_ACTIE, id_, wie=add_gebruiker(gemeente, rol, NOORD))


def test_only_what_the_table_allows_is_offered():
    assert list_bereikbaar({S.BINNENGEKOMEN}) == [S.BEOORDEELD, S.GEBUNDELD, S.IN_AANPAK, S.DOORGEZET, S.GEEN_ACTIE]
    assert list_bereikbaar({S.GESLOTEN}) == [S.HEROPEND]
    assert list_bereikbaar({S.GEBUNDELD}) == [S.BEOORDEELD, S.GEBUNDELD, S.VOLGEN]
