"""Compute again what an earlier report published: its chapters by today's code on the archived inputs."""

from collections.abc import Callable
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.project import Project
from evaluation.judgement.published import NUMBERS, belongs, compare_numbers, load_numbers, numbers_of
from evaluation.judgement.published_definitions import PUBLISHED, earlier_assessment
from evaluation.judgement.published_errata import explain_differences, load_errata
from evaluation.reporting import stale
from evaluation.reporting.annexes import collect_entries
from evaluation.reporting.chapters import plan_runs
from evaluation.reporting.run_register import give_register
from evaluation.reporting.running import Progress, run_chapters
from evaluation.strategy.frame import Assessment, assessment_for, is_synthetic

LANGUAGE = "ro"
"""Both languages hold the same numbers, as every build proves; one is enough."""


def published_before(project: Project, assessment: str) -> str:
    """The earlier assessment whose published numbers lie in the project; an empty text where there are none."""
    earlier = earlier_assessment(assessment)
    kept = project.judgement / earlier / PUBLISHED / NUMBERS
    return earlier if earlier and kept.is_file() else ""


def give_earlier(
    project: Project,
    assessment: Assessment,
    *,
    progress: Progress,
    prepare: Callable[[Project, Assessment], None],
) -> None:
    """Compute again what the assessment before this one published, for the chapters that judge; often nothing.

    In a report on real data a difference that no erratum explains stops the build; in the example it is printed.
    """
    earlier = published_before(project, assessment.id)
    if not earlier:
        return
    evaluated = assessment_for(earlier, project.returns)
    records = recompute_published(
        project, earlier, progress=progress, prepare=lambda: prepare(project, evaluated)
    )
    if not is_synthetic(project.returns):
        check_explained(project, earlier, records)
    give_register(earlier, records)


def check_explained(project: Project, assessment: str, records: list[dict[str, Any]]) -> None:
    """Every published number is the same today, or an erratum says why it is not."""
    home = project.judgement / assessment
    published = load_numbers(home / PUBLISHED)
    if any(one.synthetic for one in published):
        raise ReportError(
            f"{assessment}: the published numbers are invented, the data are not; freeze the real report with snitp freeze."
        )
    compared = compare_numbers(published, numbers_of(records))
    errata = [one for one in load_errata(home) if not one.synthetic]
    left = sum(one.unexplained for one in explain_differences(compared, errata))
    if left:
        raise ReportError(
            f"{assessment}: {left} published number(s) differ today without an erratum; see them with snitp recompute "
            f"--assessment {assessment}, then explain them in errata.yaml."
        )


def recompute_published(
    project: Project, assessment: str, *, progress: Progress, prepare: Callable[[], None]
) -> list[dict[str, Any]]:
    """The register of the published chapters of an assessment as today's code computes them.

    Only what is stale runs; ``prepare`` is called once before the first notebook does. The caller holds the lock.
    """
    evaluated = assessment_for(assessment, project.returns)
    runs = [one for one in plan_runs(evaluated, project) if one.language == LANGUAGE and belongs(one.id)]
    records, _ = run_chapters(
        runs, project, versions=stale.library_versions(), progress=progress, prepare=prepare
    )
    return collect_entries(records[LANGUAGE])
