"""The real files of municipalities and CBS: they read as they are, or say clearly why not."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.agendapunten import read_agendapunten
from gebieden.inlezen.codelijst import load_codelijst
from gebieden.inlezen.grenzen import read_gebieden
from gebieden.inlezen.initiatieven import SCHEMA as INITIATIEF_SCHEMA
from gebieden.inlezen.kolommen import Kolom
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.inlezen.tabel import read_tabel
from gebieden.inlezen.toewijzen import assign_buurten, transform_naar_rd


def _gebieden(resultaat: Inleesresultaat) -> gpd.GeoDataFrame:
    assert resultaat.gebieden is not None
    return resultaat.gebieden


def test_register_geeft_elf_wijken_en_zesenzestig_buurten_met_de_codes_van_het_cbs(voorbeelddata: Path) -> None:
    resultaat = read_gebieden(voorbeelddata / "grenzen" / "alkmaar_register_28992.geojson")
    gebieden = _gebieden(resultaat)
    assert gebieden["niveau"].value_counts().to_dict() == {"buurt": 66, "wijk": 11}
    assert resultaat.bevindingen == []
    wijken = gpd.read_file(voorbeelddata / "grenzen" / "alkmaar_wijken.geojson").set_index("wijkcode")
    buurten = gpd.read_file(voorbeelddata / "grenzen" / "alkmaar_buurten.geojson").set_index("buurtcode")
    per_code = gebieden.set_index("code")
    assert set(per_code.index) == {*wijken.index, *buurten.index}
    assert (per_code.loc[buurten.index, "ouder"] == buurten["wijkcode"]).all()
    assert (per_code.loc[wijken.index, "ouder"] == "GM0361").all()
    assert (per_code.loc[buurten.index, "naam"] == buurten["buurtnaam"]).all()
    verwacht = buurten["datumingang"].dt.date
    assert (per_code.loc[buurten.index, "geldig_vanaf"] == verwacht).all()


def test_register_en_de_opgeschoonde_bestanden_geven_dezelfde_vlakken(voorbeelddata: Path) -> None:
    map_ = voorbeelddata / "grenzen"
    register = _gebieden(read_gebieden(map_ / "alkmaar_register_28992.geojson")).set_index("code")
    geopackage = _gebieden(read_gebieden(map_ / "alkmaar_28992.gpkg")).set_index("code")
    wgs84 = _gebieden(read_gebieden(map_ / "alkmaar_buurten.geojson")).set_index("code")
    buurten = wgs84.index
    gelijk = register.loc[buurten].geometry.symmetric_difference(geopackage.loc[buurten].geometry).area
    assert (gelijk < 1).all()
    afwijking = register.loc[buurten].geometry.symmetric_difference(wgs84.geometry).area
    assert (afwijking / wgs84.geometry.area < 0.02).all()


def test_geopackage_leest_alle_drie_de_lagen(voorbeelddata: Path) -> None:
    gebieden = _gebieden(read_gebieden(voorbeelddata / "grenzen" / "alkmaar_28992.gpkg"))
    assert gebieden["niveau"].value_counts().to_dict() == {"buurt": 66, "wijk": 11, "gemeente": 1}


def test_acht_van_de_elf_wijken_noemt_de_drie_die_ontbreken(voorbeelddata: Path, tmp_path: Path) -> None:
    inhoud = json.loads((voorbeelddata / "grenzen" / "alkmaar_wijken.geojson").read_text(encoding="utf-8"))
    inhoud["features"] = inhoud["features"][:8]
    (tmp_path / "wijken.geojson").write_text(json.dumps(inhoud), encoding="utf-8")
    meldingen = [b.melding for b in read_gebieden(tmp_path / "wijken.geojson").bevindingen]
    assert meldingen == [
        "wijken.geojson: 8 van de 11 wijken van GM0361; het bestand mist WK036109 Schermer, WK036110 Graft-De Rijp en "
        "WK036111 Vroonermeer."
    ]


@pytest.mark.parametrize(
    ("bestand", "niveau", "aantal"),
    [
        ("alkmaar_wijken.geojson", "wijk", 11),
        ("alkmaar_buurten.geojson", "buurt", 66),
        ("alkmaar_gemeentegrens.geojson", "gemeente", 1),
        ("regio_alkmaar_gemeenten.geojson", "gemeente", 6),
        ("regio_alkmaar_wijken.geojson", "wijk", 60),
        ("nl_buurten_2024_schaal.geojson", "buurt", 14_566),
    ],
)
def test_elk_grenzenbestand_wordt_heel_gelezen(voorbeelddata: Path, bestand: str, niveau: str, aantal: int) -> None:
    resultaat = read_gebieden(voorbeelddata / "grenzen" / bestand)
    gebieden = _gebieden(resultaat)
    assert (len(gebieden), set(gebieden["niveau"])) == (aantal, {niveau})
    assert resultaat.aantal_afgekeurd == 0
    assert gebieden.geometry.is_valid.all()


def test_meegeleverde_codelijst_is_die_van_het_cbs(voorbeelddata: Path) -> None:
    buurten = gpd.read_file(voorbeelddata / "grenzen" / "alkmaar_buurten.geojson")
    regels = load_codelijst().regels
    for buurt in buurten.itertuples():
        regel = regels[buurt.buurtcode]
        assert (regel.gebied_id, regel.gebiednummer) == (str(buurt.gebied_id), buurt.gebiednummer)


def test_windows_1252_met_regeleinden_in_de_kop_wordt_gelezen(voorbeelddata: Path) -> None:
    schema = (Kolom("id", verplicht=True), Kolom("oordeel", synoniemen=("Wekelijks",)))
    tabel = read_tabel(voorbeelddata / "rommelig" / "beverwijk_enquete_cp1252_excerpt.csv", schema=schema)
    assert (tabel.encoding, tabel.scheidingsteken, tabel.aantal_rijen) == ("cp1252", ";", 7)
    assert tabel.frame["id"].tolist() == [str(n) for n in range(1, 8)]
    assert any("in één enkele reis" in naam for naam in tabel.kop.extra)


def test_statline_met_bom_en_opgevulde_codes_wordt_gelezen(voorbeelddata: Path) -> None:
    schema = (Kolom("code", verplicht=True, synoniemen=("Regiocode (gemeente, wijk, buurt) (code)",)),)
    tabel = read_tabel(voorbeelddata / "rommelig" / "statline_ses_woa_bom_puntkomma.csv", schema=schema)
    assert tabel.aantal_rijen == 579
    assert tabel.frame["code"].iloc[0] == "GM0363"


def test_statline_met_drie_kopregels_zegt_wat_ontbreekt(voorbeelddata: Path) -> None:
    with pytest.raises(InvoerError, match=r"id, gebied, themas, staat.*Gevonden: Onderwerp.*--kolommen"):
        read_agendapunten(voorbeelddata / "rommelig" / "statline_misdrijven_2024.csv", bekende_gebieden={})


def test_titelregels_en_voetregel_van_statline_worden_herkend(voorbeelddata: Path) -> None:
    schema = (Kolom("regio", verplicht=True, synoniemen=("Regio's",)), Kolom("aantal", verplicht=True))
    tabel = read_tabel(voorbeelddata / "rommelig" / "statline_misdrijven_2024.csv", schema=schema)
    assert {b.regelnaam for b in tabel.bevindingen} == {"titelregels", "voetregel"}
    per_regio = dict(zip(tabel.frame["regio"], tabel.frame["aantal"], strict=True))
    assert (per_regio["Nederland"], per_regio["Alkmaar"]) == ("805559", "5601")
    assert "Bron: Politie" not in per_regio


def test_buurtbudget_wordt_met_kolommen_een_tabel_van_initiatieven(voorbeelddata: Path) -> None:
    tabel = read_tabel(
        voorbeelddata / "participatie" / "nl_buurtbudget_projecten_2019_2024.csv",
        schema=INITIATIEF_SCHEMA,
        kolommen={
            "id": "project_id",
            "gebied": "district",
            "titel": "name",
            "staat": "selected",
            "aangevraagd": "cost",
        },
    )
    assert tabel.aantal_rijen == len(tabel.frame) == 1383


def test_middelpunten_van_buurten_worden_aan_hun_eigen_buurt_toegewezen(voorbeelddata: Path) -> None:
    wgs84 = gpd.read_file(voorbeelddata / "grenzen" / "alkmaar_buurten.geojson")
    punten = wgs84.representative_point()
    gebieden = _gebieden(read_gebieden(voorbeelddata / "grenzen" / "alkmaar_buurten.geojson"))
    x, y = transform_naar_rd(punten.x.to_numpy(), punten.y.to_numpy())
    codes, _ = assign_buurten(x, y, gebieden)
    assert codes.tolist() == wgs84["buurtcode"].tolist()
