"""The same answers of one session as every program would export them, so that readers can be held against each other."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook, load_workbook

from evaluation.instruments.answer_layout import FIRST_ROW, answer_columns, load_answer_layout
from evaluation.instruments.answer_workbook import make_answer_workbook
from evaluation.instruments.limesurvey import question_code
from evaluation.instruments.model import LETTERS, Instrument, ItemKind
from evaluation.instruments.screen import load_screen_words

SESSION = "BCDF-GHJK-1"
CANARIES = ("Popescu-Canar", "canar.secret@firma.ro", "0722 345 678", "1850312400123")
"""A name, an address, a telephone and a CNP that stand in the raw files and nowhere else."""


@dataclass
class Paper:
    """One sheet of paper as it was filled in."""

    occasion: str
    form: str
    answers: dict[str, str] = field(default_factory=dict)
    pairing: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)


def session_of(instrument: Instrument, people: int) -> list[Paper]:
    """Everybody once before and once after; half have form A before. Nobody forgets; wrong is the choice after the right one."""
    papers = []
    for occasion in ("pre", "post"):
        for person in range(people):
            form = "AB"[(person + (occasion == "post")) % 2]
            papers.append(_paper(instrument, person, occasion, form))
    return papers


def knows_before(person: int, place: int) -> bool:
    """Whether a person is right on the question at that place of either form before the session."""
    return (person * (place + 2) + place) % 5 < 2


def learns(person: int, place: int) -> bool:
    """Whether the person is right on it afterwards, having been wrong before."""
    return (person + 2 * place) % 3 == 0


def expected_rows(instrument: Instrument, papers: list[Paper]) -> list[tuple[str, ...]]:
    """The table that every channel must give: session, sheet, occasion, form, then closed items and opinions."""
    asked = [one.name for one in instrument.items if one.kind in (ItemKind.CLOSED, ItemKind.REACTION)]
    return [
        (SESSION, str(number), one.occasion, one.form, *(one.answers.get(name, "") for name in asked))
        for number, one in enumerate(papers, 1)
    ]


def kobo_csv(instrument: Instrument, papers: list[Paper], path: Path) -> Path:
    """Column headings are names with their group, choices are names, and the program adds columns of its own."""
    names = _asked(instrument)
    head = ["start", "end", "occasion", "session", "form"]
    head += [f"pairing/{one}" if one.startswith("pair_") else one for one in names]
    head += ["contact/nume", "_id", "_uuid", "_submission_time", "_validation_status"]
    rows = [
        ["2026-03-04T10:00:00", "2026-03-04T10:09:00", one.occasion, SESSION.lower(), one.form]
        + [_value(one, name) for name in names]
        + [CANARIES[0], str(900 + number), f"u{number}", "2026-03-04T10:09:02", CANARIES[2]]
        for number, one in enumerate(papers)
    ]
    return _csv(path, head, rows, delimiter=";")


def kobo_xlsx_labels(instrument: Instrument, papers: list[Paper], path: Path) -> Path:
    """Headings and choices as Romanian labels, as Kobo exports them on request."""
    words, names = load_screen_words(), _asked(instrument)
    head = [words.occasion.ro, words.session.ro, "form"]
    head += [_labelled(instrument, name, words.groups["pairing"].ro) for name in names]
    head += ["_uuid", "Nume și prenume"]
    book = Workbook()
    sheet = book.active
    sheet.append(head)
    for number, one in enumerate(papers):
        row = [words.occasions[one.occasion].ro, SESSION, one.form]
        row += [_label_of(instrument, one, name, "ro") for name in names]
        sheet.append([*row, f"u{number}", CANARIES[0]])
    book.save(path)
    return path


def google_csv(instrument: Instrument, papers: list[Paper], path: Path) -> Path:
    """Question texts retyped with numbers, without marks now and then; choices as text, the language of each person."""
    words, names = load_screen_words(), _asked(instrument)
    head = ["Marcaj de timp", "Adresă de e-mail", words.occasion.ro, words.session.ro, "Formularul"]
    head += [f"{place}. {instrument.item(name).label.ro}  " for place, name in enumerate(names, 1)]
    head += ["Numele tău"]
    rows = [
        [
            "2026/03/04 10:09:02 AM EET",
            CANARIES[1],
            words.occasions[one.occasion].en,
            SESSION,
            f"Formularul {one.form}",
        ]
        + [_label_of(instrument, one, name, "ro" if number % 2 else "en") for name in names]
        + [CANARIES[0]]
        for number, one in enumerate(papers)
    ]
    return _csv(path, head, rows)


def limesurvey_csv(instrument: Instrument, papers: list[Paper], path: Path, *, full: bool = False) -> Path:
    """Question codes and answer codes, or codes with texts and full answers."""
    names = _asked(instrument)
    head = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "occasion", "session", "form"]
    for name in names:
        code = question_code(name)
        head.append(f"{code}. {instrument.item(name).label.en}" if full else code)
    words = load_screen_words()
    rows = [
        [str(number), "1980-01-01 00:00:00", "2", "ro", "123", CANARIES[0]]
        + [words.occasions[one.occasion].en if full else one.occasion, SESSION, one.form]
        + [(_label_of(instrument, one, name, "en") if full else _value(one, name)) or "N/A" for name in names]
        for number, one in enumerate(papers)
    ]
    return _csv(path, head, rows)


def plain_csv(instrument: Instrument, papers: list[Paper], path: Path) -> Path:
    """Item names; answers as letter, number or text by turns; the encoding that old programs write."""
    names = _asked(instrument)
    tell: list[Callable[[Paper, str], str]] = [
        lambda one, name: _value(one, name).upper(),
        lambda one, name: _index(instrument, one, name),
        lambda one, name: f"{one.answers.get(name, '')}) {text}" if (text := _label_of(instrument, one, name, "ro")) and _is_closed(instrument, name) else _value(one, name),
    ]  # fmt: skip
    head = ["Sesiunea", "Foaia nr.", "Când", "Formularul", *names, "telefon", "CNP"]
    rows = [
        [SESSION, str(number), {"pre": "înainte", "post": "după"}[one.occasion], one.form]
        + [tell[number % 3](one, name) for name in names]
        + [CANARIES[2], CANARIES[3]]
        for number, one in enumerate(papers, 1)
    ]
    return _csv(path, head, rows, encoding="cp1250")


def own_workbook(
    instrument: Instrument, papers: list[Paper], path: Path, *, twice: bool = True, facts: dict[str, str | int] | None = None
) -> Path:  # fmt: skip
    """Our workbook, typed in once or twice without a slip."""
    path.write_bytes(make_answer_workbook(instrument, people=len(papers), codes=[SESSION]))
    book, layout = load_workbook(path), load_answer_layout()
    for sheet in ("first", "second")[: 2 if twice else 1]:
        page = book[layout.sheets[sheet].ro]
        for number, one in enumerate(papers, 1):
            for place, column in enumerate(answer_columns(instrument), 1):
                value = _typed(column.field, column.items.get(one.form, ""), one)
                if (
                    value
                    and column.field not in ("session", "sheet")
                    and (sheet == "first" or column.group != "open")
                ):
                    page.cell(FIRST_ROW + number, place).value = value
    page = book[layout.sheets["session"].ro]
    for row, line in enumerate(layout.session_fields, 4):
        if facts and line.field in facts:
            page.cell(row, 3).value = facts[line.field]
    book.save(path)
    return path


def place_of(instrument: Instrument, name: str, number: int) -> tuple[int, int]:
    """Row and column of a field in an answers sheet, from 1."""
    fields = [one.field for one in answer_columns(instrument)]
    return FIRST_ROW + number, fields.index(name) + 1


def _paper(instrument: Instrument, person: int, occasion: str, form: str) -> Paper:
    paper = Paper(occasion, form)
    for place, item in enumerate(instrument.of_kind(ItemKind.CLOSED, form)):
        right = instrument.key(item.name).correct
        knows = knows_before(person, place) or (occasion == "post" and learns(person, place))
        paper.answers[item.name] = right if knows else LETTERS[(LETTERS.index(right) + 1) % 4]
    if occasion == "post":
        for item in instrument.of_kind(ItemKind.REACTION, form):
            paper.answers[item.name] = str(4 + person % 2)
    for item in instrument.of_kind(ItemKind.OPEN, form):
        paper.open[item.name] = f"nu vorbește cu nimeni; datorie {person}" if person % 2 else ""
    values = (
        _letter(person * 7), str(person % 6), _letter(person * 11 + 3), f"{person * 5 % 12 + 1:02}",
        _letter(person * 3 + person // 8), _letter(person * 9 + person // 5),
    )  # fmt: skip
    boxes = [one.name for one in instrument.of_kind(ItemKind.PAIRING, form)]
    paper.pairing = dict(zip(boxes, values, strict=True))
    return paper


def _letter(number: int) -> str:
    return "ABCDEFGHILMNOPRSTUVZ"[number % 20]


def _asked(instrument: Instrument) -> list[str]:
    """Every item once, in the order of form A and then what only form B has."""
    return list(dict.fromkeys((*instrument.forms.A, *instrument.forms.B)))


def _is_closed(instrument: Instrument, name: str) -> bool:
    return instrument.item(name).kind is ItemKind.CLOSED


def _value(paper: Paper, name: str) -> str:
    return paper.answers.get(name) or paper.pairing.get(name) or paper.open.get(name) or ""


def _index(instrument: Instrument, paper: Paper, name: str) -> str:
    value = _value(paper, name)
    return str(LETTERS.index(value) + 1) if value and _is_closed(instrument, name) else value


def _label_of(instrument: Instrument, paper: Paper, name: str, language: str) -> str:
    value, item = _value(paper, name), instrument.item(name)
    return getattr(item.choices[value], language) if item.choices and value else value


def _labelled(instrument: Instrument, name: str, group: str) -> str:
    label = instrument.item(name).label.ro
    return f"{group}/{label}" if name.startswith("pair_") else f"7. {label}"


def _typed(name: str, item: str, paper: Paper) -> str | int:
    if name == "occasion":
        return {"pre": "înainte", "post": "după"}[paper.occasion]
    if name == "form":
        return paper.form
    value = _value(paper, item)
    return int(value) if value.isdigit() else value


def _csv(
    path: Path, head: list[str], rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8-sig"
) -> Path:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([head, *rows])
    text = buffer.getvalue()
    if encoding == "cp1250":
        text = text.translate(str.maketrans("șțȘȚ", "\u015f\u0163\u015e\u0162"))
    path.write_bytes(text.encode(encoding))
    return path
