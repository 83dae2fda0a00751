"""A decision list holds exactly what happened in that meeting: not before, after, elsewhere, by others, nor undone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from bouwstenen import DWARS, NOORD, PEILDATUM, ZUID
from databases import dump_inhoud
from schrijvers import add_gebruiker, build_bericht, draw_sleutel, place
from sqlalchemy import update

from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.besluitenlijst import compose_besluitenlijst
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.puntovergang import Puntovergang, Toestandsvelden
from gebieden.domein.puntvelden import get_puntvelden
from gebieden.domein.rechten import BEHEERDER, IEDEREEN, Kijker, Rol
from gebieden.domein.stap import Stap, Stapsoort
from gebieden.opslag.berichten import correct_bericht, undo_laatste
from gebieden.opslag.dossier import add_stuk, change_stuk, undo_stuk, withdraw_stuk
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.dossiersoorten import BESLUIT, OVERLEG, STAP
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.overleg import (
    compose_wie,
    count_besluiten,
    load_agenda,
    load_besluiten,
    load_gebeurd,
    load_zittingen,
    resume_overleg,
)
from gebieden.opslag.punten import change_punt, create_punt, move_punt
from gebieden.opslag.puntherroeping import undo_wijziging
from gebieden.opslag.tabellen import bijwerking, wijziging

RAAD = Kijker(Rol.RAAD)
LATER = date(2026, 9, 1)


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, NOORD, ZUID)


@pytest.fixture
def ander(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, NOORD, ZUID)


class Zaal:
    """Somebody who runs meetings and works on points, as on the screens."""

    def __init__(self, engine, wie: Gebruiker) -> None:
        self.engine, self.wie = engine, wie

    def _hoe(self):
        return {"sleutel": draw_sleutel(), "op": PEILDATUM}

    def begin(self, gebied=NOORD, datum=PEILDATUM) -> int:
        overleg = Overleg(f"Overleg {gebied}", datum, "Corporatie")
        return add_stuk(self.engine, self.wie, OVERLEG, gebied, overleg, **self._hoe()).nummer

    def zet(self, nummer, is_dicht) -> None:
        nu = find_overleg(self.engine, nummer).velden
        wens = replace(nu, is_afgesloten=is_dicht)
        change_stuk(self.engine, self.wie, OVERLEG, nummer, nu, wens, **self._hoe())

    def besluit(self, nummer, tekst, id_="", gebied=NOORD) -> int:
        return add_stuk(self.engine, self.wie, BESLUIT, gebied, Besluit(nummer, tekst, id_), **self._hoe()).nummer

    def stap(self, id_, titel) -> int:
        velden = Stap(Stapsoort.DEELSTAP, titel)
        return add_stuk(self.engine, self.wie, STAP, id_, velden, **self._hoe()).nummer

    def verzet(self, id_, datum) -> None:
        basis = get_puntvelden(find_punt(self.engine, id_))
        change_punt(self.engine, self.wie, id_, basis, replace(basis, afgesproken_gereed=datum), **self._hoe())

    def laat_wachten(self, id_) -> None:
        velden = Toestandsvelden(wacht_op=WachtOp.GELD)
        van = find_punt(self.engine, id_).staat
        move_punt(self.engine, self.wie, id_, Puntovergang(van, Staat.WACHT_OP, PEILDATUM, velden), **self._hoe())

    def schrijf(self, tekst, id_="P1", **velden) -> int:
        return place(self.engine, self.wie, build_bericht(tekst, id=id_, **velden)).nummer

    def neem_over(self, nummer) -> None:
        resume_overleg(self.engine, self.wie, nummer, **self._hoe())


def find_overleg(engine, nummer, kijker=BEHEERDER):
    with engine.connect() as conn:
        return next(s for s in load_stukken(conn, OVERLEG, kijker, PEILDATUM) if s.nummer == nummer)


def find_punt(engine, id_):
    with engine.connect() as conn:
        return next(p.punt for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.punt.id == id_)


def read_lijst(engine, nummer, kijker=BEHEERDER, op=PEILDATUM):
    """Return the lines per point as `soort: tekst`, what was decided about none, and what was not dealt with."""
    stuk = find_overleg(engine, nummer)
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, op)
        punten = load_agenda(conn, kijker, boom, stuk, op)
        lijst = compose_besluitenlijst(list(punten), load_gebeurd(conn, kijker, boom, stuk, punten, op))
    per_punt = {id_: [f"{r.soort}: {r.tekst}" for r in regels] for id_, regels in lijst.per_punt.items()}
    return per_punt, lijst.algemeen, lijst.niet_behandeld


def test_the_list_holds_what_fell_in_the_meeting_and_nothing_else(agenda, regisseur, ander):
    wij, zij = Zaal(agenda, regisseur), Zaal(agenda, ander)
    team = Zaal(agenda, add_gebruiker(agenda))
    wij.schrijf("Voor het overleg")
    wij.verzet("P1", date(2026, 6, 1))
    wij.stap("P1", "Ervoor")
    nummer = wij.begin()
    wij.besluit(nummer, "Wij gaan verven.", "P1")
    wij.besluit(nummer, "Volgende keer buiten.")
    wij.laat_wachten("P1")
    wij.verzet("P1", LATER)
    wij.schrijf("In het overleg")
    wij.stap("P1", "Offerte")
    # Elsewhere, and by others at the same points.
    wij.schrijf("Over Zuid", "P2")
    wij.verzet("P2", LATER)
    zij.schrijf("Van een ander")
    zij.verzet("P3", LATER)
    zij.stap("P3", "Van een ander")
    team.schrijf("Van het team", "P3")
    wij.zet(nummer, True)
    wij.schrijf("Na het overleg", "P3")
    wij.verzet("P1", date(2026, 12, 1))
    assert read_lijst(agenda, nummer) == (
        {
            "P1": [
                "Besluit: Wij gaan verven.",
                "Stand: Op de agenda → Wacht op geld",
                "Afgesproken klaar: 1 juni 2026 → 1 september 2026",
                "Actie: Offerte",
                "Bericht (intern): 1 mei 2026: In het overleg",
            ]
        },
        ("Volgende keer buiten.",),
        ("P3",),
    )


def test_what_was_undone_is_not_in_the_list_and_what_was_corrected_reads_as_it_does_now(agenda, regisseur):
    wij = Zaal(agenda, regisseur)
    nummer = wij.begin()
    hoe = {"op": PEILDATUM}
    besluit = wij.besluit(nummer, "Toch niet.", "P1")
    undo_stuk(agenda, regisseur, BESLUIT, besluit, sleutel=draw_sleutel(), **hoe)
    stap = wij.stap("P1", "Toch niet")
    undo_stuk(agenda, regisseur, STAP, stap, sleutel=draw_sleutel(), **hoe)
    wij.verzet("P1", LATER)
    with agenda.connect() as conn:
        laatste = conn.execute(wijziging.select().order_by(wijziging.c.nummer.desc())).first()
    undo_wijziging(agenda, regisseur, "P1", laatste.nummer, sleutel=draw_sleutel(), **hoe)
    wij.schrijf("Toch niet")
    undo_laatste(agenda, regisseur, Berichtsoort.AGENDAPUNT, "P1", sleutel=draw_sleutel(), **hoe)
    assert read_lijst(agenda, nummer) == ({}, (), ("P1", "P3"))
    fout = wij.schrijf("Met een naam", "P3")
    wij.zet(nummer, True)
    basis = build_bericht("Met een naam", id="P3")
    wens = replace(basis, tekst="Zonder naam", openbaar=True)
    correct_bericht(agenda, regisseur, fout, basis, wens, sleutel=draw_sleutel(), **hoe)
    assert read_lijst(agenda, nummer)[0] == {"P3": ["Bericht: 1 mei 2026: Zonder naam"]}


def test_two_meetings_at_the_same_time_do_not_mix(agenda, regisseur, ander):
    wij, zij = Zaal(agenda, regisseur), Zaal(agenda, ander)
    noord, zuid = wij.begin(NOORD), zij.begin(ZUID)
    wij.schrijf("Noord")
    zij.schrijf("Zuid", "P2")
    wij.schrijf("Noord over Zuid", "P2")
    # Even with the number of the other meeting.
    zij.besluit(noord, "Van Zuid", "P1", ZUID)
    zij.besluit(zuid, "Besluit van Zuid", "", ZUID)
    assert read_lijst(agenda, noord)[0] == {"P1": ["Bericht (intern): 1 mei 2026: Noord"]}
    assert read_lijst(agenda, zuid)[:2] == ({"P2": ["Bericht (intern): 1 mei 2026: Zuid"]}, ("Besluit van Zuid",))
    with agenda.connect() as conn:
        stukken = load_stukken(conn, OVERLEG, RAAD, PEILDATUM)
        assert count_besluiten(conn, RAAD, stukken, PEILDATUM) == {zuid: 1}
        assert [b.velden.tekst for b in load_besluiten(conn, RAAD, stukken[0], PEILDATUM)] == []


def test_who_takes_over_counts_from_then_on_and_between_closing_and_reopening_nobody_does(agenda, regisseur, ander):
    wij, zij = Zaal(agenda, regisseur), Zaal(agenda, ander)
    nummer = wij.begin()
    zij.schrijf("Nog niet")
    zij.neem_over(nummer)
    zij.schrijf("Nu wel")
    wij.zet(nummer, True)
    with pytest.raises(InvoerError, match="intussen afgesloten"):
        zij.neem_over(nummer)
    with pytest.raises(InvoerError, match="Heropen het eerst"):
        wij.besluit(nummer, "Te laat", "P1")
    wij.schrijf("Tussendoor")
    wij.zet(nummer, False)
    wij.schrijf("Heropend")
    assert read_lijst(agenda, nummer)[0] == {
        "P1": ["Bericht (intern): 1 mei 2026: Nu wel", "Bericht (intern): 1 mei 2026: Heropend"]
    }
    with agenda.connect() as conn:
        zittingen = load_zittingen(conn, nummer)
    assert [(z.wie, z.tot is None) for z in zittingen] == [
        (compose_wie(regisseur), False), (compose_wie(ander), False), (compose_wie(regisseur), True),
    ]  # fmt: skip


def test_a_decision_stays_as_it_is_once_its_meeting_is_closed(agenda, regisseur):
    wij = Zaal(agenda, regisseur)
    nummer, ander = wij.begin(), wij.begin()
    besluit = wij.besluit(nummer, "Het bankje komt er.", "P1")
    wij.zet(nummer, True)
    voor = dump_inhoud(agenda)
    nu = Besluit(nummer, "Het bankje komt er.", "P1")
    for doe in (
        lambda hoe: change_stuk(agenda, regisseur, BESLUIT, besluit, nu, replace(nu, tekst="Toch niet."), **hoe),
        lambda hoe: change_stuk(agenda, regisseur, BESLUIT, besluit, nu, replace(nu, overleg=ander), **hoe),
        lambda hoe: withdraw_stuk(agenda, regisseur, BESLUIT, besluit, **hoe),
        lambda hoe: undo_stuk(agenda, regisseur, BESLUIT, besluit, **hoe),
        lambda hoe: withdraw_stuk(agenda, regisseur, OVERLEG, nummer, **hoe),
    ):
        with pytest.raises(InvoerError, match="is afgesloten"):
            doe({"sleutel": draw_sleutel(), "op": PEILDATUM})
    assert dump_inhoud(agenda) == voor


def test_closing_that_was_undone_did_not_happen(agenda, regisseur):
    wij = Zaal(agenda, regisseur)
    nummer = wij.begin()
    wij.zet(nummer, True)
    undo_stuk(agenda, regisseur, OVERLEG, nummer, sleutel=draw_sleutel(), op=PEILDATUM)
    wij.schrijf("Verder")
    assert find_overleg(agenda, nummer).velden.is_afgesloten is False
    assert read_lijst(agenda, nummer)[0] == {"P1": ["Bericht (intern): 1 mei 2026: Verder"]}


def test_what_came_on_the_agenda_after_a_meeting_was_not_skipped_in_it(agenda, regisseur, ander):
    wij = Zaal(agenda, regisseur)
    nummer = wij.begin()
    dag = PEILDATUM + timedelta(days=5)
    velden = replace(get_puntvelden(find_punt(agenda, "P1")), titel="Later")
    later = create_punt(agenda, ander, NOORD, velden, sleutel=draw_sleutel(), op=dag).id
    assert read_lijst(agenda, nummer, op=dag)[2] == ("P1", "P3", later)
    wij.zet(nummer, True)
    # The clock of the tests is not that of the peildatum.
    with agenda.begin() as conn:
        conn.execute(update(bijwerking).values(vastgelegd_op=datetime(2026, 5, 20, 12, tzinfo=UTC)))
    assert read_lijst(agenda, nummer, op=dag)[2] == ("P1", "P3")


def test_a_point_of_an_area_within_it_is_on_the_agenda_and_one_across_it_is_not(agenda, regisseur):
    wij = Zaal(agenda, regisseur)
    with agenda.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        stuk = find_overleg(agenda, wij.begin())
        assert set(load_agenda(conn, BEHEERDER, boom, stuk, PEILDATUM)) == {"P1", "P3"}
        assert not boom.bevat(DWARS, NOORD)
        assert set(load_agenda(conn, BEHEERDER, boom, replace(stuk, bij=DWARS), PEILDATUM)) == set()


def test_each_reads_the_list_as_they_may(agenda, regisseur):
    wij = Zaal(agenda, regisseur)
    nummer = wij.begin()
    wij.besluit(nummer, "Wij gaan verven.", "P1")
    wij.schrijf("Alleen hier")
    wij.schrijf("Voor iedereen", openbaar=True)
    besluit, publiek = "Besluit: Wij gaan verven.", "Bericht: 1 mei 2026: Voor iedereen"
    # That there was one, and when, is everybody's: the counts are the same for all.
    dicht = "Bericht (intern): 1 mei 2026: alleen voor het gebiedsteam"
    assert read_lijst(agenda, nummer, RAAD)[0] == {"P1": [besluit, dicht, publiek]}
    assert read_lijst(agenda, nummer, Kijker(Rol.GEBIEDSTEAM, frozenset({ZUID})))[0] == {
        "P1": [besluit, dicht, publiek]
    }
    intern = "Bericht (intern): 1 mei 2026: Alleen hier"
    assert read_lijst(agenda, nummer, regisseur.kijker)[0] == {"P1": [besluit, intern, publiek]}
    # Publiek has no meetings.
    assert read_lijst(agenda, nummer, IEDEREEN)[:2] == ({}, ())
    with agenda.connect() as conn:
        assert load_stukken(conn, OVERLEG, IEDEREEN, PEILDATUM) == []


def test_nobody_but_a_regisseur_of_the_area_takes_a_meeting_over(agenda, regisseur):
    nummer = Zaal(agenda, regisseur).begin()
    for wie in (add_gebruiker(agenda), add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, ZUID)):
        voor = dump_inhoud(agenda)
        with pytest.raises(RechtenError):
            Zaal(agenda, wie).neem_over(nummer)
        assert dump_inhoud(agenda) == voor
