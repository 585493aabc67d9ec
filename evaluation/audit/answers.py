"""The answers of a person to the asked checks: stored once, with name and date, for one report."""

from datetime import date
from pathlib import Path

from pydantic import Field

from evaluation.audit.catalogue import load_catalogue
from evaluation.core.errors import AuditError, StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, load_as

YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"


class OtherAnswersError(AuditError):
    """The answers were given to another version of the report."""


class Answer(Definition):
    """What a person answered, who, and when; ``note`` says why."""

    answer: str
    name: str
    date: date
    note: str = ""


class Answers(Definition):
    """The answers for the report that was built from certain inputs."""

    report: str
    answers: dict[str, Answer] = Field(default_factory=dict)


def load_answers(path: Path, *, report: str) -> Answers:
    """The stored answers; a file that is not there is an empty one, one for another report is refused."""
    if not path.is_file():
        return Answers(report=report)
    try:
        found = load_as(Answers, read_yaml(path), file=path.name)
    except StrategyError as error:
        raise AuditError(str(error)) from None
    if found.report != report:
        raise OtherAnswersError(
            f"{path.name}: the answers are for another report; read this one and answer again."
        )
    asked = {one.id for one in load_catalogue().checks if one.asked}
    for name, one in found.answers.items():
        if name not in asked:
            raise AuditError(f"{path.name}, {name}: no check that asks a person; remove the answer.")
        if one.answer not in (YES, NO, NOT_APPLICABLE) or not one.name:
            raise AuditError(f"{path.name}, {name}: give yes, no or not_applicable, and a name.")
    return found


def add_answer(answers: Answers, check: str, answer: str, *, name: str, day: date, note: str = "") -> Answers:
    """The answers with one more; an earlier one to the same check is replaced."""
    one = Answer(answer=answer, name=name, date=day, note=note)
    return Answers(report=answers.report, answers={**answers.answers, check: one})


def save_answers(answers: Answers, path: Path) -> None:
    """Write the answers as YAML."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 110
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as handle:
        writer.dump(answers.model_dump(mode="json"), handle)
