"""The regisseur at work on the pages Punt and Agenda: what is offered, stored, refused and taken back."""

from dataclasses import replace
from datetime import date

import pytest
from schermtekst import bevat, collect_alles
from sqlalchemy import update

from gebieden.domein.agendapunt import Staat
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.puntvelden import get_puntvelden
from gebieden.domein.rechten import BEHEERDER, Kijker, Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import change_punt
from gebieden.ui.regie import STAND, TERUGKIJKEN, WIJZIGEN

PEILDATUM = date(2026, 11, 16)
PUNT = {"soort": "agendapunt", "id": "AP001"}
ANDER = Gebruiker(Kijker(Rol.GEBIEDSREGISSEUR, frozenset({"GB01"})))


def find(engine, id_="AP001"):
    with engine.connect() as conn:
        return next(p.punt for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.punt.id == id_)


def get_veld(at, begin: str):
    """Return the field whose key begins like this."""
    soorten = (at.text_input, at.text_area, at.radio, at.selectbox, at.date_input, at.multiselect, at.checkbox)
    return next(v for soort in soorten for v in soort if (v.key or "").startswith(begin))


def click(at, label: str):
    return next(k for k in at.main.button if k.label == label).click().run()


@pytest.fixture
def open_regie(eigen_database, open_pagina):
    """Return a function that opens a point as its regisseur, with one of the forms."""

    def opener(wat: str):
        at = open_pagina(Pagina.PUNT, Rol.GEBIEDSREGISSEUR, **PUNT)
        return next(k for k in at.button_group if (k.key or "").startswith("regie_")).set_value(wat).run()

    return opener


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.GEBIEDSREGISSEUR])
def test_nobody_but_the_regisseur_has_regie(eigen_database, open_pagina, rol):
    at = open_pagina(Pagina.PUNT, rol, **PUNT)
    assert "Regie" not in [h.value for h in at.header]


def test_outside_the_own_area_there_is_no_regie(eigen_database, open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSREGISSEUR, "GB02", **PUNT)
    assert "Regie" not in [h.value for h in at.header]
    assert not at.exception


def test_only_what_the_table_allows_is_offered(open_regie):
    at = open_regie(STAND)
    assert get_veld(at, "naar_").options == [
        "Gerealiseerd", "Wacht op", "Overgedragen", "Vervallen", "In voorbereiding",
    ]  # fmt: skip


def test_a_move_asks_what_the_state_needs_and_is_seen_at_once_and_taken_back(eigen_database, open_regie):
    at = open_regie(STAND)
    get_veld(at, "naar_").set_value(Staat.WACHT_OP).run()
    click(at, "Stand veranderen")
    assert ["'wacht op' nodig" in fout.value for fout in at.error] == [True]
    assert find(eigen_database).staat is Staat.IN_UITVOERING
    get_veld(at, "wacht_op_").set_value("geld")
    click(at, "Stand veranderen")
    assert not at.exception
    assert not at.error
    assert find(eigen_database).wacht_op == "geld"
    assert bevat(collect_alles(at), "Wacht op geld")
    assert bevat(collect_alles(at), "De stand is veranderd")
    click(at, "Wijziging ongedaan maken")
    assert (find(eigen_database).staat, find(eigen_database).wacht_op) == (Staat.IN_UITVOERING, None)


def test_a_changed_date_is_shown_as_moved_with_the_old_one(eigen_database, open_regie):
    at = open_regie(WIJZIGEN)
    get_veld(at, "titel_").set_value("<b>Groen</b> & *meer*")
    get_veld(at, "afgesproken_gereed_").set_value(date(2027, 12, 1))
    get_veld(at, "waarom_").set_value("De bomen komen later.")
    click(at, "Wijzigingen opslaan")
    assert not at.exception
    punt = find(eigen_database)
    assert (punt.titel, punt.afgesproken_gereed) == ("<b>Groen</b> & *meer*", date(2027, 12, 1))
    # From version 1 to 2, and now.
    assert bevat(collect_alles(at), "2 keer: van 31 december 2026 naar 1 oktober 2027 (op 9 maart 2026); van 1 oktober")
    assert b"<b>Groen" not in collect_alles(at)


def test_a_regisseur_looks_back_at_a_geborgd_point_or_takes_it_up_again(eigen_database, open_regie):
    velden = {"staat": Staat.GEBORGD, "wie_borgt": "Beheer", "terugkijken_op": PEILDATUM}
    with begin_schrijven(eigen_database, Deel.AGENDA) as conn:
        conn.execute(update(tabellen.agendapunt).where(tabellen.agendapunt.c.id == "AP001").values(velden))
    at = open_regie(TERUGKIJKEN)
    get_veld(at, "goed_").set_value("ja").run()
    get_veld(at, "bevonden_").set_value("<b>Groen</b> en heel")
    click(at, "Opslaan")
    assert ["dag om weer terug te kijken is leeg" in fout.value for fout in at.error] == [True]
    get_veld(at, "terugkijken_op_").set_value(date(2027, 11, 1))
    click(at, "Opslaan")
    assert not at.exception
    assert (find(eigen_database).wie_borgt, find(eigen_database).terugkijken_op) == ("Beheer", date(2027, 11, 1))
    assert bevat(collect_alles(at), "Genoteerd dat u hebt teruggekeken")
    assert (
        b"Teruggekeken: terugkijken op van 16 november 2026 naar 1 november 2027. Waarom: &lt;b&gt;"
        in collect_alles(at)
    )
    next(k for k in at.button_group if (k.key or "").startswith("regie_")).set_value(TERUGKIJKEN).run()
    get_veld(at, "goed_").set_value("nee").run()
    get_veld(at, "waarom_").set_value("De bomen zijn dood")
    click(at, "Stand veranderen")
    assert not at.exception
    assert find(eigen_database).staat is Staat.IN_UITVOERING


def test_faults_are_told_together_and_what_was_typed_stays(eigen_database, open_regie):
    at = open_regie(WIJZIGEN)
    get_veld(at, "titel_").set_value(" ")
    get_veld(at, "trekker_").set_value("x" * 201)
    click(at, "Wijzigingen opslaan")
    (fout,) = at.error
    assert "titel is leeg" in fout.value
    assert "201 tekens" in fout.value
    assert get_veld(at, "trekker_").value == "x" * 201


def test_who_saves_second_decides_per_field(eigen_database, open_regie):
    at = open_regie(WIJZIGEN)
    basis = get_puntvelden(find(eigen_database))
    wens = replace(basis, titel="Van de ander", trekker="Ook van de ander")
    change_punt(eigen_database, ANDER, "AP001", basis, wens, sleutel="ander", op=PEILDATUM)
    get_veld(at, "titel_").set_value("Van mij")
    click(at, "Wijzigingen opslaan")
    assert find(eigen_database).titel == "Van de ander"
    get_veld(at, "botsing_").set_value("Van u")
    click(at, "Opslaan met deze keuzes")
    assert not at.exception
    assert (find(eigen_database).titel, find(eigen_database).trekker) == ("Van mij", "Ook van de ander")


@pytest.mark.parametrize("rol", [Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR])
def test_a_team_proposes_a_point_for_its_own_area(eigen_database, open_pagina, rol):
    at = open_pagina(Pagina.AGENDA, rol, "GB01")
    gebieden = get_veld(at, "gebied_").options
    assert any("(gebied)" in naam for naam in gebieden)
    assert not any("Noord" in naam for naam in gebieden)
    click(at, "Voorstel opslaan")
    assert ["titel is leeg" in fout.value and "geen thema" in fout.value for fout in at.error] == [True]


@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.RAAD, Rol.OOV, Rol.BEHEER])
def test_nobody_else_proposes_points(eigen_database, open_pagina, rol):
    at = open_pagina(Pagina.AGENDA, rol)
    assert "Punt voorstellen" not in [e.label for e in at.expander]
