"""The fault of one field, and how it becomes a finding about its row."""

from dataclasses import dataclass

from gebieden.domein.fouten import Bevinding, Ernst, GebiedenError


@dataclass
class Veldfout(ValueError, GebiedenError):
    """One field that cannot be read: the rule, the text found, what was expected, the repair."""

    regelnaam: str
    gevonden: str
    probleem: str
    verwacht: str
    herstel: str

    def __str__(self) -> str:
        return f"{self.probleem} Verwacht: {self.verwacht}. {self.herstel}"


def report_veldfout(
    fout: Veldfout, *, object_naam: str, bestand: str, regel: int, kolom: str | None, toon_waarde: bool = True
) -> Bevinding:
    """Return the finding that refuses a row because of this field.

    `object_naam` is what the row is about, with code and name. Without `toon_waarde` the content of the
    cell stays out of the finding: signals are reported by row and rule only.
    """
    waar = f"{object_naam} (rij {regel} van {bestand})" + (f", kolom {kolom}" if kolom else "")
    gevonden = fout.probleem if toon_waarde else "de waarde kan niet gelezen worden."
    return Bevinding(
        ernst=Ernst.AFGEKEURD,
        regelnaam=fout.regelnaam,
        melding=f"{waar}: {gevonden} Verwacht: {fout.verwacht}.",
        herstel=fout.herstel,
        regel=regel,
        kolom=kolom,
        waarde=fout.gevonden if toon_waarde else None,
    )
