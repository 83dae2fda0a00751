"""The invented agenda points: complete, possible, and about nobody."""

import json
import re
from collections import Counter, defaultdict
from datetime import date

import geopandas as gpd
import pytest
import shapely
from demoset import BERICHTEN, BOOM, INDELINGEN, INITIATIEVEN, PEILDATUM, PUNTEN, RIJEN, STADSWIJKEN, get_datums
from shapely.geometry import shape

from gebieden.demo.grenzen import BESTAND_GRENZEN, read_rijen
from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, VOORSTELLEN, Puntsoort, Staat, WachtOp
from gebieden.domein.initiatief import Initiatiefstaat
from gebieden.instellingen import DATA

VOORNAMEN = (
    "Ahmed|Ali|Anja|Anna|Annie|Anouk|Arie|Bart|Bas|Bert|Bram|Carla|Cees|Chris|Daan|Dirk|Ellen|Els|Emma|Erik|"
    "Esther|Eva|Fatima|Frank|Frans|Fred|Gerard|Gert|Hans|Hassan|Henk|Ingrid|Jaap|Jan|Jannie|Jeroen|Johan|Joke|"
    "Joost|Karin|Kees|Klaas|Lisa|Lotte|Maarten|Marco|Maria|Marieke|Marijke|Mark|Martijn|Mehmet|Mieke|Mohamed|"
    "Monique|Nel|Nico|Noor|Omar|Paul|Peter|Petra|Piet|Pieter|Ria|Rob|Ruud|Saskia|Sanne|Sara|Simon|Sjaak|Sophie|"
    "Stefan|Tim|Tom|Truus|Wendy|Wil|Willem|Wim|Yusuf"
)
PERSOON = re.compile(
    rf"\b({VOORNAMEN}|de heer|meneer|mevrouw|dhr|mw|mevr|familie [A-Z]\w+)\b|@|\b06[- ]?\d{{8}}\b|https?:"
)


def test_there_is_enough_of_everything():
    assert (len(PUNTEN), len(RIJEN), len(BERICHTEN), len(INITIATIEVEN)) == (93, 110, 259, 53)


def test_every_state_of_both_machines_occurs():
    assert {rij["staat"] for rij in PUNTEN} == set(Staat)
    assert {rij["staat"] for rij in INITIATIEVEN} == set(Initiatiefstaat)


def test_every_reason_to_wait_and_both_kinds_of_point_occur():
    assert {rij["wacht_op"] for rij in PUNTEN} - {""} == set(WachtOp)
    assert {rij["soort"] for rij in PUNTEN} == {*Puntsoort, ""}


@pytest.mark.parametrize("rijen", [RIJEN, INITIATIEVEN], ids=["agendapunten", "initiatieven"])
def test_every_area_exists(rijen):
    assert {rij["gebied"] for rij in rijen} <= set(BOOM.gebieden)


def test_every_gebied_city_wijk_and_dorp_has_an_agenda():
    met_agenda = {rij["gebied"] for rij in PUNTEN if rij["versie"]}
    nodig = {rij["code"] for rij in INDELINGEN if rij["soort"] in ("gebied", "dorp")} | set(STADSWIJKEN)
    assert nodig <= met_agenda


def test_titles_are_unique_and_texts_are_filled():
    for rijen in (PUNTEN, INITIATIEVEN):
        titels = [rij["titel"] for rij in rijen]
        assert len(set(titels)) == len(titels)
        assert all(rij["titel"] and len(rij["omschrijving"]) > 30 for rij in rijen)


def test_id_and_version_form_the_key():
    assert max(Counter((rij["id"], rij["versie"]) for rij in RIJEN).values()) == 1
    assert len({rij["id"] for rij in INITIATIEVEN}) == len(INITIATIEVEN)


def test_a_version_of_an_agenda_has_one_date_and_the_next_one_is_later():
    datums: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for rij in RIJEN:
        assert bool(rij["versie"]) == bool(rij["versiedatum"])
        if rij["versie"]:
            datums[rij["gebied"]][int(rij["versie"])].add(rij["versiedatum"])
    assert all(len(per_versie[nummer]) == 1 for per_versie in datums.values() for nummer in per_versie)
    assert all(sorted(p) == list(range(1, len(p) + 1)) for p in datums.values())
    in_volgorde = [[min(p[nummer]) for nummer in sorted(p)] for p in datums.values()]
    assert all(reeks == sorted(reeks) and reeks[-1] <= PEILDATUM.isoformat() for reeks in in_volgorde)
    assert sum(len(reeks) == 2 for reeks in in_volgorde) == 6


def test_between_two_versions_a_point_makes_a_step_the_table_allows():
    vorige: dict[str, dict[str, str]] = {}
    for rij in sorted(RIJEN, key=lambda r: int(r["versie"] or 0)):
        if oud := vorige.get(rij["id"]):
            assert oud["gebied"] == rij["gebied"]
            assert oud["bijgewerkt_op"] <= rij["versiedatum"]
            assert oud["bijgewerkt_op"] <= rij["bijgewerkt_op"]
            assert oud["staat"] == rij["staat"] or AGENDAPUNT_MACHINE.is_toegestaan(oud["staat"], rij["staat"])
        vorige[rij["id"]] = rij


def test_dropped_points_stay_in_the_version_with_their_reason():
    vervallen = [rij for rij in PUNTEN if rij["staat"] == Staat.VERVALLEN]
    assert len(vervallen) == 4
    assert all(rij["versie"] and "Besloten door" in rij["reden"] for rij in vervallen)


def test_states_bring_what_they_require():
    for rij in RIJEN:
        assert (rij["staat"] == Staat.WACHT_OP) == bool(rij["wacht_op"])
        met_reden = rij["staat"] in (Staat.VERVALLEN, Staat.OVERGEDRAGEN, Staat.GEBORGD)
        assert met_reden == bool(rij["reden"]), rij["titel"]
        if rij["staat"] == Staat.OVERGEDRAGEN:
            assert rij["reden"].startswith("Overgedragen aan") and "evestig" in rij["reden"]
        if rij["staat"] == Staat.GEBORGD:
            assert rij["reden"].startswith("Geborgd:") and "We kijken terug in" in rij["reden"]


def test_proposals_are_in_no_version_and_some_points_are_new_since_the_version():
    assert all(not rij["versie"] for rij in PUNTEN if rij["staat"] in VOORSTELLEN)
    nieuw = [rij for rij in PUNTEN if not rij["versie"] and rij["staat"] not in VOORSTELLEN]
    assert len(nieuw) == 6


def test_dates_are_possible():
    for rij in RIJEN:
        bijgewerkt = date.fromisoformat(rij["bijgewerkt_op"])
        assert bijgewerkt <= PEILDATUM
        assert all(date(2025, 1, 1) <= d <= date(2028, 12, 31) for d in get_datums(rij, "afgesproken_gereed"))
    assert all(date.fromisoformat(rij["datum"]) <= PEILDATUM for rij in BERICHTEN)


def test_places_are_rounded_and_lie_inside_their_area():
    vlakken = load_vlakken_wgs84()
    met_plek = [rij for rij in RIJEN if rij["lon"]]
    assert len({rij["id"] for rij in met_plek}) == 87
    for rij in met_plek:
        assert re.fullmatch(r"4\.\d{3}", rij["lon"]) and re.fullmatch(r"52\.\d{3}", rij["lat"])
        plek = shapely.Point(float(rij["lon"]), float(rij["lat"]))
        assert any(vlakken[buurt].contains(plek) for buurt in BOOM.buurten[rij["gebied"]]), rij["titel"]


def load_vlakken_wgs84():
    gebieden = json.loads(BESTAND_GRENZEN.read_text(encoding="utf-8"))["features"]
    codes = [gebied["properties"]["code"] for gebied in gebieden]
    reeks = gpd.GeoSeries([shape(gebied["geometry"]) for gebied in gebieden], index=codes, crs=28992)
    return reeks.to_crs(4326).to_dict()


def test_everything_says_that_it_is_invented():
    assert all(rij["herkomst"].startswith("verzonnen (demo): ") for rij in RIJEN)
    assert "verzonnen" in (DATA / "LEESMIJ.md").read_text(encoding="utf-8").lower()
    teksten = {rij["sleutel"]: rij["waarde"] for rij in read_rijen(DATA / "instellingen.csv")}
    assert teksten["demo_label"] == "Demo: verzonnen gegevens"


def test_nobody_is_named():
    for rij in [*RIJEN, *BERICHTEN, *INITIATIEVEN]:
        for kolom, waarde in rij.items():
            assert not PERSOON.search(waarde), (kolom, waarde)


def test_trekkers_are_roles_and_partners_are_kinds_of_organisations():
    assert all(rij["trekker"] and rij["trekker"][0].islower() for rij in RIJEN)
    assert all(partner == partner.strip().lower() for rij in RIJEN for partner in rij["partners"].split(","))


def test_every_file_is_described():
    leesmij = (DATA / "LEESMIJ.md").read_text(encoding="utf-8")
    bestanden = [pad.name for pad in DATA.iterdir() if pad.suffix in (".csv", ".geojson")]
    assert len(bestanden) == 25
    assert [naam for naam in bestanden if f"`{naam}`" not in leesmij] == []
    assert "python -m gebieden ophalen --gemeente GM0361 --jaar 2025" in leesmij
