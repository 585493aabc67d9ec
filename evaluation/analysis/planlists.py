"""The plan as tables of words: measures, open questions, gaps and misprints; the indicator cards are in ``cards``."""

import re
from collections.abc import Sequence

from evaluation.analysis._plan import Words, find_twins, late_stages, plan_listing, words
from evaluation.core.provenance import Source
from evaluation.core.results import Listing
from evaluation.strategy.institutions import Registry
from evaluation.strategy.periods import Window
from evaluation.strategy.plan import DefinitionStatus, Indicator, Measure, Party, Plan
from evaluation.strategy.words import Misprint, Text

Sources = Sequence[Source]
Terms = dict[str, dict[str, Text]]
NONE = Text(ro="–", en="–")
NOT_PRINTED = Text(ro="nu este tipărită", en="not printed")
_PRINTED = (
    (r"(?i)\bpermanent\b", "permanent"),
    (r"(?i)\bsemestrial\b", "half-yearly"),
    (r"(?i)\btrimestrial\b", "quarterly"),
    (r"(?i)\banual[ăa]?\b", "yearly"),
    (r"(?i)\b(?:semestrul|sem\.?) ?(?:II|2)\b", "second half of"),
    (r"(?i)\b(?:semestrul|sem\.?) ?(?:I|1)\b", "first half of"),
    (r"(?i)\btrimestrul IV\b", "fourth quarter of"),
    (r"(?i)\btrimestrul III\b", "third quarter of"),
    (r"(?i)\btrimestrul II\b", "second quarter of"),
    (r"(?i)\btrimestrul I\b", "first quarter of"),
    (r"(?i)\bși la nevoie\b", "and as needed"),
)


def list_measures(plans: Sequence[Plan], registry: Registry, *, sources: Sources) -> Listing:
    """Every measure of every plan: action, responsible institutions, period and evaluation stage as printed."""
    texts = [
        {
            "code": measure.code,
            "plan": f"{plan.head.start.year}–{plan.head.end.year}",
            "objective": measure.objective,
            **words("action", measure.action),
            **words("responsible", name_parties(measure.responsible, registry)),
            **words("period", _join([translate_period(one) for one in measure.period])),
            **words(
                "stage", _join([translate_period(one) for one in measure.evaluation_stage], empty=NOT_PRINTED)
            ),
            "lines": measure.lines,
        }
        for plan in plans
        for measure in plan.measures
    ]
    invented = any(plan.head.synthetic for plan in plans)
    return plan_listing("plan_measures", texts, sources=sources, synthetic=invented)


def list_questions(plan: Plan, terms: Terms, *, sources: Sources) -> Listing:
    """The question to ask about every indicator that is ambiguous or not defined."""
    texts = [
        {
            "id": card.id,
            "objective": measure.objective,
            "state": card.status.value,
            **words("name", card.name),
            **words("definition", terms["definition"][card.status.value]),
            **words("question", card.question or NONE),
        }
        for measure, card in _pairs(plan)
        if card.status is not DefinitionStatus.DEFINED
    ]
    return plan_listing("plan_questions", texts, sources=sources)


def list_twins(plan: Plan, *, sources: Sources) -> Listing:
    """Measures that print the same indicators, so that one value could be reported twice."""
    by_code = {measure.code: measure for measure in plan.measures}
    texts = [
        {
            "codes": ", ".join(codes),
            **words("names", _join([card.name for card in by_code[codes[0]].indicators])),
            **words(
                "periods",
                _join([_join([translate_period(one) for one in by_code[code].period]) for code in codes]),
            ),
            "lines": "; ".join(by_code[code].lines for code in codes),
        }
        for codes in find_twins(plan)
    ]
    return plan_listing("plan_twins", texts, sources=sources)


def list_late_stages(plan: Plan, *, sources: Sources) -> Listing:
    """Measures with an evaluation stage dated after the plan's last day."""
    texts = [
        {
            "code": measure.code,
            **words("action", measure.action),
            **words("period", _join([translate_period(one) for one in measure.period])),
            **words("stage", _join([translate_period(one) for one in late_stages(measure, plan)])),
            "lines": measure.lines,
        }
        for measure in plan.measures
        if late_stages(measure, plan)
    ]
    return plan_listing("plan_late_stages", texts, sources=sources)


def list_missing(plan: Plan, terms: Terms, *, sources: Sources) -> Listing:
    """Measures whose printed row lacks results, an evaluation stage or supporting institutions."""
    texts: Words = []
    for measure in plan.measures:
        printed = {"results": measure.results, "stage": measure.evaluation_stage, "support": measure.support}
        lacking = [terms["missing"][name] for name, value in printed.items() if not value]
        if lacking:
            texts.append(
                {
                    "code": measure.code,
                    **words("action", measure.action),
                    **words("missing", _join(lacking)),
                    "lines": measure.lines,
                }
            )
    return plan_listing("plan_missing", texts, sources=sources)


def list_misprints(plan: Plan, registry: Registry, *, sources: Sources) -> Listing:
    """Obvious misprints, kept in the transcription, and how they are read."""
    texts: Words = []
    for measure in plan.measures:
        texts += [_misprint(measure.code, one, measure.lines) for one in measure.misprints]
        for card in measure.indicators:
            texts += [_misprint(card.id, one, measure.lines) for one in card.misprints]
    for institution in registry.registry:
        texts += [
            {
                "place": institution.id,
                "printed": one.printed,
                "read": one.read or "–",
                "lines": one.lines or "–",
            }
            for one in institution.misprints
        ]
    return plan_listing("plan_misprints", texts, sources=sources)


def list_variants(plan: Plan, *, sources: Sources) -> Listing:
    """Objectives whose name is printed in more than one wording."""
    texts = [
        {
            "code": one.code,
            "printed": one.name.ro,
            "variant": variant.ro,
            "lines": f"{one.lines}; {variant.lines}",
        }
        for one in (*plan.general, *plan.specific)
        for variant in one.variants
    ]
    return plan_listing("plan_variants", texts, sources=sources)


def name_parties(parties: Sequence[Party], registry: Registry) -> Text:
    """Institutions as printed; in English by abbreviation or by our translation of the name."""
    found = dict.fromkeys(one for party in parties for one in party.institutions)
    english = [registry.get(one).abbreviation or registry.get(one).name.en for one in found]
    return Text(ro="; ".join(party.printed for party in parties), en="; ".join(english))


def translate_period(printed: str) -> Text:
    """A printed period or stage, with our English for it.

    >>> translate_period("Semestrul II 2024").en
    'second half of 2024'
    """
    english = printed
    for pattern, replacement in _PRINTED:
        english = re.sub(pattern, replacement, english)
    return Text(ro=printed, en=english)


def describe_due(windows: Sequence[Window]) -> Text:
    """The ends of the windows in which values fall due; of more than three, the first and the last."""
    named = [_window_words(one) for one in windows]
    if not named:
        return NONE
    if len(named) > 3:
        return Text(ro=f"{named[0].ro} … {named[-1].ro}", en=f"{named[0].en} … {named[-1].en}")
    return _join(named)


def _window_words(window: Window) -> Text:
    first, last = window.start, window.end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 3:
        quarter = ["I", "II", "III", "IV"][(last.month - 1) // 3]
        return Text(ro=f"trim. {quarter} {last.year}", en=f"Q{(last.month - 1) // 3 + 1} {last.year}")
    if months == 6:
        half = 1 if last.month == 6 else 2
        return Text(ro=f"sem. {'I' * half} {last.year}", en=f"H{half} {last.year}")
    span = str(last.year) if first.year == last.year else f"{first.year}-{last.year}"
    return Text(ro=span, en=span)


def _pairs(plan: Plan) -> list[tuple[Measure, Indicator]]:
    return [(measure, card) for measure in plan.measures for card in measure.indicators]


def _misprint(place: str, one: Misprint, lines: str) -> dict[str, str]:
    return {"place": place, "printed": one.printed, "read": one.read, "lines": lines}


def _join(parts: Sequence[Text], *, empty: Text = NONE, mark: str = "; ") -> Text:
    if not parts:
        return empty
    return Text(ro=mark.join(one.ro for one in parts), en=mark.join(one.en for one in parts))
