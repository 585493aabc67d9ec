"""The files of the invented example: drawn by ``synthetic``, written by the kit's own request workbook."""

import json
import shutil
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from evaluation.cli.example_feedback import write_feedback
from evaluation.cli.example_training import training_record, write_training
from evaluation.core.errors import ProjectError
from evaluation.intake.returns.workbook import write_request
from evaluation.strategy.asked import responsible_institutions
from evaluation.strategy.crosswalk import load_crosswalk, plan_of_year, reporting_plans
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import Plan, load_plan
from evaluation.strategy.request import RequestRules, load_request_rules
from evaluation.synthetic.archive import make_csv
from evaluation.synthetic.context import write_context
from evaluation.synthetic.counties import CountyTruth, rank_correlation
from evaluation.synthetic.deliveries import Delivery, change_answers, list_fates, list_truth, plan_deliveries
from evaluation.synthetic.generate import Answer, answer_figures, answer_measures
from evaluation.synthetic.messy import Written, load_messy, write_messy
from evaluation.synthetic.truth import load_truth
from evaluation.synthetic.world import World, later_world

PARTS = ("returns", "context", "training", "feedback")
MARK = "DATE_SINTETICE.yaml"
MARK_TEXT = """# DATE SINTETICE / SYNTHETIC DATA: nimic nu este real / nothing is real.
seed: "{seed}"
made_by: "snitp example"
"""


def write_example(folder: Path, *, seed: int, years: tuple[int, ...]) -> int:
    """Write returns, context and truth; equal seeds give equal bytes. Gives the number of deliveries.

    A folder that already holds returns is only written over when they are marked as invented.
    """
    _clear(folder)
    world = World(load_plan(), load_registry(), load_request_rules(), load_truth(), seed)
    scenes = _scenes(world, years)
    deliveries: list[Delivery] = []
    written: dict[tuple[int, str], Written] = {}
    for year in years:
        home = folder / "returns" / str(year)
        home.mkdir(parents=True)
        scene = scenes[year]
        files = plan_deliveries(scene.world, load_messy(), year=year)
        for one in files:
            made = _write(home / one.file, scene, one)
            if made is not None:
                written[year, one.file] = made
        _write_list(home, files)
        deliveries += files
    _write_breaks(folder, world)
    write_training(folder / "training", seed=seed)
    feedback = write_feedback(folder / "feedback", seed=seed)
    for name in PARTS:
        home = folder / name
        home.mkdir(exist_ok=True)
        (home / MARK).write_text(MARK_TEXT.format(seed=seed), encoding="utf-8", newline="\n")
    counties = write_context(
        folder / "context", seed=seed, counties=world.rules.counties, planted=world.truth.counties
    )
    planted = {
        **list_truth(world, deliveries, written),
        **_later(scenes, years),
        "counties": county_record(world, counties),
        "training": training_record(),
        "feedback": feedback,
    }
    truth = {"note": "DATE SINTETICE / SYNTHETIC DATA", "seed": seed, "years": list(years), **planted}
    text = json.dumps(truth, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
    (folder / "truth.json").write_text(text, encoding="utf-8", newline="\n")
    return len(deliveries)


def _later(scenes: "dict[int, _Scene]", years: tuple[int, ...]) -> dict[str, object]:
    """What becomes of deliverables in a later plan, where the example goes on to one."""
    return (
        {"deliverables_later": list(list_fates(scenes[years[-1]].world))} if _goes_on(scenes, years) else {}
    )


def county_record(world: World, counties: CountyTruth) -> dict[str, object]:
    """Need and effort of the counties, and their rank correlation as realised in the county rows."""
    year = int(world.truth.counties.period)
    effort = dict.fromkeys(counties.need, 0)
    for institution in responsible_institutions(world.plan):
        for key, answer in answer_figures(world, institution, year=year).items():
            indicator, _period, _institution, county, _part = key.split("|")
            if county and indicator in world.truth.counties.effort:
                effort[county] += int(answer.get("value") or 0)
    rate = {one: effort[one] / counties.residents[one] for one in effort}
    need = counties.need
    return {
        "what": world.truth.counties.what.model_dump(),
        "expect": world.truth.counties.expect.model_dump(),
        "period": str(year),
        "planted_correlation": world.truth.counties.correlation,
        "realised_correlation": round(rank_correlation({k: float(v) for k, v in effort.items()}, need), 6),
        "realised_correlation_per_resident": round(rank_correlation(rate, need), 6),
        "need": need,
        "ranking": list(counties.ranking),
        "neglected": list(counties.ranking[: world.truth.counties.neglected]),
        "effort": effort,
    }


@dataclass(frozen=True, slots=True)
class _Scene:
    """The plan and rules on which a year is reported, and the world that answers."""

    plan: Plan
    rules: RequestRules
    world: World


def _scenes(world: World, years: tuple[int, ...]) -> dict[int, _Scene]:
    """The scene of each year; a year of the later plan is drawn in the same world under its earlier ids."""
    found: dict[int, _Scene] = {}
    known = {world.plan.head.id: _Scene(world.plan, world.rules, world)}
    plans = reporting_plans(synthetic=True)
    for year in years:
        plan = plan_of_year(plans, year)
        if plan is None:
            raise ProjectError(f"{year}: no plan covers this year; leave it out.")
        if plan.head.id not in known:
            later = later_world(world, plan, load_crosswalk(plan.head.id))
            known[plan.head.id] = _Scene(plan, world.rules, later)
        found[year] = known[plan.head.id]
    return found


def _goes_on(scenes: dict[int, _Scene], years: tuple[int, ...]) -> bool:
    return bool(scenes[years[-1]].world.later_ids)


def _write(path: Path, scene: _Scene, delivery: Delivery) -> Written | None:
    world = scene.world
    figures = answer_figures(world, delivery.institution, year=delivery.year)
    if delivery.messy is not None:
        whole = b""
        if delivery.messy.style == "truncated":
            _write_kit(path, scene, delivery, figures)
            whole = path.read_bytes()
        made = write_messy(delivery.messy, world.plan, figures, whole=whole)
        path.write_bytes(made.content)
        return made
    _write_kit(path, scene, delivery, change_answers(figures, delivery.changes))
    return None


def _write_kit(path: Path, scene: _Scene, delivery: Delivery, figures: dict[str, Answer]) -> None:
    write_request(
        path,
        scene.plan,
        scene.world.registry,
        scene.rules,
        institution=delivery.institution,
        year=delivery.year,
        answers=figures,
        measure_answers=answer_measures(scene.world, delivery.institution, year=delivery.year),
        synthetic=True,
    )


def _write_list(home: Path, files: tuple[Delivery, ...]) -> None:
    rows = ((one.file, one.received, one.institution if one.listed else "", one.reason) for one in files)
    text = make_csv(("file", "received", "institution", "reason"), rows)
    (home / "deliveries.csv").write_text(text, encoding="utf-8", newline="\n")


def _write_breaks(folder: Path, world: World) -> None:
    rows = ((one.indicator, one.period, one.kind, one.note.ro, one.note.en) for one in world.truth.breaks)
    text = make_csv(("indicator", "from_period", "kind", "note_ro", "note_en"), rows)
    (folder / "returns" / "breaks.csv").write_text(text, encoding="utf-8", newline="\n")


def _clear(folder: Path) -> None:
    """Take away an earlier example; anything that is not marked as invented is left alone and stops the run."""
    for name in PARTS:
        home = folder / name
        if not home.exists():
            continue
        if not (home / MARK).is_file():
            text = _("{place}: holds files that are not marked as invented; choose another folder.")
            raise ProjectError(text.format(place=f"{folder.name}/{name}"))
        shutil.rmtree(home)
    folder.mkdir(parents=True, exist_ok=True)
