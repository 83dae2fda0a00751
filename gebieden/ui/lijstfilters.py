"""The filters of the pages that list points and initiatives, over what the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.initiatief import Initiatief
from gebieden.domein.taal import format_datum
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Categorie, determine_categorie
from gebieden.opslag.lezen import Punt
from gebieden.ui.filters import ALLE_THEMAS, Chip, pick_een, pick_thema, pick_zoektekst
from gebieden.ui.tekens import CATEGORIETEKENS

_ALLE_GEBIEDEN = "alle gebieden"
_ALLE_STATEN = "alle staten"
_ALLE_SOORTEN = "alle soorten"
_ALLE_TREKKERS = "alle trekkers"
_WOORD_PER_CATEGORIE = {CATEGORIETEKENS[c].woord.lower(): c for c in Categorie}


@dataclass(frozen=True, slots=True)
class Lijstkeuze:
    """What a list is narrowed to; None and empty mean everything."""

    thema: Thema | None = None
    gebied: str | None = None
    staat: str | None = None
    soort: str | None = None
    trekker: str | None = None
    van: date | None = None
    tot_en_met: date | None = None
    zoek: str = ""

    def describe(self, boom: Gebiedsboom) -> str:
        """Return the choice in words, for an export."""
        delen = [f"thema {self.thema}" if self.thema else "", boom.gebieden[self.gebied].naam if self.gebied else ""]
        delen += [self.staat or "", self.soort or "", f"trekker {self.trekker}" if self.trekker else ""]
        delen += [f"vanaf {self.van}" if self.van else "", f"tot en met {self.tot_en_met}" if self.tot_en_met else ""]
        delen.append(f"met '{self.zoek}' in de tekst" if self.zoek else "")
        return ", ".join(d for d in delen if d) or "alles"

    def list_chips(self, boom: Gebiedsboom) -> list[Chip]:
        """Return the filters that are on, each to be taken off."""
        chips = [
            Chip(f"thema {self.thema}" if self.thema else "", "thema", ALLE_THEMAS),
            Chip(boom.gebieden[self.gebied].naam if self.gebied else "", "gebied"),
            Chip(self.staat or "", "staat", _ALLE_STATEN),
            Chip(self.soort or "", "soort_agenda", _ALLE_SOORTEN),
            Chip(f"trekker {self.trekker}" if self.trekker else "", "trekker", _ALLE_TREKKERS),
            Chip(f"vanaf {format_datum(self.van)}" if self.van else "", "van"),
            Chip(f"tot en met {format_datum(self.tot_en_met)}" if self.tot_en_met else "", "tot"),
            Chip(f"zoek: {self.zoek}" if self.zoek else "", "zoek", ""),
        ]
        return [chip for chip in chips if chip.tekst]


def pick_gebied(boom: Gebiedsboom) -> str | None:
    """Draw the select box Gebied, bound to the same address as the map's selection; None for all areas."""
    namen = {g.code: f"{g.naam} ({g.niveau})" for niveau in boom.get_niveaus() for g in boom.filter_niveau(niveau)}
    gekozen = st.query_params.get("gebied")
    opties = [_ALLE_GEBIEDEN, *namen]
    st.session_state["gebiedkeuze"] = gekozen if gekozen in namen else _ALLE_GEBIEDEN
    keuze = st.selectbox(
        "Gebied", opties, key="gebiedkeuze", format_func=lambda c: namen.get(c, c), on_change=_store_gebied
    )
    return None if keuze in (None, _ALLE_GEBIEDEN) else keuze


def _store_gebied() -> None:
    keuze = st.session_state["gebiedkeuze"]
    if keuze == _ALLE_GEBIEDEN:
        st.query_params.pop("gebied", None)
    else:
        st.query_params["gebied"] = keuze


def pick_lijstkeuze(
    boom: Gebiedsboom, staten: Sequence[str], soorten: Sequence[str] = (), trekkers: Sequence[str] = ()
) -> Lijstkeuze:
    """Draw the filter bar of a list page and return the choice."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        thema = pick_thema()
        gebied = pick_gebied(boom)
        staat = pick_een("Staat", "staat", _ALLE_STATEN, staten)
        with st.popover("Meer filters", icon=":material/tune:"):
            soort = pick_een("Soort agenda", "soort_agenda", _ALLE_SOORTEN, soorten) if soorten else None
            trekker = pick_een("Trekker", "trekker", _ALLE_TREKKERS, trekkers) if trekkers else None
            van = st.date_input("Periode vanaf", value=None, key="van", format="DD-MM-YYYY", bind="query-params")
            tot = st.date_input("Periode tot en met", value=None, key="tot", format="DD-MM-YYYY", bind="query-params")
            zoek = pick_zoektekst()
    return Lijstkeuze(
        thema,
        gebied,
        staat,
        soort,
        trekker,
        van if isinstance(van, date) else None,
        tot if isinstance(tot, date) else None,
        zoek,
    )


def list_staatwoorden() -> list[str]:
    """Return the words of the categories, for the filter Staat of the agenda."""
    return list(_WOORD_PER_CATEGORIE)


def get_soort_agenda(punt: Punt, boom: Gebiedsboom) -> str:
    """Return whose agenda a point is on: gebiedsagenda, dorpsagenda, or that of another level."""
    gebied = boom.gebieden.get(punt.punt.gebied)
    niveau = gebied.niveau if gebied else "onbekend"
    return {"gebied": "gebiedsagenda", "dorp": "dorpsagenda"}.get(niveau, f"agenda van een {niveau}")


def filter_punten(
    punten: Sequence[Punt], keuze: Lijstkeuze, boom: Gebiedsboom, peildatum: date, stilte_dagen: int
) -> list[Punt]:
    """Return the points that fit the choice. The period is that of the last bericht."""
    categorie = _WOORD_PER_CATEGORIE.get(keuze.staat) if keuze.staat else None
    return [
        p
        for p in punten
        if (keuze.thema is None or keuze.thema in p.punt.themas)
        and (keuze.gebied is None or boom.bevat(keuze.gebied, p.punt.gebied))
        and (categorie is None or determine_categorie(p.stand, peildatum, stilte_dagen) is categorie)
        and (keuze.soort is None or get_soort_agenda(p, boom) == keuze.soort)
        and (keuze.trekker is None or p.punt.trekker == keuze.trekker)
        and _is_in_periode(p.laatste, keuze)
        and keuze.zoek in f"{p.punt.titel} {p.punt.omschrijving} {p.punt.id}".lower()
    ]


def filter_initiatieven(
    initiatieven: Sequence[Initiatief], keuze: Lijstkeuze, boom: Gebiedsboom, naam_van: dict[str, str]
) -> list[Initiatief]:
    """Return the initiatives that fit the choice. The period is that of handing in; `naam_van` names the states."""
    return [
        i
        for i in initiatieven
        if (keuze.thema is None or keuze.thema in i.themas)
        and (keuze.gebied is None or boom.bevat(keuze.gebied, i.gebied))
        and (keuze.staat is None or naam_van[i.staat] == keuze.staat)
        and _is_in_periode(i.ingediend_op, keuze)
        and keuze.zoek in f"{i.titel} {i.omschrijving} {i.id}".lower()
    ]


def _is_in_periode(datum: date | None, keuze: Lijstkeuze) -> bool:
    if keuze.van is None and keuze.tot_en_met is None:
        return True
    return datum is not None and (keuze.van or datum) <= datum <= (keuze.tot_en_met or datum)
