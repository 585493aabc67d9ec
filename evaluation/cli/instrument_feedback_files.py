"""The files that ``snitp instrument export`` writes for a feedback instrument, and how each is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.instrument_files import LANGUAGES, PDF_DATE, Export

if TYPE_CHECKING:
    from evaluation.instruments.feedback.model import FeedbackInstrument
    from evaluation.instruments.feedback.protocol import Protocol
    from evaluation.instruments.feedback.slots import SlotText
    from evaluation.instruments.feedback.wording import Translation


@dataclass(frozen=True, slots=True)
class FeedbackOrder:
    """What files are made of: the instrument, its protocol, its translations, official texts, target languages."""

    instrument: "FeedbackInstrument"
    protocol: "Protocol | None" = None
    translations: "tuple[Translation, ...]" = ()
    targets: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the forms."""
        return (*LANGUAGES, *(one.language for one in self.translations))

    def slots(self, languages: Sequence[str]) -> "tuple[SlotText, ...]":
        """The official texts that are there in these languages."""
        from evaluation.instruments.feedback.slots import load_slots

        return load_slots(self.instrument, languages)


def feedback_exports(order: FeedbackOrder, channels: Sequence[str], folder: Path) -> list[Export]:
    """The files of the channels, in the order given; nothing is written yet."""
    makers = {
        "xlsform": _xlsform,
        "paper": _papers,
        "workbook": _workbooks,
        "limesurvey": _limesurvey,
        "ddi": _codebook,
        "translation": _translations,
    }
    return [one for channel in channels for one in makers[channel](order, folder)]


def _xlsform(order: FeedbackOrder, folder: Path) -> Iterator[Export]:
    """Compiled by pyxform as soon as it is written, and validated where there is Java."""

    def write(path: Path) -> None:
        from evaluation.instruments.feedback.xlsform import write_feedback_xlsform
        from evaluation.instruments.xlsform import compile_xlsform, java_is_here, validate_xform

        slots = order.slots(order.languages)
        write_feedback_xlsform(
            order.instrument, path, order.translations, protocol=order.protocol, slots=slots
        )
        compiled = compile_xlsform(path)
        if java_is_here():
            validate_xform(compiled, name=path.stem)

    yield Export(folder / f"{order.instrument.form_id}.xlsx", write)


def _papers(order: FeedbackOrder, folder: Path) -> Iterator[Export]:
    """A form in each language: a PDF, or a page for a browser where the kit's font lacks letters of the language."""
    from evaluation.instruments.feedback.paper import feedback_html, has_letters

    for language in order.languages:
        page = feedback_html(
            order.instrument,
            language=language,
            translations=order.translations,
            protocol=order.protocol,
            slots=order.slots((language,)),
        )
        name = f"{order.instrument.form_id}.{language}"

        def write_pdf(path: Path, page: str = page, language: str = language) -> None:
            from evaluation.reporting.page.pdf import build_pdf

            path.write_bytes(build_pdf(page, date_iso=PDF_DATE, language=language))

        def write_page(path: Path, page: str = page) -> None:
            path.write_text(page, encoding="utf-8")

        if has_letters(page):
            yield Export(folder / f"{name}.pdf", write_pdf)
        else:
            yield Export(folder / f"{name}.html", write_page)


def _workbooks(order: FeedbackOrder, folder: Path) -> Iterator[Export]:
    for language in LANGUAGES:

        def write(path: Path, language: str = language) -> None:
            from evaluation.instruments.feedback.workbook import write_feedback_workbook

            write_feedback_workbook(
                order.instrument,
                path,
                language=language,
                protocol=order.protocol,
                slots=order.slots(LANGUAGES),
            )

        yield Export(folder / f"{order.instrument.form_id}_answers.{language}.xlsx", write)


def _limesurvey(order: FeedbackOrder, folder: Path) -> Iterator[Export]:
    def write(path: Path) -> None:
        from evaluation.instruments.feedback.limesurvey import write_feedback_limesurvey

        slots = order.slots(order.languages)
        write_feedback_limesurvey(
            order.instrument, path, order.translations, protocol=order.protocol, slots=slots
        )

    yield Export(folder / f"{order.instrument.form_id}.limesurvey.txt", write)


def _codebook(order: FeedbackOrder, folder: Path) -> Iterator[Export]:
    def write(path: Path) -> None:
        from evaluation.instruments.feedback.ddi import write_feedback_ddi

        write_feedback_ddi(order.instrument, path, protocol=order.protocol, slots=order.slots(LANGUAGES))

    yield Export(folder / f"{order.instrument.form_id}.ddi.xml", write)


def _translations(order: FeedbackOrder, folder: Path) -> Iterator[Export]:
    """A sheet for each of the languages asked for."""
    for target in order.targets:

        def write(path: Path, target: str = target) -> None:
            from evaluation.instruments.feedback.translation import make_translation_sheet

            path.write_bytes(make_translation_sheet(order.instrument, target, protocol=order.protocol))

        yield Export(folder / f"{order.instrument.form_id}_translation.{target}.xlsx", write)
