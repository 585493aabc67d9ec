"""XLSForm for ODK and Kobo: one workbook a form, in both languages, without the key; compiled and validated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from evaluation.core.errors import InstrumentError
from evaluation.instruments.model import Instrument, Item, ItemKind
from evaluation.instruments.screen import ScreenWords, items_of, load_screen_words
from evaluation.strategy.words import Text

LANGUAGES = {"ro": "Română (ro)", "en": "English (en)"}
TRANSLATED = ("label", "hint", "constraint_message")
AFTER_ONLY = "${occasion} = 'post'"
SURVEY_COLUMNS = (
    "type", "name", *(f"{name}::{one}" for name in TRANSLATED for one in LANGUAGES.values()),
    "required", "relevant", "constraint", "appearance", "parameters", "calculation",
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", *(f"label::{one}" for one in LANGUAGES.values()))
SETTING_COLUMNS = ("form_title", "form_id", "version", "default_language", "instance_name")
_STAMP = datetime(2024, 1, 1)
"""Stands in the workbook as its date: the same instrument gives the same bytes."""
_WIDTHS = {"label": 48, "hint": 32, "constraint_message": 32, "type": 24, "name": 18, "constraint": 30}


@dataclass(frozen=True, slots=True)
class XlsForm:
    """The three sheets as rows; what a row does not have is an empty cell."""

    survey: tuple[Mapping[str, str], ...]
    choices: tuple[Mapping[str, str], ...]
    settings: Mapping[str, str] = field(default_factory=dict)


def make_xlsform(instrument: Instrument, form: str) -> XlsForm:
    """The sheets of a form; the first question is the occasion, and opinions are asked only after the session.

    Nothing but the code of the session is required: taking part is voluntary, and so is every answer. No time,
    place or device is recorded.
    """
    words = load_screen_words()
    titles = words.form_title(instrument, form)
    return XlsForm(
        survey=tuple(_survey(instrument, form, words)),
        choices=tuple(_choices(instrument, form, words)),
        settings={
            "form_title": f"{titles.ro} | {titles.en}",
            "form_id": f"{instrument.name}_{form.lower()}",
            "version": instrument.about.version,
            "default_language": LANGUAGES["ro"],
            "instance_name": "concat(${session}, ' ', ${occasion}, ' ', ${form})",
        },
    )


def write_xlsform(instrument: Instrument, form: str, path: Path) -> Path:
    """The workbook of a form; equal bytes for an equal instrument, and no text is taken for a formula."""
    return write_sheets(make_xlsform(instrument, form), path)


def write_sheets(
    sheets: XlsForm,
    path: Path,
    *,
    survey_columns: Sequence[str] = SURVEY_COLUMNS,
    choice_columns: Sequence[str] = CHOICE_COLUMNS,
) -> Path:
    """The three sheets as a workbook; what a row has beside these columns is not written."""
    from xlsxwriter import Workbook

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(path, plain) as workbook:
        workbook.set_properties({"title": sheets.settings["form_title"], "created": _STAMP})
        bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True})
        for name, columns, rows in (
            ("survey", survey_columns, sheets.survey),
            ("choices", choice_columns, sheets.choices),
            ("settings", SETTING_COLUMNS, (sheets.settings,)),
        ):
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            for place, column in enumerate(columns):
                sheet.set_column(place, place, _WIDTHS.get(column.split("::")[0], 16))
                sheet.write_string(0, place, column, bold)
                for line, row in enumerate(rows, 1):
                    if row.get(column):
                        sheet.write_string(line, place, row[column], wrapped)
    return path


def compile_xlsform(path: Path) -> str:
    """The XForm that pyxform makes of the workbook; whatever pyxform warns of, a missing translation too, is an error."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        made = convert(path, validate=False)
    except PyXFormError as error:
        raise InstrumentError(
            f"{path.name}: pyxform refuses it ({_one_line(error)}); correct the instrument."
        ) from None
    if made.warnings:
        told = "; ".join(_one_line(one) for one in made.warnings)
        raise InstrumentError(f"{path.name}: pyxform warns: {told}; correct the instrument.")
    return str(made.xform)


def java_is_here() -> bool:
    """Whether ODK Validate can run: it needs Java."""
    from shutil import which

    return which("java") is not None


def validate_xform(xform: str, *, name: str) -> None:
    """ODK Validate accepts the form without a word; anything else is an error. Needs Java."""
    from tempfile import TemporaryDirectory

    from pyxform.validators.odk_validate import ODKValidateError, check_xform

    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.xml"
        file.write_text(xform, encoding="utf-8")
        try:
            warnings = check_xform(str(file))
        except ODKValidateError as error:
            raise InstrumentError(
                f"{name}: ODK Validate refuses it ({_one_line(error)}); correct the instrument."
            ) from None
    if warnings:
        told = "; ".join(_one_line(one) for one in warnings)
        raise InstrumentError(f"{name}: ODK Validate warns: {told}; correct the instrument.")


def _survey(instrument: Instrument, form: str, words: ScreenWords) -> Iterator[dict[str, str]]:
    for name, value in (
        ("form", form),
        ("instrument", instrument.name),
        ("instrument_version", instrument.about.version),
    ):
        yield {"type": "calculate", "name": name, "calculation": f"'{value}'"}
    yield {"type": "note", "name": "introduction", **_told("label", words.introduction(instrument))}
    yield {
        "type": "select_one occasion",
        "name": "occasion",
        "required": "yes",
        **_told("label", words.occasion),
    }
    yield {
        "type": "text", "name": "session", "required": "yes",
        **_told("label", words.session), **_told("hint", words.session_hint),
    }  # fmt: skip
    yield {
        "type": "begin_group",
        "name": "pairing",
        "appearance": "field-list",
        **_told("label", words.groups["pairing"]),
    }
    yield {"type": "note", "name": "pairing_note", **_told("label", words.pairing_note)}
    yield from (_pairing(item, words) for item in instrument.of_kind(ItemKind.PAIRING, form))
    yield {"type": "end_group", "name": "pairing"}
    asked = [one for one in items_of(instrument, form) if one.kind is not ItemKind.PAIRING]
    yield from (_question(item, words.numbered(number, item.label)) for number, item in enumerate(asked, 1))
    yield {"type": "note", "name": "help", **_told("label", instrument.about.distress)}


def _pairing(item: Item, words: ScreenWords) -> dict[str, str]:
    """An element of the code: empty is allowed, anything else must be what the box takes."""
    box = words.box(item)
    return {
        "type": "text", "name": item.name, "appearance": box.keyboard, "constraint": f"regex(., '{box.pattern}')",
        **_told("label", item.label), **_told("hint", item.hint), **_told("constraint_message", box.message),
    }  # fmt: skip


def _question(item: Item, label: Text) -> dict[str, str]:
    row = {"name": item.name, **_told("label", label), **_told("hint", item.hint)}
    if item.kind is ItemKind.OPEN:
        return {"type": "text", "appearance": "multiline", **row}
    row |= {"type": f"select_one {item.name}"}
    if not item.fixed_order:
        row |= {"parameters": "randomize=true"}
    if item.kind is ItemKind.REACTION:
        row |= {"relevant": AFTER_ONLY}
    return row


def _choices(instrument: Instrument, form: str, words: ScreenWords) -> Iterator[dict[str, str]]:
    lists = {"occasion": words.occasions} | {
        one.name: one.choices for one in items_of(instrument, form) if one.choices
    }
    for name, choices in lists.items():
        for code, text in choices.items():
            yield {"list_name": name, "name": code, **_told("label", text)}


def _told(column: str, text: Text | None) -> dict[str, str]:
    """A text in the columns of both languages."""
    if text is None:
        return {}
    return {f"{column}::{name}": getattr(text, code) for code, name in LANGUAGES.items()}


def _one_line(error: object) -> str:
    return " ".join(str(error).split())
