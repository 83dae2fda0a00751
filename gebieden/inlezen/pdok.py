"""Official boundaries of one gemeente from PDOK (CBS wijken en buurten), all pages or nothing."""

import urllib.parse
from collections.abc import Callable
from typing import Any

from gebieden.domein.codes import determine_niveau
from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.codelijst import Codelijst
from gebieden.inlezen.gebiedcode import parse_gebiedcode
from gebieden.inlezen.geojson import build_inhoud, get_crs
from gebieden.inlezen.grenzen import check_lagen
from gebieden.inlezen.lagen import Laag
from gebieden.inlezen.ogc import NietGevonden, Ogcdienst
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.inlezen.veldfout import Veldfout

PDOK = "https://api.pdok.nl"
COLLECTIES = ("gemeenten", "wijken", "buurten")
PER_PAGINA = 1000
EERSTE_JAAR, LAATSTE_JAAR = 2003, 2100


def fetch_grenzen(
    gemeente: str,
    jaar: int,
    *,
    bron: str | None = None,
    codelijst: Codelijst | None = None,
    meld_voortgang: Callable[[str, int], None] | None = None,
    dienst: Ogcdienst | None = None,
) -> Inleesresultaat:
    """Return the gemeente, wijken and buurten of one gemeente and year, checked as a file would be.

    `bron` is the address of the service, PDOK's unless given: its root, or the address that ends in `/ogc/v1`.
    `meld_voortgang` is called after every page with the collection and the number of areas so far.

    Raises
    ------
    InvoerError
        No such gemeente or year, or the service did not give everything: then nothing is used.
    """
    code = _parse_gemeente(gemeente)
    if not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
        raise InvoerError(f"Jaar {jaar} kan niet. Verwacht: een jaar van {EERSTE_JAAR} tot {LAATSTE_JAAR}.")
    dienst = dienst or Ogcdienst(bron or PDOK)
    lagen = [_fetch_laag(dienst, collectie, code, jaar, meld_voortgang) for collectie in COLLECTIES]
    naam = f"CBS wijken en buurten {jaar}, {code}"
    return check_lagen(lagen, bestand=naam, codelijst=codelijst)


def _parse_gemeente(gemeente: str) -> str:
    try:
        code = parse_gebiedcode(gemeente, "gemeente")
    except Veldfout as fout:
        raise InvoerError(str(fout)) from fout
    if determine_niveau(code) != "gemeente":
        raise InvoerError(f"'{gemeente}' is geen gemeente. Verwacht: een gemeentecode als GM0361.")
    return code


def build_url(bron: str, collectie: str, gemeente: str, jaar: int) -> str:
    """Return the address of the first page of one collection."""
    basis = bron.rstrip("/")
    if not urllib.parse.urlsplit(basis).path.endswith("/ogc/v1"):
        basis = f"{basis}/cbs/wijken-en-buurten-{jaar}/ogc/v1"
    vraag = urllib.parse.urlencode({"gemeentecode": gemeente, "limit": PER_PAGINA, "f": "json"})
    return f"{basis}/collections/{collectie}/items?{vraag}"


def _fetch_laag(
    dienst: Ogcdienst, collectie: str, gemeente: str, jaar: int, meld_voortgang: Callable[[str, int], None] | None
) -> Laag:
    features: list[Any] = []
    verwacht: int | None = None
    crs: str | None = None
    try:
        for pagina in dienst.fetch_features(build_url(dienst.bron, collectie, gemeente, jaar)):
            features += pagina["features"]
            verwacht = pagina.get("numberMatched", verwacht)
            crs = crs or get_crs(pagina)
            if meld_voortgang:
                meld_voortgang(collectie, len(features))
    except NietGevonden as fout:
        raise InvoerError(
            f"Van het jaar {jaar} heeft {dienst.bron} geen {collectie}: {fout} Verwacht: een jaar dat PDOK aanbiedt. "
            "Kies een ander jaar, of lees een gedownload bestand in."
        ) from fout
    _check_volledig(features, verwacht, collectie, gemeente, jaar)
    inhoud = build_inhoud(crs, features)
    return Laag(collectie, inhoud.crs, inhoud.eigenschappen, inhoud.vormen, inhoud.oorzaken)


def _check_volledig(features: list[Any], verwacht: Any, collectie: str, gemeente: str, jaar: int) -> None:
    if not features:
        raise InvoerError(
            f"Er zijn geen {collectie} van gemeente {gemeente} in {jaar}. Verwacht: een gemeente die toen bestond. "
            "Controleer de code en het jaar."
        )
    if isinstance(verwacht, int) and verwacht != len(features):
        raise InvoerError(
            f"De dienst noemt {verwacht} {collectie} en gaf er {len(features)}: niet volledig. Er is niets opgehaald. "
            "Probeer het later opnieuw."
        )
    vreemd = {code for f in features if (code := _get_gemeentecode(f)) not in {gemeente, None}}
    if vreemd:
        raise InvoerError(
            f"De dienst gaf {collectie} van een andere gemeente ({', '.join(sorted(map(str, vreemd))[:5])}) terwijl "
            f"{gemeente} gevraagd is. Er is niets opgehaald. Controleer --bron."
        )


def _get_gemeentecode(feature: Any) -> str | None:
    kenmerken = feature.get("properties") if isinstance(feature, dict) else None
    code = kenmerken.get("gemeentecode") if isinstance(kenmerken, dict) else None
    return str(code).strip().upper() if code else None
