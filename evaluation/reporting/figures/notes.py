"""What a picture says in words: the reasons for missing numbers, the breaks in a series, and the text alternative."""

import re
from collections import Counter
from math import isnan

from evaluation.core.errors import WordingError
from evaluation.core.status import Status
from evaluation.reporting.figures.chain_words import outline
from evaluation.reporting.figures.definitions import TOKEN
from evaluation.reporting.figures.marks import Drawing, Mark, same_value, unique
from evaluation.reporting.numbers import join_words
from evaluation.reporting.wording import load_wording

NO_NUMBER = "×"
ABSENT = "–"
_BY_PERIOD = ("timeline", "progress", "deadlines", "completeness_map")
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
    years = [f"{year} ({name})" if name else year for year, name in absent_years(drawing)]
    return [f"{ABSENT} {drawing.word('figure.absent')}: {', '.join(years)}"] if years else []


def absent_years(drawing: Drawing) -> list[tuple[str, str]]:
    """Years between the first and the last of a line that no row stands for; the line's name where it has one."""
    main = [mark for mark in drawing.marks if mark.headline]
    if drawing.definition.kind != "series" or not all(_YEAR.fullmatch(one.period) for one in main):
        return []
    found = []
    for name in [""] if drawing.definition.headline else unique([one.series for one in main]):
        years = {int(one.period) for one in main if name in ("", one.series)}
        found += [
            (str(year), name)
            for year in range(min(years, default=0), max(years, default=0))
            if year not in years
        ]
    return found


def interval_line(drawing: Drawing) -> list[str]:
    """What the thin lines are, with their level where all rows name the same one."""
    rows = [mark.row for mark in drawing.marks if mark.bounded]
    levels = set(drawing.released.table.loc[rows, "ci_level"].dropna())
    if not rows:
        return []
    if len(levels) != 1:
        return [f"{drawing.word('figure.interval')}."]
    level = drawing.number(round(100 * levels.pop(), 6), quantity="percent")
    return [f"{drawing.word('figure.interval_level')} {level}."]


def break_lines(drawing: Drawing) -> list[str]:
    """One line a break in the series, by the letter that stands at its dotted line."""
    return [f"{letter}) {period}: {words}" for letter, period, words in breaks_of(drawing)]


def breaks_of(drawing: Drawing) -> list[tuple[str, str, str]]:
    """Letter, first period after the break, and the words of it."""
    found: dict[str, str] = {}
    for mark in drawing.marks:
        if mark.broken:
            found.setdefault(mark.period, mark.broken)
    ordered = sorted(found.items()) if all(_YEAR.fullmatch(one) for one in found) else list(found.items())
    return [
        (chr(ord("a") + number), period, words.removeprefix(f"{period}: "))
        for number, (period, words) in enumerate(ordered)
    ]


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
    missing = [line[2:] for line in [*missing_lines(drawing), *absent_line(drawing)]]
    extra = [f"{drawing.word('figure.missing')} {'; '.join(missing)}."] if missing else []
    breaks = [f"{period}: {words.rstrip('.')}" for _, period, words in breaks_of(drawing)]
    extra += [f"{drawing.word('figure.break')} {'; '.join(breaks)}."] if breaks else []
    extra += [f"{line}." for line in _state_lines(drawing)]
    bounds = unique([line for one in (drawing, *drawing.beside) for line in interval_line(one)])
    chain = outline(drawing) if drawing.definition.kind == "chain" else []
    return " ".join([sentence, *chain, *bounds, *extra])


def _state_lines(drawing: Drawing) -> list[str]:
    """How many rows are in each state, or changed in each way, where the picture says it in words."""
    if drawing.definition.kind not in ("progress", "deadlines"):
        return []
    found = []
    for one in (drawing, *drawing.beside):
        counts = Counter(mark.series for mark in one.marks if mark.series)
        if counts:
            words = [f"{word}: {one.number(count, quantity='count')}" for word, count in counts.items()]
            periods = unique([mark.period for mark in one.marks]) if one is not drawing else []
            found.append(": ".join([*(periods if len(periods) == 1 else []), "; ".join(words)]))
    return found


def _places(drawing: Drawing, marks: list[Mark]) -> str:
    if drawing.definition.kind == "series":
        several = len({mark.series for mark in drawing.marks if mark.headline}) > 1
        return "; ".join(
            f"{mark.period} ({mark.series})"
            if mark.series and (several or not mark.headline)
            else mark.period
            for mark in marks
        )
    by_label: dict[str, list[str]] = {}
    for mark in marks:
        part = mark.period if drawing.definition.kind in _BY_PERIOD else mark.series
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
    found = [mark for mark in drawing.marks if _is_named(drawing, mark, name, rest)]
    if len(found) != 1:
        raise _bad(drawing, token, f"names {len(found)} rows of the picture, it must name one")
    return _words(drawing, found, column, noun, token=token)


def _is_named(drawing: Drawing, mark: Mark, measure: str, rest: str) -> bool:
    level, _, period = rest.partition("@")
    line = drawing.released.table.loc[mark.row]
    wanted = {"measure": measure, "level": level, "period": period}
    return all(not value or line[column] == value for column, value in wanted.items())


def _extreme(drawing: Drawing, name: str, rest: str, token: str) -> list[Mark]:
    """The first, last, least or greatest marks with a number; all of them where several are equal."""
    table = drawing.released.table
    marks = [one for one in drawing.marks if one.shown and one.headline and _is_named(drawing, one, "", rest)]
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
    if not isinstance(value, float) or isnan(value):
        return drawing.word(f"status.{Status.NOT_APPLICABLE}")
    quantity = drawing.quantity if column in ("ci_low", "ci_high") else "count"
    return _counted(drawing, drawing.number(value, quantity=quantity), value, noun)


def _counted(drawing: Drawing, text: str, value: float, noun: str) -> str:
    return f"{text} {load_wording().counted(noun, value, language=drawing.language)}" if noun else text


def _bad(drawing: Drawing, token: str, problem: str) -> WordingError:
    return WordingError(
        f"figures.yaml: {drawing.definition.name}, alt: the placeholder {token} {problem}; change it."
    )
