"""What came of an aanpak on the screen: local effect and displacement apart, never only together."""

from html import escape
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from gebieden.analyse.nepbalken import Nepbalk, count_balken
from gebieden.domein.aanpak import Aanpak
from gebieden.domein.aanpakuitkomst import Aanpakcijfers, Effect, Neptoets, Nepuitkomst, Verhouding
from gebieden.domein.aanpakzin import (
    EERDER_ONDERZOEK,
    VOORBEHOUD,
    compose_aanpakzinnen,
    compose_oordeelzin,
    format_effect,
)
from gebieden.domein.taal import format_datum, format_getal
from gebieden.opslag.aanpakken import Aanpakbeeld
from gebieden.ui.aanpakgegevens import Aanpakgegevens
from gebieden.ui.aanpaktekening import noem_alle
from gebieden.ui.cijfertabel import build_cijfertabel
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.tabellen import MIDDENGRIJS, NEDERLANDS

_ECHT_KLEUR: Final = "#c2541b"
_KOMMA: Final = alt.Axis(labelExpr="replace(datum.label, '.', ',')")
_ECHT: Final = "de echte aanpak ligt hier"


def show_uitkomst(gegevens: Aanpakgegevens, aanpak: Aanpak, beeld: Aanpakbeeld) -> None:
    """Draw the measurement as far as this viewer may see it, or from when it can be there."""
    st.header("Wat kwam ervan?", anchor=False)
    if beeld.oordeel is None:
        show_leeg(
            f"Nog te vroeg: we wachten tot {aanpak.weken} weken na het begin compleet zijn.",
            f"Kijk opnieuw vanaf {format_datum(beeld.op_zijn_vroegst)}.",
        )
        return
    naam = noem_alle(gegevens, aanpak.gebieden)
    st.markdown(f"**{escape_markdown(compose_oordeelzin(beeld.oordeel))}**")
    if beeld.uitkomst is None:
        _show_zinnen([*beeld.opmerkingen, EERDER_ONDERZOEK, VOORBEHOUD])
        st.caption("De getallen ziet alleen OOV, als alle buurten van de aanpak en de vergelijking eigen gebied zijn.")
        return
    _show_zinnen([*compose_aanpakzinnen(naam, beeld.uitkomst), *beeld.opmerkingen])
    if cijfers := beeld.uitkomst.cijfers:
        st.html(build_effecttabel_html(cijfers))
        st.html(build_teltabel_html(cijfers))
        st.caption("Deze getallen zijn volledig en alleen voor u: deel ze niet.")
        _show_toetsen(cijfers)


def _show_zinnen(zinnen: list[str]) -> None:
    st.markdown("\n".join(f"- {escape_markdown(zin)}" for zin in zinnen))


def build_effecttabel_html(cijfers: Aanpakcijfers) -> str:
    """Return both effects as a table: in meldingen, as a ratio, and beside the pseudo interventions."""
    rijen = [
        ("Doelgebied", *_compose_cellen(cijfers.lokaal, cijfers.res, cijfers.nep_lokaal)),
        (
            "Eromheen (verplaatsing)",
            *_compose_cellen(cijfers.verplaatsing, cijfers.res_rand, cijfers.nep_verplaatsing),
        ),
    ]
    koppen = ("Waar", "Verandering", "Verhouding (RES)", "Nep-ingrepen met evenveel of meer")
    uitleg = "Verhouding (RES): boven 1 is minder meldingen dan in de vergelijking, onder 1 meer."
    tabel = build_cijfertabel("Verandering, vergeleken met soortgelijke buurten", koppen, rijen)
    return f'{tabel}<p class="bij">{uitleg}</p>'


def _compose_cellen(effect: Effect, res: Verhouding, nep: Nepuitkomst) -> tuple[str, str, str]:
    verhouding = f"{_format_komma(res.res)} (95%: {_format_komma(res.laag)} tot {_format_komma(res.hoog)})"
    return format_effect(effect), verhouding, f"{format_getal(nep.evenveel)} van de {format_getal(nep.aantal)}"


def build_teltabel_html(cijfers: Aanpakcijfers) -> str:
    """Return the counts before and after in the four groups."""
    aantallen = cijfers.aantallen
    groepen = {
        "Doelgebied": aantallen.doel,
        "Vergelijking van het doelgebied": aantallen.doelcontrole,
        "Eromheen": aantallen.rand,
        "Vergelijking van de buurten eromheen": aantallen.randcontrole,
    }
    rijen = [(wat, format_getal(voor), format_getal(na)) for wat, (voor, na) in groepen.items()]
    return build_cijfertabel("Aantal meldingen in dezelfde weken", ("Waar", "Een jaar eerder", "Na het begin"), rijen)


def _show_toetsen(cijfers: Aanpakcijfers) -> None:
    st.header("Komt dit ook vanzelf voor?", anchor=False)
    st.markdown(
        "We deden dezelfde meting op plekken en momenten waar niets is gedaan. Elke balk telt hoe vaak zo'n "
        "verandering daar vanzelf voorkwam. Ligt de echte aanpak midden tussen de balken, dan kan het toeval zijn."
    )
    for kolom, titel, toets in zip(
        st.columns(2),
        ("In het doelgebied", "In de buurten eromheen"),
        (cijfers.toets_lokaal, cijfers.toets_verplaatsing),
        strict=True,
    ):
        with kolom:
            _show_toets(titel, toets)


def _show_toets(titel: str, toets: Neptoets) -> None:
    if not toets.nep:
        show_leeg(f"{titel}: er zijn te weinig eerdere weken voor nep-ingrepen.")
        return
    balken = count_balken(toets)
    st.markdown(f"**{titel}**")
    st.altair_chart(_build_beeld(balken), width="stretch", alt=f"{titel}; de tabel hieronder zegt hetzelfde")
    rijen = [
        (_format_klasse(balk), format_getal(balk.aantal), _ECHT if balk.is_echt else "")
        for balk in balken
        if balk.aantal or balk.is_echt
    ]
    tabel = build_cijfertabel(titel, ("Verandering, in standaardfouten", "Nep-ingrepen", "Echt"), rijen)
    st.html(f'<details class="wat"><summary>{escape(titel)}: dezelfde verdeling als tabel</summary>{tabel}</details>')


def _format_klasse(balk: Nepbalk) -> str:
    return f"{_format_komma(balk.laag, 1)} tot {_format_komma(balk.hoog, 1)}"


def _format_komma(getal: float, cijfers: int = 2) -> str:
    return f"{getal:.{cijfers}f}".replace(".", ",").replace("-", "−")


def _build_beeld(balken: list[Nepbalk]) -> alt.LayerChart:
    frame = pd.DataFrame(
        [{"laag": b.laag, "hoog": b.hoog, "aantal": b.aantal, "wat": _format_klasse(b)} for b in balken]
    )
    echt = next(balk for balk in balken if balk.is_echt)
    lijn = pd.DataFrame([{"waar": (echt.laag + echt.hoog) / 2, "wat": _ECHT}])
    staven = (
        alt.Chart(frame)
        .mark_bar(color=MIDDENGRIJS)
        .encode(
            x=alt.X("laag:Q", bin="binned", title="minder ◄ verandering ► meer", axis=_KOMMA),
            x2="hoog:Q",
            y=alt.Y("aantal:Q", title="aantal nep-ingrepen"),
            tooltip=[alt.Tooltip("wat:N", title="Verandering"), alt.Tooltip("aantal:Q", title="Nep-ingrepen")],
        )
    )
    merk = alt.Chart(lijn).mark_rule(color=_ECHT_KLEUR, strokeWidth=3).encode(x="waar:Q", tooltip=["wat:N"])
    tekst = (
        alt.Chart(lijn)
        .mark_text(color=_ECHT_KLEUR, align="center", dy=-4, baseline="bottom", fontWeight="bold", text="echte aanpak")
        .encode(x="waar:Q", y=alt.value(0))
    )
    return (staven + merk + tekst).configure(locale=NEDERLANDS).properties(height=260)
