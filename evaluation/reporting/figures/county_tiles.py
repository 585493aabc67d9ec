"""A tile for each county in the place where it lies, darker for more, with its code and its value."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.core.errors import ReportError
from evaluation.core.status import Status
from evaluation.reporting.figures.canvas import draw_cell, new_canvas, write
from evaluation.reporting.figures.completeness_map import STEPS
from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.figures.style import GREY, INK, PALE, SMALL, TEXT, WIDTH, is_dark, wrap
from evaluation.strategy.counties import load_counties

_WIDE, _HIGH, _TINY, _CLASSES = 1.3, 1.12, 6.5, 5


def draw_tiles(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; a suppressed county is hatched, one without a row is an empty tile."""
    counties = load_counties()
    by_code = {drawing.field(one, "code:level"): one for one in drawing.marks}
    astray = len(set(by_code) - {one.id for one in counties})
    if astray or len(by_code) != len(drawing.marks):
        raise ReportError(
            f"{drawing.released.id}: the map {drawing.definition.name} needs one row for each county, "
            f"and {astray} row(s) are of no county; narrow its where."
        )
    bounds = class_bounds([one.value for one in drawing.marks if one.shown], drawing.definition.classes)
    shades = _shades(len(bounds), darkest_first=drawing.definition.order == "smallest_first")
    height = _HIGH * (1 + max(one.tile[0] for one in counties)) + 0.1
    figure, axes = new_canvas(height=height)
    for county in counties:
        row, column = county.tile
        box = (0.1 + column * _WIDE, 0.05 + row * _HIGH, _WIDE - 0.06, _HIGH - 0.06)
        mark = by_code.get(county.id)
        if mark is not None and mark.shown:
            below = mark.interval if drawing.definition.below == "interval" else mark.text
            _full_tile(axes, box, (county.id, below), shades[class_of(mark.value, bounds)])
        else:
            _bare_tile(axes, box, county.id, hidden=mark is not None and mark.status == Status.SUPPRESSED)
    _draw_legend(axes, drawing, bounds, shades, whole=len(counties))
    return figure, list(drawing.marks)


def class_bounds(values: Sequence[float], fixed: Sequence[float]) -> list[float]:
    """Lower bounds of the classes: those given, otherwise such that the classes hold equally many counties.

    >>> class_bounds([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], ())
    [1, 3, 5, 7, 9]
    """
    if fixed:
        return list(fixed)
    ordered = sorted(values)
    count = min(_CLASSES, len(set(ordered)))
    return sorted({ordered[round(len(ordered) * step / count)] for step in range(count)})


def class_of(value: float, bounds: Sequence[float]) -> int:
    """The number of the class of a value; below the first bound it is the first."""
    return max(sum(value >= one for one in bounds) - 1, 0)


def _shades(count: int, *, darkest_first: bool) -> list[str]:
    chosen = [STEPS[round(step * (len(STEPS) - 1) / max(count - 1, 1))] for step in range(count)]
    return chosen[::-1] if darkest_first else chosen


def _full_tile(
    axes: Axes, box: tuple[float, float, float, float], words: tuple[str, str], ground: str
) -> None:
    left, top, width, height = box
    colour = "white" if is_dark(ground) else INK
    draw_cell(axes, box, ground=ground)
    for word, down, size in ((words[0], -0.15, TEXT), (words[1], 0.22, _TINY)):
        bold = down < 0
        write(axes, left + width / 2, top + height / 2 + down, word, size=size, bold=bold, colour=colour)


def _bare_tile(axes: Axes, box: tuple[float, float, float, float], code: str, *, hidden: bool) -> None:
    """A hatched tile with a point where the number is suppressed, an empty one where there is none."""
    left, top, width, height = box
    middle = (left + width / 2, top + height / 2)
    hatch, ground = ("////", PALE) if hidden else ("", "white")
    draw_cell(axes, box, ground=ground, hatch=hatch, dashed=not hidden)
    write(axes, middle[0], middle[1] - 0.15, code, bold=True, ground="white", colour=INK if hidden else GREY)
    if hidden:
        write(axes, middle[0], middle[1] + 0.24, "·", bold=True, size=14)


def _draw_legend(
    axes: Axes, drawing: Drawing, bounds: Sequence[float], shades: Sequence[str], *, whole: int
) -> None:
    """The classes with their bounds and how many counties each holds, at the right of the map."""
    left, top, room = 10.95, 0.2, WIDTH - 10.95 - 0.95
    words = drawing.definition.x or drawing.definition.y
    for line in wrap(words[drawing.language], (WIDTH - left - 0.2) * 0.9, size=SMALL) if words else []:
        write(axes, left, top, line, side="left", bold=True)
        top += 0.36
    top += 0.1
    shown = [one for one in drawing.marks if one.shown]
    entries = [
        (
            shade,
            "",
            False,
            _bounds_text(drawing, bounds, number),
            sum(class_of(one.value, bounds) == number for one in shown),
        )
        for number, shade in enumerate(shades)
    ]
    hidden = sum(one.status == Status.SUPPRESSED for one in drawing.marks)
    rest = whole - len(shown) - hidden
    if hidden:
        entries.append((PALE, "////", False, f"· {drawing.word('status.suppressed')}", hidden))
    if rest:
        entries.append(("white", "", True, drawing.word("cell.not_collected"), rest))
    for shade, hatch, dashed, text, count in entries:
        draw_cell(axes, (left, top, 0.6, 0.42), ground=shade, hatch=hatch, dashed=dashed)
        lines = wrap(f"{text} (n\u00a0=\u00a0{drawing.number(count, quantity='count')})", room, size=SMALL)
        write(axes, left + 0.75, top + 0.21 + 0.17 * (len(lines) - 1), "\n".join(lines), side="left")
        top += 0.56 + 0.33 * (len(lines) - 1)


def _bounds_text(drawing: Drawing, bounds: Sequence[float], number: int) -> str:
    """The bounds of a class: from its own to below the next; the last has no upper bound."""
    low = drawing.number(bounds[number])
    if number + 1 == len(bounds):
        return drawing.word("figure.from").replace("{low}", low)
    if drawing.quantity in ("rank", "third", "count"):
        high = drawing.number(bounds[number + 1] - 1)
        return low if low == high else f"{low}–{high}"
    return (
        drawing.word("figure.from_to")
        .replace("{low}", low)
        .replace("{high}", drawing.number(bounds[number + 1]))
    )
