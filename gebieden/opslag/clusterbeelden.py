"""Clusters across the borders of buurten, and what the scan did in the two years before: kept per week."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, insert, select

from gebieden.analyse.clusterweek import WEKEN, Weekmaximum, build_scanweken, measure_weken, scan_week
from gebieden.analyse.clusterzoeker import Cluster
from gebieden.analyse.scanijking import PLACEBOWEKEN, calibrate, measure_alarmen
from gebieden.analyse.weekpanel import Weekpanel
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.vroegsignaal import Vroegstaat
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.gebieden import load_grenzen
from gebieden.opslag.vroegbeeld import Weekstand, list_zichtbaar
from gebieden.opslag.weekbeelden import Melder
from gebieden.opslag.weekpanelen import list_weken

_SLEUTEL: Final = "cluster:1"
_NIVEAU: Final = "buurt"

tabel = tabellen.weekbeeld


@dataclass(frozen=True)
class Clusterstand:
    """The clusters of the last week, of all areas and with numbers: read it with `list_clusters` only.

    `weken` placebo weeks were kept, `gemeten` is the share of their categories with an alarm (None without any).
    """

    per_categorie: dict[str, list[Cluster]]
    weken: int
    gemeten: float | None


@dataclass(frozen=True, slots=True)
class Zichtcluster:
    """A cluster as somebody may know it; without numbers where `met_aantal` is False."""

    categorie: str
    cluster: Cluster
    met_aantal: bool


def load_clusterstand(conn: Connection, stand: Weekstand) -> Clusterstand:
    """Return the clusters of the last week that can be judged, with thresholds from the weeks that were kept."""
    maxima = _load_maxima(conn, stand.maandag)
    ijkingen = {c: calibrate([m.llr for m in reeks], [m.p for m in reeks]) for c, reeks in maxima.items()}
    week = stand.oordelen[_NIVEAU].panel.find_week(stand.maandag)
    scanweek = build_scanweken(*_get_panels(stand), _load_plekken(conn, stand), [week], stand.regels.verwachting)[0]
    p_waarden = [m.p for reeks in maxima.values() for m in reeks]
    gemeten = measure_alarmen(p_waarden) if p_waarden else None
    return Clusterstand(scan_week(scanweek, ijkingen), max(map(len, maxima.values()), default=0), gemeten)


def list_clusters(clusterstand: Clusterstand, stand: Weekstand, kijker: Kijker) -> list[Zichtcluster]:
    """Return what this person may know of the clusters, the strongest first.

    oov sees those that lie wholly in its own areas, with numbers. Somebody else, or oov elsewhere, hears of one in
    words only when it reaches the threshold and they may know the warning of every area in it.
    """
    boom = stand.invoer.boom
    bekend = {
        (z.signaal.gebied, z.signaal.categorie)
        for z in list_zichtbaar(stand, kijker)
        if z.signaal.staat is Vroegstaat.SIGNAAL
    }
    zicht = []
    for categorie, clusters in clusterstand.per_categorie.items():
        for cluster in clusters:
            if kijker.rol is Rol.OOV and all(kijker.is_eigen(code, boom) for code in cluster.leden):
                zicht.append(Zichtcluster(categorie, cluster, True))
            elif cluster.waargenomen >= stand.drempels.get(categorie) and all(
                (code, categorie) in bekend for code in cluster.leden
            ):
                zicht.append(Zichtcluster(categorie, cluster, False))
    return sorted(zicht, key=lambda z: (z.cluster.p, -z.cluster.llr, z.categorie))


def may_have_clusters(stand: Weekstand, kijker: Kijker) -> bool:
    """Return whether it makes sense to search for this person: others than oov need warnings that they may know."""
    return kijker.rol is Rol.OOV or any(
        z.signaal.gebied in stand.oordelen[_NIVEAU].panel.gebieden for z in list_zichtbaar(stand, kijker)
    )


def fill_clusters(engine: Engine, stand: Weekstand, melder: Melder | None = None, weken: int = PLACEBOWEKEN) -> int:
    """Scan the weeks before the last one that were not scanned yet, and keep the strongest of each; return how many."""
    panels = _get_panels(stand)
    with engine.connect() as conn:
        plekken = _load_plekken(conn, stand)
        bewaard = set(conn.scalars(select(tabel.c.maandag).where(tabel.c.sleutel == _SLEUTEL)))
    gevraagd = [m for m in list_weken(stand.invoer, weken + 1)[:-1] if m not in bewaard]
    # The first weeks of all have no whole window.
    nieuw = [m for m in gevraagd if panels[0].find_week(m) >= WEKEN - 1]
    nummers = [panels[0].find_week(maandag) for maandag in nieuw]

    def meld(gedaan: int, totaal: int) -> None:
        if melder:
            melder(gedaan / totaal, f"clusters: {gedaan} van {totaal} weken")

    scanweken = build_scanweken(*panels, plekken, nummers, stand.regels.verwachting)
    rijen = [_compose_rij(m, maxima) for m, maxima in zip(nieuw, measure_weken(scanweken, meld), strict=True)]
    if rijen:
        with begin_schrijven(engine, Deel.OOV) as conn:
            # Somebody else may have been first.
            al = set(conn.scalars(select(tabel.c.maandag).where(tabel.c.sleutel == _SLEUTEL)))
            if nog := [rij for rij in rijen if rij["maandag"] not in al]:
                conn.execute(insert(tabel), nog)
    return len(rijen)


def _get_panels(stand: Weekstand) -> tuple[Weekpanel, Weekpanel]:
    return stand.invoer.panels[_NIVEAU], stand.invoer.panels["gemeente"]


def _load_plekken(conn: Connection, stand: Weekstand) -> dict[str, tuple[float, float]]:
    grenzen = load_grenzen(conn, stand.invoer.boom, _NIVEAU)
    punten = grenzen.geometry.centroid
    return {str(code): (float(punt.x), float(punt.y)) for code, punt in zip(grenzen["code"], punten, strict=True)}


def _compose_rij(maandag: date, maxima: dict[str, Weekmaximum]) -> dict[str, object]:
    beeld = json.dumps({c: [m.llr, m.p] for c, m in maxima.items()}, sort_keys=True)
    return {
        "maandag": maandag,
        "sleutel": _SLEUTEL,
        "gemaakt": datetime.now(UTC),
        "beeld": zlib.compress(beeld.encode()),
    }


def _load_maxima(conn: Connection, tot: date) -> dict[str, Sequence[Weekmaximum]]:
    vanaf = tot - timedelta(weeks=PLACEBOWEKEN)
    vraag = select(tabel.c.beeld).where(tabel.c.sleutel == _SLEUTEL, tabel.c.maandag >= vanaf, tabel.c.maandag < tot)
    per_categorie: dict[str, list[Weekmaximum]] = {}
    for beeld in conn.scalars(vraag.order_by(tabel.c.maandag)):
        for categorie, (llr, p) in json.loads(zlib.decompress(beeld)).items():
            per_categorie.setdefault(categorie, []).append(Weekmaximum(llr, p))
    return dict(per_categorie)
