"""Contribution analysis: for each general objective a chain with evidence per link, rivals and a verdict."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.findings import Judged, Review, Rival
from evaluation.judgement.grades import (
    Facts,
    Grade,
    compute_grade,
    final_grade,
    independent_sources,
    worst_grade,
)
from evaluation.judgement.wording_grade import check_sentence
from evaluation.judgement.words import judgement_entry, judgement_text
from evaluation.strategy.words import Definition, Text, load_as

LINKS = ("activity", "output", "outcome", "impact")


class Link(Definition):
    """One link: what should hold there and the evidence for it, possibly none."""

    level: Literal["activity", "output", "outcome", "impact"]
    claim: Text
    evidence: tuple[str, ...] = ()
    judged: Judged


class Chain(Definition):
    """The chain of one general objective; at least one rival explanation is examined."""

    objective: str = Field(pattern="^[1-5]$")
    assessment: str
    synthetic: bool = False
    links: tuple[Link, ...]
    rivals: tuple[Rival, ...]
    review: Review | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Chain":
        if tuple(link.level for link in self.links) != LINKS:
            raise ValueError("a chain has the links activity, output, outcome, impact, in this order")
        if not self.rivals:
            raise ValueError("the list of rival explanations may not be empty")
        return self


class _Chains(Definition):
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the chain allows to say: the grade of its weakest link, the grades of all, the sentence."""

    objective: str
    grade: Grade
    weakest: str
    links: dict[str, Grade]
    text: Text


def load_chains(path: Path) -> tuple[Chain, ...]:
    """The chains of an assessment, none where they are not written yet; one without a rival explanation is refused."""
    if not path.is_file():
        return ()
    try:
        return load_as(_Chains, read_yaml(path), file=path.name).chains
    except StrategyError as error:
        raise JudgementError(str(error)) from None


def judge_chain(chain: Chain, source_of: Mapping[str, str]) -> Verdict:
    """The verdict that the weakest link allows.

    A link without evidence is insufficient whatever was judged; otherwise the number of its independent
    sources (``source_of`` gives the source of each piece of evidence) limits the judged grade. A rival
    explanation that stays open limits the verdict to the grade of the words file.

    References
    ----------
    Mayne (2012), Evaluation 18, 270-280.
    """
    links: dict[str, Grade] = {link.level: link_grade(link, source_of) for link in chain.links}
    grade = worst_grade(links.values())
    weakest = next(level for level, one in links.items() if one is grade)
    if any(rival.standing == "open" for rival in chain.rivals):
        grade = worst_grade((grade, Grade(judgement_entry("contribution", "open_rival"))))
    template, name = judgement_text("contribution", "verdicts", grade.value), judgement_text("links", weakest)
    text = Text(
        ro=template.ro.format(objective=chain.objective, link=name.ro),
        en=template.en.format(objective=chain.objective, link=name.en),
    )
    return Verdict(chain.objective, grade, weakest, links, text)


def link_grade(link: Link, source_of: Mapping[str, str]) -> Grade:
    """The grade of one link: the lower of what its sources allow and what was judged."""
    sources = independent_sources(source_of[piece] for piece in link.evidence if piece in source_of)
    if not sources:
        return Grade.INSUFFICIENT
    computed = compute_grade(Facts(sources=len(sources))).grade
    return final_grade(computed, link.judged.grade, raised=link.judged.raised)


def chain_problems(
    chains: Iterable[Chain], *, objectives: Collection[str], source_of: Mapping[str, str]
) -> list[str]:
    """Objectives without a chain or with two, unknown evidence, claims above the grade of their link."""
    known = list(chains)
    found = [chain.objective for chain in known]
    problems = [
        f"objective {one}: {found.count(one)} chain(s) instead of one; write exactly one."
        for one in objectives
        if found.count(one) != 1
    ]
    return problems + [line for chain in known for line in _chain(chain, source_of)]


def _chain(chain: Chain, source_of: Mapping[str, str]) -> Iterator[str]:
    for link in chain.links:
        place = f"chain of objective {chain.objective}, {link.level}"
        for missing in (one for one in link.evidence if one not in source_of):
            yield f"{place}: the evidence {missing} does not exist; add it or correct the id."
        grade = link_grade(link, source_of)
        for language, words in (("ro", link.claim.ro), ("en", link.claim.en)):
            for phrase in check_sentence(words, language, grade):
                yield f"{place}: «{phrase.phrase}» ({language}) stands above the grade {grade.value}; reword it."
