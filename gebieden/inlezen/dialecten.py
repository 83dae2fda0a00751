"""The ways in which CBS, PDOK, registers and others name the attributes of an area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.kolommen import list_namen, normalize_kolomnaam

DOELEN = (
    "code",
    "naam",
    "niveau",
    "gebiednummer",
    "gebied_id",
    "inwoners",
    "water",
    "geldig_vanaf",
    "geldig_tot",
    "schematisch",
)

_CBS = {
    "buurt": (("buurtcode", "bucode"), ("buurtnaam", "bunaam", "naam")),
    "wijk": (("wijkcode", "wkcode"), ("wijknaam", "wknaam", "naam")),
    "gemeente": (("gemeentecode", "gmcode"), ("gemeentenaam", "gmnaam", "naam")),
}
_GEMEENSCHAPPELIJK = {
    "niveau": ("niveau",),
    "inwoners": ("inwoners", "aantalinwoners", "aantinw"),
    "water": ("water", "h2o"),
    "geldig_vanaf": ("geldigvanaf", "datumingang"),
    "geldig_tot": ("geldigtot", "datumeinde"),
    "schematisch": ("schematisch",),
}
_NAMEN_MET_NIVEAU = (("naam", None), ("buurtnaam", "buurt"), ("wijknaam", "wijk"), ("gemeentenaam", "gemeente"))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one layer names things: `velden` maps our name to the attribute; `niveau` when the layer has just one."""

    naam: str
    velden: Mapping[str, str]
    niveau: str | None = None


def recognise_dialect(namen: Sequence[str], kolommen: Mapping[str, str] | None = None) -> Dialect | None:
    """Return the dialect of a layer by its attribute names (case, `_` and `-` aside), or None.

    Tried in this order: what `kolommen` says; the CBS columns, the smallest area first because a file of
    buurten also names their wijk; `statcode` of the gebiedsindelingen; a municipal register; `code` and `naam`.
    """
    aanwezig: dict[str, str] = {}
    for naam in namen:
        aanwezig.setdefault(normalize_kolomnaam(naam), naam)
    if kolommen:
        return _apply_kolommen(aanwezig, kolommen)
    gevonden = _find_cbs(aanwezig) or _find_statcode(aanwezig) or _find_register(aanwezig) or _find_eigen(aanwezig)
    if gevonden is None:
        return None
    return Dialect(gevonden.naam, {**_find_gemeenschappelijk(aanwezig), **gevonden.velden}, gevonden.niveau)


def _find_cbs(aanwezig: Mapping[str, str]) -> Dialect | None:
    for niveau, (codes, namen) in _CBS.items():
        code = next((aanwezig[c] for c in codes if c in aanwezig), None)
        naam = next((aanwezig[n] for n in namen if n in aanwezig), None)
        if code is not None and naam is not None:
            return Dialect("cbs", {"code": code, "naam": naam}, niveau)
    return None


def _find_statcode(aanwezig: Mapping[str, str]) -> Dialect | None:
    if {"statcode", "statnaam"} <= aanwezig.keys():
        return Dialect("gebiedsindelingen", {"code": aanwezig["statcode"], "naam": aanwezig["statnaam"]})
    return None


def _find_register(aanwezig: Mapping[str, str]) -> Dialect | None:
    nummers = {
        doel: aanwezig[normalize_kolomnaam(doel)]
        for doel in ("gebiednummer", "gebied_id")
        if normalize_kolomnaam(doel) in aanwezig
    }
    if nummers and {"gebiedtype", "naam"} <= aanwezig.keys() and "code" not in aanwezig:
        return Dialect("register", {**nummers, "naam": aanwezig["naam"]})
    return None


def _find_eigen(aanwezig: Mapping[str, str]) -> Dialect | None:
    if "code" not in aanwezig:
        return None
    for sleutel, niveau in _NAMEN_MET_NIVEAU:
        if sleutel in aanwezig:
            return Dialect("eigen", {"code": aanwezig["code"], "naam": aanwezig[sleutel]}, niveau)
    return None


def _find_gemeenschappelijk(aanwezig: Mapping[str, str]) -> dict[str, str]:
    return {
        doel: next(aanwezig[n] for n in namen if n in aanwezig)
        for doel, namen in _GEMEENSCHAPPELIJK.items()
        if any(n in aanwezig for n in namen)
    }


def _apply_kolommen(aanwezig: Mapping[str, str], kolommen: Mapping[str, str]) -> Dialect | None:
    """Return the mapped columns, or None when this layer lacks one of them."""
    velden = {doel: aanwezig.get(normalize_kolomnaam(bron)) for doel, bron in kolommen.items()}
    gevonden = {doel: bron for doel, bron in velden.items() if bron is not None}
    if len(gevonden) < len(velden):
        return None
    basis = recognise_dialect(list(aanwezig.values()))
    return Dialect("kolommen", {**(basis.velden if basis else {}), **gevonden}, basis.niveau if basis else None)


def check_doelen(kolommen: Mapping[str, str] | None, bestand: str) -> None:
    """Raise InvoerError when `--kolommen` names something an area does not have."""
    onbekend = [doel for doel in kolommen or {} if doel not in DOELEN]
    if onbekend:
        raise InvoerError(
            f"Onbekende kolom in --kolommen voor {bestand}: {', '.join(onbekend)}. "
            f"Links van '=' kan staan: {', '.join(DOELEN)}."
        )


def build_onherkend(
    lagen: Mapping[str, Sequence[str]], kolommen: Mapping[str, str] | None, bestand: str
) -> InvoerError:
    """Return the error for a file of which no layer is recognised, with what each layer has."""
    gevonden = "; ".join(f"laag {naam}: {list_namen(namen)}" for naam, namen in lagen.items())
    if kolommen:
        return InvoerError(
            f"De kolommen uit --kolommen ({', '.join(kolommen.values())}) staan niet samen in één laag van {bestand}. "
            f"Gevonden: {gevonden}. Verbeter --kolommen."
        )
    return InvoerError(
        f"In {bestand} zijn de kolommen voor code en naam niet herkend. Gevonden: {gevonden}. Verwacht bijvoorbeeld "
        "buurtcode en buurtnaam, BU_CODE en BU_NAAM, of statcode en statnaam. Zeg welke kolommen het zijn met "
        "--kolommen code=…,naam=…"
    )
