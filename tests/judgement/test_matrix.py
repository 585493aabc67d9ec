"""The evaluation matrix: whole as shipped, and each broken one is refused at its place."""

from pathlib import Path

import pytest

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.judgement.matrix import MATRIX, digest_matrix, load_matrix, read_matrix
from evaluation.judgement.matrix_check import find_matrix_problems, known_ids
from evaluation.judgement.matrix_rows import Levels, Listed, Matrix, Row, Text

FIRST = "EQ-relevance-strategy-1"


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return read_matrix()


def change(matrix: Matrix, row_id: str = FIRST, **fields: object) -> Matrix:
    rows = tuple(one.model_copy(update=fields) if one.id == row_id else one for one in matrix.rows)
    return matrix.model_copy(update={"rows": rows})


def told(matrix: Matrix) -> list[str]:
    return [str(one) for one in find_matrix_problems(matrix, known_ids(matrix))]


def test_final_matrix_asks_what_the_interim_one_asks_and_two_questions_more():
    interim = {one.id for one in load_matrix("interim-2026").rows}
    final = {one.id for one in load_matrix("final-2028").rows}
    assert (len(interim), len(final)) == (30, 32)
    assert final - interim == {"EQ-effectiveness-strategy-2", "EQ-impact-strategy-2"}


@pytest.mark.parametrize("assessment", ["interim-2026", "final-2028"])
def test_each_general_objective_has_three_to_six_questions(assessment: str):
    loaded = load_matrix(assessment)
    assert [len(loaded.of_scope(code)) for code in "12345"] == [6, 5, 6, 3, 3]


@pytest.mark.parametrize("assessment", ["interim-2026", "final-2028"])
def test_every_criterion_is_asked_about_or_left_out_with_a_reason(assessment: str):
    loaded = load_matrix(assessment)
    asked = {one.criterion for one in loaded.rows}
    assert asked == {"relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"}
    assert [one.criterion for one in loaded.left_out] == ["eu_added_value"]


def test_unknown_assessment_is_refused():
    with pytest.raises(StrategyError, match="assessment interim-2025: unknown"):
        load_matrix("interim-2025")


def test_row_is_found_by_its_id(matrix: Matrix):
    assert matrix.row("EQ-efficiency-3-1").owner == "COMITET_MEMBRI"
    with pytest.raises(JudgementError, match="EQ-impact-1-1 is not one of its rows"):
        matrix.row("EQ-impact-1-1")


def test_shipped_matrix_has_no_problem(matrix: Matrix):
    assert told(matrix) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"indicators": Listed(ids=("IND-9.9.9-1",))}, "indicators: unknown id IND-9.9.9-1"),
        ({"indicators": Listed(reason="because")}, "indicators.reason: unknown id because"),
        ({"baseline": Listed(ids=("BL-999",))}, "baseline: unknown id BL-999"),
        ({"owner": "NIMENI"}, "owner: unknown id NIMENI"),
        ({"sources": ("hearsay",)}, "sources: unknown id hearsay"),
        ({"methods": ("guess",)}, "methods: unknown id guess"),
        ({"sample": "some"}, "sample: unknown id some"),
        ({"disaggregation": Listed(ids=("shoe_size",))}, "disaggregation: unknown id shoe_size"),
        ({"limits": ("none",)}, "limits: unknown id none"),
        ({"assessments": ("interim-2026", "interim-2027")}, "assessments: unknown id interim-2027"),
        ({"sources": ()}, "sources: nothing is named"),
        ({"sources": ("text", "text")}, "sources: an id is named twice"),
        ({"baseline": Listed()}, "baseline: neither an id nor the reason why there is none"),
    ],
)
def test_broken_field_is_named_with_its_row(matrix: Matrix, fields: dict[str, object], problem: str):
    assert f"{FIRST}, {problem}" in told(change(matrix, **fields))


def test_unknown_criterion_is_named(matrix: Matrix):
    found = told(change(matrix, criterion="beauty"))
    assert f"{FIRST}, criterion: unknown id beauty" in found


def test_id_must_say_criterion_and_scope(matrix: Matrix):
    assert told(change(matrix, criterion="impact")) == [
        f"{FIRST}, id: not EQ-impact-strategy-<number>",
    ]


def test_levels_of_judgement_must_differ(matrix: Matrix):
    same, other = Text(ro="la fel", en="the same"), Text(ro="altfel", en="other")
    found = told(change(matrix, judgement=Levels(yes=same, partly=same, no=other)))
    assert found == [
        f"{FIRST}, judgement: two of the three levels are the same text (ro)",
        f"{FIRST}, judgement: two of the three levels are the same text (en)",
    ]


def test_repeated_row_is_named(matrix: Matrix):
    twice = matrix.model_copy(update={"rows": (*matrix.rows, matrix.row(FIRST))})
    assert told(twice) == [f"rows: the id {FIRST} is given more than once"]


def without(matrix: Matrix, *ids: str) -> Matrix:
    return matrix.model_copy(update={"rows": tuple(one for one in matrix.rows if one.id not in ids)})


def test_general_objective_without_a_question_is_named_in_both_assessments(matrix: Matrix):
    ids = [one.id for one in matrix.of_scope("4")]
    found = told(without(matrix, *ids))
    assert "interim-2026: no question about general objective 4" in found
    assert "final-2028: no question about general objective 4" in found


def test_forgotten_yardstick_of_the_strategy_is_named(matrix: Matrix):
    drawn = tuple(one for one in matrix.row(FIRST).drawn_from if one != "P09")
    rest = without(matrix, "EQ-relevance-4-1", "EQ-effectiveness-4-1", "EQ-sustainability-4-1")
    found = told(change(rest, drawn_from=drawn))
    assert "interim-2026: no row is drawn from P09" in found


def test_criterion_neither_asked_about_nor_left_out_is_named(matrix: Matrix):
    found = told(without(matrix, "EQ-impact-strategy-1"))
    assert found == ["interim-2026: criterion impact is neither asked about nor left out with a reason"]


def test_criterion_that_the_frame_leaves_out_is_not_asked_about(matrix: Matrix):
    row = matrix.row(FIRST).model_copy(
        update={"id": "EQ-eu_added_value-strategy-1", "criterion": "eu_added_value"}
    )
    found = told(matrix.model_copy(update={"rows": (*matrix.rows, row)}))
    assert found == [
        "final-2028: criterion eu_added_value is asked about and left out",
        "interim-2026: criterion eu_added_value is asked about and left out",
        "left_out: criterion eu_added_value is asked about, but criteria.yaml leaves it out",
    ]


def broken_file(tmp_path: Path, old: str, new: str) -> Path:
    text = MATRIX.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "matrix.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_missing_level_of_judgement_is_refused_with_its_place(tmp_path: Path):
    file = broken_file(tmp_path, "      partly:\n", "      somewhat:\n")
    with pytest.raises(JudgementError, match=r"matrix.yaml, rows.0.judgement.partly: field required"):
        load_matrix("interim-2026", file=file)


def test_loading_names_all_problems_at_once(tmp_path: Path):
    file = broken_file(tmp_path, "owner: COMITET_MEMBRI", "owner: X1")
    text = file.read_text(encoding="utf-8").replace("owner: IGPR", "owner: X2", 1)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(JudgementError) as caught:
        load_matrix("interim-2026", file=file)
    assert "EQ-efficiency-3-1, owner: unknown id X1" in str(caught.value)
    assert "EQ-effectiveness-2-1, owner: unknown id X2" in str(caught.value)


def test_digest_ignores_order_and_comments_but_not_words(tmp_path: Path, matrix: Matrix):
    loaded = matrix.of_assessment("interim-2026")
    turned = loaded.model_copy(update={"rows": loaded.rows[::-1]})
    assert digest_matrix(turned) == digest_matrix(loaded)
    commented = broken_file(tmp_path, "rows:\n", "# a remark\nrows:\n")
    assert digest_matrix(load_matrix("interim-2026", file=commented)) == digest_matrix(loaded)
    level = broken_file(tmp_path, "Cel mult trei probleme", "Cel mult patru probleme")
    assert digest_matrix(load_matrix("interim-2026", file=level)) != digest_matrix(loaded)


def test_digest_tells_levels_of_judgement_apart(matrix: Matrix):
    row: Row = matrix.row(FIRST)
    swapped = Levels(yes=row.judgement.no, partly=row.judgement.partly, no=row.judgement.yes)
    assert digest_matrix(change(matrix, judgement=swapped)) != digest_matrix(matrix)


def test_romanian_is_written_with_comma_below_and_romanian_quotes():
    text = MATRIX.read_text(encoding="utf-8")
    assert not set("\u015f\u0163\u015e\u0162") & set(text)
    assert text.count("„") == text.count("”")
