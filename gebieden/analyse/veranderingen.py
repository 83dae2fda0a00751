"""What changed between two dates, from how the points stood on each and what happened in between."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from gebieden.domein.agendapunt import VOORSTELLEN, Staat, WachtOp
from gebieden.domein.voortgang import Puntstand

Schuif = tuple[date | None, date | None]


class Soort(StrEnum):
    """What happened to a point, in the order in which it is told."""

    NIEUW = "nieuw"
    KLAAR = "klaar"
    VERVALLEN = "vervallen"
    OVERGEDRAGEN = "overgedragen"
    WEG = "weg"
    STAAT = "staat"
    DATUM = "datum"
    BERICHT = "bericht"
    VOORSTEL = "voorstel"


_EINDE = {
    Staat.GEREALISEERD: Soort.KLAAR,
    Staat.GEBORGD: Soort.KLAAR,
    Staat.VERVALLEN: Soort.VERVALLEN,
    Staat.OVERGEDRAGEN: Soort.OVERGEDRAGEN,
}


@dataclass(frozen=True)
class Verandering:
    """What changed of a point. `van` is None where it was not there yet; `naar` where it is gone.

    `datums` are the moves of the agreed date (old, new), oldest first; `berichten` how many were written.
    """

    id: str
    van: Staat | None
    naar: Staat | None
    wachtte_op: WachtOp | None = None
    wacht_op: WachtOp | None = None
    datums: tuple[Schuif, ...] = ()
    berichten: int = 0

    @property
    def is_verplaatst(self) -> bool:
        """Whether it came, went, changed state, or waits for something else."""
        return (self.van, self.wachtte_op) != (self.naar, self.wacht_op)

    @cached_property
    def soorten(self) -> tuple[Soort, ...]:
        """Everything that happened to it, each once: what became of it first."""
        wat = [_determine_soort(self.van, self.naar)] if self.is_verplaatst else []
        wat += [Soort.DATUM] if self.datums else []
        wat += [Soort.BERICHT] if self.berichten else []
        return tuple(wat)


def _determine_soort(van: Staat | None, naar: Staat | None) -> Soort:
    if naar is None:
        return Soort.WEG
    if naar in VOORSTELLEN:
        return Soort.VOORSTEL
    if naar in _EINDE and (van is None or _EINDE.get(van) is not _EINDE[naar]):
        return _EINDE[naar]
    return Soort.NIEUW if van is None or van in VOORSTELLEN else Soort.STAAT


def compare_standen(
    toen: Iterable[Puntstand],
    nu: Iterable[Puntstand],
    datums: Mapping[str, Sequence[Schuif]] | None = None,
    berichten: Mapping[str, int] | None = None,
) -> list[Verandering]:
    """Return the points of which something changed, by id.

    `datums` are the moves of the agreed date in between, per point; `berichten` how many were written in between.
    """
    datums, berichten = datums or {}, berichten or {}
    oud, nieuw = {s.id: s for s in toen}, {s.id: s for s in nu}
    veranderingen = (
        Verandering(
            id_,
            was.staat if (was := oud.get(id_)) else None,
            is_nu.staat if (is_nu := nieuw.get(id_)) else None,
            was.wacht_op if was else None,
            is_nu.wacht_op if is_nu else None,
            tuple(datums.get(id_, ())),
            berichten.get(id_, 0),
        )
        for id_ in sorted(oud.keys() | nieuw.keys())
    )
    return [v for v in veranderingen if v.is_verplaatst or v.datums or v.berichten]


def count_soorten(veranderingen: Iterable[Verandering]) -> Counter[Soort]:
    """Return at how many points each thing happened; a point can count under several."""
    return Counter(soort for verandering in veranderingen for soort in verandering.soorten)
