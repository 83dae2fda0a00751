"""OOV-signalen from a table of any length: checked, and each assigned to a buurt (or the wijk the file gives).

Nothing of a row is kept but its id, day, category, source and area. Findings name row, column and rule and not
the content (`domein.md` section 4).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from gebieden.domein.fouten import Bevinding, Ernst, InvoerError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.persoonsgegevens import is_contact
from gebieden.domein.taal import format_aantal
from gebieden.inlezen.bevindingen import Bevindingenreeks, build_sjabloon
from gebieden.inlezen.blokken import Blok, Blokkenlezer
from gebieden.inlezen.kolommen import Celsoort, Kolom, list_namen, normalize_kolomnaam
from gebieden.inlezen.reeksen import Fouten, Waardenreeks, is_leeg, parse_dagen, parse_sleutels, parse_waarden
from gebieden.inlezen.signaalplaats import Plaatsbepaler
from gebieden.inlezen.velden import fail_excel_datum, parse_sleutel
from gebieden.inlezen.veldfout import Veldfout

SCHEMA = (
    Kolom("id", verplicht=True, synoniemen=("signaal_id", "nummer", "meldingsnummer"), soort=Celsoort.WAARDE),
    Kolom("datum", verplicht=True, synoniemen=("signaaldatum", "created_at", "date"), soort=Celsoort.DATUM),
    Kolom(
        "categorie",
        verplicht=True,
        synoniemen=("category", "soort", "hoofdcategorie", "main_category", "category_main", "category.main"),
    ),
    Kolom("bron", synoniemen=("source",)),
    Kolom(
        "gebied",
        synoniemen=("gebiedscode", "gebiedcode", "buurtcode", "location_buurt_code", "location.buurt_code"),
        soort=Celsoort.WAARDE,
    ),
    Kolom("lon", synoniemen=("lng", "longitude", "lengtegraad"), soort=Celsoort.WAARDE),
    Kolom("lat", synoniemen=("latitude", "breedtegraad"), soort=Celsoort.WAARDE),
    Kolom("x", synoniemen=("rd_x", "x_rd"), soort=Celsoort.WAARDE),
    Kolom("y", synoniemen=("rd_y", "y_rd"), soort=Celsoort.WAARDE),
)
ONBEKENDE_BRON = "onbekend"
MAX_CATEGORIEEN = 1_000
"""More different categories than this is another column: free text, names, numbers."""

_OVER_PERSONEN = re.compile(
    "reporter|melder|naam|name|persoon|person|mail|telefoon|phone|adres|address|straat|street|postcode|text|tekst|"
    "note|notitie|opmerking|toelichting|omschrijving|description|assigned|user|gebruiker|behandelaar|bsn|geboorte|"
    "contact|kenteken|verdacht|aangever|getuige|slachtoffer|dader|betrokken|huisnummer|housenumber|voorletter|initial|"
    "bericht|message|comment|remark|verklaring|toedracht|memo|createdby|bijlage|attachment|foto|image|extraproperties|"
    "leeftijd|geslacht|nationaliteit|inhoud|eigenaar|owner"
)
# What holds these is called after what it classifies, whoever reported it.
_OVER_SOORTEN = re.compile("categor|soort|bron|source")


@dataclass(frozen=True)
class Signaalblok:
    """Checked signals: per row the row number, the id, the day (from 1 January 1970), and numbers of names.

    `categorieen`, `bronnen` and `gebieden` hold the names that the numbers point to in this block.
    """

    regels: npt.NDArray[np.int64]
    ids: npt.NDArray[np.object_]
    dagen: npt.NDArray[np.int64]
    categorie: npt.NDArray[np.int64]
    bron: npt.NDArray[np.int64]
    gebied: npt.NDArray[np.int64]
    categorieen: list[str | None]
    bronnen: list[str | None]
    gebieden: list[str]
    aandeel: float


class _Zwijgendereeks(Bevindingenreeks):
    """Findings that repeat nothing of the file but the names of its columns."""

    def add(self, bevinding: Bevinding) -> None:
        """Add one finding; of a line under the table it says that it is there, not what it says."""
        if bevinding.regelnaam == "voetregel":
            waar, overgeslagen, _ = bevinding.melding.partition(" onder de tabel overgeslagen")
            bevinding = replace(bevinding, melding=f"{waar}{overgeslagen}.")
        super().add(bevinding)


class Signaallezer:
    """Reads a file of signals once, block by block; refusals go to `bevindingen`, each refused row counts once.

    `grenzen` are the areas for points, columns code, naam and geometry (EPSG:28992); `boom` knows the codes.

    Raises
    ------
    InvoerError
        The file cannot be used as a whole.
    """

    def __init__(
        self,
        pad: Path,
        grenzen: gpd.GeoDataFrame,
        boom: Gebiedsboom,
        *,
        kolommen: Mapping[str, str] | None = None,
        laag: str | None = None,
        bestand: str | None = None,
    ) -> None:
        self.bevindingen = _Zwijgendereeks()
        self.lezer = Blokkenlezer(
            pad, schema=SCHEMA, bevindingen=self.bevindingen, kolommen=kolommen, laag=laag, bestand=bestand
        )
        self._plaatsen = Plaatsbepaler(grenzen, boom, self.lezer.kop.plaatsen, self.lezer.naam)
        self._categorieen: set[str] = set()
        self._zonder_bron = 0
        self.goed = 0
        self._check_personen()
        self._report_personen()

    @property
    def aantal_rijen(self) -> int:
        """The data rows read so far, refused ones included."""
        return self.lezer.aantal_rijen

    def __iter__(self) -> Iterator[Signaalblok]:
        for blok in self.lezer:
            signalen = self._check(blok)
            self.goed += len(signalen.regels)
            yield signalen
        self._report_bron()

    def _check(self, blok: Blok) -> Signaalblok:
        goed = np.ones(len(blok.regels), dtype=bool)
        for kolom, regels in blok.datumregels.items():
            fouten: Fouten = [(fail_excel_datum(""), np.flatnonzero(np.isin(blok.regels, regels)))]
            self._refuse(blok, kolom, fouten, goed)
        ids, fouten = parse_sleutels(blok.kolommen["id"])
        self._refuse(blok, "id", [*self._find_lege(blok, "id"), *fouten], goed)
        dagen, fouten = parse_dagen(blok.kolommen["datum"])
        self._refuse(blok, "datum", self._leave_lege(blok, "datum", fouten), goed)
        categorie = self._read_naam(blok, "categorie", goed)
        self._check_categorieen(categorie)
        bron = self._read_naam(blok, "bron", goed)
        gebied, fouten_per_kolom = self._plaatsen.determine(blok)
        for fout in fouten_per_kolom:
            self.bevindingen.add_rijen(fout.sjabloon, blok.regels[fout.posities], **fout.gegevens)
            goed[fout.posities] = False
        return Signaalblok(
            blok.regels[goed],
            ids[goed],
            dagen[goed],
            categorie.codes[goed],
            bron.codes[goed],
            gebied[goed],
            categorie.waarden,
            bron.waarden,
            self._plaatsen.codes,
            blok.aandeel,
        )

    def _refuse(self, blok: Blok, kolom: str, fouten: Fouten, goed: npt.NDArray[np.bool_]) -> None:
        for fout, posities in fouten:
            sjabloon = build_sjabloon(fout, kolom, self.lezer.naam)
            self.bevindingen.add_rijen(sjabloon, blok.regels[posities])
            goed[posities] = False

    def _find_lege(self, blok: Blok, kolom: str) -> Fouten:
        leeg = Veldfout(f"{kolom}_ontbreekt", "", "De cel is leeg.", "een ingevulde cel", f"Vul {kolom} in.")
        return [(leeg, np.flatnonzero(is_leeg(blok.kolommen[kolom])))]

    def _leave_lege(self, blok: Blok, kolom: str, fouten: Fouten) -> Fouten:
        """Return the faults with an empty cell called empty, not unreadable."""
        leeg = is_leeg(blok.kolommen[kolom])
        return [*self._find_lege(blok, kolom), *((fout, posities[~leeg[posities]]) for fout, posities in fouten)]

    def _read_naam(self, blok: Blok, kolom: str, goed: npt.NDArray[np.bool_]) -> Waardenreeks[str]:
        if kolom not in blok.kolommen:
            self._zonder_bron += len(blok.regels)
            return Waardenreeks(np.zeros(len(blok.regels), dtype=np.int64), [ONBEKENDE_BRON], [])
        namen = parse_waarden(blok.kolommen[kolom], _parse_naam)
        self._refuse(blok, kolom, namen.fouten, goed)
        if kolom == "categorie":
            self._refuse(blok, kolom, self._find_lege(blok, kolom), goed)
            return namen
        self._zonder_bron += int(is_leeg(blok.kolommen[kolom]).sum())
        return Waardenreeks(namen.codes, [ONBEKENDE_BRON if naam == "" else naam for naam in namen.waarden], [])

    def _check_categorieen(self, categorie: Waardenreeks[str]) -> None:
        self._categorieen.update(naam for naam in categorie.waarden if naam)
        if len(self._categorieen) > MAX_CATEGORIEEN:
            raise InvoerError(
                f"De kolom voor categorie in {self.lezer.naam} heeft meer dan {MAX_CATEGORIEEN} verschillende waarden. "
                "Een categorie is een korte, vaste naam; vrije tekst wordt niet bewaard. "
                "Kies de goede kolom met --kolommen categorie=naam."
            )

    def _check_personen(self) -> None:
        """Raise InvoerError when a name that is kept would come from a column about persons."""
        for kolom in ("categorie", "bron"):
            plaats = self.lezer.kop.plaatsen.get(kolom)
            naam = "" if plaats is None else normalize_kolomnaam(self.lezer.kop.namen[plaats])
            if _OVER_PERSONEN.search(naam) and not _OVER_SOORTEN.search(naam):
                raise InvoerError(
                    f"De kolom die u in {self.lezer.naam} koos voor {kolom}, gaat over personen of is vrije tekst. "
                    f"Verwacht: een korte, vaste naam. Kies met --kolommen {kolom}=naam een andere kolom."
                )

    def _report_personen(self) -> None:
        verdacht = [naam for naam in self.lezer.kop.extra if _OVER_PERSONEN.search(normalize_kolomnaam(naam))]
        if verdacht:
            self.bevindingen.add(
                Bevinding(
                    Ernst.LET_OP,
                    "kolommen_over_personen",
                    f"{self.lezer.naam}: kolommen die over personen kunnen gaan: {list_namen(verdacht)}. "
                    "Ze zijn niet gelezen en niet bewaard.",
                    "Laat deze kolommen de volgende keer weg uit de export.",
                )
            )

    def _report_bron(self) -> None:
        if self._zonder_bron:
            self.bevindingen.add(
                Bevinding(
                    Ernst.LET_OP,
                    "bron_ontbreekt",
                    f"{self.lezer.naam}: bij {format_aantal(self._zonder_bron, 'rij', 'rijen')} staat geen bron. "
                    f"Daar is '{ONBEKENDE_BRON}' als bron genomen.",
                    "Vul de kolom bron in als de bron bekend is.",
                    kolom="bron",
                )
            )


def _parse_naam(tekst: str) -> str:
    """Return the name of a category or a source; raise Veldfout for what is contact data of somebody."""
    naam = parse_sleutel(tekst)
    if is_contact(naam):
        raise Veldfout(
            "lijkt_persoonsgegeven",
            "",
            "De cel lijkt contactgegevens te bevatten.",
            "een korte, vaste naam, zonder e-mailadres en telefoonnummer",
            "Kies de goede kolom, of haal de contactgegevens weg uit de export.",
        )
    return naam
