"""The sentences of the structural map, as a council member reads them."""

from typing import Final

from gebieden.domein.structuur import Structuurbeeld, Structuurklasse, Structuurrij
from gebieden.domein.taal import format_aantal, format_getal, join_opsomming

GEEN_VROEGSIGNAAL: Final = (
    "Dit is geen vroegsignaal: het laat zien waar het structureel meer of minder is, niet wat er nu gebeurt."
)
BETEKENIS: Final = {
    Structuurklasse.HOOG_HOOG: "veel meldingen per inwoner, en in de buurten eromheen ook",
    Structuurklasse.LAAG_LAAG: "weinig meldingen per inwoner, en in de buurten eromheen ook",
    Structuurklasse.HOOG_LAAG: "veel meldingen per inwoner, en in de buurten eromheen juist weinig",
    Structuurklasse.LAAG_HOOG: "weinig meldingen per inwoner, en in de buurten eromheen juist veel",
    Structuurklasse.NIET_OPVALLEND: "de buurt hoort niet bij een groep buurten die samen opvalt",
    Structuurklasse.TE_WEINIG: "er is te weinig bekend om iets te zeggen",
}
ALLEEN_GROEPEN: Final = "De kaart zoekt groepen van buurten. Een buurt die er alleen uitspringt, krijgt geen klasse."
_TOEVAL: Final = 0.05


def compose_moranzin(beeld: Structuurbeeld) -> str:
    """Return in a sentence or two whether neighbours look alike; "" where that is not known."""
    if beeld.moran is None or beeld.p is None:
        return ""
    getal = f"Maat hiervoor (Moran's I): {format_komma(beeld.moran, 2)}; rond 0 is geen patroon, 1 is heel sterk."
    if beeld.p > _TOEVAL:
        return (
            "Of een buurt veel of weinig meldingen per inwoner heeft, hangt niet aantoonbaar samen met de buurten "
            f"eromheen: zo'n verdeling past bij toeval. {getal}"
        )
    kans = f"Zo'n patroon komt door toeval {_format_kans(beeld.p)} voor."
    if beeld.moran > 0:
        return (
            "Buurten met veel meldingen per inwoner liggen vaker bij elkaar dan bij toeval past, en buurten met weinig "
            f"ook. {kans} {getal}"
        )
    return f"Buurten met veel meldingen per inwoner liggen vaker naast buurten met weinig. {kans} {getal}"


def _format_kans(p: float) -> str:
    return f"ongeveer 1 op de {format_getal(round(1 / p))} keer"


def compose_klassenzin(beeld: Structuurbeeld) -> str:
    """Return how many buurten stand out, and as what."""
    if beeld.reden:
        tip = "" if beeld.is_volledig else " Afgeschermde aantallen tellen niet mee; alle categorieën samen geeft meer."
        return f"Er is geen vergelijking te maken: {beeld.reden}.{tip}"
    delen = [f"{beeld.klassen[klasse]} {klasse}" for klasse in list(BETEKENIS)[:4] if beeld.klassen[klasse]]
    vergeleken = f"We vergeleken {format_aantal(beeld.gebruikt, 'buurt', 'buurten')}."
    if not delen:
        return f"{vergeleken} Geen enkele valt op."
    return (
        f"{vergeleken} Daarvan vallen op: {join_opsomming(delen)}. "
        "Van wat opvalt is naar verwachting hoogstens 1 op de 10 toeval."
    )


def compose_rijzin(rij: Structuurrij) -> str:
    """Return what is known of one buurt."""
    if rij.klasse is None:
        return f"{rij.naam}: afgeschermd."
    uitleg = rij.reden or BETEKENIS[rij.klasse]
    return f"{rij.naam}: {rij.klasse}. {uitleg[0].upper()}{uitleg[1:]}."


def format_komma(getal: float | None, decimalen: int = 1) -> str:
    """Return a number with a decimal comma, "onbekend" for None."""
    return "onbekend" if getal is None else f"{getal:.{decimalen}f}".replace(".", ",").replace("-", "−")
