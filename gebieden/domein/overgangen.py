"""Toestandsmachines as plain tables, and the one place that enforces them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gebieden.domein.fouten import OvergangError
from gebieden.domein.rechten import Rol


class Richting(StrEnum):
    """Which way a step goes; a step back costs a reason."""

    VOORUIT = "vooruit"
    OPZIJ = "opzij"
    TERUG = "terug"


@dataclass(frozen=True, slots=True)
class Toestand:
    """One state: its name inside the municipality, its public name, and what entering it requires."""

    naam: str
    publieke_naam: str
    verplicht: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stap:
    """One allowed change and the roles that may make it."""

    naar: str
    richting: Richting
    wie: frozenset[Rol]


@dataclass(frozen=True)
class Machine:
    """A state machine: its states in order and the allowed steps per state."""

    soort: str
    toestanden: Mapping[str, Toestand]
    stappen: Mapping[str, tuple[Stap, ...]]

    def find_stap(self, van: str, naar: str) -> Stap | None:
        """Return the step between two states, or None where the table has none."""
        return next((stap for stap in self.stappen[van] if stap.naar == naar), None)

    def is_toegestaan(self, van: str, naar: str) -> bool:
        """Return whether the table has a step between two states."""
        return self.find_stap(van, naar) is not None

    def collect_bezwaren(
        self, van: str, naar: str, rol: Rol, velden: Mapping[str, object], kwam_van: str | None = None
    ) -> list[str]:
        """Return every reason why this change is not allowed; empty when it is.

        `velden` are the filled-in fields of the change. `kwam_van` is the state that an aside state
        (wacht_op) was entered from, to which alone it returns; None leaves that free (imported history).
        """
        stap = self.find_stap(van, naar)
        if stap is None:
            mogelijk = ", ".join(s.naar for s in self.stappen[van]) or "niets"
            return [f"Van {van} naar {naar} kan niet. Vanuit {van} kan: {mogelijk}."]
        bezwaren = []
        if rol not in stap.wie:
            bezwaren.append(f"De rol {rol} mag {van} niet veranderen in {naar}.")
        if kwam_van is not None and stap.richting is Richting.VOORUIT and van == "wacht_op" and naar != kwam_van:
            bezwaren.append(f"Een punt dat wacht gaat terug naar waar het vandaan kwam: {kwam_van}.")
        verplicht = self.toestanden[naar].verplicht + (("waarom",) if stap.richting is Richting.TERUG else ())
        bezwaren.extend(f"Voor {naar} is '{veld}' nodig." for veld in verplicht if not velden.get(veld))
        return bezwaren

    def check_overgang(
        self, van: str, naar: str, rol: Rol, velden: Mapping[str, object], kwam_van: str | None = None
    ) -> None:
        """Raise OvergangError with all objections when this change is not allowed."""
        if bezwaren := self.collect_bezwaren(van, naar, rol, velden, kwam_van):
            raise OvergangError(" ".join(bezwaren))


def build_stappen(wie: frozenset[Rol], tabel: Mapping[str, tuple[str, str, str]]) -> dict[str, tuple[Stap, ...]]:
    """Return the steps of a table `{state: (forward, aside, back)}`, each cell a space-separated list of states."""
    return {
        van: tuple(
            Stap(naar, richting, wie) for richting, cel in zip(Richting, cellen, strict=True) for naar in cel.split()
        )
        for van, cellen in tabel.items()
    }
