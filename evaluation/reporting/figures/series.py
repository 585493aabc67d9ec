"""Values over time: a headline line with intervals, markers of sources that disagree, breaks, and missing years."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.reporting.figures.labels import Beside, Swatch, draw_key, key_rows, place_labels
from evaluation.reporting.figures.marks import Drawing, Mark, same_value, unique
from evaluation.reporting.figures.notes import (
    ABSENT,
    NO_NUMBER,
    absent_line,
    absent_years,
    break_lines,
    breaks_of,
    missing_lines,
)
from evaluation.reporting.figures.style import (
    DASHES,
    INK,
    LINE,
    MARKERS,
    NAVY,
    PALE,
    PALETTE,
    SMALL,
    above_plot,
    new_sheet,
    number_axis,
    text_width,
    wrap,
)

_HEIGHT = 7.2
_MOST_DIRECT = 8


def draw_series(drawing: Drawing) -> tuple[Figure, list[Mark]]:
    """The picture and the marks in it; a source that says the same as the headline is not drawn again."""
    places = _places(drawing)
    lines = _lines(drawing)
    others = _others(drawing)
    key = _key(others) if len(others) > _MOST_DIRECT else []
    top = max((one.high if one.bounded else one.value for one in drawing.marks if one.shown), default=1.0)
    left = text_width(drawing.axis_number(top * 10), size=8.5) + 0.45
    right = _end_room(lines)
    header = 0.75 + LINE * 1.15 * len(key_rows(key)) if key else 0.75
    foot = [*missing_lines(drawing), *absent_line(drawing), *_agreeing(drawing, others), *break_lines(drawing)]
    figure, axes = new_sheet(height=_HEIGHT, left=left, right=right, header=header, foot=foot, below=1.1)
    _scales(axes, drawing, places, top=top)
    _breaks(axes, drawing, places)
    _gaps(axes, drawing, places)
    obstacles = [point for number, line in enumerate(lines) for point in _line(axes, line, places, drawing, number)]
    _markers(axes, others, places)
    labels = _end_labels(axes, lines, places) + _value_labels(lines, places)
    obstacles += [(places[one.period], one.value) for one in others]
    if key:
        draw_key(axes, key)
    else:
        labels += [Beside(places[one.period], one.value, _other_text(one)) for one in others]
    place_labels(axes, labels, obstacles=obstacles)
    y = drawing.definition.y
    above_plot(axes, y[drawing.language] if y else "", rows=1.15 * len(key_rows(key)) + 0.4 * bool(key))
    return figure, [mark for line in lines for mark in line] + others


def _places(drawing: Drawing) -> dict[str, float]:
    """Where each period stands: years at their own distance, other periods side by side."""
    periods = unique([one.period for one in drawing.marks])
    if all(one.isdigit() and len(one) == 4 for one in periods):
        return {one: float(one) for one in [*periods, *absent_years(drawing)]}
    return {one: float(number) for number, one in enumerate(periods)}


def _lines(drawing: Drawing) -> list[list[Mark]]:
    main = [one for one in drawing.marks if one.headline]
    if drawing.definition.headline:
        return [sorted(main, key=lambda one: one.period)] if main else []
    return [[one for one in main if one.series == name] for name in unique([one.series for one in main])]


def _others(drawing: Drawing) -> list[Mark]:
    """Marks of further sources: those that give another number than the headline, each number of a source once."""
    main = {one.period: one for one in drawing.marks if one.headline and one.shown}
    found: list[Mark] = []
    for one in drawing.marks:
        if one.headline or not one.shown:
            continue
        if one.period not in main or not same_value(one.value, main[one.period].value):
            found.append(one)
    return found


def _agreeing(drawing: Drawing, others: list[Mark]) -> list[str]:
    rest = [one for one in drawing.marks if not one.headline and one.shown and one not in others]
    return [drawing.word("figure.agreeing")] if rest else []


def _key(others: list[Mark]) -> list[Swatch]:
    signs = _signs(others)
    return [Swatch(name, colour, marker=marker) for name, (marker, colour) in signs.items()]


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
    low, high = positions[0][1], positions[-1][1]
    axes.set_xlim(low - 0.6, high + 0.6)
    step = 2 if len(positions) > 18 else 1
    ticks = positions[::-1][::step][::-1]
    axes.set_xticks([place for _, place in ticks], [name for name, _ in ticks])
    least = min((one.low if one.bounded else one.value for one in drawing.marks if one.shown), default=0.0)
    if drawing.definition.log:
        axes.set_yscale("log")
    else:
        axes.set_ylim(min(0.0, least * 1.1), max(top, 1e-9) * 1.12)
    if drawing.definition.reference is not None:
        axes.axhline(drawing.definition.reference, color=INK, linewidth=0.9, linestyle=(0, (5, 3)))
    if drawing.definition.x:
        axes.set_xlabel(drawing.definition.x[drawing.language], size=8.5)


def _breaks(axes: Axes, drawing: Drawing, places: dict[str, float]) -> None:
    for letter, period, _ in breaks_of(drawing):
        where = places[period] - 0.5
        axes.axvline(where, color=INK, linewidth=1.1, linestyle=(0, (1, 2)), zorder=2)
        axes.annotate(
            letter,
            (where, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 1.5),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=SMALL,
            weight="bold",
        )


def _gaps(axes: Axes, drawing: Drawing, places: dict[str, float]) -> None:
    """A pale band and a sign over the axis wherever a number is missing; the words stand under the plot."""
    signs = {one.period: NO_NUMBER for one in drawing.marks if one.headline and not one.shown}
    signs |= dict.fromkeys(absent_years(drawing), ABSENT)
    for period, sign in signs.items():
        axes.axvspan(places[period] - 0.5, places[period] + 0.5, color=PALE, linewidth=0, zorder=0.5)
        axes.annotate(
            sign,
            (places[period], 0.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=11,
            weight="bold",
        )


def _line(
    axes: Axes, line: list[Mark], places: dict[str, float], drawing: Drawing, number: int
) -> list[tuple[float, float]]:
    """One line, whole between neighbours, faint across a break, open where a number is missing."""
    colour = NAVY if number == 0 else PALETTE[(number - 1) % len(PALETTE)]
    marker = "o" if number == 0 else MARKERS[(number - 1) % len(MARKERS)]
    shown = [one for one in line if one.shown]
    broken = {places[period] - 0.5 for _, period, _ in breaks_of(drawing)}
    points = []
    for one, other in zip(shown, shown[1:], strict=False):
        start, end = places[one.period], places[other.period]
        if any(start < place < end for place in places.values()):
            continue
        across = any(start < place < end for place in broken)
        style = (0, (1, 2)) if across else DASHES[number % len(DASHES)]
        axes.plot(
            [start, end], [one.value, other.value], color=colour, linewidth=1.0 if across else 1.9, linestyle=style,
            zorder=3,
        )
        points += [
            (start + (end - start) * part / 16, one.value + (other.value - one.value) * part / 16)
            for part in range(17)
        ]
    shift = 0.0 if number == 0 else 0.06 * number
    for one in shown:
        if one.bounded:
            axes.errorbar(
                places[one.period] + shift, one.value, yerr=[[one.value - one.low], [one.high - one.value]],
                color=colour, linewidth=0.9, capsize=2.2, capthick=0.9, zorder=3.5,
            )
            points += [(places[one.period] + shift, one.low + (one.high - one.low) * part / 6) for part in range(7)]
        axes.plot(places[one.period] + shift, one.value, marker=marker, color=colour, markersize=5, zorder=4)
    return points


def _markers(axes: Axes, others: list[Mark], places: dict[str, float]) -> None:
    signs = _signs(others)
    for one in others:
        marker, colour = signs[one.series]
        axes.plot(
            places[one.period], one.value, marker=marker, color=colour, markersize=5.5, markeredgecolor=INK,
            markeredgewidth=0.6, linestyle="", zorder=5,
        )


def _end_room(lines: list[list[Mark]]) -> float:
    if len(lines) < 2:
        return 0.3
    return 0.4 + max(text_width(part, size=SMALL) for line in lines for part in wrap(line[0].series, 3.4, size=SMALL))


def _end_labels(axes: Axes, lines: list[list[Mark]], places: dict[str, float]) -> list[Beside]:
    """With several lines, the name of each at its right end."""
    if len(lines) < 2:
        return []
    ends = [[one for one in line if one.shown][-1] for line in lines if any(one.shown for one in line)]
    for one in ends:
        axes.annotate(
            "\n".join(wrap(one.series, 3.4, size=SMALL)),
            (places[one.period], one.value),
            xytext=(9, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            size=SMALL,
            linespacing=1.15,
            annotation_clip=False,
        )
    return []


def _value_labels(lines: list[list[Mark]], places: dict[str, float]) -> list[Beside]:
    """First, last, least and greatest value of each line in figures."""
    labels = []
    for line in lines:
        shown = [one for one in line if one.shown]
        if not shown:
            continue
        telling = [shown[0], shown[-1], min(shown, key=lambda one: one.value), max(shown, key=lambda one: one.value)]
        for one in {mark.row: mark for mark in telling}.values():
            height = one.high if one.bounded else one.value
            labels.append(Beside(places[one.period], height, one.text, bold=True))
    return labels


def _other_text(mark: Mark) -> str:
    name = "\n".join(wrap(mark.series, 2.8, size=SMALL))
    return f"{mark.text}\n{name}" if name else mark.text


