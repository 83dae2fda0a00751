"""What stands around the data rows of a table: titles, empty rows, footers, and rows of another width."""

import re
from collections.abc import Sequence
from typing import Any

from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.inlezen.kolommen import Kop, list_namen

_VOETREGEL = re.compile(
    r"^\W*(bron|noot|toelichting|peildatum|opmerking|gegenereerd|aangemaakt|export|copyright|let op|licentie|"
    r"disclaimer|einde|aantal (rijen|regels|records))\b|^©",
    re.IGNORECASE,
)


def find_voet(gevuld: Sequence[tuple[int, Sequence[Any]]]) -> int:
    """Return how many rows at the end are footers: rows with one filled cell, from the first one that reads like
    a source or a note, or that is a sentence below an empty row.

    Anything else that is short is a data row with missing fields and must be refused, not overlooked.
    """
    begin = len(gevuld)
    while begin and len(list_gevuld(gevuld[begin - 1][1])) == 1:
        begin -= 1
    for plaats in range(begin, len(gevuld)):
        (tekst,) = list_gevuld(gevuld[plaats][1])
        is_los = plaats > 0 and gevuld[plaats][0] - gevuld[plaats - 1][0] > 1 and " " in tekst
        if is_los or _VOETREGEL.match(tekst):
            return len(gevuld) - plaats
    return 0


def list_gevuld(rij: Sequence[Any]) -> list[str]:
    """Return the texts of a row's filled cells."""
    return [tekst for cel in rij if (tekst := str(cel).strip())]


def report_breedte(regel: int, velden: int, breedte: int, naam: str, teken: str | None) -> Bevinding:
    """Return what refuses a row with more or fewer fields than the header."""
    teveel = velden > breedte
    getoond = {"\t": "tab", None: ""}.get(teken, f"'{teken}'")
    return Bevinding(
        ernst=Ernst.AFGEKEURD,
        regelnaam="te_veel_velden" if teveel else "te_weinig_velden",
        melding=f"Rij {regel} van {naam} heeft {velden} velden. De kop heeft er {breedte}.",
        herstel=(
            f"Zet tekst waar het scheidingsteken {getoond} in voorkomt tussen dubbele aanhalingstekens."
            if teveel
            else f"Vul de rij aan tot {breedte} velden; laat een leeg veld leeg, maar laat het staan."
        ),
        regel=regel,
    )


def report_omgeving(
    kop: Kop, naam: str, lege: int, voetrijen: Sequence[tuple[int, Sequence[Any]]], laag: str | None
) -> list[Bevinding]:
    """Report what was read past: title lines, extra columns, empty rows, footers, and a `laag` that means nothing."""
    gevonden: list[tuple[str, str]] = []
    if kop.index:
        gevonden.append(
            ("titelregels", f"{naam}: {kop.index} rij(en) boven de kop overgeslagen; de kop is rij {kop.index + 1}.")
        )
    if kop.extra:
        gevonden.append(("extra_kolommen", f"{naam}: kolommen die niet gebruikt zijn: {list_namen(kop.extra)}."))
    if lege:
        gevonden.append(("lege_rijen", f"{naam}: {lege} lege rij(en) overgeslagen."))
    for regel, rij in voetrijen:
        tekst = " ".join(list_gevuld(rij))
        gevonden.append(("voetregel", f"{naam}: rij {regel} onder de tabel overgeslagen: '{tekst[:120]}'."))
    if laag is not None:
        gevonden.append(("laag_genegeerd", f"{naam} is geen werkmap: --laag '{laag}' is niet gebruikt."))
    herstel = "Niets nodig, als dit klopt."
    return [Bevinding(Ernst.LET_OP, regelnaam, melding, herstel) for regelnaam, melding in gevonden]
