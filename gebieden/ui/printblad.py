"""The print sheet of an area, put together from what the viewer may see."""

from datetime import date

import geopandas as gpd
import streamlit as st

from gebieden.analyse.voortgang import Agendastand
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.initiatief import INITIATIEF_MACHINE
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.taal import join_opsomming
from gebieden.domein.voortgang import Voortgang
from gebieden.domein.zin import compose_zin
from gebieden.rapport.bladindeling import compose_bladpunten
from gebieden.rapport.gebiedsblad import Bladinitiatief, Bladtelling, Gebiedsblad, render_gebiedsblad
from gebieden.rapport.kaartje import Kaartje, compose_kaartje
from gebieden.ui.gebiedspagina import determine_kaartniveau
from gebieden.ui.gegevens import Bron, get_boom, get_initiatieven, get_stand, load_grensframe
from gebieden.ui.overzicht import select_punten_van

PRINTKNOP = (
    '<p class="alleen-scherm"><button type="button" onclick="window.print()">Afdrukken</button></p>'
    "<style>@media print { .alleen-scherm { display: none } }</style>"
)


def show_printblad(
    bron: Bron,
    peildatum: date,
    kijker: Kijker,
    gebied: Gebied,
    voortgang: Voortgang,
    telling: Bladtelling | None = None,
) -> None:
    """Draw the switch to the print sheet, and the sheet itself with a button that prints just that."""
    if not st.toggle("Toon als printblad (één A4)", key="printblad"):
        return
    document = render_gebiedsblad(_compose_blad(bron, peildatum, kijker, gebied, voortgang, telling))
    st.iframe(document.replace("<body>", f"<body>{PRINTKNOP}", 1), height=1180, alt=f"Printblad van {gebied.naam}")
    st.download_button(
        "Download het printblad",
        document.encode(),
        f"gebiedsblad-{gebied.code}.html",
        "text/html",
        icon=":material/download:",
        on_click="ignore",
    )


def _compose_blad(
    bron: Bron, peildatum: date, kijker: Kijker, gebied: Gebied, voortgang: Voortgang, telling: Bladtelling | None
) -> Gebiedsblad:
    boom, stand = get_boom(bron, peildatum), get_stand(bron, peildatum)
    punten = select_punten_van(bron, peildatum, kijker, boom, gebied.code, None)
    return Gebiedsblad(
        naam=gebied.naam,
        hoort_bij=_describe_ligging(boom, gebied),
        zin=_compose_zin(voortgang, stand),
        punten=tuple(compose_bladpunten(punten, peildatum, stand.stilte_dagen)),
        peildatum=peildatum,
        bron="verzonnen demogegevens" if bron.demo else "ingelezen gegevens van de gemeente",
        adres=build_adres(Pagina.GEBIED, f"?code={gebied.code}"),
        uitleg=build_adres(Pagina.UITLEG),
        verzonnen=bron.demo,
        initiatieven=tuple(_list_initiatieven(bron, kijker, boom, gebied)),
        telling=telling,
        kaartje=_compose_kaartje(load_grensframe(bron, peildatum, determine_kaartniveau(boom, gebied.code)), gebied),
    )


def _describe_ligging(boom: Gebiedsboom, gebied: Gebied) -> str:
    houders = [boom.gebieden[c] for c in boom.get_houders(gebied.code) if not boom.bevat(gebied.code, c)]
    namen = [f"{h.naam} ({h.niveau})" for h in sorted(houders, key=lambda h: boom.get_niveaus().index(h.niveau))]
    return f"{gebied.niveau.capitalize()}, hoort bij {join_opsomming(namen)}" if namen else gebied.niveau.capitalize()


def _compose_zin(voortgang: Voortgang, stand: Agendastand) -> str:
    return compose_zin(voortgang, stand.peildatum, stand.stilte_dagen, stand.geschiedenis_vanaf)


def build_adres(pagina: Pagina, vraag: str = "") -> str:
    """Return the whole address of a page as this visitor reaches it, to print."""
    begin = str(st.context.url or "").split("?")[0].rsplit("/", 1)[0]
    return f"{begin}/{pagina}{vraag}"


def _list_initiatieven(bron: Bron, kijker: Kijker, boom: Gebiedsboom, gebied: Gebied) -> list[Bladinitiatief]:
    toestanden = INITIATIEF_MACHINE.toestanden
    return [
        Bladinitiatief(
            i.titel, toestanden[i.staat].publieke_naam if kijker.rol is Rol.PUBLIEK else toestanden[i.staat].naam
        )
        for i in get_initiatieven(bron, kijker)
        if boom.bevat(gebied.code, i.gebied)
    ]


def _compose_kaartje(grenzen: gpd.GeoDataFrame, gebied: Gebied) -> Kaartje | None:
    eigen = grenzen[grenzen["code"] == gebied.code]
    if eigen.empty:
        return None
    anderen = grenzen[grenzen["code"] != gebied.code].geometry
    return compose_kaartje(eigen.geometry.iloc[0], anderen, schematisch=bool(eigen["schematisch"].iloc[0]))
