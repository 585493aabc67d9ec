"""YAML as text: every scalar stays the characters that were typed; duplicate keys are refused."""

from pathlib import Path
from typing import Any

from evaluation.core.errors import ProjectError


def read_yaml(path: Path) -> Any:
    """Content of a YAML file with all scalars as text.

    Text, so that ``NO``, ``010`` and ``12:30`` arrive as typed; the definitions' models turn them into
    numbers and dates where a field says so. A key given twice is an error, because one of the two values
    would be lost silently.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if not path.is_file():
        raise ProjectError(f"{path.name}: the file is missing; restore it from the kit's repository.")
    try:
        with path.open(encoding="utf-8") as handle:
            return YAML(typ="base").load(handle)
    except UnicodeDecodeError:
        raise ProjectError(f"{path.name}: not UTF-8; save the file in that encoding and run again.") from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        problem = (getattr(error, "problem", None) or "not valid YAML").split(" with value")[0]
        raise ProjectError(f"{path.name}{line}: {problem}; correct the file and run again.") from None
