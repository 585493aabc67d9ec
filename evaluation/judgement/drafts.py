"""Draft findings that follow from the numbers alone; an evaluator accepts, edits or rejects each."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from evaluation.core.status import Status
from evaluation.judgement.findings import Evidence, Finding, Row
from evaluation.judgement.words import judgement_entry, judgement_text
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text

Record = dict[str, Any]
_TOKEN = re.compile(r"\{number:([a-z_]+)")
_COUNTED = {
    "delivered": ("monitoring_states", "delivered", "begun"),
    "overdue": ("monitoring_deliverable_counts", "overdue", "due"),
    "not_reported": ("monitoring_states", "not_reported", "begun"),
}
"""Kinds that follow from counts: the result, the measure told and the measure that it is a part of."""


def propose_drafts(
    records: list[Record], plan: Plan, *, assessment: str
) -> tuple[tuple[Evidence, ...], tuple[Finding, ...]]:
    """Evidence and draft findings from the records of a run's register.

    Proposed are: delivered, overdue and not reported for the plan and each general objective (none where the
    count is zero, except delivered), indicators with a clear improvement and its interval, and baseline claims
    that are inconsistent. Numbers stay places in the text. A number that the gate hid proposes nothing.
    """
    shown = [one for one in records if one["status"] == Status.OK and one["column"] == "estimate"]
    proposed = [*_counts(shown, plan), *_improved(shown, plan), *_inconsistent(shown)]
    evidence = {piece.id: piece for _, pieces in proposed for piece in pieces}
    findings = tuple(build(assessment) for build, _ in proposed)
    return tuple(evidence.values()), findings


Proposal = tuple[Callable[[str], Finding], list[Evidence]]


def _counts(shown: list[Record], plan: Plan) -> Iterator[Proposal]:
    scopes = [("plan", "all"), *(("general_objective", one.code) for one in plan.general)]
    for kind, (result, told, whole) in _COUNTED.items():
        for group, level in scopes:
            rows = {
                one["measure"]: one
                for one in shown
                if (one["result"], one["group"], one["level"]) == (result, group, level)
            }
            if told in rows and whole in rows and (rows[told]["value"] or kind == "delivered"):
                words = judgement_text("scopes", group)
                scope = {"ro": words.ro.format(code=level), "en": words.en.format(code=level)}
                where = {language: text[0].lower() + text[1:] for language, text in scope.items()}
                names = {"scope": (scope["ro"], scope["en"]), "where": (where["ro"], where["en"])}
                suffix = "PLAN" if group == "plan" else f"O{level}"
                yield _propose(kind, suffix, rows, names)


def _improved(shown: list[Record], plan: Plan) -> Iterator[Proposal]:
    cards = {card.id: card for measure in plan.measures for card in measure.indicators}
    for one in shown:
        if (one["result"], one["level"]) != ("monitoring_changes", "improved") or one["measure"] not in cards:
            continue
        if one["ci_low"] is None or one["quantity"] != "rate_ratio":
            continue
        card, stem = cards[one["measure"]], one["id"].removesuffix("estimate")
        rows = {column: {**one, "id": f"{stem}{column}"} for column in ("estimate", "ci_low", "ci_high")}
        names = {
            "indicator": (card.id, card.id),
            "name": (card.name.ro, card.name.en),
            "period": (one["period"].replace("-", "–"),) * 2,
        }
        yield _propose("improved", card.id, rows, names, general=card.id.split("-")[1][0])


def _inconsistent(shown: list[Record]) -> Iterator[Proposal]:
    rows = {
        f"audit_{one['level']}": one
        for one in shown
        if (one["result"], one["measure"]) == ("audit_counts", "audit")
    }
    if "audit_all" in rows and rows.get("audit_inconsistent", {}).get("value"):
        yield _propose("inconsistent", "PLAN", rows, {})


def _propose(
    kind: str, suffix: str, rows: dict[str, Record], names: dict[str, tuple[str, str]], *, general: str = ""
) -> Proposal:
    template = judgement_entry("drafts", kind)
    words = judgement_text("drafts", kind, "statement")
    asked = dict.fromkeys(_TOKEN.findall(words.ro))
    used = [rows[name] for name in asked]
    titled = [name for name in asked if name in template["titles"]]
    code = f"{kind.replace('_', '-').upper()}-{suffix}"
    pieces = [
        _piece(f"EV-{code}-{place}", rows[name], template["source_group"], _title(kind, name, names))
        for place, name in enumerate(titled, start=1)
    ]

    def build(assessment: str) -> Finding:
        return Finding(
            id=f"F-{code}".replace(".", "-"),
            assessment=assessment,
            criterion=template["criterion"],
            question=template["question"].format(general=general),
            synthetic=any(one["synthetic"] for one in used),
            statement=Text(ro=_fill(words.ro, rows, names, 0), en=_fill(words.en, rows, names, 1)),
            evidence=tuple(piece.id for piece in pieces),
        )

    return build, pieces


def _title(kind: str, name: str, names: dict[str, tuple[str, str]]) -> Text:
    """What a number is, in words; the ends of an interval stand under the title of their estimate."""
    words = judgement_text("drafts", kind, "titles", name)
    return Text(ro=_fill(words.ro, {}, names, 0), en=_fill(words.en, {}, names, 1))


def _piece(name: str, one: Record, source_group: str, title: Text) -> Evidence:
    row = Row(**{field: one[field] for field in Row.model_fields})
    stem = one["id"].rsplit(".", 1)[0]
    return Evidence(
        id=name.replace(".", "-"),
        kind="number",
        source_group=source_group,
        title=title,
        number=f"{stem}.estimate",
        row=row,
    )


def _fill(text: str, rows: dict[str, Record], names: dict[str, tuple[str, str]], place: int) -> str:
    """The template with the ids of its numbers and with its names."""
    filled = _TOKEN.sub(lambda found: "{number:" + rows[found[1]]["id"], text)
    for name, both in names.items():
        filled = filled.replace("{" + name + "}", both[place])
    return filled
