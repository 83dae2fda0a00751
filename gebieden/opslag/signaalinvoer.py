"""One signal by hand: recorded, and taken out again by who recorded it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
from sqlalchemy import Connection, Engine, Row, delete, insert, select

from gebieden.domein.beoordeling import BRONNEN, CATEGORIEEN, Beoordeling, Signaalinvoer, find_persoonsvragen
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.veldregels import check_velden
from gebieden.opslag import tabellen
from gebieden.opslag.bewaartermijn import find_bewaarfout, load_bewaargrenzen
from gebieden.opslag.bulk import Namenregister
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.dossier import Vastgelegd
from gebieden.opslag.dossierwerk import (
    INGETROKKEN,
    check_invulling,
    find_bijwerking,
    insert_stuk,
    note_stuk,
    open_plek,
    open_stuk,
    store_stuk,
    to_rij,
)
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.leveringen import INVOER
from gebieden.opslag.oovsoorten import BEOORDELING
from gebieden.opslag.platwaarden import to_plat
from gebieden.opslag.signaaltelling import Telwerk

MET_DE_HAND: Final = "HAND-"
"""How the id begins of what was recorded on the screen."""


def enter_signaal(engine: Engine, gebruiker: Gebruiker, invoer: Signaalinvoer, *, sleutel: str, op: date) -> Vastgelegd:
    """Store one signal with what is said of it, once however often the form is sent; return its judgement's number.

    Raise RechtenError where this person may not, InvoerError with all faults and questions together.
    """
    with begin_schrijven(engine, Deel.SIGNALEN, Deel.OOV) as conn:
        plek = open_plek(conn, gebruiker, BEOORDELING, invoer.gebied, op)
        if herhaald := find_bijwerking(plek, sleutel):
            return Vastgelegd(herhaald.rij, was_er_al=True)
        invoer = _check_invoer(conn, invoer, op)
        id_ = f"{MET_DE_HAND}{sleutel}"
        _insert_signaal(conn, id_, invoer, op)
        wens = Beoordeling(id_, ernst=invoer.ernst, toelichting=invoer.toelichting, geen_persoon=invoer.geen_persoon)
        velden = check_invulling(conn, BEOORDELING, wens, op)
        nummer = insert_stuk(conn, BEOORDELING, invoer.gebied, velden, op)
        nieuw = {veld: [None, to_plat(waarde)] for veld, waarde in to_rij(velden).items()}
        note_stuk(plek, nummer, sleutel, "toegevoegd", nieuw, "")
        return Vastgelegd(nummer)


def withdraw_signaal(engine: Engine, gebruiker: Gebruiker, nummer: int, *, sleutel: str, op: date) -> Vastgelegd:
    """Take a signal that was recorded by hand out of all counts again; `nummer` is that of its judgement.

    Raise InvoerError for one that was imported: that comes back with the next file.
    """
    with begin_schrijven(engine, Deel.SIGNALEN, Deel.OOV) as conn:
        plek, rij = open_stuk(conn, gebruiker, BEOORDELING, nummer, op, ook_ingetrokken=True)
        if find_bijwerking(plek, sleutel, nummer):
            return Vastgelegd(nummer, was_er_al=True)
        if rij.ingetrokken:
            raise InvoerError("Dit signaal is al ingetrokken. Er is niets veranderd.")
        if not rij.signaal.startswith(MET_DE_HAND):
            raise InvoerError(
                "Dit signaal komt uit een bestand en komt met het volgende bestand terug. Er is niets ingetrokken. "
                "Laat het in het bronsysteem verbeteren, of kies 'Geen actie' met een reden."
            )
        tabel = tabellen.signaal
        signaal = conn.execute(select(tabel).where(tabel.c.id == rij.signaal)).one()
        conn.execute(delete(tabel).where(tabel.c.id == rij.signaal))
        _count(conn, signaal, op, teken=-1)
        store_stuk(plek, nummer, sleutel, INGETROKKEN, {INGETROKKEN: [False, True]}, "")
        return Vastgelegd(nummer)


def load_invoerkeuzes(conn: Connection) -> tuple[list[str], list[str]]:
    """Return the categories and the sources that can be chosen, by name: our own, and all that are stored."""
    return _load_namen(conn, "categorie"), _load_namen(conn, "bron")


def _load_namen(conn: Connection, wat: str) -> list[str]:
    tabel, eigen = {
        "categorie": (tabellen.signaalcategorie, CATEGORIEEN),
        "bron": (tabellen.signaalbron, BRONNEN),
    }[wat]
    bekend = set(conn.scalars(select(tabel.c.naam)))
    return sorted(bekend if bekend and wat == "categorie" else bekend | set(eigen), key=str.casefold)


def _check_invoer(conn: Connection, invoer: Signaalinvoer, op: date) -> Signaalinvoer:
    schoon = check_velden(invoer, op)
    if fouten := list(_find_fouten(conn, schoon, op)):
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")
    return schoon


def _find_fouten(conn: Connection, invoer: Signaalinvoer, op: date) -> Iterator[str]:
    gebied = load_gebiedsboom(conn, op).gebieden.get(invoer.gebied)
    if gebied is None or gebied.niveau not in ("buurt", "wijk"):
        yield f"'{invoer.gebied}' is geen buurt of wijk. Kies een buurt uit de lijst, of tik op de kaart."
    categorieen, bronnen = load_invoerkeuzes(conn)
    for naam, waarde, keuzes in (("Categorie", invoer.categorie, categorieen), ("Van wie", invoer.bron, bronnen)):
        if waarde not in keuzes:
            yield f"Het veld '{naam}' is '{waarde}'. Verwacht: een keuze uit de lijst. Kies opnieuw."
    if verlopen := find_bewaarfout(load_bewaargrenzen(conn, op), invoer.categorie, invoer.datum):
        yield verlopen
    namen = conn.scalars(select(tabellen.gebied.c.naam).distinct())
    yield from find_persoonsvragen(invoer, ("toelichting",), list(namen))


def _insert_signaal(conn: Connection, id_: str, invoer: Signaalinvoer, op: date) -> None:
    een = np.zeros(1, dtype=np.int64)
    kenmerken = {
        "categorie": Namenregister(conn, tabellen.signaalcategorie).translate([invoer.categorie], een),
        "bron": Namenregister(conn, tabellen.signaalbron).translate([invoer.bron], een),
        "gebied": Namenregister(conn, tabellen.signaalgebied).translate([invoer.gebied], een),
    }
    waarden = {naam: int(nummers[0]) for naam, nummers in kenmerken.items()}
    dag = (invoer.datum - date(1970, 1, 1)).days
    conn.execute(insert(tabellen.signaal).values(id=id_, dag=dag, **waarden))
    _count(conn, conn.execute(select(tabellen.signaal).where(tabellen.signaal.c.id == id_)).one(), op)


def _count(conn: Connection, rij: Row, op: date, *, teken: int = 1) -> None:
    telwerk = Telwerk()
    telwerk.add([rij.gebied], [rij.categorie], [rij.dag], teken=teken)
    telwerk.save(conn, op, INVOER)
