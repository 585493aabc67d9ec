"""Counties in the order of an index, each with the band of ranks it takes under other weights."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.reporting.figures.canvas import Scale, draw_line, new_canvas, write
from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.figures.notes import NO_NUMBER
from evaluation.reporting.figures.style import GREY, INK, NAVY, SMALL, TEXT, WIDTH, text_width

_ROW, _HEAD = 0.43, 1.05


def draw_ranks(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it, the first rank at the top; those without a number stand last."""
    marks = sorted(drawing.marks, key=lambda one: (not one.shown, one.value if one.shown else 0.0))
    shown = [one for one in marks if one.shown]
    ends = [end for one in shown for end in ((one.low, one.high) if one.bounded else (one.value,))]
    low, high = min([1.0, *ends]), max([2.0, *ends])
    left = max(text_width(one.label, size=SMALL) for one in marks) + 0.4
    room = max(text_width(_column(one), size=SMALL) for one in marks) + 0.35
    scale = Scale(low, high, left + 0.3, WIDTH - left - room - 0.7)
    height = _HEAD + _ROW * len(marks)
    figure, axes = new_canvas(height=height, foot=[drawing.word("figure.rank_band")])
    words = drawing.definition.x or drawing.definition.y
    if words:
        write(axes, scale.left, 0.25, words[drawing.language], side="left", size=TEXT, colour=GREY)
    write(axes, WIDTH, 0.75, drawing.word("figure.rank_column"), side="right", colour=GREY)
    for value in _ticks(low, high):
        place = scale.at(value)
        write(axes, place, 0.75, drawing.number(value), bold=True)
        draw_line(axes, (place, _HEAD - 0.1), (place, height))
    for number, mark in enumerate(marks):
        middle = _HEAD + _ROW * (number + 0.5)
        if number % 2 == 0:
            _band(axes, middle)
        write(axes, left, middle, mark.label, side="right")
        write(axes, WIDTH - room, middle, _column(mark), side="left")
        if mark.shown:
            _draw(axes, mark, scale, middle)
    return figure, list(drawing.marks)


def _band(axes: Axes, middle: float) -> None:
    """A pale ground behind every second row, so that the eye stays in it."""
    axes.axhspan(middle - _ROW / 2, middle + _ROW / 2, color="#f3f5f8", zorder=0, linewidth=0)


def _column(mark: Mark) -> str:
    if not mark.shown:
        return f"{NO_NUMBER} {mark.text}"
    return f"{mark.text} ({mark.interval})" if mark.interval else mark.text


def _ticks(low: float, high: float) -> list[float]:
    step = 5 if high - low > 20 else 2 if high - low > 8 else 1
    return [low, *(float(one) for one in range(step, int(high) + 1, step) if one - low >= step / 2)]


def _draw(axes: Axes, mark: Mark, scale: Scale, middle: float) -> None:
    if mark.bounded:
        ends = [scale.at(mark.low), scale.at(mark.high)]
        axes.plot(
            ends, [middle, middle], color=NAVY, linewidth=3.2, alpha=0.45, zorder=2, solid_capstyle="butt"
        )
        axes.plot(ends, [middle, middle], marker="|", linestyle="", color=NAVY, markersize=6, zorder=3)
    axes.plot(
        scale.at(mark.value), middle, marker="o", color=NAVY, markeredgecolor=INK, markersize=4.8, zorder=4
    )
