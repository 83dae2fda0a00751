"""The page Structuur without a browser: what it says, and what of it each role is sent."""

import re

import pytest
from schermtekst import bevat, collect_alles

from gebieden.domein.rechten import Pagina, Rol
from gebieden.domein.structuurzin import GEEN_VROEGSIGNAAL
from gebieden.ui.signaalbeeld import VOORBEHOUD

pytestmark = pytest.mark.usefixtures("demo")


def test_oov_sees_its_own_buurten_with_rates_and_the_choices_stand_in_the_address(open_pagina, kaarten):
    at = open_pagina(Pagina.STRUCTUUR, Rol.OOV, "Centrum en Zuid", jaar="2024", groep="vernieling")
    inhoud = collect_alles(at)
    assert not at.exception
    assert "vernieling, heel 2024" in at.title[0].value
    for tekst in (GEEN_VROEGSIGNAAL, VOORBEHOUD, "zien wij niet", "Binnenstad - West", "met de buren mee"):
        assert bevat(inhoud, tekst), tekst
    assert not bevat(inhoud, "Stompetoren")
    # Its own buurten have a figure, what lies elsewhere has none.
    klassen = kaarten[-1].kleuring.klassen
    assert 0 < sum(klasse != 9 for klasse in klassen) < len(klassen) / 2


def test_a_team_reads_no_count_of_a_buurt(open_pagina):
    at = open_pagina(Pagina.STRUCTUUR, Rol.GEBIEDSTEAM, "Centrum en Zuid")
    tabel = next(h.proto.body for h in at.get("html") if "Klasse per buurt" in h.proto.body)
    assert "Binnenstad - West" in tabel
    cellen = re.findall("<td>(.*?)</td>", tabel)
    assert cellen
    assert not [cel for cel in cellen if any(teken.isdigit() for teken in cel.replace("minder dan 100 mensen", ""))]


def test_the_council_sees_no_map_and_no_buurt(open_pagina, kaarten):
    at = open_pagina(Pagina.STRUCTUUR, Rol.RAAD)
    inhoud = collect_alles(at)
    assert kaarten == []
    assert bevat(inhoud, "Meldingen per wijk, heel 2025")
    assert not bevat(inhoud, "Binnenstad - West")
    assert at.main.selectbox(key="jaar").options == ["2025", "2024", "2023", "2022"]
