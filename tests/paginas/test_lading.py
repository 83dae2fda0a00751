"""Markup in any text field shows as the text it is: HTML, Markdown, formulas, icons and colours alike."""

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from schermtekst import iterate_protos
from sqlalchemy import insert, update

from gebieden.domein.rechten import Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.ui.opmaak import escape_markdown

MERK = "plof"
LADINGEN = (
    "<img src=x onerror=plof()>",
    "<script>plof()</script>",
    "</span><b>plof</b>",
    '" onmouseover="plof()',
    "**plof**",
    "# plof",
    "- plof",
    "[plof](https://example.org)",
    "![plof](https://example.org/x.png)",
    "<https://example.org/plof>",
    "`plof`",
    "~~plof~~",
    "$plof^2$",
    "\\(plof\\)",
    ":material/home: plof",
    ":red[plof]",
    ":smile: plof",
    "plof | plof",
    "=HYPERLINK(plof)",
    "&lt;b&gt;plof&lt;/b&gt;",
    "{{plof}} {% plof %}",
)
LADING = " ".join(LADINGEN)
# Here the browser is given plain text, not Markdown: options of a select box, what is typed, addresses and keys.
KAAL = {
    "Selectbox.options",
    "MultiSelect.options",
    "Selectbox.raw_value",
    "TextArea.default",
    "TextInput.default",
    "TextInput.value",
    "PageLink.query_string",
    "ArrowVegaLiteChart.spec",
    "VegaLiteChart.spec",
}


@pytest.fixture
def geladen(eigen_database) -> None:
    """The demo database with every text field of every row full of markup."""
    with eigen_database.begin() as conn:
        conn.execute(
            update(tabellen.agendapunt).values(
                **dict.fromkeys(("titel", "omschrijving", "trekker", "reden", "herkomst", "eenheid"), LADING),
                **dict.fromkeys(("wethouder", "wie_besloot", "aan_wie", "wie_borgt"), LADING),
                partners=[LADING],
            )
        )
        conn.execute(update(tabellen.dekkingslijn).values(partner=LADING, toelichting=LADING, eenheid=LADING))
        for tabel, velden in (
            (tabellen.stap, ("titel",)),
            (tabellen.oordeel, ("herkomst", "toelichting")),
            (tabellen.afstemming, ("met_wie", "toelichting")),
            (tabellen.wens, ("titel", "toelichting")),
            (tabellen.kant, ("titel", "herkomst", "toelichting")),
            (tabellen.zaak, ("naam", "toelichting", "reden", "resultaat")),
            (tabellen.beoordeling, ("toelichting", "reden", "resultaat")),
        ):
            conn.execute(update(tabel).values(**dict.fromkeys(velden, LADING)))
        conn.execute(update(tabellen.partner).values(naam=LADING, andere_namen=[LADING]))
        conn.execute(update(tabellen.inzet).values(contactrol=LADING, gebied="GB05"))
        conn.execute(update(tabellen.convenant).values(titel=LADING, toelichting=LADING, gebied="GB05"))
        conn.execute(update(tabellen.afspraak).values(titel=LADING, toelichting=LADING, gebied="GB05"))
        conn.execute(update(tabellen.overleg).values(titel=LADING, aanwezig=LADING))
        conn.execute(update(tabellen.aanpak).values(naam=LADING, toelichting=LADING, categorie=LADING))
        conn.execute(update(tabellen.vermoeden).values(toelichting=LADING, bevestigd_door=LADING, categorie=LADING))
        conn.execute(update(tabellen.besluit).values(tekst=LADING))
        for tabel in (tabellen.signaalcategorie, tabellen.signaalbron):
            conn.execute(update(tabel).where(tabel.c.nummer == 1).values(naam=LADING))
        conn.execute(update(tabellen.zaak).values(categorie=LADING))
        conn.execute(update(tabellen.initiatief).values(titel=LADING, omschrijving=LADING))
        conn.execute(update(tabellen.bericht).values(tekst=LADING))
        conn.execute(update(tabellen.gebied).values(naam=LADING))
        conn.execute(update(tabellen.gebied).where(tabellen.gebied.c.niveau == "dorp").values(niveau=LADING))
        conn.execute(insert(tabellen.categoriegroep).values(categorie=LADING, groep=LADING))


def iterate_teksten(proto: Message) -> Iterator[tuple[str, str]]:
    """Yield every text of a message with its place, as `Button.label`."""
    for veld, waarde in proto.ListFields():
        plaats = f"{proto.DESCRIPTOR.name}.{veld.name}"
        for deel in waarde if veld.is_repeated else [waarde]:
            if veld.type == FieldDescriptor.TYPE_STRING:
                yield plaats, deel
            elif veld.type == FieldDescriptor.TYPE_MESSAGE and isinstance(deel, Message):
                yield from iterate_teksten(deel)


class Opbouw(HTMLParser):
    """The elements and attributes of a piece of HTML, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bouwsel: list[str] = []
        self.tekst = ""

    def handle_starttag(self, tag, attrs):
        # What an attribute holds is text; only its name and the element count as structure.
        self.bouwsel += [tag, *(naam for naam, _ in attrs)]

    def handle_data(self, data):
        self.tekst += data


def list_onveilig(at, lading: str = LADING) -> list[tuple[str, str]]:
    """Return every place of a page where the payload is more than text."""
    return [
        (plaats, tekst[:200])
        for proto in iterate_protos(at)
        for plaats, tekst in iterate_teksten(proto)
        if MERK in tekst and plaats not in KAAL and not is_veilig(plaats, tekst, lading)
    ]


def is_veilig(plaats: str, tekst: str, lading: str) -> bool:
    if plaats not in ("Html.body", "IFrame.srcdoc"):
        return MERK not in tekst.replace(escape_markdown(lading), "")
    opbouw = Opbouw()
    opbouw.feed(tekst)
    return lading in opbouw.tekst and not {"img", "b", "script", "onmouseover"} & set(opbouw.bouwsel)


@pytest.mark.usefixtures("geladen")
@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.BEHEER, Rol.GEBIEDSREGISSEUR])
@pytest.mark.parametrize(
    ("pagina", "filters"),
    [
        (Pagina.OVERZICHT, {}),
        (Pagina.OVERZICHT, {"gebied": "WK036101", "niveau": "buurt"}),
        (Pagina.GEBIED, {"code": "WK036101", "sinds": "2020-01-01"}),
        (Pagina.GEBIED, {"code": "GM0361"}),
        (Pagina.AGENDA, {"gebied": "WK036101", "trekker": LADING}),
        (Pagina.AGENDA, {"vorm": "tabel"}),
        (Pagina.AGENDA, {"vorm": "bord"}),
        (Pagina.AGENDA, {"vorm": "tijdlijn"}),
        (Pagina.AGENDA, {"vorm": "dekking"}),
        (Pagina.VERSIES, {}),
        (Pagina.VERSIES, {"gebied": "WK036101", "beeld": "versies vergelijken"}),
        (Pagina.INITIATIEVEN, {"gebied": "GM0361"}),
        (Pagina.INITIATIEVEN, {"vorm": "tijdlijn"}),
        (Pagina.PUNT, {"soort": "agendapunt", "id": "AP001"}),
        (Pagina.PUNT, {"soort": "agendapunt", "id": "AP011"}),
        (Pagina.PUNT, {"soort": "initiatief", "id": "BI002"}),
        (Pagina.SIGNALEN, {}),
        (Pagina.UITLEG, {}),
    ],
)
def test_markup_in_a_text_field_is_shown_and_does_nothing(open_pagina, pagina, rol, filters):
    at = open_pagina(pagina, rol, **filters)
    assert not at.exception
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
@pytest.mark.parametrize("vraag", [{}, {"overleg": "1"}, {"overleg": "1", "punt": "AP001"}])
def test_markup_in_a_meeting_is_shown_and_does_nothing(eigen_database, open_pagina, vraag):
    with eigen_database.begin() as conn:
        # Open again, so that the point is walked and not only listed.
        conn.execute(update(tabellen.overleg).values(is_afgesloten="punt" not in vraag))
    at = open_pagina(Pagina.OVERLEG, Rol.GEBIEDSREGISSEUR, "GB01", **vraag)
    assert not at.exception
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
@pytest.mark.parametrize("beeld", ["deze week", "eerdere weken", "opzoeken", "registratie"])
@pytest.mark.parametrize("rol", [Rol.OOV, Rol.GEBIEDSTEAM])
def test_markup_around_a_warning_is_shown_and_does_nothing(eigen_database, open_pagina, rol, beeld):
    load_oov(eigen_database)
    at = open_pagina(Pagina.VROEGSIGNALEN, rol, "Eigen", beeld=beeld)
    assert not at.exception
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
@pytest.mark.parametrize("rol", [Rol.OOV, Rol.GEBIEDSTEAM])
def test_markup_in_the_morning_is_shown_and_does_nothing(eigen_database, open_pagina, rol):
    load_oov(eigen_database)
    at = open_pagina(Pagina.OCHTENDBEELD, rol, "Eigen")
    if rol is Rol.OOV:
        assert not at.toggle(key="ochtendprint").set_value(True).run().exception
    assert MERK in get_html_van(at)
    assert list_onveilig(at) == []


def get_html_van(at) -> str:
    return " ".join(el.proto.body for el in at.get("html"))


def load_oov(engine) -> None:
    """Fill what oov keeps around warnings with markup, in an area that can be told from the others."""
    vast = {"gebied": "GB01", "sinds": date(2026, 11, 9), "ingetrokken": False}
    with engine.begin() as conn:
        conn.execute(update(tabellen.gebied).where(tabellen.gebied.c.code == "GB01").values(naam="Eigen"))
        # A category with a warning, instead of the one without signals.
        tabel = tabellen.signaalcategorie
        conn.execute(update(tabel).where(tabel.c.naam == LADING).values(naam="niets"))
        conn.execute(update(tabel).where(tabel.c.naam == "jeugdoverlast").values(naam=LADING))
        zaak = {"naam": LADING, "categorie": LADING, "staat": "beoordeeld", "toelichting": LADING}
        conn.execute(insert(tabellen.zaak).values(vast | zaak | {"geen_persoon": True, "reden": "", "resultaat": ""}))
        oordeel = {"maandag": date(2026, 11, 9), "venster": 4, "categorie": LADING, "oordeel": "verworpen"}
        oordeel |= {"gebied": "BU03610803", "reden": LADING, "geen_persoon": True}
        conn.execute(insert(tabellen.duiding).values(vast | oordeel))
        wijziging = {"datum": date(2026, 11, 2), "effect": "markeren", "categorie": LADING, "toelichting": LADING}
        wijziging |= {"geen_persoon": True}
        conn.execute(insert(tabellen.registratiewijziging).values(vast | wijziging))
        plan = {"naam": LADING, "soort": "toezicht", "categorie": LADING, "gebieden": ["BU03610803"]}
        plan |= {"begin": date(2026, 11, 2), "verwachting": "minder meldingen", "weken": 26, "uitgesloten_weken": 8}
        plan |= {"ring": [], "vergelijking": [], "vergelijking_ring": [], "bevestigd": False, "partners": []}
        conn.execute(insert(tabellen.aanpak).values(vast | plan | {"toelichting": LADING, "geen_persoon": True}))


@pytest.mark.usefixtures("eigen_database")
def test_markup_in_a_bericht_that_was_written_and_corrected_is_text_too(open_pagina):
    at = open_pagina(Pagina.PUNT, Rol.GEBIEDSTEAM, soort="agendapunt", id="AP001")
    for knop in ("Opslaan", "Verbeteren"):
        at.text_area[-1].set_value(LADING)
        next(k for k in at.main.button if k.label == knop).click().run()
    at.text_area[-1].set_value(f"{LADING} {LADING}")
    next(t for t in at.text_input if t.key.startswith("waarom")).set_value(LADING)
    [k for k in at.main.button if k.label == "Opslaan"][-1].click().run()
    assert not at.exception
    assert not at.error
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
def test_markup_is_text_in_the_forms_of_what_stands_beside_a_point_and_an_area_too(eigen_database, open_pagina):
    with eigen_database.begin() as conn:
        # One has to be told from the others to be the own area.
        conn.execute(update(tabellen.gebied).where(tabellen.gebied.c.code == "GB01").values(naam="Eigen"))
    for pagina, filters in ((Pagina.PUNT, {"soort": "agendapunt", "id": "AP001"}), (Pagina.GEBIED, {"code": "GB01"})):
        at = open_pagina(pagina, Rol.GEBIEDSREGISSEUR, "Eigen", **filters)
        for knop in [k.key for k in at.button_group if (k.key or "").startswith("dossier_")]:
            keuze = next(k for k in at.button_group if k.key == knop)
            if "Wijzigen" in keuze.options:
                keuze.set_value("wijzigen").run()
                welke = next(s for s in at.selectbox if s.key == f"{knop.rpartition('_')[0]}_welke")
                welke.select_index(0).run()
        assert not at.exception
        assert len([k for k in at.main.button if k.label == "Wijzigingen opslaan"]) == 2
        assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
@pytest.mark.parametrize("rol", [Rol.RAAD, Rol.GEBIEDSREGISSEUR])
@pytest.mark.parametrize("beeld", ["register", "kansenlijst", "convenant"])
def test_markup_about_a_partner_is_text_too(open_pagina, rol, beeld):
    # Of areas with one name the role picker takes the last.
    at = open_pagina(Pagina.PARTNERS, rol, beeld=beeld, gebied="GB05").run()
    panelen = [k for k in at.button_group if (k.key or "").startswith("dossier_")]
    for knop in panelen:
        knop.set_value("wijzigen")
    at.run()
    for veld in (v for v in at.selectbox if v.key.endswith("_welke")):
        veld.set_value(1)
    at.run()
    if panelen:
        assert [k.label for k in at.main.button].count("Wijzigingen opslaan") == 2
    assert len(panelen) == (2 if rol is Rol.GEBIEDSREGISSEUR and beeld != "kansenlijst" else 0)
    assert not at.exception
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
@pytest.mark.parametrize(("nummer", "gebied"), [("2", "GB01"), ("3", "GB04")])
def test_markup_about_an_aanpak_and_a_suspicion_is_text_too(eigen_database, open_pagina, nummer, gebied):
    with eigen_database.begin() as conn:
        # One has to be told from the others to be the own area; and a plan is proposed for what is counted.
        conn.execute(update(tabellen.gebied).where(tabellen.gebied.c.code == gebied).values(naam="Eigen"))
        conn.execute(update(tabellen.aanpak).where(tabellen.aanpak.c.nummer == 3).values(categorie="vernieling"))
    at = open_pagina(Pagina.AANPAKKEN, Rol.OOV, "Eigen", aanpak=nummer)
    if nummer == "2":
        at.selectbox(key="vermoeden_van").set_value("BU03610803").run()
    panelen = [k for k in at.button_group if (k.key or "").startswith("dossier_")]
    for paneel in panelen:
        paneel.set_value("wijzigen")
    at.run()
    for veld in (v for v in at.selectbox if v.key.endswith("_welke")):
        veld.select_index(0)
    at.run()
    assert not at.exception
    assert [k.label for k in at.main.button].count("Wijzigingen opslaan") == (2 if nummer == "2" else 1)
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
@pytest.mark.parametrize(
    ("pagina", "filters"),
    [
        (Pagina.VASTLEGGEN, {}),
        (Pagina.BEOORDELEN, {"toon": "alle signalen"}),
        (Pagina.BEOORDELEN, {"beeld": "zaken"}),
    ],
)
def test_markup_about_signals_is_text_too(eigen_database, open_pagina, pagina, filters):
    with eigen_database.begin() as conn:
        conn.execute(update(tabellen.gebied).where(tabellen.gebied.c.code == "GB01").values(naam="Eigen"))
    at = open_pagina(pagina, Rol.OOV, "Eigen", **filters)
    for groep in [g for g in at.button_group if g.key.startswith(("beoordelen_", "dossier_"))]:
        groep.set_value("wijzigen" if groep.key.startswith("dossier_") else "bundelen").run()
    for welke in (s for s in at.selectbox if s.key.endswith("_welke")):
        welke.set_value(1).run()
    assert not at.exception
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("geladen")
def test_the_rows_behind_a_count_are_text_too(open_pagina):
    at = open_pagina(rol=Rol.BEHEER, gebied="WK036101")
    at.session_state["telling"] = "alles"
    at.run()
    assert list_onveilig(at) == []


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("pagina", [Pagina.OVERZICHT, Pagina.AGENDA, Pagina.INITIATIEVEN, Pagina.GEBIED])
def test_markup_in_the_address_is_text_too(open_pagina, pagina):
    lading = LADING[:100]
    filters = dict.fromkeys(("thema", "gebied", "code", "niveau", "staat", "trekker", "zoek"), lading)
    at = open_pagina(pagina, **filters)
    assert not at.exception
    assert list_onveilig(at, lading) == []


def test_the_check_itself_sees_markup():
    opbouw = Opbouw()
    opbouw.feed(f"<p>{LADING}</p>")
    assert {"img", "b", "script"} <= set(opbouw.bouwsel)
