"""Codes of areas as files write them: any case, padded, without their letters, or a register's number."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from gebieden.domein.codes import determine_niveau
from gebieden.domein.taal import join_opsomming
from gebieden.inlezen.codelijst import Codelijst
from gebieden.inlezen.velden import parse_sleutel
from gebieden.inlezen.veldfout import Veldfout

_VOORVOEGSEL = {"buurt": ("BU", 8), "wijk": ("WK", 6), "gemeente": ("GM", 4)}
_EIGEN_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}$")


def parse_gebiedcode(tekst: str, niveau: str | None = None) -> str:
    """Return a code as it is stored: CBS codes in capitals with their letters, other codes as written.

    With a CBS `niveau`, digits of exactly the right length get their letters (`03610101` is a buurt);
    with leading zeros lost the code is refused, with the code it probably was.
    """
    schoon = re.sub(r"\s+", "", parse_sleutel(tekst))
    if determine_niveau(schoon.upper()):
        return schoon.upper()
    if niveau in _VOORVOEGSEL:
        return _complete_cbs_code(schoon, niveau)
    if not _EIGEN_CODE.match(schoon) or re.fullmatch(r"(BU|WK|GM)\d+", schoon.upper()):
        raise fail_code(tekst, "een code als BU03610101, WK036101, GM0361 of een eigen code zonder spaties")
    return schoon


def _complete_cbs_code(schoon: str, niveau: str) -> str:
    letters, lengte = _VOORVOEGSEL[niveau]
    if re.fullmatch(rf"[0-9]{{{lengte}}}", schoon):
        return letters + schoon
    verwacht = f"een code van een {niveau}: {letters} en {lengte} tekens"
    if re.fullmatch(r"[0-9]+(?:[.,]0+)?", schoon) and len(cijfers := re.split("[.,]", schoon)[0]) < lengte:
        vermoed = letters + cijfers.zfill(lengte)
        raise fail_code(schoon, f"{verwacht}; de nullen vooraan lijken weg, waarschijnlijk {vermoed}")
    raise fail_code(schoon, verwacht)


def fail_code(tekst: str, verwacht: str) -> Veldfout:
    """Return the fault for a text that is no code."""
    return Veldfout(
        "geen_gebiedscode", tekst.strip(), f"'{tekst.strip()}' is geen gebiedscode.", verwacht, "Verbeter de code."
    )


def parse_bekend_gebied(tekst: str, bekende_gebieden: Mapping[str, str], codelijst: Codelijst) -> str:
    """Return the code of an area that exists, found by its code in any case or by its long register number.

    A name is refused with the codes that carry it: names repeat, codes do not.
    """
    schoon = parse_sleutel(tekst)
    code = re.sub(r"\s+", "", schoon)
    for mogelijk in (code, code.upper()):
        if mogelijk in bekende_gebieden:
            return mogelijk
    gevonden = next((bekend for bekend in bekende_gebieden if bekend.casefold() == code.casefold()), None)
    if gevonden is not None:
        return gevonden
    if re.fullmatch(r"[0-9]{16}", schoon):
        regel = codelijst.find_registergebied(schoon, "")
        if regel is not None and regel.code in bekende_gebieden:
            return regel.code
    raise _fail_onbekend(schoon, bekende_gebieden)


def _fail_onbekend(tekst: str, bekende_gebieden: Mapping[str, str]) -> Veldfout:
    probleem, verwacht, herstel = f"gebied '{tekst}' is niet bekend.", "de code van een gebied dat is ingelezen", ""
    dragers = [code for code, naam in bekende_gebieden.items() if naam.casefold() == tekst.casefold()]
    if dragers:
        of = " of ".join(sorted(dragers, key=_order_code))
        probleem = f"'{tekst}' is een naam, geen code: {tekst} is {of}."
        herstel = f"Vul de code in: {of}."
    elif not bekende_gebieden:
        herstel = "Lees eerst de gebieden in: python -m gebieden importeer gebieden BESTAND."
    else:
        herstel = f"Verbeter de code of lees het gebied eerst in.{_suggest_gebied(tekst, bekende_gebieden)}"
    return Veldfout("onbekend_gebied", tekst, probleem, verwacht, herstel)


def _order_code(code: str) -> tuple[int, str]:
    """Larger areas first: who types a name usually means the wijk."""
    return ({"gemeente": 0, "wijk": 2, "buurt": 3}.get(determine_niveau(code) or "", 1), code)


def _suggest_gebied(tekst: str, bekende_gebieden: Mapping[str, str]) -> str:
    namen: dict[str, list[str]] = {}
    for code, naam in bekende_gebieden.items():
        namen.setdefault(naam.casefold(), []).append(code)
    dichtbij = get_close_matches(tekst.casefold(), list(namen), n=1, cutoff=0.7)
    codes = (
        namen[dichtbij[0]] if dichtbij else get_close_matches(tekst.upper(), list(bekende_gebieden), n=1, cutoff=0.8)
    )
    if not codes:
        return ""
    return f" Bedoelt u {join_opsomming([f'{c} {bekende_gebieden[c]}' for c in sorted(codes, key=_order_code)])}?"
