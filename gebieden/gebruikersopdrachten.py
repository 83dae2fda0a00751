"""The commands `python -m gebieden gebruiker …`, one function each; each returns its exit status."""

import json
from argparse import Namespace
from dataclasses import replace

from sqlalchemy import Engine

from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens, Inschrijving, fold_aanmeldnaam
from gebieden.domein.rechten import BEHEERDER, ROLLEN_MET_EIGEN_GEBIED
from gebieden.opdrachten import open_engine
from gebieden.opslag.gebruikersbeheer import add_gebruiker, change_gebruiker, load_gebruikers, remove_gebruiker
from gebieden.opslag.logboek import VIA_OPDRACHTREGEL


def run_toevoegen(keuzes: Namespace) -> int:
    """Add a user."""
    gegevens = Gebruikersgegevens(
        keuzes.naam or "", keuzes.rol, frozenset(keuzes.gebied or ()), keuzes.actief is not False
    )
    add_gebruiker(open_engine(), OPDRACHTREGEL, keuzes.aanmeldnaam, gegevens, via=VIA_OPDRACHTREGEL)
    print(f"Gebruiker {fold_aanmeldnaam(keuzes.aanmeldnaam)} is toegevoegd met de rol {keuzes.rol}.")
    return 0


def run_wijzigen(keuzes: Namespace) -> int:
    """Change what was given of a user; a role that takes no areas loses them."""
    engine = open_engine()
    nu = _find(engine, keuzes.aanmeldnaam)
    wens = change_gebruiker(
        engine, OPDRACHTREGEL, nu.nummer, nu.gegevens, _apply(nu.gegevens, keuzes), via=VIA_OPDRACHTREGEL
    )
    print(_compose_regel(replace(nu, gegevens=wens)))
    return 0


def run_verwijderen(keuzes: Namespace) -> int:
    """Erase a user."""
    engine = open_engine()
    weg = _find(engine, keuzes.aanmeldnaam)
    remove_gebruiker(engine, OPDRACHTREGEL, weg.nummer, via=VIA_OPDRACHTREGEL)
    print(f"Gebruiker {weg.aanmeldnaam} is verwijderd.")
    return 0


def run_lijst(keuzes: Namespace) -> int:
    """Print the users, as sentences or as JSON."""
    inschrijvingen = _load(open_engine())
    if keuzes.json:
        print(json.dumps([_to_object(i) for i in inschrijvingen], ensure_ascii=False, indent=2))
        return 0
    if not inschrijvingen:
        print("Er zijn nog geen gebruikers. Begin met: python -m gebieden gebruiker toevoegen AANMELDNAAM --rol beheer")
    for inschrijving in inschrijvingen:
        print(_compose_regel(inschrijving))
    return 0


def _apply(nu: Gebruikersgegevens, keuzes: Namespace) -> Gebruikersgegevens:
    rol = keuzes.rol or nu.rol
    gebieden = nu.gebieden if keuzes.gebied is None else frozenset(keuzes.gebied)
    if keuzes.gebied is None and rol not in ROLLEN_MET_EIGEN_GEBIED:
        gebieden = frozenset()
    naam = nu.naam if keuzes.naam is None else keuzes.naam
    return Gebruikersgegevens(naam, rol, gebieden, nu.actief if keuzes.actief is None else keuzes.actief)


def _load(engine: Engine) -> list[Inschrijving]:
    with engine.connect() as conn:
        return load_gebruikers(conn, BEHEERDER)


def _find(engine: Engine, aanmeldnaam: str) -> Inschrijving:
    gezocht = fold_aanmeldnaam(aanmeldnaam)
    gevonden = next((i for i in _load(engine) if i.aanmeldnaam == gezocht), None)
    if gevonden is None:
        raise InvoerError(
            f"Er is geen gebruiker met de aanmeldnaam {gezocht}. "
            "De namen staan in 'python -m gebieden gebruiker lijst'."
        )
    return gevonden


def _compose_regel(inschrijving: Inschrijving) -> str:
    gegevens = inschrijving.gegevens
    delen = [
        f"{inschrijving.aanmeldnaam} ({gegevens.naam or 'zonder naam'}): {gegevens.rol}",
        *([f"gebieden {' '.join(sorted(gegevens.gebieden))}"] if gegevens.gebieden else []),
        "actief" if gegevens.actief else "niet actief",
        "heeft zich aangemeld" if inschrijving.is_aangemeld else "nog nooit aangemeld",
    ]
    return ", ".join(delen)


def _to_object(inschrijving: Inschrijving) -> dict[str, object]:
    gegevens = inschrijving.gegevens
    return {
        "nummer": inschrijving.nummer,
        "aanmeldnaam": inschrijving.aanmeldnaam,
        "naam": gegevens.naam,
        "rol": gegevens.rol,
        "gebieden": sorted(gegevens.gebieden),
        "actief": gegevens.actief,
        "is_aangemeld": inschrijving.is_aangemeld,
    }
