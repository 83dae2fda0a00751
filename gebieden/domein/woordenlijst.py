"""What a definition is, and the words around the figures. `gebieden.domein.definities` has them all together."""

from dataclasses import dataclass

BRON_AGENDA = "De gebiedsagenda's en dorpsagenda's, met hun berichten, zoals de gemeente ze heeft ingelezen."
BRON_GRENZEN = "De gebiedsgrenzen (CBS en de indeling van de gemeente), zoals de gemeente ze heeft ingelezen."
BRON_SIGNALEN = "De signalen over openbare orde en veiligheid, zoals de gemeente ze heeft ingelezen."


@dataclass(frozen=True, slots=True)
class Definitie:
    """One figure or word. `teller` and `noemer` say what is counted, and out of what; empty where nothing is."""

    naam: str
    definitie: str
    teller: str = ""
    noemer: str = ""
    bron: str = BRON_AGENDA
    let_op: str = ""


WOORDEN = {
    "gebied": Definitie(
        "Gebied",
        "Een deel van de gemeente: een wijk of buurt van het CBS, of een eigen indeling zoals een gebied of dorp. Een "
        "gebied ligt in een ander gebied als al zijn buurten daarin liggen.",
        bron=BRON_GRENZEN,
        let_op="Grenzen veranderen. Een gebied geldt vanaf zijn begindatum tot aan zijn einddatum.",
    ),
    "agendapunt": Definitie(
        "Agendapunt",
        "Eén punt op de agenda van een gebied of dorp. Een punt hoort bij één gebied en telt ook mee voor ieder groter "
        "gebied waar dat gebied in ligt.",
    ),
    "thema": Definitie(
        "Thema",
        "Waar een punt over gaat: schoon, heel, veilig, sociaal of ondernemend. Een punt kan bij meer thema's horen.",
        let_op="Een punt met twee thema's telt bij allebei, en één keer in het totaal. De thema's samen kunnen dus "
        "meer zijn "
        "dan het totaal.",
    ),
    "niet_openbaar": Definitie(
        "Niet-openbaar punt",
        "Een punt dat in alle cijfers meetelt, maar waarvan de tekst alleen te lezen is voor raad en gemeente.",
    ),
    "bericht": Definitie(
        "Bericht",
        "Een mededeling met een datum over een punt of initiatief. Berichten worden nooit gewijzigd; een verbetering "
        "is een "
        "nieuw bericht.",
    ),
    "logboek": Definitie(
        "Logboek",
        "Wie wat wanneer heeft veranderd, in welke rol en waarom. Er komt alleen iets bij: niemand kan een regel "
        "wijzigen of weghalen.",
        bron="De toepassing zelf schrijft een regel bij iedere verandering.",
        let_op="Van een tekst of een naam staat er alleen dát die is gewijzigd. Een persoon is een nummer; de tijd is "
        "die van UTC.",
    ),
    "initiatief": Definitie(
        "Bewonersinitiatief",
        "Een plan van bewoners waarvoor zij subsidie vragen. Een regiegroep van bewoners geeft een oordeel; daarna "
        "neemt de "
        "gemeente een besluit. Dat zijn twee stappen.",
        bron="De bewonersinitiatieven, zoals de gemeente ze heeft ingelezen.",
        let_op="Een bedrag dat niet is ingevuld, is onbekend. Het telt nooit als nul.",
    ),
    "dekking": Definitie(
        "Dekking",
        "Wie welk deel van een punt betaalt of doet, en wat er nog ontbreekt. Een bijdrage is gevraagd, toegezegd, "
        "ontvangen of ingetrokken.",
        "Gat: wat nodig is, min wat is toegezegd en ontvangen. Wat alleen gevraagd of ingetrokken is, telt niet.",
        bron="Wat de gebiedsregisseur heeft genoteerd.",
        let_op="PM betekent: er komt een bedrag, maar hoeveel is niet bekend. PM en onbekend zijn nooit nul: zo'n "
        "punt staat naast de som. Uren, materiaal en ruimte tellen apart, elk in hun eigen eenheid. Wat het ene punt "
        "over heeft, vult het gat van een ander niet.",
    ),
    "stappen": Definitie(
        "Stappen",
        "Wat er op weg naar de uitvoering van een punt gebeurt: deelstappen, en mijlpalen waar anderen op wachten.",
        "Stappen die op of vóór de peildatum gedaan zijn.",
        "Alle stappen van het punt die niet zijn ingetrokken.",
        bron="Wat de gebiedsregisseur heeft genoteerd.",
        let_op="Op de afgesproken dag zelf is een stap niet over de datum. Stappen veranderen de voortgang niet.",
    ),
    "afstemming": Definitie(
        "Afstemming",
        "Of een punt is besproken met wie er belang bij heeft: niet, deels of volledig, met wie en wanneer.",
        bron="Wat de gebiedsregisseur heeft genoteerd.",
        let_op="De laatste telt. Staat er niets, dan is de afstemming niet bekend.",
    ),
    "oordeel_bewoners": Definitie(
        "Wat bewoners ervan vinden",
        "Of bewoners vinden dat het is opgelost: opgelost, deels, niet, of niet gevraagd. Dat staat naast de stand "
        "volgens de gemeente. Het een verandert het ander nooit.",
        "Per punt het laatste oordeel op of vóór de peildatum. Ieder punt telt één keer.",
        "Alle punten van de versie die telt en die klaar zijn: gerealiseerd of geborgd.",
        bron="Wat de gebiedsregisseur heeft genoteerd, met waar en hoe het is gevraagd.",
        let_op="Een oordeel is van de bewoners die zijn gevraagd, niet van iedereen. In de voortgang telt het niet.",
    ),
    "wensen": Definitie(
        "Wensen",
        "Wat bewoners vroegen, in een gesprek, via een regiegroep of als verbeterpunt, en tot welke punten dat leidde.",
        "Per wens hoe ver hij is. Ieder telt één keer. Een wens is pas afgerond als alle punten waartoe hij leidde "
        "klaar of vervallen zijn, en minstens één klaar is.",
        "Alle wensen van het gebied die niet zijn ingetrokken.",
        bron="Wat het gebiedsteam en de gebiedsregisseur hebben genoteerd.",
        let_op="Een punt dat niet meer op een agenda staat, telt niet als punt. Een wens die niet openbaar is, "
        "telt voor iedereen mee.",
    ),
    "kanten": Definitie(
        "Sterke kanten, kansen en problemen",
        "Wat goed is in een gebied, wat goed kan worden en wat niet goed is, met waar dat vandaan komt en van wanneer.",
        bron="Wat het gebiedsteam en de gebiedsregisseur hebben genoteerd.",
        let_op="Wat meer dan twee jaar voor de peildatum is gehoord, is van lang geleden: het kan veranderd zijn.",
    ),
    "inwoners": Definitie(
        "Inwoners",
        "Het aantal mensen dat in het gebied woont.",
        bron=BRON_GRENZEN,
        let_op="Leeg betekent onbekend, niet nul.",
    ),
    "oppervlakte_ha": Definitie(
        "Oppervlakte",
        "De oppervlakte van het gebied in hectare, berekend uit de grenzen.",
        bron=BRON_GRENZEN,
    ),
    "schematisch": Definitie(
        "Schematische grenzen",
        "Grenzen die ongeveer kloppen en alleen dienen als voorbeeld. Ze zijn niet officieel.",
        bron=BRON_GRENZEN,
    ),
    "signalen": Definitie(
        "Signalen",
        "Het aantal signalen over openbare orde en veiligheid, per gebied, categorie en kwartaal.",
        "Signalen met een datum in het kwartaal.",
        bron=BRON_SIGNALEN,
        let_op="Meer signalen betekent niet dat het onveiliger is: ook het meldingsgedrag kan veranderd zijn.",
    ),
    "afgeschermd": Definitie(
        "Afgeschermd",
        "Dit aantal laten we niet zien, zodat niemand te herkennen is. Het is kleiner dan {drempel} "
        "(bij gevoelige categorieën kleiner dan 10), of iemand zou er een ander klein aantal mee kunnen uitrekenen.",
        bron=BRON_SIGNALEN,
        let_op="Welke van de twee het is, staat er met opzet niet bij. In een rij of kolom met een afgeschermd aantal "
        "zijn er "
        "altijd minstens twee.",
    ),
    "verzonnen": Definitie(
        "Verzonnen gegevens",
        "Deze gegevens zijn verzonnen om te laten zien hoe het dashboard werkt. Ze zeggen niets over echte plekken of "
        "mensen.",
        bron="",
    ),
}
