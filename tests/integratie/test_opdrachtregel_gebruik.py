"""Wrong usage, unknown values and addresses: 64 or 2, in Dutch, and never a traceback. Run in this process."""

import pytest
from bouwstenen import write_grenzen

from gebieden.__main__ import main


@pytest.fixture(autouse=True)
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("GEBIEDEN_DATABASE", f"sqlite:///{tmp_path / 'toets.sqlite'}")
    monkeypatch.delenv("GEBIEDEN_MODUS", raising=False)


@pytest.mark.parametrize(
    ("argumenten", "woorden"),
    [
        ([], "dit ontbreekt: OPDRACHT"),
        (["verwijder"], "opdracht 'verwijder' bestaat niet; verwacht: 'demo'"),
        (["importeer"], "dit ontbreekt: SOORT, BESTAND"),
        (["importeer", "agendapunten"], "dit ontbreekt: BESTAND"),
        (["importeer", "wijken", "x.csv"], "SOORT: 'wijken' is niet bekend; verwacht: gebieden"),
        (["importeer", "gebieden", "x.csv", "--kolommen", "naam"], "geen lijst doel=bron"),
        (["importeer", "gebieden", "x.csv", "--onzin"], "onbekend: --onzin"),
        (["importeer", "gebieden", "x.csv", "--laag"], "hier hoort één waarde achter"),
        (["ophalen", "--jaar", "2025"], "dit ontbreekt: --gemeente"),
        (["ophalen", "--gemeente", "GM0361", "--jaar", "nu"], "'nu' is geen jaar"),
        (["voortgang", "--peildatum", "20-05-2026"], "geen datum; verwacht JJJJ-MM-DD"),
        (["voortgang", "--peildatum", "2026-02-30"], "geen datum"),
        (["voortgang", "--thema", "groen"], "'groen' is niet bekend; verwacht: schoon, heel, veilig"),
        (["voortgang", "--rol", "wethouder"], "'wethouder' is niet bekend; verwacht: publiek"),
        (["exporteer", "gebieden"], "dit ontbreekt: BESTAND"),
        (["exporteer", "alles", "x.csv"], "'alles' is niet bekend"),
    ],
)
def test_wrong_usage_is_sixty_four_and_said_in_dutch(argumenten, woorden, capsys):
    with pytest.raises(SystemExit) as einde:
        main(argumenten)
    assert einde.value.code == 64
    uit, fout = capsys.readouterr()
    assert uit == ""
    assert woorden in fout


@pytest.mark.parametrize(
    ("argumenten", "woorden"),
    [
        (["voortgang", "--niveau", "stadsdeel"], "Niveau stadsdeel komt niet voor. Aanwezig: gemeente, wijk, buurt."),
        (["voortgang", "--gebied", "WK999999"], "Gebied WK999999 bestaat niet"),
        (["exporteer", "gebieden", "x.pdf"], "Verwacht: .csv, .xlsx, .geojson of .gpkg"),
        (["exporteer", "gebieden", "/bestaat/niet/x.csv"], "kan niet worden geschreven"),
        (["importeer", "gebieden", "x.csv", "--rapport", "/bestaat/niet/r.csv"], "de map /bestaat/niet bestaat niet"),
        (["importeer", "agendapunten", "/dev/null"], "is leeg"),
        (["ophalen", "--gemeente", "Alkmaar", "--jaar", "2025"], "een gemeente"),
        (["ophalen", "--gemeente", "GM0361", "--jaar", "1900"], "Jaar 1900 kan niet"),
        (["ophalen", "--gemeente", "GM0361", "--jaar", "2025", "--bron", "ftp://x"], "is geen webadres"),
    ],
)
def test_what_cannot_be_done_is_two_and_said_in_dutch(argumenten, woorden, tmp_path, capsys):
    main(["importeer", "gebieden", str(write_grenzen(tmp_path / "g.geojson"))])
    capsys.readouterr()
    assert main(argumenten) == 2
    uit, fout = capsys.readouterr()
    assert uit == ""
    assert woorden in fout


@pytest.mark.parametrize("database_url", ["onzin", "sqlite://", "sqlite:////dev", "sqlite:////dev/null/x/y.sqlite"])
@pytest.mark.parametrize("opdracht", [["demo"], ["voortgang"], ["exporteer", "gebieden", "x.csv"]])
def test_a_wrong_database_is_two(monkeypatch, capsys, database_url, opdracht):
    monkeypatch.setenv("GEBIEDEN_DATABASE", database_url)
    assert main(opdracht) == 2
    uit, fout = capsys.readouterr()
    assert uit == ""
    assert "GEBIEDEN_DATABASE" in fout


def test_an_unknown_modus_is_two(monkeypatch, capsys):
    monkeypatch.setenv("GEBIEDEN_MODUS", "test")
    assert main(["voortgang"]) == 2
    assert "Verwacht: demo of productie" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["WK036101", "wk036101"])
def test_a_code_may_be_typed_in_any_case(tmp_path, capsys, code):
    main(["importeer", "gebieden", str(write_grenzen(tmp_path / "g.geojson"))])
    assert main(["voortgang", "--gebied", code]) == 0
    assert "Noord (wijk WK036101)" in capsys.readouterr().out


def test_a_level_of_cbs_that_has_no_areas_yet_is_empty_and_no_mistake(tmp_path, capsys):
    main(["importeer", "gebieden", str(write_grenzen(tmp_path / "g.geojson", "BU03610101"))])
    capsys.readouterr()
    assert main(["voortgang", "--niveau", "wijk", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(tmp_path, capsys):
    grenzen = str(write_grenzen(tmp_path / "g.geojson"))
    assert main(["importeer", "gebieden", grenzen, "--rapport", str(tmp_path)]) == 2
    assert "is een map" in capsys.readouterr().err
    assert main(["importeer", "gebieden", grenzen]) == 0
    assert capsys.readouterr().out.endswith("ingelezen 6, bijgewerkt 0, ongewijzigd 0, afgekeurd 0\n")
