"""A sheet measured in centimetres, for pictures that are half table: words, cells and scales of their own."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from evaluation.reporting.figures.key import Swatch
from evaluation.reporting.figures.sheet import new_sheet
from evaluation.reporting.figures.style import (
    GREY,
    INK,
    PALE,
    RULE,
    SMALL,
    WIDTH,
    hatch_colour,
    text_width,
    wrap,
)

EDGE = "#8a94a1"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value stands between two ends; values beyond stop at the end."""

    low: float
    high: float
    left: float
    width: float
    log: bool = False

    def at(self, value: float) -> float:
        """The place of a value in cm from the left edge of the sheet."""
        inside = min(max(value, self.low), self.high)
        low, high, here = (self._measure(one) for one in (self.low, self.high, inside))
        return self.left + self.width * (here - low) / (high - low)

    def holds(self, value: float) -> bool:
        """The value is on the scale."""
        return self.low <= value <= self.high

    def _measure(self, value: float) -> float:
        return math.log(value) if self.log else value


def new_canvas(
    *, height: float, foot: Sequence[str | Swatch] = (), header: float = 0.1
) -> tuple[Figure, Axes]:
    """A sheet whose plot counts centimetres from its upper left corner to the right and down."""
    figure, axes = new_sheet(height=height, left=0.0, right=0.0, header=header, below=0.1, foot=foot)
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = SMALL,
    side: str = "center",
    bold: bool = False,
    colour: str = INK,
    ground: str | tuple[float, ...] | None = None,
    slanted: bool = False,
) -> None:
    """Words whose middle stands at a height; ``ground`` paints a patch of a colour behind them."""
    axes.text(
        x,
        y,
        text,
        size=size,
        ha=side,
        va="center" if "\n" in text else "center_baseline",
        weight="bold" if bold else "normal",
        style="italic" if slanted else "normal",
        color=colour,
        linespacing=1.05,
        bbox={"boxstyle": "square,pad=0.12", "facecolor": ground, "edgecolor": "none"} if ground else None,
        zorder=5,
    )


def draw_cell(
    axes: Axes,
    box: tuple[float, float, float, float],
    *,
    ground: str | tuple[float, ...] = "white",
    hatch: str = "",
    dashed: bool = False,
) -> None:
    """A rectangle from left, top, width and height."""
    left, top, width, height = box
    axes.add_patch(
        Rectangle(
            (left, top),
            width,
            height,
            facecolor=ground,
            edgecolor=EDGE,
            linewidth=0.6,
            linestyle=(0, (2, 2)) if dashed else "-",
            hatch=hatch,
            hatchcolor="#b7c0cb" if ground == PALE else hatch_colour(ground),
            zorder=1,
        )
    )


def draw_line(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], *, strong: bool = False
) -> None:
    """A rule between rows or across them."""
    axes.plot(
        [start[0], end[0]],
        [start[1], end[1]],
        color=GREY if strong else RULE,
        linewidth=0.9 if strong else 0.6,
        zorder=1,
        solid_capstyle="butt",
    )


def short_lines(text: str, width: float, *, size: float, most: int) -> list[str]:
    """The text in lines of a width; a text that needs more lines ends in an ellipsis."""
    lines = wrap(text, width, size=size)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while text_width(f"{last}…", size=size) > width and " " in last:
        last = last.rsplit(" ", 1)[0]
    return [*lines[: most - 1], f"{last}…"]


def lines_height(lines: Sequence[str], *, size: float) -> float:
    """Height in cm of some lines of words, with room for their accents."""
    return 0.0505 * size * len(lines)
