"""De voortgangszin: the counts of an area as one Dutch sentence, in the shape of `domein.md` section 2."""

from datetime import date

from gebieden.domein.agendapunt import WachtOp
from gebieden.domein.taal import format_aantal, format_dag, format_datum, format_getal, join_opsomming
from gebieden.domein.voortgang import STILTE_DAGEN, Voortgang


def compose_zin(
    voortgang: Voortgang,
    peildatum: date,
    stilte_dagen: int = STILTE_DAGEN,
    geschiedenis_vanaf: date | None = None,
) -> str:
    """Return the voortgangszin. No percentages, no judgement; what is not known is said.

    Dates in the year of the peildatum are without their year. `geschiedenis_vanaf` is the date of the
    first import; on an earlier peildatum the sentence says that the history is not known.
    """
    zinnen = [_compose_kern(voortgang, peildatum, stilte_dagen), *_compose_rest(voortgang)]
    if voortgang.laatste_bericht:
        zinnen.append(f"Laatste bericht: {format_dag(voortgang.laatste_bericht, peildatum)}.")
    elif voortgang.punten or voortgang.nieuw_sinds_versie:
        zinnen.append("Er is nog geen bericht.")
    if geschiedenis_vanaf and peildatum < geschiedenis_vanaf:
        zinnen.append(
            f"Van vóór {format_datum(geschiedenis_vanaf)} is de geschiedenis niet bekend: "
            f"de staat op {format_datum(peildatum)} kan anders zijn geweest."
        )
    return " ".join(zinnen)


def _compose_kern(voortgang: Voortgang, peildatum: date, stilte_dagen: int) -> str:
    punten = format_aantal(voortgang.punten, "punt", "punten")
    if not voortgang.agendas:
        return f"Nog geen vastgestelde agenda, {punten}."
    if len(voortgang.agendas) == 1:
        versie, datum = next(iter(voortgang.agendas.values()))
        kop = f"Agenda {format_dag(datum, peildatum)} (versie {versie}), {punten}"
    else:
        kop = f"{format_getal(len(voortgang.agendas))} agenda's samen, {punten}"
    delen = _compose_delen(voortgang, stilte_dagen)
    return f"{kop}: {', '.join(delen)}." if delen else f"{kop}."


def _compose_delen(voortgang: Voortgang, stilte_dagen: int) -> list[str]:
    geborgd = f" ({format_getal(voortgang.geborgd)} geborgd)" if voortgang.geborgd else ""
    redenen = ", ".join(f"{format_getal(voortgang.wacht[r])}× {r}" for r in WachtOp if voortgang.wacht[r])
    delen = (
        (voortgang.afgerond, f"{format_getal(voortgang.afgerond)} afgerond{geborgd}"),
        (voortgang.loopt, format_aantal(voortgang.loopt, "loopt", "lopen")),
        (voortgang.niet_begonnen, f"{format_getal(voortgang.niet_begonnen)} nog niet begonnen"),
        (voortgang.wachtend, f"{format_aantal(voortgang.wachtend, 'wacht', 'wachten')} ({redenen})"),
        (voortgang.overgedragen, f"{format_getal(voortgang.overgedragen)} overgedragen"),
        (voortgang.vervallen, f"{format_getal(voortgang.vervallen)} vervallen"),
        (
            voortgang.onbekend,
            f"{format_getal(voortgang.onbekend)} stand onbekend (langer dan {stilte_dagen} dagen geen bericht)",
        ),
    )
    return [tekst for aantal, tekst in delen if aantal]


def _compose_rest(voortgang: Voortgang) -> list[str]:
    zinnen = []
    if voortgang.te_laat == 1:
        zinnen.append("Eén punt is over zijn eigen datum.")
    elif voortgang.te_laat:
        zinnen.append(f"{format_getal(voortgang.te_laat)} punten zijn over hun eigen datum.")
    if voortgang.geen_datum:
        zinnen.append(f"Geen datum afgesproken: {format_aantal(voortgang.geen_datum, 'punt', 'punten')}.")
    buiten = []
    if voortgang.nieuw_sinds_versie:
        nieuw = format_aantal(voortgang.nieuw_sinds_versie, "nieuw punt", "nieuwe punten")
        buiten.append(f"{nieuw} sinds de vastgestelde versie" if voortgang.agendas else nieuw)
    if voortgang.voorstellen:
        buiten.append(format_aantal(voortgang.voorstellen, "voorstel", "voorstellen"))
    if buiten:
        zinnen.append(f"Daarnaast {join_opsomming(buiten)}.")
    return zinnen
