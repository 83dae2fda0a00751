"""Voortgang: the one definition (`domein.md` section 2), for one set of points.

Voortgang is hoeveel punten van déze agenda in welke staat zitten, met het aantal punten waarvan we
de stand niet weten. Het is geen rapportcijfer en geen vergelijking tussen gebieden.

Everything here adds up: the voortgang of two separate sets of points is the sum of both, so an area
is the sum of the agendas it contains (`gebieden.analyse.voortgang`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from gebieden.domein.agendapunt import VOORSTELLEN, Puntsoort, Staat, WachtOp
from gebieden.domein.dekking import Uitkomst
from gebieden.domein.thema import Thema

STILTE_DAGEN = 90


class Categorie(StrEnum):
    """The seven categories that partition the points of an agenda version, plus what is outside it."""

    AFGEROND = "afgerond"
    LOOPT = "loopt"
    NIET_BEGONNEN = "niet_begonnen"
    WACHT = "wacht"
    OVERGEDRAGEN = "overgedragen"
    VERVALLEN = "vervallen"
    ONBEKEND = "onbekend"
    VOORSTEL = "voorstel"


_PER_STAAT = {
    Staat.VOORGESTELD: Categorie.VOORSTEL,
    Staat.BESPROKEN: Categorie.VOORSTEL,
    Staat.OP_AGENDA: Categorie.NIET_BEGONNEN,
    Staat.IN_VOORBEREIDING: Categorie.LOOPT,
    Staat.IN_UITVOERING: Categorie.LOOPT,
    Staat.WACHT_OP: Categorie.WACHT,
    Staat.GEREALISEERD: Categorie.AFGEROND,
    Staat.GEBORGD: Categorie.AFGEROND,
    Staat.OVERGEDRAGEN: Categorie.OVERGEDRAGEN,
    Staat.VERVALLEN: Categorie.VERVALLEN,
}
OPEN = frozenset({Categorie.NIET_BEGONNEN, Categorie.LOOPT, Categorie.WACHT})


@dataclass(frozen=True, slots=True)
class Puntstand:
    """A point as it stood on a peildatum.

    `in_versie` says whether it is in the counted version of its agenda. `laatste` is the date of its
    last bericht or state transition on or before the peildatum; None when there is none or it is unknown.
    Raises ValueError for a waiting point that does not say what it waits for: it would fall out of the count.
    """

    id: str
    gebied: str
    staat: Staat
    in_versie: bool
    themas: tuple[Thema, ...] = ()
    soort: Puntsoort | None = None
    wacht_op: WachtOp | None = None
    afgesproken_gereed: date | None = None
    laatste: date | None = None
    dekking: Uitkomst = Uitkomst.ONBEKEND

    def __post_init__(self) -> None:
        if self.staat is Staat.WACHT_OP and self.wacht_op is None:
            raise ValueError(f"Punt {self.id} wacht, en zegt niet waarop.")


class Stand(Protocol):
    """What of a point says in which category it is, and whether it is late."""

    @property
    def staat(self) -> Staat: ...
    @property
    def afgesproken_gereed(self) -> date | None: ...
    @property
    def laatste(self) -> date | None: ...


def is_open(staat: Staat) -> bool:
    """Return whether a point in this state still has to be done."""
    return _PER_STAAT[staat] in OPEN


def determine_categorie(stand: Stand, peildatum: date, stilte_dagen: int = STILTE_DAGEN) -> Categorie:
    """Return the category a point counts in.

    An open point whose last bericht or transition is more than `stilte_dagen` days before the
    peildatum, or unknown, is `onbekend`; exactly on the threshold it is not.
    """
    categorie = _PER_STAAT[stand.staat]
    if categorie in OPEN and (stand.laatste is None or (peildatum - stand.laatste).days > stilte_dagen):
        return Categorie.ONBEKEND
    return categorie


def is_te_laat(stand: Stand, peildatum: date) -> bool:
    """Return whether an open point is past the date that was agreed; on the day itself it is not."""
    return is_open(stand.staat) and stand.afgesproken_gereed is not None and stand.afgesproken_gereed < peildatum


def is_zonder_datum(stand: Stand) -> bool:
    """Return whether an open point has no agreed date."""
    return is_open(stand.staat) and stand.afgesproken_gereed is None


@dataclass(slots=True)
class Deeltelling:
    """How many points of one soort, and how many of them afgerond."""

    punten: int = 0
    afgerond: int = 0

    def __add__(self, ander: "Deeltelling") -> "Deeltelling":
        return Deeltelling(self.punten + ander.punten, self.afgerond + ander.afgerond)


@dataclass(slots=True)
class Voortgang:
    """Counts over points. The seven categories add up to `punten`; flags and the rest stand outside that.

    `dekking` counts the same points by what their money comes to; not all of them are a number (`met_bedrag`).
    `agendas` maps the area of each agenda that is in it to its counted (version, date).
    """

    punten: int = 0
    afgerond: int = 0
    geborgd: int = 0
    loopt: int = 0
    niet_begonnen: int = 0
    wacht: Counter[WachtOp] = field(default_factory=Counter)
    overgedragen: int = 0
    vervallen: int = 0
    onbekend: int = 0
    te_laat: int = 0
    geen_datum: int = 0
    voorstellen: int = 0
    nieuw_sinds_versie: int = 0
    snelle_acties: Deeltelling = field(default_factory=Deeltelling)
    grote_punten: Deeltelling = field(default_factory=Deeltelling)
    dekking: Counter[Uitkomst] = field(default_factory=Counter)
    laatste_bericht: date | None = None
    agendas: dict[str, tuple[int, date]] = field(default_factory=dict)

    @property
    def wachtend(self) -> int:
        """How many points wait, whatever for."""
        return self.wacht.total()

    @property
    def open(self) -> int:
        """How many points of the version are not finished, handed over or dropped; unknown ones included."""
        return self.punten - self.afgerond - self.overgedragen - self.vervallen

    @property
    def met_bedrag(self) -> int:
        """Of how many points is known what they need and what of that is there: PM and unknown are neither."""
        return self.punten - self.dekking[Uitkomst.PM] - self.dekking[Uitkomst.ONBEKEND]

    def __add__(self, ander: "Voortgang") -> "Voortgang":
        laatste = [d for d in (self.laatste_bericht, ander.laatste_bericht) if d]
        return Voortgang(
            **{veld: getattr(self, veld) + getattr(ander, veld) for veld in _OPTELBAAR},
            laatste_bericht=max(laatste, default=None),
            agendas=self.agendas | ander.agendas,
        )


_OPTELBAAR = (
    "punten",
    "afgerond",
    "geborgd",
    "loopt",
    "niet_begonnen",
    "wacht",
    "overgedragen",
    "vervallen",
    "onbekend",
    "te_laat",
    "geen_datum",
    "voorstellen",
    "nieuw_sinds_versie",
    "snelle_acties",
    "grote_punten",
    "dekking",
)


def determine_voortgang(standen: Iterable[Puntstand], peildatum: date, stilte_dagen: int = STILTE_DAGEN) -> Voortgang:
    """Return the counts over these points on the peildatum. The order of the points does not matter."""
    voortgang = Voortgang()
    for stand in standen:
        _count_stand(voortgang, stand, peildatum, stilte_dagen)
    return voortgang


def _count_stand(voortgang: Voortgang, stand: Puntstand, peildatum: date, stilte_dagen: int) -> None:
    if stand.staat in VOORSTELLEN:
        voortgang.voorstellen += 1
        return
    if stand.laatste and (voortgang.laatste_bericht is None or stand.laatste > voortgang.laatste_bericht):
        voortgang.laatste_bericht = stand.laatste
    if not stand.in_versie:
        voortgang.nieuw_sinds_versie += stand.staat is not Staat.VERVALLEN
        return
    voortgang.punten += 1
    voortgang.dekking[stand.dekking] += 1
    categorie = determine_categorie(stand, peildatum, stilte_dagen)
    if categorie is Categorie.WACHT and stand.wacht_op is not None:
        voortgang.wacht[stand.wacht_op] += 1
    else:
        setattr(voortgang, categorie, getattr(voortgang, categorie) + 1)
    voortgang.geborgd += stand.staat is Staat.GEBORGD
    voortgang.te_laat += is_te_laat(stand, peildatum)
    voortgang.geen_datum += is_zonder_datum(stand)
    if stand.soort:
        deel = voortgang.snelle_acties if stand.soort is Puntsoort.SNELLE_ACTIE else voortgang.grote_punten
        deel.punten += 1
        deel.afgerond += categorie is Categorie.AFGEROND
