"""The DOCX: from the same HTML through pandoc and the reference document, then finished for an office."""

import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from evaluation.core.errors import ReportError
from evaluation.reporting.page.word_finish import finish
from evaluation.reporting.page.word_source import word_source

REFERENCE = Path(__file__).parent / "reference.docx"
LOCALES = {"ro": "ro-RO", "en": "en-GB"}
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def build_docx(html: str, *, date_iso: str, language: str, title: str) -> bytes:
    """The page as a Word document with real styles, captions, contents and repeated table heads; equal bytes."""
    if not ISO_DATE.fullmatch(date_iso):
        raise ReportError("DOCX: the date of the report is not YYYY-MM-DD; correct it in the assessment.")
    if language not in LOCALES:
        raise ReportError(f"DOCX: no Word language for {language}; choose ro or en.")
    source = word_source(html)
    date = datetime.fromisoformat(date_iso).replace(tzinfo=UTC)
    raw = _pandoc(source.html, date=date, locale=LOCALES[language])
    return finish(raw, source, date=date, locale=LOCALES[language], title=title)


def _pandoc(html: str, *, date: datetime, locale: str) -> bytes:
    import pypandoc

    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(date.timestamp()))
    try:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "report.docx"
            options = [f"--reference-doc={REFERENCE}", f"--metadata=lang:{locale}", "--sandbox"]
            pypandoc.convert_text(html, "docx", format="html", outputfile=str(target), extra_args=options)
            return target.read_bytes()
    except (OSError, RuntimeError) as error:
        raise ReportError(
            "DOCX: pandoc could not convert the page; reinstall the package pypandoc-binary (it brings pandoc)."
        ) from error
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
