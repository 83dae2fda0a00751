"""What changed since a date: over which points, in words and as a list. All text is escaped here."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

import streamlit as st

from gebieden.analyse.veranderingen import Soort, Verandering, compare_standen, count_soorten
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.taal import format_aantal, format_datum, format_getal, join_opsomming
from gebieden.opslag.verzettingen import Verzetting
from gebieden.ui.agendagegevens import get_verzettingen
from gebieden.ui.gegevens import Bron, get_berichten, get_boom, get_punten, get_stand
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.punten import format_staat
from gebieden.ui.raamwerk import show_leeg

TERUGKIJKEN: Final = timedelta(days=90)
_HOOGSTENS: Final = 100
_WOORDEN: Final = {
    Soort.NIEUW: ("punt nieuw op de agenda", "punten nieuw op de agenda"),
    Soort.KLAAR: ("klaar", "klaar"),
    Soort.VERVALLEN: ("vervallen", "vervallen"),
    Soort.OVERGEDRAGEN: ("overgedragen", "overgedragen"),
    Soort.WEG: ("van de agenda af", "van de agenda af"),
    Soort.STAAT: ("keer een andere stand", "keer een andere stand"),
    Soort.DATUM: ("punt met een andere afgesproken datum", "punten met een andere afgesproken datum"),
    Soort.BERICHT: ("punt met een nieuw bericht", "punten met een nieuw bericht"),
    Soort.VOORSTEL: ("voorstel", "voorstellen"),
}


def pick_sinds(peildatum: date) -> date | None:
    """Draw the date field Veranderd sinds and return it."""
    sinds = st.date_input(
        "Veranderd sinds",
        value=peildatum - TERUGKIJKEN,
        max_value=peildatum,
        key="sinds",
        format="DD-MM-YYYY",
        bind="query-params",
        width=220,
    )
    return sinds if isinstance(sinds, date) else None


def show_grens(bron: Bron, peildatum: date, sinds: date) -> None:
    """Say so where the history does not go back that far."""
    vanaf = get_stand(bron, peildatum).geschiedenis_vanaf
    if vanaf and sinds < vanaf:
        st.caption(
            f"Van vóór {format_datum(vanaf)} is de geschiedenis niet bekend: oudere veranderingen kunnen ontbreken."
        )


def collect_veranderingen(
    bron: Bron, peildatum: date, kijker: Kijker, code: str | None, sinds: date
) -> list[Verandering]:
    """Return what changed in an area, or everywhere, since a date; berichten as far as this viewer may read them."""
    boom = get_boom(bron, peildatum)
    toen, nu = get_stand(bron, sinds).standen, get_stand(bron, peildatum).standen
    if code is not None:
        binnen = {c for c in boom.gebieden if boom.bevat(code, c)}
        toen, nu = (tuple(s for s in standen if s.gebied in binnen) for standen in (toen, nu))
    datums = select_datums(get_verzettingen(bron, peildatum), sinds)
    return compare_standen(toen, nu, datums, count_berichten(get_berichten(bron, peildatum, kijker), sinds))


def select_datums(
    verzettingen: Mapping[str, Iterable[Verzetting]], sinds: date
) -> dict[str, tuple[tuple[date | None, date | None], ...]]:
    """Return per point the moves of its agreed date after `sinds`, as (old, new)."""
    return {
        id_: datums
        for id_, keren in verzettingen.items()
        if (datums := tuple((v.oud, v.nieuw) for v in keren if v.datum > sinds))
    }


def count_berichten(berichten: Sequence[Bericht], sinds: date) -> Counter[str]:
    """Return per point how many berichten are dated after `sinds`; they come newest first."""
    later = bisect_left(berichten, -sinds.toordinal(), key=lambda b: -b.datum.toordinal())
    agendapunt = Berichtsoort.AGENDAPUNT
    return Counter([b.id for b in berichten[:later] if b.soort is agendapunt])


def compose_veranderzin(veranderingen: Collection[Verandering], sinds: date) -> str:
    """Return in one sentence at how many points something happened, and what."""
    tellingen = count_soorten(veranderingen)
    delen = [format_aantal(tellingen[soort], *_WOORDEN[soort]) for soort in Soort if tellingen[soort]]
    kop = f"Sinds {format_datum(sinds)} is er iets veranderd bij {format_aantal(len(veranderingen), 'punt', 'punten')}"
    berichten = sum(v.berichten for v in veranderingen)
    staart = f" Er zijn {format_aantal(berichten, 'bericht', 'berichten')} bijgekomen." if berichten > 1 else ""
    return f"{kop}: {join_opsomming(delen)}.{staart}"


def describe_verandering(verandering: Verandering, rol: Rol) -> str:
    """Return what happened to one point, in words."""
    delen = [_describe_staat(verandering, rol)] if verandering.is_verplaatst else []
    if verandering.datums:
        delen.append(_describe_datums(verandering.datums))
    if verandering.berichten:
        delen.append(format_aantal(verandering.berichten, "nieuw bericht", "nieuwe berichten"))
    return "; ".join(delen)


def _describe_staat(verandering: Verandering, rol: Rol) -> str:
    van, naar = verandering.van, verandering.naar
    was = _format_stand(van, verandering.wachtte_op, rol) if van else ""
    wordt = _format_stand(naar, verandering.wacht_op, rol) if naar else ""
    if naar is None:
        return f"staat niet meer op de agenda (was: {was})"
    if Soort.NIEUW in verandering.soorten:
        return f"nieuw op de agenda: {wordt}"
    return f"van {was} naar {wordt}" if van else f"nieuw: {wordt}"


def _format_stand(staat: Staat, wacht_op: WachtOp | None, rol: Rol) -> str:
    return f"Wacht op {wacht_op}" if staat is Staat.WACHT_OP and wacht_op else format_staat(staat, rol)


def _describe_datums(datums: tuple[tuple[date | None, date | None], ...]) -> str:
    oud, nieuw = datums[0][0], datums[-1][1]
    keren = f" ({format_getal(len(datums))} keer veranderd)" if len(datums) > 1 else ""
    if oud is None:
        return f"afgesproken datum: {format_datum(nieuw) if nieuw else 'geen'}{keren}"
    wordt = f"naar {format_datum(nieuw)}" if nieuw else "naar geen datum"
    return f"afgesproken datum van {format_datum(oud)} {wordt}{keren}"


def show_veranderd(bron: Bron, peildatum: date, kijker: Kijker, code: str | None) -> None:
    """Draw what changed since a date that one chooses, as a sentence and a list of points."""
    sinds = pick_sinds(peildatum)
    if sinds is None:
        return
    show_grens(bron, peildatum, sinds)
    veranderingen = collect_veranderingen(bron, peildatum, kijker, code, sinds)
    if not veranderingen:
        show_leeg(f"Sinds {format_datum(sinds)} is er niets veranderd.", "Kies een eerdere dag of een ander gebied.")
        return
    st.markdown(escape_markdown(compose_veranderzin(veranderingen, sinds)))
    volgorde = {soort: nummer for nummer, soort in enumerate(Soort)}
    veranderingen.sort(key=lambda v: (volgorde[v.soorten[0]], v.id))
    titels = collect_titels(bron, peildatum, kijker, sinds)
    st.html(build_veranderingen_html(veranderingen[:_HOOGSTENS], titels, kijker.rol))
    if len(veranderingen) > _HOOGSTENS:
        st.caption(
            f"Dit zijn de eerste {_HOOGSTENS} van {format_aantal(len(veranderingen), 'punt', 'punten')}. "
            "Kies een gebied of een latere dag om minder te zien."
        )


def collect_titels(bron: Bron, peildatum: date, kijker: Kijker, sinds: date) -> dict[str, str]:
    """Return the title of every point; of one that is gone for who may read all, because it may not be public now."""
    weg = get_punten(bron, sinds, kijker) if kijker.mag_tekst(False) else []
    return {p.punt.id: p.punt.titel for p in (*weg, *get_punten(bron, peildatum, kijker))}


def build_veranderingen_html(veranderingen: Iterable[Verandering], titels: Mapping[str, str], rol: Rol) -> str:
    """Return a list of points with what happened to each."""
    regels = "".join(f"<li>{build_verandering_html(v, titels, rol)}</li>" for v in veranderingen)
    return f'<ol class="berichten">{regels}</ol>'


def build_verandering_html(verandering: Verandering, titels: Mapping[str, str], rol: Rol) -> str:
    """Return one point, as a link while it is there, with what happened to it."""
    titel = escape(titels.get(verandering.id, f"Punt {verandering.id}"))
    if verandering.naar is not None:
        adres = compose_adres(Pagina.PUNT, soort=Berichtsoort.AGENDAPUNT, id=verandering.id)
        titel = f'<a class="binnen" href="{escape(adres)}">{titel}</a>'
    return f"<strong>{titel}</strong>: {escape(describe_verandering(verandering, rol))}"
