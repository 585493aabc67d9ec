"""Run every benchmark and print its ratio: python -m benchmarks."""

import argparse
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from evaluation.core.project import Project, find_project
from evaluation.reporting.chapters import ChapterRun, find_chapters
from evaluation.reporting.engine import warm_up
from evaluation.reporting.pool import run_all
from evaluation.strategy.frame import get_assessment

ASSESSMENT = "interim-2026"
WORKERS = os.cpu_count() or 1


def main() -> None:
    """Print a table: what, seconds (median), ratio, the aim."""
    parser = argparse.ArgumentParser(description="Benchmarks of the kit, as ratios within one run.")
    parser.add_argument("--repeat", type=int, default=3, help="measured rounds of each pair (default 3)")
    parser.add_argument(
        "--with-kernels", action="store_true", help="also sequential papermill with real kernels"
    )
    given = parser.parse_args()
    project = find_project()
    runs = chapter_runs(project)
    bare = [measure(lambda: start("-c", "pass")) for _ in range(3 * given.repeat)]
    report("python -c pass", bare, None, "")
    hint = [measure(lambda: start("-m", "evaluation.cli", "--help")) for _ in range(3 * given.repeat)]
    report("snitp --help", hint, bare, "at most 0.15 s more", difference=True)
    build_twice(project, bare, repeat=given.repeat)
    warm_up()
    pure, kit = [], []
    for _ in range(given.repeat):
        pure.append(measure(lambda: run_bare(runs, project)))
        kit.append(measure(lambda: run_all(runs, project, workers=WORKERS, done=ignore)))
    report(f"{len(runs)} chapter runs, bare cells in {WORKERS} warm processes", pure, None, "")
    report("the same through papermill and nbconvert, as the report does", kit, pure, "at most 1.5")
    if given.with_kernels:
        kernels = [measure(lambda: run_with_kernels(runs, project))]
        report("the same through papermill, real kernels, one after another", kernels, pure, "")


def chapter_runs(project: Project) -> list[ChapterRun]:
    """Every chapter of the interim assessment in both languages."""
    chapters = find_chapters(project, get_assessment(ASSESSMENT).chapters)
    return [
        ChapterRun(name, path, ASSESSMENT, one) for name, path in chapters.items() for one in ("ro", "en")
    ]


def build_twice(project: Project, bare: list[float], *, repeat: int) -> None:
    """A clean build in a folder of its own, then builds in which nothing changed."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "project"
        kept_out = shutil.ignore_patterns(
            ".venv", ".git", ".tools", "node_modules", "__pycache__", ".cache", "20??????-*"
        )
        shutil.copytree(project.root, copy, ignore=kept_out)
        build = ("-m", "evaluation.cli", "report", "--assessment", ASSESSMENT)
        clean = [measure(lambda: start(*build, folder=copy))]
        report("snitp report, clean build of six files", clean, bare, "")
        again = [measure(lambda: start(*build, folder=copy)) for _ in range(repeat)]
        report("snitp report, nothing changed", again, bare, "within 1 s", seconds=True)


def run_bare(runs: list[ChapterRun], project: Project) -> None:
    """The code cells of every chapter, executed plainly in forked children: the computation itself."""
    fork = multiprocessing.get_context("fork")
    waiting, busy = list(runs), []
    while waiting or busy:
        while waiting and len(busy) < WORKERS:
            child = fork.Process(target=execute_cells, args=(waiting.pop(0), project))
            child.start()
            busy.append(child)
        multiprocessing.connection.wait([child.sentinel for child in busy])
        busy = [child for child in busy if child.is_alive()]


def execute_cells(run: ChapterRun, project: Project) -> None:
    """One chapter's cells in one namespace, parameters put in by hand."""
    import nbformat

    os.chdir(project.notebooks)
    space: dict[str, object] = {}
    for cell in nbformat.read(run.notebook, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, str(run.notebook), "exec"), space)
            if "parameters" in cell.metadata.get("tags", []):
                space |= run.parameters


def run_with_kernels(runs: list[ChapterRun], project: Project) -> None:
    """What plain papermill does: a kernel for every notebook, one after another."""
    import papermill

    with tempfile.TemporaryDirectory() as place:
        for run in runs:
            papermill.execute_notebook(
                str(run.notebook),
                str(Path(place) / "executed.ipynb"),
                parameters=run.parameters,
                progress_bar=False,
                cwd=str(project.notebooks),
            )


def ignore(*_: object) -> None:
    """Completion records are not kept: the work is what is timed."""


def start(*arguments: str, folder: Path | None = None) -> None:
    """Run this Python with arguments, in a folder; a failure ends the benchmark."""
    environment = {**os.environ, "PYTHONPATH": str(folder)} if folder else None
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=folder, env=environment)


def measure(work: Callable[[], None]) -> float:
    """Wall seconds of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def report(
    what: str,
    times: list[float],
    base: list[float] | None,
    aim: str,
    *,
    difference: bool = False,
    seconds: bool = False,
) -> None:
    """One line: median seconds, and the ratio (or difference) of medians to the baseline."""
    middle = statistics.median(times)
    ratio = ""
    if base and difference:
        ratio = f"+{middle - statistics.median(base):.2f} s"
    elif base and not seconds:
        ratio = f"x{middle / statistics.median(base):.2f}"
    elif base:
        ratio = f"x{middle / statistics.median(base):.1f}"
    sys.stdout.write(f"{what:<70} {middle:8.2f} s  {ratio:>9}  {aim}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
