"""The baseline ledger as results: intervals of printed figures, sums, rates, audit in both languages."""

import shutil
from pathlib import Path

import pytest

from evaluation.analysis.baseline_audit import audit_counts, audit_findings, audit_readings
from evaluation.analysis.baselines import (
    beside_a_fall,
    destinations,
    external_figures,
    ledger_figures,
    objective_baselines,
    objective_coverage,
)
from evaluation.analysis.consistency import audit
from evaluation.analysis.period_rates import period_rates
from evaluation.analysis.published import published_figures, published_sources
from evaluation.core.errors import AnalysisError, StrategyError
from evaluation.core.project import find_project
from evaluation.core.provenance import Source
from evaluation.core.results import Result
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release
from evaluation.intake.secondary import load_series
from evaluation.reporting.figures import plot
from evaluation.reporting.words import say, show
from evaluation.strategy.grouping import baseline_source, load_grouping
from evaluation.strategy.ledger import BASELINES, Ledger, Rule, load_gaps, load_ledger, load_rules
from evaluation.strategy.plan import load_plan

LEDGER = load_ledger()
GROUPING = load_grouping(LEDGER)
SOURCE = (Source("evaluation/strategy/baselines/ledger.yaml", "0" * 64),)


def row(result: Result, measure: str, level: str = "", period: str = "") -> "dict[str, object]":
    table = result.table[result.table["measure"] == measure]
    if level:
        table = table[table["level"] == level]
    if period:
        table = table[table["period"] == period]
    assert len(table) == 1
    return dict(table.iloc[0])


def tiny(second: str = "12") -> Ledger:
    figure = {
        "quantity": {"ro": "Q", "en": "Q"},
        "precision": "exact",
        "unit": "count",
        "population": {"ro": "P", "en": "P"},
        "period": "2022",
        "place": "RO",
        "kind": "text",
        "source": {"line": "1", "quote": "q"},
    }
    first = {**figure, "id": "BL-001", "printed": "10", "value": "10"}
    other = {**figure, "id": "BL-002", "printed": second, "value": second}
    return Ledger.model_validate({"entries": [first, other], "external": []})


def rule(number: int, right: str, relation: str = "equals") -> Rule:
    words = {"ro": "da", "en": "yes"}
    reading = {"name": words, "left": "mean(BL-001, BL-002)", "relation": relation, "right": right}
    shared = {"claim": words, "stated": "x", "question": words, "lines": ["1"], "how_found": words}
    return Rule.model_validate({"id": f"AR-0{number}", "readings": [reading], **shared})


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The baseline files with one printed number changed: 357 victims in the United Kingdom become 358."""
    folder = tmp_path / "baselines"
    shutil.copytree(BASELINES, folder)
    text = (folder / "ledger.yaml").read_text(encoding="utf-8")
    assert text.count('value: "357"') == 1
    (folder / "ledger.yaml").write_text(text.replace('value: "357"', 'value: "358"'), encoding="utf-8")
    return folder


def test_a_share_printed_without_decimals_is_read_as_half_a_point_to_each_side() -> None:
    minors = row(ledger_figures(LEDGER, GROUPING, sources=SOURCE), "BL-020")
    # 47% stands for 46.5 to 47.5
    assert (minors["ci_low"], minors["estimate"], minors["ci_high"]) == (46.5, 47.0, 47.5)
    assert minors["method"] == "rounding_interval"


def test_a_figure_in_words_has_the_bounds_of_its_words() -> None:
    assert row(ledger_figures(LEDGER, GROUPING, sources=SOURCE), "BL-013")["method"] == "wording_interval"


def test_a_count_printed_exactly_has_no_interval() -> None:
    total = row(ledger_figures(LEDGER, GROUPING, sources=SOURCE), "BL-051")
    assert total["ci_low"] != total["ci_low"]


def test_every_figure_names_its_line_in_the_act() -> None:
    result = ledger_figures(LEDGER, GROUPING, sources=SOURCE)
    assert result.texts is not None
    place = result.table.index[result.table["measure"] == "BL-051"][0]
    assert result.texts.loc[place, "source_rows"] == "BL-051 (HG 533/2024: 604)"


def test_a_figure_without_a_theme_is_an_error_that_names_it() -> None:
    fewer = LEDGER.model_copy(update={"entries": LEDGER.entries[1:]})
    with pytest.raises(StrategyError, match=LEDGER.entries[0].id):
        load_grouping(fewer)


def test_an_objective_without_a_figure_is_undefined_with_the_reason() -> None:
    result = objective_baselines(load_plan(), LEDGER, load_gaps(), GROUPING, sources=SOURCE)
    assert result.texts is not None
    place = result.table.index[result.table["group"] == "1.6"][0]
    assert result.table.loc[place, "status"] == "undefined"
    assert result.texts.loc[place, "reason.ro"].startswith("Nu este tipărită nicio cifră")


def test_an_objective_with_neither_figure_nor_reason_stops_the_chapter() -> None:
    with pytest.raises(AnalysisError, match=r"objective 1\.6"):
        gaps = [gap for gap in load_gaps() if gap.objective != "1.6"]
        objective_baselines(load_plan(), LEDGER, gaps, GROUPING, sources=SOURCE)


def test_objectives_with_and_without_a_baseline_are_all_specific_objectives() -> None:
    counts = objective_coverage(load_plan(), LEDGER, load_gaps(), sources=SOURCE)
    # 18 specific objectives (line 840); figures only for 1.4, 1.5, 2.2, 3.3, 3.5 and 5.1
    assert [row(counts, "objectives", level)["estimate"] for level in ("all", "with", "without")] == [
        18,
        6,
        12,
    ]


def test_the_ten_destinations_are_held_against_all_victims_exploited_abroad() -> None:
    result = destinations(LEDGER, GROUPING, sources=SOURCE)
    # 357 + 303 + 211 + 139 + 82 + 81 + 70 + 46 + 44 + 40 = 1373; 1373 - 1234 = 139
    assert row(result, "countries")["estimate"] == 1373
    assert row(result, "countries_excess")["estimate"] == 139
    # 357 + 303 + 211 + 139 = 1010; 1010 / 1234 = 0.8185
    assert row(result, "named_countries")["estimate"] == 1010
    assert row(result, "named_countries_share")["estimate"] == pytest.approx(0.8185, abs=0.00005)


def test_rates_divide_by_the_sum_of_the_five_populations() -> None:
    counting = load_series(find_project()).measures["victims_identified"]
    result = period_rates(LEDGER, GROUPING, counting=counting, sources=SOURCE)
    earlier, later = (row(result, "victims_rate", "all", period) for period in ("2012-2016", "2018-2022"))
    # 20095996 + 20020074 + 19947311 + 19870647 + 19760585 = 99694613; (2003 + 2327) / 99694613 * 100000 = 4.3433
    assert (earlier["numerator"], earlier["denominator"]) == (4330, 99_694_613)
    assert earlier["estimate"] == pytest.approx(4.3433, abs=0.00005)
    # 19533481 + 19414458 + 19354339 + 19229519 + 19043098 = 96574895; 2796 / 96574895 * 100000 = 2.8952
    assert (later["numerator"], later["denominator"]) == (2796, 96_574_895)
    assert later["estimate"] == pytest.approx(2.8952, abs=0.00005)
    # 2.8952 / 4.3433 = 0.6666
    assert row(result, "victims_ratio")["estimate"] == pytest.approx(0.6666, abs=0.0001)


def test_a_ratio_across_a_change_of_counting_says_so() -> None:
    counting = load_series(find_project()).measures["victims_identified"]
    result = period_rates(LEDGER, GROUPING, counting=counting, sources=SOURCE)
    assert result.texts is not None
    place = result.table.index[result.table["measure"] == "victims_ratio"][0]
    assert result.texts.loc[place, "flag.en"].startswith("2019: ")
    assert "2020: " in result.texts.loc[place, "flag.en"]


def test_what_is_missing_beside_a_fall_is_not_collected_and_never_zero() -> None:
    hidden = row(beside_a_fall(LEDGER, GROUPING, sources=SOURCE), "hidden")
    assert hidden["status"] == "not_collected"
    assert hidden["estimate"] != hidden["estimate"]


def test_external_figures_span_the_published_editions() -> None:
    residents = row(external_figures(LEDGER, sources=SOURCE), "EX-006")
    # 1 January 2018: 19,524 thousand (2018), 19,530,631 (2020), 19,533,481 (2021)
    assert (residents["ci_low"], residents["ci_high"]) == (19_524_000, 19_533_481)


def test_verdicts_are_counted_for_all_rules_and_by_kind() -> None:
    rules = [rule(1, "11"), rule(2, "12"), rule(3, "11")]
    counts = audit_counts(audit(tiny(), rules), rules, sources=SOURCE)
    # the mean of 10 and 12 is 11: rules 1 and 3 hold, rule 2 does not
    found = [row(counts, "audit", level)["estimate"] for level in ("all", "consistent", "inconsistent")]
    assert found == [3, 2, 1]
    assert row(counts, "audit_reference", "all")["estimate"] == 0


def test_the_verdicts_of_the_strategy_add_up_to_its_rules() -> None:
    rules = load_rules()
    counts = audit_counts(audit(LEDGER, rules), rules, sources=SOURCE)
    table = counts.table[counts.table["measure"] == "audit"].set_index("level")["estimate"]
    assert table.drop("all").sum() == table["all"] == len(rules)


def test_arithmetic_is_given_in_the_language_of_the_page() -> None:
    rules = [rule(1, "12")]
    texts = audit_findings(audit(tiny(), rules), rules, GROUPING, sources=SOURCE).texts
    assert texts.loc[0, "arithmetic.ro"] == "da: media(10, 12) = 11 ≟ 12"
    assert texts.loc[0, "arithmetic.en"] == "yes: mean(10, 12) = 11 ≟ 12"
    assert texts.loc[0, "verdict_words.ro"] == "se contrazice"


def test_a_reading_stands_on_the_side_of_its_verdict_and_shows_its_numbers() -> None:
    rules = [rule(1, "BL-002 + 1", "greater")]
    texts = audit_findings(audit(tiny(), rules), rules, GROUPING, sources=SOURCE).texts
    # 11 > 12 + 1 = 13 is false
    assert texts.loc[0, "disagrees_reading.en"] == "yes"
    assert texts.loc[0, "agrees_reading.en"] == "–"
    assert texts.loc[0, "arithmetic.en"] == "yes: mean(10, 12) = 11 > 12 + 1 = 13"


def test_who_is_counted_is_named_with_the_group_that_they_are_counted_out_of() -> None:
    texts = ledger_figures(LEDGER, GROUPING, sources=SOURCE).texts.set_index("code")
    assert texts.loc["BL-010", "counted.ro"] == "victime de sex bărbătesc; din: victime identificate"
    assert texts.loc["BL-051", "counted.en"] == "identified victims"


def test_every_reading_has_a_line_of_its_own() -> None:
    rules = load_rules()
    listing = audit_readings(audit(LEDGER, rules), GROUPING, sources=SOURCE)
    assert len(listing.texts) == sum(max(1, len(one.readings)) for one in rules)


def test_a_changed_number_of_the_ledger_moves_sentence_table_figure_and_register(changed: Path) -> None:
    ledger = load_ledger(changed)
    grouping = load_grouping(ledger, folder=changed)
    source = (baseline_source("ledger", folder=changed),)
    released = release(destinations(ledger, grouping, sources=source), load_policies()["published_source"])
    sentence = say("context.destinations", released, language="ro")
    # one victim more in one country: 1374 instead of 1373, 140 instead of 139
    assert ">1.374 de victime</a>" in sentence.html and ">140</a>" in sentence.html
    assert [entry.value for entry in sentence.entries] == [1374.0, 1234.0, 140.0]
    assert ">358</a>" in show(released, language="en", layout="destinations").html
    assert sentence.entries[0].sources[0]["digest"] != baseline_source("ledger").digest
    printed = release(destinations(LEDGER, GROUPING, sources=source), load_policies()["published_source"])
    assert plot(released, language="ro").html != plot(printed, language="ro").html


def test_all_secondary_rows_are_listed_with_their_source() -> None:
    project = find_project()
    series = load_series(project)
    lines = (project.data_raw / "secondary" / "series.csv").read_text(encoding="utf-8").splitlines()
    assert len(published_figures(series).table) == len(lines) - 1
    assert set(series.table["source_id"]) <= set(published_sources(series).texts["id"])
