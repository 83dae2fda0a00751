"""Partners and convenanten as stored: no doubled names, nothing withdrawn that is in use, allowed steps only."""

from dataclasses import replace

import pytest
from bouwstenen import NOORD, PEILDATUM
from databases import dump_inhoud
from schrijvers import add_gebruiker, draw_sleutel

from gebieden.domein.convenant import Convenant, Convenantstaat
from gebieden.domein.fouten import InvoerError, OvergangError
from gebieden.domein.partner import Inzet, Partner, Partnersoort
from gebieden.domein.rechten import BEHEERDER, Rol
from gebieden.opslag.dossier import add_stuk, change_stuk, undo_stuk, withdraw_stuk
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.dossiersoorten import CONVENANT, INZET, PARTNER

WOONST = Partner("De Woonstichting", Partnersoort.CORPORATIE, ("Woonst.",))


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def add(engine, wie, velden, soort=PARTNER, bij=""):
    return add_stuk(engine, wie, soort, bij, velden, sleutel=draw_sleutel(), op=PEILDATUM).nummer


def change(engine, wie, nummer, basis, wens, soort=PARTNER, waarom=""):
    return change_stuk(
        engine, wie, soort, nummer, basis, wens, sleutel=draw_sleutel(), op=PEILDATUM, waarom=waarom
    ).nummer


def withdraw(engine, wie, nummer, soort=PARTNER):
    withdraw_stuk(engine, wie, soort, nummer, sleutel=draw_sleutel(), op=PEILDATUM)


def undo(engine, wie, nummer, soort=PARTNER):
    undo_stuk(engine, wie, soort, nummer, sleutel=draw_sleutel(), op=PEILDATUM)


def test_a_name_belongs_to_one_partner_until_that_is_withdrawn(agenda, regisseur):
    eerste = add(agenda, regisseur, WOONST)
    ander = replace(WOONST, naam=" WOONST.", andere_namen=())
    voor = dump_inhoud(agenda)
    with pytest.raises(InvoerError, match="bij 'De Woonstichting'"):
        add(agenda, regisseur, ander)
    assert dump_inhoud(agenda) == voor
    politie = add(agenda, regisseur, Partner("Politie", Partnersoort.POLITIE))
    with pytest.raises(InvoerError, match="staat al in het register"):
        change(agenda, regisseur, politie, Partner("Politie", Partnersoort.POLITIE), ander)
    change(agenda, regisseur, eerste, WOONST, replace(WOONST, soort=Partnersoort.ZORG))
    withdraw(agenda, regisseur, eerste)
    add(agenda, regisseur, ander)
    # Taking that back would give a name to two.
    with pytest.raises(InvoerError, match="staat al in het register"):
        undo(agenda, regisseur, eerste)


@pytest.mark.parametrize("bij", [(INZET, Inzet(1, "wijkagent")), (CONVENANT, Convenant("C", partners=(1,)))])
def test_a_partner_that_is_still_somewhere_is_not_withdrawn_nor_taken_back(agenda, regisseur, bij):
    nummer = add(agenda, regisseur, WOONST)
    stuk = add(agenda, regisseur, bij[1], bij[0], NOORD)
    for doe in (withdraw, undo):
        with pytest.raises(InvoerError, match=rf"staat nog bij: {bij[0].tabel.name} \(1\)"):
            doe(agenda, regisseur, nummer)
    withdraw(agenda, regisseur, stuk, bij[0])
    withdraw(agenda, regisseur, nummer)
    with agenda.connect() as conn:
        assert load_stukken(conn, PARTNER, BEHEERDER, PEILDATUM) == []
    # What named it comes back only when it is back itself.
    with pytest.raises(InvoerError, match="Partner 1 is er niet"):
        undo(agenda, regisseur, stuk, bij[0])


def test_a_contact_that_is_a_number_is_refused_and_nothing_is_stored(agenda, regisseur):
    add(agenda, regisseur, WOONST)
    voor = dump_inhoud(agenda)
    with pytest.raises(InvoerError, match=r"telefoonnummer.*Er is niets opgeslagen"):
        add(agenda, regisseur, Inzet(1, "wijkagent 06 1234 5678"), INZET, NOORD)
    assert dump_inhoud(agenda) == voor


def test_a_convenant_takes_allowed_steps_only_and_keeps_why(agenda, regisseur):
    begin = Convenant("C", Convenantstaat.IN_OVERLEG)
    nummer = add(agenda, regisseur, begin, CONVENANT, NOORD)
    voor = dump_inhoud(agenda)
    for wens in (replace(begin, staat=Convenantstaat.LOPEND), replace(begin, staat=Convenantstaat.ONDERTEKEND)):
        with pytest.raises(OvergangError):
            change(agenda, regisseur, nummer, begin, wens, CONVENANT)
    with pytest.raises(InvoerError, match="dag waarop het is ondertekend"):
        add(agenda, regisseur, replace(begin, staat=Convenantstaat.LOPEND), CONVENANT, NOORD)
    with pytest.raises(InvoerError, match="al zijn beëindigd"):
        add(agenda, regisseur, replace(begin, staat=Convenantstaat.BEEINDIGD), CONVENANT, NOORD)
    assert dump_inhoud(agenda) == voor
    getekend = replace(begin, staat=Convenantstaat.ONDERTEKEND, getekend_op=PEILDATUM)
    change(agenda, regisseur, nummer, begin, getekend, CONVENANT)
    change(agenda, regisseur, nummer, getekend, begin, CONVENANT, waarom="Nog een ronde")
    undo(agenda, regisseur, nummer, CONVENANT)
    with agenda.connect() as conn:
        assert [s.velden for s in load_stukken(conn, CONVENANT, BEHEERDER, PEILDATUM)] == [getekend]
