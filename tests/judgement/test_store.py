"""The judgement in files: each kind of mistake is named with its place; unreviewed findings enter no report."""

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.store import (
    accepted_conclusions,
    accepted_findings,
    accepted_recommendations,
    load_judgement,
)
from tests.judgement.cases import BOTH, REVIEW, finding, judgement_files, write_judgement


def change(place, value):
    """A breaking change: list, position and field, and the value to put there (None takes the field away)."""
    name, number, field = place

    def apply(lists):
        if value is None:
            del lists[name][number][field]
        else:
            lists[name][number][field] = value

    return apply


CAUSAL = {"ro": "Programul a redus traficul.", "en": "The programme reduced trafficking."}
TYPED = {"ro": "Sunt 7 copii.", "en": "Seven children."}
RIVAL = {"explanation": BOTH, "reason": BOTH}
BREAKS = {
    "unknown assessment": (
        ("findings", 0, "assessment"),
        "interim-2027",
        "assessment interim-2027 is unknown",
    ),
    "unknown criterion": (("findings", 0, "criterion"), "beauty", "criterion beauty is unknown"),
    "unknown question": (("findings", 0, "question"), "EQ-9", "EQ-9 is not in the evaluation matrix"),
    "unknown evidence": (("findings", 0, "evidence"), ["EV-1", "EV-9"], "evidence EV-9 does not exist"),
    "unknown contrary": (("findings", 0, "contrary"), {"evidence": ["EV-8"]}, "evidence EV-8 does not exist"),
    "uncited number": (
        ("findings", 0, "evidence"),
        ["EV-2"],
        "shows a.1.estimate, which is not among its evidence",
    ),
    "no reviewer": (("findings", 0, "review"), None, "F-1: accepted without a reviewer"),
    "draft with reviewer": (("findings", 0, "state"), "draft", "a draft has a reviewer"),
    "edited without note": (("findings", 0, "state"), "edited", "edited without a note"),
    "no contrary": (("findings", 0, "contrary"), None, "accepted without contrary evidence"),
    "no grade": (("findings", 0, "judged"), None, "accepted without judged grade"),
    "no unintended": (("findings", 0, "unintended"), None, "without unintended results"),
    "no disaggregation": (("findings", 0, "disaggregation"), None, "without note on disaggregation"),
    "no rights": (("findings", 0, "gender_rights"), None, "without note on gender and rights"),
    "causal verb": (("findings", 0, "statement"), CAUSAL, "«a redus» (ro) stands above the grade weak"),
    "typed number": (("conclusions", 0, "text"), {"ro": "Sunt 12.", "en": "Twelve."}, "a number is typed"),
    "typed in a note on rights": (
        ("findings", 0, "gender_rights"),
        TYPED,
        "findings.yaml, F-1: a number is typed",
    ),
    "typed in a reason": (
        ("findings", 0, "judged"),
        {"grade": "weak", "reason": TYPED},
        "findings.yaml, F-1: a number is typed",
    ),
    "typed in a recommendation": (
        ("recommendations", 0, "text"),
        TYPED,
        "recommendations.yaml, R-1: a number is typed",
    ),
    "typed in an answer": (("responses", 0, "action"), TYPED, "responses.yaml, R-1: a number is typed"),
    "typed in a title": (("evidence", 0, "title"), TYPED, "findings.yaml, EV-1: a number is typed"),
    "conclusion with a number of nobody": (
        ("conclusions", 0, "text"),
        {"ro": "Sunt {number:z.9.estimate}.", "en": "There are {number:z.9.estimate}."},
        "C-1: the text shows z.9.estimate, which no evidence names",
    ),
    "recommendation with other numbers in English": (
        ("recommendations", 0, "text"),
        {"ro": "La {number:a.1.estimate}.", "en": "At {number:a.2.estimate}."},
        "R-1: the two languages do not ask for the same numbers",
    ),
    "invented answer": (
        ("responses", 0, "synthetic"),
        "yes",
        "responses.yaml, R-1: an invented answer to a recommendation that is not invented",
    ),
    "invented reviewer": (
        ("declarations", 0, "synthetic"),
        "yes",
        "F-1: the reviewer has made no declaration",
    ),
    "conclusion without finding": (("conclusions", 0, "findings"), [], "C-1: needs findings"),
    "conclusion on unknown finding": (("conclusions", 0, "findings"), ["F-9"], "finding F-9 does not exist"),
    "conclusion on another criterion": (("conclusions", 0, "criterion"), "impact", "on the criterion impact"),
    "causal conclusion": (
        ("conclusions", 0, "text"),
        CAUSAL,
        "C-1: «reduced» (en) stands above the grade weak",
    ),
    "recommendation on unknown conclusion": (
        ("recommendations", 0, "conclusions"),
        ["C-9"],
        "C-9 does not exist",
    ),
    "unknown addressee": (
        ("recommendations", 0, "addressee"),
        ["NASA"],
        "institution NASA is not in the registry",
    ),
    "recommendation unreviewed": (("recommendations", 0, "review"), None, "R-1: accepted without a reviewer"),
    "answer to nothing": (("responses", 0, "recommendation"), "R-9", "the recommendation does not exist"),
    "answer by nobody": (("responses", 0, "responsible"), "NASA", "institution NASA is not in the registry"),
    "evaluator who drafted": (("declarations", 0, "drafting"), "yes", "evaluator 1: has a role in drafting"),
    "evaluator who implements": (
        ("declarations", 0, "implementing"),
        "yes",
        "evaluator 1: has a role in drafting",
    ),
    "undeclared reviewer": (
        ("declarations", 0, "evaluator"),
        "Altcineva",
        "F-1: the reviewer has made no declaration",
    ),
}


def test_a_judgement_without_a_problem_loads(tmp_path):
    read = load_judgement(write_judgement(tmp_path, judgement_files()), questions=["EQ-1"])
    assert read.finding("F-1").evidence == ("EV-1",)
    assert [one.id for one in accepted_recommendations(read, synthetic=False)] == ["R-1"]


def test_what_is_not_written_yet_is_empty(tmp_path):
    write_judgement(tmp_path, judgement_files())
    for name in ("findings", "conclusions", "recommendations", "responses"):
        (tmp_path / f"{name}.yaml").unlink()
    read = load_judgement(tmp_path)
    assert (read.findings, read.evidence, read.recommendations) == ((), (), ())
    assert len(read.declarations) == 1


@pytest.mark.parametrize("name", BREAKS)
def test_each_mistake_is_named_with_its_place(tmp_path, name):
    place, value, message = BREAKS[name]
    lists = judgement_files()
    change(place, value)(lists)
    with pytest.raises(JudgementError) as refused:
        load_judgement(write_judgement(tmp_path, lists), questions=["EQ-1"])
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (
            ("recommendations", 0, "deadline"),
            None,
            "recommendations.yaml, recommendations.0.deadline: field required",
        ),
        (("recommendations", 0, "priority"), None, "recommendations.0.priority: field required"),
        (("recommendations", 0, "cost_class"), None, "recommendations.0.cost_class: field required"),
        (("recommendations", 0, "addressee"), [], "recommendations.0.addressee"),
        (("recommendations", 0, "conclusions"), [], "recommendations.0.conclusions"),
        (("findings", 0, "contrary"), {}, "name contrary evidence, or say that none was found"),
        (("findings", 0, "statement"), {"ro": "Doar română."}, "findings.0.statement.en: field required"),
        (
            ("findings", 0, "statement"),
            {"ro": "{number:a.1.estimate}", "en": "{number:a.2.estimate}"},
            "do not ask for the same numbers",
        ),
        (("evidence", 0, "row"), None, "points to no number"),
        (("responses", 0, "deadline"), None, "needs the day by which"),
    ],
)
def test_what_is_not_well_formed_is_refused(tmp_path, place, value, message):
    lists = judgement_files()
    change(place, value)(lists)
    with pytest.raises(JudgementError) as refused:
        load_judgement(write_judgement(tmp_path, lists))
    assert message in str(refused.value)


def test_an_error_names_nobody(tmp_path):
    lists = judgement_files()
    change(("declarations", 0, "drafting"), "yes")(lists)
    with pytest.raises(JudgementError) as refused:
        load_judgement(write_judgement(tmp_path, lists))
    assert "Probă" not in str(refused.value)


@pytest.mark.parametrize(("standing", "passes"), [("ruled_out", True), ("open", False)])
def test_a_causal_finding_needs_its_rivals_examined(tmp_path, standing, passes):
    lists = judgement_files()
    strong = {"grade": "strong", "reason": BOTH}
    rivals = [RIVAL | {"standing": standing}]
    lists["findings"] = [finding(statement=CAUSAL, judged=strong, rivals=rivals)]
    folder = write_judgement(tmp_path, lists)
    if passes:
        assert load_judgement(folder).finding("F-1").judged.grade.value == "strong"
    else:
        with pytest.raises(JudgementError, match="a rival explanation open"):
            load_judgement(folder)


def test_only_reviewed_findings_enter_and_invented_ones_never_a_real_report(tmp_path):
    lists = judgement_files()
    note = REVIEW | {"note": BOTH}
    lists["findings"] += [
        finding(id="F-2", state="draft", review=None),
        finding(id="F-3", state="rejected", review=note),
        finding(id="F-4", state="edited", review=note),
        finding(id="F-5", synthetic="yes"),
    ]
    lists["conclusions"].append(
        lists["conclusions"][0] | {"id": "C-2", "findings": ["F-5"], "synthetic": "yes"}
    )
    read = load_judgement(write_judgement(tmp_path, lists))
    assert [one.id for one in accepted_findings(read, synthetic=False)] == ["F-1", "F-4"]
    assert [one.id for one in accepted_findings(read, synthetic=True)] == ["F-1", "F-4", "F-5"]
    assert [one.id for one in accepted_conclusions(read, synthetic=False)] == ["C-1"]


def test_a_conclusion_on_invented_findings_carries_the_mark(tmp_path):
    lists = judgement_files()
    lists["findings"][0]["synthetic"] = "yes"
    with pytest.raises(JudgementError, match="stands on invented findings without the mark"):
        load_judgement(write_judgement(tmp_path, lists))


def test_ids_and_answers_never_repeat(tmp_path):
    lists = judgement_files()
    lists["findings"].append(finding())
    lists["responses"] *= 2
    with pytest.raises(JudgementError) as refused:
        load_judgement(write_judgement(tmp_path, lists))
    assert "F-1: the id is given twice" in str(refused.value)
    assert "R-1: answered twice" in str(refused.value)
