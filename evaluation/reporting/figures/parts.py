"""The parts of a figure: a picture for each value of a field, cut where it would grow too high for a page."""

from dataclasses import replace

from evaluation.core.errors import ReportError
from evaluation.reporting.figures.marks import Drawing, Mark, unique
from evaluation.reporting.tables import slug_of


def split_drawing(drawing: Drawing) -> list[tuple[str, Drawing]]:
    """One drawing for each value that the definition splits by, of at most so many rows, with a name for its anchor."""
    definition = drawing.definition
    parts = [("", drawing)]
    if definition.split:
        values = unique([drawing.field(one, definition.split) for one in drawing.marks])
        parts = [(slug_of(value), _part(drawing, value)) for value in values]
    found = []
    for name, part in parts:
        runs = _runs(_rows_of(part), definition.most)
        for number, labels in enumerate(runs, start=1):
            several = f" ({number}/{len(runs)})" if len(runs) > 1 else ""
            piece = "-".join(one for one in (name, str(number) if several else "") if one)
            found.append((piece, _labelled(part, set(labels), part.part + several)))
    return found


def only_within(drawing: Drawing, code: str) -> Drawing:
    """The rows of one objective and of those below it, in the field that the definition names."""
    spec = drawing.definition.within or drawing.definition.split

    def belongs(one: Drawing, mark: Mark) -> bool:
        place = one.field(mark, spec)
        return place == code or place.startswith(f"{code}.")

    marks = tuple(one for one in drawing.marks if belongs(drawing, one))
    if not marks:
        raise ReportError(
            f"{drawing.released.id}: the figure {drawing.definition.name} has no row of objective {code}."
        )
    others = tuple(
        replace(one, marks=tuple(mark for mark in one.marks if belongs(one, mark))) for one in drawing.beside
    )
    return replace(drawing, marks=marks, beside=others, part=code)


def _part(drawing: Drawing, value: str) -> Drawing:
    split = drawing.definition.split
    marks = tuple(one for one in drawing.marks if drawing.field(one, split) == value)
    name = drawing.field(marks[0], drawing.definition.split_label or split)
    beside = tuple(
        replace(other, marks=tuple(one for one in other.marks if other.field(one, split) == value))
        for other in drawing.beside
    )
    return replace(drawing, marks=marks, beside=beside, part=name)


def _labelled(drawing: Drawing, labels: set[str], part: str) -> Drawing:
    return replace(
        drawing,
        marks=tuple(one for one in drawing.marks if one.label in labels),
        beside=tuple(
            replace(other, marks=tuple(one for one in other.marks if one.label in labels))
            for other in drawing.beside
        ),
        part=part,
    )


def _rows_of(drawing: Drawing) -> dict[str, int]:
    """How many rows each label fills in the picture: one, but of dates one for each date."""
    labels = [one.label for one in drawing.marks]
    each_mark = drawing.definition.kind == "deadlines"
    return {label: labels.count(label) if each_mark else 1 for label in unique(labels)}


def _runs(rows: dict[str, int], most: int) -> list[list[str]]:
    """The labels in runs of nearly equal height, none of more than ``most`` rows unless a label alone has more.

    >>> _runs({"a": 2, "b": 1, "c": 1}, 3)
    [['a'], ['b', 'c']]
    """
    if not most:
        return [list(rows)]
    fewest = len(_filled(rows, most))
    least = min(most, -(-sum(rows.values()) // fewest))
    tries = (_filled(rows, room) for room in range(least, most + 1))
    return next(found for found in tries if len(found) == fewest)


def _filled(rows: dict[str, int], room: int) -> list[list[str]]:
    """The labels in their order, a new run wherever the next label would not fit."""
    runs: list[list[str]] = []
    height = 0
    for label, count in rows.items():
        if not runs or height + count > room:
            runs.append([])
            height = 0
        runs[-1].append(label)
        height += count
    return runs
