"""Definitions of the monitoring analysis: words of its codes, checks with thresholds, detection, baseline links."""

from pathlib import Path

from pydantic import Field

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.ledger import BASELINES
from evaluation.strategy.words import Definition, Text, check_unique, load_as

HERE = Path(__file__).resolve().parent


class Check(Definition):
    """One check of plausibility: what it looks at, its threshold with the reason, the question it leads to."""

    id: str
    name: Text
    question: Text
    threshold: float = 0.0
    least: float = 0.0
    reason: Text


class Role(Definition):
    """Indicators that play one part when identified victims are read."""

    id: str
    indicators: tuple[str, ...] = Field(min_length=1)
    reason: Text


class BaselineLink(Definition):
    """A printed figure that is the same quantity as an indicator, or near enough to be set beside it."""

    indicator: str
    ledger: str
    why: Text
    limits: Text


class BaselineLinks(Definition):
    """The links, and the reason that holds for every other indicator."""

    links: tuple[BaselineLink, ...] = ()
    none: Text
    starting_value: Text


class Definitions(Definition):
    """Everything the monitoring functions take as given."""

    terms: dict[str, dict[str, Text]]
    checks: tuple[Check, ...]
    money_shares: tuple[str, ...]
    detection: tuple[Role, ...]
    baselines: BaselineLinks

    def check(self, check_id: str) -> Check:
        """The check of an id."""
        return next(one for one in self.checks if one.id == check_id)


class _Terms(Definition):
    terms: dict[str, dict[str, Text]]


class _Checks(Definition):
    checks: tuple[Check, ...]


class _Detection(Definition):
    roles: tuple[Role, ...]


class _Values(Definition):
    money_shares: tuple[str, ...]
    reason: Text


def load_definitions(folder: Path = HERE, *, baselines: Path = BASELINES) -> Definitions:
    """The definition files of this folder and the links to the baseline ledger."""
    checks = load_as(_Checks, read_yaml(folder / "checks.yaml"), file="checks.yaml").checks
    check_unique((one.id for one in checks), file="checks.yaml")
    name = "indicator_baselines.yaml"
    return Definitions(
        terms=load_as(_Terms, read_yaml(folder / "terms.yaml"), file="terms.yaml").terms,
        checks=checks,
        money_shares=load_as(_Values, read_yaml(folder / "values.yaml"), file="values.yaml").money_shares,
        detection=load_as(_Detection, read_yaml(folder / "detection.yaml"), file="detection.yaml").roles,
        baselines=load_as(BaselineLinks, read_yaml(baselines / name), file=name),
    )
