"""Bladverschil: what somebody changed of a point in a sheet, against what it is now, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.fouten import InvoerError, OvergangError
from gebieden.domein.puntovergang import Puntovergang, Toestandsvelden, check_puntovergang
from gebieden.domein.puntvelden import Puntvelden, check_puntvelden
from gebieden.domein.rechten import Rol

Velden = Mapping[str, Any]
STAAT: Final = "staat"


@dataclass(frozen=True, slots=True)
class Bladregel:
    """A point as this person saw it (`basis`) and as they want it; `regel` is the row in the sheet,
    `gebied` its area as `gebieden.domein.werkblad.compose_gebied` writes it.

    Both have the fields of `gebieden.domein.werkblad.get_bladvelden`.
    """

    id: str
    regel: int
    gebied: str
    basis: Velden
    wens: Velden
    waarom: str = ""

    @property
    def puntvelden(self) -> tuple[Puntvelden, Puntvelden]:
        """What was seen and what is wanted of the fields that are no state."""
        basis, wens = ({v: deel[v] for v in Puntvelden.__dataclass_fields__} for deel in (self.basis, self.wens))
        return Puntvelden(**basis), Puntvelden(**wens)

    def build_overgang(self, nu: Velden, op: date) -> Puntovergang | None:
        """Return the change of state that is wanted, dated today; None where it is in that state by now already."""
        if self.wens[STAAT] in (self.basis[STAAT], nu[STAAT]):
            return None
        velden = Toestandsvelden(**{v: self.wens[v] for v in Toestandsvelden.__dataclass_fields__})
        return Puntovergang(Staat(self.basis[STAAT]), Staat(self.wens[STAAT]), op, velden, self.waarom)


@dataclass(frozen=True, slots=True)
class Puntnu:
    """A point as it is now: its fields, where it came from when it waits, the day of its last change of state."""

    titel: str
    gebied: str
    velden: Velden
    kwam_van: Staat | None = None
    vanaf: date | None = None


@dataclass(frozen=True, slots=True)
class Celverschil:
    """A field that somebody changed in the sheet: as they saw it, as they want it, as it is now."""

    veld: str
    basis: Any
    wens: Any
    nu: Any

    @property
    def is_botsing(self) -> bool:
        """Whether somebody else changed it too; what only a state asks for goes where the state goes."""
        return self.nu != self.basis and self.veld not in Toestandsvelden.__dataclass_fields__


@dataclass(frozen=True, slots=True)
class Bladverschil:
    """Everything that one row changes of a point, with the point as it is now."""

    regel: Bladregel
    nu: Puntnu
    cellen: tuple[Celverschil, ...]

    @property
    def botsingen(self) -> tuple[Celverschil, ...]:
        """The fields that two people changed."""
        return tuple(cel for cel in self.cellen if cel.is_botsing)


def compare_regel(regel: Bladregel, nu: Puntnu) -> Bladverschil:
    """Return the difference; what was changed to what it is by now already is none."""
    cellen = (
        Celverschil(veld, regel.basis[veld], wens, nu.velden[veld])
        for veld, wens in regel.wens.items()
        if wens not in (regel.basis[veld], nu.velden[veld])
    )
    return Bladverschil(regel, nu, tuple(cellen))


def settle_regel(verschil: Bladverschil, keuzes: Mapping[str, bool]) -> Bladregel:
    """Return the row to store, now that per clashing field is chosen: True for the sheet's, False for what is now.

    A field that nothing was chosen for stays as it is in the row, and so clashes on.
    """
    regel, nu = verschil.regel, verschil.nu.velden
    basis = {**regel.basis, **{veld: nu[veld] for veld in keuzes}}
    wens = {**regel.wens, **{veld: nu[veld] for veld, is_eigen in keuzes.items() if not is_eigen}}
    if keuzes.get(STAAT) is False:
        wens |= {veld: regel.basis[veld] for veld in Toestandsvelden.__dataclass_fields__}
    return replace(regel, basis=basis, wens=wens)


def find_bezwaren(regel: Bladregel, nu: Puntnu, rol: Rol, op: date) -> list[str]:
    """Return everything that stands in the way of storing this row, clashes apart."""
    bezwaren = []
    try:
        check_puntvelden(*reversed(regel.puntvelden))
    except InvoerError as fout:
        bezwaren.append(str(fout))
    overgang = regel.build_overgang(nu.velden, op)
    if overgang is not None:
        try:
            check_puntovergang(overgang, rol, kwam_van=nu.kwam_van, vanaf=nu.vanaf, op=op)
        except OvergangError as fout:
            bezwaren.append(str(fout))
    return bezwaren + _find_losse_toestand(regel, nu.velden, overgang)


def _find_losse_toestand(regel: Bladregel, nu: Velden, overgang: Puntovergang | None) -> list[str]:
    """Return an objection per field that changed and that the change of state does not ask for."""
    toestand = AGENDAPUNT_MACHINE.toestanden[regel.wens[STAAT]]
    vraagt = toestand.verplicht if overgang else ()
    waarom = f"daar vraagt de staat {toestand.naam} niet om" if overgang else f"de staat blijft {toestand.naam}"
    return [
        f"'{veld.replace('_', ' ')}' is veranderd, maar {waarom}. Verwacht: alleen wat bij een nieuwe staat hoort. "
        "Zet deze cel terug zoals hij was, of kies de staat die erbij hoort."
        for veld in Toestandsvelden.__dataclass_fields__
        # A new state empties what it does not ask for by itself.
        if regel.wens[veld] not in (regel.basis[veld], nu[veld]) and veld not in vraagt
        if regel.wens[veld] not in (None, "") or not overgang
    ]
