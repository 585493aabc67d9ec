"""The audit as an annex of the report that it judges."""

import html
from pathlib import Path

from evaluation.audit.answers import OtherAnswersError
from evaluation.audit.catalogue import load_catalogue, load_words
from evaluation.audit.page import shown_pointers, state_text
from evaluation.audit.run import Audit, audit_run
from evaluation.core.language import Language

ANSWERS = "audit_answers.yaml"
"""The file, in the folder of an assessment's judgement, that holds what a person answered."""


def audit_annex(folder: Path, *, answers: Path) -> dict[str, str]:
    """The annex of a report that is not sealed yet, by language: scores, then every check and where to look.

    Answers that were given to another version of the report count as not given: they are asked again.
    """
    try:
        found = audit_run(folder, answers=answers, draft=True)
    except OtherAnswersError:
        found = audit_run(folder, draft=True)
    return {language.value: annex_html(found, language.value) for language in Language}


def annex_html(audit: Audit, language: str) -> str:
    """The annex in one language."""
    words = {key: getattr(text, language) for key, text in load_words().page.items()}
    groups = load_catalogue().groups
    scores = [
        (
            getattr(groups[one.group], language) if one.group else words["all"],
            str(one.met),
            str(one.applicable),
        )
        for one in audit.scores()
    ]
    checks = [
        (
            one.check,
            getattr(load_catalogue().check(one.check).text, language),
            state_text(one, language),
            "\n".join(shown_pointers(one, language)) or "–",
        )
        for one in audit.outcomes
    ]
    head = (words["number"], words["check"], words["state"], words["pointers"])
    return (
        f"<p>{html.escape(words['intro'])}</p><p>{html.escape(words['printed'])}</p>"
        f"{_table('audit-scores', words['score'], (words['group'], words['met'], words['applicable']), scores)}"
        f"{_table('audit-checks', words['checks'], head, checks)}"
    )


def _table(slug: str, caption: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    cells = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in head)
    body = "".join(
        f'<tr><th scope="row">{html.escape(first)}</th>'
        + "".join(f"<td>{html.escape(one).replace(chr(10), '<br>')}</td>" for one in others)
        + "</tr>"
        for first, *others in rows
    )
    return (
        f'<div class="exhibit table" id="tab-{slug}"><table><caption><span class="exno" data-kind="table" '
        f'data-ref="tab-{slug}"></span> {html.escape(caption)}</caption>'
        f"<thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
    )
