"""Whatever a table holds: every figure is used or rejected with a reason, and no message quotes a cell."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.intake.returns.free import read_free
from evaluation.intake.returns.problems import load_problems
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from tests.kit.rawbooks import FORMULA, book, sheet

PLAN, REGISTRY, RULES = load_plan(), load_registry(), load_request_rules()
CANARY = "POPESCU ION 1850101410014"
HEADINGS = (
    "Nr. crt.", "Măsura", "Indicator", "Valoare", "Numărător", "Numitor", "Perioada", "An", "Județ", "Observații",
    "Stadiu", "Motiv", "Data finalizării", "Termen", "Sex", "Mediul", "Sem. I 2025", "2024", "Alba", "rural", "Total",
    "IND-1.1.1-2", CANARY, None,
)  # fmt: skip
CONTENT = (
    "IND-1.1.1-1", "IND-1.2.1-4", "IND-4.1.3-1", "1.1.1", "Număr de beneficiari", "TOTAL", "Total regiunea", "Alba",
    "rural", "F", "2025", "Semestrul II 2025", "12", "12%", "<5", "peste 100", "nu este cazul", "-", "Realizat",
    "în curs", "15.03.2025", CANARY, 5, 0.5, 0, -3, True, FORMULA, None,
)  # fmt: skip


@st.composite
def tables(draw):
    width = draw(st.integers(1, 6))
    row = st.lists(st.sampled_from(CONTENT), min_size=width, max_size=width)
    rows = [
        draw(st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width)),
        *draw(st.lists(row, max_size=6)),
    ]
    hidden = draw(st.sets(st.integers(1, 7), max_size=2))
    return sheet(*rows, hidden=draw(st.booleans()) and draw(st.booleans()), hidden_rows=hidden)


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(tables(), st.sampled_from(["ANITP", None]), st.sampled_from([2025, None]))
def test_figures_in_are_figures_used_plus_figures_rejected_with_a_reason(table, institution, year):
    reading = read_free(book(table), PLAN, REGISTRY, RULES, year=year, institution=institution)
    assert reading.rows_in == reading.rows_used + reading.rows_rejected
    assert reading.rows_used == len(reading.observations) + len(reading.measures)
    told = sum(one.rows for one in reading.corrections)
    assert told >= reading.rows_rejected
    assert {one.code for one in reading.corrections} <= set(load_problems())
    assert CANARY not in "".join(one.cell + one.code for one in reading.corrections)
    for one in reading.observations:
        assert one["indicator"]
        assert one["period"]
        assert one["institution"]
        assert not (one["county"] and one["group"])
        assert one["status"] in ("reported", "not_available", "not_applicable")


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_no_number_is_changed_on_the_way(numbers):
    counties = ("Alba", "Arad", "Argeș", "Bacău", "Bihor", "Botoșani", "Brăila", "Brașov")
    rows = [(county, number) for county, number in zip(counties, numbers, strict=False)]
    reading = read_free(
        book(sheet(("Județ", "IND-1.1.1-2"), *rows)), PLAN, REGISTRY, RULES, year=2025, institution="ANITP"
    )
    assert [one["value"] for one in reading.observations] == numbers
