"""The ledger says what the strategy prints, line by line."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from evaluation.core.errors import StrategyError
from evaluation.core.language import comma_below
from evaluation.strategy.ledger import Baseline, Precision, load_gaps, load_ledger, load_rules
from evaluation.strategy.words import load_as

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SPECIFIC = {
    f"{general}.{number}"
    for general, count in ((1, 7), (2, 3), (3, 6), (4, 1), (5, 1))
    for number in range(1, count + 1)
}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    for path in sorted(SHARED.glob("*/*.txt")):
        text = comma_below(path.read_text(encoding="utf-8"))
        if "ANALIZA CONTEXTULUI ȘI DEFINIREA PROBLEMELOR" in text:
            return text.split("\n")
    pytest.skip("the extracted text of the strategy is not beside the checkout")


def card(**changes: object) -> dict[str, object]:
    words = {"ro": "pondere", "en": "share"}
    return {
        "id": "BL-001",
        "quantity": words,
        "printed": "47%",
        "value": "47",
        "precision": "rounded",
        "decimals": "0",
        "unit": "percent",
        "population": words,
        "period": "2018-2022",
        "place": "RO",
        "kind": "text",
        "source": {"line": "513", "quote": "(47%)"},
    } | changes


def load(**changes: object) -> Baseline:
    return load_as(Baseline, card(**changes), file="ledger.yaml")


def test_every_quote_stands_on_its_line(lines: list[str]):
    missing = [one.id for one in load_ledger().entries if one.source.quote not in lines[one.source.line - 1]]
    assert missing == []


def test_every_printed_number_is_in_the_quote_or_on_its_line(lines: list[str]):
    figures = [one for one in load_ledger().entries if any(sign.isdigit() for sign in one.printed)]
    first = {
        one.id: next(word for word in one.printed.split() if word[-1:].isalnum() or "%" in word)
        for one in figures
    }
    absent = [one.id for one in figures if first[one.id].strip(",") not in lines[one.source.line - 1]]
    assert absent == []


def test_every_rule_names_lines_of_the_text(lines: list[str]):
    assert all(1 <= number <= len(lines) for rule in load_rules() for number in rule.lines)


def test_every_specific_objective_has_a_baseline_or_a_gap_and_not_both():
    covered = {code for one in load_ledger().entries for code in one.objectives} & SPECIFIC
    gaps = {gap.objective for gap in load_gaps()}
    assert covered | gaps == SPECIFIC
    assert covered & gaps == set()


def test_gaps_point_only_to_entries_that_exist():
    ids = load_ledger().quantities().keys()
    assert {one for gap in load_gaps() for one in gap.related} <= ids


def test_rules_name_only_entries_that_exist():
    ids = load_ledger().quantities().keys()
    assert {one for rule in load_rules() for one in rule.inputs()} <= ids


def test_the_figures_of_the_chapter_are_all_there():
    printed = {one.printed for one in load_ledger().entries}
    counts = (2003, 1562, 2327, 1234, 357, 303, 211, 139, 82, 81, 70, 46, 44, 40, 17)
    expected = [*map(str, counts), "2.796", "4.33", "2.895", "8.65", "15.15"]
    expected += ["practic 81%", "21%", "72%", "48,5%", "3 din 4", "8 din 10", "7 din 10", "1 din 5"]
    assert set(expected) <= printed


def test_the_footnote_mark_is_not_read_as_a_digit_of_the_rate():
    rate = next(one for one in load_ledger().entries if one.printed == "2.895")
    assert rate.value == Decimal("2.89")
    assert rate.note is not None and "459" in rate.note.ro


def test_external_figures_are_those_of_the_named_sources():
    path = SHARED / "data" / "secondary_series.csv"
    if not path.is_file():
        pytest.skip("the secondary series are not beside the checkout")
    with path.open(encoding="utf-8", newline="") as handle:
        published = {(row["source_id"], row["year"], Decimal(row["value"])) for row in csv.DictReader(handle)}
    absent = [
        one.id
        for one in load_ledger().external
        if not (one.note and one.note.en.startswith("Implied"))
        and not any((source, one.period, one.value) in published for source in one.sources)
    ]
    assert absent == []


def test_no_text_of_the_data_files_holds_a_cedilla_letter():
    texts = [one.model_dump_json() for one in (*load_ledger().entries, *load_rules(), *load_gaps())]
    assert not any(sign in text for text in texts for sign in "\u015f\u0163\u015e\u0162")


def test_a_rounded_percentage_spans_half_a_unit_each_way():
    one = load()
    assert (one.lower, one.upper) == (Decimal("46.5"), Decimal("47.5"))


def test_a_rate_with_two_decimals_spans_half_a_hundredth_each_way():
    one = load(value="2.89", decimals="2", unit="per_100000")
    assert (one.lower, one.upper) == (Decimal("2.885"), Decimal("2.895"))


def test_a_count_is_exact():
    one = load(value="1234", precision="exact", unit="count")
    assert (one.lower, one.upper) == (1234, 1234)


def test_an_approximate_figure_needs_its_bounds_written():
    with pytest.raises(StrategyError, match="lower"):
        load(precision=Precision.APPROXIMATE.value)


def test_bounds_that_do_not_hold_the_value_are_refused():
    with pytest.raises(StrategyError, match="between lower and upper"):
        load(precision="approximate", lower="50", upper="60")


def test_an_unknown_field_is_refused():
    with pytest.raises(StrategyError, match="target"):
        load(target="40")
