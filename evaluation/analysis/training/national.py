"""All sessions of the country: who took part, what they knew before and after, which topics moved, audience by audience."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from evaluation.analysis.training.gains import compare_scores
from evaluation.analysis.training.items import compare_items
from evaluation.analysis.training.scores import Scored, score_sheets
from evaluation.analysis.training.session import paired, session_believed
from evaluation.analysis.training.sessions import compare_sessions
from evaluation.core.microdata import Microdata
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import Instrument

if TYPE_CHECKING:
    import pandas as pd

WORDS = Path(__file__).resolve().parent / "national.yaml"
ALPHA = 0.05
SHARES = {"mean": "share", "mean_difference": "proportion_difference"}
"""Scores are shares of right answers, so their means print in per cent and their differences in points."""
Row = dict[str, object]
Words = dict[str, str]


class AudienceData(Protocol):
    """What is known of one audience; intake reads it."""

    @property
    def instrument(self) -> Instrument: ...
    @property
    def microdata(self) -> Microdata: ...
    @property
    def sessions(self) -> "pd.DataFrame": ...
    @property
    def codings(self) -> "pd.DataFrame": ...


Audiences = Mapping[str, AudienceData]


def score_audiences(audiences: Audiences) -> dict[str, Scored]:
    """The scored sheets of every audience."""
    return {name: score_sheets(one.microdata, one.instrument) for name, one in audiences.items()}


def count_participation(audiences: Audiences, scored: Mapping[str, Scored]) -> Result:
    """Per audience and in all: sessions, people invited and present, sheets scored, linked pairs, share linked."""
    counts = {name: _participation(one, scored[name]) for name, one in audiences.items()}
    total = {key: sum(one[key] for one in counts.values()) for key in next(iter(counts.values()))}
    rows: list[Row] = []
    words: list[Words] = []
    for name, numbers in (*counts.items(), ("all", total)):
        for measure, number in numbers.items():
            rows.append({"measure": measure, "quantity": "count", "level": name, "estimate": number})
            words.append(audience_words(audiences, name))
    return build("training_participation", rows, words, audiences)


def describe_knowledge(audiences: Audiences, scored: Mapping[str, Scored], *, seed: int) -> Result:
    """Score before, after and gain of linked people, effect sizes, the unpaired gain, linked against unlinked."""
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        origin = one.microdata.provenance
        false = float(one.sessions["false_share"].mean())
        found = compare_scores(
            scored[name], provenance=origin, seed=seed, group="audience", level=name, false_share=false
        )
        for row in _present(found):
            rows.append(row | {"quantity": SHARES.get(str(row["quantity"]), row["quantity"])})
            words.append(audience_words(audiences, name))
    return build("training_knowledge", rows, words, audiences)


def compare_audiences(audiences: Audiences, scored: Mapping[str, Scored]) -> Result:
    """The gain of each audience over its sessions, its interval, how far sessions differ, and the reading."""
    import pandas as pd

    parts = [_pairs(name, scored[name]) for name in audiences]
    pairs = pd.concat(parts, ignore_index=True)
    table = compare_sessions(pairs, provenance=national_origin(audiences)).table
    rows: list[Row] = []
    words: list[Words] = []
    for row in table.to_dict("records"):
        kept = {str(key): value for key, value in row.items() if value == value}
        kept["quantity"] = SHARES.get(str(row["quantity"]), row["quantity"])
        if row["measure"] == "between" and row["quantity"] == "sd_between":
            kept |= {"measure": "sd_between", "quantity": "proportion_difference"}
        elif row["measure"] == "between":
            kept |= {"measure": "icc", "quantity": "share"}
        rows.append(kept)
        words.append(audience_words(audiences, str(row["level"])) | reading_words("readings", row))
    return build("training_audiences", rows, words, audiences)


def compare_topics(audiences: Audiences, scored: Mapping[str, Scored]) -> Result:
    """For each topic of each audience the paired change of the share right, with Holm's correction within the audience."""
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        found = compare_items(scored[name], one.instrument, provenance=one.microdata.provenance)
        for row in _present(found):
            topic = str(row["measure"])
            rows.append(row | {"group": "topic", "level": name})
            text = topic_words(one.instrument, topic)
            words.append(audience_words(audiences, name) | text | reading_words("topic_readings", row))
    return build("training_topics", rows, words, audiences)


def describe_beliefs(audiences: Audiences) -> Result:
    """After the session, the wrong choice that most people ticked on each item, with its text."""
    rows: list[Row] = []
    words: list[Words] = []
    for name, one in audiences.items():
        found = session_believed(one.microdata.table, one.instrument, provenance=one.microdata.provenance)
        for row in _present(found):
            item, _, letter = str(row["measure"]).partition(".")
            rows.append(row | {"group": "item", "level": name})
            asked, choice = one.instrument.item(item).label, one.instrument.item(item).choices[letter]
            words.append(
                audience_words(audiences, name)
                | {"item": item, "label.ro": asked.ro, "label.en": asked.en}
                | {"choice.ro": choice.ro, "choice.en": choice.en}
            )
    return build("training_beliefs", rows, words, audiences)


def build(result: str, rows: list[Row], words: list[Words], audiences: Audiences) -> Result:
    """A result of all audiences: rows with their words, empty where a row lacks a kind of word."""
    import pandas as pd

    kept = [
        {key: value for key, value in row.items() if value is not None and value == value} for row in rows
    ]
    return Result(
        result, make_table(kept), national_origin(audiences), pd.DataFrame(words).fillna("").astype("str")
    )


def national_origin(audiences: Audiences) -> Provenance:
    """All files of all audiences, and their rows."""
    origins = [one.microdata.provenance for one in audiences.values()]
    sources = tuple(dict.fromkeys(source for one in origins for source in one.sources))
    rows = sum(one.rows_in for one in origins)
    return Provenance(
        sources, "training_national", rows, rows, synthetic=any(one.synthetic for one in origins)
    )


def audience_words(audiences: Audiences, name: str) -> Words:
    """The audience's name, or the words for all of them."""
    if name in audiences:
        text = audiences[name].instrument.about.audience
        return {"audience_key": name, "audience.ro": text.ro, "audience.en": text.en}
    return {"audience_key": name, **_pair("audience", load_words()["everybody"])}


def topic_words(instrument: Instrument, item: str) -> Words:
    """What an item measures, in words."""
    text = instrument.key(item).measures
    return {"item": item, "label.ro": text.ro, "label.en": text.en}


def reading_words(kind: str, row: Mapping[str, object]) -> Words:
    """A reading of an estimate by its interval, and by its corrected p where it is one of several."""
    low, high, adjusted = row.get("ci_low"), row.get("ci_high"), row.get("p_adjusted")
    key = "too_few"
    if row.get("status") == Status.OK and isinstance(low, float) and isinstance(high, float):
        key = "rise" if low > 0 else "fall" if high < 0 else "unclear"
        if isinstance(adjusted, float) and adjusted >= ALPHA:
            key = "unclear"
    return {"reading_key": key, **_pair("reading", load_words()[kind][key])}


@cache
def load_words() -> dict[str, dict[str, dict[str, str]]]:
    """The words of the national results."""
    found: dict[str, dict[str, dict[str, str]]] = read_yaml(WORDS)
    return found


def _pair(field: str, words: Mapping[str, object]) -> Words:
    return {f"{field}.ro": str(words["ro"]), f"{field}.en": str(words["en"])}


def _participation(data: AudienceData, scored: Scored) -> dict[str, int]:
    people = scored.people
    return {
        "sessions": len(data.sessions),
        **{key: int(data.sessions[key].sum()) for key in ("invited", "present_pre", "present_post")},
        "scored_pre": int((people["occasion"] == "pre").sum()),
        "scored_post": int((people["occasion"] == "post").sum()),
        "pairs": len(paired(scored)),
    }


def _pairs(name: str, scored: Scored) -> "pd.DataFrame":
    pairs = paired(scored)
    gain = (pairs["post"] - pairs["pre"]).to_numpy(dtype=float)
    sessions = scored.people.loc[pairs["row_pre"], "session"].to_numpy()
    return pairs.reset_index(drop=True)[[]].assign(audience=name, session=sessions, gain=gain)


def _present(result: Result) -> list[Row]:
    return [
        {str(key): value for key, value in row.items() if value == value}
        for row in result.table.to_dict("records")
    ]
