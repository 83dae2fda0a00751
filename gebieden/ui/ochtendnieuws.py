"""What is new since the previous working day: counts of single signals, for oov in its own areas only."""

from collections import Counter
from datetime import date, timedelta

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.signaal import Signaalstaat
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.opslag.signaallijst import Signaalregel, load_signalen
from gebieden.rapport.ochtendblad import Ochtenddeel
from gebieden.ui.gegevens import open_engine

_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_VRIJDAG = 4
_KOP = "Wat is nieuw"
_TERUG = timedelta(weeks=4)


def find_vorige_werkdag(dag: date) -> date:
    """Return the previous working day: on Monday, Sunday and Saturday that is Friday. Holidays are not known."""
    vorige = dag - timedelta(days=1)
    return vorige - timedelta(days=max(0, vorige.weekday() - _VRIJDAG))


def compose_nieuws(peildatum: date, kijker: Kijker, boom: Gebiedsboom) -> Ochtenddeel:
    """Return what came in since the previous working day, per category and buurt; for others than oov that it is not
    for them."""
    sinds = find_vorige_werkdag(peildatum)
    wanneer = f"sinds {_DAGEN[sinds.weekday()]} {format_datum(sinds)}"
    if kijker.rol is not Rol.OOV:
        zin = f"Aantallen per dag ({wanneer}) zijn alleen voor OOV. Aantallen per kwartaal staan op de pagina Signalen."
        return Ochtenddeel(_KOP, zin)
    nieuw = [regel for regel in _load(peildatum, kijker, boom) if is_nieuw(regel, sinds)]
    per_soort = Counter((regel.categorie, regel.gebied) for regel in nieuw)
    volgorde = sorted(per_soort.items(), key=lambda paar: (-paar[1], paar[0]))
    regels = tuple(f"{aantal}× {categorie}, {_get_naam(boom, code)}" for (categorie, code), aantal in volgorde)
    return Ochtenddeel(
        _KOP, f"{format_aantal(len(nieuw), 'signaal', 'signalen')} {wanneer}, in het eigen gebied.", regels
    )


def is_nieuw(regel: Signaalregel, sinds: date) -> bool:
    """Return whether a signal is of that day or later, or was recorded by hand since and not judged yet."""
    if regel.datum >= sinds:
        return True
    stuk = regel.beoordeling
    return stuk is not None and stuk.sinds >= sinds and stuk.velden.staat is Signaalstaat.BINNENGEKOMEN


def count_onbeoordeeld(peildatum: date, kijker: Kijker, boom: Gebiedsboom) -> str:
    """Return how many single signals of the last four weeks nobody judged, in words."""
    aantal = sum(1 for regel in _load(peildatum, kijker, boom) if regel.staat is Signaalstaat.BINNENGEKOMEN)
    return format_aantal(aantal, "los signaal", "losse signalen")


def _load(peildatum: date, kijker: Kijker, boom: Gebiedsboom) -> list[Signaalregel]:
    with open_engine().connect() as conn:
        return load_signalen(conn, kijker, boom, peildatum - _TERUG, peildatum + timedelta(days=1))


def _get_naam(boom: Gebiedsboom, code: str) -> str:
    return boom.gebieden[code].naam if code in boom.gebieden else code
