"""The fields of an agendapunt as a person fills them in: to propose one, or to change one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import streamlit as st

from gebieden.domein.agendapunt import Puntsoort
from gebieden.domein.puntvelden import EERSTE_DAG, LAATSTE_DAG, Puntvelden
from gebieden.domein.taal import format_datum
from gebieden.domein.thema import Thema
from gebieden.ui.punten import SOORTNAMEN

LABELS: Final = {
    "titel": "Titel",
    "themas": "Thema's",
    "omschrijving": "Omschrijving",
    "soort": "Soort",
    "trekker": "Trekker (een rol, geen naam)",
    "partners": "Partners",
    "afgesproken_gereed": "Afgesproken klaar op",
    "eenheid": "Verantwoordelijke eenheid",
    "wethouder": "Wethouder (portefeuille)",
    "herkomst": "Waar komt het punt vandaan?",
    "openbaar": "Iedereen mag de tekst lezen",
}
_GEEN_SOORT: Final = "niet gekozen"


def show_puntvelden(basis: Puntvelden, partners: Sequence[str], key: Callable[[str], str]) -> Puntvelden:
    """Draw the fields, filled with `basis`, and return what is in them; `partners` are the known ones to choose from.

    `key` makes the key of a widget from the name of a field.
    """
    titel = st.text_input(LABELS["titel"], basis.titel, key=key("titel"))
    themas = st.pills(
        LABELS["themas"], list(Thema), selection_mode="multi", default=list(basis.themas), key=key("themas")
    )
    omschrijving = st.text_area(LABELS["omschrijving"], basis.omschrijving, key=key("omschrijving"), height=110)
    links, rechts = st.columns(2)
    soorten = [None, *Puntsoort]
    soort = links.selectbox(
        LABELS["soort"],
        soorten,
        index=soorten.index(basis.soort),
        format_func=lambda s: SOORTNAMEN[s] if s else _GEEN_SOORT,
        key=key("soort"),
    )
    datum = rechts.date_input(
        LABELS["afgesproken_gereed"],
        basis.afgesproken_gereed,
        min_value=min(EERSTE_DAG, basis.afgesproken_gereed or EERSTE_DAG),
        max_value=max(LAATSTE_DAG, basis.afgesproken_gereed or LAATSTE_DAG),
        key=key("afgesproken_gereed"),
        format="DD-MM-YYYY",
        help="Laat leeg zolang er geen datum is afgesproken.",
    )
    teksten = {}
    for veld, kolom in zip(("trekker", "eenheid", "wethouder", "herkomst"), (links, rechts) * 2, strict=True):
        teksten[veld] = kolom.text_input(LABELS[veld], getattr(basis, veld), key=key(veld))
    gekozen = st.multiselect(
        LABELS["partners"],
        list(dict.fromkeys([*partners, *basis.partners])),
        default=list(basis.partners),
        accept_new_options=True,
        placeholder="Kies of typ een partner",
        key=key("partners"),
    )
    openbaar = st.checkbox(LABELS["openbaar"], basis.openbaar, key=key("openbaar"))
    return Puntvelden(
        titel=titel,
        themas=tuple(themas),
        omschrijving=omschrijving,
        soort=soort,
        partners=tuple(gekozen),
        afgesproken_gereed=datum if isinstance(datum, date) else None,
        openbaar=openbaar,
        **teksten,
    )


def format_veld(veld: str, waarde: object) -> str:
    """Return the value of a field as people read it."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return format_datum(waarde)
    if isinstance(waarde, list | tuple):
        return ", ".join(map(str, waarde)) or "leeg"
    if veld == "soort" and waarde:
        return SOORTNAMEN[Puntsoort(str(waarde))]
    return str(waarde) if waarde else "leeg"
