"""Contribution: the weakest link limits the verdict; rivals are never missing."""

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.contribution import LINKS, Chain, chain_problems, judge_chain, load_chains
from evaluation.judgement.grades import Grade
from evaluation.judgement.wording_grade import claim_kinds
from tests.judgement.cases import BOTH

SOURCES = {"EV-1": "returns", "EV-2": "feedback", "EV-3": "documents", "EV-4": "reports"}
ALL = ("EV-1", "EV-2", "EV-3")


def chain(*, evidence=None, judged="strong", standing="ruled_out", claim=BOTH, objective="3"):
    cited = dict.fromkeys(LINKS, ALL) | (evidence or {})
    return Chain.model_validate(
        {
            "objective": objective,
            "assessment": "interim-2026",
            "links": [
                {
                    "level": one,
                    "claim": claim,
                    "evidence": cited[one],
                    "judged": {"grade": judged, "reason": BOTH},
                }
                for one in LINKS
            ],
            "rivals": [{"explanation": BOTH, "standing": standing, "reason": BOTH}],
        }
    )


@pytest.mark.parametrize(
    ("evidence", "grade", "weakest"),
    [
        ({}, "strong", "activity"),
        ({"output": ("EV-1", "EV-2")}, "moderate", "output"),
        ({"output": ("EV-1", "EV-2"), "outcome": ("EV-1",)}, "weak", "outcome"),
        ({"outcome": ("EV-1", "EV-4")}, "weak", "outcome"),  # reports are drawn from returns: one source
        ({"impact": ()}, "insufficient", "impact"),
    ],
)
def test_the_weakest_link_limits_the_verdict(evidence, grade, weakest):
    verdict = judge_chain(chain(evidence=evidence), SOURCES)
    assert (verdict.grade.value, verdict.weakest) == (grade, weakest)


def test_an_open_rival_limits_the_verdict_to_weak():
    assert judge_chain(chain(standing="open"), SOURCES).grade is Grade.WEAK
    assert judge_chain(chain(standing="weakened"), SOURCES).grade is Grade.STRONG


def test_only_the_strong_verdict_claims_a_contribution():
    strong = judge_chain(chain(), SOURCES).text
    assert strong.ro.endswith("strategia a contribuit la obiectivul general 3.")
    assert claim_kinds(strong.ro, "ro") == claim_kinds(strong.en, "en") == {"contributory"}
    for evidence in ({"impact": ("EV-1", "EV-2")}, {"impact": ("EV-1",)}, {"impact": ()}):
        lower = judge_chain(chain(evidence=evidence), SOURCES).text
        assert "causal" not in claim_kinds(lower.ro, "ro") | claim_kinds(lower.en, "en")
        assert "impact" in lower.en


def test_the_insufficient_verdict_claims_nothing():
    text = judge_chain(chain(evidence={"impact": ()}), SOURCES).text
    assert claim_kinds(text.ro, "ro") == claim_kinds(text.en, "en") == frozenset()


def test_a_chain_without_a_rival_or_with_links_missing_is_refused(tmp_path):
    link = "{level: activity, claim: {ro: a, en: a}, judged: {grade: weak, reason: {ro: a, en: a}}}"
    file = tmp_path / "chains.yaml"
    head = "chains:\n  - {objective: '1', assessment: interim-2026, "
    whole = ", ".join(link.replace("activity", level) for level in LINKS)
    file.write_text(f"{head}links: [{whole}], rivals: []}}\n", encoding="utf-8")
    with pytest.raises(JudgementError, match="rival explanations may not be empty"):
        load_chains(file)
    file.write_text(f"{head}links: [{link}], rivals: []}}\n", encoding="utf-8")
    with pytest.raises(JudgementError, match="the links activity, output, outcome, impact"):
        load_chains(file)


def test_objectives_evidence_and_wording_are_checked():
    claim = {"ro": "Măsurile au dus la schimbare.", "en": "Things changed."}
    broken = chain(evidence={"impact": ("EV-1", "EV-9")}, claim=claim)
    problems = chain_problems([broken], objectives=["2", "3"], source_of=SOURCES)
    assert "objective 2: 0 chain(s) instead of one; write exactly one." in problems
    assert any("impact: the evidence EV-9 does not exist" in line for line in problems)
    assert [line for line in problems if "«au dus la»" in line] == [
        "chain of objective 3, impact: «au dus la» (ro) stands above the grade weak; reword it."
    ]
