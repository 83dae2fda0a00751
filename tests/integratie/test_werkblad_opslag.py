"""A sheet comes back: what it changes, what clashes with what others did, and storing it by the rules of the screen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID
from databases import dump_inhoud
from schrijvers import add_gebruiker, draw_sleutel, read_log
from sqlalchemy import func, select

from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bladverschil import Bladregel, find_bezwaren, settle_regel
from gebieden.domein.fouten import RechtenError
from gebieden.domein.puntovergang import Puntovergang
from gebieden.domein.puntvelden import get_puntvelden
from gebieden.domein.rechten import BEHEERDER, Rol
from gebieden.domein.werkblad import get_bladvelden
from gebieden.inlezen.werkblad import read_werkblad
from gebieden.opslag import tabellen
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import change_punt, move_punt
from gebieden.opslag.puntherroeping import find_ongedaan_punt, undo_wijziging
from gebieden.opslag.werkblad import (
    AL_OPGESLAGEN,
    NIETS_TE_DOEN,
    OPGESLAGEN,
    load_beheerpunten,
    load_verschillen,
    store_regels,
)
from gebieden.rapport.werkblad import compose_werkblad, render_werkblad

JUNI = date(2026, 6, 1)


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def find(engine, id_="P1"):
    with engine.connect() as conn:
        return next(p.punt for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.punt.id == id_)


def build_regel(engine, id_="P1", waarom="", **velden) -> Bladregel:
    """Return the row of a point in which somebody changed these fields."""
    punt = find(engine, id_)
    basis = get_bladvelden(punt)
    return Bladregel(id_, 2, punt.gebied, basis, basis | velden, waarom)


def compare(engine, wie, *regels):
    with engine.connect() as conn:
        return load_verschillen(conn, wie, regels, PEILDATUM)


def store(engine, wie, *regels, sleutel=None):
    return store_regels(engine, wie, regels, sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def undo(engine, wie, id_="P1"):
    with engine.connect() as conn:
        eigen = find_ongedaan_punt(conn, wie, id_)
    undo_wijziging(engine, wie, id_, eigen.nummer, sleutel=draw_sleutel(), op=PEILDATUM)


def test_only_the_points_of_ones_own_area_go_out_and_come_back_without_difference(agenda, regisseur, tmp_path):
    with agenda.connect() as conn:
        werkblad = compose_werkblad(conn, regisseur, ["P3", "P2", "P1", "P404"], PEILDATUM)
    assert ([p.id for p in werkblad.punten], werkblad.weggelaten) == (["P3", "P1"], 1)
    pad = tmp_path / "a.xlsx"
    pad.write_bytes(render_werkblad(werkblad))
    assert read_werkblad(pad).regels == []


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.GEBIEDSREGISSEUR])
def test_nobody_but_a_regisseur_gets_a_sheet_or_brings_one_back(agenda, rol):
    wie, voor = add_gebruiker(agenda, rol), dump_inhoud(agenda)
    regel = build_regel(agenda, titel="Anders")
    with agenda.connect() as conn, pytest.raises(RechtenError, match="mag niet als"):
        load_beheerpunten(conn, wie, ["P1"], PEILDATUM)
    with pytest.raises(RechtenError, match="mag niet als"):
        compare(agenda, wie, regel)
    with pytest.raises(RechtenError, match="mag niet als"):
        store(agenda, wie, regel)
    assert dump_inhoud(agenda) == voor


def test_a_row_of_another_area_or_of_no_point_is_refused_and_the_others_are_stored(agenda, regisseur):
    regels = [
        build_regel(agenda, titel="Eigen"),
        build_regel(agenda, "P2", titel="Van een ander gebied"),
        replace(build_regel(agenda, titel="Weg"), id="P404"),
        replace(build_regel(agenda, "P3", titel="Ander gebied"), gebied=ZUID),
        replace(build_regel(agenda, titel="NUL"), id="P\x00"),
    ]
    verschillen, afgewezen = compare(agenda, regisseur, *regels)
    assert [v.regel.id for v in verschillen] == ["P1"]
    assert [a.id for a in afgewezen] == ["P2", "P404", "P3", "P\x00"]
    uitkomsten = store(agenda, regisseur, *regels)
    assert [u.is_opgeslagen for u in uitkomsten] == [True, False, False, False, False]
    for uitkomst, woord in zip(
        uitkomsten[1:4], ("buiten uw eigen gebied", "bestaat niet", f"bij {NOORD}"), strict=True
    ):
        assert woord in uitkomst.tekst
    assert [find(agenda, id_).titel for id_ in ("P1", "P2", "P3")] == ["Eigen", "Titel van P2", "Titel van P3"]


def test_a_row_is_stored_as_on_the_screen_and_taken_back_exactly(agenda, regisseur):
    voor, inhoud = find(agenda), dump_inhoud(agenda)["agendapunt"]
    regel = build_regel(
        agenda, titel="=1+1", afgesproken_gereed=JUNI, staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD, waarom="Zo besloten"
    )
    assert [u.tekst for u in store(agenda, regisseur, regel)] == [OPGESLAGEN]
    na = replace(voor, titel="=1+1", afgesproken_gereed=JUNI, staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD)
    assert find(agenda) == na
    log = [r for r in read_log(agenda, id="P1") if r.via == "scherm"]
    assert [r.handeling for r in log] == ["punt_gewijzigd", "staat_veranderd"]
    assert {r.waarom for r in log} == {"Zo besloten"}
    with agenda.connect() as conn:
        (overgang,) = conn.execute(select(tabellen.overgang)).all()
        (verzetting,) = conn.execute(select(tabellen.verzetting)).all()
    assert (overgang.van, overgang.naar, overgang.datum) == (Staat.OP_AGENDA, Staat.WACHT_OP, PEILDATUM)
    assert (verzetting.oud, verzetting.nieuw, verzetting.waarom) == (None, JUNI, "Zo besloten")
    undo(agenda, regisseur)
    undo(agenda, regisseur)
    assert dump_inhoud(agenda)["agendapunt"] == inhoud


def test_the_same_rows_sent_twice_are_stored_once(agenda, regisseur):
    regels = [build_regel(agenda, titel="Anders"), build_regel(agenda, "P3", staat=Staat.IN_UITVOERING)]
    assert [u.tekst for u in store(agenda, regisseur, *regels, sleutel="s")] == [OPGESLAGEN] * 2
    voor = dump_inhoud(agenda)
    assert [u.tekst for u in store(agenda, regisseur, *regels, sleutel="s")] == [AL_OPGESLAGEN] * 2
    assert [u.tekst for u in store(agenda, regisseur, regels[0], sleutel="t")] == [NIETS_TE_DOEN]
    na = dump_inhoud(agenda)
    assert all(voor[tabel] == na[tabel] for tabel in voor if tabel != "instelling")


def test_what_the_table_refuses_or_a_field_cannot_hold_is_told_and_nothing_of_that_row_is_stored(agenda, regisseur):
    voor = find(agenda)
    regel = build_regel(agenda, titel="", themas=(), staat=Staat.GEREALISEERD, wie_borgt="Iemand")
    (verschil,), _ = compare(agenda, regisseur, regel)
    bezwaren = " ".join(find_bezwaren(regel, verschil.nu, Rol.GEBIEDSREGISSEUR, PEILDATUM))
    for woord in (
        "titel is leeg", "geen thema", "Van op_agenda naar gerealiseerd kan niet", "Gerealiseerd niet om",
    ):  # fmt: skip
        assert woord in bezwaren
    goed = build_regel(agenda, "P3", titel="Goed")
    half = build_regel(agenda, titel="Wel goed", staat=Staat.WACHT_OP)
    uitkomsten = store(agenda, regisseur, half, goed, regel)
    assert [u.is_opgeslagen for u in uitkomsten] == [False, True, False]
    assert "'wacht op' nodig" in uitkomsten[0].tekst
    assert (find(agenda), find(agenda, "P3").titel) == (voor, "Goed")


def test_what_a_state_asks_for_changes_only_with_the_state(agenda, regisseur):
    regel = build_regel(agenda, reden="Zomaar")
    (uitkomst,) = store(agenda, regisseur, regel)
    assert not uitkomst.is_opgeslagen
    assert "de staat blijft Op de agenda" in uitkomst.tekst


def test_what_others_changed_is_kept_and_what_both_changed_is_chosen_per_field(agenda, regisseur):
    ander = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)
    regel = build_regel(agenda, titel="Blad", trekker="Blad", eenheid="Zelfde", staat=Staat.IN_UITVOERING)
    basis = get_puntvelden(find(agenda))
    wens = replace(basis, titel="Scherm", herkomst="Scherm", eenheid="Zelfde")
    change_punt(agenda, ander, "P1", basis, wens, sleutel=draw_sleutel(), op=PEILDATUM)
    naar_voren = Puntovergang(Staat.OP_AGENDA, Staat.IN_VOORBEREIDING, PEILDATUM)
    move_punt(agenda, ander, "P1", naar_voren, sleutel=draw_sleutel(), op=PEILDATUM)
    (uitkomst,) = store(agenda, regisseur, regel)
    assert not uitkomst.is_opgeslagen
    (verschil,), _ = compare(agenda, regisseur, regel)
    assert {(c.veld, c.basis, c.wens, c.nu) for c in verschil.botsingen} == {
        ("titel", "Titel van P1", "Blad", "Scherm"),
        ("staat", Staat.OP_AGENDA, Staat.IN_UITVOERING, Staat.IN_VOORBEREIDING),
    }
    assert "eenheid" not in {c.veld for c in verschil.cellen}
    (uitkomst,) = store(agenda, regisseur, settle_regel(verschil, {"titel": False, "staat": True}))
    assert uitkomst.is_opgeslagen
    punt = find(agenda)
    assert (punt.titel, punt.trekker, punt.herkomst, punt.staat) == ("Scherm", "Blad", "Scherm", Staat.IN_UITVOERING)


def test_what_changes_between_looking_and_storing_is_not_overwritten(agenda, regisseur):
    regel = build_regel(agenda, titel="Blad")
    basis = get_puntvelden(find(agenda))
    for titel in ("Eerst", "Daarna"):
        (verschil,), _ = compare(agenda, regisseur, regel)
        gekozen = settle_regel(verschil, {"titel": True} if titel == "Daarna" else {})
        wens = replace(basis, titel=titel)
        change_punt(agenda, regisseur, "P1", basis, wens, sleutel=draw_sleutel(), op=PEILDATUM)
        basis = wens
        (uitkomst,) = store(agenda, regisseur, gekozen)
        assert "Iemand anders heeft dit intussen ook veranderd" in uitkomst.tekst
        assert find(agenda).titel == titel


def test_a_step_back_costs_a_reason_and_the_reason_of_the_sheet_is_one(agenda, regisseur):
    store(agenda, regisseur, build_regel(agenda, staat=Staat.IN_UITVOERING))
    terug = build_regel(agenda, staat=Staat.IN_VOORBEREIDING)
    (uitkomst,) = store(agenda, regisseur, terug)
    assert "'waarom' nodig" in uitkomst.tekst
    (uitkomst,) = store(agenda, regisseur, replace(terug, waarom="Te vroeg begonnen"))
    assert uitkomst.is_opgeslagen


def test_a_failure_halfway_leaves_nothing(agenda, regisseur, monkeypatch):
    voor = dump_inhoud(agenda)
    from gebieden.opslag import werkblad

    def breek(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(werkblad, "store_overgang", breek)
    regels = [build_regel(agenda, titel="Anders"), build_regel(agenda, "P3", staat=Staat.IN_UITVOERING)]
    with pytest.raises(ZeroDivisionError):
        store(agenda, regisseur, *regels)
    assert dump_inhoud(agenda) == voor


def test_a_date_that_moves_by_a_sheet_is_not_seen_on_an_earlier_day(agenda, regisseur):
    store(agenda, regisseur, build_regel(agenda, afgesproken_gereed=JUNI))
    with agenda.connect() as conn:
        gisteren = load_punten(conn, BEHEERDER, PEILDATUM - timedelta(days=1))
        assert conn.scalar(select(func.count()).select_from(tabellen.verzetting)) == 1
    assert next(p.punt.afgesproken_gereed for p in gisteren if p.punt.id == "P1") is None
