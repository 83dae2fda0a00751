"""JSON from a file: read whole, or refused with the place where it breaks."""

import json
from collections.abc import Callable
from pathlib import Path

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import MEBIBYTE, check_bestand

MAX_JSON_BYTES = 16 * MEBIBYTE


def read_json(pad: Path) -> object:
    """Return what stands in the file; NaN and Infinity, which are no JSON, read as None.

    Raises
    ------
    InvoerError
        The file is absent, empty, larger than 16 MB, not UTF-8, no JSON, or names a key twice in one object.
    """
    check_bestand(pad, limiet_bytes=MAX_JSON_BYTES)
    dubbel: list[str] = []

    def build(paren: list[tuple[str, object]]) -> dict[str, object]:
        gebouwd = dict(paren)
        if len(gebouwd) < len(paren):
            namen = [naam for naam, _ in paren]
            dubbel.extend(naam for naam in gebouwd if namen.count(naam) > 1)
        return gebouwd

    inhoud = parse_json(pad.read_bytes(), pad.name, object_pairs_hook=build)
    if dubbel:
        raise InvoerError(
            f"Bestand {pad.name} noemt dezelfde sleutel meer dan eens: {', '.join(dict.fromkeys(dubbel))}. "
            "Verwacht: elke sleutel één keer. Haal de dubbele weg."
        )
    return inhoud


def parse_json(
    ruw: bytes, bestand: str, object_pairs_hook: Callable[[list[tuple[str, object]]], object] | None = None
) -> object:
    """Return the parsed bytes; `bestand` is the name for the messages of InvoerError."""
    try:
        inhoud: object = json.loads(
            ruw.decode("utf-8-sig"), parse_constant=lambda _: None, object_pairs_hook=object_pairs_hook
        )
    except UnicodeDecodeError as fout:
        raise InvoerError(
            f"Bestand {bestand} is geen UTF-8 (byte {fout.start}). Verwacht: JSON in UTF-8. "
            "Exporteer het opnieuw als UTF-8."
        ) from fout
    except json.JSONDecodeError as fout:
        raise InvoerError(
            f"Bestand {bestand} is geen geldige JSON: regel {fout.lineno}, teken {fout.colno} ({fout.msg}). "
            "Waarschijnlijk is het niet helemaal opgehaald. Maak de export opnieuw."
        ) from fout
    except (RecursionError, ValueError) as fout:
        raise InvoerError(
            f"Bestand {bestand} is niet te lezen: het is te diep genest of heeft een getal met te veel cijfers. "
            "Maak de export opnieuw."
        ) from fout
    return inhoud
