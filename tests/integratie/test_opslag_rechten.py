"""What each role reads from the database; figures are the same for all."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID, build_punt
from sqlalchemy import select

from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.initiatief import Initiatief, Initiatiefstaat
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.thema import Thema
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten, save_initiatieven
from gebieden.opslag.beheer import load_instellingen, save_categoriegroepen, save_instellingen
from gebieden.opslag.berichteninvoer import save_berichten
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.invoer import Invoer, import_bestand
from gebieden.opslag.lezen import load_alle_punten, load_berichten, load_initiatieven, load_punten

GEHEIM = "geheim"
NU = {"stilte_dagen": 90, "onderdrukkingsdrempel": 5, "wachtdagen_meldingen": 14}
OP = date(2026, 4, 10)
JUNI = {"versie": 2, "versiedatum": date(2026, 6, 1)}


@pytest.fixture
def agenda(conn):
    besloten = build_punt(
        "P2",
        gebied=ZUID,
        titel=GEHEIM,
        omschrijving=GEHEIM,
        trekker=GEHEIM,
        partners=(GEHEIM,),
        reden=GEHEIM,
        herkomst=GEHEIM,
        staat=Staat.WACHT_OP,
        wacht_op=WachtOp.GELD,
        lon=4.75,
        lat=52.63,
        openbaar=False,
    )
    save_agendapunten(conn, [build_punt("P1"), besloten], OP)
    initiatief = Initiatief("I1", NOORD, GEHEIM, (Thema.HEEL,), Initiatiefstaat.INGEDIEND, GEHEIM, Decimal(100))
    save_initiatieven(conn, [initiatief], OP)
    punt, dag = Berichtsoort.AGENDAPUNT, date(2026, 5, 1)
    save_berichten(
        conn,
        [
            Bericht(punt, "P1", dag, "openbaar bij openbaar", True),
            Bericht(punt, "P1", dag, "intern bij openbaar", False),
            Bericht(punt, "P2", dag, "openbaar bij besloten", True),
            Bericht(punt, "P2", dag, "intern bij besloten", False),
            Bericht(Berichtsoort.INITIATIEF, "I1", dag, "openbaar bij besloten initiatief", True),
            Bericht(punt, "P1", date(2026, 5, 21), "na de peildatum", True),
        ],
    )
    return conn


def _read(conn, kijker, **keuzes):
    boom = load_gebiedsboom(conn, PEILDATUM)
    return {b.tekst for b in load_berichten(conn, kijker, boom, PEILDATUM, **keuzes)}


OPENBAAR = {"openbaar bij openbaar", "openbaar bij besloten", "openbaar bij besloten initiatief"}
ALLES = OPENBAAR | {"intern bij openbaar", "intern bij besloten"}


@pytest.mark.parametrize(
    ("kijker", "gelezen"),
    [
        (Kijker(), {"openbaar bij openbaar"}),
        (Kijker(Rol.RAAD), OPENBAAR),
        (Kijker(Rol.OOV, frozenset({NOORD})), OPENBAAR),
        (Kijker(Rol.GEBIEDSTEAM), OPENBAAR),
        (Kijker(Rol.GEBIEDSTEAM, frozenset({NOORD})), OPENBAAR | {"intern bij openbaar"}),
        (Kijker(Rol.GEBIEDSREGISSEUR, frozenset({ZUID})), OPENBAAR | {"intern bij besloten"}),
        (Kijker(Rol.GEBIEDSREGISSEUR, frozenset({"GM0361"})), ALLES),
        (Kijker(Rol.BEHEER), ALLES),
    ],
)
def test_berichten_are_read_by_role_and_area_up_to_the_peildatum(agenda, kijker, gelezen):
    assert _read(agenda, kijker) == gelezen


def test_berichten_of_one_point_are_only_those_of_that_kind_and_id(agenda):
    assert _read(agenda, Kijker(Rol.BEHEER), soort=Berichtsoort.AGENDAPUNT, ids=["P1"]) == {
        "openbaar bij openbaar",
        "intern bij openbaar",
    }
    assert _read(agenda, Kijker(Rol.BEHEER), ids=[]) == set()


def _collect_tekst(objecten):
    return {str(getattr(o, veld.name)) for o in objecten for veld in fields(o)}


@pytest.mark.parametrize("rol", list(Rol))
def test_only_publiek_does_not_read_the_text_of_what_is_not_public(agenda, rol):
    punten = [p.punt for p in load_punten(agenda, Kijker(rol), PEILDATUM)]
    teksten = [
        *_collect_tekst(punten),
        *_collect_tekst(load_alle_punten(agenda, Kijker(rol))),
        *_collect_tekst(load_initiatieven(agenda, Kijker(rol))),
    ]
    assert any(GEHEIM in tekst for tekst in teksten) is (rol is not Rol.PUBLIEK)
    assert [p.id for p in punten] == ["P1", "P2"]


def test_publiek_sees_that_there_is_a_point_and_how_it_stands(agenda):
    punt = load_punten(agenda, Kijker(), PEILDATUM)[1].punt
    assert (punt.id, punt.titel) == ("P2", "Niet-openbaar punt")
    assert (punt.staat, punt.wacht_op, punt.themas) == ("wacht_op", "geld", (Thema.SCHOON,))
    assert punt.lon is punt.lat is None
    initiatief = load_initiatieven(agenda, Kijker())[0]
    assert (initiatief.titel, initiatief.aangevraagd) == ("Niet-openbaar initiatief", None)


def test_a_point_that_is_closed_in_its_last_version_is_closed_everywhere(agenda):
    save_agendapunten(agenda, [build_punt("P1", titel=GEHEIM, openbaar=False, **JUNI)], OP)
    titels = {p.titel for p in load_alle_punten(agenda, Kijker())}
    assert titels == {"Niet-openbaar punt"}
    assert _read(agenda, Kijker()) == set()


def test_a_point_that_will_be_public_in_a_later_version_is_not_so_yet(agenda):
    save_agendapunten(agenda, [build_punt("P2", gebied=ZUID, openbaar=True, **JUNI)], OP)
    assert _read(agenda, Kijker()) == {"openbaar bij openbaar"}
    boom = load_gebiedsboom(agenda, JUNI["versiedatum"])
    later = {b.tekst for b in load_berichten(agenda, Kijker(), boom, JUNI["versiedatum"])}
    assert "openbaar bij besloten" in later


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEER])
def test_nobody_but_beheer_imports_or_sets(engine, tmp_path, rol):
    with pytest.raises(RechtenError, match="inlezen mag niet"):
        import_bestand(engine, Gebruiker(Kijker(rol)), Invoer("gebieden", tmp_path / "geen.geojson"), OP)
    with pytest.raises(RechtenError, match="Instellingen veranderen mag niet"):
        save_instellingen(engine, Gebruiker(Kijker(rol)), NU, {"stilte_dagen": 30})
    with pytest.raises(RechtenError, match="Instellingen veranderen mag niet"):
        save_categoriegroepen(engine, Gebruiker(Kijker(rol)), {}, {"a": "b"})


def test_beheer_sets_the_threshold_of_silence_within_bounds(engine):
    save_instellingen(engine, OPDRACHTREGEL, NU, NU | {"stilte_dagen": 30})
    with engine.connect() as conn:
        assert load_instellingen(conn) == NU | {"stilte_dagen": 30}
    for waarde in (0, 3651):
        with pytest.raises(InvoerError, match="van 1 tot en met 3650"):
            save_instellingen(engine, OPDRACHTREGEL, NU, {"stilte_dagen": waarde})


def test_the_threshold_of_small_counts_does_not_go_below_five(engine):
    with pytest.raises(InvoerError, match="van 5 tot"):
        save_instellingen(engine, OPDRACHTREGEL, NU, {"onderdrukkingsdrempel": 4})


def test_a_category_that_is_its_own_group_needs_no_row(engine):
    save_categoriegroepen(engine, OPDRACHTREGEL, {}, {"lawaai": "overlast", "vuil": "vuil", "los": " "})
    with engine.connect() as conn:
        rijen = conn.execute(select(tabellen.categoriegroep)).all()
    assert rijen == [("lawaai", "overlast")]
