"""Points that are edited in a sheet: what may go out, how that differs from what is here now, and storing it.

Storing goes by the rules of the screen, point by point; what one point is refused for does not stop another.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine

from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.bladverschil import (
    STAAT,
    Bladregel,
    Bladverschil,
    Puntnu,
    compare_regel,
    find_bezwaren,
)
from gebieden.domein.celtekst import clean_tekst
from gebieden.domein.fouten import GebiedenError, InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.puntovergang import Toestandsvelden
from gebieden.domein.rechten import Handeling
from gebieden.domein.werkblad import is_van_gebied
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.gebiedsboom import get_gebiedsboom
from gebieden.opslag.gebruikers import check_gebruiker
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import get_velden, plan_overgang, plan_velden, store_overgang, store_velden
from gebieden.opslag.puntgevolgen import Verleden, load_verleden
from gebieden.opslag.puntwerk import Werk, check_recht_ergens, find_wijziging, load_sleutels, open_punten

AL_OPGESLAGEN: Final = "Was al opgeslagen; er is niets dubbel opgeslagen."
OPGESLAGEN: Final = "Opgeslagen."
_TOESTAND: Final = tuple(Toestandsvelden.__dataclass_fields__)
NIETS_TE_DOEN: Final = "Staat al zo in het dashboard; er was niets op te slaan."


@dataclass(frozen=True, slots=True)
class Beheerpunten:
    """The points of a selection that somebody may change, with what a sheet of them needs besides."""

    punten: list[Agendapunt]
    namen: dict[str, str]
    partners: list[str]
    weggelaten: int


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What became of one row."""

    id: str
    regel: int
    is_opgeslagen: bool
    tekst: str


def load_beheerpunten(conn: Connection, gebruiker: Gebruiker, ids: Sequence[str], op: date) -> Beheerpunten:
    """Return the points of a selection that this person may change, in that order.

    Raise RechtenError when this person may not change points anywhere.
    """
    schrijver = check_gebruiker(conn, gebruiker)
    check_recht_ergens(schrijver, Handeling.PUNT_BEHEREN)
    boom = get_gebiedsboom(conn, op)
    alle = {p.punt.id: p.punt for p in load_punten(conn, schrijver.kijker, op)}
    eigen = schrijver.kijker.list_eigen(boom)
    gekozen = [alle[id_] for id_ in dict.fromkeys(ids) if id_ in alle]
    punten = [punt for punt in gekozen if punt.gebied in eigen]
    partners = {schoon for punt in alle.values() for naam in punt.partners if (schoon := clean_tekst(naam))}
    namen = {code: gebied.naam for code, gebied in boom.gebieden.items()}
    return Beheerpunten(punten, namen, sorted(partners, key=str.casefold), len(gekozen) - len(punten))


def load_verschillen(
    conn: Connection, gebruiker: Gebruiker, regels: Sequence[Bladregel], op: date
) -> tuple[list[Bladverschil], list[Uitkomst]]:
    """Return what these rows would change, and the rows that cannot be about a point of this person.

    Raise RechtenError when this person may not change points anywhere.
    """
    werken = open_punten(conn, gebruiker, [regel.id for regel in regels], op)
    verleden = load_verleden(conn, _list_gevonden(werken))
    verschillen, afgewezen = [], []
    for regel in regels:
        try:
            werk = _check_werk(werken[regel.id], regel)
        except GebiedenError as fout:
            afgewezen.append(Uitkomst(regel.id, regel.regel, False, str(fout)))
            continue
        verschil = compare_regel(regel, _compose_nu(werk, verleden))
        if verschil.cellen:
            verschillen.append(verschil)
    return verschillen, afgewezen


def _list_gevonden(werken: Mapping[str, Werk | GebiedenError]) -> set[str]:
    return {id_ for id_, werk in werken.items() if isinstance(werk, Werk)}


def _check_werk(werk: Werk | GebiedenError, regel: Bladregel) -> Werk:
    """Return the point of a row; raise where it is none, or one of the agenda of another area by now."""
    if isinstance(werk, GebiedenError):
        raise werk
    if not is_van_gebied(regel.gebied, werk.rij["gebied"]):
        raise InvoerError(
            f"Punt {regel.id} hoort in het bestand bij {regel.gebied}, maar in het dashboard bij {werk.rij['gebied']}. "
            "Verwacht: een bestand van dit dashboard en deze agenda. Er is niets opgeslagen. Download het opnieuw."
        )
    return werk


def _compose_nu(werk: Werk, verleden: Mapping[tuple[str, int], Verleden]) -> Puntnu:
    rij, eerder = werk.rij, verleden.get((werk.id, werk.versie), Verleden())
    velden: dict[str, Any] = get_velden(werk) | {veld: rij[veld] for veld in (STAAT, *_TOESTAND)}
    return Puntnu(rij["titel"], rij["gebied"], velden, eerder.kwam_van, eerder.laatste)


def store_regels(
    engine: Engine, gebruiker: Gebruiker, regels: Iterable[Bladregel], *, sleutel: str, op: date
) -> list[Uitkomst]:
    """Store rows, each as a whole or not at all, and return what became of each; sent twice they are stored once.

    All of it is one transaction: when the database fails halfway, nothing is stored. Raise RechtenError when this
    person may not change points anywhere.
    """
    regels = list(regels)
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        werken = open_punten(conn, gebruiker, [regel.id for regel in regels], op)
        gevonden = _list_gevonden(werken)
        verleden = load_verleden(conn, gevonden)
        eerder = load_sleutels(conn, [s for r in regels if r.id in gevonden for s in _compose_sleutels(sleutel, r)])
        return [_try_store(werken[r.id], r, _compose_sleutels(sleutel, r), eerder, verleden) for r in regels]


def _compose_sleutels(sleutel: str, regel: Bladregel) -> tuple[str, str]:
    """Return under which keys the fields and the state of a row are stored."""
    return f"{sleutel}-{regel.id}-velden", f"{sleutel}-{regel.id}-staat"


def _try_store(
    werk: Werk | GebiedenError,
    regel: Bladregel,
    sleutels: tuple[str, str],
    eerder: Collection[str],
    verleden: Mapping[tuple[str, int], Verleden],
) -> Uitkomst:
    try:
        werk = _check_werk(werk, regel)
        is_herhaald = any(find_wijziging(werk.conn, werk.schrijver, s, regel.id) for s in sleutels if s in eerder)
        tekst = AL_OPGESLAGEN if is_herhaald else _store_regel(werk, regel, sleutels, verleden)
    except GebiedenError as fout:
        return Uitkomst(regel.id, regel.regel, False, str(fout))
    return Uitkomst(regel.id, regel.regel, True, tekst)


def _store_regel(
    werk: Werk, regel: Bladregel, sleutels: tuple[str, str], verleden: Mapping[tuple[str, int], Verleden]
) -> str:
    """Store one row; what stands in the way is raised before the first thing is stored."""
    nu = _compose_nu(werk, verleden)
    if bezwaren := find_bezwaren(regel, nu, werk.schrijver.kijker.rol, werk.op):
        raise InvoerError(" ".join(bezwaren))
    velden = plan_velden(werk, *regel.puntvelden)
    overgang = regel.build_overgang(nu.velden, werk.op)
    gepland = plan_overgang(werk, overgang, Verleden(nu.kwam_van, nu.vanaf)) if overgang else None
    was_er_al = store_velden(werk, velden, sleutels[0], regel.waarom).was_er_al
    if gepland:
        store_overgang(werk, gepland, sleutels[1])
    return NIETS_TE_DOEN if was_er_al and not gepland else OPGESLAGEN
