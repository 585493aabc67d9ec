"""The rules that decide results, each with the digest of what it says today."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.provenance import Source, digest_file, digest_text
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.matrix import digest_matrix, load_matrix, matrix_beside
from evaluation.strategy.words import Definition, Text, check_unique, load_as

PACKAGE = Path(__file__).resolve().parents[1]
RULES = Path(__file__).resolve().parent / "frame" / "registered_rules.yaml"
MATRIX = "matrix"
MATRIX_NAME = Text(ro="Matricea de evaluare", en="Evaluation matrix")


class Rule(Definition):
    """One rule: the files that hold it, below the package, and its name."""

    id: str
    files: tuple[str, ...] = Field(min_length=1)
    name: Text


class RuleChange(Definition):
    """A rule that a version of the kit changed, from one content to another, and why."""

    rule: str
    version: str
    before: str
    after: str
    what: Text
    why: Text


class RuleList(Definition):
    """The rules that are registered, and the changes that versions of the kit brought to them."""

    rules: tuple[Rule, ...]
    changes: tuple[RuleChange, ...] = ()


@cache
def load_rules(file: Path = RULES) -> RuleList:
    """The list of rules; an id given twice is refused."""
    try:
        found = load_as(RuleList, read_yaml(file), file=file.name)
        check_unique((one.id for one in found.rules), file=file.name)
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    return found


def rule_digests(folder: Path, assessment: str, *, package: Path = PACKAGE) -> dict[str, str]:
    """The digest of the matrix in force for an assessment's folder and of every rule, as they are today."""
    found = {MATRIX: digest_matrix(load_matrix(assessment, file=matrix_beside(folder)))}
    return found | {one.id: digest_rule(one, package=package) for one in load_rules().rules}


def rule_names() -> dict[str, Text]:
    """The name of the matrix and of every rule."""
    return {MATRIX: MATRIX_NAME} | {one.id: one.name for one in load_rules().rules}


def digest_rule(rule: Rule, *, package: Path = PACKAGE) -> str:
    """SHA-256 of what the rule's files decide: numbers, names and lists, without words in two languages.

    Comments, line breaks and the order of fields do not count either; the order of a list does. A rule without a
    file stops.
    """
    paths = [path for pattern in rule.files for path in sorted(package.glob(pattern))]
    if not paths:
        raise JudgementError(f"{RULES.name}, {rule.id}: no file of this rule exists; correct its list.")
    content = {path.relative_to(package).as_posix(): _without_words(read_yaml(path)) for path in paths}
    return digest_text(json.dumps(content, sort_keys=True, ensure_ascii=False))


def rules_source() -> Source:
    """The list of rules as a source of a listing."""
    return Source(file=f"evaluation/judgement/frame/{RULES.name}", digest=digest_file(RULES))


def _without_words(content: Any) -> Any:
    """The content without its texts: mappings of two languages to words."""
    if isinstance(content, dict):
        return {name: _without_words(one) for name, one in content.items() if not _is_text(one)}
    if isinstance(content, list):
        return [_without_words(one) for one in content if not _is_text(one)]
    return content


def _is_text(content: Any) -> bool:
    return (
        isinstance(content, dict)
        and set(content) == {"ro", "en"}
        and all(isinstance(one, str) for one in content.values())
    )
