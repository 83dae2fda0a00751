"""The page Aanpakken: registered before looking, fixed after, figures only for oov in its own areas."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from schermtekst import bevat, collect_alles
from sqlalchemy import create_engine, select, update

from gebieden.domein.aanpak import Aanpak, Aanpaksoort
from gebieden.domein.aanpakuitkomst import Verplaatsingsoordeel
from gebieden.domein.aanpakzin import compose_aanpakzinnen
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import PAGINARECHTEN, Kijker, Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.aanpakken import load_aanpakbeeld, load_voorstel
from gebieden.opslag.dossier import add_stuk
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.oovsoorten import AANPAK, VERMOEDEN
from gebieden.ui.aanpakuitkomst import build_teltabel_html

PEILDATUM = date(2026, 11, 16)
OOST = Kijker(Rol.OOV, frozenset({"GB04"}))
AFGELOPEN, LOOPT, PLAN = "1", "2", "3"
# Had its outcome in view before it was planned.
LAAT = Aanpak("Drempels Beverkoog", Aanpaksoort.INRICHTING, "verkeersoverlast", ("BU03610209",), date(2025, 9, 1))


def load_beeld(engine, kijker, nummer=1):
    with engine.connect() as conn:
        return load_aanpakbeeld(conn, kijker, PEILDATUM, nummer)


def click(at, label):
    return next(k for k in at.main.button if k.label == label).click().run()


def register(at):
    at.toggle[0].set_value(True).run()
    at.checkbox[-1].check().run()
    return click(at, "Registreren")


@pytest.fixture
def demobron(demobestand):
    """The shared demo database, to read from."""
    engine = create_engine(f"sqlite:///{demobestand}")
    yield engine
    engine.dispose()


@pytest.fixture
def geheim(demo, demobron):
    """Everything with a figure of the demo's finished aanpak, as the screen would show it."""
    uitkomst = load_beeld(demobron, OOST).uitkomst
    assert uitkomst is not None
    assert uitkomst.oordeel is Verplaatsingsoordeel.NIET_AANTOONBAAR
    return [*compose_aanpakzinnen("Beverkoog", uitkomst)[:-2], build_teltabel_html(uitkomst.cijfers)]


@pytest.mark.parametrize(
    ("rol", "eigen"),
    [(r, "GB04" if r in (Rol.OOV, Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR) else "") for r in Rol if r is not Rol.PUBLIEK]
    + [(Rol.OOV, "GB01")],
)
def test_figures_are_for_oov_where_all_areas_are_its_own_the_verdict_is_for_all(open_pagina, geheim, rol, eigen):
    at = open_pagina(Pagina.AANPAKKEN, rol, eigen, aanpak=AFGELOPEN)
    assert not at.exception
    inhoud = collect_alles(at)
    mag = (rol, eigen) == (Rol.OOV, "GB04")
    assert [bevat(inhoud, deel) for deel in geheim] == [mag] * len(geheim)
    assert bevat(inhoud, "Verplaatsing is niet aantoonbaar.")
    assert bevat(inhoud, "Geregistreerd op 2 juni 2025 om 10.15 uur, vingerafdruk")
    assert bevat(inhoud, "verplaatsing is eerder uitzondering dan regel")
    # Who keeps them may; nobody else has a form.
    assert bool([k for k in at.button_group if k.key.startswith("dossier_aanpak")]) is (rol is Rol.OOV)
    assert rol in PAGINARECHTEN[Pagina.AANPAKKEN]


@pytest.mark.usefixtures("demo")
def test_as_long_as_it_is_too_early_the_page_says_from_when(open_pagina):
    at = open_pagina(Pagina.AANPAKKEN, Rol.OOV, "GB01", aanpak=LOOPT)
    # The 26th week ends on Sunday 9 May 2027; twelve days after it the week counts as complete.
    assert bevat(collect_alles(at), "Nog te vroeg: we wachten tot 26 weken na het begin compleet zijn.")
    assert bevat(collect_alles(at), "2027.")
    assert not bevat(collect_alles(at), "Verplaatsing is")


def test_a_plan_is_registered_on_the_page_and_is_fixed_from_then_on(eigen_database, open_pagina):
    at = open_pagina(Pagina.AANPAKKEN, Rol.OOV, "GB04", aanpak=PLAN)
    assert next(k for k in at.main.button if k.label == "Registreren").disabled
    assert not bevat(collect_alles(at), "Wat kwam ervan?")
    at = register(at)
    assert not at.exception
    assert bevat(collect_alles(at), "Geregistreerd: de opzet ligt vast.")
    assert bevat(collect_alles(at), "Nog te vroeg")
    with eigen_database.connect() as conn:
        rij = conn.execute(select(tabellen.aanpakregistratie).where(tabellen.aanpakregistratie.c.aanpak == 3)).one()
        stuk = next(s for s in load_stukken(conn, AANPAK, OOST, PEILDATUM) if s.nummer == 3)
    assert rij.vingerafdruk == stuk.velden.vingerafdruk
    assert stuk.velden.ring
    assert all(code.startswith(("BU036102", "BU036103")) for code in stuk.velden.alle_gebieden)
    next(k for k in at.button_group if k.key.startswith("dossier_aanpak")).set_value("wijzigen").run()
    next(s for s in at.selectbox if s.key.endswith("_welke")).set_value(3).run()
    labels = {veld.label for soort in (at.text_input, at.multiselect, at.date_input, at.number_input) for veld in soort}
    assert "Naam van de aanpak (geen personen, geen adressen)" in labels
    assert not {"Buurten van de aanpak", "Begint op", "Weken ervoor en erna"} & labels


def test_who_registers_after_the_start_sees_nothing_before_and_it_says_so_after(eigen_database, open_pagina):
    nummer = add_stuk(eigen_database, Gebruiker(OOST), AANPAK, "GB04", LAAT, sleutel=uuid4().hex, op=PEILDATUM).nummer
    with pytest.raises(InvoerError, match="eerst registreren, dan kijken"):
        load_beeld(eigen_database, OOST, nummer)
    raad = open_pagina(Pagina.AANPAKKEN, Rol.RAAD, aanpak=str(nummer))
    assert bevat(collect_alles(raad), "eerst registreren, dan kijken")
    at = open_pagina(Pagina.AANPAKKEN, Rol.OOV, "GB04", aanpak=str(nummer))
    assert not bevat(collect_alles(at), "Wat kwam ervan?")
    assert "telt minder zwaar" in at.warning[0].value
    inhoud = collect_alles(register(at))
    assert bevat(inhoud, "achteraf geregistreerd, telt minder zwaar")
    assert bevat(inhoud, "Aantal meldingen in dezelfde weken")


def test_the_proposal_knows_nothing_of_after_the_start_and_of_other_areas_no_figures(demobron):
    with demobron.connect() as conn:
        toen, nu = (load_voorstel(conn, OOST, dag, LAAT) for dag in (date(2025, 9, 2), PEILDATUM))
        with pytest.raises(RechtenError):
            load_voorstel(conn, Kijker(Rol.GEBIEDSTEAM, OOST.eigen), PEILDATUM, LAAT)
        with pytest.raises(RechtenError):
            load_voorstel(conn, Kijker(Rol.OOV, frozenset({"GB01"})), PEILDATUM, LAAT)
    assert toen == nu
    eigen = ("BU036102", "BU036103")
    assert any("keer" in g.reden for g in nu.doel if g.code.startswith(eigen))
    buiten = [g.reden for g in (*nu.doel, *nu.rond) if g.code.startswith("BU036106")]
    assert buiten
    assert not any(teken.isdigit() for reden in buiten for teken in reden)


def test_a_design_that_is_not_the_registered_one_has_no_outcome(eigen_database):
    with eigen_database.begin() as conn:
        conn.execute(update(tabellen.aanpak).where(tabellen.aanpak.c.nummer == 1).values(weken=13))
    with pytest.raises(InvoerError, match="niet meer zoals hij is geregistreerd"):
        load_beeld(eigen_database, OOST)


def test_another_aanpak_registered_later_leaves_an_outcome_as_it_was(eigen_database):
    voor = load_beeld(eigen_database, OOST)
    nieuw = replace(LAAT, begin=date(2026, 1, 5), vergelijking=("BU03610300",), bevestigd=True)
    add_stuk(eigen_database, Gebruiker(OOST), AANPAK, "GB04", nieuw, sleutel=uuid4().hex, op=PEILDATUM)
    assert load_beeld(eigen_database, OOST) == voor


def test_a_suspicion_is_kept_by_oov_and_read_by_the_team_of_the_area(eigen_database, open_pagina):
    at = open_pagina(Pagina.AANPAKKEN, Rol.OOV, "GB04")
    at.selectbox(key="vermoeden_van").set_value("BU03610209").run()
    next(k for k in at.button_group if k.key.startswith("dossier_vermoeden")).set_value("vermoeden erbij").run()
    for label, waarde in (
        ("Naar welke buurt", "BU03610208"),
        ("Categorie", "vernieling"),
        ("Wat zien we?", "aanwijzing"),
    ):
        next(s for s in at.main.selectbox if s.label == label).set_value(waarde)
    next(d for d in at.date_input if d.label == "Vanaf").set_value(date(2026, 11, 2))
    at = click(at, "Toevoegen")
    assert not at.error
    zin = "vernieling: van Beverkoog naar De Nollen"
    assert bevat(collect_alles(at), zin)
    with eigen_database.connect() as conn:
        assert [s.bij for s in load_stukken(conn, VERMOEDEN, OOST, PEILDATUM)] == ["BU03610209"]
    assert bevat(collect_alles(open_pagina(Pagina.AANPAKKEN, Rol.GEBIEDSTEAM, "GB04")), zin)
    for rol, eigen in ((Rol.GEBIEDSTEAM, "GB01"), (Rol.RAAD, ""), (Rol.BEHEER, "")):
        assert not bevat(collect_alles(open_pagina(Pagina.AANPAKKEN, rol, eigen)), zin)
