"""The chapters of a report in two turns: those that compute, then those that judge on their register."""

import os
from collections.abc import Callable
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.project import Project
from evaluation.reporting import stale
from evaluation.reporting.annexes import collect_entries
from evaluation.reporting.chapters import ChapterRun
from evaluation.reporting.run_register import digest_given, give_register

Progress = Callable[[str], None]
Record = dict[str, Any]


def run_chapters(
    runs: list[ChapterRun],
    project: Project,
    *,
    versions: dict[str, str],
    progress: Progress,
    prepare: Callable[[], None],
) -> tuple[dict[str, list[Record]], int]:
    """The completion record of every chapter by language, and how many ran; only what is stale runs.

    Chapters that judge get the register of all the others, so a number that changes makes them stale.
    """
    turn = _Turn(project, versions, progress, prepare)
    records = turn.run([run for run in runs if not run.judges])
    judging = [run for run in runs if run.judges]
    if judging:
        entries = collect_entries([records[run] for run in records if run.language == "ro"])
        give_register(judging[0].assessment, entries)
        records |= turn.run(judging, register=digest_given())
    by_language: dict[str, list[Record]] = {"ro": [], "en": []}
    for run in runs:
        by_language[run.language].append(records[run])
    return by_language, turn.ran


class _Turn:
    """What the turns of one build share: keys, cache, and the slow preparation that happens once or never."""

    def __init__(
        self,
        project: Project,
        versions: dict[str, str],
        progress: Progress,
        prepare: Callable[[], None],
    ) -> None:
        self.project, self.versions, self.progress = project, versions, progress
        self.prepare: Callable[[], None] | None = prepare
        self.code = stale.code_digest()
        self.names = sorted(project.relative(path) for path in project.data_raw.rglob("*") if path.is_file())
        self.ran = 0

    def run(self, runs: list[ChapterRun], *, register: str = "") -> dict[ChapterRun, Record]:
        """The record of each run, from the cache or by running it."""
        keys = {
            run: stale.chapter_key(
                run, code=self.code, versions=self.versions, names=self.names, register=register
            )
            for run in runs
        }
        records = {run: stale.cached_record(run, self.project, key=keys[run]) for run in runs}
        waiting = [run for run in runs if records[run] is None]

        def done(run: ChapterRun, record: Record) -> None:
            stale.keep_record(run, self.project, record, key=keys[run])
            records[run] = record
            self.progress(f"chapter {run.id} {run.language}")

        if waiting:
            self._run_waiting(waiting, done)
        complete = {run: record for run, record in records.items() if record is not None}
        for run in runs:
            if run not in complete:
                raise ReportError(f"chapter {run.id} ({run.language}): no completion record; build again.")
        return complete

    def _run_waiting(self, waiting: list[ChapterRun], done: Callable[[ChapterRun, Record], None]) -> None:
        from evaluation.reporting.engine import warm_up
        from evaluation.reporting.pool import run_all

        if self.prepare is not None:
            self.prepare()
            warm_up()
            self.prepare = None
        run_all(waiting, self.project, workers=os.cpu_count() or 1, done=done)
        self.ran += len(waiting)
