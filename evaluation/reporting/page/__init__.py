"""The report page and its formats: one HTML file, and the PDF and DOCX made from it."""

from evaluation.reporting.page.document import build_html
from evaluation.reporting.page.labels import REQUIRED_LABELS
from evaluation.reporting.page.model import Chapter, Cover, Page
from evaluation.reporting.page.pdf import build_pdf
from evaluation.reporting.page.word import build_docx

__all__ = ["REQUIRED_LABELS", "Chapter", "Cover", "Page", "build_docx", "build_html", "build_pdf"]
