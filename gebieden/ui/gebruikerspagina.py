"""Users on the page Beheer: who may sign in, as what, and changing that."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import pandas as pd
import streamlit as st

from gebieden.domein.botsing import Velden, settle_botsing
from gebieden.domein.fouten import BotsingError, GebiedenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import TOE_TE_KENNEN, Gebruiker, Gebruikersgegevens, Inschrijving
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import join_opsomming
from gebieden.opslag.gebruikersbeheer import (
    add_gebruiker,
    build_gegevens,
    change_gebruiker,
    load_gebruikers,
    remove_gebruiker,
)
from gebieden.opslag.logboek import VIA_SCHERM
from gebieden.ui.botsing import show_botsing
from gebieden.ui.gegevens import open_engine
from gebieden.ui.opmaak import escape_markdown, format_rol
from gebieden.ui.raamwerk import show_fout, show_leeg
from gebieden.ui.tabellen import show_tabel

_LABELS: Final = {"naam": "Naam", "rol": "Rol", "gebieden": "Gebieden", "actief": "Mag zich aanmelden"}
_NIEUW: Final = Gebruikersgegevens("", Rol.RAAD)
# Streamlit forgets what is in a form only when its widgets get other keys.
_RONDE: Final = "gebruikers_ronde"
_MELDING: Final = "gebruikers_melding"


@dataclass(frozen=True, slots=True)
class _Conflict:
    """What this person wanted when somebody else turned out to have been first."""

    fout: BotsingError
    basis: Velden
    wens: Velden


def show_gebruikers(wie: Gebruiker, boom: Gebiedsboom) -> None:
    """Draw the users, and the forms to add, change and remove one."""
    with open_engine().connect() as conn:
        inschrijvingen = load_gebruikers(conn, wie.kijker)
    if melding := st.session_state.pop(_MELDING, ""):
        st.success(escape_markdown(melding), icon=":material/check_circle:")
    if inschrijvingen:
        show_tabel(compose_gebruikerstabel(inschrijvingen, boom), "Tabel van gebruikers")
    else:
        show_leeg("Er zijn nog geen gebruikers.", "Wie zich aanmeldt, ziet wat iedereen mag zien.")
    with st.expander("Gebruiker toevoegen", icon=":material/person_add:", expanded=not inschrijvingen):
        _show_toevoegen(wie, boom)
    if inschrijvingen:
        st.header("Gebruiker wijzigen", anchor=False)
        _show_wijzigen(wie, _pick_inschrijving(inschrijvingen), boom)


def compose_gebruikerstabel(inschrijvingen: Sequence[Inschrijving], boom: Gebiedsboom) -> pd.DataFrame:
    """Return the users as a table for people."""
    return pd.DataFrame(
        [
            {
                "Aanmeldnaam": i.aanmeldnaam,
                "Naam": i.gegevens.naam,
                "Rol": format_rol(i.gegevens.rol),
                "Gebieden": _format_gebieden(i.gegevens.gebieden, boom),
                "Mag zich aanmelden": "ja" if i.gegevens.actief else "nee",
                "Heeft zich aangemeld": "ja" if i.is_aangemeld else "nog niet",
            }
            for i in inschrijvingen
        ]
    )


def _format_gebieden(codes: frozenset[str], boom: Gebiedsboom) -> str:
    return join_opsomming(sorted(_format_gebied(code, boom) for code in codes)) or "geen"


def _format_gebied(code: str, boom: Gebiedsboom) -> str:
    return f"{boom.gebieden[code].naam} ({boom.gebieden[code].niveau})" if code in boom.gebieden else code


def _pick_inschrijving(inschrijvingen: Sequence[Inschrijving]) -> Inschrijving:
    per_nummer = {i.nummer: i for i in inschrijvingen}
    keuze = st.selectbox(
        "Gebruiker", list(per_nummer), format_func=lambda n: per_nummer[n].aanmeldnaam, key="gekozen_gebruiker"
    )
    return per_nummer[keuze]


def _show_toevoegen(wie: Gebruiker, boom: Gebiedsboom) -> None:
    with st.form(f"toevoegen_{_get_ronde()}", enter_to_submit=False):
        aanmeldnaam = st.text_input("Aanmeldnaam (meestal een e-mailadres)", max_chars=254)
        gegevens = _pick_gegevens(_NIEUW, boom, f"nieuw_{_get_ronde()}")
        if not st.form_submit_button("Toevoegen", type="primary"):
            return
    try:
        add_gebruiker(open_engine(), wie, aanmeldnaam, gegevens, via=VIA_SCHERM)
    except GebiedenError as fout:
        show_fout(fout)
    else:
        _finish(f"Gebruiker {aanmeldnaam} is toegevoegd.")


def _show_wijzigen(wie: Gebruiker, inschrijving: Inschrijving, boom: Gebiedsboom) -> None:
    sleutel = f"gebruiker_{inschrijving.nummer}_{_get_ronde()}"
    if conflict := st.session_state.get(f"botsing_{sleutel}"):
        _show_conflict(wie, inschrijving, conflict, boom, f"botsing_{sleutel}")
        return
    basis = _keep_basis(inschrijving, sleutel)
    with st.form(f"wijzigen_{sleutel}", enter_to_submit=False):
        wens = _pick_gegevens(basis, boom, sleutel)
        gevraagd = st.form_submit_button("Opslaan", type="primary")
    if gevraagd:
        _store(wie, inschrijving, asdict(basis), asdict(wens), f"botsing_{sleutel}")
    with st.expander("Gebruiker verwijderen", icon=":material/person_remove:"):
        _show_verwijderen(wie, inschrijving, sleutel)


def _keep_basis(inschrijving: Inschrijving, sleutel: str) -> Gebruikersgegevens:
    """Return what this person began with: as stored when the form was opened, whatever others did since."""
    if f"naam_{sleutel}" not in st.session_state:
        st.session_state[f"basis_{sleutel}"] = inschrijving.gegevens
    basis: Gebruikersgegevens = st.session_state[f"basis_{sleutel}"]
    return basis


def _pick_gegevens(nu: Gebruikersgegevens, boom: Gebiedsboom, sleutel: str) -> Gebruikersgegevens:
    naam = st.text_input(_LABELS["naam"], value=nu.naam, max_chars=254, key=f"naam_{sleutel}")
    rol = st.selectbox(
        _LABELS["rol"],
        TOE_TE_KENNEN,
        index=TOE_TE_KENNEN.index(nu.rol),
        format_func=format_rol,
        key=f"rol_{sleutel}",
    )
    codes = [g.code for niveau in boom.get_niveaus() for g in boom.filter_niveau(niveau)]
    gebieden = st.multiselect(
        f"{_LABELS['gebieden']} (bij gebiedsteam, gebiedsregisseur en gebiedsmedewerker OOV)",
        [*codes, *sorted(nu.gebieden - set(codes))],
        default=sorted(nu.gebieden),
        format_func=lambda code: _format_gebied(code, boom),
        placeholder="Kies een of meer gebieden",
        key=f"gebieden_{sleutel}",
    )
    actief = st.checkbox(_LABELS["actief"], value=nu.actief, key=f"actief_{sleutel}")
    return Gebruikersgegevens(naam.strip(), rol, frozenset(gebieden), actief)


def _store(wie: Gebruiker, inschrijving: Inschrijving, basis: Velden, wens: Velden, plek: str) -> None:
    try:
        change_gebruiker(
            open_engine(), wie, inschrijving.nummer, build_gegevens(basis), build_gegevens(wens), via=VIA_SCHERM
        )
    except BotsingError as fout:
        st.session_state[plek] = _Conflict(fout, basis, wens)
        st.rerun()
    except GebiedenError as fout:
        show_fout(fout)
    else:
        _finish(f"De wijziging van {inschrijving.aanmeldnaam} is opgeslagen.")


def _show_conflict(
    wie: Gebruiker, inschrijving: Inschrijving, conflict: _Conflict, boom: Gebiedsboom, plek: str
) -> None:
    keuzes = show_botsing(
        conflict.fout, _LABELS, lambda veld, waarde: _format_veld(veld, waarde, boom), f"keuze_{plek}"
    )
    if st.button("Mijn wijzigingen weggooien"):
        _finish(f"Uw wijzigingen van {inschrijving.aanmeldnaam} zijn weggegooid.")
    if keuzes is not None:
        _store(wie, inschrijving, *settle_botsing(conflict.fout, conflict.basis, conflict.wens, keuzes), plek)


def _format_veld(veld: str, waarde: object, boom: Gebiedsboom) -> str:
    if isinstance(waarde, frozenset):
        return _format_gebieden(waarde, boom)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return format_rol(waarde) if isinstance(waarde, Rol) else str(waarde) or "leeg"


def _show_verwijderen(wie: Gebruiker, inschrijving: Inschrijving, sleutel: str) -> None:
    st.markdown(
        "Hiermee wordt deze gebruiker gewist, met naam en aanmeldnaam. Wat deze gebruiker schreef, blijft staan. "
        "Wilt u iemand alleen tegenhouden, haal dan het vinkje weg bij 'Mag zich aanmelden'."
    )
    if not st.button("Verwijderen", key=f"verwijder_{sleutel}"):
        return
    try:
        remove_gebruiker(open_engine(), wie, inschrijving.nummer, via=VIA_SCHERM)
    except GebiedenError as fout:
        show_fout(fout)
    else:
        _finish(f"Gebruiker {inschrijving.aanmeldnaam} is verwijderd.")


def _get_ronde() -> int:
    ronde: int = st.session_state.setdefault(_RONDE, 0)
    return ronde


def _finish(melding: str) -> None:
    st.session_state[_RONDE] = _get_ronde() + 1
    st.session_state[_MELDING] = melding
    st.rerun()
