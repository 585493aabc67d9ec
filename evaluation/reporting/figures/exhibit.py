"""``plot``: a figure of released numbers with caption, text alternative and data table."""

import base64
import html
from collections.abc import Callable, Sequence

from matplotlib.figure import Figure

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.reporting.displays import Shown, decision_records, stored_records
from evaluation.reporting.figures.bars import draw_bars
from evaluation.reporting.figures.definitions import Definition, figure_of
from evaluation.reporting.figures.marks import Drawing, Mark, read_drawing
from evaluation.reporting.figures.notes import text_alternative
from evaluation.reporting.figures.series import draw_series
from evaluation.reporting.figures.stacked import draw_stacked
from evaluation.reporting.figures.style import house_style, png_bytes
from evaluation.reporting.figures.timeline import draw_timeline
from evaluation.reporting.register import Entry, make_entry
from evaluation.reporting.tables import layout_of, table_html

Draw = Callable[[Drawing], tuple[Figure, list[Mark]]]
_DRAW: dict[str, Draw] = {
    "series": draw_series,
    "bars": draw_bars,
    "intervals": draw_bars,
    "stacked": draw_stacked,
    "timeline": draw_timeline,
}
_WIDTH_PX = 605


def plot(released: Released, *, language: str, figure: str = "") -> Shown:
    """A figure of released numbers, by the definition of that name (default: the result's own id).

    A row without a number is drawn as a sign with its reason, never as 0. The text alternative is made from the
    same numbers, and the data table follows the picture; a drawn number that the table lacks is an error.
    """
    if not isinstance(released, Released):
        raise ReportError(
            f"only what the gate released can be drawn, not a {type(released).__name__}; "
            "pass it through evaluation.disclosure.release first."
        )
    definition = figure_of(figure or released.id)
    drawing = read_drawing(released, definition, language=language)
    with house_style():
        picture, marks = _DRAW[definition.kind](drawing)
        image = png_bytes(picture)
    slug = definition.name.replace("_", "-")
    table, listed = table_html(
        released, layout_of(definition.data_layout), slug=f"{slug}-data", language=language
    )
    entries = _entries(released, marks, listed, definition)
    markup = _figure_html(drawing, image, slug=slug) + (
        f'<details class="data"><summary>{html.escape(drawing.word("figure.data"))}</summary>{table}</details>'
    )
    return Shown(
        "figure", definition.name, markup, entries, decision_records(released), stored_records(released)
    )


def _figure_html(drawing: Drawing, image: bytes, *, slug: str) -> str:
    definition, language = drawing.definition, drawing.language
    picture = base64.b64encode(image).decode("ascii")
    alt = html.escape(text_alternative(drawing), quote=True)
    note = f'<p class="note">{html.escape(definition.note[language])}</p>' if definition.note else ""
    return (
        f'<figure class="exhibit figure" id="fig-{slug}">'
        f'<img src="data:image/png;base64,{picture}" alt="{alt}" width="{_WIDTH_PX}">'
        f'<figcaption><span class="exno" data-kind="figure" data-ref="fig-{slug}"></span> '
        f"{html.escape(definition.caption[language])}</figcaption></figure>{note}"
    )


def _entries(
    released: Released, marks: Sequence[Mark], listed: Sequence[Entry], definition: Definition
) -> tuple[Entry, ...]:
    """The entries of all numbers drawn and listed, each once."""
    drawn = [make_entry(released, mark.row, "estimate") for mark in marks]
    known = {one.row for one in listed}
    lacking = sorted({one.row for one in drawn} - known)
    if lacking:
        raise ReportError(
            f"{released.id}: the table {definition.data_layout} lacks row(s) {', '.join(map(str, lacking[:5]))} of the "
            f"figure {definition.name}; let the layout show every row that is drawn."
        )
    return tuple({one.id: one for one in [*listed, *drawn]}.values())
