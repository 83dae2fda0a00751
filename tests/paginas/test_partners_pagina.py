"""The page Partners: the register, what could be closed, the convenant of an area, and who keeps it."""

from datetime import date

import pytest
from schermtekst import bevat, collect_alles

from gebieden.domein.convenant import Afspraakstand, Convenantstaat
from gebieden.domein.rechten import BEHEERDER, Pagina, Rol
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.dossiersoorten import AFSPRAAK, CONVENANT, INZET, PARTNER

PEILDATUM = date(2026, 11, 16)
REGISTER, KANSENLIJST, CONVENANTBEELD = ({"beeld": b} for b in ("register", "kansenlijst", "convenant"))
GB01 = {"gebied": "GB01"}


def load(engine, soort):
    with engine.connect() as conn:
        return [stuk.velden for stuk in load_stukken(conn, soort, BEHEERDER, PEILDATUM)]


def get_html(at) -> str:
    return " ".join(el.proto.body for el in at.get("html"))


def get_veld(at, slot: str):
    """Return the field of an open form by how its key ends."""
    soorten = (at.text_input, at.text_area, at.selectbox, at.date_input, at.multiselect)
    return next(v for soort in soorten for v in soort if (v.key or "").endswith(slot))


def click(at, label: str):
    return next(k for k in at.main.button if k.label == label).click().run()


def doe(at, plek: str, wat: str):
    """Choose what to do in one of the panels."""
    return next(k for k in at.button_group if (k.key or "").startswith(plek)).set_value(wat).run()


@pytest.mark.usefixtures("demo")
def test_publiek_does_not_open_it_and_the_raad_only_reads(open_pagina):
    with pytest.raises(ValueError, match="partners"):
        open_pagina(Pagina.PARTNERS, Rol.PUBLIEK)
    for beeld in (REGISTER, CONVENANTBEELD):
        at = open_pagina(Pagina.PARTNERS, Rol.RAAD, **beeld, **GB01)
        assert not at.exception
        assert not [k for k in at.button_group if (k.key or "").startswith("dossier_")]
        assert "Invullen" not in [k.label for k in at.main.button]


@pytest.mark.usefixtures("demo")
def test_the_register_says_where_a_partner_works_and_how_many_points_name_it(open_pagina):
    html = get_html(open_pagina(Pagina.PARTNERS, Rol.RAAD))
    assert "Centrum en Zuid (opbouwwerker)" in html
    # Four points name the welzijnsorganisatie and two the wijkcentrum, which is another name of it; none is open.
    assert "werkt in 1 gebied · 6 punten noemen deze partner, waarvan 0 open" in html
    assert "afvalbedrijf" in html
    at = open_pagina(Pagina.PARTNERS, Rol.RAAD, gebied="GB05")
    assert "Waterschap" in get_html(at)
    assert "Bibliotheek" not in get_html(at)


def test_a_name_that_is_not_known_yet_is_put_in_the_register(open_pagina, eigen_database):
    at = open_pagina(Pagina.PARTNERS, Rol.GEBIEDSREGISSEUR, **GB01)
    get_veld(at, "zet_in_register").set_value("ondernemersfonds").run()
    click(at, "Invullen")
    assert get_veld(at, "_naam").value == "ondernemersfonds"
    get_veld(at, "_soort").set_value("ondernemers")
    click(at, "Toevoegen")
    assert not at.exception
    assert load(eigen_database, PARTNER)[-1].naam == "ondernemersfonds"
    assert "ondernemersfonds" not in get_veld(at, "zet_in_register").options
    assert "ondernemersfonds" in open_pagina(Pagina.AGENDA, Rol.GEBIEDSREGISSEUR).multiselect[0].options


def test_who_works_where_is_kept_in_the_own_area_and_never_a_number(open_pagina, eigen_database):
    assert (
        "Kies hierboven een van uw eigen gebieden"
        in [c.value for c in open_pagina(Pagina.PARTNERS, Rol.GEBIEDSREGISSEUR, gebied="GB02").caption][-2]
    )
    at = doe(open_pagina(Pagina.PARTNERS, Rol.GEBIEDSREGISSEUR, **GB01), "dossier_inzet", "partner in dit gebied erbij")
    get_veld(at, "_partner").set_value(6)
    get_veld(at, "_contactrol").set_value("072 1234567")
    click(at, "Toevoegen")
    assert "lijkt op een telefoonnummer" in at.error[0].value
    get_veld(at, "_contactrol").set_value("adviseur")
    click(at, "Toevoegen")
    assert not at.error
    assert (load(eigen_database, INZET)[-1].partner, load(eigen_database, INZET)[-1].contactrol) == (6, "adviseur")


@pytest.mark.usefixtures("demo")
def test_the_kansenlijst_is_narrowed_to_a_partner_and_an_area(open_pagina):
    at = open_pagina(Pagina.PARTNERS, Rol.RAAD, **KANSENLIJST, partner="Politie", **GB01)
    assert not at.exception
    koppen = [kop.value for kop in at.header]
    assert koppen[:2] == ["Afspraken over hun termijn (1)", "Een gat in het geld (1)"]
    assert "Gat: € 13.000 van € 20.000 die nodig is (deels gedekt)." in get_html(at)
    assert "Politie werkt in dit gebied" in get_html(at)
    assert {"chip_partner", "chip_gebied"} <= {k.key for k in at.button}


@pytest.mark.usefixtures("demo")
def test_the_matrix_stands_without_a_convenant_and_names_the_themes_that_nobody_covers(open_pagina):
    at = open_pagina(Pagina.PARTNERS, Rol.RAAD, **CONVENANTBEELD, gebied="GB03")
    assert "nog geen convenant" in at.info[0].value
    assert '<th scope="row">Woningcorporatie (verzonnen)</th>' in get_html(at)
    assert bevat(collect_alles(at), "Thema heel: 8 punten op de agenda, geen afspraak; wel een partner genoemd bij 8.")
    at = open_pagina(Pagina.PARTNERS, Rol.RAAD, **CONVENANTBEELD, **GB01)
    assert '<th scope="col">Ondernemend</th>' in get_html(at)
    assert "Over de termijn" in get_html(at)
    assert bevat(collect_alles(at), "Thema ondernemend: 4 punten op de agenda, geen afspraak")
    assert "één gebied" in open_pagina(Pagina.PARTNERS, Rol.RAAD, **CONVENANTBEELD).info[0].value


def test_a_convenant_is_offered_its_own_steps_only_and_ending_it_costs_a_reason(open_pagina, eigen_database):
    at = doe(
        open_pagina(Pagina.PARTNERS, Rol.GEBIEDSREGISSEUR, **CONVENANTBEELD, **GB01), "dossier_convenant", "wijzigen"
    )
    staat = get_veld(at, "_staat")
    assert staat.options == ["Lopend", "Verlengd", "Beëindigd"]
    staat.set_value(Convenantstaat.BEEINDIGD)
    click(at, "Wijzigingen opslaan")
    assert "'waarom' nodig" in at.error[0].value
    next(t for t in at.text_input if t.key.startswith("waarom_")).set_value("Het is klaar.")
    click(at, "Wijzigingen opslaan")
    assert not at.exception
    assert load(eigen_database, CONVENANT)[0].staat is Convenantstaat.BEEINDIGD
    click(at, "Ongedaan maken")
    assert load(eigen_database, CONVENANT)[0].staat is Convenantstaat.LOPEND


def test_a_commitment_is_kept_for_a_point_of_the_area(open_pagina, eigen_database):
    at = doe(
        open_pagina(Pagina.PARTNERS, Rol.GEBIEDSREGISSEUR, **CONVENANTBEELD, **GB01),
        "dossier_afspraak",
        "afspraak erbij",
    )
    get_veld(at, "_partner").set_value(1)
    get_veld(at, "_thema").set_value("ondernemend")
    get_veld(at, "_titel").set_value("Plinten verhuren")
    get_veld(at, "_agendapunt").set_value("AP003")
    click(at, "Toevoegen")
    assert not at.error
    assert (load(eigen_database, AFSPRAAK)[-1].agendapunt, load(eigen_database, AFSPRAAK)[-1].stand) == (
        "AP003", Afspraakstand.TOEGEZEGD,
    )  # fmt: skip
    assert "Bij elk thema met punten op deze agenda is een afspraak." in [m.value for m in at.markdown]
