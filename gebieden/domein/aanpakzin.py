"""The measurement of an aanpak in Dutch sentences, made by code only, in the shape of `statistiek.md` section 9."""

from math import ceil

from gebieden.domein.aanpakuitkomst import (
    Aanpakcijfers,
    Aanpakuitkomst,
    Afwijzing,
    Effect,
    Nepuitkomst,
    Vergelijkgebied,
    Verplaatsingsoordeel,
)
from gebieden.domein.taal import format_aantal, format_getal, join_opsomming

EERDER_ONDERZOEK = (
    "Uit eerder onderzoek: verplaatsing is eerder uitzondering dan regel. Dat de omgeving meeprofiteert, komt minstens "
    "zo vaak voor (Bowers e.a. 2011, Telep e.a. 2014)."
)
VOORBEHOUD = (
    "Het gaat om meldingen; het meldingsgedrag kan door de aanpak veranderd zijn. "
    "Gebieden buiten de gemeente zien we niet."
)
_O = Verplaatsingsoordeel
_OORDELEN = {
    _O.AANNEMELIJK: "verplaatsing is aannemelijk",
    _O.AANWIJZING: "er is een aanwijzing voor verplaatsing, maar geen zekerheid",
    _O.NIET_AANTOONBAAR: "verplaatsing is niet aantoonbaar",
    _O.UITSTRALING: "dat wijst op uitstraling: de omgeving profiteerde mee",
    _O.HANGT_AF: "of er verplaatsing is, hangt af van de maat",
    _O.TE_WEINIG: "te weinig gegevens voor een oordeel over verplaatsing",
}
_AFWIJZINGEN = {
    Afwijzing.BEHANDELD: "hier is of wordt zelf iets gedaan",
    Afwijzing.GRENST: "grenst aan een gebied met een aanpak, en kan de gevolgen daarvan merken",
    Afwijzing.ZONDER_MELDINGEN: "zonder meldingen in de weken waarmee we vergelijken valt er niets te vergelijken",
    Afwijzing.ANDERE_SET: "hoort al bij de andere vergelijking",
}


def compose_aanpakzinnen(naam: str, uitkomst: Aanpakuitkomst) -> list[str]:
    """Return what was measured after the aanpak in `naam`, sentence by sentence; the last two hold for every aanpak.

    `naam` is text as it was entered: escape before it reaches HTML.
    """
    zinnen = []
    if uitkomst.cijfers:
        zinnen += _compose_metingzinnen(naam, uitkomst.oordeel, uitkomst.cijfers)
    if uitkomst.redenen:
        begin = "Waarom te weinig gegevens" if uitkomst.cijfers else f"Aanpak in {naam}: te weinig gegevens"
        zinnen.append(f"{begin}: {'; '.join(uitkomst.redenen)}.")
    if uitkomst.weggelaten:
        zinnen.append(f"Niet meegeteld, omdat dezelfde week eerder ontbreekt: {join_opsomming(uitkomst.weggelaten)}.")
    return [*zinnen, EERDER_ONDERZOEK, VOORBEHOUD]


def _compose_metingzinnen(naam: str, oordeel: Verplaatsingsoordeel, cijfers: Aanpakcijfers) -> list[str]:
    weken = format_aantal(cijfers.weken, "week", "weken")
    zinnen = [
        f"Na de aanpak in {naam}, in {weken}: {format_effect(cijfers.lokaal)}, vergeleken met soortgelijke gebieden.",
        f"In de buurten eromheen: {format_effect(cijfers.verplaatsing)}: {_OORDELEN[oordeel]}.",
        f"Een verplaatsing van minder dan {format_getal(ceil(cijfers.mde))} meldingen hadden we meestal niet "
        "kunnen zien.",
    ]
    if oordeel is Verplaatsingsoordeel.AANWIJZING:
        zinnen.append("Zo'n aanwijzing zien we ook zonder verplaatsing: in ongeveer 1 op de 5 gevallen.")
    if oordeel is Verplaatsingsoordeel.HANGT_AF:
        zinnen.append(
            "Geteld in meldingen wijst de uitkomst een andere kant op dan geteld in verhouding; daarom geven we geen "
            "oordeel."
        )
    if cijfers.nep_verplaatsing.aantal:
        zinnen.append(_compose_nepzin(cijfers.nep_lokaal, cijfers.nep_verplaatsing))
    if cijfers.wdq is not None:
        zinnen.append(_compose_wdqzin(cijfers.wdq))
    return zinnen


def _compose_nepzin(lokaal: Nepuitkomst, rond: Nepuitkomst) -> str:
    return (
        f"Nep-ingrepen: in het gebied zelf {_gaven(lokaal)} een even sterk of sterker effect; eromheen {_gaven(rond)} "
        "evenveel of meer. Dat is afgemeten aan hoe sterk het aantal daar gewoon schommelt."
    )


def _gaven(nep: Nepuitkomst) -> str:
    return f"{'gaf' if nep.evenveel == 1 else 'gaven'} {format_getal(nep.evenveel)} van de {format_getal(nep.aantal)}"


def _compose_wdqzin(wdq: float) -> str:
    """Return what the quotient means (Bowers & Johnson); it has no margin, so it only describes."""
    if wdq > 1:
        betekenis = "de omgeving verbeterde meer dan het gebied zelf"
    elif wdq > 0:
        betekenis = "de omgeving verbeterde mee, minder dan het gebied zelf"
    elif wdq == 0:
        betekenis = "in de omgeving veranderde niets"
    elif wdq > -1:
        betekenis = "in de omgeving ging een deel van de winst weer verloren"
    else:
        betekenis = "in de omgeving ging evenveel verloren als het gebied won, of meer"
    getal = f"{wdq:.2f}".replace(".", ",").replace("-", "−")
    return f"Verplaatsingsquotiënt (alleen ter beschrijving, zonder marge): {getal}; {betekenis}."


def format_effect(effect: Effect) -> str:
    """Return a change with its interval: `40 meldingen minder (95%: 12 tot 68 minder)`."""
    getal = round(effect.schatting)
    wat = f"{format_aantal(abs(getal), 'melding', 'meldingen')} {_kies(getal)}" if getal else "geen verschil"
    return f"{wat} ({_format_interval(effect)})"


def _format_interval(effect: Effect) -> str:
    laag, hoog = round(effect.laag), round(effect.hoog)
    if laag < 0 < hoog:
        return f"95%: {format_getal(-laag)} minder tot {format_getal(hoog)} meer"
    dicht, ver = sorted((abs(laag), abs(hoog)))
    return f"95%: {format_getal(dicht)} tot {format_getal(ver)} {_kies(laag or hoog)}"


def _kies(getal: int) -> str:
    return "minder" if getal < 0 else "meer"


def describe_vergelijkgebied(gebied: Vergelijkgebied) -> str:
    """Return why an area is proposed as comparison, or why it is not."""
    if gebied.afwijzing in _AFWIJZINGEN:
        return f"Niet: {_AFWIJZINGEN[gebied.afwijzing]}."
    niveau = f"{gebied.niveau or 0:.1f}".replace(".", ",")
    trend = f"{gebied.trend or 0:.1f}".replace(".", ",")
    if gebied.afwijzing is Afwijzing.NIVEAU:
        return f"Niet: {niveau} keer zoveel meldingen; verwacht: de helft tot het dubbele."
    if gebied.afwijzing is Afwijzing.TREND:
        return f"Niet: ontwikkelde zich voor de aanpak anders ({trend} keer zo sterk), meer dan toeval verklaart."
    return f"Past: {niveau} keer zoveel meldingen, en ontwikkelde zich voor de aanpak ongeveer gelijk ({trend} keer)."
