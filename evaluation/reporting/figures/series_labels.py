"""Words of a figure over time: the values that tell most, and the names at the ends of several lines."""

from matplotlib.axes import Axes

from evaluation.reporting.figures.labels import Beside
from evaluation.reporting.figures.marks import Mark
from evaluation.reporting.figures.style import SMALL, text_width, wrap

_LINE_SHARE = 0.05


def _last(line: list[Mark]) -> Mark | None:
    shown = [one for one in line if one.shown]
    return shown[-1] if shown else None


def end_room(lines: list[list[Mark]]) -> float:
    """Room in cm right of the plot for the names of several lines."""
    ends = [end for end in map(_last, lines) if end is not None]
    if len(lines) < 2 or not ends:
        return 0.3
    return 0.2 + max(text_width(part, size=SMALL, bold=True) for end in ends for part in _end_words(end))


def _end_words(mark: Mark) -> list[str]:
    return [mark.text, *wrap(mark.series, 3.4, size=SMALL)]


def end_labels(axes: Axes, lines: list[list[Mark]], places: dict[str, float]) -> None:
    """With several lines, the last value and the name of each at its right end, moved apart where they meet."""
    ends = [end for end in map(_last, lines) if end is not None]
    if len(lines) < 2:
        return
    bottom, top = axes.get_ylim()
    least = (top - bottom) * _LINE_SHARE
    height = bottom - least
    for end in sorted(ends, key=lambda one: one.value):
        words = _end_words(end)
        height = max(end.value, height + least * len(words) / 2)
        text = "\n".join(words)
        axes.annotate(
            text,
            (places[end.period], end.value),
            xytext=(max(places.values()) + 0.14, height),
            ha="left",
            va="center",
            size=SMALL,
            linespacing=1.15,
            annotation_clip=False,
        )
        height += least * len(words) / 2


def value_labels(lines: list[list[Mark]], places: dict[str, float]) -> list[Beside]:
    """First, last, least and greatest value of each line in figures; the last of several stands at its end."""
    labels = []
    for line in lines:
        shown = [one for one in line if one.shown]
        ranked = sorted(shown, key=lambda one: one.value)
        telling = [*shown[:1], *shown[-1:], *ranked[:1], *ranked[-1:]]
        chosen = {mark.row: mark for mark in telling if len(lines) == 1 or mark is not shown[-1]}
        labels += [Beside(places[one.period], upper_end(one), one.text, bold=True) for one in chosen.values()]
    return labels


def upper_end(mark: Mark) -> float:
    """The upper end of a mark: of its interval where it has one."""
    return mark.high if mark.bounded else mark.value


def other_text(mark: Mark, *, named: bool) -> str:
    """The value of a further source, with its name where that fits."""
    name = "\n".join(wrap(mark.series, 2.8, size=SMALL))
    return f"{mark.text}\n{name}" if named and name else mark.text
