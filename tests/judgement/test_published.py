"""Published numbers against recomputed ones: matched by key, counts exact, every difference explained or told."""

from dataclasses import replace

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.published import (
    NUMBERS,
    Number,
    Outcome,
    compare_numbers,
    load_numbers,
    numbers_csv,
    numbers_of,
)
from evaluation.judgement.published_errata import (
    ERRATA,
    explain_differences,
    kept_errata,
    load_errata,
    unused_errata,
)
from evaluation.judgement.published_lists import count_outcomes, list_differences, list_errata


def number(measure: str = "IND-1.1.1-1", value: float | None = 12.0, **changes: object) -> Number:
    base = Number(
        "monitoring_values", measure, "count", "2025", "", "all", "estimate", "1", value, 6.2, 20.96, 12.0, "ok",
        "monitoring_activity", True,
    )  # fmt: skip
    return replace(base, **changes)


def record(row: int, value: float, *, chapter: str = "progress-1", **changes: object) -> dict[str, object]:
    return {
        "result": "monitoring_values", "row": row, "column": "estimate", "measure": "IND-1.1.1-1", "quantity": "count",
        "period": "2025", "group": "", "level": "all", "value": value, "ci_low": None, "ci_high": None, "n": 3.0,
        "status": "ok", "policy": "monitoring_activity", "synthetic": True, "shown": [{"chapter": chapter}], **changes,
    }  # fmt: skip


def outcomes(then: list[Number], now: list[Number]) -> list[str]:
    return [one.outcome.value for one in compare_numbers(then, now)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / ERRATA).write_text(
        "errata:\n"
        "  - id: ER-01\n"
        "    where: {result: monitoring_values, measure: IND-1.1.1-1, period: '202?'}\n"
        "    reason: {ro: 'cifră corectată', en: 'figure corrected'}\n"
        "    who: evaluator fictiv\n"
        "    on: '2028-11-20'\n",
        encoding="utf-8",
    )
    return tmp_path


def test_the_row_does_not_matter_the_key_does():
    then = numbers_of([record(4, 12.0), record(5, 7.0, period="2026")])
    now = numbers_of([record(91, 7.0, period="2026"), record(92, 12.0)])
    assert [one.outcome for one in compare_numbers(then, now)] == [Outcome.EQUAL, Outcome.EQUAL]


def test_only_numbers_of_the_kept_chapters_are_kept():
    assert numbers_of([record(1, 12.0, chapter="plan")]) == ()
    assert len(numbers_of([record(1, 12.0, chapter="annex_indicator_values")])) == 1


def test_numbers_with_the_same_key_are_told_apart_in_the_order_of_the_register():
    found = numbers_of([record(9, 2.0), record(3, 1.0)])
    assert [(one.place, one.value) for one in found] == [("1", 1.0), ("2", 2.0)]


def test_a_count_has_no_tolerance_and_an_estimate_a_billionth():
    near = 12.0 * (1 + 5e-10)
    assert outcomes([number()], [number(value=near)]) == ["different"]
    ratio = number(quantity="rate_ratio")
    assert outcomes([ratio], [replace(ratio, value=near)]) == ["equal"]
    assert outcomes([ratio], [replace(ratio, value=12.0 * (1 + 2e-9))]) == ["different"]


@pytest.mark.parametrize("changes", [{"ci_high": 21.0}, {"ci_low": None}, {"n": 13.0}, {"status": "too_few"}])
def test_interval_n_and_status_count_too(changes):
    assert outcomes([number()], [number(**changes)]) == ["different"]


def test_what_is_gone_is_missing_and_what_is_added_is_new():
    assert outcomes([number("IND-1.1.1-1")], [number("IND-1.1.1-2")]) == ["missing", "new"]


def test_the_file_gives_back_what_was_kept(tmp_path):
    kept = (number(), number("IND-9.9.9-9", None, ci_low=None, ci_high=None, n=None, status="suppressed"))
    (tmp_path / NUMBERS).write_bytes(numbers_csv(kept))
    assert load_numbers(tmp_path) == kept


@pytest.mark.parametrize("damage", [lambda text: text[:-8], lambda text: text.replace("12.0", "doisprezece")])
def test_a_damaged_file_stops_with_its_line_and_no_value(tmp_path, damage):
    (tmp_path / NUMBERS).write_text(damage(numbers_csv([number()]).decode()), encoding="utf-8")
    with pytest.raises(JudgementError, match=r"register\.csv, line 2") as refused:
        load_numbers(tmp_path)
    assert "doisprezece" not in str(refused.value)


def test_a_missing_file_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(JudgementError, match="snitp freeze"):
        load_numbers(tmp_path)


def test_a_difference_with_an_erratum_is_explained(folder):
    explained = explain_differences(
        compare_numbers([number()], [number(value=9.0, n=9.0)]), load_errata(folder)
    )
    assert [(one.unexplained, one.erratum.id) for one in explained] == [(False, "ER-01")]


def test_a_difference_without_an_erratum_is_unexplained_and_so_is_a_missing_number(folder):
    then, now = [number("IND-2.1.1-1"), number("IND-2.1.1-2")], [number("IND-2.1.1-1", 9.0)]
    explained = explain_differences(compare_numbers(then, now), load_errata(folder))
    assert [one.unexplained for one in explained] == [True, True]
    assert unused_errata(explained, load_errata(folder)) == ("ER-01",)


def test_an_erratum_explains_no_number_that_is_equal_or_new(folder):
    explained = explain_differences(compare_numbers([], [number()]), load_errata(folder))
    assert [(one.unexplained, one.erratum) for one in explained] == [(False, None)]


@pytest.mark.parametrize(
    "where", ["{result: '*', measure: IND-1}", "{result: monitoring_values}", "{result: a, chapter: b}"]
)
def test_an_erratum_that_would_explain_too_much_is_refused(tmp_path, where):
    (tmp_path / ERRATA).write_text(
        f"errata:\n  - {{id: ER-01, where: {where}, reason: {{ro: r, en: r}}, who: w, on: '2028-11-20'}}\n",
        encoding="utf-8",
    )
    with pytest.raises(JudgementError, match=ERRATA):
        load_errata(tmp_path)


def test_an_invented_erratum_explains_nothing_on_real_data(folder):
    (real,) = load_errata(folder)
    invented = real.model_copy(update={"id": "ER-02", "synthetic": True})
    assert kept_errata([invented, real], synthetic=False) == (real,)
    assert kept_errata([invented, real], synthetic=True) == (invented, real)


def test_without_a_file_there_are_no_errata(tmp_path):
    assert load_errata(tmp_path) == ()


def test_the_counts_are_those_of_the_comparison(folder):
    then = [number(f"IND-1.1.1-{place}") for place in (1, 2, 3, 4)]
    now = [
        number("IND-1.1.1-1", 9.0),
        number("IND-1.1.1-2", 9.0),
        number("IND-1.1.1-3"),
        number("IND-1.1.1-5"),
    ]
    explained = explain_differences(compare_numbers(then, now), load_errata(folder))
    counted = count_outcomes(explained, sources=(), synthetic=True).table.set_index("measure")["estimate"]
    assert counted.to_dict() == {
        "published": 4, "equal": 1, "different": 2, "missing": 1, "new": 1, "explained": 1, "unexplained": 2,
    }  # fmt: skip


@pytest.mark.parametrize("policy", ["monitoring_activity", "training_national"])
def test_a_difference_shows_both_values_and_says_when_nobody_explained_it(policy):
    then, now = number(policy=policy), number(value=9.0, n=9.0, policy=policy)
    explained = explain_differences(compare_numbers([then], [now]), ())
    found = list_differences(explained, names={}, sources=(), synthetic=True)
    assert found.table[["measure", "estimate"]].to_numpy().tolist() == [
        ["published", 12.0],
        ["recomputed", 9.0],
    ]
    assert set(found.texts["reason.ro"]) == {"neexplicată"}


@pytest.mark.parametrize("policy", ["victim_feedback", "standard", "a policy of another kit"])
def test_numbers_that_the_gate_protects_show_no_value_then_or_now(policy):
    then, now = number(policy=policy), number(value=13.0, policy=policy)
    table = list_differences(
        explain_differences(compare_numbers([then], [now]), ()), names={}, sources=(), synthetic=True
    ).table
    assert table["status"].tolist() == ["suppressed", "suppressed"]
    assert table[["estimate", "n", "ci_low", "ci_high"]].isna().all(axis=None)


def test_no_difference_and_no_erratum_are_said():
    nothing = list_differences((), names={}, sources=(), synthetic=False)
    assert set(nothing.texts["what.ro"]) == {"nicio diferență"}
    assert list_errata((), sources=(), synthetic=False).texts["reason.en"].tolist() == ["no erratum"]
