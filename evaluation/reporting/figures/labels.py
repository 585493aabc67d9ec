"""Words inside a plot: beside their point, clear of the lines and of each other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from evaluation.reporting.figures.style import GREY, INK, SMALL

# Offsets in points from the point to the words: above, below, right, left, and the corners.
_NEAR = (
    (0, 5, "center", "bottom"),
    (0, -5, "center", "top"),
    (6, 0, "left", "center"),
    (-6, 0, "right", "center"),
    (5, 4, "left", "bottom"),
    (-5, 4, "right", "bottom"),
    (5, -4, "left", "top"),
    (-5, -4, "right", "top"),
)
_FAR = tuple(
    (right, sign * up, horizontal, "bottom" if sign > 0 else "top")
    for up in (15, 24, 34, 46, 60, 76)
    for sign in (1, -1)
    for right, horizontal in ((0, "center"), (10, "left"), (-10, "right"))
)
_PLACES = (*_NEAR, *_FAR)


@dataclass(frozen=True, slots=True)
class Beside:
    """Words that belong to one point of the plot."""

    x: float
    y: float
    text: str
    bold: bool = False


def place_labels(axes: Axes, labels: Sequence[Beside], *, obstacles: Sequence[tuple[float, float]]) -> None:
    """Write each label at the nearest place that is free; the first labels choose first."""
    canvas = axes.figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = canvas.get_renderer()
    points = axes.transData.transform(np.asarray(obstacles, dtype=float).reshape(-1, 2))
    room = Bbox.from_extents(axes.bbox.x0, axes.bbox.y0, float(axes.figure.bbox.x1), axes.bbox.y1 + 20)
    taken: list[Bbox] = []
    for label in labels:
        tried = []
        for rank, place in enumerate(_PLACES):
            note = _write(axes, label, place)
            box = _extent(note, renderer).padded(4)
            tried.append((_crossings(box, points, taken, room), rank, place))
            note.remove()
            if tried[-1][0] == 0:
                break
        _, _, best = min(tried, key=lambda one: one[:2])
        taken.append(_extent(_write(axes, label, best), renderer))


def _extent(note: Annotation, renderer: RendererBase) -> Bbox:
    """The box of the words alone, without the line that leads to their point."""
    note.update_positions(renderer)
    return Text.get_window_extent(note, renderer)


def _write(axes: Axes, label: Beside, place: tuple[float, float, str, str]) -> Annotation:
    right, up, horizontal, vertical = place
    far = abs(right) + abs(up) > 12
    return axes.annotate(
        label.text,
        (label.x, label.y),
        xytext=(right, up),
        textcoords="offset points",
        ha=horizontal,
        va=vertical,
        size=SMALL,
        weight="bold" if label.bold else "normal",
        linespacing=1.15,
        color=INK,
        arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": GREY, "shrinkA": 0, "shrinkB": 3}
        if far
        else None,
        zorder=6,
    )


def _crossings(box: Bbox, points: "np.ndarray", taken: list[Bbox], room: Bbox) -> int:
    inside = (
        (points[:, 0] > box.x0) & (points[:, 0] < box.x1) & (points[:, 1] > box.y0) & (points[:, 1] < box.y1)
    )
    outside = box.x0 < room.x0 or box.x1 > room.x1 or box.y0 < room.y0 or box.y1 > room.y1
    return int(inside.sum() + 20 * sum(box.overlaps(other) for other in taken) + 100 * outside)
