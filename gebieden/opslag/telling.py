"""What a write did to the rows it was given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Telling:
    """Rows that were new, changed or already there."""

    ingelezen: int = 0
    bijgewerkt: int = 0
    ongewijzigd: int = 0

    @property
    def is_veranderd(self) -> bool:
        """Whether the write changed anything."""
        return bool(self.ingelezen or self.bijgewerkt)

    def __add__(self, ander: "Telling") -> "Telling":
        return Telling(
            self.ingelezen + ander.ingelezen,
            self.bijgewerkt + ander.bijgewerkt,
            self.ongewijzigd + ander.ongewijzigd,
        )
