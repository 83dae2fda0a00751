"""The schematic boundaries and the indelingen of the demo: complete, seamless, and exactly what the maker makes."""

import json
from itertools import combinations, pairwise

import pytest
import shapely
from shapely.geometry import shape

from gebieden.demo.grenzen import BESTAND_GRENZEN, divide_omtrek, make_grenzen, read_codes, read_omtrek, read_rijen
from gebieden.demo.signalen import BEDRIJVENGEBIEDEN
from gebieden.domein.codes import determine_niveau, determine_ouder
from gebieden.domein.fouten import InvoerError
from gebieden.instellingen import DATA

GEBIEDEN = json.loads(BESTAND_GRENZEN.read_text(encoding="utf-8"))["features"]
VLAKKEN = {gebied["properties"]["code"]: shape(gebied["geometry"]) for gebied in GEBIEDEN}
EIGENSCHAPPEN = {gebied["properties"]["code"]: gebied["properties"] for gebied in GEBIEDEN}
INDELINGEN = read_rijen(DATA / "indelingen.csv")


def get_vlakken(niveau):
    return {code: vlak for code, vlak in VLAKKEN.items() if EIGENSCHAPPEN[code]["niveau"] == niveau}


def test_the_committed_boundaries_are_what_the_maker_makes():
    assert BESTAND_GRENZEN.read_text(encoding="utf-8") == make_grenzen()


def test_the_file_declares_rd_and_says_that_it_is_schematic():
    bestand = json.loads(BESTAND_GRENZEN.read_text(encoding="utf-8"))
    assert bestand["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::28992"
    assert all(eigenschappen["schematisch"] is True for eigenschappen in EIGENSCHAPPEN.values())


def test_there_are_one_gemeente_eleven_wijken_and_sixty_six_buurten():
    assert [len(get_vlakken(niveau)) for niveau in ("gemeente", "wijk", "buurt")] == [1, 11, 66]
    assert all(determine_niveau(code) == e["niveau"] for code, e in EIGENSCHAPPEN.items())
    assert all(determine_ouder(code) == e["ouder"] for code, e in EIGENSCHAPPEN.items())


def test_every_area_is_one_valid_polygon_of_whole_metres():
    assert {vlak.geom_type for vlak in VLAKKEN.values()} == {"Polygon"}
    assert all(vlak.is_valid and not vlak.interiors for vlak in VLAKKEN.values())
    coordinaten = [getal for vlak in VLAKKEN.values() for punt in vlak.exterior.coords for getal in punt]
    assert all(getal.is_integer() for getal in coordinaten)


def test_buurten_fill_the_gemeente_without_overlap_or_gap():
    buurten = list(get_vlakken("buurt").values())
    overlap_m2 = sum(a.intersection(b).area for a, b in combinations(buurten, 2))
    gat_m2 = VLAKKEN["GM0361"].area - sum(buurt.area for buurt in buurten)
    assert overlap_m2 < 1
    assert abs(gat_m2) < 1


@pytest.mark.parametrize("niveau", ["wijk", "buurt"])
def test_neighbours_share_the_vertices_of_their_border(niveau):
    assert shapely.coverage_is_valid(list(get_vlakken(niveau).values()))


def test_every_edge_of_a_wijk_is_an_edge_of_one_of_its_buurten():
    for wijkcode, wijk in get_vlakken("wijk").items():
        kinderen = [vlak for code, vlak in get_vlakken("buurt").items() if EIGENSCHAPPEN[code]["ouder"] == wijkcode]
        randen = {frozenset(rand) for kind in kinderen for rand in pairwise(kind.exterior.coords)}
        assert {frozenset(rand) for rand in pairwise(wijk.exterior.coords)} <= randen


def test_the_gemeente_keeps_to_the_hand_drawn_outline():
    assert VLAKKEN["GM0361"].symmetric_difference(read_omtrek()).area / read_omtrek().area < 0.0005


def test_place_points_and_outline_are_rounded_to_a_hundred_metres():
    rijen = read_rijen(DATA / "plaatspunten.csv") + read_rijen(DATA / "omtrek_schets.csv")
    assert all(int(rij[as_]) % 100 == 0 for rij in rijen for as_ in ("x", "y"))
    assert len(read_rijen(DATA / "omtrek_schets.csv")) <= 45


def test_business_areas_are_drawn_about_as_large_as_they_are():
    hectares = {gebied.code: gebied.oppervlakte_ha for gebied in read_codes()}
    verhouding = {code: VLAKKEN[code].area / 1e4 / hectares[code] for code in BEDRIJVENGEBIEDEN}
    assert all(0.85 < waarde < 1.2 for waarde in verhouding.values()), verhouding


def test_a_buurt_that_falls_apart_is_refused_with_the_remedy(tmp_path):
    for naam in ("codes_alkmaar.csv", "omtrek_schets.csv"):
        (tmp_path / naam).write_bytes((DATA / naam).read_bytes())
    punten = (DATA / "plaatspunten.csv").read_text(encoding="utf-8")
    (tmp_path / "plaatspunten.csv").write_text(punten + "BU03611006;Markenbinnen;116800;508000\n", encoding="utf-8")
    with pytest.raises(InvoerError, match=r"BU03611006 \(Markenbinnen\) valt .* uiteen.*Verplaats de plaatspunten"):
        make_grenzen(tmp_path)


def test_two_place_points_divide_a_square_in_the_middle():
    omtrek = shapely.box(0, 0, 100, 100)
    delen = divide_omtrek(omtrek, [("links", shapely.Point(25, 50)), ("rechts", shapely.Point(75, 50))])
    assert delen["links"].equals(shapely.box(0, 0, 50, 100))
    assert delen["rechts"].equals(shapely.box(50, 0, 100, 100))


def test_the_crosswalk_has_a_register_key_for_every_wijk_and_buurt():
    rijen = [rij for rij in read_rijen(DATA / "codes_alkmaar.csv") if rij["niveau"] != "gemeente"]
    assert len({rij["gebied_id"] for rij in rijen}) == len({rij["gebiednummer"] for rij in rijen}) == 77
    wijk_bij_id = {rij["gebied_id"]: rij["code"] for rij in rijen if rij["niveau"] == "wijk"}
    assert all(wijk_bij_id[rij["register_ouder"]] == rij["wijkcode"] for rij in rijen if rij["niveau"] == "buurt")


def test_inhabitants_are_rounded_to_five_and_unknown_is_empty():
    inwoners = {gebied.code: gebied.inwoners for gebied in read_codes()}
    assert [code for code, aantal in inwoners.items() if aantal is None] == ["BU03610308"]
    assert all(aantal % 5 == 0 for aantal in inwoners.values() if aantal is not None)


def test_every_buurt_lies_in_exactly_one_gebied():
    per_gebied = [rij["bestaat_uit"].split(",") for rij in INDELINGEN if rij["soort"] == "gebied"]
    assert len(per_gebied) == 5
    assert sorted(code for buurten in per_gebied for code in buurten) == sorted(get_vlakken("buurt"))


def test_a_gebied_may_cut_a_wijk():
    gebieden = [rij for rij in INDELINGEN if rij["soort"] == "gebied"]
    gebied_van = {buurt: rij["code"] for rij in gebieden for buurt in rij["bestaat_uit"].split(",")}
    delen = {wijk: {gebied_van[b] for b in gebied_van if determine_ouder(b) == wijk} for wijk in get_vlakken("wijk")}
    assert {wijk: sorted(codes) for wijk, codes in delen.items() if len(codes) > 1} == {"WK036109": ["GB04", "GB05"]}


def test_every_gebied_is_one_connected_area():
    for rij in INDELINGEN:
        if rij["soort"] == "gebied":
            assert shapely.union_all([VLAKKEN[b] for b in rij["bestaat_uit"].split(",")]).geom_type == "Polygon"


def test_the_fourteen_villages_are_dorpen_of_their_own_buurt():
    dorpen = {rij["bestaat_uit"]: rij for rij in INDELINGEN if rij["soort"] == "dorp"}
    landelijk = {code for code in get_vlakken("buurt") if determine_ouder(code) in ("WK036109", "WK036110")}
    assert set(dorpen) == landelijk
    assert all(rij["naam"] == EIGENSCHAPPEN[code]["naam"] for code, rij in dorpen.items())


def test_regiegroepen_exist_and_name_real_buurten():
    regiegroepen = [rij for rij in INDELINGEN if rij["soort"] == "regiegroep"]
    assert len(regiegroepen) == 7
    assert all(set(rij["bestaat_uit"].split(",")) <= set(get_vlakken("buurt")) for rij in regiegroepen)
