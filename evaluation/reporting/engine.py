"""A papermill engine that runs a chapter inside a process forked from a warm parent.

Starting a kernel and importing the scientific stack is nearly all that a short chapter costs. The parent
imports the stack once and forks; the child runs the cells in IPython and ends. Nothing of one chapter can
reach another.
"""

import gc
import importlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluation.core.errors import KitError, ReportError
from evaluation.reporting.displays import MIME

ENGINE = "snitp-warm"
_STACK = (
    "IPython.core.interactiveshell",
    "matplotlib.pyplot",
    "nbconvert.exporters",
    "pandas",
    "papermill",
    "scipy.optimize",
    "scipy.stats",
    "seaborn",
)
_THREAD_SECONDS = 60.0


def warm_up() -> None:
    """Import what chapters use, on one numerical thread, so that forked children have it at once."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    os.environ["MPLBACKEND"] = "agg"
    for name in _STACK:
        importlib.import_module(name)
    register_engine()
    gc.collect()
    gc.freeze()


def register_engine() -> None:
    """Make the engine known to papermill."""
    from papermill.engines import Engine, papermill_engines

    class WarmEngine(Engine):
        """Runs every cell of a notebook in this process."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> None:
            """Run the cells in order; the first that fails ends the notebook."""
            run_cells(nb_man)

    papermill_engines.register(ENGINE, WarmEngine)


def run_cells(manager: Any) -> None:
    """Run every code cell; an output that the gate did not release is an error like any other."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shell.showtraceback = _ignore_traceback  # type: ignore[method-assign]
    lost = _watch_threads()
    for index, cell in enumerate(manager.nb.cells):
        if cell.cell_type != "code":
            continue
        manager.cell_start(cell, index)
        error = _run_cell(shell, cell) or (lost[0] if lost else None)
        if error is not None:
            cell.outputs = [_error_output(error)]
            manager.cell_exception(cell, cell_index=index, exception=error)
            return
        manager.cell_complete(cell, cell_index=index)


def _run_cell(shell: Any, cell: Any) -> BaseException | None:
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.utils.capture import capture_output
    from nbformat.v4 import new_output

    last: list[dict[str, Any]] = []
    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=last)
    shell.user_ns["_exit_code"] = 0
    before = set(threading.enumerate())
    with capture_output() as captured:
        outcome = shell.run_cell(cell.source, store_history=False)
        is_running = _wait_for_threads(before)
    error: BaseException | None = outcome.error_before_exec or outcome.error_in_exec
    if error is None and is_running:
        error = ReportError("a cell leaves a thread running; let the cell wait for it.")
    if error is None and shell.user_ns["_exit_code"]:
        error = ReportError("a command that a cell calls has failed; call none from a chapter.")
    if error is None and captured.stdout.strip():
        error = ReportError("a cell prints text; end it in show, plot or say.")
    shown = [one.data for one in captured.outputs] + [one["data"] for one in last]
    if error is None and any(MIME not in data for data in shown):
        error = ReportError(
            "a cell displays something that the gate did not release; end it in show, plot or say."
        )
    cell.outputs = [new_output("display_data", data=dict(data)) for data in shown] if error is None else []
    return error


def _wait_for_threads(before: set[threading.Thread]) -> bool:
    """Let the threads that a cell started end, so that their errors count; True when one goes on."""
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        thread.join(_THREAD_SECONDS)
    return any(thread.is_alive() for thread in started)


def _error_output(error: BaseException) -> Any:
    """Only the class of an error, and the words of our own errors, which never quote a value."""
    from nbformat.v4 import new_output

    message = str(error) if isinstance(error, KitError) else ""
    name = "Exit" if isinstance(error, SystemExit) else type(error).__name__
    return new_output("error", ename=name, evalue=message, traceback=[])


def _ignore_traceback(*arguments: Any, **settings: Any) -> None:
    """IPython's tracebacks quote source and values; the build reports class and place instead."""


def _watch_threads() -> list[BaseException]:
    """Errors of threads, which would otherwise pass in silence."""
    lost: list[BaseException] = []

    def keep(arguments: Any) -> None:
        lost.append(arguments.exc_value or RuntimeError("thread"))

    threading.excepthook = keep
    return lost


def record_reads(*below: str) -> Callable[[], list[str]]:
    """Note every file below some folders that this process opens from now on; the function returned tells which."""
    seen: set[str] = set()
    prefixes = tuple(folder.rstrip(os.sep) + os.sep for folder in below)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and arguments and isinstance(arguments[0], str):
            path = str(Path(arguments[0]).absolute())
            mode = arguments[1] if len(arguments) > 1 else "r"
            if path.startswith(prefixes) and (mode is None or "r" in str(mode)):
                seen.add(path)

    sys.addaudithook(hook)
    return lambda: sorted(path for path in seen if Path(path).is_file())
