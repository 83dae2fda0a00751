"""What the page Partners reads: the register, what was agreed, and the points and contributions that name somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gebieden.analyse.kansenlijst import Samenwerking
from gebieden.analyse.register import Register, build_register
from gebieden.domein.convenant import Afspraak, Convenant
from gebieden.domein.dekking import Puntdekking
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.partner import Inzet, Partner
from gebieden.domein.punt import Punt
from gebieden.domein.rechten import Kijker
from gebieden.domein.thema import Thema
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossiersoorten import AFSPRAAK, CONVENANT, INZET, PARTNER
from gebieden.ui.dekkingsoverzicht import get_dekking
from gebieden.ui.dossiergegevens import load_stukken_van
from gebieden.ui.gegevens import Bron, get_boom, get_punten


@dataclass(frozen=True)
class Partnergegevens:
    """Everything that the views show, as this viewer may see it on the peildatum."""

    boom: Gebiedsboom
    partners: list[Stuk[Partner]]
    inzet: list[Stuk[Inzet]]
    convenanten: list[Stuk[Convenant]]
    afspraken: list[Stuk[Afspraak]]
    punten: list[Punt]
    dekkingen: dict[str, Puntdekking]
    peildatum: date

    @cached_property
    def register(self) -> Register:
        """The partners by number and by every name that they have."""
        return build_register({stuk.nummer: stuk.velden for stuk in self.partners})

    @cached_property
    def titels(self) -> dict[str, str]:
        """The titles of the points by id."""
        return {p.punt.id: p.punt.titel for p in self.punten}

    @cached_property
    def namen(self) -> dict[str, str]:
        """The names of the areas by code."""
        return {gebied.code: gebied.naam for gebied in self.boom.gebieden.values()}

    @property
    def samenwerking(self) -> Samenwerking:
        """What the rules of the kansenlijst look at."""
        inzet = [(stuk.velden.partner, stuk.bij) for stuk in self.inzet]
        return Samenwerking(self.register, self.boom, inzet, [(stuk.bij, stuk.velden) for stuk in self.afspraken])

    def select_punten(self, gebied: str | None, thema: Thema | None = None) -> list[Punt]:
        """Return the points on the agenda of an area and of what lies in it, of one theme."""
        return [
            p
            for p in self.punten
            if (gebied is None or self.boom.bevat(gebied, p.punt.gebied)) and (thema is None or thema in p.punt.themas)
        ]

    def list_namen(self) -> dict[int, str]:
        """Return what the partners are called, in that order, for a form."""
        return {nummer: self.register.noem(nummer) for nummer in self.register.sorteer(self.register.partners)}


def load_partnergegevens(bron: Bron, peildatum: date, kijker: Kijker) -> Partnergegevens:
    """Return everything that the page shows."""
    return Partnergegevens(
        get_boom(bron, peildatum),
        load_stukken_van(PARTNER, kijker, peildatum),
        load_stukken_van(INZET, kijker, peildatum),
        load_stukken_van(CONVENANT, kijker, peildatum),
        load_stukken_van(AFSPRAAK, kijker, peildatum),
        get_punten(bron, peildatum, kijker),
        get_dekking(bron, peildatum, kijker.rol),
        peildatum,
    )


def list_partnernamen(kijker: Kijker, peildatum: date, punten: Iterable[Punt]) -> list[str]:
    """Return the partners to choose from in a form about a point: those of the register, and those at other points."""
    in_register = {stuk.velden.naam for stuk in load_stukken_van(PARTNER, kijker, peildatum)}
    return sorted(in_register | {naam for p in punten for naam in p.punt.partners})
