"""What the audit of the strategy's own figures must find, each worked by hand."""

import pytest

from evaluation.analysis.consistency import AuditFinding, Verdict, audit
from evaluation.strategy.ledger import load_ledger, load_rules


@pytest.fixture(scope="module")
def findings() -> dict[str, AuditFinding]:
    return {one.id: one for one in audit(load_ledger(), load_rules())}


@pytest.mark.parametrize(
    ("rule", "lower", "upper", "verdict"),
    [
        # 1562 + 1234 = 2796, the N of footnote 5
        ("AR-01", 2796, 2796, "consistent"),
        # 10 + 4 + 1 + 1 + 1
        ("AR-43", 17, 17, "consistent"),
        # 1562 / 2796 = 0.558655
        ("AR-36", 55.8655, 55.8656, "consistent"),
        # men: 0.305 * 4330 * 0.395 / 2796 = 18.657%; 0.315 * 4330 * 0.405 / 2796 = 19.757%; stated 20 +- 0.5
        ("AR-09", 18.657, 19.757, "consistent"),
        # 357+303=660, +211=871, +139=1010, +82=1092, +81=1173, +70=1243, +46=1289, +44=1333, +40=1373 > 1234
        ("AR-31", 1373, 1373, "inconsistent"),
        # 82+81+70+46+44+40 = 363, but 19.5% of 1234 = 240.6
        ("AR-33", 363, 363, "inconsistent"),
        # 1010 / 1234 = 81.85: rounds to 82, truncates to 81; 1010 / 1373 = 73.56
        ("AR-32", 81.8476, 81.8477, "depends_on_reading"),
        # 0.465 * 2796 / 5 / 15.155e-5 = 1,715,790 children; 0.475 * 2796 / 5 / 15.145e-5 = 1,753,846
        ("AR-20", 1715790, 1753846.2, "inconsistent"),
        # 1300.14 / 1602.1 / (15.155 / 8.645) = 0.46292; 1328.1 / 1299 / (15.145 / 8.655) = 0.58428
        ("AR-22", 0.46292, 0.58428, "inconsistent"),
        # 46.5 * 2.885 / 15.155 = 8.852%; 47.5 * 2.895 / 15.145 = 9.080% of the population would be children
        ("AR-24", 8.852, 9.080, "inconsistent"),
        # 0.30 * 4.325 / 8.655 = 14.99%; 0.37 * 4.335 / 8.645 = 18.55%, and 17.9% was published
        ("AR-23", 14.991, 18.554, "consistent"),
        # 559.2 / 19,317,262 = 2.89482; 559.2 / 19,296,092 = 2.89800 per 100,000
        ("AR-03", 2.89482, 2.89800, "depends_on_reading"),
        # 866 / 19,941,062.2 = 4.3428; 866 / 19,936,141 = 4.34387 per 100,000, which rounds to 4.34
        ("AR-04", 4.34280, 4.34387, "depends_on_reading"),
        # minimum of 49% against "more than half since 2016"
        ("AR-38", 48.5, 49.5, "depends_on_reading"),
        # 7 in 10 against the peak of 56%
        ("AR-40", 65, 75, "depends_on_reading"),
        # 52% of all victims against 233 minors of 492 (47.36%)
        ("AR-29", 51.5, 52.5, "depends_on_reading"),
        # 0.4845 * 698 = 338.18; 0.4855 * 698 = 338.88: no whole number of persons
        ("AR-47", 338.181, 338.879, "depends_on_reading"),
    ],
)
def test_the_figure_is_recomputed(
    findings: dict[str, AuditFinding], rule: str, lower: float, upper: float, verdict: str
):
    finding = findings[rule]
    assert finding.recomputed_lower == pytest.approx(lower, rel=1e-4)
    assert finding.recomputed_upper == pytest.approx(upper, rel=1e-4)
    assert finding.verdict is Verdict(verdict)


@pytest.mark.parametrize("rule", ["AR-57", "AR-58", "AR-60", "AR-61"])
def test_a_wrong_reference_is_reported(findings: dict[str, AuditFinding], rule: str):
    assert findings[rule].verdict is Verdict.INCONSISTENT


@pytest.mark.parametrize("rule", ["AR-39", "AR-46", "AR-52", "AR-54"])
def test_what_the_text_does_not_print_is_not_determinable(findings: dict[str, AuditFinding], rule: str):
    assert findings[rule].verdict is Verdict.NOT_DETERMINABLE


def test_no_other_figure_is_called_inconsistent(findings: dict[str, AuditFinding]):
    found = {one.id for one in findings.values() if one.verdict is Verdict.INCONSISTENT}
    assert found == {"AR-18", "AR-20", "AR-22", "AR-24", "AR-31", "AR-33"} | {
        f"AR-{number}" for number in (57, 58, 60, 61)
    }


def test_whatever_is_not_consistent_carries_a_question(findings: dict[str, AuditFinding]):
    open_ones = [one for one in findings.values() if one.verdict is not Verdict.CONSISTENT]
    assert all(one.question.ro.endswith("?") or "rugăm" in one.question.ro for one in open_ones)


def test_every_chart_value_enters_the_audit(findings: dict[str, AuditFinding]):
    charts = {one.id for one in load_ledger().entries if one.kind == "chart"}
    used = {identifier for one in findings.values() for identifier in one.inputs}
    assert len(charts) == 4 and charts <= used


def test_growth_from_year_to_year_with_a_peak_before_the_last_year_is_inconsistent(findings):
    # The text itself: "de la an la an", with the peak in 2021, in figures that end in 2022.
    assert findings["AR-18"].verdict is Verdict.INCONSISTENT
