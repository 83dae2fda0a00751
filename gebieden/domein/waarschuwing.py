"""Waarschuwing: what stands out in a series, however many windows and weeks; what professionals said of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2s

from gebieden.domein.beoordeling import Duiding, Duidingsoordeel
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.vroegsignaal import Vroegstaat
from gebieden.domein.vroegzicht import Zichtbaar

VANAF_PERCENTAGE = 10
"""Below this denominator a share is told as a fraction only."""


@dataclass(frozen=True, slots=True)
class Waarschuwing:
    """One area and category from the week of `begin` to that of `eind` (Mondays), with its windows, rarest first."""

    gebied: str
    categorie: str
    begin: date
    eind: date
    delen: tuple[Zichtbaar, ...]

    @property
    def eerste(self) -> Zichtbaar:
        """The window that stands out most."""
        return self.delen[0]

    @property
    def sleutel(self) -> str:
        """What tells it apart from all others, without a word of it: for keys of a screen."""
        wat = repr((self.gebied, self.categorie, self.eind))
        return blake2s(wat.encode(), digest_size=8).hexdigest()


def group_reeksen(zichtbaar: Iterable[Zichtbaar], maandag: date) -> list[Waarschuwing]:
    """Return what stands out in one week, in the order given: an area and category is one, its rarest first."""
    per_reeks: dict[tuple[str, str], list[Zichtbaar]] = {}
    for deel in zichtbaar:
        per_reeks.setdefault((deel.signaal.gebied, deel.signaal.categorie), []).append(deel)
    return [
        Waarschuwing(*reeks, maandag, maandag, tuple(sorted(delen, key=_get_rang)))
        for reeks, delen in per_reeks.items()
    ]


def _get_rang(deel: Zichtbaar) -> tuple[bool, float]:
    return deel.signaal.staat is not Vroegstaat.SIGNAAL, deel.signaal.kans or 0.0


def join_weken(per_week: Mapping[date, Sequence[Zichtbaar]]) -> list[Waarschuwing]:
    """Return the warnings of these weeks (by Monday), newest first: one that goes on the week after is the same one.

    Only what is a signaal counts. Of a warning of several weeks the windows are those of its rarest week.
    """
    lopend: dict[tuple[str, str], Waarschuwing] = {}
    klaar: list[Waarschuwing] = []
    for maandag in sorted(per_week):
        signalen = [z for z in per_week[maandag] if z.signaal.staat is Vroegstaat.SIGNAAL]
        nu = {(w.gebied, w.categorie): w for w in group_reeksen(signalen, maandag)}
        for reeks, nieuw in nu.items():
            vorige = lopend.get(reeks)
            if vorige is not None and vorige.eind == maandag - timedelta(weeks=1):
                delen = min(vorige.delen, nieuw.delen, key=lambda delen: _get_rang(delen[0]))
                lopend[reeks] = Waarschuwing(*reeks, vorige.begin, maandag, delen)
                continue
            if vorige is not None:
                klaar.append(vorige)
            lopend[reeks] = nieuw
    return sorted([*klaar, *lopend.values()], key=lambda w: (-w.eind.toordinal(), w.gebied, w.categorie))


def select_duidingen(waarschuwing: Waarschuwing, duidingen: Iterable[tuple[str, Duiding]]) -> list[Duiding]:
    """Return what was said of this warning in any of its weeks, in the order given (oldest first)."""
    return [
        duiding
        for gebied, duiding in duidingen
        if (gebied, duiding.categorie) == (waarschuwing.gebied, waarschuwing.categorie)
        and waarschuwing.begin <= duiding.maandag <= waarschuwing.eind
    ]


@dataclass(frozen=True, slots=True)
class Oordeelstelling:
    """How many warnings were judged, and how; the last thing that was said of a warning counts."""

    bevestigd: int = 0
    gebundeld: int = 0
    verworpen: int = 0
    onbeoordeeld: int = 0

    @property
    def raak(self) -> int:
        """How many were confirmed, or bundled into a matter."""
        return self.bevestigd + self.gebundeld

    @property
    def beoordeeld(self) -> int:
        """How many were judged."""
        return self.raak + self.verworpen


def count_oordelen(waarschuwingen: Iterable[Waarschuwing], duidingen: Sequence[tuple[str, Duiding]]) -> Oordeelstelling:
    """Return how these warnings were judged."""
    aantal = dict.fromkeys([*Duidingsoordeel, None], 0)
    for waarschuwing in waarschuwingen:
        gezegd = select_duidingen(waarschuwing, duidingen)
        aantal[gezegd[-1].oordeel if gezegd else None] += 1
    return Oordeelstelling(
        aantal[Duidingsoordeel.BEVESTIGD],
        aantal[Duidingsoordeel.GEBUNDELD],
        aantal[Duidingsoordeel.VERWORPEN],
        aantal[None],
    )


def compose_oordeelzin(telling: Oordeelstelling) -> str:
    """Return the share confirmed with its numerator and denominator; no percentage below VANAF_PERCENTAGE."""
    nog = f"{format_aantal(telling.onbeoordeeld, 'signaal is', 'signalen zijn')} nog niet beoordeeld."
    if not telling.beoordeeld:
        return f"Er is nog geen signaal beoordeeld; {nog}"
    deel = ""
    if telling.beoordeeld >= VANAF_PERCENTAGE:
        deel = f" ({round(100 * telling.raak / telling.beoordeeld)} %)"
    return (
        f"Bevestigd of gebundeld: {format_getal(telling.raak)} van de "
        f"{format_getal(telling.beoordeeld)} beoordeelde signalen{deel}. {nog}"
    )


def compose_jaarzin(waarschuwingen: Iterable[Waarschuwing], tot: date, weken: int) -> str:
    """Return how many warnings began in the last year before `tot` (a Monday), and how many weeks are kept."""
    jaar = sum(1 for w in waarschuwingen if w.begin >= tot - timedelta(weeks=52))
    if not weken:
        return "Er zijn nog geen eerdere weken bewaard."
    bekeken = min(weken, 52)
    return (
        f"In de laatste {format_aantal(bekeken, 'bewaarde week', 'bewaarde weken')}: "
        f"{format_aantal(jaar, 'signaal', 'signalen')}. "
        "Een signaal dat de week erna doorgaat, telt één keer."
    )
