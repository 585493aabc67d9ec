"""What a picture says in words: the reasons for missing numbers, the breaks in a series, and the text alternative."""

import re

from evaluation.core.errors import WordingError
from evaluation.core.status import Status
from evaluation.reporting.figures.definitions import TOKEN
from evaluation.reporting.figures.marks import Drawing, Mark, same_value, unique
from evaluation.reporting.numbers import join_words
from evaluation.reporting.wording import load_wording
from evaluation.reporting.words import _find_row

NO_NUMBER = "×"
ABSENT = "–"
_YEAR = re.compile(r"(19|20)\d\d")


def missing_lines(drawing: Drawing) -> list[str]:
    """One line a reason, with the rows that have no number: a mark, the reason, where."""
    by_reason: dict[str, list[Mark]] = {}
    for mark in drawing.marks:
        if not mark.shown:
            by_reason.setdefault(mark.text, []).append(mark)
    return [f"{NO_NUMBER} {reason}: {_places(drawing, marks)}" for reason, marks in by_reason.items()]


def absent_line(drawing: Drawing) -> list[str]:
    """The years inside an annual series for which the data have no row at all."""
    years = absent_years(drawing)
    return [f"{ABSENT} {drawing.word('figure.absent')}: {', '.join(years)}"] if years else []


def absent_years(drawing: Drawing) -> list[str]:
    """Years between the first and the last of a series that no row stands for."""
    periods = {mark.period for mark in drawing.marks if mark.headline}
    if drawing.definition.kind != "series" or not all(_YEAR.fullmatch(one) for one in periods):
        return []
    years = sorted(int(one) for one in periods)
    return [str(year) for year in range(years[0], years[-1]) if str(year) not in periods]


def break_lines(drawing: Drawing) -> list[str]:
    """One line a break in the series, by the letter that stands at its dotted line."""
    return [f"{letter}  {period}: {words}" for letter, period, words in breaks_of(drawing)]


def breaks_of(drawing: Drawing) -> list[tuple[str, str, str]]:
    """Letter, first period after the break, and the words of it."""
    found: dict[str, str] = {}
    for mark in drawing.marks:
        if mark.broken:
            found.setdefault(mark.period, mark.broken)
    ordered = sorted(found.items()) if all(_YEAR.fullmatch(one) for one in found) else list(found.items())
    return [(chr(ord("a") + number), period, words) for number, (period, words) in enumerate(ordered)]


def text_alternative(drawing: Drawing) -> str:
    """What the picture shows, in a sentence with its numbers; then missing numbers and breaks.

    Placeholders are those of ``say``, and the rows that the picture itself knows: ``{first}``, ``{last}``,
    ``{min}``, ``{max}``, each also for one ``@level`` or ``@level@period``, with ``:label``, ``:period``,
    ``:series``, ``:interval`` or a number column after a colon; ``{rows}`` counts the marks. A suppressed row
    never takes part in them.
    """
    template = drawing.definition.alt[drawing.language]
    if not any(mark.shown for mark in drawing.marks):
        sentence = drawing.word("figure.empty")
    else:
        sentence = TOKEN.sub(lambda match: _fill(drawing, match[1], match[2] or ""), template)
    extra = [f"{line.removeprefix(f'{NO_NUMBER} ').removeprefix(f'{ABSENT} ')}." for line in _all_missing(drawing)]
    extra += [f"{drawing.word('figure.break')} {line[3:].rstrip('.')}." for line in break_lines(drawing)]
    if extra and any(not mark.shown for mark in drawing.marks):
        extra[0] = f"{drawing.word('figure.missing')} {extra[0]}"
    return " ".join([sentence, *extra])


def _all_missing(drawing: Drawing) -> list[str]:
    return [*missing_lines(drawing), *absent_line(drawing)]


def _places(drawing: Drawing, marks: list[Mark]) -> str:
    if drawing.definition.kind == "series":
        several = len({mark.series for mark in drawing.marks if mark.headline}) > 1
        return "; ".join(
            f"{mark.period} ({mark.series})" if mark.series and (several or not mark.headline) else mark.period
            for mark in marks
        )
    by_label: dict[str, list[str]] = {}
    for mark in marks:
        part = mark.period if drawing.definition.kind == "timeline" else mark.series
        by_label.setdefault(mark.label, []).extend([part] if part else [])
    return "; ".join(f"{label} ({', '.join(parts)})" if parts else label for label, parts in by_label.items())


def _fill(drawing: Drawing, token: str, noun: str) -> str:
    selector, _, column = token.partition(":")
    name, _, rest = selector.partition("@")
    if name == "rows":
        count = float(len(drawing.marks))
        return _counted(drawing, drawing.number(count, quantity="count"), count, noun)
    if name in ("first", "last", "min", "max"):
        return _words(drawing, _extreme(drawing, name, rest, token), column, noun, token=token)
    source, row, _ = _find_row(token, (drawing.released,), key=f"{drawing.definition.name}, alt")
    found = [mark for mark in drawing.marks if mark.row == row and source is drawing.released]
    if not found:
        raise _bad(drawing, token, "names a row that the picture does not show")
    return _words(drawing, found, column, noun, token=token)


def _extreme(drawing: Drawing, name: str, rest: str, token: str) -> list[Mark]:
    """The first, last, least or greatest marks with a number; all of them where several are equal."""
    level, _, period = rest.partition("@")
    table = drawing.released.table
    marks = [
        mark
        for mark in drawing.marks
        if mark.shown
        and mark.headline
        and (not level or table.loc[mark.row, "level"] == level)
        and (not period or table.loc[mark.row, "period"] == period)
    ]
    if not marks:
        raise _bad(drawing, token, "finds no row with a number")
    if name in ("first", "last"):
        if drawing.definition.kind in ("series", "timeline"):
            marks = sorted(marks, key=lambda one: str(table.loc[one.row, "period"]))
        return [marks[0] if name == "first" else marks[-1]]
    best = (min if name == "min" else max)(mark.value for mark in marks)
    return [mark for mark in marks if same_value(mark.value, best)]


def _words(drawing: Drawing, marks: list[Mark], column: str, noun: str, *, token: str) -> str:
    mark = marks[0]
    if column in ("label", "period", "series"):
        return join_words(unique([getattr(one, column) for one in marks]), language=drawing.language)
    if not mark.shown:
        return mark.text
    if column == "interval":
        return mark.interval or drawing.word("status.no_interval")
    if column in ("", "estimate"):
        return _counted(drawing, mark.text, mark.value, noun)
    if column not in drawing.released.table.columns:
        raise _bad(drawing, token, "asks for a column that is not there")
    value = drawing.released.table.loc[mark.row, column]
    if not isinstance(value, float) or value != value:
        return drawing.word(f"status.{Status.NOT_APPLICABLE}")
    quantity = drawing.quantity if column in ("ci_low", "ci_high") else "count"
    return _counted(drawing, drawing.number(value, quantity=quantity), value, noun)


def _counted(drawing: Drawing, text: str, value: float, noun: str) -> str:
    return f"{text} {load_wording().counted(noun, value, language=drawing.language)}" if noun else text


def _bad(drawing: Drawing, token: str, problem: str) -> WordingError:
    return WordingError(f"figures.yaml: {drawing.definition.name}, alt: the placeholder {token} {problem}; change it.")
