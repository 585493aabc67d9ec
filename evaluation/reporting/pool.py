"""Run chapters side by side, each in its own forked child of a warm parent."""

import json
import multiprocessing
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection, wait
from typing import Any

from evaluation.core.errors import DisclosureError, KitError, ReportError
from evaluation.core.processes import end_with_parent
from evaluation.core.project import Project
from evaluation.reporting.chapters import ChapterRun, run_chapter
from evaluation.reporting.layouts import load_layouts
from evaluation.reporting.wording import load_wording
from evaluation.strategy.plan import forget_plans

_LIMIT_SECONDS = 900.0


def run_all(
    runs: Iterable[ChapterRun],
    project: Project,
    *,
    workers: int,
    done: Callable[[ChapterRun, dict[str, Any]], None],
) -> None:
    """Run every chapter, at most ``workers`` at a time; ``done`` gets each completion record as it comes.

    A child that dies, or takes longer than 15 minutes, fails the build; the others are stopped. Nothing is
    taken for done that did not send its record.
    """
    fork = multiprocessing.get_context("fork")
    waiting = list(runs)
    busy: dict[Any, tuple[ChapterRun, Any, float]] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < workers:
                run = waiting.pop(0)
                receiver, sender = fork.Pipe(duplex=False)
                child = fork.Process(target=_child, args=(run, project, sender), daemon=True)
                child.start()
                sender.close()
                busy[receiver] = (run, child, time.monotonic())
            for ready in wait(list(busy), timeout=1.0):
                run, child, _ = busy.pop(ready)
                done(run, _receive(ready, run))
                child.join()
            _check_time(busy)
    finally:
        for _, child, _ in busy.values():
            child.kill()


def _child(run: ChapterRun, project: Project, sender: Connection) -> None:
    end_with_parent()
    load_wording.cache_clear()
    load_layouts.cache_clear()
    forget_plans()
    answer: dict[str, Any]
    try:
        answer = {"record": run_chapter(run, project)}
    except KitError as error:
        answer = {"error": str(error), "by_gate": isinstance(error, DisclosureError)}
    except BaseException as error:  # the message could quote data, the class cannot
        answer = {"error": f"chapter {run.id} ({run.language}): {type(error).__name__} outside its cells"}
    sender.send_bytes(json.dumps(answer).encode("utf-8"))
    sender.close()


def _receive(receiver: Any, run: ChapterRun) -> dict[str, Any]:
    try:
        answer = json.loads(receiver.recv_bytes())
    except (EOFError, OSError):
        raise ReportError(
            f"chapter {run.id} ({run.language}): its process ended without a result (out of memory?); build again."
        ) from None
    if "error" in answer:
        raise (DisclosureError if answer.get("by_gate") else ReportError)(answer["error"])
    record: dict[str, Any] = answer["record"]
    return record


def _check_time(busy: dict[Any, tuple[ChapterRun, Any, float]]) -> None:
    for run, _, started in busy.values():
        if time.monotonic() - started > _LIMIT_SECONDS:
            raise ReportError(
                f"chapter {run.id} ({run.language}): took longer than 15 minutes and was stopped."
            )
