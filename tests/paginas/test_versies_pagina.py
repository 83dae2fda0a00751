"""The page Veranderd: what changed since a date, two versions side by side, and establishing the next."""

from datetime import date

import pytest
from schermtekst import bevat, collect_alles
from sqlalchemy import create_engine, select

from gebieden.domein.rechten import BEHEERDER, Pagina, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.versies import load_versies

PEILDATUM = date(2026, 11, 16)
VERGELIJKEN = "versies vergelijken"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("rol", [Rol.PUBLIEK, Rol.RAAD])
def test_everybody_reads_at_how_many_points_something_changed_and_the_figures_are_the_same(open_pagina, rol):
    zinnen = [
        next(m.value for m in open_pagina(Pagina.VERSIES, wie, sinds="2026-05-01").markdown if "Sinds" in m.value)
        for wie in (rol, Rol.BEHEER)
    ]
    kern = [zin.partition(" en ")[0].split("punten met een nieuw bericht")[0] for zin in zinnen]
    assert "Sinds 1 mei 2026 is er iets veranderd bij" in zinnen[0]
    assert kern[0].split("bij")[0] == kern[1].split("bij")[0]


@pytest.mark.usefixtures("demo")
def test_publiek_reads_no_text_of_a_point_that_is_not_public(open_pagina, demobestand):
    engine = create_engine(f"sqlite:///{demobestand}")
    with engine.connect() as conn:
        geheim = [p.punt.titel for p in load_punten(conn, BEHEERDER, PEILDATUM) if not p.punt.openbaar]
        per_gebied = load_versies(conn)
    engine.dispose()
    assert geheim
    assert not [t for t in geheim if bevat(collect_alles(open_pagina(Pagina.VERSIES, sinds="2020-01-01")), t)]
    for code, versies in per_gebied.items():
        if len(versies) > 1:
            inhoud = collect_alles(open_pagina(Pagina.VERSIES, gebied=code, beeld=VERGELIJKEN))
            assert not [t for t in geheim if bevat(inhoud, t)]


@pytest.mark.usefixtures("demo")
def test_a_day_on_which_nothing_changed_since_says_so(open_pagina):
    at = open_pagina(Pagina.VERSIES, sinds="2026-11-16")
    assert "niets veranderd" in at.info[0].value


@pytest.mark.usefixtures("demo")
def test_versions_belong_to_one_area_and_comparing_asks_for_two(open_pagina):
    assert "één gebied" in open_pagina(Pagina.VERSIES, beeld=VERGELIJKEN).info[0].value
    at = open_pagina(Pagina.VERSIES, gebied="WK036101", beeld=VERGELIJKEN)
    assert "niets te vergelijken" in at.info[0].value


def test_a_regisseur_establishes_the_next_version_and_compares_it_with_the_one_before(open_pagina, eigen_database):
    with eigen_database.connect() as conn:
        voor = load_versies(conn)["GB01"]
        punt = tabellen.agendapunt
        naam = conn.scalar(select(tabellen.gebied.c.naam).where(tabellen.gebied.c.code == "GB01"))
        ids = set(conn.scalars(select(punt.c.id).where(punt.c.gebied == "GB01")))
    at = open_pagina(Pagina.VERSIES, Rol.GEBIEDSREGISSEUR, naam, gebied="GB01", beeld=VERGELIJKEN)
    assert not at.exception
    at.text_input[-1].set_value("gebiedsteam *12 mei*").run()
    knop = next(k for k in at.button if k.label == "Versie vaststellen")
    knop.click().run()
    assert not at.exception
    assert "vastgesteld op 16 november 2026" in at.success[0].value
    with eigen_database.connect() as conn:
        na = load_versies(conn)["GB01"]
        in_versie = {p.punt.id for p in load_punten(conn, BEHEERDER, PEILDATUM) if p.in_versie and p.punt.id in ids}
    assert na[:-1] == voor
    assert (na[-1].versie, na[-1].datum, na[-1].vastgesteld_door) == (
        voor[-1].versie + 1,
        PEILDATUM,
        "gebiedsteam *12 mei*",
    )
    assert in_versie
    at.run()
    zin = next(m.value for m in at.markdown if m.value.startswith("Van versie"))
    assert f"Van versie {voor[-1].versie}" in zin
    assert f"naar versie {na[-1].versie}" in zin
    assert not at.success


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("rol", "eigen"), [(Rol.PUBLIEK, ""), (Rol.RAAD, ""), (Rol.GEBIEDSTEAM, ""), (Rol.BEHEER, "")])
def test_nobody_else_is_offered_to_establish_a_version(open_pagina, rol, eigen):
    at = open_pagina(Pagina.VERSIES, rol, eigen, gebied="GB01", beeld=VERGELIJKEN)
    assert not at.exception
    assert "Versie vaststellen" not in [k.label for k in at.button]
