"""Steps, afstemming, judgements, wishes and sides on the pages Punt and Gebied: who reads what, who keeps it."""

from datetime import date

import pytest
from schermtekst import bevat, collect_alles

from gebieden.domein.rechten import BEHEERDER, Pagina, Rol
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.dossiersoorten import STAP, WENS

PEILDATUM = date(2026, 11, 16)


def open_punt(open_pagina, rol, id_="AP001", eigen=""):
    return open_pagina(Pagina.PUNT, rol, eigen, soort="agendapunt", id=id_)


def load(engine, soort, bij):
    with engine.connect() as conn:
        return [stuk.velden for stuk in load_stukken(conn, soort, BEHEERDER, PEILDATUM, [bij])]


def list_acties(at, begin="dossier_"):
    return [k for k in at.button_group if (k.key or "").startswith(begin)]


def get_veld(at, einde: str):
    """Return the field of the form that is open whose key ends like this."""
    soorten = (at.text_input, at.text_area, at.selectbox, at.date_input, at.multiselect, at.checkbox)
    return next(v for soort in soorten for v in soort if (v.key or "").endswith(einde))


def click(at, label: str):
    return next(k for k in at.main.button if k.label == label).click().run()


@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.RAAD, Rol.GEBIEDSREGISSEUR])
def test_everybody_reads_a_public_point_in_one_order_and_only_its_regisseur_has_forms(demo, open_pagina, rol):
    at = open_punt(open_pagina, rol)
    assert not at.exception
    inhoud = collect_alles(at)
    # By hand: two done, one of 1 November that is not, one for 2027, one without a date.
    for tekst in (
        "2 van 5 stappen gedaan, 1 over de afgesproken datum, 1 zonder datum.",
        "afgesproken op 1 november 2026 (eerst 1 september 2026, 1 keer verzet)",
        "Volledig afgestemd",
        "Deels afgestemd",
        "Niet gevraagd.",
        "Meer schaduw op de route naar de binnenstad",
        "Groen in de stenige straten",
    ):
        assert bevat(inhoud, tekst), tekst
    delen = ("Stappen", "Afstemming", "Wat bewoners ervan vinden", "Waar dit punt vandaan komt", "Dekking")
    is_regisseur = rol is Rol.GEBIEDSREGISSEUR
    # What is empty is a line without a heading for who cannot write in it.
    verwacht = [kop for kop in delen if is_regisseur or kop != delen[2]]
    assert [h.value for h in at.header if h.value in delen] == verwacht
    assert len(list_acties(at)) == (3 if is_regisseur else 0)


def test_outside_the_own_area_there_are_no_forms(demo, open_pagina):
    assert list_acties(open_punt(open_pagina, Rol.GEBIEDSREGISSEUR, eigen="GB02")) == []
    assert list_acties(open_pagina(Pagina.GEBIED, Rol.GEBIEDSREGISSEUR, "GB02", code="GB01")) == []
    assert list_acties(open_pagina(Pagina.GEBIED, Rol.GEBIEDSREGISSEUR, "GB01", code="GM0361")) == []


@pytest.mark.parametrize(
    ("id_", "telling", "tekst"),
    [
        ("AP009", "0 van 1 stap gedaan, 1 over de afgesproken datum.", "Gesprek met de scholen"),
        ("AP035", "Niet opgelost", "schouw met bewoners"),
    ],
)
def test_of_a_point_that_is_not_public_publiek_gets_counts_and_no_texts(demo, open_pagina, id_, telling, tekst):
    publiek, raad = (collect_alles(open_punt(open_pagina, rol, id_)) for rol in (Rol.PUBLIEK, Rol.RAAD))
    assert bevat(publiek, telling)
    assert bevat(raad, telling)
    assert bevat(raad, tekst)
    assert not bevat(publiek, tekst)


def test_the_judgement_of_residents_stands_beside_the_state_with_the_older_one_under_it(demo, open_pagina):
    inhoud = collect_alles(open_punt(open_pagina, Rol.RAAD, "AP011")).decode(errors="replace")
    delen = ("Volgens de gemeente", "Gerealiseerd", "Volgens bewoners", "Deels opgelost", "Eerder (1)", "Niet opgelost")
    plaatsen = [inhoud.rindex(deel) for deel in delen]
    assert plaatsen == sorted(plaatsen)


def test_a_regisseur_adds_a_step_moves_its_date_and_takes_that_back(eigen_database, open_pagina):
    at = open_punt(open_pagina, Rol.GEBIEDSREGISSEUR, "AP016")
    list_acties(at, "dossier_stap_")[0].set_value("stap erbij").run()
    get_veld(at, "_titel").set_value("Bakken vullen")
    get_veld(at, "_gedaan_op").set_value(date(2026, 11, 17))
    click(at, "Toevoegen")
    assert ["'Soort' is leeg" in fout.value and "moet nog komen" in fout.value for fout in at.error] == [True]
    assert load(eigen_database, STAP, "AP016") == []
    get_veld(at, "_soort").select_index(0)
    get_veld(at, "_gedaan_op").set_value(None)
    get_veld(at, "_afgesproken").set_value(date(2027, 3, 1))
    click(at, "Toevoegen")
    assert not at.error
    assert bevat(collect_alles(at), "0 van 1 stap gedaan.")
    list_acties(at, "dossier_stap_")[0].set_value("wijzigen").run()
    get_veld(at, "_afgesproken").set_value(date(2027, 5, 1))
    click(at, "Wijzigingen opslaan")
    assert bevat(collect_alles(at), "afgesproken op 1 mei 2027 (eerst 1 maart 2027, 1 keer verzet)")
    click(at, "Ongedaan maken")
    assert not at.exception
    assert bevat(collect_alles(at), "Ongedaan gemaakt. Het is weer zoals het was.")
    assert not bevat(collect_alles(at), "keer verzet")
    assert [s.afgesproken for s in load(eigen_database, STAP, "AP016")] == [date(2027, 3, 1)]


@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.RAAD])
def test_counts_of_an_area_are_the_same_for_everybody_and_open_into_their_points(demo, open_pagina, rol):
    inhoud = collect_alles(open_pagina(Pagina.GEBIED, rol, code="GB01"))
    # By hand: AP002 and AP018 opgelost, AP016 deels, AP055 and AP056 not asked.
    assert bevat(inhoud, "Bewoners over 5 afgeronde punten: 2 opgelost, 1 deels, 2 niet gevraagd.")
    assert bevat(inhoud, "Deels opgelost: 1 punt")
    # By hand: AP002 is done; AP001, AP003, AP016 with AP001, and AP017 are not; AP021 is a proposal; two have no point.
    zin = "8 wensen: 5 op een agenda, waarvan 1 afgerond, 4 nog niet klaar; 1 alleen voorgesteld; 2 nog geen punt."
    assert bevat(inhoud, zin)
    is_publiek = rol is Rol.PUBLIEK
    assert bevat(inhoud, "Niet-openbare wens") is is_publiek
    assert bevat(inhoud, "Rustige nachten in één van de stegen") is not is_publiek
    assert bevat(inhoud, "Een pand staat al lang leeg") is not is_publiek
    assert inhoud.count(b"van lang geleden") == 1
    assert inhoud.count(b"8 mei 2024, van lang geleden") == 1


def test_the_gemeente_counts_what_its_areas_do(demo, open_pagina):
    inhoud = collect_alles(open_pagina(Pagina.GEBIED, code="GM0361"))
    assert bevat(inhoud, "Bewoners over 31 afgeronde punten: 2 opgelost, 2 deels, 1 niet, 26 niet gevraagd.")
    # AP002, AP044 and AP045 are done, AP048 is with others, of AP047 nothing was heard for 103 days, AP042 is dropped.
    zin = (
        "13 wensen: 9 op een agenda, waarvan 3 afgerond, 4 nog niet klaar, 1 overgedragen, 1 stand onbekend; "
        "1 alleen voorgesteld; 1 vervallen; 2 nog geen punt."
    )
    assert bevat(inhoud, zin)


def test_a_wish_shows_what_became_of_it_with_the_reason_and_the_way_to_the_point(demo, open_pagina):
    inhoud = collect_alles(open_pagina(Pagina.GEBIED, code="WK036105"))
    assert bevat(inhoud, "1 wens: 1 vervallen.")
    assert bevat(inhoud, "Reden: ")
    assert b"punt?soort=agendapunt&amp;id=AP042" in inhoud


def test_a_team_adds_a_wish_for_its_own_area_and_the_point_tells_where_it_comes_from(eigen_database, open_pagina):
    at = open_pagina(Pagina.GEBIED, Rol.GEBIEDSTEAM, "GB01", code="GB01")
    list_acties(at, "dossier_wens_")[0].set_value("wens erbij").run()
    get_veld(at, "_bron").select_index(2)
    get_veld(at, "_titel").set_value("<b>Meer</b> *zitten*")
    get_veld(at, "_datum").set_value(date(2026, 11, 2))
    get_veld(at, "_punten").set_value(["AP056"])
    click(at, "Toevoegen")
    assert not at.exception
    assert not at.error
    assert bevat(collect_alles(at), "9 wensen: 6 op een agenda")
    assert load(eigen_database, WENS, "GB01")[-1].punten == ("AP056",)
    inhoud = collect_alles(open_punt(open_pagina, Rol.RAAD, "AP056"))
    assert bevat(inhoud, "<b>Meer</b> *zitten*")
    assert bevat(inhoud, "gehoord van een regiegroep op 2 november 2026 · niet openbaar")
    assert b"gebied?code=GB01" in inhoud
