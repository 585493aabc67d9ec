"""Series, headlines, disagreements, rates and the comparison of periods on the published figures."""

import json
from pathlib import Path

import pandas as pd
import pytest

from evaluation.analysis.comparison import PeriodCount, compare_periods, person_years
from evaluation.analysis.disagreements import disagreement_table, find_disagreements
from evaluation.analysis.headline import pick_headline
from evaluation.analysis.series import annual_rates, annual_series, sources_records
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result
from evaluation.intake.secondary import SERIES_COLUMNS, SOURCE_COLUMNS, SecondarySeries, load_series
from evaluation.strategy.words import Text

FOLDER = Path(__file__).resolve().parents[2] / "data_raw" / "secondary"
LEDGER = Text(ro="registrul", en="ledger")
NOTHING = Provenance(sources=(), method="ledger", rows_in=0, rows_used=0)
OLD = PeriodCount(2012, 2016, 60, 1000.0, LEDGER)
NEW = PeriodCount(2018, 2022, 30, 1000.0, LEDGER)


@pytest.fixture(scope="module")
def series() -> SecondarySeries:
    return load_series(FOLDER)


def small(tmp_path: Path, *figures: tuple[str, str, str, str]) -> SecondarySeries:
    """A series of identified victims in 2020 from (source, kind, value, flags); the last digit is the year's."""
    rows = [
        f"{name},RO,2020,victims_identified,{value},count,{flags},,,,201{i}"
        for i, (name, _, value, flags) in enumerate(figures)
    ]
    sources = [f"{name},Titlu,Editor,,201{i},,{kind},," for i, (name, kind, _, _) in enumerate(figures)]
    (tmp_path / "series.csv").write_text("\n".join([",".join(SERIES_COLUMNS), *rows]), encoding="utf-8")
    (tmp_path / "sources.csv").write_text("\n".join([",".join(SOURCE_COLUMNS), *sources]), encoding="utf-8")
    return load_series(tmp_path)


def headlines(result: Result) -> pd.DataFrame:
    return result.table[result.table["group"] == "headline"].set_index("period")


def test_an_exact_value_comes_before_a_rounded_one_of_a_higher_kind(tmp_path: Path) -> None:
    found = small(tmp_path, ("a", "government", "500", "rounded"), ("b", "press", "497", ""))
    assert pick_headline(found, "victims_identified", 2020).source_id == "b"


def test_government_comes_before_organisation_ngo_press_and_other(tmp_path: Path) -> None:
    kinds = ["other", "press", "NGO", "international organisation", "government"]
    figures = [(f"s{i}", kind, str(100 + i), "") for i, kind in enumerate(kinds)]
    for count in range(5, 1, -1):
        found = small(tmp_path, *figures[:count])
        assert pick_headline(found, "victims_identified", 2020).source_id == f"s{count - 1}"


def test_the_institution_that_keeps_the_register_comes_before_another_government(tmp_path: Path) -> None:
    found = small(tmp_path, ("anitp_2020", "government", "500", ""), ("zz", "government", "492", ""))
    assert pick_headline(found, "victims_identified", 2020).source_id == "anitp_2020"


def test_the_newest_publication_decides_between_equals(tmp_path: Path) -> None:
    found = small(tmp_path, ("a", "press", "500", ""), ("b", "press", "492", ""))
    pick = pick_headline(found, "victims_identified", 2020)
    assert (pick.source_id, pick.reason.en) == ("b", "the newest publication")


def test_a_breakdown_labelled_as_a_total_never_becomes_the_headline(tmp_path: Path) -> None:
    found = small(tmp_path, ("a", "government", "23", "not_a_total"), ("b", "other", "163", "rounded"))
    assert pick_headline(found, "victims_identified", 2020).value == 163
    alone = small(tmp_path, ("a", "government", "23", "not_a_total"))
    pick = pick_headline(alone, "victims_identified", 2020)
    assert (pick.value, pick.status.value) == (None, "undefined")


def test_each_pick_says_why(series: SecondarySeries) -> None:
    reasons = {
        year: pick_headline(series, "victims_identified", year).reason.en for year in (2012, 2019, 2022)
    }
    assert reasons[2012] == "the only published value"
    assert reasons[2019] == "all usable values are equal"
    assert reasons[2022].startswith("the institution that keeps the register")


def test_headlines_of_identified_victims(series: SecondarySeries) -> None:
    # read off the figures by the rule: 2011 government before NGO, 2013 exact and government, 2018 and 2021 not the
    # broadcast, 2022 the register's keeper
    expected = dict(
        zip(
            map(str, range(2008, 2024)),
            [1240, 780, 1154, 1043, 1041, 896, 757, 880, 757, 662, 497, 698, 596, 488, 500, 451],
            strict=True,
        )
    )
    assert headlines(annual_series(series))["estimate"].to_dict() == expected


def test_every_published_value_stands_beside_the_headline(series: SecondarySeries) -> None:
    table = annual_series(series).table
    # 35 published totals for 2008-2023, 16 headline years
    assert table["group"].value_counts().to_dict() == {"published": 35, "headline": 16}


def test_a_year_without_a_source_is_not_collected(series: SecondarySeries) -> None:
    result = annual_series(series, first=2023, last=2024)
    assert headlines(result).loc["2024", "status"] == "not_collected"
    assert result.texts is not None
    assert result.texts.iloc[-1]["note.en"] == "no consulted source has a value for this year"


def test_a_year_of_a_change_is_marked(series: SecondarySeries) -> None:
    result = annual_series(series)
    assert result.texts is not None
    marked = result.table.loc[result.texts["break.ro"] != "", "period"].tolist()
    assert marked == ["2019", "2020"]


def test_texts_are_there_in_both_languages(series: SecondarySeries) -> None:
    for result in (annual_series(series), annual_rates(series), disagreement_table(series)):
        texts = result.texts
        assert texts is not None
        names = {name.rsplit(".", 1)[0] for name in texts.columns}
        for name in names:
            assert ((texts[f"{name}.ro"] == "") == (texts[f"{name}.en"] == "")).all(), name


def test_the_rate_names_the_edition_of_the_population(series: SecondarySeries) -> None:
    row = annual_rates(series).table.set_index("period").loc["2020"]
    # 596 / 19,354,339 * 100,000 = 3.07941
    assert row["estimate"] == pytest.approx(3.07941, abs=5e-6)
    assert row["method"] == "poisson_garwood; population ins_tempo_pop105a/undated"


def test_a_year_without_that_population_is_not_collected(series: SecondarySeries) -> None:
    result = annual_rates(series, population="population_1jan_domicile")
    status = result.table.set_index("period")["status"]
    assert status[status == "ok"].index.tolist() == ["2015"]
    assert result.texts is not None
    assert result.texts.iloc[0]["note.en"] == "no consulted source has this population for the year"


def test_the_rate_marks_a_change_of_the_population_edition(series: SecondarySeries) -> None:
    texts = annual_rates(series, first=2020, last=2020).texts
    assert texts is not None
    assert "recensământul" in str(texts.loc[0, "break.ro"])


def test_a_rate_is_made_of_a_count_and_a_population_only(series: SecondarySeries) -> None:
    with pytest.raises(AnalysisError, match="a count over a population"):
        annual_rates(series, measure="share_minor")


def test_domicile_gives_a_lower_rate_than_residence(series: SecondarySeries) -> None:
    # 880 / 22,279,000 = 3.950 per 100,000 against 880 / 19,870,647 = 4.429
    by = {
        name: annual_rates(series, population=name, first=2015, last=2015)
        for name in ("population_1jan", "population_1jan_domicile")
    }
    assert by["population_1jan"].table.loc[0, "estimate"] == pytest.approx(4.4286, abs=5e-5)
    assert by["population_1jan_domicile"].table.loc[0, "estimate"] == pytest.approx(3.9499, abs=5e-5)


def test_person_years_are_the_sum_of_the_yearly_populations(series: SecondarySeries) -> None:
    # 19,533,481 + 19,414,458 + 19,354,339 + 19,229,519 + 19,043,098 = 96,574,895
    found = person_years(series, 2018, 2022)
    assert found.total == 96_574_895
    assert found.editions == ("eurostat_tps00001_2021/2021", "ins_tempo_pop105a/undated")


def test_person_years_need_every_year(series: SecondarySeries) -> None:
    with pytest.raises(AnalysisError, match="no value for 2026"):
        person_years(series, 2025, 2026)


def test_periods_give_two_rates_and_their_ratio(series: SecondarySeries) -> None:
    # 60 and 30 events in 1,000 person-years: 6,000 and 3,000 per 100,000, ratio 0.5
    table = compare_periods(series, OLD, NEW, provenance=NOTHING).table
    assert table["period"].tolist() == ["2012-2016", "2018-2022", "2018-2022 / 2012-2016"]
    assert table["estimate"].tolist() == pytest.approx([6000, 3000, 0.5])


def test_a_comparison_across_a_change_of_counting_is_flagged(series: SecondarySeries) -> None:
    result = compare_periods(series, OLD, NEW, provenance=NOTHING)
    assert result.table.loc[2, "method"] == "exact_conditional; across break 2019, 2020"
    assert result.texts is not None
    assert str(result.texts.loc[2, "break.ro"]).startswith("Comparație peste o schimbare de metodă: 2019")


def test_a_comparison_within_one_way_of_counting_is_not_flagged(series: SecondarySeries) -> None:
    early = PeriodCount(2008, 2010, 60, 1000.0, LEDGER)
    result = compare_periods(series, early, OLD, provenance=NOTHING)
    assert result.table.loc[2, "method"] == "exact_conditional"


def test_overlapping_periods_are_refused(series: SecondarySeries) -> None:
    with pytest.raises(AnalysisError, match="overlap"):
        compare_periods(series, NEW, OLD, provenance=NOTHING)


KNOWN = {
    ("victims_identified_2011", (1048, 1043)),
    ("victims_identified_2013", (876, 896, 896, 896)),
    ("victims_2016_implied", (757, 756)),
    ("victims_identified_2018", (500, 497, 497, 497)),
    ("victims_identified_2021", (500, 488)),
    ("victims_identified_2022", (500, 492)),
    ("part_year_2022", (120, 500)),
    ("share_assisted_2016", (42, 41)),
    ("victims_minor_female_2008", (163, 23)),
    ("victims_minor_female_2009", (144, 32)),
    ("victims_minor_female_2010", (270, 37)),
    ("victims_minor_female_2013", (278, 22)),
    ("girls_2022", (153, 39)),
    ("prosecutors_2014", (831, 757)),
    ("prosecutors_2015", (653, 880)),
    ("prosecutors_2016", (483, 757)),
    ("defendants_2014", (534, 533)),
    ("assisted_2010_2011", (417, 451)),
    ("population_1jan_2020", (19_328_838, 19_354_339, 19_318_000)),
    ("population_1jan_2025", (19_043_151, 19_036_031)),
    ("children_2016_2018", (4_176_100, 3_976_500)),
    ("share_children_2016_2018", (18.8, 17.9)),
}


def test_all_documented_disagreements_are_found(series: SecondarySeries) -> None:
    # the pairs of figures that the compilers of the set had noted by hand
    found = {(one.id, tuple(value.number for value in one.values)) for one in find_disagreements(series)}
    assert found >= KNOWN


def test_the_stated_fall_of_2013_follows_from_neither_total(series: SecondarySeries) -> None:
    # (876 - 1041) / 1041 = -15.85%, (896 - 1041) / 1041 = -13.93%, stated -38%
    found = next(one for one in find_disagreements(series) if one.id == "fall_2013_stated")
    assert [value.number for value in found.values] == pytest.approx([-38, -15.85, -13.93], abs=0.005)


def test_values_that_agree_within_rounding_are_no_disagreement(series: SecondarySeries) -> None:
    # 596 / 19,354,339 * 1,000,000 = 30.79, published as 31
    assert "rate_2020" not in {one.id for one in find_disagreements(series)}


def test_a_check_that_lacks_a_figure_is_listed_with_the_gap(tmp_path: Path) -> None:
    found = small(tmp_path, ("a", "press", "500", ""))
    table = disagreement_table(found).table
    assert "not_collected" in set(table.loc[table["group"] == "defendants_2014", "status"])


def test_records_are_ready_for_json_and_hold_every_value(series: SecondarySeries) -> None:
    records = json.loads(json.dumps(sources_records(series)))
    assert sum(len(record["values"]) for record in records) == 234
    assert all(record["reason"]["ro"] and record["reason"]["en"] for record in records)


def test_a_record_says_whether_sources_disagree(series: SecondarySeries) -> None:
    by_year = {record["year"]: record for record in sources_records(series, measure="victims_identified")}
    disagreeing = {year for year, record in by_year.items() if record["disagreement"]}
    assert disagreeing == {2011, 2013, 2016, 2018, 2021, 2022}


def test_a_whole_number_stays_an_integer_in_the_records(series: SecondarySeries) -> None:
    record = sources_records(series, measure="victims_identified")[0]
    assert record["headline"]["value"] == 1240
    assert isinstance(record["headline"]["value"], int)


def test_an_unknown_measure_is_refused_by_name(series: SecondarySeries) -> None:
    with pytest.raises(AnalysisError, match="victims_found: not a measure"):
        annual_series(series, measure="victims_found")
