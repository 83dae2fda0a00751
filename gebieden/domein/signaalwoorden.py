"""The words around warnings, clusters and aanpakken, in plain Dutch."""

from gebieden.domein.woordenlijst import BRON_SIGNALEN, Definitie

SIGNAALWOORDEN = {
    "vroegsignaal": Definitie(
        "Vroegsignaal",
        "Van een categorie is in een gebied, in één week of in vier weken, duidelijk meer gemeld dan gebruikelijk. Van "
        "alle vroegsignalen samen is naar verwachting hoogstens 1 op de 10 toeval.",
        "Meldingen in de week, of in de vier weken tot en met die week.",
        bron=BRON_SIGNALEN,
        let_op="Het zegt iets over meldingen: het meldingsgedrag kan veranderd zijn. Een verandering in een klein "
        "gebied missen we vaak; bij elk signaal staat vanaf welk aantal we het zouden zien. Onder {drempel} meldingen "
        "ziet alleen OOV het.",
    ),
    "let_op": Definitie(
        "Let op",
        "Een aantal dat zelden voorkomt, maar niet zelden genoeg voor een vroegsignaal. Alleen OOV ziet dit, in het "
        "eigen gebied.",
        bron=BRON_SIGNALEN,
        let_op="Elke week zijn er zonder enige verandering al een paar.",
    ),
    "te_weinig_gegevens": Definitie(
        "Te weinig gegevens",
        "Er wordt zo weinig gemeld, of zo kort, dat we niet kunnen zeggen wat gebruikelijk is. Er is dan geen oordeel.",
        bron=BRON_SIGNALEN,
        let_op="Dit betekent niet dat er niets aan de hand is. De grens is een half verwachte melding in vier weken, "
        "of een jaar aan gegevens.",
    ),
    "gegevens_onvolledig": Definitie(
        "Gegevens onvolledig",
        "Van een week zijn nog niet genoeg meldingen binnen, of de week telt niet mee. Er is dan geen oordeel.",
        bron=BRON_SIGNALEN,
    ),
    "aandeel_bevestigd": Definitie(
        "Aandeel bevestigd (PPV)",
        "Hoeveel van de beoordeelde vroegsignalen OOV bevestigde, of bundelde in een zaak.",
        "Vroegsignalen met het oordeel bevestigd of gebundeld.",
        "Alle vroegsignalen met een oordeel. Wat nog niet beoordeeld is, staat er apart bij.",
        bron="Wat OOV bij vroegsignalen heeft vastgelegd.",
        let_op="Onder de 10 beoordeelde vroegsignalen staat er geen percentage. Een vroegsignaal dat de week erna "
        "doorgaat, telt één keer.",
    ),
    "cluster": Definitie(
        "Cluster",
        "Buurten die naast elkaar liggen en waar samen meer gemeld is dan gebruikelijk, ook als elke buurt apart niet "
        "opvalt.",
        bron=BRON_SIGNALEN,
        let_op="Een cluster stopt bij de gemeentegrens. Erbij staat hoe vaak deze manier van zoeken in eerdere weken "
        "alarm gaf.",
    ),
    "aanpak": Definitie(
        "Aanpak",
        "Een gerichte actie in een of meer buurten, met een begin, die vooraf is geregistreerd.",
        bron="Wat OOV heeft vastgelegd.",
        let_op="Na het registreren ligt vast waar, wat, wanneer en waarmee we vergelijken. Anders kiest men achteraf "
        "wat goed uitkomt.",
    ),
    "vergelijkingsgebied": Definitie(
        "Vergelijkingsgebied",
        "Een buurt die vóór de aanpak op de buurt van de aanpak leek, en waar de aanpak niet was. Zo is te zien wat er "
        "zonder de aanpak gebeurd zou zijn.",
        bron="Voorgesteld door de toepassing, bevestigd door OOV.",
    ),
}
