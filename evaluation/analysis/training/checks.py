"""What looks wrong in training data: items that tell nothing, keys in doubt, sessions far above the others; and validity."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.training.clusters import clustered_mean
from evaluation.analysis.training.items import fisher_limits
from evaluation.analysis.training.national import (
    Audiences,
    Row,
    Words,
    audience_words,
    build,
    load_words,
    topic_words,
)
from evaluation.analysis.training.odd_sessions import find_odd_sessions
from evaluation.analysis.training.open_answers import compare_coders, decide, estimate_enough
from evaluation.analysis.training.rasch import compare_forms
from evaluation.analysis.training.reliability import reliability_rows
from evaluation.analysis.training.scores import Scored
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.instruments.model import LETTERS, Instrument, ItemKind
from evaluation.strategy.plan import load_plan

if TYPE_CHECKING:
    import pandas as pd

FEWEST, FEWEST_SHEETS = 100, 10
LEAST_TELLING, DOUBT = 0.10, 0.10
"""Item-rest correlation below which an item tells nothing; by how much another letter must exceed the key's."""


def find_oddities(audiences: Audiences, scored: Mapping[str, Scored]) -> Result:
    """Items and sessions to look at, a row each, with what is odd about it in words.

    An item, from 100 answers on: the correlation of its right answers with the rest of the sheet is below 0.10
    (``no_discrimination``), or that of a wrong letter is positive and above the right one's by 0.10 or more
    (``key_in_doubt``); its limits are Fisher's. Sessions are those of ``find_odd_sessions``, the measure being the
    session's code and the flag; of fewer than ten sheets or pairs the flag stands without the size. A flag asks for
    a look; it proves nothing.

    References
    ----------
    Ebel (1965), Measuring Educational Achievement.
    """
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        table = one.microdata.table
        for item, letter, value, n, flag in _odd_items(scored[name], table, one.instrument):
            low, high = fisher_limits(value, n)
            rows.append(
                {"measure": f"{item}.{letter}" if letter else item, "quantity": "correlation", "group": "item",
                 "level": name, "n": n, "estimate": value, "ci_low": low, "ci_high": high, "ci_level": 0.95,
                 "method": "item_rest"}
            )  # fmt: skip
            words.append(audience_words(audiences, name) | topic_words(one.instrument, item) | _flag(flag))
        for session, flag, size, n in find_odd_sessions(scored[name], table):
            rows.append(session_row(session, flag, size, n) | {"level": name})
            label = {"item": session, "label.ro": f"sesiunea {session}", "label.en": f"session {session}"}
            words.append(audience_words(audiences, name) | label | _flag(flag))
    return build("training_oddities", rows, words, audiences)


def session_row(session: str, flag: str, size: float, sheets: int) -> Row:
    """An odd session: under ten sheets or pairs a share says too little, and the flag stands alone."""
    row: Row = {
        "measure": f"{session}.{flag}",
        "quantity": "share",
        "group": "session",
        "n": sheets,
        "method": flag,
    }
    return row | ({"estimate": size} if sheets >= FEWEST_SHEETS else {"status": Status.TOO_FEW.value})


def estimate_open_answers(audiences: Audiences) -> Result:
    """Share naming enough after the session, over both denominators, and the indicators of the plan that it feeds."""
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        for key in [reading for opened in one.instrument.open_keys for reading in opened.readings]:
            after = _after(one.codings)
            if after.empty:
                continue
            table = one.microdata.table
            present = table[table["occasion"] == "post"][["session", "sheet"]]
            targeted = one.sessions.rename(columns={"invited": "people"})[["session", "people"]]
            for row in estimate_enough(decide(after, key), key, present=present, targeted=targeted):
                rows.append(row | {"group": str(row["level"]), "level": name})
                text = one.instrument.item(key.item).label
                label = {"item": ", ".join(key.indicators), "label.ro": text.ro, "label.en": text.en}
                kind = load_words()["denominators"][str(row["level"])]
                words.append(
                    audience_words(audiences, name)
                    | label
                    | {"kind.ro": kind["ro"], "kind.en": kind["en"], "at_least": str(key.at_least)}
                )
    return build("training_open_answers", rows, words, audiences)


def estimate_degrees(audiences: Audiences, scored: Mapping[str, Scored]) -> Result:
    """For each indicator that closed items serve, the mean share of them right after the session.

    Of people with a scored sheet; an omitted item counts as not known. Sessions are clusters (t interval); fewer than
    five sessions: too_few. ``numerator`` is how many items a person answers of it at most (one form). The plan gives
    these indicators no scale, so the figure is one way to read them and not their value.
    """
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        after = scored[name].people["occasion"] == "post"
        for indicator in dict.fromkeys(code for key in one.instrument.keys for code in key.indicators):
            items = {form: _serving(one.instrument, indicator, form) for form in ("A", "B")}
            shares = [
                scored[name]
                .items.loc[after & (scored[name].people["form"] == form), names]
                .fillna(0)
                .mean(axis=1)
                for form, names in items.items()
            ]
            people = scored[name].people.loc[[label for share in shares for label in share.index]]
            values = np.concatenate([share.to_numpy(dtype=float) for share in shares])
            found = clustered_mean(values, people["session"]) if len(values) else None
            limits = {"estimate": found.estimate, "ci_low": found.low, "ci_high": found.high, "ci_level": 0.95} if found else {"status": Status.TOO_FEW.value}  # fmt: skip
            rows.append(
                {"measure": f"degree_{indicator}", "quantity": "share", "group": "indicator", "level": name, "n": len(values),
                 "numerator": max(map(len, items.values())), "method": "clustered_mean"} | limits
            )  # fmt: skip
            words.append(audience_words(audiences, name) | {"item": indicator} | _indicator_name(indicator))
    return build("training_degrees", rows, words, audiences)


def describe_coders(audiences: Audiences, *, seed: int) -> Result:
    """Agreement of the two coders before adjudication on the derived yes or no, and on each code."""
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        for key in one.instrument.open_keys:
            after = _after(one.codings)
            if after.empty:
                continue
            found = compare_coders(after, key, provenance=one.microdata.provenance, seed=seed)
            labels = {code.code: code.label for code in key.codes}
            for row in found.table.to_dict("records"):
                code = str(row["level"])
                rows.append({**{str(k): v for k, v in row.items()}, "group": code, "level": name})
                text = labels.get(code)
                words.append(
                    audience_words(audiences, name)
                    | {
                        "item": code,
                        "label.ro": text.ro if text else f"cel puțin {key.at_least} diferite",
                        "label.en": text.en if text else f"at least {key.at_least} different",
                    }
                )
    return build("training_coders", rows, words, audiences)


def describe_validity(audiences: Audiences, scored: Mapping[str, Scored], *, seed: int) -> Result:
    """Alpha, omega, floor and ceiling of each form before the session, and whether the two forms are equally hard."""
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        for form in ("A", "B"):
            names = [item.name for item in one.instrument.of_kind(ItemKind.CLOSED, form)]
            people = scored[name].people
            chosen = (people["form"] == form) & (people["occasion"] == "pre")
            values = scored[name].items.loc[chosen, names].dropna().to_numpy(dtype=float)
            found = reliability_rows(values, level=name, period="pre", seed=seed)
            rows += [row | {"group": form, "level": name} for row in found]
            kind = load_words()["forms"][form]
            words += [
                audience_words(audiences, name) | {"form.ro": kind["ro"], "form.en": kind["en"]}
                for _ in found
            ]
    return build("training_validity", rows, words, audiences)


def describe_forms(audiences: Audiences, scored: Mapping[str, Scored]) -> Result:
    """How much harder form B is than A by the common items, and how far each common item is out of place."""
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        found = compare_forms(scored[name], one.instrument, provenance=one.microdata.provenance)
        for row in found.table.to_dict("records"):
            rows.append({**{str(key): value for key, value in row.items()}, "level": name})
            anchor = str(row["measure"]) in one.instrument.anchors
            label = (
                topic_words(one.instrument, str(row["measure"]))
                if anchor
                else {
                    "item": "B − A",
                    "label.ro": "forma B față de forma A",
                    "label.en": "form B against form A",
                }
            )
            words.append(audience_words(audiences, name) | label)
    return build("training_forms", rows, words, audiences)


def _odd_items(
    scored: Scored, table: "pd.DataFrame", instrument: Instrument
) -> list[tuple[str, str, float, int, str]]:
    found = []
    right = scored.items.sum(axis=1).to_numpy(dtype=float)
    for item in instrument.of_kind(ItemKind.CLOSED):
        given = scored.items[item.name].to_numpy(dtype=float)
        answered = ~np.isnan(given)
        if answered.sum() < FEWEST:
            continue
        rest = right[answered] - given[answered]
        letters = table.loc[scored.people.index, item.name].to_numpy(dtype=str)[answered]
        correct = instrument.key(item.name).correct
        by_letter = {letter: _correlation(letters == letter, rest) for letter in LETTERS}
        other = max((letter for letter in LETTERS if letter != correct), key=lambda one: by_letter[one])
        n = int(answered.sum())
        if by_letter[other] > 0 and by_letter[other] > by_letter[correct] + DOUBT:
            found.append((item.name, other, by_letter[other], n, "key_in_doubt"))
        elif by_letter[correct] < LEAST_TELLING:
            found.append((item.name, "", by_letter[correct], n, "no_discrimination"))
    return found


def _correlation(marked: np.ndarray, rest: np.ndarray) -> float:
    if marked.all() or not marked.any() or rest.std() == 0:
        return 0.0
    return float(np.corrcoef(marked.astype(float), rest)[0, 1])


def _serving(instrument: Instrument, indicator: str, form: str) -> list[str]:
    """Closed items of a form whose keys serve an indicator."""
    closed = instrument.of_kind(ItemKind.CLOSED, form)
    return [one.name for one in closed if indicator in instrument.key(one.name).indicators]


def _indicator_name(code: str) -> Words:
    cards = {card.id: card for measure in load_plan().measures for card in measure.indicators}
    return {"label.ro": cards[code].name.ro, "label.en": cards[code].name.en}


def _after(codings: "pd.DataFrame") -> "pd.DataFrame":
    return codings[codings["occasion"] == "post"].drop(columns="occasion")


def _flag(key: str) -> Words:
    words = load_words()["flags"][key]
    return {"flag_key": key, "flag.ro": words["ro"], "flag.en": words["en"]}
