"""The key of a picture: a patch with its hatch or a marker, and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from evaluation.reporting.figures.style import INK, LINE, SMALL, WIDTH, hatch_colour, text_width

SIZE = 0.32
KEY_LINE = LINE * 1.15
_GAP = 0.55


@dataclass(frozen=True, slots=True)
class Swatch:
    """One entry of the key: a patch with its hatch, or a marker."""

    text: str
    colour: str | tuple[float, ...]
    hatch: str = ""
    marker: str = ""


def key_rows(swatches: Sequence[Swatch]) -> list[list[Swatch]]:
    """The key's entries in lines no wider than the picture."""
    rows: list[list[Swatch]] = [[]]
    used = 0.0
    for swatch in swatches:
        width = _entry_width(swatch)
        if rows[-1] and used + width > WIDTH - 0.3:
            rows.append([])
            used = 0.0
        rows[-1].append(swatch)
        used += width
    return [row for row in rows if row]


def draw_key(figure: Figure, axes: Axes, swatches: Sequence[Swatch]) -> None:
    """The key over the plot, in reading order."""
    total = height_of(figure)
    rows = key_rows(swatches)
    for number, row in enumerate(rows):
        left = 0.1
        middle = axes.get_position().y1 * total + 0.32 + KEY_LINE * (len(rows) - 1 - number)
        for swatch in row:
            draw_sign(figure, swatch, left=left, middle=middle)
            start = (left + SIZE + 0.13) / WIDTH
            figure.text(start, middle / total, swatch.text, size=SMALL, va="center_baseline")
            left += _entry_width(swatch)


def draw_sign(figure: Figure, swatch: Swatch, *, left: float, middle: float) -> None:
    """The sign alone, its left edge and middle given in cm from the lower left corner."""
    total = height_of(figure)
    if swatch.marker:
        sign: Line2D | Rectangle = Line2D(
            [(left + SIZE / 2) / WIDTH],
            [middle / total],
            marker=swatch.marker,
            color=swatch.colour,
            markersize=5.5,
            markeredgecolor=INK,
            markeredgewidth=0.6,
            linestyle="",
            transform=figure.transFigure,
        )
    else:
        sign = Rectangle(
            (left / WIDTH, (middle - 0.13) / total),
            SIZE / WIDTH,
            0.26 / total,
            facecolor=swatch.colour,
            edgecolor=INK,
            linewidth=0.5,
            hatch=swatch.hatch,
            hatchcolor=hatch_colour(swatch.colour),
            transform=figure.transFigure,
        )
    figure.add_artist(sign)


def height_of(figure: Figure) -> float:
    """Height of the picture in cm."""
    return float(figure.get_size_inches()[1]) * 2.54


def _entry_width(swatch: Swatch) -> float:
    return SIZE + 0.13 + text_width(swatch.text, size=SMALL) + _GAP
