"""Verdicts against written thresholds, test-retest pairs and known groups."""

import re

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis.feedback.retest import KnownGroups, icc_agreement, known_groups_row, retest_row
from evaluation.analysis.feedback.scores import score_domains
from evaluation.analysis.feedback.validation import load_thresholds, validate_scores
from evaluation.analysis.training.reliability import cronbach_alpha
from evaluation.core.errors import AnalysisError

from .conftest import drawn, for_analysis, row, same

QUANTITIES = ["alpha", "omega", "floor", "ceiling", "missing", "chi2", "cfi", "rmsea", "srmr"]


def told(result, **where):
    table = result.table.join(result.texts)
    for name, value in where.items():
        table = table[table[name] == value]
    return table.set_index("quantity")


def test_every_quantity_stands_for_every_domain_and_language_with_a_verdict(instrument):
    result = validate_scores(score_domains(for_analysis(drawn(150, seed=1)), instrument), seed=1)
    for domain in ("safety", "support"):
        for level in ("all", "en", "ro"):
            mine = told(result, measure=domain, group="language", level=level)
            assert list(mine.index) == QUANTITIES
    assert set(result.texts["verdict_key"]) <= {"met", "not_met", "not_measured", "no_threshold"}
    for column in ("verdict.ro", "verdict.en", "reason.ro", "reason.en"):
        assert (result.texts[column] != "").all()


def test_alpha_is_that_of_the_items_at_inclusion_and_judged_by_its_threshold(instrument):
    scores = score_domains(for_analysis(drawn(150, seed=1)), instrument)
    mine = told(validate_scores(scores, seed=1), measure="safety", level="all", group="language")
    items = scores.items.loc[scores.table["wave"] == "inclusion", ["saf_1", "saf_2", "saf_3", "saf_4"]]
    assert mine.loc["alpha", "estimate"] == pytest.approx(cronbach_alpha(items.to_numpy(dtype=float)))
    assert mine.loc["alpha", "ci_low"] < mine.loc["alpha", "estimate"] < mine.loc["alpha", "ci_high"]
    assert mine.loc["omega", "ci_low"] < mine.loc["omega", "estimate"] < mine.loc["omega", "ci_high"]
    assert mine.loc["alpha", "verdict_key"] == ("met" if mine.loc["alpha", "estimate"] >= 0.70 else "not_met")


def test_items_drawn_apart_do_not_reach_the_thresholds(instrument):
    random = np.random.default_rng(4)
    rows = [row(f"p{one}", "inclusion", [str(x) for x in random.integers(1, 6, 6)]) for one in range(200)]
    mine = told(validate_scores(score_domains(for_analysis(rows), instrument), seed=1), measure="safety", level="all",
                group="language")  # fmt: skip
    assert mine.loc["alpha", "verdict_key"] == "not_met"


def test_floor_ceiling_and_missing_are_counted_by_hand(instrument):
    rows = [row(f"a{one}", "inclusion", same("5")) for one in range(20)]
    rows += [row(f"b{one}", "inclusion", same("1")) for one in range(6)]
    rows += [row(f"c{one}", "inclusion", ["3", "4", "pn", "na", "3", "2"]) for one in range(34)]
    mine = told(validate_scores(score_domains(for_analysis(rows), instrument), seed=1), measure="safety", level="all",
                group="language")  # fmt: skip
    assert (mine.loc["ceiling", "numerator"], mine.loc["ceiling", "denominator"]) == (20, 60)
    assert (mine.loc["floor", "numerator"], mine.loc["floor", "estimate"]) == (6, 0.1)
    # not applicable is no answer that is missing: of 240 asked 34 do not apply, and 34 preferred not
    assert mine.loc["missing", "estimate"] == pytest.approx(34 / 206)
    assert mine["verdict_key"][["floor", "ceiling", "missing"]].to_dict() == {
        "floor": "met", "ceiling": "not_met", "missing": "not_met"}  # fmt: skip


def test_few_people_two_items_and_what_was_not_collected_are_not_measured(instrument):
    result = validate_scores(score_domains(for_analysis(drawn(49, seed=2)), instrument), seed=1)
    safety = told(result, measure="safety", level="all", group="language")
    assert safety.loc[["alpha", "omega", "missing", "cfi"], "status"].unique().tolist() == ["too_few"]
    whole = validate_scores(score_domains(for_analysis(drawn(120, seed=2)), instrument), seed=1)
    support = told(whole, measure="support", level="all", group="language")
    assert support.loc[["omega", "cfi", "rmsea", "srmr"], "status"].unique().tolist() == ["not_applicable"]
    none = told(whole, measure="support", group="all")
    assert none.loc[["icc", "hedges_g"], "status"].unique().tolist() == ["not_collected"]
    assert set(none["verdict_key"]) == {"not_measured"}


def pairs(number, *, days=14):
    random = np.random.default_rng(6)
    first = random.normal(50, 15, number)
    return pd.DataFrame({"person": [f"p{one}" for one in range(number)], "domain": "safety", "first": first,
                         "second": first + random.normal(0, 5, number), "days": days})  # fmt: skip


def test_only_pairs_inside_the_window_count():
    table = pairs(50)
    table.loc[:9, "days"] = 6
    table.loc[10:14, "days"] = 29
    table.loc[15:16, "days"] = [7, 28]
    found = retest_row({"measure": "safety"}, table, "safety", window=(7, 28))
    expected = icc_agreement(table.loc[15:, ["first", "second"]].to_numpy(dtype=float))
    assert found["n"] == 35
    assert (found["estimate"], found["ci_low"], found["ci_high"]) == pytest.approx(expected)


def test_under_thirty_pairs_there_is_no_icc():
    assert retest_row({"measure": "safety"}, pairs(29), "safety", window=(7, 28))["status"] == "too_few"


def test_a_person_twice_in_the_retest_is_refused():
    table = pd.concat([pairs(40), pairs(1)])
    with pytest.raises(AnalysisError, match="one row a person and domain"):
        retest_row({"measure": "safety"}, table, "safety", window=(7, 28))


def test_a_shift_between_administrations_lowers_the_agreement():
    values = pairs(60)[["first", "second"]].to_numpy(dtype=float)
    assert icc_agreement(np.add(values, [0, 20]))[0] < icc_agreement(values)[0] - 0.2


def test_known_groups_have_the_expected_direction(instrument):
    rows = [
        row(f"p{one}", "inclusion", same("4" if one % 3 else "2"), collector="service") for one in range(40)
    ]
    rows += [row(f"q{one}", "inclusion", same("2" if one % 3 else "4")) for one in range(40)]
    scores = score_domains(for_analysis(rows), instrument)
    up = known_groups_row(scores, KnownGroups("safety", "collector", "service", "independent"))
    down = known_groups_row(scores, KnownGroups("safety", "collector", "independent", "service"))
    assert up["ci_low"] > 0
    assert down["estimate"] == pytest.approx(-up["estimate"])
    # means 75 - 50 x 14 / 40 and 25 + 50 x 14 / 40, one variance in both: g = J (65 / 4) / s with s^2 = 2500 x 14 x 26 / 40 / 39
    s = (2500 * 14 * 26 / 40 / 39) ** 0.5
    assert up["estimate"] == pytest.approx((75 - 17.5 - 25 - 17.5) / s * (1 - 3 / (4 * 78 - 1)), rel=1e-4)


def test_known_groups_and_retest_enter_the_verdicts(instrument):
    scores = score_domains(for_analysis(drawn(160, seed=5, service=15.0)), instrument)
    known = [KnownGroups("safety", "collector", "service", "independent")]
    result = validate_scores(scores, seed=1, retest=pairs(60), known=known)
    assert told(result, measure="safety", group="known_groups").loc["hedges_g", "verdict_key"] == "met"
    assert told(result, measure="safety", group="all").loc["icc", "verdict_key"] == "met"
    assert told(result, measure="support", group="all").loc["icc", "status"] == "too_few"


def test_the_same_seed_gives_the_same_numbers(instrument):
    scores = score_domains(for_analysis(drawn(80, seed=5)), instrument)
    one, other = (validate_scores(scores, seed=7).table for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_the_thresholds_are_complete_and_in_the_letters_of_their_language():
    written = load_thresholds()
    quantities = [one.quantity for one in written.thresholds]
    assert sorted(quantities) == sorted({*QUANTITIES, "icc", "hedges_g"} - {"chi2"})
    texts = [one.reason for one in written.thresholds] + [*written.verdicts.values(), written.no_threshold]
    assert all(one.ro != one.en for one in texts)
    assert not any(re.search("[\u015f\u0163\u015e\u0162]", one.ro) for one in texts)
    assert all(one.source for one in written.thresholds)


def test_the_limit_itself_meets_the_threshold():
    by_name = {one.quantity: one for one in load_thresholds().thresholds}
    assert by_name["alpha"].met(0.70)
    assert not by_name["alpha"].met(0.6999)
    assert by_name["srmr"].met(0.08)
    assert not by_name["srmr"].met(0.0801)
