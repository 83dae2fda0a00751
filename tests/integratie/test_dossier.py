"""What is kept beside the points: added, changed, withdrawn and undone in one way, by who may and seen by who may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID
from databases import dump_inhoud
from kopiestukken import load_inhoud
from schrijvers import add_gebruiker, draw_sleutel, dump_log, read_log

from gebieden.domein.afstemming import Afstemming, Mate
from gebieden.domein.convenant import Afspraak, Convenant, Convenantstaat
from gebieden.domein.fouten import BotsingError, GebiedenError, InvoerError, RechtenError
from gebieden.domein.kant import Kant, Kantsoort
from gebieden.domein.oordeel import Bewonersoordeel, Oordeel
from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.partner import Inzet, Partner, Partnersoort
from gebieden.domein.rechten import BEHEERDER, IEDEREEN, Kijker, Rol
from gebieden.domein.stap import Stap, Stapsoort
from gebieden.domein.thema import Thema
from gebieden.domein.wens import Wens, Wensbron
from gebieden.opslag.dossier import add_stuk, change_stuk, undo_stuk, withdraw_stuk
from gebieden.opslag.dossierlezen import Datumwijziging, Stuk, load_datumwijzigingen, load_stukken
from gebieden.opslag.dossiersoorten import (
    AFSPRAAK,
    AFSTEMMING,
    BESLUIT,
    CONVENANT,
    INZET,
    KANT,
    OORDEEL,
    OVERLEG,
    PARTNER,
    STAP,
    WENS,
)

DAG = date(2026, 5, 1)
START = Stap(Stapsoort.MIJLPAAL, "Start van het werk", afgesproken=date(2026, 9, 1))
# One of every kind, all fields filled in, in the order in which they refer to each other.
ALLES = [
    (STAP, "P1", replace(START, gedaan_op=PEILDATUM)),
    (OORDEEL, "P1", Bewonersoordeel(Oordeel.DEELS, DAG, "Inloopavond", 40, "Het is beter.\nNog niet klaar.")),
    (AFSTEMMING, "P1", Afstemming(Mate.VOLLEDIG, DAG, "De buurtvereniging", "Per brief")),
    (WENS, NOORD, Wens(Wensbron.GEBIEDSGESPREK, "Een bankje", DAG, "Bij de vijver", True, ("P1", "P2"))),
    (KANT, NOORD, Kant(Kantsoort.STERK, "Veel groen", (Thema.HEEL, Thema.SOCIAAL), "Schouw", DAG, "Mooi", True)),
    (PARTNER, "", Partner("De woonstichting", Partnersoort.CORPORATIE, ("Woonst.",))),
    (INZET, NOORD, Inzet(1, "Wijkbeheerder")),
    (CONVENANT, NOORD, Convenant("Convenant", Convenantstaat.IN_OVERLEG, (1,), DAG, date(2030, 1, 1), "Tekst")),
    (AFSPRAAK, NOORD, Afspraak(1, Thema.HEEL, "Verven", agendapunt="P1", termijn=DAG, toelichting="Zelf")),
    (OVERLEG, NOORD, Overleg("Gebiedsoverleg", DAG, "Politie, corporatie")),
    (BESLUIT, NOORD, Besluit(1, "Wij gaan verven.", "P1")),
]


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def add(engine, wie, velden=START, soort=STAP, bij="P1", sleutel=None):
    return add_stuk(engine, wie, soort, bij, velden, sleutel=sleutel or draw_sleutel(), op=PEILDATUM).nummer


def change(engine, wie, nummer, basis, wens, soort=STAP, sleutel=None):
    return change_stuk(engine, wie, soort, nummer, basis, wens, sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def withdraw(engine, wie, nummer, soort=STAP):
    return withdraw_stuk(engine, wie, soort, nummer, sleutel=draw_sleutel(), op=PEILDATUM)


def undo(engine, wie, nummer, soort=STAP):
    return undo_stuk(engine, wie, soort, nummer, sleutel=draw_sleutel(), op=PEILDATUM)


def load(engine, soort=STAP, kijker=BEHEERDER, bij=None, peildatum=PEILDATUM):
    with engine.connect() as conn:
        return load_stukken(conn, soort, kijker, peildatum, bij)


def test_everything_of_every_kind_is_read_back_as_it_was_written(agenda, regisseur):
    for soort, bij, velden in ALLES:
        nummer = add(agenda, regisseur, velden, soort, bij)
        assert load(agenda, soort) == [Stuk(nummer, bij, velden, PEILDATUM)]


def test_what_is_sent_twice_is_stored_once(agenda, regisseur):
    sleutel = draw_sleutel()
    assert add(agenda, regisseur, sleutel=sleutel) == add(agenda, regisseur, sleutel=sleutel)
    assert len(load(agenda)) == 1
    with pytest.raises(InvoerError, match="al gebruikt voor iets anders"):
        change(agenda, regisseur, add(agenda, regisseur), START, replace(START, titel="Anders"), sleutel=sleutel)


def test_a_date_that_moves_leaves_the_old_one_and_undoing_restores_it_exactly(agenda, regisseur):
    nummer = add(agenda, regisseur)
    voor = load_inhoud(agenda, "bijwerking", "logboek", "instelling")
    later = replace(START, afgesproken=date(2026, 10, 1))
    change(agenda, regisseur, nummer, START, later)
    with agenda.connect() as conn:
        (verzet,) = load_datumwijzigingen(conn, STAP, "afgesproken", [nummer])[nummer]
    assert (verzet.oud, verzet.nieuw) == (START.afgesproken, later.afgesproken)
    assert isinstance(verzet, Datumwijziging)
    undo(agenda, regisseur, nummer)
    assert load_inhoud(agenda, "bijwerking", "logboek", "instelling") == voor
    with agenda.connect() as conn:
        assert load_datumwijzigingen(conn, STAP, "afgesproken", [nummer]) == {}


def test_what_is_withdrawn_counts_no_more_until_that_is_undone(agenda, regisseur):
    nummer = add(agenda, regisseur)
    withdraw(agenda, regisseur, nummer)
    assert load(agenda) == []
    with pytest.raises(InvoerError, match="Dit is er niet"):
        change(agenda, regisseur, nummer, START, replace(START, titel="Anders"))
    undo(agenda, regisseur, nummer)
    assert [s.velden for s in load(agenda)] == [START]
    undo(agenda, regisseur, nummer)
    assert load(agenda) == []


def test_two_people_who_change_the_same_have_to_choose_and_other_fields_stay(agenda, regisseur):
    ander = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)
    nummer = add(agenda, regisseur)
    change(agenda, ander, nummer, START, replace(START, titel="Begin", gedaan_op=DAG))
    with pytest.raises(BotsingError):
        change(agenda, regisseur, nummer, START, replace(START, titel="Opening"))
    change(agenda, regisseur, nummer, START, replace(START, soort=Stapsoort.DEELSTAP))
    assert load(agenda)[0].velden == Stap(Stapsoort.DEELSTAP, "Begin", START.afgesproken, DAG)
    with pytest.raises(InvoerError, match="Er is niets ongedaan gemaakt"):
        change(agenda, ander, nummer, load(agenda)[0].velden, replace(load(agenda)[0].velden, titel="Eind"))
        change(agenda, regisseur, nummer, load(agenda)[0].velden, replace(load(agenda)[0].velden, titel="Nog eens"))
        undo(agenda, ander, nummer)


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.GEBIEDSREGISSEUR])
@pytest.mark.parametrize(
    ("soort", "bij", "velden"), ALLES, ids=lambda d: getattr(getattr(d, "tabel", None), "name", "")
)
def test_nobody_writes_who_may_not_nor_outside_the_own_areas(agenda, rol, soort, bij, velden):
    if rol is Rol.GEBIEDSTEAM and soort in (WENS, KANT):
        wie, bij = add_gebruiker(agenda, rol), ZUID
    else:
        wie = add_gebruiker(agenda, rol, NOORD)
    voor = dump_inhoud(agenda)
    with pytest.raises(RechtenError):
        add(agenda, wie, velden, soort, bij)
    with pytest.raises(GebiedenError):
        withdraw(agenda, wie, 1, soort)
    assert dump_inhoud(agenda) == voor


def test_a_regisseur_writes_in_the_own_areas_only(agenda):
    wie = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, ZUID)
    for soort, bij, velden in ALLES[:5]:
        with pytest.raises(RechtenError, match="buiten uw eigen gebied"):
            add(agenda, wie, velden, soort, bij)


def test_publiek_counts_what_is_about_a_closed_point_without_reading_it(agenda, regisseur):
    oordeel = Bewonersoordeel(Oordeel.NIET, DAG, "Aan de deur", 3, "Geheim")
    add(agenda, regisseur, oordeel, OORDEEL, "P3")
    (stuk,) = load(agenda, OORDEEL, IEDEREEN)
    assert stuk.velden == replace(oordeel, herkomst="", toelichting="")
    assert load(agenda, OORDEEL, Kijker(Rol.RAAD))[0].velden == oordeel


def test_publiek_sees_of_an_area_what_is_public_and_nothing_of_partners(agenda, regisseur):
    for soort, bij, velden in ALLES[3:]:
        add(agenda, regisseur, velden, soort, bij)
    add(agenda, regisseur, replace(ALLES[4][2], openbaar=False), KANT, NOORD)
    assert [len(load(agenda, soort, IEDEREEN)) for soort, _, _ in ALLES[3:]] == [1, 1, 0, 0, 0, 0, 0, 0]
    assert len(load(agenda, KANT, Kijker(Rol.RAAD))) == 2


def test_publiek_counts_a_wish_that_is_not_public_without_reading_it(agenda, regisseur):
    wens = replace(ALLES[3][2], openbaar=False)
    add(agenda, regisseur, wens, WENS, NOORD)
    assert load(agenda, WENS, IEDEREEN)[0].velden == replace(wens, titel="", toelichting="")
    assert load(agenda, WENS, Kijker(Rol.RAAD))[0].velden == wens


def test_all_faults_are_told_together_and_nothing_is_stored(agenda, regisseur):
    voor = dump_inhoud(agenda)
    fout = Kant(Kantsoort.KANS, " \u200b", (), "x" * 201, date(1999, 1, 1), "", True)
    with pytest.raises(InvoerError) as gevonden:
        add(agenda, regisseur, fout, KANT, NOORD)
    for deel in ("'Wat' is leeg", "'Thema's' is leeg", "'Bron' heeft 201 tekens", "1 januari 1999"):
        assert deel in str(gevonden.value)
    with pytest.raises(InvoerError, match=r"Partner 9 is er niet.*'P9' bestaat niet"):
        add(agenda, regisseur, Afspraak(9, Thema.HEEL, "Verven", agendapunt="P9"), AFSPRAAK, NOORD)
    # More than a database can look for.
    with pytest.raises(InvoerError, match=r"'Partners' is 10{20}\."):
        add(agenda, regisseur, Convenant("Convenant", partners=(10**20,)), CONVENANT, NOORD)
    assert dump_inhoud(agenda) == voor


def test_what_is_done_is_done_on_a_day_that_has_come(agenda, regisseur):
    morgen = PEILDATUM + timedelta(days=1)
    nummer = add(agenda, regisseur)
    voor = dump_inhoud(agenda)
    with pytest.raises(InvoerError, match=r"21 mei 2026, en dat moet nog komen. Verwacht: uiterlijk 20 mei 2026"):
        add(agenda, regisseur, replace(START, gedaan_op=morgen))
    with pytest.raises(InvoerError, match="dat moet nog komen"):
        change(agenda, regisseur, nummer, START, replace(START, gedaan_op=morgen))
    assert dump_inhoud(agenda) == voor
    change(agenda, regisseur, nummer, START, replace(START, gedaan_op=PEILDATUM))
    # Undoing the first date of a step leaves the step, without that date.
    undo(agenda, regisseur, nummer)
    assert [s.velden for s in load(agenda)] == [START]


def test_not_asked_is_no_judgement_that_could_hide_another(agenda, regisseur):
    with pytest.raises(InvoerError, match="'Niet gevraagd' is geen oordeel"):
        add(agenda, regisseur, Bewonersoordeel(Oordeel.NIET_GEVRAAGD, DAG, "Nergens"), OORDEEL)


def test_texts_do_not_enter_the_audit_trail(agenda, regisseur):
    for soort, bij, velden in ALLES:
        add(agenda, regisseur, velden, soort, bij)
    log = dump_log(agenda)
    for tekst in ("Start van", "Inloopavond", "Het is beter", "buurtvereniging", "bankje", "groen", "woonstichting"):
        assert tekst not in log
    for tekst in ("Woonst.", "Wijkbeheerder", "Verven", "Politie", "verven"):
        assert tekst not in log
    assert [r.handeling for r in read_log(agenda)][:2] == ["stap_toegevoegd", "oordeel_toegevoegd"]


def test_before_the_day_that_it_was_written_it_is_not_there(agenda, regisseur):
    add(agenda, regisseur)
    assert load(agenda, peildatum=date(2020, 1, 1)) == []
    assert load(agenda, bij=["P2"]) == []
    assert [s.bij for s in load(agenda, bij=["P1", "a\x00b"])] == ["P1"]
