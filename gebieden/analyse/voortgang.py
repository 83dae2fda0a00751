"""Voortgang over many areas: every point counted once for every area that contains the area it belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import STILTE_DAGEN, Puntstand, Voortgang, determine_voortgang
from gebieden.domein.zin import compose_zin


@dataclass(frozen=True)
class Agendastand:
    """All points of all agendas as they stood on one peildatum.

    `agendas` maps the area of each agenda to its counted (version, date). `geschiedenis_vanaf` is the
    date of the first import of agendapunten; None when nothing has been imported.
    """

    peildatum: date
    standen: tuple[Puntstand, ...]
    agendas: Mapping[str, tuple[int, date]]
    geschiedenis_vanaf: date | None = None
    stilte_dagen: int = STILTE_DAGEN


def determine_voortgang_per_gebied(
    stand: Agendastand, boom: Gebiedsboom, thema: Thema | None = None
) -> dict[str, Voortgang]:
    """Return the voortgang of every area of the tree; areas without points have zeros.

    `thema` keeps the points that carry it. A point whose area is not in the tree counts nowhere.
    """
    per_agenda: dict[str, list[Puntstand]] = defaultdict(list)
    for punt in stand.standen:
        if thema is None or thema in punt.themas:
            per_agenda[punt.gebied].append(punt)
    uitkomst = {code: Voortgang() for code in boom.gebieden}
    for gebied in per_agenda.keys() | stand.agendas.keys():
        eigen = determine_voortgang(per_agenda[gebied], stand.peildatum, stand.stilte_dagen)
        if gebied in stand.agendas:
            eigen.agendas = {gebied: stand.agendas[gebied]}
        for houder in boom.get_houders(gebied):
            uitkomst[houder] += eigen
    return uitkomst


def compose_voortgangsrij(gebied: Gebied, voortgang: Voortgang, stand: Agendastand) -> dict[str, object]:
    """Return one area's voortgang as plain values, in the keys of `voortgang --json`.

    `versie` is None unless exactly one agenda is in it; `wacht` and `dekking` hold only what occurs;
    `laatste_bericht` is an ISO date or None.
    """
    versies = [versie for versie, _ in voortgang.agendas.values()]
    laatste = voortgang.laatste_bericht
    return {
        "code": gebied.code,
        "naam": gebied.naam,
        "niveau": gebied.niveau,
        "versie": versies[0] if len(versies) == 1 else None,
        "punten": voortgang.punten,
        "afgerond": voortgang.afgerond,
        "geborgd": voortgang.geborgd,
        "loopt": voortgang.loopt,
        "niet_begonnen": voortgang.niet_begonnen,
        "wacht": {str(reden): n for reden, n in sorted(voortgang.wacht.items()) if n},
        "overgedragen": voortgang.overgedragen,
        "vervallen": voortgang.vervallen,
        "onbekend": voortgang.onbekend,
        "te_laat": voortgang.te_laat,
        "geen_datum": voortgang.geen_datum,
        "voorstellen": voortgang.voorstellen,
        "nieuw_sinds_versie": voortgang.nieuw_sinds_versie,
        "snelle_acties": {"punten": voortgang.snelle_acties.punten, "afgerond": voortgang.snelle_acties.afgerond},
        "grote_punten": {"punten": voortgang.grote_punten.punten, "afgerond": voortgang.grote_punten.afgerond},
        "dekking": {str(uitkomst): n for uitkomst, n in sorted(voortgang.dekking.items()) if n},
        "laatste_bericht": laatste.isoformat() if laatste else None,
        "zin": compose_zin(voortgang, stand.peildatum, stand.stilte_dagen, stand.geschiedenis_vanaf),
    }


def compose_voortgangsrijen(
    stand: Agendastand,
    boom: Gebiedsboom,
    *,
    thema: Thema | None = None,
    gebieden: Iterable[Gebied] | None = None,
) -> list[dict[str, object]]:
    """Return the voortgang of these areas (all of the tree when None) as rows of plain values, in their order."""
    per_gebied = determine_voortgang_per_gebied(stand, boom, thema)
    keuze = boom.gebieden.values() if gebieden is None else gebieden
    return [compose_voortgangsrij(g, per_gebied[g.code], stand) for g in keuze]
