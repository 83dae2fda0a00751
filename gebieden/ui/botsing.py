"""Two people, one object, on the screen: who saves second sees what the first changed and decides field by field."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from gebieden.domein.fouten import BotsingError
from gebieden.ui.opmaak import escape_markdown

_VAN_U: Final = "Van u"
_VAN_DE_ANDER: Final = "Van de ander"


def show_botsing(
    fout: BotsingError, labels: Mapping[str, str], toon: Callable[[str, object], str], sleutel: str
) -> dict[str, object] | None:
    """Draw a choice per field that both changed; return the values chosen once the button is pressed.

    `toon(veld, waarde)` gives a value as people read it. The caller keeps the fault, the basis and the wish in the
    session until it is solved, and then saves with what `domein.botsing.settle_botsing` makes of them.
    """
    with st.form(sleutel, enter_to_submit=False):
        st.subheader("Iemand anders was u voor", anchor=False)
        st.markdown(escape_markdown(str(fout)))
        keuzes = {}
        for botsing in fout.velden:
            keuzes[botsing.veld] = st.radio(
                escape_markdown(
                    f"{labels.get(botsing.veld, botsing.veld)} (het was: {toon(botsing.veld, botsing.basis)})"
                ),
                (_VAN_U, _VAN_DE_ANDER),
                captions=[escape_markdown(toon(botsing.veld, waarde)) for waarde in (botsing.wens, botsing.nu)],
                index=None,
                # Another value of the other is another question: nothing stays chosen that nobody has seen.
                key=f"{sleutel}_{botsing.veld}_{hash(repr(botsing.nu))}",
            )
        if not st.form_submit_button("Opslaan met deze keuzes", type="primary"):
            return None
    if None in keuzes.values():
        st.error("Kies bij ieder onderdeel: van u, of van de ander.", icon=":material/error:")
        return None
    return {b.veld: b.wens if keuzes[b.veld] == _VAN_U else b.nu for b in fout.velden}
