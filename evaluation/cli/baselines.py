"""``snitp baselines``: the ledger of the strategy's figures, and their audit against each other."""

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.commands import (
    KitCommand,
    KitGroup,
    format_option,
    language_option,
    refuse_options_before,
)
from evaluation.cli.language import current_language, later
from evaluation.cli.output import write_csv, write_json, write_table

if TYPE_CHECKING:
    from decimal import Decimal

    from evaluation.analysis.consistency import AuditFinding
    from evaluation.strategy.ledger import Baseline, Ledger
    from evaluation.strategy.words import Text

_VERDICTS = {
    "consistent": later("consistent"),
    "inconsistent": later("inconsistent"),
    "depends_on_reading": later("depends on the reading"),
    "not_determinable": later("not determinable"),
}


@click.group(
    cls=KitGroup,
    invoke_without_command=True,
    subcommand_metavar=later("[audit [OPTIONS]]"),
    help=later(
        "Every figure that the strategy states about the situation, with its bounds and the line it stands on."
    ),
)
@format_option()
@language_option()
@click.pass_context
def baselines(ctx: click.Context, form: str) -> None:
    """Print the ledger, or hand over to ``audit``."""
    if ctx.invoked_subcommand:
        return refuse_options_before(ctx)
    from evaluation.strategy.ledger import load_ledger

    records = [_baseline_record(one) for one in load_ledger().entries]
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records)
    else:
        language = current_language()
        rows = [
            (one["id"], one["quantity"][language], one["printed"], one["period"], str(one["source"]["line"]))
            for one in records
        ]
        write_table([_("Id"), _("Quantity"), _("Printed"), _("Period"), _("Line")], rows, fixed=(0, 4))
    return None


@baselines.command(
    cls=KitCommand,
    help=later(
        "Test the strategy's figures against each other and against published constants. A contradiction is what the "
        "audit is for: it ends with status 0 whatever it finds."
    ),
    short_help=later("Test the figures against each other."),
)
@format_option()
@language_option()
def audit(form: str) -> None:
    """Print the findings."""
    from evaluation.analysis.consistency import audit as find
    from evaluation.strategy.ledger import load_ledger, load_rules

    ledger = load_ledger()
    findings = find(ledger, load_rules())
    records = [_finding_record(one, ledger) for one in findings]
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records)
    else:
        _print_findings(records)


def _baseline_record(one: "Baseline") -> dict[str, Any]:
    return {
        "id": one.id,
        "quantity": _both(one.quantity),
        "printed": one.printed,
        "value": _number(one.value),
        "lower": _number(one.lower),
        "upper": _number(one.upper),
        "precision": one.precision.value,
        "unit": one.unit.value,
        "population": _both(one.population),
        "denominator": _both(one.denominator),
        "period": one.period,
        "place": one.place,
        "breakdown": dict(one.breakdown),
        "objective": list(one.objectives),
        "kind": one.kind.value,
        "source": {"document": one.source.document, "line": one.source.line, "quote": one.source.quote},
        "note": _both(one.note),
    }


def _finding_record(one: "AuditFinding", ledger: "Ledger") -> dict[str, Any]:
    return {
        "id": one.id,
        "claim": _both(one.claim),
        "formula": one.formula,
        "inputs": list(one.inputs),
        "stated": one.stated,
        "recomputed": {"lower": _whole(one.recomputed_lower), "upper": _whole(one.recomputed_upper)},
        "verdict": one.verdict.value,
        "question": _both(one.question),
        "arithmetic": one.arithmetic,
        "readings": [
            {"name": _both(reading.name), "formula": reading.formula, "verdict": reading.verdict.value}
            for reading in one.readings
        ],
        "lines": list(one.lines),
        "external": [
            {
                "id": constant.id,
                "quantity": _both(constant.quantity),
                "value": _number(constant.value),
                "lower": _number(constant.lower),
                "upper": _number(constant.upper),
                "sources": list(constant.sources),
            }
            for constant in ledger.external
            if constant.id in one.inputs
        ],
    }


def _print_findings(records: list[dict[str, Any]]) -> None:
    language = current_language()
    verdicts = {verdict: _(words) for verdict, words in _VERDICTS.items()}
    rows = [
        (
            one["id"],
            one["claim"][language],
            one["stated"],
            _span(one["recomputed"]),
            verdicts[one["verdict"]],
        )
        for one in records
    ]
    counts = [
        f"{words}: {sum(one['verdict'] == verdict for one in records)}" for verdict, words in verdicts.items()
    ]
    headings = [_("Id"), _("Claim"), _("Stated"), _("Recomputed"), _("Verdict")]
    write_table(headings, rows, note="; ".join(counts), fixed=(0,))


def _span(recomputed: dict[str, float | None]) -> str:
    """The interval as printed; no interval, no words."""
    from evaluation.reporting.numbers import format_interval, format_number

    low, high = recomputed["lower"], recomputed["upper"]
    if low is None or high is None:
        return "–"
    if low == high:
        return format_number(low, quantity="published", language=current_language())
    return format_interval(low, high, quantity="published", language=current_language())


def _both(text: "Text | None") -> dict[str, str] | None:
    return None if text is None else {"ro": text.ro, "en": text.en}


def _number(value: "Decimal") -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _whole(value: float | None) -> int | float | None:
    """A whole number without its decimal point."""
    return int(value) if value is not None and value.is_integer() else value
