"""The sheet a figure is drawn on: one plot, room above it for the key, lines of explanation under it."""

import math
from collections.abc import Sequence
from typing import Literal

import seaborn
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, NullLocator

from evaluation.core.errors import ReportError
from evaluation.reporting.figures.key import SIZE, Swatch, draw_sign, height_of
from evaluation.reporting.figures.marks import Drawing
from evaluation.reporting.figures.style import CM, DPI, GREY, LINE, RULE, SMALL, TEXT, WIDTH, wrap


def new_sheet(
    *, height: float, left: float, right: float, header: float, below: float, foot: Sequence[str | Swatch]
) -> tuple[Figure, Axes]:
    """A white sheet 16 cm wide with one plot of the given height (cm), room above it, and foot lines under it."""
    lines = [line for one in foot for line in _foot_lines(one)]
    under = below + (0.2 + LINE * len(lines) if lines else 0.0)
    total = header + height + under + 0.1
    figure = Figure(figsize=(WIDTH * CM, total * CM), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    place = (left / WIDTH, (under + 0.05) / total, (WIDTH - left - right) / WIDTH, height / total)
    axes = figure.add_axes(place)
    for number, (sign, indent, line) in enumerate(lines):
        base = 0.1 + LINE * (len(lines) - number - 1)
        if sign:
            draw_sign(figure, sign, left=0.1, middle=base + 0.13)
        figure.text((0.1 + indent) / WIDTH, base / total, line, size=SMALL, color=GREY, va="baseline")
    return figure, axes


def above_plot(figure: Figure, axes: Axes, text: str) -> None:
    """Words over the upper left corner of the plot."""
    if text:
        height = axes.get_position().y1 + 0.3 / height_of(figure)
        figure.text(0.1 / WIDTH, height, text, size=TEXT, color=GREY, va="bottom")


def number_axis(axes: Axes, drawing: Drawing, *, which: Literal["x", "y"]) -> None:
    """Numbers of an axis in the manner of the language, with light lines across the plot."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_formatter(FuncFormatter(lambda value, _: drawing.axis_number(value)))
    axis.set_minor_formatter(NullFormatter())
    if not drawing.definition.log:
        axis.set_major_locator(MaxNLocator(6, integer=drawing.quantity == "count"))
    axes.grid(visible=True, axis=which, color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    seaborn.despine(ax=axes, left=which == "y", bottom=which == "x")
    axes.tick_params(axis=which, length=0)


def log_axis(axes: Axes, drawing: Drawing, *, which: Literal["x", "y"], low: float, high: float) -> None:
    """A logarithmic axis with round numbers; a value that is not above 0 has no place on it."""
    if low <= 0:
        raise ReportError(
            f"{drawing.released.id}: the figure {drawing.definition.name} has a log scale and a value that is not "
            "above 0; take the log scale away."
        )
    axis = axes.xaxis if which == "x" else axes.yaxis
    axes.set(**{f"{which}scale": "log", f"{which}lim": (low / 1.12, high * 1.12)})
    axis.set_major_formatter(FuncFormatter(lambda value, _: drawing.axis_number(value)))
    axis.set_minor_formatter(NullFormatter())
    axis.set_minor_locator(NullLocator())
    axis.set_major_locator(FixedLocator(round_numbers(low / 1.12, high * 1.12)))


def round_numbers(low: float, high: float) -> list[float]:
    """1, 2, 5 and their tenfolds between two ends; closer together where there are fewer than three.

    >>> round_numbers(0.3, 2.5)
    [0.5, 1.0, 2.0]
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in ((10, 20, 50), range(10, 100, 10), range(10, 100, 5), range(10, 100, 2), range(10, 100)):
        inside = [
            value for power in powers for step in steps if low <= (value := step * 10.0**power / 10) <= high
        ]
        if len(inside) >= 3:
            return inside
    return [low, high]


def _foot_lines(entry: str | Swatch) -> list[tuple[Swatch | None, float, str]]:
    if isinstance(entry, str):
        return [(None, 0.0, line) for line in wrap(entry, WIDTH - 0.3, size=SMALL)]
    indent = SIZE + 0.13
    lines = wrap(entry.text, WIDTH - 0.3 - indent, size=SMALL)
    return [(entry if number == 0 else None, indent, line) for number, line in enumerate(lines)]
