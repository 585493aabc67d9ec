"""LimeSurvey's tab-separated structure of a feedback instrument, in every language; consent is the first group."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from evaluation.instruments.feedback.asking import form_of
from evaluation.instruments.feedback.form import ALWAYS, CONSENTS, GUARDIAN, Form, Question, Section
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.slots import SlotText
from evaluation.instruments.feedback.wording import Told, Translation, Wording
from evaluation.instruments.feedback.words import CODE_PATTERN
from evaluation.instruments.limesurvey import SETTINGS, Row, make_row, number_from, question_code, write_rows

ANSWER_CODE = re.compile(r"[a-z0-9]{1,5}")
"""An answer code of LimeSurvey: letters and digits, at most 5."""
CONSENTED = 'consentanalysis.NAOK == "yes"'
GUARDED = f'{question_code(GUARDIAN)}.NAOK != "no"'


def feedback_rows(
    instrument: FeedbackInstrument,
    translations: Sequence[Translation] = (),
    *,
    protocol: Protocol | None = None,
    slots: Sequence[SlotText] = (),
) -> tuple[Row, ...]:
    """The rows of the survey: settings, then all groups, questions and answers in each language in turn.

    Answers are to be exported from LimeSurvey in full, since its answer codes are too short for ours.

    References
    ----------
    LimeSurvey Manual, "Tab Separated Value survey structure".
    """
    form = form_of(instrument, translations=translations, protocol=protocol, slots=slots)
    first, *others = [one.code for one in form.wordings]
    number = number_from(instrument.form_id)
    settings = {"sid": number, **SETTINGS, "language": first, "additional_languages": " ".join(others)}
    rows = [make_row(**{"class": "S"}, name=name, text=value) for name, value in settings.items()]
    for wording in form.wordings:
        rows += _survey_texts(form, wording, number)
    for wording in form.wordings:
        rows += _structure(form, wording)
    return tuple(rows)


def write_feedback_limesurvey(
    instrument: FeedbackInstrument,
    path: Path,
    translations: Sequence[Translation] = (),
    *,
    protocol: Protocol | None = None,
    slots: Sequence[SlotText] = (),
) -> Path:
    """The file for import; equal bytes for equal input."""
    return write_rows(feedback_rows(instrument, translations, protocol=protocol, slots=slots), path)


def answer_codes(answers: Sequence[str]) -> Mapping[str, str]:
    """The LimeSurvey code of each answer: its own where all are short enough, else its place.

    >>> answer_codes(["yes", "no"]), answer_codes(["alone", "service"])
    ({'yes': 'yes', 'no': 'no'}, {'alone': 'a1', 'service': 'a2'})
    """
    if all(ANSWER_CODE.fullmatch(one) for one in answers):
        return {one: one for one in answers}
    return {one: f"a{place}" for place, one in enumerate(answers, 1)}


def _survey_texts(form: Form, wording: Wording, number: str) -> Iterator[Row]:
    about = form.instrument.about
    status = f"{wording.say(form.word('status'))}, {wording.say(form.word('version'))} {about.version}"
    texts = {
        "surveyls_survey_id": number,
        "surveyls_language": wording.code,
        "surveyls_title": escape(f"{wording.say(form.title)} ({status})", quote=False),
        "surveyls_welcometext": _html(wording, form.word("status_note")),
        "surveyls_endtext": _html(wording, *form.help_texts),
    }
    for name, text in texts.items():
        yield make_row(**{"class": "SL"}, name=name, text=text, language=wording.code)


def _structure(form: Form, wording: Wording) -> Iterator[Row]:
    """Groups in the order of the form; the code of a group (G0, G1, …) is the same in every language."""
    consents = ((form.guardian,) if form.guardian else ()) + form.consents
    yield _group(0, wording, form.word("consent"), form.consent_texts)
    for one in consents:
        yield from _question(wording, one, _condition(form, one))
    yield _group(1, wording, form.word("facts"))
    for one in form.sheet:
        yield from _question(wording, one, _condition(form, one), tip=form.word("person_code_message"))
    for place, part in enumerate(form.sections, 2):
        yield from _section(form, part, place, wording)


def _section(form: Form, part: Section, place: int, wording: Wording) -> Iterator[Row]:
    introduction = (part.introduction,) if part.introduction else ()
    yield _group(place, wording, part.label, introduction, relevance=CONSENTED)
    for one in part.questions:
        yield from _question(wording, one, _condition(form, one))


def _condition(form: Form, question: Question) -> str:
    """When a question is asked; 1 stands for always."""
    if question.name in (GUARDIAN, *ALWAYS):
        return "1"
    conditions = []
    if question.name in CONSENTS:
        conditions += [GUARDED] if form.guardian else []
        conditions += [CONSENTED] if question.name == "consent_quotation" else []
    else:
        conditions.append(CONSENTED)
    if question.waves:
        codes = answer_codes(form.instrument.about.waves)
        at = " or ".join(f'wave.NAOK == "{codes[one]}"' for one in question.waves if one in codes)
        conditions.append(f"({at})")
    return " and ".join(conditions) or "1"


def _question(
    wording: Wording, question: Question, relevance: str, *, tip: Told | None = None
) -> Iterator[Row]:
    """A question with its answers; a list of radio buttons, a short text for the code, a long one for words."""
    row = {"class": "Q", "type/scale": "L" if question.answers else "T", "relevance": relevance, "other": "N"}
    if question.name == "person_code" and tip is not None:
        row |= {"type/scale": "S", "validation": f"/{CODE_PATTERN}/", "maximum_chars": "9"}
        row |= {"em_validation_q_tip": _html(wording, tip)}
    if question.name == "months":
        row |= {"type/scale": "N", "maximum_chars": "3"}
    row |= {"mandatory": "Y" if question.required else "N", "name": question_code(question.name)}
    yield make_row(
        text=_html(wording, question.label),
        help=_html(wording, *question.hints),
        language=wording.code,
        **row,
    )
    codes = answer_codes(tuple(question.answers))
    for code, text in question.answers.items():
        yield make_row(
            name=codes[code], text=_html(wording, text), language=wording.code,
            **{"class": "A", "type/scale": "0", "relevance": "0"},
        )  # fmt: skip


def _group(
    place: int, wording: Wording, label: Told, texts: Sequence[Told] = (), *, relevance: str = "1"
) -> Row:
    return make_row(
        name=wording.say(label), text=_html(wording, *texts), language=wording.code, relevance=relevance,
        **{"class": "G", "type/scale": f"G{place}"},
    )  # fmt: skip


def _html(wording: Wording, *texts: Told) -> str:
    """LimeSurvey's texts are HTML; several become paragraphs."""
    told = [escape(wording.say(one), quote=False) for one in texts]
    return told[0] if len(told) == 1 else "".join(f"<p>{one}</p>" for one in told)
