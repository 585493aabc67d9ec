"""Feedback instruments checked beyond what loading refuses: wording, sense of items, help, consent, protocol, slots."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import InstrumentError, KitError
from evaluation.instruments.check_rules import Finding, Severity
from evaluation.instruments.check_wording import telephone_digits, text_problems
from evaluation.instruments.feedback.check_rules import FeedbackRules, load_feedback_rules
from evaluation.instruments.feedback.form import CONSENTS, GUARDIAN
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackItem, FeedbackKind
from evaluation.instruments.feedback.slots import load_slot, slots_folder
from evaluation.instruments.feedback.words import load_form_words
from evaluation.instruments.limesurvey import CODE, question_code
from evaluation.strategy.words import Definition, Text

if TYPE_CHECKING:
    from evaluation.strategy.plan import Plan

LANGUAGES = ("ro", "en")
COLUMNS = {"person_code", "wave", "months", "collector", "language", GUARDIAN, *CONSENTS}


def check_feedback(
    instrument: FeedbackInstrument, *, plan: "Plan | None" = None, folder: Path | None = None
) -> tuple[Finding, ...]:
    """Everything an author should change or a user should know, errors first; no finding quotes an answer.

    Measures are compared with ``plan``, the published one when none is given; official texts and common words are
    looked for in ``folder``, that of the questionnaires.
    """
    from evaluation.strategy.plan import load_plan

    rules = load_feedback_rules()
    found = [
        *_check_texts(instrument, rules),
        *_check_items(instrument, rules, folder),
        *_check_domains(instrument, rules),
        *_check_about(instrument, plan or load_plan(), rules),
        *_check_slots(instrument, rules, folder),
    ]
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.ERROR))


def refuse_feedback_errors(
    instrument: FeedbackInstrument, *, language: str, folder: Path | None = None
) -> None:
    """Stop before anything is made of an instrument with errors; the first one is told, in the reader's language."""
    errors = [one for one in check_feedback(instrument, folder=folder) if one.severity is Severity.ERROR]
    if errors:
        sentence = getattr(load_feedback_rules().refused, language)
        problem = getattr(errors[0].problem, language)
        raise InstrumentError(
            sentence.format(place=errors[0].place, problem=problem, n=len(errors) - 1, name=instrument.name)
        )


def _check_texts(instrument: FeedbackInstrument, rules: FeedbackRules) -> Iterator[Finding]:
    """Both languages, Romanian letters, nothing that survey programs take for a command."""
    parts = {"about.yaml": instrument.about, "items.yaml": instrument}
    for file, part in parts.items():
        for place, text in _texts(part, skip="about"):
            for code in text_problems(text):
                if code == "same_word" and place.startswith("collected."):
                    continue  # words of the common core, compared there
                yield rules.finding(code, instrument, file, place)


def _texts(part: object, place: str = "", *, skip: str = "") -> Iterator[tuple[str, Text]]:
    """Every text within a definition with its place."""
    if isinstance(part, Text):
        yield place, part
    elif isinstance(part, Definition):
        name = getattr(part, "name", "")
        home = f"{place}.{name}".strip(".") if name and place else place
        for field, value in part:
            if field != skip:
                yield from _texts(value, f"{home}.{field}".strip("."))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _texts(value, f"{place}.{key}")
    elif isinstance(part, tuple):
        for value in part:
            yield from _texts(value, place)


def _check_items(
    instrument: FeedbackInstrument, rules: FeedbackRules, folder: Path | None
) -> Iterator[Finding]:
    """Each item by itself, then names and texts that two items share."""
    special = load_form_words(folder).special
    codes = Counter(question_code(one.name) for one in instrument.items)
    facts = {one.name for one in instrument.about.collected}
    for item in instrument.items:
        problems = [*_wording(item, rules, easy=instrument.about.easy), *_choices(item, special)]
        problems += ["name_taken"] if item.name in COLUMNS | facts else []
        problems += ["unknown_wave"] if not set(item.waves) <= set(instrument.about.waves) else []
        code = question_code(item.name)
        problems += ["screen_code"] if codes[code] > 1 or not CODE.fullmatch(code) else []
        for problem in problems:
            yield rules.finding(problem, instrument, "items.yaml", item.name)
    for language in LANGUAGES:
        told = Counter(_plain(getattr(one.label, language)) for one in instrument.items)
        for item in instrument.items:
            if told[_plain(getattr(item.label, language))] > 1:
                yield rules.finding("text_twice", instrument, "items.yaml", f"{item.name} ({language})")
    turned = [one.name for one in instrument.items if one.reversed]
    if turned and not instrument.about.easy:
        yield rules.finding("reversed", instrument, "items.yaml", ", ".join(turned))


def _wording(item: FeedbackItem, rules: FeedbackRules, *, easy: bool) -> Iterator[str]:
    """What is wrong with the words of an item."""
    most = rules.limits.easy if easy else rules.limits.length
    told = {one: getattr(item.label, one) for one in LANGUAGES}
    if any(len(one) > most for one in told.values()):
        yield "too_long"
    negates = rules.negates(item.label)
    if easy and (negates or (item.kind is not FeedbackKind.OPEN and item.hint and rules.negates(item.hint))):
        yield "easy_negation"
    elif negates and item.kind is FeedbackKind.RATING and not item.reversed:
        yield "negation_unmarked"
    if easy and item.reversed:
        yield "easy_reversed"
    marked = [one.endswith("?") for one in told.values()]
    begins = any(rules.asks_something(text, one) for one, text in told.items())
    if any(marked) != all(marked) or (begins and item.kind is not FeedbackKind.RATING and not all(marked)):
        yield "no_question_mark"
    elif not all(one.endswith((".", "?", "!", "…", ":")) for one in told.values()):
        yield "no_end_mark"
    if item.kind is FeedbackKind.OPEN and item.hint is not None and not rules.speaks_of_names(item.hint):
        yield "open_hint"


def _choices(item: FeedbackItem, special: Mapping[str, Text]) -> Iterator[str]:
    """Choices that repeat each other or the two answers that every item has."""
    reserved = {_plain(text) for one in special.values() for text in (one.ro, one.en)}
    for language in LANGUAGES:
        told = [_plain(getattr(one, language)) for one in item.choices.values()]
        if set(told) & reserved:
            yield "special_listed"
            return
        if len(set(told)) < len(told):
            yield "choice_twice"
            return


def _check_domains(instrument: FeedbackInstrument, rules: FeedbackRules) -> Iterator[Finding]:
    """A score is made of items on one scale, some of which are turned and not all, and of no words."""
    scored = {one.name for one in instrument.scored}
    for item in instrument.of_kind(FeedbackKind.OPEN):
        if item.domain in scored:
            yield rules.finding("open_scored", instrument, "items.yaml", item.name)
    for name in sorted(scored):
        ratings = instrument.ratings(name)
        if all(one.reversed for one in ratings):
            yield rules.finding("all_reversed", instrument, "items.yaml", name)
        if len({one.scale for one in ratings}) > 1:
            yield rules.finding("mixed_scales", instrument, "items.yaml", name)


def _check_about(instrument: FeedbackInstrument, plan: "Plan", rules: FeedbackRules) -> Iterator[Finding]:
    """Help that is named, purposes that differ, measures that exist, a protocol where one is needed."""
    about = instrument.about
    wanted = rules.helplines.everyone + (rules.helplines.minors if about.minors else ())
    for language in LANGUAGES:
        told = " ; ".join(getattr(one, language) for one in about.distress.contacts)
        missing = [one for one in wanted if one not in telephone_digits(told)]
        if missing:
            place = f"distress.contacts.{language}: {', '.join(missing)}"
            yield rules.finding("no_helpline", instrument, "about.yaml", place)
        purposes = [_plain(getattr(one, language)) for one in about.consent.purposes.values()]
        if len(set(purposes)) < len(purposes):
            yield rules.finding(
                "consent_purposes", instrument, "about.yaml", f"consent.purposes ({language})"
            )
    for code in sorted(set(about.measures) - {one.code for one in plan.measures}):
        yield rules.finding("unknown_measure", instrument, "about.yaml", f"measures: {code}")
    if about.protocol:
        yield rules.finding("needs_protocol", instrument, "about.yaml", f"protocol: {about.protocol}.yaml")


def _check_slots(
    instrument: FeedbackInstrument, rules: FeedbackRules, folder: Path | None
) -> Iterator[Finding]:
    """Official texts that are not there yet, or are not whole."""
    home = slots_folder(folder) if instrument.slots else Path()
    for slot in instrument.slots:
        for language in instrument.about.languages:
            place = f"slots: {slot.name}_{language}.yaml"
            try:
                if load_slot(home, slot, language) is None:
                    yield rules.finding("slot_empty", instrument, "items.yaml", place)
            except KitError:
                yield rules.finding("slot_wrong", instrument, "items.yaml", place)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".?!…")
