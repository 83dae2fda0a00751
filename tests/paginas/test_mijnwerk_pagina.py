"""The page Mijn werk without a browser: whose it is, what stands in it, and writing from it."""

import re
from datetime import date, timedelta

import pytest
from schermtekst import bevat, collect_alles
from sqlalchemy import delete, select, update

from gebieden.analyse.mijnwerk import Reden
from gebieden.domein.rechten import Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.ui.mijnwerkpagina import PER_BLADZIJDE, REDENWOORDEN

PEILDATUM = date(2026, 11, 16)
WERKERS = (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR)
# The demo's own points of Centrum en Zuid that ask for something, longest silent first, as read from its file.
# AP018 and AP055 are kept up, and nobody agreed when to look back.
IN_CENTRUM = ["AP018", "AP019", "AP057", "AP003", "AP055", "AP058", "AP017", "AP001"]


def list_ids(at) -> list[str]:
    """Return the points on the screen, in order."""
    return [id_.decode() for id_ in re.findall(rb"/punt\?soort=agendapunt&amp;id=(\w+)", collect_alles(at))]


def get_zin(at) -> str:
    return next(m.value for m in at.main.markdown if "nu om actie" in m.value).replace("\\", "")


def change_punten(engine, *ids: str, **waarden) -> None:
    tabel = tabellen.agendapunt
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        conn.execute(update(tabel).where(tabel.c.id.in_(ids)).values(waarden))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("rol", WERKERS)
def test_the_list_holds_what_asks_for_action_in_the_own_areas_longest_silent_first(open_pagina, rol):
    at = open_pagina(Pagina.MIJNWERK, rol)
    assert not at.exception
    assert at.title[0].value.startswith("Mijn werk in Centrum en Zuid")
    assert list_ids(at) == IN_CENTRUM
    assert get_zin(at).startswith(
        "8 van 15 punten in Centrum en Zuid vragen nu om actie: 2 wachten, 2 over de afgesproken datum, "
        "1 geld tekort, 2 stand onbekend, 3 geen datum afgesproken en 2 geen dag om terug te kijken."
    )
    inhoud = collect_alles(at)
    for woorden in (
        "Wacht op partner",
        "Over de afgesproken datum: 10 november",
        "Stand onbekend: 138 dagen stil",
        "Tekort € 13.000",
    ):
        assert bevat(inhoud, woorden)


@pytest.mark.usefixtures("demo")
def test_what_lies_in_the_own_area_is_in_it_and_nothing_else(open_pagina):
    naar = {
        naam: list_ids(open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSREGISSEUR, naam))
        for naam in ("Noord", "Dorpen en polders")
    }
    assert naar["Noord"] == [
        "AP051",
        "AP068",
        "AP062",
        "AP047",
        "AP045",
        "AP053",
        "AP009",
        "AP007",
        "AP063",
        "AP061",
        "AP065",
        "AP046",
    ]
    # Dorpsagenda's of the villages in it.
    assert "AP079" in naar["Dorpen en polders"]
    assert not {*naar["Noord"], *IN_CENTRUM} & {*naar["Dorpen en polders"]}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("rol", [r for r in Rol if r not in WERKERS])
def test_it_is_not_there_for_who_has_no_such_work(open_pagina, rol):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_pagina(Pagina.MIJNWERK, rol)


@pytest.mark.usefixtures("demo")
def test_filters_of_the_address_narrow_the_list_and_can_be_taken_off(open_pagina):
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSREGISSEUR, reden="wacht", thema="schoon")
    assert list_ids(at) == ["AP058"]
    assert [m.value for m in at.main.markdown if m.value.startswith("**")] == ["**1** van 8 punten"]
    at.button(key="chip_thema").click().run()
    assert list_ids(at) == ["AP019", "AP058"]
    at.selectbox(key="reden").select("stand onbekend").run()
    assert list_ids(at) == ["AP019", "AP057"]
    at.selectbox(key="reden").select("geen trekker").run()
    assert at.info[0].value.startswith("Er zijn geen punten die hierbij passen")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("naam", "waarde"), [("reden", "onzin"), ("thema", "onzin"), ("schrijf", "AP999"), ("schrijf", "AP068")]
)
def test_an_address_that_asks_for_what_is_not_there_shows_the_whole_list_and_no_form(open_pagina, naam, waarde):
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSREGISSEUR, **{naam: waarde})
    assert not at.exception
    assert list_ids(at) == IN_CENTRUM
    assert not at.text_area


def test_every_reason_is_said_in_words_and_escaped(eigen_database, open_pagina):
    change_punten(eigen_database, "AP019", trekker="", titel="<b>Vet</b> *plan*")
    change_punten(
        eigen_database, "AP001", staat="geborgd", wie_borgt="team", terugkijken_op=PEILDATUM + timedelta(days=3)
    )
    change_punten(eigen_database, "AP002", staat="in_uitvoering", trekker="", afgesproken_gereed=PEILDATUM)
    with begin_schrijven(eigen_database, Deel.AGENDA) as conn:
        for tabel, kolom in ((tabellen.bericht, "id"), (tabellen.levensteken, "agendapunt"), (tabellen.overgang, "id")):
            conn.execute(delete(tabel).where(tabel.c[kolom] == "AP002"))
        conn.execute(tabellen.levensteken.insert().values(agendapunt="AP002", datum=PEILDATUM - timedelta(days=86)))
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSREGISSEUR)
    inhoud = collect_alles(at)
    for woorden in (
        "Terugkijken op 19 november",
        "Over 5 dagen stand onbekend",
        "Geen trekker",
        "Geen datum afgesproken",
    ):
        assert bevat(inhoud, woorden)
    assert b"&lt;b&gt;Vet&lt;/b&gt;" in inhoud
    assert b"<b>Vet" not in inhoud
    assert list_ids(at)[:4] == ["AP018", "AP019", "AP057", "AP002"]
    at.selectbox(key="reden").select(REDENWOORDEN[Reden.TERUGKIJKEN]).run()
    assert list_ids(at) == ["AP001"]


def test_a_bericht_is_written_in_two_clicks_and_the_point_loses_its_reason(eigen_database, open_pagina):
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSTEAM)
    at.button(key="schrijf_AP057").click().run()
    assert at.query_params["schrijf"] == "AP057"
    assert bevat(collect_alles(at), "De spoorbeheerder is gevraagd om mee te betalen aan de borden.")
    at.text_area[0].set_value("De borden zijn besteld.")
    next(k for k in at.main.button if k.label == "Opslaan").click().run()
    assert not at.exception
    assert at.success[0].value.startswith("Looproute van station naar binnenstad")
    assert not at.text_area
    assert "schrijf" not in at.query_params
    # Still late, but heard of today: at the end.
    assert list_ids(at) == ["AP018", "AP019", "AP003", "AP055", "AP058", "AP017", "AP001", "AP057"]
    with eigen_database.connect() as conn:
        tabel = tabellen.bericht
        assert conn.scalars(select(tabel.c.id).where(tabel.c.tekst == "De borden zijn besteld.")).all() == ["AP057"]


def test_a_point_that_asks_for_nothing_any_more_is_said_to_be_off_the_list(eigen_database, open_pagina):
    change_punten(eigen_database, "AP057", afgesproken_gereed=PEILDATUM + timedelta(days=60))
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSTEAM)
    assert "AP057" in list_ids(at)
    at.button(key="schrijf_AP057").click().run()
    at.text_area[0].set_value("De borden staan.")
    next(k for k in at.main.button if k.label == "Opslaan").click().run()
    assert "AP057" not in list_ids(at)
    assert "vraagt nu niet meer om actie" in at.success[0].value


def test_a_form_that_is_closed_or_refused_stores_nothing(eigen_database, open_pagina):
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSTEAM, schrijf="AP003")
    assert len(at.text_area) == 1
    next(k for k in at.main.button if k.label == "Opslaan").click().run()
    assert "is leeg" in at.error[0].value
    assert len(at.text_area) == 1
    at.button(key="sluit_AP003").click().run()
    assert not at.text_area
    assert "schrijf" not in at.query_params


def test_nothing_to_do_is_said_with_the_area_it_is_about(eigen_database, open_pagina):
    with begin_schrijven(eigen_database, Deel.AGENDA) as conn:
        conn.execute(update(tabellen.agendapunt).values(staat="vervallen", reden="klaar", wacht_op=None))
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSREGISSEUR)
    assert at.info[0].value.startswith("Niets vraagt nu om actie in Centrum en Zuid")
    with begin_schrijven(eigen_database, Deel.AGENDA) as conn:
        conn.execute(delete(tabellen.agendapunt))
    assert "nog geen punten op de agenda" in open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSREGISSEUR).info[0].value


def test_a_long_list_comes_in_pages_and_opens_on_the_page_of_the_form(eigen_database, open_pagina):
    change_punten(eigen_database, *(f"AP{n:03}" for n in range(1, 100)), gebied="GB01", staat="op_agenda", trekker="")
    at = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSTEAM)
    assert len(list_ids(at)) == PER_BLADZIJDE
    buiten = next(f"AP{n:03}" for n in range(1, 100) if f"AP{n:03}" not in list_ids(at))
    tweede = open_pagina(Pagina.MIJNWERK, Rol.GEBIEDSTEAM, schrijf=buiten)
    assert buiten in list_ids(tweede)
    assert len(tweede.text_area) == 1
