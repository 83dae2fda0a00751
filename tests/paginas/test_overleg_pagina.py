"""The page Overleg: a regisseur runs a meeting over its points and closes it; others read what they may."""

import io

import pytest
from docx import Document
from schermtekst import bevat, collect_alles
from sqlalchemy import update

from gebieden.demo.bouwen import read_peildatum
from gebieden.domein.agendapunt import Staat
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.rechten import BEHEERDER, Kijker, Pagina, Rol
from gebieden.domein.taal import format_datum
from gebieden.opslag.dossier import add_stuk
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.dossiersoorten import BESLUIT, OVERLEG
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.tabellen import bijwerking
from gebieden.ui import overleglijst
from gebieden.ui.regie import STAND

PEILDATUM = read_peildatum()
REGISSEUR = Gebruiker(Kijker(Rol.GEBIEDSREGISSEUR, frozenset({"GB01"})))


def click(at, label: str):
    return next(k for k in at.main.button if k.label == label).click().run()


def choose(at, keuze: str):
    """Choose what to do in the segmented control that offers it."""
    groep = next(g for g in at.main.button_group if keuze in g.options or keuze.capitalize() in g.options)
    return groep.set_value(keuze).run()


def get_veld(at, einde: str):
    """Return the field whose key ends like this."""
    soorten = (at.text_input, at.text_area, at.selectbox, at.radio, at.date_input)
    return next(v for soort in soorten for v in soort if (v.key or "").endswith(einde))


def start(engine, titel: str = "Proefoverleg") -> int:
    overleg = Overleg(titel, PEILDATUM, "Corporatie")
    return add_stuk(engine, REGISSEUR, OVERLEG, "GB01", overleg, sleutel="o", op=PEILDATUM).nummer


def decide(engine, nummer: int, tekst: str, id_: str = "") -> None:
    besluit = Besluit(nummer, tekst, id_)
    add_stuk(engine, REGISSEUR, BESLUIT, "GB01", besluit, sleutel=tekst, op=PEILDATUM)


def find_overleg(engine, titel: str) -> Overleg:
    with engine.connect() as conn:
        stukken = load_stukken(conn, OVERLEG, BEHEERDER, PEILDATUM)
    return next(s.velden for s in stukken if s.velden.titel == titel)


def get_vraag(at, naam: str) -> str:
    """Return what the address asks for under a name."""
    waarde = at.query_params[naam]
    return waarde if isinstance(waarde, str) else waarde[0]


def get_titel(at) -> str:
    """Return the title of the point that is on the screen."""
    (html,) = [h.proto.body for h in at.main.get("html") if 'class="groot"' in h.proto.body]
    return html.split("<h2>")[1].split("</h2>")[0]


def test_a_regisseur_runs_a_meeting_over_three_points_and_closes_it(eigen_database, open_pagina):
    at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01")
    choose(at, "overleg beginnen")
    assert get_veld(at, "_titel").value == "Gebiedsoverleg Centrum en Zuid"
    assert get_veld(at, "_datum").value == PEILDATUM
    get_veld(at, "_titel").set_value("Overleg van nu")
    get_veld(at, "_aanwezig").set_value("Regisseur, corporatie")
    click(at, "Toevoegen")
    assert not at.exception
    eerste = get_titel(at)
    choose(at, "besluit erbij")
    get_veld(at, "_tekst").set_value("Wij gaan <b>verven</b>.")
    click(at, "Toevoegen")
    assert bevat(collect_alles(at), "Wij gaan <b>verven</b>.")
    assert get_titel(at) == eerste

    click(at, "Volgende")
    tweede, id_ = get_titel(at), get_vraag(at, "punt")
    choose(at, STAND)
    next(r for r in at.radio if r.key.startswith("naar_")).set_value(Staat.VERVALLEN).run()
    next(t for t in at.text_input if t.key.startswith("reden_")).set_value("Te duur")
    next(t for t in at.text_input if t.key.startswith("wie_besloot_")).set_value("Het college")
    click(at, "Stand veranderen")
    with eigen_database.connect() as conn:
        (punt,) = [p.punt for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.punt.id == id_]
    assert punt.staat is Staat.VERVALLEN
    # What was decided does not turn the walk around: one is still where one was.
    assert get_titel(at) == tweede

    click(at, "Volgende")
    derde = get_titel(at)
    assert len({eerste, tweede, derde}) == 3
    choose(at, "bericht schrijven")
    next(t for t in at.text_area if t.key.startswith("tekst_")).set_value("Besproken.")
    click(at, "Opslaan")
    assert [o[0] for o in at.selectbox(key="ronde_naar").options[:4]] == ["✓", "✓", "✓", "○"]

    click(at, "Besluitenlijst")
    tekst = collect_alles(at)
    for deel in (eerste, tweede, derde, "(reden: Te duur; besloten door Het college)", "voorlopig", "Niet behandeld"):
        assert bevat(tekst, deel)
    click(at, "Overleg afsluiten")
    assert find_overleg(eigen_database, "Overleg van nu").is_afgesloten
    assert not at.exception
    assert {k.label for k in at.main.button} == {"Overleg heropenen", "Ongedaan maken", "Alle overleggen"}
    click(at, "Ongedaan maken")
    assert not find_overleg(eigen_database, "Overleg van nu").is_afgesloten


@pytest.mark.parametrize("rol", [Rol.RAAD, Rol.OOV, Rol.BEHEER])
def test_the_council_reads_the_list_and_gets_no_forms(eigen_database, open_pagina, rol):
    nummer = start(eigen_database)
    decide(eigen_database, nummer, "Wij gaan verven.", "AP001")
    at = open_pagina(Pagina.OVERLEG, rol)
    assert bevat(collect_alles(at), "Proefoverleg")
    at = open_pagina(Pagina.OVERLEG, rol, overleg=str(nummer), punt="AP001")
    assert bevat(collect_alles(at), "Wij gaan verven.")
    assert [k.label for k in at.main.button] == ["Alle overleggen"]
    assert [*at.main.button_group, *at.main.text_area, *at.main.text_input] == []


def test_a_team_reads_along_without_forms_and_publiek_has_no_meetings(eigen_database, open_pagina):
    nummer = start(eigen_database)
    at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSTEAM, "GB01", overleg=str(nummer), punt="AP001")
    assert get_vraag(at, "punt") == "AP001"
    assert get_titel(at)
    assert [*at.main.button_group, *at.main.text_area, *at.main.text_input] == []
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_pagina(Pagina.OVERLEG, Rol.PUBLIEK, overleg=str(nummer))


def test_another_regisseur_goes_on_with_a_running_meeting(eigen_database, open_pagina):
    nummer = start(eigen_database)
    with eigen_database.begin() as conn:
        # In a demo one role is one person; this was somebody with a number.
        conn.execute(update(bijwerking).values(gebruiker=99))
    at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01", overleg=str(nummer), punt="AP003")
    assert [*at.main.button_group] == []
    titel = get_titel(at)
    click(at, "Verder gaan met dit overleg")
    assert not at.exception
    choose(at, "besluit erbij")
    get_veld(at, "_tekst").set_value("Nu door ons.")
    click(at, "Toevoegen")
    assert get_titel(at) == titel
    assert bevat(collect_alles(at), "Nu door ons.")


def test_the_walk_is_narrowed_by_theme_and_by_what_asks_for_action(eigen_database, open_pagina):
    nummer = str(start(eigen_database))
    alle = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01", overleg=nummer).selectbox(key="ronde_naar").options
    for filters in ({"thema": "veilig"}, {"welke": "alleen wat om actie vraagt"}):
        at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01", overleg=nummer, **filters)
        assert not at.exception
        assert 0 < len(at.selectbox(key="ronde_naar").options) < len(alle)


def test_an_address_of_a_meeting_or_point_that_is_not_there_says_so(eigen_database, open_pagina):
    at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01", overleg="999")
    assert bevat(collect_alles(at), "Dit overleg is er niet")
    nummer = str(start(eigen_database))
    at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01", overleg=nummer, punt="AP999")
    assert not at.exception
    assert get_titel(at)


def test_the_document_holds_what_its_reader_may_read(eigen_database, open_pagina, monkeypatch):
    nummer = start(eigen_database)
    decide(eigen_database, nummer, "Wij gaan verven.", "AP001")
    at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01", overleg=str(nummer), punt="AP001")
    choose(at, "bericht schrijven")
    next(t for t in at.text_area if t.key.startswith("tekst_")).set_value("Alleen voor ons.")
    click(at, "Opslaan")
    gemaakt = []
    monkeypatch.setattr(overleglijst.st, "download_button", lambda *_, data, **__: gemaakt.append(data()))
    for rol, mag in ((Rol.GEBIEDSREGISSEUR, True), (Rol.RAAD, False)):
        open_pagina(Pagina.OVERLEG, rol, overleg=str(nummer), deel="besluitenlijst")
        document = Document(io.BytesIO(gemaakt[-1]))
        rijen = [[cel.text for cel in rij.cells] for tabel in document.tables for rij in tabel.rows]
        assert ["Besluit", "Wij gaan verven."] in rijen
        assert any("Alleen voor ons." in tekst for _, tekst in rijen[1:]) is mag
        assert ["Bericht (intern)", f"{format_datum(PEILDATUM)}: alleen voor het gebiedsteam"] in rijen or mag
        assert "Verzonnen gegevens" in document.sections[0].footer.paragraphs[0].text
