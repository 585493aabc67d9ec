"""Invented training sessions: answers of people with a known ability, a known gain and known faults."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from evaluation.core.microdata import OCCASIONS, SHEET_COLUMNS
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import LETTERS, Instrument, ItemKind, OpenKey
from evaluation.strategy.words import Definition, Text, load_as
from evaluation.synthetic.draw import make_rng

if TYPE_CHECKING:
    import pandas as pd

TRUTH = Path(__file__).resolve().parent / "training_truth.yaml"
FIRST_MONTH, MONTHS = 9, 24
COUNTIES = ("AB", "B", "BC", "CJ", "CT", "DJ", "GL", "IS", "MM", "SB", "TM", "VS")
Numbers = npt.NDArray[np.float64]


class AudienceTruth(Definition):
    """What is planted in the sessions of one audience."""

    sessions: int
    smallest: int
    largest: int
    gain: float
    between: float
    absent: float
    unlinked: float


class Fault(Definition):
    """One thing gone wrong on purpose, and what should be said of it."""

    id: str
    kind: str
    audience: str
    item: str = ""
    letter: str = ""
    session: int = 0
    people: int = 0
    what: Text
    expect: Text


class TrainingTruth(Definition):
    """All that is planted."""

    audiences: dict[str, AudienceTruth]
    faults: tuple[Fault, ...]
    coders: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InventedSessions:
    """One audience's invented answers (a row a sheet), sessions and codings of the open item."""

    answers: "pd.DataFrame"
    sessions: "pd.DataFrame"
    codings: "pd.DataFrame"


def load_training_truth() -> TrainingTruth:
    """The planted truth."""
    return load_as(TrainingTruth, read_yaml(TRUTH), file=TRUTH.name)


def invent_sessions(instrument: Instrument, truth: TrainingTruth, *, seed: int) -> InventedSessions:
    """All sessions of one audience; equal seeds give equal answers."""
    import pandas as pd

    planted = truth.audiences[instrument.name]
    faults = [one for one in truth.faults if one.audience == instrument.name]
    answers, sessions, codings = [], [], []
    for number in range(1, planted.sessions + 1):
        rng = make_rng(seed, instrument.name, str(number))
        code = f"{instrument.name.removeprefix('training_')[:3].upper()}-{number:03d}"
        made = _session(instrument, planted, faults, number, rng)
        answers.append(_named(made["answers"], code))
        codings.append(_code(instrument, truth.coders, made["answers"], rng).assign(session=code))
        sessions.append({"session": code, "instrument": instrument.name, **made["facts"]})
    columns = [*SHEET_COLUMNS, *(one.name for one in _asked(instrument))]
    return InventedSessions(
        pd.concat(answers, ignore_index=True)[columns],
        pd.DataFrame(sessions),
        pd.concat(codings, ignore_index=True)[["session", "sheet", "occasion", "coder", "codes"]],
    )


def _named(answers: "pd.DataFrame", code: str) -> "pd.DataFrame":
    """The session's sheets under its code; a link is a link of that session only."""
    linked = answers["link"].where(answers["link"] == "", f"{code}-" + answers["link"])
    return answers.assign(session=code, link=linked)


def _session(
    instrument: Instrument,
    planted: AudienceTruth,
    faults: list[Fault],
    number: int,
    rng: np.random.Generator,
) -> dict[str, Any]:
    import pandas as pd

    here = {one.kind: one for one in faults if one.session == number}
    drawn = int(rng.integers(planted.smallest, planted.largest + 1)) if "small" not in here else 0
    people = here["small"].people if "small" in here else drawn
    ability, part = rng.normal(size=people), rng.normal(0, planted.between)
    form_before = np.where((np.arange(people) + number) % 2 == 0, "A", "B")
    away = rng.random(people) < planted.absent * np.where(ability < 0, 4 / 3, 2 / 3)
    sheets = []
    for occasion in OCCASIONS:
        after = occasion == "post"
        swapped = after and "same_form" not in here
        forms = np.where(form_before == "A", "B", "A") if swapped else form_before
        moved = (planted.gain + part) if after else 0.0
        table = _answers(
            instrument, faults, ability, moved=moved, forms=forms, rng=rng,
            told="known" in here or (after and "taught" in here),
        )  # fmt: skip
        if after and "copied" in here:
            _copy(table, forms, ability, away, here["copied"].people)
        table = table.assign(sheet=np.arange(1, people + 1), occasion=occasion, form=forms)
        if not after:
            table[["react_clear", "react_useful"]] = ""
        sheets.append(table[~away] if after else table)
    both = ~away & (rng.random(people) >= planted.unlinked)
    link = pd.Series(np.where(both, [f"P{one + 1:03d}" for one in range(people)], ""), index=range(people))
    answers = pd.concat(sheets)
    answers["link"] = link.loc[answers.index].to_numpy()
    month = FIRST_MONTH + int(rng.integers(MONTHS))
    facts = {
        "month": f"{2024 + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}", "county": str(rng.choice(COUNTIES)),
        "invited": people + int(rng.integers(0, 5)), "present_pre": people, "present_post": int((~away).sum()),
        "false_share": round(float(rng.uniform(0, 0.002)), 4),
    }  # fmt: skip
    return {"answers": answers.reset_index(drop=True), "facts": facts}


def _answers(
    instrument: Instrument,
    faults: list[Fault],
    ability: Numbers,
    *,
    moved: float,
    forms: npt.NDArray[np.str_],
    rng: np.random.Generator,
    told: bool,
) -> "pd.DataFrame":
    """Letters of every closed item on the form, reactions, all as text; who was told is right 98 times in 100."""
    import pandas as pd

    found = {}
    for item in instrument.of_kind(ItemKind.CLOSED):
        key = instrument.key(item.name)
        mine = [one for one in faults if one.item == item.name or (one.item and key.twin == one.item)]
        gain = 0.0 if any(one.kind == "no_gain" for one in mine) else moved
        hard = -np.log(key.difficulty / (1 - key.difficulty))
        chance = 1 / (1 + np.exp(hard - ability - gain))
        chance = np.full(len(ability), 0.98) if told else chance
        found[item.name] = _letters(key.correct, chance, [one for one in mine if one.item == item.name], rng)
        asked = np.isin(forms, [form for form in "AB" if item in instrument.of_kind(ItemKind.CLOSED, form)])
        found[item.name] = np.where(asked & (rng.random(len(ability)) > 0.015), found[item.name], "")
    for item in instrument.of_kind(ItemKind.REACTION):
        found[item.name] = rng.choice(list(item.choices), len(ability), p=[0.03, 0.07, 0.15, 0.4, 0.35])
    return pd.DataFrame(found)


def _copy(
    table: "pd.DataFrame",
    forms: npt.NDArray[np.str_],
    ability: Numbers,
    away: npt.NDArray[np.bool_],
    people: int,
) -> None:
    """On each form the sheet of the weakest present becomes that of the next ones present."""
    for form in ("A", "B"):
        here = np.flatnonzero((forms == form) & ~away)
        weakest = here[ability[here].argmin()]
        copying = [one for one in here if one != weakest][:people]
        table.iloc[copying] = table.iloc[weakest].to_numpy()


def _letters(
    correct: str, chance: Numbers, faults: list[Fault], rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    """The letter each person ticks."""
    kinds = {one.kind: one for one in faults}
    people = len(chance)
    if "chance" in kinds:
        return rng.choice(LETTERS, people)
    wrong = [letter for letter in LETTERS if letter != correct]
    weights = [1 / 3] * 3
    if "believed" in kinds:
        weights = [0.8 if letter == kinds["believed"].letter else 0.1 for letter in wrong]
    knows = rng.random(people) < chance
    known = correct
    if "false_key" in kinds:
        known = kinds["false_key"].letter
        wrong = [letter for letter in LETTERS if letter != known]
    return np.where(knows, known, rng.choice(wrong, people, p=weights))


def _code(
    instrument: Instrument, coders: dict[str, float], answers: "pd.DataFrame", rng: np.random.Generator
) -> "pd.DataFrame":
    """Two coders' codes of the written answers, each missing or adding a code now and then, and a third reading."""
    import pandas as pd

    (key,) = instrument.open_keys
    codes = [one.code for one in key.codes]
    counting = [one.code for one in key.codes if one.counts]
    rows = []
    for sheet, occasion in answers[["sheet", "occasion"]].itertuples(index=False):
        mean = coders["codes_after"] if occasion == "post" else coders["codes_before"]
        named = set(rng.permutation(counting)[: min(int(rng.poisson(mean)), len(counting))])
        readings = [named ^ {code for code in codes if rng.random() < coders["error"]} for _ in range(2)]
        rows += [(sheet, occasion, str(place + 1), given) for place, given in enumerate(readings)]
        enough = {tuple(_enough(one, given) for one in key.readings) for given in readings}
        if len(enough) == 2 and rng.random() < coders["adjudicated"]:
            rows.append((sheet, occasion, "final", named))
    table = pd.DataFrame(rows, columns=["sheet", "occasion", "coder", "codes"])
    table["codes"] = [" ".join(code for code in codes if code in given) for given in table["codes"]]
    return table


def _enough(key: OpenKey, given: set[str]) -> bool:
    """Whether the codes given make a person count."""
    return sum(one.counts and one.code in given for one in key.codes) >= key.at_least


def _asked(instrument: Instrument) -> list[Any]:
    return [one for one in instrument.items if one.kind in (ItemKind.CLOSED, ItemKind.REACTION)]
