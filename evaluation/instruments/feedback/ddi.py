"""The codebook of a feedback instrument in DDI-Codebook 2.6: every question with its reason, in both languages."""

from functools import cache
from pathlib import Path

from lxml import etree

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.ddi import (
    StudyTexts,
    add_both,
    add_categories,
    add_element,
    add_study,
    add_variable,
    checked_bytes,
    codebook,
    load_codebook_words,
)
from evaluation.instruments.feedback.asking import form_of
from evaluation.instruments.feedback.form import ALWAYS, CONSENTS, GUARDIAN, Form, Question
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackItem, FeedbackKind
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.slots import SlotText
from evaluation.instruments.feedback.wording import Told
from evaluation.strategy.words import Definition, Text, load_as

WORDS_FILE = Path(__file__).resolve().with_suffix(".yaml")
_DOMAIN = {FeedbackKind.RATING: "scale", FeedbackKind.CHOICE: "code", FeedbackKind.OPEN: "text"}


class FeedbackCodebookWords(Definition):
    """The words of the codebook."""

    status: Text
    unit: Text
    time_method: Text
    mode: Text
    instrument: Text
    sheet: Text
    dropped: Text
    screened: Text
    reversed: Text
    own: Text
    adapted: Text
    asked_at: Text
    everyone: Text
    retention: Text


@cache
def load_feedback_codebook_words() -> FeedbackCodebookWords:
    """The words of the codebook."""
    return load_as(FeedbackCodebookWords, read_yaml(WORDS_FILE), file=WORDS_FILE.name)


def make_feedback_ddi(
    instrument: FeedbackInstrument, *, protocol: Protocol | None = None, slots: tuple[SlotText, ...] = ()
) -> bytes:
    """The codebook as XML in Romanian and English, checked; equal bytes for equal input.

    References
    ----------
    DDI Alliance (2026), DDI-Codebook 2.6, CC BY 4.0.
    """
    form = form_of(instrument, protocol=protocol, slots=slots)
    words = load_feedback_codebook_words()
    root = codebook(instrument.name)
    add_study(root, _study(instrument, words))
    data = add_element(root, "dataDscr")
    _add_groups(data, form, words)
    for one in form.questions:
        _add_question(data, form, one, words)
    return checked_bytes(root, name=instrument.name)


def write_feedback_ddi(
    instrument: FeedbackInstrument,
    path: Path,
    *,
    protocol: Protocol | None = None,
    slots: tuple[SlotText, ...] = (),
) -> Path:
    """The codebook as a file."""
    path.write_bytes(make_feedback_ddi(instrument, protocol=protocol, slots=slots))
    return path


def _study(instrument: FeedbackInstrument, words: FeedbackCodebookWords) -> StudyTexts:
    about = instrument.about
    consent, distress = about.consent, about.distress
    notes = [("consent", one) for one in (consent.text, consent.rights, consent.withdrawal)]
    notes += [("distress", one) for one in (distress.stop_rule, distress.text, distress.logged)]
    notes += [(name, getattr(about, name)) for name in ("administration", "translation", "origin")]
    notes.append(("retention", _filled(words.retention, n=str(about.retention_months))))
    return StudyTexts(
        name=about.name, title=about.title, licence=about.licence, version=about.version, status=about.status,
        status_text=words.status, abstract=about.purpose, nation=load_codebook_words().nation, unit=words.unit,
        universe=about.population, time_method=words.time_method, mode=words.mode, instrument=words.instrument,
        notes=tuple(notes),
    )  # fmt: skip


def _add_groups(data: etree._Element, form: Form, words: FeedbackCodebookWords) -> None:
    """Groups first, as the standard asks: the sheet, then each domain."""
    asked = {part.name: part.questions for part in form.sections}
    sheet = [one for one in form.questions if not any(one in questions for questions in asked.values())]
    labels = {"sheet": words.sheet} | {part.name: _text(part.label) for part in form.sections}
    for name, questions in {"sheet": tuple(sheet), **asked}.items():
        variables = " ".join(f"V_{one.name}" for one in questions)
        element = add_element(data, "varGrp", ID=f"G_{name}", type="section", var=variables)
        add_both(element, "labl", labels[name])


def _add_question(data: etree._Element, form: Form, question: Question, words: FeedbackCodebookWords) -> None:
    variable = add_variable(data, question.name, coded=bool(question.answers))
    add_both(variable, "labl", _text(question.label))
    kind = "scale" if question.answers else "text"
    if question.item is not None:
        kind = _DOMAIN[question.item.kind]
    asked = add_element(variable, "qstn", ID=f"Q_{question.name}", responseDomainType=kind)
    add_both(asked, "qstnLit", _text(question.label))
    if question.hints:
        hints = [_text(one) for one in question.hints]
        add_both(
            asked,
            "ivuInstr",
            Text(ro=" ".join(one.ro for one in hints), en=" ".join(one.en for one in hints)),
        )
    if question.name not in (GUARDIAN, *CONSENTS, *ALWAYS):
        add_both(variable, "universe", _universe(form, question, words))
    add_categories(variable, {code: _text(one) for code, one in question.answers.items()})
    add_element(variable, "varFormat", type="character")
    for note, text in _notes(form.instrument, question, words):
        add_both(variable, "notes", text, type=note)


def _universe(form: Form, question: Question, words: FeedbackCodebookWords) -> Text:
    """Who is asked, and when, where that is not always."""
    if not question.waves:
        return words.everyone
    waves = [form.words.waves[one] for one in question.waves]
    at = Text(ro=", ".join(one.ro for one in waves), en=", ".join(one.en for one in waves))
    only = Text(ro=words.asked_at.ro.format(waves=at.ro), en=words.asked_at.en.format(waves=at.en))
    return Text(ro=f"{words.everyone.ro}. {only.ro}", en=f"{words.everyone.en}. {only.en}")


def _notes(
    instrument: FeedbackInstrument, question: Question, words: FeedbackCodebookWords
) -> list[tuple[str, Text]]:
    """Why it is asked, where it comes from, how its answers are treated."""
    if question.name == "person_code":
        return [("confidentiality", words.dropped)]
    if question.item is None:
        reasons = {one.name: one.reason for one in instrument.about.collected}
        return [("reason", reasons[question.name])] if question.name in reasons else []
    return _item_notes(question.item, words)


def _item_notes(item: FeedbackItem, words: FeedbackCodebookWords) -> list[tuple[str, Text]]:
    adapted = item.origin.kind == "adapted"
    origin = _filled(words.adapted, source=item.origin.source) if adapted else words.own
    notes = [("reason", item.reason), ("origin", origin)]
    if item.reversed:
        notes.append(("scoring", words.reversed))
    if item.kind is FeedbackKind.OPEN:
        notes.append(("confidentiality", words.screened))
    return notes


def _filled(text: Text, *, n: str = "", source: str = "") -> Text:
    return Text(ro=text.ro.format(n=n, source=source), en=text.en.format(n=n, source=source))


def _text(told: Told) -> Text:
    return Text(ro=told.texts["ro"], en=told.texts["en"])
