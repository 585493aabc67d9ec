"""Figures about activities and people in office are kept, as far as the gate itself can see that they are."""

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.results import Listing, Result
from evaluation.disclosure.classes import is_activity, load_classes
from evaluation.disclosure.monitoring import release_monitoring, split_by_class
from evaluation.disclosure.policy import POLICY_FILE, load_policies
from evaluation.disclosure.release import release
from evaluation.strategy.request import UnitClass

from .cases import ACTIVITY, CLASSES, RETURNS, STANDARD, figure, provenance, returned


def _kept(*rows):
    return release(returned("monitoring_values", *rows), ACTIVITY, classes=CLASSES)


def test_one_specialist_and_no_campaign_stay_as_they_are():
    released = _kept(figure("IND-O", 1, group="county", level="AB"), figure("IND-T", 0))
    assert released.table["estimate"].tolist() == [1.0, 0.0]
    assert released.decisions[0].reason == ACTIVITY.reason["en"]


@pytest.mark.parametrize("measure", ["IND-P", "IND-P_median", "IND-X", "IND-9.9.9-9", "", "victims"])
def test_one_row_about_protected_people_or_about_nobody_knows_what_closes_the_gate(measure):
    with pytest.raises(DisclosureError, match="monitoring_values") as caught:
        _kept(figure("IND-T", 9137), figure(measure, 9130))
    assert "913" not in str(caught.value)


def test_a_pattern_of_the_policy_never_covers_an_indicator():
    # monitoring_completeness:* is in the list, an indicator in that result is judged by its unit all the same.
    assert is_activity("monitoring_completeness", "asked", ACTIVITY, CLASSES)
    assert not is_activity("monitoring_completeness", "IND-P", ACTIVITY, CLASSES)
    assert not is_activity("monitoring_completeness", "IND-X", ACTIVITY, CLASSES)
    assert not is_activity("monitoring_oddities", "jump", ACTIVITY, CLASSES)


def test_money_for_victims_is_about_victims_and_money_spent_is_not():
    classes = load_classes()
    assert classes["IND-3.6.2-4"] is UnitClass.THING
    assert not is_activity("monitoring_values", "IND-3.6.2-4", ACTIVITY, classes)
    assert not is_activity("monitoring_values", "IND-3.6.2-4_median", ACTIVITY, classes)
    assert classes["IND-3.1.2-3"] is UnitClass.PROTECTED
    assert is_activity("monitoring_values", "IND-3.1.2-3", ACTIVITY, classes)


def test_every_indicator_that_the_policy_names_is_in_a_plan():
    assert {*ACTIVITY.protected_measures, *ACTIVITY.kept_measures} <= load_classes().keys()


@pytest.mark.parametrize(
    "files",
    [(), ("data_raw/cases.csv",), (RETURNS, "data_raw/survey.csv"), ("data_raw/returns/../cases.csv",)],
)
def test_activities_come_from_returns_only(files):
    result = Result("monitoring_values", returned("t", figure("IND-T", 3)).table, provenance(*files))
    with pytest.raises(DisclosureError, match="monitoring_values"):
        release(result, ACTIVITY, classes=CLASSES)


def test_returned_figures_set_side_by_side_are_no_activity():
    # "size" prints two figures of a return; the policy does not list the quantity.
    rows = figure("findings", 4, quantity="size", numerator=4, denominator=1)
    with pytest.raises(DisclosureError, match="quantities"):
        release(returned("monitoring_oddity_counts", rows), ACTIVITY, classes=CLASSES)


@pytest.mark.parametrize(
    ("group", "level"),
    [
        ("professional_category", "police"),
        ("sex", "Ion"),
        ("county", "XX"),
        ("environment", "satul Ion Popescu"),
        ("two words", "all"),
    ],
)
def test_words_that_an_institution_typed_are_no_level(group, level):
    with pytest.raises(DisclosureError, match="row 0") as caught:
        _kept(figure("IND-O", 30, group=group, level=level))
    assert "Ion" not in str(caught.value)
    with pytest.raises(DisclosureError, match="row 0"):
        policies = {"monitoring_activity": ACTIVITY, "standard": STANDARD}
        rows = figure("IND-P", 30, group=group, level=level)
        release_monitoring([returned("monitoring_values", rows)], policies, classes=CLASSES)


def test_an_open_breakdown_that_somebody_has_read_is_kept():
    policy = replace(ACTIVITY, open_breakdowns=("professional_category",))
    result = returned(
        "monitoring_values", figure("IND-O", 3, group="professional_category", level="polițiști")
    )
    assert len(release(result, policy, classes=CLASSES).table) == 1


def test_listed_words_only():
    texts = pd.DataFrame({"action.ro": ["Raport"], "action.en": ["Report"]})
    assert len(release(Listing("monitoring_unmet", texts, provenance(RETURNS)), ACTIVITY).texts) == 1
    with pytest.raises(DisclosureError, match="remarks"):
        release(Listing("remarks", texts, provenance(RETURNS)), ACTIVITY)
    with pytest.raises(DisclosureError, match="source 0"):
        release(Listing("monitoring_unmet", texts, provenance("data_raw/cases.csv")), ACTIVITY)


def test_rows_are_split_by_what_their_unit_counts():
    result = returned(
        "monitoring_values",
        *(figure(name, 3) for name in ("IND-T", "IND-P", "IND-O", "IND-X")),
        texts={"label.ro": list("abcd"), "label.en": list("abcd")},
    )
    kept, protected = split_by_class(result, ACTIVITY, classes=CLASSES)
    assert kept.table["measure"].tolist() == ["IND-T", "IND-O"]
    assert protected.table["measure"].tolist() == ["IND-P", "IND-X"]
    assert protected.texts["label.ro"].tolist() == ["b", "d"]
    with pytest.raises(DisclosureError, match="no classes"):
        split_by_class(result, STANDARD, classes=CLASSES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      officials:\n", "      office:\n"),
        ('- "monitoring_completeness:*"', '- "*:asked"'),
        ('- "monitoring_completeness:*"', '- "monitoring_completeness"'),
        ('      count: "keep"', '      count: "count"'),
        ('      count: "count"', '      count: "keep"'),
    ],
)
def test_a_mistake_in_the_policy_for_activities_is_refused(tmp_path, old, new):
    text = POLICY_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "policies.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DisclosureError, match=r"policies\.yaml"):
        load_policies(path)
