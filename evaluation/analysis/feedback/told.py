"""Words beside the rows of feedback results: domain or item, wave, group, level, and how a change reads."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.words import load_form_words
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

WORDS = Path(__file__).resolve().with_suffix(".yaml")
ALPHA = 0.05
Words = Mapping[str, Text]


def with_words(result: Result, instrument: FeedbackInstrument, *, turned: str = "") -> Result:
    """The same result with ``what``, ``when``, ``whom``, ``level`` and ``reading`` in both languages, a row each.

    ``what`` is the domain, item or measure, ``whom`` the group, ``level`` the category or the reading's name; a word
    that is lacking stops the work, since a page would print a code. ``reading`` is empty where a row is no change.
    ``turned`` (level or period) puts that column's value in place of the measure, and the measure among the
    categories, so that one line of a table is a domain.
    """
    import pandas as pd

    measures, groups = _measures(instrument), _groups(instrument)
    told = []
    for row in result.table.to_dict("records"):
        fact, _, category = str(row["group"]).partition(".")
        said = {
            "what": measures[str(row["measure"])],
            "when": _periods()[str(row["period"])] if row["period"] else None,
            "whom": groups.get((fact, category)) or measures.get(fact),
            "level": groups.get((fact, str(row["level"]))) or load_words("levels")[str(row["level"])],
            "reading": _reading({str(key): value for key, value in row.items()}),
        }
        keys = {"what_key": row["measure"], "level_key": row["level"], "whom_key": row["group"]}
        told.append(_flat(said) | {name: str(value) for name, value in keys.items()})
    texts = pd.DataFrame(told, index=result.table.index).astype("str")
    table = result.table if not turned else _turned(result.table, turned)
    return Result(result.id, table, result.provenance, texts)


@cache
def load_words(group: str) -> dict[str, Text]:
    """A group of the words file."""
    return {str(name): Text(**text) for name, text in read_yaml(WORDS)[group].items()}


def of_people(result: Result) -> Result:
    """Shares of answers as a statistic of the people asked: without counts of answers, which are no counts of people."""
    import numpy as np

    table = result.table.assign(quantity="missing", numerator=np.nan, denominator=np.nan)
    return Result(result.id, table, result.provenance)


def only_reading(result: Result, reading: str) -> Result:
    """The rows of one reading of a change."""
    chosen = (result.table["level"] == reading).to_numpy()
    return Result(result.id, result.table[chosen].reset_index(drop=True), result.provenance)


def _turned(table: "pd.DataFrame", column: str) -> "pd.DataFrame":
    """The column's value as the measure; domain, and the category of a group written fact.category, as categories."""
    parts = [str(group).partition(".") for group in table["group"]]
    return table.assign(
        measure=table[column],
        period="" if column == "period" else table["period"],
        group=[f"domain*{fact}" if category else "domain" for fact, _, category in parts],
        level=[
            f"{domain}*{category}" if category else domain
            for domain, (_, _, category) in zip(table["measure"], parts, strict=True)
        ],
    )


def _measures(instrument: FeedbackInstrument) -> dict[str, Text]:
    own = {one.name: one.label for one in instrument.domains}
    own |= {one.name: one.label for one in instrument.items}
    return own | {one.name: one.title for one in instrument.slots} | load_words("measures")


@cache
def _periods() -> dict[str, Text]:
    return dict(load_form_words().waves) | load_words("periods")


def _groups(instrument: FeedbackInstrument) -> dict[tuple[str, str], Text]:
    """Words of a group alone (level empty) and of each of its categories."""
    found = {(name, ""): text for name, text in load_words("groups").items()}
    found |= {("collector", name): text for name, text in load_form_words().collectors.items()}
    for asked in instrument.about.collected:
        found[asked.name, ""] = asked.label
        found |= {(asked.name, name): text for name, text in asked.categories.items()}
    return found


def _reading(row: Mapping[str, object]) -> Text | None:
    """A change by its interval and, where it is one of several tests, its corrected p."""
    if row["quantity"] == "agreement":
        return load_words("verdicts")[str(row["method"])]
    kind = {"mean_change": "readings", "mean_difference": "differences"}.get(str(row["quantity"]))
    if kind is None:
        return None
    low, high, adjusted = row["ci_low"], row["ci_high"], row["p_adjusted"]
    if row["status"] != Status.OK or not isinstance(low, float) or not isinstance(high, float):
        return load_words(kind)["too_few"]
    key = "rise" if low > 0 else "fall" if high < 0 else "unclear"
    if isinstance(adjusted, float) and adjusted >= ALPHA:
        key = "unclear"
    return load_words(kind)[key]


def _flat(said: Mapping[str, Text | None]) -> dict[str, str]:
    return {
        f"{name}.{language}": getattr(text, language) if text else ""
        for name, text in said.items()
        for language in ("ro", "en")
    }
