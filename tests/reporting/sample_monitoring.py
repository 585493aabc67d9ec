"""Invented results in the row forms of the monitoring analysis; every number here is made up."""

from dataclasses import replace

import pandas as pd

from evaluation.core.results import Released
from evaluation.strategy.counties import load_counties
from evaluation.strategy.plan import load_plan
from tests.kit.released import published

YEARS = (2024, 2025, 2026)
LINKS = {
    "exposure": ("Expunere", "Exposure", (312, 1200, 0.26, 0.236, 0.2855)),
    "skill": ("Competență", "Skill", (540, 1200, 0.45, 0.422, 0.4783)),
    "tool": ("Unealtă", "Tool", (396, 1200, 0.33, 0.304, 0.3571)),
    "report": ("Raportare", "Report", (41, 312, 0.1314, 0.0984, 0.1735)),
    "response": ("Răspuns", "Response", None),
}
STATES = ("done", "done_late", "overdue", "under_way", "not_started", "dropped", "not_reported", "not_due")

Rows = list[dict[str, object]]
Words = list[dict[str, str]]


def invented(name: str, rows: Rows, words: Words, *, synthetic: bool = False) -> Released:
    """The rows and their words after the gate, marked as synthetic where wanted."""
    released = published(rows, name=name, texts=pd.DataFrame(words))
    return replace(released, provenance=replace(released.provenance, synthetic=synthetic))


def values(objective: str, *, synthetic: bool = False) -> Released:
    """Three years of every indicator of an objective that has values, with every kind of gap among them."""
    rows, words = [], []
    for number, card in enumerate(_cards(objective)):
        for step, year in enumerate(YEARS):
            rows.append({"measure": card.id, "period": str(year), "level": "all", **_value(number, step)})
            words.append(_card_words(card) | _answers(rows[-1]) | {"kind_key": _kind(number)})
    return invented("monitoring_values", rows, words, synthetic=synthetic)


def changes(objective: str, last: int, *, synthetic: bool = False) -> Released:
    """The change of every indicator from the first year to ``last``."""
    rows, words = [], []
    for number, card in enumerate(_cards(objective)):
        row, reading = _change(number, YEARS.index(last))
        rows.append(
            {"measure": card.id, "period": f"2024-{last}", "group": "reading", "level": reading[0], **row}
        )
        reason = {"reason_key": reading[3], "reason.ro": "", "reason.en": "", "kind_key": _kind(number)}
        words.append(_card_words(card) | {"reading.ro": reading[1], "reading.en": reading[2], **reason})
    return invented(f"monitoring_changes_{last}", rows, words, synthetic=synthetic)


def deliverables(*, synthetic: bool = False) -> Released:
    """One deliverable in each state."""
    rows, words = [], []
    cards = [
        one for measure in load_plan().measures for one in measure.indicators if one.type == "deliverable"
    ]
    dates = {"done": ("2025-06-30", "2025-05-12", -49), "done_late": ("2025-06-30", "2025-11-20", 143)}
    names = {
        "done": ("predat la termen", "delivered on time"),
        "done_late": ("predat cu întârziere", "delivered late"),
        "overdue": ("restant", "overdue"),
        "under_way": ("în curs", "under way"),
        "not_started": ("neînceput", "not started"),
        "dropped": ("abandonat", "dropped"),
        "not_reported": ("neraportat", "not reported"),
        "not_due": ("nescadent", "not due yet"),
    }
    for card, state in zip(cards, STATES, strict=False):
        due, done, days = dates.get(state, ("2026-12-31" if state == "not_due" else "2024-12-31", "–", None))
        days = 730 if state == "overdue" else days
        status = {"not_due": "not_due", "not_reported": "not_collected"}.get(state, "not_applicable")
        row = {
            "measure": card.id,
            "quantity": "days_after_due",
            "period": due[:4],
            "group": "state",
            "level": state,
        }
        rows.append(row | ({"status": status} if days is None else {"estimate": days}))
        ro, en = names[state]
        own = {
            "due": due,
            "delivered_on": done,
            "state.ro": ro,
            "state.en": en,
            "answered": "1",
            "asked": "1",
        }
        words.append(_card_words(card) | own | {"objective": "1.1"})
    return invented("monitoring_deliverables", rows, words, synthetic=synthetic)


def completeness(*, synthetic: bool = False) -> Released:
    """Shares answered of all specific objectives; two were not due in the first year."""
    rows, words = [], []
    for number, objective in enumerate(load_plan().specific):
        for step, year in enumerate(YEARS):
            asked, answered = 24 + number, (7 * number + 9 * step) % (25 + number)
            base = {"period": str(year), "group": "specific_objective", "level": objective.code}
            counts = {"asked": asked, "reported": answered, "not_applicable": 0, "not_available": 0}
            due = not (number in (4, 11) and step == 0)
            for measure, count in {**counts, "silent": asked - answered}.items():
                number_of = {"estimate": count} if due else {"status": "not_due"}
                rows.append(base | {"measure": measure, "quantity": "count", **number_of})
            share = {"n": asked, "numerator": answered, "denominator": asked, "estimate": answered / asked}
            rows.append(
                base
                | {"measure": "share_reported", "quantity": "proportion"}
                | (share if due else {"status": "not_due"})
            )
            label = {
                f"label.{lang}": f"{objective.code} {getattr(objective.name, lang)}" for lang in ("ro", "en")
            }
            words += [label] * 6
    return invented("monitoring_completeness", rows, words, synthetic=synthetic)


def vulnerability(*, synthetic: bool = False) -> Released:
    """Index, rank with band and third of every county; one suppressed, one not collected."""
    rows, words = [], []
    for number, county in enumerate(load_counties()):
        rank = 1 + (number * 17) % 42
        absent = {3: "suppressed", 20: "not_collected"}.get(number, "")
        width = 2 + (number * 5) % 7
        figures = {
            "vulnerability_index": ("index", 100 - 2.2 * rank, 95 - 2.2 * rank, 105 - 2.2 * rank),
            "vulnerability_rank": ("rank", rank, max(1, rank - width), min(42, rank + width)),
            "vulnerability_third": ("third", 1 + (rank - 1) // 14, None, None),
        }
        for measure, (quantity, *three) in figures.items():
            row = {
                "measure": measure,
                "quantity": quantity,
                "period": "2025",
                "group": "county",
                "level": county.id,
            }
            number_of = dict(zip(("estimate", "ci_low", "ci_high"), three, strict=True))
            rows.append(row | ({"status": absent} if absent else number_of))
            words.append({"name.ro": county.name, "name.en": county.name})
    return invented("vulnerability", rows, words, synthetic=synthetic)


def chain(*, synthetic: bool = False) -> Released:
    """Five links of protection on the internet; the last was not collected."""
    rows, words = [], []
    for link, (ro, en, figures) in LINKS.items():
        row = {"measure": "protection_link", "quantity": "proportion", "group": "link", "level": link}
        names = ("numerator", "denominator", "estimate", "ci_low", "ci_high")
        rows.append(
            row
            | (
                {"status": "not_collected"}
                if figures is None
                else dict(zip(names, figures, strict=True)) | {"n": figures[1], "ci_level": 0.95}
            )
        )
        words.append({"name.ro": ro, "name.en": en})
    return invented("internet_protection", rows, words, synthetic=synthetic)


def effort_places(*, synthetic: bool = False) -> Released:
    """The places of every county by effort and by need; one suppressed."""
    counties = load_counties()
    rows, words = [], []
    for number, county in enumerate(counties):
        effort, need = 1 + (number * 11) % 42, 1 + (number * 5) % 42
        row = {
            "measure": "effort_need_places",
            "quantity": "rank_shift",
            "group": "county",
            "level": county.id,
        }
        figures = {"numerator": effort, "denominator": need, "estimate": effort - need}
        rows.append(row | ({"status": "suppressed"} if number == 30 else figures))
        words.append({"name.ro": county.name, "name.en": county.name})
    return invented("effort_need", rows, words, synthetic=synthetic)


def match(*, synthetic: bool = False) -> Released:
    """People reached in every county against the size of the target group; one suppressed."""
    counties = load_counties()
    efforts = [1 + (number * 11) % 13 for number in range(len(counties))]
    rows, words = [], []
    for number, county in enumerate(counties):
        reach = {"numerator": efforts[number] * 40, "denominator": 600, "estimate": efforts[number] / 15}
        base = {"group": "county", "level": county.id}
        hidden = number == 30
        for measure, quantity, figures in (("target_group_reached", "coverage", reach),):
            row = {"measure": measure, "quantity": quantity, **base}
            rows.append(row | ({"status": "suppressed"} if hidden else figures))
            words.append({"name.ro": county.name, "name.en": county.name})
    return invented("match", rows, words, synthetic=synthetic)


def states(*, synthetic: bool = False) -> Released:
    """How many measures of each specific objective are in each state."""
    names = ("delivered", "under_way", "not_started", "dropped", "contradicted", "not_reported", "not_due")
    rows, words = [], []
    for number, objective in enumerate(load_plan().specific):
        for place, name in enumerate(names):
            count = (number * 3 + place * 5) % (7 - place)
            row = {
                "measure": name,
                "quantity": "count",
                "group": "specific_objective",
                "level": objective.code,
            }
            rows.append(row | {"estimate": count})
            words.append({"label.ro": objective.name.ro, "label.en": objective.name.en})
    return invented("monitoring_states", rows, words, synthetic=synthetic)


def _cards(objective: str) -> list:
    cards = [card for measure in load_plan().of_objective(objective) for card in measure.indicators]
    return [card for card in cards if card.type not in ("deliverable", "text")]


def _card_words(card) -> dict[str, str]:
    words = {"objective": card.id[4:7], "indicator": card.id, "kind_key": card.type.value}
    for language in ("ro", "en"):
        words[f"label.{language}"] = f"{card.id} {getattr(card.name, language)}"
        words[f"unit.{language}"] = getattr(card.unit, language)
    return words


def _answers(row: dict[str, object]) -> dict[str, str]:
    partial = row["quantity"] == "partial_count"
    reason = "silent" if row.get("status") == "not_collected" else ""
    answers = {"answered": "3" if partial else "5", "asked": "5", "reason_key": reason}
    return answers | {
        "reason.ro": "niciun răspuns" if reason else "",
        "reason.en": "no answer" if reason else "",
    }


def _kind(number: int) -> str:
    return {1: "proportion", 3: "money", 8: "duration"}.get(number % 9, "count")


def _value(number: int, step: int) -> dict[str, object]:
    kind = "partial_count" if number % 9 == 6 else _kind(number)
    absent = {(2, 1): "not_collected", (4, 2): "suppressed", (5, 0): "not_due", (7, 0): "undefined"}
    status = absent.get((number % 9, step))
    if status or (number % 9 == 7):
        return {"quantity": "count", "status": status or "undefined"}
    if kind == "partial_count" and step < 2:
        kind = "count"
    amount = {
        "count": 900 + 137 * number + 200 * step,
        "proportion": 0.4 + 0.05 * step,
        "money": 4.2e6 + 9e5 * step,
    }
    return {"quantity": kind, "estimate": amount.get(kind, 40.0 + 5 * step + number), "n": 400}


def _change(number: int, step: int) -> tuple[dict[str, object], tuple[str, str, str, str]]:
    better = ("improved", "schimbare clară, în sensul dorit", "clear change in the wanted direction", "")
    unclear = ("no_clear_change", "fără schimbare clară", "no clear change", "")
    kind = number % 9
    if kind == 1:
        gap = 0.05 * step
        row = {
            "quantity": "proportion_difference",
            "estimate": gap,
            "ci_low": gap - 0.06,
            "ci_high": gap + 0.07,
        }
        return row | {"numerator": 0.4 + gap, "denominator": 0.4, "ci_level": 0.95}, unclear
    if kind in (3, 8):
        names = ("without_interval", "schimbare fără interval", "change without an interval", "")
        return {"quantity": "difference", "estimate": 9e5 * step if kind == 3 else 5.0 * step}, names
    if kind in (5, 7) or (kind == 2 and step == 1) or (kind == 4 and step == 2) or (kind == 6 and step == 2):
        names = ("not_comparable", "nu se poate compara", "not comparable", "missing_year")
        status = "suppressed" if kind == 4 else "not_collected"
        return {"quantity": "rate_ratio", "status": status}, names
    first = 900 + 137 * number
    ratio = (first + 200 * step) / first * (0.62 if number == 9 else 1)
    row = {"quantity": "rate_ratio", "estimate": ratio, "ci_low": ratio * 0.88, "ci_high": ratio * 1.13}
    return row | {"numerator": first * ratio, "denominator": first, "ci_level": 0.95}, better
