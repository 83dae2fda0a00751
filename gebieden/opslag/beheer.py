"""What beheer sets in the database: thresholds, and how categories of signals are grouped."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, delete, func, insert, select

from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.opslag import tabellen
from gebieden.opslag.berichtketen import is_geldig
from gebieden.opslag.database import Deel, begin_schrijven, set_instelling
from gebieden.opslag.signaalpublicatie import get_drempel
from gebieden.opslag.stand import get_stilte_dagen

GRENZEN = {"stilte_dagen": (1, 3650), "onderdrukkingsdrempel": (5, 100)}
_RAAKT = {"stilte_dagen": Deel.AGENDA, "onderdrukkingsdrempel": Deel.SIGNALEN}


def save_instelling(engine: Engine, kijker: Kijker, sleutel: str, waarde: int) -> None:
    """Store a threshold; raise RechtenError for anybody but beheer and InvoerError outside its bounds.

    The threshold of small counts can be raised, not lowered below 5.
    """
    _check(kijker)
    laagste, hoogste = GRENZEN[sleutel]
    if not laagste <= waarde <= hoogste:
        raise InvoerError(f"{waarde} kan niet. Verwacht: een getal van {laagste} tot en met {hoogste}.")
    with begin_schrijven(engine, Deel.INSTELLINGEN, _RAAKT[sleutel]) as conn:
        set_instelling(conn, sleutel, str(waarde))


def save_categoriegroepen(engine: Engine, kijker: Kijker, groepen: Mapping[str, str]) -> None:
    """Store which group each category of signals belongs to; a category named after itself needs no row."""
    _check(kijker)
    rijen = [{"categorie": c, "groep": g.strip()} for c, g in groepen.items() if g.strip() and g.strip() != c]
    with begin_schrijven(engine, Deel.INSTELLINGEN, Deel.SIGNALEN) as conn:
        conn.execute(delete(tabellen.categoriegroep))
        if rijen:
            conn.execute(insert(tabellen.categoriegroep), rijen)


def _check(kijker: Kijker) -> None:
    if not kijker.mag(Handeling.INSTELLEN):
        raise RechtenError(
            f"Instellingen veranderen mag niet als {kijker.rol}. Vraag het aan iemand met de rol beheer."
        )


def load_categorieen(conn: Connection) -> dict[str, str]:
    """Return every category of signals with its group, by name; one without a group is its own."""
    groep_van = {r.categorie: r.groep for r in conn.execute(select(tabellen.categoriegroep))}
    namen = conn.scalars(select(tabellen.signaalcategorie.c.naam).order_by(tabellen.signaalcategorie.c.naam))
    return {naam: groep_van.get(naam, naam) for naam in namen}


def load_instellingen(conn: Connection) -> dict[str, int]:
    """Return the thresholds that hold."""
    return {"stilte_dagen": get_stilte_dagen(conn), "onderdrukkingsdrempel": get_drempel(conn)}


def count_inhoud(conn: Connection) -> dict[str, int]:
    """Return how many rows each kind of data has."""
    soorten = {
        "gebieden": tabellen.gebied,
        "agendapunten": tabellen.agendapunt,
        "berichten": tabellen.bericht,
        "initiatieven": tabellen.initiatief,
        "signalen": tabellen.signaal,
    }
    aantallen = {soort: conn.scalar(select(func.count()).select_from(t)) or 0 for soort, t in soorten.items()}
    geldig = select(func.count()).select_from(tabellen.bericht).where(is_geldig())
    return aantallen | {"berichten": conn.scalar(geldig) or 0}
