"""Boundaries as an import or a service brings them: stored as areas with their shapes, with remarks about one's own."""

import pandas as pd
from sqlalchemy import Connection

from gebieden.domein.codes import NIVEAUS_CBS
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.gebied import Gebied
from gebieden.domein.taal import join_opsomming
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.opslag.gebieden import load_gebieden, save_gebieden
from gebieden.opslag.telling import Telling


def save_grenzen(
    conn: Connection, resultaat: Inleesresultaat, *, schematisch: bool = False
) -> tuple[Telling, list[Bevinding]]:
    """Store the areas that were read with their shapes; `schematisch` says that all of them are sketches."""
    frame = resultaat.gebieden
    if frame is None or frame.empty:
        return Telling(), []
    gebieden = [
        Gebied(
            r.code,
            r.naam,
            r.niveau,
            geldig_vanaf=r.geldig_vanaf or None,
            geldig_tot=r.geldig_tot or None,
            inwoners=None if pd.isna(r.inwoners) else int(r.inwoners),
            schematisch=schematisch or r.schematisch,
        )
        for r in frame.itertuples()
    ]
    indelingen = {g.code for g in load_gebieden(conn) if g.buurten}
    vormen = zip(gebieden, frame.geometry.to_wkb(), strict=True)
    telling = save_gebieden(conn, gebieden, {(g.code, g.geldig_vanaf): vorm for g, vorm in vormen})
    eigen = [g for g in gebieden if g.niveau not in NIVEAUS_CBS]
    return telling, [
        *_report_eigen(
            [g for g in eigen if g.code in indelingen],
            "vorm_van_indeling",
            "de vorm is niet overgenomen; die is de som van de buurten waar het gebied uit bestaat",
            "Verander de buurten met 'importeer indeling' als de vorm anders moet zijn.",
            resultaat.bestand,
        ),
        *_report_eigen(
            [g for g in eigen if g.code not in indelingen],
            "buurten_onbekend",
            "de buurten zijn niet bekend, dus de punten tellen alleen in het gebied zelf en niet in de gemeente",
            "Geef de buurten op met 'importeer indeling', onder dezelfde code.",
            resultaat.bestand,
        ),
    ]


def _report_eigen(gebieden: list[Gebied], regelnaam: str, wat: str, herstel: str, bestand: str) -> list[Bevinding]:
    """Return one remark about areas of the gemeente's own that came as shapes; none when there are none."""
    if not gebieden:
        return []
    namen = join_opsomming([f"{g.code} {g.naam}" for g in gebieden])
    return [Bevinding(Ernst.LET_OP, regelnaam, f"{bestand}: {namen}: {wat}.", herstel)]
