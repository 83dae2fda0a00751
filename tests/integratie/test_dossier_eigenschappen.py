"""Whatever is written beside a point, in whatever order: what is read is what was written, and undo is exact."""

from dataclasses import replace
from datetime import date

from bouwstenen import PEILDATUM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schrijvers import add_gebruiker, draw_sleutel

from gebieden.domein.rechten import BEHEERDER, Rol
from gebieden.domein.stap import Stap, Stapsoort
from gebieden.opslag.dossier import add_stuk, change_stuk, undo_stuk, withdraw_stuk
from gebieden.opslag.dossierlezen import load_datumwijzigingen, load_stukken
from gebieden.opslag.dossiersoorten import STAP

DATUMS = st.sampled_from([None, date(2026, 4, 1), date(2026, 5, 1)])
STAPPEN = st.builds(Stap, st.sampled_from(Stapsoort), st.sampled_from("AB"), DATUMS, DATUMS)
DAAD = st.tuples(st.sampled_from(["erbij", "wijzig", "wijzig", "trek in", "herroep", "herroep"]), STAPPEN)


def _look(engine, nummers):
    """Return what anybody sees of the steps, with how often the date of each moved."""
    with engine.connect() as conn:
        stukken = [s for s in load_stukken(conn, STAP, BEHEERDER, PEILDATUM) if s.nummer in nummers]
        moves = load_datumwijzigingen(conn, STAP, "afgesproken", nummers)
    return {s.nummer: (s.velden, [(m.oud, m.nieuw) for m in moves.get(s.nummer, ())]) for s in stukken}


def _move(oud, nieuw):
    return [] if oud.afgesproken == nieuw.afgesproken else [(oud.afgesproken, nieuw.afgesproken)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(DAAD, max_size=8))
def test_undo_restores_exactly_what_was_there_over_any_history(agenda, daden):
    wie = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)
    verwacht: dict[int, list[tuple[Stap, list[tuple[date, date]]] | None]] = {}

    def do(functie, *wat):
        return functie(agenda, wie, STAP, *wat, sleutel=draw_sleutel(), op=PEILDATUM)

    for soort, stap in daden:
        nummer = max(verwacht, default=0)
        if soort == "erbij" or not nummer:
            verwacht[do(add_stuk, "P1", stap).nummer] = [None, (stap, [])]
        elif soort == "herroep" and len(verwacht[nummer]) > 1:
            do(undo_stuk, nummer)
            verwacht[nummer].pop()
        elif nu := verwacht[nummer][-1]:
            if soort == "trek in":
                do(withdraw_stuk, nummer)
                verwacht[nummer].append(None)
            elif soort == "wijzig" and stap != nu[0]:
                do(change_stuk, nummer, nu[0], replace(stap))
                verwacht[nummer].append((stap, nu[1] + _move(nu[0], stap)))
        assert _look(agenda, list(verwacht)) == {n: s[-1] for n, s in verwacht.items() if s[-1]}
