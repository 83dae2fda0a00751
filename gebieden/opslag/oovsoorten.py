"""What is kept of signals, as kinds of the dossier: who keeps it, who reads it, and what must fit together."""

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import Connection, func, select

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
from gebieden.domein.rechten import Handeling, Rol
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat
from gebieden.domein.taal import format_datum
from gebieden.domein.veldregels import Invulling
from gebieden.domein.vermoeden import Vermoeden, find_vermoedensfouten
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel
from gebieden.opslag.dossierwerk import Dossiersoort
from gebieden.opslag.oovgevolgen import (
    check_beoordeling,
    check_duiding,
    check_van,
    load_gebied_van,
    register,
)

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


BEOORDELING: Final = Dossiersoort(
    tabellen.beoordeling,
    Beoordeling,
    Handeling.SIGNAAL,
    _find_beoordelingsfouten,
    check_signaalstap,
    find_naast=_find_al_beoordeeld,
    find_redenfouten=_find_redenfouten,
    lezers=_OOV,
    na_opslaan=check_beoordeling,
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
# What was said of a warning reaches the team by `vroegbeeld.load_duidingen`: with the warning, or not at all.
DUIDING: Final = Dossiersoort(
    tabellen.duiding,
    Duiding,
    Handeling.SIGNAAL,
    _find_duidingsfouten,
    find_redenfouten=_find_redenfouten,
    lezers=_OOV,
    na_opslaan=check_duiding,
    deel=Deel.OOV,
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
    na_opslaan=register,
    deel=Deel.OOV,
)
VERMOEDEN: Final = Dossiersoort(
    tabellen.vermoeden,
    Vermoeden,
    Handeling.AANPAK,
    _find_vermoedensfouten,
    find_redenfouten=_find_redenfouten,
    lezers=_TEAM,
    na_opslaan=check_van,
    deel=Deel.OOV,
)
