"""When things fall due: one strip a row, one cell a period, the number in each cell and darker for more."""

from itertools import accumulate, pairwise

import numpy as np
import seaborn
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from evaluation.reporting.figures.marks import Drawing, Mark, unique
from evaluation.reporting.figures.notes import ABSENT, NO_NUMBER, missing_lines
from evaluation.reporting.figures.sheet import new_sheet
from evaluation.reporting.figures.style import (
    GREY,
    INK,
    PALE,
    SMALL,
    TEXT,
    WIDTH,
    is_dark,
    label_column,
    line_height,
    shades,
    text_width,
    wrap,
)

_ROW, _BETWEEN = 0.44, 0.14

Cells = list[list[Mark | None]]


def draw_timeline(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; a cell the data have no row for carries a dash, explained below."""
    labels = unique([one.label for one in drawing.marks])
    codes = {one.period: str(drawing.released.table.loc[one.row, "period"]) for one in drawing.marks}
    periods = sorted(codes, key=lambda one: codes[one])
    known = {(one.label, one.period): one for one in drawing.marks}
    cells: Cells = [[known.get((label, period)) for period in periods] for label in labels]
    texts, size = label_column(labels)
    left = max(text_width(line, size=size) for lines in texts for line in lines) + 0.35
    heads = [wrap(period, (WIDTH - 0.15 - left) / len(periods) - 0.1, size=SMALL) for period in periods]
    edges = [0.0, *accumulate(max(_ROW, line_height(size) * len(lines)) + _BETWEEN for lines in texts)]
    absent = [f"{ABSENT} {drawing.word('figure.absent')}"] if len(known) < len(labels) * len(periods) else []
    words = drawing.definition.x
    figure, axes = new_sheet(
        height=edges[-1],
        left=left,
        right=0.15,
        header=line_height(SMALL) * 1.2 * max(len(lines) for lines in heads) + 0.25 + 0.45 * bool(words),
        below=0.15,
        foot=[*missing_lines(drawing), *absent],
    )
    _strips(axes, drawing, cells, edges)
    middles = [(top + bottom) / 2 for top, bottom in pairwise(edges)]
    axes.set_xticks(np.arange(len(periods)) + 0.5, ["\n".join(lines) for lines in heads], size=SMALL)
    axes.set_yticks(middles, ["\n".join(lines) for lines in texts], size=size, linespacing=1.0)
    axes.tick_params(length=0, labeltop=True, labelbottom=False, pad=4)
    if words:
        axes.xaxis.set_label_position("top")
        axes.set_xlabel(words[drawing.language], size=TEXT)
    return figure, list(drawing.marks)


def _strips(axes: Axes, drawing: Drawing, cells: Cells, edges: list[float]) -> None:
    """The cells; rows that are totals keep a white ground, so that they do not set the scale for the others."""
    totals = [any(one is not None and _is_total(drawing, one) for one in row) for row in cells]
    greatest = max(
        (
            one.value
            for row, total in zip(cells, totals, strict=True)
            if not total
            for one in row
            if one and one.shown
        ),
        default=1.0,
    )
    scale, colours = Normalize(0.0, max(greatest, 1.0)), shades()
    axes.set_xlim(0, max(len(row) for row in cells))
    axes.set_ylim(edges[-1], 0)
    seaborn.despine(ax=axes, left=True, bottom=True)
    for row, total, top, bottom in zip(cells, totals, edges, edges[1:], strict=False):
        for across, mark in enumerate(row):
            full = mark is not None and mark.shown and mark.value > 0 and not total
            ground = colours(scale(mark.value)) if mark is not None and full else "white"
            _cell(axes, mark, (across, top, bottom), ground=ground, bold=total)
        if total:
            axes.axhline(top, color=INK, linewidth=0.9)


def _is_total(drawing: Drawing, mark: Mark) -> bool:
    return bool(drawing.released.table.loc[mark.row, "level"] == "all")


def _cell(
    axes: Axes,
    mark: Mark | None,
    place: tuple[int, float, float],
    *,
    ground: str | tuple[float, ...],
    bold: bool,
) -> None:
    across, top, bottom = place
    missing = mark is None or not mark.shown
    box = Rectangle(
        (across + 0.02, top + 0.03),
        0.96,
        bottom - top - 0.06,
        facecolor=PALE if missing else ground,
        edgecolor="#b7c0cb",
        linewidth=0,
        hatch="////" if mark is not None and missing else "",
        hatchcolor="#b7c0cb",
    )
    axes.add_patch(box)
    quiet = mark is None or (mark.shown and mark.value == 0 and not bold)
    axes.text(
        across + 0.5,
        (top + bottom) / 2,
        ABSENT if mark is None else mark.text if mark.shown else NO_NUMBER,
        ha="center",
        va="center_baseline",
        size=TEXT,
        weight="bold" if missing or bold else "normal",
        color="white" if is_dark(ground) else GREY if quiet else INK,
    )
