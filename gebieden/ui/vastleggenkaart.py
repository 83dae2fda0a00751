"""Where a signal was: tapped on the map or chosen from a list; either way a buurt, and nothing finer."""

from collections.abc import Mapping

import streamlit as st

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker
from gebieden.kaart.geometrie import build_grenzenbestand
from gebieden.kaart.kaartbeeld import Kaartbeeld
from gebieden.kaart.kleuren import Klasse
from gebieden.kaart.kleuring import Gebiedsstand, Kleuring
from gebieden.opslag.database import Deel
from gebieden.opslag.grenzenbestanden import save_grenzenbestand
from gebieden.ui.gegevens import Bron, Grenzen, get_boom, key_on, load_grensframe, open_engine
from gebieden.ui.kaartvenster import show_kaart
from gebieden.ui.raamwerk import show_leeg

_BUITEN = "vastleggen_buiten"
_HOOGTE = 300


def list_eigen_buurten(boom: Gebiedsboom, kijker: Kijker) -> dict[str, str]:
    """Return the names of the buurten of this person's own areas, by code; of two with one name also the code."""
    eigen = kijker.list_eigen(boom)
    buurten = [g for g in boom.filter_niveau("buurt") if g.code in eigen]
    namen = [g.naam for g in buurten]
    return {g.code: g.naam if namen.count(g.naam) == 1 else f"{g.naam} ({g.code})" for g in buurten}


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN))
def _get_eigen_grenzen(bron: Bron, kijker: Kijker) -> Grenzen:
    """Return the boundaries of the own buurten only: on a phone those fill the map, and outside is not one's own."""
    frame = load_grensframe(bron, bron.vandaag, "buurt")
    frame = frame[frame["code"].isin(list_eigen_buurten(get_boom(bron, bron.vandaag), kijker))]
    if frame.empty:
        return Grenzen("", (), False)
    bestand = build_grenzenbestand(frame.reset_index(drop=True))
    save_grenzenbestand(open_engine(), bestand.hash, bestand.inhoud_gzip)
    return Grenzen(bestand.hash, bestand.codes, bool(frame["schematisch"].any()))


def pick_buurt(bron: Bron, kijker: Kijker, buurten: Mapping[str, str], sleutel: str) -> str | None:
    """Draw the map and the list, that share one choice under the key `sleutel`, and return the buurt."""
    gekozen = st.session_state.get(sleutel)
    grenzen = _get_eigen_grenzen(bron, kijker)
    if grenzen.codes:
        _pick_op_kaart(_compose_beeld(grenzen, buurten, gekozen), sleutel)
    else:
        show_leeg("Van deze buurten zijn er geen grenzen.", "Kies de buurt uit de lijst.")
    return st.selectbox(
        "Buurt",
        list(buurten),
        index=None,
        format_func=lambda code: buurten.get(code, code),
        placeholder="Tik op de kaart, of typ een naam",
        key=sleutel,
        on_change=_forget_buiten,
    )


def _pick_op_kaart(beeld: Kaartbeeld, sleutel: str) -> None:
    geklikt = show_kaart(beeld, sleutel="kaart-vastleggen", hoogte=_HOOGTE)
    if geklikt is not None:
        st.session_state[_BUITEN] = not geklikt
        st.session_state[sleutel] = geklikt or None
        st.rerun()
    # There too when it is empty: what comes and goes between the map and the list would move the list.
    with st.container():
        if st.session_state.get(_BUITEN):
            st.warning(
                "U tikte buiten de buurten van uw eigen gebied. Daar kunt u niets vastleggen. "
                "Tik binnen de lijnen, of kies een buurt uit de lijst.",
                icon=":material/wrong_location:",
            )
        else:
            st.caption("Wat u aantikt, wordt een buurt. De precieze plek wordt niet verstuurd en niet bewaard.")


def _forget_buiten() -> None:
    st.session_state.pop(_BUITEN, None)


def _compose_beeld(grenzen: Grenzen, buurten: Mapping[str, str], gekozen: str | None) -> Kaartbeeld:
    """Return the map on which every area is called by its name, and none differs from another."""
    kleuring = Kleuring(
        indicator="vastleggen",
        indicatorwoorden="Buurt",
        filtersleutel=grenzen.hash,
        klassen=tuple(Klasse.EEN for _ in grenzen.codes),
        standen=tuple(Gebiedsstand(0, 0, buurten.get(code, code)) for code in grenzen.codes),
        leeg="tik om deze buurt te kiezen",
    )
    return Kaartbeeld(
        kleuring=kleuring,
        grenzen_url=f"grenzen/{grenzen.hash}.json",
        schematisch=grenzen.schematisch,
        geselecteerd=gekozen,
    )
