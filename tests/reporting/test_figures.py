"""Figures: only released numbers, absence drawn with its reason, words from the numbers, the same bytes twice."""

import base64
import html
import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from evaluation.core.errors import ReportError, WordingError
from evaluation.core.results import Released, Result
from evaluation.core.yamlfile import read_yaml
from evaluation.reporting import wording as report_wording
from evaluation.reporting.displays import Shown
from evaluation.reporting.figures import definitions, exhibit, marks, notes, plot, sheet
from evaluation.reporting.figures.marks import read_drawing
from evaluation.reporting.layouts import load_layouts
from evaluation.reporting.wording import Wording
from tests.kit.words import use_wording
from tests.reporting import sample_figures

HERE = Path(__file__).resolve().parent
NAMES = ("series", "lines", "bars", "paired", "intervals", "stacked", "timeline")


@pytest.fixture(autouse=True)
def _sample(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Wording:
    """The sample definitions and the report's own words for figures."""
    own = read_yaml(report_wording.WORDING / "figures.yaml")
    words = use_wording(monkeypatch, tmp_path / "wording", own)
    for module in (marks, notes):
        monkeypatch.setattr(module, "load_wording", lambda: words)
    monkeypatch.setattr(exhibit, "figure_of", _definitions().__getitem__)
    monkeypatch.setattr(exhibit, "layout_of", load_layouts(HERE / "sample_tables.yaml").__getitem__)
    return words


def _definitions() -> dict[str, definitions.Definition]:
    return definitions.load_figures(HERE / "sample_figures.yaml")


def _released(name: str) -> Released:
    released: Released = getattr(sample_figures, name)()
    return released


def _shown(name: str, language: str = "en") -> Shown:
    return plot(_released(name), language=language)


def _alt(name: str, language: str = "en") -> str:
    match = re.search(r' alt="([^"]*)"', _shown(name, language).html)
    assert match
    return html.unescape(match[1])


def _png(name: str, language: str = "en") -> bytes:
    match = re.search(r"base64,([^\"]+)\"", _shown(name, language).html)
    assert match
    return base64.b64decode(match[1])


def _entry_file(tmp_path: Path, changes: dict[str, object]) -> Path:
    entry = {
        "kind": "bars",
        "caption": {"ro": "Titlu", "en": "Title"},
        "alt": {"ro": "Bare: {max}.", "en": "Bars: {max}."},
        "data_layout": "sample_rows_data",
    }
    file = tmp_path / "figures.yaml"
    file.write_text(json.dumps({"one": {**entry, **changes}}), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_kind_is_drawn_without_a_warning(name: str, language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = _shown(name, language)
    assert shown.kind == "figure"
    assert f'<figure class="exhibit figure" id="fig-{name}">' in shown.html


def test_a_result_that_did_not_pass_the_gate_is_refused() -> None:
    released = _released("bars")
    with pytest.raises(ReportError, match="not a Result"):
        plot(Result("bars", released.table, released.provenance), language="en")  # type: ignore[arg-type]


def test_the_picture_is_16_cm_wide_at_200_dots_per_inch() -> None:
    picture = _png("bars")
    # 16 / 2.54 * 200 = 1259.8 dots; the header of a PNG holds the width in bytes 16 to 19
    assert int.from_bytes(picture[16:20], "big") in (1259, 1260)
    # 200 dots per inch = 7874 dots per metre, the unit of the pHYs chunk
    assert int.from_bytes(picture[picture.index(b"pHYs") + 4 :][:4], "big") == 7874


def test_the_picture_names_no_program_and_no_time() -> None:
    picture = _png("series")
    assert b"tEXt" not in picture
    assert b"tIME" not in picture


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_hash_seed_and_locale_draw_the_same_bytes(seed: str, tmp_path: Path) -> None:
    script = (
        "import hashlib\n"
        "from evaluation.reporting.figures import definitions, marks, series, style\n"
        "from tests.reporting import sample_figures\n"
        f"figure = definitions.load_figures(__import__('pathlib').Path({str(HERE)!r}) / 'sample_figures.yaml')['lines']\n"
        "drawing = marks.read_drawing(sample_figures.lines(), figure, language='ro')\n"
        "with style.house_style():\n"
        "    print(hashlib.sha256(style.png_bytes(series.draw_series(drawing)[0])).hexdigest())\n"
    )
    (tmp_path / "matplotlibrc").write_text("font.size: 20\naxes.facecolor: red\n", encoding="utf-8")
    found = set()
    for other in ("0", seed):
        environment = {**os.environ, "PYTHONHASHSEED": other, "LC_ALL": "C", "TZ": f"UTC+{other}"}
        environment |= {"MATPLOTLIBRC": str(tmp_path)} if other == seed else {}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            cwd=HERE.parent.parent,
            capture_output=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_the_alternative_states_first_last_least_and_greatest() -> None:
    assert _alt("series").startswith(
        "Line: from 1,000 in 2012 to 490 in 2021; the lowest value 490 in 2021, the highest 1,000 in 2012."
    )


def test_the_romanian_alternative_writes_romanian_numbers() -> None:
    assert _alt("series", "ro").startswith("Linie: de la 1.000 în 2012 la 490 în 2021")


def test_the_alternative_gives_the_reason_for_missing_numbers_and_missing_years() -> None:
    assert "Without a figure: not shown: 2015; no figure in the data: 2017." in _alt("series")


def test_the_alternative_names_the_breaks_of_the_series() -> None:
    assert "Break in the series: 2019: Attempts count too; 2020: Since then" in _alt("series")


def test_equal_greatest_rows_are_all_named() -> None:
    drawing = read_drawing(_released("stacked"), _definitions()["stacked"], language="en")
    # parts of the first row: 12, 5, 1; every row has one mark with the value of its own only, so 20 stands alone
    assert notes.text_alternative(drawing).startswith("Stacked bars: at most 20 (2.1 ")
    level = {"en": "{min@r1}: {min@r1:series}", "ro": "{min@r1}: {min@r1:series}"}
    definition = _replace("timeline", alt=level, label="text:part", series="text:part")
    drawing = read_drawing(_released("timeline"), definition, language="en")
    # the second row of the timeline is 1, 1, 1, 1, 1, 7
    assert notes.text_alternative(drawing).startswith("1: H1 2024, H2 2024, H1 2025, H2 2025 and H1 2026")


def _replace(name: str, *, alt: dict[str, str], label: str = "", series: str = "") -> definitions.Definition:
    from dataclasses import replace

    old = _definitions()[name]
    return replace(old, alt=alt, label=label or old.label, series=series or old.series)


def test_a_placeholder_that_names_no_row_is_an_error() -> None:
    definition = _replace("bars", alt={"ro": "{nothing}", "en": "{nothing}"})
    with pytest.raises(WordingError, match="names 0 rows"):
        notes.text_alternative(read_drawing(_released("bars"), definition, language="en"))


def test_a_suppressed_row_named_in_the_alternative_gives_its_reason_and_no_number() -> None:
    alt = {"ro": "{cells@r2@p3}", "en": "{cells@r2@p3}"}
    drawing = read_drawing(_released("timeline"), _replace("timeline", alt=alt), language="en")
    assert notes.text_alternative(drawing).startswith("not shown")


def test_a_row_without_a_number_is_never_drawn_as_zero() -> None:
    drawing = read_drawing(_released("bars"), _definitions()["bars"], language="en")
    hidden = [one for one in drawing.marks if not one.shown]
    assert [(one.text, one.value == one.value) for one in hidden] == [("not shown", False)]


def test_sorting_puts_rows_without_a_number_last_in_both_directions() -> None:
    from dataclasses import replace

    for order, first in (("largest_first", "81.0%"), ("smallest_first", "40.0%")):
        definition = replace(_definitions()["bars"], order=order)
        drawing = read_drawing(_released("bars"), definition, language="en")
        assert (drawing.marks[0].text, drawing.marks[-1].text) == (first, "not shown")


def test_a_source_that_agrees_with_the_headline_is_not_drawn_again() -> None:
    drawing = read_drawing(_released("series"), _definitions()["series"], language="en")
    from evaluation.reporting.figures.series import draw_series

    _, drawn = draw_series(drawing)
    # nine headline rows, and two of three other sources: 876 against 890, 520 against 490; 760 is the headline's own
    assert sorted(one.text for one in drawn if not one.headline) == ["520", "876"]


def test_every_drawn_number_is_in_the_register_entries_once() -> None:
    entries = _shown("stacked").entries
    assert sorted(one.id for one in entries) == sorted(f"stacked.{row}.estimate" for row in range(1, 13))


def test_the_data_table_follows_the_picture_and_shows_the_same_numbers() -> None:
    shown = _shown("bars")
    assert '<details class="data"><summary>The figure’s data as a table</summary>' in shown.html
    assert 'id="tab-bars-data"' in shown.html
    assert all(text in shown.html for text in ("62.5%", "81.0%", "40.0%"))


def test_a_drawn_row_that_the_data_table_lacks_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    layout = load_layouts(HERE / "sample_tables.yaml")["sample_cells_data"]
    monkeypatch.setattr(exhibit, "layout_of", lambda name: replace(layout, where={"level": ("r1",)}))
    with pytest.raises(ReportError, match=r"lacks row\(s\) 1, 2, 3, 7, 8"):
        _shown("stacked")


def test_numbers_of_an_axis_follow_the_language() -> None:
    drawing = read_drawing(_released("lines"), _definitions()["lines"], language="ro")
    assert drawing.axis_number(0.125) == "12,5%"
    drawing = read_drawing(_released("series"), _definitions()["series"], language="ro")
    assert drawing.axis_number(1250.0) == "1.250"


def test_two_quantities_do_not_share_a_picture() -> None:
    from dataclasses import replace

    from tests.kit.released import published

    rows = [
        {"measure": "a", "quantity": name, "level": "x", "estimate": 1.0} for name in ("count", "percent")
    ]
    definition = replace(_definitions()["bars"], label="code:level")
    with pytest.raises(ReportError, match="mixes the quantities count, percent"):
        read_drawing(published(rows), definition, language="en")


def test_a_log_scale_refuses_a_value_that_is_not_above_zero() -> None:
    from dataclasses import replace

    # the counts of the timeline include 0
    definition = replace(_definitions()["timeline"], kind="intervals", log=True)
    drawing = read_drawing(_released("timeline"), definition, language="en")
    with pytest.raises(ReportError, match="not above 0"):
        exhibit._DRAW["intervals"](drawing)


def test_round_numbers_of_a_log_axis_are_ones_twos_and_fives() -> None:
    assert sheet.round_numbers(0.3, 30.0) == [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]


def test_a_text_missing_in_one_language_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="one, caption: no text in ro"):
        definitions.load_figures(_entry_file(tmp_path, {"caption": {"en": "Title"}}))


def test_alternatives_that_ask_for_different_numbers_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="do not ask for the same numbers"):
        definitions.load_figures(_entry_file(tmp_path, {"alt": {"ro": "{max}", "en": "{min}"}}))


def test_an_unknown_field_of_a_definition_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"unknown field\(s\) colour"):
        definitions.load_figures(_entry_file(tmp_path, {"colour": "red"}))


def test_cedilla_letters_in_a_definition_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cedilla"):
        definitions.load_figures(_entry_file(tmp_path, {"caption": {"ro": "Serviciu\u015f", "en": "Title"}}))


def test_the_definitions_of_the_report_are_complete() -> None:
    figures = definitions.load_figures()
    layouts = load_layouts()
    assert {one.data_layout for one in figures.values()} <= set(layouts)
