"""Findings added to ``findings.yaml``: what is there stays character by character, and the whole must still hold."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.core.errors import JudgementError, ProjectError
from evaluation.judgement.drafting.cells import cited_evidence
from evaluation.judgement.drafting.proposals import Proposals
from evaluation.judgement.drafting.read import Decided
from evaluation.judgement.facts import check_evidence
from evaluation.judgement.findings import Evidence, Finding
from evaluation.judgement.store import FINDINGS_FILE, load_judgement

_KEY = re.compile(r"^(evidence|findings):[ \t]*(\[[ \t]*\])?[ \t]*(#.*)?$")
_TOP = re.compile(r"^[\w\"']")
_WORD = re.compile(r"[A-Za-z][\w.-]*")
_SPOKEN = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
"""Words that some readers of YAML take for something else; they are quoted."""


def append_decisions(text: str, decided: Decided) -> str:
    """The file's text with the evidence and the findings at the ends of their lists."""
    longer = _append(text, "evidence", decided.evidence)
    return _append(longer, "findings", decided.findings)


def check_appended(
    folder: Path, text: str, decided: Decided, proposals: Proposals, *, questions: Collection[str]
) -> None:
    """The folder with the new text in place of its findings holds as a whole, with nothing of the old lost.

    Raises ``JudgementError`` with every problem; the folder itself is only read.
    """
    before = load_judgement(folder, questions=questions)
    with TemporaryDirectory() as home:
        for path in folder.glob("*.yaml"):
            copyfile(path, Path(home) / path.name)
        (Path(home) / FINDINGS_FILE).write_text(text, encoding="utf-8", newline="")
        try:
            after = load_judgement(Path(home), questions=questions)
        except ProjectError:
            raise _other_layout() from None
    if (after.findings, after.evidence) != (
        (*before.findings, *decided.findings),
        (*before.evidence, *decided.evidence),
    ):
        raise _other_layout()
    cited = {piece for one in decided.findings for piece in cited_evidence(one)}
    pieces = tuple(piece for piece in after.evidence if piece.id in cited)
    problems = check_evidence(replace(after, evidence=pieces), proposals.register)
    if problems:
        raise JudgementError(
            f"judgement: {len(problems)} problem(s); correct the files and run again.\n" + "\n".join(problems)
        )


def _append(text: str, name: str, entries: Sequence[Evidence | Finding]) -> str:
    """The entries as the last ones of a list of the file, indented like those before them."""
    if not entries:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    head = next((place for place, one in enumerate(lines) if _names(one, name)), None)
    if head is None:
        raise _other_layout()
    last = _last_line(lines, head)
    dashes = (re.match(r"( *)- ", one) for one in lines[head + 1 : last + 1])
    indent = next((len(found[1]) for found in dashes if found), 2)
    written = [f"{line}{end}" for one in entries for line in _entry(one, indent)]
    lines[head] = re.sub(r"[ \t]*\[[ \t]*\]", "", lines[head], count=1) if last == head else lines[head]
    before = lines[: last + 1]
    before[-1] = before[-1] if before[-1].endswith("\n") else f"{before[-1]}{end}"
    return "".join([*before, *written, *lines[last + 1 :]])


def _names(line: str, name: str) -> bool:
    found = _KEY.match(line.rstrip("\r\n").removeprefix("\ufeff"))
    return bool(found and found[1] == name)


def _last_line(lines: Sequence[str], head: int) -> int:
    """The last line of a list: before the next key, without the comments and blank lines that lead up to it."""
    after = range(head + 1, len(lines))
    stop = next((place for place in after if _TOP.match(lines[place])), len(lines))
    return next(
        place for place in range(stop - 1, head - 1, -1) if lines[place].strip() and lines[place][0] != "#"
    )


def _entry(one: Evidence | Finding, indent: int) -> list[str]:
    content = one.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    body = _mapping(content, indent + 2)
    return [f"{' ' * indent}- {body[0].strip()}", *body[1:]]


def _mapping(content: Mapping[str, Any], indent: int) -> list[str]:
    lines = []
    for key, value in content.items():
        place = f"{' ' * indent}{_scalar(key)}:"
        if isinstance(value, Mapping):
            lines += [place, *_mapping(value, indent + 2)]
        elif isinstance(value, list):
            lines += [f"{place} [{', '.join(_scalar(one) for one in value)}]"]
        else:
            lines += [f"{place} {_scalar(value)}"]
    return lines


def _scalar(value: Any) -> str:
    """A word as it is; every other text quoted as JSON, which YAML reads as the same characters."""
    if isinstance(value, str) and _WORD.fullmatch(value) and value.lower() not in _SPOKEN:
        return value
    return json.dumps(value, ensure_ascii=False)


def _other_layout() -> JudgementError:
    return JudgementError(
        f"{FINDINGS_FILE}: nothing can be added without changing what is there; write the keys evidence: and "
        "findings: at the beginning of a line, each entry below them beginning with a dash."
    )
