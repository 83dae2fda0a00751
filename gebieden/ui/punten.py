"""Agendapunten and initiatieven as lists of lines that unfold into their story. All text is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from gebieden.analyse.mijnwerk import Werkpunt
from gebieden.analyse.ronde import determine_plaats
from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Agendapunt, Puntsoort, Staat
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.initiatief import INITIATIEF_MACHINE, Initiatief
from gebieden.domein.rechten import Pagina, Rol
from gebieden.domein.taal import format_datum
from gebieden.domein.voortgang import Categorie, determine_categorie, is_te_laat
from gebieden.opslag.lezen import Punt
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import format_bedrag, format_datum_met_ouderdom, format_moment
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
        regels.append((determine_plaats(punt, categorie, peildatum, VOLGORDE), punt.punt.titel.lower(), regel))
    return f'<ul class="punten">{"".join(r for *_, r in sorted(regels))}</ul>'


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
    bij = build_bij_html(list_puntregels(p, punt.laatste, namen, peildatum))
    return (
        f'<li><details id="punt-{escape(p.id)}"><summary>{build_punttekens_html(punt, categorie, peildatum)} '
        f'<span class="titel">{escape(p.titel)}</span> {bij}'
        f"</summary>{build_velden_html(collect_puntvelden(punt, rol, peildatum))}"
        f"{build_berichten_html(berichten, peildatum)}{_build_link(Berichtsoort.AGENDAPUNT, p.id)}</details></li>"
    )


def build_punttekens_html(punt: Punt, categorie: Categorie, peildatum: date) -> str:
    """Return what a point is in at a glance: its category, whether it is late, whether it is new."""
    teken = CATEGORIETEKENS[categorie]
    wacht_op = punt.punt.wacht_op
    delen = [build_teken_html(teken, f"Wacht op {wacht_op}" if categorie is Categorie.WACHT and wacht_op else None)]
    if is_te_laat(punt.stand, peildatum):
        delen.append(build_teken_html(TE_LAAT))
    if not punt.in_versie and categorie is not Categorie.VOORSTEL:
        delen.append('<span class="los">nieuw sinds de versie</span>')
    return " ".join(delen)


def list_puntregels(
    p: Agendapunt | Werkpunt, laatste: date | None, namen: Mapping[str, str], peildatum: date
) -> list[str]:
    """Return what stands beside the title of a point: themes, trekker, area, how long ago the last bericht was."""
    return [", ".join(p.themas), p.trekker, namen.get(p.gebied, p.gebied), _format_laatste(laatste, peildatum)]


def build_bij_html(delen: Iterable[str]) -> str:
    """Return the parts that are not empty as one small line."""
    return f'<span class="bij">{escape(" · ".join(deel for deel in delen if deel))}</span>'


def _build_link(soort: Berichtsoort, id_: str) -> str:
    woord = "punt" if soort is Berichtsoort.AGENDAPUNT else "initiatief"
    adres = compose_adres(Pagina.PUNT, soort=soort, id=id_)
    return f'<p class="open"><a class="binnen" href="{escape(adres)}">Open dit {woord}</a></p>'


def _format_laatste(laatste: date | None, peildatum: date) -> str:
    return f"laatste bericht {format_datum_met_ouderdom(laatste, peildatum)}" if laatste else "nog geen bericht"


def collect_puntvelden(punt: Punt, rol: Rol, peildatum: date) -> list[tuple[str, str]]:
    """Return the fields of a point that are filled in, by name."""
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
        ("Wie besloot", p.wie_besloot if p.staat is Staat.VERVALLEN else ""),
        *_list_overgedragen(p),
        ("Wie zorgt dat het zo blijft", p.wie_borgt if p.staat is Staat.GEBORGD else ""),
        ("Terugkijken op", format_datum(p.terugkijken_op) if p.staat is Staat.GEBORGD and p.terugkijken_op else ""),
        ("Afgesproken klaar", format_datum(p.afgesproken_gereed) if p.afgesproken_gereed else "geen datum afgesproken"),
        ("Soort", SOORTNAMEN[p.soort] if p.soort else ""),
        ("Partners", ", ".join(p.partners)),
        ("Eenheid", p.eenheid),
        ("Wethouder", p.wethouder),
        ("Herkomst", p.herkomst),
        ("Agenda", versie),
        ("Zichtbaar voor", "iedereen" if p.openbaar else "niet openbaar"),
        ("Nummer", p.id),
    ]
    return [(naam, waarde) for naam, waarde in velden if waarde]


def _list_overgedragen(punt: Agendapunt) -> list[tuple[str, str]]:
    if punt.staat is not Staat.OVERGEDRAGEN:
        return []
    bevestigd = {None: "", True: "ja", False: "nog niet"}[punt.bevestigd]
    return [("Overgedragen aan", punt.aan_wie), ("Bevestigd", bevestigd)]


def build_velden_html(velden: Iterable[tuple[str, str]]) -> str:
    """Return fields as a list of names and values."""
    regels = "".join(f"<div><dt>{escape(naam)}</dt><dd>{escape(waarde)}</dd></div>" for naam, waarde in velden)
    return f'<dl class="velden">{regels}</dl>'


def build_berichten_html(berichten: Sequence[Bericht], peildatum: date) -> str:
    """Return berichten as a list, in the order given."""
    if not berichten:
        return '<p class="bij">Geen berichten die u mag lezen.</p>'
    regels = "".join(f"<li>{build_bericht_html(b, peildatum)}</li>" for b in berichten)
    return f'<ol class="berichten" aria-label="Berichten, nieuwste eerst">{regels}</ol>'


def build_bericht_html(bericht: Bericht, peildatum: date) -> str:
    """Return one bericht: when, as which role, whether internal, the text, and what it said before."""
    kop = [format_datum_met_ouderdom(bericht.datum, peildatum), str(bericht.rol or "")]
    if bericht.eerder and bericht.vastgelegd_op:
        kop.append(f"gecorrigeerd op {format_moment(bericht.vastgelegd_op)}")
    return (
        f'<span class="datum">{escape(" · ".join(deel for deel in kop if deel))}</span> '
        f'{"" if bericht.openbaar else _INTERN}<span class="tekst">{escape(bericht.tekst)}</span>'
        f"{_build_eerder(bericht, peildatum)}"
    )


def _build_eerder(bericht: Bericht, peildatum: date) -> str:
    if not bericht.eerder:
        return ""
    regels = "".join(f"<li>{build_bericht_html(eerder, peildatum)}</li>" for eerder in bericht.eerder)
    return (
        f'<details class="eerder" id="eerder-{bericht.nummer}"><summary>Wat er eerst stond</summary>'
        f'<ol class="berichten">{regels}</ol></details>'
    )


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
        regels.append(
            f'<li><details id="initiatief-{escape(i.id)}"><summary>{build_initiatiefteken_html(i, rol)} '
            f'<span class="titel">{escape(i.titel)}</span>{build_bij_html(list_initiatiefregels(i, namen))}</summary>'
            f"{build_velden_html(collect_initiatiefvelden(i))}"
            f"{build_berichten_html(berichten.get(i.id, ()), peildatum)}"
            f"{_build_link(Berichtsoort.INITIATIEF, i.id)}</details></li>"
        )
    return f'<ul class="punten">{"".join(regels)}</ul>'


def build_initiatiefteken_html(initiatief: Initiatief, rol: Rol) -> str:
    """Return the state of an initiative as a badge."""
    toestand = INITIATIEF_MACHINE.toestanden[initiatief.staat]
    return f'<span class="los">{escape(toestand.publieke_naam if rol is Rol.PUBLIEK else toestand.naam)}</span>'


def list_initiatiefregels(initiatief: Initiatief, namen: Mapping[str, str]) -> list[str]:
    """Return what stands beside the title of an initiative."""
    gebied = namen.get(initiatief.gebied, initiatief.gebied)
    return [", ".join(initiatief.themas), gebied, _format_ingediend(initiatief)]


def collect_initiatiefvelden(initiatief: Initiatief) -> list[tuple[str, str]]:
    """Return the fields of an initiative that are filled in, by name."""
    i = initiatief
    velden = [
        ("Omschrijving", i.omschrijving),
        ("Aangevraagd", format_bedrag(i.aangevraagd)),
        ("Toegekend", format_bedrag(i.toegekend)),
        ("Besluit op", format_datum(i.besluit_op) if i.besluit_op else "nog geen besluit"),
        ("Zichtbaar voor", "iedereen" if i.openbaar else "niet openbaar"),
        ("Nummer", i.id),
    ]
    return [(naam, waarde) for naam, waarde in velden if waarde]


def _format_ingediend(initiatief: Initiatief) -> str:
    return f"ingediend op {format_datum(initiatief.ingediend_op)}" if initiatief.ingediend_op else ""
