"""The results chain: objectives as boxes joined by lines, and what they serve as circles in a grid."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.reporting.figures.canvas import (
    draw_cell,
    draw_line,
    lines_height,
    new_canvas,
    short_lines,
    write,
)
from evaluation.reporting.figures.chain_words import breaks, codes, measures, of_level
from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.figures.style import GREY, INK, PALE, SMALL, TEXT, WIDTH

_HEAD, _ROW, _TINY = 1.35, 1.05, 6.5
_PILLAR, _GENERAL, _SPECIFIC, _GRID = (0.05, 1.45), (1.95, 2.6), (4.95, 3.75), 8.85
_TITLE, _GAP = 0.36, 0.2
_BREAKS = {"expected_result": "objective_without_result", "problem": "objective_without_problem"}
Place = tuple[float, float]


def draw_chain(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and all its boxes; a specific objective has a row, an expected result or a problem a column."""
    specific = of_level(drawing, "specific")
    broken = "; ".join(text for one in specific for text in breaks(drawing, one))
    foot = [drawing.word("chain.key"), *([f"! {broken}"] if broken else [])]
    figure, axes = new_canvas(height=_HEAD + _ROW * len(specific), foot=foot)
    middles = {one.label: _HEAD + _ROW * (place + 0.5) for place, one in enumerate(specific)}
    _heads(axes, drawing)
    spans = _general_boxes(axes, drawing, specific, middles)
    _pillar_boxes(axes, drawing, spans)
    for one in specific:
        _box(axes, drawing, one, _SPECIFIC, (middles[one.label], middles[one.label]))
    _grid(axes, drawing, specific, middles)
    return figure, list(drawing.marks)


def _heads(axes: Axes, drawing: Drawing) -> None:
    for name, (left, width) in (("pillars", _PILLAR), ("general", _GENERAL), ("specific", _SPECIFIC)):
        write(axes, left + width / 2, _HEAD - 0.2, drawing.word(f"chain.{name}"), bold=True)


def _general_boxes(
    axes: Axes, drawing: Drawing, specific: Sequence[Mark], middles: dict[str, float]
) -> dict[str, Place]:
    """A box over the rows of its specific objectives, joined to each by a full line; the heights of the boxes."""
    spans = {}
    for general in of_level(drawing, "general"):
        own = [middles[one.label] for one in specific if general.label in codes(drawing, one, "printed")]
        if not own:
            continue
        spans[general.label] = (own[0], own[-1])
        _box(axes, drawing, general, _GENERAL, spans[general.label])
        for level in own:
            axes.plot([sum(_GENERAL), _SPECIFIC[0]], [level, level], color=INK, linewidth=1.1, zorder=2)
    return spans


def _pillar_boxes(axes: Axes, drawing: Drawing, spans: dict[str, Place]) -> None:
    """A box at the height of its general objectives, joined to each by a dashed line."""
    general = of_level(drawing, "general")
    for pillar in of_level(drawing, "pillar"):
        own = [spans[one.label] for one in general if pillar.label in codes(drawing, one, "read")]
        levels = [(first + last) / 2 for first, last in own]
        if not levels:
            continue
        middle = (levels[0] + levels[-1]) / 2
        _box(axes, drawing, pillar, _PILLAR, (middle, middle))
        for level in levels:
            turn = (sum(_PILLAR) + _GENERAL[0]) / 2
            axes.plot(
                [sum(_PILLAR), turn, turn, _GENERAL[0]],
                [middle, middle, level, level],
                color=INK,
                linewidth=1.0,
                linestyle=(0, (3, 2)),
                zorder=2,
            )


def _box(axes: Axes, drawing: Drawing, mark: Mark, place: Place, span: Place) -> None:
    """Code and number of measures, and below them the name as far as it fits."""
    left, width = place
    top, height = span[0] - _ROW / 2 + 0.03, span[1] - span[0] + _ROW - 0.06
    narrow = place is _PILLAR
    draw_cell(axes, (left, top, width, height), ground="white" if place is _SPECIFIC else PALE)
    sign = " !" if breaks(drawing, mark) else ""
    count = "" if narrow else f" · {measures(drawing, mark)}{sign}"
    room = 2 if height < 1.5 * _ROW else 6
    lines = short_lines(drawing.field(mark, "text:name"), width - 0.2, size=_TINY, most=room)
    first = top + (height - _TITLE - lines_height(lines, size=_TINY)) / 2
    write(axes, left + width / 2, first + _TITLE / 2, f"{mark.label}{count}", bold=True)
    for number, line in enumerate(lines):
        level = first + _TITLE + lines_height(lines, size=_TINY) * (number + 0.5) / len(lines)
        write(axes, left + width / 2, level, line, size=_TINY)


def _grid(axes: Axes, drawing: Drawing, specific: Sequence[Mark], middles: dict[str, float]) -> None:
    """A column for each expected result and problem, a circle where our reading links a row to it."""
    blocks = [("expected_result", "results"), ("problem", "problems")]
    count = sum(len(of_level(drawing, level)) for level, _ in blocks)
    step = (WIDTH - _GRID - 0.1 - _GAP) / count
    left = _GRID
    for level, name in blocks:
        ends = of_level(drawing, level)
        right = left + step * len(ends)
        write(axes, (left + right) / 2, 0.2, drawing.word(f"chain.{name}"), bold=True)
        for one in specific:
            row = middles[one.label] - _ROW / 2
            lost = _BREAKS[level] in codes(drawing, one, "broken")
            box = (left, row + 0.03, right - left, _ROW - 0.06)
            draw_cell(axes, box, ground=PALE if lost else "white", hatch="////" if lost else "", dashed=lost)
        for place, end in enumerate(ends):
            levels = [middles[one.label] for one in specific if end.label in codes(drawing, one, "read")]
            _column(axes, end.label, left + step * (place + 0.5), levels, max(middles.values()) + _ROW / 2)
        left = right + _GAP


def _column(axes: Axes, label: str, middle: float, levels: Sequence[float], bottom: float) -> None:
    """The code over the column, and a circle at each height; a column without any has a sign at its foot."""
    axes.text(middle, _HEAD - 0.1, label, size=SMALL, rotation=90, ha="center", va="bottom", color=INK)
    draw_line(axes, (middle, _HEAD + 0.05), (middle, bottom - 0.05))
    for level in levels:
        axes.plot(
            middle,
            level,
            marker="o",
            markersize=TEXT * 0.75,
            markerfacecolor="white",
            markeredgecolor=INK,
            markeredgewidth=1.2,
            zorder=4,
        )
    if not levels:
        write(axes, middle, bottom - 0.2, "!", bold=True, colour=GREY)
