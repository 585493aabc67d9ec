"""Where a number comes from: files with digests, rows in and used, exclusions, method."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

KIT_VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Source:
    """One file behind a result; ``rows`` is a range such as ``2-235`` or a line such as ``513``."""

    file: str
    digest: str
    rows: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origin of a result, printed in the register beside every number.

    ``synthetic`` says that some of the data behind it are invented; it stays said in everything made of it.
    """

    sources: tuple[Source, ...]
    method: str
    rows_in: int
    rows_used: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    kit_version: str = KIT_VERSION
    synthetic: bool = False

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_used + sum(self.excluded.values()):
            raise ValueError("provenance: rows in must equal rows used plus rows excluded with a reason")


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
