"""A card has a word in every field, and what the plan does not say is called undefined."""

import pytest

from evaluation.analysis.cards import list_cards
from evaluation.analysis.monitoring.definitions import load_definitions
from evaluation.instruments.catalogue import load_catalogue
from evaluation.strategy.card_data import load_card_data
from evaluation.strategy.frame import get_assessment

FIELDS = (
    *("name", "measured", "direction", "formula", "definition", "baseline", "target", "when"),
    *("responsible", "breakdown", "source"),
)


@pytest.fixture(scope="module")
def cards():
    data = load_card_data(get_assessment("interim-2026"))
    listing = list_cards(data, load_definitions().baselines, load_catalogue())
    return listing.texts.set_index("id")


def test_no_field_of_any_card_is_empty_in_either_language(cards):
    filled = cards[[f"{name}.{language}" for name in FIELDS for language in ("ro", "en")]]
    assert len(cards) == 297
    assert (filled.map(lambda text: len(text.strip(" –-"))) > 0).all(axis=None)


def test_the_target_that_an_indicator_names_is_its_target_and_others_have_none(cards):
    assert cards.loc["IND-4.1.9-1", "target.ro"] == "1, din denumirea indicatorului"
    assert cards["target.en"].str.startswith("undefined: ").sum() == 296


def test_a_printed_figure_stands_beside_a_baseline_and_is_not_taken_for_one(cards):
    linked = cards.loc["IND-3.3.3-4", "baseline.en"]
    assert linked.startswith("undefined in the plan") and "BL-077" in linked
    assert cards["baseline.ro"].str.startswith("nedefinită").all()


def test_a_degree_without_a_scale_has_no_formula_and_its_question(cards):
    card = cards.loc["IND-4.1.8-3"]
    assert card["formula.ro"] == "nedefinit: planul nu dă scală sau formulă"
    assert card["definition.ro"].startswith("nedefinit: Pe ce scală")


def test_a_printed_numerator_and_denominator_are_the_formula(cards):
    assert cards.loc["IND-1.2.1-4", "formula.en"].startswith("numerator: Children involved in the activities")


def test_breakdowns_say_who_asks_for_them(cards):
    # the plan asks by setting, the police reports through county units; the evaluators ask where the plan does not
    assert cards.loc["IND-1.2.1-1", "breakdown.en"] == (
        "the plan: school or protection system; by county, from county units"
    )
    assert cards.loc["IND-3.1.2-4", "breakdown.en"].startswith(
        "the evaluators: sex, age group, form of exploitation"
    )


def test_an_indicator_that_a_questionnaire_serves_names_it_as_a_source(cards):
    source = cards.loc["IND-1.2.7-3", "source.ro"]
    assert source.startswith("raportarea anuală") and "chestionar de formare" in source
    assert "chestionar" not in cards.loc["IND-1.1.1-1", "source.ro"]
