"""The page in a real browser: no request, no axe violation, no sideways scrolling, works by keyboard."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from evaluation.reporting.page import build_html
from tests.web.sample import sample_page

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module", params=["ro", "en"])
def seen(request, tmp_path_factory):
    if not CHROMIUM or not shutil.which("node"):
        pytest.skip(
            "browser checks left out: chromium or node is not installed (Debian packages chromium, nodejs)"
        )
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        pytest.skip("browser checks left out: run npm ci in tests/web")
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(build_html(sample_page(request.param, rows=60)), encoding="utf-8")
    command = ["node", str(HERE / "check.mjs"), str(file), CHROMIUM]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_the_page_asks_for_nothing(seen):
    assert seen["requests"] == []


def test_the_console_stays_silent(seen):
    assert seen["console"] == []


def test_the_embedded_fonts_load_under_the_policy(seen):
    assert seen["fonts"] == 0


@pytest.mark.parametrize("width", ["1280", "640", "320"])
def test_axe_finds_no_violation(seen, width):
    assert seen["violations"][width] == []


@pytest.mark.parametrize("width", ["640", "320"])
def test_the_page_does_not_scroll_sideways_when_enlarged(seen, width):
    # 1280 pixels at 200 % zoom leave 640, at 400 % 320 (WCAG 1.4.10)
    assert seen["overflow"][width] == 0


def test_the_first_tab_stop_skips_to_the_content(seen):
    assert seen["skip"] == {"href": "#content", "visible": True, "outline": True, "arrives": "content"}


def test_a_focused_number_shows_what_stands_behind_it(seen):
    assert seen["tooltip"]["shown"]


def test_paper_shows_the_data_of_figures(seen):
    assert seen["details"]["print"]
