"""What the trainer holds in hand: one page of instructions, and the scoring key apart from the forms."""

from collections.abc import Sequence
from typing import Any

from evaluation.instruments.answer_layout import load_answer_layout
from evaluation.instruments.model import Instrument, ItemKind, OpenCode, OpenKey
from evaluation.instruments.pages import (
    check_language,
    counted,
    number_of,
    phrase,
    raw_words,
    render_page,
    source_words,
    tell,
    words_for,
)
from evaluation.instruments.paper import FORMS


def instructions_html(
    instrument: Instrument, *, language: str, sessions: int = 1, codes: Sequence[str] = ()
) -> str:
    """The trainer's day on one page, with the session codes and the words for somebody who needs help."""
    check_language(language)
    words = words_for("instructions", language=language)
    names = _names(instrument, language)
    told = words["own_code"].format(**names)
    if codes:
        told = words["codes_many" if sessions > 1 else "codes"]
    return render_page(
        "instructions.html.j2",
        instrument,
        language=language,
        page_title=f"{words['title']}: {tell(instrument.about.title, language)}",
        style="html { font-size: 11.5pt; line-height: 1.35 }",
        children=False,
        words=words,
        codes=list(codes),
        codes_told=told,
        steps=_steps(names, language),
        distress=words["distress"].format(told=tell(instrument.about.distress, language)),
    )


def key_html(instrument: Instrument, *, language: str) -> str:
    """The right answers of both forms by printed number, with what they stand on, and the open item's codebook."""
    check_language(language)
    words = words_for("key", language=language)
    return render_page(
        "key.html.j2",
        instrument,
        language=language,
        page_title=f"{words['title']}: {tell(instrument.about.title, language)}",
        children=False,
        words=words,
        form_word=phrase("form", "form", language=language),
        forms=[{"name": form, "asks": _form_key(instrument, form, language)} for form in FORMS],
        open=[
            _open_key(instrument, one, words, language, place)
            for place, one in enumerate(instrument.open_keys, 1)
        ],
    )


def _names(instrument: Instrument, language: str) -> dict[str, str]:
    """Names of the workbook, its sheets, and the months that papers may be kept."""
    sheets = {name: tell(text, language) for name, text in load_answer_layout().sheets.items()}
    workbook = phrase("files", "workbook", language=language)
    months = counted("months", instrument.about.retention_months, language=language)
    return sheets | {"sheet": sheets["session"], "workbook": workbook, "months": months}


def _steps(names: dict[str, str], language: str) -> list[dict[str, Any]]:
    return [
        {
            "heading": step["heading"][language],
            "lines": [line[language].format(**names) for line in step["lines"]],
            "command": step.get("command", "").format(**names),
        }
        for step in raw_words("instructions")["steps"]
    ]


def _form_key(instrument: Instrument, form: str, language: str) -> list[dict[str, Any]]:
    found = []
    for place, item in enumerate(instrument.of_kind(ItemKind.CLOSED, form), 1):
        key = instrument.key(item.name)
        found.append(
            {
                "number": place,
                "label": tell(item.label, language),
                "correct": key.correct,
                "answer": tell(item.choices[key.correct], language),
                "measures": tell(key.measures, language),
                **source_words(key.source, language=language),
            }
        )
    return found


def _counts(key: OpenKey, code: OpenCode, words: dict[str, str]) -> str:
    """Yes, no, or for which indicators only."""
    if key.wider and code.code in key.wider.codes:
        return words["also"].format(codes=", ".join(key.wider.indicators))
    return words["yes" if code.counts else "no"]


def _open_key(
    instrument: Instrument, key: OpenKey, words: dict[str, str], language: str, place: int
) -> dict[str, Any]:
    return {
        "number": number_of(instrument, ItemKind.OPEN, place),
        "label": tell(instrument.item(key.item).label, language),
        "rule": words["open_rule"].format(n=key.at_least),
        "codes": [
            {
                "label": tell(one.label, language),
                "includes": tell(one.includes, language),
                "example": tell(one.example, language),
                "counts": _counts(key, one, words),
            }
            for one in key.codes
        ],
        **source_words(key.source, language=language),
    }
