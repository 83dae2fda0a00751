"""What was worked out for a week, kept: the first verdict on a week stays beside all that was known later."""

import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select

from gebieden.analyse.vroegsignaal import Vroegregels, Weekoordelen, judge_weken, list_vroegsignalen
from gebieden.analyse.weekbeeld import METHODEVERSIE, compose_weekbeeld, serialise_weekbeeld
from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat, Werkwijze
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.signaalpublicatie import get_drempel
from gebieden.opslag.weekpanelen import NIVEAUS, Vroeginvoer, list_weken, load_vroeginvoer

TERUG: Final = 104
"""How many weeks are worked out again, so that it can be said how often there is a warning."""
_OPVALLEND: Final = (Vroegstaat.SIGNAAL, Vroegstaat.LET_OP)

tabel = tabellen.weekbeeld
Melder = Callable[[float, str], None]


def get_regels(conn: Connection) -> Vroegregels:
    """Return the rules that verdicts are given by, with the municipality's own threshold."""
    return Vroegregels(min_aantal=get_drempel(conn))


def judge_niveau(
    invoer: Vroeginvoer, niveau: str, weken: Sequence[date], regels: Vroegregels, melder: Melder | None = None
) -> Weekoordelen:
    """Return the verdicts of one level on the weeks of these Mondays."""
    panel = invoer.panels[niveau]

    def meld(gedaan: int, totaal: int) -> None:
        if melder:
            melder(gedaan / max(totaal, 1), f"{niveau}: {gedaan} van {totaal}")

    return judge_weken(panel, [panel.find_week(maandag) for maandag in weken], regels, meld)


def compose_sleutel(niveau: str, regels: Vroegregels) -> str:
    """Return under which key a week of this level is kept: the same level, rules and method have the same."""
    vast = json.dumps([METHODEVERSIE, asdict(regels)], sort_keys=True, default=str)
    return f"{niveau}:{hashlib.sha256(vast.encode()).hexdigest()[:16]}"


def fill_terug(engine: Engine, peildatum: date, weken: int = TERUG, melder: Melder | None = None) -> int:
    """Work out the weeks that were not kept yet, and keep them; return how many weeks that were.

    A week is judged once, from what was known then as far as the deliveries tell; `melder` hears the share that is
    done and a sentence.
    """
    with engine.connect() as conn:
        regels = get_regels(conn)
        invoer = load_vroeginvoer(conn, peildatum)
        bewaard = _load_bewaarde_sleutels(conn)
    if invoer is None:
        return 0
    gevraagd = list_weken(invoer, weken)
    rijen: list[dict[str, Any]] = []
    for plaats, niveau in enumerate(NIVEAUS):
        sleutel = compose_sleutel(niveau, regels)
        nieuw = [maandag for maandag in gevraagd if (maandag, sleutel) not in bewaard]

        def meld(aandeel: float, zin: str, plaats: int = plaats) -> None:
            if melder:
                melder((plaats + aandeel) / len(NIVEAUS), zin)

        if nieuw:
            rijen += _compose_rijen(judge_niveau(invoer, niveau, nieuw, regels, meld), nieuw, sleutel)
    if rijen:
        with begin_schrijven(engine, Deel.OOV) as conn:
            # Somebody else may have been first.
            al = _load_bewaarde_sleutels(conn)
            if nog := [rij for rij in rijen if (rij["maandag"], rij["sleutel"]) not in al]:
                conn.execute(insert(tabel), nog)
    return len({rij["maandag"] for rij in rijen})


def _compose_rijen(oordelen: Weekoordelen, weken: Sequence[date], sleutel: str) -> list[dict[str, Any]]:
    nu = datetime.now(UTC)
    return [
        {
            "maandag": maandag,
            "sleutel": sleutel,
            "gemaakt": nu,
            "beeld": zlib.compress(serialise_weekbeeld(_keep_opvallend(oordelen, maandag))),
        }
        for maandag in weken
    ]


def _keep_opvallend(oordelen: Weekoordelen, maandag: date) -> dict[str, Any]:
    """Return the weekbeeld with only what stands out: thousands of rows a week say that nothing did."""
    beeld = compose_weekbeeld(oordelen, oordelen.panel.find_week(maandag))
    opvallend = [rij for rij in beeld["oordelen"] if rij["staat"] in _OPVALLEND]
    return {**beeld, "oordelen": opvallend}


def _load_bewaarde_sleutels(conn: Connection) -> set[tuple[date, str]]:
    return {(rij.maandag, rij.sleutel) for rij in conn.execute(select(tabel.c.maandag, tabel.c.sleutel))}


def load_bewaard(
    conn: Connection, niveau: str, regels: Vroegregels, vanaf: date, tot: date
) -> dict[date, list[Vroegsignaal]]:
    """Return per kept week (Monday from `vanaf` up to `tot`) what stood out in it, oldest week first."""
    vraag = select(tabel.c.maandag, tabel.c.beeld).where(
        tabel.c.sleutel == compose_sleutel(niveau, regels), tabel.c.maandag >= vanaf, tabel.c.maandag < tot
    )
    return {
        maandag: [_read_signaal(rij) for rij in json.loads(zlib.decompress(beeld))["oordelen"]]
        for maandag, beeld in conn.execute(vraag.order_by(tabel.c.maandag))
    }


def _read_signaal(rij: dict[str, Any]) -> Vroegsignaal:
    vast = {
        "maandag": date.fromisoformat(rij["maandag"]),
        "staat": Vroegstaat(rij["staat"]),
        "werkwijze": Werkwijze(rij["werkwijze"]),
    }
    return Vroegsignaal(**{**rij, **vast})


def list_opvallend(oordelen: Weekoordelen, maandag: date) -> list[Vroegsignaal]:
    """Return what stands out in one week: signals first, the rarest first, then what is only worth a look."""
    gevonden = list_vroegsignalen(oordelen, oordelen.panel.find_week(maandag), _OPVALLEND)
    return sorted(gevonden, key=lambda s: (_OPVALLEND.index(s.staat), s.kans or 0.0, s.gebied, s.categorie, s.venster))
