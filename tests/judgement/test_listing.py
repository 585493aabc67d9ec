"""Findings, conclusions and recommendations as printed: what an evaluator wrote, and the grade beside it."""

from pathlib import Path

import pytest

from evaluation.core.errors import JudgementError
from evaluation.core.provenance import Source
from evaluation.judgement.contribution import load_chains
from evaluation.judgement.facts import index_register
from evaluation.judgement.judged import Judged
from evaluation.judgement.listing import list_conclusions, list_findings, list_recommendations
from evaluation.judgement.listing_evidence import (
    count_questions,
    list_contribution,
    list_grade_rules,
    list_triangulation,
    list_verdicts,
)
from evaluation.judgement.matrix import load_matrix
from evaluation.judgement.store import load_judgement

FOLDER = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement" / "interim-2026"


def register_of(judgement):
    """A register that holds what the evidence says, each number the same."""
    records = []
    for piece in judgement.evidence:
        if piece.row:
            base = {
                "value": 0.75,
                "ci_low": 0.7,
                "ci_high": 0.8,
                "n": 400.0,
                "status": "ok",
                "synthetic": True,
            }
            records.append({"id": piece.number, **piece.row.model_dump(), **base, "shown": []})
        for name in ("reliability", "missing", "answered", "linkage_error"):
            number = getattr(piece.quality, name)
            if number:
                records.append({"id": number, "value": 0.9, "status": "ok", "synthetic": True, "shown": []})
    return index_register(records)


@pytest.fixture(scope="module")
def judged():
    judgement = load_judgement(FOLDER)
    source = Source("data_raw/example/judgement/interim-2026/findings.yaml", "0" * 64)
    return Judged(judgement, load_matrix("interim-2026"), register_of(judgement), (source,), marked=True)


def row_of(listing, **wanted):
    chosen = listing.texts
    for name, value in wanted.items():
        chosen = chosen[chosen[name] == value]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_findings_stand_by_criterion_and_keep_their_numbers_as_places(judged):
    listing = list_findings(judged)
    assert list(listing.texts["criterion.en"].drop_duplicates()) == [
        "Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact",
    ]  # fmt: skip
    assert "F-13" not in set(listing.texts["id"])
    row = row_of(listing, id="F-01")
    assert "{number:plan_coverage.38.estimate}" in row["statement.ro"]
    assert row["evidence.en"].splitlines() == [
        "EV-28: listed problems that no specific objective relates to: {number:results_chain_counts.9.estimate}",
        "EV-01: specific objectives that no problem relates to: {number:plan_coverage.38.estimate}",
    ]
    assert row["sources.ro"].endswith("o singură sursă")
    assert row["review.ro"] == "acceptată, evaluator fictiv, 1 februarie 2027"
    assert row["contrary.en"].startswith("No contrary evidence was found")


def test_a_finding_stands_in_either_list_of_criteria(judged):
    row = row_of(list_findings(judged), id="F-11")
    assert (row["oecd.ro"], row["eu.en"]) == (
        "Impact",
        "No criterion of its own; treated under effectiveness",
    )


def test_the_grade_tells_what_held_it_down_and_who_raised_it(judged):
    row = row_of(list_findings(judged), id="F-10")
    assert row["grade.ro"] == "moderat"
    assert (
        row["why.en"].splitlines()[0]
        == "Computed grade: weak; weakest aspect: independent sources (single source)."
    )
    assert row["why.en"].splitlines()[2].startswith("Raised with the reason: The count is complete")


def test_the_limits_of_a_finding_are_those_of_its_question(judged):
    row = row_of(list_findings(judged), id="F-11")
    limits = {one.id: one for one in judged.matrix.limits}
    asked = judged.matrix.row("EQ-impact-strategy-1").limits
    assert row["limits.ro"].splitlines() == [
        f"{limits[one].limit.ro} {limits[one].mitigation.ro}" for one in asked
    ]


def test_a_conclusion_has_the_lowest_grade_of_its_findings(judged):
    listing = list_conclusions(judged)
    assert row_of(listing, id="C-01")["grade.en"] == "weak"
    assert row_of(listing, id="C-03")["grade.en"] == "insufficient"
    assert row_of(list_findings(judged), id="F-08")["grade.en"] == "insufficient"
    assert row_of(listing, id="C-06")["findings.en"] == "–"
    assert row_of(listing, id="C-06")["not_assessable.en"].startswith("The plan is being carried out")


def test_recommendations_name_institutions_and_write_out_days(judged):
    row = row_of(list_recommendations(judged), id="R-02")
    assert row["deadline.ro"] == "30 aprilie 2027"
    assert row["addressee.ro"].splitlines()[0] == "Agenția Națională Împotriva Traficului de Persoane"
    assert (row["priority.ro"], row["cost.ro"]) == ("ridicată", "fără cost suplimentar")


def test_every_question_of_the_matrix_is_told_with_its_silent_sources(judged):
    listing = list_triangulation(judged)
    assert len(listing.texts) == len(judged.matrix.rows)
    row = row_of(listing, id="EQ-efficiency-strategy-1")
    assert (row["findings.ro"], row["state.ro"]) == ("F-12", "surse independente")
    assert set(listing.texts["state.en"]) == {"independent sources", "single source", "no finding"}


def test_questions_are_counted_by_what_answers_them(judged):
    """By hand: twelve findings on ten of thirty questions; F-02 and F-10, F-11, F-12 stand on several sources."""
    counted = count_questions(judged).table.set_index("measure")["estimate"]
    assert counted.to_dict() == {
        "asked": 30.0,
        "answered": 10.0,
        "single_source": 7.0,
        "unanswered": 20.0,
    }


def test_the_answer_on_the_scale_of_the_matrix_is_told_or_that_there_is_none(judged):
    assert row_of(list_findings(judged), id="F-11")["answer.ro"] in {
        "nu",
        "în parte",
        "da",
        "nu s-a dat un răspuns",
    }


def test_chains_are_told_link_by_link_and_verdict_by_verdict(judged):
    chains = load_chains(FOLDER / "chains.yaml")
    assert len(list_contribution(judged, chains).texts) == 20
    verdict = row_of(list_verdicts(judged, chains), objective="2")
    assert verdict["weakest.en"] == "outcome"
    assert "(stays open: Staff turnover was not reported.)" in verdict["rivals.en"]


def test_nothing_invented_is_listed_in_a_real_report(judged):
    real = Judged(judged.judgement, judged.matrix, judged.register, judged.sources, marked=False)
    chains = load_chains(FOLDER / "chains.yaml")
    assert [len(one.texts) for one in (list_findings(real), list_conclusions(real))] == [0, 0]
    assert len(list_contribution(real, chains).texts) == 0


def test_the_bounds_are_printed_with_the_side_on_which_they_stand():
    row = row_of(list_grade_rules(), **{"aspect.en": "share of missing data"})
    assert (row["strong.ro"], row["weak.en"]) == ("≤\N{NO-BREAK SPACE}0,05", "≤\N{NO-BREAK SPACE}0.4")


def test_a_register_without_the_number_stops_the_report(tmp_path, monkeypatch):
    from evaluation.core.project import Project
    from evaluation.judgement.judged import load_judged

    root = FOLDER.parents[3]
    with pytest.raises(JudgementError, match="is not in the register of this run"):
        load_judged(Project(root), "interim-2026", [])


def test_the_safety_score_stands_beside_what_turns_its_sign(judged):
    row = row_of(list_findings(judged), id="F-08")
    assert [one.rpartition(": ")[2] for one in row["contrary.ro"].splitlines()] == [
        "{number:feedback_trends.6.estimate}",
        "{number:feedback_trends.7.estimate}",
        "{number:feedback_collectors.2.estimate}",
    ]
    assert row["rivals.en"].count("(stays open:") == 3
