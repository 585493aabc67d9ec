"""Returns of fifty institutions read into the ledger and computed on, against the same work in plain pandas.

Run it as python -m benchmarks.intake; it prints seconds, the highest memory of each way, and the ratios.
Loading the programs, the plan and, for the computing, the ledger is not timed; its memory counts.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from evaluation.core.observations import Observations
from evaluation.intake.returns.children import end_children
from evaluation.intake.returns.ledger import take_in
from evaluation.strategy.asked import institutions_of, responsible_institutions
from evaluation.strategy.counties import load_counties
from evaluation.strategy.institutions import Registry, load_registry
from evaluation.strategy.plan import Kind, Plan, load_plan
from evaluation.strategy.request import RequestRules, load_request_rules

HEAD = ("Cod indicator", "Indicator", "Perioada", "Județ", "Valoare", "Observații")
YEARS = tuple(range(2024, 2029))


@dataclass(frozen=True, slots=True)
class Run:
    """What a piece of work in a process of its own took, with the number it answered."""

    seconds: float
    megabytes: float
    answer: int


def main() -> None:
    """Write the files, read them both ways in processes of their own, print the ratios."""
    parser = argparse.ArgumentParser(description="Intake against pandas.read_excel, in one run.")
    parser.add_argument("--files", type=int, default=50, help="institutions, a file each (default 50)")
    parser.add_argument("--months", type=int, default=60, help="months in each file, from 2024 (default 60)")
    parser.add_argument("--rows", type=int, default=4000, help="figures in each file (default 4000)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "returns"
        total = write_files(folder, files=given.files, months=given.months, rows=given.rows)
        bare = apart(read_with_pandas, folder)
        first, again = apart(read_with_kit, folder), apart(read_with_kit, folder)
        plain, progress = apart(add_with_pandas, folder), apart(compute_progress, folder)
    sys.stdout.write(f"{total} figures in {given.files} institutions, {first.answer} taken\n")
    sys.stdout.write(f"{'':34}{'s':>8} {'MB':>6} {'ratio s':>8} {'ratio MB':>8}\n")
    for name, one, to in (
        ("pandas.read_excel, openpyxl", bare, bare),
        ("take_in, nothing remembered", first, bare),
        ("take_in, remembered", again, bare),
        ("sums by year, pandas groupby", plain, plain),
        ("annual values, changes, answers", progress, plain),
    ):
        ratios = f"{one.seconds / to.seconds:8.2f} {one.megabytes / to.megabytes:8.2f}"
        sys.stdout.write(f"{name:34}{one.seconds:8.2f} {one.megabytes:6.0f} {ratios}\n")


def write_files(folder: Path, *, files: int, months: int, rows: int) -> int:
    """Long tables as an institution would export them: indicator x month x county, a file for each year."""
    plan, registry = load_plan(), load_registry()
    counties = load_counties()
    senders = [*responsible_institutions(plan), *(one.id for one in registry.registry)]
    written = 0
    for sender in list(dict.fromkeys(senders))[:files]:
        cards = [
            card
            for measure in plan.measures
            for card in measure.indicators
            if card.type is Kind.COUNT and card.frequency != "once"
        ]
        own = {card.id for one in plan.measures if sender in institutions_of(one) for card in one.indicators}
        cards = [card for card in cards if card.id in own] or cards
        lines = [
            (
                card.id,
                card.name.ro,
                f"{2024 + month // 12}-{month % 12 + 1:02d}",
                county.name,
                (row * 7) % 50,
                "",
            )
            for row, (card, month, county) in enumerate(
                (card, month, county) for card in cards for month in range(months) for county in counties
            )
        ][:: max(1, len(cards) * months * len(counties) // rows)][:rows]
        for year in YEARS:
            chosen = [line for line in lines if line[2].startswith(str(year))]
            if chosen:
                _write(folder / str(year) / f"{sender}.xlsx", sender, chosen)
                written += len(chosen)
    return written


def read_with_pandas(folder: Path) -> tuple[float, int]:
    """What a script would do: every file into a table, the tables into one."""
    import pandas as pd

    begin = time.perf_counter()
    tables = [pd.read_excel(path, engine="openpyxl", header=2) for path in sorted(folder.rglob("*.xlsx"))]
    return time.perf_counter() - begin, len(pd.concat(tables))


def read_with_kit(folder: Path) -> tuple[float, int]:
    """The ledger; what was read is remembered beside the folder, as the kit does."""
    begin = time.perf_counter()
    found = _ledger(folder)
    return time.perf_counter() - begin, len(found.current)


def add_with_pandas(folder: Path) -> tuple[float, int]:
    """What a script would do with the ledger: one sum for each indicator and year, nationally and by county."""
    current = _ledger(folder).current
    begin = time.perf_counter()
    sums = [
        current.groupby(list(by))["value"].sum()
        for by in (("indicator", "year"), ("indicator", "year", "county"))
    ]
    return time.perf_counter() - begin, sum(map(len, sums))


def compute_progress(folder: Path) -> tuple[float, int]:
    """The results of chapter 4 on the ledger: national values, changes, answers."""
    from evaluation.analysis.monitoring.asking import asked_table
    from evaluation.analysis.monitoring.change import changes
    from evaluation.analysis.monitoring.completeness import completeness
    from evaluation.analysis.monitoring.definitions import load_definitions
    from evaluation.analysis.monitoring.values import annual_values

    found, (plan, registry, rules) = _ledger(folder), _frame()
    definitions = load_definitions()
    begin = time.perf_counter()
    asked = asked_table(plan, registry, rules, years=YEARS)
    values = annual_values(plan, found, asked=asked, years=YEARS, definitions=definitions)
    changes(values, first=YEARS[0], last=YEARS[-1], definitions=definitions)
    completeness(plan, found, asked=asked, years=YEARS, registry=registry, definitions=definitions)
    return time.perf_counter() - begin, len(values.table)


def apart(work: Callable[[Path], tuple[float, int]], folder: Path) -> Run:
    """Seconds and highest memory (MB, with children) of a piece of work in a fresh process, and its answer."""
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    child = context.Process(target=_answer, args=(work, folder, answers))
    child.start()
    child.join()
    if answers.empty():
        raise SystemExit(f"{work.__name__} failed; its message is above.")
    answer: Run = answers.get()
    return answer


def _answer(
    work: Callable[[Path], tuple[float, int]],
    folder: Path,
    answers: "multiprocessing.queues.SimpleQueue[object]",
) -> None:
    seconds, found = work(folder)
    end_children()
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    answers.put(Run(seconds, sum(used) / 1024, found))


def _frame() -> tuple[Plan, Registry, RequestRules]:
    """The plan as if it covered five years, and of whom it asks what."""
    plan = load_plan()
    head = plan.head.model_copy(update={"end": date(YEARS[-1], 12, 31)})
    return plan.model_copy(update={"head": head}), load_registry(), load_request_rules()


def _ledger(folder: Path) -> Observations:
    plan, registry, rules = _frame()
    return take_in(
        folder,
        relative=lambda path: path.name,
        plans=(plan,),
        registry=registry,
        rules=rules,
        store=folder.parent / "remembered",
    )


def _write(path: Path, sender: str, lines: Sequence[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Date")
        sheet.write_row(0, 0, ("Instituția:", sender))
        for row, values in enumerate((HEAD, *lines), start=2):
            sheet.write_row(row, 0, values)


if __name__ == "__main__":
    main()
