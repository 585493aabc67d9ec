"""How a form is made of an instrument: consent, the facts of the sheet, the items by domain, official questionnaires."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.instruments.feedback.form import GUARDIAN, Form, Question, Section, form_word
from evaluation.instruments.feedback.model import (
    SPECIAL,
    FeedbackInstrument,
    FeedbackItem,
    FeedbackKind,
    Purpose,
    Slot,
)
from evaluation.instruments.feedback.protocol import Protocol, require_protocol
from evaluation.instruments.feedback.slots import SlotText
from evaluation.instruments.feedback.wording import TARGETS, Told, Translation, Wording, tell, wordings
from evaluation.instruments.feedback.words import FormWords, load_form_words


def form_of(
    instrument: FeedbackInstrument,
    *,
    translations: Sequence[Translation] = (),
    protocol: Protocol | None = None,
    slots: Sequence[SlotText] = (),
    languages: Sequence[str] = (),
    folder: Path | None = None,
) -> Form:
    """The form in all its languages, or only in ``languages``; refused without the protocol that it needs.

    A slot is asked only where its official text is there in every language of the form.
    """
    require_protocol(instrument, protocol)
    words = load_form_words(folder)
    told_in = wordings(instrument, translations, words)
    if languages:
        told_in = tuple(one for one in told_in if one.code in languages)
    protocol = protocol if instrument.about.protocol else None
    return Form(
        instrument=instrument,
        words=words,
        wordings=told_in,
        protocol=protocol,
        guardian=_guardian(words, protocol),
        consents=tuple(_consents(instrument, words)),
        sheet=tuple(_sheet(instrument, words, told_in)),
        sections=(*_domains(instrument, words), *_slots(instrument, slots, told_in)),
    )


def _guardian(words: FormWords, protocol: Protocol | None) -> Question | None:
    """Whether the guardian has consented; asked first where a protocol demands it."""
    if protocol is None:
        return None
    answers = {code: tell(f"guardian.answers.{code}", one) for code, one in words.guardian.answers.items()}
    hints = [
        tell(f"protocol.{one}", getattr(protocol, one)) for one in ("guardian_consent", "guardian_exception")
    ]
    label = tell("guardian.question", words.guardian.question)
    return Question(GUARDIAN, label, tuple(hints), GUARDIAN, answers, required=True)


def _consents(instrument: FeedbackInstrument, words: FormWords) -> Iterator[Question]:
    """One yes or no a purpose; only the answer for analysis is required."""
    answers = {one: form_word(words, one) for one in ("yes", "no")}
    for purpose in Purpose:
        label = tell(f"consent.purposes.{purpose.value}", instrument.about.consent.purposes[purpose])
        required = purpose is Purpose.ANALYSIS
        yield Question(f"consent_{purpose.value}", label, (), "yes_no", answers, required=required)


def _sheet(
    instrument: FeedbackInstrument, words: FormWords, told_in: tuple[Wording, ...]
) -> Iterator[Question]:
    about = instrument.about
    hint = form_word(words, "person_code_hint")
    yield Question("person_code", form_word(words, "person_code"), (hint,), required=True)
    waves = {one: tell(f"waves.{one}", words.waves[one]) for one in about.waves}
    yield Question("wave", form_word(words, "wave"), (), "wave", waves, required=True)
    if "exit" in waves:
        hints = (form_word(words, "months_hint"),)
        yield Question("months", form_word(words, "months"), hints, waves=("exit",))
    collectors = {code: tell(f"collectors.{code}", one) for code, one in words.collectors.items()}
    yield Question("collector", form_word(words, "collector"), (), "collector", collectors)
    spoken = {one.code: _language(words, one) for one in told_in}
    yield Question("language", form_word(words, "language"), (), "language", spoken)
    for one in about.collected:
        place = f"collected.{one.name}"
        answers = {code: tell(f"{place}.categories.{code}", text) for code, text in one.categories.items()}
        yield Question(one.name, tell(f"{place}.label", one.label), (), one.name, answers)


def _language(words: FormWords, wording: Wording) -> Told:
    """A language; in translations every language has its own name, which needs no translation."""
    language = words.languages[wording.code]
    own = dict.fromkeys(TARGETS, language.own)
    return Told(
        f"languages.{wording.code}", own | {"ro": language.name.ro, "en": language.name.en}, official=True
    )


def _domains(instrument: FeedbackInstrument, words: FormWords) -> Iterator[Section]:
    """The items in their order, those of a domain together."""
    labels = {one.name: one.label for one in instrument.domains}
    for name in dict.fromkeys(one.domain for one in instrument.items):
        asked = (_question(instrument, one, words) for one in instrument.items if one.domain == name)
        yield Section(name, tell(f"domains.{name}", labels[name]), tuple(asked))


def _question(instrument: FeedbackInstrument, item: FeedbackItem, words: FormWords) -> Question:
    place = f"items.{item.name}"
    hints = [tell(f"{place}.hint", item.hint)] if item.hint is not None else []
    answers: dict[str, Told] = {}
    if item.kind is FeedbackKind.OPEN:
        hints = hints or [form_word(words, "open_hint")]
    else:
        answers |= _own_answers(instrument, item)
        answers |= {one: tell(f"special.{one}", words.special[one]) for one in SPECIAL}
    return Question(
        item.name, tell(f"{place}.label", item.label), tuple(hints), item.scale or (item.name if answers else ""),
        answers, waves=() if item.waves == instrument.about.waves else item.waves, item=item,
    )  # fmt: skip


def _own_answers(instrument: FeedbackInstrument, item: FeedbackItem) -> dict[str, Told]:
    if item.kind is FeedbackKind.CHOICE:
        return {code: tell(f"items.{item.name}.choices.{code}", one) for code, one in item.choices.items()}
    steps = instrument.scale(item.scale).steps
    return {code: tell(f"scales.{item.scale}.{code}", one) for code, one in steps.items()}


def _slots(
    instrument: FeedbackInstrument, slots: Sequence[SlotText], told_in: tuple[Wording, ...]
) -> Iterator[Section]:
    """Official questionnaires; nothing is added to their answers, and each may be left empty."""
    for slot in instrument.slots:
        texts = {one.language: one for one in slots if one.name == slot.name}
        if told_in and all(one.code in texts for one in told_in):
            yield _slot(slot, {one.code: texts[one.code] for one in told_in})


def _slot(slot: Slot, texts: dict[str, SlotText]) -> Section:
    """One official questionnaire; its answers stand in the order of the first language's text."""
    place = f"slots.{slot.name}"

    def official(name: str, told: dict[str, str]) -> Told:
        return Told(f"{place}.{name}", told, official=True)

    steps = next(iter(texts.values())).steps
    answers = {
        step: official(f"steps.{step}", {code: one.steps[step] for code, one in texts.items()})
        for step in steps
    }
    questions = []
    for n in range(slot.items):
        label = official(f"items.{n + 1}", {code: one.items[n] for code, one in texts.items()})
        questions.append(Question(f"{slot.name}_{n + 1}", label, answer_list=slot.name, answers=answers))
    instruction = official("instruction", {code: one.instruction for code, one in texts.items()})
    return Section(slot.name, tell(f"{place}.title", slot.title), tuple(questions), instruction)
