"""Where a signal was: the code of its buurt or wijk, from a code, from degrees, or from RD."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from gebieden.domein.codes import determine_niveau
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.inlezen.bevindingen import Sjabloon, build_sjabloon
from gebieden.inlezen.blokken import Blok
from gebieden.inlezen.plaats import LAT_BEREIK, LON_BEREIK
from gebieden.inlezen.puntenraster import BUITEN, Puntenraster
from gebieden.inlezen.reeksen import Fouten, is_leeg, parse_getallen, parse_waarden
from gebieden.inlezen.velden import parse_sleutel
from gebieden.inlezen.veldfout import Veldfout

X_BEREIK, Y_BEREIK = (-7_000.0, 300_000.0), (289_000.0, 629_000.0)
"""Where RD is defined, in metres."""

_BEREIK = {"lon": (LON_BEREIK, LAT_BEREIK), "x": (X_BEREIK, Y_BEREIK)}
_BUITEN_NEDERLAND = {
    "lon": Veldfout(
        "plaats_buiten_nederland",
        "",
        "",
        f"lon van {LON_BEREIK[0]} tot {LON_BEREIK[1]} en lat van {LAT_BEREIK[0]} tot {LAT_BEREIK[1]} graden",
        "Verbeter de coördinaten. Zijn ze omgewisseld, of zijn het meters in RD (kolommen x en y)?",
    ),
    "x": Veldfout(
        "plaats_buiten_nederland",
        "",
        "",
        f"x van {X_BEREIK[0]:.0f} tot {X_BEREIK[1]:.0f} en y van {Y_BEREIK[0]:.0f} tot {Y_BEREIK[1]:.0f} meter",
        "Verbeter de coördinaten. Zijn ze omgewisseld, of zijn het graden (kolommen lon en lat)?",
    ),
}
_BUITEN_GEBIEDEN = Veldfout(
    "punt_buiten_gebieden",
    "",
    "",
    "een punt in een van de gebieden",
    "Verbeter de coördinaten, of laat het signaal weg als het niet van deze gemeente is.",
)
_GEEN_GRENZEN = Veldfout(
    "geen_grenzen", "", "", "een code in de kolom gebied", "Lees eerst de grenzen van de buurten in."
)
_ONBEPAALD = -1
_PAREN = (("lon", "lat"), ("x", "y"))
_HERSTEL_PLAATS = "Vul de code van de buurt in, of beide coördinaten."


@dataclass(frozen=True)
class Plaatsfout:
    """What refuses rows for their place: the sentence, their positions in the block, and what it says of each."""

    sjabloon: Sjabloon
    posities: npt.NDArray[np.intp]
    gegevens: dict[str, npt.NDArray[Any]] = field(default_factory=dict)


class Plaatsbepaler:
    """Finds the area of each row: by its code where there is one, else by its coordinates.

    `codes` are the areas that the numbers it gives point to. Accepted are buurten, wijken, and any other area
    that is one buurt (a dorp); a wijk of one buurt counts as that buurt.
    """

    def __init__(self, grenzen: gpd.GeoDataFrame, boom: Gebiedsboom, kolommen: Mapping[str, int], bestand: str) -> None:
        self._bestand = bestand
        self._paren = [paar for paar in _PAREN if paar[0] in kolommen and paar[1] in kolommen]
        self._heeft_code = "gebied" in kolommen
        self._check_kolommen(kolommen)
        if self._paren and not len(grenzen) and not self._heeft_code:
            raise InvoerError(
                f"{bestand} geeft plaatsen als coördinaten, maar er zijn nog geen grenzen van buurten. "
                "Lees eerst de gebieden in: python -m gebieden importeer gebieden BESTAND."
            )
        self._raster = Puntenraster(grenzen) if self._paren and len(grenzen) else None
        self.codes = sorted({code for code in boom.gebieden if determine_niveau(code) in ("buurt", "wijk")})
        self.codes += sorted(set(self._raster.codes) - set(self.codes)) if self._raster else []
        self._nummers = {code: nummer for nummer, code in enumerate(self.codes)}
        self._op_code = {code.casefold(): self._choose(code, boom) for code in boom.gebieden}

    def _check_kolommen(self, kolommen: Mapping[str, int]) -> None:
        if self._heeft_code or self._paren:
            return
        half = next(((a, b) for paar in _PAREN for a, b in (paar, paar[::-1]) if a in kolommen), None)
        gevonden = f"Gevonden is {half[0]}, maar niet {half[1]}. " if half else ""
        raise InvoerError(
            f"In {self._bestand} staat niet waar een signaal was. {gevonden}"
            "Verwacht: een kolom gebied, of lon en lat, of x en y (RD). "
            "Zeg welke kolommen het zijn, bijvoorbeeld met --kolommen lon=lengte,lat=breedte."
        )

    def _choose(self, code: str, boom: Gebiedsboom) -> str | None:
        """Return the area a code is counted under: its one buurt, a wijk itself, or None when it is too large."""
        buurten = boom.buurten[code]
        if len(buurten) == 1 and next(iter(buurten)) in self._nummers:
            return next(iter(buurten))
        return code if boom.gebieden[code].niveau in ("buurt", "wijk") else None

    def determine(self, blok: Blok) -> tuple[npt.NDArray[np.int64], list[Plaatsfout]]:
        """Return per row the number of its area in `codes`, and what refuses the rows that have none."""
        nummers = np.full(len(blok.regels), _ONBEPAALD, dtype=np.int64)
        wacht = np.ones(len(blok.regels), dtype=bool)
        fouten: list[Plaatsfout] = []
        if self._heeft_code:
            fouten += self._use_codes(blok, nummers, wacht)
        for paar in self._paren:
            fouten += self._use_punten(blok, paar, nummers, wacht)
        if wacht.any():
            leeg = Veldfout("plaats_ontbreekt", "", "", "een gebied of coördinaten", _HERSTEL_PLAATS)
            probleem = "er staat niet waar het was."
            fouten.append(Plaatsfout(build_sjabloon(leeg, None, self._bestand, probleem), np.flatnonzero(wacht)))
        return nummers, fouten

    def _use_codes(self, blok: Blok, nummers: npt.NDArray[np.int64], wacht: npt.NDArray[np.bool_]) -> list[Plaatsfout]:
        kolom = blok.kolommen["gebied"]
        heeft = ~is_leeg(kolom)
        gelezen = parse_waarden(kolom, self._parse_code)
        per_waarde = np.array([_ONBEPAALD if w is None else w for w in gelezen.waarden], dtype=np.int64)
        if len(per_waarde):
            nummers[heeft] = per_waarde[gelezen.codes[heeft]]
        wacht[heeft] = False
        return [
            Plaatsfout(build_sjabloon(fout, "gebied", self._bestand, fout.probleem), posities)
            for fout, posities in gelezen.fouten
        ]

    def _parse_code(self, tekst: str) -> int:
        schoon = re.sub(r"\s+", "", parse_sleutel(tekst)).casefold()
        if not schoon:
            return _ONBEPAALD
        for poging in (schoon, f"bu{schoon}", f"wk{schoon}"):
            if poging in self._op_code:
                gekozen = self._op_code[poging]
                if gekozen is None:
                    break
                return self._nummers[gekozen]
        if schoon in self._op_code:
            raise Veldfout(
                "gebied_te_groot",
                "",
                "het gebied is groter dan een wijk.",
                "de code van een buurt of een wijk",
                "Vul de buurt in waar het signaal over gaat.",
            )
        raise Veldfout(
            "onbekend_gebied",
            "",
            "het gebied is niet bekend.",
            "de code van een buurt of een wijk die is ingelezen, zoals BU03610101",
            "Verbeter de code, of lees het gebied eerst in. Een naam is geen code: namen komen dubbel voor.",
        )

    def _use_punten(
        self, blok: Blok, paar: tuple[str, str], nummers: npt.NDArray[np.int64], wacht: npt.NDArray[np.bool_]
    ) -> list[Plaatsfout]:
        kolommen = [blok.kolommen[naam] for naam in paar]
        leeg_a, leeg_b = (is_leeg(kolom) for kolom in kolommen)
        fouten: list[Plaatsfout] = []
        for naam, ander, is_half in ((*paar, leeg_a & ~leeg_b), (*paar[::-1], leeg_b & ~leeg_a)):
            half = np.flatnonzero(wacht & is_half)
            wat = f"{naam} is leeg en {ander} niet."
            fout = Veldfout("plaats_half", "", wat, f"{paar[0]} en {paar[1]} allebei", _HERSTEL_PLAATS)
            fouten += self._to_fouten(naam, [(fout, half)], wat)
            wacht[half] = False
        heeft = wacht & ~leeg_a & ~leeg_b
        wacht &= ~heeft
        getallen = []
        for naam, kolom in zip(paar, kolommen, strict=True):
            waarden, ongelezen = parse_getallen(kolom)
            fouten += self._to_fouten(naam, [(fout, posities[heeft[posities]]) for fout, posities in ongelezen])
            getallen.append(waarden)
        plek = np.flatnonzero(heeft & np.isfinite(getallen[0]) & np.isfinite(getallen[1]))
        return fouten + self._assign(paar, plek, getallen[0][plek], getallen[1][plek], nummers)

    def _assign(
        self,
        paar: tuple[str, str],
        plek: npt.NDArray[np.intp],
        a: npt.NDArray[np.float64],
        b: npt.NDArray[np.float64],
        nummers: npt.NDArray[np.int64],
    ) -> list[Plaatsfout]:
        in_graden = paar[0] == "lon"
        (laagste_a, hoogste_a), (laagste_b, hoogste_b) = _BEREIK[paar[0]]
        kan = (a >= laagste_a) & (a <= hoogste_a) & (b >= laagste_b) & (b <= hoogste_b)
        wat = f"{paar[0]} en {paar[1]} liggen niet in Nederland."
        fouten = self._to_fouten(paar[0], [(_BUITEN_NEDERLAND[paar[0]], plek[~kan])], wat)
        plek, a, b = plek[kan], a[kan], b[kan]
        if self._raster is None:
            wat = "er zijn geen grenzen om het punt in te zoeken."
            return fouten + self._to_fouten(paar[0], [(_GEEN_GRENZEN, plek)], wat)
        gevonden = self._raster.assign(a, b, in_graden=in_graden)
        van_raster = np.array([self._nummers[self._op_raster(code)] for code in self._raster.codes], dtype=np.int64)
        binnen = gevonden != BUITEN
        nummers[plek[binnen]] = van_raster[gevonden[binnen]]
        if binnen.all():
            return fouten
        dichtstbij, afstand_m = self._raster.measure(a[~binnen], b[~binnen], in_graden=in_graden)
        wat = "het punt ligt buiten alle gebieden, {afstand_m} m van het dichtstbijzijnde ({gebied})."
        gegevens = {
            "afstand_m": np.ceil(afstand_m).astype(np.int64),
            "gebied": np.array(self._raster.opschriften, dtype=object)[dichtstbij],
        }
        sjabloon = build_sjabloon(_BUITEN_GEBIEDEN, paar[0], self._bestand, wat)
        return [*fouten, Plaatsfout(sjabloon, plek[~binnen], gegevens)]

    def _op_raster(self, code: str) -> str:
        return self._op_code.get(code.casefold()) or code

    def _to_fouten(self, kolom: str, fouten: Fouten, probleem: str | None = None) -> list[Plaatsfout]:
        return [
            Plaatsfout(build_sjabloon(fout, kolom, self._bestand, probleem), posities)
            for fout, posities in fouten
            if len(posities)
        ]
