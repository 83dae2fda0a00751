"""Two versions of an agenda: every point of both is told once, and looking the other way mirrors it."""

from dataclasses import replace

from bouwstenen import build_punt
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.agendapunt import Staat
from gebieden.domein.rechten import Rol
from gebieden.domein.thema import Thema
from gebieden.domein.versievergelijking import VERGELEKEN, compare_versies
from gebieden.ui.versiespagina import select_leesbaar

PUNT = st.builds(
    build_punt,
    st.sampled_from([f"P{n}" for n in range(8)]),
    titel=st.sampled_from(["Licht", "Groen"]),
    staat=st.sampled_from([Staat.OP_AGENDA, Staat.IN_UITVOERING, Staat.VERVALLEN]),
    themas=st.sampled_from([(Thema.HEEL,), (Thema.HEEL, Thema.VEILIG)]),
    versie=st.integers(1, 3),
    afgesproken_gereed=st.none() | st.dates(),
    openbaar=st.booleans(),
)
VERSIE = st.lists(PUNT, unique_by=lambda p: p.id, max_size=8)


def _get_ids(punten):
    return [p.id for p in punten]


def test_a_point_that_changed_says_which_fields_from_what_to_what():
    oud = [build_punt("P1"), build_punt("P2"), build_punt("P3")]
    nieuw = [
        build_punt("P1", versie=2, staat=Staat.IN_UITVOERING, trekker="Stadswerk"),
        build_punt("P3"),
        build_punt("P4"),
    ]
    vergelijking = compare_versies(oud, nieuw)
    assert (_get_ids(vergelijking.erbij), _get_ids(vergelijking.eraf), _get_ids(vergelijking.gelijk)) == (
        ["P4"],
        ["P2"],
        ["P3"],
    )
    (verschil,) = vergelijking.gewijzigd
    assert verschil.velden == {"staat": (Staat.OP_AGENDA, Staat.IN_UITVOERING), "trekker": ("", "Stadswerk")}


@given(VERSIE, VERSIE)
def test_the_four_lists_partition_the_points_of_both(a, b):
    v = compare_versies(a, b)
    ids = [*_get_ids(v.erbij), *_get_ids(v.eraf), *(d.nieuw.id for d in v.gewijzigd), *_get_ids(v.gelijk)]
    assert sorted(ids) == sorted({*_get_ids(a), *_get_ids(b)})
    for verschil in v.gewijzigd:
        assert verschil.velden
        assert replace(verschil.oud, **{k: nieuw for k, (_, nieuw) in verschil.velden.items()}) == replace(
            verschil.nieuw, versie=verschil.oud.versie
        )


@given(VERSIE)
def test_a_version_does_not_differ_from_itself(a):
    v = compare_versies(a, a)
    assert (v.erbij, v.eraf, v.gewijzigd, len(v.gelijk)) == ((), (), (), len(a))


@given(VERSIE, VERSIE)
def test_looking_the_other_way_mirrors_it(a, b):
    heen, terug = compare_versies(a, b), compare_versies(b, a)
    assert (heen.erbij, heen.eraf, _get_ids(heen.gelijk)) == (terug.eraf, terug.erbij, _get_ids(terug.gelijk))
    gespiegeld = [{k: (nieuw, oud) for k, (oud, nieuw) in d.velden.items()} for d in terug.gewijzigd]
    assert [d.velden for d in heen.gewijzigd] == gespiegeld


def test_every_field_that_can_be_compared_is_one_of_a_point():
    assert set(VERGELEKEN) <= set(build_punt().__dataclass_fields__)


def test_publiek_reads_no_text_of_a_point_that_is_not_public_in_one_of_the_two():
    oud = build_punt(titel="Was geheim", trekker="A", staat=Staat.OP_AGENDA, openbaar=False)
    nieuw = build_punt(titel="Nu openbaar", trekker="B", staat=Staat.IN_UITVOERING, openbaar=True)
    (verschil,) = compare_versies([oud], [nieuw]).gewijzigd
    assert {veld for veld, _ in select_leesbaar(verschil, Rol.PUBLIEK)} == {"staat", "openbaar"}
    assert {veld for veld, _ in select_leesbaar(verschil, Rol.RAAD)} == {"titel", "trekker", "staat", "openbaar"}
