"""Deliverables against their dates: when each was due, when it came, and in words how it stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.core.errors import ReportError
from evaluation.reporting.figures.canvas import (
    Scale,
    draw_line,
    lines_height,
    new_canvas,
    short_lines,
    write,
)
from evaluation.reporting.figures.key import Swatch
from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.figures.notes import ABSENT
from evaluation.reporting.figures.style import GREY, INK, NAVY, SMALL, WIDTH

_LABEL, _STATE = 5.6, 3.5
_LATE = ("overdue", "done_late")


@dataclass(frozen=True, slots=True)
class _Row:
    """One deliverable with one date."""

    mark: Mark
    lines: list[str]
    words: list[str]
    due: date
    done: date | None
    late: str

    @property
    def height(self) -> float:
        """Height of the row in cm."""
        longest = max(self.lines, self.words, key=len)
        return max(lines_height(longest, size=SMALL), 0.5) + 0.14


def draw_deadlines(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it, on an axis of whole years from the first to the last date."""
    rows = [_row(drawing, mark) for mark in drawing.marks]
    first = min(one.due for one in rows).year
    last = max([*(one.due for one in rows), *(one.done for one in rows if one.done)]).year
    last = max([last, *(_until(one).year for one in rows if one.late == "overdue")])
    scale = Scale(
        date(first, 1, 1).toordinal(),
        date(last + 1, 1, 1).toordinal(),
        _LABEL + 0.2,
        WIDTH - _LABEL - _STATE - 0.5,
    )
    height = sum(one.height for one in rows) + 0.55
    signs: list[str | Swatch] = [
        Swatch(drawing.word("deadline.due"), "white", marker="D"),
        Swatch(drawing.word("deadline.done"), NAVY, marker="o"),
    ]
    figure, axes = new_canvas(height=height, foot=[*signs, drawing.word("deadline.lines")])
    for year in range(first, last + 2):
        place = scale.at(date(year, 1, 1).toordinal())
        draw_line(axes, (place, 0.5), (place, height))
        if year <= last:
            write(axes, scale.at(date(year, 7, 1).toordinal()), 0.25, str(year), bold=True)
    draw_line(axes, (0.1, 0.5), (WIDTH - 0.1, 0.5), strong=True)
    top = 0.5
    for row in rows:
        middle = top + row.height / 2
        write(axes, 0.1, middle, "\n".join(row.lines), side="left")
        write(
            axes,
            WIDTH - _STATE,
            middle,
            "\n".join(row.words),
            side="left",
            bold=row.late in _LATE,
        )
        _draw_dates(axes, row, scale, middle)
        top += row.height
        draw_line(axes, (0.1, top), (WIDTH - 0.1, top))
    return figure, list(drawing.marks)


def _dated(label: str, period: str) -> str:
    """The period behind the first word, the code, so that a shortened name keeps it.

    >>> _dated("IND-1.1.1-1 Raport", "2025")
    'IND-1.1.1-1 (2025) Raport'
    """
    code, _, name = label.partition(" ")
    return f"{code} ({period}) {name}"


def _row(drawing: Drawing, mark: Mark) -> _Row:
    due = _day(drawing, mark, drawing.definition.due)
    if due is None:
        raise ReportError(
            f"{drawing.released.id}: row {mark.row + 1} has no date on which it is due; "
            f"leave it out of the figure {drawing.definition.name} by its field where."
        )
    several = sum(one.label == mark.label for one in drawing.marks) > 1
    label = _dated(mark.label, mark.period) if several else mark.label
    code = drawing.field(mark, drawing.definition.state)
    return _Row(
        mark,
        short_lines(label, _LABEL - 0.2, size=SMALL, most=3),
        short_lines(_state(drawing, mark), _STATE - 0.2, size=SMALL, most=3),
        due,
        _day(drawing, mark, drawing.definition.done),
        code if mark.shown else "",
    )


def _state(drawing: Drawing, mark: Mark) -> str:
    """The state in words; of what came late, or is late, with the days."""
    words = drawing.field(mark, drawing.definition.series)
    late = mark.shown and mark.value > 0 and drawing.field(mark, drawing.definition.state) in _LATE
    return f"{words}, {drawing.number(mark.value, quantity='duration')}" if late else words


def _day(drawing: Drawing, mark: Mark, spec: str) -> date | None:
    text = drawing.field(mark, spec).strip(ABSENT)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ReportError(
            f"{drawing.released.id}: row {mark.row + 1}: a date is not written as year-month-day; correct the result."
        ) from None


def _until(row: _Row) -> date:
    """The day up to which something was still awaited."""
    return row.due + timedelta(days=round(row.mark.value))


def _draw_dates(axes: Axes, row: _Row, scale: Scale, middle: float) -> None:
    due = scale.at(row.due.toordinal())
    if row.done is not None:
        done = scale.at(row.done.toordinal())
        late = row.done > row.due
        axes.plot(
            [due, done],
            [middle, middle],
            color=INK if late else GREY,
            linewidth=2.2 if late else 0.8,
            zorder=2,
        )
        axes.plot(done, middle, marker="o", color=NAVY, markeredgecolor=INK, markersize=6, zorder=4)
    elif row.late == "overdue":
        end = scale.at(_until(row).toordinal())
        axes.plot([due, end], [middle, middle], color=INK, linewidth=2.0, linestyle=(0, (1.2, 0.8)), zorder=2)
        axes.plot(end, middle, marker=">", color=INK, markersize=5, zorder=3)
    axes.plot(
        due,
        middle,
        marker="D",
        color="white",
        markeredgecolor=INK,
        markeredgewidth=1.0,
        markersize=5,
        zorder=3,
    )
