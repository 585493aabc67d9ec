"""Scoring, alpha, item analysis and bootstrap of a national file against pingouin, SciPy and R, in one run.

Run it as python -m benchmarks.training; it prints seconds (median) and the ratio to ours. R is asked only where Rscript
and its package psych are there, and reads the same answers; starting R and reading the file are not counted.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from evaluation.analysis.training.bootstrap import bca_limits, mean_of
from evaluation.analysis.training.items import describe_items
from evaluation.analysis.training.reliability import cronbach_alpha
from evaluation.analysis.training.scores import Scored, score_sheets
from evaluation.core.microdata import Microdata
from evaluation.core.provenance import Provenance
from evaluation.instruments.load import load_instrument
from evaluation.instruments.model import ItemKind

ITEMS = 20
R_SCRIPT = """
suppressMessages(library(psych))
d <- as.matrix(read.csv("answers.csv"))
t <- proc.time()[["elapsed"]]
invisible(suppressWarnings(alpha(d, warnings = FALSE)))
cat(proc.time()[["elapsed"]] - t)
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Benchmarks of the training statistics.")
    parser.add_argument("--repeat", type=int, default=3, help="measured rounds (default 3)")
    given = parser.parse_args()
    import pingouin
    from scipy import stats

    rng = np.random.default_rng(1)
    tell(f"{'what':58}{'s':>9}{'ratio':>9}")
    for people in (100_000, 1_000_000):
        answers = (rng.normal(size=(people, 1)) + rng.normal(size=(people, ITEMS)) > 0).astype(float)
        frame, scored = pd.DataFrame(answers), as_scored(answers)
        ours = report(f"alpha, {people:,} x {ITEMS}", given.repeat, lambda a=answers: cronbach_alpha(a))
        report("  pingouin.cronbach_alpha", 1, lambda f=frame: pingouin.cronbach_alpha(data=f), ours)
        origin = Provenance((), "benchmark", people, people)
        items = report(
            f"item analysis, {people:,} x {ITEMS}", given.repeat,
            lambda s=scored, o=origin: describe_items(s, occasion="pre", provenance=o),
        )  # fmt: skip
        theirs = ask_r(answers)
        tell(
            f"{'  R psych::alpha (alpha and item analysis)':58}"
            + (f"{theirs:9.2f}{theirs / (ours + items):9.1f}" if theirs else "   not here")
        )
    national(rng, repeat=given.repeat)
    gains = rng.normal(0.1, 0.2, 2000)
    ours = report(
        "BCa bootstrap of a mean, 2,000 people, 5,000 draws",
        given.repeat,
        lambda: bca_limits(gains, mean_of, seed=1),
    )
    report(
        "  scipy.stats.bootstrap", given.repeat,
        lambda: stats.bootstrap((gains,), np.mean, n_resamples=5000, method="BCa", rng=1), ours,
    )  # fmt: skip
    report(
        "  pingouin.compute_bootci (BCa)", 1,
        lambda: pingouin.compute_bootci(gains, func="mean", n_boot=5000, method="bca", seed=1), ours,
    )  # fmt: skip


def national(rng: np.random.Generator, *, repeat: int) -> None:
    """A million answers as letters, scored with a real key and described."""
    instrument = load_instrument("training_teachers")
    names = [one.name for one in instrument.of_kind(ItemKind.CLOSED, "A")]
    people = 1_000_000 // len(names)
    every = [one.name for one in instrument.of_kind(ItemKind.CLOSED)]
    table = pd.DataFrame(
        "", index=range(people), columns=["session", "sheet", "occasion", "form", "link", *every]
    )
    table[names] = rng.choice(list("abcd"), (people, len(names)))
    table[["occasion", "form"]] = ["pre", "A"]
    origin = Provenance((), "benchmark", people, people)
    data = Microdata(instrument.name, instrument.about.version, table, origin)
    report(
        f"{people * len(names):,} answers scored with the key", repeat, lambda: score_sheets(data, instrument)
    )
    scored = score_sheets(data, instrument)
    report(
        "  and described item by item",
        repeat,
        lambda: describe_items(scored, occasion="pre", provenance=origin),
    )


def as_scored(answers: np.ndarray) -> Scored:
    """Scored sheets without people's columns that the item analysis does not read."""
    people = pd.DataFrame({"occasion": "pre", "of": ITEMS}, index=range(len(answers)))
    return Scored(people, pd.DataFrame(answers), {})


def report(what: str, repeat: int, run: Callable[[], object], base: float | None = None) -> float:
    """Median seconds, printed, with the ratio to a base measured before."""
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    median = statistics.median(taken)
    tell(f"{what:58}{median:9.3f}" + (f"{median / base:9.1f}" if base else ""))
    return median


def tell(line: str) -> None:
    """A line of the table, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def ask_r(answers: np.ndarray) -> float | None:
    """Seconds of psych::alpha in R, or None without it."""
    if not shutil.which("Rscript"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        pd.DataFrame(answers.astype(int)).to_csv(Path(folder) / "answers.csv", index=False)
        done = subprocess.run(
            ["Rscript", "-e", R_SCRIPT], cwd=folder, capture_output=True, text=True, check=False, timeout=900
        )
    return float(done.stdout) if done.returncode == 0 else None


if __name__ == "__main__":
    main()
