"""What is kept of signals, as kinds of the dossier: who keeps it, who reads it, and what must fit together."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from gebieden.domein.aanpak import ONTWERPVELDEN, Aanpak, find_aanpakfouten
from gebieden.domein.beoordeling import (
    Beoordeling,
    Duiding,
    Registratiemelding,
    Zaak,
    check_signaalstap,
    find_beoordelingsfouten,
    find_duidingsfouten,
    find_periodefouten,
    find_persoonsvragen,
    find_redenvragen,
)
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.rechten import Handeling, Rol
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat
from gebieden.domein.taal import format_datum, join_opsomming
from gebieden.domein.veldregels import Invulling
from gebieden.domein.vermoeden import Vermoeden, find_vermoedensfouten
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierwerk import Dossiersoort, Plek
from gebieden.opslag.gebiedsboom import get_gebiedsboom
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel

_OOV: Final = frozenset({Rol.OOV})
_TEAM: Final = frozenset({Rol.OOV, Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR})


def _load_gebiedsnamen(conn: Connection) -> list[str]:
    return list(conn.scalars(select(tabellen.gebied.c.naam).distinct()))


def _find_redenfouten(conn: Connection, velden: Invulling, waarom: str) -> Iterator[str]:
    yield from find_redenvragen(velden, waarom, _load_gebiedsnamen(conn))


def _find_zaak(conn: Connection, nummer: int | None) -> Iterator[str]:
    tabel = tabellen.zaak
    if nummer is not None and not conn.scalar(
        select(func.count()).where(tabel.c.nummer == nummer, ~tabel.c.ingetrokken)
    ):
        yield f"Zaak {nummer} is er niet (meer). Kies een zaak uit de lijst."


def _find_beoordelingsfouten(conn: Connection, beoordeling: Beoordeling) -> Iterator[str]:
    yield from find_beoordelingsfouten(beoordeling)
    yield from _find_zaak(conn, beoordeling.zaak)
    velden = ("toelichting", "reden", "resultaat")
    yield from find_persoonsvragen(beoordeling, velden, _load_gebiedsnamen(conn))
    if load_gebied_van(conn, beoordeling.signaal) is None:
        yield "Dit signaal is er niet (meer). Kies een signaal uit de lijst."


def _find_al_beoordeeld(conn: Connection, beoordeling: Beoordeling, nummer: int | None) -> Iterator[str]:
    tabel = tabellen.beoordeling
    vraag = select(tabel.c.nummer).where(tabel.c.signaal == beoordeling.signaal, ~tabel.c.ingetrokken)
    if any(ander != nummer for ander in conn.scalars(vraag)):
        yield "Iemand anders heeft dit signaal intussen beoordeeld. Kijk opnieuw, en wijzig dat oordeel."
    if nummer is None:
        begin = Signaalstaat.BINNENGEKOMEN
        stappen = {begin, *(stap.naar for stap in SIGNAAL_MACHINE.stappen[begin])}
        if beoordeling.staat not in stappen:
            yield "Een signaal wordt eerst beoordeeld. Kies de stand 'Beoordeeld', en daarna wat ermee gebeurt."


def _find_zaakfouten(conn: Connection, zaak: Zaak) -> Iterator[str]:
    yield from find_persoonsvragen(zaak, ("naam", "toelichting", "reden", "resultaat"), _load_gebiedsnamen(conn))
    if zaak.staat is Signaalstaat.GEBUNDELD:
        yield "Een zaak ligt zelf niet in een andere zaak. Kies een andere stand."


def _find_gebruik(conn: Connection, nummer: int) -> Iterator[str]:
    for tabel, wat in ((tabellen.beoordeling, "signalen"), (tabellen.duiding, "waarschuwingen")):
        aantal = conn.scalar(select(func.count()).where(tabel.c.zaak == nummer, ~tabel.c.ingetrokken))
        if aantal:
            yield f"Bij deze zaak horen nog {aantal} {wat}. Verwacht: geen. Haal die eerst uit de zaak."


def _find_duidingsfouten(conn: Connection, duiding: Duiding) -> Iterator[str]:
    yield from find_duidingsfouten(duiding)
    yield from _find_zaak(conn, duiding.zaak)
    yield from find_persoonsvragen(duiding, ("reden",), _load_gebiedsnamen(conn))


def _find_registratiefouten(conn: Connection, wijziging: Registratiemelding) -> Iterator[str]:
    yield from find_periodefouten(wijziging)
    yield from find_persoonsvragen(wijziging, ("toelichting",), _load_gebiedsnamen(conn))


def _find_aanpakfouten(conn: Connection, aanpak: Aanpak) -> Iterator[str]:
    yield from find_aanpakfouten(aanpak)
    yield from find_persoonsvragen(aanpak, ("naam", "toelichting"), _load_gebiedsnamen(conn))
    yield from _find_onbekend(conn, aanpak.alle_gebieden)


def _find_onbekend(conn: Connection, codes: Collection[str]) -> Iterator[str]:
    bekend = set(conn.scalars(select(tabellen.gebied.c.code)))
    yield from (f"Gebied '{code}' bestaat niet. Kies een buurt uit de lijst." for code in sorted({*codes} - bekend))


def _find_vermoedensfouten(conn: Connection, vermoeden: Vermoeden) -> Iterator[str]:
    yield from find_vermoedensfouten(vermoeden)
    yield from find_persoonsvragen(vermoeden, ("bevestigd_door", "toelichting"), _load_gebiedsnamen(conn))
    yield from _find_onbekend(conn, (vermoeden.van, vermoeden.naar))


def _find_vastgelegd(conn: Connection, aanpak: Aanpak, nummer: int | None) -> Iterator[str]:
    """Yield that a registered design is another one now; whoever takes the registration back changes it as well."""
    tabel = tabellen.aanpakregistratie
    rij = conn.execute(select(tabel).where(tabel.c.aanpak == nummer)).first()
    if rij is not None and (not aanpak.bevestigd or aanpak.vingerafdruk != rij.vingerafdruk):
        anders = [naam.replace("_", " ") for naam in ONTWERPVELDEN if aanpak.ontwerp[naam] != rij.ontwerp[naam]]
        yield (
            f"Deze aanpak is geregistreerd op {format_datum(rij.datum)} en ligt sindsdien vast: "
            f"{', '.join(anders) or 'de registratie'} kan niet meer veranderen. "
            "Registreer een nieuwe aanpak als het plan anders is geworden."
        )


def _find_geregistreerd(conn: Connection, nummer: int) -> Iterator[str]:
    tabel = tabellen.aanpakregistratie
    if conn.scalar(select(func.count()).where(tabel.c.aanpak == nummer)):
        yield "Een geregistreerde aanpak blijft staan, ook als hij niet werkte. Zet in de toelichting wat er anders is."


def _check_van(plek: Plek[Vermoeden], nummer: int, vermoeden: Vermoeden) -> None:
    """Raise InvoerError when a suspicion is not kept with the area that something moved from."""
    if vermoeden.van != plek.bij:
        raise InvoerError(
            "De buurt waar het vandaan komt blijft dezelfde. Er is niets opgeslagen. Leg een nieuw vermoeden vast."
        )


def _check_doel(plek: Plek[Aanpak], aanpak: Aanpak) -> None:
    """Raise RechtenError when the aanpak itself reaches outside the own areas; what it is compared with may."""
    boom = get_gebiedsboom(plek.conn, plek.op)
    if buiten := sorted(code for code in aanpak.gebieden if not plek.schrijver.kijker.is_eigen(code, boom)):
        raise RechtenError(
            f"{join_opsomming(buiten)} ligt niet in uw eigen gebieden. Er is niets opgeslagen. "
            "Kies alleen buurten uit uw eigen gebieden."
        )


def _register(plek: Plek[Aanpak], nummer: int, aanpak: Aanpak) -> None:
    """Fix the design of an aanpak that was confirmed, once."""
    _check_doel(plek, aanpak)
    tabel = tabellen.aanpakregistratie
    if not aanpak.bevestigd or plek.conn.scalar(select(func.count()).where(tabel.c.aanpak == nummer)):
        return
    rij = {"aanpak": nummer, "datum": plek.op, "moment": datetime.now(UTC), "ontwerp": aanpak.ontwerp}
    plek.conn.execute(insert(tabel).values(rij | {"vingerafdruk": aanpak.vingerafdruk}))
    append_logregel(
        plek.conn,
        plek.schrijver,
        "aanpak_geregistreerd",
        "aanpak",
        str(nummer),
        via=VIA_SCHERM,
        gebied=plek.gebied,
        nieuw={"vingerafdruk": aanpak.vingerafdruk},
    )


def _check_zaakgebied(plek: Plek[Any], zaak: int | None) -> None:
    """Raise RechtenError when a matter is neither around this area nor in the own areas of who writes."""
    waar = plek.conn.scalar(select(tabellen.zaak.c.gebied).where(tabellen.zaak.c.nummer == zaak))
    boom = get_gebiedsboom(plek.conn, plek.op)
    if waar is not None and waar not in boom.get_houders(plek.bij) and not plek.schrijver.kijker.is_eigen(waar, boom):
        raise RechtenError(f"Zaak {zaak} is van een ander gebied. Er is niets opgeslagen. Kies een zaak uit de lijst.")


def _check_beoordeling(plek: Plek[Beoordeling], nummer: int, beoordeling: Beoordeling) -> None:
    """Raise RechtenError when a signal lies elsewhere than where it was judged: nobody gets at it that way."""
    _check_zaakgebied(plek, beoordeling.zaak)
    if load_gebied_van(plek.conn, beoordeling.signaal) != plek.bij:
        raise RechtenError("Dit signaal ligt in een ander gebied. Er is niets opgeslagen. Kies het uit de lijst.")


def load_gebied_van(conn: Connection, signaal: str) -> str | None:
    """Return the area that a signal (its id) is stored under, None when there is no such signal."""
    tabel, gebied = tabellen.signaal, tabellen.signaalgebied
    if "\x00" in signaal:
        return None
    return conn.scalar(
        select(gebied.c.naam).join(tabel, tabel.c.gebied == gebied.c.nummer).where(tabel.c.id == signaal)
    )


BEOORDELING: Final = Dossiersoort(
    tabellen.beoordeling,
    Beoordeling,
    Handeling.SIGNAAL,
    _find_beoordelingsfouten,
    check_signaalstap,
    find_naast=_find_al_beoordeeld,
    find_redenfouten=_find_redenfouten,
    lezers=_OOV,
    na_opslaan=_check_beoordeling,
    deel=Deel.OOV,
)
ZAAK: Final = Dossiersoort(
    tabellen.zaak,
    Zaak,
    Handeling.SIGNAAL,
    _find_zaakfouten,
    check_signaalstap,
    find_bezwaren=_find_gebruik,
    find_redenfouten=_find_redenfouten,
    lezers=_TEAM,
    deel=Deel.OOV,
)
DUIDING: Final = Dossiersoort(
    tabellen.duiding, Duiding, Handeling.SIGNAAL, _find_duidingsfouten, find_redenfouten=_find_redenfouten, lezers=_TEAM, deel=Deel.OOV
)
REGISTRATIE: Final = Dossiersoort(
    tabellen.registratiewijziging,
    Registratiemelding,
    Handeling.SIGNAAL,
    _find_registratiefouten,
    find_redenfouten=_find_redenfouten,
    lezers=_TEAM | {Rol.RAAD, Rol.BEHEER},
    is_overal=True,
    deel=Deel.OOV,
)
AANPAK: Final = Dossiersoort(
    tabellen.aanpak,
    Aanpak,
    Handeling.AANPAK,
    _find_aanpakfouten,
    find_naast=_find_vastgelegd,
    find_bezwaren=_find_geregistreerd,
    find_redenfouten=_find_redenfouten,
    lezers=_TEAM | {Rol.RAAD, Rol.BEHEER},
    is_overal=True,
    na_opslaan=_register,
    deel=Deel.OOV,
)
VERMOEDEN: Final = Dossiersoort(
    tabellen.vermoeden,
    Vermoeden,
    Handeling.AANPAK,
    _find_vermoedensfouten,
    find_redenfouten=_find_redenfouten,
    lezers=_TEAM,
    na_opslaan=_check_van,
    deel=Deel.OOV,
)
