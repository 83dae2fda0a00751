"""Columns: which a table may have, what else they are called, and where the header is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from gebieden.domein.fouten import InvoerError

_LIJKT_INHOUD = re.compile(r"@|\d{3}")
MAX_KOPREGEL = 60
"""The header is looked for in this many first rows."""


class Celsoort(StrEnum):
    """How a workbook's own date or number in this column is to be read."""

    TEKST = "tekst"
    WAARDE = "waarde"
    DATUM = "datum"


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column a table may have: `WAARDE` for codes, keys and numbers, where an Excel date is a fault."""

    naam: str
    verplicht: bool = False
    synoniemen: tuple[str, ...] = ()
    soort: Celsoort = Celsoort.TEKST


@dataclass(frozen=True, slots=True)
class Kop:
    """The header of a table: `index` is its 0-based row; `plaatsen` says which column holds what."""

    index: int
    namen: tuple[str, ...]
    plaatsen: Mapping[str, int] = field(default_factory=dict)
    extra: tuple[str, ...] = ()


def normalize_kolomnaam(naam: str) -> str:
    """Return the name without case, spaces, newlines, underscores and hyphens, for comparing."""
    return re.sub(r"[\s_\-\ufeff\xa0]+", "", naam.casefold())


def tidy_kolomnaam(naam: str) -> str:
    """Return the name on one line, as it is shown in a message."""
    return " ".join(naam.replace("\ufeff", "").split())


def find_kopregel(
    rijen: Iterable[Sequence[str]], schema: Sequence[Kolom], kolommen: Mapping[str, str] | None = None
) -> tuple[int, int]:
    """Return (0-based row, number of known columns) of the row that looks most like the header.

    The first row with the most known names wins; (0, 0) when no row has any.
    """
    bekend = {normalize_kolomnaam(n) for k in schema for n in (k.naam, *k.synoniemen)}
    bekend |= {normalize_kolomnaam(bron) for bron in (kolommen or {}).values()}
    beste = (0, 0)
    for index, rij in enumerate(islice(rijen, MAX_KOPREGEL)):
        aantal = len({normalize_kolomnaam(cel) for cel in rij} & bekend)
        if aantal > beste[1]:
            beste = (index, aantal)
    return beste


def resolve_kolommen(
    index: int, namen: Sequence[str], schema: Sequence[Kolom], kolommen: Mapping[str, str] | None, bestand: str
) -> Kop:
    """Return where each known column stands in the header.

    An explicit mapping goes first, then the column's own name, then its synonyms. A required column
    that is absent is not an error here: see `check_verplichte_kolommen`.

    Raises
    ------
    InvoerError
        An unknown target or source in `kolommen`, or two columns that could both be the same one.
    """
    toewijzing = _normalize_toewijzing(schema, kolommen or {}, bestand)
    sleutels = [normalize_kolomnaam(naam) for naam in namen]
    plaatsen: dict[str, int] = {}
    for doel, bron in toewijzing.items():
        plaatsen[doel] = _find_bron(doel, bron, namen, sleutels, bestand)
    for kolom in schema:
        if kolom.naam not in plaatsen:
            plaats = _find_kolom(kolom, namen, sleutels, set(plaatsen.values()), bestand)
            if plaats is not None:
                plaatsen[kolom.naam] = plaats
    gebruikt = set(plaatsen.values())
    extra = tuple(tidy_kolomnaam(n) for i, n in enumerate(namen) if i not in gebruikt and n.strip())
    return Kop(index, tuple(tidy_kolomnaam(n) for n in namen), plaatsen, extra)


def _normalize_toewijzing(schema: Sequence[Kolom], kolommen: Mapping[str, str], bestand: str) -> dict[str, str]:
    doelen = {normalize_kolomnaam(k.naam): k.naam for k in schema}
    onbekend = [doel for doel in kolommen if normalize_kolomnaam(doel) not in doelen]
    if onbekend:
        raise InvoerError(
            f"Onbekende kolom in --kolommen voor {bestand}: {_join(onbekend)}. "
            f"Links van '=' kan staan: {', '.join(k.naam for k in schema)}."
        )
    return {doelen[normalize_kolomnaam(doel)]: bron for doel, bron in kolommen.items()}


def _find_bron(doel: str, bron: str, namen: Sequence[str], sleutels: Sequence[str], bestand: str) -> int:
    plaatsen = [i for i, sleutel in enumerate(sleutels) if sleutel == normalize_kolomnaam(bron)]
    if not plaatsen:
        raise InvoerError(
            f"Kolom '{bron}' uit --kolommen {doel}={bron} staat niet in {bestand}. "
            f"Gevonden kolommen: {list_namen(namen)}. Verbeter --kolommen."
        )
    if len(plaatsen) > 1:
        raise _build_dubbele_kop([namen[i] for i in plaatsen], doel, bestand)
    return plaatsen[0]


def _find_kolom(
    kolom: Kolom, namen: Sequence[str], sleutels: Sequence[str], bezet: set[int], bestand: str
) -> int | None:
    for kandidaten in ((kolom.naam,), kolom.synoniemen):
        gezocht = {normalize_kolomnaam(naam) for naam in kandidaten}
        plaatsen = [i for i, sleutel in enumerate(sleutels) if sleutel in gezocht and i not in bezet]
        if len(plaatsen) > 1:
            raise _build_dubbele_kop([namen[i] for i in plaatsen], kolom.naam, bestand)
        if plaatsen:
            return plaatsen[0]
    return None


def _build_dubbele_kop(gevonden: Sequence[str], doel: str, bestand: str) -> InvoerError:
    return InvoerError(
        f"De kop van {bestand} heeft meer dan één kolom voor '{doel}': {list_namen(gevonden)}. "
        f"Geef elke kolom een eigen naam, of kies er één met --kolommen {doel}=naam."
    )


def check_verplichte_kolommen(kop: Kop, schema: Sequence[Kolom], bestand: str) -> None:
    """Raise one InvoerError that names every required column the header lacks."""
    ontbreekt = [k.naam for k in schema if k.verplicht and k.naam not in kop.plaatsen]
    if ontbreekt and not kop.plaatsen and any(_LIJKT_INHOUD.search(naam) for naam in kop.namen):
        # A row of data, that may be about persons: it is not repeated.
        raise InvoerError(
            f"In {bestand} staat geen kop: rij {kop.index + 1} lijkt een rij met gegevens. Verwacht: een rij met de "
            f"namen van de kolommen, met in elk geval {', '.join(ontbreekt)}. Zet die rij boven de gegevens."
        )
    if ontbreekt:
        meervoud = "kolommen ontbreken" if len(ontbreekt) > 1 else "kolom ontbreekt"
        voorbeeld = ",".join(f"{naam}=…" for naam in ontbreekt)
        raise InvoerError(
            f"In {bestand} (kop op rij {kop.index + 1}): verplichte {meervoud}: {', '.join(ontbreekt)}. "
            f"Gevonden: {list_namen(kop.namen)}. Geef de kolom de goede naam, of zeg welke kolom het is "
            f"met --kolommen {voorbeeld} (rechts van '=' de naam in het bestand)."
        )


def list_namen(namen: Sequence[str], *, hoogstens: int = 30) -> str:
    """Return column names in a sentence, shortened so that a wide table stays readable."""
    schoon = [tidy_kolomnaam(naam)[:60] for naam in namen if naam.strip()]
    rest = f" en nog {len(schoon) - hoogstens}" if len(schoon) > hoogstens else ""
    return ", ".join(schoon[:hoogstens]) + rest if schoon else "geen"


def _join(namen: Sequence[str]) -> str:
    return ", ".join(f"'{naam}'" for naam in namen)
