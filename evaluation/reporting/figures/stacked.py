"""Counts that add up in a row: horizontal stacked bars, told apart by colour, grey level and hatching."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.core.errors import ReportError
from evaluation.reporting.figures.key import KEY_LINE, Swatch, draw_key, key_rows
from evaluation.reporting.figures.marks import Drawing, Mark, series_names, unique
from evaluation.reporting.figures.notes import NO_NUMBER, missing_lines
from evaluation.reporting.figures.sheet import new_sheet, number_axis
from evaluation.reporting.figures.style import (
    HATCHES,
    INK,
    SMALL,
    TEXT,
    WIDTH,
    hatch_colour,
    is_dark,
    label_column,
    line_height,
    shades,
    text_width,
)

_BAR, _BETWEEN = 0.46, 0.20

Colour = tuple[float, ...]


def draw_stacked(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; a part without a number is a sign at the end of its bar."""
    labels = unique([one.label for one in drawing.marks])
    names = _present(drawing, series_names(drawing))
    if any(one.value < 0 for one in drawing.marks if one.shown):
        raise ReportError(f"{drawing.released.id}: a stacked figure has a value below 0; draw bars.")
    colours = _colours(len(names))
    key = [Swatch(name, colours[number], hatch=_hatch(number)) for number, name in enumerate(names)]
    texts, size = label_column(labels)
    heights = [max(_BAR, line_height(size) * len(lines)) + _BETWEEN for lines in texts]
    rows = [[one for one in drawing.marks if one.label == label] for label in labels]
    longest = max((sum(one.value for one in row if one.shown) for row in rows), default=0.0) or 1.0
    left = max(text_width(line, size=size) for lines in texts for line in lines) + 0.35
    figure, axes = new_sheet(
        height=sum(heights),
        left=left,
        right=0.6,
        header=0.3 + KEY_LINE * len(key_rows(key)),
        foot=missing_lines(drawing),
        below=1.15,
    )
    _axes(axes, drawing, height=sum(heights), longest=longest)
    top = 0.0
    for lines, row, height in zip(texts, rows, heights, strict=True):
        middle = top + height / 2
        axes.annotate(
            "\n".join(lines),
            (0.0, middle),
            xycoords=("axes fraction", "data"),
            xytext=(-6, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            size=size,
            linespacing=1.0,
        )
        _draw_row(axes, row, middle, names, colours)
        top += height
    draw_key(figure, axes, key)
    return figure, list(drawing.marks)


def _present(drawing: Drawing, names: list[str]) -> list[str]:
    """The names of the parts; of more than can be told apart, only those that some bar has."""
    if len(names) <= len(HATCHES):
        return names
    used = {one.series for one in drawing.marks if one.value > 0 or not one.shown}
    return [name for name in names if name in used]


def _axes(axes: Axes, drawing: Drawing, *, height: float, longest: float) -> None:
    axes.set_ylim(height, 0)
    axes.set_xlim(0, longest * 1.03)
    number_axis(axes, drawing, which="x")
    axes.set_yticks([])
    axes.spines["left"].set_visible(True)
    words = drawing.definition.x or drawing.definition.y
    if words:
        axes.set_xlabel(words[drawing.language], size=TEXT)


def _draw_row(axes: Axes, row: list[Mark], middle: float, names: list[str], colours: list[Colour]) -> None:
    start = 0.0
    for number, name in enumerate(names):
        for mark in (one for one in row if one.series == name and one.shown):
            if mark.value > 0:
                _part(axes, mark, (start, middle), colour=colours[number], hatch=_hatch(number))
            start += mark.value
    hidden = sum(not one.shown for one in row)
    if hidden:
        axes.annotate(
            NO_NUMBER * hidden,
            (start, middle),
            xytext=(4, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            size=10,
            weight="bold",
            color=INK,
            annotation_clip=False,
        )


def _part(axes: Axes, mark: Mark, place: tuple[float, float], *, colour: Colour, hatch: str) -> None:
    start, middle = place
    axes.barh(
        middle,
        mark.value,
        left=start,
        height=_BAR,
        color=colour,
        edgecolor=INK,
        linewidth=0.6,
        hatch=hatch,
        hatchcolor=hatch_colour(colour),
        zorder=2,
    )
    low, high = axes.get_xlim()
    wide = (mark.value / (high - low)) * axes.get_position().width * WIDTH
    if wide > text_width(mark.text, size=SMALL) + 0.22:
        axes.annotate(
            mark.text,
            (start + mark.value / 2, middle),
            ha="center",
            va="center",
            size=SMALL,
            zorder=3,
            color="white" if is_dark(colour) else INK,
            bbox={"boxstyle": "square,pad=0.15", "facecolor": colour, "edgecolor": "none"} if hatch else None,
        )


def _colours(count: int) -> list[Colour]:
    """Steps of cividis, evenly apart in lightness: dark blue, grey, pale yellow."""
    ramp = shades()
    return [tuple(ramp(0.92 - 0.86 * number / max(count - 1, 1))) for number in range(count)]


def _hatch(number: int) -> str:
    return HATCHES[number % len(HATCHES)]
