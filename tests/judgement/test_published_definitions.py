"""Frozen definitions: what changes a digest, what does not, and that the bundled ones are those of today."""

import pytest

from evaluation.core.errors import JudgementError
from evaluation.core.project import find_project
from evaluation.judgement.published_definitions import (
    DEFINITIONS,
    PUBLISHED,
    Run,
    changed_since,
    definition_sources,
    digest_card,
    digest_of,
    earlier_assessment,
    freeze_cards,
    frozen_text,
    load_frozen,
)
from evaluation.strategy.plan import load_plan
from evaluation.strategy.words import Text

PLAN = "pna_2024_2026"
CARD = load_plan(PLAN).measures[0].indicators[0]


def test_the_final_assessment_follows_the_interim_one_and_that_follows_none():
    assert (earlier_assessment("final-2028"), earlier_assessment("interim-2026")) == ("interim-2026", "")


def test_a_translation_or_a_note_changes_no_digest():
    other = CARD.model_copy(update={"name": Text(ro=CARD.name.ro, en="another"), "split": "note"})
    assert digest_card(other) == digest_card(CARD)


@pytest.mark.parametrize(
    "update", [{"name": Text(ro="altul", en=CARD.name.en)}, {"frequency": "once"}, {"periods": (1,)}], ids=str
)
def test_what_defines_the_indicator_changes_it(update):
    assert digest_card(CARD.model_copy(update=update)) != digest_card(CARD)


def test_a_field_that_is_empty_is_as_one_that_is_not_there():
    assert digest_of({"a": "1", "b": None, "c": {"en": "x"}}) == digest_of({"a": "1"})


def test_every_indicator_is_frozen_and_those_with_a_printed_figure_name_it():
    cards = {one.id: one for one in freeze_cards(load_plan(PLAN))}
    assert len(cards) == 297
    assert {one.id: one.ledger for one in cards.values() if one.ledger} == {
        "IND-2.2.7-3": "BL-074",
        "IND-3.3.3-4": "BL-077",
    }
    assert {one.id for one in cards.values() if one.definition} >= {
        "IND-4.1.8-2",
        "IND-4.1.8-3",
        "IND-4.1.8-4",
    }


def test_the_file_gives_back_what_was_frozen(tmp_path):
    plan = load_plan(PLAN)
    run = Run("interim-2026", "20270215-abc", "0.1.0", "d" * 64, True)
    (tmp_path / DEFINITIONS).write_text(frozen_text(run, plan), encoding="utf-8")
    found = load_frozen(tmp_path)
    assert (found.run, found.synthetic, found.indicators) == (run.name, True, freeze_cards(plan))


def test_a_file_that_repeats_an_indicator_is_refused(tmp_path):
    text = frozen_text(Run("interim-2026", "r", "0", "d", False), load_plan(PLAN))
    (tmp_path / DEFINITIONS).write_text(f"{text}{text.splitlines()[-1]}\n", encoding="utf-8")
    with pytest.raises(JudgementError, match="given twice"):
        load_frozen(tmp_path)


def test_a_definition_file_that_is_not_that_of_the_run_is_named():
    inputs = {one.file: one.digest for one in definition_sources(PLAN)}
    assert changed_since(inputs, PLAN) == []
    name = "evaluation/strategy/baselines/ledger.yaml"
    assert changed_since({**inputs, name: "other"}, PLAN) == [name]


def test_the_bundled_definitions_are_marked_and_are_those_of_the_plan():
    found = load_frozen(find_project().judgement / "interim-2026" / PUBLISHED)
    assert (found.assessment, found.plan, found.synthetic) == ("interim-2026", PLAN, True)
    assert found.indicators == freeze_cards(load_plan(PLAN))
