"""Ochtendbeeld: what each role sees of the morning, and the sheet to print."""

import pytest
from schermtekst import bevat, collect_alles

from gebieden.domein.rechten import Pagina, Rol


def get_html(at) -> str:
    return " ".join(el.proto.body for el in at.get("html"))


@pytest.mark.usefixtures("demo")
def test_oov_sees_what_came_in_since_friday_and_what_waits(open_pagina):
    html = get_html(open_pagina(Pagina.OCHTENDBEELD, Rol.OOV, "GB01"))
    assert "sinds vrijdag 13 november 2026" in html
    # Three reports of young people in Overstad lie in the weekend of the outbreak that was planted there.
    assert "Overstad 3" in html
    assert "jeugdoverlast, Overstad: 12 meldingen in 4 weken" in html
    assert "losse signalen uit de laatste vier weken" in html
    assert all(kop in html for kop in ("Wat is nieuw", "Wat valt op", "Welke aanpakken lopen", "Lopende zaken"))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("rol", [Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR])
def test_the_team_gets_no_counts_per_day_and_warnings_in_words(open_pagina, rol):
    at = open_pagina(Pagina.OCHTENDBEELD, rol, "GB01")
    inhoud = collect_alles(at)
    assert bevat(inhoud, "zijn alleen voor OOV")
    assert bevat(inhoud, "jeugdoverlast, Overstad: duidelijk meer meldingen dan gebruikelijk")
    assert not bevat(inhoud, "Overstad 3")
    assert not bevat(inhoud, "12 melding")
    assert not bevat(inhoud, "los signaal")
    assert not bevat(inhoud, "losse signalen")


@pytest.mark.usefixtures("demo")
def test_the_raad_does_not_open_it(open_pagina):
    with pytest.raises(ValueError, match="ochtendbeeld"):
        open_pagina(Pagina.OCHTENDBEELD, Rol.RAAD)


@pytest.mark.usefixtures("demo")
def test_the_sheet_says_the_same_and_that_it_is_invented(open_pagina):
    at = open_pagina(Pagina.OCHTENDBEELD, Rol.OOV, "GB01")
    at.toggle(key="ochtendprint").set_value(True).run()
    assert not at.exception
    blad = at.get("iframe")[0].proto.srcdoc
    assert "Verzonnen gegevens (demo)" in blad
    assert "jeugdoverlast, Overstad: 12 meldingen in 4 weken" in blad
    assert "Zonder personen en adressen" in blad
