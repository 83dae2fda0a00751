"""The dekking of a point as a picture with its figures beside it, and its contributions as a table. All escaped."""

from collections.abc import Iterable
from decimal import Decimal
from html import escape

from gebieden.domein.dekking import NUL, Dekking, Dekkingslijn, Lijnstand, Puntdekking, Vorm
from gebieden.domein.dekkingszin import compose_dekkingszin, describe_gat, format_bron, format_inhoud, format_som
from gebieden.ui.tekens import DEKKINGTEKENS


def build_dekking_html(punt: Puntdekking) -> str:
    """Return the sentence, the bars and the contributions of a point."""
    # An amount is never broken over two lines.
    tekst = compose_dekkingszin(punt.dekking).replace("€ ", "€\xa0")
    zin = f'<p class="dekkingszin">{escape(tekst)}</p>'
    return f"{zin}{_build_balken(punt.dekking)}{build_lijnen_html(punt.lijnen)}"


def _build_balken(dekking: Dekking) -> str:
    """Return one bar per figure, all on one scale; what is no amount has words and no bar."""
    rijen = [
        ("benodigd", dekking.benodigd.euro, str(dekking.benodigd)),
        ("gevraagd", dekking.gevraagd.euro, format_som(dekking.gevraagd)),
        ("toegezegd", dekking.toegezegd.euro, format_som(dekking.toegezegd)),
        ("ontvangen", dekking.ontvangen.euro, format_som(dekking.ontvangen)),
        ("gat", dekking.gat, describe_gat(dekking)),
    ]
    schaal = max([euro for _, euro, _ in rijen if euro is not None] + [NUL])
    return f'<dl class="dekking">{"".join(_build_balk(*rij, schaal) for rij in rijen)}</dl>'


def _build_balk(naam: str, euro: Decimal | None, tekst: str, schaal: Decimal) -> str:
    teken = DEKKINGTEKENS[naam]
    breedte = round(100 * euro / schaal, 1) if euro is not None and euro > 0 else 0
    balk = f'<span class="d-{naam}" style="width:{breedte}%;background-color:{teken.kleur}"></span>' if breedte else ""
    return (
        f'<div><dt><span aria-hidden="true">{teken.symbool}</span> {teken.woord}</dt>'
        f'<dd><span class="baan" aria-hidden="true">{balk}</span><span class="getal">{escape(tekst)}</span></dd></div>'
    )


def build_lijnen_html(lijnen: Iterable[Dekkingslijn]) -> str:
    """Return contributions as a table: who, what, in which stand, and what was said about it."""
    rijen = "".join(map(_build_lijn, lijnen))
    if not rijen:
        return '<p class="bij">Nog geen bijdragen genoteerd.</p>'
    koppen = "".join(f'<th scope="col">{kop}</th>' for kop in ("Van wie", "Wat", "Stand"))
    return (
        '<div class="tabelvak"><table class="telling bijdragen"><caption>Bijdragen</caption>'
        f"<thead><tr>{koppen}</tr></thead><tbody>{rijen}</tbody></table></div>"
    )


def _build_lijn(lijn: Dekkingslijn) -> str:
    bij = " · ".join(deel for deel in (lijn.partner, lijn.toelichting) if deel)
    wie = f'{escape(format_bron(lijn.bron, lijn.jaar))}<span class="bij">{escape(bij)}</span>'
    vorm = "" if lijn.vorm is Vorm.GELD else f'<span class="bij">{lijn.vorm}</span>'
    klasse = ' class="ingetrokken"' if lijn.stand is Lijnstand.INGETROKKEN else ""
    teken = DEKKINGTEKENS[lijn.stand].symbool if lijn.stand in DEKKINGTEKENS else "✕"
    return (
        f'<tr{klasse}><th scope="row">{wie}</th><td>{escape(format_inhoud(lijn))}{vorm}</td>'
        f'<td><span aria-hidden="true">{teken}</span> {lijn.stand}</td></tr>'
    )
