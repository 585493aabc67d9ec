"""XLSForm of a feedback instrument: one workbook for all waves, in every language; consent comes first."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.instruments.feedback.asking import form_of
from evaluation.instruments.feedback.form import ALWAYS, CONSENTS, GUARDIAN, Form, Question, Section
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.slots import SlotText
from evaluation.instruments.feedback.wording import Told, Translation
from evaluation.instruments.feedback.words import CODE_PATTERN
from evaluation.instruments.xlsform import TRANSLATED, XlsForm, write_sheets

CONSENTED = "${consent_analysis} = 'yes'"
GUARDED = f"${{{GUARDIAN}}} != 'no'"
OTHER_COLUMNS = ("required", "relevant", "constraint", "appearance", "calculation")
Row = dict[str, str]


def make_feedback_xlsform(
    instrument: FeedbackInstrument,
    translations: Sequence[Translation] = (),
    *,
    protocol: Protocol | None = None,
    slots: Sequence[SlotText] = (),
) -> XlsForm:
    """The sheets of the form; without consent to analysis only code and wave are asked, and no answer.

    Required are consent to analysis, code and wave (and the guardian's consent under a protocol); every other
    question may be left out. No time, place or device is recorded.

    References
    ----------
    XLSForm.org, "XLSForm documentation"; WHO (2003), Ethical and safety recommendations for interviewing
    trafficked women (consent before the first question).
    """
    return _sheets(form_of(instrument, translations=translations, protocol=protocol, slots=slots))


def write_feedback_xlsform(
    instrument: FeedbackInstrument,
    path: Path,
    translations: Sequence[Translation] = (),
    *,
    protocol: Protocol | None = None,
    slots: Sequence[SlotText] = (),
) -> Path:
    """The form as a workbook; equal bytes for equal input."""
    form = form_of(instrument, translations=translations, protocol=protocol, slots=slots)
    languages = [one.column for one in form.wordings]
    told = [f"{name}::{one}" for name in TRANSLATED for one in languages]
    return write_sheets(
        _sheets(form),
        path,
        survey_columns=("type", "name", *told, *OTHER_COLUMNS),
        choice_columns=("list_name", "name", *(f"label::{one}" for one in languages)),
    )


def _sheets(form: Form) -> XlsForm:
    about = form.instrument.about
    titles = " | ".join(one.say(form.title) for one in form.wordings)
    return XlsForm(
        survey=tuple(_survey(form)),
        choices=tuple(_choices(form)),
        settings={
            "form_title": f"{titles} ({about.version}, {form.wordings[0].say(form.word('status'))})",
            "form_id": form.instrument.form_id,
            "version": about.version,
            "default_language": form.wordings[0].column,
        },
    )


def _survey(form: Form) -> Iterator[Row]:
    about = form.instrument.about
    constants = {"instrument": about.name, "instrument_version": about.version}
    constants |= {"consent_version": about.consent.version}
    if form.protocol is not None:
        constants |= {"protocol_version": form.protocol.version}
    for name, value in constants.items():
        yield {"type": "calculate", "name": name, "calculation": f"'{value}'"}
    yield _note(form, "status_note", form.word("status"), form.word("status_note"))
    if form.guardian is not None:
        yield _question(form, form.guardian)
    yield _note(form, "consent_text", *form.consent_texts) | _relevant(GUARDED if form.guardian else "")
    for one in (*form.consents, *form.sheet):
        yield _question(form, one) | _relevant(_condition(form, one))
    for part in form.sections:
        yield from _section(form, part)
    yield _note(form, "help", *form.help_texts)


def _condition(form: Form, question: Question) -> str:
    """When a question of consent or of the sheet is asked."""
    if question.name in CONSENTS:
        conditions = [GUARDED] if form.guardian else []
        if question.name == "consent_quotation":
            conditions.append(CONSENTED)
        return " and ".join(conditions)
    if question.name in ALWAYS:
        return ""
    at = _at(question)
    return f"{CONSENTED} and ({at})" if at else CONSENTED


def _at(question: Question) -> str:
    """The waves at which a question is asked, empty for all."""
    return " or ".join(f"${{wave}} = '{one}'" for one in question.waves)


def _section(form: Form, part: Section) -> Iterator[Row]:
    name = f"domain_{part.name}"
    yield {"type": "begin_group", "name": name, **_told(form, "label", part.label)} | _relevant(CONSENTED)
    if part.introduction is not None:
        yield _note(form, f"{part.name}_introduction", part.introduction)
    for one in part.questions:
        yield _question(form, one) | _relevant(_at(one))
    yield {"type": "end_group", "name": name}


def _question(form: Form, question: Question) -> Row:
    row = {
        "name": question.name,
        **_told(form, "label", question.label),
        **_told(form, "hint", *question.hints),
    }
    row |= {"required": "yes"} if question.required else {}
    if question.answers:
        return row | {"type": f"select_one {question.answer_list}"}
    if question.name == "months":
        return row | {"type": "integer", "constraint": ". >= 0 and . <= 120"}
    if question.name != "person_code":
        return row | {"type": "text", "appearance": "multiline"}
    message = _told(form, "constraint_message", form.word("person_code_message"))
    return row | {"type": "text", "constraint": f"regex(., '{CODE_PATTERN}')"} | message


def _choices(form: Form) -> Iterator[Row]:
    lists = {one.answer_list: one.answers for one in form.questions if one.answers}
    for name, answers in lists.items():
        for code, text in answers.items():
            yield {"list_name": name, "name": code, **_told(form, "label", text)}


def _note(form: Form, name: str, *texts: Told) -> Row:
    return {"type": "note", "name": name, **_told(form, "label", *texts)}


def _relevant(condition: str) -> Row:
    return {"relevant": condition} if condition else {}


def _told(form: Form, column: str, *texts: Told) -> Row:
    """Texts one after the other, in a column of each language."""
    if not texts:
        return {}
    return {f"{column}::{one.column}": "\n\n".join(one.say(text) for text in texts) for one in form.wordings}
