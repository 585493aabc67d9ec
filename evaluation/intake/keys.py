"""The keys behind pseudonyms: one file a purpose, in a folder outside the project."""

import os
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.project import PACKAGE

KEYS = "SNITP_KEYS"
LEAST_BYTES = 32


def key_for(purpose: str, *shared: Path) -> bytes | None:
    """The key of a purpose: ``<purpose>.key`` in the folder that SNITP_KEYS names; None without that variable.

    The folder lies outside the project and outside the ``shared`` folders, or the key is refused; each purpose has a
    key of its own, so that codes of different data sets cannot be joined.
    """
    folder = os.environ.get(KEYS)
    if not folder:
        return None
    path = Path(folder) / f"{purpose}.key"
    if any(path.resolve().is_relative_to(one.resolve()) for one in (PACKAGE.parent, *shared)):
        raise IntakeError(
            f"{KEYS}: the folder of {purpose}.key lies inside the project, where files are shared; move it elsewhere."
        )
    key = path.read_bytes() if path.is_file() else b""
    if len(key) < LEAST_BYTES:
        raise IntakeError(
            f"{KEYS}: no {purpose}.key of {LEAST_BYTES} bytes or more in that folder; make one, for example with "
            f"'head -c {LEAST_BYTES} /dev/urandom', and keep it outside the project."
        )
    return key
