"""Every page for every role; who may open what; the address reproduces the screen; figures are the counted ones."""

from datetime import date

import pytest
from schermtekst import bevat, collect_alles, list_paginas
from sqlalchemy import create_engine
from streamlit.testing.v1 import AppTest

from gebieden.analyse.voortgang import determine_voortgang_per_gebied
from gebieden.domein.rechten import PAGINARECHTEN, Pagina, Rol
from gebieden.domein.thema import Thema
from gebieden.domein.zin import compose_zin
from gebieden.instellingen import PROJECT
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.stand import load_agendastand
from gebieden.ui import navigatie, router
from gebieden.ui.navigatie import get_script
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.overzicht import PER_BLADZIJDE
from gebieden.ui.voortgangsbeeld import list_tellingen

pytestmark = pytest.mark.usefixtures("demo")
PEILDATUM = date(2026, 11, 16)


@pytest.fixture(scope="session")
def boom_en_stand(demobestand):
    engine = create_engine(f"sqlite:///{demobestand}")
    with engine.connect() as conn:
        uitkomst = load_gebiedsboom(conn, PEILDATUM), load_agendastand(conn, PEILDATUM)
    engine.dispose()
    return uitkomst


@pytest.mark.parametrize(("pagina", "rol"), [(p, r) for p, rollen in PAGINARECHTEN.items() for r in Rol if r in rollen])
def test_a_page_opens_for_who_may_see_it(open_pagina, pagina, rol):
    at = open_pagina(pagina, rol)
    assert not at.exception
    assert not at.error
    assert at.title


@pytest.mark.parametrize("rol", Rol)
def test_a_page_is_not_there_for_who_may_not_see_it(open_pagina, rol):
    at = open_pagina(Pagina.UITLEG, rol)
    assert list_paginas(at) == {pagina for pagina, rollen in PAGINARECHTEN.items() if rol in rollen}


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.BEHEER])
def test_the_guard_refuses_gegevens_also_when_navigation_would_let_it_through(open_pagina, monkeypatch, rol):
    class AllesMag:
        def mag_pagina(self, pagina):
            return True

    monkeypatch.setattr(router, "build_navigatie", lambda kijker, **_: navigatie.build_navigatie(AllesMag()))
    at = open_pagina(Pagina.GEGEVENS, rol)
    assert [w.value for w in at.warning] == [
        f"De pagina Gegevens is niet te zien als {rol}. Ga terug naar het overzicht."
    ]
    assert not at.title
    assert not at.main.button


@pytest.mark.parametrize("pagina", Pagina)
def test_a_first_visit_by_deep_link_goes_through_the_router(kaarten, pagina):
    # On a fresh server Streamlit runs the page itself, without app.py before it; AppTest does the same.
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    at.switch_page(f"pages/{pagina}.py").run()
    assert not at.exception
    assert at.sidebar.selectbox(key="rol").value == "publiek"
    assert not at.main.file_uploader


def test_a_page_script_run_on_its_own_runs_in_the_frame(kaarten):
    at = AppTest.from_file(get_script(Pagina.GEGEVENS), default_timeout=30).run()
    assert not at.exception
    assert not at.main.file_uploader
    assert at.sidebar.selectbox(key="rol").value == "publiek"


def test_the_address_reproduces_the_screen(open_pagina, kaarten):
    at = open_pagina(niveau="buurt", thema="veilig", gebied="WK036101")
    assert at.selectbox(key="niveau").value == "buurt"
    assert at.selectbox(key="thema").value == "veilig"
    assert at.title[0].value.startswith("Zuid, thema veilig")
    assert at.main.header[0].value == "Zuid"
    assert {b.key for b in at.main.button if b.key.startswith("chip_")} == {"chip_thema", "chip_gebied"}
    assert kaarten[-1].geselecteerd == "WK036101"
    assert len(at.radio(key="gebiedenlijst").options) == PER_BLADZIJDE


def test_the_list_opens_on_the_page_of_the_selected_area(open_pagina):
    at = open_pagina(niveau="buurt", gebied="BU03611005")
    assert at.radio(key="gebiedenlijst").value == "BU03611005"
    at.selectbox(key="niveau").select("dorp").run()
    assert not at.exception
    assert len(at.radio(key="gebiedenlijst").options) in (2, PER_BLADZIJDE)


def test_taking_a_chip_off_takes_its_filter_out_of_the_address(open_pagina):
    at = open_pagina(thema="veilig", gebied="WK036101")
    at.button(key="chip_thema").click().run()
    assert at.selectbox(key="thema").value == "alle thema's"
    assert "thema" not in at.query_params
    at.button(key="chip_gebied").click().run()
    assert "gebied" not in at.query_params
    assert not [b for b in at.main.button if b.key.startswith("chip_")]


@pytest.mark.parametrize(("naam", "waarde"), [("thema", "onzin"), ("niveau", "straat"), ("gebied", "WK999999")])
def test_an_address_that_asks_for_what_does_not_exist_shows_the_whole(open_pagina, naam, waarde):
    at = open_pagina(**{naam: waarde})
    assert not at.exception
    assert at.title[0].value.startswith("Alkmaar per wijk")


def test_an_area_that_does_not_exist_is_said_on_its_page(open_pagina):
    at = open_pagina(Pagina.GEBIED, code="WK999999")
    assert "WK999999 bestaat niet" in at.warning[0].value


@pytest.mark.parametrize("thema", [None, *Thema])
@pytest.mark.parametrize("code", ["GM0361", "WK036101", "WK036109"])
def test_sentence_bar_and_counts_are_those_of_the_definition(open_pagina, boom_en_stand, code, thema):
    boom, stand = boom_en_stand
    voortgang = determine_voortgang_per_gebied(stand, boom, thema)[code]
    filters = {"gebied": code} | ({"thema": str(thema)} if thema else {})
    at = open_pagina(**filters)
    inhoud = collect_alles(at)
    assert bevat(inhoud, compose_zin(voortgang, PEILDATUM, stand.stilte_dagen, stand.geschiedenis_vanaf))
    knoppen = " ".join(at.pills(key="telling").options) if voortgang.punten else ""
    for woord, aantal in (
        ("Klaar", voortgang.afgerond),
        ("Loopt", voortgang.loopt),
        ("Nog niet begonnen", voortgang.niet_begonnen),
        ("Wacht", voortgang.wachtend),
        ("Stand onbekend", voortgang.onbekend),
        ("Over de afgesproken datum", voortgang.te_laat),
        ("Geen datum afgesproken", voortgang.geen_datum),
        ("Alle punten van de versie", voortgang.punten),
    ):
        assert (f"{woord}: {aantal}" in knoppen) is bool(aantal), woord


@pytest.mark.parametrize("rol", Rol)
def test_figures_are_the_same_for_every_role(open_pagina, boom_en_stand, rol):
    boom, stand = boom_en_stand
    voortgang = determine_voortgang_per_gebied(stand, boom)["WK036101"]
    at = open_pagina(rol=rol, gebied="WK036101")
    assert bevat(collect_alles(at), compose_zin(voortgang, PEILDATUM, stand.stilte_dagen, stand.geschiedenis_vanaf))


@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.BEHEER])
def test_every_count_opens_into_as_many_rows_as_it_says(open_pagina, boom_en_stand, rol):
    boom, stand = boom_en_stand
    voortgang = determine_voortgang_per_gebied(stand, boom)["GM0361"]
    at = open_pagina(rol=rol)
    for telling in list_tellingen(voortgang, PEILDATUM, stand.stilte_dagen):
        at.session_state["telling"] = telling.sleutel
        at.run()
        assert collect_alles(at).count(b"<details id=") == telling.aantal, telling.woord


def test_the_list_can_be_sorted_by_longest_silence(open_pagina, boom_en_stand):
    boom, stand = boom_en_stand
    per_gebied = determine_voortgang_per_gebied(stand, boom)
    at = open_pagina(sorteer="langst geen bericht")
    rijen = at.radio(key="gebiedenlijst").options
    per_naam = {g.naam: per_gebied[g.code].laatste_bericht for g in boom.filter_niveau("wijk")}
    volgorde = [naam for rij in rijen for naam in per_naam if rij.startswith(f"**{escape_markdown(naam)}**")]
    datums = [per_naam[naam] for naam in volgorde if per_naam[naam]]
    assert len(volgorde) == 11
    assert datums == sorted(datums)


def test_a_click_on_the_map_selects_the_area_and_a_second_click_lets_it_go(open_pagina, monkeypatch):
    at = open_pagina()
    monkeypatch.setattr("gebieden.ui.kaartpaneel.show_kaart", lambda beeld, **_: _click_once(beeld, "WK036101"))
    _KLIKKEN[:] = [1]
    at.run()
    assert at.query_params["gebied"] == "WK036101"
    assert at.main.header[0].value == "Zuid"
    _KLIKKEN[:] = [1]
    at.run()
    assert "gebied" not in at.query_params


_KLIKKEN: list[int] = []


def _click_once(beeld, code):
    return code if _KLIKKEN and _KLIKKEN.pop() else None


@pytest.mark.parametrize("vorm", ["lijst", "tabel", "tijdlijn"])
@pytest.mark.parametrize("pagina", [Pagina.AGENDA, Pagina.INITIATIEVEN])
@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.RAAD])
def test_lists_have_three_forms(open_pagina, pagina, vorm, rol):
    at = open_pagina(pagina, rol, vorm=vorm)
    assert not at.exception
    assert len(at.dataframe) == (vorm == "tabel")


def test_agenda_filters_narrow_the_list(open_pagina):
    alles = collect_alles(open_pagina(Pagina.AGENDA)).count(b"<details id=")
    veilig = collect_alles(open_pagina(Pagina.AGENDA, thema="veilig")).count(b"<details id=")
    centrum = collect_alles(open_pagina(Pagina.AGENDA, thema="veilig", gebied="WK036101")).count(b"<details id=")
    assert alles > veilig > centrum > 0
    leeg = open_pagina(Pagina.AGENDA, zoek="zoekt u maar")
    assert "Er zijn geen punten die hierbij passen" in leeg.info[0].value


def test_rights_of_a_gebiedsregisseur_end_at_the_own_area(open_pagina, boom_en_stand):
    boom, _ = boom_en_stand
    eigen = boom.filter_niveau("gebied")[0].code
    at = open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, eigen)
    assert not at.exception
    assert "zoals de gebiedsregisseur het ziet" in at.title[0].value


def test_every_page_is_thin():
    for pad in (PROJECT / "pages").glob("*.py"):
        assert len(pad.read_text().splitlines()) <= 80, pad.name
