"""Data rows of a table → domain records, with every fault of every row and nothing twice."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, TypeVar

from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.inlezen.resultaat import Inleesresultaat, find_afgekeurde_regels
from gebieden.inlezen.tabel import Tabel
from gebieden.inlezen.velden import fail_excel_datum, parse_ja_nee
from gebieden.inlezen.veldfout import Veldfout, report_veldfout

T = TypeVar("T")
R = TypeVar("R")


class Rij:
    """One data row: reads its fields one by one and remembers every fault."""

    def __init__(self, tabel: Tabel, regel: int, cellen: Mapping[str, str], soort: str) -> None:
        self._tabel = tabel
        self._cellen = cellen
        self.regel = regel
        self.object_naam = soort
        self.bevindingen: list[Bevinding] = []

    @property
    def is_goed(self) -> bool:
        """Whether no finding refuses the row."""
        return not find_afgekeurde_regels(self.bevindingen)

    def get(self, kolom: str) -> str:
        """Return the text of a cell without spaces around it; "" when the file lacks the column."""
        return self._cellen.get(kolom, "").strip()

    def read(self, kolom: str, parser: Callable[[str], T]) -> T | None:
        """Return the parsed cell, or None when it is empty or wrong (then there is a finding)."""
        if not self.get(kolom):
            return None
        try:
            if (self.regel, kolom) in self._tabel.datumcellen:
                raise _blame_excel(self.get(kolom), parser)
            return parser(self.get(kolom))
        except Veldfout as fout:
            self.add(fout, kolom)
            return None

    def require(self, kolom: str, parser: Callable[[str], T], *, omdat: str = "") -> T | None:
        """Return the parsed cell; one in which nothing is left to read (`,` or spaces) is a fault too.

        `omdat` says why it is needed here.
        """
        waarde = self.read(kolom, parser)
        if not waarde and not any(b.kolom == kolom for b in self.bevindingen):
            self.refuse(f"{kolom}_ontbreekt", kolom, f"de cel is leeg{omdat}.", "een ingevulde cel", f"Vul {kolom} in.")
        return waarde

    def refuse(self, regelnaam: str, kolom: str | None, probleem: str, verwacht: str, herstel: str) -> None:
        """Refuse the row for a reason that is about more than the text of one cell."""
        self.add(Veldfout(regelnaam, self.get(kolom) if kolom else "", probleem, verwacht, herstel), kolom)

    def add(self, fout: Veldfout, kolom: str | None) -> None:
        """Refuse the row because of this fault."""
        self.bevindingen.append(
            report_veldfout(
                fout, object_naam=self.object_naam, bestand=self._tabel.bestand, regel=self.regel, kolom=kolom
            )
        )

    def remark(self, regelnaam: str, kolom: str, zin: str, herstel: str) -> None:
        """Report something about a row that stays in."""
        melding = f"{self.object_naam} (rij {self.regel} van {self._tabel.bestand}), kolom {kolom}: {zin}"
        self.bevindingen.append(
            Bevinding(Ernst.LET_OP, regelnaam, melding, herstel, self.regel, kolom, self.get(kolom) or None)
        )


def _blame_excel(tekst: str, parser: Callable[[str], Any]) -> Veldfout:
    """Return the fault for a workbook's date, with the number it probably was when the field is a number."""
    try:
        parser(tekst)
    except Veldfout as fout:
        if fout.regelnaam == "excel_datum":
            return fout
    return fail_excel_datum(tekst)


def iter_rijen(tabel: Tabel, soort: str) -> Iterator[Rij]:
    """Yield the readable data rows; `soort` is what a message calls them until more is known."""
    namen = list(tabel.frame.columns)
    for regel, *cellen in tabel.frame.itertuples(name=None):
        yield Rij(tabel, int(regel), dict(zip(namen, cellen, strict=True)), soort)


def collect_records(
    soort: str, tabel: Tabel, gelezen: list[tuple[Rij, R | None]], sleutel: Callable[[R], Hashable]
) -> Inleesresultaat:
    """Return the records of the good rows, each key once.

    A row that repeats an earlier record exactly is counted as double; one that contradicts it is refused,
    and the earlier one stays.
    """
    eerder: dict[Hashable, tuple[R, int]] = {}
    records: list[R] = []
    dubbel = 0
    for rij, record in gelezen:
        if record is None or not rij.is_goed:
            continue
        bekend = eerder.setdefault(sleutel(record), (record, rij.regel))
        if bekend[1] == rij.regel:
            records.append(record)
        elif bekend[0] == record:
            dubbel += 1
        else:
            _refuse_strijdig(rij, bekend[1])
    bevindingen = [*tabel.bevindingen, *(b for rij, _ in gelezen for b in rij.bevindingen)]
    return Inleesresultaat(soort, tabel.bestand, tabel.aantal_rijen, records, bevindingen, dubbel)


def _refuse_strijdig(rij: Rij, eerste_regel: int) -> None:
    rij.refuse(
        "dubbele_sleutel",
        None,
        f"staat al op rij {eerste_regel} met een andere inhoud; die rij is gebruikt.",
        "elke sleutel één keer in een bestand",
        "Laat alleen de juiste rij staan, of geef deze rij een eigen id of versie.",
    )


def read_openbaar(rij: Rij) -> bool:
    """Return whether the row is public; closed unless it says otherwise."""
    return bool(rij.read("openbaar", parse_ja_nee))


def report_zonder_openbaar(tabel: Tabel) -> list[Bevinding]:
    """Return one remark when rows do not say whether they are public: those are kept closed."""
    if "openbaar" in tabel.frame.columns:
        aantal = int((tabel.frame["openbaar"].str.strip() == "").sum())
    else:
        aantal = len(tabel.frame)
    if not aantal:
        return []
    return [
        Bevinding(
            Ernst.LET_OP,
            "openbaar_ontbreekt",
            f"{tabel.bestand}: bij {aantal} rij(en) staat niet of ze openbaar zijn. Ze zijn niet-openbaar ingelezen.",
            "Vul in de kolom openbaar ja in bij wat iedereen mag lezen.",
            kolom="openbaar",
        )
    ]
