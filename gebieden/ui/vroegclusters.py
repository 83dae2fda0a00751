"""Clusters across the borders of buurten: which neighbours together stand out, as a list and on the map."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from gebieden.analyse.scanijking import PLACEBOWEKEN
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.taal import format_aantal, join_opsomming, start_zin
from gebieden.domein.vroegsignaal import format_weken
from gebieden.domein.vroegsignaalzin import MELDINGSGEDRAG, format_verwacht, round_zeldzaamheid
from gebieden.kaart.kaartbeeld import Kaartbeeld
from gebieden.kaart.kleuring import Gebiedsstand, Klassenreeks, build_kleuring
from gebieden.opslag.clusterbeelden import Clusterstand, Zichtcluster, list_clusters, may_have_clusters
from gebieden.opslag.vroegbeeld import Weekstand, get_naam
from gebieden.ui import kaartpaneel
from gebieden.ui.gegevens import Bron, get_grenzen
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.vroeggegevens import get_clusterstand

_BUURT = "buurt"
RAND = (
    "Een cluster stopt bij de gemeentegrens: wat er in Dijk en Waard, Bergen of Castricum gebeurt, zien wij niet. "
    "Een cluster met één buurt is een signaal van die buurt alleen."
)
# In a cluster or not: the lightest and the darkest class.
_NUMMERS = Klassenreeks(
    is_aandeel=False, ondergrenzen=(1, 1, 1, 1), woorden=("geen cluster", "", "", "", "in een cluster")
)


def show_clusters(bron: Bron, peildatum: date, kijker: Kijker, stand: Weekstand) -> None:
    """Draw the clusters that this person may know of, with the rate that was measured."""
    st.header("Clusters over buurtgrenzen", anchor=False)
    clusterstand = get_clusterstand(bron, peildatum) if may_have_clusters(stand, kijker) else None
    gevonden = list_clusters(clusterstand, stand, kijker) if clusterstand else []
    if kijker.mag(Handeling.SIGNAAL) and clusterstand:
        st.markdown(escape_markdown(compose_ijkzin(clusterstand)))
    if gevonden:
        st.html(build_clusters_html(stand, gevonden))
        _show_kaart(bron, peildatum, stand, gevonden)
    else:
        show_leeg(
            "Er is geen cluster dat u mag zien.", "Alleen clusters die helemaal in uw eigen gebied liggen, tonen we."
        )
    st.caption(escape_markdown(f"{RAND} {MELDINGSGEDRAG}"))


def compose_ijkzin(stand: Clusterstand) -> str:
    """Return how often the scan gave an alarm in the weeks before, and from when a cluster is told."""
    if stand.gemeten is None:
        return (
            "Hoe vaak dit in gewone weken alarm geeft, is nog niet gemeten. "
            "Reken bij 'deze week' eerst twee jaar terug."
        )
    aandeel = f"{100 * stand.gemeten:.1f}".replace(".", ",")
    drempel = (
        f"We tonen een cluster als de kans op toeval hoogstens 1 op 100 is en het sterker is dan in 99 van de 100 van "
        f"de {PLACEBOWEKEN} weken ervoor."
    )
    return (
        f"{drempel} Gemeten over {format_aantal(stand.weken, 'week', 'weken')} per categorie gaf de kans alleen in "
        f"{aandeel} % van de keren alarm (beloofd: 1 %; echte uitbraken tellen daarin mee)."
    )


def build_clusters_html(stand: Weekstand, gevonden: Sequence[Zichtcluster]) -> str:
    """Return the clusters as a numbered list; everything is escaped."""
    items = "".join(f"<li>{escape(compose_clusterzin(stand, zicht))}</li>" for zicht in gevonden)
    return f'<ol class="clusters">{items}</ol>'


def compose_clusterzin(stand: Weekstand, zicht: Zichtcluster) -> str:
    """Return what stands out in a cluster; without a number where that may not be told."""
    cluster = zicht.cluster
    namen = join_opsomming([get_naam(stand, code) for code in cluster.leden])
    # The last week of the search is the last one that was judged.
    einde = stand.maandag
    weken = format_weken(einde, cluster.weken)
    kop = f"{start_zin(zicht.categorie)}, cluster over {format_aantal(len(cluster.leden), 'buurt', 'buurten')}"
    if not zicht.met_aantal:
        return f"{kop} ({namen}), {weken}: duidelijk meer meldingen dan gebruikelijk."
    toeval = format_aantal(round_zeldzaamheid(cluster.p * 0.999), "keer", "keer")
    return (
        f"{kop} ({namen}), {weken}: {format_aantal(cluster.waargenomen, 'melding', 'meldingen')}, "
        f"verwacht {format_verwacht(cluster.verwacht)}. "
        f"Zo sterk komt door toeval hoogstens 1 op de {toeval} voor."
    )


def _show_kaart(bron: Bron, peildatum: date, stand: Weekstand, gevonden: Sequence[Zichtcluster]) -> None:
    grenzen = get_grenzen(bron, peildatum, _BUURT)
    if not grenzen.codes:
        return
    in_cluster = {code: n for n, zicht in enumerate(gevonden, start=1) for code in zicht.cluster.leden}
    standen = {
        code: Gebiedsstand(in_cluster[code], 1, f"cluster {in_cluster[code]}")
        if code in in_cluster
        else Gebiedsstand(0, 0)
        for code in grenzen.codes
    }
    kleuring = build_kleuring(
        grenzen.codes,
        standen,
        indicator="clusters",
        indicatorwoorden="Clusters",
        filtersleutel=f"clusters{stand.maandag}{sorted(in_cluster.items())}",
        reeks=_NUMMERS,
        eenheid=("", ""),
        leeg="geen cluster",
    )
    beeld = Kaartbeeld(
        kleuring=kleuring,
        grenzen_url=f"grenzen/{grenzen.hash}.json",
        schematisch=grenzen.schematisch,
        geselecteerd=gevonden[0].cluster.leden[0],
    )
    kaartpaneel.show_kaart(beeld, sleutel="kaart-clusters", hoogte=420)
    st.caption(
        "Op de kaart: het nummer in een buurt is dat van het cluster in de lijst. "
        "De dikke lijn is het midden van het eerste cluster."
    )
