"""Gebieden: the CBS tree and indelingen as sets of buurten, with validity dates and containment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from gebieden.domein.codes import NIVEAUS_CBS, determine_gemeentecode, determine_ouder


@dataclass(frozen=True, slots=True)
class Gebied:
    """An area. `niveau` is gemeente, wijk, buurt or the soort of an indeling (gebied, dorp, regiegroep, …).

    `buurten` holds buurt codes and is filled for an indeling only; the CBS levels derive theirs from
    their codes. `geldig_tot` is exclusive; None means unbounded on that side. `inwoners` is None when unknown.
    """

    code: str
    naam: str
    niveau: str
    buurten: frozenset[str] = frozenset()
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    inwoners: int | None = None
    schematisch: bool = False

    def is_geldig_op(self, peildatum: date) -> bool:
        """Return whether the area exists on that date."""
        return (self.geldig_vanaf is None or self.geldig_vanaf <= peildatum) and (
            self.geldig_tot is None or peildatum < self.geldig_tot
        )


@dataclass(frozen=True)
class Gebiedsboom:
    """All areas of one peildatum and which contains which.

    An area contains another when its buurten do; every area contains itself. Where no buurten are
    known for a wijk (a file with wijken only), the codes themselves tell what lies in what.
    Build it with `build_gebiedsboom`.
    """

    gebieden: dict[str, Gebied]
    buurten: dict[str, frozenset[str]]
    _houders: dict[str, frozenset[str]] = field(repr=False)

    def get_houders(self, code: str) -> frozenset[str]:
        """Return the codes of every area that contains this one, itself included; empty for an unknown code.

        An area that is not valid on the peildatum is not among its own holders.
        """
        return self._houders.get(code, frozenset())

    def bevat(self, buiten: str, binnen: str) -> bool:
        """Return whether `buiten` contains `binnen`."""
        return buiten in self.get_houders(binnen)

    def list_binnen(self, codes: Collection[str]) -> frozenset[str]:
        """Return the codes of all areas that lie in one of these, also of areas that are no longer valid."""
        return frozenset(code for code, houders in self._houders.items() if not houders.isdisjoint(codes))

    def get_onderdelen(self, code: str) -> list[Gebied]:
        """Return the areas this one contains (itself excluded), by niveau and name."""
        binnen = [g for c, g in self.gebieden.items() if c != code and code in self._houders[c]]
        return sorted(binnen, key=lambda g: (g.niveau, g.naam, g.code))

    def get_niveaus(self) -> list[str]:
        """Return the levels that occur: gemeente first, then the indelingen by name, wijk, dorp, buurt."""
        volgorde = {"gemeente": 0, "gebied": 1, "wijk": 3, "dorp": 4, "buurt": 5}
        return sorted({g.niveau for g in self.gebieden.values()}, key=lambda n: (volgorde.get(n, 2), n))

    def filter_niveau(self, niveau: str) -> list[Gebied]:
        """Return the areas of one level, by name."""
        return sorted((g for g in self.gebieden.values() if g.niveau == niveau), key=lambda g: (g.naam, g.code))


def build_gebiedsboom(gebieden: Iterable[Gebied], peildatum: date) -> Gebiedsboom:
    """Return the tree of the areas that are valid on the peildatum.

    A gemeente that its wijken or buurten point to but that has no row of its own is added under its
    code, so that what holds for the whole can always be asked. An area that is not valid on that date is
    not in the tree, but which areas contain it is still known: its points count on in those.
    """
    alle = list(gebieden)
    geldig = {g.code: g for g in alle if g.is_geldig_op(peildatum)}
    for gemeentecode in {determine_gemeentecode(code) for code in geldig}:
        if gemeentecode and gemeentecode not in geldig:
            geldig[gemeentecode] = Gebied(gemeentecode, f"gemeente {gemeentecode}", "gemeente")
    buurten = _collect_buurten(geldig)
    houders = _determine_houders(geldig, _choose_ongeldig(alle, geldig, peildatum), buurten)
    return Gebiedsboom(geldig, buurten, houders)


def _choose_ongeldig(alle: Iterable[Gebied], geldig: dict[str, Gebied], peildatum: date) -> dict[str, Gebied]:
    """Return per code that is not valid now its last form before the peildatum, or else its first one after."""
    gekozen: dict[str, Gebied] = {}
    for gebied in sorted(alle, key=lambda g: g.geldig_vanaf or date.min):
        is_vroeger = gebied.geldig_tot is not None and gebied.geldig_tot <= peildatum
        if gebied.code not in geldig and (is_vroeger or gebied.code not in gekozen):
            gekozen[gebied.code] = gebied
    return gekozen


def _collect_buurten(geldig: dict[str, Gebied]) -> dict[str, frozenset[str]]:
    per_gebied: dict[str, set[str]] = {code: set(g.buurten) for code, g in geldig.items()}
    for code, gebied in geldig.items():
        if gebied.niveau == "buurt":
            for houder in (code, determine_ouder(code), determine_gemeentecode(code)):
                if houder in per_gebied:
                    per_gebied[houder].add(code)
    return {code: frozenset(buurten) for code, buurten in per_gebied.items()}


def _determine_houders(
    geldig: dict[str, Gebied], ongeldig: dict[str, Gebied], buurten: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    per_buurt: dict[str, set[str]] = {}
    for code, inhoud in buurten.items():
        for buurt in inhoud:
            per_buurt.setdefault(buurt, set()).add(code)
    houders: dict[str, frozenset[str]] = {}
    for code, gebied in (ongeldig | geldig).items():
        eigen = buurten[code] if code in geldig else gebied.buurten or {code}
        via_buurten = set.intersection(*(per_buurt.get(b, set()) for b in eigen)) if eigen else set()
        via_code = (
            {h for h in (determine_ouder(code), determine_gemeentecode(code)) if h in geldig}
            if gebied.niveau in NIVEAUS_CBS
            else set()
        )
        houders[code] = frozenset(via_buurten | via_code | ({code} & geldig.keys()))
    return houders
