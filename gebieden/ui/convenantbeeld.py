"""A convenant, its matrix and its commitments as HTML. All text is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from gebieden.analyse.convenantmatrix import Cel, Thematekort
from gebieden.domein.convenant import CONVENANT_MACHINE, GETEKEND, Afspraak, Convenant, is_over_termijn
from gebieden.domein.taal import format_aantal, format_datum, join_opsomming
from gebieden.domein.thema import Thema
from gebieden.opslag.dossierlezen import Stuk
from gebieden.ui.cijfertabel import build_tabelvak
from gebieden.ui.partnergegevens import Partnergegevens
from gebieden.ui.partnerregister import build_puntlink, build_puntlinks
from gebieden.ui.tekens import AFSPRAAKTEKENS, OVER_TERMIJN

_OVER = f'<span class="los"><span aria-hidden="true">{OVER_TERMIJN.symbool}</span> {OVER_TERMIJN.woord}</span>'


def build_convenant_html(gegevens: Partnergegevens, stuk: Stuk[Convenant]) -> str:
    """Return what a convenant says of itself."""
    convenant = stuk.velden
    velden = (
        ("Stand", CONVENANT_MACHINE.toestanden[convenant.staat].naam),
        ("Gebied", gegevens.namen.get(stuk.bij, stuk.bij)),
        ("Ondertekend op", _describe_ondertekend(convenant)),
        ("Loopt tot", _describe_einde(gegevens, convenant)),
        (
            "Partners",
            join_opsomming([gegevens.register.noem(n) for n in gegevens.register.sorteer(convenant.partners)]),
        ),
        ("Toelichting", convenant.toelichting),
    )
    rijen = "".join(
        f'<div><dt>{naam}</dt><dd class="tekst">{escape(waarde or "nog niet bekend")}</dd></div>'
        for naam, waarde in velden
        if waarde or naam != "Toelichting"
    )
    return f'<div class="convenant"><strong>{escape(convenant.titel)}</strong><dl class="velden">{rijen}</dl></div>'


def _describe_ondertekend(convenant: Convenant) -> str:
    if convenant.getekend_op:
        return format_datum(convenant.getekend_op)
    return "nog niet bekend" if convenant.staat in GETEKEND else "nog niet ondertekend"


def _describe_einde(gegevens: Partnergegevens, convenant: Convenant) -> str:
    if convenant.loopt_tot is None:
        return ""
    is_voorbij = convenant.staat in GETEKEND and convenant.loopt_tot < gegevens.peildatum
    return f"{format_datum(convenant.loopt_tot)}{f' ({OVER_TERMIJN.symbool} die dag is voorbij)' if is_voorbij else ''}"


def build_matrix_html(gegevens: Partnergegevens, matrix: Mapping[int, Mapping[Thema, Cel]], naam: str) -> str:
    """Return the matrix as a table with headers on both sides, in a region of its own that scrolls."""
    bijschrift = f"Partners en thema's in {naam}"
    rijen = "".join(
        f'<tr><th scope="row">{escape(gegevens.register.noem(nummer))}</th>'
        f"{''.join(_build_cel(gegevens, cellen[thema]) for thema in Thema)}</tr>"
        for nummer, cellen in matrix.items()
    )
    return build_tabelvak(bijschrift, ("Partner", *map(str.capitalize, Thema)), rijen, "matrix")


def _build_cel(gegevens: Partnergegevens, cel: Cel) -> str:
    if not cel.afspraken and not cel.punten:
        return '<td class="dicht">geen</td>'
    delen = [format_aantal(len(cel.afspraken), "afspraak", "afspraken")] if cel.afspraken else []
    delen += [format_aantal(len(cel.punten), "punt", "punten")] if cel.punten else []
    over = any(is_over_termijn(a, gegevens.peildatum) for a in cel.afspraken)
    inhoud = "".join(f"<li>{build_afspraak_html(gegevens, a)}</li>" for a in cel.afspraken)
    inhoud = f"<ul>{inhoud}</ul>" if inhoud else ""
    if cel.punten:
        inhoud += f'<span class="bij">Punten die deze partner noemen</span>{build_puntlinks(gegevens, cel.punten)}'
    return f"<td><details><summary>{', '.join(delen)}{f' {_OVER}' if over else ''}</summary>{inhoud}</details></td>"


def build_afspraak_html(gegevens: Partnergegevens, afspraak: Afspraak) -> str:
    """Return a commitment with its state and term, its point when there is one, and whether it is past its term."""
    bij = f" {_OVER}" if is_over_termijn(afspraak, gegevens.peildatum) else ""
    punt = f"<br>Bij {build_puntlink(gegevens, afspraak.agendapunt)}" if afspraak.agendapunt else ""
    return f"{escape(afspraak.titel)}<br>{_build_stand(afspraak)}, {_describe_termijn(afspraak)}{bij}{punt}"


def _build_stand(afspraak: Afspraak) -> str:
    teken = AFSPRAAKTEKENS[afspraak.stand]
    return f'<span aria-hidden="true">{teken.symbool}</span> {teken.woord.lower()}'


def _describe_termijn(afspraak: Afspraak) -> str:
    return f"uiterlijk {format_datum(afspraak.termijn)}" if afspraak.termijn else "geen termijn afgesproken"


def build_afspraken_html(gegevens: Partnergegevens, afspraken: Iterable[Stuk[Afspraak]]) -> str:
    """Return the commitments as a list: who, for which theme, in which state and before when."""
    rijen = "".join(
        f"<li><strong>{escape(gegevens.register.noem(stuk.velden.partner))}</strong>, "
        f"{escape(str(stuk.velden.thema))}: {build_afspraak_html(gegevens, stuk.velden)}"
        f'<span class="bij tekst">{escape(_describe_bij(gegevens, stuk))}</span></li>'
        for stuk in afspraken
    )
    return f'<ol class="berichten">{rijen}</ol>'


def _describe_bij(gegevens: Partnergegevens, stuk: Stuk[Afspraak]) -> str:
    delen = (gegevens.namen.get(stuk.bij, stuk.bij), stuk.velden.toelichting)
    return " · ".join(deel for deel in delen if deel)


def compose_tekorten(tekorten: Sequence[Thematekort]) -> list[str]:
    """Return a sentence per theme that nobody covers."""
    return [
        f"Thema {t.thema}: {format_aantal(t.punten, 'punt', 'punten')} op de agenda, geen afspraak; "
        + (f"wel een partner genoemd bij {t.met_partner}." if t.met_partner else "en bij geen punt een partner.")
        for t in tekorten
    ]
