"""Invented series beside the returns: components of need, target groups, two analysts' codings, the internet chain."""

from pathlib import Path

import numpy as np

from evaluation.synthetic.archive import make_csv
from evaluation.synthetic.counties import CountyTruth, draw_counties
from evaluation.synthetic.draw import make_rng
from evaluation.synthetic.truth import PlantedCounties

LINKS = ("exposure", "skill", "tool", "report", "response")
SOURCES = ("urban", "rural", "minor", "adult")
CHAIN = {"exposure": (312, 1200), "skill": (540, 1200), "tool": (396, 1200), "report": (41, 312)}
DISAGREEMENT = {"WB-4.1.8-2": 1.30, "WB-4.1.8-3": 0.10, "WB-4.1.8-4": 0.35}
"""Standard deviation of the difference between two analysts, over that of the values."""


def write_context(
    folder: Path, *, seed: int, counties: tuple[str, ...], planted: PlantedCounties
) -> CountyTruth:
    """Write the four files and give the truth behind them; three component cells are left empty."""
    truth = draw_counties(counties, planted, seed=seed)
    folder.mkdir(parents=True, exist_ok=True)
    for name, header, rows in (
        ("county_components", ("county", "component", "period", "value"), _components(truth, planted.period)),
        ("target_groups", ("county", "period", "low", "high"), _target_groups(truth, planted.period)),
        ("analyst_codings", ("definition", "unit", "analyst", "value"), _codings(truth, seed=seed)),
        ("internet_chain", ("link", "period", "numerator", "denominator"), _chain(planted.period)),
    ):
        (folder / f"{name}.csv").write_bytes(make_csv(header, rows).encode())
    return truth


def _components(truth: CountyTruth, period: str) -> list[tuple[object, ...]]:
    names = sorted(truth.need)
    left_out = {(names[3], "school_dropout"), (names[17], "labour_emigration"), (names[30], "service_gap")}
    rows: list[tuple[object, ...]] = [
        (county, one, period, None if (county, one) in left_out else values[county])
        for one, values in truth.components.items()
        for county in names
    ]
    return [*rows, *((county, "population", period, truth.residents[county]) for county in names)]


def _target_groups(truth: CountyTruth, period: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for county in sorted(truth.need):
        size = truth.residents[county] * 0.012 * float(np.exp(0.35 * truth.need[county]))
        rows.append((county, period, round(0.75 * size), round(1.35 * size)))
    return rows


def _codings(truth: CountyTruth, *, seed: int) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    links = tuple(f"{link}:{source}" for link in LINKS[1:] for source in SOURCES)
    for definition, disagreement in DISAGREEMENT.items():
        units = links if definition == "WB-4.1.8-4" else tuple(sorted(truth.need))
        rng = make_rng(seed, "coding", definition)
        values = (
            np.array([0.5 + 0.15 * truth.need[one] for one in units])
            if definition == "WB-4.1.8-3"
            else rng.uniform(0.2, 0.8, len(units))
        )
        noise = rng.normal(0, disagreement * values.std() / np.sqrt(2), (2, len(units)))
        for analyst, own in zip(("A1", "A2"), noise, strict=True):
            scores = np.clip(values + own, 0, 1)
            rows += [
                (definition, one, analyst, round(float(score), 3))
                for one, score in zip(units, scores, strict=True)
            ]
    empty = (5, len(rows) - 4)
    return [(*row[:3], None) if place in empty else row for place, row in enumerate(rows)]


def _chain(period: str) -> list[tuple[object, ...]]:
    return [(link, period, *CHAIN.get(link, (None, None))) for link in LINKS]
