"""Boundaries on the command line: from a stand-in for PDOK, and the real files where they are."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely
from bouwstenen import GEMEENTE, NAMEN, NOORD_A, VAKKEN, write_agenda, write_csv, write_grenzen
from opdrachtregel import build_opdracht

from gebieden.instellingen import DATA

WATER = {"buurtcode": "BU03610299", "buurtnaam": "Meer", "water": "JA"}
GRADEN = {
    code: shapely.transform(v, lambda xy: (xy - [111000, 515000]) / 1e5 + [4.7, 52.6]) for code, v in VAKKEN.items()
}
GEHEEL = shapely.union_all(list(GRADEN.values()))


def _build_features(collectie: str) -> list[dict]:
    letters, soort = {"gemeenten": ("GM", "gemeente"), "wijken": ("WK", "wijk"), "buurten": ("BU", "buurt")}[collectie]
    rijen = [
        (
            {f"{soort}code": code, f"{soort}naam": naam, "water": "NEE", "aantalInwoners": -99997},
            GRADEN.get(code, GEHEEL),
        )
        for code, naam in NAMEN.items()
        if code.startswith(letters)
    ]
    if soort == "buurt":
        rijen.append((WATER, shapely.box(4.73, 52.6, 4.74, 52.61)))
    return [
        {
            "type": "Feature",
            "properties": {"gemeentecode": GEMEENTE} | velden,
            "geometry": shapely.geometry.mapping(vorm),
        }
        for velden, vorm in rijen
    ]


class _Pdok(BaseHTTPRequestHandler):
    """Answers in pages of two areas, and refuses the very first question."""

    geweigerd = False

    def do_GET(self) -> None:
        delen = urlsplit(self.path)
        if not type(self).geweigerd:
            type(self).geweigerd = True
            self._answer(503, {})
            return
        features = _build_features(delen.path.split("/")[-2])
        begin = int(parse_qs(delen.query).get("cursor", ["0"])[0])
        links = [{"rel": "next", "href": f"items?cursor={begin + 2}"}] if begin + 2 < len(features) else []
        pagina = {"type": "FeatureCollection", "features": features[begin : begin + 2], "links": links}
        self._answer(200, pagina | {"numberMatched": len(features)})

    def _answer(self, status: int, inhoud: dict) -> None:
        tekst = json.dumps(inhoud).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/geo+json")
        self.send_header("Content-Length", str(len(tekst)))
        self.end_headers()
        self.wfile.write(tekst)

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


@pytest.fixture
def pdok() -> Iterator[str]:
    _Pdok.geweigerd = False
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pdok)
    draad = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    draad.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    draad.join()


@pytest.fixture
def run(databases):
    url = databases.create()
    yield build_opdracht(url)
    databases.drop(url)


def test_boundaries_are_fetched_with_all_pages_and_replace_the_sketch(run, pdok, tmp_path):
    run("importeer", "gebieden", write_grenzen(tmp_path / "schets.geojson", schematisch="ja"))
    run("importeer", "agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1", "gebied": NOORD_A}))
    uitkomst = run("ophalen", "--gemeente", GEMEENTE, "--jaar", "2025", "--bron", pdok)
    # The gemeente is new, two wijken and four buurten replace the sketch, the water is no area.
    assert (uitkomst.status, uitkomst.telling) == (1, (1, 6, 0, 1))
    assert "Meer" in uitkomst.uit
    assert "is water, geen gebied" in uitkomst.uit
    again = run("ophalen", "--gemeente", GEMEENTE, "--jaar", "2025", "--bron", pdok)
    assert again.telling == (0, 0, 7, 1)
    gebieden = json.loads(run("voortgang", "--json", "--gebied", NOORD_A).uit)
    assert gebieden[0]["punten"] == 1


def test_a_dry_fetch_stores_nothing_and_a_dead_service_is_said_to_be_so(run, pdok):
    assert run("ophalen", "--gemeente", GEMEENTE, "--jaar", "2025", "--bron", pdok, "--droog").telling == (7, 0, 0, 1)
    assert run("voortgang", "--json").uit == "[]\n"
    uitkomst = run("ophalen", "--gemeente", "GM0363", "--jaar", "2025", "--bron", pdok)
    assert (uitkomst.status, uitkomst.uit) == (2, "")


def test_water_and_foreign_land_are_refused_with_that_reason(run, tmp_path):
    buurten = _build_features("buurten")
    buurten[0]["properties"] |= {"buurtcode": "BU09980000", "buurtnaam": "Buitenland", "gemeentecode": "GM0998"}
    (tmp_path / "b.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [*buurten, buurten[1]]}))
    uitkomst = run("importeer", "gebieden", tmp_path / "b.geojson")
    assert (uitkomst.status, uitkomst.telling) == (1, (3, 0, 1, 2))
    assert "is buitenland, geen gebied" in uitkomst.uit
    assert "is water, geen gebied" in uitkomst.uit


def test_an_area_of_ones_own_that_comes_as_a_shape_says_that_its_buurten_are_missing(run, tmp_path):
    run("importeer", "gebieden", write_grenzen(tmp_path / "g.geojson"))
    eigen = write_grenzen(tmp_path / "e.geojson", "GB01", vormen={"GB01": VAKKEN[NOORD_A]})
    uitkomst = run("importeer", "gebieden", eigen, "--niveau", "gebied")
    assert uitkomst.telling == (1, 0, 0, 0)
    assert "GB01 GB01: de buurten zijn niet bekend" in uitkomst.uit
    indeling = {"code": "GB01", "naam": "GB01", "soort": "gebied", "bestaat_uit": NOORD_A}
    assert run("importeer", "indeling", write_csv(tmp_path / "i.csv", indeling, [indeling])).telling == (0, 1, 0, 0)
    uitkomst = run("importeer", "gebieden", eigen, "--niveau", "gebied")
    assert uitkomst.telling == (0, 0, 1, 0)
    assert "de vorm is niet overgenomen" in uitkomst.uit


def test_the_demo_gets_official_boundaries_and_keeps_its_figures(run, voorbeelddata):
    run("demo")
    voor = {r["code"]: r["punten"] for r in json.loads(run("voortgang", "--json").uit)}
    uitkomst = run("importeer", "gebieden", voorbeelddata / "grenzen" / "alkmaar_register_28992.geojson")
    assert (uitkomst.status, uitkomst.telling) == (0, (0, 77, 0, 0))
    assert {r["code"]: r["punten"] for r in json.loads(run("voortgang", "--json").uit)} == voor


def test_the_register_has_eleven_wijken_and_sixty_six_buurten(run, voorbeelddata):
    register = voorbeelddata / "grenzen" / "alkmaar_register_28992.geojson"
    assert run("importeer", "gebieden", register).telling == (77, 0, 0, 0)
    assert run("importeer", "gebieden", register).telling == (0, 0, 77, 0)
    niveaus = [r["niveau"] for r in json.loads(run("voortgang", "--json").uit)]
    assert {n: niveaus.count(n) for n in niveaus} == {"gemeente": 1, "wijk": 11, "buurt": 66}


@pytest.mark.parametrize(
    ("bestand", "aantal"),
    [
        ("alkmaar_28992.gpkg", 78),
        ("alkmaar_wijken.geojson", 11),
        ("alkmaar_buurten.geojson", 66),
        ("regio_alkmaar_gemeenten.geojson", 6),
        ("regio_alkmaar_wijken.geojson", 60),
    ],
)
def test_every_real_boundary_file_goes_in_whole_and_only_once(run, voorbeelddata, bestand, aantal):
    assert run("importeer", "gebieden", voorbeelddata / "grenzen" / bestand).telling == (aantal, 0, 0, 0)
    assert run("importeer", "gebieden", voorbeelddata / "grenzen" / bestand).telling == (0, 0, aantal, 0)


def test_eight_of_eleven_wijken_names_the_three_that_are_missing(run, voorbeelddata, tmp_path):
    inhoud = json.loads((voorbeelddata / "grenzen" / "alkmaar_wijken.geojson").read_text(encoding="utf-8"))
    weg = [f["properties"] for f in inhoud["features"][8:]]
    inhoud["features"] = inhoud["features"][:8]
    (tmp_path / "wijken.geojson").write_text(json.dumps(inhoud), encoding="utf-8")
    uitkomst = run("importeer", "gebieden", tmp_path / "wijken.geojson")
    assert (uitkomst.status, uitkomst.telling) == (0, (8, 0, 0, 0))
    for wijk in weg:
        assert f"{wijk['wijkcode']} {wijk['wijknaam']}" in uitkomst.uit


def test_the_files_of_the_demo_fit_on_the_official_boundaries(run, voorbeelddata):
    run("importeer", "gebieden", voorbeelddata / "grenzen" / "alkmaar_28992.gpkg")
    for soort, bestand in (
        ("indeling", "indelingen"),
        ("agendapunten", "agendapunten"),
        ("initiatieven", "initiatieven"),
    ):
        for _ in range(2):
            uitkomst = run("importeer", soort, DATA / f"{bestand}.csv")
            assert uitkomst.status == 0
        assert uitkomst.telling[:2] == (0, 0)
