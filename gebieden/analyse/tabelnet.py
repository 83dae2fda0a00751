"""How wide the range of a hidden number is: a table as a network, in which hidden numbers can be moved.

Every number of the table is an arc between two sums that it is part of, so that a table that adds up is a
circulation: what goes into a node comes out of it. A table with one hierarchy (buurt → wijk → gemeente) and
one flat breakdown (categories → total) is such a network, and so is a plain table with its margins (Fischetti and
Salazar-González 1999, "Models and algorithms for the 2-dimensional cell suppression problem"). Who sees the visible
numbers can raise a hidden one by what flows back from the head of its arc to its tail over the other hidden arcs:
along an arc without limit, against it by no more than the number minus what is known of it at least. Maximum flows
are whole, so these ranges are exact, for whole numbers and for fractions alike.

Hiding more only widens every range. That makes one pass enough: what is wide stays wide.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra, maximum_flow

from gebieden.analyse.tabelstroom import find_goedkoopste_stroom

Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]

# Of ways that hide equally much, the one that hides the fewest numbers, and then the shortest.
_PER_GETAL, _PER_STAP = 1e-3, 1e-6


@dataclass(frozen=True)
class Bereik:
    """How far a hidden number can go up and down, either at most as far as was asked."""

    omhoog: int
    omlaag: int

    @property
    def breedte(self) -> int:
        """The width of the range, as far as was asked."""
        return self.omhoog + self.omlaag


@dataclass
class Tabelnet:
    """The arcs of a table, all arrays of one length; no two arcs join the same nodes.

    `waarde` are the true numbers, `bodem` what anybody knows them to be at least (0 where nothing is known), `nodig`
    how wide the range of each must be once hidden, `dicht` what is hidden (changed in place).
    """

    van: npt.NDArray[np.intp]
    naar: npt.NDArray[np.intp]
    waarde: Getallen
    bodem: Getallen
    nodig: Getallen
    dicht: Vlaggen
    bewezen: Vlaggen = field(init=False)

    def __post_init__(self) -> None:
        aantal, knopen = len(self.van), int(max(self.van.max(), self.naar.max())) + 1
        kanten = (np.concatenate([self.van, self.naar]), np.concatenate([self.naar, self.van]))
        vorm = csr_array((np.arange(2 * aantal), kanten), shape=(knopen, knopen))
        plaats = np.empty(2 * aantal, dtype=np.intp)
        plaats[vorm.data] = np.arange(2 * aantal)
        self._mee, self._tegen = plaats[:aantal], plaats[aantal:]
        self._vorm = vorm.indices.astype(np.int32), vorm.indptr.astype(np.int32), vorm.shape
        self._ruimte = self.waarde - self.bodem
        self.bewezen = np.zeros(aantal, dtype=bool)

    def measure(self, boog: int, hoogstens: int) -> Bereik:
        """Return how far one hidden number can go either way, in steps up to `hoogstens`."""
        self._fill_ruimte(hoogstens)
        return self._measure(boog, hoogstens)

    def widen(self) -> None:
        """Hide more until every hidden number has a range as wide as it needs.

        Raise ValueError when that cannot be, even with everything hidden.
        """
        self._prove_samen()
        while len(rest := np.flatnonzero(self.dicht & ~self.bewezen)):
            self._fill_ruimte(int(self.nodig.max()))
            for boog in rest:
                self._widen(int(boog))

    def _widen(self, boog: int) -> None:
        nodig = int(self.nodig[boog])
        bereik = self._measure(boog, nodig)
        if bereik.breedte < nodig:
            self._hide(self._find_goedkoopste(boog, bereik))
        self.bewezen[boog] = True

    def _prove_samen(self) -> None:
        """Mark numbers that can go up by what they need, moving nothing below what is known of it.

        Where arcs that can take so many form a circle, each of them can be raised; only an arc that could itself be
        lowered as much proves nothing so, for its own way back would be that circle.
        """
        for nodig in np.unique(self.nodig[self.dicht]):
            terug = self.dicht & (self._ruimte >= nodig)
            kanten = (
                np.concatenate([self.van[self.dicht], self.naar[terug]]),
                np.concatenate([self.naar[self.dicht], self.van[terug]]),
            )
            graaf = csr_array((np.ones(len(kanten[0])), kanten), shape=self._vorm[2])
            _, kring = connected_components(graaf, connection="strong")
            samen = kring[self.van] == kring[self.naar]
            self.bewezen |= self.dicht & samen & (self._ruimte < nodig) & (self.nodig <= nodig)

    def find_snede(self, boog: int, hoogstens: int, *, is_omhoog: bool) -> tuple[int, Getallen]:
        """Return how far one hidden number can go one way at least, and per arc what it would add if it were hidden.

        The second is a smallest cut: whatever is hidden, the number can go no further than the sum over the hidden
        arcs. Its own limit downwards is not in it.
        """
        self._fill_ruimte(hoogstens)
        begin, eind = (self.naar[boog], self.van[boog]) if is_omhoog else (self.van[boog], self.naar[boog])
        eigen = [self._mee[boog], self._tegen[boog]]
        self._capaciteit[eigen] = 0
        graaf = csr_array((self._capaciteit, *self._vorm[:2]), shape=self._vorm[2])
        uitkomst = maximum_flow(graaf, int(begin), int(eind))
        rest = csr_array(graaf - uitkomst.flow)
        rest.eliminate_zeros()
        hier = np.zeros(self._vorm[2][0], dtype=bool)
        hier[breadth_first_order(rest, int(begin), return_predecessors=False)] = True
        mee, tegen = hier[self.van] & ~hier[self.naar], hier[self.naar] & ~hier[self.van]
        snede = np.where(mee, hoogstens, 0) + np.where(tegen, np.minimum(self._ruimte, hoogstens), 0)
        snede[boog] = 0
        return int(uitkomst.flow_value), snede

    def _fill_ruimte(self, hoogstens: int) -> None:
        self._vol = hoogstens
        self._capaciteit = np.zeros(2 * len(self.van), dtype=np.int32)
        self._open(np.flatnonzero(self.dicht))

    def _open(self, bogen: npt.NDArray[np.intp]) -> None:
        self._capaciteit[self._mee[bogen]] = self._vol
        self._capaciteit[self._tegen[bogen]] = np.minimum(self._ruimte[bogen], self._vol)

    def _measure(self, boog: int, hoogstens: int) -> Bereik:
        van, naar = int(self.van[boog]), int(self.naar[boog])
        omhoog = min(self._flow(boog, naar, van), hoogstens)
        ruimte = min(int(self._ruimte[boog]), hoogstens - omhoog)
        return Bereik(omhoog, min(self._flow(boog, van, naar), ruimte) if ruimte else 0)

    def _flow(self, boog: int, begin: int, eind: int) -> int:
        eigen = [self._mee[boog], self._tegen[boog]]
        bewaard = self._capaciteit[eigen]
        self._capaciteit[eigen] = 0
        graaf = csr_array((self._capaciteit, *self._vorm[:2]), shape=self._vorm[2])
        stroom = int(maximum_flow(graaf, begin, eind).flow_value)
        self._capaciteit[eigen] = bewaard
        return stroom

    def _find_goedkoopste(self, boog: int, bereik: Bereik) -> set[int]:
        """Return the arcs to hide so that this one gets the range it needs: the smallest sum of numbers.

        So much of it upwards and the rest downwards, each along one way round; what it can do already costs nothing.
        """
        nodig, ruimte = int(self.nodig[boog]), int(self._ruimte[boog])
        prijs, beste = np.inf, set[int]()
        for omhoog in range(nodig, nodig - min(nodig, ruimte) - 1, -1):
            som, bogen = 0.0, set[int]()
            for is_omhoog, stap, kan in ((True, omhoog, bereik.omhoog), (False, nodig - omhoog, bereik.omlaag)):
                if stap > kan and som < prijs:
                    erbij, weg = self._find_weg(boog, stap, is_omhoog, prijs - som)
                    som, bogen = som + erbij, bogen | weg
            if som < prijs:
                prijs, beste = som, bogen
        return self._find_stroom(boog) if np.isinf(prijs) else beste

    def _find_stroom(self, boog: int) -> set[int]:
        """Return the arcs to hide where one way round is too narrow: those of the cheapest flow over several ways."""
        weg = find_goedkoopste_stroom(
            self.van, self.naar, self._ruimte, self._determine_prijs(), boog, int(self.nodig[boog])
        )
        if weg is None:
            raise ValueError("Dit getal kan niet breed genoeg worden afgeschermd, ook niet met alles dicht.")
        return set(np.flatnonzero(weg).tolist())

    def _determine_prijs(self) -> npt.NDArray[np.float64]:
        return np.where(self.dicht, _PER_STAP, self.waarde + _PER_GETAL)

    def _find_weg(self, boog: int, stap: int, is_omhoog: bool, limiet: float) -> tuple[float, set[int]]:
        """Return the cheapest way back for `stap` signals more (or less) on an arc: its price and its arcs."""
        gewicht = np.empty(2 * len(self.van))
        prijs = self._determine_prijs()
        gewicht[self._mee] = prijs
        gewicht[self._tegen] = np.where(self._ruimte >= stap, prijs, np.inf)
        gewicht[[self._mee[boog], self._tegen[boog]]] = np.inf
        graaf = csr_array((gewicht, *self._vorm[:2]), shape=self._vorm[2])
        begin, eind = (self.naar[boog], self.van[boog]) if is_omhoog else (self.van[boog], self.naar[boog])
        afstand, vorige = dijkstra(graaf, indices=begin, return_predecessors=True, limit=limiet)
        if np.isinf(afstand[eind]):
            return np.inf, set()
        return float(afstand[eind]), self._list_bogen(vorige, int(begin), int(eind))

    def _list_bogen(self, vorige: npt.NDArray[np.int32], begin: int, eind: int) -> set[int]:
        bogen, knoop = set[int](), eind
        while knoop != begin:
            bogen.add(self._boog_tussen(int(vorige[knoop]), knoop))
            knoop = int(vorige[knoop])
        return bogen

    def _boog_tussen(self, a: int, b: int) -> int:
        (boog,) = np.flatnonzero(((self.van == a) & (self.naar == b)) | ((self.van == b) & (self.naar == a)))
        return int(boog)

    def _hide(self, bogen: Iterable[int]) -> None:
        erbij = np.array(sorted(bogen), dtype=np.intp)
        self.dicht[erbij] = True
        self._open(erbij)
