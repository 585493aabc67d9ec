"""The places of each county in two orders, the codes as labels and the line on which both are equal."""

from math import isnan

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from evaluation.core.errors import ReportError
from evaluation.reporting.figures.labels import Beside, place_labels
from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.figures.notes import missing_lines
from evaluation.reporting.figures.sheet import above_plot, new_sheet
from evaluation.reporting.figures.style import GREY, INK, NAVY, RULE, TEXT, WIDTH

_SIDE = 12.2


def draw_scatter(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; ``across`` and ``up`` name the columns of a row that are drawn."""
    definition = drawing.definition
    if not (definition.across and definition.up):
        raise ReportError(f"figures: {definition.name}: name the columns drawn in the fields across and up.")
    points = [(one, *_place(drawing, one)) for one in drawing.marks if one.shown]
    points = [one for one in points if not (isnan(one[1]) or isnan(one[2]))]
    last = max((value for _, *place in points for value in place), default=1.0) * 1.05
    figure, axes = new_sheet(
        height=_SIDE,
        left=1.5,
        right=WIDTH - 1.5 - _SIDE,
        header=0.95,
        below=1.15,
        foot=[drawing.word("figure.equal_line"), *missing_lines(drawing)],
    )
    axes.set(xlim=(last, 0), ylim=(last, 0))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(FixedLocator([1, *range(5, int(last), 5)]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: drawing.number(value, quantity="rank")))
    axes.grid(visible=True, color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=TEXT)
    axes.spines[["top", "right"]].set_visible(False)
    axes.plot([0, last], [0, last], color=GREY, linewidth=0.9, linestyle=(0, (5, 3)), zorder=1.5)
    for _, across, up in points:
        axes.plot(across, up, marker="o", color=NAVY, markeredgecolor=INK, markersize=5, zorder=4)
    spots = [(across, up) for _, across, up in points]
    place_labels(
        axes,
        [Beside(across, up, drawing.field(one, definition.label)) for one, across, up in points],
        obstacles=[*spots, *((last * step / 150, last * step / 150) for step in range(151))],
    )
    if definition.x:
        axes.set_xlabel(definition.x[drawing.language], size=TEXT)
    above_plot(figure, axes, definition.y[drawing.language] if definition.y else "")
    return figure, list(drawing.marks)


def _place(drawing: Drawing, mark: Mark) -> tuple[float, float]:
    line = drawing.released.table.loc[mark.row].to_dict()
    return float(line[drawing.definition.across]), float(line[drawing.definition.up])
