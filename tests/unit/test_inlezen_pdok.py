"""Boundaries from PDOK against a local stand-in that pages, fails and recovers, loops, and talks nonsense."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen import ogc
from gebieden.inlezen.codelijst import Codelijst
from gebieden.inlezen.ogc import Ogcdienst
from gebieden.inlezen.pdok import build_url, fetch_grenzen
from gebieden.inlezen.resultaat import Inleesresultaat

Antwoord = tuple[int, str, bytes]
Gedrag = Callable[["Dienst", str, dict[str, str]], Antwoord | None]


def _feature(collectie: str, nummer: int, **kenmerken: object) -> dict[str, Any]:
    lengte = 4.74 + nummer * 0.01
    vorm = shapely.box(lengte, 52.61, lengte + 0.01, 52.62)
    velden: dict[str, object] = {
        "gemeenten": {"gemeentecode": "GM0361", "gemeentenaam": "Alkmaar"},
        "wijken": {"wijkcode": "WK036101", "wijknaam": "Zuid", "gemeentecode": "GM0361"},
        "buurten": {"buurtcode": f"BU036101{nummer:02}", "buurtnaam": f"Buurt {nummer}", "gemeentecode": "GM0361"},
    }[collectie]
    return {
        "type": "Feature",
        "properties": {**velden, "water": "NEE", "aantalInwoners": -99995, **kenmerken},
        "geometry": shapely.geometry.mapping(vorm),
    }


class Dienst:
    """The stand-in: one gemeente, one wijk, five buurten in pages of two; `gedrag` may answer first."""

    def __init__(self, gedrag: Gedrag | None = None) -> None:
        self.gedrag = gedrag
        self.bezocht: list[str] = []
        self.adres = ""

    def answer(self, pad: str) -> Antwoord:
        self.bezocht.append(pad)
        delen = urlsplit(pad)
        vraag = {naam: waarden[0] for naam, waarden in parse_qs(delen.query).items()}
        if self.gedrag and (antwoord := self.gedrag(self, delen.path, vraag)):
            return antwoord
        if "wijken-en-buurten-2025/ogc/v1/collections/" not in delen.path:
            return 404, "application/json", b"{}"
        return self.give_pagina(delen.path.split("/")[-2], vraag)

    def give_pagina(self, collectie: str, vraag: dict[str, str], **extra: object) -> Antwoord:
        alle = [_feature(collectie, n) for n in range(5 if collectie == "buurten" else 1)]
        begin = int(vraag.get("cursor", 0))
        pagina: dict[str, Any] = {
            "type": "FeatureCollection",
            "features": alle[begin : begin + 2],
            "links": [{"rel": "self", "href": "x"}],
            **extra,
        }
        if begin + 2 < len(alle):
            href = f"items?gemeentecode={vraag['gemeentecode']}&cursor={begin + 2}"
            pagina["links"].append({"rel": "next", "href": href})
        return 200, "application/geo+json", json.dumps(pagina).encode()


@contextmanager
def _serve(dienst: Dienst) -> Iterator[str]:
    class Behandelaar(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, soort, inhoud = dienst.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", soort)
            if status in {301, 302}:
                self.send_header("Location", inhoud.decode())
                inhoud = b""
            afgebroken = inhoud.endswith(b"AFGEBROKEN")
            self.send_header("Content-Length", str(len(inhoud)))
            self.end_headers()
            self.wfile.write(inhoud[: len(inhoud) // 2] if afgebroken else inhoud)

        def log_message(self, *_: object) -> None:
            """Keep the test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Behandelaar)
    draad = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    draad.start()
    dienst.adres = f"http://127.0.0.1:{server.server_port}"
    try:
        yield dienst.adres
    finally:
        server.shutdown()
        server.server_close()
        draad.join()


def _fetch(dienst: Dienst, gemeente: str = "GM0361", jaar: int = 2025, **opties: Any) -> Inleesresultaat:
    wachttijden: list[float] = []
    with _serve(dienst) as adres:
        ogcdienst = Ogcdienst(adres, wacht=wachttijden.append, tijdslimiet_s=5)
        return fetch_grenzen(gemeente, jaar, dienst=ogcdienst, codelijst=Codelijst(), **opties)


def test_alle_paginas_van_alle_collecties_worden_opgehaald() -> None:
    voortgang: list[tuple[str, int]] = []
    resultaat = _fetch(Dienst(), meld_voortgang=lambda collectie, aantal: voortgang.append((collectie, aantal)))
    assert resultaat.gebieden is not None
    assert resultaat.gebieden["code"].tolist() == ["GM0361", "WK036101", *(f"BU036101{n:02}" for n in range(5))]
    assert resultaat.gebieden["inwoners"].isna().all()
    assert voortgang == [("gemeenten", 1), ("wijken", 1), ("buurten", 2), ("buurten", 4), ("buurten", 5)]
    assert resultaat.bestand == "CBS wijken en buurten 2025, GM0361"


def test_water_uit_de_dienst_wordt_afgekeurd_zoals_uit_een_bestand() -> None:
    def gedrag(_: Dienst, pad: str, __: dict[str, str]) -> Antwoord | None:
        if "gemeenten" not in pad:
            return None
        features = [_feature("gemeenten", 0), _feature("gemeenten", 1, water="JA")]
        return 200, "application/json", json.dumps({"type": "FeatureCollection", "features": features}).encode()

    resultaat = _fetch(Dienst(gedrag))
    assert [b.regelnaam for b in resultaat.bevindingen] == ["water"]
    assert (resultaat.aantal_rijen, resultaat.aantal_afgekeurd) == (8, 1)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_dienst_die_twee_keer_hapert_wordt_opnieuw_gevraagd(status: int) -> None:
    def gedrag(dienst: Dienst, _: str, __: dict[str, str]) -> Antwoord | None:
        return (status, "text/plain", b"druk") if len(dienst.bezocht) <= 2 else None

    dienst = Dienst(gedrag)
    assert _fetch(dienst).aantal_aangenomen == 7
    assert dienst.bezocht[0] == dienst.bezocht[1] == dienst.bezocht[2]


def test_afgebroken_antwoord_wordt_opnieuw_gevraagd() -> None:
    def gedrag(dienst: Dienst, _: str, __: dict[str, str]) -> Antwoord | None:
        return (200, "application/json", b'{"features": [1, 2, 3] AFGEBROKEN') if len(dienst.bezocht) == 1 else None

    assert _fetch(Dienst(gedrag)).aantal_aangenomen == 7


def test_wachttijd_verdubbelt_en_na_vijf_pogingen_is_het_op() -> None:
    wachttijden: list[float] = []
    dienst = Dienst(lambda *_: (503, "text/plain", b""))
    with (
        _serve(dienst) as adres,
        pytest.raises(InvoerError, match=r"5 keer niet goed op te halen \(laatst: foutcode 503"),
    ):
        fetch_grenzen("GM0361", 2025, dienst=Ogcdienst(adres, wacht=wachttijden.append))
    assert wachttijden == [0.5, 1.0, 2.0, 4.0]
    assert len(dienst.bezocht) == 5


def test_dienst_die_er_niet_is_wordt_gemeld() -> None:
    with _serve(Dienst()) as adres:
        pass
    with pytest.raises(InvoerError, match="5 keer niet goed op te halen"):
        fetch_grenzen("GM0361", 2025, dienst=Ogcdienst(adres, wacht=lambda _: None, tijdslimiet_s=1))


def _pagina(**extra: object) -> bytes:
    inhoud = {"type": "FeatureCollection", "features": [_feature("gemeenten", 0)], **extra}
    return json.dumps(inhoud).encode()


def _next(href: str) -> list[dict[str, str]]:
    return [{"rel": "next", "href": href}]


@pytest.mark.parametrize(
    ("antwoord", "deel"),
    [
        ((200, "text/html", b"<html>onderhoud</html>"), "geeft een webpagina"),
        ((200, "application/json", b"<html>onderhoud</html>"), "geeft een webpagina"),
        ((200, "application/json", b'{"features": [{"type": "Fea'), "afgebroken of geen JSON"),
        ((200, "application/json", b'{"code": 1, "description": "onbekende filter"}'), "onbekende filter"),
        ((200, "application/json", b"[]"), "geen FeatureCollection"),
        ((400, "application/json", b"{}"), "foutcode 400"),
        (
            (200, "application/json", _pagina(links=_next("https://elders.example/x"))),
            "verwijst door naar een ander adres",
        ),
        ((200, "application/json", _pagina(links=_next("file:///etc/passwd"))), "verwijst door naar een ander adres"),
        ((302, "text/plain", b"http://elders.example/x"), "verwijst door naar http://elders.example/x"),
        ((200, "application/json", _pagina(features=[])), "geen gemeenten van gemeente GM0361 in 2025"),
        ((200, "application/json", _pagina(numberMatched=3)), "noemt 3 gemeenten en gaf er 1"),
        (
            (200, "application/json", _pagina(features=[_feature("gemeenten", 0, gemeentecode="GM0363")])),
            r"andere gemeente \(GM0363\)",
        ),
    ],
)
def test_antwoord_dat_niet_klopt_wordt_geweigerd(antwoord: Antwoord, deel: str) -> None:
    with pytest.raises(InvoerError, match=deel):
        _fetch(Dienst(lambda *_: antwoord))


def test_kringetje_van_paginas_wordt_gezien() -> None:
    def zelfde_adres(dienst: Dienst, pad: str, vraag: dict[str, str]) -> Antwoord:
        return 200, "application/json", _pagina(links=_next(dienst.bezocht[0]))

    def zelfde_inhoud(dienst: Dienst, pad: str, vraag: dict[str, str]) -> Antwoord:
        return 200, "application/json", _pagina(links=_next(f"?keer={len(dienst.bezocht)}"))

    with pytest.raises(InvoerError, match="kringetje"):
        _fetch(Dienst(zelfde_adres))
    with pytest.raises(InvoerError, match="twee keer dezelfde pagina"):
        _fetch(Dienst(zelfde_inhoud))


def test_eindeloze_reeks_en_te_grote_pagina_worden_afgebroken(monkeypatch: pytest.MonkeyPatch) -> None:
    def eindeloos(dienst: Dienst, pad: str, vraag: dict[str, str]) -> Antwoord:
        keer = len(dienst.bezocht)
        features = [_feature("gemeenten", 0, volgnummer=keer)]
        return 200, "application/json", _pagina(features=features, links=_next(f"?keer={keer}"))

    monkeypatch.setattr(ogc, "MAX_PAGINAS", 4)
    with pytest.raises(InvoerError, match="meer dan 4 pagina's"):
        _fetch(Dienst(eindeloos))
    monkeypatch.setattr(ogc, "MAX_PAGINA_BYTES", 100)
    with pytest.raises(InvoerError, match="een pagina van meer dan"):
        _fetch(Dienst(eindeloos))


def test_dienst_die_druppelt_wordt_na_de_tijdslimiet_afgebroken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ogc, "TOTALE_TIJD_S", -1.0)
    with pytest.raises(InvoerError, match="duurt te lang"):
        _fetch(Dienst())


def test_jaar_dat_de_dienst_niet_heeft_wordt_genoemd() -> None:
    with pytest.raises(InvoerError, match=r"Van het jaar 2031 heeft .* geen gemeenten.*Kies een ander jaar"):
        _fetch(Dienst(), jaar=2031)


def test_fout_halverwege_geeft_niets() -> None:
    def gedrag(_: Dienst, pad: str, vraag: dict[str, str]) -> Antwoord | None:
        return (500, "text/plain", b"") if vraag.get("cursor") == "4" else None

    with pytest.raises(InvoerError, match="Er is niets opgehaald"):
        _fetch(Dienst(gedrag))


@pytest.mark.parametrize(("gemeente", "jaar"), [("Alkmaar", 2025), ("WK036101", 2025), ("GM0361", 1500)])
def test_onmogelijke_vraag_wordt_niet_gesteld(gemeente: str, jaar: int) -> None:
    dienst = Dienst()
    with pytest.raises(InvoerError):
        _fetch(dienst, gemeente=gemeente, jaar=jaar)
    assert dienst.bezocht == []


@pytest.mark.parametrize("bron", ["ftp://api.pdok.nl", "file:///etc", "api.pdok.nl", "", "https://"])
def test_bron_die_geen_webadres_is_wordt_geweigerd(bron: str) -> None:
    with pytest.raises(InvoerError, match="geen webadres"):
        Ogcdienst(bron)


def test_adres_van_de_eerste_pagina_is_dat_van_pdok() -> None:
    verwacht = (
        "https://api.pdok.nl/cbs/wijken-en-buurten-2025/ogc/v1/collections/buurten/items"
        "?gemeentecode=GM0361&limit=1000&f=json"
    )
    assert build_url("https://api.pdok.nl", "buurten", "GM0361", 2025) == verwacht
    assert build_url("https://api.pdok.nl/cbs/wijken-en-buurten-2025/ogc/v1/", "buurten", "GM0361", 2025) == verwacht
