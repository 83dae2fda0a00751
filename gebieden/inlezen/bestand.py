"""Checks on a file before anything is read from it: is it there, is it readable, is it bounded."""

import zipfile
from pathlib import Path, PurePosixPath

from gebieden.domein.fouten import InvoerError

MEBIBYTE = 1024**2
MAX_TABEL_BYTES = 128 * MEBIBYTE
"""Largest table that is read whole (signalen stream); in memory it takes about ten times as much."""
MAX_GRENZEN_BYTES = 1024 * MEBIBYTE
"""Largest GeoPackage or zipped shapefile; that of the whole country is about 220 MB."""
MAX_UITGEPAKT_BYTES = 1024 * MEBIBYTE
"""Largest size to which an archive or workbook may unpack."""
MAX_UITPAKVERHOUDING = 200
"""Largest unpacked size as a multiple of the packed size; deflate itself can reach about 1000."""
ALTIJD_TOEGESTAAN_UITGEPAKT = 10 * MEBIBYTE


def check_bestand(pad: Path, *, limiet_bytes: int | None = MAX_TABEL_BYTES) -> None:
    """Raise InvoerError when `pad` is absent, a folder, unreadable, empty or larger than `limiet_bytes`."""
    naam = pad.name
    try:
        is_map, bestaat = pad.is_dir(), pad.exists()
        grootte = pad.stat().st_size if bestaat else 0
        if bestaat and not is_map:
            with pad.open("rb"):
                pass
    except PermissionError as fout:
        raise InvoerError(
            f"Bestand {naam} mag niet gelezen worden: dit account heeft er geen leesrecht op. "
            "Geef leesrecht op het bestand of zet het in een eigen map, en lees het opnieuw in."
        ) from fout
    except OSError as fout:
        raise InvoerError(
            f"Bestand {naam} kan niet geopend worden ({fout.strerror}). "
            "Controleer de naam en de map en lees het bestand opnieuw in."
        ) from fout
    if not bestaat:
        raise InvoerError(f"Bestand {pad} bestaat niet. Controleer de naam en de map.")
    if is_map:
        raise InvoerError(f"{pad} is een map, geen bestand. Geef de naam van één bestand.")
    if grootte == 0:
        raise InvoerError(f"Bestand {naam} is leeg (0 bytes). Maak de export opnieuw.")
    if limiet_bytes is not None and grootte > limiet_bytes:
        raise InvoerError(
            f"Bestand {naam} is te groot: {grootte / MEBIBYTE:.0f} MB. "
            f"De grens is {limiet_bytes / MEBIBYTE:.0f} MB. Splits het bestand in delen."
        )


def check_zip(pad: Path, limiet_bytes: int = MAX_UITGEPAKT_BYTES) -> None:
    """Raise InvoerError when the archive is corrupt, escapes its folder, or unpacks to more than `limiet_bytes`.

    The sizes are those the archive claims; `zipfile` and GDAL stop at the claimed size, so a false
    claim gives a read error and not a full disk.
    """
    try:
        with zipfile.ZipFile(pad) as archief:
            leden = archief.infolist()
    except (zipfile.BadZipFile, OSError) as fout:
        raise InvoerError(
            f"Bestand {pad.name} is beschadigd of geen echt zip-bestand ({fout}). "
            "Maak het opnieuw en lees het opnieuw in."
        ) from fout
    for lid in leden:
        check_lidnaam(lid.filename, pad.name)
    _check_uitgepakt(pad, sum(lid.file_size for lid in leden), limiet_bytes)


def _check_uitgepakt(pad: Path, uitgepakt: int, limiet_bytes: int) -> None:
    verhouding = uitgepakt / max(pad.stat().st_size, 1)
    verdacht = uitgepakt > ALTIJD_TOEGESTAAN_UITGEPAKT and verhouding > MAX_UITPAKVERHOUDING
    if uitgepakt > limiet_bytes or verdacht:
        raise InvoerError(
            f"Bestand {pad.name} wordt uitgepakt {uitgepakt / MEBIBYTE:.0f} MB, {verhouding:.0f} keer zo groot. "
            f"Toegestaan is {limiet_bytes / MEBIBYTE:.0f} MB en {MAX_UITPAKVERHOUDING} keer. "
            "Bewaar het bestand opnieuw zonder lege rijen of verborgen bladen."
        )


def check_lidnaam(lidnaam: str, bestand: str) -> None:
    """Raise InvoerError when a name inside an archive points outside the folder it is unpacked in."""
    schoon = lidnaam.replace("\\", "/")
    is_schijf = len(schoon) > 1 and schoon[1] == ":"
    if schoon.startswith("/") or is_schijf or ".." in PurePosixPath(schoon).parts:
        raise InvoerError(
            f"Zip-bestand {bestand} bevat een onveilig pad: {lidnaam!r}. Verwacht namen zonder '..' en zonder "
            "schijf of '/' vooraan. Maak het zip-bestand opnieuw."
        )
