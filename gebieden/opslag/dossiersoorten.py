"""Which kinds of things are kept beside the points of an agenda, and who keeps them."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from sqlalchemy import Connection, Table, func, select

from gebieden.domein.afstemming import Afstemming
from gebieden.domein.convenant import Afspraak, Convenant, check_convenantstap, find_convenantfouten, list_mogelijk
from gebieden.domein.kant import Kant
from gebieden.domein.oordeel import Bewonersoordeel, Oordeel
from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.partner import Inzet, Partner, find_contactfouten, find_naamfouten
from gebieden.domein.rechten import Handeling
from gebieden.domein.stap import Stap
from gebieden.domein.wens import Wens
from gebieden.opslag import tabellen
from gebieden.opslag.dossierwaarden import read_velden
from gebieden.opslag.dossierwerk import Dossiersoort


def _find_onbekend(conn: Connection, tabel: Table, wat: str, nummers: Collection[int]) -> Iterator[str]:
    if not nummers:
        return
    vraag = select(tabel.c.nummer).where(tabel.c.nummer.in_(nummers), ~tabel.c.ingetrokken)
    aanwezig = set(conn.scalars(vraag))
    yield from (
        f"{wat} {nummer} is er niet (meer). Kies er een uit de lijst." for nummer in nummers if nummer not in aanwezig
    )


def _find_onbekende_punten(conn: Connection, ids: Iterable[str]) -> Iterator[str]:
    gezocht = [id_ for id_ in ids if id_]
    punt = tabellen.agendapunt
    # PostgreSQL refuses to look for a NUL, and no id has one.
    vraag = select(punt.c.id).where(punt.c.id.in_([id_ for id_ in gezocht if "\x00" not in id_]))
    aanwezig = set(conn.scalars(vraag)) if gezocht else set()
    yield from (f"Agendapunt '{i}' bestaat niet. Kies een punt uit de lijst." for i in gezocht if i not in aanwezig)


def _find_dubbele_namen(conn: Connection, partner: Partner, nummer: int | None) -> Iterator[str]:
    tabel = tabellen.partner
    rijen = conn.execute(select(tabel).where(~tabel.c.ingetrokken)).mappings()
    yield from find_naamfouten(partner, [read_velden(Partner, rij) for rij in rijen if rij["nummer"] != nummer])


def _find_gebruik(conn: Connection, nummer: int) -> Iterator[str]:
    """Yield where a partner is still named."""
    convenant = tabellen.convenant
    partners = conn.scalars(select(convenant.c.partners).where(~convenant.c.ingetrokken))
    aantallen = {"convenant": sum(nummer in in_convenant for in_convenant in partners)}
    for tabel in (tabellen.afspraak, tabellen.inzet):
        vraag = select(func.count()).select_from(tabel).where(tabel.c.partner == nummer, ~tabel.c.ingetrokken)
        aantallen[tabel.name] = conn.scalar(vraag) or 0
    if waar := [f"{wat} ({aantal})" for wat, aantal in aantallen.items() if aantal]:
        yield (
            f"Deze partner staat nog bij: {', '.join(waar)}. Verwacht: nergens meer. "
            "Haal de partner daar eerst weg, en trek hem dan in."
        )


def _find_inzetfouten(conn: Connection, inzet: Inzet) -> Iterator[str]:
    yield from find_contactfouten(inzet)
    yield from _find_onbekend(conn, tabellen.partner, "Partner", [inzet.partner])


def _find_convenantfouten(conn: Connection, convenant: Convenant) -> Iterator[str]:
    yield from find_convenantfouten(convenant)
    yield from _find_onbekend(conn, tabellen.partner, "Partner", convenant.partners)


def _find_al_voorbij(conn: Connection, convenant: Convenant, nummer: int | None) -> Iterator[str]:
    if nummer is None and convenant.staat not in list_mogelijk(None):
        yield "Een nieuw convenant kan niet al zijn beëindigd. Kies een andere stand."


def _find_afspraakfouten(conn: Connection, afspraak: Afspraak) -> Iterator[str]:
    yield from _find_onbekend(conn, tabellen.partner, "Partner", [afspraak.partner])
    yield from _find_onbekende_punten(conn, [afspraak.agendapunt])


def _find_besluitfouten(conn: Connection, besluit: Besluit) -> Iterator[str]:
    yield from _find_onbekend(conn, tabellen.overleg, "Overleg", [besluit.overleg])
    yield from _find_onbekende_punten(conn, [besluit.agendapunt])


def _find_afgesloten(conn: Connection, nummers: Collection[int]) -> Iterator[str]:
    tabel = tabellen.overleg
    if conn.scalar(select(func.count()).where(tabel.c.nummer.in_(nummers), tabel.c.is_afgesloten)):
        yield "Dit overleg is afgesloten. Heropen het eerst."


def _list_overleg_van(conn: Connection, nummer: int | None) -> list[int]:
    tabel = tabellen.besluit
    return list(conn.scalars(select(tabel.c.overleg).where(tabel.c.nummer == nummer)))


def _find_lijst_dicht(conn: Connection, besluit: Besluit, nummer: int | None) -> Iterator[str]:
    """Yield that the list is closed that a decision would come in, or that it is in now."""
    yield from _find_afgesloten(conn, [besluit.overleg, *_list_overleg_van(conn, nummer)])


def _find_zelf_afgesloten(conn: Connection, nummer: int) -> Iterator[str]:
    yield from _find_afgesloten(conn, [nummer])


def _find_eigen_lijst_dicht(conn: Connection, nummer: int) -> Iterator[str]:
    yield from _find_afgesloten(conn, _list_overleg_van(conn, nummer))


def _find_wensfouten(conn: Connection, wens: Wens) -> Iterator[str]:
    yield from _find_onbekende_punten(conn, wens.punten)


def _find_oordeelfouten(conn: Connection, oordeel: Bewonersoordeel) -> Iterator[str]:
    # It would take the place of what residents did say.
    if oordeel.oordeel is Oordeel.NIET_GEVRAAGD:
        yield "'Niet gevraagd' is geen oordeel: zonder oordeel staat er al dat het niet is gevraagd. Kies een ander."


STAP: Final = Dossiersoort(tabellen.stap, Stap, Handeling.PUNT_BEHEREN)
OORDEEL: Final = Dossiersoort(tabellen.oordeel, Bewonersoordeel, Handeling.PUNT_BEHEREN, _find_oordeelfouten)
AFSTEMMING: Final = Dossiersoort(tabellen.afstemming, Afstemming, Handeling.PUNT_BEHEREN)
WENS: Final = Dossiersoort(tabellen.wens, Wens, Handeling.PUNT_VOORSTELLEN, _find_wensfouten, is_geteld=True)
KANT: Final = Dossiersoort(tabellen.kant, Kant, Handeling.PUNT_VOORSTELLEN)
PARTNER: Final = Dossiersoort(
    tabellen.partner, Partner, Handeling.CONVENANT, find_naast=_find_dubbele_namen, find_bezwaren=_find_gebruik
)
INZET: Final = Dossiersoort(tabellen.inzet, Inzet, Handeling.CONVENANT, _find_inzetfouten)
CONVENANT: Final = Dossiersoort(
    tabellen.convenant,
    Convenant,
    Handeling.CONVENANT,
    _find_convenantfouten,
    check_convenantstap,
    find_naast=_find_al_voorbij,
)
AFSPRAAK: Final = Dossiersoort(tabellen.afspraak, Afspraak, Handeling.CONVENANT, _find_afspraakfouten)
OVERLEG: Final = Dossiersoort(tabellen.overleg, Overleg, Handeling.PUNT_BEHEREN, find_bezwaren=_find_zelf_afgesloten)
BESLUIT: Final = Dossiersoort(
    tabellen.besluit,
    Besluit,
    Handeling.PUNT_BEHEREN,
    _find_besluitfouten,
    find_naast=_find_lijst_dicht,
    find_bezwaren=_find_eigen_lijst_dicht,
)
