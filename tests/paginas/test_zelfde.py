"""On PostgreSQL a page sends the browser what it sends on SQLite."""

import re

import pytest
from databases import fill_sjabloon
from schermtekst import collect_alles

from gebieden.demo.bouwen import build_demo
from gebieden.domein.rechten import PAGINARECHTEN, Pagina, Rol

# The address of a download is drawn anew every time. The page Beheer shows at what moment something was done.
DOWNLOAD = re.compile(rb"[0-9a-f]{32}")
GEVALLEN = [
    (pagina, rol)
    for pagina, rollen in PAGINARECHTEN.items()
    for rol in (Rol.PUBLIEK, Rol.GEBIEDSTEAM, Rol.BEHEER)
    if rol in rollen and pagina is not Pagina.BEHEER
]


@pytest.fixture(scope="module")
def adressen(cluster, demobestand):
    """The addresses of the same demo on either."""
    url = fill_sjabloon(cluster, build_demo)
    yield f"sqlite:///{demobestand}", url
    cluster.drop(url)


@pytest.mark.parametrize(("pagina", "rol"), GEVALLEN)
def test_a_page_is_the_same_on_either_database(gebruik_database, open_pagina, adressen, pagina, rol):
    schermen = []
    for adres in adressen:
        gebruik_database(adres)
        at = open_pagina(pagina, rol, code="WK036108", thema="veilig")
        assert not at.exception
        schermen.append(DOWNLOAD.sub(b"", collect_alles(at)))
    assert schermen[0] == schermen[1]
