"""The matrix of a convenant: per partner and theme what was promised and which points name it; what nobody covers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from gebieden.analyse.register import Register, find_partners, list_genoemd
from gebieden.domein.agendapunt import VOORSTELLEN, Staat
from gebieden.domein.convenant import Afspraak, Afspraakstand
from gebieden.domein.dekking import Puntdekking
from gebieden.domein.punt import Punt
from gebieden.domein.thema import Thema


@dataclass(frozen=True, slots=True)
class Cel:
    """What one partner does for one theme: its commitments, and the ids of the points that name it."""

    afspraken: tuple[Afspraak, ...] = ()
    punten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thematekort:
    """A theme with points on the agenda and no commitment; at how many of those a partner is named at all."""

    thema: Thema
    punten: int
    met_partner: int


def is_op_agenda(punt: Punt) -> bool:
    """Return whether a point is on the agenda, done or not: no proposal, and not dropped."""
    return punt.punt.staat not in VOORSTELLEN | {Staat.VERVALLEN}


def build_matrix(
    register: Register,
    deelnemers: Collection[int],
    afspraken: Collection[Afspraak],
    punten: Iterable[Punt],
    dekkingen: Mapping[str, Puntdekking],
) -> dict[int, dict[Thema, Cel]]:
    """Return a row per partner that takes part, promised something or is named at a point, by name."""
    per_cel: dict[tuple[int, Thema], list[str]] = defaultdict(list)
    for p in punten:
        if is_op_agenda(p):
            for nummer, thema in product(find_partners(register, p, dekkingen.get(p.punt.id)), p.punt.themas):
                per_cel[nummer, thema].append(p.punt.id)
    nummers = {*deelnemers, *(a.partner for a in afspraken), *(nummer for nummer, _ in per_cel)}
    return {
        nummer: {
            thema: Cel(
                tuple(a for a in afspraken if (a.partner, a.thema) == (nummer, thema)),
                tuple(per_cel.get((nummer, thema), ())),
            )
            for thema in Thema
        }
        for nummer in register.sorteer(nummers)
    }


def list_tekorten(
    afspraken: Iterable[Afspraak], punten: Iterable[Punt], dekkingen: Mapping[str, Puntdekking]
) -> list[Thematekort]:
    """Return the themes that nobody covers, in their fixed order; what was promised and not kept covers nothing."""
    gedekt = {a.thema for a in afspraken if a.stand is not Afspraakstand.NIET_NAGEKOMEN}
    tekorten = []
    op_agenda = [p for p in punten if is_op_agenda(p)]
    for thema in Thema:
        van_thema = [p for p in op_agenda if thema in p.punt.themas]
        if van_thema and thema not in gedekt:
            met = sum(1 for p in van_thema if any(list_genoemd(p, dekkingen.get(p.punt.id))))
            tekorten.append(Thematekort(thema, len(van_thema), met))
    return tekorten
