"""One feature of a boundary file → one checked area, or the reasons why not."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import shapely

from gebieden.domein.codes import determine_gemeentecode, determine_niveau
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.inlezen.codelijst import Codelijst
from gebieden.inlezen.crs import is_in_nederland
from gebieden.inlezen.datums import parse_datum
from gebieden.inlezen.dialecten import Dialect
from gebieden.inlezen.gebiedcode import parse_gebiedcode
from gebieden.inlezen.herstel import judge_vorm
from gebieden.inlezen.velden import parse_geheel, parse_ja_nee, parse_titel
from gebieden.inlezen.veldfout import Veldfout, report_veldfout

ONTBREEKT_VANAF = -99_990
"""PDOK writes missing numbers as −99995, −99997, …"""
BUITENLAND = "GM0998"

T = TypeVar("T")


@dataclass
class Gebiedsrij:
    """An area as it was read; `is_goed` is False as soon as a finding refuses it."""

    regel: int
    code: str = ""
    naam: str = ""
    niveau: str = ""
    inwoners: int | None = None
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    schematisch: bool = False
    vorm: shapely.Geometry | None = None
    is_land: bool = True
    bevindingen: list[Bevinding] = field(default_factory=list)

    @property
    def is_goed(self) -> bool:
        """Whether nothing refuses this row."""
        return not any(b.ernst is Ernst.AFGEKEURD for b in self.bevindingen)

    @property
    def object_naam(self) -> str:
        """What a message calls it: level, code and name."""
        return " ".join(deel for deel in ((self.niveau or "gebied").capitalize(), self.code, self.naam) if deel)


@dataclass(frozen=True)
class Rijlezer:
    """Everything that is the same for all features of one layer."""

    dialect: Dialect
    bestand: str
    codelijst: Codelijst
    niveau: str | None = None

    def read(
        self, regel: int, kenmerken: Mapping[str, Any], vorm: shapely.Geometry | None, oorzaak: str | None
    ) -> Gebiedsrij:
        """Return the area of one feature with all its faults; `vorm` is in EPSG:28992."""
        tekst = {doel: to_tekst(kenmerken.get(bron)) for doel, bron in self.dialect.velden.items()}
        rij = Gebiedsrij(regel, code=tekst.get("code", ""), naam=tekst.get("naam", ""), vorm=vorm)
        self._read_naam(rij, tekst)
        self._read_code(rij, tekst)
        if self._refuse_geen_gebied(rij, tekst):
            return rij
        self._read_getallen(rij, tekst)
        self._judge_vorm(rij, oorzaak)
        return rij

    def _attempt(self, rij: Gebiedsrij, doel: str, parser: Callable[[], T]) -> T | None:
        try:
            return parser()
        except Veldfout as fout:
            kolom = self.dialect.velden.get(doel)
            rij.bevindingen.append(
                report_veldfout(fout, object_naam=rij.object_naam, bestand=self.bestand, regel=rij.regel, kolom=kolom)
            )
            return None

    def _read_naam(self, rij: Gebiedsrij, tekst: Mapping[str, str]) -> None:
        rij.naam = self._attempt(rij, "naam", lambda: parse_titel(tekst["naam"])) or ""
        if not rij.naam:
            self._refuse(rij, "naam_ontbreekt", "heeft geen naam", "Vul de naam van het gebied in.")

    def _read_code(self, rij: Gebiedsrij, tekst: Mapping[str, str]) -> None:
        if self.dialect.naam == "register":
            code = self._find_registercode(rij, tekst)
        else:
            verwacht = self.niveau or tekst.get("niveau") or self.dialect.niveau
            code = self._attempt(rij, "code", lambda: parse_gebiedcode(tekst["code"], verwacht))
        rij.code = code or rij.code
        if code is not None:
            rij.niveau = self._determine_niveau(rij, code, tekst.get("niveau", ""))

    def _find_registercode(self, rij: Gebiedsrij, tekst: Mapping[str, str]) -> str | None:
        nummer, gebied_id = tekst.get("gebiednummer", ""), tekst.get("gebied_id", "")
        regel = self.codelijst.find_registergebied(nummer, gebied_id)
        if regel is None:
            self._refuse(
                rij,
                "niet_in_codelijst",
                f"heeft registernummer {nummer or gebied_id or 'leeg'}, en dat staat niet in de meegeleverde codelijst "
                "(data/codes_*.csv). Verwacht: een nummer uit die lijst",
                "Vul de codelijst aan met dit nummer en de CBS-code.",
            )
            return None
        return regel.code

    def _determine_niveau(self, rij: Gebiedsrij, code: str, opgegeven: str) -> str:
        uit_code = determine_niveau(code)
        gevraagd = self.niveau or opgegeven.casefold() or None
        if uit_code and gevraagd and uit_code != gevraagd:
            self._refuse(
                rij,
                "niveau_klopt_niet",
                f"heeft een code van niveau {uit_code}. Verwacht: niveau {gevraagd}",
                f"Verbeter de code, of lees het bestand in met --niveau {uit_code}.",
            )
        if not (uit_code or gevraagd):
            self._refuse(
                rij,
                "niveau_onbekend",
                f"heeft een eigen code ({code}), dus het niveau is onbekend. "
                "Verwacht: BU…, WK…, GM… of een opgegeven niveau",
                "Geef het niveau op, bijvoorbeeld met --niveau gebied.",
            )
        return uit_code or gevraagd or ""

    def _refuse_geen_gebied(self, rij: Gebiedsrij, tekst: Mapping[str, str]) -> bool:
        """Refuse water and foreign land; they are no areas, so nothing else about them matters."""
        water = tekst.get("water", "").casefold()
        is_buitenland = (
            determine_gemeentecode(rij.code) == BUITENLAND or rij.naam.casefold() == "buitenland" or water == "b"
        )
        if not is_buitenland and water not in {"ja", "j"}:
            return False
        rij.is_land, rij.bevindingen = False, []
        wat = "buitenland" if is_buitenland else "water"
        self._refuse(rij, wat, f"is {wat}, geen gebied", "Niets nodig: de rij telt niet mee.")
        return True

    def _read_getallen(self, rij: Gebiedsrij, tekst: Mapping[str, str]) -> None:
        rij.inwoners = self._attempt(rij, "inwoners", lambda: parse_inwoners(tekst.get("inwoners", "")))
        rij.geldig_vanaf = self._attempt(rij, "geldig_vanaf", lambda: _parse_leeg(tekst.get("geldig_vanaf", "")))
        rij.geldig_tot = self._attempt(rij, "geldig_tot", lambda: _parse_leeg(tekst.get("geldig_tot", "")))
        if schematisch := tekst.get("schematisch", ""):
            rij.schematisch = bool(self._attempt(rij, "schematisch", lambda: parse_ja_nee(schematisch)))
        if rij.geldig_vanaf and rij.geldig_tot and rij.geldig_tot <= rij.geldig_vanaf:
            self._refuse(
                rij,
                "geldigheid_omgekeerd",
                f"geldt tot {rij.geldig_tot} en pas vanaf {rij.geldig_vanaf}. Verwacht: een einddatum na de begindatum",
                "Verbeter een van de twee datums.",
            )

    def _judge_vorm(self, rij: Gebiedsrij, oorzaak: str | None) -> None:
        herstel = "Herstel het vlak in QGIS met 'Geometrieën repareren' en lees het bestand opnieuw in."
        if oorzaak is not None:
            self._refuse(rij, "geometrie_onleesbaar", f"heeft geen bruikbare geometrie: {oorzaak}", herstel)
        elif rij.vorm is not None and not rij.vorm.is_empty and not is_in_nederland(rij.vorm):
            self._refuse(
                rij,
                "buiten_nederland",
                "heeft coördinaten buiten Nederland. Verwacht: alle punten in of bij Nederland",
                "Controleer het coördinatenstelsel en de vorm van dit gebied.",
            )
        else:
            self._apply_oordeel(rij, herstel)

    def _apply_oordeel(self, rij: Gebiedsrij, herstel: str) -> None:
        oordeel = judge_vorm(rij.vorm)
        if oordeel.vorm is None:
            self._refuse(rij, "geometrie_ongeldig", f"{oordeel.probleem}. Verwacht: een geldig vlak", herstel)
        elif oordeel.is_hersteld:
            rij.bevindingen.append(
                self._build(Ernst.HERSTELD, rij, "geometrie_hersteld", f"{oordeel.probleem}; dat is hersteld", herstel)
            )
        rij.vorm = oordeel.vorm

    def _refuse(self, rij: Gebiedsrij, regelnaam: str, zin: str, herstel: str) -> None:
        rij.bevindingen.append(self._build(Ernst.AFGEKEURD, rij, regelnaam, zin, herstel))

    def _build(self, ernst: Ernst, rij: Gebiedsrij, regelnaam: str, zin: str, herstel: str) -> Bevinding:
        return Bevinding(
            ernst,
            regelnaam,
            f"{rij.object_naam} (rij {rij.regel} van {self.bestand}) {zin}.",
            herstel,
            regel=rij.regel,
        )


def to_tekst(waarde: Any) -> str:
    """Return an attribute as text: nothing as "", 7.0 as `7`."""
    if waarde is None or (isinstance(waarde, float) and math.isnan(waarde)):
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde).strip()


def parse_inwoners(tekst: str) -> int | None:
    """Return a number of inhabitants; None for empty, `.` and PDOK's large negative numbers."""
    if tekst in {"", "."}:
        return None
    waarde = parse_geheel(tekst, minimum=-(10**6))
    if waarde <= ONTBREEKT_VANAF:
        return None
    return parse_geheel(tekst)


def _parse_leeg(tekst: str) -> date | None:
    return parse_datum(tekst) if tekst else None
