"""Run one chapter in one language and keep only what may be published: fragment, register, decisions."""

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.core.errors import DisclosureError, ReportError
from evaluation.core.project import PACKAGE, Project
from evaluation.core.provenance import digest_file
from evaluation.judgement.published import NUMBERS
from evaluation.judgement.published_definitions import PUBLISHED, earlier_assessment
from evaluation.judgement.store import FINDINGS_FILE
from evaluation.reporting.displays import MIME
from evaluation.reporting.engine import ENGINE, record_reads
from evaluation.reporting.parameters import check_parameters
from evaluation.strategy.frame import Assessment, get_assessment
from evaluation.strategy.plan import load_plan

TEMPLATES = Path(__file__).resolve().parent / "templates"
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_OWN_ID = re.compile(
    r'(<h[1-6][^>]*\bid="|\b(?:id|data-ref|aria-[a-z]+)="(?=(?:fig|tab)-)|href="#(?=(?:fig|tab)-))'
)
_ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class ChapterRun:
    """A chapter to run: its notebook and the parameters it gets.

    A notebook with the parameter ``objective`` runs once for each general objective; each run is a part. One that
    ``judges`` reads the register of all others and runs after them.
    """

    id: str
    notebook: Path
    assessment: str
    language: str
    objective: str = ""
    judges: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters as the notebook gets them."""
        given = {"assessment": self.assessment, "language": self.language}
        return {**given, "objective": self.objective} if self.objective else given


def find_chapters(project: Project, names: tuple[str, ...], *, assessment: str = "") -> dict[str, Path]:
    """The notebooks of the named chapters, in the order of their numbers.

    A notebook whose metadata say ``kit: {needs: training}`` gives way to the one of its name in ``absent/`` where the
    project has no such data: the chapter then says that there are none. What it needs is a folder of what arrived, or
    a file of the judgement: the findings of the assessment, what the one before recommended or published.
    """
    found = {}
    for path in sorted(project.notebooks.glob("[0-9][0-9]_*.ipynb")):
        slug = path.stem.split("_", 1)[1]
        if slug in names:
            found[slug] = path if _has_data(path, project, assessment) else path.parent / "absent" / path.name
    missing = [name for name in names if name not in found]
    if missing:
        raise ReportError(f"chapter {', '.join(missing)}: no notebook NN_{missing[0]}.ipynb in notebooks/.")
    return found


def plan_runs(assessment: Assessment, project: Project) -> list[ChapterRun]:
    """Every run of the report in its order: chapter by chapter, objective by objective, both languages."""
    runs = []
    for name, path in find_chapters(project, assessment.chapters, assessment=assessment.id).items():
        repeated, judges = _is_repeated(path), _about(path).get("reads") == "register"
        for objective in [one.code for one in load_plan(assessment.plans[0]).general] if repeated else [""]:
            own = f"{name}-{objective}" if objective else name
            runs += [
                ChapterRun(own, path, assessment.id, language, objective, judges) for language in ("ro", "en")
            ]
    return runs


def _has_data(notebook: Path, project: Project, assessment: str) -> bool:
    """The data that the notebook's metadata name are there, or it names none."""
    needs = _about(notebook).get("needs")
    earlier = project.judgement / (earlier_assessment(assessment) if assessment else "")
    folders = {
        "training": project.training,
        "feedback": project.feedback,
        "judgement": project.judgement / assessment / FINDINGS_FILE,
        "earlier": earlier / "recommendations.yaml",
        "published": earlier / PUBLISHED / NUMBERS,
    }
    return needs is None or folders[needs].exists()


def _about(notebook: Path) -> dict[str, str]:
    """What the notebook's metadata tell the kit: what it needs, what it reads."""
    about: dict[str, str] = (
        json.loads(notebook.read_text(encoding="utf-8")).get("metadata", {}).get("kit", {})
    )
    return about


def _is_repeated(notebook: Path) -> bool:
    """The notebook's parameters cell sets the objective; read without the notebook library, which loads slowly."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = ["".join(one["source"]) for one in cells if "parameters" in one["metadata"].get("tags", [])]
    return any(re.search(r"^objective = ", source, flags=re.MULTILINE) for source in tagged)


def run_chapter(run: ChapterRun, project: Project) -> dict[str, Any]:
    """Execute the notebook and return its completion record; meant for a forked child.

    The executed notebook holds data and is never written: it lives in memory and ends with the process.
    """
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    reads = record_reads(str(project.root.resolve()), str(project.data_raw.resolve()))
    notebook = nbformat.read(run.notebook, as_version=4)
    chosen = check_parameters(notebook, run.parameters, chapter=run.id)
    try:
        executed = papermill.execute_notebook(
            str(run.notebook),
            None,
            parameters=chosen,
            engine_name=ENGINE,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=str(project.notebooks),
        )
    except PapermillExecutionError as error:
        place = f"chapter {run.id} ({run.language}), cell {_own_number(notebook, error.cell_index)}"
        words = f": {error.evalue}" if error.evalue else ""
        refused = DisclosureError if error.ename == DisclosureError.__name__ else ReportError
        raise refused(f"{place}: {error.ename}{words}") from None
    return _completion_record(run, executed, project=project, reads=reads())


def _own_number(notebook: Any, index: int) -> int:
    """The number, from 1, of a cell in the committed notebook; papermill has put one behind the parameters."""
    tagged = [
        place for place, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    ]
    return index if index > tagged[0] else index + 1


def _completion_record(
    run: ChapterRun, executed: Any, *, project: Project, reads: list[str]
) -> dict[str, Any]:
    exhibits = []
    ran = 0
    own_cells = [
        cell for cell in executed.cells if "injected-parameters" not in cell.metadata.get("tags", [])
    ]
    for number, cell in enumerate(own_cells, start=1):
        if cell.cell_type != "code":
            continue
        ran += cell.metadata.get("papermill", {}).get("status") == "completed"
        for output in cell.outputs:
            exhibits.append({**json.loads(json.dumps(output.data[MIME])), "cell": number})
    code_cells = sum(cell.cell_type == "code" for cell in own_cells)
    if ran != code_cells:
        raise ReportError(f"chapter {run.id} ({run.language}): {ran} of {code_cells} cells ran; build again.")
    title, body = _convert(executed, run)
    opened = [Path(path) for path in reads if _is_input(Path(path), project)]
    return {
        "chapter": run.id,
        "language": run.language,
        "notebook": project.relative(run.notebook),
        "title": title,
        "html": body,
        "exhibits": exhibits,
        "cells": code_cells,
        "reads": {project.relative(path): digest_file(path) for path in opened},
    }


def _convert(executed: Any, run: ChapterRun) -> tuple[str, str]:
    """The notebook as an HTML fragment: prose of one language, no code, only what was shown."""
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    other = {"ro": "en", "en": "ro"}[run.language]
    kept = [
        cell
        for cell in executed.cells
        if f"lang-{other}" not in cell.metadata.get("tags", []) and (cell.cell_type != "code" or cell.outputs)
    ]
    executed.cells = kept
    config = Config({"HTMLExporter": {"exclude_input": True, "sanitize_html": False}})
    exporter = HTMLExporter(template_name="chapter", extra_template_basedirs=[str(TEMPLATES)], config=config)
    body, _ = exporter.from_notebook_node(executed)
    body = _ANCHOR.sub("", body)
    title = _TITLE.search(body)
    if title is None:
        raise ReportError(
            f"chapter {run.id} ({run.language}): no title; the first prose cell must hold one (# …)."
        )
    body = _own_ids(body, run)
    words = html.unescape(re.sub(r"<[^>]+>", "", title[1])).strip()
    return _name_objective(words, run), _TITLE.sub("", body, count=1).strip()


def _own_ids(body: str, run: ChapterRun) -> str:
    """Headings, figures and tables of a notebook that runs several times get ids of their own in each run."""
    return _OWN_ID.sub(rf"\g<1>{run.id}-", body) if run.objective else body


def _name_objective(title: str, run: ChapterRun) -> str:
    """The title with the name of the run's objective where it says ``{objective}``."""
    if not run.objective:
        return title
    plan = load_plan(get_assessment(run.assessment).plans[0])
    name = next(one.name for one in plan.general if one.code == run.objective)
    return title.replace("{objective}", name.ro if run.language == "ro" else name.en)


def _is_input(path: Path, project: Project) -> bool:
    """Data and definitions; the package's code counts through its own digest, caches do not count."""
    if path.suffix in (".py", ".pyc", ".ipynb"):
        return False
    homes = (PACKAGE, project.data_raw.resolve(), project.root.resolve() / "questionnaires")
    return any(path.is_relative_to(folder) for folder in homes)
