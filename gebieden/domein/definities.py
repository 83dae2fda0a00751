"""What every figure means, in plain Dutch: read by /uitleg, by tooltips and by every export (`domein.md` section 2)."""

from dataclasses import replace

from gebieden.domein.signaalwoorden import SIGNAALWOORDEN
from gebieden.domein.structuurwoorden import STRUCTUURWOORDEN
from gebieden.domein.voortgang import STILTE_DAGEN
from gebieden.domein.woordenlijst import BRON_GRENZEN, WOORDEN, Definitie

DREMPEL_SIGNALEN = 5

_PUNTEN = "Alle punten van de versie die telt."
_OPEN = "Alle open punten: nog niet begonnen, loopt, wacht of stand onbekend."

_VOORTGANG = {
    "voortgang": Definitie(
        "Voortgang",
        "Voortgang is hoeveel punten van déze agenda in welke staat zitten, met het aantal punten waarvan we de "
        "stand niet weten. Het is geen rapportcijfer en geen vergelijking tussen gebieden.",
        "Het aantal punten per staat. Ieder punt telt in precies één staat, en één keer voor ieder gebied waar het in "
        "ligt.",
        _PUNTEN,
        let_op="De cijfers zijn voor iedereen gelijk. Er is geen totaalscore en gebieden staan niet op volgorde van "
        "voortgang.",
    ),
    "peildatum": Definitie(
        "Peildatum",
        "De dag waarvoor een cijfer geldt. Wat na die dag is gebeurd of geschreven, telt niet mee.",
        bron="",
        let_op="Van vóór de eerste keer inlezen is de geschiedenis niet bekend. Bij een eerdere peildatum staat dat "
        "erbij.",
    ),
    "code": Definitie(
        "Code",
        "De vaste code van het gebied. Namen kunnen dubbel voorkomen, codes niet.",
        bron=BRON_GRENZEN,
    ),
    "naam": Definitie("Naam", "De naam van het gebied.", bron=BRON_GRENZEN),
    "niveau": Definitie(
        "Niveau",
        "Wat voor gebied het is: gemeente, wijk of buurt (van het CBS), of een eigen indeling van de gemeente, zoals "
        "gebied of dorp.",
        bron=BRON_GRENZEN,
        let_op="Een gebied of dorp bestaat uit hele buurten. Een gebied kan dwars door een wijk lopen.",
    ),
    "versie": Definitie(
        "Versie van de agenda",
        "Een agenda verandert. Iedere keer dat hij wordt vastgesteld, krijgt hij een nieuw nummer en een datum. Per "
        "agenda "
        "telt de laatste versie met een datum op of vóór de peildatum.",
        let_op="Leeg als er geen vastgestelde agenda is, of als de cijfers over meer agenda's samen gaan.",
    ),
    "punten": Definitie(
        "Punten",
        "Alle punten van de versie die telt. Punten die niet doorgaan, blijven meetellen.",
        _PUNTEN,
        let_op="Voorstellen en punten die nog in geen versie staan, tellen hier niet in mee. Die staan er apart bij.",
    ),
    "afgerond": Definitie(
        "Klaar",
        "Punten die zijn uitgevoerd: gerealiseerd of geborgd.",
        "Punten met de staat gerealiseerd of geborgd.",
        _PUNTEN,
    ),
    "geborgd": Definitie(
        "Klaar, en blijft zo",
        "Punten die klaar zijn en waarvoor is afgesproken wie zorgt dat het zo blijft, en wanneer we terugkijken.",
        "Punten met de staat geborgd.",
        "Alle punten die klaar zijn; geborgde punten tellen daar al in mee.",
    ),
    "loopt": Definitie(
        "Loopt",
        "Punten waaraan wordt gewerkt: in voorbereiding of in uitvoering.",
        "Punten met de staat in voorbereiding of in uitvoering, behalve als de stand onbekend is.",
        _PUNTEN,
    ),
    "niet_begonnen": Definitie(
        "Nog niet begonnen",
        "Punten die op de agenda staan, maar waaraan het werk nog niet is begonnen.",
        "Punten met de staat op de agenda, behalve als de stand onbekend is.",
        _PUNTEN,
    ),
    "wacht": Definitie(
        "Wacht op …",
        "Punten die stilstaan omdat er eerst iets anders nodig is: geld, een partner, een besluit, een vergunning of "
        "capaciteit (mensen of tijd).",
        "Punten met de staat wacht op, per reden, behalve als de stand onbekend is.",
        _PUNTEN,
    ),
    "wacht_geld": Definitie(
        "Wacht op geld",
        "Punten die stilstaan omdat er eerst geld nodig is.",
        "Punten met de staat wacht op en de reden geld, behalve als de stand onbekend is.",
        _PUNTEN,
    ),
    "wacht_partner": Definitie(
        "Wacht op partner",
        "Punten die stilstaan omdat eerst een partner iets moet doen of toezeggen.",
        "Punten met de staat wacht op en de reden partner, behalve als de stand onbekend is.",
        _PUNTEN,
    ),
    "overgedragen": Definitie(
        "Overgedragen",
        "Punten die een ander verder oppakt. Ze blijven meetellen bij de punten van deze agenda.",
        "Punten met de staat overgedragen.",
        _PUNTEN,
    ),
    "vervallen": Definitie(
        "Gaat niet door",
        "Punten die niet doorgaan, met de reden. Ze blijven meetellen bij de punten van deze agenda.",
        "Punten met de staat vervallen.",
        _PUNTEN,
    ),
    "onbekend": Definitie(
        "Stand onbekend",
        "Open punten waarover al meer dan {stilte_dagen} dagen niets is gemeld, of nog nooit iets. We weten dan niet "
        "hoe het "
        "ermee staat, en tellen ze niet bij loopt, wacht of nog niet begonnen.",
        "Open punten waarvan het laatste bericht of de laatste verandering van staat meer dan {stilte_dagen} dagen "
        "voor de "
        "peildatum is, of onbekend.",
        _PUNTEN,
        let_op="Precies {stilte_dagen} dagen is nog niet onbekend. Een titel of een datum aanpassen telt niet als "
        "bericht. "
        "Interne berichten tellen voor iedereen mee; alleen hun datum is te zien.",
    ),
    "te_laat": Definitie(
        "Over de afgesproken datum",
        "Open punten die klaar zouden zijn op een dag vóór de peildatum.",
        "Open punten met een afgesproken datum vóór de peildatum.",
        _OPEN,
        let_op="Op de afgesproken dag zelf is een punt niet te laat. Zonder afgesproken datum is een punt nooit te "
        "laat.",
    ),
    "geen_datum": Definitie(
        "Geen datum afgesproken",
        "Open punten waarvoor niet is afgesproken wanneer ze klaar zijn.",
        "Open punten zonder afgesproken datum.",
        _OPEN,
        let_op="We vullen nooit zelf een datum in.",
    ),
    "voorstellen": Definitie(
        "Voorstellen",
        "Punten die zijn voorgesteld of besproken, maar nog niet op de agenda staan.",
        "Punten met de staat voorgesteld of besproken.",
        let_op="Voorstellen tellen niet mee bij de punten van de agenda.",
    ),
    "nieuw_sinds_versie": Definitie(
        "Nieuw sinds de vastgestelde versie",
        "Punten die na het vaststellen op de agenda zijn gekomen en nog in geen versie staan.",
        "Punten zonder versie die op de agenda staan of verder zijn, behalve punten die niet doorgaan.",
        let_op="Deze punten tellen niet mee bij de punten van de versie, ook niet als ze klaar zijn.",
    ),
    "snelle_acties": Definitie(
        "Snelle acties",
        "Punten die snel klaar kunnen zijn. We tellen ze apart van de grote punten, want ze zijn niet met elkaar te "
        "vergelijken.",
        "Snelle acties die klaar zijn.",
        "Alle punten van de versie die telt, met de soort snelle actie.",
    ),
    "grote_punten": Definitie(
        "Grote punten",
        "Punten die meer tijd, geld of samenwerking vragen. We tellen ze apart van de snelle acties.",
        "Grote punten die klaar zijn.",
        "Alle punten van de versie die telt, met de soort groot punt.",
        let_op="Een punt waarvan de soort niet is ingevuld, telt bij geen van beide.",
    ),
    "gedekt": Definitie(
        "Gedekt",
        "Punten waarvoor al het geld dat nodig is, is toegezegd of ontvangen.",
        "Punten waarvan wat is toegezegd en ontvangen samen minstens zo veel is als wat nodig is.",
        "Alle punten van de versie die telt waarvan het bedrag bekend is.",
        bron="Wat de gebiedsregisseur heeft genoteerd.",
        let_op="Punten met PM en punten waarvan niet bekend is wat nodig is, staan ernaast. Ze tellen nooit als nul. "
        "Uren, materiaal en ruimte tellen niet mee als geld. Een bijdrage telt in de stand van nu.",
    ),
    "laatste_bericht": Definitie(
        "Laatste bericht",
        "De dag van het laatste bericht over een punt van dit gebied, of van de laatste keer dat een punt van staat "
        "veranderde. Ook nieuwe punten die nog in geen versie staan, tellen mee.",
        let_op="Ook een intern bericht telt; alleen de datum is dan te zien. Berichten van na de peildatum tellen "
        "niet.",
    ),
    "zin": Definitie(
        "De voortgang in één zin",
        "Dezelfde aantallen, uitgeschreven. Wat nul is, staat er niet in; wat we niet weten wel.",
    ),
}


def build_definities(stilte_dagen: int = STILTE_DAGEN, drempel: int = DREMPEL_SIGNALEN) -> dict[str, Definitie]:
    """Return every definition by its key, in reading order, with the settings filled in.

    The keys are those of a voortgangsrij (`gebieden.analyse.voortgang`) and the words around it.
    """
    waarden = {"stilte_dagen": stilte_dagen, "drempel": drempel}
    return {
        sleutel: replace(
            d,
            definitie=d.definitie.format(**waarden),
            teller=d.teller.format(**waarden),
            let_op=d.let_op.format(**waarden),
        )
        for sleutel, d in (_VOORTGANG | WOORDEN | SIGNAALWOORDEN | STRUCTUURWOORDEN).items()
    }
