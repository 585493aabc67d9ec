"""Build the report: load, check, compute, release, compare, render, seal."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.errors import ReportError
from evaluation.core.project import Project
from evaluation.core.provenance import digest_file
from evaluation.reporting import seal, stale
from evaluation.reporting.chapters import ChapterRun, plan_runs
from evaluation.reporting.contents import Contents, digest_parts
from evaluation.reporting.leaks import check_leaks
from evaluation.reporting.parity import check_parity
from evaluation.reporting.quality import Audit, render_audited
from evaluation.reporting.recompute import give_earlier
from evaluation.reporting.run_register import forget_registers
from evaluation.reporting.running import Progress, run_chapters
from evaluation.strategy.frame import Assessment, assessment_for

if TYPE_CHECKING:
    from evaluation.disclosure.ledger import ReleaseLedger

FORMATS = ("html", "pdf", "docx")
Prepare = Callable[[Project, Assessment], None]
Tell = Callable[[Project, Assessment], dict[str, object]]


def _say_nothing(_: str) -> None:
    """Progress that nobody follows."""


def _prepare_nothing(_: Project, __: Assessment) -> None:
    """Chapters that share no slow reading."""


def _tell_nothing(_: Project, __: Assessment) -> dict[str, object]:
    """A manifest that says nothing beyond the build."""
    return {}


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the caller does along the way, because this room may not read data or judge files.

    ``prepare`` is called once before the first notebook runs: what several chapters read is taken in there. ``tell``
    gives what the manifest says of the data; ``audit`` judges the files, and what it finds is printed in them.
    """

    progress: Progress = _say_nothing
    prepare: Prepare = _prepare_nothing
    tell: Tell = _tell_nothing
    audit: Audit | None = None


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A sealed run: its folder, its files, whether it is new, and how many notebooks ran for it."""

    folder: Path
    files: tuple[Path, ...]
    fresh: bool
    notebooks_run: int


def build_report(
    project: Project,
    assessment_id: str,
    *,
    languages: tuple[str, ...] = ("ro", "en"),
    formats: tuple[str, ...] = FORMATS,
    out: Path | None = None,
    data: Path | None = None,
    force: bool = False,
    hooks: Hooks | None = None,
) -> BuiltReport:
    """The report of an assessment as a sealed folder; nothing is done again that is already there.

    Both languages are always computed and compared, whichever are written.
    """
    hooks = hooks or Hooks()
    project = _with_data(project, data)
    assessment = _load_assessment(assessment_id, project)
    runs = plan_runs(assessment, project)
    arrived, versions = _input_digests(runs, project), stale.library_versions()
    digest = digest_parts([assessment.id, arrived, stale.page_digest(), versions])
    names = [f"report.{language}.{form}" for language in languages for form in formats]
    home = (out or project.outputs) / assessment.id
    with seal.build_lock(project.outputs):
        earlier = None if force else seal.find_run(home, inputs_digest=digest, names=names)
        if earlier is not None:
            return BuiltReport(earlier, tuple(earlier / name for name in names), False, 0)
        forget_registers()
        give_earlier(project, assessment, progress=hooks.progress, prepare=hooks.prepare)
        records, ran = run_chapters(
            runs,
            project,
            versions=versions,
            progress=hooks.progress,
            prepare=lambda: hooks.prepare(project, assessment),
        )
        hooks.progress("compare")
        check_parity(records)
        contents = Contents(
            assessment, project, records, versions, _used_inputs(runs, arrived, records, project)
        )
        ledger = _check_releases(contents, project)
        asked = {"inputs_digest": digest, "languages": list(languages), "formats": list(formats)}
        manifest = contents.manifest() | asked | hooks.tell(project, assessment)
        hooks.progress("render")
        files = _make_files(contents, manifest, hooks, languages=languages, formats=formats)
        folder = seal.publish_run(home, files, manifest, check=check_leaks)
        _write_releases(ledger, project)
    return BuiltReport(folder, tuple(folder / name for name in names), True, ran)


def _make_files(
    contents: Contents,
    manifest: dict[str, object],
    hooks: Hooks,
    *,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
) -> dict[str, bytes]:
    """The files of the run: what a reader opens, and the evidence beside it."""
    evidence = contents.evidence()
    return evidence | render_audited(
        contents.make_pages,
        lambda pages: _render(pages, contents, languages=languages, formats=formats),
        evidence=evidence,
        manifest=manifest,
        audit=hooks.audit,
        whole=(sorted(languages), sorted(formats)) == (["en", "ro"], sorted(FORMATS)),
    )


def _load_assessment(assessment_id: str, project: Project) -> Assessment:
    assessment = assessment_for(assessment_id, project.returns)
    if assessment.missing_plans:
        plans = ", ".join(one.plan for one in assessment.missing_plans)
        raise ReportError(
            f"assessment {assessment.id}: the plan {plans} is not published, so this report cannot be built yet; "
            "add the plan to evaluation/strategy/plans/ when it is."
        )
    return assessment


def _with_data(project: Project, data: Path | None) -> Project:
    """The project with another folder for what arrived; chapters find it through the environment."""
    if data is None:
        return project
    os.environ["SNITP_DATA"] = str(data.resolve())
    return Project(project.root, data.resolve())


def _input_digests(runs: list[ChapterRun], project: Project) -> dict[str, str]:
    raw = [path for path in sorted(project.data_raw.rglob("*")) if path.is_file()]
    return {
        project.relative(path): digest_file(path) for path in [*dict.fromkeys(r.notebook for r in runs), *raw]
    }


def _used_inputs(
    runs: list[ChapterRun],
    arrived: dict[str, str],
    records: dict[str, list[dict[str, Any]]],
    project: Project,
) -> dict[str, str]:
    """The notebooks and what they read; other files that arrived make the report old, but are not in it."""
    used = {name: arrived[name] for name in dict.fromkeys(project.relative(run.notebook) for run in runs)}
    for record in (*records["ro"], *records["en"]):
        used |= record["reads"]
    return used


def _render(
    pages: dict[str, str], contents: Contents, *, languages: tuple[str, ...], formats: tuple[str, ...]
) -> dict[str, bytes]:
    from evaluation.reporting.render import render_all

    title = contents.assessment.title
    return render_all(
        pages,
        [(language, form) for language in languages for form in formats],
        titles={language: title.ro if language == "ro" else title.en for language in languages},
        date_iso=contents.assessment.data_cutoff.isoformat(),
        cache=contents.project.outputs / ".cache",
    )


def _check_releases(contents: Contents, project: Project) -> "ReleaseLedger":
    """Everything released so far with what this report adds: no protected figure can be worked out."""
    from evaluation.disclosure.republish import read_releases

    ledger = read_releases(project.outputs)
    for stored in contents.stored_tables():
        ledger = ledger.add_record(stored["release"])
    return ledger


def _write_releases(ledger: "ReleaseLedger", project: Project) -> None:
    from evaluation.disclosure.ledger import RELEASES

    ledger.write(project.outputs / RELEASES)
