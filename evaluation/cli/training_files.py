"""The files that ``snitp training score`` writes: report and record of each session, and the list of findings."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.language import later
from evaluation.cli.output import make_csv
from evaluation.core.errors import DisclosureError

if TYPE_CHECKING:
    from evaluation.cli.training_session import SessionResults
    from evaluation.instruments.model import Instrument
    from evaluation.intake.training.problems import Found

NAMES = {"ro": ("raport", "observatii"), "en": ("report", "findings")}
"""The beginnings of the names of the report and of the list of findings."""

OUTCOMES = {"repaired": later("repaired"), "refused": later("not used"), "noted": later("noted")}


def planned_names(
    codes: Sequence[str], formats: Sequence[str], *, language: str, findings: bool
) -> list[str]:
    """The names of all files, before any is made.

    >>> planned_names(["BCDF-1"], ["pdf"], language="ro", findings=False)
    ['raport_BCDF-1.pdf', 'record_BCDF-1.json']
    """
    report, found = NAMES[language]
    names = [f"{report}_{code}.{form}" for code in codes for form in formats]
    names += [f"record_{code}.json" for code in codes]
    return [*names, *([f"{found}.csv"] if findings else [])]


def make_files(
    instrument: "Instrument", results: Sequence["SessionResults"], formats: Sequence[str], *, language: str
) -> dict[str, bytes]:
    """Name to content; the PDF is made from the same page as the HTML."""
    from evaluation.reporting.session import SessionAbout, session_html

    files: dict[str, bytes] = {}
    for one in results:
        facts = one.facts
        about = SessionAbout(
            facts.code, facts.year, facts.month, facts.county, facts.locality, facts.institution, facts.measure, facts.scorer
        )  # fmt: skip
        page = session_html(about, instrument, one.released, language=language)
        for form in formats:
            files[f"{NAMES[language][0]}_{facts.code}.{form}"] = _render(page, form, about.date_iso, language)
        record = json.dumps(one.record, ensure_ascii=False, indent=1, allow_nan=False)
        files[f"record_{facts.code}.json"] = f"{record}\n".encode()
    return files


def findings_file(problems: Sequence["Found"], *, language: str) -> dict[str, bytes]:
    """Every finding with file, sheet and cell, and what was done; no finding, no file."""
    from evaluation.intake.training.problems import load_answer_problems

    catalogue = load_answer_problems()
    records = [
        {
            _("file"): one.file, _("sheet"): one.sheet, _("cell"): one.cell, _("code"): one.code, _("times"): one.count,
            _("outcome"): _(OUTCOMES[catalogue[one.code].outcome.value]),
            _("problem"): getattr(catalogue[one.code].problem, language),
            _("remedy"): getattr(catalogue[one.code].remedy, language),
        }
        for one in problems
    ]  # fmt: skip
    return {f"{NAMES[language][1]}.csv": make_csv(records)} if records else {}


def write_files(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Scanned for personal data first; then each file whole, or not at all."""
    from evaluation.disclosure.scan import scan_file
    from evaluation.reporting.stale import write_whole

    with tempfile.TemporaryDirectory() as apart:
        for name, content in files.items():
            file = Path(apart) / name
            file.write_bytes(content)
            leaks = scan_file(file)
            if leaks:
                text = _("{file}: {kind} found by the release scan; nothing was written. Please report it.")
                raise DisclosureError(text.format(file=name, kind=leaks[0].kind))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]


def _render(page: str, form: str, date_iso: str, language: str) -> bytes:
    from evaluation.reporting.page.pdf import build_pdf

    return page.encode() if form == "html" else build_pdf(page, date_iso=date_iso, language=language)
