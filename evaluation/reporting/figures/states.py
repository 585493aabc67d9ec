"""How far a row goes, in short words: what a cell says that has no number, or not all of it."""

from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.numbers import AT_LEAST, PARTIAL, format_short, plain_quantity
from evaluation.reporting.wording import load_wording

_UNITS = ("money", "duration")


def cell_lines(drawing: Drawing, mark: Mark) -> list[str]:
    """The number for a narrow cell, with a second line where it is partial; otherwise the reason in a word."""
    if not mark.shown:
        return [state_word(drawing, mark)]
    kind = plain_quantity(mark.quantity)
    number = format_short(mark.value, quantity=kind, language=drawing.language)
    if mark.quantity == AT_LEAST:
        return [f"≥\u00a0{number}"]
    if mark.quantity in PARTIAL:
        return [number, drawing.word("cell.partial")]
    return [number, drawing.word(f"cell.{kind}")] if kind in _UNITS else [number]


def difference_text(drawing: Drawing, mark: Mark) -> str:
    """A difference without an interval, with its sign and in the unit of the indicator."""
    kind = drawing.field(mark, "text:kind_key")
    sign = "+" if mark.value > 0 else "\N{MINUS SIGN}" if mark.value < 0 else ""
    number = format_short(abs(mark.value), quantity=kind, language=drawing.language)
    return f"{sign}{number} {drawing.word(f'cell.{kind}') if kind in _UNITS else ''}".strip()


def state_word(drawing: Drawing, mark: Mark) -> str:
    """Why a row has no number, in a word: the state that its data name, otherwise its status."""
    code = drawing.field(mark, drawing.definition.state) if drawing.definition.state else ""
    known = load_wording()
    if mark.status == "not_collected" and code and known.has(f"cell.{code}"):
        return drawing.word(f"cell.{code}")
    return drawing.word(f"cell.{mark.status}")
