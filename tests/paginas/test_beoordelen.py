"""Signals are judged and bundled from the screen, several at once, and a matter is closed and opened again."""

import pytest
from sqlalchemy import func, select

from gebieden.domein.rechten import Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.ui.beoordelenactie import PER_BLADZIJDE

CENTRUM = "Centrum en Zuid"
pytestmark = pytest.mark.usefixtures("eigen_database")


@pytest.fixture
def at(open_pagina):
    return open_pagina(Pagina.BEOORDELEN, Rol.OOV)


def _press(at, begin="Opslaan voor"):
    return next(k for k in at.main.button if k.label.startswith(begin)).click().run()


def _choose(at, keuze):
    return next(g for g in at.button_group if g.key.startswith("beoordelen_")).set_value(keuze).run()


def _list_vakjes(at):
    return [vak for vak in at.checkbox if vak.key.startswith("kies_")]


def _tick(at, *plaatsen):
    vakken = _list_vakjes(at)
    for plaats in plaatsen:
        vakken[plaats].check()
    return at


def _count(engine, **velden):
    tabel = tabellen.beoordeling
    vraag = select(func.count()).select_from(tabel).where(~tabel.c.ingetrokken)
    for veld, waarde in velden.items():
        vraag = vraag.where(tabel.c[veld] == waarde)
    with engine.connect() as conn:
        return conn.scalar(vraag)


def test_a_page_shows_some_and_says_how_many_wait(at):
    assert not at.exception
    assert len(_list_vakjes(at)) == PER_BLADZIJDE
    # Of Centrum en Zuid: 177 in eight weeks, of which data/beoordelingen.csv judges nine.
    assert "177 signalen binnengekomen; 168 wachten" in at.markdown[0].value.replace("\\", "")


def test_several_are_judged_at_once_with_one_reason_and_taken_back(eigen_database, at):
    voor = _count(eigen_database, staat="geen_actie")
    _press(_tick(_choose(at, "geen actie"), 0, 1))
    assert "'reden' nodig" in at.error[0].value.replace("\\", "")
    next(t for t in at.text_input if t.label.startswith("Reden")).set_value("een feest met vergunning")
    _press(at)
    assert not at.exception
    assert not at.error
    assert _count(eigen_database, staat="geen_actie") == voor + 2
    _press(at, "Ongedaan maken")
    assert _count(eigen_database, staat="geen_actie") == voor


def test_several_are_bundled_into_a_new_matter_that_shows_its_signals(eigen_database, at):
    _tick(_choose(at, "bundelen"), 0, 2, 3)
    next(t for t in at.text_input if t.label.startswith("Naam van de zaak")).set_value("Onrust in de avond")
    _press(at)
    assert not at.error
    with eigen_database.connect() as conn:
        nummer = conn.scalar(select(tabellen.zaak.c.nummer).where(tabellen.zaak.c.naam == "Onrust in de avond"))
    assert _count(eigen_database, zaak=nummer) == 3
    next(g for g in at.button_group if g.key == "beeld").set_value("zaken").run()
    html = "".join(h.proto.body for h in at.get("html"))
    assert "Onrust in de avond" in html
    assert "3 signalen" in html


def test_nothing_chosen_is_said(at):
    _press(_choose(at, "beoordeeld"))
    assert "U koos 0 signalen" in at.error[0].value


def test_a_matter_is_closed_with_a_result_and_opened_again_for_a_reason(eigen_database, open_pagina):
    at = open_pagina(Pagina.BEOORDELEN, Rol.OOV, CENTRUM, beeld="zaken")

    def change(**velden):
        next(g for g in at.button_group if g.key.startswith("dossier_zaak")).set_value("wijzigen").run()
        welke = next(s for s in at.selectbox if s.key.endswith("_welke"))
        welke.set_value(1).run()
        for veld, waarde in velden.items():
            vak = next(
                v for v in (*at.selectbox, *at.text_input) if v.key.endswith(f"_{veld}") or v.key.startswith(veld)
            )
            vak.set_value(waarde)
        _press(at, "Wijzigingen opslaan")

    change(staat="volgen")
    assert not at.error
    change(staat="gesloten")
    assert "'resultaat' nodig" in at.error[0].value.replace("\\", "")
    next(t for t in at.text_input if t.key.endswith("_resultaat")).set_value("Het is rustig")
    _press(at, "Wijzigingen opslaan")
    assert not at.error
    change(staat="heropend", reden="weer onrustig", waarom="weer onrustig")
    assert not at.error
    with eigen_database.connect() as conn:
        assert conn.scalar(select(tabellen.zaak.c.staat).where(tabellen.zaak.c.nummer == 1)) == "heropend"


def test_filters_narrow_the_list_and_what_was_judged_is_in_all(open_pagina):
    at = open_pagina(Pagina.BEOORDELEN, Rol.OOV, CENTRUM, toon="alle signalen", categorie="jeugdoverlast")
    assert all(vak.label.startswith("**Jeugdoverlast") for vak in _list_vakjes(at))
    assert any("Gebundeld" in vak.label and "na tien uur" in vak.label for vak in _list_vakjes(at))
