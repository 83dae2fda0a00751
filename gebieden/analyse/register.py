"""Partners as they are called: which organisation a name at a point or contribution means, and who is not known yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gebieden.domein.dekking import Lijnstand, Puntdekking
from gebieden.domein.partner import Partner, list_namen, normalise_naam
from gebieden.domein.punt import Punt

INGETROKKEN_PARTNER = "partner die er niet meer is"


@dataclass(frozen=True)
class Register:
    """The partners by number, and which of them a name means; build it with `build_register`."""

    partners: Mapping[int, Partner]
    per_naam: Mapping[str, int]

    def find(self, naam: str) -> int | None:
        """Return the number of the partner that this name means, None for one that is not in the register."""
        return self.per_naam.get(normalise_naam(naam))

    def noem(self, nummer: int) -> str:
        """Return what a partner is called."""
        partner = self.partners.get(nummer)
        return partner.naam if partner else INGETROKKEN_PARTNER

    def sorteer(self, nummers: Iterable[int]) -> list[int]:
        """Return these numbers by the name of the partner."""
        return sorted(nummers, key=lambda nummer: (normalise_naam(self.noem(nummer)), nummer))


@dataclass(frozen=True, slots=True)
class Naamgebruik:
    """A name, as it was first read, and the ids of the points that name it in one way or another."""

    naam: str
    punten: tuple[str, ...]


def build_register(partners: Mapping[int, Partner]) -> Register:
    """Return the register; of a name that two have, which should not be, the first number has it."""
    per_naam: dict[str, int] = {}
    for nummer in sorted(partners):
        for naam in list_namen(partners[nummer]):
            per_naam.setdefault(normalise_naam(naam), nummer)
    return Register(partners, per_naam)


def list_genoemd(punt: Punt, dekking: Puntdekking | None) -> Iterator[str]:
    """Yield the names at a point and at its contributions; one that was withdrawn names nobody any more."""
    yield from punt.punt.partners
    for lijn in dekking.lijnen if dekking else ():
        if lijn.partner and lijn.stand is not Lijnstand.INGETROKKEN:
            yield lijn.partner


def collect_gebruik(
    register: Register, punten: Iterable[Punt], dekkingen: Mapping[str, Puntdekking]
) -> tuple[dict[int, tuple[str, ...]], list[Naamgebruik]]:
    """Return per partner the points that name it, and apart the names that are not in the register, by name."""
    per_partner: dict[int, dict[str, None]] = defaultdict(dict)
    onbekend: dict[str, tuple[str, dict[str, None]]] = {}
    for punt in punten:
        for naam in list_genoemd(punt, dekkingen.get(punt.punt.id)):
            nummer = register.find(naam)
            if nummer is not None:
                per_partner[nummer][punt.punt.id] = None
            else:
                onbekend.setdefault(normalise_naam(naam), (naam, {}))[1][punt.punt.id] = None
    genoemd = {nummer: tuple(ids) for nummer, ids in per_partner.items()}
    return genoemd, [Naamgebruik(naam, tuple(ids)) for _, (naam, ids) in sorted(onbekend.items())]


def find_partners(register: Register, punt: Punt, dekking: Puntdekking | None) -> frozenset[int]:
    """Return the partners in the register that a point names."""
    return frozenset(n for naam in list_genoemd(punt, dekking) if (n := register.find(naam)) is not None)
