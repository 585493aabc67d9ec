"""Indicators of an objective: the value of each year, and the change since the first year with its interval."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from evaluation.reporting.figures.canvas import (
    Scale,
    draw_cell,
    draw_line,
    lines_height,
    new_canvas,
    short_lines,
    write,
)
from evaluation.reporting.figures.key import Swatch
from evaluation.reporting.figures.marks import Drawing, Mark, unique
from evaluation.reporting.figures.notes import NO_NUMBER, interval_line
from evaluation.reporting.figures.states import cell_lines, difference_text
from evaluation.reporting.figures.style import GREY, INK, NAVY, PALE, SMALL, TEXT, WIDTH
from evaluation.reporting.numbers import PARTIAL

_LABEL, _READING, _TINY, _HEAD = 5.0, 2.55, 6.5, 1.35
_SHOWN = ("rate_ratio", "proportion_difference")
_MARKERS = ("o", "s", "D", "^")
_RATIOS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_FINE_RATIOS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change with the drawing it comes from and its place among the years."""

    source: Drawing
    mark: Mark
    number: int


@dataclass(frozen=True, slots=True)
class _Row:
    """One indicator: its lines, its values by year, its changes and how the last of them reads."""

    lines: list[str]
    values: dict[str, Mark]
    changes: list[_Change]
    reading: list[str]

    @property
    def section(self) -> str:
        """The scale that the changes stand on; none where there is no change to draw."""
        found = [one.mark.quantity for one in self.changes if one.mark.shown and one.mark.quantity in _SHOWN]
        return found[0] if found else ""

    @property
    def height(self) -> float:
        """Height of the row in cm."""
        changes = 0.42 * max(sum(one.mark.shown for one in self.changes), 1)
        longest = max(self.lines, self.reading, key=len)
        return max(lines_height(longest, size=SMALL), 0.62, changes) + 0.16


def draw_progress(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it: rows with a ratio, rows with a difference of shares, rows without either."""
    years = sorted(unique([one.period for one in drawing.marks]))
    rows = _rows(drawing)
    sections = [
        (name, part) for name in (*_SHOWN, "") if (part := [one for one in rows if one.section == name])
    ]
    heights = [_HEAD + sum(one.height for one in part) for name, part in sections]
    ends = unique([change.mark.period for row in rows for change in row.changes if change.mark.shown])
    figure, axes = new_canvas(height=sum(heights) + 0.1, foot=_foot(drawing, ends))
    top = 0.0
    for (name, part), height in zip(sections, heights, strict=True):
        _draw_section(axes, drawing, name, part, years=years, top=top)
        top += height
    return figure, list(drawing.marks)


def _rows(drawing: Drawing) -> list[_Row]:
    changes = [(other, mark) for other in drawing.beside for mark in other.marks]
    periods = sorted(unique([mark.period for _, mark in changes]))
    found = []
    for label in unique([one.label for one in drawing.marks]):
        own = [
            _Change(other, mark, periods.index(mark.period)) for other, mark in changes if mark.label == label
        ]
        own.sort(key=lambda one: one.number)
        values = {one.period: one for one in reversed(drawing.marks) if one.label == label}
        lines = short_lines(label, _LABEL - 0.25, size=SMALL, most=3)
        found.append(_Row(lines, values, own, _reading(own)))
    return found


def _reading(changes: Sequence[_Change]) -> list[str]:
    """The words for the last change that has a number, otherwise for the last one."""
    if not changes:
        return [""]
    last = ([one for one in changes if one.mark.shown] or list(changes))[-1]
    return short_lines(last.mark.series, _READING - 0.2, size=SMALL, most=3)


def _foot(drawing: Drawing, ends: Sequence[str]) -> list[str | Swatch]:
    lines = [line for one in drawing.beside for line in interval_line(one)]
    signs = (
        [Swatch(end, NAVY, marker=_MARKERS[number % 4]) for number, end in enumerate(sorted(ends))]
        if len(ends) > 1
        else []
    )
    return [*unique(lines), *signs]


def _columns(years: Sequence[str]) -> tuple[float, float]:
    """Width of a year's column, and where the scale begins."""
    width = 1.62 if len(years) <= 3 else 1.3
    return width, _LABEL + width * len(years) + 0.35


def _draw_section(
    axes: Axes, drawing: Drawing, name: str, rows: Sequence[_Row], *, years: Sequence[str], top: float
) -> None:
    width, left = _columns(years)
    scale = _scale(name, rows, left=left, width=WIDTH - _READING - 0.35 - left)
    head = top + _HEAD
    bottom = head + sum(one.height for one in rows)
    for number, year in enumerate(years):
        write(axes, _LABEL + width * (number + 0.5), head - 0.22, year, bold=True)
    write(axes, 0.1, top + 0.5, drawing.word(f"progress.{name or 'none'}"), side="left", colour=GREY)
    write(axes, WIDTH - _READING, head - 0.22, drawing.word("progress.reading"), side="left", bold=True)
    if scale:
        _draw_scale(axes, drawing, scale, name, head=head, bottom=bottom)
    draw_line(axes, (0.1, head), (WIDTH - 0.1, head), strong=True)
    for row in rows:
        middle = head + row.height / 2
        write(axes, 0.1, middle, "\n".join(row.lines), side="left")
        for number, year in enumerate(years):
            box = (_LABEL + width * number + 0.04, head + 0.06, width - 0.08, row.height - 0.12)
            _draw_value(axes, drawing, row.values.get(year), box)
        _draw_changes(axes, row, scale, middle=middle, left=left)
        head += row.height
        draw_line(axes, (0.1, head), (WIDTH - 0.1, head))


def _scale(name: str, rows: Sequence[_Row], *, left: float, width: float) -> Scale | None:
    if not name:
        return None
    shown = [one.mark for row in rows for one in row.changes if one.mark.shown and one.mark.quantity == name]
    ends = [end for one in shown for end in ((one.low, one.high) if one.bounded else (one.value,))]
    if name == "rate_ratio":
        low, high = min(0.8, *ends), max(1.25, *ends)
        return Scale(max(low, 0.1) / 1.06, min(high, 10.0) * 1.06, left, width, log=True)
    low, high = min(-0.02, *ends), max(0.02, *ends)
    room = (high - low) * 0.05
    return Scale(low - room, high + room, left, width)


def _draw_scale(axes: Axes, drawing: Drawing, scale: Scale, name: str, *, head: float, bottom: float) -> None:
    """Light lines with numbers above them; the line of no change is dark."""
    for value, text in _ticks(drawing, scale, name):
        place = scale.at(value)
        nothing = value == (1.0 if name == "rate_ratio" else 0.0)
        draw_line(axes, (place, head), (place, bottom), strong=nothing)
        write(axes, place, head - 0.22, text, bold=nothing)


def _ticks(drawing: Drawing, scale: Scale, name: str) -> list[tuple[float, str]]:
    if name == "rate_ratio":
        wide = scale.high / scale.low > 4
        values = [one for one in (_RATIOS if wide else _FINE_RATIOS) if scale.holds(one)]
        shown = [(one, _tick(drawing, one - 1, "relative_change")) for one in values]
    else:
        found = [round(float(one), 6) for one in MaxNLocator(5).tick_values(scale.low, scale.high)]
        shown = [(one, _tick(drawing, one, "proportion_difference")) for one in found if scale.holds(one)]
    kept = [one for one in shown if one[0] == (1.0 if name == "rate_ratio" else 0.0)]
    for value, text in shown:
        if all(abs(scale.at(value) - scale.at(other)) >= 1.0 for other, _ in kept):
            kept.append((value, text))
    return kept


def _tick(drawing: Drawing, value: float, quantity: str) -> str:
    """A number of the scale without decimals that say nothing."""
    text = drawing.number(round(value, 6), quantity=quantity)
    return re.sub(r"[.,]0(?!\d)", "", text)


def _draw_value(
    axes: Axes, drawing: Drawing, mark: Mark | None, box: tuple[float, float, float, float]
) -> None:
    """The number of a year, or in a hatched cell the reason why there is none."""
    left, top, width, height = box
    middle = (left + width / 2, top + height / 2)
    if mark is None:
        write(axes, *middle, "–", colour=GREY)
        return
    lines = cell_lines(drawing, mark)
    if not mark.shown:
        draw_cell(axes, box, ground=PALE, hatch="////")
        wrapped = short_lines(lines[0], width - 0.12, size=_TINY, most=2)
        write(axes, *middle, "\n".join(wrapped), size=_TINY, slanted=True, ground="white")
        return
    if mark.quantity in PARTIAL:
        draw_cell(axes, box, dashed=True)
    if len(lines) > 1:
        write(axes, middle[0], middle[1] + 0.16, lines[1], size=_TINY, slanted=mark.quantity in PARTIAL)
        middle = (middle[0], middle[1] - 0.13)
    write(axes, *middle, lines[0], size=TEXT)


def _draw_changes(axes: Axes, row: _Row, scale: Scale | None, *, middle: float, left: float) -> None:
    drawn = [one for one in row.changes if one.mark.shown]
    for number, change in enumerate(drawn):
        height = middle + (number - (len(drawn) - 1) / 2) * 0.42
        if scale and change.mark.quantity in _SHOWN:
            _draw_change(axes, change, scale, height)
        else:
            write(axes, left, height, _plain_change(change, several=len(drawn) > 1), side="left")
    if row.changes and not drawn:
        last = row.changes[-1]
        words = f"{NO_NUMBER} {cell_lines(last.source, last.mark)[0]}"
        lines = short_lines(words, WIDTH - _READING - left - 0.3, size=SMALL, most=2)
        write(axes, left, middle, "\n".join(lines), side="left", slanted=True)
    write(axes, WIDTH - _READING, middle, "\n".join(row.reading), side="left")


def _plain_change(change: _Change, *, several: bool) -> str:
    """A change in words, with its years where there are several."""
    mark, source = change.mark, change.source
    text = difference_text(source, mark) if mark.quantity == "difference" else mark.text
    return f"{mark.period}: {text}" if several else text


def _draw_change(axes: Axes, change: _Change, scale: Scale, height: float) -> None:
    mark = change.mark
    if mark.bounded and not isnan(mark.low):
        ends = [scale.at(mark.low), scale.at(mark.high)]
        axes.plot(ends, [height, height], color=NAVY, linewidth=1.2, zorder=3)
        for end, value, arrow in ((ends[0], mark.low, "<"), (ends[1], mark.high, ">")):
            sign = "|" if scale.holds(value) else arrow
            axes.plot(end, height, marker=sign, color=NAVY, markersize=6, zorder=3)
    axes.plot(
        scale.at(mark.value),
        height,
        marker=_MARKERS[change.number % 4] if scale.holds(mark.value) else (">" if mark.value > 1 else "<"),
        color=NAVY,
        markeredgecolor=INK,
        markersize=6,
        zorder=4,
    )
