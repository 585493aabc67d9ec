"""The PDF: from the same HTML, tagged (PDF/UA-1), with bookmarks and page numbers, equal bytes for equal input."""

import gc
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from evaluation.core.errors import ReportError

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def build_pdf(html: str, *, date_iso: str, language: str) -> bytes:
    """The page as PDF/UA-1; nothing outside the page is read, neither from the network nor from this computer."""
    if not ISO_DATE.fullmatch(date_iso):
        raise ReportError("PDF: the date of the report is not YYYY-MM-DD; correct it in the assessment.")
    if f'<html lang="{language}"' not in html[:200]:
        raise ReportError(
            f"PDF: the page does not declare the language {language}; build the page in that language."
        )
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    identifier = hashlib.sha256(html.encode()).digest()[:16]
    try:
        with _rare_collection(), _kept_references():
            document = weasyprint.HTML(
                string=html, url_fetcher=_embedded_only(weasyprint), media_type="print"
            ).render()
            document.metadata.created = document.metadata.modified = date_iso
            return bytes(
                document.write_pdf(
                    pdf_variant="pdf/ua-1", pdf_identifier=identifier, finisher=_scope_header_cells
                )
            )
    except FatalURLFetchingError as error:
        raise ReportError("PDF: the page asks for something outside itself; embed it as data.") from error


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Collect cyclic garbage rarely: millions of boxes live until the end, and looking at them takes a sixth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _kept_references() -> Iterator[None]:
    """The list of pages, which the engine makes anew for every tagged box, is kept until a page is added.

    The time for tags grows with boxes times pages otherwise: a sixth of the whole for 400 pages.
    """
    import pydyf

    before, kept = pydyf.PDF.page_references, {}

    def references(pdf: Any) -> tuple[bytes, ...]:
        key = (id(pdf), len(pdf.pages["Kids"]))
        if key not in kept:
            kept.clear()
            kept[key] = before.fget(pdf)
        return kept[key]

    pydyf.PDF.page_references = property(references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = before


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise ReportError(
            f"PDF: the text engine Pango is missing on this computer; install the Debian packages {PACKAGES}. "
            "HTML and DOCX do not need it."
        ) from error
    return weasyprint


def _embedded_only(weasyprint: Any) -> Any:
    """A fetcher that opens data: addresses and refuses all others, with an error that stops the build."""
    from weasyprint.urls import FatalURLFetchingError

    class EmbeddedOnly(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if urlsplit(url).scheme != "data":
                raise FatalURLFetchingError("refused: not embedded")
            return super().fetch(url, headers)

    return EmbeddedOnly(allowed_protocols=("data",), allow_redirects=False)


def _scope_header_cells(_document: Any, pdf: Any) -> None:
    """Say of every header cell whether it heads a column or a row, which the engine leaves out."""

    def parent(element: Any) -> Any:
        return pdf.objects[int(element["P"].split()[0])]

    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            in_head = parent(parent(element)).get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"
