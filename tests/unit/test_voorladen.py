"""What the page asks the browser to fetch beforehand are scripts that Streamlit has, the map's among them."""

import re
from pathlib import Path

import streamlit as st

from gebieden.ui.voorladen import ELEMENTEN, add_script, add_voorladen, list_scripts

STREAMLIT = Path(st.__file__).parent / "static"


def test_every_element_is_found_in_this_version_of_streamlit():
    namen = [naam.split(".")[0] for naam in list_scripts()]
    assert [element for element in ELEMENTEN if element not in namen] == []
    assert namen[0] == "ComponentInstance"


def test_hints_name_each_script_once_and_only_scripts_that_exist():
    pagina = (STREAMLIT / "index.html").read_bytes()
    hints = add_voorladen(pagina).decode()
    for naam in list_scripts():
        assert (STREAMLIT / "static" / "js" / naam).is_file()
        assert hints.count(f"/{naam}") == 1


def test_a_page_without_a_head_stays_as_it_is():
    assert add_voorladen(b"<p>Niets</p>") == b"<p>Niets</p>"


def test_our_own_script_is_in_the_page_under_an_address_that_changes_with_its_content():
    pagina = add_script(b"<head></head>").decode()
    assert re.fullmatch(
        r'<head><script type="module" src="\./app/static/scherm\.js\?v=[0-9a-f]{16}"></script></head>', pagina
    )
