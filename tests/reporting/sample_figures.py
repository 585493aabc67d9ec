"""Invented results for the sample figures, one of each kind; every number here is made up."""

import pandas as pd

from evaluation.core.results import Released
from tests.kit.released import published

_LINE = {
    2012: (1000, 939, 1064),
    2013: (890, 832, 950),
    2014: (760, 707, 816),
    2015: None,
    2016: (750, 697, 806),
    2018: (500, 457, 546),
    2019: (700, 649, 754),
    2020: (600, 553, 650),
    2021: (490, 448, 535),
}
_OTHER = {(2013, "Revista A, 2014"): 876, (2014, "Raportul B, 2015"): 760, (2021, "Revista A, 2022"): 520}
_NAMES = {
    "ro": [
        "1.1 Îmbunătățirea cadrului legislativ și instituțional",
        "1.2 Coordonarea instituțiilor",
        "2.1 Informarea populației și reducerea cererii",
        "3.2 Protecția victimelor",
    ],
    "en": [
        "1.1 A better legal and institutional framework",
        "1.2 Coordination of institutions",
        "2.1 Informing the public and reducing demand",
        "3.2 Protection of victims",
    ],
}


def series() -> Released:
    """A headline line with a suppressed year, an absent year, two breaks, and sources that disagree."""
    rows: list[dict[str, object]] = []
    source, broken = [], {2019: ("Se numără și tentativele.", "Attempts count too.")}
    broken[2020] = (
        "De atunci orice entitate poate identifica o victimă, nu numai cele enumerate până atunci în mecanism.",
        "Since then any entity may identify a victim, not only those listed in the mechanism before.",
    )
    words = []
    for year, value in _LINE.items():
        row: dict[str, object] = {
            "measure": "victims",
            "quantity": "count",
            "period": str(year),
            "group": "headline",
        }
        numbers = dict(zip(("estimate", "ci_low", "ci_high"), value or (), strict=False))
        rows.append({**row, **numbers, "ci_level": 0.95, "status": "ok" if value else "suppressed"})
        source.append("Agenția")
        words.append(broken.get(year, ("", "")))
    for (year, name), other in _OTHER.items():
        row = {"measure": "victims", "quantity": "count", "period": str(year), "group": "published"}
        rows.append({**row, "estimate": other})
        source.append(name)
        words.append(("", ""))
    texts = {"source": source, "break.ro": [ro for ro, _ in words], "break.en": [en for _, en in words]}
    return invented("series", rows, texts)


def lines() -> Released:
    """Two lines of proportions without intervals."""
    values = {"a": (0.42, 0.47, 0.51, 0.43), "b": (0.31, 0.30, 0.24, 0.22)}
    rows: list[dict[str, object]] = [
        {
            "measure": "share",
            "quantity": "proportion",
            "period": str(2014 + step),
            "level": level,
            "estimate": value,
        }
        for level, run in values.items()
        for step, value in enumerate(run)
    ]
    names = {"a": ("Minori", "Minors"), "b": ("Exploatare prin muncă", "Labour exploitation")}
    texts = {
        f"source.{language}": [names[str(row["level"])][place] for row in rows]
        for place, language in enumerate(("ro", "en"))
    }
    return invented("lines", rows, texts)


def bars() -> Released:
    """Four proportions with intervals and n; one of them suppressed."""
    values = [(0.625, 0.45, 0.77, 32), (0.81, 0.70, 0.89, 64), None, (0.40, 0.26, 0.56, 40)]
    return invented("bars", [_estimate(one, "proportion") for one in values], _labels())


def paired() -> Released:
    """Two proportions a row, before and after."""
    values = [(0.41, 0.35, 0.47, 250), (0.66, 0.60, 0.72, 250), (0.55, 0.49, 0.61, 250), None]
    labels = _labels()
    texts = {
        "label.ro": [labels["label.ro"][number // 2] for number in range(4)],
        "label.en": [labels["label.en"][number // 2] for number in range(4)],
        "part.ro": ["Înainte", "După"] * 2,
        "part.en": ["Before", "After"] * 2,
    }
    return invented("paired", [_estimate(one, "proportion") for one in values], texts)


def intervals() -> Released:
    """Four rate ratios; one without an interval."""
    values = [
        (0.85, 0.72, 1.01, None),
        (1.62, 1.1, 2.4, None),
        (0.48, 0.35, 0.66, None),
        (1.1, None, None, None),
    ]
    return invented("intervals", [_estimate(one, "rate_ratio") for one in values], _labels())


def stacked() -> Released:
    """Counts of three parts in four rows; one part suppressed, one zero."""
    counts = [[12, 5, 1], [4, 0, 3], [20, 8, 6], [9, None, 2]]
    parts = {
        "ro": ["definit", "în curs de definire", "nedefinit"],
        "en": ["defined", "under definition", "undefined"],
    }
    return _cells("stacked", counts, parts)


def timeline() -> Released:
    """Counts due in six half-years; one suppressed, one cell without a row."""
    counts = [[0, 3, 1, 12, 2, 9], [1, 1, 1, 1, 1, 7], [0, 0, 4, None, 3, 25], [2, 2, 2, 2, 2]]
    halves = [(year, half) for year in (2024, 2025, 2026) for half in (1, 2)]
    parts = {
        "ro": [f"sem. {'I' * half} {year}" for year, half in halves],
        "en": [f"H{half} {year}" for year, half in halves],
    }
    return _cells("timeline", counts, parts)


def invented(result_id: str, rows: list[dict[str, object]], texts: dict[str, list[str]]) -> Released:
    """The rows and their words after the gate."""
    return published(rows, name=result_id, texts=pd.DataFrame(texts))


def _estimate(numbers: tuple[float | None, ...] | None, quantity: str) -> dict[str, object]:
    row: dict[str, object] = {"measure": "yes", "quantity": quantity, "period": "w1"}
    if numbers is None:
        return {**row, "status": "suppressed"}
    return {
        **row,
        **dict(zip(("estimate", "ci_low", "ci_high", "n"), numbers, strict=True)),
        "ci_level": 0.95,
    }


def _labels() -> dict[str, list[str]]:
    return {f"label.{language}": names for language, names in _NAMES.items()}


def _cells(result_id: str, counts: list[list[int | None]], parts: dict[str, list[str]]) -> Released:
    rows: list[dict[str, object]] = []
    texts: dict[str, list[str]] = {
        f"{field}.{lang}": [] for field in ("label", "part") for lang in ("ro", "en")
    }
    for down, line in enumerate(counts):
        for across, count in enumerate(line):
            row: dict[str, object] = {"measure": "cells", "quantity": "count", "period": f"p{across}"}
            row["level"] = f"r{down}"
            rows.append({**row, "status": "suppressed"} if count is None else {**row, "estimate": count})
            for language in ("ro", "en"):
                texts[f"label.{language}"].append(_NAMES[language][down])
                texts[f"part.{language}"].append(parts[language][across])
    return invented(result_id, rows, texts)
