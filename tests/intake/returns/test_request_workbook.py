"""The request workbook: what it asks, what it protects, and that equal input gives equal bytes."""

import zipfile

import openpyxl
import pytest

from evaluation.core.errors import IntakeError
from evaluation.core.observations import OBSERVATION_COLUMNS, make_ledger
from evaluation.intake.returns.layout import load_layout
from evaluation.intake.returns.workbook import write_request
from evaluation.strategy.asked import figures_asked, measures_asked
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from tests.intake.returns.books import columns_of, lines_of

COUNT = "IND-1.1.1-1|2025|ANITP||"
DELIVERABLE = "IND-3.2.5-2|2025-S1|ANITP||"
SHEETS = ["Citiți întâi", "Indicatori", "Livrabile", "Măsuri", "English", "_kit"]


@pytest.fixture(scope="module")
def definitions():
    return load_plan(), load_registry(), load_request_rules()


@pytest.fixture(scope="module")
def make(tmp_path_factory, definitions):
    """Write a workbook and open it again; those without settings of their own are made once."""
    folder, plain = tmp_path_factory.mktemp("sent"), {}

    def made(institution="ANITP", **settings):
        if not settings and institution in plain:
            return plain[institution]
        path = folder / f"{institution}.xlsx"
        write_request(path, *definitions, institution=institution, year=2025, **settings)
        book = openpyxl.load_workbook(path)
        if not settings:
            plain[institution] = book
        return book

    return made


def _value(book, sheet, key, field, place=0):
    page = book[sheet]
    return page.cell(lines_of(page, key)[place], columns_of(page)[field])


def test_equal_input_gives_equal_bytes(tmp_path, definitions):
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for file in files:
        write_request(file, *definitions, institution="IGPR", year=2025)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_an_institution_without_county_figures_gets_no_county_sheet(make):
    assert make("ANITP").sheetnames == SHEETS
    assert "Județe" in make("IGPR").sheetnames


def test_everything_asked_has_a_line(make, definitions):
    book = make("ANITP")
    keys = {cell.value for sheet in ("Indicatori", "Livrabile") for cell in book[sheet]["A"]}
    assert {one.key for one in figures_asked(*definitions, institution="ANITP", year=2025)} <= keys
    measures = {cell.value for cell in book["Măsuri"]["A"]}
    assert {one.code for one in measures_asked(definitions[0], "ANITP", year=2025)} <= measures


def test_the_county_sheet_has_42_counties_in_romanian_order(make):
    names = [cell.value for cell in make("IGPR")["Județe"]["B"] if cell.value]
    counties = names[names.index("Alba") :]
    assert (len(counties), counties[:3], counties[-1]) == (42, ["Alba", "Arad", "Argeș"], "Vrancea")
    assert counties.index("Sălaj") < counties.index("Sibiu") < counties.index("Vâlcea")


def test_a_share_by_county_has_columns_for_its_parts(make):
    fields = columns_of(make("IGPR")["Județe"])
    share = "IND-1.2.1-4|2025|IGPR||"
    assert {f"{share}#value", f"{share}#numerator", f"{share}#denominator"} <= set(fields)
    assert "IND-1.2.1-1|2025|IGPR||#numerator" not in fields


def test_only_cells_to_fill_in_are_unlocked(make):
    book = make("ANITP")
    assert not _value(book, "Indicatori", COUNT, "value").protection.locked
    locked = ("_key", "measure", "name", "previous", "numerator")
    assert all(_value(book, "Indicatori", COUNT, field).protection.locked for field in locked)


def test_every_sheet_is_protected_without_a_password(make):
    for page in make("IGPR").worksheets:
        assert page.protection.sheet and not page.protection.password


def test_the_sheet_of_keys_is_hidden(make):
    assert make()["_kit"].sheet_state == "hidden"


def _rule(book, sheet, cell):
    return next(one for one in book[sheet].data_validations.dataValidation if cell.coordinate in one.sqref)


def test_counts_are_whole_and_not_negative_and_a_bound_only_warns(make):
    book = make()
    rule = _rule(book, "Indicatori", _value(book, "Indicatori", COUNT, "value"))
    assert (rule.type, rule.operator, rule.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert rule.errorStyle == "warning"


def test_shares_lie_between_0_and_100_per_cent(make):
    book = make()
    cell = _value(book, "Indicatori", "IND-1.2.1-4|2025|ANITP||", "value")
    rule = _rule(book, "Indicatori", cell)
    assert (rule.type, rule.formula1, rule.formula2, cell.number_format) == ("decimal", "0", "1", "0.0%")


def test_drop_downs_hold_the_words_of_the_layout(make):
    book, layout = make(), load_layout()
    stage = _rule(book, "Livrabile", _value(book, "Livrabile", DELIVERABLE, "stage"))
    assert stage.formula1 == '"livrat,în lucru,neînceput,abandonat"'
    reason = _rule(book, "Indicatori", _value(book, "Indicatori", COUNT, "reason"))
    assert reason.formula1 == f'"{",".join(layout.reason_list)}"'


def test_hints_are_not_cut_by_the_spreadsheet_program(make):
    for page in make("IGPR").worksheets:
        for rule in page.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32 and len(rule.prompt or "") <= 255
            assert len(rule.errorTitle or "") <= 32 and len(rule.error or "") <= 255


def test_a_breakdown_that_only_the_evaluators_ask_for_says_so(make):
    definition = _value(make(), "Indicatori", "IND-1.1.3-5|2025|ANITP||sex=female", "definition")
    assert definition.value == "Cerută de evaluatori, neprevăzută de plan."


def test_a_half_yearly_figure_has_a_line_for_each_half(make):
    book = make()
    periods = [
        _value(book, "Indicatori", f"IND-1.3.3-1|2025-S{half}|ANITP||", "period").value for half in (1, 2)
    ]
    assert periods == ["semestrul I 2025", "semestrul II 2025"]


@pytest.mark.parametrize("text", ["=1+1", "+40 21", "-5 acte", "@nota", "https://example.org", "0012"])
def test_a_text_never_becomes_a_formula_a_link_or_a_number(make, text):
    cell = _value(make(answers={COUNT: {"value": 3, "remark": text}}), "Indicatori", COUNT, "remark")
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_invented_data_are_marked_on_every_sheet_and_page(make):
    book = make("IGPR", synthetic=True)
    for page in book.worksheets:
        assert "DATE SINTETICE / SYNTHETIC DATA" in [cell.value for cell in page[1]]
    visible = [page for page in book.worksheets if page.sheet_state == "visible"]
    assert all("SYNTHETIC DATA" in page.oddHeader.center.text for page in visible)


def test_real_data_carry_no_mark(tmp_path, definitions):
    write_request(tmp_path / "real.xlsx", *definitions, institution="CSM", year=2025)
    with zipfile.ZipFile(tmp_path / "real.xlsx") as package:
        assert not any(b"SINTETICE" in package.read(name) for name in package.namelist())


def test_last_year_is_shown_beside_the_same_half_of_the_year(make):
    row = {
        "indicator": "IND-1.3.3-1", "year": 2024, "period": "2024-S1", "institution": "ANITP", "value": 1250,
        "qualifier": "exact", "status": "reported", "state": "current",
    }  # fmt: skip
    other = {**row, "institution": "MAE", "value": 9}
    old = {**row, "value": 7, "state": "superseded"}
    book = make(previous=make_ledger([row, other, old], OBSERVATION_COLUMNS))
    assert _value(book, "Indicatori", "IND-1.3.3-1|2025-S1|ANITP||", "previous").value == "1.250"
    assert not _value(book, "Indicatori", "IND-1.3.3-1|2025-S2|ANITP||", "previous").value


def test_last_years_categories_are_offered_again(make):
    row = {
        "indicator": "IND-1.1.3-4", "year": 2024, "period": "2024", "institution": "ANITP", "group": "institution",
        "level": "ANES", "value": 12, "qualifier": "exact", "status": "reported", "state": "current",
    }  # fmt: skip
    book = make(previous=make_ledger([row], OBSERVATION_COLUMNS))
    key = "IND-1.1.3-4|2025|ANITP||institution="
    assert _value(book, "Indicatori", key, "detail").value == "ANES"
    assert _value(book, "Indicatori", key, "previous").value == "12"
    assert _value(book, "Indicatori", key, "value").value is None


def test_an_answer_to_something_not_asked_is_refused(make):
    with pytest.raises(IntakeError, match="is not asked"):
        make(answers={"IND-1.1.1-1|2025|IGPR||": {"value": 1}})
