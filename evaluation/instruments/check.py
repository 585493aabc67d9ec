"""Instruments checked beyond what loading refuses: forms of equal make, keys that do not give themselves away, wording."""

from collections import Counter
from collections.abc import Iterator
from statistics import mean
from typing import TYPE_CHECKING

from evaluation.core.errors import InstrumentError
from evaluation.instruments.check_rules import CheckRules, Finding, Severity, load_check_rules
from evaluation.instruments.check_wording import check_wording
from evaluation.instruments.limesurvey import CODE, question_code
from evaluation.instruments.model import LETTERS, Instrument, Item, ItemKind, KeySource

if TYPE_CHECKING:
    from evaluation.strategy.plan import Plan

CORE_PREFIX = "core_"
FORMS = ("A", "B")
_ORDER = (ItemKind.PAIRING, ItemKind.CLOSED, ItemKind.OPEN, ItemKind.REACTION)


def check_instrument(instrument: Instrument, *, plan: "Plan | None" = None) -> tuple[Finding, ...]:
    """Everything an author should change, errors first; an instrument with an error is not to be used.

    Measures and indicators are compared with ``plan``, the published one when none is given. What loading
    already refuses (a missing translation, an item without key, three choices) never gets this far.
    """
    from evaluation.strategy.plan import load_plan

    rules = load_check_rules()
    found = [
        *_check_forms(instrument, rules),
        *_check_keys(instrument, rules),
        *_check_twins(instrument, rules),
        *_check_open(instrument, rules),
        *_check_plan(instrument, plan or load_plan(), rules),
        *check_wording(instrument, rules),
    ]
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.ERROR))


def refuse_errors(instrument: Instrument, *, language: str) -> None:
    """Stop before anything is made of an instrument with errors; the first one is told, in the reader's language."""
    errors = [one for one in check_instrument(instrument) if one.severity is Severity.ERROR]
    if errors:
        first, sentence = errors[0], getattr(load_check_rules().refused, language)
        raise InstrumentError(
            sentence.format(
                place=first.place,
                problem=getattr(first.problem, language),
                n=len(errors) - 1,
                name=instrument.name,
            )
        )


def _check_forms(instrument: Instrument, rules: CheckRules) -> Iterator[Finding]:
    """Each form has the parts it needs, and the common items are common."""
    limits = rules.limits
    core = {one.name for one in instrument.of_kind(ItemKind.CLOSED) if one.name.startswith(CORE_PREFIX)}
    places = {form: _numbers(instrument, form) for form in FORMS}
    if set(instrument.anchors) != core or len(core) != limits.anchors:
        yield rules.finding("anchors_differ", instrument, "items.yaml", "forms")
    elif any(places["A"][name] != places["B"][name] for name in core):
        yield rules.finding("anchors_moved", instrument, "items.yaml", "forms")
    opens = {form: [one.name for one in instrument.of_kind(ItemKind.OPEN, form)] for form in FORMS}
    for form in FORMS:
        counted = Counter(instrument.item(name).kind for name in getattr(instrument.forms, form))
        wanted = (
            ("too_many_closed", counted[ItemKind.CLOSED] == limits.closed),
            ("no_pairing", counted[ItemKind.PAIRING] == limits.pairing),
            ("no_reactions", counted[ItemKind.REACTION] == limits.reactions),
            ("no_open", len(opens[form]) == 1 and opens["A"] == opens["B"]),
            ("order", _in_order(instrument, form)),
        )
        for code, met in wanted:
            if not met:
                yield rules.finding(code, instrument, "items.yaml", f"forms.{form}")
    codes = Counter(question_code(one.name) for one in instrument.items)
    for one in instrument.items:
        code = question_code(one.name)
        if codes[code] > 1 or not CODE.fullmatch(code):
            yield rules.finding("screen_code", instrument, "items.yaml", one.name)


def _numbers(instrument: Instrument, form: str) -> dict[str, int]:
    """The printed number of each closed item of a form."""
    return {one.name: number for number, one in enumerate(instrument.of_kind(ItemKind.CLOSED, form), 1)}


def _in_order(instrument: Instrument, form: str) -> bool:
    ranks = [_ORDER.index(instrument.item(name).kind) for name in getattr(instrument.forms, form)]
    return ranks == sorted(ranks)


def _check_keys(instrument: Instrument, rules: CheckRules) -> Iterator[Finding]:
    """Nobody scores by letter or by length, and the sources of the keys can be looked up."""
    limits = rules.limits
    for form in FORMS:
        closed = instrument.of_kind(ItemKind.CLOSED, form)
        letters = Counter(instrument.key(one.name).correct for one in closed)
        if any(not limits.letters_least <= letters[letter] <= limits.letters_most for letter in LETTERS):
            yield rules.finding("letters", instrument, "key.yaml", f"{form}")
        for language in ("ro", "en"):
            longest = sum(_right_is_longest(instrument, one, language) for one in closed)
            if longest > limits.longest_most:
                code = "longest_always" if longest >= limits.longest_never else "longest"
                yield rules.finding(code, instrument, "items.yaml", f"{form} ({language}): {longest}")
    for item, source in _sources(instrument):
        if source.lines and not rules.readable_lines(source.lines):
            yield rules.finding("source_lines", instrument, "key.yaml", f"{item}.source.lines")


def _sources(instrument: Instrument) -> Iterator[tuple[str, KeySource]]:
    """The source of every key with the item that it is for."""
    yield from ((key.item, key.source) for key in instrument.keys)
    yield from ((key.item, key.source) for key in instrument.open_keys)


def _right_is_longest(instrument: Instrument, item: Item, language: str) -> bool:
    """The right choice has more characters than every wrong one."""
    lengths = {letter: len(getattr(choice, language)) for letter, choice in item.choices.items()}
    right = lengths.pop(instrument.key(item.name).correct)
    return right > max(lengths.values())


def _check_twins(instrument: Instrument, rules: CheckRules) -> Iterator[Finding]:
    """Every item of one form has, in the other, one written to be as hard."""
    keys = {key.item: key for key in instrument.keys}
    for key in instrument.keys:
        if key.item in instrument.anchors:
            continue
        twin = keys.get(key.twin)
        if (
            twin is None
            or twin.twin != key.item
            or _form_of(instrument, twin.item) == _form_of(instrument, key.item)
        ):
            yield rules.finding("no_twin", instrument, "key.yaml", key.item)
        elif key.item < twin.item:
            yield from _compare_twins(instrument, key.item, twin.item, rules)
    hard = {
        form: mean([keys[one.name].difficulty for one in instrument.of_kind(ItemKind.CLOSED, form)] or [0.0])
        for form in FORMS
    }
    if round(abs(hard["A"] - hard["B"]), 6) > rules.limits.form_gap:
        yield rules.finding("form_gap", instrument, "key.yaml", "A, B")


def _form_of(instrument: Instrument, name: str) -> str:
    return "".join(form for form in FORMS if name in getattr(instrument.forms, form))


def _compare_twins(instrument: Instrument, one: str, other: str, rules: CheckRules) -> Iterator[Finding]:
    gap = round(abs(instrument.key(one).difficulty - instrument.key(other).difficulty), 6)
    if gap > rules.limits.twin_gap:
        yield rules.finding("twin_gap", instrument, "key.yaml", f"{one}, {other}")
    mine, theirs = instrument.item(one), instrument.item(other)
    if mine.label == theirs.label and sorted(map(str, mine.choices.values())) == sorted(
        map(str, theirs.choices.values())
    ):
        yield rules.finding("twin_same", instrument, "items.yaml", f"{one}, {other}")


def _check_open(instrument: Instrument, rules: CheckRules) -> Iterator[Finding]:
    """The codebook of an open item can be met."""
    for key in instrument.open_keys:
        place = f"open_keys.{key.item}"
        if sum(code.counts for code in key.codes) < key.at_least:
            yield rules.finding("codes_too_few", instrument, "key.yaml", place)
        if len({code.code for code in key.codes}) < len(key.codes):
            yield rules.finding("code_twice", instrument, "key.yaml", place)


def _check_plan(instrument: Instrument, plan: "Plan", rules: CheckRules) -> Iterator[Finding]:
    """What the instrument says it serves is in the plan."""
    measures = {one.code for one in plan.measures}
    indicators = {card.id for one in plan.measures for card in one.indicators}
    about = instrument.about
    for code in sorted(set(about.audience_measures) - measures):
        yield rules.finding("unknown_measure", instrument, "about.yaml", f"audience_measures: {code}")
    for one in sorted(set(about.indicators) - indicators):
        yield rules.finding("unknown_indicator", instrument, "about.yaml", f"indicators: {one}")
    for one in sorted(set(instrument.served) - indicators):
        yield rules.finding("unknown_indicator", instrument, "key.yaml", f"indicators: {one}")
    for one in sorted(set(instrument.served) - set(about.indicators)):
        yield rules.finding("indicator_untold", instrument, "key.yaml", f"indicators: {one}")
