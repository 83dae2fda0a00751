"""Registering an aanpak before looking: the program proposes what it is compared with, a person confirms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from uuid import uuid4

import streamlit as st

from gebieden.domein.aanpak import Aanpak
from gebieden.domein.fouten import BotsingError
from gebieden.domein.taal import format_aantal
from gebieden.opslag.aanpakken import Voorstel, Voorstelgebied
from gebieden.opslag.dossier import Vastgelegd, change_stuk
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.oovsoorten import AANPAK
from gebieden.ui.aanpakgegevens import Aanpakgegevens, get_voorstel
from gebieden.ui.aanpaktekening import show_tekening
from gebieden.ui.actie import try_actie
from gebieden.ui.gegevens import open_engine
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_fout, show_leeg
from gebieden.ui.toegang import determine_gebruiker

MELDING = "aanpak"


def show_registreren(gegevens: Aanpakgegevens, stuk: Stuk[Aanpak]) -> None:
    """Draw the choice of the areas around and of the comparison, with what the program proposes, and the button."""
    st.header("Registreren", anchor=False)
    st.markdown(
        "Het programma stelt voor welke buurten eromheen liggen en waarmee we vergelijken. Dat doet het met "
        "meldingen van vóór de aanpak. U past het aan en registreert. Daarna ligt de opzet vast."
    )
    voorstel = get_voorstel(gegevens, stuk.velden)
    if not voorstel.heeft_tellingen:
        show_leeg("Er zijn te weinig meldingen van voor de aanpak om vergelijkingsbuurten voor te stellen.")
    is_eigen = st.toggle(
        "Vergelijk alleen met buurten in mijn eigen gebieden",
        key=f"eigen_{stuk.nummer}",
    )
    st.caption(
        "Alleen als alle buurten eigen gebied zijn, ziet u straks de getallen. Met meer buurten is de meting scherper."
    )
    plan = _choose(gegevens, stuk, voorstel, is_eigen)
    show_tekening(gegevens, plan)
    _show_knop(gegevens, stuk, plan)


def _choose(gegevens: Aanpakgegevens, stuk: Stuk[Aanpak], voorstel: Voorstel, is_eigen: bool) -> Aanpak:
    def pick(label: str, veld: str, voorgesteld: Sequence[str]) -> tuple[str, ...]:
        over = [code for code in gegevens.buurten if code not in stuk.velden.gebieden]
        # Another plan gets another proposal, not what was chosen for the one before.
        sleutel = f"{veld}_{_get_merk(stuk)}_{is_eigen}"
        keuze = [code for code in voorgesteld if code in over]
        return tuple(
            st.multiselect(label, over, keuze, format_func=gegevens.noem, key=sleutel, placeholder="Kies buurten")
        )

    def filter_passend(gebieden: Sequence[Voorstelgebied]) -> list[str]:
        return [g.code for g in gebieden if g.past and (not is_eigen or g.code in gegevens.eigen_buurten)]

    ring = pick("Buurten eromheen", "ring", voorstel.rand)
    st.caption("Voorgesteld: elke buurt die aan het doelgebied grenst. Buiten de gemeente zien wij niets.")
    bij_doel = pick("Waarmee we het doelgebied vergelijken", "vergelijking", filter_passend(voorstel.doel))
    _show_redenen(gegevens, voorstel.doel, bij_doel, "het doelgebied")
    bij_ring = pick("Waarmee we de buurten eromheen vergelijken", "vergelijking_ring", filter_passend(voorstel.rond))
    _show_redenen(gegevens, voorstel.rond, bij_ring, "de buurten eromheen")
    return replace(stuk.velden, ring=ring, vergelijking=bij_doel, vergelijking_ring=bij_ring)


def _get_merk(stuk: Stuk[Aanpak]) -> str:
    return f"{stuk.nummer}_{stuk.velden.vingerafdruk[:8]}"


def _show_redenen(
    gegevens: Aanpakgegevens, gebieden: Sequence[Voorstelgebied], gekozen: Sequence[str], wat: str
) -> None:
    """Draw why each area fits or not, folded; what was chosen against the advice is said openly."""
    for gebied in gebieden:
        if gebied.code in gekozen and not gebied.past:
            st.warning(escape_markdown(f"{gegevens.noem(gebied.code)}. {gebied.reden}"), icon=":material/warning:")
    for past, kop in ((True, "voorgesteld"), (False, "afgeraden")):
        regels = [g for g in gebieden if g.past is past]
        if regels:
            items = "".join(f"<li>{escape(gegevens.noem(g.code))}. {escape(g.reden)}</li>" for g in regels)
            zin = escape(f"{format_aantal(len(regels), 'buurt', 'buurten')} {kop} voor {wat}: waarom?")
            lijst = f'<ul class="opsomming">{items}</ul>'
            st.html(f'<details class="wat"><summary>{zin}</summary>{lijst}</details>')


def _show_knop(gegevens: Aanpakgegevens, stuk: Stuk[Aanpak], plan: Aanpak) -> None:
    if gegevens.peildatum > stuk.velden.begin:
        st.warning(
            "Deze aanpak is al begonnen. Registreren kan nog, maar telt minder zwaar: er komt bij te staan dat het "
            "achteraf was.",
            icon=":material/schedule:",
        )
    # A plan that somebody changed meanwhile has another button: nobody registers what they did not see.
    naam = f"registreer_{_get_merk(stuk)}"
    sleutel = st.session_state.setdefault(naam, uuid4().hex)
    gelezen = st.checkbox(
        "Ik heb de opzet gelezen. Na registreren kan hij niet meer veranderen.", key=f"{naam}_gelezen"
    )
    if st.button("Registreren", type="primary", disabled=not gelezen, key=f"{naam}_knop"):
        try:
            try_actie(
                str(stuk.nummer),
                lambda: _register(stuk, plan, sleutel, gegevens.peildatum),
                lambda: "Geregistreerd: de opzet ligt vast.",
                (naam,),
                soort=MELDING,
            )
        except BotsingError as fout:
            show_fout(fout)


def _register(stuk: Stuk[Aanpak], plan: Aanpak, sleutel: str, op: date) -> Vastgelegd:
    engine, wie, wens = open_engine(), determine_gebruiker(), replace(plan, bevestigd=True)
    return change_stuk(engine, wie, AANPAK, stuk.nummer, stuk.velden, wens, sleutel=sleutel, op=op)
