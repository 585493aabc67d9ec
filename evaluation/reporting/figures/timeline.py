"""When things fall due: one strip a row, one cell a period, the number in each cell and darker for more."""

import matplotlib
import numpy as np
import seaborn
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from evaluation.reporting.figures.marks import Drawing, Mark, unique
from evaluation.reporting.figures.notes import ABSENT, NO_NUMBER, missing_lines
from evaluation.reporting.figures.sheet import new_sheet
from evaluation.reporting.figures.style import GREY, INK, PALE, SMALL, TEXT, is_dark, text_width, wrap

_LABEL = 6.0
_ROW = 0.56


def draw_timeline(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; a cell the data have no row for carries a dash, explained below."""
    labels = unique([one.label for one in drawing.marks])
    table = drawing.released.table
    codes = {one.period: str(table.loc[one.row, "period"]) for one in drawing.marks}
    periods = sorted(codes, key=lambda one: codes[one])
    cells = {(one.label, one.period): one for one in drawing.marks}
    texts = [wrap(label, _LABEL, size=TEXT) for label in labels]
    row_height = max(_ROW, 0.36 * max(len(lines) for lines in texts) + 0.12)
    heads = [wrap(period, _column_width(texts, len(periods)), size=SMALL) for period in periods]
    absent = len(cells) < len(labels) * len(periods)
    foot = missing_lines(drawing) + ([f"{ABSENT} {drawing.word('figure.absent')}"] if absent else [])
    head_room = 0.36 * max(len(lines) for lines in heads) + 0.25
    words = drawing.definition.x
    figure, axes = new_sheet(
        height=row_height * len(labels),
        left=_left(texts),
        right=0.15,
        header=head_room + 0.45 * bool(words),
        foot=foot,
        below=0.15,
    )
    values = np.array([[_value(cells.get((label, period))) for period in periods] for label in labels])
    _strips(axes, values, [[cells.get((label, period)) for period in periods] for label in labels])
    axes.set_xticks(np.arange(len(periods)) + 0.5, ["\n".join(lines) for lines in heads], size=SMALL)
    axes.set_yticks(np.arange(len(labels)) + 0.5, ["\n".join(lines) for lines in texts], size=TEXT)
    axes.tick_params(length=0, labeltop=True, labelbottom=False, labelrotation=0, pad=4)
    if words:
        axes.xaxis.set_label_position("top")
        axes.set_xlabel(words[drawing.language], size=TEXT)
    return figure, list(drawing.marks)


def _strips(axes: Axes, values: "np.ndarray", cells: list[list[Mark | None]]) -> None:
    colours = _shades()
    most = float(np.nanmax(values)) if np.isfinite(values).any() else 1.0
    scale = matplotlib.colors.Normalize(0.0, most or 1.0)
    seaborn.heatmap(
        np.where(values > 0, values, np.nan),
        ax=axes,
        cmap=colours,
        norm=scale,
        cbar=False,
        linewidths=1.2,
        linecolor="white",
        xticklabels=False,
        yticklabels=False,
    )
    for down, row in enumerate(cells):
        for across, mark in enumerate(row):
            colour = (
                "white" if mark is None or not mark.shown or mark.value <= 0 else colours(scale(mark.value))
            )
            _cell(axes, mark, across, down, colour)
    axes.set_ylim(len(cells), 0)


def _cell(axes: Axes, mark: Mark | None, across: int, down: int, colour: str | tuple[float, ...]) -> None:
    if mark is None or not mark.shown:
        hatch = "" if mark is None else "////"
        axes.add_patch(
            Rectangle(
                (across + 0.03, down + 0.05),
                0.94,
                0.9,
                facecolor=PALE,
                edgecolor="white",
                hatch=hatch,
                hatchcolor="#b7c0cb",
                linewidth=0,
            )
        )
    text = ABSENT if mark is None else mark.text if mark.shown else NO_NUMBER
    axes.text(
        across + 0.5,
        down + 0.5,
        text,
        ha="center",
        va="center_baseline",
        size=TEXT,
        weight="normal" if mark is not None and mark.shown else "bold",
        color="white" if is_dark(colour) else INK if mark is not None else GREY,
    )


def _shades() -> matplotlib.colors.ListedColormap:
    """cividis from light to dark, its light end paler, so that large strips stay calm on paper."""
    steps = np.linspace(0.0, 1.0, 256)
    colours = matplotlib.colormaps["cividis_r"](steps)[:, :3]
    white = 0.6 * (1 - steps)[:, None]
    return matplotlib.colors.ListedColormap(colours * (1 - white) + white)


def _value(mark: Mark | None) -> float:
    return mark.value if mark is not None and mark.shown else float("nan")


def _left(texts: list[list[str]]) -> float:
    return max(text_width(line, size=TEXT) for lines in texts for line in lines) + 0.35


def _column_width(texts: list[list[str]], columns: int) -> float:
    return (16.0 - 0.15 - _left(texts)) / columns - 0.1
