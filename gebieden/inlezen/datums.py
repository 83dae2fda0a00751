"""Dates in a field: text → the local calendar day, or a fault that says why not."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gebieden.inlezen.veldfout import Veldfout

LOKALE_TIJDZONE = ZoneInfo("Europe/Amsterdam")
EERSTE_JAAR, LAATSTE_JAAR = 1900, 2100

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
_ISO_TIJD = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", re.ASCII)
_DAG_EERST = re.compile(r"^(\d{1,2})[-.](\d{1,2})[-.](\d{4})(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?$", re.ASCII)
_SCHUIN = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?$", re.ASCII)
_KORT_JAAR = re.compile(r"^\d{1,2}[-./]\d{1,2}[-./]\d{2}(?:\D|$)", re.ASCII)


def parse_datum(tekst: str) -> date:
    """Return the local calendar day (Europe/Amsterdam).

    Read are `jjjj-mm-dd`, `d-m-jjjj` and `d.m.jjjj` (day first, as in Dutch), both with a time, and ISO
    date-times; one with a zone is converted, so `1995-05-15T22:00Z` is 16 May. With slashes Dutch and American
    order cannot be told apart: `01/02/2025` is refused, `31/12/2025` and `12/31/2025` have only one reading.
    Two-digit years and years outside 1900–2100 are refused.
    """
    schoon = tekst.strip()
    if _ISO_TIJD.match(schoon):
        return _check_jaar(_parse_iso_tijd(schoon), schoon)
    if iso := _ISO.match(schoon):
        return _build_datum(int(iso[1]), int(iso[2]), int(iso[3]), schoon)
    if nederlands := _DAG_EERST.match(schoon):
        return _build_datum(int(nederlands[3]), int(nederlands[2]), int(nederlands[1]), schoon)
    if schuin := _SCHUIN.match(schoon):
        return _parse_schuin(int(schuin[1]), int(schuin[2]), int(schuin[3]), schoon)
    if _KORT_JAAR.match(schoon):
        raise _fail_datum("datum_zonder_eeuw", schoon, "het jaar heeft twee cijfers, dus de eeuw is niet zeker")
    if re.fullmatch(r"[0-9]{5}", schoon):
        raise _fail_datum("datum_volgnummer", schoon, "dit lijkt een volgnummer van Excel, geen datum")
    raise _fail_datum("geen_datum", schoon, "dit is geen datum die te lezen is")


def _parse_schuin(eerste: int, tweede: int, jaar: int, tekst: str) -> date:
    if eerste <= 12 and tweede <= 12 and eerste != tweede:
        raise _fail_datum("datum_dubbelzinnig", tekst, "dit kan dag/maand (Nederlands) en maand/dag (Amerikaans) zijn")
    dag, maand = (eerste, tweede) if tweede <= 12 else (tweede, eerste)
    return _build_datum(jaar, maand, dag, tekst)


def _parse_iso_tijd(tekst: str) -> date:
    zone_voluit = re.sub(r"([+-]\d{2})$", r"\1:00", tekst.replace(" ", "T", 1))
    try:
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", zone_voluit))
    except ValueError as fout:
        raise _fail_datum("geen_datum", tekst, "deze datum of tijd bestaat niet") from fout
    return moment.date() if moment.tzinfo is None else _localize(moment)


def _localize(moment: datetime) -> date:
    try:
        return moment.astimezone(LOKALE_TIJDZONE).date()
    except OverflowError as fout:
        raise _fail_datum("jaar_buiten_bereik", moment.isoformat(), "dit jaar kan niet kloppen") from fout


def _build_datum(jaar: int, maand: int, dag: int, tekst: str) -> date:
    if maand > 12 and dag <= 12:
        raise _fail_datum(
            "maand_bestaat_niet", tekst, f"maand {maand} bestaat niet; misschien maand en dag omgewisseld"
        )
    try:
        datum = date(jaar, maand, dag)
    except ValueError as fout:
        raise _fail_datum("dag_bestaat_niet", tekst, "deze dag bestaat niet") from fout
    return _check_jaar(datum, tekst)


def _check_jaar(dag: date, tekst: str) -> date:
    if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
        raise _fail_datum("jaar_buiten_bereik", tekst, f"het jaar {dag.year} kan niet kloppen")
    return dag


def _fail_datum(regelnaam: str, gevonden: str, probleem: str) -> Veldfout:
    return Veldfout(
        regelnaam,
        gevonden,
        f"'{gevonden}': {probleem}.",
        f"een datum als 31-12-2025 of 2025-12-31, tussen {EERSTE_JAAR} en {LAATSTE_JAAR}",
        "Schrijf de datum zo en lees het bestand opnieuw in.",
    )
