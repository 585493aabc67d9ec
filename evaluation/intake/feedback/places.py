"""Where traces of a person may stand among the files of a project, and which of those files may be removed."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project
from evaluation.intake.feedback.searching import Searched, Traces, search_files

CACHE = ".cache"
KEPT_CACHE = ("intake",)
"""What was read of institutions' returns; it holds nothing of feedback and is searched like everything else."""
SEAL = "manifest.json"


def doomed_outputs(project: Project, marks: Traces) -> set[Path]:
    """Caches, drafts, and the sealed reports that hold a trace; whole, because a sealed report cannot be changed."""
    cache = project.outputs / CACHE
    doomed = {one for one in cache.glob("*") if one.name not in KEPT_CACHE}
    doomed |= set(project.outputs.glob("*/.draft-*"))
    kept = [one for one in files_below(project.outputs) if not doomed & {one, *one.parents}]
    for path in search_files(kept, marks).hits:
        folders = [one for one in path.parents if one.is_relative_to(project.outputs)]
        doomed |= set([one for one in folders if (one / SEAL).is_file()][-1:])
    return doomed


def refuse_traces(project: Project, marks: Traces, paths: Iterable[Path], *, problem: str) -> Searched:
    """Files that hold a trace stop the withdrawal with their names, and so do those of feedback that cannot be searched.

    A file of another part of the data that cannot be opened (a damaged workbook of an institution) is searched in its
    bytes as they stand and told as such.
    """
    searched = search_files(paths, marks)
    near = (project.feedback, project.outputs)
    locked = [one for one in searched.unreadable if any(one.is_relative_to(folder) for folder in near)]
    if searched.hits or locked:
        raise IntakeError(f"{_names(project, (*searched.hits, *locked), marks)}: {problem}")
    return searched


def remove_outputs(paths: Iterable[Path]) -> None:
    """Folders whole, files one by one."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def files_of(project: Project) -> list[Path]:
    """Every file of the data and of the outputs."""
    folders = {project.data_raw, project.feedback, project.outputs}
    return sorted({path for folder in folders for path in files_below(folder)})


def files_below(folder: Path) -> list[Path]:
    """Every file in a folder and the folders in it."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _names(project: Project, paths: Iterable[Path], marks: Traces) -> str:
    """The files by their place in the project; a name that holds a trace itself is told by its folder only."""
    told = []
    for one in paths:
        place = project.relative(one)
        told.append(
            place if not marks.in_text(place) else f"{_clean(place, marks)}: a file named after the person"
        )
    return ", ".join(told)


def _clean(place: str, marks: Traces) -> str:
    """The folders above the first part of a path that holds a trace."""
    kept: list[str] = []
    for part in place.split("/"):
        if marks.in_text(part):
            break
        kept.append(part)
    return "/".join(kept) or "."
