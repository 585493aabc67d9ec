"""The files of a session pack: which there are, under which names, and how each is made."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.instrument_files import FORMS, PDF_DATE, Export

if TYPE_CHECKING:
    from evaluation.instruments.model import Instrument

ALPHABET = "BCDFGHJKMNPQRTVWXYZ"
"""No vowels, so that no word arises, and nothing that is read as something else."""
CODE = re.compile(r"(?!(?:.*\d){7})[A-Z0-9][A-Z0-9-]{2,15}")
"""What a trainer may choose; more digits could be a telephone number or a CNP, which the reader refuses."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack is made for."""

    instrument: "Instrument"
    folder: Path
    language: str
    codes: tuple[str, ...]
    people: int

    def file(self, name: str, **parts: object) -> Path:
        """The path of a file, named in the language of the pack, in plain letters."""
        from evaluation.instruments.pages import phrase

        return self.folder / phrase("files", name, language=self.language).format(**parts)


def session_codes(sessions: int, *, start: str | None) -> tuple[str, ...]:
    """A code for each session: the start that was given, or a fresh one, and the number of the session.

    Codes come together in the national data, so a fresh one is drawn at random: two trainers never share it.
    """
    if start is None:
        drawn = "".join(secrets.choice(ALPHABET) for _place in range(8))
        start = f"{drawn[:4]}-{drawn[4:]}"
    start = start.strip().upper()
    if not CODE.fullmatch(start):
        text = _("use 3 to 16 capital letters without marks, hyphens and digits, at most six of them digits.")
        raise click.BadParameter(text, param_hint="--code")
    return tuple(f"{start}-{number}" for number in range(1, sessions + 1))


def pack_files(pack: Pack) -> list[Export]:
    """Instructions, forms, workbook and key; nothing is written yet."""
    return [_instructions(pack), *_forms(pack), _workbook(pack), _key(pack)]


def _instructions(pack: Pack) -> Export:
    def write(path: Path) -> None:
        from evaluation.instruments.instructions import instructions_html

        page = instructions_html(
            pack.instrument, language=pack.language, sessions=len(pack.codes), codes=pack.codes
        )
        _write_pdf(path, page, pack)

    return Export(pack.file("instructions"), write)


def _forms(pack: Pack) -> Iterator[Export]:
    """Both forms for both occasions of every session, each with the session's code."""
    from evaluation.core.microdata import OCCASIONS
    from evaluation.instruments.pages import phrase

    for number, code in enumerate(pack.codes, 1):
        for form in FORMS:
            for occasion in OCCASIONS:

                def write(path: Path, form: str = form, occasion: str = occasion, code: str = code) -> None:
                    from evaluation.instruments.paper import paper_html

                    page = paper_html(
                        pack.instrument, form=form, occasion=occasion, language=pack.language, session=code
                    )
                    _write_pdf(path, page, pack)

                when = phrase("files", occasion, language=pack.language)
                name = "form" if len(pack.codes) == 1 else "session_form"
                yield Export(pack.file(name, session=number, form=form, occasion=when), write)


def _workbook(pack: Pack) -> Export:
    def write(path: Path) -> None:
        from evaluation.instruments.answer_workbook import write_answer_workbook

        write_answer_workbook(
            pack.instrument,
            path,
            sessions=len(pack.codes),
            language=pack.language,
            people=pack.people,
            codes=pack.codes,
        )

    return Export(pack.file("workbook"), write)


def _key(pack: Pack) -> Export:
    def write(path: Path) -> None:
        from evaluation.instruments.instructions import key_html

        _write_pdf(path, key_html(pack.instrument, language=pack.language), pack)

    return Export(pack.file("key"), write)


def _write_pdf(path: Path, page: str, pack: Pack) -> None:
    from evaluation.reporting.page.pdf import build_pdf

    path.write_bytes(build_pdf(page, date_iso=PDF_DATE, language=pack.language))
