"""How the figures of the baseline ledger are read together: themes, comparisons, words for its codes."""

from pathlib import Path

from pydantic import Field, model_validator

from evaluation.core.errors import StrategyError
from evaluation.core.provenance import Source, digest_file
from evaluation.core.status import Status
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.ledger import BASELINES, Ledger, LedgerId, ObjectiveCode
from evaluation.strategy.words import Definition, Text, check_unique, load_as

_FOLDER = "evaluation/strategy/baselines"


class Theme(Definition):
    """Figures of the ledger on one subject, and the table that they are shown in."""

    id: str
    table: str
    name: Text
    figures: tuple[LedgerId, ...] = Field(min_length=1)


class PeriodSide(Definition):
    """One period of a comparison: the counts that make its victims, the populations of its years."""

    period: str
    events: tuple[LedgerId, ...] = Field(min_length=1)
    population: tuple[LedgerId, ...] = Field(min_length=1)


class Comparison(Definition):
    """The same group of victims in two periods."""

    id: str
    label: Text
    earlier: PeriodSide
    later: PeriodSide


class Destinations(Definition):
    """The countries of the destination table, the total and the printed share that they are held against."""

    countries: tuple[LedgerId, ...] = Field(min_length=2)
    abroad: LedgerId
    share: LedgerId
    sum: Text
    all: Text
    difference: Text
    named: Text


class Beside(Definition):
    """What a fall in identified victims is read beside: a figure, or why there is none."""

    id: str
    label: Text
    figure: LedgerId | None = None
    status: Status | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _figure_or_reason(self) -> "Beside":
        if (self.figure is None) == (self.reason is None) or (self.reason is None) != (self.status is None):
            raise ValueError("give a figure, or else a status with its reason")
        return self


class GeneralGap(Definition):
    """A general objective without a figure of its own."""

    objective: ObjectiveCode
    reason: Text


class Grouping(Definition):
    """Everything that says how ledger figures are shown together."""

    themes: tuple[Theme, ...]
    comparisons: tuple[Comparison, ...]
    destinations: Destinations
    beside_a_fall: tuple[Beside, ...]
    general: tuple[GeneralGap, ...]
    words: dict[str, Text]

    def word(self, kind: str, code: str) -> Text:
        """The words of a code; a period without words of its own is shown as it is written."""
        found = self.words.get(f"{kind}.{code}")
        if found is None and kind == "period":
            return Text(ro=code, en=code)
        if found is None:
            raise StrategyError(f"grouping.yaml: no words for {kind}.{code}; add them under words.")
        return found

    def theme_of(self) -> dict[str, Theme]:
        """The theme of every figure."""
        return {figure: theme for theme in self.themes for figure in theme.figures}


def load_grouping(ledger: Ledger, *, folder: Path = BASELINES) -> Grouping:
    """The grouping, complete for this ledger: every figure stands in exactly one theme."""
    grouping = load_as(Grouping, read_yaml(folder / "grouping.yaml"), file="grouping.yaml")
    check_unique((figure for theme in grouping.themes for figure in theme.figures), file="grouping.yaml")
    grouped, printed = set(grouping.theme_of()), {one.id for one in ledger.entries}
    if grouped != printed:
        names = ", ".join(sorted(grouped ^ printed))
        raise StrategyError(
            f"grouping.yaml: {names} not in exactly one of ledger and themes; add or remove there."
        )
    return grouping


def baseline_source(name: str, *, folder: Path = BASELINES) -> Source:
    """One of the baseline files as a source, with its digest: ledger, rules, gaps or grouping."""
    return Source(f"{_FOLDER}/{name}.yaml", digest_file(folder / f"{name}.yaml"))
