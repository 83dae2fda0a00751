"""A regisseur keeps the dekking of a point: what is needed, who contributes, and who may read which of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID, build_punt
from databases import dump_inhoud
from schrijvers import add_gebruiker, draw_sleutel, dump_log, read_log
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from gebieden.domein.bedrag import ONBEKEND, PM, Bedrag
from gebieden.domein.dekking import Bron, Dekkingslijn, Lijnstand, Lijnvelden, Uitkomst, Vorm
from gebieden.domein.dekkingszin import format_inhoud
from gebieden.domein.fouten import BotsingError, InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.lijnvelden import get_velden
from gebieden.domein.puntvelden import Puntvelden
from gebieden.domein.rechten import BEHEERDER, IEDEREEN, Kijker, Rol
from gebieden.domein.thema import Thema
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.dekking import change_lijn, load_dekking, save_lijn, set_benodigd
from gebieden.opslag.dekkingherroeping import find_ongedaan_lijn, undo_lijn
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import create_punt
from gebieden.opslag.puntherroeping import find_ongedaan_punt, undo_wijziging
from gebieden.opslag.stand import load_agendastand

FONDS = Lijnvelden(
    Bron.FONDS, Vorm.GELD, Lijnstand.TOEGEZEGD, Bedrag(Decimal("4999.95")), partner="Het fonds", toelichting="Per brief"
)
UREN = Lijnvelden(Bron.INWONERS, Vorm.UREN, Lijnstand.GEVRAAGD, hoeveelheid=Decimal("2.5"), eenheid="uur")


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def load(engine, id_="P1", kijker=BEHEERDER, peildatum=PEILDATUM):
    with engine.connect() as conn:
        return load_dekking(conn, kijker, peildatum, [id_])[id_]


def need(engine, wie, wens, basis=ONBEKEND, id_="P1", sleutel=None):
    return set_benodigd(engine, wie, id_, basis, wens, sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def add(engine, wie, velden=FONDS, id_="P1", sleutel=None):
    return save_lijn(engine, wie, id_, velden, sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def change(engine, wie, lijn, **velden):
    basis = Lijnvelden(**get_velden(lijn))
    wens = replace(basis, **velden)
    return change_lijn(engine, wie, lijn.nummer, basis, wens, sleutel=draw_sleutel(), op=PEILDATUM, waarom="Brief")


def test_of_a_point_that_nobody_has_looked_at_the_dekking_is_unknown(agenda):
    punt = load(agenda)
    assert (punt.lijnen, punt.dekking.benodigd, punt.dekking.uitkomst) == ((), ONBEKEND, Uitkomst.ONBEKEND)


def test_what_is_needed_and_who_contributes_is_stored_to_the_cent(agenda, regisseur):
    need(agenda, regisseur, Bedrag(Decimal("20000.01")))
    add(agenda, regisseur)
    add(agenda, regisseur, UREN)
    punt = load(agenda)
    assert [Lijnvelden(**get_velden(lijn)) for lijn in punt.lijnen] == [FONDS, UREN]
    assert (punt.dekking.gat, punt.dekking.uitkomst) == (Decimal("15000.06"), Uitkomst.DEELS)
    assert (punt.gebied, punt.themas) == (NOORD, ("schoon",))
    with agenda.connect() as conn:
        p1 = next(p.punt for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.punt.id == "P1")
    assert p1.benodigd == Bedrag(Decimal("20000.01"))


def test_the_largest_amount_survives(agenda, regisseur):
    meest = Bedrag(Decimal("9999999999.99"))
    need(agenda, regisseur, meest)
    add(agenda, regisseur, replace(FONDS, bedrag=meest))
    assert (load(agenda).dekking.benodigd, load(agenda).dekking.gat) == (meest, 0)


def test_pm_is_stored_as_pm_and_can_become_an_amount_and_unknown_again(agenda, regisseur):
    need(agenda, regisseur, PM)
    assert load(agenda).dekking.uitkomst is Uitkomst.PM
    need(agenda, regisseur, Bedrag(Decimal(0)), PM)
    assert load(agenda).dekking.uitkomst is Uitkomst.GEDEKT
    need(agenda, regisseur, ONBEKEND, Bedrag(Decimal(0)))
    assert load(agenda).dekking.benodigd == ONBEKEND


def test_the_figures_count_every_point_as_its_lines_say(agenda, regisseur):
    gevraagd, pm = replace(FONDS, stand=Lijnstand.GEVRAAGD), replace(FONDS, bedrag=PM)
    genoeg, weg = replace(FONDS, bedrag=Bedrag(Decimal("0.01"))), replace(pm, stand=Lijnstand.INGETROKKEN)
    verloop = [
        (FONDS, Uitkomst.DEELS), (UREN, Uitkomst.DEELS), (genoeg, Uitkomst.GEDEKT), (gevraagd, Uitkomst.GEDEKT),
        (weg, Uitkomst.GEDEKT), (replace(gevraagd, bedrag=PM), Uitkomst.PM),
    ]  # fmt: skip
    assert get_uitkomst(agenda) is Uitkomst.ONBEKEND
    need(agenda, regisseur, Bedrag(Decimal("4999.96")))
    assert get_uitkomst(agenda) is Uitkomst.NIET
    for lijn, uitkomst in verloop:
        add(agenda, regisseur, lijn)
        assert (get_uitkomst(agenda), load(agenda).dekking.uitkomst) == (uitkomst, uitkomst)
    # What was not there yet does not count yet.
    assert get_uitkomst(agenda, PEILDATUM - timedelta(days=1)) is Uitkomst.NIET


def get_uitkomst(engine, peildatum=PEILDATUM):
    with engine.connect() as conn:
        return next(s.dekking for s in load_agendastand(conn, peildatum).standen if s.id == "P1")


def test_a_form_that_is_sent_twice_counts_once(agenda, regisseur):
    for _ in range(2):
        uitkomst = add(agenda, regisseur, sleutel="een")
        benodigd = need(agenda, regisseur, PM, sleutel="twee")
    assert (uitkomst.was_er_al, benodigd.was_er_al) == (True, True)
    assert len(load(agenda).lijnen) == 1
    assert [r.handeling for r in read_log(agenda, id="P1")] == ["bijdrage_toegevoegd", "benodigd_gewijzigd"]


def test_a_contribution_moves_from_stand_to_stand_and_is_in_one_at_a_time(agenda, regisseur):
    add(agenda, regisseur)
    change(agenda, regisseur, load(agenda).lijnen[0], stand=Lijnstand.ONTVANGEN)
    dekking = load(agenda).dekking
    assert (dekking.toegezegd.euro, dekking.ontvangen.euro) == (0, Decimal("4999.95"))
    change(agenda, regisseur, load(agenda).lijnen[0], stand=Lijnstand.INGETROKKEN)
    # Withdrawn counts nowhere, and is still there to read.
    assert load(agenda).dekking.ontvangen.euro == 0
    assert [lijn.stand for lijn in load(agenda).lijnen] == [Lijnstand.INGETROKKEN]


def test_what_two_people_change_apart_both_stays_and_together_is_a_conflict(agenda, regisseur):
    add(agenda, regisseur)
    gezien = load(agenda).lijnen[0]
    change(agenda, add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR), gezien, bedrag=PM)
    change(agenda, regisseur, gezien, stand=Lijnstand.ONTVANGEN)
    assert (load(agenda).lijnen[0].bedrag, load(agenda).lijnen[0].stand) == (PM, Lijnstand.ONTVANGEN)
    voor = dump_inhoud(agenda)
    with pytest.raises(BotsingError) as gevangen:
        change(agenda, regisseur, gezien, bedrag=Bedrag(Decimal(1)))
    assert [(b.veld, b.nu) for b in gevangen.value.velden] == [("bedrag", PM)]
    need(agenda, regisseur, PM)
    with pytest.raises(BotsingError):
        need(agenda, regisseur, Bedrag(Decimal(5)))
    assert voor["dekkingslijn"] == dump_inhoud(agenda)["dekkingslijn"]


def test_who_sends_an_amount_unchanged_does_not_undo_the_others(agenda, regisseur):
    need(agenda, regisseur, PM)
    assert need(agenda, regisseur, ONBEKEND, ONBEKEND).was_er_al
    assert load(agenda).dekking.benodigd == PM


def test_what_is_needed_can_be_taken_back_exactly(agenda, regisseur):
    need(agenda, regisseur, Bedrag(Decimal("12.30")))
    voor = load(agenda)
    need(agenda, regisseur, PM, voor.dekking.benodigd)
    with agenda.connect() as conn:
        eigen = find_ongedaan_punt(conn, regisseur, "P1")
    undo_wijziging(agenda, regisseur, "P1", eigen.nummer, sleutel=draw_sleutel(), op=PEILDATUM)
    assert load(agenda) == voor


def test_a_contribution_is_no_change_of_the_point_to_take_back(agenda, regisseur):
    add(agenda, regisseur)
    with agenda.connect() as conn:
        assert find_ongedaan_punt(conn, regisseur, "P1") is None


def test_a_proposal_with_a_contribution_cannot_be_withdrawn(agenda, regisseur):
    id_ = create_punt(agenda, regisseur, NOORD, Puntvelden("Licht", (Thema.HEEL,)), sleutel="f", op=PEILDATUM).id
    add(agenda, regisseur, id_=id_)
    with agenda.connect() as conn:
        eigen = find_ongedaan_punt(conn, regisseur, id_)
    with pytest.raises(InvoerError, match="al iets gedaan"):
        undo_wijziging(agenda, regisseur, id_, eigen.nummer, sleutel=draw_sleutel(), op=PEILDATUM)


def test_only_the_regisseur_of_the_area_keeps_the_dekking(agenda, regisseur):
    add(agenda, regisseur)
    lijn = load(agenda).lijnen[0]
    voor = dump_inhoud(agenda)["dekkingslijn"]
    for rol in Rol:
        if rol in (Rol.PUBLIEK, Rol.GEBIEDSREGISSEUR):
            continue
        wie = add_gebruiker(agenda, rol)
        for doe in (lambda w: add(agenda, w), lambda w: need(agenda, w, PM), lambda w: change(agenda, w, lijn)):
            with pytest.raises(PermissionError, match="mag niet als"):
                doe(wie)
    elders = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, ZUID)
    for doe in (lambda w: add(agenda, w), lambda w: need(agenda, w, PM), lambda w: change(agenda, w, lijn)):
        with pytest.raises(PermissionError, match="buiten uw eigen gebied"):
            doe(elders)
    assert dump_inhoud(agenda)["dekkingslijn"] == voor


@pytest.mark.parametrize("rol", list(Rol))
def test_the_figures_are_the_same_for_all_and_the_texts_of_a_point_that_is_not_public_are_not(agenda, regisseur, rol):
    for id_ in ("P1", "P3"):
        need(agenda, regisseur, PM, id_=id_)
        add(agenda, regisseur, id_=id_)
    openbaar, besloten = load(agenda, "P1", Kijker(rol)), load(agenda, "P3", Kijker(rol))
    assert (openbaar.lijnen[0].partner, openbaar.lijnen[0].toelichting) == ("Het fonds", "Per brief")
    gelezen = (besloten.lijnen[0].partner, besloten.lijnen[0].toelichting)
    assert gelezen == (("", "") if rol is Rol.PUBLIEK else ("Het fonds", "Per brief"))
    assert (besloten.dekking, besloten.lijnen[0].bron) == (openbaar.dekking, Bron.FONDS)


def test_the_unit_of_what_is_not_money_is_text_too_and_what_differs_in_it_is_not_added_up(agenda, regisseur):
    for eenheid in ("uur", "Janneke 06-1234"):
        add(agenda, regisseur, replace(UREN, eenheid=eenheid), id_="P3")
    assert [lijn.eenheid for lijn in load(agenda, "P3").lijnen] == ["uur", "Janneke 06-1234"]
    besloten = load(agenda, "P3", IEDEREEN)
    assert "Janneke" not in repr(besloten)
    assert [b.hoeveelheid for b in besloten.dekking.bijdragen] == [Decimal("2.5")] * 2
    assert format_inhoud(besloten.lijnen[0]) == "2,5"
    assert "Janneke" not in dump_log(agenda)


def test_a_point_that_is_made_secret_in_its_next_version_is_so_before(agenda, regisseur):
    add(agenda, regisseur)
    later = build_punt("P1", versie=2, versiedatum=PEILDATUM + timedelta(days=9), openbaar=False)
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [later], PEILDATUM)
    assert load(agenda, kijker=IEDEREEN).lijnen[0].toelichting == ""


def test_partner_and_explanation_never_enter_the_trail(agenda, regisseur):
    add(agenda, regisseur)
    change(agenda, regisseur, load(agenda).lijnen[0], partner="Een ander fonds", toelichting="Gebeld", bedrag=PM)
    assert not [woord for woord in ("Het fonds", "ander fonds", "brief", "Gebeld") if woord in dump_log(agenda)]
    regel = read_log(agenda, id="P1")[-1]
    assert regel.veranderingen == {
        "bedrag": ("4999.95", None), "is_pm": (False, True), "partner": None, "toelichting": None
    }  # fmt: skip


def test_an_import_leaves_the_dekking_and_a_next_version_takes_it_along(agenda, regisseur):
    need(agenda, regisseur, Bedrag(Decimal("20000.50")))
    add(agenda, regisseur)
    voor = load(agenda).dekking
    volgende = build_punt("P1", versie=2, versiedatum=date(2026, 5, 1))
    for punt in (build_punt("P1", titel="Uit het bestand"), volgende, volgende):
        with begin_schrijven(agenda) as conn:
            save_agendapunten(conn, [punt], PEILDATUM)
        assert load(agenda).dekking == voor
    need(agenda, regisseur, ONBEKEND, voor.benodigd)
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [volgende, replace(volgende, versie=3), replace(volgende, versie=4)], PEILDATUM)
    # What was made empty again, stays so: also in the versions after it.
    assert load(agenda).dekking.benodigd == ONBEKEND


def test_undoing_a_change_of_a_contribution_restores_it_exactly_and_undoing_a_new_one_withdraws_it(agenda, regisseur):
    def undo(wie=regisseur):
        with agenda.connect() as conn:
            eigen = find_ongedaan_lijn(conn, wie, "P1")
        return undo_lijn(agenda, wie, "P1", eigen.nummer, sleutel=f"lijn-{eigen.nummer}", op=PEILDATUM)

    add(agenda, regisseur)
    voor = load(agenda)
    change(agenda, regisseur, voor.lijnen[0], vorm=Vorm.UREN, hoeveelheid=Decimal("2.5"), eenheid="uur")
    undo()
    assert load(agenda) == voor
    ander = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)
    change(agenda, ander, voor.lijnen[0], stand=Lijnstand.ONTVANGEN)
    with pytest.raises(InvoerError, match="nog eens veranderd"):
        undo()
    undo(ander)
    undo()
    assert [lijn.stand for lijn in load(agenda).lijnen] == [Lijnstand.INGETROKKEN]
    with agenda.connect() as conn:
        assert find_ongedaan_lijn(conn, regisseur, "P1") is None
        assert find_ongedaan_lijn(conn, Gebruiker(Kijker(Rol.RAAD), ander.nummer), "P1") is None


def test_a_contribution_was_not_there_the_day_before(agenda, regisseur):
    add(agenda, regisseur)
    assert load(agenda, peildatum=PEILDATUM - timedelta(days=1)).lijnen == ()


@pytest.mark.parametrize("nummer", [0, -1, 404, 10**12])
def test_a_contribution_that_does_not_exist_is_a_sentence(agenda, regisseur, nummer):
    lijn = Dekkingslijn(**get_velden(FONDS), nummer=nummer)
    with pytest.raises(InvoerError, match="bestaat niet"):
        change(agenda, regisseur, lijn)
    with pytest.raises(PermissionError, match="mag niet als raad"):
        change(agenda, add_gebruiker(agenda, Rol.RAAD), lijn)


def test_replaying_the_journal_gives_the_present_contribution(agenda, regisseur):
    add(agenda, regisseur)
    change(agenda, regisseur, load(agenda).lijnen[0], bedrag=Bedrag(Decimal("10.10")), stand=Lijnstand.ONTVANGEN)
    change(agenda, regisseur, load(agenda).lijnen[0], vorm=Vorm.UREN, hoeveelheid=Decimal(4), eenheid="uur")
    journaal, tabel = tabellen.wijziging, tabellen.dekkingslijn
    with agenda.connect() as conn:
        nu = conn.execute(select(tabel)).mappings().one()
        stand: dict[str, object] = {}
        for rij in conn.execute(select(journaal).where(journaal.c.dekkingslijn == nu["nummer"])):
            assert all(stand.get(veld) == oud for veld, (oud, _) in rij.velden.items())
            stand |= {veld: nieuw for veld, (_, nieuw) in rij.velden.items()}
    assert {veld: str(nu[veld]) for veld in stand} == {veld: str(waarde) for veld, waarde in stand.items()}


@pytest.mark.parametrize(
    "fout",
    [
        {"bedrag": 1, "is_pm": True},
        {"vorm": "uren"},
        {"hoeveelheid": 1},
        {"vorm": "uren", "hoeveelheid": 1, "is_pm": True},
    ],
)
def test_the_database_itself_mixes_nothing_up(agenda, fout):
    rij = {"agendapunt": "P1", "bron": "fonds", "partner": "", "vorm": "geld", "stand": "gevraagd", "is_pm": False}
    rij |= {"eenheid": "", "toelichting": "", "sinds": PEILDATUM} | fout
    with pytest.raises(IntegrityError), begin_schrijven(agenda) as conn:
        conn.execute(insert(tabellen.dekkingslijn).values(rij))
