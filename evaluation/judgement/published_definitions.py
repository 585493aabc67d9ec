"""The definitions and baselines behind a published report, frozen as digests, so that a later report can prove them equal."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.project import Project
from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.plan_data import LINKS
from evaluation.judgement.published import NUMBERS
from evaluation.judgement.published_errata import ERRATA
from evaluation.strategy.definitions import load_definitions, workbench_sources
from evaluation.strategy.frame import load_assessments, plan_sources
from evaluation.strategy.ledger import BASELINES, load_ledger
from evaluation.strategy.plan import Indicator, Plan
from evaluation.strategy.words import Definition, check_unique, load_as

PUBLISHED = "published"
DEFINITIONS = "definitions.yaml"
DEFINING = (
    "id", "name", "type", "unit", "direction", "numerator", "denominator", "periods", "stages", "frequency",
    "disaggregation", "status", "target",
)  # fmt: skip
"""The fields of a card that define the indicator; a better translation or a note changes none of them."""
_MARK = "DATE SINTETICE / SYNTHETIC DATA"


class FrozenCard(Definition):
    """Digests of an indicator's card, of the evaluators' definition and of its baseline; empty where there is none."""

    id: str
    card: str
    definition: str = ""
    ledger: str = ""
    baseline: str = ""


class FrozenDefinitions(Definition):
    """What a published report stood on: the run, the plan and every indicator of the plan."""

    assessment: str
    run: str
    kit_version: str
    inputs_digest: str
    plan: str
    synthetic: bool = False
    indicators: tuple[FrozenCard, ...]

    @property
    def by_id(self) -> dict[str, FrozenCard]:
        """The cards by the indicator's id."""
        return {one.id: one for one in self.indicators}


@dataclass(frozen=True, slots=True)
class Run:
    """What the manifest of a sealed run says of it."""

    assessment: str
    name: str
    kit_version: str
    inputs_digest: str
    synthetic: bool


def earlier_assessment(assessment: str) -> str:
    """The assessment whose data end last before those of another; an empty text where there is none.

    >>> earlier_assessment("final-2028"), earlier_assessment("interim-2026")
    ('interim-2026', '')
    """
    ends = {one.id: one.data_cutoff for one in load_assessments()}
    before = [one for one, end in ends.items() if end < ends[assessment]]
    return max(before, key=lambda one: ends[one], default="")


def freeze_cards(plan: Plan) -> tuple[FrozenCard, ...]:
    """The digests of every indicator of a plan as its files stand today, in the plan's order."""
    definitions = {one.indicator: digest_of(one.model_dump(mode="json")) for one in load_definitions()}
    baselines = _baselines()
    return tuple(
        FrozenCard(
            id=card.id,
            card=digest_card(card),
            definition=definitions.get(card.id, ""),
            ledger=baselines.get(card.id, ("", ""))[0],
            baseline=baselines.get(card.id, ("", ""))[1],
        )
        for measure in plan.measures
        for card in measure.indicators
    )


def digest_card(card: Indicator) -> str:
    """SHA-256 over the fields that define the indicator, in Romanian, which is the language of the act."""
    dumped = card.model_dump(mode="json", include=set(DEFINING))
    return digest_of({name: dumped[name] for name in DEFINING})


def digest_of(content: Any) -> str:
    """SHA-256 of a definition without its English texts and without what is empty, so that a new field changes nothing."""
    text = json.dumps(_bare(content), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def definition_sources(plan_id: str) -> tuple[Source, ...]:
    """The files that are frozen: plan, evaluators' definitions, ledger and its links to indicators."""
    files = (BASELINES / "ledger.yaml", LINKS)
    ledger = (Source(f"evaluation/strategy/baselines/{one.name}", digest_file(one)) for one in files)
    workbench = (one for one in workbench_sources() if "/WB-" in one.file)
    return (*plan_sources(plan_id), *workbench, *ledger)


def published_sources(project: Project, assessment: str) -> tuple[Source, ...]:
    """What was kept of a published report, and its errata, as sources of what is printed from them."""
    home = project.judgement / assessment
    files = (home / PUBLISHED / DEFINITIONS, home / PUBLISHED / NUMBERS, home / ERRATA)
    return tuple(Source(project.relative(one), digest_file(one)) for one in files if one.is_file())


def changed_since(run_inputs: Mapping[str, str], plan_id: str) -> list[str]:
    """Definition files that are not those which a sealed run was built with."""
    return [one.file for one in definition_sources(plan_id) if run_inputs.get(one.file) != one.digest]


def frozen_text(run: Run, plan: Plan) -> str:
    """The file of frozen definitions: one line an indicator, in the plan's order."""
    head = {
        "assessment": run.assessment, "run": run.name, "kit_version": run.kit_version,
        "inputs_digest": run.inputs_digest, "plan": plan.head.id, "synthetic": str(run.synthetic).lower(),
    }  # fmt: skip
    lines = [f"# {_MARK}"] if run.synthetic else []
    lines += [f'{name}: "{value}"' for name, value in head.items()]
    lines.append("indicators:")
    for one in freeze_cards(plan):
        given = {name: value for name, value in one.model_dump().items() if value}
        lines.append("  - {" + ", ".join(f"{name}: {value}" for name, value in given.items()) + "}")
    return "\n".join(lines) + "\n"


def load_frozen(folder: Path) -> FrozenDefinitions:
    """The frozen definitions in the folder of a published report."""
    try:
        found = load_as(FrozenDefinitions, read_yaml(folder / DEFINITIONS), file=DEFINITIONS)
        check_unique((one.id for one in found.indicators), file=DEFINITIONS)
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    return found


def _baselines() -> dict[str, tuple[str, str]]:
    """Figure of the ledger and digest of figure and limits, by the indicator that it is set beside."""
    figures = {one.id: one.model_dump(mode="json") for one in load_ledger().entries}
    links = read_yaml(LINKS)["links"]
    return {one["indicator"]: (one["ledger"], digest_of([one, figures[one["ledger"]]])) for one in links}


def _bare(content: Any) -> Any:
    if isinstance(content, dict):
        kept = {name: _bare(value) for name, value in content.items() if name != "en"}
        return {name: value for name, value in kept.items() if value not in (None, "", [], {})}
    if isinstance(content, (list, tuple)):
        return [_bare(one) for one in content]
    return content
