"""Identified victims are never read without the capacity to detect them."""

import pytest

from evaluation.analysis.monitoring.detection import detection
from evaluation.analysis.monitoring.values import annual_values
from tests.analysis.monitoring.ledger import asked, definitions, ledger, line, real_plan

YEARS = (2024, 2025)
VICTIMS, INSPECTIONS = "IND-1.1.3-5", "IND-1.5.4-1"


def reading(victims: tuple[int, int], inspections: tuple[int, int] | None) -> str:
    rows = [
        f"| {VICTIMS} | {year} | {institution} | {value} |"
        for year, value in zip(YEARS, victims, strict=True)
        for institution in ("ANITP", "ANES")
    ]
    for year, value in zip(YEARS, inspections or (), strict=inspections is not None):
        rows.append(f"| {INSPECTIONS} | {year} | IM | {value} |")
    text = "| indicator | year | institution | value |\n" + "\n".join(rows)
    values = annual_values(
        real_plan(), ledger(text), asked=asked(*YEARS), years=YEARS, definitions=definitions(), objective="1"
    )
    found = detection(values, first=2024, last=2025, definitions=definitions())
    return str(line(found, "detection")["level"])


@pytest.mark.parametrize(
    ("victims", "inspections", "expected"),
    [
        ((100, 50), (1000, 500), "fall_with_less_detection"),
        ((100, 50), (1000, 1001), "fall_with_equal_detection"),
        ((100, 50), (500, 1000), "fall_with_more_detection"),
        ((50, 100), (500, 1000), "rise_with_more_detection"),
        ((100, 101), (1000, 500), "steady_with_less_detection"),
        ((100, 50), None, "fall_with_unknown_detection"),
    ],
)
def test_the_reading_names_victims_and_detection(victims, inspections, expected):
    assert reading(victims, inspections) == expected


def test_no_reading_is_called_a_success():
    words = definitions().terms["reading"]
    for key, text in words.items():
        if "_detection" in key:
            assert "succes" not in text.ro and "success" not in text.en
