"""The questionnaires and what is wrong with them, as tables for readers."""

from gettext import gettext as _
from gettext import ngettext
from typing import Any

import click

from evaluation.cli.language import current_language, later
from evaluation.cli.output import write_table

Record = dict[str, Any]
_STATUSES = {
    "draft": later("draft"),
    "reviewed": later("reviewed by experts"),
    "piloted": later("piloted"),
    "experimental": later("experimental"),
    "": later("unreadable"),
}
_SEVERITIES = {"error": later("error"), "warning": later("warning")}


def print_list(records: list[Record]) -> None:
    """The questionnaires, a row each."""
    language = current_language()
    rows = [
        (
            one["name"],
            one["audience"][language],
            one["version"],
            _status(one["validation"]),
            ", ".join(one["measures"]),
        )
        for one in records
    ]
    note = ngettext("{n} questionnaire", "{n} questionnaires", len(rows)).format(n=len(rows))
    headings = [_("Name"), _("Audience"), _("Version"), _("Status"), _("Measures")]
    write_table(headings, rows, note=note, fixed=(2,))
    warn_of_states([one["validation"] for one in records])


def print_check(records: list[Record]) -> None:
    """The findings of each questionnaire, then a row each with what was counted."""
    language = current_language()
    for record in records:
        rows = [
            (
                _severity(one["severity"]),
                one["place"],
                f"{one['problem'][language]}. {one['remedy'][language]}",
            )
            for one in record["findings"]
        ]
        if rows:
            write_table(
                [_("Severity"), _("Place"), _("Problem and remedy")], rows, title=record["name"], fixed=(0,)
            )
    summary = [
        (
            one["name"],
            _status(one["validation"]),
            str(one["errors"]),
            str(one["warnings"]),
            str(one["sources_to_check"]),
        )
        for one in records
    ]
    headings = [_("Name"), _("Status"), _("Errors"), _("Warnings"), _("Sources to check")]
    note = ngettext("{n} questionnaire", "{n} questionnaires", len(records)).format(n=len(records))
    write_table(headings, summary, note=note, fixed=(2, 3, 4))
    warn_of_states([one["validation"] for one in records])


def warn_of_states(statuses: list[str]) -> None:
    """Drafts and experimental questionnaires are called so wherever they are shown."""
    drafts = statuses.count("draft")
    if drafts:
        text = ngettext(
            "DRAFT: the questionnaire has not yet been reviewed by experts.",
            "DRAFT: {n} questionnaires have not yet been reviewed by experts.",
            drafts,
        )
        click.echo(text.format(n=drafts), err=True)
    tried = statuses.count("experimental")
    if tried:
        text = ngettext(
            "EXPERIMENTAL: the questionnaire is not validated; its scores describe groups, not persons.",
            "EXPERIMENTAL: {n} questionnaires are not validated; their scores describe groups, not persons.",
            tried,
        )
        click.echo(text.format(n=tried), err=True)


def _status(validation: str) -> str:
    """How far a questionnaire has been examined; empty stands for one that cannot be read."""
    text = _STATUSES[validation]
    return _(text)


def _severity(severity: str) -> str:
    text = _SEVERITIES[severity]
    return _(text)
