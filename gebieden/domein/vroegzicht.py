"""Which warnings somebody sees, and whether with numbers (`domein.md` section 4, statistiek.md section 4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat

TEAM: Final = frozenset({Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR})
_HOGER: Final = frozenset({"gemeente", "wijk"})


@dataclass(frozen=True, slots=True)
class Zichtbaar:
    """A warning as somebody sees it; without `met_aantal` only in words."""

    signaal: Vroegsignaal
    met_aantal: bool


def select_zichtbaar(
    signalen: Iterable[Vroegsignaal], kijker: Kijker, boom: Gebiedsboom, drempels: "Drempels"
) -> Iterator[Zichtbaar]:
    """Yield what this person sees of the verdicts of a week, in the order given.

    oov sees all of its own areas with numbers. Everybody else sees only what is a signaal and reaches the threshold of
    its category, in words: the team of the area at every level, the council elsewhere by wijk and for the gemeente.
    publiek sees none.
    """
    if kijker.rol is Rol.PUBLIEK:
        return
    for signaal in signalen:
        gebied = boom.gebieden.get(signaal.gebied)
        is_eigen = kijker.is_eigen(signaal.gebied, boom)
        if kijker.rol is Rol.OOV and is_eigen:
            yield Zichtbaar(signaal, met_aantal=True)
            continue
        mag_gebied = (kijker.rol in TEAM and is_eigen) or (gebied is not None and gebied.niveau in _HOGER)
        if mag_gebied and is_openbaar(signaal, drempels):
            yield Zichtbaar(signaal, met_aantal=False)


@dataclass(frozen=True, slots=True)
class Drempels:
    """The count below which nothing is shown to others than oov, and the higher one of sensitive categories."""

    gewoon: int
    gevoelig: int
    gevoelige: frozenset[str]

    def get(self, categorie: str) -> int:
        """Return the threshold of a category."""
        return self.gevoelig if categorie in self.gevoelige else self.gewoon


def is_openbaar(signaal: Vroegsignaal, drempels: Drempels) -> bool:
    """Return whether others than oov may know of a verdict: a signaal of at least as many reports as the threshold."""
    return (
        signaal.staat is Vroegstaat.SIGNAAL
        and signaal.waargenomen is not None
        and signaal.waargenomen >= drempels.get(signaal.categorie)
    )
