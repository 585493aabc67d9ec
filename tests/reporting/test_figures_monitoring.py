"""Figures of the monitoring chapters: gaps in words, parts, the mark of synthetic data, maps and scales."""

import base64
import html
import json
import re
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.reporting.displays import Shown
from evaluation.reporting.figures import definitions, plot
from evaluation.reporting.figures.canvas import Scale, short_lines
from evaluation.reporting.figures.completeness_map import step_of
from evaluation.reporting.figures.county_tiles import class_bounds, class_of
from evaluation.reporting.figures.deadlines import draw_deadlines
from evaluation.reporting.figures.marks import read_drawing
from evaluation.reporting.figures.parts import split_drawing
from evaluation.reporting.figures.states import cell_lines, difference_text
from evaluation.reporting.figures.style import house_style
from evaluation.reporting.layouts import load_layouts
from evaluation.reporting.words import say, show
from evaluation.strategy.counties import load_counties
from tests.kit.released import published
from tests.reporting import sample_monitoring as sample

FIGURES = {
    "indicator_progress": lambda synthetic: (
        sample.values("1.2", synthetic=synthetic),
        sample.changes("1.2", 2025, synthetic=synthetic),
        sample.changes("1.2", 2026, synthetic=synthetic),
    ),
    "deliverable_dates": lambda synthetic: (sample.deliverables(synthetic=synthetic),),
    "completeness_by_objective": lambda synthetic: (sample.completeness(synthetic=synthetic),),
    "measure_states": lambda synthetic: (sample.states(synthetic=synthetic),),
    "vulnerability_map": lambda synthetic: (sample.vulnerability(synthetic=synthetic),),
    "vulnerability_bands": lambda synthetic: (sample.vulnerability(synthetic=synthetic),),
    "coverage_map": lambda synthetic: (sample.match(synthetic=synthetic),),
    "internet_chain": lambda synthetic: (sample.chain(synthetic=synthetic),),
    "effort_need": lambda synthetic: (sample.effort_places(synthetic=synthetic),),
}
MARK = "DATE SINTETICE / SYNTHETIC DATA"


def drawn(name: str, language: str = "en", *, synthetic: bool = False) -> Shown:
    return plot(*FIGURES[name](synthetic), language=language, figure=name)


def alternatives(shown: Shown) -> list[str]:
    return [html.unescape(one) for one in re.findall(r' alt="([^"]*)"', shown.html)]


def pictures(shown: Shown) -> list[bytes]:
    return [base64.b64decode(one) for one in re.findall(r"base64,([^\"]+)\"", shown.html)]


def height(picture: bytes) -> int:
    return int.from_bytes(picture[20:24], "big")


def mark_of(released: Released, figure: str, language: str, **wanted: str):
    drawing = read_drawing(released, definitions.figure_of(figure), language=language)
    table = released.table
    found = [
        one for one in drawing.marks if all(table.loc[one.row, key] == value for key, value in wanted.items())
    ]
    assert len(found) == 1
    return drawing, found[0]


@pytest.mark.parametrize("name", list(FIGURES))
@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_monitoring_figure_is_drawn_without_a_warning(name: str, language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = drawn(name, language)
    assert f'id="fig-{name.replace("_", "-")}' in shown.html
    assert MARK not in shown.html


@pytest.mark.parametrize("name", ["indicator_progress", "vulnerability_map"])
def test_the_same_numbers_give_the_same_bytes(name: str) -> None:
    assert drawn(name, "ro", synthetic=True).html == drawn(name, "ro", synthetic=True).html


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_picture_of_synthetic_data_has_a_strip_of_its_own_with_the_mark(name: str) -> None:
    plain, marked = pictures(drawn(name)), pictures(drawn(name, synthetic=True))
    # the strip is 0.75 cm high: 0.75 / 2.54 * 200 = 59.06 dots; it stands above the picture and covers none of it
    assert {height(two) - height(one) for one, two in zip(plain, marked, strict=True)} <= {58, 59, 60}


@pytest.mark.parametrize(("language", "start"), [("ro", "Date sintetice"), ("en", "Synthetic data")])
def test_the_alternative_of_synthetic_data_says_so_first(language: str, start: str) -> None:
    shown = drawn("internet_chain", language, synthetic=True)
    assert all(one.startswith(start) for one in alternatives(shown))


@pytest.mark.parametrize("language", ["ro", "en"])
def test_the_caption_of_a_table_of_synthetic_data_carries_the_mark(language: str) -> None:
    shown = show(sample.chain(synthetic=True), language=language, layout="internet_links")
    assert MARK in shown.html.split("<caption>")[1].split("</caption>")[0]
    assert MARK not in show(sample.chain(), language=language, layout="internet_links").html


def test_one_synthetic_result_beside_real_ones_marks_the_picture() -> None:
    shown = plot(
        sample.values("1.2"),
        sample.changes("1.2", 2026, synthetic=True),
        language="en",
        figure="indicator_progress",
    )
    assert all(one.startswith("Synthetic data") for one in alternatives(shown))


def test_long_objectives_are_split_into_pictures_of_at_most_so_many_rows() -> None:
    definition = replace(definitions.figure_of("indicator_progress"), most=4)
    drawing = read_drawing(sample.values("1.2"), definition, language="en")
    parts = split_drawing(drawing)
    labels = [list(dict.fromkeys(one.label for one in part.marks)) for _, part in parts]
    whole = list(dict.fromkeys(one.label for one in drawing.marks))
    assert [one for part in labels for one in part] == whole
    assert max(map(len, labels)) <= 4
    assert [name for name, _ in parts] == [f"1-2-{number}" for number in range(1, len(parts) + 1)]


def test_a_deliverable_of_several_dates_counts_once_for_each_date() -> None:
    definition = replace(definitions.figure_of("deliverable_dates"), most=5)
    drawing = read_drawing(sample.deliverables(), definition, language="en")
    twice = replace(
        drawing, marks=drawing.marks * 2
    )  # eight deliverables of two dates each: two in every picture
    parts = split_drawing(twice)
    assert [len(part.marks) for _, part in parts] == [4, 4, 4, 4]
    assert [len({one.label for one in part.marks}) for _, part in parts] == [2, 2, 2, 2]
    assert [part.part.rsplit(" ", 1)[1] for _, part in parts] == ["(1/4)", "(2/4)", "(3/4)", "(4/4)"]


def test_the_longest_picture_of_dates_fits_on_a_page() -> None:
    drawing = read_drawing(sample.deliverables(), definitions.figure_of("deliverable_dates"), language="ro")
    long = tuple(replace(one, label="IND-3.2.1-3 " + "raport de evaluare " * 9) for one in drawing.marks * 2)
    with house_style():
        picture, _ = draw_deadlines(replace(drawing, marks=long[: drawing.definition.most]))
    assert len(long) > drawing.definition.most
    # A4 is 297 mm high, with margins of 27 and 24 mm; strip 8 mm, heading and caption 25 mm
    assert picture.get_figheight() * 25.4 <= 297 - 27 - 24 - 8 - 25


def test_only_keeps_the_objective_and_what_lies_below_it() -> None:
    shown = plot(sample.states(), language="en", figure="measure_states", only="2")
    heads = re.findall(r'<th scope="col"[^>]*>(\d\.\d)</th>', shown.html)
    assert heads == ["2.1", "2.2", "2.3"]  # the specific objectives of general objective 2
    assert 'id="fig-measure-states-2"' in shown.html


def test_an_objective_without_rows_is_an_error() -> None:
    with pytest.raises(ReportError, match="no row of objective 9"):
        plot(sample.states(), language="en", figure="measure_states", only="9")


def test_a_table_split_by_objective_has_an_anchor_and_a_caption_for_each() -> None:
    shown = show(sample.values("1.2"), language="ro", layout="annex_indicator_values", only="1")
    assert 'id="tab-annex-indicator-values-1-2"' in shown.html
    assert "Valorile indicatorilor pe ani, obiectivul specific 1.2" in shown.html


def test_a_second_result_needs_a_layout_for_its_data() -> None:
    with pytest.raises(ReportError, match="give it a beside_layout"):
        plot(sample.chain(), sample.chain(), language="en", figure="internet_chain")


@pytest.mark.parametrize(
    ("indicator", "period", "words"),
    [
        ("IND-1.2.1-3", "2025", ["neraportat"]),
        ("IND-1.2.2-1", "2026", ["ascuns"]),
        ("IND-1.2.2-2", "2024", ["nescadent"]),
        ("IND-1.2.3-2", "2024", ["nedefinit"]),
        ("IND-1.2.3-1", "2026", ["56", "parțial"]),
        ("IND-1.2.1-4", "2024", ["4,2\u00a0mil.", "lei"]),
        ("IND-1.2.1-2", "2024", ["40,0%"]),
    ],
)
def test_a_year_says_its_number_or_why_there_is_none(indicator: str, period: str, words: list[str]) -> None:
    drawing, mark = mark_of(
        sample.values("1.2"), "indicator_progress", "ro", measure=indicator, period=period
    )
    assert cell_lines(drawing, mark) == words


def test_a_difference_without_interval_has_its_sign_and_unit() -> None:
    words = {"kind_key": "duration", "objective": "1.1", "label.ro": "x", "label.en": "x", "reason_key": ""}
    rows = [{"measure": "IND-1.1.1-1", "quantity": "difference", "level": "all", "estimate": -12.5}]
    drawing, mark = mark_of(sample.invented("v", rows, [words]), "indicator_progress", "ro")
    assert difference_text(drawing, mark) == "\N{MINUS SIGN}12,5 zile"


def test_a_partial_value_is_printed_with_how_much_of_it_came() -> None:
    shown = show(sample.values("1.2"), language="ro", layout="annex_indicator_values")
    assert "56 (parțial, 3 din 5)" in re.sub(r"<[^>]+>", "", shown.html)


def test_a_lower_limit_is_printed_as_one() -> None:
    words = [{"name.ro": "x", "name.en": "x"}]
    rows = [{"measure": "protection_link", "quantity": "count_at_least", "estimate": 101.0}]
    shown = show(sample.invented("v", rows, words), language="en", layout="internet_links")
    assert "at least 101" in shown.html


def test_the_places_of_a_county_in_two_orders_are_printed_beside_each_other() -> None:
    rows = [
        {"measure": "effort_need_places", "quantity": "rank_shift", "level": "AB", "numerator": 31,
         "denominator": 4, "estimate": 27},
    ]  # fmt: skip
    shown = show(
        sample.invented("v", rows, [{"name.ro": "Alba", "name.en": "Alba"}]),
        language="ro",
        layout="effort_need_places",
    )
    cells = re.findall(r">([^<>]+)<", shown.html[shown.html.index("Alba") :])
    assert [one for one in cells if one.isdigit()] == ["4", "31", "27"]


def test_a_late_deliverable_says_by_how_many_days() -> None:
    shown = drawn("deliverable_dates", "ro")
    # due 30 June 2025, delivered 20 November 2025: 31 + 31 + 30 + 31 + 20 = 143 days
    assert "143" in shown.html
    assert "predat cu întârziere: 1" in alternatives(shown)[0]


def test_a_deliverable_without_a_due_date_is_an_error() -> None:
    released = sample.deliverables()
    assert released.texts is not None
    with pytest.raises(ReportError, match="row 1 has no date"):
        plot(
            replace(released, texts=released.texts.assign(due="")), language="en", figure="deliverable_dates"
        )


@pytest.mark.parametrize(("share", "step"), [(0.0, 0), (0.2, 0), (0.21, 1), (0.4, 1), (0.8, 3), (1.0, 4)])
def test_a_shade_covers_a_fifth_with_its_upper_end(share: float, step: int) -> None:
    assert step_of(share) == step


def test_classes_without_bounds_hold_equally_many_counties() -> None:
    # ten values in five classes: two in each
    bounds = class_bounds([float(one) for one in range(10)], ())
    assert [class_of(float(one), bounds) for one in range(10)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_equal_values_fall_in_one_class() -> None:
    assert class_bounds([5.0] * 42, ()) == [5.0]


def test_every_county_has_its_tile_and_neighbours_touch() -> None:
    tiles = {one.id: one.tile for one in load_counties()}
    assert len(set(tiles.values())) == 42
    touching = [
        ("AR", "TM"),
        ("CS", "MH"),
        ("BT", "IS"),
        ("TL", "CT"),
        ("GJ", "VL"),
        ("CL", "B"),
        ("BV", "CV"),
    ]
    for one, other in touching:
        (row, column), (down, across) = tiles[one], tiles[other]
        assert max(abs(row - down), abs(column - across)) == 1, (one, other)


def test_a_map_with_a_row_of_no_county_is_an_error() -> None:
    rows = [{"measure": "target_group_reached", "quantity": "coverage", "group": "county", "level": "XX",
             "estimate": 1.0}]  # fmt: skip
    with pytest.raises(ReportError, match="one row for each county"):
        plot(
            sample.invented("m", rows, [{"name.ro": "x", "name.en": "x"}]),
            language="en",
            figure="coverage_map",
        )


def test_a_suppressed_county_is_named_and_has_no_number() -> None:
    shown = drawn("coverage_map", "ro")
    assert "ascuns (confidențial): Olt" in alternatives(shown)[0]


def test_a_logarithmic_scale_puts_the_geometric_mean_in_the_middle() -> None:
    # between 0.5 and 2 the middle is sqrt(0.5 * 2) = 1
    scale = Scale(0.5, 2.0, 4.0, 6.0, log=True)
    assert [round(scale.at(one), 9) for one in (0.5, 1.0, 2.0)] == [4.0, 7.0, 10.0]


def test_a_value_beyond_the_scale_stops_at_its_end() -> None:
    scale = Scale(0.0, 1.0, 0.0, 10.0)
    assert (scale.at(3.0), scale.holds(3.0)) == (10.0, False)


def test_a_long_label_ends_in_an_ellipsis() -> None:
    lines = short_lines("cuvânt " * 60, 4.0, size=7.5, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_a_sentence_names_the_objective_and_the_year_of_its_chapter() -> None:
    base = {"quantity": "count", "group": "general_objective"}
    rows = [
        {**base, "measure": name, "level": level, "period": year, "estimate": number}
        for level, year, number in (("1", "2024", 3), ("1", "2025", 20), ("2", "2025", 7))
        for name in ("asked", "reported")
    ]
    rows.append({"measure": "share_reported", "quantity": "proportion", "level": "1", "period": "2025",
                 "estimate": 0.5})  # fmt: skip
    shown = say("monitoring.completeness_objective", published(rows), language="ro", only="1", period="2025")
    assert "20 de răspunsuri și au fost date 20;" in re.sub(r"<[^>]+>", "", shown.html)


@pytest.mark.parametrize("load", [definitions.load_figures, load_layouts])
def test_a_definition_that_stands_in_two_files_is_an_error(load, tmp_path: Path) -> None:
    words = {"ro": "Titlu", "en": "Title"}
    entry = {"caption": words, "alt": words, "kind": "bars", "data_layout": "x"}
    if load is load_layouts:
        entry = {"caption": words, "columns": []}
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for file in files:
        file.write_text(json.dumps({"same": entry}), encoding="utf-8")
    with pytest.raises(ReportError, match="same stands in two files"):
        load(*files)
