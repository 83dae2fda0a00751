"""What changed between two dates, from how the points stood on each."""

from collections.abc import Iterable
from dataclasses import dataclass

from gebieden.domein.agendapunt import Staat
from gebieden.domein.voortgang import Puntstand


@dataclass(frozen=True, slots=True)
class Verandering:
    """A point whose state differs. `van` is None for a point that was not there; `naar` for one that is gone."""

    id: str
    van: Staat | None
    naar: Staat | None


def compare_standen(toen: Iterable[Puntstand], nu: Iterable[Puntstand]) -> list[Verandering]:
    """Return the points that came, went or changed state, by id."""
    oud = {s.id: s.staat for s in toen}
    nieuw = {s.id: s.staat for s in nu}
    return [
        Verandering(id_, oud.get(id_), nieuw.get(id_))
        for id_ in sorted(oud.keys() | nieuw.keys())
        if oud.get(id_) != nieuw.get(id_)
    ]
