"""`analyse farrington` and `analyse ears`: the formats of the reference cases, and every fault at once in Dutch."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from opdrachtregel import build_opdracht

REFERENTIE = Path(__file__).resolve().parents[1] / "referentie"
REEKSEN, STELLEN = REFERENTIE / "weekly_series.csv", REFERENTIE / "farrington_flexible_config.json"


@pytest.fixture
def opdracht(tmp_path):
    return build_opdracht(tmp_path / "geen.sqlite")


def test_farrington_writes_rs_rows_and_the_same_bytes_again(opdracht, tmp_path):
    paden = [tmp_path / "een.csv", tmp_path / "twee.csv"]
    for pad in paden:
        gedaan = opdracht("analyse", "farrington", REEKSEN, "--instellingen", STELLEN, "--r-compat", "--uitvoer", pad)
        assert (gedaan.status, gedaan.fout) == (0, "")
    assert paden[0].read_bytes() == paden[1].read_bytes()
    ons = pd.read_csv(paden[0])
    assert ",".join(ons.columns) == "series,config,t,observed,upperbound,alarm,expected,phi,pvalue,trend_used"
    # A whole baseline is 5 × 52 + 3 weeks, under five of the sets; 3 × 52 + 3 under the two with b = 3.
    assert len(ons) == 3 * (5 * (416 - 263) + 2 * (416 - 159))
    verwacht = pd.read_csv(REFERENTIE / "farrington_flexible_expected.csv")
    samen = verwacht.merge(ons, on=["series", "config", "t"], suffixes=("_r", ""), validate="one_to_one")
    assert len(samen) == len(verwacht)
    for kolom in ("observed", "upperbound", "alarm", "expected", "phi", "pvalue", "trend_used"):
        np.testing.assert_allclose(samen[kolom], samen[f"{kolom}_r"], atol=1e-9)
    assert not (tmp_path / "geen.sqlite").exists()


def test_the_series_themselves_are_never_overwritten(opdracht, tmp_path):
    bron = tmp_path / "reeksen.csv"
    bron.write_bytes(REEKSEN.read_bytes())
    for methode in (["ears"], ["farrington", "--instellingen", STELLEN]):
        gedaan = opdracht("analyse", methode[0], bron, *methode[1:], "--uitvoer", bron)
        assert gedaan.status == 2
        assert "is ook de invoer" in gedaan.fout
    assert bron.read_bytes() == REEKSEN.read_bytes()


def test_ears_writes_the_twelve_combinations(opdracht, tmp_path):
    gedaan = opdracht("analyse", "ears", REEKSEN, "--uitvoer", tmp_path / "uit.csv")
    assert gedaan.status == 0
    ons = pd.read_csv(tmp_path / "uit.csv")
    assert ",".join(ons.columns) == "series,method,baseline,minSigma,t,upperbound,alarm"
    sleutels = ["series", "method", "baseline", "minSigma", "t"]
    samen = pd.read_csv(REFERENTIE / "ears_expected.csv").merge(ons, on=sleutels, suffixes=("_r", ""))
    assert len(samen) == 3 * 12 * 60
    np.testing.assert_allclose(samen["upperbound"], samen["upperbound_r"], atol=1e-9)
    assert (samen["alarm"] == samen["alarm_r"]).all()


def test_every_fault_of_both_files_is_told_at_once(opdracht, tmp_path):
    reeksen, stellen = tmp_path / "stuk.csv", tmp_path / "stuk.json"
    reeksen.write_text("series,t,observed\na,1,-1\na,2,2.5\na,3,veel\n,4,1\na,5,1\na,5,2\na,6\n", encoding="utf-8")
    stellen.write_text(
        json.dumps({"configs": {"x": {"b": 0, "alfa": 1, "trend": "ja"}, "y": {"limit54": [5]}}, "freq": 52}),
        encoding="utf-8",
    )
    uit = tmp_path / "uit.csv"
    gedaan = opdracht("analyse", "farrington", reeksen, "--instellingen", stellen, "--uitvoer", uit)
    assert gedaan.status == 2
    for woorden in (
        "rij 2 van stuk.csv), kolom observed: '-1' kan hier niet",
        "'2.5' kan hier niet",
        "'veel' kan hier niet",
        "rij 5 van stuk.csv), kolom series: de cel is leeg",
        "week 5 van a staat er al",
        "Rij 8 van stuk.csv heeft 2 velden",
        "x, b: gevonden '0'. Verwacht: een geheel getal van 1 tot en met 20",
        "sleutel 'alfa' is niet bekend",
        "x, trend: gevonden 'ja'. Verwacht: true of false",
        "y, limit54: gevonden '[5]'. Verwacht: twee gehele getallen",
        "sleutel 'freq' is niet bekend. Verwacht: configs, frequency",
    ):
        assert woorden in gedaan.fout
    assert not uit.exists()


@pytest.mark.parametrize(
    ("inhoud", "woorden"),
    [
        (b"", "is leeg"),
        (b"series,t,observed\n", "geen rijen onder de kop"),
        (b"reeks;aantal\na;1\n", "ontbreekt: t. Gevonden: reeks, aantal"),
        (b"series,t,observed\na,1,1\na,4,1\n", "mist 2 week/weken, als eerste t=2"),
        ("series,t,observed\né,1,1\n".encode() + "ë,1,1\n".encode("cp1252"), "niet te lezen"),
    ],
    ids=["empty", "no rows", "no column", "missing week", "two encodings"],
)
def test_a_file_that_cannot_be_used_is_refused(opdracht, tmp_path, inhoud, woorden):
    (tmp_path / "stuk.csv").write_bytes(inhoud)
    gedaan = opdracht("analyse", "ears", tmp_path / "stuk.csv", "--uitvoer", tmp_path / "uit.csv")
    assert gedaan.status == 2
    assert woorden in gedaan.fout


@pytest.mark.parametrize(
    ("tekst", "woorden"),
    [
        ("{", "geen geldige JSON"),
        ("[1]", "geen JSON-object"),
        ("{}", "'configs' ontbreekt of is leeg"),
        ('{"configs": {"x": {"b": 5, "b": 3}}}', "meer dan eens: b"),
        ('{"configs": {"x": {"noPeriods": 50}}}', "te weinig voor noPeriods=50"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(opdracht, tmp_path, tekst, woorden):
    stellen = tmp_path / "stuk.json"
    stellen.write_text(tekst, encoding="utf-8")
    gedaan = opdracht("analyse", "farrington", REEKSEN, "--instellingen", stellen, "--uitvoer", tmp_path / "uit.csv")
    assert gedaan.status == 2
    assert woorden in gedaan.fout


def test_series_of_different_length_and_start_keep_their_own_weeks(opdracht, tmp_path):
    rijen = [f"=lang,{t},{t % 3}" for t in range(11, 331)] + [f"kort,{t},1" for t in range(1, 5)]
    (tmp_path / "r.csv").write_text("\n".join(["series,t,observed", *rijen]), encoding="utf-8")
    (tmp_path / "c.json").write_text('{"configs": {"x": {}}}', encoding="utf-8")
    gedaan = opdracht(
        "analyse", "farrington", tmp_path / "r.csv", "--instellingen", tmp_path / "c.json", "--uitvoer", tmp_path / "u"
    )
    assert gedaan.status == 0
    assert "1 reeks(en) zonder uitkomst, want korter dan 264 weken: kort" in gedaan.fout
    ons = pd.read_csv(io.BytesIO((tmp_path / "u").read_bytes()))
    assert set(ons["series"]) == {"'=lang"}
    assert (ons["t"].min(), ons["t"].max()) == (11 + 263, 330)
