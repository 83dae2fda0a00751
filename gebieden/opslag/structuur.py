"""The structural map of a year as a person may see it: rights of `domein.md` section 4. Slow to import (esda).

Why nobody can work out a hidden count from a class. A class says that a count is above or below a known number, and
next to three quarters that are published that would be enough to pin down the fourth. So for everybody but oov the
whole map is made of published numbers only: the year of a buurt counts when all four of its quarters are in the
publication, and is unknown, for that buurt and as a neighbour, when one is hidden. Whatever is made of
published numbers adds nothing to them: the audit of the publication holds for the map, for Moran's I, and for which
areas read "afgeschermd". Only whole calendar years that are over: no two periods that differ by a few days. Nothing is
shown between the threshold and a visible quarter: each of the four is at least the threshold of its group by itself.

oov sees the map of all reports, for its own areas only; the smoothed rate, from which who knows the own count could
work out that of the surroundings, only where all neighbours are its own too.

A buurt is never shown to who has no right to counts per buurt (raad, beheer, others elsewhere): colours follow
their numerator. Those see what holds for the gemeente as a whole, and the rate per wijk as far as it is the sum of four
published quarters. Wijken are too few to have classes of their own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from sqlalchemy import Connection

from gebieden.analyse.structuur import Structuurgebied, Structuurkaart, build_structuurkaart, find_buren
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.structuur import (
    MINSTE_INWONERS,
    PER,
    Structuurbeeld,
    Structuurklasse,
    Structuurrij,
    Wijkcijfer,
    compute_cijfer,
    list_hele_jaren,
)
from gebieden.opslag.gebieden import load_grenzen
from gebieden.opslag.signaalpublicatie import TOTAAL, load_publicaties
from gebieden.opslag.signaaltabel import Signaalrij, load_signaaltabel
from gebieden.opslag.signaaltelling import load_kwartalen

_WEINIG_INWONERS = f"er wonen minder dan {MINSTE_INWONERS} mensen; een cijfer per inwoner zegt daar weinig"
Zichtbaar = Mapping[str, tuple[Signaalrij, int | None]]
"""Per area the row that somebody may see, and the sum over the year; None when a quarter of it is hidden."""


def load_structuurbeeld(
    conn: Connection, kijker: Kijker, boom: Gebiedsboom, peildatum: date, jaar: int, groep: str | None = None
) -> Structuurbeeld:
    """Return the map of a whole year and one group of categories (None: all together) as this person may see it.

    A cache must have the role *and* the person's own areas (`kijker`) in its key, beside the data version.

    Raises
    ------
    InvoerError
        The year is not over, some quarter of it has no reports, or there is no such group.
    RechtenError
        The role does not see the structural map.
    """
    if not kijker.mag_pagina(Pagina.STRUCTUUR):
        raise RechtenError(f"De structuurkaart is niet te zien als {kijker.rol}. Ga naar de pagina Signalen.")
    if jaar not in list_hele_jaren(load_kwartalen(conn, peildatum)):
        raise InvoerError(f"Van {jaar} is er geen heel jaar aan meldingen. Kies een jaar uit de lijst.")
    kwartalen = [Kwartaal(jaar, nummer) for nummer in range(1, 5)]
    zichtbaar = _load_zichtbaar(conn, kijker, boom, peildatum, kwartalen, groep or TOTAAL)
    is_volledig = kijker.rol is Rol.OOV and any(rij.is_volledig for rij, _ in zichtbaar.values())
    tellingen = _load_tellingen(conn, kwartalen, groep or TOTAAL, is_volledig=is_volledig)
    inwoners = {g.code: g.inwoners for g in boom.filter_niveau("buurt")}
    buren = find_buren(load_grenzen(conn, boom, "buurt").set_index("code")["geometry"])
    kaart = _build_kaart(list(inwoners), tellingen, inwoners, buren)
    gebruikt = [g for g in kaart.gebieden if g.klasse is not Structuurklasse.TE_WEINIG]
    wijken = [_build_wijk(rij, som, boom) for rij, som in zichtbaar.values() if rij.niveau in ("gemeente", "wijk")]
    eigen = {code for code, (rij, _) in zichtbaar.items() if rij.is_volledig}
    return Structuurbeeld(
        jaar,
        groep,
        tuple(
            _build_rij(*zichtbaar[g.code], g, inwoners[g.code], eigen.issuperset(buren.get(g.code, ())))
            for g in kaart.gebieden
            if g.code in zichtbaar
        ),
        tuple(sorted(wijken, key=lambda wijk: (wijk.niveau != "gemeente", wijk.naam))),
        len(gebruikt),
        Counter(g.klasse for g in gebruikt),
        is_volledig,
        kaart.reden,
        kaart.moran,
        kaart.p,
    )


def _load_zichtbaar(
    conn: Connection, kijker: Kijker, boom: Gebiedsboom, peildatum: date, kwartalen: Sequence[Kwartaal], kolom: str
) -> Zichtbaar:
    """Return what this person sees of the four publications; areas that are not in all of them are left out."""
    per_kwartaal = []
    for kwartaal in kwartalen:
        tabel = load_signaaltabel(conn, kijker, boom, peildatum, kwartaal)
        if kolom not in tabel.kolommen:
            raise InvoerError(f"De categorie {kolom} komt niet voor. Kies een categorie uit de lijst.")
        plaats = tabel.kolommen.index(kolom)
        per_kwartaal.append({rij.code: (rij, rij.cellen[plaats]) for rij in tabel.rijen})
    overal = [code for code in per_kwartaal[-1] if all(code in deel for deel in per_kwartaal)]
    return {code: (per_kwartaal[-1][code][0], _sum([d[code][1] for d in per_kwartaal])) for code in overal}


def _load_tellingen(
    conn: Connection, kwartalen: Sequence[Kwartaal], kolom: str, *, is_volledig: bool
) -> dict[str, int | None]:
    """Return the year of every buurt, and None where a quarter is hidden, unless all is asked for."""
    per_code: dict[str, list[int | None]] = {}
    for kwartaal in kwartalen:
        for publicatie in load_publicaties(conn, kwartaal):
            plaats = (*publicatie.groepen, TOTAAL).index(kolom)
            for rij in publicatie.rijen:
                dicht = rij.dicht[plaats] and not is_volledig
                per_code.setdefault(rij.code, []).append(None if dicht else rij.aantallen[plaats])
    return {code: _sum(delen) for code, delen in per_code.items() if len(delen) == len(kwartalen)}


def _sum(delen: Sequence[int | None]) -> int | None:
    bekend = [deel for deel in delen if deel is not None]
    return sum(bekend) if len(bekend) == len(delen) else None


def _build_kaart(
    codes: Sequence[str],
    tellingen: Mapping[str, int | None],
    inwoners: Mapping[str, int | None],
    buren: Mapping[str, Sequence[str]],
) -> Structuurkaart:
    """Return the map of these buurten; where few people live is left out, as what is not known is."""
    bekend = [tellingen.get(code) for code in codes]
    bewoond = [n if (n := inwoners[code]) is not None and n >= MINSTE_INWONERS else None for code in codes]
    aantal, bevolking = (np.array([np.nan if n is None else n for n in rij]) for rij in (bekend, bewoond))
    return build_structuurkaart(codes, aantal, bevolking, {code: buren.get(code, ()) for code in codes})


def _build_rij(
    rij: Signaalrij, som: int | None, gebied: Structuurgebied, inwoners: int | None, is_binnen: bool
) -> Structuurrij:
    reden = gebied.reden
    if inwoners is not None and inwoners < MINSTE_INWONERS:
        reden = _WEINIG_INWONERS
    elif som is None:
        return Structuurrij(rij.code, rij.naam, None)
    if not rij.is_volledig:
        return Structuurrij(rij.code, rij.naam, gebied.klasse, reden)
    gevlakt = None if gebied.cijfer is None or not is_binnen else PER * gebied.cijfer
    return Structuurrij(rij.code, rij.naam, gebied.klasse, reden, inwoners, som, compute_cijfer(som, inwoners), gevlakt)


def _build_wijk(rij: Signaalrij, som: int | None, boom: Gebiedsboom) -> Wijkcijfer:
    return Wijkcijfer(rij.code, rij.naam, rij.niveau, _determine_inwoners(rij.code, boom), som)


def _determine_inwoners(code: str, boom: Gebiedsboom) -> int | None:
    """Return how many people live in a gemeente or wijk: as given, else the sum of its buurten when all are known."""
    gebied = boom.gebieden.get(code)
    if gebied is not None and gebied.inwoners is not None:
        return gebied.inwoners
    delen = [b.inwoners for b in boom.filter_niveau("buurt") if b.code != code and boom.bevat(code, b.code)]
    return _sum(delen) if delen else None
