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
_MEESTE = 3
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
    per_soort: dict[str, Counter[str]] = {}
    for regel in nieuw:
        per_soort.setdefault(regel.categorie, Counter())[regel.gebied] += 1
    volgorde = sorted(per_soort.items(), key=lambda paar: (-paar[1].total(), paar[0]))
    regels = tuple(_describe_soort(categorie, waar, boom) for categorie, waar in volgorde)
    return Ochtenddeel(
        _KOP, f"{format_aantal(len(nieuw), 'signaal', 'signalen')} {wanneer}, in het eigen gebied.", regels
    )


def _describe_soort(categorie: str, waar: Counter[str], boom: Gebiedsboom) -> str:
    """Return `jeugdoverlast 9: Overstad 3, Daalmeer 2, elders 4`; buurten with one report are together."""
    meer = sorted(((n, code) for code, n in waar.items() if n > 1), key=lambda paar: (-paar[0], paar[1]))[:_MEESTE]
    delen = [f"{_get_naam(boom, code)} {n}" for n, code in meer]
    elders = waar.total() - sum(n for n, _ in meer)
    if elders:
        delen.append(f"{'elders' if meer else 'verspreid, nergens meer dan 1'}" + (f" {elders}" if meer else ""))
    return f"{categorie} {waar.total()}: {', '.join(delen)}"


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
