"""What beheer sets in the database: thresholds, and how categories of signals are grouped."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, delete, func, insert, select

from gebieden.domein.botsing import merge_velden
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.groepsregel import MAX_JAREN, Groepsregel
from gebieden.domein.rechten import Handeling
from gebieden.domein.taal import join_opsomming
from gebieden.opslag import tabellen
from gebieden.opslag.berichtketen import is_geldig
from gebieden.opslag.database import Deel, begin_schrijven, set_instelling
from gebieden.opslag.gebruikers import check_gebruiker
from gebieden.opslag.groepsregels import load_groepsregels, store_groepsregels
from gebieden.opslag.logboek import append_logregel, determine_via
from gebieden.opslag.signaalpublicatie import get_drempel
from gebieden.opslag.stand import get_stilte_dagen
from gebieden.opslag.weekpanelen import WACHTDAGEN, get_wachtdagen

GRENZEN = {"stilte_dagen": (1, 3650), "onderdrukkingsdrempel": (5, 100), WACHTDAGEN: (0, 60)}
_RAAKT = {"stilte_dagen": Deel.AGENDA, "onderdrukkingsdrempel": Deel.SIGNALEN, WACHTDAGEN: Deel.SIGNALEN}


def save_instellingen(engine: Engine, gebruiker: Gebruiker, basis: Mapping[str, int], wens: Mapping[str, int]) -> None:
    """Store the thresholds that differ between `basis` (what this person saw) and `wens`.

    The threshold of small counts can be raised, not lowered below 5. Raise RechtenError for anybody but beheer,
    InvoerError with everything that is outside its bounds, and BotsingError when somebody else changed the same one.
    """
    delen = {_RAAKT[sleutel] for sleutel in wens if wens[sleutel] != basis[sleutel]}
    with begin_schrijven(engine, Deel.INSTELLINGEN, *sorted(delen)) as conn:
        door = _check(conn, gebruiker)
        _check_grenzen(basis, wens)
        nu = load_instellingen(conn)
        nieuw = merge_velden(basis, nu, wens)
        for sleutel, waarde in nieuw.items():
            if waarde != nu[sleutel]:
                set_instelling(conn, sleutel, str(waarde))
        _log(conn, door, "instellingen", nu, nieuw)


def _check_grenzen(basis: Mapping[str, int], wens: Mapping[str, int]) -> None:
    fouten = []
    for sleutel, waarde in wens.items():
        laagste, hoogste = GRENZEN[sleutel]
        if waarde != basis[sleutel] and not laagste <= waarde <= hoogste:
            fouten.append(
                f"{sleutel.replace('_', ' ').capitalize()}: {waarde} kan niet. "
                f"Verwacht: een getal van {laagste} tot en met {hoogste}."
            )
    if fouten:
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")


def save_categoriegroepen(
    engine: Engine, gebruiker: Gebruiker, basis: Mapping[str, str], groepen: Mapping[str, str]
) -> None:
    """Store which group each category of signals belongs to; a category named after itself needs no row.

    `basis` is what this person saw. Raise RechtenError and BotsingError as `save_instellingen` does.
    """
    tabel = tabellen.categoriegroep
    wens = {c: clean_invoer(g) or c for c, g in groepen.items()}
    with begin_schrijven(engine, Deel.INSTELLINGEN, Deel.SIGNALEN) as conn:
        door = _check(conn, gebruiker)
        opgeslagen = {r.categorie: r.groep for r in conn.execute(select(tabel))}
        nu = {c: opgeslagen.get(c, c) for c in wens}
        nieuw = merge_velden({c: basis.get(c, c) for c in wens}, nu, wens)
        gewijzigd = [c for c in wens if nieuw[c] != nu[c]]
        conn.execute(delete(tabel).where(tabel.c.categorie.in_(gewijzigd)))
        if rijen := [{"categorie": c, "groep": nieuw[c]} for c in gewijzigd if nieuw[c] != c]:
            conn.execute(insert(tabel), rijen)
        _log(conn, door, "categoriegroepen", nu, nieuw)


def _check(conn: Connection, gebruiker: Gebruiker) -> Gebruiker:
    nu = check_gebruiker(conn, gebruiker)
    if not nu.kijker.mag(Handeling.INSTELLEN):
        raise RechtenError(
            f"Instellingen veranderen mag niet als {nu.kijker.rol}. Vraag het aan iemand met de rol beheer."
        )
    return nu


def _log(conn: Connection, door: Gebruiker, wat: str, oud: Mapping[str, object], nieuw: Mapping[str, object]) -> None:
    if any(nieuw[veld] != oud[veld] for veld in nieuw):
        gelogd = {veld: oud[veld] for veld in nieuw}
        append_logregel(conn, door, "gewijzigd", "instelling", wat, via=determine_via(door), oud=gelogd, nieuw=nieuw)


def save_groepsregels(
    engine: Engine, gebruiker: Gebruiker, basis: Mapping[str, Groepsregel], wens: Mapping[str, Groepsregel]
) -> None:
    """Store which groups of categories are sensitive, and how many years their single signals are kept.

    Only what differs from `basis` (what this person saw) changes. Raise RechtenError, InvoerError and BotsingError as
    `save_instellingen` does.
    """
    with begin_schrijven(engine, Deel.INSTELLINGEN, Deel.SIGNALEN) as conn:
        door = _check(conn, gebruiker)
        fout = [groep for groep, regel in wens.items() if regel.jaren is not None and not 1 <= regel.jaren <= MAX_JAREN]
        if fout:
            raise InvoerError(
                f"Bewaartermijn van {join_opsomming(fout)}: dit kan niet. Verwacht: een heel aantal jaren van 1 tot en "
                f"met {MAX_JAREN}, of leeg zolang het niet besloten is. Er is niets opgeslagen."
            )
        opgeslagen = load_groepsregels(conn)
        nu = {groep: opgeslagen.get(groep, basis[groep]) for groep in wens}
        nieuw = merge_velden(basis, nu, wens)
        gewijzigd = {groep: wens[groep] for groep in wens if nieuw[groep] != nu[groep]}
        if gewijzigd:
            store_groepsregels(conn, gewijzigd)
        _log(conn, door, "groepsregels", nu, nieuw)


def load_instellingen(conn: Connection) -> dict[str, int]:
    """Return the thresholds that hold."""
    return {
        "stilte_dagen": get_stilte_dagen(conn),
        "onderdrukkingsdrempel": get_drempel(conn),
        WACHTDAGEN: get_wachtdagen(conn),
    }


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
