"""What holds for a group of categories of signals: whether it is sensitive, and how long single signals are kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from gebieden.domein.definities import DREMPEL_SIGNALEN

DREMPEL_GEVOELIG: Final = 10
MAX_JAREN: Final = 30

_GEVOELIG = re.compile(r"zeden|huiselijk\s+geweld|jeugd.*verdacht|verdacht.*jeugd", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Groepsregel:
    """`jaren` is how long single signals of the group are kept, None as long as nobody decided."""

    is_gevoelig: bool = False
    jaren: int | None = None

    def __str__(self) -> str:
        termijn = "bewaren: nog niet besloten" if self.jaren is None else f"bewaren: {self.jaren} jaar"
        return f"{'gevoelig' if self.is_gevoelig else 'gewoon'}, {termijn}"

    def get_drempel(self, drempel: int = DREMPEL_SIGNALEN) -> int:
        """Return below which count the group is hidden, where `drempel` holds for ordinary ones."""
        return max(drempel, DREMPEL_GEVOELIG) if self.is_gevoelig else drempel

    def get_bewaargrens(self, vandaag: date) -> date | None:
        """Return the first day of which signals are still kept; None when all are."""
        if self.jaren is None:
            return None
        dag = min(vandaag.day, 28) if vandaag.month == 2 else vandaag.day
        return vandaag.replace(year=vandaag.year - self.jaren, day=dag)


def is_gevoelige_naam(namen: Iterable[str]) -> bool:
    """Return whether one of these names of a group and its categories is sensitive as long as nobody says otherwise."""
    return any(_GEVOELIG.search(naam) for naam in namen)
