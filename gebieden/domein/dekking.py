"""Dekking: who pays or does which part of an agendapunt, and what is still missing (`domein.md` section 3)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from gebieden.domein.bedrag import ONBEKEND, Bedrag


class Bron(StrEnum):
    """Where a contribution comes from."""

    GEMEENTE = "gemeente"
    CORPORATIE = "corporatie"
    ONDERNEMER = "ondernemer"
    INWONERS = "inwoners"
    FONDS = "fonds"
    BESTAAND_BUDGET = "bestaand_budget"
    BEGROTING = "begroting"
    ANDERS = "anders"


class Vorm(StrEnum):
    """What is contributed."""

    GELD = "geld"
    UREN = "uren"
    MATERIAAL = "materiaal"
    RUIMTE = "ruimte"


class Lijnstand(StrEnum):
    """How far a contribution is; a line is in one of these at a time."""

    GEVRAAGD = "gevraagd"
    TOEGEZEGD = "toegezegd"
    ONTVANGEN = "ontvangen"
    INGETROKKEN = "ingetrokken"


class Uitkomst(StrEnum):
    """What the lines of a point come to."""

    ONBEKEND = "onbekend"
    PM = "PM"
    GEDEKT = "gedekt"
    DEELS = "deels"
    NIET = "niet"


TELT: Final = (Lijnstand.GEVRAAGD, Lijnstand.TOEGEZEGD, Lijnstand.ONTVANGEN)
NUL: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Lijnvelden:
    """What can be written of a contribution: money has a `bedrag`, everything else a `hoeveelheid` in an `eenheid`.

    `jaar` is that of the Kadernota or begroting.
    """

    bron: Bron
    vorm: Vorm
    stand: Lijnstand
    bedrag: Bedrag = ONBEKEND
    hoeveelheid: Decimal | None = None
    eenheid: str = ""
    jaar: int | None = None
    partner: str = ""
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Dekkingslijn(Lijnvelden):
    """One contribution to an agendapunt, as it is stored."""

    nummer: int = 0
    agendapunt: str = ""


@dataclass(frozen=True, slots=True)
class Som:
    """What is known of several amounts: the sum of those that are a number, and how many are not."""

    euro: Decimal = NUL
    aantal_pm: int = 0

    def __add__(self, ander: "Som") -> "Som":
        return Som(self.euro + ander.euro, self.aantal_pm + ander.aantal_pm)


GEEN: Final = Som()


@dataclass(frozen=True, slots=True)
class Bijdrage:
    """Contributions that are not money, of one form and unit, in one stand."""

    vorm: Vorm
    eenheid: str
    stand: Lijnstand
    hoeveelheid: Decimal


@dataclass(frozen=True, slots=True)
class Dekking:
    """What is needed for a point, what of that is asked, promised and received, and what is missing.

    `gat` is what is needed without what is promised or received: less than nothing when there is more than needed,
    None when that cannot be known. `bijdragen` are what is not money, which never enters the gat.
    """

    benodigd: Bedrag
    gevraagd: Som
    toegezegd: Som
    ontvangen: Som
    bijdragen: tuple[Bijdrage, ...]
    gat: Decimal | None
    uitkomst: Uitkomst


@dataclass(frozen=True, slots=True)
class Geldstand:
    """What of the money for a point is promised or received, and whether an amount that counts is not a number."""

    gedekt: Decimal = NUL
    heeft_pm: bool = False


GEEN_GELD: Final = Geldstand()


@dataclass(frozen=True, slots=True)
class Puntdekking:
    """The dekking of one point, with where the point counts and the lines that it was determined from."""

    id: str
    gebied: str
    themas: tuple[str, ...]
    lijnen: tuple[Dekkingslijn, ...]
    dekking: Dekking


@dataclass(frozen=True, slots=True)
class Dekkingsom:
    """The dekking of several points together.

    `benodigd`, `gat` and `over` add up what is a number; beside them stands how many points are PM or onbekend, and so
    are in no gat. What one point has too much (`over`) does not fill what another lacks (`gat`).
    """

    punten: int = 0
    onbekend: int = 0
    pm: int = 0
    benodigd: Decimal = NUL
    gevraagd: Som = Som()
    toegezegd: Som = Som()
    ontvangen: Som = Som()
    gat: Decimal = NUL
    over: Decimal = NUL


def sum_stand(lijnen: Iterable[Lijnvelden], stand: Lijnstand) -> Som:
    """Return what the lines of money in this stand come to; an amount that is not a number is counted, not added."""
    bedragen = [lijn.bedrag.euro for lijn in lijnen if lijn.stand is stand and lijn.vorm is Vorm.GELD]
    if not bedragen:
        return GEEN
    bekend = [euro for euro in bedragen if euro is not None]
    return Som(sum(bekend, NUL), len(bedragen) - len(bekend))


def sum_bijdragen(lijnen: Iterable[Lijnvelden]) -> tuple[Bijdrage, ...]:
    """Return what is not money, added up per form, unit and stand only."""
    per_eenheid: dict[tuple[Vorm, str, Lijnstand], Decimal] = defaultdict(Decimal)
    for lijn in lijnen:
        if lijn.vorm is not Vorm.GELD and lijn.stand in TELT and lijn.hoeveelheid is not None:
            per_eenheid[(lijn.vorm, lijn.eenheid, lijn.stand)] += lijn.hoeveelheid
    if not per_eenheid:
        return ()
    volgorde = sorted(per_eenheid, key=lambda k: (list(Vorm).index(k[0]), k[1], TELT.index(k[2])))
    return tuple(Bijdrage(*sleutel, per_eenheid[sleutel]) for sleutel in volgorde)


def determine_dekking(benodigd: Bedrag, lijnen: Collection[Lijnvelden]) -> Dekking:
    """Return the dekking of a point; a line that is withdrawn counts nowhere."""
    if not lijnen:
        return Dekking(benodigd, GEEN, GEEN, GEEN, (), benodigd.euro, determine_uitkomst(benodigd, GEEN_GELD))
    gevraagd, toegezegd, ontvangen = (sum_stand(lijnen, stand) for stand in TELT)
    geld = Geldstand(toegezegd.euro + ontvangen.euro, bool((gevraagd + toegezegd + ontvangen).aantal_pm))
    gat, uitkomst = determine_gat(benodigd, geld), determine_uitkomst(benodigd, geld)
    return Dekking(benodigd, gevraagd, toegezegd, ontvangen, sum_bijdragen(lijnen), gat, uitkomst)


def determine_gat(benodigd: Bedrag, geld: Geldstand) -> Decimal | None:
    """Return what is missing, less than nothing when there is too much; None when that cannot be known."""
    return None if benodigd.euro is None or geld.heeft_pm else benodigd.euro - geld.gedekt


def determine_uitkomst(benodigd: Bedrag, geld: Geldstand) -> Uitkomst:
    """Return what the money of a point comes to."""
    if benodigd.is_onbekend:
        return Uitkomst.ONBEKEND
    gat = determine_gat(benodigd, geld)
    if gat is None:
        return Uitkomst.PM
    if gat <= 0:
        return Uitkomst.GEDEKT
    return Uitkomst.DEELS if geld.gedekt else Uitkomst.NIET


def sum_dekking(punten: Iterable[Puntdekking]) -> Dekkingsom:
    """Return the dekking of these points together."""
    dekkingen = [punt.dekking for punt in punten]
    uitkomsten = [d.uitkomst for d in dekkingen]
    return Dekkingsom(
        punten=len(dekkingen),
        onbekend=uitkomsten.count(Uitkomst.ONBEKEND),
        pm=uitkomsten.count(Uitkomst.PM),
        benodigd=sum((d.benodigd.euro for d in dekkingen if d.benodigd.euro is not None), NUL),
        gevraagd=sum((d.gevraagd for d in dekkingen), Som()),
        toegezegd=sum((d.toegezegd for d in dekkingen), Som()),
        ontvangen=sum((d.ontvangen for d in dekkingen), Som()),
        gat=sum((d.gat for d in dekkingen if d.gat is not None and d.gat > 0), NUL),
        over=sum((-d.gat for d in dekkingen if d.gat is not None and d.gat < 0), NUL),
    )


def sum_per(punten: Iterable[Puntdekking], sleutels: Callable[[Puntdekking], Iterable[str]]) -> dict[str, Dekkingsom]:
    """Return the sums per area, per theme, per anything: a point counts under each key that `sleutels` gives it."""
    groepen: dict[str, list[Puntdekking]] = defaultdict(list)
    for punt in punten:
        for sleutel in sleutels(punt):
            groepen[sleutel].append(punt)
    return {sleutel: sum_dekking(groep) for sleutel, groep in groepen.items()}


def sum_per_bron(lijnen: Iterable[Dekkingslijn]) -> dict[Bron, Mapping[Lijnstand, Som]]:
    """Return per source that occurs what it was asked for, promised and gave in money."""
    groepen: dict[Bron, list[Dekkingslijn]] = defaultdict(list)
    for lijn in lijnen:
        groepen[lijn.bron].append(lijn)
    return {b: {stand: sum_stand(groepen[b], stand) for stand in TELT} for b in Bron if b in groepen}


def list_lijnen(punten: Iterable[Puntdekking]) -> Sequence[Dekkingslijn]:
    """Return the lines of these points."""
    return [lijn for punt in punten for lijn in punt.lijnen]
