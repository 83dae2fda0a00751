"""What columns a file has and which of ours they were recognised as: the start of a mapping screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gebieden.inlezen import agendapunten, berichten, indeling, initiatieven, signalen
from gebieden.inlezen.dialecten import recognise_dialect
from gebieden.inlezen.lagen import read_lagen
from gebieden.inlezen.tabel import read_koppen

_SCHEMAS = {
    "indeling": indeling.SCHEMA,
    "agendapunten": agendapunten.SCHEMA,
    "berichten": berichten.SCHEMA,
    "initiatieven": initiatieven.SCHEMA,
    "signalen": signalen.SCHEMA,
}
_GRENZEN = ("code", "naam")


@dataclass(frozen=True)
class Koppen:
    """The columns of a file (`bronnen`), ours (`doelen`), the required ones, and what was recognised: ours → theirs."""

    bronnen: tuple[str, ...]
    doelen: tuple[str, ...]
    verplicht: frozenset[str]
    herkend: Mapping[str, str]


def read_bronkoppen(soort: str, pad: Path, bestand: str, laag: str | None = None) -> Koppen:
    """Return the columns of a file and what they were recognised as, also when required ones are missing.

    Raise InvoerError for a file that cannot be read at all.
    """
    if soort == "gebieden":
        return _read_grenskoppen(pad, bestand, laag)
    schema = _SCHEMAS[soort]
    kop = read_koppen(pad, schema=schema, laag=laag, bestand=bestand)
    return Koppen(
        kop.namen,
        tuple(k.naam for k in schema),
        frozenset(k.naam for k in schema if k.verplicht),
        {doel: kop.namen[plaats] for doel, plaats in kop.plaatsen.items()},
    )


def _read_grenskoppen(pad: Path, bestand: str, laag: str | None) -> Koppen:
    lagen = read_lagen(pad, laag, bestand)
    bronnen = tuple(dict.fromkeys(naam for laag_ in lagen for naam in laag_.kolommen))
    dialect = recognise_dialect(bronnen)
    herkend = {d: dialect.velden[d] for d in _GRENZEN if d in dialect.velden} if dialect else {}
    # A register has numbers of its own instead of a code: recognised as a whole, with nothing to choose.
    verplicht = frozenset() if dialect and "code" not in herkend else frozenset(_GRENZEN)
    return Koppen(bronnen, _GRENZEN, verplicht, herkend)
