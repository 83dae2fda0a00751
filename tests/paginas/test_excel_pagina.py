"""Excel on the page Agenda: what goes out, what comes back, the choice per point, and what became of it."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from schermtekst import bevat, collect_alles
from test_lading import LADING, list_onveilig

from gebieden.domein.agendapunt import Staat
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.puntvelden import get_puntvelden
from gebieden.domein.rechten import BEHEERDER, Kijker, Pagina, Rol
from gebieden.domein.werkblad import BLAD
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import change_punt
from gebieden.rapport.werkblad import compose_werkblad, render_werkblad

PEILDATUM = date(2026, 11, 16)
REGISSEUR = Gebruiker(Kijker(Rol.GEBIEDSREGISSEUR, frozenset({"GB01"})))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def find_alle(engine) -> dict:
    with engine.connect() as conn:
        return {p.punt.id: p.punt for p in load_punten(conn, BEHEERDER, PEILDATUM)}


@pytest.fixture
def open_excel(eigen_database, open_pagina):
    """Return a function that brings back a workbook in which per point some cells were changed."""

    def opener(*rijen: dict):
        with eigen_database.connect() as conn:
            werkblad = compose_werkblad(conn, REGISSEUR, sorted(find_alle(eigen_database)), PEILDATUM)
        werkmap = openpyxl.load_workbook(io.BytesIO(render_werkblad(werkblad)))
        blad = werkmap[BLAD]
        kolommen = {cel.value: cel.column for cel in blad[1]}
        plaatsen = {blad.cell(rij, 1).value: rij for rij in range(2, blad.max_row + 1)}
        for cellen in rijen:
            for naam, waarde in cellen.items():
                if naam != "id":
                    cel = blad.cell(plaatsen[cellen["id"]], kolommen[naam])
                    cel.value = waarde
                    cel.data_type = "s"
        uit = io.BytesIO()
        werkmap.save(uit)
        at = open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, "GB01")
        return at.main.file_uploader[0].set_value(("agenda.xlsx", uit.getvalue(), XLSX)).run()

    return opener


def get_vak(at, id_):
    return next(v for v in at.main.checkbox if v.key.startswith("excel_") and v.key.endswith(f"_{id_}"))


def click(at, label: str):
    return next(k for k in at.main.button if k.label == label).click().run()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.GEBIEDSTEAM])
def test_nobody_but_a_regisseur_is_offered_excel(open_pagina, rol):
    at = open_pagina(Pagina.AGENDA, rol)
    assert not at.main.file_uploader
    assert "In Excel bewerken" not in [e.label for e in at.expander]


@pytest.mark.usefixtures("demo")
def test_what_lies_elsewhere_is_left_out_and_that_is_said(open_pagina):
    at = open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, "GB01")
    assert any("buiten uw eigen gebied" in m.value for m in at.main.markdown)


def test_a_change_is_shown_taken_over_and_told(eigen_database, open_excel):
    at = open_excel({"id": "AP001", "titel": LADING[:200], "staat": "Wacht op", "wacht op": "geld"})
    assert not at.exception
    assert list_onveilig(at, LADING[:200]) == []
    assert bevat(collect_alles(at), "Wacht op")
    assert get_vak(at, "AP001").value
    click(at, "Overnemen")
    assert not at.exception
    assert [s.value for s in at.main.success] == ["1 punt is overgenomen. Iedereen ziet dit meteen."]
    punt = find_alle(eigen_database)["AP001"]
    assert (punt.titel, punt.staat, punt.wacht_op) == (LADING[:200], Staat.WACHT_OP, "geld")


def test_what_is_refused_stays_with_its_reason_and_what_is_not_ticked_is_not_stored(eigen_database, open_excel):
    voor = find_alle(eigen_database)
    eigen = [id_ for id_, p in voor.items() if REGISSEUR.kijker.eigen and p.gebied == voor["AP001"].gebied]
    at = open_excel({"id": eigen[0], "titel": "Anders"}, {"id": eigen[1], "titel": ""}, {"id": eigen[2], "soort": "x"})
    assert (get_vak(at, eigen[1]).disabled, get_vak(at, eigen[1]).value) == (True, False)
    assert any("titel is leeg" in w.value for w in at.main.warning)
    assert bevat(collect_alles(at), "niet bekend")
    click(at, "Niets overnemen")
    assert not get_vak(at, eigen[0]).value
    assert next(k for k in at.main.button if k.label == "Overnemen").disabled
    assert find_alle(eigen_database) == voor


def test_a_clash_is_decided_per_field_before_anything_is_stored(eigen_database, open_excel):
    at = open_excel({"id": "AP001", "titel": "Uit Excel", "trekker": "Uit Excel"})
    basis = get_puntvelden(find_alle(eigen_database)["AP001"])
    ander = replace(basis, titel="Van het scherm", trekker="Van het scherm")
    change_punt(eigen_database, REGISSEUR, "AP001", basis, ander, sleutel="ander", op=PEILDATUM)
    click(at, "Overnemen")
    assert find_alle(eigen_database)["AP001"].titel == "Van het scherm"
    assert not get_vak(at, "AP001").value
    get_vak(at, "AP001").check().run()
    click(at, "Overnemen")
    assert any("Kies eerst bij elk onderdeel van AP001" in e.value for e in at.main.error)
    titel, trekker = (r for r in at.main.radio if r.key.startswith("excel_botsing"))
    titel.set_value("uit Excel")
    trekker.set_value("uit het dashboard").run()
    click(at, "Overnemen")
    punt = find_alle(eigen_database)["AP001"]
    assert (punt.titel, punt.trekker) == ("Uit Excel", "Van het scherm")


@pytest.mark.usefixtures("demo")
def test_a_file_that_cannot_be_used_says_why(open_pagina):
    at = open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR, "GB01")
    at.main.file_uploader[0].set_value(("<b>a</b>.xlsx", b"PK\x03\x04kapot", XLSX)).run()
    assert not at.exception
    assert any("beschadigd" in e.value for e in at.main.error)
