"""Two versions of an agenda side by side: which points came in, left, changed or stayed the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gebieden.domein.agendapunt import Agendapunt

# What belongs to a state (its reason, who decided) is told with the state; where a point stands on the map is its area.
VERGELEKEN: Final = (
    "titel",
    "omschrijving",
    "themas",
    "soort",
    "staat",
    "wacht_op",
    "trekker",
    "partners",
    "afgesproken_gereed",
    "eenheid",
    "wethouder",
    "herkomst",
    "openbaar",
)


@dataclass(frozen=True, slots=True)
class Puntverschil:
    """A point that is in both versions and differs: per field (old, new)."""

    oud: Agendapunt
    nieuw: Agendapunt
    velden: dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """What differs between two versions. The four lists partition the points of both, each by id."""

    erbij: tuple[Agendapunt, ...]
    eraf: tuple[Agendapunt, ...]
    gewijzigd: tuple[Puntverschil, ...]
    gelijk: tuple[Agendapunt, ...]


def compare_versies(oud: Iterable[Agendapunt], nieuw: Iterable[Agendapunt]) -> Vergelijking:
    """Return what differs between the points of an old version and those of a new one, each point once in both."""
    was, is_nu = {p.id: p for p in oud}, {p.id: p for p in nieuw}
    samen = [Puntverschil(was[id_], is_nu[id_], _compare(was[id_], is_nu[id_])) for id_ in sorted(was.keys() & is_nu)]
    return Vergelijking(
        erbij=tuple(is_nu[id_] for id_ in sorted(is_nu.keys() - was)),
        eraf=tuple(was[id_] for id_ in sorted(was.keys() - is_nu)),
        gewijzigd=tuple(v for v in samen if v.velden),
        gelijk=tuple(v.nieuw for v in samen if not v.velden),
    )


def _compare(oud: Agendapunt, nieuw: Agendapunt) -> dict[str, tuple[object, object]]:
    paren = {veld: (getattr(oud, veld), getattr(nieuw, veld)) for veld in VERGELEKEN}
    return {veld: paar for veld, paar in paren.items() if paar[0] != paar[1]}
