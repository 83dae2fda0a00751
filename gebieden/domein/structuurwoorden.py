"""What the words of the structural map mean, in plain Dutch."""

from typing import Final

from gebieden.domein.structuur import MINSTE_INWONERS, Structuurklasse
from gebieden.domein.structuurzin import ALLEEN_GROEPEN, BETEKENIS, GEEN_VROEGSIGNAAL
from gebieden.domein.woordenlijst import Definitie

_BRON: Final = "De signalen over openbare orde en veiligheid, zoals de gemeente ze heeft ingelezen."
_KLASSEN: Final = " ".join(
    f"{str(klasse).capitalize()}: {BETEKENIS[klasse]}." for klasse in Structuurklasse if klasse in BETEKENIS
)

STRUCTUURWOORDEN: Final = {
    "structuur": Definitie(
        "Structuur: de klasse van een buurt",
        f"Waar er een heel kalenderjaar lang meer of minder meldingen per inwoner waren. {_KLASSEN}",
        "Meldingen met een datum in dat jaar, per inwoner. Veel en weinig is ten opzichte van de hele gemeente.",
        f"Buurten met minstens {MINSTE_INWONERS} inwoners waarvan het aantal meldingen bekend is.",
        _BRON,
        f"{GEEN_VROEGSIGNAAL} {ALLEEN_GROEPEN} Van wat opvalt is naar verwachting hoogstens 1 op de 10 toeval. Buurten "
        "buiten de gemeente zien we niet. Voor wie niet alle aantallen mag zien, is de kaart gemaakt van openbare "
        "aantallen alleen.",
    ),
    "moran": Definitie(
        "Moran's I",
        "Eén getal dat zegt of buurten op hun buren lijken. Rond 0: geen patroon. Boven 0: buurten met veel meldingen "
        "per inwoner liggen bij elkaar, en buurten met weinig ook. Onder 0: veel en weinig liggen juist naast elkaar.",
        bron=_BRON,
        let_op="Het getal zegt niet wáár dat is, en niet waarom. Of het door toeval kan komen, staat erbij.",
    ),
    "per_1000_inwoners": Definitie(
        "Standaard per 1.000 inwoners",
        "Het aantal meldingen in een jaar, gedeeld door het aantal inwoners, maal 1.000. Zo zijn grote en kleine "
        "gebieden te vergelijken.",
        "Meldingen met een datum in dat jaar.",
        "Alle inwoners van het gebied.",
        _BRON,
        "Bezoekers tellen niet als inwoner: bij winkels, bedrijven en uitgaan is het cijfer hoger zonder dat bewoners "
        "meer melden. Is het aantal inwoners onbekend, dan is het cijfer dat ook. 'Met de buren mee': waar weinig "
        "mensen wonen, telt het cijfer van de buurten eromheen mee.",
    ),
}
