"""Every command of the command line, and what it prints, writes and returns."""

import json
import os
import subprocess
import sys
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from bouwstenen import DORP, GEMEENTE, NOORD, ZUID, ZUID_B, write_agenda, write_csv, write_grenzen
from opdrachtregel import build_opdracht, build_proces

from gebieden.domein.rechten import Rol
from gebieden.instellingen import PROJECT
from gebieden.opslag.invoer import SOORTEN

SLEUTELS = {
    "code": str,
    "naam": str,
    "niveau": str,
    "versie": (int, type(None)),
    "punten": int,
    "afgerond": int,
    "geborgd": int,
    "loopt": int,
    "niet_begonnen": int,
    "wacht": dict,
    "overgedragen": int,
    "vervallen": int,
    "onbekend": int,
    "te_laat": int,
    "geen_datum": int,
    "voorstellen": int,
    "nieuw_sinds_versie": int,
    "snelle_acties": dict,
    "grote_punten": dict,
    "dekking": dict,
    "laatste_bericht": (str, type(None)),
    "zin": str,
}
PEILDATUM = "2026-05-20"


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory, databases):
    """Return the command line on a database with the small gemeente; tests only read from it."""
    map_ = tmp_path_factory.mktemp("gevuld")
    run = build_opdracht(databases.create())
    assert run("importeer", "gebieden", write_grenzen(map_ / "g.geojson")).telling == (6, 0, 0, 0)
    indeling = write_csv(
        map_ / "i.csv",
        ["code", "naam", "soort", "bestaat_uit"],
        [{"code": DORP, "naam": "Zuiddorp", "soort": "dorp", "bestaat_uit": ZUID_B}],
    )
    assert run("importeer", "indeling", indeling).telling == (1, 0, 0, 0)
    agenda = write_agenda(
        map_ / "a.csv",
        {"id": "P1", "staat": "wacht_op", "wacht_op": "geld", "themas": "schoon,veilig"},
        {"id": "P2", "staat": "gerealiseerd", "soort": "snelle_actie", "openbaar": "nee"},
        {"id": "P3", "versie": "", "versiedatum": "", "themas": "heel"},
        {"id": "P4", "staat": "voorgesteld", "versie": "", "versiedatum": ""},
        {
            "id": "D1",
            "gebied": DORP,
            "versie": 4,
            "staat": "in_uitvoering",
            "bijgewerkt_op": "2026-01-01",
            "afgesproken_gereed": "2026-05-19",
        },
    )
    assert run("importeer", "agendapunten", agenda).telling == (5, 0, 0, 0)
    initiatief = {
        "id": "I1",
        "gebied": ZUID,
        "titel": "Moestuin",
        "themas": "schoon",
        "staat": "ingediend",
        "aangevraagd": "1.234,56",
        "openbaar": "ja",
    }
    initiatieven = write_csv(map_ / "n.csv", initiatief, [initiatief])
    assert run("importeer", "initiatieven", initiatieven).telling == (1, 0, 0, 0)
    berichten = write_csv(
        map_ / "b.csv",
        ["soort", "id", "datum", "tekst", "openbaar"],
        [
            {"soort": "agendapunt", "id": "P1", "datum": "12-05-2026", "tekst": "Er is overlegd.", "openbaar": "nee"},
            {"soort": "initiatief", "id": "I1", "datum": "2026-05-13", "tekst": "Ontvangen.", "openbaar": "ja"},
        ],
    )
    assert run("importeer", "berichten", berichten).telling == (2, 0, 0, 0)
    signaal = {"id": "S1", "datum": "2026-05-01", "categorie": "lawaai", "bron": "bewoner", "gebied": ZUID_B}
    signalen = write_csv(map_ / "s.csv", signaal, [signaal])
    assert run("importeer", "signalen", signalen).telling == (1, 0, 0, 0)
    return run


@pytest.fixture
def run(databases):
    """Return the command line on a database without anything in it."""
    url = databases.create()
    yield build_opdracht(url)
    databases.drop(url)


def _read_voortgang(run, *keuzes):
    uitkomst = run("voortgang", "--json", "--peildatum", PEILDATUM, *keuzes)
    assert (uitkomst.status, uitkomst.fout) == (0, "")
    return json.loads(uitkomst.uit)


def test_voortgang_prints_every_key_with_its_type_for_every_area(gevuld):
    rijen = _read_voortgang(gevuld)
    assert [(r["niveau"], r["code"]) for r in rijen][:3] == [("gemeente", GEMEENTE), ("wijk", NOORD), ("wijk", ZUID)]
    assert len(rijen) == 8
    for rij in rijen:
        assert list(rij) == list(SLEUTELS)
        assert all(isinstance(rij[sleutel], soort) for sleutel, soort in SLEUTELS.items())
        assert set(rij["snelle_acties"]) == set(rij["grote_punten"]) == {"punten", "afgerond"}
        delen = ("afgerond", "loopt", "niet_begonnen", "overgedragen", "vervallen", "onbekend")
        assert sum(rij[deel] for deel in delen) + sum(rij["wacht"].values()) == rij["punten"]


def test_voortgang_counts_what_was_put_in(gevuld):
    rijen = {rij["code"]: rij for rij in _read_voortgang(gevuld)}
    noord, dorp, gemeente = rijen[NOORD], rijen[DORP], rijen[GEMEENTE]
    assert (noord["versie"], noord["punten"], noord["afgerond"], noord["wacht"]) == (1, 2, 1, {"geld": 1})
    assert (noord["nieuw_sinds_versie"], noord["voorstellen"], noord["geen_datum"]) == (1, 1, 1)
    assert (noord["snelle_acties"], noord["laatste_bericht"]) == ({"punten": 1, "afgerond": 1}, "2026-05-12")
    assert (dorp["versie"], dorp["onbekend"], dorp["loopt"], dorp["te_laat"]) == (4, 1, 0, 1)
    assert rijen[ZUID_B] | {"code": 0, "naam": 0, "niveau": 0} == dorp | {"code": 0, "naam": 0, "niveau": 0}
    assert (gemeente["versie"], gemeente["punten"], gemeente["wacht"]) == (None, 3, {"geld": 1})
    assert gemeente["zin"].startswith("2 agenda's samen, 3 punten: 1 afgerond, 1 wacht (1× geld), 1 stand onbekend")


def test_voortgang_is_narrowed_by_area_level_and_theme(gevuld):
    assert [r["code"] for r in _read_voortgang(gevuld, "--gebied", NOORD)] == [NOORD]
    assert [r["code"] for r in _read_voortgang(gevuld, "--niveau", "dorp")] == [DORP]
    veilig = {r["code"]: r["punten"] for r in _read_voortgang(gevuld, "--thema", "veilig")}
    assert (veilig[GEMEENTE], veilig[NOORD], veilig[ZUID]) == (1, 1, 0)


def test_voortgang_is_the_same_for_every_role(gevuld):
    voor_beheer = _read_voortgang(gevuld)
    for rol in (Rol.PUBLIEK, Rol.GEBIEDSTEAM):
        assert _read_voortgang(gevuld, "--rol", rol) == voor_beheer


def test_voortgang_in_words_is_one_sentence_per_area(gevuld):
    uitkomst = gevuld("voortgang", "--niveau", "dorp", "--peildatum", PEILDATUM)
    assert (uitkomst.status, uitkomst.fout) == (0, "")
    assert uitkomst.uit.startswith("Zuiddorp (dorp DP01): Agenda 1 maart (versie 4), 1 punt: 1 stand onbekend")


def test_without_a_peildatum_it_is_today(gevuld):
    rij = json.loads(gevuld("voortgang", "--json", "--gebied", NOORD).uit)[0]
    assert (rij["onbekend"] == 1) is ((date.today() - date(2026, 5, 12)).days > 90)


@pytest.mark.parametrize("soort", ["gebieden", "agendapunten", "berichten", "initiatieven", "signalen", "voortgang"])
def test_every_command_works_on_a_database_that_is_not_there(run, tmp_path, soort):
    uitkomst = run("exporteer", soort, tmp_path / f"{soort}.csv")
    assert (uitkomst.status, uitkomst.fout) == (0, "")
    kop = (tmp_path / f"{soort}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert "peildatum" in kop


def test_voortgang_of_nothing_is_an_empty_list(run):
    assert (run("voortgang", "--json", "--niveau", "wijk").status, run("voortgang", "--json").uit) == (0, "[]\n")
    assert "nog geen gebieden" in run("voortgang").uit


def test_the_demo_is_built_and_built_again(run):
    for _ in range(2):
        uitkomst = run("demo")
        assert (uitkomst.status, uitkomst.fout) == (0, "")
        assert "16 november 2026" in uitkomst.uit
    gemeente = json.loads(run("voortgang", "--json", "--niveau", "gemeente").uit)[0]
    # By hand, in tests/unit/test_demo_voortgang.py; the peildatum is the demo's own.
    assert (gemeente["punten"], gemeente["afgerond"], gemeente["geborgd"], gemeente["onbekend"]) == (80, 31, 14, 13)
    assert "geschiedenis" not in gemeente["zin"]
    assert run("demo", GEBIEDEN_MODUS="productie").status == 2
    assert run("voortgang", GEBIEDEN_MODUS="productie").status == 2


def test_the_demo_refuses_a_database_with_something_else(run, tmp_path):
    run("importeer", "gebieden", write_grenzen(tmp_path / "g.geojson"))
    uitkomst = run("demo")
    assert (uitkomst.status, uitkomst.uit) == (2, "")
    assert "andere gegevens dan de demo" in uitkomst.fout
    assert run("importeer", "gebieden", tmp_path / "g.geojson").telling == (0, 0, 6, 0)


def _build_wrong(map_):
    return write_agenda(
        map_ / "a.csv",
        {"id": "P1"},
        {"id": "P1"},
        {"id": "P2", "gebied": "WK036199"},
        {"id": "P3", "staat": "wacht_op"},
        {"id": "P4", "staat": "vervallen"},
        {"id": "P5", "titel": ""},
        {"id": "P6", "staat": "overgedragen", "reden": "naar de provincie"},
    )


def test_some_rows_refused_is_one_and_the_report_says_where_what_and_how(run, tmp_path):
    run("importeer", "gebieden", write_grenzen(tmp_path / "g.geojson"))
    uitkomst = run("importeer", "agendapunten", _build_wrong(tmp_path), "--rapport", tmp_path / "r.csv")
    assert (uitkomst.status, uitkomst.telling) == (1, (2, 0, 1, 4))
    rapport = pd.read_csv(tmp_path / "r.csv", sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    afgekeurd = rapport[rapport["ernst"] == "afgekeurd"]
    assert list(zip(afgekeurd["regel"], afgekeurd["kolom"], afgekeurd["waarde"], strict=True)) == [
        ("4", "gebied", "WK036199"),
        ("5", "wacht_op", ""),
        ("6", "reden", ""),
        ("7", "titel", ""),
    ]
    assert (afgekeurd[["regelnaam", "melding", "herstel"]] != "").all(axis=None)
    assert "Agendapunt P2 Titel van P2 (rij 4 van a.csv)" in afgekeurd["melding"].iloc[0]
    opnieuw = run("importeer", "agendapunten", tmp_path / "a.csv", "--rapport", tmp_path / "r.json")
    assert (opnieuw.status, opnieuw.telling) == (1, (0, 0, 3, 4))
    in_json = [b for b in json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) if b["ernst"] == "afgekeurd"]
    assert [b["regel"] for b in in_json] == [4, 5, 6, 7]
    run("importeer", "agendapunten", tmp_path / "a.csv", "--rapport", tmp_path / "r.xlsx")
    assert len(pd.read_excel(tmp_path / "r.xlsx", engine="openpyxl")) == len(rapport)


def test_a_dry_run_tells_the_same_and_stores_nothing(run, tmp_path):
    run("importeer", "gebieden", write_grenzen(tmp_path / "g.geojson"))
    for _ in range(2):
        uitkomst = run("importeer", "agendapunten", _build_wrong(tmp_path), "--droog")
        assert (uitkomst.status, uitkomst.telling) == (1, (2, 0, 1, 4))


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_file_that_cannot_be_used_is_two_and_says_why(gevuld, tmp_path, soort):
    (tmp_path / "leeg.csv").touch()
    for bestand, woord in ((tmp_path / "er_niet.csv", "bestaat niet"), (tmp_path / "leeg.csv", "is leeg")):
        uitkomst = gevuld("importeer", soort, bestand)
        assert (uitkomst.status, uitkomst.uit) == (2, "")
        assert woord in uitkomst.fout


def test_a_report_of_a_file_that_cannot_be_used_has_the_reason(gevuld, tmp_path):
    uitkomst = gevuld("importeer", "agendapunten", tmp_path, "--rapport", tmp_path / "r.json")
    assert uitkomst.status == 2
    assert "is een map" in json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))[0]["melding"]


@pytest.mark.parametrize("soort", ["gebieden", "agendapunten", "berichten", "initiatieven"])
def test_what_is_exported_is_imported_again_without_a_change(gevuld, tmp_path, soort):
    bestanden = [tmp_path / f"{soort}.{e}" for e in (("gpkg",) if soort == "gebieden" else ("csv", "xlsx"))]
    for bestand in bestanden:
        assert gevuld("exporteer", soort, bestand).status == 0
        uitkomst = gevuld("importeer", soort, bestand, "--droog")
        nieuw, anders, gelijk, afgekeurd = uitkomst.telling
        # The gemeente has no row of its own here: its outline is made of its buurten, and new.
        assert (nieuw, anders, afgekeurd) == (1 if soort == "gebieden" else 0, 0, 0)
        assert gelijk > 0


def test_an_export_shows_publiek_no_text_that_is_not_public(gevuld, tmp_path):
    for rol, titel in ((Rol.PUBLIEK, "Niet-openbaar punt"), (Rol.RAAD, "Titel van P2")):
        gevuld("exporteer", "agendapunten", tmp_path / "a.csv", "--rol", rol)
        punten = pd.read_csv(tmp_path / "a.csv", sep=";", encoding="utf-8-sig").set_index("id")
        assert punten.loc["P2", "titel"] == titel


def test_an_export_holds_the_berichten_of_ones_own_area(gevuld, tmp_path):
    def export(*keuzes):
        gevuld("exporteer", "berichten", tmp_path / "b.csv", *keuzes)
        return set(pd.read_csv(tmp_path / "b.csv", sep=";", encoding="utf-8-sig")["id"])

    assert export("--rol", "gebiedsteam", "--eigen", NOORD) == {"P1", "I1"}
    assert export("--rol", "gebiedsteam", "--eigen", ZUID) == {"I1"}
    uitkomst = gevuld("exporteer", "berichten", tmp_path / "b.csv", "--rol", "gebiedsteam", "--eigen", "WK036199")
    assert (uitkomst.status, uitkomst.uit) == (2, "")


def test_a_geopackage_of_voortgang_has_shapes_in_rd_and_geojson_in_degrees(gevuld, tmp_path):
    gevuld("exporteer", "voortgang", tmp_path / "v.gpkg")
    rd = gpd.read_file(tmp_path / "v.gpkg").set_index("code")
    assert rd.crs.to_epsg() == 28992
    assert rd.loc[GEMEENTE, "geometry"].area == pytest.approx(4e6)
    gevuld("exporteer", "voortgang", tmp_path / "v.geojson")
    graden = gpd.read_file(tmp_path / "v.geojson").set_index("code")
    assert 4 < graden.loc[NOORD, "geometry"].centroid.x < 5


# Six processes: that a command does the same on either database, is for the tests that run it in this one.
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True, scope="session")
def test_every_command_in_a_process_of_its_own(tmp_path, databases):
    run = build_proces(databases.create())
    assert run("demo").status == 0
    voortgang = run("voortgang", "--json", "--niveau", "gemeente")
    assert (voortgang.status, voortgang.fout, json.loads(voortgang.uit)[0]["punten"]) == (0, "", 80)
    assert run("exporteer", "voortgang", tmp_path / "v.csv").status == 0
    agenda = _build_wrong(tmp_path)
    wrong = run("importeer", "agendapunten", agenda)
    assert (wrong.status, wrong.fout, wrong.telling) == (1, "", (2, 0, 1, 4))
    unusable = run("importeer", "agendapunten", tmp_path / "er_niet.csv")
    assert (unusable.status, unusable.uit, len(unusable.fout.splitlines())) == (2, "", 1)
    usage = run("importeer", "onzin")
    assert (usage.status, usage.uit) == (64, "")
    assert "Traceback" not in usage.fout


def test_a_reader_that_has_seen_enough_and_a_terminal_without_accents_are_no_error(tmp_path):
    run = build_proces(tmp_path / "toets.sqlite")
    run("importeer", "gebieden", write_grenzen(tmp_path / "g.geojson"))
    opdracht = f"{sys.executable} -m gebieden voortgang --json | head -c 1"
    omgeving = os.environ | {"GEBIEDEN_DATABASE": f"sqlite:///{tmp_path / 'toets.sqlite'}"}
    klaar = subprocess.run(
        ["bash", "-c", opdracht], cwd=PROJECT, env=omgeving, capture_output=True, text=True, check=False
    )
    assert (klaar.stdout, klaar.stderr) == ("[", "")
    zonder_accenten = run("importeer", "berichten", "één.csv", PYTHONIOENCODING="ascii")
    assert (zonder_accenten.status, "??n.csv" in zonder_accenten.fout) == (2, True)
