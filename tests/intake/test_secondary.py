"""The secondary series is read strictly: whole or not at all, and every refusal is a sentence without a value."""

from pathlib import Path

import pytest

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project
from evaluation.intake.secondary import SERIES_COLUMNS, SOURCE_COLUMNS, load_series, load_sources
from evaluation.intake.secondary_definitions import Break, BreakKind, load_measures, load_rules

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data_raw" / "secondary"
GOOD = "anitp,RO,2020,victims_identified,596,count,,,,,2021"
SOURCE = "anitp,Raport,ANITP,,2021,https://example.org,government,,"


def folder(tmp_path: Path, *rows: str, sources: tuple[str, ...] = (SOURCE,)) -> Path:
    (tmp_path / "series.csv").write_text(
        "\n".join([",".join(SERIES_COLUMNS), *rows]) + "\n", encoding="utf-8"
    )
    (tmp_path / "sources.csv").write_text(
        "\n".join([",".join(SOURCE_COLUMNS), *sources]) + "\n", encoding="utf-8"
    )
    return tmp_path


def test_every_figure_and_every_source_is_there() -> None:
    series = load_series(FOLDER)
    assert (len(series.table), len(series.sources), series.problems) == (234, 59, ())


def test_every_source_has_a_figure_and_every_figure_a_source() -> None:
    series = load_series(FOLDER)
    assert set(series.table["source_id"]) == set(series.sources.index)


def test_a_project_names_the_file_below_its_root() -> None:
    series = load_series(Project(ROOT))
    assert [source.file for source in series.provenance.sources] == [
        "data_raw/secondary/series.csv",
        "data_raw/secondary/sources.csv",
    ]


def test_the_text_holds_no_cedilla_letters() -> None:
    for name in ("series.csv", "sources.csv"):
        assert not set("\u015f\u0163\u015e\u0162") & set((FOLDER / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GOOD.replace("anitp", "nobody"), "source_id is not in sources.csv"),
        (GOOD.replace("victims_identified", "victims_found"), "no entry in secondary_measures.yaml"),
        (GOOD.replace("RO", "BG"), "country is not RO"),
        (GOOD.replace("2020", "1820"), "year is not a whole year"),
        (GOOD.replace("2020", "2020.0"), "year is not a whole year"),
        (GOOD.replace("count", "percent"), "unit is unknown"),
        (GOOD.replace("596", "five"), "not a plain number"),
        (GOOD.replace("596", "0596"), "not a plain number"),
        (GOOD.replace("596", "nan"), "not a plain number"),
        (GOOD.replace("596", "-596"), "below zero"),
        (GOOD.replace("596", "596.5"), "a count must be whole"),
        (
            GOOD.replace("victims_identified,596,count", "share_minor,101,percent"),
            "a share lies from 0 to 100",
        ),
        (GOOD.replace("count,,,,", "count,guess,,,"), "unknown word"),
        (GOOD.replace("count,,,,", "count,,doar română,,"), "lacks a language"),
        (GOOD.replace("2021", "soon"), "publication_year"),
    ],
)
def test_a_faulty_row_is_named_by_its_line(tmp_path: Path, row: str, reason: str) -> None:
    with pytest.raises(IntakeError, match=reason) as caught:
        load_series(folder(tmp_path, GOOD.replace("2020", "2019"), row))
    assert str(caught.value).startswith("series.csv, line 3: ")


def test_the_same_source_measure_and_year_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"line 2: .*given twice") as caught:
        load_series(folder(tmp_path, GOOD, GOOD.replace("596", "600")))
    assert "line 3" in str(caught.value)


def test_no_message_quotes_a_cell(tmp_path: Path) -> None:
    rows = [
        GOOD.replace("596", "secret77"),
        GOOD.replace("anitp", "hidden88"),
        GOOD.replace("2021", "covert99"),
    ]
    with pytest.raises(IntakeError) as caught:
        load_series(folder(tmp_path, *rows))
    assert not any(word in str(caught.value) for word in ("secret77", "hidden88", "covert99", "596"))


def test_rows_in_are_rows_used_plus_rows_rejected_with_a_reason(tmp_path: Path) -> None:
    rows = [
        GOOD,
        GOOD.replace("596", "x").replace("2020", "2018"),
        GOOD.replace("2020", "2017").replace("RO", "BG"),
    ]
    series = load_series(folder(tmp_path, *rows), reject_rows=True)
    found = series.provenance
    assert (found.rows_in, found.rows_used) == (3, 1)
    assert dict(found.excluded) == {"not a number": 1, "other country": 1}
    assert len(series.problems) == 2


def test_a_wrong_header_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path, GOOD)
    text = (
        (place / "series.csv").read_text(encoding="utf-8").replace("source_id,country", "country,source_id")
    )
    (place / "series.csv").write_text(text, encoding="utf-8")
    with pytest.raises(IntakeError, match="line 1: the columns must be"):
        load_series(place)


def test_a_row_with_a_cell_too_many_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="line 2: 12 cells where 11"):
        load_series(folder(tmp_path, GOOD + ",more"))


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path, GOOD)
    (place / "series.csv").write_bytes("ș".encode("utf-16"))
    with pytest.raises(IntakeError, match="not a comma-separated file in UTF-8"):
        load_series(place)


@pytest.mark.parametrize(
    "source",
    [
        SOURCE.replace("Raport", ""),
        SOURCE.replace("government", "Government"),
        SOURCE.replace("2021", "21"),
        SOURCE.replace("https:", "file:"),
    ],
)
def test_a_faulty_source_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(IntakeError, match=r"sources\.csv, line 2"):
        load_sources(folder(tmp_path, GOOD, sources=(source,)))


def test_every_measure_of_the_series_has_one_card_and_no_card_is_idle() -> None:
    assert set(load_measures()) == set(load_series(FOLDER).table["measure"])


def test_a_break_names_a_known_source() -> None:
    known = set(load_series(FOLDER).sources.index)
    breaks: list[Break] = [b for card in load_measures().values() for b in card.breaks]
    assert {b.source_id for b in breaks} <= known


def test_identified_victims_change_in_2019_and_2020_and_their_breakdowns_follow() -> None:
    cards = load_measures()
    for name in ("victims_identified", "victims_minor", "share_female"):
        assert [b.year for b in cards[name].breaks if b.kind is BreakKind.CHANGE] == [2019, 2020]


def test_every_reference_of_a_check_points_to_a_published_figure() -> None:
    series = load_series(FOLDER)
    known = {
        (f["measure"], f["year"], f["source_id"]) for figures in series.figures.values() for f in figures
    }
    anywhere = {(measure, year, "") for measure, year, _ in known}
    for check in load_rules().checks:
        for side in check.sides:
            for one in (*side.plus, *side.minus, *side.over):
                assert (one.measure, one.year, one.source_id) in known | anywhere, check.id


def test_the_steps_of_the_headline_rule_name_known_flags_kinds_and_sources() -> None:
    series, rules = load_series(FOLDER), load_rules()
    words = {word for step in rules.headline.steps for word in (*step.exclude, *step.last, *step.order)}
    flags = {flag for figures in series.figures.values() for f in figures for flag in f["flags"]}
    assert words <= flags | set(series.sources["kind"]) | set(series.sources.index)
