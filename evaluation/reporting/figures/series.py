"""Values over time: a headline line with intervals, markers of sources that disagree, breaks, and missing years."""

from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from evaluation.reporting.figures.key import Swatch
from evaluation.reporting.figures.labels import Beside, place_labels
from evaluation.reporting.figures.marks import Drawing, Mark, same_value, unique
from evaluation.reporting.figures.notes import (
    ABSENT,
    NO_NUMBER,
    absent_line,
    absent_years,
    break_lines,
    breaks_of,
    interval_line,
    missing_lines,
)
from evaluation.reporting.figures.series_labels import (
    end_labels,
    end_room,
    other_text,
    upper_end,
    value_labels,
)
from evaluation.reporting.figures.sheet import above_plot, log_axis, new_sheet, number_axis
from evaluation.reporting.figures.style import (
    DASHES,
    INK,
    MARKERS,
    NAVY,
    PALE,
    PALETTE,
    SMALL,
    TEXT,
    WIDTH,
    text_width,
)

_HEIGHT = 7.2
_DIRECT = 5.0
_BESIDE = 0.2

Point = tuple[float, float]


def draw_series(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; a source that says the same as the headline is not drawn again."""
    places, lines, others = _places(drawing), _lines(drawing), _others(drawing)
    direct = all(text_width(one.series, size=SMALL) <= _DIRECT for one in others)
    top = max((upper_end(one) for one in drawing.marks if one.shown), default=1.0)
    figure, axes = new_sheet(
        height=_HEIGHT,
        left=_axis_room(drawing, top),
        right=end_room(lines),
        header=0.95,
        below=1.15 if drawing.definition.x else 0.65,
        foot=_foot(drawing, others, direct=direct),
    )
    _scales(axes, drawing, places, top=top)
    obstacles = _breaks(axes, drawing, places, top=top)
    _gaps(axes, drawing, places)
    for number, line in enumerate(lines):
        obstacles += _segments(axes, line, places, drawing, number=number)
        obstacles += _points(axes, line, places, number=number)
    spots = {one.row: (places[one.period] + _BESIDE, one.value) for one in others}
    _markers(axes, others, spots)
    end_labels(axes, lines, places)
    labels = value_labels(lines, places)
    labels += [Beside(*spots[one.row], other_text(one, named=direct)) for one in others]
    place_labels(axes, labels, obstacles=[*obstacles, *spots.values()])
    above_plot(figure, axes, drawing.definition.y[drawing.language] if drawing.definition.y else "")
    return figure, [mark for line in lines for mark in line] + others


def _places(drawing: Drawing) -> dict[str, float]:
    """Where each period stands: years at their own distance, other periods side by side."""
    periods = unique([one.period for one in drawing.marks])
    if all(one.isdigit() and len(one) == 4 for one in periods):
        return {one: float(one) for one in [*periods, *(year for year, _ in absent_years(drawing))]}
    return {one: float(number) for number, one in enumerate(periods)}


def _axis_room(drawing: Drawing, top: float) -> float:
    ticks = MaxNLocator(6, integer=drawing.quantity == "count").tick_values(0.0, top * 1.12)
    return max(text_width(drawing.axis_number(tick), size=TEXT) for tick in ticks) + 0.35


def _lines(drawing: Drawing) -> list[list[Mark]]:
    """The headline as one line, or a line for each series; each in the order of its periods."""
    main = [one for one in drawing.marks if one.headline]
    names = [""] if drawing.definition.headline else unique([one.series for one in main])
    lines = [[one for one in main if name in ("", one.series)] for name in names]
    return [sorted(line, key=lambda one: _code(drawing, one)) for line in lines if line]


def _code(drawing: Drawing, mark: Mark) -> str:
    return str(drawing.released.table.loc[mark.row, "period"])


def _others(drawing: Drawing) -> list[Mark]:
    """Marks of further sources that give another number than the headline, or a number where it has none."""
    main = {one.period: one for one in drawing.marks if one.headline and one.shown}
    return [
        one
        for one in drawing.marks
        if one.shown
        and not one.headline
        and not (one.period in main and same_value(one.value, main[one.period].value))
    ]


def _foot(drawing: Drawing, others: list[Mark], *, direct: bool) -> list[str | Swatch]:
    signs = {} if direct else _signs(others)
    agreeing = [one for one in drawing.marks if not one.headline and one.shown and one not in others]
    return [
        *interval_line(drawing),
        *missing_lines(drawing),
        *absent_line(drawing),
        *break_lines(drawing),
        *(Swatch(name, colour, marker=marker) for name, (marker, colour) in signs.items()),
        *([drawing.word("figure.agreeing")] if agreeing else []),
    ]


def _signs(others: list[Mark]) -> dict[str, tuple[str, str]]:
    names = unique([one.series for one in others])
    colours = [colour for colour in PALETTE if colour != NAVY]
    return {
        name: (MARKERS[number % len(MARKERS)], colours[(number + 3) % len(colours)])
        for number, name in enumerate(names)
    }


def _scales(axes: Axes, drawing: Drawing, places: dict[str, float], *, top: float) -> None:
    number_axis(axes, drawing, which="y")
    positions = sorted(places.items(), key=lambda one: one[1])
    beside = [one for one in _others(drawing) if one.period == positions[-1][0]]
    room = 2.4 / (WIDTH - 2.5) * len(positions) if beside else 0.0
    axes.set_xlim(positions[0][1] - 0.6, positions[-1][1] + 0.6 + room)
    step = 2 if len(positions) > 14 else 1
    ticks = positions[::-1][::step][::-1]
    axes.set_xticks([place for _, place in ticks], [name for name, _ in ticks])
    least = min((one.low if one.bounded else one.value for one in drawing.marks if one.shown), default=0.0)
    if drawing.definition.log:
        log_axis(axes, drawing, which="y", low=least, high=top)
    else:
        axes.set_ylim(min(0.0, least * 1.1), max(top, 1e-9) * 1.12)
    if drawing.definition.reference is not None:
        axes.axhline(drawing.definition.reference, color=INK, linewidth=0.9, linestyle=(0, (5, 3)))
    if drawing.definition.x:
        axes.set_xlabel(drawing.definition.x[drawing.language], size=TEXT)


def _breaks(axes: Axes, drawing: Drawing, places: dict[str, float], *, top: float) -> list[Point]:
    """Dotted lines with their letters; returns points on them, which labels keep clear of."""
    points = []
    for letter, period, _ in breaks_of(drawing):
        where = places[period] - 0.5
        axes.axvline(where, color=INK, linewidth=1.1, linestyle=(0, (1, 2)), zorder=2)
        _sign_at(axes, letter, (where, 1.0), size=SMALL, up=1.5)
        points += [(where, top * part / 30) for part in range(34)]
    return points


def _gaps(axes: Axes, drawing: Drawing, places: dict[str, float]) -> None:
    """A pale band and a sign over the axis where the line has no number; the words stand under the plot."""
    signs = {one.period: NO_NUMBER for one in drawing.marks if one.headline and not one.shown}
    signs |= {year: ABSENT for year, _ in absent_years(drawing)}
    for period, sign in signs.items():
        axes.axvspan(places[period] - 0.5, places[period] + 0.5, color=PALE, linewidth=0, zorder=0.5)
        _sign_at(axes, sign, (places[period], 0.0), size=11, up=4)
    for one in drawing.marks:
        if not one.headline and not one.shown:
            _sign_at(axes, NO_NUMBER, (places[one.period] + _BESIDE, 0.0), size=9, up=4)


def _sign_at(axes: Axes, sign: str, place: Point, *, size: float, up: float) -> None:
    axes.annotate(
        sign,
        place,
        xycoords=("data", "axes fraction"),
        xytext=(0, up),
        textcoords="offset points",
        ha="center",
        va="bottom",
        size=size,
        weight="bold",
    )


def _segments(
    axes: Axes, line: list[Mark], places: dict[str, float], drawing: Drawing, *, number: int
) -> list[Point]:
    """One line, whole between neighbours, faint across a break, open where a number is missing."""
    broken = {places[period] - 0.5 for _, period, _ in breaks_of(drawing)}
    points = []
    for one, other in pairwise([mark for mark in line if mark.shown]):
        start, end = places[one.period], places[other.period]
        if any(start < place < end for place in places.values()):
            continue
        across = any(start < place < end for place in broken)
        axes.plot(
            [start, end],
            [one.value, other.value],
            color=_colour(number),
            linewidth=1.0 if across else 1.9,
            linestyle=(0, (1, 2)) if across else DASHES[number % len(DASHES)],
            zorder=3,
        )
        steps = [part / 40 for part in range(41)]
        points += [
            (start + (end - start) * step, one.value + (other.value - one.value) * step) for step in steps
        ]
    return points


def _points(axes: Axes, line: list[Mark], places: dict[str, float], *, number: int) -> list[Point]:
    marker = "o" if number == 0 else MARKERS[(number - 1) % len(MARKERS)]
    colour = _colour(number)
    points = []
    for one in (mark for mark in line if mark.shown):
        place = places[one.period]
        if one.bounded:
            reach = [[one.value - one.low], [one.high - one.value]]
            axes.errorbar(
                place,
                one.value,
                yerr=reach,
                color=colour,
                linewidth=0.9,
                capsize=2.2,
                capthick=0.9,
                zorder=3.5,
            )
            points += [(place, one.low + (one.high - one.low) * part / 12) for part in range(13)]
        axes.plot(place, one.value, marker=marker, color=colour, markersize=5, zorder=4)
        points.append((place, one.value))
    return points


def _colour(number: int) -> str:
    return NAVY if number == 0 else PALETTE[(number - 1) % len(PALETTE)]


def _markers(axes: Axes, others: list[Mark], spots: dict[int, Point]) -> None:
    signs = _signs(others)
    for one in others:
        marker, colour = signs[one.series]
        axes.plot(
            *spots[one.row],
            marker=marker,
            color=colour,
            markersize=5.5,
            markeredgecolor=INK,
            markeredgewidth=0.6,
            linestyle="",
            zorder=5,
        )
