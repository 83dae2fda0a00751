"""Points and initiatives as tables and timelines."""

from collections.abc import Mapping, Sequence
from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from gebieden.domein.initiatief import INITIATIEF_MACHINE, Initiatief
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import MAANDEN
from gebieden.domein.voortgang import Categorie, determine_categorie
from gebieden.opslag.lezen import Punt
from gebieden.ui.opmaak import format_bedrag
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.tekens import CATEGORIETEKENS

# Stands out from a light and from a dark page.
MIDDENGRIJS = "#7a8791"
# The number at the end keeps points with the same title apart; the label goes without.
ZONDER_NUMMER = "slice(datum.label, 0, lastindexof(datum.label, ' ('))"
_BREEDTES = {"Stand": 130, "Staat": 170, "Titel": 280, "Gebied": 140, "Thema's": 130, "Trekker": 150}
_DATUM = st.column_config.DateColumn(format="DD-MM-YYYY")
_DAGEN = ("zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag")
NEDERLANDS = alt.Locale(
    time=alt.TimeLocale(
        dateTime="%a %e %B %Y %X",
        date="%d-%m-%Y",
        time="%H:%M:%S",
        periods=["AM", "PM"],
        days=list(_DAGEN),
        shortDays=[d[:2] for d in _DAGEN],
        months=list(MAANDEN),
        shortMonths=["mrt" if m == "maart" else m[:3] for m in MAANDEN],
    )
)


def compose_puntentabel(
    punten: Sequence[Punt], namen: Mapping[str, str], peildatum: date, stilte_dagen: int
) -> pd.DataFrame:
    """Return the points as a table for people: one row per point, in the order given."""
    return pd.DataFrame(
        [
            {
                "Stand": CATEGORIETEKENS[determine_categorie(p.stand, peildatum, stilte_dagen)].woord.rstrip(" …"),
                "Titel": p.punt.titel,
                "Gebied": namen.get(p.punt.gebied, p.punt.gebied),
                "Thema's": ", ".join(p.punt.themas),
                "Trekker": p.punt.trekker,
                "Afgesproken klaar": p.punt.afgesproken_gereed,
                "Laatste bericht": p.laatste,
                "Nummer": p.punt.id,
            }
            for p in punten
        ]
    )


def compose_initiatieventabel(initiatieven: Sequence[Initiatief], namen: Mapping[str, str], rol: Rol) -> pd.DataFrame:
    """Return the initiatives as a table for people: one row per initiative, in the order given."""
    toestanden = INITIATIEF_MACHINE.toestanden
    return pd.DataFrame(
        [
            {
                "Staat": toestanden[i.staat].publieke_naam if rol is Rol.PUBLIEK else toestanden[i.staat].naam,
                "Titel": i.titel,
                "Gebied": namen.get(i.gebied, i.gebied),
                "Thema's": ", ".join(i.themas),
                "Aangevraagd": format_bedrag(i.aangevraagd),
                "Toegekend": format_bedrag(i.toegekend),
                "Ingediend op": i.ingediend_op,
                "Besluit op": i.besluit_op,
                "Nummer": i.id,
            }
            for i in initiatieven
        ]
    )


def show_tabel(tabel: pd.DataFrame, omschrijving: str) -> None:
    """Draw a table; columns with dates show them the Dutch way."""
    if tabel.empty:
        show_leeg("Er is niets dat hierbij past.", "Haal een filter weg om meer te zien.")
        return
    kolommen = {k: st.column_config.Column(width=breedte) for k, breedte in _BREEDTES.items()}
    kolommen |= {k: _DATUM for k in tabel.columns if k.endswith((" op", "klaar", "bericht"))}
    st.dataframe(tabel, hide_index=True, column_config=kolommen, alt=omschrijving, placeholder="–", width="stretch")


def show_initiatieventijdlijn(initiatieven: Sequence[Initiatief], peildatum: date, rol: Rol) -> None:
    """Draw when initiatives were handed in: one mark per initiative."""
    toestanden = INITIATIEF_MACHINE.toestanden
    rijen = [
        {
            "titel": f"{i.titel[:60]} ({i.id})",
            "datum": pd.Timestamp(i.ingediend_op),
            "stand": toestanden[i.staat].publieke_naam if rol is Rol.PUBLIEK else toestanden[i.staat].naam,
        }
        for i in initiatieven
        if i.ingediend_op
    ]
    if not rijen:
        show_leeg("Van geen van deze initiatieven is de datum bekend.")
        return
    frame = pd.DataFrame(rijen).sort_values("datum")
    st.altair_chart(_build_tijdlijn(frame, peildatum), width="stretch", alt="Tijdlijn van ingediende initiatieven")


def _build_tijdlijn(frame: pd.DataFrame, peildatum: date) -> alt.LayerChart:
    punten = (
        alt.Chart(frame)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=alt.X("datum:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, orient="top")),
            y=alt.Y("titel:N", title=None, sort=None, axis=alt.Axis(labelLimit=240, labelExpr=ZONDER_NUMMER)),
            color=alt.value(CATEGORIETEKENS[Categorie.LOOPT].kleur),
            tooltip=[
                alt.Tooltip("titel:N", title="Titel"),
                alt.Tooltip("datum:T", title="Datum", format="%e %B %Y"),
                alt.Tooltip("stand:N", title="Stand"),
            ],
        )
    )
    vandaag = (
        alt.Chart(pd.DataFrame({"datum": [pd.Timestamp(peildatum)], "titel": ["Peildatum"]}))
        .mark_rule(strokeDash=[4, 3], strokeWidth=2, color=MIDDENGRIJS)
        .encode(x="datum:T", tooltip=["titel:N", alt.Tooltip("datum:T", title="Datum", format="%e %B %Y")])
    )
    return (vandaag + punten).configure(locale=NEDERLANDS).properties(height=alt.Step(24))
