"""The fields of what is kept beside the points, as a person fills them in: drawn from the form itself."""

from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final, get_args, get_origin, get_type_hints

import streamlit as st

from gebieden.domein.puntvelden import EERSTE_DAG, LAATSTE_DAG
from gebieden.domein.taal import format_datum
from gebieden.domein.veldregels import MAX_AANTAL, Invulling, Veldregel

# Per field what there is to choose from, with how people call it.
Opties = Mapping[str, Mapping[Any, str]]
_MAG_LEEG: Final = " (mag leeg blijven)"


def format_woord(woord: StrEnum) -> str:
    """Return a word of a list as people read it: `Niet gevraagd`."""
    return woord.replace("_", " ").capitalize()


def format_invulling(opties: Opties, veld: str, waarde: object) -> str:
    """Return the value of a field as people read it."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return format_datum(waarde)
    if isinstance(waarde, tuple):
        return ", ".join(format_invulling(opties, veld, deel) for deel in waarde) or "leeg"
    if isinstance(waarde, StrEnum):
        return format_woord(waarde)
    return opties.get(veld, {}).get(waarde) or str(waarde if waarde is not None else "") or "leeg"


def get_leeg(vorm: type[Invulling], start: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an empty form by name; `start` is what is filled in already."""
    return {v.name: start.get(v.name, None if v.default is MISSING else v.default) for v in fields(vorm)}


def show_invulling(
    vorm: type[Invulling],
    basis: Mapping[str, Any],
    opties: Opties,
    sleutel: str,
    verborgen: Collection[str] = (),
) -> dict[str, Any]:
    """Draw the fields of a form, filled with `basis`, and return all by name; `verborgen` is not drawn."""
    hints = get_type_hints(vorm)
    return {
        v.name: basis[v.name]
        if v.name in verborgen
        else _show_veld(v, hints[v.name], basis[v.name], opties, f"{sleutel}_{v.name}")
        for v in fields(vorm)
    }


def _show_veld(veld: Field[Any], hint: Any, nu: Any, opties: Opties, key: str) -> Any:
    regel: Veldregel = veld.metadata["regel"]
    label = regel.label if regel.is_verplicht or hint is bool else f"{regel.label}{_MAG_LEEG}"
    if hint is bool:
        return st.checkbox(label, bool(nu), key=key)
    if get_origin(hint) is tuple:
        return _show_meer(label, get_args(hint)[0], nu or (), opties.get(veld.name), key)
    if veld.name in opties:
        return _choose(label, opties[veld.name], nu, key)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choose(label, {lid: format_woord(lid) for lid in hint}, nu, key)
    if date in (hint, *get_args(hint)):
        return _show_datum(label, nu, key)
    if int in (hint, *get_args(hint)):
        aantal = st.number_input(label, 1, MAX_AANTAL, nu, step=1, format="%d", key=key)
        return None if aantal is None else int(aantal)
    if regel.mag_regels:
        return st.text_area(label, nu or "", key=key, height=90)
    return st.text_input(label, nu or "", key=key)


def _show_meer(label: str, soort: Any, nu: tuple[Any, ...], opties: Mapping[Any, str] | None, key: str) -> Any:
    """Draw a choice of several; what has no list of its own is typed."""
    if isinstance(soort, type) and issubclass(soort, StrEnum):
        return tuple(st.pills(label, list(soort), selection_mode="multi", default=list(nu), key=key))
    keuzes = list(dict.fromkeys([*(opties or ()), *nu]))
    namen = {keuze: (opties or {}).get(keuze, str(keuze)) for keuze in keuzes}
    gekozen = st.multiselect(
        label,
        keuzes,
        default=list(nu),
        format_func=lambda keuze: namen.get(keuze, str(keuze)),
        accept_new_options=opties is None,
        placeholder="Kies" if opties is not None else "Typ en druk op Enter",
        key=key,
    )
    return tuple(gekozen)


def _choose(label: str, namen: Mapping[Any, str], nu: Any, key: str) -> Any:
    keuzes = list(dict.fromkeys([*namen, *([nu] if nu is not None else [])]))
    return st.selectbox(
        label,
        keuzes,
        index=None if nu is None else keuzes.index(nu),
        format_func=lambda keuze: namen.get(keuze, str(keuze)),
        placeholder="Kies",
        key=key,
    )


def _show_datum(label: str, nu: date | None, key: str) -> date | None:
    datum = st.date_input(label, nu, min_value=EERSTE_DAG, max_value=LAATSTE_DAG, key=key, format="DD-MM-YYYY")
    return datum if isinstance(datum, date) else None
