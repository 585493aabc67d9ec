"""A sealed run as its files tell it: pages, Word, PDF, register, decisions, witnesses, manifest."""

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from evaluation.audit.page_reader import read_page
from evaluation.audit.papers import FileKey, Paper
from evaluation.audit.pdf_reader import read_pdf
from evaluation.audit.word_reader import read_word
from evaluation.core.errors import AuditError
from evaluation.core.language import Language
from evaluation.core.provenance import digest_file

LANGUAGES = tuple(one.value for one in Language)


@dataclass(frozen=True)
class Sealed:
    """The folder of one run; ``rebuilt`` is a second run from the same inputs, where there is one.

    A ``draft`` is not sealed yet and may hold pages only: Word and PDF are then taken to say what the page says.
    """

    folder: Path
    rebuilt: Path | None = None
    draft: bool = False
    read: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the folder holds a page in."""
        return tuple(one for one in LANGUAGES if (self.folder / f"report.{one}.html").is_file())

    def page(self, language: str) -> Paper:
        """The web page in a language."""
        return read_page(self._key(f"report.{language}.html", language))

    def word(self, language: str) -> Paper:
        """The Word file in a language."""
        name = f"report.{language}.docx"
        if self.draft and not (self.folder / name).is_file():
            return replace(self.page(language), name=name)
        return read_word(self._key(name, language, tuple(self.register)))

    def pdf(self, language: str) -> Paper:
        """The PDF in a language."""
        name = f"report.{language}.pdf"
        if self.draft and not (self.folder / name).is_file():
            page = self.page(language)
            return replace(page, name=name, pages={"": 1, **{part.chapter: 1 for part in page.parts}})
        return read_pdf(self._key(name, language))

    def papers(self) -> tuple[Paper, ...]:
        """Every file that a reader opens."""
        kinds = {"html": self.page, "docx": self.word, "pdf": self.pdf}
        return tuple(
            read(language)
            for language in self.languages
            for kind, read in kinds.items()
            if (self.folder / f"report.{language}.{kind}").is_file()
        )

    @cached_property
    def register(self) -> dict[str, dict[str, Any]]:
        """The entries of the register by id."""
        return {one["id"]: one for one in self.json("register.json")}

    @cached_property
    def decisions(self) -> list[dict[str, Any]]:
        """What the gate decided."""
        return list(self.json("decisions.json"))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the run was made from."""
        return dict(self.json("manifest.json"))

    def json(self, name: str) -> Any:
        """The content of a JSON file of the run."""
        path = self.folder / name
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise AuditError(
                f"{self.folder.name}/{name}: missing or not JSON; name the folder of a sealed run."
            ) from None

    def _key(self, name: str, language: str, anchors: tuple[str, ...] = ()) -> FileKey:
        """The file by its digest, which is computed once a run; a file that is missing is refused."""
        if name not in self.read:
            path = self.folder / name
            if not path.is_file():
                raise AuditError(
                    f"{self.folder.name}/{name}: the file is missing; build the report in all formats."
                )
            self.read[name] = digest_file(path)
        return FileKey(self.read[name], language, self.folder / name, anchors)


def open_run(folder: Path, *, rebuilt: Path | None = None, draft: bool = False) -> Sealed:
    """The sealed run in a folder, or the draft of one; one without manifest and page is refused."""
    run = Sealed(folder, rebuilt, draft)
    if not run.manifest or not run.languages:
        raise AuditError(f"{folder.name}: no report in it; name the folder of a sealed run.")
    return run
