"""Several signals judged at once: all of them, or none with a sentence that says which ones cannot."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Final

from sqlalchemy import Connection, Engine, select

from gebieden.domein.beoordeling import Beoordeling, Zaak, Zwaarte
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.overgangen import Richting
from gebieden.domein.rechten import Handeling, Kijker, Rol
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat
from gebieden.domein.taal import format_aantal
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.dossier import add_in_transactie, change_in_transactie, undo_in_transactie
from gebieden.opslag.dossierwaarden import read_velden
from gebieden.opslag.dossierwerk import journaal, open_plek
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.oovgevolgen import load_gebied_van
from gebieden.opslag.oovsoorten import BEOORDELING, ZAAK
from gebieden.opslag.puntwerk import check_recht_ergens

MEESTE: Final = 50
"""So many signals are judged at once, at most."""

# Judging comes first; a person who says at once what is done with a signal has judged it.
_EERST_BEOORDELEN: Final = frozenset({Signaalstaat.BINNENGEKOMEN, Signaalstaat.HEROPEND})


@dataclass(frozen=True, slots=True)
class Groepsoordeel:
    """What is said of several signals: their state from now on, and what that state asks for.

    `ernst` None leaves how serious they are as it is. Bundled, they go to the matter `zaak`, or to a new one of this
    name and category.
    """

    naar: Signaalstaat
    reden: str = ""
    resultaat: str = ""
    ernst: Zwaarte | None = None
    zaak: int | None = None
    nieuwe_zaak: str = ""
    categorie: str = ""
    geen_persoon: bool = False


@dataclass(frozen=True, slots=True)
class Gevolg:
    """What was written: per judgement (its number) how many steps, and the matter that was made for it, if any."""

    stappen: Mapping[int, int]
    nieuwe_zaak: int | None = None


@dataclass(frozen=True, slots=True)
class _Signaal:
    """A signal as it was judged: where it lies, and the number and the words of its judgement if it has one."""

    gebied: str
    nummer: int | None
    nu: Beoordeling


def judge_signalen(
    engine: Engine, gebruiker: Gebruiker, ids: Sequence[str], oordeel: Groepsoordeel, *, sleutel: str, op: date
) -> Gevolg:
    """Judge these signals (ids) in one transaction, once however often the form is sent.

    Raise RechtenError where this person may not, InvoerError with all objections and which signals they are about:
    then nothing is stored.
    """
    check_recht_ergens(gebruiker, Handeling.SIGNAAL)
    sleutels = (f"{sleutel}-{nummer}" for nummer in count())
    with begin_schrijven(engine, Deel.OOV) as conn:
        if conn.scalar(select(journaal.c.nummer).where(journaal.c.sleutel == f"{sleutel}-0")):
            return Gevolg({})
        signalen = [_open_signaal(conn, gebruiker, id_, op) for id_ in dict.fromkeys(ids)]
        _check_samen(signalen, oordeel)
        zaak, nieuw = oordeel.zaak, None
        if oordeel.naar is Signaalstaat.GEBUNDELD and zaak is None:
            boom = load_gebiedsboom(conn, op)
            waar = determine_zaakgebied(boom, gebruiker.kijker, [s.gebied for s in signalen])
            velden = Zaak(oordeel.nieuwe_zaak, oordeel.categorie, geen_persoon=oordeel.geen_persoon)
            zaak = nieuw = add_in_transactie(conn, gebruiker, ZAAK, waar, velden, sleutel=next(sleutels), op=op).nummer
        stappen = dict(_judge(conn, gebruiker, s, replace(oordeel, zaak=zaak), sleutels, op) for s in signalen)
        return Gevolg(stappen, nieuw)


def list_bereikbaar(staten: Collection[Signaalstaat]) -> list[Signaalstaat]:
    """Return to which states signals in these states can be brought at once, in the order of the table."""
    return [naar for naar in Signaalstaat if any(_is_bereikbaar(van, naar) for van in staten)]


def _is_bereikbaar(van: Signaalstaat, naar: Signaalstaat) -> bool:
    # What is bundled can go to another matter.
    is_andere_zaak = van is naar is Signaalstaat.GEBUNDELD
    return is_andere_zaak or SIGNAAL_MACHINE.is_toegestaan(van, naar) or _is_via_beoordeeld(van, naar)


def undo_oordelen(engine: Engine, gebruiker: Gebruiker, gevolg: Gevolg, *, sleutel: str, op: date) -> None:
    """Take back what this person judged at once; all of it, or nothing when somebody changed one of them since."""
    sleutels = (f"{sleutel}-{nummer}" for nummer in count())
    with begin_schrijven(engine, Deel.OOV) as conn:
        for nummer, stappen in gevolg.stappen.items():
            for _ in range(stappen):
                undo_in_transactie(conn, gebruiker, BEOORDELING, nummer, sleutel=next(sleutels), op=op)
        if gevolg.nieuwe_zaak is not None:
            undo_in_transactie(conn, gebruiker, ZAAK, gevolg.nieuwe_zaak, sleutel=next(sleutels), op=op)


def determine_zaakgebied(boom: Gebiedsboom, kijker: Kijker, gebieden: Sequence[str]) -> str:
    """Return the smallest of this person's own areas that holds all of these; raise InvoerError when there is none."""
    samen = frozenset.intersection(*(boom.get_houders(code) for code in gebieden))
    eigen = [code for code in samen if kijker.is_eigen(code, boom)]
    if not eigen:
        raise InvoerError(
            "Deze signalen liggen niet samen in één van uw eigen gebieden. Er is niets opgeslagen. "
            "Bundel per gebied, of vraag beheer om een groter eigen gebied."
        )
    return min(eigen, key=lambda code: (len(boom.buurten[code]), boom.gebieden[code].niveau != "buurt", code))


def _open_signaal(conn: Connection, gebruiker: Gebruiker, id_: str, op: date) -> _Signaal:
    gebied = load_gebied_van(conn, id_)
    if gebied is None:
        raise InvoerError("Een van deze signalen is er niet (meer). Er is niets opgeslagen. Kies opnieuw uit de lijst.")
    open_plek(conn, gebruiker, BEOORDELING, gebied, op)
    tabel = tabellen.beoordeling
    rij = conn.execute(select(tabel).where(tabel.c.signaal == id_, ~tabel.c.ingetrokken)).mappings().first()
    if rij is None:
        return _Signaal(gebied, None, Beoordeling(id_))
    return _Signaal(gebied, rij["nummer"], read_velden(Beoordeling, rij))


def _check_samen(signalen: Sequence[_Signaal], oordeel: Groepsoordeel) -> None:
    """Raise InvoerError with every objection once, and of how many signals, and which, it is true."""
    if not 0 < len(signalen) <= MEESTE:
        raise InvoerError(f"U koos {len(signalen)} signalen. Verwacht: 1 tot en met {MEESTE}. Er is niets opgeslagen.")
    per_bezwaar: dict[str, list[str]] = defaultdict(list)
    for signaal in signalen:
        for bezwaar in _find_bezwaren(signaal.nu, oordeel):
            per_bezwaar[bezwaar].append(signaal.nu.signaal)
    if per_bezwaar:
        regels = [
            f"{bezwaar} (geldt voor {format_aantal(len(ids), 'signaal', 'signalen')}: {', '.join(ids)})"
            for bezwaar, ids in per_bezwaar.items()
        ]
        raise InvoerError(f"{' '.join(regels)} Er is niets opgeslagen, ook niet voor de andere signalen.")


def _find_bezwaren(nu: Beoordeling, oordeel: Groepsoordeel) -> Iterator[str]:
    standen = _list_standen(nu, oordeel)
    if standen == [nu] and oordeel.naar is not Signaalstaat.GEBUNDELD:
        yield f"Dit staat al op '{SIGNAAL_MACHINE.toestanden[nu.staat].naam}'. Kies een andere stand."
    for oud, nieuw in zip([nu, *standen], standen, strict=False):
        if nieuw.staat is not oud.staat:
            velden = {"reden": oordeel.reden, "resultaat": oordeel.resultaat, "waarom": oordeel.reden}
            yield from SIGNAAL_MACHINE.collect_bezwaren(oud.staat, nieuw.staat, Rol.OOV, velden)


def _list_standen(nu: Beoordeling, oordeel: Groepsoordeel) -> list[Beoordeling]:
    """Return what is stored of a signal one after another: a step that comes first, and what was asked for."""
    is_zelfde = nu.staat is oordeel.naar
    laatste = replace(
        nu,
        staat=oordeel.naar,
        ernst=oordeel.ernst or nu.ernst,
        zaak=oordeel.zaak if oordeel.naar is Signaalstaat.GEBUNDELD else None,
        reden=oordeel.reden or (nu.reden if is_zelfde else ""),
        resultaat=oordeel.resultaat or (nu.resultaat if is_zelfde else ""),
        geen_persoon=nu.geen_persoon or oordeel.geen_persoon,
    )
    if _is_via_beoordeeld(nu.staat, oordeel.naar):
        return [replace(nu, staat=Signaalstaat.BEOORDEELD), laatste]
    return [laatste]


def _is_via_beoordeeld(van: Signaalstaat, naar: Signaalstaat) -> bool:
    """Return whether a signal is judged first, within one thing that somebody does."""
    stap = SIGNAAL_MACHINE.find_stap(Signaalstaat.BEOORDEELD, naar)
    return van in _EERST_BEOORDELEN and stap is not None and stap.richting is not Richting.TERUG


def _judge(
    conn: Connection, gebruiker: Gebruiker, signaal: _Signaal, oordeel: Groepsoordeel, sleutels: Iterator[str], op: date
) -> tuple[int, int]:
    """Store a judgement step by step, and return its number with how many steps were stored."""
    standen = _list_standen(signaal.nu, oordeel)
    nummer, nu, stappen = signaal.nummer, signaal.nu, 0
    if nummer is None:
        nu, *standen = standen
        nummer = add_in_transactie(
            conn, gebruiker, BEOORDELING, signaal.gebied, nu, sleutel=next(sleutels), op=op
        ).nummer
        stappen = 1
    for stand in standen:
        vastgelegd = change_in_transactie(
            conn, gebruiker, BEOORDELING, nummer, nu, stand, sleutel=next(sleutels), op=op, waarom=oordeel.reden
        )
        nu, stappen = stand, stappen + (not vastgelegd.was_er_al)
    return nummer, stappen
