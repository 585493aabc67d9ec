"""How much was reported: a cell for each row and year, its share printed, darker for more."""

from itertools import pairwise
from math import isnan

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.reporting.figures.canvas import (
    draw_cell,
    lines_height,
    new_canvas,
    short_lines,
    write,
)
from evaluation.reporting.figures.key import KEY_LINE, Swatch, draw_key, key_rows
from evaluation.reporting.figures.marks import Drawing, Mark, unique
from evaluation.reporting.figures.states import state_word
from evaluation.reporting.figures.style import INK, PALE, SMALL, TEXT, WIDTH, is_dark

STEPS = ("#ffffff", "#dfe3e7", "#b9c0c8", "#8a939e", "#2b333d")
_ROW, _TINY = 0.74, 6.5


def draw_completeness(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; a cell that was not due, or not asked for, is hatched and says so."""
    labels = unique([one.label for one in drawing.marks])
    periods = sorted(unique([one.period for one in drawing.marks]))
    width = min(2.6, 8.0 / len(periods))
    left = WIDTH - 0.15 - width * len(periods)
    texts = [short_lines(label, left - 0.3, size=SMALL, most=2) for label in labels]
    heights = [max(_ROW, lines_height(lines, size=SMALL) + 0.12) for lines in texts]
    key = _key(drawing)
    figure, axes = new_canvas(height=sum(heights) + 0.55, header=0.25 + KEY_LINE * len(key_rows(key)))
    for number, period in enumerate(periods):
        write(axes, left + width * (number + 0.5), 0.28, period, bold=True, size=TEXT)
    known = {(one.label, one.period): one for one in drawing.marks}
    top = 0.55
    for label, lines, height in zip(labels, texts, heights, strict=True):
        write(axes, left - 0.2, top + height / 2, "\n".join(lines), side="right")
        for number, period in enumerate(periods):
            box = (left + width * number, top, width, height)
            _draw(axes, drawing, known.get((label, period)), box)
        top += height
    draw_key(figure, axes, key)
    return figure, list(drawing.marks)


def step_of(share: float) -> int:
    """The number of the shade of a share, from 0 to 4; each covers a fifth, its upper end included.

    >>> step_of(0.2), step_of(0.21), step_of(1.0)
    (0, 1, 4)
    """
    return min(max(-int(-share * 5 // 1) - 1, 0), 4)


def _draw(axes: Axes, drawing: Drawing, mark: Mark | None, box: tuple[float, float, float, float]) -> None:
    left, top, width, height = box
    middle = (left + width / 2, top + height / 2)
    if mark is None or not mark.shown:
        words = drawing.word("cell.not_asked") if mark is None else state_word(drawing, mark)
        draw_cell(axes, box, ground=PALE, hatch="////", dashed=mark is None)
        write(axes, *middle, words, size=_TINY, slanted=True, ground="white")
    else:
        ground = STEPS[step_of(mark.value)]
        colour = "white" if is_dark(ground) else INK
        draw_cell(axes, box, ground=ground)
        based = not isnan(mark.n)
        write(
            axes,
            middle[0],
            middle[1] - (0.1 if based else 0.0),
            mark.text,
            size=TEXT,
            colour=colour,
            bold=True,
        )
        if based:
            write(axes, middle[0], middle[1] + 0.18, _base(drawing, mark), size=_TINY, colour=colour)


def _base(drawing: Drawing, mark: Mark) -> str:
    """How many of how many."""
    numerator = float(drawing.released.table.loc[mark.row].to_dict()["numerator"])
    if isnan(numerator):
        return f"n\u00a0=\u00a0{drawing.number(mark.n, quantity='count')}"
    words = drawing.word("figure.of")
    return f"{drawing.number(numerator, quantity='count')} {words} {drawing.number(mark.n, quantity='count')}"


def _key(drawing: Drawing) -> list[Swatch]:
    ends = [drawing.number(step / 5, quantity="proportion") for step in range(6)]
    ends = [one.replace(",0%", "%").replace(".0%", "%") for one in ends]
    steps = [Swatch(f"{low}–{high}", STEPS[step]) for step, (low, high) in enumerate(pairwise(ends))]
    words = unique([state_word(drawing, one) for one in drawing.marks if not one.shown])
    return [*steps, *(Swatch(word, PALE, hatch="////") for word in words)]
