"""The typed parameters of a chapter; they are checked before papermill writes them as code."""

import ast
import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evaluation.core.errors import ReportError

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


class ChapterParameters(BaseModel):
    """What a chapter may be told; anything else is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    assessment: str = "interim-2026"
    language: Literal["ro", "en"] = "ro"
    objective: str = Field(default="1", pattern=r"^[1-9]$")


def check_parameters(notebook: Any, given: dict[str, Any], *, chapter: str) -> dict[str, Any]:
    """The parameters to inject, after comparing schema, notebook and call.

    Exactly one cell is tagged ``parameters``, it assigns only names of the schema, and every given value
    has the schema's type.
    """
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise ReportError(
            f"chapter {chapter}: {len(cells)} cells are tagged parameters; exactly one must be."
        )
    defaults = _read_defaults(cells[0].source, chapter=chapter)
    unknown = sorted(set(given) - set(ChapterParameters.model_fields))
    unknown += sorted(name for name in given if not _IDENTIFIER.fullmatch(name) and name not in unknown)
    if unknown:
        raise ReportError(
            f"chapter {chapter}: unknown parameter {', '.join(unknown)}; see the chapter's first cell."
        )
    absent = sorted(set(given) - set(defaults))
    if absent:
        raise ReportError(
            f"chapter {chapter}: has no parameter {', '.join(absent)}; add it to the parameters cell."
        )
    try:
        chosen = ChapterParameters.model_validate({**defaults, **given})
    except ValidationError as error:
        names = ", ".join(sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]}))
        raise ReportError(f"chapter {chapter}: parameter {names} has a wrong name, type or value.") from None
    return {name: value for name, value in chosen.model_dump().items() if name in given}


def _read_defaults(source: str, *, chapter: str) -> dict[str, Any]:
    defaults = {}
    for node in ast.parse(source).body:
        if not (
            isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
        ):
            raise ReportError(f"chapter {chapter}: the parameters cell may only hold plain assignments.")
        try:
            defaults[node.targets[0].id] = ast.literal_eval(node.value)
        except ValueError:
            raise ReportError(
                f"chapter {chapter}: parameter {node.targets[0].id} needs a plain value as default."
            ) from None
    return defaults
