"""Reading a request workbook that came back filled in: observations, states of measures, what was wrong."""

from collections import defaultdict

from evaluation.core.errors import IntakeError
from evaluation.intake.returns.cells import Book, Line
from evaluation.intake.returns.entries import plan_digest
from evaluation.intake.returns.grid import Grid, find_facts, find_grid
from evaluation.intake.returns.layout import load_layout, split_column_key
from evaluation.intake.returns.own_lines import (
    read_county_figure,
    read_deliverable,
    read_figure,
    read_measure,
)
from evaluation.intake.returns.raw import Correction, RawBook, Reading
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Plan
from evaluation.strategy.request import RequestRules

_PLACE = ("sheet", "cell", "file", "remark")


def is_own(book: RawBook) -> bool:
    """Whether the file is a request workbook of the kit, with its sheet of keys."""
    return find_facts(book) is not None


def read_own(book: RawBook, plan: Plan, registry: Registry, rules: RequestRules) -> Reading:
    """What an institution wrote into its workbook.

    Lines are found by their keys, so sorted, hidden and inserted rows do no harm. A cell that cannot be used
    is listed with its place and its code; the rest of its line is still used. An empty cell says nothing.
    """
    facts = find_facts(book)
    if facts is None:
        raise IntakeError(f"{book.file}: not a request workbook; its sheet of keys is missing.")
    reading = Reading("kit", facts.institution, facts.year, synthetic=facts.synthetic)
    known = facts.institution in {one.id for one in registry.registry}
    if facts.plan != plan.head.id or not known:
        code = "own_other_plan" if facts.plan != plan.head.id else "own_unknown_institution"
        reading.corrections.append(Correction("_kit", "", code))
        return reading
    cards = {card.id: card for measure in plan.measures for card in measure.indicators}
    own = Book(book.file, facts, plan, cards, rules, reading)
    if facts.plan_digest != plan_digest(plan):
        own.note("_kit", "", "own_plan_changed")
    seen: dict[str, set[str]] = defaultdict(set)
    for sheet in book.sheets:
        grid = find_grid(sheet)
        if grid is not None:
            _read_grid(grid, own, seen[_kind(grid)])
    _settle_repeats(own)
    _note_missing(own, seen)
    return reading


def _read_grid(grid: Grid, own: Book, seen: set[str]) -> None:
    """One sheet, whatever it is called now: its fields tell what it holds."""
    kind = _kind(grid)
    if kind == "counties":
        return _read_counties(grid, own, seen)
    reader = {"indicators": read_figure, "deliverables": read_deliverable, "measures": read_measure}.get(kind)
    inputs = [one.field for one in load_layout().sheet(kind).columns if one.input] if reader else []
    for row, key in grid.lines:
        if key:
            seen.add(key)
        if reader is not None and any(grid.cell(row, field) for field in inputs):
            reader(Line(grid, row, key, own))
    return None


def _read_counties(grid: Grid, own: Book, seen: set[str]) -> None:
    """The matrix: the key of the column and the county of the row make the key of a figure."""
    figures: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for field in grid.columns:
        found = split_column_key(field)
        if found is not None:
            figures[str(found[0])].append((field, found[1]))
    fields = [field for parts in figures.values() for field, _ in parts]
    for row, county in grid.lines:
        seen.add(county)
        if county not in own.rules.counties:
            if any(grid.cell(row, field) for field in fields):
                Line(grid, row, "", own).reject("own_row_without_key", "county")
            continue
        for key, parts in figures.items():
            if any(grid.cell(row, field) for field, _ in parts):
                read_county_figure(Line(grid, row, key, own), county, {part: field for field, part in parts})


def _kind(grid: Grid) -> str:
    """Which sheet of the layout this is."""
    found = set(grid.columns)
    if "county" in found:
        return "counties"
    for kind, fields in (
        ("indicators", {"value"}),
        ("deliverables", {"stage", "text"}),
        ("measures", {"stage"}),
    ):
        if fields <= found:
            return kind
    return "other"


def _settle_repeats(own: Book) -> None:
    """The same figure given twice in one file: once when equal, not at all when it differs."""
    names = ("indicator", "period", "county", "group", "level")
    own.reading.observations = _settle(own.reading.observations, names, own)
    own.reading.measures = _settle(own.reading.measures, ("measure",), own)


def _settle(records: list[dict[str, object]], names: tuple[str, ...], own: Book) -> list[dict[str, object]]:
    groups: dict[tuple[object, ...], list[dict[str, object]]] = defaultdict(list)
    for record in records:
        groups[tuple(record.get(name, "") for name in names)].append(record)
    kept: list[dict[str, object]] = []
    for group in groups.values():
        said = {str([(k, v) for k, v in sorted(one.items()) if k not in _PLACE]) for one in group}
        used = group[:1] if len(said) == 1 else []
        for record in group[len(used) :]:
            code = "own_line_repeated" if used else "own_line_contradicts"
            own.note(str(record["sheet"]), str(record["cell"]), code)
            own.reading.rows_used -= 1
            own.reading.rows_rejected += 1
        kept += used
    return kept


def _note_missing(own: Book, seen: dict[str, set[str]]) -> None:
    """Lines that were sent and did not come back."""
    for kind in ("indicators", "deliverables", "measures", "counties"):
        name = load_layout().sheet(kind).name
        sent = {key.split("@")[0] for key in own.facts.sent.get(name, {})}
        gone = sent - seen[kind]
        if gone:
            code = "own_sheet_missing" if gone == sent else "own_lines_missing"
            own.reading.corrections.append(Correction(name, "", code, len(gone)))
