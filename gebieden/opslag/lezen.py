"""Reading what a person may see. Rights are enforced here, whatever page asks."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from gebieden.domein.agendapunt import Agendapunt, Puntsoort, Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.dekking import GEEN_GELD
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.initiatief import Initiatief, Initiatiefstaat
from gebieden.domein.punt import Punt as Punt
from gebieden.domein.rechten import Kijker
from gebieden.domein.thema import Thema
from gebieden.opslag import tabellen
from gebieden.opslag.berichtketen import is_geldig, load_gecorrigeerd, to_bericht
from gebieden.opslag.onderwerpen import load_onderwerpen
from gebieden.opslag.stand import (
    Ids,
    load_agendas,
    load_geldstand,
    load_laatste,
    read_bedrag,
    read_themas,
    select_ids_in,
    select_punten,
)

AFGESCHERMDE_TITEL = "Niet-openbaar punt"


def load_punten(
    conn: Connection,
    kijker: Kijker,
    peildatum: date,
    gebieden: Collection[str] | None = None,
    ids: Ids | None = None,
) -> list[Punt]:
    """Return every point that counts on the peildatum, by id; without its text where that may not be read.

    `gebieden` narrows it to the points on the agendas of these areas, `ids` to these points: no more are read.
    """
    agendas = load_agendas(conn, peildatum)
    ids = ids if gebieden is None else select_ids_in(gebieden)
    laatste, geld = load_laatste(conn, peildatum, ids), load_geldstand(conn, peildatum, ids)
    punten = []
    for rij, in_versie in select_punten(conn, agendas, peildatum, ids):
        # Another version of the point may be on the agenda of another area.
        if gebieden is not None and rij["gebied"] not in gebieden:
            continue
        punt = _to_agendapunt(rij, agendas if in_versie else {})
        if not kijker.mag_tekst(punt.openbaar):
            punt = _mask_punt(punt)
        punten.append(Punt(punt, in_versie, laatste.get(punt.id), geld.get(punt.id, GEEN_GELD)))
    return sorted(punten, key=lambda p: p.punt.id)


def load_alle_punten(conn: Connection, kijker: Kijker) -> list[Agendapunt]:
    """Return every point in every version, by id and version (in no version first).

    Masked as `load_punten` does, also where only a later version of the point is not public.
    """
    versies = {(r.gebied, r.versie): r.datum for r in conn.execute(select(tabellen.agenda_versie))}
    tabel = tabellen.agendapunt
    rijen = list(conn.execute(select(tabel).order_by(tabel.c.id, tabel.c.versie)).mappings())
    openbaar = {rij["id"]: rij["openbaar"] for rij in rijen}
    punten = []
    for rij in rijen:
        datum = versies.get((rij["gebied"], rij["versie"]))
        punt = _to_agendapunt(dict(rij), {rij["gebied"]: (rij["versie"], datum)} if datum else {})
        mag = kijker.mag_tekst(punt.openbaar and openbaar[punt.id])
        punten.append(punt if mag else _mask_punt(punt))
    return punten


def load_versiepunten(conn: Connection, kijker: Kijker, gebied: str, versie: int, peildatum: date) -> list[Agendapunt]:
    """Return the points of one version of the agenda of an area, by id, as they stood in it on the peildatum.

    Masked as in `load_alle_punten`.
    """
    agendas = {gebied: (versie, peildatum)}
    rijen = [r for r, in_versie in select_punten(conn, agendas, peildatum) if in_versie]
    tabel = tabellen.agendapunt
    vraag = select(tabel.c.id, tabel.c.openbaar).order_by(tabel.c.versie)
    openbaar = {rij.id: rij.openbaar for rij in conn.execute(vraag)}
    punten = [_to_agendapunt(rij, agendas) for rij in rijen]
    gemaskeerd = [p if kijker.mag_tekst(p.openbaar and openbaar[p.id]) else _mask_punt(p) for p in punten]
    return sorted(gemaskeerd, key=lambda p: p.id)


def load_initiatieven(conn: Connection, kijker: Kijker) -> list[Initiatief]:
    """Return every initiative, by id; without its text and amounts where that may not be read."""
    rijen = conn.execute(select(tabellen.initiatief).order_by(tabellen.initiatief.c.id)).mappings()
    initiatieven = [_to_initiatief(dict(rij)) for rij in rijen]
    return [i if kijker.mag_tekst(i.openbaar) else _mask_initiatief(i) for i in initiatieven]


def load_berichten(
    conn: Connection,
    kijker: Kijker,
    boom: Gebiedsboom,
    peildatum: date,
    *,
    soort: Berichtsoort | None = None,
    ids: Collection[str] | None = None,
) -> list[Bericht]:
    """Return the berichten on or before the peildatum that may be read, newest first.

    Of a bericht that was corrected the last version is what counts, also for who may read it; one that was withdrawn
    is left out. What it said before is in `eerder`, for who may read internal berichten there.
    """
    tabel = tabellen.bericht
    vraag = select(tabel).where(is_geldig(), tabel.c.datum <= peildatum)
    if soort is not None:
        vraag = vraag.where(tabel.c.soort == soort)
    if ids is not None:
        vraag = vraag.where(tabel.c.id.in_(ids))
    over = load_onderwerpen(conn, peildatum, ids=ids)
    eerdere = load_gecorrigeerd(conn)
    berichten = []
    for rij in conn.execute(vraag.order_by(tabel.c.datum.desc(), tabel.c.nummer.desc())):
        onderwerp = over.get((rij.soort, rij.id))
        if onderwerp and kijker.mag_bericht(rij.openbaar, onderwerp.openbaar, onderwerp.gebied, boom):
            mag_eerder = kijker.mag_bericht(False, onderwerp.openbaar, onderwerp.gebied, boom)
            berichten.append(to_bericht(rij, eerdere if mag_eerder else {}))
    return berichten


def _mask_punt(punt: Agendapunt) -> Agendapunt:
    return replace(
        punt,
        titel=AFGESCHERMDE_TITEL,
        omschrijving="",
        trekker="",
        partners=(),
        reden="",
        wie_besloot="",
        aan_wie="",
        wie_borgt="",
        eenheid="",
        wethouder="",
        herkomst="",
        lon=None,
        lat=None,
    )


def _mask_initiatief(initiatief: Initiatief) -> Initiatief:
    return replace(initiatief, titel="Niet-openbaar initiatief", omschrijving="", aangevraagd=None, toegekend=None)


def _to_agendapunt(rij: Mapping[str, Any], agendas: Mapping[str, tuple[int, date]]) -> Agendapunt:
    return Agendapunt(
        id=rij["id"],
        gebied=rij["gebied"],
        titel=rij["titel"],
        themas=read_themas(tuple(rij["themas"])),
        staat=Staat(rij["staat"]),
        versie=rij["versie"] or None,
        versiedatum=agendas[rij["gebied"]][1] if rij["gebied"] in agendas else None,
        omschrijving=rij["omschrijving"],
        soort=Puntsoort(rij["soort"]) if rij["soort"] else None,
        trekker=rij["trekker"],
        partners=tuple(rij["partners"]),
        afgesproken_gereed=rij["afgesproken_gereed"],
        wacht_op=WachtOp(rij["wacht_op"]) if rij["wacht_op"] else None,
        reden=rij["reden"],
        wie_besloot=rij["wie_besloot"],
        aan_wie=rij["aan_wie"],
        bevestigd=rij["bevestigd"],
        wie_borgt=rij["wie_borgt"],
        terugkijken_op=rij["terugkijken_op"],
        eenheid=rij["eenheid"],
        wethouder=rij["wethouder"],
        benodigd=read_bedrag(rij),
        openbaar=rij["openbaar"],
        bijgewerkt_op=rij["bijgewerkt_op"],
        herkomst=rij["herkomst"],
        lon=rij["lon"],
        lat=rij["lat"],
    )


def _to_initiatief(rij: Mapping[str, Any]) -> Initiatief:
    return Initiatief(
        id=rij["id"],
        gebied=rij["gebied"],
        titel=rij["titel"],
        themas=tuple(Thema(t) for t in rij["themas"]),
        staat=Initiatiefstaat(rij["staat"]),
        omschrijving=rij["omschrijving"],
        aangevraagd=rij["aangevraagd"],
        toegekend=rij["toegekend"],
        ingediend_op=rij["ingediend_op"],
        besluit_op=rij["besluit_op"],
        openbaar=rij["openbaar"],
    )
