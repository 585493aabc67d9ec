"""The codebook of an instrument's open answers: which codes there are, and what belongs to each."""

from functools import cache
from pathlib import Path

from evaluation.core.errors import InstrumentError
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.load import questionnaires
from evaluation.instruments.model import OpenCode
from evaluation.strategy.words import load_as

FILE = "codebook.yaml"
RESERVED = frozenset({"person", "wave", "item", "coder", "codes", "text"})


def load_codebook(name: str, folder: Path | None = None) -> dict[str, tuple[OpenCode, ...]]:
    """Codes by open item, in the order of the file; empty for an instrument without a codebook.

    A code given twice for one item stops the reading: its frequency would not be known.
    """
    return _read((folder or questionnaires()) / name / FILE, name)


@cache
def _read(path: Path, name: str) -> dict[str, tuple[OpenCode, ...]]:
    if not path.is_file():
        return {}
    found = {}
    for item, codes in read_yaml(path).items():
        read = tuple(load_as(OpenCode, one, file=f"{name}/{FILE}, {item}") for one in codes)
        if len({one.code for one in read}) < len(read):
            raise InstrumentError(f"{name}/{FILE}, {item}: a code is given twice; keep one of them.")
        if {one.code for one in read} & RESERVED:
            raise InstrumentError(f"{name}/{FILE}, {item}: a code has the name of a column; rename it.")
        found[item] = read
    return found
