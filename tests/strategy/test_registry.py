"""Institutions: every name of the plan is registered, and the strategy's own list of abbreviations is whole."""

import pytest

from evaluation.core.errors import StrategyError
from evaluation.strategy.institutions import check_institutions, load_registry
from evaluation.strategy.plan import load_plan

REGISTRY = load_registry()
PLAN = load_plan()
# The list "Listă abrevieri utilizate în text" of the strategy, in its printed order.
PRINTED = [
    "AAPL",
    "ANABI",
    "ANCOM",
    "ANES",
    "ANPDCA",
    "ANPDPD",
    "ANR",
    "ANITP",
    "ANOFM",
    "CNAS",
    "CSVI",
    "DCCO",
    "DGAESRI",
    "DGASPC",
    "DIICOT",
    "DRP",
    "EUROJUST",
    "IGI",
    "IGPR",
    "IGPF",
    "ICPC",
    "INM",
    "IM",
    "JIT",
    "MAI",
    "MAE",
    "MCID",
    "MD/OC",
    "MEAT",
    "ME",
    "MF",
    "MIPE",
    "MJ",
    "MFTES",
    "MNIR",
    "MMSS",
    "MP",
    "MS",
    "MTI",
    "OAP",
    "OIM",
    "ONG",
    "ONPM",
    "UE",
    "UNBR",
    "UNODC",
    "UPU",
    "PICCJ",
    "PNA",
    "SGG",
    "SNITP",
    "SPAS",
    "SSVI",
]


def test_the_list_of_abbreviations_is_the_printed_one():
    assert len(PRINTED) == 53
    assert [one.abbreviation for one in REGISTRY.abbreviations] == PRINTED


def test_every_institution_of_a_measure_is_registered():
    known = {one.id for one in REGISTRY.registry}
    named = {
        name
        for measure in PLAN.measures
        for party in (*measure.responsible, *measure.support)
        for name in party.institutions
    }
    assert named <= known


def test_an_institution_that_is_not_registered_is_named_with_its_measure():
    first = PLAN.measures[0]
    stranger = first.responsible[0].model_copy(update={"institutions": ("NOWHERE",)})
    plan = PLAN.model_copy(update={"measures": (first.model_copy(update={"responsible": (stranger,)}),)})
    with pytest.raises(StrategyError, match=r"measure 1\.1\.1: institution NOWHERE"):
        check_institutions(plan, REGISTRY)


def test_ids_never_repeat():
    ids = [one.id for one in REGISTRY.registry]
    assert len(ids) == len(set(ids))


def test_a_parent_is_registered_and_nobody_is_its_own_ancestor():
    for one in REGISTRY.registry:
        above, seen = one.parent, {one.id}
        while above:
            assert above not in seen, one.id
            seen.add(above)
            above = REGISTRY.get(above).parent


@pytest.mark.parametrize(
    ("agency", "ministry"),
    [("ANITP", "MAI"), ("IGPR", "MAI"), ("DIICOT", "MP"), ("ANABI", "MJ"), ("ANPDCA", "MFTES")],
)
def test_the_plan_names_an_agency_through_its_ministry(agency, ministry):
    # Printed as "MAI prin ANITP", "MAI prin IGPR", "MP prin DIICOT", "MJ prin ANABI", "MFTES prin ANPDCA".
    assert REGISTRY.get(agency).parent == ministry


def test_an_abbreviation_points_to_a_registered_institution_or_to_none():
    known = {one.id for one in REGISTRY.registry}
    assert {one.institution for one in REGISTRY.abbreviations} <= known | {""}


def test_the_mark_in_abbreviation_list_agrees_with_the_list():
    listed = {one.institution for one in REGISTRY.abbreviations} - {""}
    assert {one.id for one in REGISTRY.registry if one.in_abbreviation_list} == listed


def test_an_unknown_id_is_refused():
    with pytest.raises(StrategyError, match="institution NOWHERE: not in the registry"):
        REGISTRY.get("NOWHERE")


def test_the_short_name_is_the_abbreviation():
    assert REGISTRY.label("ANITP") == "ANITP"
