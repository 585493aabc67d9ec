"""Rows side by side: horizontal bars with intervals, or dots with intervals and their numbers in a column."""

from math import isnan

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.reporting.figures.key import KEY_LINE, Swatch, draw_key, key_rows
from evaluation.reporting.figures.marks import Drawing, Mark, series_names, unique
from evaluation.reporting.figures.notes import NO_NUMBER, interval_line
from evaluation.reporting.figures.sheet import log_axis, new_sheet, number_axis
from evaluation.reporting.figures.style import (
    GREY,
    HATCHES,
    INK,
    MARKERS,
    NAVY,
    PALETTE,
    SMALL,
    TEXT,
    hatch_colour,
    label_column,
    line_height,
    text_width,
)

_BAR, _BETWEEN = 0.44, 0.26
_BAR_COLOURS = ("#7fa8d1", *PALETTE[1:])


def draw_bars(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it, in the order of the definition from the top down."""
    groups = [
        (label, [one for one in drawing.marks if one.label == label])
        for label in unique([one.label for one in drawing.marks])
    ]
    names = series_names(drawing)
    texts, size = label_column([_label(label, marks, drawing) for label, marks in groups])
    heights = [
        max(_BAR * len(marks), line_height(size) * len(lines)) + _BETWEEN
        for (_, marks), lines in zip(groups, texts, strict=True)
    ]
    key = _key(drawing, names) if len(names) > 1 else []
    left = max(text_width(line, size=size) for lines in texts for line in lines) + 0.35
    low, high = _limits(drawing)
    right = _right_room(drawing)
    header = 0.15 + KEY_LINE * len(key_rows(key)) + 0.2 * bool(key) + 0.45 * _has_column(drawing)
    figure, axes = new_sheet(
        height=sum(heights),
        left=left,
        right=right,
        header=header,
        foot=list(interval_line(drawing)),
        below=1.15,
    )
    axes.set_ylim(sum(heights), 0)
    _value_axis(axes, drawing, low, high)
    top = 0.0
    for (_, marks), lines, height in zip(groups, texts, heights, strict=True):
        _row_label(axes, lines, top + height / 2, size=size)
        for number, mark in enumerate(marks):
            middle = top + height / 2 + (number - (len(marks) - 1) / 2) * _BAR
            _draw(axes, drawing, mark, middle, names)
        top += height
    _column_head(axes, drawing)
    draw_key(figure, axes, key)
    return figure, list(drawing.marks)


def _has_column(drawing: Drawing) -> bool:
    return drawing.definition.kind == "intervals"


def _label(label: str, marks: list[Mark], drawing: Drawing) -> str:
    """The row's name, with its n where all its marks have the same."""
    sizes = unique([drawing.number(one.n, quantity="count") for one in marks if not isnan(one.n)])
    return f"{label} (n\u00a0=\u00a0{sizes[0]})" if len(sizes) == 1 else label


def _limits(drawing: Drawing) -> tuple[float, float]:
    shown = [one for one in drawing.marks if one.shown]
    ends = [end for one in shown for end in ((one.low, one.high) if one.bounded else (one.value,))]
    ends += [drawing.definition.reference] if drawing.definition.reference is not None else []
    ends = ends or [0.0, 1.0]
    if drawing.definition.log:
        return min(ends), max(ends)
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = (high - low or 1.0) * 0.04
    if drawing.quantity in ("proportion", "share", "percent"):
        whole = 100.0 if drawing.quantity == "percent" else 1.0
        return low - room * (low < 0), min(high + room, max(whole, high))
    return low - room * (low < 0), high + room


def _value_axis(axes: Axes, drawing: Drawing, low: float, high: float) -> None:
    axes.set_xlim(low, high)
    number_axis(axes, drawing, which="x")
    if drawing.definition.log:
        log_axis(axes, drawing, which="x", low=low, high=high)
    axes.set_yticks([])
    axes.spines["left"].set_visible(not drawing.definition.log and drawing.definition.kind == "bars")
    if drawing.definition.kind == "bars":
        axes.spines["left"].set_position(("data", 0.0))
    reference = drawing.definition.reference
    if reference is not None:
        axes.axvline(reference, color=INK, linewidth=0.9, linestyle=(0, (5, 3)), zorder=1.5)
        if drawing.definition.reference_label:
            axes.annotate(
                drawing.definition.reference_label[drawing.language],
                (reference, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                va="bottom",
                size=SMALL,
                color=GREY,
            )
    words = drawing.definition.x or drawing.definition.y
    if words:
        axes.set_xlabel(words[drawing.language], size=TEXT)


def _row_label(axes: Axes, lines: list[str], middle: float, *, size: float) -> None:
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


def _draw(axes: Axes, drawing: Drawing, mark: Mark, middle: float, names: list[str]) -> None:
    number = names.index(mark.series) if mark.series in names else 0
    if not mark.shown:
        _no_number(axes, mark, middle)
    elif _has_column(drawing):
        _dot(axes, mark, middle, number)
        _column(axes, mark.text, mark.interval or drawing.word("status.no_interval"), middle)
    else:
        _bar(axes, mark, middle, number)


def _bar(axes: Axes, mark: Mark, middle: float, number: int) -> None:
    colour = _BAR_COLOURS[number % len(_BAR_COLOURS)]
    axes.barh(
        middle,
        mark.value,
        height=_BAR * 0.86,
        color=colour,
        edgecolor=NAVY,
        linewidth=0.6,
        hatch=HATCHES[number % len(HATCHES)],
        hatchcolor=hatch_colour(colour),
        zorder=2,
    )
    end = mark.value
    if mark.bounded:
        _interval(axes, mark, middle, INK)
        end = mark.high
    axes.annotate(
        mark.text,
        (max(end, 0.0), middle),
        xytext=(5, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        size=TEXT,
        annotation_clip=False,
        bbox={"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none"},
        zorder=3,
    )


def _dot(axes: Axes, mark: Mark, middle: float, number: int) -> None:
    colour = NAVY if number == 0 else PALETTE[(number - 1) % len(PALETTE)]
    if mark.bounded:
        _interval(axes, mark, middle, colour)
    marker = "o" if number == 0 else MARKERS[(number - 1) % len(MARKERS)]
    axes.plot(mark.value, middle, marker=marker, color=colour, markersize=6, zorder=4)


def _interval(axes: Axes, mark: Mark, middle: float, colour: str) -> None:
    axes.errorbar(
        mark.value,
        middle,
        xerr=[[mark.value - mark.low], [mark.high - mark.value]],
        color=colour,
        linewidth=1.2,
        capsize=3,
        capthick=1.2,
        zorder=3,
    )


def _no_number(axes: Axes, mark: Mark, middle: float) -> None:
    """A sign and the reason in words where the number would stand."""
    axes.annotate(
        f"{NO_NUMBER} {mark.text}",
        (0.0, middle),
        xycoords=("axes fraction", "data"),
        xytext=(5, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        size=TEXT,
        style="italic",
        bbox={"boxstyle": "square,pad=0.02", "facecolor": "white", "edgecolor": "none"},
        zorder=4,
    )


def _column(axes: Axes, value: str, interval: str, middle: float) -> None:
    axes.annotate(
        f"{value}  ({interval})",
        (1.0, middle),
        xycoords=("axes fraction", "data"),
        xytext=(8, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        size=TEXT,
    )


def _column_head(axes: Axes, drawing: Drawing) -> None:
    if _has_column(drawing):
        axes.annotate(
            drawing.word("figure.value_interval"),
            (1.0, 1.0),
            xycoords="axes fraction",
            xytext=(8, 3),
            textcoords="offset points",
            ha="left",
            va="bottom",
            size=SMALL,
            color=GREY,
        )


def _right_room(drawing: Drawing) -> float:
    shown = [one for one in drawing.marks if one.shown]
    if not _has_column(drawing):
        return max((text_width(one.text, size=TEXT) for one in shown), default=0.0) + 0.45
    none = drawing.word("status.no_interval")
    texts = [f"{one.text}  ({one.interval or none})" for one in shown]
    widths = [text_width(text, size=TEXT) for text in texts]
    return max([*widths, text_width(drawing.word("figure.value_interval"), size=SMALL)]) + 0.5


def _key(drawing: Drawing, names: list[str]) -> list[Swatch]:
    if _has_column(drawing):
        colours = (NAVY, *PALETTE)
        markers = ("o", *MARKERS)
        return [
            Swatch(name, colours[number % len(colours)], marker=markers[number % len(markers)])
            for number, name in enumerate(names)
        ]
    return [
        Swatch(name, _BAR_COLOURS[number % len(_BAR_COLOURS)], hatch=HATCHES[number % len(HATCHES)])
        for number, name in enumerate(names)
    ]
