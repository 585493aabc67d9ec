"""``plot``: a figure of released numbers with caption, text alternative and data table."""

import base64
import html
from collections.abc import Callable, Sequence

from matplotlib.figure import Figure

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.reporting.displays import Shown, decision_records, stored_records
from evaluation.reporting.figures.bars import draw_bars
from evaluation.reporting.figures.chain import draw_chain
from evaluation.reporting.figures.completeness_map import draw_completeness
from evaluation.reporting.figures.county_tiles import draw_tiles
from evaluation.reporting.figures.deadlines import draw_deadlines
from evaluation.reporting.figures.definitions import Definition, figure_of
from evaluation.reporting.figures.links import draw_links
from evaluation.reporting.figures.marks import Drawing, Mark, read_drawing
from evaluation.reporting.figures.notes import text_alternative
from evaluation.reporting.figures.parts import only_within, split_drawing
from evaluation.reporting.figures.progress import draw_progress
from evaluation.reporting.figures.rank_bands import draw_ranks
from evaluation.reporting.figures.scatter_ranks import draw_scatter
from evaluation.reporting.figures.series import draw_series
from evaluation.reporting.figures.stacked import draw_stacked
from evaluation.reporting.figures.style import house_style, png_bytes
from evaluation.reporting.figures.timeline import draw_timeline
from evaluation.reporting.layouts import layout_of
from evaluation.reporting.register import Entry, make_entry
from evaluation.reporting.tables import is_synthetic, slug_of, table_html

Draw = Callable[[Drawing], tuple[Figure, list[Mark]]]
_DRAW: dict[str, Draw] = {
    "series": draw_series,
    "bars": draw_bars,
    "intervals": draw_bars,
    "stacked": draw_stacked,
    "timeline": draw_timeline,
    "progress": draw_progress,
    "deadlines": draw_deadlines,
    "completeness_map": draw_completeness,
    "county_tiles": draw_tiles,
    "rank_bands": draw_ranks,
    "links": draw_links,
    "scatter_ranks": draw_scatter,
    "chain": draw_chain,
}
_WIDTH_PX = 605


def plot(released: Released, *beside: Released, language: str, figure: str = "", only: str = "") -> Shown:
    """A figure of released numbers, by the definition of that name (default: the result's own id).

    A row without a number is drawn as a sign with its reason, never as 0. The text alternative is made from the
    same numbers, and the data table follows the picture; a drawn number that the table lacks is an error. Where
    the definition says so, further results stand beside in the same picture, and there are several pictures.
    ``only`` keeps the rows of one objective and of those below it.
    """
    for one in (released, *beside):
        _check_released(one)
    definition = figure_of(figure or released.id)
    drawing = read_drawing(released, definition, language=language, beside=beside)
    drawing = only_within(drawing, only) if only else drawing
    first = slug_of(only) if not definition.split else ""
    parts = [
        _one_picture(part, "-".join(filter(None, (first, name)))) for name, part in split_drawing(drawing)
    ]
    entries = {one.id: one for _, found in parts for one in found}
    return Shown(
        "figure",
        definition.name,
        "".join(markup for markup, _ in parts),
        tuple(entries.values()),
        tuple(record for one in (released, *beside) for record in decision_records(one)),
        tuple(record for one in (released, *beside) for record in stored_records(one)),
    )


def _check_released(released: object) -> None:
    if not isinstance(released, Released):
        raise ReportError(
            f"only what the gate released can be drawn, not a {type(released).__name__}; "
            "pass it through evaluation.disclosure.release first."
        )


def _one_picture(drawing: Drawing, name: str) -> tuple[str, list[Entry]]:
    """One picture with its data, and the entries of its numbers."""
    definition = drawing.definition
    invented = any(is_synthetic(one.released) for one in (drawing, *drawing.beside))
    with house_style():
        picture, marks = _DRAW[definition.kind](drawing)
        image = png_bytes(picture, band=drawing.word("synthetic.mark") if invented else "")
    slug = "-".join(one for one in (definition.name.replace("_", "-"), name) if one)
    figure = _figure_html(drawing, image, slug=slug, invented=invented)
    if definition.data_elsewhere:
        place = html.escape(drawing.word(f"figure.data_elsewhere.{definition.data_elsewhere}"))
        shown = [(drawing.released, marks), *((one.released, one.marks) for one in drawing.beside)]
        entries = [make_entry(released, mark.row, "estimate") for released, own in shown for mark in own]
        return f'{figure}<p class="note">{place}</p>', list({one.id: one for one in entries}.values())
    tables, entries = [], []
    for number, (source, layout) in enumerate(_sources(drawing)):
        rows = [one.row for one in source.marks] if name else None
        markup, listed = table_html(
            source.released,
            layout_of(layout),
            slug=f"{slug}-data{number or ''}",
            language=drawing.language,
            rows=rows,
            part=drawing.part,
        )
        tables.append(markup)
        entries += _entries(source.released, marks if number == 0 else source.marks, listed, definition)
    return figure + (
        f'<details class="data"><summary>{html.escape(drawing.word("figure.data"))}</summary>'
        f"{''.join(tables)}</details>"
    ), entries


def _sources(drawing: Drawing) -> list[tuple[Drawing, str]]:
    """The results of a picture that have rows in it, each with the layout of its data."""
    definition = drawing.definition
    if drawing.beside and not definition.beside_layout:
        raise ReportError(
            f"{drawing.released.id}: the figure {definition.name} takes one result; give it a beside_layout for more."
        )
    others = [(one, definition.beside_layout) for one in drawing.beside if one.marks]
    return [(drawing, definition.data_layout), *others]


def _figure_html(drawing: Drawing, image: bytes, *, slug: str, invented: bool) -> str:
    definition, language = drawing.definition, drawing.language
    picture = base64.b64encode(image).decode("ascii")
    mark = f"{drawing.word('synthetic.alt')} " if invented else ""
    alt = html.escape(mark + text_alternative(drawing), quote=True)
    note = f'<p class="note">{html.escape(definition.note[language])}</p>' if definition.note else ""
    caption = definition.caption[language].replace("{part}", drawing.part)
    return (
        f'<figure class="exhibit figure" id="fig-{slug}">'
        f'<img src="data:image/png;base64,{picture}" alt="{alt}" width="{_WIDTH_PX}">'
        f'<figcaption><span class="exno" data-kind="figure" data-ref="fig-{slug}"></span> '
        f"{html.escape(caption)}</figcaption></figure>{note}"
    )


def _entries(
    released: Released, marks: Sequence[Mark], listed: Sequence[Entry], definition: Definition
) -> list[Entry]:
    """The entries of all numbers drawn and listed, each once."""
    drawn = [make_entry(released, mark.row, "estimate") for mark in marks]
    known = {one.row for one in listed}
    lacking = sorted({one.row for one in drawn} - known)
    if lacking:
        raise ReportError(
            f"{released.id}: the table {definition.data_layout} lacks row(s) {', '.join(map(str, lacking[:5]))} of the "
            f"figure {definition.name}; let the layout show every row that is drawn."
        )
    return list({one.id: one for one in [*listed, *drawn]}.values())
