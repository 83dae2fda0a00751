"""Kansenlijst: what organisations could close today, point by point."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.analyse.register import Register, list_genoemd
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bedrag import format_euro
from gebieden.domein.convenant import Afspraak, is_over_termijn
from gebieden.domein.dekking import Lijnstand, Puntdekking, Uitkomst
from gebieden.domein.dekkingszin import format_inhoud
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.partner import normalise_naam
from gebieden.domein.punt import Punt
from gebieden.domein.taal import format_datum
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import is_open


class Kanssoort(StrEnum):
    """What could be closed, in the order in which it is read."""

    AFSPRAAK = "afspraak"
    WACHT = "wacht"
    GEVRAAGD = "gevraagd"
    GAT = "gat"
    PM = "PM"
    ONBEKEND = "onbekend"


KANSNAMEN = {
    Kanssoort.AFSPRAAK: "Afspraken over hun termijn",
    Kanssoort.WACHT: "Wacht op een partner",
    Kanssoort.GEVRAAGD: "Gevraagde bijdragen",
    Kanssoort.GAT: "Een gat in het geld",
    Kanssoort.PM: "Gat nog niet te berekenen (PM)",
    Kanssoort.ONBEKEND: "Niet bekend wat nodig is",
}
DEFINITIE = (
    "Open punten waarvan bekend is dat er geld ontbreekt (deels of niet gedekt), die wachten op een partner of waaraan "
    "een bijdrage is gevraagd, en afspraken over hun termijn. Een gat hoort bij een partner als het punt die partner "
    "noemt of ligt in een gebied waar die partner werkt; al het andere alleen als de partner is genoemd. "
    "Wat PM of onbekend is, staat apart en is nooit nul."
)


@dataclass(frozen=True, slots=True)
class Kans:
    """Something that can be closed: of which point ("" for none) and area, and what is asked, in words.

    `genoemd` are the organisations named at it, `werken` those of the register that work in its area; both as the
    register calls them.
    """

    soort: Kanssoort
    id: str
    titel: str
    gebied: str
    themas: tuple[Thema, ...]
    vraag: str
    genoemd: tuple[str, ...]
    werken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keuze:
    """What the list is narrowed to: an organisation, a theme, an area; None for all."""

    partner: str | None = None
    thema: Thema | None = None
    gebied: str | None = None


@dataclass(frozen=True)
class Samenwerking:
    """What the rules look at: who there is, where they work (partner, area) and what they promised (area, what)."""

    register: Register
    boom: Gebiedsboom
    inzet: Collection[tuple[int, str]]
    afspraken: Collection[tuple[str, Afspraak]]


def collect_kansen(
    bij: Samenwerking, punten: Iterable[Punt], dekkingen: Mapping[str, Puntdekking], peildatum: date
) -> list[Kans]:
    """Return everything that can be closed, by kind; within a kind as the points come."""
    per_id = {p.punt.id: p for p in punten}
    werken = _list_werken(bij, (p.punt.gebied for p in per_id.values()))
    kansen = [
        kans
        for p in per_id.values()
        if is_open(p.punt.staat)
        for kans in _list_bij(bij.register, p, dekkingen.get(p.punt.id), werken[p.punt.gebied])
    ]
    kansen += [_to_kans(bij, gebied, a, per_id) for gebied, a in bij.afspraken if is_over_termijn(a, peildatum)]
    volgorde = {soort: plaats for plaats, soort in enumerate(Kanssoort)}
    return sorted(kansen, key=lambda kans: volgorde[kans.soort])


def select_kansen(kansen: Iterable[Kans], keuze: Keuze, boom: Gebiedsboom) -> list[Kans]:
    """Return what fits the choice."""
    return [
        kans
        for kans in kansen
        if (keuze.partner is None or _is_bij(keuze.partner, kans.genoemd + kans.werken))
        and (keuze.thema is None or keuze.thema in kans.themas)
        and (keuze.gebied is None or boom.bevat(keuze.gebied, kans.gebied))
    ]


def list_organisaties(register: Register, kansen: Iterable[Kans]) -> list[str]:
    """Return the partners of the register and whoever else is named, by name."""
    per_sleutel = {normalise_naam(partner.naam): partner.naam for partner in register.partners.values()}
    for naam in (naam for kans in kansen for naam in kans.genoemd):
        per_sleutel.setdefault(normalise_naam(naam), naam)
    return [naam for _, naam in sorted(per_sleutel.items())]


def describe_wie(kans: Kans, partner: str | None) -> str:
    """Return who is named at it, and that the partner one looks for works there when it is not named."""
    delen = [", ".join(kans.genoemd) or "niemand genoemd"]
    if partner and not _is_bij(partner, kans.genoemd):
        delen.append(f"{partner} werkt in dit gebied")
    return "; ".join(delen)


def _is_bij(partner: str, namen: Iterable[str]) -> bool:
    return normalise_naam(partner) in map(normalise_naam, namen)


def _list_bij(register: Register, punt: Punt, dekking: Puntdekking | None, werken: tuple[str, ...]) -> Iterator[Kans]:
    genoemd = _name(register, list_genoemd(punt, dekking))
    if punt.punt.staat is Staat.WACHT_OP and punt.punt.wacht_op is WachtOp.PARTNER:
        wie = "" if genoemd else " Bij het punt staat nog geen partner."
        yield _build(Kanssoort.WACHT, punt, f"Het punt wacht op een partner.{wie}", genoemd)
    for lijn in dekking.lijnen if dekking else ():
        if lijn.stand is Lijnstand.GEVRAAGD and lijn.partner:
            wat = f"Gevraagd: {format_inhoud(lijn)} ({lijn.vorm})."
            yield _build(Kanssoort.GEVRAAGD, punt, wat, _name(register, [lijn.partner]))
    if dekking and (kans := _describe_gat(dekking)):
        yield _build(kans[0], punt, kans[1], genoemd, werken)


def _describe_gat(punt: Puntdekking) -> tuple[Kanssoort, str] | None:
    """Return of which kind the gap of a point is, and how people say it; None where there is none."""
    dekking = punt.dekking
    if dekking.uitkomst in (Uitkomst.DEELS, Uitkomst.NIET) and dekking.gat is not None:
        gedekt = "deels gedekt" if dekking.uitkomst is Uitkomst.DEELS else "nog niets toegezegd of ontvangen"
        return Kanssoort.GAT, f"Gat: {format_euro(dekking.gat)} van {dekking.benodigd} die nodig is ({gedekt})."
    if dekking.uitkomst is Uitkomst.PM:
        return Kanssoort.PM, f"Nodig: {dekking.benodigd}. Het gat is nog niet te berekenen: er staat PM."
    if dekking.uitkomst is Uitkomst.ONBEKEND:
        return Kanssoort.ONBEKEND, "Niet bekend wat nodig is, dus ook niet wat ontbreekt."
    return None


def _to_kans(bij: Samenwerking, gebied: str, afspraak: Afspraak, per_id: Mapping[str, Punt]) -> Kans:
    termijn = format_datum(afspraak.termijn) if afspraak.termijn else "onbekend"
    punt = per_id.get(afspraak.agendapunt)
    vraag = f"Afspraak: {afspraak.titel}. Uiterlijk op {termijn}, nu nog {afspraak.stand}."
    titel = punt.punt.titel if punt else afspraak.titel
    themas = (afspraak.thema,)
    id_ = punt.punt.id if punt else ""
    return Kans(Kanssoort.AFSPRAAK, id_, titel, gebied, themas, vraag, (bij.register.noem(afspraak.partner),))


def _build(soort: Kanssoort, punt: Punt, vraag: str, genoemd: tuple[str, ...], werken: tuple[str, ...] = ()) -> Kans:
    p = punt.punt
    return Kans(soort, p.id, p.titel, p.gebied, p.themas, vraag, genoemd, werken)


def _name(register: Register, namen: Iterable[str]) -> tuple[str, ...]:
    """Return the organisations by the name that the register has, each once."""
    per_sleutel: dict[str, str] = {}
    for naam in namen:
        nummer = register.find(naam)
        eigen = naam if nummer is None else register.noem(nummer)
        per_sleutel.setdefault(normalise_naam(eigen), eigen)
    return tuple(per_sleutel.values())


def _list_werken(bij: Samenwerking, gebieden: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return per area who works there, by name."""
    werken = {}
    for gebied in set(gebieden):
        nummers = {nummer for nummer, werkgebied in bij.inzet if bij.boom.bevat(werkgebied, gebied)}
        werken[gebied] = tuple(bij.register.noem(nummer) for nummer in bij.register.sorteer(nummers))
    return werken
