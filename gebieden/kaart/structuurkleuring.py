"""The colouring of the structural map: the class itself is the figure, with letters on the map beside the colour."""

from collections.abc import Mapping, Sequence
from typing import Final

from gebieden.domein.structuur import Structuurklasse
from gebieden.kaart.kleuring import ONBEKENDE_STAND, Gebiedsstand, Klassenreeks, Kleuring, build_kleuring

VERBORGEN: Final = "afgeschermd, of buiten uw eigen gebied"
LETTERS: Final = {
    Structuurklasse.NIET_OPVALLEND: "",
    Structuurklasse.LAAG_LAAG: "LL",
    Structuurklasse.LAAG_HOOG: "LH",
    Structuurklasse.HOOG_LAAG: "HL",
    Structuurklasse.HOOG_HOOG: "HH",
}
# What does not stand out is palest; the more reports, the darker.
_REEKS: Final = Klassenreeks(
    is_aandeel=False,
    ondergrenzen=(2, 3, 4, 5),
    woorden=tuple(f"{klasse} ({letters})" if letters else str(klasse) for klasse, letters in LETTERS.items()),
)
_NUMMER: Final = {klasse: nummer for nummer, klasse in enumerate(LETTERS, start=1)}


def build_structuurkleuring(
    codes: Sequence[str], klassen: Mapping[str, Structuurklasse | None], titel: str, filtersleutel: str
) -> Kleuring:
    """Return the colouring for the areas of a boundary file; an area that is not in `klassen`, or None, is hidden."""
    return build_kleuring(
        codes,
        {code: _to_stand(klassen.get(code)) for code in codes},
        indicator="structuur",
        indicatorwoorden=titel,
        filtersleutel=filtersleutel,
        reeks=_REEKS,
        onbekend=VERBORGEN,
        leeg=str(Structuurklasse.TE_WEINIG),
        is_soort=True,
    )


def _to_stand(klasse: Structuurklasse | None) -> Gebiedsstand:
    if klasse is None:
        return ONBEKENDE_STAND._replace(label="")
    if klasse is Structuurklasse.TE_WEINIG:
        return Gebiedsstand(0, 0, "")
    return Gebiedsstand(_NUMMER[klasse], len(LETTERS), LETTERS[klasse])
