"""Pages become files; what was rendered once is not rendered again."""

import os

import pytest

from evaluation.reporting import page
from evaluation.reporting.render import render_all

PAGES = {"ro": "<p>unu</p>", "en": "<p>one</p>"}
OPTIONS = {"titles": {"ro": "Raport", "en": "Report"}, "date_iso": "2026-12-31"}


@pytest.fixture(autouse=True)
def invented_pdf(monkeypatch):
    """A renderer that never gives the same bytes twice."""
    monkeypatch.setattr(page, "build_pdf", lambda *arguments, **options: b"%PDF" + os.urandom(8))


def test_html_is_the_page_itself(tmp_path):
    files = render_all(PAGES, [("ro", "html"), ("en", "html")], cache=tmp_path, **OPTIONS)
    assert files == {"report.ro.html": b"<p>unu</p>", "report.en.html": b"<p>one</p>"}


def test_a_page_that_did_not_change_keeps_its_bytes(tmp_path):
    first = render_all(PAGES, [("ro", "pdf")], cache=tmp_path, **OPTIONS)
    assert render_all(PAGES, [("ro", "pdf")], cache=tmp_path, **OPTIONS) == first


@pytest.mark.parametrize(
    ("pages", "options"),
    [({"ro": "<p>doi</p>"}, OPTIONS), ({"ro": "<p>unu</p>"}, {**OPTIONS, "date_iso": "2028-12-31"})],
    ids=["page", "date"],
)
def test_a_page_that_changed_is_rendered_again(tmp_path, pages, options):
    first = render_all(PAGES, [("ro", "pdf")], cache=tmp_path, **OPTIONS)
    assert render_all(pages, [("ro", "pdf")], cache=tmp_path, **options) != first
