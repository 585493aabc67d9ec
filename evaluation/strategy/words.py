"""Building blocks of the definition files: text in two languages, strict models, sentences for errors."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from evaluation.core.errors import StrategyError

Model = TypeVar("Model", bound=BaseModel)


class Definition(BaseModel):
    """A definition read from a file: unknown fields are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Definition):
    """A text in Romanian and in English; both are always there."""

    ro: str
    en: str

    @model_validator(mode="after")
    def _complete(self) -> "Text":
        if not self.ro or not self.en:
            raise ValueError("the text is missing in one of the two languages")
        return self


class PlacedText(Text):
    """A text with the lines of the act that it stands on."""

    lines: str = ""


class Misprint(Definition):
    """An obvious misprint that the transcription keeps, and how it is read."""

    printed: str
    read: str


def load_as(model: type[Model], content: Any, *, file: str) -> Model:
    """One definition from a file's content; a problem names the file and the place, never the value."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "top level"
        more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise StrategyError(
            f"{file}, {place}: {first['msg'].lower()}{more}; correct the file and run again."
        ) from None


def check_unique(ids: Iterable[str], *, file: str) -> None:
    """No id is given twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise StrategyError(f"{file}: the id {one} is given twice; ids never repeat and never change.")
        seen.add(one)
