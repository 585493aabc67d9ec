"""Build the report: load, check, compute, release, compare, render, seal."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.errors import ReportError
from evaluation.core.project import Project
from evaluation.core.provenance import KIT_VERSION, digest_file
from evaluation.judgement.independence import evaluator_names, load_declarations
from evaluation.reporting import seal, stale
from evaluation.reporting.chapters import ChapterRun, plan_runs
from evaluation.reporting.leaks import check_leaks
from evaluation.reporting.parity import check_parity
from evaluation.reporting.quality import Annex, Audit, render_audited
from evaluation.reporting.running import Progress, run_chapters
from evaluation.strategy.frame import Assessment, assessment_for

if TYPE_CHECKING:
    from evaluation.disclosure.ledger import ReleaseLedger

FORMATS = ("html", "pdf", "docx")
Prepare = Callable[[Project, Assessment], None]


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
    progress: Progress | None = None,
    prepare: Prepare | None = None,
    audit: Audit | None = None,
) -> BuiltReport:
    """The report of an assessment as a sealed folder; nothing is done again that is already there.

    Both languages are always computed and compared, whichever are written. ``prepare`` is called once before
    the first notebook runs: what several chapters read is taken in there. ``audit`` judges the files, and what it
    finds is printed in them.
    """
    progress, prepare = progress or _say_nothing, prepare or _prepare_nothing
    project = _with_data(project, data)
    assessment = _load_assessment(assessment_id, project)
    runs = plan_runs(assessment, project)
    inputs = _input_digests(runs, project)
    versions = stale.library_versions()
    digest = _digest([assessment.id, inputs, stale.page_digest(), versions])
    names = [f"report.{language}.{form}" for language in languages for form in formats]
    home = (out or project.outputs) / assessment.id
    with seal.build_lock(project.outputs):
        earlier = None if force else seal.find_run(home, inputs_digest=digest, names=names)
        if earlier is not None:
            return BuiltReport(earlier, tuple(earlier / name for name in names), False, 0)
        records, ran = run_chapters(
            runs, project, versions=versions, progress=progress, prepare=lambda: prepare(project, assessment)
        )
        inputs = _used_inputs(runs, inputs, records, project)
        progress("compare")
        check_parity(records)
        evidence = _evidence(records)
        ledger = _check_releases(records, project)
        manifest = {
            "assessment": assessment.id,
            "kit_version": KIT_VERSION,
            "inputs_digest": digest,
            "content_digest": _content_digest(records),
            "inputs": inputs,
            "versions": versions,
            "languages": list(languages),
            "formats": list(formats),
            "seeds": [],
            "chapters": {record["chapter"]: record["cells"] for record in records["ro"]},
            "synthetic": _is_synthetic(records),
        }
        about = _About(assessment, project, records, versions, inputs)
        progress("render")
        files = evidence | render_audited(
            about.make_pages,
            lambda pages: _render(pages, assessment, languages=languages, formats=formats, project=project),
            evidence=evidence,
            manifest=manifest,
            audit=audit,
            whole=(sorted(languages), sorted(formats)) == (["en", "ro"], sorted(FORMATS)),
        )
        folder = seal.publish_run(home, files, manifest, check=check_leaks)
        _write_releases(ledger, project)
    return BuiltReport(folder, tuple(folder / name for name in names), True, ran)


def _load_assessment(assessment_id: str, project: Project) -> Assessment:
    assessment = assessment_for(assessment_id, project.returns)
    if assessment.missing_plans:
        plans = ", ".join(one.plan for one in assessment.missing_plans)
        raise ReportError(
            f"assessment {assessment.id}: the plan {plans} is not published, so this report cannot be built yet; "
            "add the plan to evaluation/strategy/plans/ when it is."
        )
    return assessment


def _say_nothing(_: str) -> None:
    """Progress that nobody follows."""


def _prepare_nothing(_: Project, __: Assessment) -> None:
    """Chapters that share no slow reading."""


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


@dataclass(frozen=True, slots=True)
class _About:
    """What the pages of a report are put together from."""

    assessment: Assessment
    project: Project
    records: dict[str, list[dict[str, Any]]]
    versions: dict[str, str]
    inputs: dict[str, str]

    def make_pages(self, annex: Annex) -> dict[str, str]:
        """The page of each language, with the audit that the annex tells; both have the same structure."""
        from evaluation.reporting.assemble import assemble_page
        from evaluation.reporting.page import build_html
        from evaluation.reporting.parity import check_page_parity

        synthetic = _is_synthetic(self.records)
        folder = self.project.judgement / self.assessment.id
        named = load_declarations(folder, synthetic=synthetic)
        pages = {
            language: build_html(
                assemble_page(
                    self.assessment,
                    self.records[language],
                    language=language,
                    versions=self.versions,
                    inputs=self.inputs,
                    synthetic=synthetic,
                    evaluators=evaluator_names(named, language=language),
                    judged=folder.is_dir(),
                    annex=annex.get(language, ""),
                )
            )
            for language in self.records
        }
        check_page_parity(pages)
        return pages


def _render(
    pages: dict[str, str],
    assessment: Assessment,
    *,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    project: Project,
) -> dict[str, bytes]:
    from evaluation.reporting.render import render_all

    wanted = [(language, form) for language in languages for form in formats]
    titles = {
        language: assessment.title.ro if language == "ro" else assessment.title.en for language in languages
    }
    return render_all(
        pages,
        wanted,
        titles=titles,
        date_iso=assessment.data_cutoff.isoformat(),
        cache=project.outputs / ".cache",
    )


def _check_releases(records: dict[str, list[dict[str, Any]]], project: Project) -> "ReleaseLedger":
    """Everything released so far with what this report adds: no protected figure can be worked out."""
    from evaluation.disclosure.republish import read_releases

    ledger = read_releases(project.outputs)
    for stored in _stored_tables(records):
        ledger = ledger.add_record(stored["release"])
    return ledger


def _write_releases(ledger: "ReleaseLedger", project: Project) -> None:
    from evaluation.disclosure.ledger import RELEASES

    ledger.write(project.outputs / RELEASES)


def _content_digest(records: dict[str, list[dict[str, Any]]]) -> str:
    """What the chapters say, whatever was done to build it: answers to the audit are given to this."""
    return _digest(
        [[record["chapter"], record["html"]] for language in records for record in records[language]]
    )


def _stored_tables(records: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    stored = [one for record in records["ro"] for shown in record["exhibits"] for one in shown["witnesses"]]
    return list({one["id"]: one for one in stored}.values())


def _is_synthetic(records: dict[str, list[dict[str, Any]]]) -> bool:
    """Some number of the report comes from invented data, so every page has to say it."""
    shown = [one for record in records["ro"] for one in record["exhibits"]]
    return any(entry["synthetic"] for one in shown for entry in one["entries"])


def _evidence(records: dict[str, list[dict[str, Any]]]) -> dict[str, bytes]:
    """Register, decisions and witnesses: the same for both languages, as parity has shown."""
    from evaluation.reporting.annexes import collect_decisions, collect_entries

    return {
        "register.json": seal.as_json(collect_entries(records["ro"])),
        "decisions.json": seal.as_json(collect_decisions(records["ro"])),
        "witnesses.json": seal.as_json(_stored_tables(records)),
    }


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()
