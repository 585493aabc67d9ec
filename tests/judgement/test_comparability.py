"""Comparability: which facts make which verdict, and that no indicator of either plan is left out."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.comparability import (
    compare_definitions,
    count_comparability,
    list_comparability,
    step_facts,
)
from evaluation.judgement.comparability_rules import (
    RULES,
    Fact,
    Verdict,
    comparability_source,
    load_comparability_rules,
)
from evaluation.judgement.published_definitions import FrozenCard, FrozenDefinitions, freeze_cards
from evaluation.strategy.crosswalk import EvaluatedPlans, Step, load_crosswalk
from evaluation.strategy.plan import PLANS, Indicator, load_plan
from evaluation.strategy.words import Text

LATER = "pna_2027_2028_synthetic"
CROSSWALK = (PLANS / LATER / "crosswalk.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class OneBreak:
    indicator: str
    from_period: str = "2026"
    note_ro: str = "altă numărare"
    note_en: str = "another count"


def both(text: str) -> dict[str, str]:
    return {"ro": text, "en": f"{text} (en)"}


def card(**changes: object) -> Indicator:
    given: dict[str, object] = {
        "id": "IND-1.1.1-1", "name": both("Număr de campanii"), "type": "count", "unit": both("campanii"),
        "direction": "more", "frequency": "annual", "status": "defined",
    }  # fmt: skip
    return Indicator.model_validate(given | changes)


CONTINUING = Step.model_validate({"old": "IND-1.1.1-1", "new": "IND27-1.1.1-1", "relation": "continuing"})
FROZEN = FrozenCard(id="IND-1.1.1-1", card="a", definition="b", baseline="c")


def verdict(facts: set[Fact]) -> Verdict:
    return load_comparability_rules().decide(facts)[0]


@pytest.fixture(scope="module")
def plans():
    return EvaluatedPlans(load_plan(), load_plan(LATER), load_crosswalk(LATER))


@pytest.fixture(scope="module")
def today():
    return freeze_cards(load_plan())


def frozen(cards: tuple[FrozenCard, ...]) -> FrozenDefinitions:
    return FrozenDefinitions(
        assessment="interim-2026", run="r", kit_version="0", inputs_digest="d", plan="p", indicators=cards
    )


def test_equal_cards_give_no_fact_and_the_verdict_same():
    facts = step_facts(CONTINUING, card(), card(id="IND27-1.1.1-1"), now=FROZEN, then=FROZEN)
    assert (facts, verdict(facts)) == (set(), Verdict.SAME)


@pytest.mark.parametrize(
    ("changes", "fact", "expected"),
    [
        ({"unit": both("acțiuni")}, Fact.UNIT_DIFFERS, Verdict.BROKEN),
        ({"type": "proportion"}, Fact.TYPE_DIFFERS, Verdict.BROKEN),
        ({"status": "undefined", "question": both("Ce se numără?")}, Fact.STATE_DIFFERS, Verdict.BROKEN),
        ({"name": both("Număr de acțiuni")}, Fact.NAME_DIFFERS, Verdict.CHANGED),
        ({"denominator": both("toate")}, Fact.DENOMINATOR_DIFFERS, Verdict.CHANGED),
        ({"numerator": both("o parte")}, Fact.NUMERATOR_DIFFERS, Verdict.CHANGED),
        ({"frequency": "quarterly"}, Fact.FREQUENCY_DIFFERS, Verdict.CHANGED),
        ({"direction": "less"}, Fact.DIRECTION_DIFFERS, Verdict.CHANGED),
        ({"disaggregation": ["county"]}, Fact.BREAKDOWN_DIFFERS, Verdict.CHANGED),
    ],
)
def test_each_difference_between_the_plans_is_one_fact(changes, fact, expected):
    facts = step_facts(CONTINUING, card(), card(id="IND27-1.1.1-1", **changes), now=FROZEN, then=FROZEN)
    assert (facts, verdict(facts)) == ({fact}, expected)


def test_a_better_translation_is_no_difference():
    other = card(id="IND27-1.1.1-1", name={"ro": "Număr de campanii", "en": "Another translation"})
    assert step_facts(CONTINUING, card(), other, now=FROZEN, then=FROZEN) == set()


def test_the_order_of_a_breakdown_is_no_difference():
    old, new = (
        card(disaggregation=["county", "sex"]),
        card(id="IND27-1.1.1-1", disaggregation=["sex", "county"]),
    )
    assert step_facts(CONTINUING, old, new, now=FROZEN, then=FROZEN) == set()


@pytest.mark.parametrize(
    ("changes", "rule", "reason"),
    [
        ({"direction": "less"}, "CR-DIRECTION", ("Sensul dorit", "The desired direction")),
        ({"disaggregation": ["county"]}, "CR-BREAKDOWN", ("Dezagregarea cerută", "The breakdown asked for")),
    ],
)
def test_a_changed_direction_or_breakdown_is_told_with_its_reason(changes, rule, reason):
    facts = step_facts(CONTINUING, card(), card(id="IND27-1.1.1-1", **changes), now=FROZEN, then=FROZEN)
    (held,) = load_comparability_rules().decide(facts)[1]
    assert held.id == rule
    assert held.reason.ro.startswith(reason[0]) and held.reason.en.startswith(reason[1])


@pytest.mark.parametrize(
    ("field", "fact"),
    [
        ("card", Fact.CARD_EDITED),
        ("definition", Fact.DEFINITION_EDITED),
        ("baseline", Fact.BASELINE_EDITED),
    ],
)
def test_what_changed_since_publication_makes_it_changed(field, fact):
    facts = step_facts(CONTINUING, card(), card(), now=FROZEN.model_copy(update={field: "z"}), then=FROZEN)
    assert (facts, verdict(facts)) == ({fact}, Verdict.CHANGED)


def test_without_a_frozen_card_sameness_is_not_claimed():
    facts = step_facts(CONTINUING, card(), card(), now=FROZEN, then=None)
    assert (facts, verdict(facts)) == ({Fact.NOT_FROZEN}, Verdict.CHANGED)


def test_the_worst_verdict_stands_and_every_reason_is_kept():
    found, held = load_comparability_rules().decide({Fact.RELATION_CHANGED, Fact.BREAK, Fact.NAME_DIFFERS})
    assert (found, [one.id for one in held]) == (Verdict.BROKEN, ["CR-BREAK", "CR-REVISED"])


def test_every_indicator_of_both_plans_is_there_once(plans, today):
    compared = compare_definitions(plans, today=today, frozen=frozen(today))
    old, new = [one.old for one in compared if one.old], [one.new for one in compared if one.new]
    assert sorted(old) == sorted(c.id for m in plans.first.measures for c in m.indicators)
    assert sorted(new) == sorted(c.id for m in plans.later.measures for c in m.indicators)


def test_dropped_and_new_are_those_of_the_crosswalk(plans, today):
    compared = compare_definitions(plans, today=today, frozen=frozen(today))
    for kind in ("dropped", "new"):
        printed = len(re.findall(rf"relation: {kind}\b", CROSSWALK))
        assert sum(one.verdict == kind for one in compared) == printed


def test_the_plan_of_the_example_changes_neither_direction_nor_breakdown(plans, today):
    compared = compare_definitions(plans, today=today, frozen=frozen(today))
    assert not {"CR-DIRECTION", "CR-BREAKDOWN"} & {rule for one in compared for rule in one.rules}


def test_a_break_under_either_id_breaks_the_series_with_its_note(plans, today):
    breaks = [OneBreak("IND27-1.1.1-1")]
    compared = compare_definitions(plans, today=today, frozen=frozen(today), breaks=breaks)
    found = next(one for one in compared if one.old == "IND-1.1.1-1")
    assert (found.verdict, found.reason) == (
        Verdict.BROKEN,
        Text(ro="Serie întreruptă din 2026: altă numărare", en="Series broken from 2026: another count"),
    )


def test_an_edited_card_of_the_first_plan_is_told(plans, today):
    then = (today[0].model_copy(update={"card": "other"}), *today[1:])
    compared = compare_definitions(plans, today=today, frozen=frozen(then))
    edited = [one.old for one in compared if "CR-CARD" in one.rules]
    assert edited == [today[0].id]


def test_counts_of_the_objectives_add_to_the_whole(plans, today):
    compared = compare_definitions(plans, today=today, frozen=frozen(today))
    counted = count_comparability(compared, plans, sources=(comparability_source(),), synthetic=True)
    table = counted.table
    whole = table[table["group"] == "plan"].set_index("measure")["estimate"]
    parts = table[table["group"] == "general_objective"].groupby("measure")["estimate"].sum()
    assert whole.to_dict() == parts.to_dict()
    assert whole.sum() == len(compared)
    assert counted.provenance.synthetic


def test_the_list_names_verdict_and_reason_in_both_languages(plans, today):
    compared = compare_definitions(plans, today=today, frozen=frozen(today))
    texts = list_comparability(compared, sources=(), synthetic=False).texts
    assert len(texts) == len(compared)
    assert not (texts == "").any().any()


def test_one_plan_has_nothing_to_compare(today):
    with pytest.raises(JudgementError, match="one plan only"):
        compare_definitions(EvaluatedPlans(load_plan()), today=today, frozen=frozen(today))


def test_rules_that_ignore_a_fact_are_refused(tmp_path: Path):
    file = tmp_path / RULES.name
    source = RULES.read_text(encoding="utf-8")
    file.write_text(source.replace("when_any: [unit_differs]", "when_any: [type_differs]"), encoding="utf-8")
    with pytest.raises(JudgementError, match="unit_differs"):
        load_comparability_rules(file)
