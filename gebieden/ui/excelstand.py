"""What a session knows of a workbook that came back: what it changes, and what was chosen and became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from gebieden.domein.bladverschil import Bladregel, Bladverschil, Celverschil, find_bezwaren, settle_regel
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Rol
from gebieden.inlezen.werkblad import Bladinhoud
from gebieden.opslag.werkblad import Uitkomst, load_verschillen
from gebieden.ui.gegevens import open_engine
from gebieden.ui.toegang import determine_gebruiker


@dataclass
class Excelstand:
    """What the session knows of one uploaded workbook.

    `sleutel` is the key of the next time that rows are stored: it stays the same until that is done, so that what is
    sent twice is stored once. `aan` and `keuzes` are what was chosen, per point and per clashing field; `geweigerd`
    why a row could not be stored. `verschillen` are as somebody saw the agenda (`gezien`); `ronde` counts the times
    that everything was chosen at once, after which every box is another one.
    """

    inhoud: Bladinhoud
    sleutel: str = field(default_factory=lambda: uuid4().hex)
    gezien: tuple[int, Gebruiker] | None = None
    bezwaren: dict[tuple[str, frozenset[tuple[str, bool]]], list[str]] = field(default_factory=dict)
    ronde: int = 0
    verschillen: list[Bladverschil] = field(default_factory=list)
    afgewezen: list[Uitkomst] = field(default_factory=list)
    aan: dict[str, bool] = field(default_factory=dict)
    keuzes: dict[str, dict[str, bool]] = field(default_factory=dict)
    geweigerd: dict[str, str] = field(default_factory=dict)
    uitkomsten: list[Uitkomst] = field(default_factory=list)

    def refresh(self, versie: int, op: date) -> None:
        """Look again at what is in the dashboard, when the agenda has changed since."""
        gezien = (versie, determine_gebruiker())
        if self.gezien == gezien:
            return
        with open_engine().connect() as conn:
            self.verschillen, self.afgewezen = load_verschillen(conn, gezien[1], self.inhoud.regels, op)
        self.gezien, self.bezwaren = gezien, {}

    def get_bezwaren(self, verschil: Bladverschil, op: date) -> list[str]:
        """Return what stands in the way of storing a row; looked at once for each choice that is made in it."""
        sleutel = (verschil.regel.id, frozenset(self.get_keuzes(verschil).items()))
        if sleutel not in self.bezwaren:
            self.bezwaren[sleutel] = find_bezwaren(self.settle(verschil), verschil.nu, Rol.GEBIEDSREGISSEUR, op)
        return self.bezwaren[sleutel]

    def settle(self, verschil: Bladverschil) -> Bladregel:
        """Return a row as it would be stored: for a clash that is still open, as the sheet has it."""
        gekozen = self.get_keuzes(verschil)
        return settle_regel(verschil, {cel.veld: True for cel in verschil.botsingen} | gekozen)

    def get_keuzes(self, verschil: Bladverschil) -> dict[str, bool]:
        """Return what was chosen per clash; another value in the dashboard is another question."""
        eerder = self.keuzes.get(verschil.regel.id, {})
        return {c.veld: eerder[name_vraag(c)] for c in verschil.botsingen if name_vraag(c) in eerder}

    def is_aan(self, verschil: Bladverschil, bezwaren: Sequence[str]) -> bool:
        """Return whether a row is to be stored: without objection or clash it is, until somebody says otherwise."""
        return not bezwaren and self.aan.get(self.name_vak(verschil, bezwaren), not verschil.botsingen)

    def name_vak(self, verschil: Bladverschil, bezwaren: Sequence[str]) -> str:
        """Return the key of the box of a row: another one when it begins to clash or can be stored no longer."""
        soort = "uit" if bezwaren else "botst" if verschil.botsingen else "aan"
        return f"excel_{soort}{self.ronde}_{verschil.regel.id}"

    def choose_alle(self, is_aan: bool) -> None:
        """Choose all rows, as far as that can be, or none."""
        self.ronde += 1
        self.aan = {self.name_vak(v, ()): is_aan for v in self.verschillen}

    def list_bevindingen(self, bezwaren: Mapping[str, Sequence[str]], *, met_geweigerd: bool = True) -> list[Bevinding]:
        """Return all that was wrong with the file; and what was refused, with what stands in the way now."""
        regels = {r.id: r.regel for r in self.inhoud.regels}
        geweigerd = [(u.id, u.tekst) for u in self.afgewezen]
        geweigerd += list(self.geweigerd.items()) if met_geweigerd else []
        geweigerd += [(id_, tekst) for id_, teksten in bezwaren.items() for tekst in teksten]
        return self.inhoud.bevindingen + [
            Bevinding(
                Ernst.AFGEKEURD,
                "niet_overgenomen",
                f"Punt {id_} (rij {regels[id_]} van {self.inhoud.bestand}): {tekst}",
                "Verbeter de rij, of laat het punt zoals het is.",
                regels[id_],
            )
            for id_, tekst in dict.fromkeys(geweigerd)
        ]


def name_vraag(cel: Celverschil) -> str:
    """Return under which name the choice for a clash is kept: other values are another question."""
    return f"{cel.veld}_{hash(repr((cel.wens, cel.nu)))}"
