"""A signal is recorded from the screen: once, in one's own areas, without persons, and ready for the next."""

import pytest
from schermtekst import bevat, collect_alles
from sqlalchemy import select

import gebieden.ui.vastleggenkaart
from gebieden.domein.rechten import Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.signaalinvoer import MET_DE_HAND

CENTRUM, OVERSTAD, ELDERS = "Centrum en Zuid", "BU03610803", "BU03610400"
pytestmark = pytest.mark.usefixtures("eigen_database")


@pytest.fixture
def at(open_pagina):
    return open_pagina(Pagina.VASTLEGGEN, Rol.OOV)


def _find(velden, begin):
    return next(veld for veld in velden if (veld.key or "").startswith(begin))


def _fill(at, buurt=OVERSTAD, tekst=""):
    _find(at.selectbox, "buurt_").select(buurt)
    _find(at.button_group, "categorie_").set_value("jeugdoverlast")
    _find(at.button_group, "bron_").set_value("bewoner")
    _find(at.text_area, "toelichting_").set_value(tekst)
    return at


def _press(at, label="Vastleggen"):
    return next(k for k in at.main.button if k.label == label).click().run()


def _load_ingevoerd(engine):
    tabel, gebied = tabellen.signaal, tabellen.signaalgebied
    vraag = select(tabel.c.id, gebied.c.naam).join(gebied, gebied.c.nummer == tabel.c.gebied)
    with engine.connect() as conn:
        return [rij.naam for rij in conn.execute(vraag.where(tabel.c.id.startswith(MET_DE_HAND)))]


def test_a_signal_is_stored_told_in_one_line_and_the_form_is_ready_for_the_next(eigen_database, at):
    sleutel = _find(at.selectbox, "buurt_").key
    _press(_fill(at))
    assert not at.exception
    assert _load_ingevoerd(eigen_database) == [OVERSTAD]
    assert [s.value for s in at.success] == ["Vastgelegd: jeugdoverlast in Overstad, vandaag".replace(":", "\\:")]
    assert _find(at.selectbox, "buurt_").key != sleutel
    assert _find(at.selectbox, "buurt_").value is None
    assert _find(at.button_group, "categorie_").value in (None, [])
    # Who it comes from is mostly the same the next time.
    assert _find(at.button_group, "bron_").value in ("bewoner", ["bewoner"])


def test_it_can_be_taken_back_and_then_counts_nowhere(eigen_database, at):
    _press(_press(_fill(at)), "Ongedaan maken")
    assert _load_ingevoerd(eigen_database) == []
    assert [k.label for k in at.main.button] == ["Vastleggen"]


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [("bel 06-12345678", "telefoonnummer"), ("volgens Jan Jansen", "een naam"), ("auto 12-ABC-3", "kenteken")],
)
def test_what_looks_like_a_person_is_held_back_with_a_question_and_stays_in_the_form(eigen_database, at, tekst, wat):
    assert not at.checkbox
    _press(_fill(at, tekst=tekst))
    assert _load_ingevoerd(eigen_database) == []
    assert wat in at.error[0].value
    assert _find(at.text_area, "toelichting_").value == tekst
    assert _find(at.selectbox, "buurt_").value == OVERSTAD
    at.checkbox[0].check()
    _press(at)
    assert _load_ingevoerd(eigen_database) == [OVERSTAD]


def test_all_that_is_missing_is_said_at_once(eigen_database, at):
    _press(at)
    assert [veld for veld in ("Categorie", "Buurt", "Van wie") if veld not in at.error[0].value] == []
    assert _load_ingevoerd(eigen_database) == []


def test_a_tap_chooses_the_buurt_and_one_outside_gets_a_sentence(at, monkeypatch):
    tikken = iter(["BU03610801", None, "", None])
    monkeypatch.setattr(gebieden.ui.vastleggenkaart, "show_kaart", lambda *a, **k: next(tikken, None))
    at.run()
    assert _find(at.selectbox, "buurt_").value == "BU03610801"
    at.run()
    assert "buiten de buurten van uw eigen gebied" in at.warning[0].value
    assert _find(at.selectbox, "buurt_").value is None


def test_only_ones_own_buurten_are_on_the_map_and_in_the_list(open_pagina, kaarten):
    at = open_pagina(Pagina.VASTLEGGEN, Rol.OOV, CENTRUM)
    assert len(_find(at.selectbox, "buurt_").options) == len(kaarten[-1].kleuring.standen) == 14
    assert not bevat(collect_alles(at), ELDERS)


def test_no_field_asks_for_a_person(at):
    labels = {v.label for v in (*at.main.text_input, *at.main.text_area, *at.main.selectbox, *at.main.button_group)}
    tekst = "Wat speelt er? (geen personen, geen adressen) (mag leeg)"
    assert labels == {tekst, "Buurt", "Categorie", "Van wie", "Ernst (mag leeg)"}


@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.RAAD, Rol.GEBIEDSTEAM])
@pytest.mark.parametrize("pagina", [Pagina.VASTLEGGEN, Pagina.BEOORDELEN])
def test_nobody_else_gets_there(open_pagina, rol, pagina):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_pagina(pagina, rol)
