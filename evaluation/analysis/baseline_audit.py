"""The audit of the baselines as results: counts by verdict, findings, readings, questions."""

from collections import Counter
from collections.abc import Sequence

from evaluation.analysis._baseline_rows import pair
from evaluation.analysis.consistency import AuditFinding
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result, make_table
from evaluation.strategy.grouping import Grouping
from evaluation.strategy.ledger import Rule, RuleKind, Verdict
from evaluation.strategy.words import Text

_NOTATION: dict[str, dict[str, str]] = {"ro": {"mean(": "media(", "sum(": "suma("}, "en": {}}


def audit_counts(
    findings: Sequence[AuditFinding], rules: Sequence[Rule], *, sources: tuple[Source, ...]
) -> Result:
    """Rules by verdict, for all rules and by kind: arithmetic, or comparison of two printed references."""
    kinds = {rule.id: rule.kind for rule in rules}
    rows: list[dict[str, object]] = []
    for measure, chosen in (
        ("audit", list(findings)),
        *((f"audit_{kind.value}", [one for one in findings if kinds[one.id] is kind]) for kind in RuleKind),
    ):
        counts = Counter(one.verdict for one in chosen)
        rows.append(_count(measure, "all", len(chosen), of=len(chosen)))
        rows += [_count(measure, verdict.value, counts[verdict], of=len(chosen)) for verdict in Verdict]
    provenance = _provenance(sources, len(findings), method="audit_count")
    return Result("audit_counts", make_table(rows), provenance)


def audit_findings(
    findings: Sequence[AuditFinding],
    rules: Sequence[Rule],
    grouping: Grouping,
    *,
    sources: tuple[Source, ...],
) -> Listing:
    """One row per rule: claim, what the strategy states, arithmetic, verdict, question to the agency.

    ``agrees_reading`` and ``disagrees_reading`` name the readings on each side; ``arithmetic`` has the whole
    formula with its numbers.
    """
    import pandas as pd

    how = {rule.id: rule for rule in rules}
    rows = []
    for one in findings:
        rule = how[one.id]
        rows.append(
            {
                "id": one.id,
                "stated": one.stated,
                "lines": ", ".join(map(str, one.lines)),
                "verdict": one.verdict.value,
                "kind": rule.kind.value,
                **pair("verdict_words", grouping.word("verdict", one.verdict.value)),
                **pair("claim", one.claim),
                **pair("question", one.question),
                **pair("how_found", rule.how_found),
                **pair("reason", rule.reason or _missing(rule)),
                **_calculations(one, grouping),
                "inputs": ", ".join(one.inputs) or "–",
            }
        )
    return Listing(
        "audit_findings", pd.DataFrame(rows), _provenance(sources, len(rows), method="interval_arithmetic")
    )


def audit_readings(
    findings: Sequence[AuditFinding], grouping: Grouping, *, sources: tuple[Source, ...]
) -> Listing:
    """One row per reading of every rule, with the formula, the numbers put in and the verdict."""
    import pandas as pd

    rows = []
    for one in findings:
        for reading in one.readings or (None,):
            verdict = one.verdict if reading is None else reading.verdict
            line = one.arithmetic if reading is None else reading.arithmetic
            rows.append(
                {
                    "id": one.id,
                    **pair("claim", one.claim),
                    **pair("reading", None if reading is None else reading.name),
                    "formula": reading.formula if reading is not None and reading.formula else "–",
                    "arithmetic.ro": _plain(line, language="ro") or "–",
                    "arithmetic.en": _plain(line, language="en") or "–",
                    **pair("verdict_words", grouping.word("verdict", verdict.value)),
                }
            )
    return Listing(
        "audit_readings", pd.DataFrame(rows), _provenance(sources, len(rows), method="interval_arithmetic")
    )


def _calculations(finding: AuditFinding, grouping: Grouping) -> dict[str, str]:
    texts = {}
    for language in ("ro", "en"):
        texts[f"arithmetic.{language}"] = _arithmetic(finding, grouping, language=language) or "–"
        texts[f"agrees_reading.{language}"] = _side_of(finding, Verdict.CONSISTENT, language=language)
        texts[f"disagrees_reading.{language}"] = _side_of(finding, Verdict.INCONSISTENT, language=language)
        if not finding.readings:
            texts[f"disagrees_reading.{language}"] = texts[f"arithmetic.{language}"]
    return texts


def _missing(rule: Rule) -> Text | None:
    """What the readings that cannot be computed lack."""
    lacking = [reading.missing for reading in rule.readings if reading.missing is not None]
    return (
        Text(ro=" ".join(one.ro for one in lacking), en=" ".join(one.en for one in lacking))
        if lacking
        else None
    )


def _arithmetic(finding: AuditFinding, grouping: Grouping, *, language: str) -> str:
    """All readings in one cell: the name, the formula with its numbers, the verdict."""
    if not finding.readings:
        return _plain(finding.arithmetic, language=language)
    parts = []
    for reading in finding.readings:
        verdict = getattr(grouping.word("verdict", reading.verdict.value), language)
        words = f"{getattr(reading.name, language)}: {_plain(reading.arithmetic, language=language)}"
        parts.append(words if len(finding.readings) == 1 else f"{words} ({verdict})")
    return "; ".join(parts)


def _side_of(finding: AuditFinding, verdict: Verdict, *, language: str) -> str:
    found = [
        str(getattr(reading.name, language)) for reading in finding.readings if reading.verdict is verdict
    ]
    return "; ".join(found) or "–"


def _plain(arithmetic: str, *, language: str) -> str:
    """The arithmetic without its verdict, its functions in the reader's language."""
    text = arithmetic.rpartition(" → ")[0]
    for name, word in _NOTATION[language].items():
        text = text.replace(name, word)
    return text


def _count(measure: str, level: str, number: int, *, of: int) -> dict[str, object]:
    return {
        "measure": measure,
        "quantity": "count",
        "group": "verdict",
        "level": level,
        "n": of,
        "estimate": float(number),
        "method": "audit_count",
    }


def _provenance(sources: tuple[Source, ...], rows: int, *, method: str) -> Provenance:
    return Provenance(sources=sources, method=method, rows_in=rows, rows_used=rows)
