"""A small feedback instrument and answers to it, made by hand or drawn."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from evaluation.core.microdata import WAVE_COLUMNS, ForAnalysis
from evaluation.core.provenance import Provenance
from evaluation.instruments.feedback.model import WAVES, FeedbackInstrument
from evaluation.strategy.words import load_as

MONTHS = {"inclusion": 0.0, "month_3": 3.0, "month_6": 6.0, "month_12": 12.0, "exit": 18.0}
ITEMS = {"safety": 4, "support": 2}


def text(words: str) -> dict[str, str]:
    return {"ro": f"{words} (ro)", "en": words}


def content() -> dict[str, Any]:
    """Safety: saf_1 to saf_4, of which saf_3 is reversed; support: sup_1, sup_2; words: open_change."""
    ratings = [f"{domain[:3]}_{place + 1}" for domain, number in ITEMS.items() for place in range(number)]
    items = [
        {"name": name, "kind": "rating", "domain": "safety" if name[:3] == "saf" else "support",
         "label": text(name), "scale": "agreement", "reversed": name == "saf_3", "origin": {"kind": "own"},
         "reason": text("reason")}
        for name in ratings
    ]  # fmt: skip
    opened = {"name": "open_change", "kind": "open", "domain": "words", "label": text("open"),
              "origin": {"kind": "own"}, "reason": text("reason")}  # fmt: skip
    return {
        "about": about(),
        "domains": [{"name": name, "label": text(name), "outcome": text("outcome"), "scored": name != "words"}
                    for name in (*ITEMS, "words")],
        "scales": [{"name": "agreement", "steps": {str(one + 1): text(f"step {one + 1}") for one in range(5)}}],
        "items": [*items, opened],
    }  # fmt: skip


def about() -> dict[str, Any]:
    consent = {"version": "1.0", "text": text("consent"), "rights": text("rights"), "withdrawal": text("card"),
               "purposes": {name: text(name) for name in ("analysis", "quotation", "recontact")}}  # fmt: skip
    distress = {name: text(name) for name in ("stop_rule", "text", "logged")} | {"contacts": [text("112")]}
    return {
        "name": "victim_feedback_small", "title": text("small"), "purpose": text("purpose"),
        "population": text("people"), "respondent": "self", "measures": ["4.1.5"], "administration": text("aloud"),
        "version": "1.0", "translation": text("ours"), "licence": "EUPL-1.2", "origin": text("written for the tests"),
        "consent": consent, "distress": distress, "collected": [], "retention_months": 12,
    }  # fmt: skip


def who5() -> dict[str, Any]:
    return {"name": "who5", "title": text("WHO-5"), "items": 5, "steps": 6, "factor": 4.0, "important_change": 10.0,
            "source": "test", "licence": text("official")}  # fmt: skip


@pytest.fixture
def instrument() -> FeedbackInstrument:
    return load_as(FeedbackInstrument, content(), file="victim_feedback_small")


@pytest.fixture
def with_slot() -> FeedbackInstrument:
    return load_as(FeedbackInstrument, content() | {"slots": [who5()]}, file="victim_feedback_small")


RATINGS = tuple(f"{domain[:3]}_{place + 1}" for domain, number in ITEMS.items() for place in range(number))


def row(person: str, wave: str, answers: list[str], **facts: Any) -> dict[str, Any]:
    """One row of answers, in the order of the ratings; facts not given are those of an adult woman."""
    known = {"months": MONTHS[wave], "language": "ro", "collector": "independent", "sex": "female",
             "age_group": "adult", "exploitation": "sexual"}  # fmt: skip
    return {"person": person, "wave": wave} | known | facts | dict(zip(RATINGS, answers, strict=True))


def for_analysis(rows: list[dict[str, Any]]) -> ForAnalysis:
    table = pd.DataFrame(rows)
    columns = [*WAVE_COLUMNS, *(name for name in table.columns if name not in WAVE_COLUMNS)]
    origin = Provenance((), "made for the test", len(table), len(table))
    return ForAnalysis("victim_feedback_small", "1.0", table[columns], origin)


def same(value: str) -> list[str]:
    """Answers that turn into one number everywhere: the reversed item is answered the other way round."""
    if value not in "12345" or not value:
        return [value] * 6
    return [str(6 - int(value)) if name == "saf_3" else value for name in RATINGS]


def drawn(
    people: int,
    *,
    seed: int,
    slope: dict[str, float] | None = None,
    lost: float = 0.0,
    waves: tuple[str, ...] = WAVES[:4],
    service: float = 0.0,
) -> list[dict[str, Any]]:
    """Answers of invented people: a level a person, a slope per six months (points), drop-out when last scores are low.

    ``lost`` is the log odds of dropping out per 10 points under 50; 0: nobody is lost. ``service`` is added where staff
    of the service ask (every other person).
    """
    random = np.random.default_rng(seed)
    rows = []
    for number in range(people):
        level = random.normal(0, 12)
        facts = {"sex": "female" if number % 3 else "male", "age_group": "adult" if number % 4 else "minor",
                 "exploitation": ("sexual", "labour")[number % 2], "collector": ("independent", "service")[number // 2 % 2],
                 "language": "ro" if number % 5 else "en"}  # fmt: skip
        for wave in waves:
            answers, safety = [], 0.0
            for domain, size in ITEMS.items():
                score = 50 + level + (slope or {}).get(domain, 0.0) * MONTHS[wave] / 6 + random.normal(0, 8)
                score += service * (facts["collector"] == "service")
                safety = score if domain == "safety" else safety
                steps = np.clip(np.rint(1 + (score + random.normal(0, 12, size)) / 25), 1, 5).astype(int)
                answers += [str(6 - one) if domain == "safety" and place == 2 else str(one)
                            for place, one in enumerate(steps)]  # fmt: skip
            rows.append(row(f"p{number:04d}", wave, answers, **facts))
            if lost and random.random() < 1 / (1 + np.exp(1.5 + lost * (safety - 50) / 10)):
                break
    return rows
