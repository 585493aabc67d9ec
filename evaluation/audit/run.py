"""Runs every check on a sealed run and counts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evaluation.audit import (
    build,
    disclosure,
    judgement,
    languages,
    method,
    numbers,
    plan_checks,
    structure,
)
from evaluation.audit.answers import NO, NOT_APPLICABLE, Answers, load_answers
from evaluation.audit.catalogue import Check, load_catalogue
from evaluation.audit.outcome import Outcome, Pointer, Pointers, State
from evaluation.audit.sealed import Sealed, open_run

Function = Callable[[Sealed, Check], Pointers]
FUNCTIONS: dict[str, Function] = {
    "S01": structure.check_title,
    "S02": structure.check_date,
    "S03": structure.check_fact,
    "S04": structure.check_evaluators,
    "S05": structure.check_fact,
    "S06": structure.check_lists,
    "S07": structure.check_abbreviations,
    "S08": structure.check_summary,
    "S09": structure.check_order,
    "S10": structure.check_annex,
    "S11": structure.check_annex,
    "S12": structure.check_annex,
    "S13": structure.check_instruments,
    "S14": structure.check_annex,
    "S15": structure.check_origin,
    "S16": structure.check_closing,
    "O01": plan_checks.check_objects,
    "O02": plan_checks.check_paths,
    "P01": plan_checks.check_purpose,
    "M01": method.check_matrix,
    "M02": method.check_cards,
    "M03": method.check_samples,
    "M04": method.check_limits,
    "M05": method.check_ethics,
    "M06": method.check_plan_of_analysis,
    "F01": numbers.check_evidence,
    "F02": judgement.check_sources,
    "F03": numbers.check_intervals,
    "F04": judgement.check_wording,
    "F05": judgement.check_contrary,
    "F06": judgement.check_groups,
    "F07": disclosure.check_hidden,
    "C01": judgement.check_conclusions,
    "R01": judgement.check_recommendations,
    "G01": judgement.check_rights,
    "L01": languages.check_parity,
    "L02": languages.check_letters,
    "T01": build.check_rebuilt,
}


@dataclass(frozen=True, slots=True)
class Score:
    """How many checks are met of those that apply; one that waits for an answer applies and is not met."""

    group: str
    met: int
    applicable: int


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one report."""

    report: str
    assessment: str
    outcomes: tuple[Outcome, ...]

    def scores(self) -> tuple[Score, ...]:
        """By group, then in all (the group without a name)."""
        groups = {one.id: one.group for one in load_catalogue().checks}
        names = [*load_catalogue().groups, ""]
        return tuple(
            _score(name, [one for one in self.outcomes if name in ("", groups[one.check])]) for name in names
        )


def _score(group: str, outcomes: list[Outcome]) -> Score:
    applicable = [one for one in outcomes if one.state is not State.NOT_APPLICABLE]
    return Score(group, sum(one.state is State.MET for one in applicable), len(applicable))


def audit_run(
    folder: Path,
    *,
    answers: Path | None = None,
    rebuilt: Path | None = None,
    only: tuple[str, ...] = (),
    draft: bool = False,
) -> Audit:
    """Every check of the catalogue, or only some, on the run in a folder; reads files and changes none.

    A ``draft`` is a report that is about to be sealed.
    """
    run = open_run(folder, rebuilt=rebuilt, draft=draft)
    report = str(run.manifest["content_digest"])
    given = load_answers(answers, report=report) if answers is not None else Answers(report=report)
    checks = [one for one in load_catalogue().checks if not only or one.id in only]
    outcomes = tuple(judge_check(run, one, given) for one in checks)
    return Audit(report, str(run.manifest["assessment"]), outcomes)


def judge_check(run: Sealed, check: Check, answers: Answers) -> Outcome:
    """What the machine finds decides first; only where it has no objection does a person's answer count."""
    found = tuple(dict.fromkeys(FUNCTIONS[check.id](run, check)))
    if found:
        return Outcome(check.id, State.NOT_MET, found)
    if check.id == "T01" and run.draft:
        return Outcome(check.id, State.TO_BE_REBUILT)
    return _answered(check, answers) if check.asked else Outcome(check.id, State.MET)


def _answered(check: Check, answers: Answers) -> Outcome:
    """What a person said of a check that the machine has no objection to."""
    given = answers.answers.get(check.id)
    if given is None:
        return Outcome(check.id, State.TO_BE_ASKED)
    told = {"answer": given.answer, "name": given.name, "date": given.date.isoformat()}
    if given.answer == NOT_APPLICABLE:
        return Outcome(check.id, State.NOT_APPLICABLE, (), **told)
    if given.answer == NO:
        pointer = Pointer("answers", check.id, "answered_no", given.note or given.name)
        return Outcome(check.id, State.NOT_MET, (pointer,), **told)
    return Outcome(check.id, State.MET, (), **told)
