"""A chain of conditions: a column for each link with its share and interval, and where the chain has no figure."""

from math import isnan

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.reporting.figures.canvas import Scale, draw_cell, draw_line, new_canvas, short_lines, write
from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.figures.notes import interval_line
from evaluation.reporting.figures.states import state_word
from evaluation.reporting.figures.style import GREY, INK, NAVY, PALE, SMALL, TEXT, WIDTH

_TOP, _HEIGHT, _AXIS, _NAMES = 0.5, 5.6, 1.5, 1.75
_BOX, _HIGH = _TOP + _HEIGHT + 0.3, 1.3


def draw_links(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it, in the order of the rows; a link without a number is a hatched column."""
    marks = list(drawing.marks)
    width = (WIDTH - _AXIS - 0.2) / len(marks)
    figure, axes = new_canvas(height=_TOP + _HEIGHT + _NAMES, foot=interval_line(drawing))
    highest = max([1.0, *(one.high if one.bounded else one.value for one in marks if one.shown)])
    scale = Scale(0.0, highest, 0.0, _HEIGHT)
    for step in range(5):
        value = highest * step / 4
        level = _level(scale, value)
        draw_line(axes, (_AXIS, level), (WIDTH - 0.2, level), strong=step == 0)
        write(axes, _AXIS - 0.15, level, drawing.axis_number(value), side="right", size=TEXT)
    for number, mark in enumerate(marks):
        middle = _AXIS + width * (number + 0.5)
        if mark.shown:
            _draw(axes, mark, scale, middle)
        else:
            box = (middle - 0.8, _TOP, 1.6, _HEIGHT)
            draw_cell(axes, box, ground=PALE, hatch="////", dashed=True)
            lines = short_lines(state_word(drawing, mark), 1.9, size=SMALL, most=3)
            write(axes, middle, _TOP + _HEIGHT / 2, "\n".join(lines), slanted=True, ground="white")
        base = "" if isnan(mark.n) else f"n\u00a0=\u00a0{drawing.number(mark.n, quantity='count')}"
        _name(axes, mark.label, base, middle, width)
        if number + 1 < len(marks):
            _arrow(axes, middle + width / 2)
    return figure, marks


def _level(scale: Scale, value: float) -> float:
    return _TOP + _HEIGHT - scale.at(value)


def _draw(axes: Axes, mark: Mark, scale: Scale, middle: float) -> None:
    level = _level(scale, mark.value)
    draw_cell(axes, (middle - 0.45, level, 0.9, _TOP + _HEIGHT - level), ground="#dfe4ea")
    if mark.bounded:
        ends = [_level(scale, mark.low), _level(scale, mark.high)]
        axes.plot([middle, middle], ends, color=INK, linewidth=1.3, zorder=3)
        axes.plot([middle, middle], ends, linestyle="", marker="_", color=INK, markersize=8, zorder=3)
    axes.plot(middle, level, marker="o", color=NAVY, markeredgecolor=INK, markersize=6, zorder=4)
    top = _level(scale, mark.high) if mark.bounded else level
    write(axes, middle, top - 0.38, mark.text, size=TEXT, bold=True, ground="white")


def _name(axes: Axes, label: str, base: str, middle: float, width: float) -> None:
    """The link's name and its n in a box under its column."""
    draw_cell(axes, (middle - width / 2 + 0.2, _BOX, width - 0.4, _HIGH))
    lines = short_lines(label, width - 0.7, size=SMALL, most=2)
    write(axes, middle, _BOX + _HIGH / 2 - 0.18 * bool(base), "\n".join(lines), bold=True)
    write(axes, middle, _BOX + _HIGH - 0.28, base, size=6.5)


def _arrow(axes: Axes, place: float) -> None:
    """From one link to the next."""
    axes.annotate(
        "",
        (place + 0.22, _BOX + _HIGH / 2),
        xytext=(place - 0.22, _BOX + _HIGH / 2),
        arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1.2},
    )
