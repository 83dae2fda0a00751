"""Vroegsignalen: who sees which warning and whether with numbers, judging, what is held back, the register."""

import re
from datetime import date

import pytest
from schermtekst import bevat, collect_alles

from gebieden.analyse.clusterzoeker import Cluster
from gebieden.analyse.vroegsignaal import list_vroegsignalen
from gebieden.domein.beoordeling import Duidingsoordeel
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.registratie import Registratieeffect
from gebieden.domein.vroegsignaal import Vroegstaat
from gebieden.opslag.clusterbeelden import Clusterstand, fill_clusters, list_clusters
from gebieden.opslag.database import Deel, begin_schrijven, set_instelling
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.oovsoorten import DUIDING, REGISTRATIE
from gebieden.opslag.vroegbeeld import list_zichtbaar, load_weekstand
from gebieden.opslag.weekpanelen import WACHTDAGEN

PEILDATUM = date(2026, 11, 16)
OVERAL = Kijker(Rol.OOV, frozenset({"GM0361"}))
OVERSTAD = "BU03610803"


def load(engine, soort):
    with engine.connect() as conn:
        return [stuk for stuk in load_stukken(conn, soort, OVERAL, PEILDATUM) if stuk.sinds == PEILDATUM]


def get_html(at) -> str:
    return " ".join(el.proto.body for el in at.get("html"))


def get_veld(at, slot: str):
    soorten = (at.text_input, at.text_area, at.selectbox, at.date_input)
    return next(v for soort in soorten for v in soort if (v.key or "").endswith(slot))


def click(at, label: str):
    return next(k for k in at.main.button if k.label == label).click().run()


def doe(at, plek: str, wat: str):
    return next(k for k in at.button_group if (k.key or "").startswith(plek)).set_value(wat).run()


@pytest.mark.usefixtures("demo")
def test_publiek_does_not_open_it(open_pagina):
    with pytest.raises(ValueError, match="vroegsignalen"):
        open_pagina(Pagina.VROEGSIGNALEN, Rol.PUBLIEK)


@pytest.mark.usefixtures("demo")
def test_oov_reads_in_its_own_areas_what_was_seen_expected_and_missed(open_pagina):
    html = get_html(open_pagina(Pagina.VROEGSIGNALEN, Rol.OOV, "GB01"))
    # Twelve were planted in four weeks, where chance gives next to none.
    assert "Jeugdoverlast, Overstad, week 43 tot en met 46 van 2026: 12 meldingen." in html
    assert "Vanaf 5 meldingen zouden we een signaal geven." in html
    assert "hoogstens 1 op de 10 toeval" in html
    assert "Ook over week 46 van 2026: signaal" in html
    # Beverkoog lies elsewhere, and so does Oudorp: of that only what everybody knows, in words.
    assert "Beverkoog" not in html
    assert "Vernieling, Oudorp, week 43 tot en met 46 van 2026: duidelijk meer meldingen" in html


@pytest.mark.parametrize("beeld", ["deze week", "eerdere weken", "clusters", "registratie"])
@pytest.mark.parametrize("rol", [Rol.RAAD, Rol.GEBIEDSTEAM, Rol.BEHEER])
def test_nobody_else_gets_a_number_of_reports_anywhere(eigen_database, open_pagina, rol, beeld):
    with eigen_database.connect() as conn:
        signalen = [z.signaal for z in list_zichtbaar(load_weekstand(conn, PEILDATUM), OVERAL)]
    at = open_pagina(Pagina.VROEGSIGNALEN, rol, "GB01" if rol is Rol.GEBIEDSTEAM else "", beeld=beeld)
    assert not at.exception
    inhoud = collect_alles(at)
    for signaal in signalen:
        for aantal in (signaal.waargenomen, signaal.alarm_vanaf, signaal.hoog):
            assert not bevat(inhoud, f"{aantal} melding")
    assert not re.search(rb"gebruikelijk \d", inhoud)
    assert not bevat(inhoud, "verwachtten")
    assert not bevat(inhoud, "Let op, alleen intern")
    assert not bevat(inhoud, "Beverkoog")
    assert not at.get("arrow_vega_lite_chart")
    assert not [k for k in at.button_group if (k.key or "").startswith(("dossier_", "zicht_"))]
    assert (rol is Rol.GEBIEDSTEAM and beeld == "deze week") == bevat(inhoud, "Jeugdoverlast, Overstad")


@pytest.mark.usefixtures("demo")
def test_who_is_not_oov_cannot_look_a_series_up(open_pagina):
    at = open_pagina(Pagina.VROEGSIGNALEN, Rol.RAAD, beeld="opzoeken")
    assert "Wat zouden we zien?" not in [kop.value for kop in at.header]


def test_any_series_says_what_is_normal_and_where_there_are_too_few_data(eigen_database, open_pagina):
    at = open_pagina(Pagina.VROEGSIGNALEN, Rol.OOV, "GB01", beeld="opzoeken")
    at.selectbox(key="reeksgebied").select(OVERSTAD).run()
    at.selectbox(key="reekscategorie").select("jeugdoverlast").run()
    assert "▲ Signaal" in get_html(at)
    # The week of 9 november has its planted three.
    assert '<th scope="row">week 46 van 2026</th><td>3</td>' in get_html(at)
    with eigen_database.connect() as conn:
        stand = load_weekstand(conn, PEILDATUM)
    oordelen, boom = stand.oordelen["buurt"], stand.invoer.boom
    weinig = list_vroegsignalen(oordelen, oordelen.weken[0], (Vroegstaat.TE_WEINIG_GEGEVENS,))
    leeg = min((s.gebied, s.categorie) for s in weinig if boom.bevat("GB01", s.gebied))
    for woord, (gebied, categorie) in (("Te weinig gegevens", leeg), ("Normaal", ("WK036108", "drugsoverlast"))):
        at.selectbox(key="reeksgebied").select(gebied).run()
        at.selectbox(key="reekscategorie").select(categorie).run()
        assert not at.exception
        assert woord in get_html(at)


def test_a_week_that_is_not_whole_is_named_and_not_judged(eigen_database, open_pagina):
    with begin_schrijven(eigen_database, Deel.INSTELLINGEN, Deel.SIGNALEN) as conn:
        set_instelling(conn, WACHTDAGEN, "2")
    at = open_pagina(Pagina.VROEGSIGNALEN, Rol.RAAD)
    assert bevat(collect_alles(at), "De week van 9 november is nog niet volledig en wordt nog niet beoordeeld.")
    assert "week van 2 november 2026" in at.title[0].value
    with begin_schrijven(eigen_database, Deel.INSTELLINGEN, Deel.SIGNALEN) as conn:
        set_instelling(conn, WACHTDAGEN, "60000")
    at = open_pagina(Pagina.VROEGSIGNALEN, Rol.RAAD)
    assert not at.exception
    assert "zijn nog niet volledig" in at.info[0].value


def test_oov_confirms_rejects_with_why_bundles_and_takes_back(eigen_database, open_pagina):
    at = open_pagina(Pagina.VROEGSIGNALEN, Rol.OOV, "GB01")
    plek = f"dossier_duiding_{OVERSTAD}"
    doe(at, plek, "beoordelen")
    get_veld(at, "_oordeel").set_value(Duidingsoordeel.VERWORPEN)
    click(at, "Toevoegen")
    assert "zegt waarom" in at.error[0].value
    get_veld(at, "_reden").set_value("Kermis")
    click(at, "Toevoegen")
    assert not at.exception
    (stuk,) = load(eigen_database, DUIDING)
    assert (stuk.velden.maandag, stuk.velden.categorie) == (date(2026, 11, 9), "jeugdoverlast")
    assert "OOV: verworpen" in get_html(at)
    # Overstad and wijk Centrum stand out here; one of the two was judged now.
    zin = "Bevestigd of gebundeld: 0 van de 1 beoordeelde signalen. 1 signaal is nog niet beoordeeld."
    assert bevat(collect_alles(at), zin)
    click(at, "Ongedaan maken")
    assert load(eigen_database, DUIDING) == []
    doe(at, "dossier_zaak", "zaak erbij")
    get_veld(at, "_naam").set_value("Overlast op het plein")
    get_veld(at, "_categorie").set_value("jeugdoverlast")
    click(at, "Toevoegen")
    assert not at.error
    doe(at, plek, "beoordelen")
    get_veld(at, "_oordeel").set_value(Duidingsoordeel.GEBUNDELD)
    zaak = next(s for s in at.selectbox if (s.key or "").endswith("_zaak"))
    zaak.select_index(len(zaak.options) - 1)
    click(at, "Toevoegen")
    assert not at.error
    assert load(eigen_database, DUIDING)[0].velden.oordeel is Duidingsoordeel.GEBUNDELD
    assert "OOV: gebundeld" in get_html(at)


def test_oov_records_a_change_of_registering_and_everybody_reads_it(eigen_database, open_pagina):
    at = doe(
        open_pagina(Pagina.VROEGSIGNALEN, Rol.OOV, "GB01", beeld="registratie"), "dossier_regist", "verandering erbij"
    )
    get_veld(at, "_datum").set_value(date(2026, 11, 3))
    get_veld(at, "_effect").set_value(Registratieeffect.MARKEREN)
    get_veld(at, "_toelichting").set_value("Nieuwe app")
    click(at, "Toevoegen")
    assert not at.error
    assert [stuk.velden.toelichting for stuk in load(eigen_database, REGISTRATIE)] == ["Nieuwe app"]
    at = open_pagina(Pagina.VROEGSIGNALEN, Rol.RAAD, beeld="registratie")
    assert "Nieuwe app" in get_html(at)
    # A wijk that lies wholly in the area is told of too.
    assert "Nieuwe app" in get_html(open_pagina(Pagina.VROEGSIGNALEN, Rol.OOV, "GB01"))


@pytest.mark.parametrize(
    ("leden", "kijker", "verwacht"),
    [
        ((OVERSTAD,), Kijker(Rol.OOV, frozenset({"GB01"})), [True]),
        ((OVERSTAD,), Kijker(Rol.OOV, frozenset({"GB02"})), []),
        ((OVERSTAD,), Kijker(Rol.GEBIEDSTEAM, frozenset({"GB01"})), [False]),
        ((OVERSTAD,), Kijker(Rol.RAAD), []),
        ((OVERSTAD, "BU03610802"), Kijker(Rol.GEBIEDSTEAM, frozenset({"GB01"})), []),
        ((OVERSTAD, "BU03610209"), Kijker(Rol.OOV, frozenset({"GB01"})), []),
        ((OVERSTAD, "BU03610209"), OVERAL, [True]),
    ],
)
def test_a_cluster_is_seen_with_numbers_in_own_areas_and_else_only_where_every_warning_is_known(
    eigen_database, leden, kijker, verwacht
):
    with eigen_database.connect() as conn:
        stand = load_weekstand(conn, PEILDATUM)
    cluster = Cluster(leden, (0, 3), 12, 0.5, 24.0, 26.0, 0.001, 1000.0, opvallend=True)
    gevonden = list_clusters(Clusterstand({"jeugdoverlast": [cluster]}, 0, None), stand, kijker)
    assert [zicht.met_aantal for zicht in gevonden] == verwacht


def test_the_clusters_stand_on_the_map_and_in_a_list_with_the_rate_that_was_measured(
    eigen_database, open_pagina, kaarten
):
    with eigen_database.connect() as conn:
        stand = load_weekstand(conn, PEILDATUM)
    assert fill_clusters(eigen_database, stand, weken=4) == 4
    assert fill_clusters(eigen_database, stand, weken=4) == 0
    at = open_pagina(Pagina.VROEGSIGNALEN, Rol.OOV, "GB01", beeld="clusters")
    assert not at.exception
    assert bevat(collect_alles(at), "Gemeten over 4 weken per categorie")
    assert "cluster over 1 buurt (Overstad), week 43 tot en met 46 van 2026: 12 meldingen" in get_html(at)
    assert bevat(collect_alles(at), "stopt bij de gemeentegrens")
    (beeld,) = kaarten
    assert "cluster 1" in {stand.label for stand in beeld.kleuring.standen}
