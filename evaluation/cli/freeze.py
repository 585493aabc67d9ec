"""``snitp freeze``: keeps of a sealed report what a later assessment has to prove equal."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.commands import KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here

if TYPE_CHECKING:
    from evaluation.judgement.published_definitions import Run


@click.command(
    cls=KitCommand,
    help=later(
        "Keep of a sealed report what the next assessment is compared with: the digests of definitions and baselines, "
        "and the published numbers. What was kept once is never written over."
    ),
    epilog=later("Example: snitp freeze outputs/interim-2026/RUN"),
)
@click.argument("folder", metavar=later("DIR"), type=KitPath(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    cls=KitOption,
    type=KitPath(file_okay=False, path_type=Path),
    metavar=later("DIR"),
    help=later("Folder for the two files; default the folder published in the judgement of the assessment."),
)
@language_option()
def freeze(folder: Path, *, out: Path | None) -> None:
    """Write definitions.yaml and register.csv and print their paths."""
    from evaluation.core.project import find_project
    from evaluation.judgement.published import NUMBERS, numbers_csv, numbers_of
    from evaluation.judgement.published_definitions import DEFINITIONS, PUBLISHED, frozen_text
    from evaluation.strategy.frame import get_assessment
    from evaluation.strategy.plan import load_plan

    manifest = _read_manifest(folder)
    run = _as_run(folder, manifest)
    plan = load_plan(get_assessment(run.assessment).plans[0])
    _check_definitions(manifest["inputs"], plan.head.id)
    records = json.loads((folder / "register.json").read_text(encoding="utf-8"))
    home = out or find_project().judgement / run.assessment / PUBLISHED
    files = {DEFINITIONS: frozen_text(run, plan).encode("utf-8"), NUMBERS: numbers_csv(numbers_of(records))}
    _write(home, files)
    for name in files:
        click.echo(path_from_here(home / name))


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a sealed run whose files are all as they were sealed."""
    from evaluation.core.errors import ReportError
    from evaluation.reporting.seal import MANIFEST, broken_files

    broken = broken_files(folder)
    if broken:
        raise ReportError(f"{folder.name}: {broken[0]} is not as it was sealed; freeze an intact run.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def _as_run(folder: Path, manifest: dict[str, Any]) -> "Run":
    from evaluation.judgement.published_definitions import Run

    return Run(
        manifest["assessment"],
        folder.resolve().name,
        manifest["kit_version"],
        manifest["inputs_digest"],
        bool(manifest["synthetic"]),
    )


def _check_definitions(inputs: dict[str, str], plan: str) -> None:
    """The definitions of this checkout are those that the run was built with."""
    from evaluation.core.errors import JudgementError
    from evaluation.judgement.published_definitions import changed_since

    changed = changed_since(inputs, plan)
    if changed:
        raise JudgementError(
            f"{changed[0]}: not the file that the report was built with; freeze it with the kit that built it."
        )


def _write(home: Path, files: dict[str, bytes]) -> None:
    from evaluation.core.errors import JudgementError
    from evaluation.reporting.stale import write_whole

    for name, content in files.items():
        if (home / name).is_file() and (home / name).read_bytes() != content:
            raise JudgementError(
                f"{name}: another report is frozen there already; name another folder with --out."
            )
    home.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(home / name, content)
