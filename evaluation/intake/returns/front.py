"""The sheets of the request workbook that are read: instructions, the English index, and the list of keys."""

from typing import TYPE_CHECKING

from evaluation.core.language import Language
from evaluation.intake.returns.entries import plan_digest
from evaluation.intake.returns.layout import FORMAT, KIT_SHEET, load_front
from evaluation.intake.returns.painting import Pen, deadline, row_height
from evaluation.intake.returns.phrases import count_words, define_in_english
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTH = 92
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def write_front(pen: Pen) -> None:
    """The first sheet: what is asked, to whom, by when, how, and what the colours mean."""
    sheet = pen.request.layout.sheet("front")
    page = pen.add_sheet(sheet, columns=1)
    page.set_column(0, 0, _WIDTH)
    row = _write_instructions(pen, page, Language.RO)
    page.print_area(0, 0, row, 0)
    pen.finish(page, sheet)
    page.set_portrait()
    page.fit_to_pages(1, 1)
    page.activate()


def write_english(pen: Pen) -> None:
    """The instructions and the list of indicators in English."""
    sheet = pen.request.layout.sheet("english")
    index = load_front().index
    page = pen.add_sheet(sheet, columns=len(index.columns))
    for place, column in enumerate(index.columns):
        page.set_column(place, place, column.width)
    row = _write_instructions(pen, page, Language.EN, columns=len(index.columns)) + 1
    page.write_string(row, 0, index.heading.en, pen.style("section"))
    row += 1
    for place, column in enumerate(index.columns):
        page.write_string(row, place, column.heading, pen.style("head"))
    asked = {one.indicator: one.measure for one in pen.request.asked}
    for indicator, measure in asked.items():
        row += 1
        card = pen.request.cards[indicator]
        words = (indicator, measure, card.name.en, card.type.value, card.unit.en, define_in_english(card))
        for place, text in enumerate(words):
            page.write_string(row, place, text, pen.style("total"))
        widths = (column.width for column in index.columns)
        page.set_row(row, row_height(zip(words, widths, strict=True)))
    page.print_area(0, 0, row, len(index.columns) - 1)
    pen.finish(page, sheet)


def write_kit(pen: Pen) -> None:
    """The sheet by which the reader knows the workbook; nobody needs to see it."""
    request = pen.request
    page = pen.workbook.add_worksheet(KIT_SHEET)
    facts = {
        "format": FORMAT,
        "version": request.layout.version,
        "plan": request.plan.head.id,
        "plan_digest": plan_digest(request.plan),
        "institution": request.institution,
        "year": str(request.year),
        "synthetic": "yes" if request.synthetic else "no",
    }
    row = 0
    if request.synthetic:
        page.write_string(0, 0, request.layout.banner, pen.style("banner"))
        row = 1
    for name, value in facts.items():
        page.write_row(row, 0, (name, value))
        row += 1
    page.write_row(row, 0, ("sheet", "cell", "field", "key"))
    for place, cell in enumerate(pen.cells, start=row + 1):
        page.write_row(place, 0, cell)
    page.protect()
    page.hide()


def _write_instructions(pen: Pen, page: "Worksheet", language: Language, *, columns: int = 1) -> int:
    """Title, sections and legend from the third row on; gives the row after the last."""
    front, facts = load_front(), _facts(pen, language)
    row = 1
    width: float = _WIDTH if columns == 1 else sum(one.width for one in front.index.columns)
    heads: list[tuple[Text, str, float]] = [
        (front.title, "big", 30),
        (front.subtitle, "lead", 20),
        (front.purpose, "prose", 34),
    ]
    for text, style, height in heads:
        _write_line(pen, page, row, _say(text, facts, language), style=style, columns=columns, height=height)
        row += 1
    for section in front.sections:
        row += 1
        _write_line(
            pen, page, row, getattr(section.heading, language), style="section", columns=columns, height=20
        )
        for text in section.paragraphs:
            row += 1
            words = _say(text, facts, language)
            height = 2 + 1.12 * row_height([(words, width)])
            _write_line(pen, page, row, words, style="prose", columns=columns, height=height)
        row += 1
    _write_line(
        pen, page, row, getattr(front.legend.heading, language), style="section", columns=columns, height=20
    )
    for entry in front.legend.entries:
        row += 1
        words = getattr(entry.text, language)
        _write_line(pen, page, row, words, style=f"legend_{entry.style}", columns=min(columns, 3), height=17)
    return row + 1


def _write_line(
    pen: Pen, page: "Worksheet", row: int, words: str, *, style: str, columns: int, height: float
) -> None:
    if columns == 1:
        page.write_string(row, 0, words, pen.style(style))
    else:
        page.merge_range(row, 0, row, columns - 1, words, pen.style(style))
    page.set_row(row, height)


def _facts(pen: Pen, language: Language) -> dict[str, str]:
    """What the places of the instructions stand for."""
    request, front = pen.request, load_front()
    name = request.registry.get(request.institution).name
    day = deadline(request)
    english = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    romanian = f"{day.day} {request.layout.months[day.month - 1]} {day.year}"
    numbers = {
        "measures": len(request.measures),
        "figures": len(request.figures),
        "deliverables": len(request.deliverables),
        "counties": len(request.county_totals),
    }
    counted = {key: count_words(number, front.counted[key], language) for key, number in numbers.items()}
    counted["counties"] = counted["counties"] if numbers["counties"] else ""
    return counted | {
        "year": str(request.year),
        "name": name.ro,
        "name_en": name.en,
        "deadline": romanian if language is Language.RO else english,
        "deadline_note": getattr(request.rules.deadline_note, language),
        "contact": getattr(request.layout.contact, language),
        "by_evaluators": request.layout.by_evaluators,
    }


def _say(text: Text, facts: dict[str, str], language: Language) -> str:
    words: str = getattr(text, language)
    return words.format(**facts)
