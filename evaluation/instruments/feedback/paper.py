"""The paper form of a feedback instrument: consent with three pairs of boxes, answers as tables, help at the end."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from evaluation.core.errors import InstrumentError
from evaluation.core.fonts import FONTS, SANS
from evaluation.instruments.feedback.asking import form_of
from evaluation.instruments.feedback.form import Form, Question, Section
from evaluation.instruments.feedback.model import SPECIAL, FeedbackInstrument, FeedbackKind
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.slots import SlotText
from evaluation.instruments.feedback.wording import Told, Translation, Wording, tell
from evaluation.instruments.pages import TEMPLATES, fill_template
from evaluation.instruments.paper import running_foot

LINES, EASY_LINES = 4, 4
"""Lines to write on under an open question."""
NOT_PRINTED = ("person_code", "language")
"""The code has boxes of its own; a sheet of paper is in one language, which its foot names."""


def feedback_html(
    instrument: FeedbackInstrument,
    *,
    language: str,
    translations: Sequence[Translation] = (),
    protocol: Protocol | None = None,
    slots: Sequence[SlotText] = (),
) -> str:
    """A form for printing in one language; the easy version has bigger type and each question apart.

    Letters that the kit's own font lacks are taken from the computer's fonts, so ``has_letters`` tells whether a PDF
    of the kit can hold the form.
    """
    form = form_of(
        instrument, translations=translations, protocol=protocol, slots=slots, languages=(language,)
    )
    if not form.wordings:
        raise InstrumentError(f"language {language}: the form is not there in it; load its translation.")
    return _Page(form, form.wordings[0]).html()


def has_letters(html: str) -> bool:
    """Whether the kit's own font has every letter of a page's text, so that its PDF is whole."""
    from fontTools.ttLib import TTFont

    body = html[html.index("<body") :]
    letters = {ord(one) for one in body if one.isprintable()}
    return all(letters <= set(TTFont(FONTS / f"{face}.woff2").getBestCmap()) for _, face, _, _ in SANS)


class _Page:
    """A form in one language, as its template shows it."""

    def __init__(self, form: Form, wording: Wording) -> None:
        self.form, self.say = form, wording.say
        self.language, self.own_name = wording.code, wording.own_name
        self.easy = form.instrument.about.easy

    def html(self) -> str:
        """The page."""
        about = self.form.instrument.about
        title, word = self.say(self.form.title), self.form.word
        version = f"{self.say(word('version'))} {about.version}"
        foot = (
            f"{self.say(word('person_code'))}: ____ – ____ · {about.name} {about.version} · {self.own_name}"
        )
        paper = {name: self.say(tell(f"paper.{name}", one)) for name, one in self.form.words.paper.items()}
        look = (TEMPLATES / "feedback.css").read_text(encoding="utf-8") + running_foot(
            foot, page=paper["page"]
        )
        distress, *contacts = self.form.help_texts
        content = {
            "children": False,
            "easy": self.easy,
            "title": title,
            "status": self.say(word("status")),
            "status_note": self.say(word("status_note")),
            "version": version,
            "words": paper,
            "special": SPECIAL,
            "lines": EASY_LINES if self.easy else LINES,
            "distress": self.say(distress),
            "contacts": [self.say(one) for one in contacts],
            "help_head": self.say(word("help")),
            "contacts_head": self.say(word("contacts")),
            "sections": list(self._sections()),
        }
        return fill_template(
            "feedback_form.html.j2",
            content | self._opening(paper),
            language=self.language,
            page_title=f"{title} ({version})",
            style=look,
        )

    def _opening(self, paper: dict[str, str]) -> dict[str, Any]:
        """Consent and the facts of the sheet."""
        form = self.form
        guardian = (form.guardian,) if form.guardian else ()
        code = next(one for one in form.sheet if one.name == "person_code")
        consent = form.instrument.about.consent
        return {
            "consent_head": f"{self.say(form.word('consent'))} ({self.say(form.word('version'))} {consent.version})",
            "consent": [self.say(one) for one in form.consent_texts],
            "consents": [self._ask(one) for one in (*guardian, *form.consents)],
            "refuse": paper["refuse"],
            "facts_head": self.say(form.word("facts")),
            "code": self._ask(code),
            "facts": [self._ask(one) for one in form.sheet if one.name not in NOT_PRINTED],
        }

    def _sections(self) -> Iterator[dict[str, Any]]:
        """Questions of each section with their printed numbers, ratings on one scale together."""
        numbers = self.form.numbers
        for part in self.form.sections:
            yield {
                "label": self.say(part.label),
                "introduction": self.say(part.introduction) if part.introduction else "",
                "blocks": [
                    {
                        "kind": kind,
                        "answers": self._answers(asked[0]),
                        "asks": [self._ask(one, numbers[one.name]) for one in asked],
                    }
                    for kind, asked in _blocks(part)
                ],
            }

    def _ask(self, question: Question, number: int = 0) -> dict[str, Any]:
        return {
            "number": number,
            "label": self.say(question.label),
            "hints": [self.say(one) for one in question.hints],
            "answers": self._answers(question),
            "only": self._only(question),
        }

    def _answers(self, question: Question) -> list[tuple[str, str]]:
        return [(code, self.say(text)) for code, text in question.answers.items()]

    def _only(self, question: Question) -> str:
        """At which waves a question is asked, where it is not asked at all."""
        if not question.waves:
            return ""
        waves = [self.say(_wave(self.form, one)) for one in question.waves]
        return f"{self.say(self.form.word('only_at'))} {', '.join(waves)}"


def _wave(form: Form, name: str) -> Told:
    return tell(f"waves.{name}", form.words.waves[name])


def _blocks(part: Section) -> Iterator[tuple[str, list[Question]]]:
    """Neighbours of one kind; ratings in one table have the same answers."""
    for (kind, _), asked in groupby(part.questions, key=lambda one: (_kind(one), one.answer_list)):
        yield kind, list(asked)


def _kind(question: Question) -> str:
    if question.item is None:
        return FeedbackKind.RATING.value
    return question.item.kind.value
