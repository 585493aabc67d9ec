"""Tables of any shape: every writing that an office may send is read in one way or refused with its code."""

import pytest

from evaluation.intake.returns.free import read_free
from evaluation.intake.returns.raw import RawCell
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from tests.kit.rawbooks import FORMULA, book, sheet

PLAN, REGISTRY, RULES = load_plan(), load_registry(), load_request_rules()
CAMPAIGNS = "Număr de campanii/ acțiuni de informare și conștientizare derulate"
PEOPLE = "Număr de beneficiari"


def read(*sheets, file="date.xlsx", year=2025, institution="ANITP"):
    reading = read_free(book(*sheets, file=file), PLAN, REGISTRY, RULES, year=year, institution=institution)
    assert reading.rows_in == reading.rows_used + reading.rows_rejected
    assert reading.rows_used == len(reading.observations) + len(reading.measures)
    return reading


def figures(reading, *names):
    names = names or ("indicator", "period", "value")
    return [tuple(one.get(name, "") for name in names) for one in reading.observations]


def codes(reading):
    return sorted({one.code for one in reading.corrections})


HEAD = ("Măsura", "Indicator", "Valoare")


def test_a_row_is_known_by_the_code_of_its_indicator():
    reading = read(sheet(("Indicator", "Realizat"), ("IND-1.1.1-1", 12)))
    assert figures(reading) == [("IND-1.1.1-1", "2025", 12)]
    assert (reading.form, reading.institution, reading.year) == ("free", "ANITP", 2025)


@pytest.mark.parametrize("code", ["ind-1.1.1-1", "IND 1.1.1-1", "IND_1.1.1_1", f"IND-1.1.1-1 {CAMPAIGNS}"])
def test_the_code_may_be_written_in_several_ways(code):
    assert figures(read(sheet(("Indicator", "Realizat"), (code, 12)))) == [("IND-1.1.1-1", "2025", 12)]


@pytest.mark.parametrize(
    "name", ["Nr. beneficiari", "NUMĂR DE BENEFICIARI", "Numărul beneficiarilor", "Numar de beneficiari "]
)
def test_a_row_is_known_by_measure_and_name(name):
    assert figures(read(sheet(HEAD, ("1.1.1", name, 340)))) == [("IND-1.1.1-2", "2025", 340)]


@pytest.mark.parametrize("measure", ["1.1.1.", "Măsura 1.1.1", "M 1.1.1", "1.1.1 Implementarea de campanii"])
def test_the_measure_may_be_written_in_several_ways(measure):
    assert figures(read(sheet(HEAD, (measure, PEOPLE, 340)))) == [("IND-1.1.1-2", "2025", 340)]


@pytest.mark.parametrize(
    "head",
    [
        ("Nr. crt.", "Indicatorul", "Realizat"),
        ("Cod măsură", "Denumirea indicatorului", "Rezultat"),
        ("MĂSURA / ACȚIUNEA", "INDICATORI", "Nr."),
        ("Măsura din PNA", "Indicator de evaluare", "Valoarea realizată în 2025"),
        ("Acțiunea", "Nume indicator", "Nivel realizat"),
    ],
    ids=str,
)
def test_headings_in_many_spellings(head):
    assert figures(read(sheet(head, ("1.1.1", PEOPLE, 340)))) == [("IND-1.1.1-2", "2025", 340)]


def test_titles_and_a_line_of_column_numbers_stand_around_the_heading():
    reading = read(
        sheet(
            ("Agenția Națională Împotriva Traficului de Persoane",),
            ("Raportare privind Planul național de acțiune 2024-2026",),
            (),
            ("Nr. crt.", "Măsura", "Indicator", "Valoare", "Observații"),
            (0, 1, 2, 3, 4),
            (1, "1.1.1", PEOPLE, 340, "conform registrului"),
        ),
        institution=None,
    )
    assert figures(reading, "indicator", "value", "institution", "remark", "cell") == [
        ("IND-1.1.1-2", 340, "ANITP", "conform registrului", "D6")
    ]


def test_columns_in_another_order_with_other_columns_between():
    reading = read(
        sheet(
            ("Observații", "Valoare", "Sursa", "Indicator", "Județul", "Măsura"),
            (None, 5, "x", PEOPLE, "Iaşi", "1.1.1"),
        )
    )
    assert figures(reading, "indicator", "county", "value") == [("IND-1.1.1-2", "IS", 5)]
    assert codes(reading) == ["column_not_read"]


def test_periods_as_columns():
    reading = read(sheet(("Indicator", "Semestrul I 2025", "Semestrul II 2025"), ("IND-1.3.3-1", 3, 4)))
    assert figures(reading) == [("IND-1.3.3-1", "2025-S1", 3), ("IND-1.3.3-1", "2025-S2", 4)]


def test_a_year_merged_over_its_semesters():
    reading = read(
        sheet(
            ("Indicator", "2025", None, "Observații"),
            (None, "Sem. I", "Sem. II", None),
            ("IND-1.3.3-1", 3, 4, "da"),
            merged=[(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)],
        )
    )
    assert figures(reading) == [("IND-1.3.3-1", "2025-S1", 3), ("IND-1.3.3-1", "2025-S2", 4)]


def test_a_year_above_its_semesters_without_a_merge():
    reading = read(sheet((None, "2025", None), ("Indicator", "Sem. I", "Sem. II"), ("IND-1.3.3-1", 3, 4)))
    assert figures(reading) == [("IND-1.3.3-1", "2025-S1", 3), ("IND-1.3.3-1", "2025-S2", 4)]


def test_numerator_and_denominator_under_each_period():
    reading = read(
        sheet(
            ("Indicator", "Sem. I 2025", None, "Sem. II 2025", None),
            (None, "Numărător", "Numitor", "Numărător", "Numitor"),
            ("IND-1.2.1-4", 30, 40, 10, 40),
            merged=[(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)],
        )
    )
    # 30 / 40 and 10 / 40
    assert figures(reading, "period", "value", "numerator", "denominator") == [
        ("2025-S1", 0.75, 30, 40),
        ("2025-S2", 0.25, 10, 40),
    ]


def test_counties_as_columns():
    reading = read(sheet(("Indicator", "Alba", "ARAD", "Jud. Argeş"), ("IND-1.1.1-2", 1, 2, 3)))
    assert figures(reading, "county", "value") == [("AB", 1), ("AR", 2), ("AG", 3)]


def test_counties_as_rows_and_indicators_as_columns():
    reading = read(sheet(("Județ", "IND-1.1.1-1", "IND-1.1.1-2"), ("Alba", 1, 10), ("Arad", 2, None)))
    assert figures(reading, "indicator", "county", "value") == [
        ("IND-1.1.1-1", "AB", 1),
        ("IND-1.1.1-2", "AB", 10),
        ("IND-1.1.1-1", "AR", 2),
    ]


def test_the_indicator_of_a_whole_sheet_stands_in_its_title():
    reading = read(
        sheet(("IND-1.1.1-2 Număr de beneficiari",), ("Județ", "Ianuarie", "Februarie"), ("Alba", 4, 5))
    )
    assert figures(reading, "indicator", "county", "period", "value") == [
        ("IND-1.1.1-2", "AB", "2025-01", 4),
        ("IND-1.1.1-2", "AB", "2025-02", 5),
    ]


def test_categories_as_columns_with_a_total():
    reading = read(
        sheet(
            ("Indicator", "Total", "din care:", None),
            (None, None, "rural", "urban"),
            ("IND-1.1.1-2", 10, 4, 6),
            merged=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)],
        )
    )
    assert sorted(figures(reading, "group", "level", "value")) == [
        ("", "", 10),
        ("environment", "rural", 4),
        ("environment", "urban", 6),
    ]


def test_categories_as_rows_under_one_indicator():
    reading = read(
        sheet(
            ("Indicator", "Mediul", "Valoare"),
            ("IND-1.1.1-2", "Total", 10),
            (None, "mediul rural", 4),
            (None, "urban", 6),
        )
    )
    assert sorted(figures(reading, "group", "level", "value")) == [
        ("", "", 10),
        ("environment", "rural", 4),
        ("environment", "urban", 6),
    ]
    assert codes(reading) == ["indicator_carried_down", "total_agrees"]


def test_a_measure_merged_over_its_indicators():
    reading = read(sheet(HEAD, ("1.1.1", CAMPAIGNS, 12), (None, PEOPLE, 340), merged=[(2, 1, 3, 1)]))
    assert figures(reading, "indicator", "value") == [("IND-1.1.1-1", 12), ("IND-1.1.1-2", 340)]
    assert codes(reading) == []


def test_a_measure_as_a_line_above_its_indicators():
    reading = read(
        sheet(
            ("Indicator", "Valoare"),
            ("Măsura 1.1.1 Campanii",),
            (PEOPLE, 340),
            ("Măsura 1.2.3",),
            (PEOPLE, 50),
        )
    )
    assert figures(reading, "indicator", "value") == [("IND-1.1.1-2", 340), ("IND-1.2.3-2", 50)]


def test_several_sheets_one_for_each_semester():
    head = ("Indicator", "Valoare")
    reading = read(
        sheet(head, ("IND-1.3.3-1", 3), name="Sem. I 2025"),
        sheet(head, ("IND-1.3.3-1", 4), name="Sem. II 2025"),
    )
    assert figures(reading, "period", "value", "sheet") == [
        ("2025-S1", 3, "Sem. I 2025"),
        ("2025-S2", 4, "Sem. II 2025"),
    ]


def test_two_tables_on_one_sheet():
    reading = read(
        sheet(
            ("Indicator", "Valoare"),
            ("IND-1.1.1-1", 12),
            (),
            ("Județ", "Indicator", "Valoare"),
            ("Alba", "IND-1.1.1-2", 7),
        )
    )
    assert figures(reading, "indicator", "county", "value") == [
        ("IND-1.1.1-1", "", 12),
        ("IND-1.1.1-2", "AB", 7),
    ]


def test_a_name_that_fits_several_measures_is_never_guessed():
    reading = read(sheet(("Indicator", "Valoare"), (PEOPLE, 340)))
    assert (figures(reading), codes(reading)) == ([], ["indicator_ambiguous"])


def test_a_name_that_fits_several_measures_is_the_one_asked_of_the_institution():
    # 1.2.2 and 1.2.4 are the ministry's, and only 1.2.4 counts educational activities
    name = "Număr de activități educative desfășurate"
    assert figures(read(sheet(("Indicator", "Valoare"), (name, 8)), institution="ME")) == [
        ("IND-1.2.4-1", "2025", 8)
    ]


@pytest.mark.parametrize(
    ("measure", "indicator", "code"),
    [
        ("1.1.1", "Număr de avioane", "indicator_unknown"),
        ("9.9.9", PEOPLE, "measure_unknown"),
        ("1.1.1", None, "indicator_missing"),
        ("1.1.1", "IND-9.9.9-1", "indicator_unknown"),
        ("1.1.1", f"IND-1.1.1-1 {PEOPLE}", "code_and_name_differ"),
        (RawCell(1, 1, "2005-04-03", "date", "dd.mm.yyyy"), PEOPLE, "measure_as_date"),
    ],
    ids=str,
)
def test_a_row_whose_indicator_cannot_be_told_is_rejected_with_its_code(measure, indicator, code):
    reading = read(sheet(HEAD, (measure, indicator, 5)))
    assert (reading.rows_in, reading.rows_rejected, codes(reading)) == (1, 1, [code])


def test_a_row_of_totals_over_indicators_is_not_used_and_checked():
    reading = read(sheet(HEAD, ("1.1.1", CAMPAIGNS, 12), ("1.1.1", PEOPLE, 340), ("TOTAL", None, 352)))
    assert figures(reading, "value") == [(12,), (340,)]
    assert (codes(reading), reading.rows_rejected) == (["total_row"], 1)


def test_a_row_of_totals_that_does_not_add_up_is_told():
    # 12 + 340 = 352
    reading = read(
        sheet(HEAD, ("1.1.1", CAMPAIGNS, 12), ("1.1.1", PEOPLE, 340), ("Total general", None, 350))
    )
    assert (len(reading.observations), codes(reading)) == (2, ["total_differs"])


def test_the_total_of_the_counties_is_the_total_of_the_indicator_when_it_adds_up():
    reading = read(sheet(("Județ", "IND-1.1.1-2"), ("Alba", 3), ("Arad", 4), ("TOTAL", 7)))
    assert figures(reading, "county", "value") == [("AB", 3), ("AR", 4), ("", 7)]
    assert codes(reading) == ["total_agrees"]


def test_the_total_of_the_counties_is_not_used_when_it_does_not_add_up():
    # 3 + 4 = 7
    reading = read(sheet(("Județ", "IND-1.1.1-2"), ("Alba", 3), ("Arad", 4), ("TOTAL", 9)))
    assert figures(reading, "county", "value") == [("AB", 3), ("AR", 4)]
    assert (codes(reading), reading.rows_rejected) == (["total_differs"], 1)


def test_the_total_of_a_region_is_no_figure():
    reading = read(sheet(("Județ", "IND-1.1.1-2"), ("Alba", 3), ("Total Regiunea Centru", 3)))
    assert (figures(reading, "county", "value"), codes(reading)) == ([("AB", 3)], ["total_row"])


def test_hidden_rows_columns_and_sheets_are_not_used():
    head = ("Indicator", "Sem. I 2025", "Sem. II 2025")
    reading = read(
        sheet(head, ("IND-1.3.3-1", 3, 4), ("IND-1.3.3-2", 5, 6), hidden_rows=[3], hidden_columns=[3]),
        sheet(("Indicator", "Valoare"), ("IND-1.1.1-1", 9), name="Vechi", hidden=True),
    )
    # six cells with figures - hidden: row 3 (2), column 3 in row 2 (1), the sheet (1)
    assert figures(reading) == [("IND-1.3.3-1", "2025-S1", 3)]
    assert {one.code: one.rows for one in reading.corrections} == {
        "hidden_column": 1,
        "hidden_row": 2,
        "hidden_sheet": 1,
    }


def test_a_formula_without_a_saved_value_is_refused_cell_by_cell():
    reading = read(sheet(("Indicator", "Sem. I 2025", "Sem. II 2025"), ("IND-1.3.3-1", FORMULA, 4)))
    assert figures(reading) == [("IND-1.3.3-1", "2025-S2", 4)]
    assert [(one.cell, one.code) for one in reading.corrections] == [("B2", "formula_without_value")]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("75%", 0.75),
        ("75,5 %", 0.755),
        ("75", 0.75),
        (75, 0.75),
        (RawCell(1, 1, 0.75, "number", "0%"), 0.75),
        ("75 la sută", 0.75),
        (0.75, 0.75),
    ],
    ids=str,
)
def test_a_share_in_every_writing(written, value):
    assert figures(read(sheet(("Indicator", "Valoare"), ("IND-1.2.1-4", written))), "value") == [(value,)]


def test_a_percent_sign_in_the_column_of_units_counts():
    # 1 alone could be the whole or one per cent
    reading = read(sheet(("Indicator", "U.M.", "Valoare"), ("IND-1.2.1-4", "%", 45)))
    assert figures(reading, "value") == [(0.45,)]


def test_a_footnote_mark_is_taken_off_and_told():
    reading = read(sheet(("Indicator", "Valoare"), ("IND-1.1.1-1", "12*")))
    assert (figures(reading, "value"), codes(reading)) == ([(12,)], ["footnote_removed"])


def test_bounds_stay_bounds():
    reading = read(sheet(("Indicator", "Valoare"), ("IND-1.1.1-1", "<5"), ("IND-1.1.1-2", "peste 100")))
    assert figures(reading, "value", "qualifier", "lower", "upper") == [
        ("", "less_than", 0, 4),
        ("", "more_than", 101, ""),
    ]


def test_absence_keeps_its_reason():
    reading = read(
        sheet(
            ("Indicator", "Valoare", "Motiv"),
            ("IND-1.1.1-1", "nu este cazul", None),
            ("IND-1.1.1-2", "nu deținem date", "lipsă personal"),
            ("IND-1.1.1-3", None, "lipsa fondurilor"),
        )
    )
    assert figures(reading, "status", "reason") == [
        ("not_applicable", ""),
        ("not_available", "no_staff"),
        ("not_available", "no_budget"),
    ]


def test_an_indicator_left_blank_is_no_row():
    assert read(sheet(HEAD, ("1.1.1", PEOPLE, None), ("1.1.1", CAMPAIGNS, 2))).rows_in == 1


@pytest.mark.parametrize(
    ("over", "under", "code"),
    [(50, 40, "numerator_above_denominator"), (5, 0, "denominator_zero"), (5, None, "parts_incomplete")],
)
def test_parts_that_make_no_share_are_refused(over, under, code):
    reading = read(sheet(("Indicator", "Numărător", "Numitor"), ("IND-1.2.1-4", over, under)))
    assert (figures(reading), codes(reading)) == ([], [code])


def test_a_share_that_is_not_its_parts_is_refused():
    # 30 / 40 = 75%, not 50%
    head = ("Indicator", "Valoare", "Numărător", "Numitor")
    assert codes(read(sheet(head, ("IND-1.2.1-4", "50%", 30, 40)))) == ["share_differs"]


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("Realizat", "delivered"),
        ("în curs", "under_way"),
        ("Parțial realizat", "under_way"),
        ("Neînceput", "not_started"),
        ("S-a renunțat", "dropped"),
    ],
)
def test_a_deliverable_has_a_stage(said, stage):
    reading = read(
        sheet(
            ("Indicator", "Stadiu", "Data finalizării", "Document"),
            ("IND-4.1.3-1", said, "15.03.2025", "Raport"),
        ),
    )
    assert figures(reading, "stage", "date", "text", "status") == [
        (stage, "2025-03-15", "Raport", "reported")
    ]


def test_a_share_of_the_work_is_no_stage():
    assert codes(read(sheet(("Indicator", "Stadiu"), ("IND-4.1.3-1", "Realizat 50%")))) == ["stage_unclear"]


def test_a_row_about_a_measure_gives_its_state():
    reading = read(
        sheet(("Măsura", "Stadiul implementării", "Motivul"), ("1.1.1", "În curs", "Lipsă personal"))
    )
    (one,) = reading.measures
    assert (one["measure"], one["stage"], one["reason"], one["cell"]) == (
        "1.1.1",
        "under_way",
        "no_staff",
        "B2",
    )


def test_a_figure_of_another_year_is_rejected():
    reading = read(sheet(("Indicator", "2024", "2025"), ("IND-1.1.1-1", 3, 4)))
    assert (figures(reading), codes(reading)) == ([("IND-1.1.1-1", "2025", 4)], ["period_outside_year"])


def test_a_title_of_another_year_is_rejected():
    reading = read(sheet(("Raport pentru anul 2024",), ("Indicator", "Valoare"), ("IND-1.1.1-1", 4)))
    assert (figures(reading), codes(reading)) == ([], ["year_differs"])


def test_without_a_year_the_period_tells_it():
    assert read(sheet(("Indicator", "An", "Valoare"), ("IND-1.1.1-1", 2024, 3)), year=None).year == 2024


def test_a_value_merged_over_several_rows_belongs_to_none():
    reading = read(sheet(("Județ", "IND-1.1.1-2"), ("Alba", 3), ("Arad", None), merged=[(2, 2, 3, 2)]))
    assert (figures(reading), codes(reading)) == ([], ["value_over_rows"])


def test_numbers_without_a_heading_are_rejected():
    reading = read(sheet(("text", 4), ("alt text", 5)))
    assert (reading.rows_in, reading.rows_rejected, codes(reading)) == (2, 2, ["no_table"])


@pytest.mark.parametrize(
    ("top", "file", "name"),
    [
        (("Instituția: Agenția Națională împotriva Traficului de Persoane",), "x.xlsx", "Foaie1"),
        (("Instituția raportoare:", "MAI - ANITP"), "x.xlsx", "Foaie1"),
        (("A.N.I.T.P.",), "x.xlsx", "Foaie1"),
        (("Ministerul Afacerilor Interne - ANITP",), "x.xlsx", "Foaie1"),
        ((), "Raport_ANITP_2025.xlsx", "Foaie1"),
        ((), "x.xlsx", "ANITP"),
    ],
    ids=str,
)
def test_the_sender_in_several_places_and_spellings_is_one_institution(top, file, name):
    reading = read(
        sheet(top, ("Indicator", "Valoare"), ("IND-1.1.1-1", 4), name=name), file=file, institution=None
    )
    assert figures(reading, "institution") == [("ANITP",)]


def test_the_institution_written_to_is_not_the_sender():
    top = (("Către: ANITP",), ("Instituția: Ministerul Educației",))
    reading = read(sheet(*top, ("Indicator", "Valoare"), ("IND-1.2.4-1", 4)), institution=None)
    assert figures(reading, "institution") == [("ME",)]


def test_the_sender_in_the_file_counts_before_the_delivery_list():
    reading = read(
        sheet(("Instituția: IGPR",), ("Indicator", "Valoare"), ("IND-1.2.1-1", 4)), institution="ANITP"
    )
    assert (figures(reading, "institution"), codes(reading)) == ([("IGPR",)], ["institution_differs"])


def test_without_any_sender_nothing_is_used():
    reading = read(sheet(("Indicator", "Valoare"), ("IND-1.1.1-1", 4)), institution=None)
    assert (reading.rows_rejected, codes(reading)) == (1, ["institution_unknown"])


def test_a_figure_broken_down_twice_is_rejected():
    reading = read(sheet(("Indicator", "Sex", "Mediul", "Valoare"), ("IND-1.1.1-2", "F", "rural", 4)))
    assert codes(reading) == ["two_breakdowns"]


def test_an_unknown_county_is_rejected():
    reading = read(sheet(("Indicator", "Județ", "Valoare"), ("IND-1.1.1-2", "Transnistria", 4)))
    assert codes(reading) == ["county_unknown"]
