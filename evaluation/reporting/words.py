"""Sentences and tables from released numbers: ``say`` and ``show``; neither accepts anything else."""

import html
import re

from evaluation.core.errors import ReportError, WordingError
from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.reporting.displays import Shown, decision_records, number_html, stored_records
from evaluation.reporting.layouts import layout_of
from evaluation.reporting.register import Entry
from evaluation.reporting.statements import Records
from evaluation.reporting.tables import tables_html
from evaluation.reporting.wording import load_wording

_TOKEN = re.compile(r"\{([^{}|]+)(?:\|([^{}]+))?\}")


def show(
    released: Released, *, language: str, layout: str = "", only: str = "", register: Records = ()
) -> Shown:
    """A table of released numbers or texts, in the layout of that name (default: the result's own id).

    ``only`` keeps the rows of one objective and of those below it, in the column that the layout names.
    ``register`` has the numbers that texts of evaluators cite.
    """
    _check_released(released)
    name = layout or released.id
    slug = name.replace("_", "-")
    markup, entries = tables_html(
        released, layout_of(name), slug=slug, language=language, only=only, register=register
    )
    return Shown("table", name, markup, entries, decision_records(released), stored_records(released))


def say(
    key: str, *released: Released, language: str, style: str = "", only: str = "", period: str = ""
) -> Shown:
    """A sentence of the wording table with its numbers filled in from released results.

    A placeholder names a row: ``{measure}``, ``{measure@level}`` or ``{measure@level@period}``, with
    ``:column`` for another column than the estimate and ``|noun`` for a counted noun. The level ``here`` stands
    for the objective given as ``only``, the period ``then`` for the one given as ``period``; ``{then}`` alone prints that period. A row that was
    not released as a number puts the whole sentence aside: the reason is said instead.
    """
    for one in released:
        _check_released(one)
    words = load_wording()
    template = words.text(key, language=language)
    entries: list[Entry] = []
    withheld = ""
    pieces, last = [], 0
    for match in _TOKEN.finditer(template):
        if match[1] == "then":
            pieces += [html.escape(template[last : match.start()]), html.escape(period)]
            last = match.end()
            continue
        source, row, column = _find_row(match[1], released, key=key, here=only, then=period)
        status = str(source.table.loc[row, "status"])
        if status != Status.OK:
            withheld = withheld or status
        text, entry = number_html(source, row, column, language=language, noun=match[2] or "")
        entries.append(entry)
        pieces += [html.escape(template[last : match.start()]), text]
        last = match.end()
    pieces.append(html.escape(template[last:]))
    sentence = "".join(pieces)
    if withheld:
        sentence = html.escape(words.text(f"sentence.{withheld}", language=language))
        entries = []
    class_of = style or "said"
    decisions = tuple(record for one in released for record in decision_records(one))
    witnesses = tuple(record for one in released for record in stored_records(one))
    markup = f'<p class="{class_of}">{sentence}</p>'
    return Shown("sentence", key, markup, tuple(entries), decisions, witnesses)


def _find_row(
    token: str, released: tuple[Released, ...], *, key: str, here: str, then: str
) -> tuple[Released, int, str]:
    """The one row that a placeholder names, among all results given."""
    selector, _, column = token.partition(":")
    measure, _, rest = selector.partition("@")
    level, _, period = rest.partition("@")
    level, period = here if level == "here" else level, then if period == "then" else period
    found = []
    for source in released:
        table = source.table
        chosen = table[table["measure"] == measure]
        if level:
            chosen = chosen[chosen["level"] == level]
        if period:
            chosen = chosen[chosen["period"] == period]
        found += [(source, int(label)) for label in chosen.index]
    if len(found) != 1:
        raise WordingError(
            f"sentence {key}: the placeholder {token} names {len(found)} rows, it must name one; "
            "add the level and the period, or pass the right result."
        )
    return found[0][0], found[0][1], column or "estimate"


def _check_released(released: object) -> None:
    if not isinstance(released, Released):
        raise ReportError(
            f"only what the gate released can be shown, not a {type(released).__name__}; "
            "pass it through evaluation.disclosure.release first."
        )
