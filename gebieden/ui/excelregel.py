"""A cell that somebody changed in Excel, in words."""

from typing import Any, Final

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE
from gebieden.domein.bladverschil import STAAT, Celverschil
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.puntformulier import LABELS, format_veld

_MAX_TEKENS: Final = 240
_VOORAF: Final = 40


def name_veld(veld: str) -> str:
    """Return what a field is called on the screen."""
    return {**LABELS, STAAT: "Staat"}.get(veld, veld.replace("_", " ").capitalize())


def describe_cel(cel: Celverschil) -> str:
    """Return a changed cell as an item of a list, in Markdown: what it was and what it becomes."""
    oud, nieuw = _shorten(render_waarde(cel, cel.basis), render_waarde(cel, cel.wens))
    return f"- {escape_markdown(name_veld(cel.veld))}: ~~{escape_markdown(oud)}~~ → **{escape_markdown(nieuw)}**"


def render_waarde(cel: Celverschil, waarde: Any) -> str:
    """Return a value of a field as people read it."""
    if cel.veld == STAAT:
        return AGENDAPUNT_MACHINE.toestanden[waarde].naam
    return format_veld(cel.veld, waarde) if waarde is not None else "leeg"


def _shorten(oud: str, nieuw: str) -> tuple[str, str]:
    """Return two long texts from just before where they begin to differ."""
    gelijk = next((n for n, (a, b) in enumerate(zip(oud, nieuw, strict=False)) if a != b), min(len(oud), len(nieuw)))
    begin = max(gelijk - _VOORAF, 0) if max(len(oud), len(nieuw)) > _MAX_TEKENS else 0
    delen = (("…" if begin else "") + tekst[begin : begin + _MAX_TEKENS] for tekst in (oud, nieuw))
    kort_oud, kort_nieuw = (
        deel + ("…" if len(tekst) > begin + _MAX_TEKENS else "")
        for deel, tekst in zip(delen, (oud, nieuw), strict=True)
    )
    return kort_oud, kort_nieuw
