"""Agendapunten and initiatieven as lists of lines that unfold into their story. All text is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Puntsoort, Staat
from gebieden.domein.bericht import Bericht
from gebieden.domein.initiatief import INITIATIEF_MACHINE, Initiatief
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import format_datum
from gebieden.domein.voortgang import Categorie, determine_categorie, is_te_laat
from gebieden.opslag.lezen import Punt
from gebieden.ui.opmaak import format_bedrag, format_datum_met_ouderdom
from gebieden.ui.tekens import CATEGORIETEKENS, TE_LAAT, Teken

VOLGORDE = (
    Categorie.WACHT,
    Categorie.ONBEKEND,
    Categorie.LOOPT,
    Categorie.NIET_BEGONNEN,
    Categorie.AFGEROND,
    Categorie.OVERGEDRAGEN,
    Categorie.VERVALLEN,
    Categorie.VOORSTEL,
)
_INTERN = '<span class="los">intern</span> '
SOORTNAMEN = {Puntsoort.SNELLE_ACTIE: "snelle actie", Puntsoort.GROOT_PUNT: "groot punt"}


def format_staat(staat: Staat, rol: Rol) -> str:
    """Return the name of a state: the public one for publiek."""
    toestand = AGENDAPUNT_MACHINE.toestanden[staat]
    return toestand.publieke_naam if rol is Rol.PUBLIEK else toestand.naam


def build_punten_html(
    punten: Iterable[Punt],
    berichten: Mapping[str, Sequence[Bericht]],
    namen: Mapping[str, str],
    peildatum: date,
    stilte_dagen: int,
    rol: Rol,
) -> str:
    """Return the points as a list, in the order wacht, over datum, onbekend, loopt, nog niet begonnen, klaar, the rest.

    `berichten` are those the viewer may read, per id, newest first; `namen` the names of areas by code.
    """
    regels = []
    for punt in punten:
        categorie = determine_categorie(punt.stand, peildatum, stilte_dagen)
        regel = _build_punt(punt, categorie, berichten.get(punt.punt.id, ()), namen, peildatum, rol)
        regels.append((_determine_plaats(punt, categorie, peildatum), punt.punt.titel.lower(), regel))
    return f'<ul class="punten">{"".join(r for *_, r in sorted(regels))}</ul>'


def _determine_plaats(punt: Punt, categorie: Categorie, peildatum: date) -> int:
    if categorie is Categorie.WACHT:
        return 0
    return 1 if is_te_laat(punt.stand, peildatum) else 2 + VOLGORDE.index(categorie)


def build_teken_html(teken: Teken, woord: str | None = None) -> str:
    """Return a category as a badge: sign and word on its colour."""
    return (
        f'<span class="teken" style="background:{teken.kleur}">'
        f'<span aria-hidden="true">{teken.symbool}</span> {escape(woord or teken.woord)}</span>'
    )


def _build_punt(
    punt: Punt,
    categorie: Categorie,
    berichten: Sequence[Bericht],
    namen: Mapping[str, str],
    peildatum: date,
    rol: Rol,
) -> str:
    p = punt.punt
    teken = CATEGORIETEKENS[categorie]
    woord = f"Wacht op {p.wacht_op}" if categorie is Categorie.WACHT and p.wacht_op else teken.woord
    vlag = build_teken_html(TE_LAAT) if is_te_laat(punt.stand, peildatum) else ""
    nieuw = (
        "" if punt.in_versie or categorie is Categorie.VOORSTEL else '<span class="los">nieuw sinds de versie</span>'
    )
    bij = [", ".join(p.themas), p.trekker, namen.get(p.gebied, p.gebied), _format_laatste(punt.laatste, peildatum)]
    return (
        f'<li><details id="punt-{escape(p.id)}"><summary>{build_teken_html(teken, woord)} {vlag} '
        f'<span class="titel">{escape(p.titel)}</span> {nieuw}'
        f'<span class="bij">{escape(" · ".join(b for b in bij if b))}</span></summary>'
        f"{_build_velden(_collect_puntvelden(punt, rol, peildatum))}{build_berichten_html(berichten, peildatum)}"
        "</details></li>"
    )


def _format_laatste(laatste: date | None, peildatum: date) -> str:
    return f"laatste bericht {format_datum_met_ouderdom(laatste, peildatum)}" if laatste else "nog geen bericht"


def _collect_puntvelden(punt: Punt, rol: Rol, peildatum: date) -> list[tuple[str, str]]:
    p = punt.punt
    versie = (
        f"versie {p.versie} van {format_datum(p.versiedatum)}"
        if punt.in_versie and p.versie and p.versiedatum
        else "nog in geen versie"
    )
    velden = [
        ("Omschrijving", p.omschrijving),
        ("Staat", format_staat(p.staat, rol)),
        ("Wacht op", p.wacht_op or "" if p.staat is Staat.WACHT_OP else ""),
        ("Reden", p.reden),
        ("Afgesproken klaar", format_datum(p.afgesproken_gereed) if p.afgesproken_gereed else "geen datum afgesproken"),
        ("Soort", SOORTNAMEN[p.soort] if p.soort else ""),
        ("Partners", ", ".join(p.partners)),
        ("Herkomst", p.herkomst),
        ("Agenda", versie),
        ("Zichtbaar voor", "iedereen" if p.openbaar else "niet openbaar"),
        ("Nummer", p.id),
    ]
    return [(naam, waarde) for naam, waarde in velden if waarde]


def _build_velden(velden: Iterable[tuple[str, str]]) -> str:
    regels = "".join(f"<div><dt>{escape(naam)}</dt><dd>{escape(waarde)}</dd></div>" for naam, waarde in velden)
    return f'<dl class="velden">{regels}</dl>'


def build_berichten_html(berichten: Sequence[Bericht], peildatum: date) -> str:
    """Return berichten as a list, in the order given."""
    if not berichten:
        return '<p class="bij">Geen berichten die u mag lezen.</p>'
    regels = "".join(
        f'<li><span class="datum">{escape(format_datum_met_ouderdom(b.datum, peildatum))}</span> '
        f"{'' if b.openbaar else _INTERN}{escape(b.tekst)}</li>"
        for b in berichten
    )
    return f'<ol class="berichten" aria-label="Berichten, nieuwste eerst">{regels}</ol>'


def build_initiatieven_html(
    initiatieven: Iterable[Initiatief],
    berichten: Mapping[str, Sequence[Bericht]],
    namen: Mapping[str, str],
    peildatum: date,
    rol: Rol,
) -> str:
    """Return initiatives as a list, newest first."""
    regels = []
    for i in sorted(initiatieven, key=lambda i: (i.ingediend_op or date.min, i.id), reverse=True):
        toestand = INITIATIEF_MACHINE.toestanden[i.staat]
        staat = toestand.publieke_naam if rol is Rol.PUBLIEK else toestand.naam
        bij = [", ".join(i.themas), namen.get(i.gebied, i.gebied), _format_ingediend(i)]
        velden = [
            ("Omschrijving", i.omschrijving),
            ("Aangevraagd", format_bedrag(i.aangevraagd)),
            ("Toegekend", format_bedrag(i.toegekend)),
            ("Besluit op", format_datum(i.besluit_op) if i.besluit_op else "nog geen besluit"),
            ("Nummer", i.id),
        ]
        regels.append(
            f'<li><details id="initiatief-{escape(i.id)}"><summary><span class="los">{escape(staat)}</span> '
            f'<span class="titel">{escape(i.titel)}</span>'
            f'<span class="bij">{escape(" · ".join(b for b in bij if b))}</span></summary>'
            f"{_build_velden((n, w) for n, w in velden if w)}{build_berichten_html(berichten.get(i.id, ()), peildatum)}"
            "</details></li>"
        )
    return f'<ul class="punten">{"".join(regels)}</ul>'


def _format_ingediend(initiatief: Initiatief) -> str:
    return f"ingediend op {format_datum(initiatief.ingediend_op)}" if initiatief.ingediend_op else ""
