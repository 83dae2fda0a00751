"""Het ochtendblad: what a dagstart has to know, on one A4, as an HTML document that needs nothing from elsewhere."""

from dataclasses import dataclass
from datetime import date
from html import escape

from gebieden.domein.celtekst import clean_tekst
from gebieden.domein.taal import format_datum

MAX_REGELS = 8
_STIJL = """
@page{size:A4 portrait;margin:14mm}
*{box-sizing:border-box;margin:0;padding:0}
html{background:#fff;color:#000;font:10pt/1.4 Arial,Helvetica,"Liberation Sans",sans-serif}
.blad{width:182mm;margin:0 auto}
h1{font-size:17pt;line-height:1.25}
.bij{color:#333}
section{margin-top:4mm;break-inside:avoid}
h2{font-size:11.5pt;border-bottom:.2mm solid #000;margin-bottom:1mm}
ul{padding-left:5mm}
li,p{overflow-wrap:anywhere}
footer{margin-top:6mm;padding-top:1mm;border-top:.2mm solid #000;font-size:8pt}
@media screen{.blad{margin:8mm auto}}
"""


@dataclass(frozen=True, slots=True)
class Ochtenddeel:
    """One question of the dagstart: its heading, the answer as a sentence, and what there is to it, one line each."""

    kop: str
    zin: str
    regels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ochtendblad:
    """The whole sheet, as a person may see it; `noot` is what every reader has to know."""

    waar: str
    peildatum: date
    delen: tuple[Ochtenddeel, ...]
    noot: str
    adres: str
    verzonnen: bool


def render_ochtendblad(blad: Ochtendblad) -> str:
    """Return the sheet as a whole HTML document; everything is escaped."""
    titel = f"Ochtendbeeld {blad.waar}, {format_datum(blad.peildatum)}"
    merk = "<strong>Verzonnen gegevens (demo).</strong> " if blad.verzonnen else ""
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">'
        f"<title>{_e(titel)}</title><style>{_STIJL}</style></head>"
        f'<body><main class="blad"><h1>{_e(titel)}</h1><p class="bij">{merk}Zonder personen en adressen.</p>'
        f"{render_delen(blad.delen)}<footer><p>{_e(blad.noot)}</p><p>Dit blad: {_e(blad.adres)}</p></footer>"
        "</main></body></html>"
    )


def render_delen(delen: tuple[Ochtenddeel, ...]) -> str:
    """Return the parts as HTML, at most MAX_REGELS lines each; everything is escaped."""
    return "".join(_render_deel(deel) for deel in delen)


def _render_deel(deel: Ochtenddeel) -> str:
    regels = "".join(f"<li>{_e(regel)}</li>" for regel in deel.regels[:MAX_REGELS])
    over = len(deel.regels) - MAX_REGELS
    rest = f"<p>… en nog {over}.</p>" if over > 0 else ""
    lijst = f"<ul>{regels}</ul>" if regels else ""
    return f"<section><h2>{_e(deel.kop)}</h2><p>{_e(deel.zin)}</p>{lijst}{rest}</section>"


def _e(tekst: str) -> str:
    return escape(clean_tekst(tekst))
