"""What stands where on the print sheet of an area: points in groups, and how many lines fit on one A4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from gebieden.domein.agendapunt import Staat
from gebieden.domein.taal import format_datum, format_ouderdom
from gebieden.domein.voortgang import Categorie, determine_categorie, is_te_laat
from gebieden.opslag.lezen import Punt

# How many characters surely fit on a line of each column; a browser cuts off what does not.
TEKENS_TITEL = 56
TEKENS_BIJ = 46
KOP_REGELS = 1.5


@dataclass(frozen=True, slots=True)
class Bladpunt:
    """A point as it stands on the sheet. `bij` is what is said beside the title."""

    titel: str
    categorie: Categorie
    te_laat: bool = False
    nieuw: bool = False
    bij: str = ""


@dataclass(frozen=True, slots=True)
class Groep:
    """Points under one heading: the `aantal` there are, and those of them that are shown.

    `elders` counts points of this category that stand under an earlier heading.
    """

    kop: str
    aantal: int
    punten: tuple[Bladpunt, ...]
    elders: int = 0


@dataclass(frozen=True, slots=True)
class Indeling:
    """The groups that fit, how many lines a point may take, how many points were left out, and the lines used."""

    groepen: tuple[Groep, ...]
    regels_per_punt: int
    weggelaten: int
    regels: float


_OVER_DATUM = "over_datum"
_NIEUW = "nieuw"
KOPPEN: dict[str, str] = {
    Categorie.WACHT: "Wacht",
    _OVER_DATUM: "Over de afgesproken datum",
    Categorie.ONBEKEND: "Stand onbekend",
    Categorie.LOOPT: "Loopt",
    Categorie.NIET_BEGONNEN: "Nog niet begonnen",
    Categorie.AFGEROND: "Klaar",
    _NIEUW: "Nieuw sinds de vastgestelde versie",
    Categorie.VOORSTEL: "Voorstellen",
    Categorie.OVERGEDRAGEN: "Overgedragen",
    Categorie.VERVALLEN: "Gaat niet door",
}


def compose_bladpunten(punten: Iterable[Punt], peildatum: date, stilte_dagen: int) -> list[Bladpunt]:
    """Return the points that a person may see as they stand on the sheet."""
    return [_compose_bladpunt(punt, peildatum, stilte_dagen) for punt in punten]


def _compose_bladpunt(punt: Punt, peildatum: date, stilte_dagen: int) -> Bladpunt:
    stand, bron = punt.stand, punt.punt
    categorie, te_laat = determine_categorie(stand, peildatum, stilte_dagen), is_te_laat(stand, peildatum)
    elders = (te_laat or not punt.in_versie) and bron.staat is not Staat.WACHT_OP
    delen = (
        f"wacht op {bron.wacht_op}" if bron.staat is Staat.WACHT_OP else "",
        KOPPEN[categorie].lower() if elders else "",
        f"afgesproken: {format_datum(bron.afgesproken_gereed)}" if te_laat and bron.afgesproken_gereed else "",
        format_ouderdom(punt.laatste, peildatum) if punt.laatste else "nog geen bericht",
        ", ".join(bron.themas),
        bron.trekker,
    )
    bij = " · ".join(deel for deel in delen if deel)
    return Bladpunt(bron.titel, categorie, te_laat, not punt.in_versie, bij)


def group_punten(punten: Iterable[Bladpunt]) -> list[Groep]:
    """Return the groups that have points, in the order of KOPPEN; within a group the given order."""
    per_groep: dict[str, list[Bladpunt]] = {sleutel: [] for sleutel in KOPPEN}
    elders = dict.fromkeys(KOPPEN, 0)
    for punt in punten:
        groep = _determine_groep(punt)
        per_groep[groep].append(punt)
        elders[punt.categorie] += groep == _OVER_DATUM
    return [Groep(kop, len(per_groep[s]), tuple(per_groep[s]), elders[s]) for s, kop in KOPPEN.items() if per_groep[s]]


def _determine_groep(punt: Bladpunt) -> str:
    if punt.categorie is Categorie.VOORSTEL:
        return punt.categorie
    if punt.nieuw:
        return _NIEUW
    if punt.te_laat and punt.categorie is not Categorie.WACHT:
        return _OVER_DATUM
    return punt.categorie


def count_regels(punt: Bladpunt, hoogstens: int) -> int:
    """Return how many lines a point takes: as many as its text needs, and no more than `hoogstens`."""
    nodig = max(ceil(len(punt.titel) / TEKENS_TITEL), ceil(len(punt.bij) / TEKENS_BIJ), 1)
    return min(nodig, hoogstens)


def fit_groepen(groepen: Sequence[Groep], regels: float) -> Indeling:
    """Return the groups as they fit in this many lines.

    Two lines per point when all of them fit so, else one; what still does not fit is left out from the
    end. One line is kept free for saying how many that are.
    """
    for per_punt in (2, 1):
        nodig = sum(_count_groep(groep, per_punt) for groep in groepen)
        if nodig <= regels:
            return Indeling(tuple(groepen), per_punt, 0, nodig)
    gekozen: list[Groep] = []
    over = regels - 1
    for groep in groepen:
        plaatsen = int(over - KOP_REGELS)
        if plaatsen < 1:
            break
        gekozen.append(replace(groep, punten=groep.punten[:plaatsen]))
        over -= _count_groep(gekozen[-1], 1)
    weggelaten = sum(groep.aantal for groep in groepen) - sum(len(groep.punten) for groep in gekozen)
    return Indeling(tuple(gekozen), 1, weggelaten, regels - over)


def _count_groep(groep: Groep, per_punt: int) -> float:
    return KOP_REGELS + sum(count_regels(punt, per_punt) for punt in groep.punten)
