"""The registry of institutions: who is who in the plan, under whom, and under which printed names."""

from pathlib import Path

from pydantic import Field

from evaluation.core.errors import StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Definition, Text, check_unique, load_as

FRAME = Path(__file__).resolve().parent / "frame"


class NameMisprint(Definition):
    """A misprinted name and where it stands."""

    printed: str
    lines: str = ""
    read: str = ""


class Institution(Definition):
    """One institution or group; ``parent`` is the one through which the plan names it."""

    id: str
    abbreviation: str = ""
    name: Text
    parent: str = ""
    kind: str
    county_structure: bool = False
    aliases: tuple[str, ...] = ()
    misprints: tuple[NameMisprint, ...] = ()
    source_lines: tuple[str, ...] = ()
    in_abbreviation_list: bool
    note: str = ""


class Abbreviation(Definition):
    """One entry of the strategy's own list of abbreviations."""

    abbreviation: str
    ro: str
    en: str
    lines: str
    institution: str = ""
    note: str = ""


class Registry(Definition):
    """All institutions and the strategy's list of abbreviations."""

    registry: tuple[Institution, ...] = Field(min_length=1)
    abbreviations: tuple[Abbreviation, ...]

    def get(self, institution: str) -> Institution:
        """The institution of an id."""
        for one in self.registry:
            if one.id == institution:
                return one
        raise StrategyError(
            f"institution {institution}: not in the registry; see frame/institutions.yaml for the ids."
        )

    def label(self, institution: str) -> str:
        """The short name: the printed abbreviation, otherwise the Romanian name."""
        one = self.get(institution)
        return one.abbreviation or one.name.ro


def load_registry(file: Path = FRAME / "institutions.yaml") -> Registry:
    """The registry; every parent is itself in it."""
    registry = load_as(Registry, read_yaml(file), file=file.name)
    check_unique((one.id for one in registry.registry), file=file.name)
    known = {one.id for one in registry.registry}
    for one in registry.registry:
        if one.parent and one.parent not in known:
            raise StrategyError(f"{file.name}: {one.id} has a parent that is not in the registry; add it.")
    return registry


def check_institutions(plan: Plan, registry: Registry) -> None:
    """Every institution that a measure names is in the registry."""
    known = {one.id for one in registry.registry}
    for measure in plan.measures:
        for party in (*measure.responsible, *measure.support):
            unknown = [one for one in party.institutions if one not in known]
            if unknown:
                raise StrategyError(
                    f"measure {measure.code}: institution {', '.join(unknown)} is not in the registry; add it there."
                )
