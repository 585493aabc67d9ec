"""The plan of analysis as the chapter on method prints it: registration, what was planned, rules, deviations."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.core.results import Listing
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.analysis_plan import (
    DEVIATIONS_FILE,
    PLAN_FILE,
    AnalysisPlan,
    Deviation,
    load_analysis_plan,
    load_deviations,
)
from evaluation.judgement.analysis_plan_state import Holding, PartState, plan_states
from evaluation.judgement.analysis_rules import rule_names, rules_source
from evaluation.judgement.listing import day_text, joined
from evaluation.judgement.matrix import matrix_source
from evaluation.strategy.words import Text, load_as

if TYPE_CHECKING:
    Words = dict[str, str]

METHOD = "analysis_plan"
WORDS = Path(__file__).with_name("analysis_plan_words.yaml")
SHORT = 12


def list_analysis_plan(
    project: Project, assessment: str, *, first_data_on: date | None
) -> tuple[Listing, Listing, Listing, Listing, Listing]:
    """Registration, planned analyses, changes that matter, rules as they stand, deviations; in this order.

    A table without rows says why: no plan was registered, or nothing deviates.
    """
    folder = project.judgement / assessment
    plan = load_analysis_plan(folder, assessment=assessment)
    deviations = load_deviations(folder, plan=plan)
    states = plan_states(folder, plan, deviations) if plan else ()
    sources = _sources(project, folder)
    synthetic = plan.synthetic if plan else False
    made = {
        "analysis_plan": _registration(plan, first_data_on),
        "analysis_plan_analyses": _analyses(plan),
        "analysis_plan_changes": _changes(plan),
        "analysis_plan_rules": _rules(states),
        "analysis_plan_deviations": _deviations(plan, deviations, states),
    }
    listings = [_listing(name, rows, sources, synthetic=synthetic) for name, rows in made.items()]
    return listings[0], listings[1], listings[2], listings[3], listings[4]


def _registration(plan: AnalysisPlan | None, first: date | None) -> "list[Words]":
    if plan is None:
        return [_pair("name", _text("no_plan")) | _pair("value", _text("none"))]
    order = "unknown" if first is None else "before" if plan.registered_on < first else "after"
    values = {
        "digest": _same(plan.digest),
        "registered_on": day_text(plan.registered_on),
        "registered_by": _same(plan.registered_by),
        "first_data_on": day_text(first) if first else _text("unknown"),
        "order": _text("order", order),
    }
    return [_pair("name", _text("facts", name)) | _pair("value", value) for name, value in values.items()]


def _analyses(plan: AnalysisPlan | None) -> "list[Words]":
    planned = plan.analyses if plan else (_text("no_plan"),)
    return [{"id": str(place)} | _pair("analysis", one) for place, one in enumerate(planned, start=1)]


def _changes(plan: AnalysisPlan | None) -> "list[Words]":
    if plan is None or not plan.meaningful_changes:
        missing = _text("none") if plan else _text("no_plan")
        return [_pair("outcome", missing) | _pair("value", _text("none")) | _pair("reason", _text("none"))]
    return [
        _pair("outcome", one.outcome)
        | _pair("value", _amount(one.value, one.unit))
        | _pair("reason", one.reason)
        for one in plan.meaningful_changes
    ]


def _rules(states: Sequence[PartState]) -> "list[Words]":
    rows = [
        _pair("rule", _part_name(one.part))
        | {"registered": one.registered[:SHORT] or "–", "today": one.today[:SHORT] or "–"}
        | _pair("state", _text("holding", one.holding.value))
        for one in states
    ]
    if rows:
        return rows
    return [
        _pair("rule", _text("no_plan")) | {"registered": "–", "today": "–"} | _pair("state", _text("none"))
    ]


def _deviations(
    plan: AnalysisPlan | None, deviations: Sequence[Deviation], states: Sequence[PartState]
) -> "list[Words]":
    """Declared ones as written, those of the kit with its reason, undeclared ones as such."""
    rows = [
        {"id": one.id}
        | _row(_part_name(one.concerns), one.planned, one.done, one.why)
        | _pair("by", joined(_same(f"{one.by},"), day_text(one.on)))
        | _pair("state", _text("holding", Holding.DECLARED.value))
        for one in deviations
    ]
    for state in states:
        if state.holding is Holding.BY_KIT:
            rows += [_kit_row(state, place) for place in range(len(state.changes))]
        elif state.holding is Holding.UNDECLARED:
            rows.append(_undeclared_row(state))
    if rows:
        return rows
    missing, none = _text("no_deviation") if plan else _text("no_plan"), _text("none")
    return [{"id": "–"} | _row(missing, none, none, none) | _pair("by", none) | _pair("state", none)]


def _kit_row(state: PartState, place: int) -> "Words":
    change = state.changes[place]
    planned = _filled(_text("kit_planned"), digest=change.before[:SHORT] or "–")
    return (
        {"id": "–"}
        | _row(_part_name(state.part), planned, change.what, change.why)
        | _pair("by", _filled(_text("kit"), version=change.version))
        | _pair("state", _text("holding", state.holding.value))
    )


def _undeclared_row(state: PartState) -> "Words":
    return (
        {"id": "–"}
        | _row(
            _part_name(state.part),
            _filled(_text("undeclared_planned"), digest=state.registered[:SHORT] or "–"),
            _filled(_text("undeclared_done"), digest=state.today[:SHORT] or "–"),
            _text("undeclared_why"),
        )
        | _pair("by", _text("none"))
        | _pair("state", _text("holding", state.holding.value))
    )


def _row(concerns: Text, planned: Text, done: Text, why: Text) -> "Words":
    return _pair("concerns", concerns) | _pair("planned", planned) | _pair("done", done) | _pair("why", why)


def _part_name(part: str) -> Text:
    if part.startswith("F-"):
        return _filled(_text("concerns", "finding"), finding=part)
    names = rule_names() | {"analyses": _text("concerns", "analyses")}
    return names.get(part, _same(part))


def _amount(value: float, unit: Text) -> Text:
    """A planned value in its unit; the decimal sign is that of the language."""
    shown = f"{value:g}"
    return Text(ro=f"{shown.replace('.', ',')} {unit.ro}", en=f"{shown} {unit.en}")


def _filled(text: Text, **values: str) -> Text:
    return Text(ro=text.ro.format(**values), en=text.en.format(**values))


def _same(word: str) -> Text:
    return Text(ro=word, en=word)


def _pair(field: str, text: Text) -> "Words":
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def _text(*path: str) -> Text:
    found = _words()
    for step in path:
        found = found[step]
    return load_as(Text, found, file=f"{WORDS.name}, {'.'.join(path)}")


@cache
def _words() -> Any:
    return read_yaml(WORDS)


def _sources(project: Project, folder: Path) -> tuple[Source, ...]:
    """The plan's own files where they are, the matrix in force and the list of rules."""
    paths = [folder / name for name in (PLAN_FILE, DEVIATIONS_FILE)]
    own = (Source(project.relative(path), digest_file(path)) for path in paths if path.is_file())
    return (*own, matrix_source(project, folder.name), rules_source())


def _listing(name: str, rows: "list[Words]", sources: tuple[Source, ...], *, synthetic: bool) -> Listing:
    import pandas as pd

    origin = Provenance(sources, METHOD, len(rows), len(rows), synthetic=synthetic)
    return Listing(name, pd.DataFrame(rows).astype("str"), origin)
