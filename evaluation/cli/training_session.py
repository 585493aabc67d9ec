"""From the answers of a session to what may be read of it: compute, pass the gate, keep a record for the national data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from evaluation.core.errors import DisclosureError
from evaluation.core.microdata import OCCASIONS, Microdata
from evaluation.core.provenance import KIT_VERSION, Provenance
from evaluation.core.results import Released, Result
from evaluation.instruments.model import Instrument, ItemKind

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.analysis.training.scores import Scored
    from evaluation.intake.training.facts import SessionFacts
    from evaluation.intake.training.read import ReadAnswers

RECORD, RECORD_VERSION = "snitp-training-session", "1.0"
ADULTS, CHILDREN = "training_knowledge", "training_knowledge_children"
TOLD = ("invited", "present_pre", "present_post")
FEWEST_CHILDREN = 10
"""Pairs of children below which the record has no scores of single pairs."""
RECORD_USE = (
    "For the national data only; not to be published. Counts, items and, for each linked pair in no order, the scores "
    "before and after: no names, codes, demographics or written answers."
)


@dataclass(frozen=True, slots=True, repr=False)
class SessionResults:
    """One session: its facts, what the gate released, and its record."""

    facts: "SessionFacts"
    released: tuple[Released, ...]
    record: dict[str, Any]


def session_results(read: "ReadAnswers") -> list[SessionResults]:
    """Every session of the files that were read, in their order."""
    return [_session(read, facts) for facts in read.sessions]


def _session(read: "ReadAnswers", facts: "SessionFacts") -> SessionResults:
    from evaluation.analysis.training.scores import score_sheets

    instrument = read.instrument
    part = _part(read, facts.code)
    scored = score_sheets(part, instrument)
    written = read.open_answers[read.open_answers["session"] == facts.code]["occasion"].value_counts()
    counted = {occasion: int(written.get(occasion, 0)) for occasion in OCCASIONS}
    told: dict[str, int | None] = {name: getattr(facts, name) for name in TOLD}
    told["ambiguous"] = read.linked.ambiguous if len(read.sessions) == 1 else None
    results = _compute(part, scored, instrument, told, counted)
    _check_enough(instrument, part, facts)
    return SessionResults(facts, _release(results, instrument), _record(read, part, scored, facts, counted))


def _part(read: "ReadAnswers", code: str) -> Microdata:
    """The sheets of one session; of several in a file, rows left out belong to none of them."""
    table = read.microdata.table[read.microdata.table["session"] == code].reset_index(drop=True)
    origin = read.microdata.provenance
    if len(read.sessions) > 1:
        origin = Provenance(origin.sources, origin.method, len(table), len(table))
    return replace(read.microdata, table=table, provenance=origin)


def _compute(
    part: Microdata,
    scored: "Scored",
    instrument: Instrument,
    told: Mapping[str, int | None],
    written: Mapping[str, int],
) -> tuple[Result, ...]:
    from evaluation.analysis.training.session import (
        session_believed,
        session_counts,
        session_opinions,
        session_topics,
    )
    from evaluation.analysis.training.session_change import session_change, session_gain

    origin = part.provenance
    return (
        session_counts(scored, part.table, provenance=origin, told=told, written=written),
        session_gain(scored, instrument, provenance=origin),
        session_topics(scored, instrument, provenance=origin),
        session_change(scored, instrument, provenance=origin),
        session_believed(part.table, instrument, provenance=origin),
        session_opinions(part.table, instrument, provenance=origin),
    )


def _check_enough(instrument: Instrument, part: Microdata, facts: "SessionFacts") -> None:
    """A handful of children has no report; the gate would refuse too, but not in words for a trainer."""
    from evaluation.disclosure.policy import policy_named

    least = policy_named(CHILDREN).minimum_base
    if instrument.about.children and part.table["occasion"].value_counts().max() < least:
        text = _(
            "session {code}: fewer than {least} children handed in a sheet, so nothing can be shown that does not show a "
            "child's answer; no report is made."
        )
        raise DisclosureError(text.format(code=facts.code, least=least))


def _release(results: tuple[Result, ...], instrument: Instrument) -> tuple[Released, ...]:
    """Adults' answers as an activity; children's audited together, small figures suppressed."""
    from evaluation.disclosure.policy import policy_named
    from evaluation.disclosure.release import release, release_together

    if instrument.about.children:
        return release_together(results, policy_named(CHILDREN))
    policy = policy_named(ADULTS)
    return tuple(release(one, policy) for one in results)


def _record(
    read: "ReadAnswers", part: Microdata, scored: "Scored", facts: "SessionFacts", written: Mapping[str, int]
) -> dict[str, Any]:
    """What goes into the national data; answers of single people only as pairs of scores."""
    from evaluation.analysis.training.session import paired

    about, pairs = read.instrument.about, paired(scored)
    forms = scored.people["form"]
    sides = zip(pairs["row_pre"], pairs["row_post"], pairs["pre"], pairs["post"], strict=True)
    scores = sorted(
        [str(forms.loc[first]), str(forms.loc[second]), round(float(before), 4), round(float(after), 4)]
        for first, second, before, after in sides
    )
    hidden = about.children and len(scores) < FEWEST_CHILDREN
    return {
        "format": RECORD, "format_version": RECORD_VERSION, "use": RECORD_USE, "kit_version": KIT_VERSION,
        "instrument": about.name, "instrument_version": about.version, "validation": about.validation.value,
        "children": about.children, "channel": read.program, "session": asdict(facts),
        "linking": _linking(read),
        "counts": _counts(part.table, scored, written) | {"pairs": len(scores)},
        "rows": {"in": part.provenance.rows_in, "used": part.provenance.rows_used, "excluded": dict(part.provenance.excluded)},
        "noticed": _noticed(read),
        "pairs": {
            "columns": ["form_pre", "form_post", "score_pre", "score_post"],
            "scores": [] if hidden else scores, "withheld": hidden,
        },
        "items": _items(part.table, read.instrument),
        "sources": [{"kind": one.file, "sha256": one.digest} for one in part.provenance.sources],
    }  # fmt: skip


def _counts(table: "pd.DataFrame", scored: "Scored", written: Mapping[str, int]) -> dict[str, Any]:
    return {
        name: {
            occasion: int((frame["occasion"] == occasion).sum()) if frame is not None else written[occasion]
            for occasion in OCCASIONS
        }
        for name, frame in (("sheets", table), ("scored", scored.people), ("written_answers", None))
    }


def _linking(read: "ReadAnswers") -> dict[str, Any]:
    """How sure the links of the whole file are; ambiguous pairs were not linked."""
    linked = read.linked
    return {
        "of": "all sessions of the file",
        "linked": linked.linked,
        "ambiguous": linked.ambiguous,
        "unlinked": linked.unlinked,
        "expected_false_share": round(linked.false_share, 6),
    }


def _noticed(read: "ReadAnswers") -> dict[str, int]:
    """What was found in the files, counted by its code; places stay with the trainer."""
    counted: dict[str, int] = {}
    for one in read.problems:
        counted[one.code] = counted.get(one.code, 0) + one.count
    return counted


def _items(table: "pd.DataFrame", instrument: Instrument) -> list[dict[str, Any]]:
    """For each item and occasion how many ticked each choice."""
    rows = []
    for item in instrument.items:
        if item.kind not in (ItemKind.CLOSED, ItemKind.REACTION):
            continue
        for occasion in OCCASIONS:
            given = table[table["occasion"] == occasion][item.name].value_counts()
            counts = {letter: int(given.get(letter, 0)) for letter in item.choices}
            if any(counts.values()):
                rows.append(
                    {
                        "item": item.name,
                        "occasion": occasion,
                        "answered": sum(counts.values()),
                        "choices": counts,
                    }
                )
    return rows
