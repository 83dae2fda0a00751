"""What beheer sets on the page Gegevens: thresholds, and the groups of signal categories."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from gebieden.domein.botsing import settle_botsing
from gebieden.domein.fouten import BotsingError, GebiedenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.groepsregel import DREMPEL_GEVOELIG, MAX_JAREN, Groepsregel
from gebieden.opslag.beheer import (
    GRENZEN,
    load_instellingen,
    save_categoriegroepen,
    save_groepsregels,
    save_instellingen,
)
from gebieden.opslag.groepsregels import load_groep_van, load_groepsregels
from gebieden.ui.botsing import show_botsing
from gebieden.ui.gegevens import open_engine
from gebieden.ui.raamwerk import show_fout, show_leeg

_VRAGEN = {
    "stilte_dagen": "Na hoeveel dagen zonder bericht is de stand onbekend?",
    "onderdrukkingsdrempel": "Onder welk aantal worden meldingen afgeschermd?",
    "wachtdagen_meldingen": "Hoeveel dagen na de zondag beoordelen we een week, zolang leveringen dat niet leren?",
}

_Bewaar = Callable[[Mapping[str, Any], Mapping[str, Any]], None]


def show_instellingen(gebruiker: Gebruiker) -> None:
    """Draw the thresholds as one form."""

    def bewaar(basis: Mapping[str, int], wens: Mapping[str, int]) -> None:
        save_instellingen(open_engine(), gebruiker, basis, wens)

    with open_engine().connect() as conn:
        basis = _keep_basis("instellingen", load_instellingen(conn))
    if _show_keuze("instellingen", _VRAGEN, bewaar):
        return
    with st.form("instellingen"):
        teksten = {
            sleutel: st.text_input(
                f"{vraag} ({GRENZEN[sleutel][0]} tot en met {GRENZEN[sleutel][1]})",
                value=str(basis[sleutel]),
                max_chars=5,
            )
            for sleutel, vraag in _VRAGEN.items()
        }
        if not st.form_submit_button("Opslaan", key="verstuurd_instellingen"):
            return
    _save("instellingen", basis, {sleutel: _parse_getal(tekst) for sleutel, tekst in teksten.items()}, bewaar)


def _parse_getal(tekst: str) -> int:
    kaal = tekst.strip()
    return int(kaal) if kaal.isascii() and kaal.isdigit() else -1


def show_categoriegroepen(gebruiker: Gebruiker) -> None:
    """Draw the categories of signals with the group each is counted in."""

    def bewaar(basis: Mapping[str, str], wens: Mapping[str, str]) -> None:
        save_categoriegroepen(open_engine(), gebruiker, basis, wens)

    with open_engine().connect() as conn:
        basis = _keep_basis("categoriegroepen", load_groep_van(conn))
    if not basis:
        show_leeg("Er zijn nog geen signalen ingelezen, dus ook nog geen categorieën.")
        return
    if _show_keuze("categoriegroepen", {}, bewaar):
        return
    st.caption("Categorieën met dezelfde groep tellen op de pagina Signalen als één kolom.")
    tabel = pd.DataFrame({"Categorie": list(basis), "Groep": list(basis.values())})
    with st.form("categoriegroepen"):
        nieuw = st.data_editor(tabel, hide_index=True, disabled=["Categorie"], num_rows="fixed", key="groepen")
        if not st.form_submit_button("Groepen opslaan", key="verstuurd_categoriegroepen"):
            return
    gekozen = {c: str(g or "") for c, g in zip(nieuw["Categorie"], nieuw["Groep"], strict=True)}
    _save("categoriegroepen", basis, gekozen, bewaar)


def show_groepsregels(gebruiker: Gebruiker) -> None:
    """Draw per group of categories whether it is sensitive and how long single signals are kept."""

    def bewaar(basis: Mapping[str, Groepsregel], wens: Mapping[str, Groepsregel]) -> None:
        save_groepsregels(open_engine(), gebruiker, basis, wens)

    with open_engine().connect() as conn:
        basis = _keep_basis("groepsregels", load_groepsregels(conn))
    if not basis or _show_keuze("groepsregels", {}, bewaar):
        return
    st.caption(
        f"Van een gevoelige groep schermen we elk aantal onder {DREMPEL_GEVOELIG} af. De bewaartermijn telt in hele "
        "jaren. Leeg betekent: nog niet besloten, en dan wordt er niets gewist. Wissen gaat met de opdracht "
        "`python -m gebieden bewaartermijn`."
    )
    tabel = pd.DataFrame(
        {
            "Groep": list(basis),
            "Gevoelig": [regel.is_gevoelig for regel in basis.values()],
            "Bewaren (jaar)": pd.array([regel.jaren for regel in basis.values()], dtype="Int64"),
        }
    )
    with st.form("groepsregels"):
        nieuw = st.data_editor(
            tabel,
            hide_index=True,
            disabled=["Groep"],
            num_rows="fixed",
            key="groepsregels_tabel",
            column_config={"Bewaren (jaar)": st.column_config.NumberColumn(min_value=1, max_value=MAX_JAREN, step=1)},
            placeholder="–",
        )
        if not st.form_submit_button("Regels opslaan", key="verstuurd_groepsregels"):
            return
    rijen = zip(nieuw["Groep"], nieuw["Gevoelig"], nieuw["Bewaren (jaar)"], strict=True)
    gekozen = {groep: Groepsregel(bool(g), None if pd.isna(jaren) else int(jaren)) for groep, g, jaren in rijen}
    _save("groepsregels", basis, gekozen, bewaar)


def _keep_basis(formulier: str, nu: dict[str, Any]) -> dict[str, Any]:
    """Return what is stored now, but when the form was sent, what it showed: that is what this person changed."""
    sleutel = f"basis_{formulier}"
    if not st.session_state.get(f"verstuurd_{formulier}"):
        st.session_state[sleutel] = nu
    basis: dict[str, Any] = st.session_state.setdefault(sleutel, nu)
    return basis


def _show_keuze(formulier: str, labels: Mapping[str, str], bewaar: _Bewaar) -> bool:
    """Draw the choice per field that somebody else changed too, and return whether there is one to make."""
    if f"botsing_{formulier}" not in st.session_state:
        return False
    fout, basis, wens = st.session_state[f"botsing_{formulier}"]
    keuzes = show_botsing(fout, labels, lambda _, waarde: str(waarde), f"keuze_{formulier}")
    if keuzes is not None:
        _save(formulier, *settle_botsing(fout, basis, wens, keuzes), bewaar)
    return True


def _save(formulier: str, basis: Mapping[str, Any], wens: Mapping[str, Any], bewaar: _Bewaar) -> None:
    try:
        bewaar(basis, wens)
    except BotsingError as fout:
        st.session_state[f"botsing_{formulier}"] = (fout, basis, wens)
    except GebiedenError as fout:
        show_fout(fout)
        return
    else:
        st.session_state.pop(f"botsing_{formulier}", None)
    st.rerun()
