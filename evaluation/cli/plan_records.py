"""The plan as records for programs, selections of it, and the problems of the text check."""

import re
from difflib import get_close_matches
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from evaluation.core.errors import StrategyError
from evaluation.core.language import comma_below, romanian_key
from evaluation.strategy.institutions import Institution, Registry
from evaluation.strategy.periods import Window
from evaluation.strategy.plan import (
    Indicator,
    Measure,
    Party,
    Plan,
    indicator_due,
    indicator_evaluated,
    measure_due,
)
from evaluation.strategy.textcheck import TextCheck
from evaluation.strategy.words import Text


def plan_records(plan: Plan, measures: tuple[Measure, ...]) -> list[dict[str, Any]]:
    """One record per measure, in the plan's own order."""
    return [_measure_record(measure, plan) for measure in measures]


def select_objective(measures: tuple[Measure, ...], code: str, *, plan: Plan) -> tuple[Measure, ...]:
    """The measures of a general or specific objective; an unknown code is a wrong call."""
    wanted = code.strip().rstrip(".")
    known = [one.code for one in (*plan.general, *plan.specific)]
    if wanted not in known:
        text = _("there is no objective with this code; the objectives are {codes}.")
        raise click.BadParameter(text.format(codes=", ".join(sorted(known))), param_hint="--objective")
    return tuple(measure for measure in measures if measure.code.startswith(f"{wanted}."))


def select_institution(
    measures: tuple[Measure, ...], name: str, *, registry: Registry
) -> tuple[Measure, ...]:
    """The measures that name an institution, as responsible or in support.

    An entry names it when the registry reads it so, or when its abbreviation is printed: “MAI prin ANITP”
    names both ANITP and MAI.
    """
    institution = find_institution(name, registry=registry)
    return tuple(
        measure
        for measure in measures
        if any(_names(party, institution) for party in (*measure.responsible, *measure.support))
    )


def find_institution(name: str, *, registry: Registry) -> Institution:
    """The institution of an id, abbreviation, name or printed form, in any case and either kind of ș and ț."""
    known = {_fold(form): one for one in reversed(registry.registry) for form in _forms(one)}
    known |= {_fold(one.id): one for one in registry.registry}
    found = known.get(_fold(name))
    if found is not None:
        return found
    near = {registry.label(known[form].id) for form in get_close_matches(_fold(name), known, n=4)}
    text = _("no institution of the plan has this name")
    if near:
        text += "; " + _("close to it: {names}").format(names=", ".join(sorted(near, key=romanian_key)))
    raise click.BadParameter(text + ".", param_hint="--institution")


def unknown_institutions(plan: Plan, registry: Registry) -> list[dict[str, str]]:
    """Every institution id that a measure names and the registry does not hold, with its place."""
    known = {one.id for one in registry.registry}
    return [
        {"place": f"{measure.code} {role} {number}", "institution": one}
        for measure in plan.measures
        for role, parties in (("responsible", measure.responsible), ("support", measure.support))
        for number, party in enumerate(parties, start=1)
        for one in party.institutions
        if one not in known
    ]


def check_records(outcome: TextCheck, strangers: list[dict[str, str]]) -> list[dict[str, str]]:
    """Everything that is unexplained, one record each."""
    problems = [{"problem": "not_found", "place": one.place, "text": one.text} for one in outcome.missing]
    problems += [
        {"problem": "not_in_plan", "place": str(one.line), "text": one.text} for one in outcome.leftovers
    ]
    return problems + [
        {"problem": "unknown_institution", "place": one["place"], "text": one["institution"]}
        for one in strangers
    ]


def read_text(file: Path) -> str:
    """The legal text; anything but UTF-8 is refused, because ș and ț would be lost without a word."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _("{file}: not UTF-8 (at byte {byte}); save the text as UTF-8 and run again.")
        raise StrategyError(text.format(file=file.name, byte=error.start)) from None


def _measure_record(measure: Measure, plan: Plan) -> dict[str, Any]:
    return {
        "code": measure.code,
        "general_objective": measure.code.split(".")[0],
        "specific_objective": measure.objective,
        "action": _both(measure.action),
        "responsible": [one.printed for one in measure.responsible],
        "responsible_ids": _ids(measure.responsible),
        "support": [one.printed for one in measure.support],
        "support_ids": _ids(measure.support),
        "results": [_both(one) for one in measure.results],
        "period": list(measure.period),
        "due": _windows(measure_due(measure, window=plan.window)),
        "evaluation_stage": list(measure.evaluation_stage),
        "indicators": [_indicator_record(card, measure, plan) for card in measure.indicators],
        "note": measure.note,
        "misprints": [{"printed": one.printed, "read": one.read} for one in measure.misprints],
        "lines": measure.lines,
    }


def _indicator_record(card: Indicator, measure: Measure, plan: Plan) -> dict[str, Any]:
    target: dict[str, Any] = {"status": "undefined", "reason": _both(plan.head.no_target)}
    if card.target is not None:
        target = {"status": "ok", "value": card.target.value, "source": card.target.source}
    return {
        "id": card.id,
        "position": card.position,
        "name": _both(card.name),
        "type": card.type.value,
        "unit": _both(card.unit),
        "direction": card.direction.value,
        "definition_status": card.status.value,
        "frequency": card.frequency,
        "due": _windows(indicator_due(card, measure, window=plan.window)),
        "evaluated": _windows(indicator_evaluated(card, measure, window=plan.window)),
        "denominator": _both(card.denominator) if card.denominator else None,
        "numerator": _both(card.numerator) if card.numerator else None,
        "disaggregation": list(card.disaggregation),
        "question": _both(card.question) if card.question else None,
        "target": target,
        "baseline": {"status": "undefined", "reason": _both(plan.head.no_baseline)},
        "split": card.split,
        "origin": card.origin,
        "misprints": [{"printed": one.printed, "read": one.read} for one in card.misprints],
    }


def _both(text: Text) -> dict[str, str]:
    return {"ro": text.ro, "en": text.en}


def _ids(parties: tuple[Party, ...]) -> list[str]:
    return list(dict.fromkeys(one for party in parties for one in party.institutions))


def _windows(windows: tuple[Window, ...]) -> list[dict[str, str]]:
    return [{"start": one.start.isoformat(), "end": one.end.isoformat()} for one in windows]


def _forms(one: Institution) -> tuple[str, ...]:
    printed = tuple(misprint.printed for misprint in one.misprints)
    return tuple(
        form for form in (one.abbreviation, one.name.ro, one.name.en, *one.aliases, *printed) if form
    )


def _names(party: Party, institution: Institution) -> bool:
    short = institution.abbreviation
    printed = (
        bool(short) and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", comma_below(party.printed)) is not None
    )
    return institution.id in party.institutions or printed


def _fold(name: str) -> str:
    return " ".join(comma_below(name).casefold().split())
