"""Sheets linked by their pairing code, against known truth: how many links are found, how many are false.

Run it as python -m benchmarks.linking; it prints the table of tests/oracles/training_linking.md, and --write puts it there.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from evaluation.intake.training.linking import Linked, link_sheets
from tests.kit.instruments import sample_instrument
from tests.kit.pairing import exact, hard_pool, outcome, pool

ROUNDS = {8: 200, 25: 100, 60: 100, 300: 30, 1500: 6}
SLIPS = (0.02, 0.06, 0.12)
TARGET = Path("tests/oracles/training_linking.md")
MARK = "<!-- simulated -->"
FIRST_SEED = 50_000
HARD = {
    "one in five has a brother or sister there": {"siblings": 0.2},
    "the same, half of them twins": {"siblings": 0.2, "twins": 0.5},
    "15% careless: 30% slips": {"careless": 0.15},
    "10% of elements blank": {"blank": 0.1},
    "all: siblings, a fifth twins, careless, 5% blank": {
        "siblings": 0.2,
        "twins": 0.2,
        "careless": 0.15,
        "blank": 0.05,
    },
}
HARD_ROUNDS = {60: 40, 300: 12}
HEAD = (
    "people", "slips", "pools", "exact recall", "exact false", "tolerant recall", "links", "false share",
    "estimated", "ambiguous", "s",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts over the pools of one size and one share of slips."""

    true: int = 0
    right: int = 0
    wrong: int = 0
    exact_right: int = 0
    exact_wrong: int = 0
    before: int = 0
    ambiguous: int = 0
    promised: float = 0.0
    seconds: list[float] = field(default_factory=list)
    sweep: dict[float, list[float]] = field(default_factory=dict)


def main() -> None:
    """Simulate every size and share of slips, print the tables, write them where asked."""
    parser = argparse.ArgumentParser(description="Linking against known truth.")
    parser.add_argument("--write", action="store_true", help="put the tables into the oracle's page")
    given = parser.parse_args()
    lines = [row(HEAD), row("---" for _ in HEAD)]
    sweeps = [row(("people", "slips", "threshold", "recall", "links", "false share", "estimated"))]
    sweeps.append(row("---" for _ in range(7)))
    for people, rounds in ROUNDS.items():
        for slip in SLIPS:
            tally = simulate(people, slip, rounds)
            lines.append(line_of((f"{people:,}", f"{slip:.0%}"), rounds, tally))
            sys.stdout.write(f"{lines[-1]}\n")
            sys.stdout.flush()
            if people == max(ROUNDS):
                sweeps += sweep_of(people, slip, tally)
    hard = [row(("what breaks the model, 6% slips", *HEAD[:1], *HEAD[2:])), row("---" for _ in HEAD)]
    for what, how in HARD.items():
        for people, rounds in HARD_ROUNDS.items():
            tally = simulate(people, 0.06, rounds, **how)
            hard.append(line_of((what, f"{people:,}"), rounds, tally))
    parts = [*lines, "", "Threshold sweep, 1,500 people in one pool:", "", *sweeps]
    page = "\n".join([*parts, "", "Where the model does not hold:", "", *hard])
    sys.stdout.write(f"\n{page}\n")
    if given.write:
        told = TARGET.read_text(encoding="utf-8").split(MARK)[0]
        TARGET.write_text(f"{told}{MARK}\n\n{page}\n", encoding="utf-8")


def simulate(people: int, slip: float, rounds: int, **hard: float) -> Tally:
    """Pools of that many people before, 85% of whom come back, every element mistaken with that chance a sheet."""
    tally = Tally()
    for number in range(rounds):
        seed = FIRST_SEED + 1000 * people + number
        sheets, back = hard_pool(people, slip, seed, **hard) if hard else pool(people, slip, seed)
        asked = sheets.drop(columns="who")
        start = time.perf_counter()
        linked = link_sheets(asked, sample_instrument())
        tally.seconds.append(time.perf_counter() - start)
        right, wrong = outcome(sheets, linked.links)
        same, other = exact(sheets)
        tally.true += back
        tally.right, tally.wrong = tally.right + right, tally.wrong + wrong
        tally.exact_right, tally.exact_wrong = tally.exact_right + same, tally.exact_wrong + other
        tally.before += people
        tally.ambiguous += linked.ambiguous
        tally.promised += linked.false_share * linked.linked
        if people == max(ROUNDS):
            add_sweep(tally, linked, sheets)
    return tally


def add_sweep(tally: Tally, linked: Linked, sheets: pd.DataFrame) -> None:
    """Links, right ones and estimated false ones at each threshold, by linking again with it."""
    asked = sheets.drop(columns="who")
    for threshold, links, estimated in linked.sweep:
        right, _ = outcome(sheets, link_sheets(asked, sample_instrument(), certain=threshold).links)
        sums = tally.sweep.setdefault(threshold, [0.0, 0.0, 0.0])
        for place, value in enumerate((links, right, estimated * links)):
            sums[place] += value


def line_of(first: tuple[str, str], rounds: int, tally: Tally) -> str:
    """One row of a table of pools, after the two cells that name them."""
    links = tally.right + tally.wrong
    return row(
        (
            *first, rounds, percent(tally.exact_right, tally.true),
            percent(tally.exact_wrong, tally.exact_right + tally.exact_wrong, digits=2),
            percent(tally.right, tally.true), f"{links:,}", f"{percent(tally.wrong, links, digits=2)} ({tally.wrong})",
            percent(tally.promised, links, digits=2), percent(tally.ambiguous, tally.before),
            f"{sorted(tally.seconds)[len(tally.seconds) // 2]:.2f}",
        )
    )  # fmt: skip


def sweep_of(people: int, slip: float, tally: Tally) -> list[str]:
    """Rows of the second table."""
    return [
        row(
            (
                f"{people:,}", f"{slip:.0%}", threshold, percent(right, tally.true), f"{links:,.0f}",
                percent(links - right, links, digits=2), percent(estimated, links, digits=2),
            )
        )
        for threshold, (links, right, estimated) in tally.sweep.items()
    ]  # fmt: skip


def percent(part: float, whole: float, *, digits: int = 1) -> str:
    """A share in percent, a dash of nothing."""
    return f"{part / whole:.{digits}%}" if whole else "-"


def row(cells: Iterable[object]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(one) for one in cells) + " |"


if __name__ == "__main__":
    main()
