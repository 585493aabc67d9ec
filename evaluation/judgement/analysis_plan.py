"""The plan of analysis: what was decided before the data, and whether it still holds."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.provenance import KIT_VERSION, digest_text
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.analysis_rules import rule_digests, rule_names
from evaluation.strategy.words import Definition, Model, Text, check_unique, load_as

PLAN_FILE = "analysis_plan.yaml"
DEVIATIONS_FILE = "deviations.yaml"
PLANNED_FILE = "planned_analyses.yaml"
DIGEST = r"^[0-9a-f]{64}$"


class PlannedChange(Definition):
    """The change of an outcome that matters, in the unit of its estimate; ``measures`` name it in the register."""

    outcome: Text
    measures: tuple[str, ...] = Field(min_length=1)
    value: float = Field(gt=0)
    unit: Text
    reason: Text


class RegisteredRule(Definition):
    """A rule and the digest of what it said on the day of registration."""

    id: str
    digest: str = Field(pattern=DIGEST)


class Planned(Definition):
    """What the evaluators write before they register: the main analyses, the changes that matter."""

    analyses: tuple[Text, ...] = Field(min_length=1)
    meaningful_changes: tuple[PlannedChange, ...] = ()


class AnalysisPlan(Planned):
    """The plan as registered; nothing in it changes afterwards, what is done otherwise is a deviation."""

    assessment: str
    registered_on: date
    registered_by: str = Field(min_length=1)
    kit_version: str
    synthetic: bool = False
    rules: tuple[RegisteredRule, ...] = Field(min_length=1)

    @property
    def digest(self) -> str:
        """SHA-256 of everything that the plan says; line breaks and comments of the file do not count."""
        return digest_text(json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False))

    @property
    def registered(self) -> dict[str, str]:
        """The registered digest of each rule."""
        return {one.id: one.digest for one in self.rules}


class Deviation(Definition):
    """Something done otherwise than planned; ``concerns`` is a rule, a finding, or ``analyses``.

    A deviation from a rule holds for one content of it, whose ``digest`` it gives: a further change needs a
    further row.
    """

    id: str = Field(pattern=r"^DEV-\d+$")
    concerns: str = Field(min_length=1)
    digest: str = Field(default="", pattern=rf"^$|{DIGEST}")
    planned: Text
    done: Text
    why: Text
    by: str = Field(min_length=1)
    on: date
    synthetic: bool = False


class _Deviations(Definition):
    deviations: tuple[Deviation, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> "_Deviations":
        check_unique((one.id for one in self.deviations), file=DEVIATIONS_FILE)
        return self


def load_analysis_plan(folder: Path, *, assessment: str) -> AnalysisPlan | None:
    """The registered plan in an assessment's folder; None where none was registered."""
    path = folder / PLAN_FILE
    if not path.is_file():
        return None
    plan = _load(AnalysisPlan, path)
    if plan.assessment != assessment:
        raise JudgementError(
            f"{PLAN_FILE}, assessment: the plan is that of another assessment; put it into that one's folder."
        )
    return plan


def load_deviations(folder: Path, *, plan: AnalysisPlan | None) -> tuple[Deviation, ...]:
    """The declared deviations from the plan; without a plan there is nothing to deviate from."""
    path = folder / DEVIATIONS_FILE
    if not path.is_file():
        return ()
    if plan is None:
        raise JudgementError(
            f"{DEVIATIONS_FILE}: there is no {PLAN_FILE} to deviate from; register the plan."
        )
    found = _load(_Deviations, path).deviations
    known = {"analyses", *plan.registered, *rule_names()}
    for one in found:
        place = f"{DEVIATIONS_FILE}, {one.id}"
        if one.concerns not in known and not one.concerns.startswith("F-"):
            raise JudgementError(
                f"{place}: concerns nothing of the plan; name a rule, a finding or analyses."
            )
        if one.concerns in known - {"analyses"} and not one.digest:
            raise JudgementError(
                f"{place}: a deviation from a rule gives the digest of its new content; add it."
            )
        if one.on < plan.registered_on:
            raise JudgementError(f"{place}: is older than the plan; correct the day.")
    return found


def register_plan(
    folder: Path,
    *,
    assessment: str,
    by: str,
    on: date,
    first_data_on: date | None,
    synthetic: bool,
) -> AnalysisPlan:
    """The plan made of what the evaluators wrote and of the rules as they are today; written once, never again.

    Refused where data arrived on that day or before: a plan made after a look at the data is no plan.
    """
    if (folder / PLAN_FILE).exists():
        raise JudgementError(
            f"{PLAN_FILE}: the plan is registered already and is not replaced; declare what changed in "
            f"{DEVIATIONS_FILE}."
        )
    if first_data_on is not None and on >= first_data_on:
        raise JudgementError(
            f"{PLAN_FILE}: the first data may have arrived on {first_data_on.isoformat()}; the plan must be "
            "older. Without one, the report says that the analyses were not registered in advance."
        )
    planned = _load(Planned, folder / PLANNED_FILE)
    plan = AnalysisPlan(
        assessment=assessment,
        registered_on=on,
        registered_by=by,
        kit_version=KIT_VERSION,
        synthetic=synthetic,
        analyses=planned.analyses,
        meaningful_changes=planned.meaningful_changes,
        rules=tuple(
            RegisteredRule(id=name, digest=one) for name, one in rule_digests(folder, assessment).items()
        ),
    )
    _write(plan, folder / PLAN_FILE)
    return plan


def analysis_plan_record(
    folder: Path, assessment: str, *, first_data_on: date | None, synthetic: bool
) -> dict[str, str]:
    """What the report's manifest keeps of the plan: its digest and the two days; empty without a plan.

    An invented plan does not count in a report that is not invented.
    """
    plan = load_analysis_plan(folder, assessment=assessment)
    if plan is None or (plan.synthetic and not synthetic):
        return {}
    return {
        "digest": plan.digest,
        "registered_on": plan.registered_on.isoformat(),
        "first_data_on": first_data_on.isoformat() if first_data_on else "",
    }


def _load(model: type[Model], path: Path) -> Model:
    try:
        return load_as(model, read_yaml(path), file=path.name)
    except StrategyError as error:
        raise JudgementError(str(error)) from None


def _write(plan: AnalysisPlan, path: Path) -> None:
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 118
    writer.indent(mapping=2, sequence=4, offset=2)
    with path.open("w", encoding="utf-8") as file:
        file.write("# DATE SINTETICE / SYNTHETIC DATA\n" if plan.synthetic else "")
        file.write(
            "# Registered by snitp register-plan; not to be edited: what changes is a row of deviations.yaml.\n"
        )
        writer.dump(_plain(plan.model_dump(mode="json")), file)


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's own facts first, the long lists after them."""
    facts = {name: one for name, one in content.items() if not isinstance(one, list)}
    return facts | dict(content)
