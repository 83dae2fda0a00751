"""Points that a new version of an agenda leaves out without a word: an agenda must not look better by that."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from gebieden.domein.agendapunt import Agendapunt, Staat
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.voortgang import is_open
from gebieden.opslag import tabellen


def report_weggelaten(conn: Connection, punten: Iterable[Agendapunt]) -> list[Bevinding]:
    """Return a remark for every open point of the version before one of these that is in no later version.

    Call it when the points have been stored. A point that ended (done, dropped, handed over) may leave an agenda.
    """
    versies = sorted({(p.gebied, p.versie) for p in punten if p.versie is not None})
    if not versies:
        return []
    tabel = tabellen.agendapunt
    per_versie: dict[tuple[str, int], dict[str, tuple[str, str]]] = defaultdict(dict)
    laatste: dict[str, int] = {}
    for r in conn.execute(select(tabel.c.id, tabel.c.versie, tabel.c.gebied, tabel.c.titel, tabel.c.staat)):
        per_versie[r.gebied, r.versie][r.id] = (r.titel, r.staat)
        laatste[r.id] = max(r.versie, laatste.get(r.id, 0))
    bevindingen = []
    for gebied, versie in versies:
        eerder = max((v for g, v in per_versie if g == gebied and 0 < v < versie), default=None)
        if eerder is None:
            continue
        for id_, (titel, staat) in sorted(per_versie[gebied, eerder].items()):
            if laatste[id_] == eerder and is_open(Staat(staat)):
                bevindingen.append(_build_bevinding(id_, titel, gebied, eerder, versie))
    return bevindingen


def _build_bevinding(id_: str, titel: str, gebied: str, eerder: int, versie: int) -> Bevinding:
    return Bevinding(
        Ernst.LET_OP,
        "weggelaten_uit_versie",
        f"Agendapunt {id_} {titel} stond open in versie {eerder} van de agenda van {gebied} en ontbreekt in versie "
        f"{versie}. Het telt in die versie niet meer mee.",
        "Neem het punt op in de nieuwe versie; gaat het niet door, geef het dan de staat vervallen met de reden.",
        kolom="versie",
        waarde=str(versie),
    )
