"""The fixed signs: per category one word, one icon and one colour, everywhere the same. The token file.

Colours carry white text at 4.5:1 or better and stand out 3:1 from a light and a dark page; the word and the
icon say the same without colour.
"""

from dataclasses import dataclass

from gebieden.domein.convenant import Afspraakstand
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Categorie


@dataclass(frozen=True, slots=True)
class Teken:
    """How a category looks: its word, a Material icon, a sign for plain text, and a background colour."""

    woord: str
    icoon: str
    symbool: str
    kleur: str


CATEGORIETEKENS: dict[Categorie, Teken] = {
    Categorie.WACHT: Teken("Wacht", "pause_circle", "‖", "#9a5b00"),
    Categorie.ONBEKEND: Teken("Stand onbekend", "help", "?", "#5b6470"),
    Categorie.LOOPT: Teken("Loopt", "play_circle", "►", "#1f66b0"),
    Categorie.NIET_BEGONNEN: Teken("Nog niet begonnen", "radio_button_unchecked", "○", "#64748b"),
    Categorie.AFGEROND: Teken("Klaar", "check_circle", "✓", "#0c7a6f"),
    Categorie.OVERGEDRAGEN: Teken("Overgedragen", "arrow_outward", "↗", "#7350b0"),
    Categorie.VERVALLEN: Teken("Vervallen", "cancel", "✕", "#737373"),
    Categorie.VOORSTEL: Teken("Voorstel", "edit_note", "✎", "#737373"),
}
TE_LAAT = Teken("Over de afgesproken datum", "flag", "⚑", "#b83a12")

# The rows of the picture of what a point costs and who pays; the first is what is needed.
DEKKINGTEKENS: dict[str, Teken] = {
    "benodigd": Teken("Nodig", "euro", "€", "#64748b"),
    "gevraagd": Teken("Gevraagd", "contact_support", "○", "#9a5b00"),
    "toegezegd": Teken("Toegezegd", "handshake", "◐", "#1f66b0"),
    "ontvangen": Teken("Ontvangen", "check_circle", "●", "#0c7a6f"),
    "gat": Teken("Gat", "crop_free", "◌", "#b83a12"),
}

AFSPRAAKTEKENS: dict[Afspraakstand, Teken] = {
    Afspraakstand.TOEGEZEGD: Teken("Toegezegd", "handshake", "◐", "#1f66b0"),
    Afspraakstand.LOOPT: Teken("Loopt", "play_circle", "►", "#1f66b0"),
    Afspraakstand.NAGEKOMEN: Teken("Nagekomen", "check_circle", "✓", "#0c7a6f"),
    Afspraakstand.NIET_NAGEKOMEN: Teken("Niet nagekomen", "cancel", "✕", "#737373"),
}
OVER_TERMIJN = Teken("Over de termijn", "flag", "⚑", "#b83a12")

THEMA_ICONEN: dict[Thema, str] = {
    Thema.SCHOON: "cleaning_services",
    Thema.HEEL: "construction",
    Thema.VEILIG: "shield",
    Thema.SOCIAAL: "groups",
    Thema.ONDERNEMEND: "storefront",
}


def format_themas(themas: tuple[Thema, ...]) -> str:
    """Return themes as Streamlit markdown: icon and word, no colour of their own."""
    return " · ".join(f":material/{THEMA_ICONEN[t]}: {t}" for t in themas)
