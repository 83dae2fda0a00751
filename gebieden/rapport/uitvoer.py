"""Files out: one table as CSV, XLSX, GeoJSON or GeoPackage, always with its source, peildatum and definition."""

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from gebieden.domein.fouten import InvoerError, OpslagError
from gebieden.rapport.geobestand import render_geojson, render_gpkg
from gebieden.rapport.inhoud import Uitvoer
from gebieden.rapport.vlak import render_csv
from gebieden.rapport.werkmap import render_xlsx

_FORMATEN: dict[str, Callable[[Uitvoer], bytes]] = {
    "csv": render_csv,
    "xlsx": render_xlsx,
    "geojson": render_geojson,
    "gpkg": render_gpkg,
}
FORMATEN = tuple(_FORMATEN)
MEDIATYPEN = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}

__all__ = [
    "FORMATEN",
    "MEDIATYPEN",
    "Uitvoer",
    "check_uitvoerpad",
    "determine_formaat",
    "render_uitvoer",
    "write_geheel",
    "write_uitvoer",
]


def render_uitvoer(uitvoer: Uitvoer, formaat: str) -> bytes:
    """Return the file as bytes; `formaat` is one of FORMATEN."""
    return _FORMATEN[formaat](uitvoer)


def determine_formaat(pad: Path) -> str:
    """Return the format that a file name asks for; raise InvoerError for any other extension."""
    formaat = pad.suffix.lower().removeprefix(".")
    if formaat not in _FORMATEN:
        raise InvoerError(
            f"Het bestand {pad} heeft {f'de extensie {pad.suffix}' if pad.suffix else 'geen extensie'}. "
            "Verwacht: .csv, .xlsx, .geojson of .gpkg. Geef het bestand een van deze vier extensies."
        )
    return formaat


def write_uitvoer(uitvoer: Uitvoer, pad: Path) -> None:
    """Write the file, in the format of its extension: whole, or not at all.

    Raise InvoerError for an unknown extension and OpslagError when the file cannot be written.
    """
    write_geheel(render_uitvoer(uitvoer, determine_formaat(pad)), pad)


def check_uitvoerpad(pad: Path, bronnen: Sequence[Path]) -> None:
    """Raise InvoerError when an outcome cannot be written there, or would replace a file that it is made from."""
    if pad.is_dir() or not pad.parent.is_dir():
        wat = "is een map" if pad.is_dir() else f"kan niet worden geschreven: de map {pad.parent} bestaat niet"
        raise InvoerError(f"De uitvoer {pad} {wat}. Verwacht: de naam van een bestand in een map die er is.")
    if pad.exists() and any(bron.exists() and pad.samefile(bron) for bron in bronnen):
        raise InvoerError(f"De uitvoer {pad} is ook de invoer. Verwacht: een andere naam. Kies een ander bestand.")


def write_geheel(inhoud: bytes, pad: Path) -> None:
    """Write the bytes whole, or not at all; raise OpslagError when that cannot be done."""
    tijdelijk = pad.with_name(f".{pad.name[:100]}.{secrets.token_hex(4)}.deel")
    try:
        try:
            tijdelijk.write_bytes(inhoud)
            tijdelijk.replace(pad)
        finally:
            tijdelijk.unlink(missing_ok=True)
    except OSError as fout:
        raise OpslagError(
            f"Het bestand {pad} kan niet worden geschreven: {fout.strerror}. "
            "Controleer of de map bestaat, of u er mag schrijven en of geen ander programma het bestand open heeft."
        ) from fout
