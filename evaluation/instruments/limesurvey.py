"""LimeSurvey's tab-separated survey structure: a form in both languages, for import under «Create survey»."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from io import StringIO
from pathlib import Path
from zlib import crc32

from evaluation.instruments.model import Instrument, Item, ItemKind
from evaluation.instruments.screen import ScreenWords, items_of, load_screen_words
from evaluation.strategy.words import Text

LANGUAGES = ("ro", "en")
COLUMNS = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other",
    "default", "same_default", "answer_order", "em_validation_q_tip", "hidden", "maximum_chars", "random_order",
)  # fmt: skip
"""The columns of the format, then settings of questions; numbers of rows are not needed, names tell them apart."""
CODE = re.compile(r"[a-z][a-z0-9]{0,19}")
"""A question code of LimeSurvey: letters and digits, no underscore, at most 20."""
AFTER_ONLY = 'occasion.NAOK == "post"'
SETTINGS = {
    "gsid": "1", "format": "G", "anonymized": "Y", "datestamp": "N", "savetimings": "N", "ipaddr": "N",
    "refurl": "N", "usecookie": "N", "allowsave": "N", "allowprev": "Y", "listpublic": "N", "publicstatistics": "N",
    "showwelcome": "Y", "shownoanswer": "Y", "showxquestions": "N", "showqnumcode": "X",
}  # fmt: skip
"""Neither time, address nor origin of an answer is kept; every answer may be left out."""
Row = dict[str, str]


def question_code(name: str) -> str:
    """The code of an item in LimeSurvey, which allows no underscore; exports carry this code.

    >>> question_code("teach_a1")
    'teacha1'
    """
    return name.replace("_", "")


def limesurvey_rows(instrument: Instrument, form: str) -> tuple[Row, ...]:
    """The rows of a form: settings, then all groups, questions and answers in Romanian, then the same in English.

    References
    ----------
    LimeSurvey Manual, "Tab Separated Value survey structure".
    """
    words = load_screen_words()
    number = survey_number(instrument, form)
    settings = {"sid": number, **SETTINGS, "language": LANGUAGES[0], "additional_languages": LANGUAGES[1]}
    rows = [make_row(**{"class": "S"}, name=name, text=value) for name, value in settings.items()]
    for language in LANGUAGES:
        rows += _survey_texts(instrument, form, words, language=language, number=number)
    for language in LANGUAGES:
        rows += _structure(instrument, form, words, language=language)
    return tuple(rows)


def write_limesurvey(instrument: Instrument, form: str, path: Path) -> Path:
    """The file of a form for import."""
    return write_rows(limesurvey_rows(instrument, form), path)


def write_rows(rows: Iterable[Row], path: Path) -> Path:
    """Rows as a file; LimeSurvey wants the extension .txt and UTF-8 with a byte order mark."""
    buffer = StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, dialect="excel-tab", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode("utf-8-sig"))
    return path


def survey_number(instrument: Instrument, form: str) -> str:
    """A survey number of six digits that stays the same for a form; LimeSurvey takes another when it is in use."""
    return number_from(f"{instrument.name}:{form}")


def number_from(name: str) -> str:
    """A survey number of six digits made of a name.

    >>> number_from("a") == number_from("a"), len(number_from("b"))
    (True, 6)
    """
    return str(100_000 + crc32(name.encode()) % 900_000)


def make_row(**cells: str) -> Row:
    """A row with all columns of the format; the others are empty."""
    return {name: cells.get(name, "") for name in COLUMNS}


def _survey_texts(
    instrument: Instrument, form: str, words: ScreenWords, *, language: str, number: str
) -> Iterator[Row]:
    texts = {
        "surveyls_title": words.form_title(instrument, form),
        "surveyls_description": instrument.about.purpose,
        "surveyls_welcometext": words.introduction(instrument),
        "surveyls_endtext": Text(
            ro=f"{words.thanks.ro} {instrument.about.distress.ro}",
            en=f"{words.thanks.en} {instrument.about.distress.en}",
        ),
    }
    yield make_row(**{"class": "SL"}, name="surveyls_survey_id", text=number, language=language)
    yield make_row(**{"class": "SL"}, name="surveyls_language", text=language, language=language)
    for name, text in texts.items():
        yield make_row(**{"class": "SL"}, name=name, text=_html(text, language), language=language)


def _structure(instrument: Instrument, form: str, words: ScreenWords, *, language: str) -> Iterator[Row]:
    """Groups with their questions in one language; the code of a group (G0, G1, …) is the same in every language."""
    asked = list(
        enumerate((one for one in items_of(instrument, form) if one.kind is not ItemKind.PAIRING), 1)
    )
    questions = {
        "sheet": _sheet_questions(form, words),
        "pairing": [_pairing(item, words) for item in instrument.of_kind(ItemKind.PAIRING, form)],
        "questions": [_question(one, n, words) for n, one in asked if one.kind is not ItemKind.REACTION],
        "opinions": [_question(one, n, words) for n, one in asked if one.kind is ItemKind.REACTION],
    }
    for place, (group, those) in enumerate(questions.items()):
        note = words.pairing_note if group == "pairing" else None
        yield make_row(
            **{"class": "G", "type/scale": f"G{place}"}, name=getattr(words.groups[group], language),
            text=_html(note, language), language=language,
            relevance=AFTER_ONLY if group == "opinions" else "1",
        )  # fmt: skip
        for question in those:
            yield from question.rows(language)


@dataclass(frozen=True, slots=True)
class _Question:
    """A question with its answers, before a language is chosen; a constant has its text in ``row``."""

    row: Row
    text: Text | None
    hint: Text | None = None
    tip: Text | None = None
    answers: Mapping[str, Text] = field(default_factory=dict)

    def rows(self, language: str) -> Iterator[Row]:
        told = {"text": _html(self.text, language)} if self.text is not None else {}
        yield make_row(
            help=_html(self.hint, language), language=language,
            em_validation_q_tip=_html(self.tip, language),
            **{"class": "Q", "relevance": "1", "mandatory": "N", "other": "N"} | told | self.row,
        )  # fmt: skip
        for code, text in self.answers.items():
            yield make_row(
                name=code, text=_html(text, language), language=language,
                **{"class": "A", "type/scale": "0", "relevance": "0"},
            )  # fmt: skip


def _sheet_questions(form: str, words: ScreenWords) -> list[_Question]:
    """The occasion, the session, and the form as a hidden constant."""
    return [
        _Question(
            {"type/scale": "L", "name": "occasion", "mandatory": "Y"}, words.occasion, answers=words.occasions
        ),
        _Question(
            {"type/scale": "S", "name": "session", "mandatory": "Y"}, words.session, hint=words.session_hint
        ),
        _Question({"type/scale": "*", "name": "form", "text": form, "hidden": "1"}, None),
    ]  # fmt: skip


def _pairing(item: Item, words: ScreenWords) -> _Question:
    box = words.box(item)
    row = {
        "type/scale": "S", "name": question_code(item.name), "validation": f"/{box.pattern}/u",
        "maximum_chars": str(item.length),
    }  # fmt: skip
    return _Question(row, item.label, hint=item.hint, tip=box.message)


def _question(item: Item, number: int, words: ScreenWords) -> _Question:
    label = words.numbered(number, item.label)
    if item.kind is ItemKind.OPEN:
        return _Question({"type/scale": "T", "name": question_code(item.name)}, label, hint=item.hint)
    row = {"type/scale": "L", "name": question_code(item.name)}
    if not item.fixed_order:
        row |= {"random_order": "1", "answer_order": "random"}
    if item.kind is ItemKind.REACTION:
        row |= {"relevance": AFTER_ONLY}
    return _Question(row, label, hint=item.hint, answers=item.choices)


def _html(text: Text | None, language: str) -> str:
    """LimeSurvey's texts are HTML."""
    return "" if text is None else escape(getattr(text, language), quote=False)
