"""CBS codes: strings, never numbers."""

import pytest

from gebieden.domein.codes import determine_gemeentecode, determine_niveau, determine_ouder


@pytest.mark.parametrize(
    ("code", "niveau", "ouder", "gemeente"),
    [
        ("GM0361", "gemeente", None, "GM0361"),
        ("WK036101", "wijk", "GM0361", "GM0361"),
        ("BU03610101", "buurt", "WK036101", "GM0361"),
        ("BU0363AA01", "buurt", "WK0363AA", "GM0363"),
        ("WK0363AA", "wijk", "GM0363", "GM0363"),
    ],
)
def test_a_code_tells_its_level_its_parent_and_its_gemeente(code, niveau, ouder, gemeente):
    assert (determine_niveau(code), determine_ouder(code), determine_gemeentecode(code)) == (niveau, ouder, gemeente)


@pytest.mark.parametrize(
    "code", ["", "GB01", "BU0361010", "BU036101011", "bu03610101", "GM036", "GM03610", "WK 036101"]
)
def test_what_is_not_a_whole_cbs_code_has_no_level_and_lies_nowhere(code):
    assert (determine_niveau(code), determine_ouder(code), determine_gemeentecode(code)) == (None, None, None)
