"""What publiek is sent never holds the text of a point, initiative or bericht that is not public, on no page at all."""

from itertools import product

import pytest
from schermtekst import bevat, collect_alles
from sqlalchemy import create_engine, select

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.rechten import IEDEREEN, Pagina, Rol
from gebieden.opslag import tabellen

pytestmark = pytest.mark.usefixtures("demo")
OPEN_PAGINAS = [p for p in Pagina if IEDEREEN.mag_pagina(p)]


@pytest.fixture(scope="session")
def geheime_teksten(demobestand):
    """Every text that is only in rows that are not public, short ones (a role, a theme) left out."""
    engine = create_engine(f"sqlite:///{demobestand}")
    with engine.connect() as conn:
        geheim, openbaar = set(), set()
        for tabel, kolommen in (
            (tabellen.agendapunt, ("titel", "omschrijving", "reden", "herkomst")),
            (tabellen.initiatief, ("titel", "omschrijving")),
            (tabellen.bericht, ("tekst",)),
            (tabellen.wens, ("titel",)),
            (tabellen.kant, ("titel", "herkomst")),
        ):
            for rij in conn.execute(select(tabel)).mappings():
                (openbaar if rij["openbaar"] else geheim).update(rij[k] for k in kolommen if rij[k])
    engine.dispose()
    alles_openbaar = "\n".join(openbaar)
    return sorted(t for t in geheim if len(t) > 12 and t not in alles_openbaar)


def list_lekken(at, teksten):
    inhoud = collect_alles(at)
    return [t for t in teksten if bevat(inhoud, t)]


def test_there_is_something_to_hide_and_the_search_finds_it(open_pagina, geheime_teksten):
    assert len(geheime_teksten) > 20
    gevonden = list_lekken(open_pagina(Pagina.AGENDA, Rol.BEHEER), geheime_teksten)
    gevonden += list_lekken(open_pagina(Pagina.INITIATIEVEN, Rol.BEHEER), geheime_teksten)
    assert len(set(gevonden)) > 20


@pytest.mark.parametrize("pagina", OPEN_PAGINAS)
def test_publiek_is_sent_nothing_that_is_not_public(open_pagina, geheime_teksten, pagina):
    assert list_lekken(open_pagina(pagina), geheime_teksten) == []


@pytest.mark.parametrize("soort", Berichtsoort)
def test_publiek_is_sent_nothing_on_the_page_of_a_point(open_pagina, demobestand, geheime_teksten, soort):
    tabel = tabellen.agendapunt if soort is Berichtsoort.AGENDAPUNT else tabellen.initiatief
    engine = create_engine(f"sqlite:///{demobestand}")
    with engine.connect() as conn:
        besloten = sorted(set(conn.scalars(select(tabel.c.id).where(~tabel.c.openbaar))))
    engine.dispose()
    assert besloten
    at = open_pagina(Pagina.PUNT)
    for id_ in besloten:
        at.query_params.update(soort=str(soort), id=id_)
        at.run()
        assert at.title[0].value.startswith("Niet\\-openbaar"), id_
        assert list_lekken(at, geheime_teksten) == [], id_


@pytest.mark.parametrize(
    ("pagina", "vorm"),
    [*product((Pagina.AGENDA, Pagina.INITIATIEVEN), ("lijst", "tabel", "tijdlijn")), (Pagina.AGENDA, "bord")],
)
def test_publiek_is_sent_nothing_in_any_form_of_a_list(open_pagina, geheime_teksten, pagina, vorm):
    assert list_lekken(open_pagina(pagina, vorm=vorm), geheime_teksten) == []


@pytest.mark.parametrize("woord", ["geluidsoverlast", "intern", "vertrouwelijk"])
def test_a_search_by_publiek_does_not_reach_hidden_text(open_pagina, geheime_teksten, woord):
    assert list_lekken(open_pagina(Pagina.AGENDA, zoek=woord), geheime_teksten) == []


def test_publiek_is_sent_nothing_behind_any_count(open_pagina, geheime_teksten):
    at = open_pagina()
    for telling in ("alles", "te_laat", "geen_datum", "nieuw", "voorstellen", "onbekend"):
        at.session_state["telling"] = telling
        at.run()
        assert list_lekken(at, geheime_teksten) == [], telling


@pytest.mark.parametrize("code", [f"WK0361{n:02}" for n in range(1, 12)])
def test_publiek_is_sent_nothing_on_the_page_of_an_area(open_pagina, geheime_teksten, code):
    assert list_lekken(open_pagina(Pagina.GEBIED, code=code, sinds="2020-01-01"), geheime_teksten) == []


def test_the_earliest_changes_of_the_whole_gemeente_hold_nothing_hidden(open_pagina, geheime_teksten):
    assert list_lekken(open_pagina(Pagina.GEBIED, code="GM0361", sinds="2020-01-01"), geheime_teksten) == []


@pytest.fixture(scope="session")
def interne_berichten(demobestand):
    engine = create_engine(f"sqlite:///{demobestand}")
    with engine.connect() as conn:
        teksten = set(conn.scalars(select(tabellen.bericht.c.tekst).where(~tabellen.bericht.c.openbaar)))
        teksten -= set(conn.scalars(select(tabellen.bericht.c.tekst).where(tabellen.bericht.c.openbaar)))
    engine.dispose()
    return sorted(teksten)


@pytest.mark.parametrize("rol", [Rol.RAAD, Rol.OOV])
@pytest.mark.parametrize("pagina", OPEN_PAGINAS)
def test_raad_and_oov_read_no_internal_bericht(open_pagina, interne_berichten, pagina, rol):
    assert list_lekken(open_pagina(pagina, rol), interne_berichten) == []


def test_a_gebiedsregisseur_reads_internal_berichten_of_the_own_area_only(open_pagina, interne_berichten):
    per_gebied = {
        naam: set(list_lekken(open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, naam), interne_berichten))
        for naam in ("Centrum en Zuid", "Dorpen en polders", "Noord", "Oost en Oterleek", "West en Huiswaard")
    }
    assert any(per_gebied.values())
    gelezen = [tekst for teksten in per_gebied.values() for tekst in teksten]
    assert len(gelezen) == len(set(gelezen))
