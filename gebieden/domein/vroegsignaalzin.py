"""The reason of a vroegsignaal as Dutch sentences, made by code only (statistiek.md section 9)."""

from collections.abc import Sequence
from math import isnan

from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat, Werkwijze, format_weken

MELDINGSGEDRAG = "Meldingen laten zien wat gemeld is: het meldingsgedrag kan veranderd zijn."
BUITEN_DE_GRENS = "Gebieden over de gemeentegrens zien we niet."
_ZELDZAAMST = 1_000_000
_KLASSE = {
    Vroegstaat.SIGNAAL: "duidelijk meer meldingen dan gebruikelijk",
    Vroegstaat.LET_OP: "wat meer meldingen dan gebruikelijk",
    Vroegstaat.NORMAAL: "niet duidelijk meer meldingen dan gebruikelijk",
    Vroegstaat.TE_WEINIG_GEGEVENS: "te weinig gegevens om iets over te zeggen",
    Vroegstaat.GEGEVENS_ONVOLLEDIG: "de gegevens zijn nog niet volledig",
}
_GROND = {Werkwijze.KORTE_HISTORIE: "het afgelopen jaar (korte historie)"}


def compose_vroegsignaalzin(
    signaal: Vroegsignaal,
    gebied: str,
    *,
    reeksen: int,
    grens_onterecht: float = 0.10,
    opmerkingen: Sequence[str] = (),
) -> str:
    """Return the reason of a verdict for who may see its count, as plain text: escape it before it reaches HTML.

    `gebied` is the area's name, `reeksen` how many series were tested together, `grens_onterecht` the promised share
    of false signals (0-1), `opmerkingen` what the register of registration changes says about this series.
    """
    delen = [_compose_kop(signaal, gebied), *_compose_oordeel(signaal, reeksen, grens_onterecht)]
    return " ".join([*delen, *opmerkingen, MELDINGSGEDRAG])


def compose_afgeschermde_zin(
    signaal: Vroegsignaal, gebied: str, *, grens_onterecht: float = 0.10, opmerkingen: Sequence[str] = ()
) -> str:
    """Return the reason for who may not see the count: a class, and no number that the count follows from.

    Who may not see single counts never sees a signaal under the minimum count at all: raises ValueError for one.
    """
    if signaal.staat in (Vroegstaat.SIGNAAL, Vroegstaat.LET_OP) and not signaal.is_toonbaar:
        raise ValueError("Onder het minimum aantal meldingen is een signaal alleen voor de rol oov.")
    kop = f"{signaal.categorie}, {gebied}, {format_weken(signaal.maandag, signaal.venster)}: {_KLASSE[signaal.staat]}."
    belofte = [_format_belofte(grens_onterecht)] if signaal.staat is Vroegstaat.SIGNAAL else []
    return " ".join([kop, *belofte, *opmerkingen, MELDINGSGEDRAG])


def _compose_kop(signaal: Vroegsignaal, gebied: str) -> str:
    aantal = "" if signaal.waargenomen is None else f": {format_aantal(signaal.waargenomen, 'melding', 'meldingen')}"
    return f"{signaal.categorie}, {gebied}, {format_weken(signaal.maandag, signaal.venster)}{aantal}."


def _compose_oordeel(signaal: Vroegsignaal, reeksen: int, grens_onterecht: float) -> list[str]:
    if signaal.staat is Vroegstaat.GEGEVENS_ONVOLLEDIG:
        return ["De gegevens van deze weken zijn nog niet volledig of tellen niet mee; daarom is er geen oordeel."]
    if signaal.staat is Vroegstaat.TE_WEINIG_GEGEVENS:
        return ["Er zijn te weinig gegevens om te zeggen wat gebruikelijk is; daarom is er geen oordeel."]
    delen = [_compose_verwachting(signaal), describe_kans(signaal)]
    if signaal.staat is Vroegstaat.SIGNAAL:
        delen.append(_format_belofte(grens_onterecht))
    if signaal.staat is Vroegstaat.LET_OP:
        delen.append(_compose_let_op(reeksen))
    return [deel for deel in [*delen, describe_gemist(signaal)] if deel]


def _compose_verwachting(signaal: Vroegsignaal) -> str:
    grond = _GROND.get(signaal.werkwijze, "eerdere jaren")
    return (
        f"Op grond van {grond} verwachtten we er {format_verwacht(signaal.verwacht)} "
        f"(gebruikelijk {format_getal(signaal.laag or 0)} tot en met {format_getal(signaal.hoog or 0)})."
    )


def _compose_let_op(reeksen: int) -> str:
    toeval = max(1, round(reeksen * 0.005))
    return (
        f"Dit is geen signaal: van de {format_getal(reeksen)} reeksen die we bekijken, komt er ook zonder enige "
        f"verandering ongeveer {format_getal(toeval)} per week zo hoog uit."
    )


def _format_belofte(grens_onterecht: float) -> str:
    return (
        "Van alle signalen in dit overzicht is naar verwachting "
        f"hoogstens 1 op de {format_getal(int(1 / grens_onterecht + 1e-9))} toeval."
    )


def format_verwacht(verwacht: float | None) -> str:
    """Return an expected number: whole from 10, with one decimal below it, `minder dan 0,1` for next to nothing."""
    if verwacht is None or isnan(verwacht):
        return "onbekend"
    if verwacht < 0.1:
        return "minder dan 0,1"
    if verwacht >= 9.95:
        return format_getal(round(verwacht))
    return f"{verwacht:.1f}".replace(".", ",").removesuffix(",0")


def describe_kans(signaal: Vroegsignaal) -> str:
    """Return how rare a count is by chance; empty where that is not known."""
    if signaal.kans is None:
        return ""
    if signaal.kans >= 0.05:
        return "Zo'n aantal is gewoon."
    return f"Zo'n aantal komt door toeval minder dan 1 keer op {format_getal(round_zeldzaamheid(signaal.kans))} voor."


def round_zeldzaamheid(kans: float) -> int:
    """Return the n of `minder dan 1 keer op n`: one digit and zeros, never rarer than it is.

    `kans` lies in 0-1; kans < 1/n always holds, and n stops at a million, beyond which no model can be trusted.
    Raises ValueError where no n of 2 or more exists.
    """
    if not 0 <= kans < 0.5:
        raise ValueError("Alleen een kans onder de helft heeft zo'n zin.")
    grootte = _ZELDZAAMST
    while grootte:
        for cijfer in range(1 if grootte == _ZELDZAAMST else 9, 0, -1):
            if kans * cijfer * grootte < 1:
                return max(2, cijfer * grootte)
        grootte //= 10
    raise AssertionError("onbereikbaar: voor n = 1 geldt het altijd")


def describe_gemist(signaal: Vroegsignaal) -> str:
    """Return from which number an alarm follows and what would be missed; empty where that is not known."""
    if signaal.alarm_vanaf is None or signaal.kans_verdubbeling is None:
        return ""
    vanaf = f"Vanaf {format_aantal(signaal.alarm_vanaf, 'melding', 'meldingen')} zouden we een signaal geven."
    return f"{vanaf} Een verdubbeling in dit gebied zouden we {_format_trefkans(signaal.kans_verdubbeling)}."


def _format_trefkans(kans: float) -> str:
    if kans >= 0.8:
        return "meestal zien"
    return "vaak zien, maar ook vaak missen" if kans >= 0.4 else "meestal missen"
