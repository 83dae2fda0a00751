"""Files out, read back by other software: every row, in its order, with its origin, and no formula anywhere."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from python_calamine import CalamineWorkbook

from gebieden.domein.celtekst import clean_tekst, restore_formule
from gebieden.domein.fouten import InvoerError, OpslagError
from gebieden.rapport.inhoud import to_cel
from gebieden.rapport.uitvoer import FORMATEN, MEDIATYPEN, Uitvoer, render_uitvoer, write_uitvoer
from gebieden.rapport.vlak import format_getal_plat
from gebieden.rapport.werkmap import MAX_TEKENS, cut_cel

PEILDATUM = date(2026, 5, 12)
PAYLOADS = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1",
    '  =HYPERLINK("http://voorbeeld.invalid")',
    "＝1+1",
    "<script>alert(1)</script>",
    '"; DROP TABLE agendapunt; --',
    "https://voorbeeld.invalid/x",
    "mailto:a@b.invalid",
    "🙂 met emoji",
    "nul\x00teken",
    "twee\nregels",
    ",".join(f"partner {n}" for n in range(40)),
    "€ 1.234.567,89",
    "0361",
    "1e5",
    "2026-05-12",
    "punt;komma",
    "_x0041_",
    "",
]


def build_uitvoer(frame: pd.DataFrame, *, verzonnen: bool = True, filters: str = "") -> Uitvoer:
    return Uitvoer("agendapunten", frame, "=bron <b>", PEILDATUM, "Wat telt; en wat niet.", verzonnen, filters)


def build_frame(teksten: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"nr": range(len(teksten)), "tekst": pd.Series(teksten, dtype=object)})


def read_csv(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_teksten_csv(inhoud: bytes) -> list[str]:
    return [restore_formule(rij["tekst"]) for rij in read_csv(inhoud)]


def read_teksten_xlsx(inhoud: bytes) -> list[str]:
    blad = openpyxl.load_workbook(io.BytesIO(inhoud))["agendapunten"]
    return [rij[1].value or "" for rij in blad.iter_rows(min_row=2)]


def read_teksten_geojson(inhoud: bytes) -> list[str]:
    return [kenmerk["properties"]["tekst"] for kenmerk in json.loads(inhoud)["features"]]


def read_gpkg(inhoud: bytes) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the rows and the description by ogr, which wants a file that is called .gpkg."""
    with TemporaryDirectory() as map_:
        pad = Path(map_) / "x.gpkg"
        pad.write_bytes(inhoud)
        return pyogrio.read_dataframe(pad), pyogrio.read_info(pad)


def read_teksten_gpkg(inhoud: bytes) -> list[str]:
    return read_gpkg(inhoud)[0]["tekst"].tolist()


LEZERS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": read_teksten_csv,
    "xlsx": read_teksten_xlsx,
    "geojson": read_teksten_geojson,
    "gpkg": read_teksten_gpkg,
}


@pytest.mark.parametrize("formaat", FORMATEN)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_text_comes_back_as_text(formaat: str, payload: str) -> None:
    inhoud = render_uitvoer(build_uitvoer(build_frame([payload])), formaat)
    assert LEZERS[formaat](inhoud) == [payload.replace("\x00", "")]


@settings(max_examples=25, deadline=None)
@pytest.mark.parametrize("formaat", FORMATEN)
@given(teksten=st.lists(st.text(max_size=20) | st.sampled_from(PAYLOADS), max_size=12))
def test_rows_in_are_rows_out_in_the_same_order_and_the_frame_is_untouched(formaat: str, teksten: list[str]) -> None:
    frame = build_frame(teksten)
    eerder = frame.copy(deep=True)
    inhoud = render_uitvoer(build_uitvoer(frame), formaat)
    assert LEZERS[formaat](inhoud) == [clean_tekst(tekst) for tekst in teksten]
    assert_frame_equal(frame, eerder)


def test_csv_defuses_formulas_also_in_names_and_origin_but_numbers_stay_numbers() -> None:
    frame = pd.DataFrame({"=kop": ["-1+1"], "getal": [-5], "deel": [-2.75], "bedrag": [Decimal("-1234567.89")]})
    inhoud = render_uitvoer(build_uitvoer(frame), "csv")
    assert inhoud.startswith(b"\xef\xbb\xbf")
    assert inhoud.decode("utf-8-sig") == (
        "'=kop;getal;deel;bedrag;peildatum;bron;definitie;verzonnen\r\n"
        "'-1+1;-5;-2,75;-1234567,89;2026-05-12;'=bron <b>;\"Wat telt; en wat niet.\";verzonnen\r\n"
    )


def test_csv_of_real_data_has_no_verzonnen_and_says_which_filters() -> None:
    (rij,) = read_csv(render_uitvoer(build_uitvoer(build_frame(["x"]), verzonnen=False, filters="thema veilig"), "csv"))
    assert rij == {
        "nr": "0",
        "tekst": "x",
        "peildatum": "2026-05-12",
        "bron": "'=bron <b>",
        "definitie": "Wat telt; en wat niet.",
        "filters": "thema veilig",
    }


def test_a_column_of_the_table_is_never_overwritten_by_its_origin() -> None:
    (rij,) = read_csv(render_uitvoer(build_uitvoer(pd.DataFrame({"bron": ["boa"], "verzonnen": ["nee"]})), "csv"))
    assert (rij["bron"], rij["bron_uitvoer"]) == ("boa", "'=bron <b>")
    assert (rij["verzonnen"], rij["verzonnen_uitvoer"]) == ("nee", "verzonnen")


@pytest.mark.parametrize(
    ("getal", "tekst"),
    [
        (0, "0"),
        (-3, "-3"),
        (1e-07, "0,0000001"),
        (4.75, "4,75"),
        (1e22, "10000000000000000000000"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_number_in_csv_has_a_comma_and_no_exponent(getal: float | Decimal, tekst: str) -> None:
    assert format_getal_plat(getal) == tekst


@pytest.mark.parametrize(
    ("waarde", "cel"),
    [
        (None, None),
        (pd.NA, None),
        (pd.NaT, None),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("NaN"), None),
        (("a", "b"), "a,b"),
        (pd.Timestamp("2026-05-12"), PEILDATUM),
        (datetime(2026, 5, 12, 13, 30, tzinfo=UTC), datetime(2026, 5, 12, 13, 30, tzinfo=UTC)),
        (True, True),
        (0, 0),
    ],
)
def test_unknown_is_empty_and_never_zero(waarde: object, cel: object) -> None:
    assert to_cel(waarde) == cel


def test_xlsx_holds_text_numbers_and_dates_and_nothing_that_runs() -> None:
    frame = build_frame(PAYLOADS)
    frame["datum"] = PEILDATUM
    frame["bedrag"] = Decimal("1234567.89")
    inhoud = render_uitvoer(build_uitvoer(frame), "xlsx")
    blad = openpyxl.load_workbook(io.BytesIO(inhoud))["agendapunten"]
    for rij in blad.iter_rows(min_row=2):
        assert [cel.data_type for cel in rij] == ["n", "s", "d", "n", "s"]
        assert all(cel.hyperlink is None for cel in rij)
        assert (rij[2].value.date(), rij[3].value, rij[4].value) == (PEILDATUM, 1234567.89, "verzonnen")
    assert (blad.freeze_panes, blad.auto_filter.ref) == ("A2", f"A1:E{len(PAYLOADS) + 1}")
    with ZipFile(io.BytesIO(inhoud)) as pakket:
        assert not any(b"<f>" in pakket.read(n) or b"hyperlink" in pakket.read(n) for n in pakket.namelist())


def test_xlsx_says_on_both_sheets_that_it_is_invented() -> None:
    inhoud = render_uitvoer(build_uitvoer(build_frame(["x"]), filters="thema veilig"), "xlsx")
    werkmap = CalamineWorkbook.from_filelike(io.BytesIO(inhoud))
    assert werkmap.sheet_names == ["agendapunten", "Toelichting"]
    assert werkmap.get_sheet_by_name("Toelichting").to_python() == [
        ["Let op", "Verzonnen gegevens (demo)"],
        ["Tabel", "agendapunten"],
        ["Aantal rijen", "1"],
        ["Bron", "=bron <b>"],
        ["Peildatum", "12 mei 2026 (2026-05-12)"],
        ["Definitie", "Wat telt; en wat niet."],
        ["Filters", "thema veilig"],
    ]
    blad = openpyxl.load_workbook(io.BytesIO(inhoud))["agendapunten"]
    assert blad.oddHeader.center.text == "Verzonnen gegevens (demo)"
    assert blad.oddFooter.center.text == "Verzonnen gegevens (demo)"


def test_xlsx_of_real_data_does_not_say_invented_anywhere() -> None:
    inhoud = render_uitvoer(build_uitvoer(build_frame(["x"]), verzonnen=False), "xlsx")
    with ZipFile(io.BytesIO(inhoud)) as pakket:
        assert not any(b"erzonnen" in pakket.read(naam) for naam in pakket.namelist())


@pytest.mark.parametrize("naam", ["a/b:c*?[x]\\", "'", "History", "Toelichting", "x" * 40, ""])
def test_any_name_becomes_a_sheet_that_opens(naam: str) -> None:
    uitvoer = Uitvoer(naam, build_frame(["x"]), "bron", PEILDATUM, "definitie", False)
    assert len(openpyxl.load_workbook(io.BytesIO(render_uitvoer(uitvoer, "xlsx"))).sheetnames) == 2


@pytest.mark.parametrize("tekst", ["x" * 40_000, "🙂" * 20_000])
def test_text_too_long_for_a_cell_is_cut_with_a_note(tekst: str) -> None:
    geknipt = cut_cel(tekst)
    assert len(geknipt.encode("utf-16-le")) // 2 <= MAX_TEKENS
    assert geknipt.endswith(f"[ingekort: de hele tekst heeft {len(tekst) // 1000}.000 tekens]")
    inhoud = render_uitvoer(build_uitvoer(build_frame([tekst])), "xlsx")
    assert read_teksten_xlsx(inhoud) == [geknipt]


def test_text_that_just_fits_a_cell_is_whole() -> None:
    assert cut_cel("x" * MAX_TEKENS) == "x" * MAX_TEKENS


def test_a_table_too_long_for_a_sheet_is_refused_with_the_way_out() -> None:
    with pytest.raises(InvoerError, match=r"1\.048\.576 rijen.*1\.048\.575.*Kies \.csv of \.gpkg"):
        render_uitvoer(build_uitvoer(pd.DataFrame({"a": range(1_048_576)})), "xlsx")


def build_geoframe() -> gpd.GeoDataFrame:
    # A ring against RFC 7946 (clockwise), a multipolygon, a point at the RD origin, and nothing.
    vierkant = shapely.Polygon([(112000, 516000), (112000, 516100), (112100, 516100), (112100, 516000)])
    vormen = [vierkant, shapely.MultiPolygon([vierkant, shapely.box(113000, 516000, 113100, 516100)]), None]
    return gpd.GeoDataFrame({"code": ["A", "B", "C"]}, geometry=vormen, crs="EPSG:28992")


def test_geojson_is_wgs84_with_seven_decimals_counterclockwise_and_null_where_there_is_nothing() -> None:
    frame = build_geoframe()
    inhoud = json.loads(render_uitvoer(build_uitvoer(frame), "geojson"))
    assert "crs" not in inhoud
    assert [k["geometry"] and k["geometry"]["type"] for k in inhoud["features"]] == ["Polygon", "MultiPolygon", None]
    ring = inhoud["features"][0]["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
    assert all(round(getal, 7) == getal for punt in ring for getal in punt)
    # Checked against the conversion by GDAL itself, to a centimetre.
    terug = gpd.read_file(io.BytesIO(json.dumps(inhoud).encode())).to_crs(28992)
    assert terug.geometry[0].symmetric_difference(frame.geometry[0]).area < 2
    assert all(4.7 < lon < 4.8 and 52.6 < lat < 52.7 for lon, lat in ring)


def test_geojson_has_its_origin_on_the_collection_and_on_every_feature() -> None:
    inhoud = json.loads(render_uitvoer(build_uitvoer(build_geoframe(), filters="niveau wijk"), "geojson"))
    herkomst = {"peildatum": "2026-05-12", "bron": "=bron <b>", "definitie": "Wat telt; en wat niet."}
    assert inhoud.items() >= {**herkomst, "filters": "niveau wijk", "let_op": "Verzonnen gegevens (demo)"}.items()
    for kenmerk in inhoud["features"]:
        assert kenmerk["properties"].items() >= {**herkomst, "verzonnen": "verzonnen"}.items()


def test_geopackage_opens_in_ogr_in_rd_with_its_origin() -> None:
    inhoud = render_uitvoer(build_uitvoer(build_geoframe(), filters="niveau wijk"), "gpkg")
    frame, beschrijving = read_gpkg(inhoud)
    assert (beschrijving["layer_name"], beschrijving["crs"]) == ("agendapunten", "EPSG:28992")
    assert (beschrijving["geometry_type"], beschrijving["features"]) == ("MultiPolygon", 3)
    assert beschrijving["layer_metadata"]["let_op"] == "Verzonnen gegevens (demo)"
    assert beschrijving["dataset_metadata"]["bron"] == "=bron <b>"
    assert frame["verzonnen"].tolist() == ["verzonnen"] * 3
    assert [v is None for v in frame.geometry] == [False, False, True]
    assert frame.geometry.area.tolist()[:2] == [10_000, 20_000]


def test_geopackage_keeps_types_also_with_gaps(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "aantal": pd.Series([3, None], dtype=object),
            "bedrag": pd.Series([Decimal("1234567.89"), None], dtype=object),
            "datum": pd.Series([PEILDATUM, None], dtype=object),
            "vlag": pd.Series([True, None], dtype=object),
            "leeg": pd.Series([None, None], dtype=object),
        }
    )
    pad = tmp_path / "x.gpkg"
    write_uitvoer(build_uitvoer(frame), pad)
    with sqlite3.connect(pad) as verbinding:
        rijen = verbinding.execute('SELECT aantal, bedrag, datum, vlag, leeg FROM "agendapunten"').fetchall()
        soorten = {r[1]: r[2] for r in verbinding.execute('PRAGMA table_info("agendapunten")')}
    verbinding.close()
    assert rijen == [(3, 1234567.89, "2026-05-12", 1, None), (None, None, None, None, None)]
    assert soorten.items() >= {"bedrag": "REAL", "datum": "DATE", "vlag": "BOOLEAN"}.items()


@pytest.mark.parametrize("formaat", FORMATEN)
def test_an_empty_table_still_has_its_columns(formaat: str, tmp_path: Path) -> None:
    pad = tmp_path / f"leeg.{formaat}"
    write_uitvoer(build_uitvoer(build_geoframe().iloc[:0]), pad)
    if formaat == "csv":
        assert pad.read_text("utf-8-sig") == "code;peildatum;bron;definitie;verzonnen\n"
    elif formaat == "xlsx":
        assert [c.value for c in next(openpyxl.load_workbook(pad)["agendapunten"].iter_rows())] == ["code", "verzonnen"]
    else:
        assert len(pyogrio.read_dataframe(pad)) == 0


@pytest.mark.parametrize("naam", ["x.pdf", "x", "x.csv.txt"])
def test_other_extensions_are_refused_and_the_four_are_named(naam: str, tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match=r"\.csv, \.xlsx, \.geojson of \.gpkg"):
        write_uitvoer(build_uitvoer(build_frame(["x"])), tmp_path / naam)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("formaat", FORMATEN)
def test_extension_chooses_the_format_in_any_case(formaat: str, tmp_path: Path) -> None:
    write_uitvoer(build_uitvoer(build_frame(["x"])), tmp_path / f"x.{formaat.upper()}")
    assert LEZERS[formaat]((tmp_path / f"x.{formaat.upper()}").read_bytes()) == ["x"]
    assert [pad.name for pad in tmp_path.iterdir()] == [f"x.{formaat.upper()}"]
    assert formaat in MEDIATYPEN


def test_a_missing_folder_is_reported_in_dutch(tmp_path: Path) -> None:
    with pytest.raises(OpslagError, match=r"kan niet worden geschreven: .*Controleer of de map bestaat"):
        write_uitvoer(build_uitvoer(build_frame(["x"])), tmp_path / "bestaat_niet" / "x.csv")


def test_a_folder_in_the_place_of_the_file_is_reported_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(OpslagError, match="kan niet worden geschreven"):
        write_uitvoer(build_uitvoer(build_frame(["x"])), tmp_path / "x.csv")
    assert [pad.name for pad in tmp_path.iterdir()] == ["x.csv"]


def test_a_refused_table_leaves_the_earlier_file_as_it_was(tmp_path: Path) -> None:
    pad = tmp_path / "x.xlsx"
    pad.write_bytes(b"eerder")
    with pytest.raises(InvoerError):
        write_uitvoer(build_uitvoer(pd.DataFrame({"a": range(1_048_576)})), pad)
    assert pad.read_bytes() == b"eerder"
