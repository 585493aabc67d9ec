"""The files that ``snitp instrument export`` writes: which there are for each channel, and how each is made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.instruments.model import Instrument

CHANNELS = ("xlsform", "paper", "workbook", "limesurvey", "ddi")
SHEET_CHANNEL = "translation"
"""A channel for questionnaires of feedback only, and only when asked for: sheets for translators."""
SHEET_LANGUAGES = ("uk", "ne", "si", "bn", "vi", "tr", "fil")
"""The languages of translation sheets, written here again so that help needs no other module."""
FORMS = ("A", "B")
LANGUAGES = ("ro", "en")
PDF_DATE = "2024-01-01"
"""The date inside a printed form, always the same: equal instruments give equal bytes."""


@dataclass(frozen=True, slots=True)
class Export:
    """One file and how it is made."""

    path: Path
    write: Callable[[Path], object]


def planned_exports(instrument: "Instrument", channels: Sequence[str], folder: Path) -> list[Export]:
    """The files of the channels, in the order given; nothing is written yet."""
    makers = {
        "xlsform": _xlsforms,
        "paper": _papers,
        "workbook": _workbooks,
        "limesurvey": _limesurveys,
        "ddi": _codebooks,
    }
    return [one for channel in channels for one in makers[channel](instrument, folder)]


def _xlsforms(instrument: "Instrument", folder: Path) -> Iterator[Export]:
    """Compiled by pyxform as soon as it is written, and validated where there is Java."""
    for form in FORMS:

        def write(path: Path, form: str = form) -> None:
            from evaluation.instruments.xlsform import (
                compile_xlsform,
                java_is_here,
                validate_xform,
                write_xlsform,
            )

            compiled = compile_xlsform(write_xlsform(instrument, form, path))
            if java_is_here():
                validate_xform(compiled, name=path.stem)

        yield Export(folder / f"{instrument.name}_{form}.xlsx", write)


def _papers(instrument: "Instrument", folder: Path) -> Iterator[Export]:
    """Each form for each occasion in each language, as PDF."""
    from evaluation.core.microdata import OCCASIONS

    for language in LANGUAGES:
        for form in FORMS:
            for occasion in OCCASIONS:

                def write(
                    path: Path, form: str = form, occasion: str = occasion, language: str = language
                ) -> None:
                    from evaluation.instruments.paper import paper_html
                    from evaluation.reporting.page.pdf import build_pdf

                    page = paper_html(instrument, form=form, occasion=occasion, language=language)
                    path.write_bytes(build_pdf(page, date_iso=PDF_DATE, language=language))

                yield Export(folder / f"{instrument.name}_{form}_{occasion}.{language}.pdf", write)


def _workbooks(instrument: "Instrument", folder: Path) -> Iterator[Export]:
    for language in LANGUAGES:

        def write(path: Path, language: str = language) -> None:
            from evaluation.instruments.answer_workbook import write_answer_workbook

            write_answer_workbook(instrument, path, sessions=1, language=language)

        yield Export(folder / f"{instrument.name}_answers.{language}.xlsx", write)


def _limesurveys(instrument: "Instrument", folder: Path) -> Iterator[Export]:
    for form in FORMS:

        def write(path: Path, form: str = form) -> None:
            from evaluation.instruments.limesurvey import write_limesurvey

            write_limesurvey(instrument, form, path)

        yield Export(folder / f"{instrument.name}_{form}.limesurvey.txt", write)


def _codebooks(instrument: "Instrument", folder: Path) -> Iterator[Export]:
    def write(path: Path) -> None:
        from evaluation.instruments.ddi import write_ddi

        write_ddi(instrument, path)

    yield Export(folder / f"{instrument.name}.ddi.xml", write)
