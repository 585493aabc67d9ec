"""The definitions of the workbench: complete, in two languages, and honest about what is missing."""

import re

import pytest

from evaluation.core.errors import StrategyError
from evaluation.strategy.definitions import (
    WORKBENCH,
    IndicatorDefinition,
    Verdict,
    check_covers,
    get_definition,
    load_definitions,
    load_thresholds,
)
from evaluation.strategy.plan import load_plan
from evaluation.strategy.words import load_as

TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(WORKBENCH.glob("*.yaml")))


def content(definition_id: str = "WB-4.1.8-3") -> dict:
    return get_definition(definition_id).model_dump(mode="json")


def test_every_undefined_indicator_has_one_definition():
    check_covers(load_definitions(), load_plan())
    assert len(load_definitions()) == 10


def test_an_undefined_indicator_without_a_definition_is_named():
    with pytest.raises(StrategyError, match=r"IND-4\.1\.8-4"):
        check_covers(tuple(one for one in load_definitions() if one.id != "WB-4.1.8-4"), load_plan())


def test_nothing_is_accepted_yet_and_every_definition_says_what_is_missing():
    for one in load_definitions():
        assert one.verdict is not Verdict.ACCEPTED
        assert one.missing_evidence


def test_every_indicator_that_a_definition_reads_is_in_the_plan():
    known = {card.id for measure in load_plan().measures for card in measure.indicators}
    named = {
        one for definition in load_definitions() for part in definition.components for one in part.indicators
    }
    assert named - known == set()


def test_weights_must_add_to_one():
    wrong = content()
    wrong["components"][0]["weight"] = 0.3
    with pytest.raises(StrategyError, match="add to 1"):
        load_as(IndicatorDefinition, wrong, file="x.yaml")


def test_a_definition_with_missing_evidence_cannot_be_accepted():
    with pytest.raises(StrategyError, match="cannot be accepted"):
        load_as(IndicatorDefinition, content() | {"verdict": "accepted"}, file="x.yaml")


def test_a_quotient_has_one_numerator_and_one_denominator():
    wrong = content("WB-4.1.8-2")
    wrong["components"][1]["role"] = "numerator"
    with pytest.raises(StrategyError, match="one numerator and one denominator"):
        load_as(IndicatorDefinition, wrong, file="x.yaml")


def test_weights_say_that_they_are_our_choice():
    for part in get_definition("WB-4.1.8-3").components:
        assert "noi" in part.reason.ro
        assert "our choice" in part.reason.en


def test_a_criterion_allows_its_bound():
    one = next(one for one in load_thresholds().criteria if one.id == "agreement")
    assert one.allows(0.8)
    assert not one.allows(0.799)


def test_romanian_has_its_letters_and_texts_their_quotes():
    assert not re.search("[\u015f\u0163\u015e\u0162]", TEXT)
    assert not re.search(r'ro: "[^"]*[\u201c\u2018]', TEXT)


def test_an_unknown_definition_is_refused():
    with pytest.raises(StrategyError, match=r"WB-9\.9\.9-9"):
        get_definition("WB-9.9.9-9")
