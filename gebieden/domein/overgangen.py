"""Toestandsmachines as plain tables, and the one place that enforces them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """A state machine: its states in order and the allowed steps per state.

    `keert_terug` names the states that go forward only to where they came from, with where that is when
    it is not known (imported).
    """

    soort: str
    toestanden: Mapping[str, Toestand]
    stappen: Mapping[str, tuple[Stap, ...]]
    keert_terug: Mapping[str, str] = field(default_factory=dict)

    def find_stap(self, van: str, naar: str) -> Stap | None:
        """Return the step between two states, or None where the table has none."""
        return next((stap for stap in self.stappen[van] if stap.naar == naar), None)

    def is_toegestaan(self, van: str, naar: str, kwam_van: str | None = None) -> bool:
        """Return whether the table has a step between two states; `kwam_van` as in `collect_bezwaren`."""
        stap = self.find_stap(van, naar)
        return stap is not None and not self._is_verkeerd_terug(stap, van, kwam_van)

    def _is_verkeerd_terug(self, stap: Stap, van: str, kwam_van: str | None) -> bool:
        if van not in self.keert_terug or stap.richting is not Richting.VOORUIT:
            return False
        return stap.naar != (kwam_van or self.keert_terug[van])

    def collect_bezwaren(
        self, van: str, naar: str, rol: Rol, velden: Mapping[str, object], kwam_van: str | None = None
    ) -> list[str]:
        """Return every reason why this change is not allowed; empty when it is.

        `velden` are the filled-in fields of the change; False is an answer, an empty text is not. `kwam_van`
        is the state that an aside state (wacht_op) was entered from, to which alone it returns; None when
        that is not known (imported history).
        """
        stap = self.find_stap(van, naar)
        if stap is None:
            mogelijk = ", ".join(s.naar for s in self.stappen[van]) or "niets"
            return [f"Van {van} naar {naar} kan niet. Vanuit {van} kan: {mogelijk}."]
        bezwaren = []
        if rol not in stap.wie:
            bezwaren.append(f"De rol {rol} mag {van} niet veranderen in {naar}.")
        if self._is_verkeerd_terug(stap, van, kwam_van):
            terug = kwam_van or self.keert_terug[van]
            bezwaren.append(f"Wat in {van} staat, gaat terug naar waar het vandaan kwam: {terug}.")
        verplicht = self.toestanden[naar].verplicht + (("waarom",) if stap.richting is Richting.TERUG else ())
        leeg = (veld.replace("_", " ") for veld in verplicht if _is_leeg(velden.get(veld)))
        bezwaren.extend(f"Voor {naar} is '{veld}' nodig." for veld in leeg)
        return bezwaren

    def check_overgang(
        self, van: str, naar: str, rol: Rol, velden: Mapping[str, object], kwam_van: str | None = None
    ) -> None:
        """Raise OvergangError with all objections when this change is not allowed."""
        if bezwaren := self.collect_bezwaren(van, naar, rol, velden, kwam_van):
            raise OvergangError(" ".join(bezwaren))


def _is_leeg(waarde: object) -> bool:
    return waarde is None or (isinstance(waarde, str) and not waarde.strip())


def build_stappen(wie: frozenset[Rol], tabel: Mapping[str, tuple[str, str, str]]) -> dict[str, tuple[Stap, ...]]:
    """Return the steps of a table `{state: (forward, aside, back)}`, each cell a space-separated list of states."""
    return {
        van: tuple(
            Stap(naar, richting, wie) for richting, cel in zip(Richting, cellen, strict=True) for naar in cel.split()
        )
        for van, cellen in tabel.items()
    }
