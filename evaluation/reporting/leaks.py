"""The last look before a report leaves: every byte of every file is scanned for people and machines."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from evaluation.core.errors import DisclosureError


def check_leaks(files: list[Path]) -> None:
    """No file holds a national number, telephone, e-mail, account, path or user name beyond those allowed."""
    from evaluation.disclosure.scan import scan_file

    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=multiprocessing.get_context("fork")) as pool:
        leaks = [leak for found in pool.map(scan_file, files) for leak in found]
    if leaks:
        first = leaks[0]
        more = f" and {len(leaks) - 1} more" if len(leaks) > 1 else ""
        raise DisclosureError(
            f"{first.file}, {first.place}: {first.kind}{more}; remove it at its source, nothing was published."
        )
