"""The part of the page Veranderd that lays two versions of an agenda side by side. All text is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from gebieden.domein.agendapunt import Agendapunt, Staat, WachtOp
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.taal import format_aantal, format_datum, format_getal
from gebieden.domein.versievergelijking import Puntverschil, Vergelijking, compare_versies
from gebieden.domein.voortgang import is_open
from gebieden.opslag.versies import Versie
from gebieden.ui.agendagegevens import get_versiepunten, get_versies
from gebieden.ui.gegevens import Bron
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.punten import format_staat
from gebieden.ui.puntformulier import LABELS, format_veld
from gebieden.ui.raamwerk import show_leeg

# Of a point that is not public in one of the two, publiek reads no text of the other either.
_ZONDER_TEKST: Final = frozenset({"staat", "wacht_op", "afgesproken_gereed", "themas", "soort", "openbaar"})
VERGELEKEN_VERSIES: Final = ("van_versie", "met_versie")
_NAMEN: Final = {"staat": "Stand", "wacht_op": "Wacht op"} | LABELS


def show_vergelijken(bron: Bron, peildatum: date, kijker: Kijker, code: str, naam: str) -> None:
    """Draw what differs between two versions of the agenda of an area that one chooses."""
    versies = [v for v in get_versies(bron).get(code, []) if v.datum <= peildatum]
    if len(versies) < 2:
        aantal = "geen versie" if not versies else "één versie"
        show_leeg(
            f"Er is van de agenda van {naam} {aantal}, dus er valt niets te vergelijken.",
            "Kies een ander gebied, of kijk bij 'veranderd sinds'.",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        oud = _pick_versie("Vergelijk", VERGELEKEN_VERSIES[0], versies, versies[-2])
        nieuw = _pick_versie("met", VERGELEKEN_VERSIES[1], versies, versies[-1])
    was, wordt = (get_versiepunten(bron, kijker, v, v.datum) for v in (oud, nieuw))
    vergelijking = compare_versies(was, wordt)
    st.markdown(escape_markdown(_compose_zin(oud, nieuw, vergelijking)))
    st.caption("Stand en afgesproken datum zijn die van de dag van de versie zelf.")
    laatste = {p.id: p for p in get_versiepunten(bron, kijker, oud, peildatum)}
    rol = kijker.rol
    _show_lijst("Erbij gekomen", [f"<strong>{escape(p.titel)}</strong>" for p in vergelijking.erbij])
    _show_lijst("Eraf", [_describe_eraf(laatste.get(p.id, p), rol) for p in vergelijking.eraf])
    _show_lijst("Gewijzigd", [_describe_verschil(v, rol) for v in vergelijking.gewijzigd])


def _pick_versie(label: str, sleutel: str, versies: Sequence[Versie], standaard: Versie) -> Versie:
    per_nummer = {str(v.versie): v for v in versies}
    if st.session_state.get(sleutel) not in per_nummer:
        # The agenda of another area has other versions.
        st.session_state.pop(sleutel, None)
    keuze = st.selectbox(
        label,
        list(per_nummer),
        index=list(per_nummer).index(str(standaard.versie)),
        key=sleutel,
        format_func=lambda n: format_versie(per_nummer[n]),
        bind="query-params",
        width=380,
    )
    return per_nummer.get(keuze or "", standaard)


def format_versie(versie: Versie) -> str:
    """Return a version as `versie 2, 12 mei 2026 (gebiedsteam)`."""
    door = f" ({versie.vastgesteld_door})" if versie.vastgesteld_door else ""
    return f"versie {versie.versie}, {format_datum(versie.datum)}{door}"


def _compose_zin(oud: Versie, nieuw: Versie, v: Vergelijking) -> str:
    van, naar = (f"versie {versie.versie} ({format_datum(versie.datum)})" for versie in (oud, nieuw))
    return (
        f"Van {van} naar {naar}: {format_aantal(len(v.erbij), 'punt', 'punten')} erbij, "
        f"{format_getal(len(v.eraf))} eraf, "
        f"{format_getal(len(v.gewijzigd))} gewijzigd en {format_getal(len(v.gelijk))} gelijk gebleven."
    )


def _show_lijst(kop: str, regels: Sequence[str]) -> None:
    if regels:
        st.header(f"{kop} ({format_getal(len(regels))})", anchor=False)
        st.html(f'<ol class="berichten">{"".join(f"<li>{regel}</li>" for regel in regels)}</ol>')


def _describe_eraf(punt: Agendapunt, rol: Rol) -> str:
    delen = [f"laatste stand: {format_staat(punt.staat, rol)}"]
    if punt.reden:
        delen.append(f"reden: {punt.reden}")
    if punt.aan_wie:
        delen.append(f"aan {punt.aan_wie}")
    if is_open(punt.staat):
        delen.append("het punt stond nog open")
    return f"<strong>{escape(punt.titel)}</strong>: {escape('; '.join(delen))}"


def _describe_verschil(verschil: Puntverschil, rol: Rol) -> str:
    velden = select_leesbaar(verschil, rol)
    regels = "; ".join(
        f"{_NAMEN[veld]}: {_format(veld, oud, rol)} → {_format(veld, nieuw, rol)}" for veld, (oud, nieuw) in velden
    )
    return f"<strong>{escape(verschil.nieuw.titel)}</strong>: {escape(regels)}"


def select_leesbaar(verschil: Puntverschil, rol: Rol) -> Iterable[tuple[str, tuple[object, object]]]:
    """Return the fields that differ and that this role may read of both."""
    velden: Mapping[str, tuple[object, object]] = verschil.velden
    if Kijker(rol).mag_tekst(verschil.oud.openbaar and verschil.nieuw.openbaar):
        return velden.items()
    return [(veld, paar) for veld, paar in velden.items() if veld in _ZONDER_TEKST]


def _format(veld: str, waarde: object, rol: Rol) -> str:
    if isinstance(waarde, Staat):
        return format_staat(waarde, rol)
    return str(waarde) if isinstance(waarde, WachtOp) else format_veld(veld, waarde)
