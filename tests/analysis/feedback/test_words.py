"""Coded answers in own words: agreement before reconciliation, and people counted once, by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from evaluation.analysis.feedback.words import compare_coders, count_codes
from evaluation.core.errors import AnalysisError

from .conftest import for_analysis, row, same

CODES = ("housing", "lawyer")


def consented(people=40, waves=("inclusion",)):
    return for_analysis([row(f"p{one}", wave, same("3")) for one in range(people) for wave in waves])


def coding(person, coder, codes, *, wave="inclusion", item="open_change"):
    return {"person": person, "wave": wave, "item": item, "coder": coder, "codes": codes}


def of(result, **where):
    table = result.table
    for name, value in where.items():
        table = table[table[name] == value]
    return table.iloc[0]


def test_agreement_is_worked_out_by_hand():
    """Housing: 20 answers, both yes 8, both no 8, apart 4: alpha 1 - 39 x 4 / (20 x 20) = 0.61, kappa (0.8 - 0.5) / 0.5."""
    rows = []
    for one in range(20):
        first, second = one < 10, one < 8 or one in (18, 19)
        rows += [
            coding(f"p{one}", "a", "housing" if first else ""),
            coding(f"p{one}", "b", "housing" if second else ""),
        ]
    result = compare_coders(pd.DataFrame(rows), CODES, consented(), seed=1)
    alpha = of(result, level="housing", quantity="krippendorff_alpha")
    assert alpha["estimate"] == pytest.approx(1 - 39 * 4 / 400)
    assert alpha["ci_low"] < alpha["estimate"] < alpha["ci_high"]
    assert of(result, level="housing", quantity="kappa")["estimate"] == pytest.approx(0.6)
    assert of(result, level="lawyer", quantity="kappa")["status"] == "undefined"  # given by nobody


def test_the_final_coder_has_no_part_in_the_agreement():
    rows = [coding(f"p{one}", name, "housing" if one % 2 else "") for one in range(20) for name in "ab"]
    rows += [coding(f"p{one}", "final", "lawyer") for one in range(20)]
    result = compare_coders(pd.DataFrame(rows), CODES, consented(), seed=1)
    assert of(result, level="housing", quantity="krippendorff_alpha")["estimate"] == pytest.approx(1)
    assert of(result, level="lawyer", quantity="krippendorff_alpha")["status"] == "undefined"


def test_a_person_s_answers_are_drawn_together():
    """The same answers as of 60 people or of 12 with five each, alike within a person: the second says less."""

    def width(person_of):
        rows = []
        for one in range(60):
            person, wave = person_of(one)
            block = one // 5
            first, second = block % 2 == 0, (block % 2 == 0) != (block in (3, 8))
            rows += [coding(person, "a", "housing" if first else "", wave=wave),
                     coding(person, "b", "housing" if second else "", wave=wave)]  # fmt: skip
        waves = ("inclusion", "month_3", "month_6", "month_12", "exit")
        data = consented(60, waves)
        found = of(compare_coders(pd.DataFrame(rows), CODES, data, seed=1), quantity="krippendorff_alpha")
        return found["ci_high"] - found["ci_low"]

    waves = ("inclusion", "month_3", "month_6", "month_12", "exit")
    assert width(lambda one: (f"p{one // 5}", waves[one % 5])) > 1.5 * width(
        lambda one: (f"p{one}", "inclusion")
    )


def test_people_are_counted_after_reconciliation():
    rows = []
    for one in range(32):  # 12 agreed yes, 10 agreed no, 6 apart and final yes, 4 apart and undecided
        first = "housing" if one < 12 or one >= 22 else ""
        second = "housing" if one < 12 else ""
        rows += [coding(f"p{one}", "a", first), coding(f"p{one}", "b", second)]
        if 22 <= one < 28:
            rows.append(coding(f"p{one}", "final", "housing"))
    found = of(count_codes(pd.DataFrame(rows), CODES, consented()), level="housing")
    assert (found["numerator"], found["denominator"], found["status"]) == (18, 28, "too_few")
    rows += [coding(f"p{one}", name, "") for one in range(32, 34) for name in "ab"]
    found = of(count_codes(pd.DataFrame(rows), CODES, consented()), level="housing")
    assert (found["numerator"], found["denominator"], found["estimate"]) == (18, 30, 0.6)


def test_the_final_coder_overrules_two_who_agree():
    rows = [coding(f"p{one}", name, "housing") for one in range(30) for name in "ab"]
    rows += [coding("p0", "final", "")]
    assert of(count_codes(pd.DataFrame(rows), CODES, consented()), level="housing")["numerator"] == 29


def test_answers_coded_once_are_not_decided():
    rows = [coding(f"p{one}", name, "housing") for one in range(30) for name in "ab"] + [
        coding("p31", "a", "housing")
    ]
    assert of(count_codes(pd.DataFrame(rows), CODES, consented()), level="housing")["denominator"] == 30


def test_waves_and_items_are_counted_apart():
    rows = [coding(f"p{one}", name, "housing", wave=wave) for one in range(30) for name in "ab"
            for wave in ("inclusion", "month_3")]  # fmt: skip
    rows += [coding(f"p{one}", name, "lawyer", item="open_helped") for one in range(30) for name in "ab"]
    table = count_codes(pd.DataFrame(rows), CODES, consented(40, ("inclusion", "month_3"))).table
    found = table.set_index(["measure", "period", "level"])["numerator"]
    assert found[("open_change", "month_3", "housing")] == 30
    assert found[("open_helped", "inclusion", "lawyer")] == 30
    assert found[("open_helped", "inclusion", "housing")] == 0


def test_people_without_consent_to_analysis_are_in_nothing():
    rows = [coding(f"p{one}", name, "housing") for one in range(45) for name in "ab"]
    assert of(count_codes(pd.DataFrame(rows), CODES, consented(40)), level="housing")["denominator"] == 40
    assert of(compare_coders(pd.DataFrame(rows), CODES, consented(40), seed=1), level="housing")["n"] == 40
    unmarked = SimpleNamespace(table=consented().table, provenance=consented().provenance)
    with pytest.raises(AnalysisError, match="consent to analysis"):
        count_codes(pd.DataFrame(rows), CODES, unmarked)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ([coding("SECRET", "a", "housing"), coding("SECRET", "a", "")], "twice"),
        ([coding("p1", "a", "SECRET"), coding("p1", "b", "")], "does not have"),
        ([coding("p1", "SECRET", "housing")], "two coders are needed"),
    ],
)
def test_errors_never_hold_a_value(broken, message):
    with pytest.raises(AnalysisError, match=message) as caught:
        compare_coders(pd.DataFrame(broken), CODES, consented(), seed=1)
    assert "SECRET" not in str(caught.value)
