"""Exports straight from a database: the rows a role may see, in the columns in which they are read in again."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import geopandas as gpd
import pytest
import shapely
from bouwstenen import build_punt
from sqlalchemy import Connection, Engine

from gebieden.domein.agendapunt import Agendapunt, Puntsoort, Staat, WachtOp
from gebieden.domein.bedrag import PM, Bedrag
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.celtekst import restore_formule
from gebieden.domein.dekking import Bron, Lijnstand, Lijnvelden, Vorm
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebied import Gebied
from gebieden.domein.initiatief import Initiatief, Initiatiefstaat
from gebieden.domein.rechten import BEHEERDER, Kijker, Rol
from gebieden.domein.thema import Thema
from gebieden.inlezen.agendapunten import read_agendapunten
from gebieden.inlezen.berichten import read_berichten
from gebieden.inlezen.initiatieven import read_initiatieven
from gebieden.opslag.agenda import save_agendapunten, save_initiatieven
from gebieden.opslag.berichteninvoer import save_berichten
from gebieden.opslag.database import begin_schrijven, set_instelling
from gebieden.opslag.dekking import insert_lijn
from gebieden.opslag.gebieden import save_gebieden
from gebieden.opslag.lezen import load_alle_punten
from gebieden.opslag.telling import Telling
from gebieden.rapport.tabellen import BRON, BRON_DEMO, SOORTEN, build_uitvoer, compose_uitvoer
from gebieden.rapport.uitvoer import FORMATEN, render_uitvoer, write_uitvoer

PEILDATUM = date(2026, 5, 12)
MAART = date(2026, 3, 1)
PUBLIEK = Kijker(Rol.PUBLIEK)
VORMEN = {
    "BU03610101": shapely.box(112000, 516000, 112100, 516100),
    "BU03610102": shapely.box(112100, 516000, 112300, 516100),
}
GEBIEDEN = [
    Gebied("GM0361", "Alkmaar", "gemeente"),
    Gebied("WK036101", "Centrum", "wijk", inwoners=1200),
    Gebied("BU03610101", "Binnenstad", "buurt", inwoners=800, geldig_vanaf=date(2025, 1, 1)),
    Gebied("BU03610102", "Overstad", "buurt", schematisch=True),
    Gebied("oost", "=Oost", "gebied", frozenset({"BU03610102"})),
]
OPEN_PUNT = Agendapunt(
    "A1",
    "WK036101",
    '=Fiets"enrek; met een <b>',
    (Thema.HEEL, Thema.VEILIG),
    Staat.WACHT_OP,
    versie=1,
    versiedatum=MAART,
    omschrijving="-10% € 1.234,56\nen nog een regel",
    soort=Puntsoort.SNELLE_ACTIE,
    trekker="Team 'Noord'",
    partners=("Woningstichting", "Politie"),
    afgesproken_gereed=date(2026, 4, 1),
    wacht_op=WachtOp.GELD,
    openbaar=True,
    bijgewerkt_op=date(2026, 5, 1),
    herkomst="wijkschouw",
    lon=4.7520926,
    lat=52.6298145,
)
GESLOTEN_PUNT = Agendapunt(
    "A2", "BU03610102", "Geheim plan", (Thema.SOCIAAL,), Staat.IN_UITVOERING, versie=2, versiedatum=MAART, trekker="X"
)
NIEUW_PUNT = Agendapunt("A1", "WK036101", "Fietsenrek", (Thema.HEEL,), Staat.OP_AGENDA)
INITIATIEVEN = [
    Initiatief("I1", "WK036101", "Buurttuin", (Thema.SCHOON,), Initiatiefstaat.INGEDIEND, "x", Decimal("1250.50")),
    Initiatief(
        "I2", "WK036101", "Feest", (Thema.SOCIAAL,), Initiatiefstaat.CONCEPT, toegekend=Decimal("0.00"), openbaar=True
    ),
]
BERICHTEN = [
    Bericht(Berichtsoort.AGENDAPUNT, "A1", date(2026, 5, 2), "@openbaar bericht", True),
    Bericht(Berichtsoort.AGENDAPUNT, "A2", date(2026, 5, 1), "intern bericht"),
    Bericht(Berichtsoort.AGENDAPUNT, "A1", date(2026, 6, 1), "van na de peildatum", True),
]


LIJNEN = [
    Lijnvelden(Bron.FONDS, Vorm.GELD, Lijnstand.GEVRAAGD, PM, partner="Geheim plan BV", toelichting="intern bericht"),
    Lijnvelden(Bron.BEGROTING, Vorm.GELD, Lijnstand.ONTVANGEN, Bedrag(Decimal("99.50")), jaar=2027),
    Lijnvelden(Bron.INWONERS, Vorm.UREN, Lijnstand.TOEGEZEGD, hoeveelheid=Decimal(40), eenheid="Geheim plan"),
]


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with begin_schrijven(engine) as verbinding:
        vormen = {(g.code, g.geldig_vanaf): VORMEN[g.code].wkb for g in GEBIEDEN if g.code in VORMEN}
        save_gebieden(verbinding, GEBIEDEN, vormen)
        save_agendapunten(verbinding, [OPEN_PUNT, GESLOTEN_PUNT, NIEUW_PUNT], MAART)
        save_initiatieven(verbinding, INITIATIEVEN, MAART)
        save_berichten(verbinding, BERICHTEN)
        for lijn in LIJNEN:
            insert_lijn(verbinding, "A2", lijn, MAART)
        yield verbinding


def read_csv(conn: Connection, soort: str, kijker: Kijker) -> list[dict[str, str]]:
    inhoud = render_uitvoer(build_uitvoer(conn, soort, kijker, PEILDATUM), "csv").decode("utf-8-sig")
    rijen = csv.DictReader(io.StringIO(inhoud, newline=""), delimiter=";")
    return [{kolom: restore_formule(cel) for kolom, cel in rij.items()} for rij in rijen]


def read_again(conn: Connection, soort: str, pad: Path) -> list[Any]:
    """Export everything as beheer, read the file as an import does, and return the records."""
    write_uitvoer(build_uitvoer(conn, soort, BEHEERDER, PEILDATUM), pad)
    gebieden = {g.code: g.naam for g in GEBIEDEN}
    if soort == "agendapunten":
        resultaat = read_agendapunten(pad, bekende_gebieden=gebieden)
    elif soort == "initiatieven":
        resultaat = read_initiatieven(pad, bekende_gebieden=gebieden)
    else:
        resultaat = read_berichten(pad, bekende_ids={Berichtsoort.AGENDAPUNT: {"A1", "A2"}})
    assert resultaat.aantal_afgekeurd == 0
    return resultaat.records


def test_agendapunten_have_the_columns_of_an_import(conn: Connection) -> None:
    assert ";".join(read_csv(conn, "agendapunten", BEHEERDER)[0]) == (
        "id;gebied;versie;versiedatum;titel;omschrijving;themas;staat;soort;trekker;partners;afgesproken_gereed;"
        "wacht_op;reden;openbaar;bijgewerkt_op;herkomst;lon;lat;wie_besloot;aan_wie;bevestigd;wie_borgt;terugkijken_op;"
        "eenheid;wethouder;benodigd;peildatum;bron;definitie"
    )


@pytest.mark.parametrize("formaat", ["csv", "xlsx"])
def test_what_beheer_takes_out_comes_back_exactly_and_importing_it_changes_nothing(
    conn: Connection, formaat: str, tmp_path: Path
) -> None:
    punten = read_again(conn, "agendapunten", tmp_path / f"punten.{formaat}")
    assert punten == [NIEUW_PUNT, OPEN_PUNT, GESLOTEN_PUNT]
    assert save_agendapunten(conn, punten, PEILDATUM) == (Telling(ongewijzigd=3), [])
    initiatieven = read_again(conn, "initiatieven", tmp_path / f"initiatieven.{formaat}")
    assert initiatieven == INITIATIEVEN
    assert save_initiatieven(conn, initiatieven, PEILDATUM) == (Telling(ongewijzigd=2), [])
    berichten = read_again(conn, "berichten", tmp_path / f"berichten.{formaat}")
    assert berichten == BERICHTEN[:2]
    assert save_berichten(conn, berichten) == (Telling(ongewijzigd=2), [])


VRIJ = ("wie_besloot", "aan_wie", "bevestigd", "wie_borgt", "terugkijken_op", "eenheid", "wethouder")
MET_TOESTAND = [
    build_punt("T1", gebied="WK036101", staat=Staat.VERVALLEN, reden="Te duur", wie_besloot="Het college"),
    build_punt("T2", gebied="WK036101", staat=Staat.OVERGEDRAGEN, reden="-", aan_wie="De provincie", bevestigd=False),
    build_punt("T3", gebied="WK036101", staat=Staat.GEBORGD, wie_borgt="Beheer", terugkijken_op=date(2027, 1, 1)),
    build_punt("T4", gebied="WK036101", eenheid="Stadswerk", wethouder="De wethouder van groen"),
]


@pytest.mark.parametrize("formaat", ["csv", "xlsx"])
def test_what_a_state_asks_for_comes_back_too_and_a_file_without_it_leaves_it(
    conn: Connection, formaat: str, tmp_path: Path
) -> None:
    save_agendapunten(conn, MET_TOESTAND, MAART, vrij=VRIJ)
    pad = tmp_path / f"punten.{formaat}"
    punten = [p for p in read_again(conn, "agendapunten", pad) if p.id[0] == "T"]
    assert punten == MET_TOESTAND
    resultaat = read_agendapunten(pad, bekende_gebieden={g.code: g.naam for g in GEBIEDEN})
    assert resultaat.vrije_kolommen == set(VRIJ)
    assert save_agendapunten(conn, punten, PEILDATUM, vrij=resultaat.vrije_kolommen)[0] == Telling(ongewijzigd=4)
    leeg = [
        replace(p, **{veld: None if veld in ("bevestigd", "terugkijken_op") else "" for veld in VRIJ}) for p in punten
    ]
    assert save_agendapunten(conn, leeg, PEILDATUM)[0] == Telling(ongewijzigd=4)
    # The next version takes along what the file does not say.
    save_agendapunten(conn, [replace(p, versie=2, versiedatum=date(2026, 5, 1)) for p in leeg], PEILDATUM)
    volgende = {p.id: p for p in load_alle_punten(conn, BEHEERDER) if p.versie == 2}
    assert all(getattr(volgende[p.id], veld) == getattr(p, veld) for p in punten for veld in VRIJ)
    # A column that is there and empty makes it empty.
    save_agendapunten(conn, leeg, PEILDATUM, vrij=["eenheid"])
    vierde = next(p for p in load_alle_punten(conn, BEHEERDER) if (p.id, p.versie) == ("T4", 1))
    assert (vierde.eenheid, vierde.wethouder) == ("", "De wethouder van groen")


def test_contributions_come_one_per_row_and_the_public_reads_amounts_only(conn: Connection) -> None:
    kolommen = ["id", "bron", "jaar", "vorm", "stand", "bedrag", "hoeveelheid", "eenheid", "partner", "toelichting"]
    alles, publiek = (
        [[rij[k] for k in kolommen] for rij in read_csv(conn, "dekking", wie)] for wie in (BEHEERDER, PUBLIEK)
    )
    assert alles == [
        ["A2", "fonds", "", "geld", "gevraagd", "PM", "", "", "Geheim plan BV", "intern bericht"],
        ["A2", "begroting", "2027", "geld", "ontvangen", "99,50", "", "", "", ""],
        ["A2", "inwoners", "", "uren", "toegezegd", "", "40,00", "Geheim plan", "", ""],
    ]
    assert publiek == [[*rij[:7], "", "", ""] for rij in alles]


def test_the_public_gets_every_point_but_not_the_text_of_those_that_are_not_public(conn: Connection) -> None:
    rijen = {(rij["id"], rij["versie"]): rij for rij in read_csv(conn, "agendapunten", PUBLIEK)}
    assert rijen["A1", "1"]["titel"] == OPEN_PUNT.titel
    gesloten = rijen["A2", "2"]
    assert (gesloten["titel"], gesloten["trekker"], gesloten["staat"]) == ("Niet-openbaar punt", "", "in_uitvoering")
    assert [rij["titel"] for rij in read_csv(conn, "agendapunten", Kijker(Rol.RAAD))][2] == "Geheim plan"


@pytest.mark.parametrize("formaat", FORMATEN)
@pytest.mark.parametrize("soort", [s for s in SOORTEN if s != "logboek"])
def test_no_format_leaks_what_the_public_may_not_read(conn: Connection, soort: str, formaat: str) -> None:
    inhoud = render_uitvoer(build_uitvoer(conn, soort, PUBLIEK, PEILDATUM), formaat)
    if formaat == "xlsx":
        with ZipFile(io.BytesIO(inhoud)) as pakket:
            inhoud = b"".join(pakket.read(naam) for naam in pakket.namelist())
    for geheim in (b"Geheim plan", b"intern bericht", b"Buurttuin", b"1250"):
        assert geheim not in inhoud


def test_berichten_of_after_the_peildatum_are_left_out_and_rights_hold(conn: Connection) -> None:
    assert [r["tekst"] for r in read_csv(conn, "berichten", BEHEERDER)] == ["@openbaar bericht", "intern bericht"]
    (rij,) = read_csv(conn, "berichten", PUBLIEK)
    assert list(rij.values())[:5] == ["agendapunt", "A1", "2026-05-02", "@openbaar bericht", "ja"]
    team = Kijker(Rol.GEBIEDSTEAM, frozenset({"oost"}))
    assert [r["tekst"] for r in read_csv(conn, "berichten", team)] == ["@openbaar bericht", "intern bericht"]


def test_amounts_have_a_comma_and_unknown_ones_are_empty_not_zero(conn: Connection) -> None:
    rijen = read_csv(conn, "initiatieven", BEHEERDER)
    assert [(r["aangevraagd"], r["toegekend"]) for r in rijen] == [("1250,50", ""), ("", "0,00")]


def test_gebieden_say_what_they_lie_in_what_they_are_made_of_and_how_large_they_are(conn: Connection) -> None:
    frame = build_uitvoer(conn, "gebieden", PUBLIEK, PEILDATUM).frame.set_index("code")
    assert frame.index.tolist() == ["GM0361", "oost", "WK036101", "BU03610101", "BU03610102"]
    assert frame["ouder"].tolist() == [None, "GM0361", "GM0361", "WK036101", "WK036101"]
    assert frame["bestaat_uit"].tolist() == ["BU03610101,BU03610102", "BU03610102", "BU03610101,BU03610102", "", ""]
    assert frame["oppervlakte_ha"].tolist() == [3, 2, 3, 1, 2]
    assert frame["inwoners"].tolist() == [None, None, 1200, 800, None]
    assert frame["geldig_vanaf"]["BU03610101"] == date(2025, 1, 1)
    assert frame["schematisch"].tolist() == ["ja", "ja", "ja", "nee", "ja"]
    assert frame.crs == "EPSG:28992"
    assert frame.geometry["oost"].equals(VORMEN["BU03610102"])


def test_voortgang_has_a_row_per_area_with_the_counts_of_that_day(conn: Connection) -> None:
    uitvoer = build_uitvoer(conn, "voortgang", PUBLIEK, PEILDATUM)
    gemeente = uitvoer.frame.set_index("code").loc["GM0361"]
    # A1 (version 1) waits for money and is late; A2 was reported on eleven days before; the versionless row of
    # A1 does not count, as A1 is in the counted version.
    assert (gemeente["punten"], gemeente["wacht"], gemeente["wacht_geld"], gemeente["loopt"]) == (2, 1, 1, 1)
    assert (gemeente["te_laat"], gemeente["geen_datum"], gemeente["nieuw_sinds_versie"]) == (1, 1, 0)
    assert (gemeente["snelle_acties_punten"], gemeente["snelle_acties_afgerond"]) == (1, 0)
    assert gemeente["laatste_bericht"] == date(2026, 5, 2)
    assert gemeente["zin"].startswith("2 agenda's samen, 2 punten: 1 loopt, 1 wacht (1× geld).")
    assert isinstance(uitvoer.frame, gpd.GeoDataFrame)
    assert uitvoer.definitie.startswith("Voortgang: Voortgang is hoeveel punten van déze agenda")


def test_voortgang_of_one_theme_counts_only_that_theme(conn: Connection) -> None:
    frame = build_uitvoer(conn, "voortgang", PUBLIEK, PEILDATUM, thema=Thema.SOCIAAL).frame.set_index("code")
    assert frame["punten"].to_dict() == {"GM0361": 1, "oost": 1, "WK036101": 1, "BU03610101": 0, "BU03610102": 1}


def test_the_rows_on_screen_come_in_the_order_on_screen(conn: Connection) -> None:
    keuze = ["WK036101", "GM0361", "WK036101", "onbekend"]
    frame = build_uitvoer(conn, "voortgang", PUBLIEK, PEILDATUM, sleutels=keuze).frame
    assert frame["code"].tolist() == ["WK036101", "GM0361"]
    assert frame.crs == "EPSG:28992"
    assert len(build_uitvoer(conn, "agendapunten", PUBLIEK, PEILDATUM, sleutels=[]).frame) == 0


def test_points_on_screen_come_once_as_they_count_on_that_day(conn: Connection) -> None:
    frame = build_uitvoer(conn, "agendapunten", PUBLIEK, PEILDATUM, sleutels=["A2", "A1"]).frame
    kolommen = ["id", "versie", "titel", "categorie", "te_laat", "laatste_bericht"]
    assert frame[kolommen].to_numpy().tolist() == [
        ["A2", 2, "Niet-openbaar punt", "loopt", "nee", date(2026, 5, 1)],
        ["A1", 1, OPEN_PUNT.titel, "wacht", "ja", date(2026, 5, 2)],
    ]


@pytest.mark.parametrize("soort", SOORTEN)
def test_demo_figures_are_marked_and_others_are_not(conn: Connection, soort: str) -> None:
    echt = build_uitvoer(conn, soort, BEHEERDER, PEILDATUM)
    assert (echt.bron, echt.verzonnen) == (BRON, False)
    set_instelling(conn, "bevat_demo", "ja")
    demo = build_uitvoer(conn, soort, BEHEERDER, PEILDATUM, filters="thema veilig")
    assert (demo.bron, demo.verzonnen, demo.filters) == (BRON_DEMO, True, "thema veilig")
    assert all(rij["verzonnen"] == "verzonnen" for rij in read_csv(conn, soort, BEHEERDER))


@pytest.mark.parametrize("formaat", FORMATEN)
@pytest.mark.parametrize("soort", SOORTEN)
def test_an_empty_database_gives_an_empty_file(soort: str, formaat: str, engine: Engine) -> None:
    with engine.connect() as leeg:
        uitvoer = build_uitvoer(leeg, soort, BEHEERDER, PEILDATUM)
        assert len(uitvoer.frame) == 0
        assert render_uitvoer(uitvoer, formaat)


def test_another_word_is_refused_with_the_words_that_do_exist(conn: Connection) -> None:
    with pytest.raises(InvoerError, match=r"'punten' kan niet .* agendapunten, berichten"):
        build_uitvoer(conn, "punten", BEHEERDER, PEILDATUM)


def test_the_threshold_of_this_database_stands_in_the_definition(conn: Connection) -> None:
    set_instelling(conn, "stilte_dagen", "45")
    frame = build_uitvoer(conn, "berichten", BEHEERDER, PEILDATUM).frame
    uitvoer = compose_uitvoer(conn, "lijst", frame, PEILDATUM, definities=["onbekend"])
    assert "meer dan 45 dagen" in uitvoer.definitie
