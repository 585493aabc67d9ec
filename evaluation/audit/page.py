"""The audit as a short page in one language and as plain records."""

import html
from typing import Any

from evaluation.audit.catalogue import load_catalogue, load_words
from evaluation.audit.outcome import Outcome, Pointer
from evaluation.audit.run import Audit

_MOST = 5
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold}"
    "th,td{border-bottom:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
)


def pointer_text(pointer: Pointer, language: str) -> str:
    """Where to look and what is wrong there, in one line."""
    problem: str = getattr(load_words().problems[pointer.problem], language)
    return f"{pointer.file}, {pointer.place}: {problem.replace('{detail}', pointer.detail)}"


def state_text(outcome: Outcome, language: str) -> str:
    """The state in words, with who answered and when."""
    words: str = getattr(load_words().states[outcome.state.value], language)
    return f"{words} ({outcome.name}, {outcome.date})" if outcome.name else words


def audit_records(audit: Audit) -> dict[str, Any]:
    """The audit as plain values, for JSON: scores, and for each check its state with every pointer."""
    return {
        "report": audit.report,
        "assessment": audit.assessment,
        "scores": [
            {"group": one.group or "all", "met": one.met, "applicable": one.applicable}
            for one in audit.scores()
        ],
        "checks": [
            {
                "id": one.check,
                "state": one.state.value,
                "answer": one.answer,
                "name": one.name,
                "date": one.date,
                "pointers": [
                    {
                        "file": pointer.file,
                        "place": pointer.place,
                        "problem": pointer.problem,
                        "detail": pointer.detail,
                    }
                    for pointer in one.pointers
                ],
            }
            for one in audit.outcomes
        ],
    }


def audit_page(audit: Audit, language: str) -> str:
    """A page without script: the scores by group, then every check with its first pointers."""
    words = {key: getattr(text, language) for key, text in load_words().page.items()}
    title = html.escape(words["title"])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n<body><main>'
        f"<h1>{title}</h1><p>{html.escape(words['intro'])}</p>\n"
        f"{_scores(audit, language, words)}\n{_checks(audit, language, words)}</main></body></html>\n"
    )


def _scores(audit: Audit, language: str, words: dict[str, str]) -> str:
    groups = load_catalogue().groups
    rows = [
        (getattr(groups[one.group], language) if one.group else words["all"], one.met, one.applicable)
        for one in audit.scores()
    ]
    return _table(words["score"], (words["group"], words["met"], words["applicable"]), rows)


def _checks(audit: Audit, language: str, words: dict[str, str]) -> str:
    rows = [
        (
            f"{one.check} {getattr(load_catalogue().check(one.check).text, language)}",
            state_text(one, language),
            "\n".join(shown_pointers(one, language)),
        )
        for one in audit.outcomes
    ]
    return _table(words["check"], (words["check"], words["state"], words["pointers"]), rows)


def shown_pointers(outcome: Outcome, language: str) -> list[str]:
    """The first pointers of a check in words, and how many more there are."""
    lines = [pointer_text(one, language) for one in outcome.pointers[:_MOST]]
    more = len(outcome.pointers) - _MOST
    if more > 0:
        lines.append(getattr(load_words().page["more"], language).replace("{count}", str(more)))
    return lines


def _table(caption: str, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    cells = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in head)
    body = ""
    for first, *others in rows:
        tail = "".join(f"<td>{html.escape(str(one)).replace(chr(10), '<br>')}</td>" for one in others)
        body += f'<tr><th scope="row">{html.escape(str(first))}</th>{tail}</tr>\n'
    return f"<table><caption>{html.escape(caption)}</caption><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
