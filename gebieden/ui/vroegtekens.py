"""How the state of a series looks and what stands out is called in a few words: never by colour alone."""

from html import escape

from gebieden.domein.taal import format_aantal
from gebieden.domein.vroegsignaal import Vroegstaat
from gebieden.domein.waarschuwing import Waarschuwing

STAATWOORDEN = {
    Vroegstaat.SIGNAAL: "▲ Signaal",
    Vroegstaat.LET_OP: "△ Let op",
    Vroegstaat.NORMAAL: "○ Normaal",
    Vroegstaat.TE_WEINIG_GEGEVENS: "? Te weinig gegevens",
    Vroegstaat.GEGEVENS_ONVOLLEDIG: "… Gegevens onvolledig",
}


def build_staat_html(staat: Vroegstaat) -> str:
    """Return a state as its sign and word."""
    return f'<span class="los">{escape(STAATWOORDEN[staat])}</span>'


def describe_kort(waarschuwing: Waarschuwing) -> str:
    """Return in a few words what stood out, as far as may be told."""
    deel = waarschuwing.eerste
    signaal = deel.signaal
    if not deel.met_aantal:
        return "duidelijk meer meldingen dan gebruikelijk"
    weken = format_aantal(signaal.venster, "week", "weken")
    aantal = format_aantal(signaal.waargenomen or 0, "melding", "meldingen")
    return f"{aantal} in {weken}, gebruikelijk {signaal.laag} tot en met {signaal.hoog}"
