"""Boundary files: every dialect and format that must read, and one broken file per refusal."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.fouten import CrsError, Ernst, InvoerError
from gebieden.inlezen.codelijst import Codelijst, Codelijstregel
from gebieden.inlezen.crs import normalize_crs
from gebieden.inlezen.grenzen import KOLOMMEN, read_gebieden
from gebieden.inlezen.herstel import judge_vorm
from gebieden.inlezen.resultaat import Inleesresultaat

RD = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
X, Y = 111_000.0, 516_000.0

CODELIJST = Codelijst(
    {
        code: Codelijstregel(code, naam, gebied_id=nummer, gebiednummer=f"03610000000000{nummer:>02}")
        for code, naam, nummer in [
            ("WK036101", "Zuid", "1"),
            ("WK036102", "Oudorp", "2"),
            ("BU03610100", "Kooimeer", "10"),
            ("BU03610101", "Dillenburg", "11"),
        ]
    }
)


def _vlak(links: float = 0, onder: float = 0, breed: float = 1000, hoog: float = 1000) -> dict[str, Any]:
    return shapely.geometry.mapping(shapely.box(X + links, Y + onder, X + links + breed, Y + onder + hoog))


def _feature(geometrie: dict[str, Any] | None, **kenmerken: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": kenmerken, "geometry": geometrie}


def _buurt(nummer: int, geometrie: dict[str, Any] | None = None, **kenmerken: object) -> dict[str, Any]:
    vorm = geometrie if geometrie is not None else _vlak(links=nummer * 1000)
    standaard = {"buurtcode": f"BU036101{nummer:02}", "buurtnaam": f"Buurt {nummer}"}
    return _feature(vorm, **{**standaard, **kenmerken})


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def _write(*features: dict[str, Any], crs: dict[str, Any] | None = RD, naam: str = "buurten.geojson") -> Path:
        inhoud: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
        if crs is not None:
            inhoud["crs"] = crs
        pad = tmp_path / naam
        pad.write_text(json.dumps(inhoud), encoding="utf-8")
        return pad

    return _write


def _read(pad: Path, **opties: Any) -> Inleesresultaat:
    resultaat = read_gebieden(pad, codelijst=opties.pop("codelijst", Codelijst()), **opties)
    assert resultaat.aantal_aangenomen + resultaat.dubbel + resultaat.aantal_afgekeurd == resultaat.aantal_rijen
    return resultaat


def _codes(resultaat: Inleesresultaat) -> list[str]:
    assert resultaat.gebieden is not None
    return resultaat.gebieden["code"].tolist()


def _regels(resultaat: Inleesresultaat) -> list[tuple[str, int | None]]:
    return [(b.regelnaam, b.regel) for b in resultaat.bevindingen]


@pytest.mark.parametrize(
    "kenmerken",
    [
        {"buurtcode": "BU03610101", "buurtnaam": "Dillenburg", "wijkcode": "WK036101", "aantalInwoners": 1350},
        {"BUURTCODE": "bu03610101 ", "BuurtNaam": "Dillenburg", "aantal_inwoners": 1350.0},
        {"BU_CODE": "BU03610101", "BU_NAAM": "Dillenburg", "WK_CODE": "WK036101", "AANT_INW": 1350, "WATER": "NEE"},
        {"statcode": "BU03610101", "statnaam": "Dillenburg", "rubriek": "buurt", "inwoners": "1350"},
        {"gebied_id": 11, "gebiednummer": "0361000000000011", "gebiedtype": 2, "naam": "Dillenburg", "inwoners": 1350},
        {"code": "BU03610101", "naam": "Dillenburg", "niveau": "buurt", "inwoners": 1350},
        {"buurtcode": "03610101", "buurtnaam": "Dillenburg", "aantalInwoners": 1350},
    ],
)
def test_elk_dialect_geeft_hetzelfde_gebied(write: Callable[..., Path], kenmerken: dict[str, object]) -> None:
    resultaat = _read(write(_feature(_vlak(), **kenmerken)), codelijst=CODELIJST)
    assert resultaat.gebieden is not None
    rij = resultaat.gebieden.iloc[0]
    assert [rij[k] for k in KOLOMMEN] == [
        "BU03610101", "Dillenburg", "buurt", "WK036101", "GM0361", 1350, None, None, False, 1,
    ]  # fmt: skip
    assert resultaat.gebieden.crs.to_epsg() == 28992
    assert rij.geometry.area == pytest.approx(1_000_000)


def test_letters_in_codes_van_amsterdam_blijven_staan(write: Callable[..., Path]) -> None:
    resultaat = _read(write(_feature(_vlak(), buurtcode="BU0363AA01", buurtnaam="Kop Zeedijk")))
    assert resultaat.gebieden is not None
    assert resultaat.gebieden.loc[0, ["code", "ouder", "gemeentecode"]].tolist() == ["BU0363AA01", "WK0363AA", "GM0363"]


def test_kolommen_wijst_code_en_naam_aan_in_een_ander_bestand(write: Callable[..., Path]) -> None:
    pad = write(_feature(_vlak(), cbs="BU03610101", omschrijving="Dillenburg"))
    with pytest.raises(InvoerError, match=r"cbs, omschrijving.*--kolommen code=…,naam=…"):
        _read(pad)
    assert _codes(_read(pad, kolommen={"code": "CBS", "naam": "omschrijving"})) == ["BU03610101"]
    with pytest.raises(InvoerError, match=r"staan niet samen in één laag"):
        _read(pad, kolommen={"code": "cbs", "naam": "weg"})
    with pytest.raises(InvoerError, match=r"Onbekende kolom in --kolommen.*kleur"):
        _read(pad, kolommen={"kleur": "cbs"})


def test_niveau_geeft_eigen_codes_hun_niveau(write: Callable[..., Path]) -> None:
    pad = write(_feature(_vlak(), code="D01", naam="De Rijp"))
    assert _regels(_read(pad)) == [("niveau_onbekend", 1)]
    resultaat = _read(pad, niveau="dorp")
    assert resultaat.gebieden is not None
    assert resultaat.gebieden.loc[0, ["niveau", "ouder"]].tolist() == ["dorp", None]


def test_niveau_dat_de_code_tegenspreekt_wordt_geweigerd(write: Callable[..., Path]) -> None:
    resultaat = _read(write(_feature(_vlak(), code="BU03610101", naam="Dillenburg")), niveau="wijk")
    assert _regels(resultaat) == [("niveau_klopt_niet", 1)]
    assert "heeft een code van niveau buurt. Verwacht: niveau wijk" in resultaat.bevindingen[0].melding


def test_registernummer_buiten_de_codelijst_wordt_geweigerd(write: Callable[..., Path]) -> None:
    pad = write(_feature(_vlak(), gebied_id=99, gebiednummer="0361000000000099", gebiedtype=1, naam="Nieuw"))
    (fout,) = _read(pad, codelijst=CODELIJST).bevindingen[:1]
    assert fout.regelnaam == "niet_in_codelijst"
    assert "0361000000000099" in fout.melding


def test_datums_van_een_register_in_utc_worden_lokale_dagen(write: Callable[..., Path]) -> None:
    resultaat = _read(write(_buurt(1, datumingang="1995-05-15T22:00Z", datumeinde="2014-11-09T23:00:00Z")))
    assert resultaat.gebieden is not None
    assert resultaat.gebieden.loc[0, ["geldig_vanaf", "geldig_tot"]].tolist() == [date(1995, 5, 16), date(2014, 11, 10)]


@pytest.mark.parametrize("waarde", [-99995, -99997.0, "-99990", None, "", "."])
def test_ontbrekend_inwonertal_is_onbekend_en_geen_getal(write: Callable[..., Path], waarde: object) -> None:
    resultaat = _read(write(_buurt(1, aantalInwoners=waarde)))
    assert resultaat.gebieden is not None
    assert resultaat.gebieden["inwoners"].isna().tolist() == [True]


def test_negatief_inwonertal_wordt_geweigerd(write: Callable[..., Path]) -> None:
    assert _regels(_read(write(_buurt(1, aantalInwoners=-5))))[0] == ("geen_geheel_getal", 1)


@pytest.mark.parametrize(
    ("kenmerken", "regelnaam"),
    [
        ({"water": "JA"}, "water"),
        ({"water": "B"}, "buitenland"),
        ({"buurtcode": "BU09980000", "buurtnaam": "Elders"}, "buitenland"),
        ({"buurtnaam": "Buitenland"}, "buitenland"),
    ],
)
def test_water_en_buitenland_zijn_geen_gebied(
    write: Callable[..., Path], kenmerken: dict[str, object], regelnaam: str
) -> None:
    resultaat = _read(write(_buurt(1), _buurt(2, **kenmerken)))
    assert _codes(resultaat) == ["BU03610101"]
    assert _regels(resultaat) == [(regelnaam, 2)]


def test_land_met_water_nee_is_een_gebied(write: Callable[..., Path]) -> None:
    assert _codes(_read(write(_buurt(1, water="NEE")))) == ["BU03610101"]


def test_strik_wordt_geweigerd_met_plaats_en_reden(write: Callable[..., Path]) -> None:
    strik = {"type": "Polygon", "coordinates": [[[X, Y], [X + 100, Y + 100], [X + 100, Y], [X, Y + 100], [X, Y]]]}
    (fout,) = _read(write(_buurt(1, strik))).bevindingen
    assert (fout.ernst, fout.regelnaam) == (Ernst.AFGEKEURD, "geometrie_ongeldig")
    assert "Buurt BU03610101 Buurt 1 (rij 1 van buurten.geojson)" in fout.melding
    assert "zelfdoorsnijding bij (111050, 516050)" in fout.melding
    assert "QGIS" in fout.herstel


def test_kleine_zelfdoorsnijding_wordt_hersteld_en_gemeld(write: Callable[..., Path]) -> None:
    """A spike that crosses itself over 1 m in an area of 1 km²: far under 0.1 %."""
    punten = [[0, 0], [1000, 0], [1000, 500], [1002, 501], [1002, 499], [1000, 501], [1000, 1000], [0, 1000], [0, 0]]
    vorm = {"type": "Polygon", "coordinates": [[[X + x, Y + y] for x, y in punten]]}
    assert not shapely.geometry.shape(vorm).is_valid
    resultaat = _read(write(_buurt(1, vorm)))
    assert [b.ernst for b in resultaat.bevindingen] == [Ernst.HERSTELD]
    assert resultaat.gebieden is not None
    assert resultaat.gebieden.geometry.is_valid.all()
    assert resultaat.gebieden.geometry.area.iloc[0] == pytest.approx(1_000_000, rel=0.001)


@given(st.floats(0, 0.01))
def test_herstel_mag_alleen_bij_hoogstens_een_promille_verschil(aandeel: float) -> None:
    """A square with a bow-tie tail of which the wrong half has `aandeel` of the square's area."""
    d = (aandeel * 1e6) ** 0.5
    punten = [(0, 0), (1000, 0), (1000, 1000), (0, 1000), (-d, 1000 + d), (0, 1000 + d), (-d, 1000), (0, 1000), (0, 0)]
    vorm = shapely.Polygon(punten)
    oordeel = judge_vorm(vorm)
    if vorm.is_valid:
        assert oordeel.vorm is vorm
        return
    hersteld = shapely.make_valid(vorm)
    assert (oordeel.vorm is not None) == (abs(hersteld.area - vorm.area) / vorm.area <= 0.001)


@pytest.mark.parametrize(
    ("geometrie", "regelnaam"),
    [
        (None, "geometrie_ongeldig"),
        ({"type": "Polygon", "coordinates": []}, "geometrie_ongeldig"),
        ({"type": "Point", "coordinates": [X, Y]}, "geometrie_ongeldig"),
        ({"type": "LineString", "coordinates": [[X, Y], [X + 1, Y]]}, "geometrie_ongeldig"),
        ({"type": "Polygon", "coordinates": [[[X, Y], [X + 1, Y]]]}, "geometrie_onleesbaar"),
        ({"type": "Polygon", "coordinates": "hier"}, "geometrie_onleesbaar"),
        ({"type": "Vierkant", "coordinates": []}, "geometrie_onleesbaar"),
        ({"type": "Polygon", "coordinates": [[[X, Y], [X, Y], [X, Y], [X, Y]]]}, "geometrie_ongeldig"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}, "buiten_nederland"),
        ({"type": "Polygon", "coordinates": [[[X, Y], [float("nan"), Y], [X, Y + 9], [X, Y]]]}, "geometrie_onleesbaar"),
        ({"type": "Polygon", "coordinates": [[[X, Y], [1e300, Y], [X, Y + 9], [X, Y]]]}, "buiten_nederland"),
    ],
)
def test_gebied_zonder_bruikbaar_vlak_wordt_alleen_zelf_geweigerd(
    write: Callable[..., Path], geometrie: dict[str, Any] | None, regelnaam: str
) -> None:
    kapot = _buurt(9)
    kapot["geometry"] = geometrie
    resultaat = _read(write(_buurt(1), _buurt(2), kapot))
    assert _codes(resultaat) == ["BU03610101", "BU03610102"]
    assert _regels(resultaat)[0] == (regelnaam, 3)
    assert "BU03610109 Buurt 9" in resultaat.bevindingen[0].melding


def test_alle_fouten_van_een_rij_worden_gemeld_en_de_rij_telt_een_keer(write: Callable[..., Path]) -> None:
    kapot = _feature(None, buurtcode="BU0361", buurtnaam="", aantalInwoners="veel", geldig_vanaf="gisteren")
    resultaat = _read(write(_buurt(1), kapot))
    assert {naam for naam, _ in _regels(resultaat)} == {
        "naam_ontbreekt",
        "geen_gebiedscode",
        "geen_geheel_getal",
        "geen_datum",
        "geometrie_ongeldig",
    }
    assert resultaat.aantal_afgekeurd == 1


def test_verloren_voorloopnul_wordt_geweigerd_met_de_vermoede_code(write: Callable[..., Path]) -> None:
    (fout,) = _read(write(_feature(_vlak(), buurtcode=3610101, buurtnaam="Dillenburg"))).bevindingen
    assert "waarschijnlijk BU03610101" in fout.melding


def test_exacte_herhaling_is_dubbel_en_tegenspraak_wordt_overal_geweigerd(write: Callable[..., Path]) -> None:
    resultaat = _read(write(_buurt(1), _buurt(1), _buurt(2), _buurt(2, _vlak(links=2000, hoog=500))))
    assert _codes(resultaat) == ["BU03610101"]
    assert resultaat.dubbel == 1
    assert _regels(resultaat) == [("dubbele_code", 3), ("dubbele_code", 4)]


def test_opvolger_met_latere_begindatum_mag_naast_zijn_voorganger(write: Callable[..., Path]) -> None:
    oud = _buurt(1, geldig_vanaf="2000-01-01", geldig_tot="2020-01-01")
    nieuw = _buurt(1, _vlak(links=1000, hoog=900), geldig_vanaf="2020-01-01")
    resultaat = _read(write(oud, nieuw))
    assert _codes(resultaat) == ["BU03610101", "BU03610101"]
    assert resultaat.bevindingen == []


def test_einddatum_voor_begindatum_wordt_geweigerd(write: Callable[..., Path]) -> None:
    resultaat = _read(write(_buurt(1, geldig_vanaf="2020-01-01", geldig_tot="2020-01-01")))
    assert _regels(resultaat) == [("geldigheid_omgekeerd", 1)]


def test_zonder_crs_zijn_het_graden(write: Callable[..., Path]) -> None:
    vlak = shapely.geometry.mapping(shapely.box(4.74, 52.61, 4.75, 52.62))
    for crs in (None, {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}):
        resultaat = _read(write(_buurt(1, vlak), crs=crs))
        assert resultaat.gebieden is not None
        x, y = resultaat.gebieden.geometry.centroid.iloc[0].coords[0]
        assert (round(x, -3), round(y, -3)) == (112_000, 514_000)


@pytest.mark.parametrize(
    ("crs", "vlak", "deel"),
    [
        (None, (X, Y, X + 9, Y + 9), "zonder coördinatenstelsel.*--crs EPSG:28992"),
        ("EPSG:4326", (X, Y, X + 9, Y + 9), r"WGS 84 \(EPSG:4326\).*meters in RD.*--crs EPSG:28992"),
        ("EPSG:28992", (4.74, 52.6, 4.75, 52.61), r"RD New \(EPSG:28992\).*--crs EPSG:4326"),
        ("EPSG:31370", (150000, 170000, 150009, 170009), r"Belg.*\(EPSG:31370\)"),
        ("EPSG:99999", (X, Y, X + 9, Y + 9), "EPSG:99999"),
        (None, (5e6, 6e6, 5.1e6, 6.1e6), "geen van beide"),
    ],
)
def test_verkeerd_of_ontbrekend_coordinatenstelsel_wordt_geweigerd_met_het_middel(
    write: Callable[..., Path], crs: str | None, vlak: tuple[float, float, float, float], deel: str
) -> None:
    lid = {"type": "name", "properties": {"name": crs}} if crs else None
    with pytest.raises(CrsError, match=deel):
        _read(write(_buurt(1, shapely.geometry.mapping(shapely.box(*vlak))), crs=lid))


def test_crs_van_de_gebruiker_lost_een_ontbrekend_stelsel_op(write: Callable[..., Path]) -> None:
    pad = write(_buurt(1), crs=None)
    assert _codes(_read(pad, crs="EPSG:28992")) == ["BU03610101"]
    with pytest.raises(CrsError, match="EPSG:3857"):
        _read(pad, crs="EPSG:3857")


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("urn:ogc:def:crs:EPSG::28992", "EPSG:28992"),
        ("urn:ogc:def:crs:EPSG:9.9.1:28992", "EPSG:28992"),
        ("http://www.opengis.net/def/crs/EPSG/0/28992", "EPSG:28992"),
        ("28992", "EPSG:28992"),
        ("epsg:4326", "EPSG:4326"),
        ("OGC:CRS84", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "EPSG:4326"),
        ("EPSG:7415", None),
        ("EPSG:228992", None),
        ("onzin", None),
    ],
)
def test_schrijfwijzen_van_een_stelsel(tekst: str, verwacht: str | None) -> None:
    assert normalize_crs(tekst) == verwacht


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:28992"])
def test_omgewisselde_assen_worden_teruggewisseld_en_gemeld(write: Callable[..., Path], crs: str) -> None:
    vlak = (52.61, 4.74, 52.62, 4.75) if crs == "EPSG:4326" else (Y, X, Y + 9, X + 9)
    lid = {"type": "name", "properties": {"name": crs}}
    resultaat = _read(write(_buurt(1, shapely.geometry.mapping(shapely.box(*vlak))), crs=lid))
    assert [b.regelnaam for b in resultaat.bevindingen] == ["assen_omgewisseld"]
    assert resultaat.gebieden is not None
    assert 100_000 < resultaat.gebieden.geometry.bounds.minx.iloc[0] < 120_000


@pytest.mark.parametrize(
    ("inhoud", "deel"),
    [
        (b"", "is leeg"),
        (b"<html>Fout 500</html>", "webpagina"),
        (b'{"type": "FeatureCollection", "features": [{"type"', "geen geldige JSON: regel 1"),
        (b'{"type": "Topology"}', "type 'Topology'"),
        (b'{"type": "FeatureCollection", "features": []}', "0 objecten"),
        ('{"type": "é"}'.encode("cp1252"), "geen UTF-8"),
        ('{"type": "x"}'.encode("utf-16"), "UTF-16"),
        (b"{" + b'"a":{' * 100_000, "geen geldige JSON|te diep genest"),
        (b"code;naam\n", "geen grenzenbestand"),
        (b"SQLite format 3\x00kapot", "beschadigd"),
        (b"PK\x03\x04kapot", "geen echt zip-bestand"),
    ],
)
def test_onbruikbaar_grenzenbestand_wordt_geweigerd(tmp_path: Path, inhoud: bytes, deel: str) -> None:
    pad = tmp_path / "grenzen.geojson"
    pad.write_bytes(inhoud)
    with pytest.raises(InvoerError, match=deel):
        _read(pad)


def test_geojson_met_bom_wordt_gelezen(write: Callable[..., Path]) -> None:
    pad = write(_buurt(1))
    pad.write_bytes(b"\xef\xbb\xbf" + pad.read_bytes())
    assert _codes(_read(pad)) == ["BU03610101"]


def _frame(niveau: str = "buurt", crs: str | None = "EPSG:28992") -> gpd.GeoDataFrame:
    letters, lengte = {"buurt": ("BU", 2), "wijk": ("WK", 0), "gemeente": ("GM", 0)}[niveau]
    basis = "0361" if niveau == "gemeente" else "036101"
    codes = [f"{letters}{basis}{n:02}" if lengte else f"{letters}{basis}" for n in ((1, 2) if lengte else (0,))]
    vlakken = [shapely.box(X + i * 1000, Y, X + (i + 1) * 1000, Y + 1000) for i in range(len(codes))]
    if niveau != "buurt":
        vlakken = [shapely.box(X, Y, X + 2000, Y + 1000)]
    namen = [f"{niveau} {i} é" for i in range(len(codes))]
    return gpd.GeoDataFrame({f"{niveau}code": codes, f"{niveau}naam": namen}, geometry=vlakken, crs=crs)


def test_alle_herkende_lagen_van_een_geopackage_worden_gelezen_en_de_regels_tellen_door(tmp_path: Path) -> None:
    pad = tmp_path / "alles.gpkg"
    for laag, niveau in (("buurten", "buurt"), ("wijken", "wijk"), ("gemeente", "gemeente")):
        pyogrio.write_dataframe(_frame(niveau), pad, layer=laag)
    pyogrio.write_dataframe(_frame().rename(columns={"buurtcode": "a", "buurtnaam": "b"}), pad, layer="overig")
    resultaat = _read(pad)
    assert resultaat.gebieden is not None
    assert resultaat.gebieden[["code", "regel"]].to_numpy().tolist() == [
        ["BU03610101", 1], ["BU03610102", 2], ["WK036101", 3], ["GM0361", 4],
    ]  # fmt: skip
    assert [(b.regelnaam, "overig" in b.melding) for b in resultaat.bevindingen] == [("lagen_overgeslagen", True)]
    assert _codes(_read(pad, laag="Wijken")) == ["WK036101"]
    assert _codes(_read(pad, niveau="buurt")) == ["BU03610101", "BU03610102"]
    with pytest.raises(InvoerError, match=r"Laag 'dorpen' staat niet in alles.gpkg. Gevonden lagen: buurten"):
        _read(pad, laag="dorpen")


def _zip_shapefile(map_: Path, weglaten: str = "", voorvoegsel: str = "", crs: str | None = "EPSG:28992") -> Path:
    bron = map_ / "shp"
    bron.mkdir()
    frame = _frame(crs=crs).rename(columns={"buurtcode": "BU_CODE", "buurtnaam": "BU_NAAM"})
    pyogrio.write_dataframe(frame, bron / "buurten_2024.shp", encoding="UTF-8")
    pad = map_ / "buurten.zip"
    with zipfile.ZipFile(pad, "w") as archief:
        for deel in sorted(bron.iterdir()):
            if deel.suffix != weglaten:
                archief.write(deel, f"{voorvoegsel}{deel.name}")
    return pad


@pytest.mark.parametrize("voorvoegsel", ["", "WijkBuurtkaart_2024/SHP/"])
def test_shapefile_in_een_zip_wordt_gelezen_ook_in_een_map(tmp_path: Path, voorvoegsel: str) -> None:
    resultaat = _read(_zip_shapefile(tmp_path, voorvoegsel=voorvoegsel))
    assert _codes(resultaat) == ["BU03610101", "BU03610102"]
    assert resultaat.gebieden is not None
    assert resultaat.gebieden["naam"].tolist() == ["buurt 0 é", "buurt 1 é"]


def test_zip_met_twee_shapefiles_van_dezelfde_naam_leest_beide(tmp_path: Path) -> None:
    pad = _zip_shapefile(tmp_path, voorvoegsel="2023/")
    with zipfile.ZipFile(pad, "a") as archief:
        for deel in sorted((tmp_path / "shp").iterdir()):
            archief.write(deel, f"2024/{deel.name}")
    assert (_read(pad).aantal_rijen, _read(pad).dubbel) == (4, 2)
    assert _read(pad, laag="2024/buurten_2024").aantal_rijen == 2


@pytest.mark.parametrize("deel", [".dbf", ".shx", ".shp"])
def test_shapefile_waar_een_deel_van_mist_wordt_geweigerd(tmp_path: Path, deel: str) -> None:
    with pytest.raises(InvoerError, match=rf"{deel}"):
        _read(_zip_shapefile(tmp_path, weglaten=deel))


def test_shapefile_zonder_prj_vraagt_om_crs(tmp_path: Path) -> None:
    pad = _zip_shapefile(tmp_path, weglaten=".prj")
    with pytest.raises(CrsError, match=r"zonder coördinatenstelsel.*--crs EPSG:28992"):
        _read(pad)
    assert _codes(_read(pad, crs="EPSG:28992")) == ["BU03610101", "BU03610102"]


def test_los_shp_bestand_vraagt_om_een_zip(tmp_path: Path) -> None:
    _zip_shapefile(tmp_path)
    with pytest.raises(InvoerError, match=r"zet .shp, .shx, .dbf en .prj samen in een zip"):
        _read(tmp_path / "shp" / "buurten_2024.shp")


@pytest.mark.parametrize("naam", ["../weg.shp", "/etc/weg.shp", "C:\\weg.shp", "map\\..\\weg.shp"])
def test_zip_met_een_pad_naar_buiten_wordt_geweigerd(tmp_path: Path, naam: str) -> None:
    pad = tmp_path / "kwaad.zip"
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr(naam, b"x")
    with pytest.raises(InvoerError, match="onveilig pad"):
        _read(pad)


def test_zip_die_tot_iets_enorms_uitpakt_wordt_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "bom.zip"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("buurten.shp", b"0" * (30 * 1024**2))
    with pytest.raises(InvoerError, match="keer zo groot"):
        _read(pad)


def test_overlap_boven_honderd_vierkante_meter_noemt_beide_gebieden_en_de_grootte(write: Callable[..., Path]) -> None:
    (melding,) = _read(write(_buurt(0), _buurt(1, _vlak(links=990)))).bevindingen
    assert (melding.ernst, melding.regelnaam) == (Ernst.LET_OP, "overlap")
    assert "BU03610100 Buurt 0 en BU03610101 Buurt 1 overlappen 10.000 m²" in melding.melding


def test_overlap_en_gat_tot_honderd_vierkante_meter_zijn_afronding(write: Callable[..., Path]) -> None:
    assert _read(write(_buurt(0), _buurt(1, _vlak(links=999.95)))).bevindingen == []
    assert _read(write(_buurt(0), _buurt(1, _vlak(links=1000.05)))).bevindingen == []


def test_kier_tussen_twee_gebieden_noemt_beide_en_de_grootte(write: Callable[..., Path]) -> None:
    (melding,) = _read(write(_buurt(0), _buurt(1, _vlak(links=1010)))).bevindingen
    assert melding.regelnaam == "gat"
    assert "tussen BU03610100 Buurt 0 en BU03610101 Buurt 1" in melding.melding
    oppervlakte = int(melding.melding.split("gat van ")[1].split(" m²")[0].replace(".", ""))
    assert oppervlakte == pytest.approx(10_000, rel=0.01)


def test_ingesloten_gat_wordt_gemeld_maar_niet_als_er_water_ligt(write: Callable[..., Path]) -> None:
    ring = shapely.geometry.mapping(
        shapely.box(X, Y, X + 1000, Y + 1000) - shapely.box(X + 400, Y + 400, X + 600, Y + 600)
    )
    (gat,) = _read(write(_buurt(0, ring))).bevindingen
    assert "gat van 40.000 m² in of naast BU03610100 Buurt 0" in gat.melding
    meer = _buurt(9, _vlak(400, 400, 200, 200), water="JA")
    assert _regels(_read(write(_buurt(0, ring), meer))) == [("water", 2)]


def test_gebieden_die_gewoon_naast_elkaar_liggen_geven_geen_melding(write: Callable[..., Path]) -> None:
    assert _read(write(*(_buurt(n) for n in range(5)))).bevindingen == []


def test_overlap_van_verschillende_niveaus_is_geen_overlap(write: Callable[..., Path]) -> None:
    assert (
        _read(
            write(_feature(_vlak(), code="WK036101", naam="Zuid"), _feature(_vlak(), code="BU03610100", naam="K"))
        ).bevindingen
        == []
    )


def test_ontbrekende_gebieden_worden_met_code_en_naam_genoemd(write: Callable[..., Path]) -> None:
    resultaat = _read(write(_feature(_vlak(), wijkcode="WK036101", wijknaam="Zuid")), codelijst=CODELIJST)
    (melding,) = resultaat.bevindingen
    assert melding.regelnaam == "gebieden_ontbreken"
    assert "1 van de 2 wijken van GM0361; het bestand mist WK036102 Oudorp" in melding.melding


def test_gemeente_zonder_codelijst_mist_niets(write: Callable[..., Path]) -> None:
    pad = write(_feature(_vlak(), wijkcode="WK036301", wijknaam="Centrum"))
    assert _read(pad, codelijst=CODELIJST).bevindingen == []
