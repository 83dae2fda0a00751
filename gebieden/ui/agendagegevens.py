"""What the pages read of one agendapunt, for who runs it: never cached, for it is acted upon at once."""

from datetime import date

from gebieden.domein.agendapunt import Agendapunt, Staat
from gebieden.domein.gebruiker import Gebruiker
from gebieden.opslag.puntgevolgen import find_kwam_van
from gebieden.opslag.puntherroeping import find_ongedaan_punt
from gebieden.opslag.puntwerk import Wijzigingrij
from gebieden.opslag.tabellen import ZONDER_VERSIE
from gebieden.opslag.verzettingen import Verzetting, load_verzettingen
from gebieden.ui.gegevens import open_engine


def find_ongedaan_punt_van(gebruiker: Gebruiker, id_: str) -> Wijzigingrij | None:
    """Return the own last change of a point that this person could take back, or None."""
    with open_engine().connect() as conn:
        return find_ongedaan_punt(conn, gebruiker, id_)


def find_vorige_staat(punt: Agendapunt) -> Staat | None:
    """Return the state that a waiting point came from, or None where that is not known."""
    with open_engine().connect() as conn:
        return find_kwam_van(conn, punt.id, punt.versie or ZONDER_VERSIE)


def load_verzettingen_van(id_: str, peildatum: date) -> list[Verzetting]:
    """Return every change of the agreed date of a point, oldest first."""
    with open_engine().connect() as conn:
        return load_verzettingen(conn, peildatum, [id_]).get(id_, [])
