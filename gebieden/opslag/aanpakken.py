"""What the counts say of aanpakken: comparison areas proposed before, the measurement after; as far as one may know.

The counts are unsuppressed, so who may know what is decided here, where they are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from gebieden.analyse.aanpakoordeel import Aanpakinstellingen, judge_aanpak
from gebieden.analyse.aanpakperiode import Perioderegel
from gebieden.analyse.nabuurschap import find_nabijen
from gebieden.analyse.vergelijking import determine_rand, propose_vergelijking
from gebieden.domein.aanpak import Aanpak, Aanpakregistratie, Verwachting
from gebieden.domein.aanpakuitkomst import (
    Aanpakontwerp,
    Aanpakuitkomst,
    Richting,
    Vergelijkgebied,
    Verplaatsingsoordeel,
)
from gebieden.domein.aanpakzin import describe_vergelijkgebied
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.registratie import list_storingen
from gebieden.opslag import tabellen
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.gebieden import load_gebiedsboom, load_grenzen
from gebieden.opslag.oovsoorten import AANPAK
from gebieden.opslag.signaalpublicatie import load_drempels, load_groepen
from gebieden.opslag.weekpanelen import Vroeginvoer, get_wachtdagen, load_vroeginvoer

_WEKEN_PER_JAAR: Final = 52


@dataclass(frozen=True, slots=True)
class Voorstelgebied:
    """An area for or against in a comparison, and why in one sentence."""

    code: str
    past: bool
    reden: str


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What a person is asked to confirm; `heeft_tellingen` False: the counts do not reach back far enough."""

    rand: tuple[str, ...]
    doel: tuple[Voorstelgebied, ...]
    rond: tuple[Voorstelgebied, ...]
    heeft_tellingen: bool = True


@dataclass(frozen=True, slots=True)
class Aanpakbeeld:
    """What somebody may know of the measurement: `uitkomst` is None for who gets the verdict in words only.

    `oordeel` is None as long as it is too early; `op_zijn_vroegst` is when it may be there. `opmerkingen` are changes
    in the way of registering meanwhile.
    """

    oordeel: Verplaatsingsoordeel | None
    uitkomst: Aanpakuitkomst | None
    op_zijn_vroegst: date
    opmerkingen: tuple[str, ...] = ()


def load_registraties(conn: Connection, kijker: Kijker) -> dict[int, Aanpakregistratie]:
    """Return when each aanpak (by number) was registered, for who may read aanpakken."""
    if kijker.rol not in (AANPAK.lezers or ()):
        return {}
    tabel = tabellen.aanpakregistratie
    return {r.aanpak: Aanpakregistratie(r.datum, r.moment, r.vingerafdruk) for r in conn.execute(select(tabel))}


def load_categorieen(conn: Connection) -> list[str]:
    """Return the categories in which is counted."""
    return load_groepen(conn)[0]


def may_see_cijfers(kijker: Kijker, aanpak: Aanpak, boom: Gebiedsboom) -> bool:
    """Return whether this person may see the figures: all areas that they are about are their own."""
    return all(kijker.mag_in(Handeling.AANPAK, code, boom) for code in aanpak.alle_gebieden)


def load_voorstel(conn: Connection, kijker: Kijker, peildatum: date, aanpak: Aanpak) -> Voorstel:
    """Return the areas around a plan and the comparisons, from counts of before it only.

    Of areas that are not this person's own the sentence holds no figures. Raise RechtenError for anybody but oov with
    the target in its own areas.
    """
    boom = load_gebiedsboom(conn, peildatum)
    if not all(kijker.mag_in(Handeling.AANPAK, code, boom) for code in aanpak.gebieden):
        raise RechtenError("Vergelijkingsbuurten kiezen kan alleen voor een aanpak in de eigen gebieden.")
    buren = _load_buren(conn, boom)
    rand = determine_rand(aanpak.gebieden, buren)
    reeksen = _select_reeksen(load_vroeginvoer(conn, peildatum), aanpak.categorie)
    if reeksen is None or not set(aanpak.gebieden) <= set(reeksen.codes):
        return Voorstel(tuple(sorted(rand)), (), (), heeft_tellingen=False)
    voorstel = propose_vergelijking(
        reeksen.tellingen,
        reeksen.codes,
        reeksen.weken,
        set(aanpak.gebieden),
        aanpak.begin,
        Perioderegel(aanpak.weken, aanleiding=aanpak.uitgesloten_weken),
        buren,
        _load_behandeld(conn, peildatum, aanpak),
    )
    if voorstel is None:
        return Voorstel(tuple(sorted(rand)), (), (), heeft_tellingen=False)

    def tell(gebieden: Sequence[Vergelijkgebied], met: Sequence[str]) -> tuple[Voorstelgebied, ...]:
        mag = all(kijker.mag_in(Handeling.AANPAK, code, boom) for code in met)
        return tuple(
            Voorstelgebied(
                g.code,
                g.afwijzing is None,
                describe_vergelijkgebied(g, met_getallen=mag and kijker.mag_in(Handeling.AANPAK, g.code, boom)),
            )
            for g in gebieden
        )

    doel = tell((*voorstel.doelcontrole, *voorstel.afgewezen_doel), aanpak.gebieden)
    rond = tell((*voorstel.randcontrole, *voorstel.afgewezen_rand), voorstel.rand)
    return Voorstel(voorstel.rand, doel, rond)


def load_aanpakbeeld(conn: Connection, kijker: Kijker, peildatum: date, nummer: int) -> Aanpakbeeld:
    """Return what is known of a registered aanpak on the peildatum, as far as this person may know.

    Raise InvoerError for what is not registered, or is not as it was registered.
    """
    aanpak = next((s.velden for s in load_stukken(conn, AANPAK, kijker, peildatum) if s.nummer == nummer), None)
    registratie = load_registraties(conn, kijker).get(nummer)
    if aanpak is None or registratie is None:
        raise InvoerError("Van deze aanpak is er geen uitkomst: eerst registreren, dan kijken.")
    if aanpak.vingerafdruk != registratie.vingerafdruk:
        raise InvoerError(
            "De opzet van deze aanpak is niet meer zoals hij is geregistreerd. Daarom geven we geen uitkomst. "
            "Laat beheer een reservekopie terugzetten."
        )
    invoer = load_vroeginvoer(conn, peildatum)
    wachten = invoer.volledigheid.vanaf_dagen if invoer else get_wachtdagen(conn)
    # Held back are so many days from the Sunday of the last week on; a running week always is.
    vroegst = aanpak.na_afloop + timedelta(days=max(0, wachten - 1))
    reeksen = _select_reeksen(invoer, aanpak.categorie)
    if invoer is None or reeksen is None or reeksen.weken[-1] + timedelta(weeks=1) < aanpak.na_afloop:
        return Aanpakbeeld(None, None, vroegst)
    boom = load_gebiedsboom(conn, peildatum)
    if not aanpak.alle_gebieden <= set(reeksen.codes) or not aanpak.ring or not aanpak.vergelijking:
        reden = "zonder gebieden eromheen, of zonder tellingen van elk gebied, valt verplaatsing niet te meten"
        uitkomst = Aanpakuitkomst(Verplaatsingsoordeel.TE_WEINIG, None, (reden,))
    else:
        uitkomst = _judge(conn, peildatum, aanpak, reeksen, _load_buren(conn, boom))
    zichtbaar = uitkomst if may_see_cijfers(kijker, aanpak, boom) else None
    return Aanpakbeeld(uitkomst.oordeel, zichtbaar, vroegst, _list_opmerkingen(invoer, aanpak))


@dataclass(frozen=True, slots=True)
class _Reeksen:
    """Counts of one category: areas (`codes`) × weeks (Mondays), up to the newest week that is complete enough."""

    tellingen: npt.NDArray[np.int64]
    codes: tuple[str, ...]
    weken: list[date]


def _select_reeksen(invoer: Vroeginvoer | None, categorie: str) -> _Reeksen | None:
    if invoer is None or invoer.laatste is None:
        return None
    panel = invoer.panels["buurt"]
    if categorie not in panel.categorieen:
        return None
    tot = panel.find_week(invoer.laatste) + 1
    tellingen = panel.tellingen[:, panel.categorieen.index(categorie), :tot]
    return _Reeksen(tellingen.astype(np.int64), panel.gebieden, panel.maandagen[:tot].astype(object).tolist())


def _list_opmerkingen(invoer: Vroeginvoer, aanpak: Aanpak) -> tuple[str, ...]:
    houders = {code: invoer.boom.get_houders(code) for code in aanpak.alle_gebieden}
    van = aanpak.begin - timedelta(weeks=_WEKEN_PER_JAAR + 1)
    args = (aanpak.alle_gebieden, aanpak.categorie, van, aanpak.na_afloop, houders)
    return tuple(list_storingen(invoer.wijzigingen, *args))


def _judge(
    conn: Connection, peildatum: date, aanpak: Aanpak, reeksen: _Reeksen, buren: Mapping[str, frozenset[str]]
) -> Aanpakuitkomst:
    ontwerp = Aanpakontwerp(
        doel=frozenset(aanpak.gebieden),
        rand=frozenset(aanpak.ring),
        doelcontrole=frozenset(aanpak.vergelijking),
        randcontrole=frozenset(aanpak.vergelijking_ring),
        start=aanpak.begin,
        duur=aanpak.weken,
        richting=Richting.DALING if aanpak.verwachting is Verwachting.MINDER else Richting.STIJGING,
        behandeld=_load_behandeld(conn, peildatum, aanpak) - aanpak.alle_gebieden,
    )
    # As many as make a count public, so that a verdict in words gives nothing away either.
    (drempel,) = load_drempels(conn, [aanpak.categorie])
    instellingen = Aanpakinstellingen(aanleiding=aanpak.uitgesloten_weken, minimum=max(5, drempel))
    return judge_aanpak(reeksen.tellingen, reeksen.codes, reeksen.weken, ontwerp, buren, instellingen)


def _load_buren(conn: Connection, boom: Gebiedsboom) -> dict[str, frozenset[str]]:
    grenzen = load_grenzen(conn, boom, "buurt")
    return find_nabijen(dict(zip(grenzen["code"], grenzen.geometry, strict=True)))


def _load_behandeld(conn: Connection, peildatum: date, behalve: Aanpak) -> frozenset[str]:
    """Return the target areas of every other aanpak that was registered; what began after this one is no matter."""
    tabel = tabellen.aanpak
    vraag = select(tabel.c.gebieden).where(~tabel.c.ingetrokken, tabel.c.bevestigd, tabel.c.sinds <= peildatum)
    codes = {code for gebieden in conn.scalars(vraag.where(tabel.c.begin < behalve.na_afloop)) for code in gebieden}
    return frozenset(codes) - set(behalve.gebieden)
