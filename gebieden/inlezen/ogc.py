"""Reading all pages of an OGC API Features collection: retried, bounded, never partial."""

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from gebieden.domein.fouten import InvoerError

MAX_POGINGEN = 5
WACHTTIJD_S = 0.5
"""Wait before the second attempt; doubled before each next one."""
TIJDSLIMIET_S = 30.0
TOTALE_TIJD_S = 600.0
MAX_PAGINAS = 200
MAX_PAGINA_BYTES = 64 * 1024**2
MAX_TOTAAL_BYTES = 256 * 1024**2
TIJDELIJK = frozenset({429, 500, 502, 503, 504})


class NietGevonden(InvoerError):
    """The service does not have this collection."""


class _Tijdelijk(Exception):
    """A failure that a second attempt may not have."""


@dataclass(frozen=True)
class Ogcdienst:
    """One service: requests never leave its host. `wacht` is how to wait, so that a test need not."""

    bron: str
    wacht: Callable[[float], None] = time.sleep
    tijdslimiet_s: float = TIJDSLIMIET_S

    def __post_init__(self) -> None:
        delen = urllib.parse.urlsplit(self.bron)
        if delen.scheme not in {"http", "https"} or not delen.hostname:
            raise InvoerError(
                f"Bron '{self.bron}' is geen webadres. Verwacht: een adres dat begint met https://. Verbeter --bron."
            )

    def fetch_features(self, url: str) -> Iterator[dict[str, Any]]:
        """Yield the pages (FeatureCollections) from `url` on, following `next` links.

        Raises
        ------
        InvoerError
            The service stays unreachable, gives something else than features, leads to another host, repeats a
            page, or gives more than the limits. NietGevonden when it does not know the collection.
        """
        bezocht: set[str] = set()
        inhouden: set[str] = set()
        totaal_bytes = 0
        einde = time.monotonic() + TOTALE_TIJD_S
        volgende: str | None = url
        while volgende is not None:
            self._check_adres(volgende)
            if volgende in bezocht:
                raise InvoerError(f"{self.bron} stuurt in een kringetje: {volgende} kwam al voor. {_HERSTEL}")
            if len(bezocht) >= MAX_PAGINAS:
                raise InvoerError(f"{self.bron} geeft meer dan {MAX_PAGINAS} pagina's voor één gemeente. {_HERSTEL}")
            bezocht.add(volgende)
            pagina, aantal_bytes = self._fetch(volgende, einde)
            totaal_bytes += aantal_bytes
            if totaal_bytes > MAX_TOTAAL_BYTES:
                raise InvoerError(f"{self.bron} geeft meer dan {MAX_TOTAAL_BYTES // 1024**2} MB. {_HERSTEL}")
            inhoud = json.dumps(pagina["features"], sort_keys=True)
            if pagina["features"] and inhoud in inhouden:
                raise InvoerError(f"{self.bron} geeft twee keer dezelfde pagina ({volgende}). {_HERSTEL}")
            inhouden.add(inhoud)
            yield pagina
            volgende = _find_volgende(pagina, volgende)

    def _check_adres(self, url: str) -> None:
        bron, doel = urllib.parse.urlsplit(self.bron), urllib.parse.urlsplit(url)
        if (doel.scheme, doel.hostname, doel.port) != (bron.scheme, bron.hostname, bron.port):
            raise InvoerError(
                f"{self.bron} verwijst door naar een ander adres: {url[:200]}. Verwacht: alleen {bron.scheme}://"
                f"{bron.netloc}. Er is niets opgehaald. Controleer --bron."
            )

    def _fetch(self, url: str, einde: float) -> tuple[dict[str, Any], int]:
        reden = ""
        for poging in range(MAX_POGINGEN):
            if poging:
                self.wacht(WACHTTIJD_S * 2 ** (poging - 1))
            try:
                return self._fetch_once(url, einde)
            except _Tijdelijk as fout:
                reden = str(fout)
        raise InvoerError(
            f"{url} was {MAX_POGINGEN} keer niet goed op te halen (laatst: {reden}). "
            f"Verwacht: een pagina met gebieden. {_HERSTEL}"
        )

    def _fetch_once(self, url: str, einde: float) -> tuple[dict[str, Any], int]:
        verzoek = urllib.request.Request(url, headers={"Accept": "application/geo+json, application/json"})
        try:
            with _OPENER.open(verzoek, timeout=self.tijdslimiet_s) as antwoord:
                ruw = _read_begrensd(antwoord, url, einde)
                soort = antwoord.headers.get_content_type()
        except urllib.error.HTTPError as fout:
            with fout:
                raise _judge_status(fout, url) from fout
        except (urllib.error.URLError, http.client.HTTPException, OSError) as fout:
            raise _Tijdelijk(str(getattr(fout, "reason", fout)) or type(fout).__name__) from fout
        return _parse_pagina(ruw, soort, url), len(ruw)


_HERSTEL = "Er is niets opgehaald. Probeer het later opnieuw, of lees een gedownload bestand in."


class _Binnenshuis(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only within the same scheme and host."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Return the next request, or None, which makes urllib report the redirect as an error."""
        van, naar = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if (van.scheme, van.netloc) != (naar.scheme, naar.netloc):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_Binnenshuis)


def _judge_status(fout: urllib.error.HTTPError, url: str) -> Exception:
    if fout.code in TIJDELIJK:
        return _Tijdelijk(f"foutcode {fout.code}")
    if fout.code == 404:
        return NietGevonden(f"{url} bestaat niet (foutcode 404).")
    if 300 <= fout.code < 400:
        return InvoerError(f"{url} verwijst door naar {fout.headers.get('Location', 'elders')}. {_HERSTEL}")
    return InvoerError(f"{url} geeft foutcode {fout.code}. {_HERSTEL}")


def _read_begrensd(antwoord: http.client.HTTPResponse, url: str, einde: float) -> bytes:
    """Return the body; stop at the size limit, at the time limit (a server may drip), and on a cut-off body."""
    blokken: list[bytes] = []
    aantal = 0
    while blok := antwoord.read1(256 * 1024):
        blokken.append(blok)
        aantal += len(blok)
        if aantal > MAX_PAGINA_BYTES:
            raise InvoerError(f"{url} geeft een pagina van meer dan {MAX_PAGINA_BYTES // 1024**2} MB. {_HERSTEL}")
        if time.monotonic() > einde:
            raise InvoerError(f"{url} duurt te lang: meer dan {TOTALE_TIJD_S:.0f} seconden in totaal. {_HERSTEL}")
    lengte = antwoord.headers.get("Content-Length")
    if lengte is not None and lengte.isdigit() and int(lengte) != aantal:
        raise _Tijdelijk(f"het antwoord is afgebroken na {aantal} van {lengte} bytes")
    return b"".join(blokken)


def _parse_pagina(ruw: bytes, soort: str, url: str) -> dict[str, Any]:
    if soort in {"text/html", "application/xhtml+xml"} or ruw.lstrip()[:1] == b"<":
        raise InvoerError(f"{url} geeft een webpagina in plaats van gebieden. {_HERSTEL}")
    try:
        pagina = json.loads(ruw)
    except (ValueError, RecursionError) as fout:
        raise _Tijdelijk("het antwoord is afgebroken of geen JSON") from fout
    if isinstance(pagina, dict) and isinstance(pagina.get("features"), list):
        return pagina
    uitleg = str(pagina.get("description") or pagina.get("title") or "") if isinstance(pagina, dict) else ""
    raise InvoerError(f"{url} geeft geen FeatureCollection{f': {uitleg[:200]}' if uitleg else ''}. {_HERSTEL}")


def _find_volgende(pagina: dict[str, Any], url: str) -> str | None:
    for link in pagina.get("links") or []:
        if isinstance(link, dict) and link.get("rel") == "next" and link.get("href"):
            return urllib.parse.urljoin(url, str(link["href"]))
    return None
