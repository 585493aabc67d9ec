"""Errata: why a published number is another one when computed again; a difference without one is unexplained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import Field, model_validator

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.published import KEY, Compared, Outcome
from evaluation.strategy.words import Definition, Text, check_unique, load_as

ERRATA = "errata.yaml"
_WILD = set("*?[")


class Erratum(Definition):
    """Which numbers differ, why, who says so and since when.

    ``where`` gives parts of the key; ``*`` stands for any text. The result is named in full, and one more part, so
    that no line explains everything.
    """

    id: str = Field(pattern=r"^ER-\d{2,}$")
    where: dict[str, str]
    reason: Text
    who: str = Field(min_length=1)
    on: date
    synthetic: bool = False

    @model_validator(mode="after")
    def _narrow(self) -> "Erratum":
        if set(self.where) - set(KEY):
            raise ValueError("where names something that is no part of a number's key")
        named = [name for name, pattern in self.where.items() if not _WILD & set(pattern)]
        if "result" not in named or len(named) < 2:
            raise ValueError("where must name the result and one more part of the key without wildcards")
        return self

    def explains(self, compared: Compared) -> bool:
        """The difference is one of those that the line names."""
        return all(fnmatchcase(compared.place[name], pattern) for name, pattern in self.where.items())


class _Errata(Definition):
    errata: tuple[Erratum, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A comparison with the erratum that explains it, where there is one."""

    compared: Compared
    erratum: Erratum | None

    @property
    def unexplained(self) -> bool:
        """A published number that is not the same today, for a reason that nobody wrote down."""
        return self.erratum is None and self.compared.outcome in (Outcome.DIFFERENT, Outcome.MISSING)


def load_errata(folder: Path) -> tuple[Erratum, ...]:
    """The errata of a published assessment; without the file there are none."""
    path = folder / ERRATA
    if not path.is_file():
        return ()
    try:
        found = load_as(_Errata, read_yaml(path), file=ERRATA).errata
        check_unique((one.id for one in found), file=ERRATA)
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    return found


def kept_errata(errata: Sequence[Erratum], *, synthetic: bool) -> tuple[Erratum, ...]:
    """The errata that may explain a difference: invented ones only where the data are invented too."""
    return tuple(one for one in errata if synthetic or not one.synthetic)


def explain_differences(compared: Iterable[Compared], errata: Sequence[Erratum]) -> tuple[Explained, ...]:
    """Every comparison; the first erratum that names a difference explains it. A new number needs none."""
    return tuple(_explained(one, errata) for one in compared)


def unused_errata(explained: Iterable[Explained], errata: Sequence[Erratum]) -> tuple[str, ...]:
    """Errata that explain no difference of this comparison."""
    used = {one.erratum.id for one in explained if one.erratum is not None}
    return tuple(one.id for one in errata if one.id not in used)


def _explained(one: Compared, errata: Sequence[Erratum]) -> Explained:
    if one.outcome not in (Outcome.DIFFERENT, Outcome.MISSING):
        return Explained(one, None)
    return Explained(one, next((erratum for erratum in errata if erratum.explains(one)), None))
