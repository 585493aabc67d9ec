"""Consent decides by type: answers as they were read become answers for analysis or for quotation, or stay where they are."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.microdata import WAVE_COLUMNS, ForAnalysis, ForQuotation
from evaluation.core.provenance import Provenance
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackKind, Purpose
from evaluation.instruments.feedback.protocol import load_protocol

if TYPE_CHECKING:
    import pandas as pd

YES, NO = "yes", "no"
CONSENTS = tuple(f"consent_{one.value}" for one in Purpose)
VERSION = "consent_version"
TEXT_COLUMNS = ("person", "wave", "item", "language", "text")
REVIEW_COLUMNS = ("person", "wave", "item", "reviewer", "decision")
METHOD = "feedback_answers"
PROTOCOLS = "protocols"
COLLECTORS = frozenset({"independent", "service", "alone", "interviewer"})
_ANSWER = ["person", "wave", "item"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Responses:
    """Answers under pseudonyms before consent was looked at: analysis takes no such thing.

    ``table`` has ``WAVE_COLUMNS``, the three consents, the version of the consent text, then rating and choice items, and
    the items of those slots that were asked; ``texts`` the screened answers in own words (person, wave, item, language, text).
    """

    instrument: str
    version: str
    table: "pd.DataFrame"
    texts: "pd.DataFrame"
    provenance: Provenance

    def __repr__(self) -> str:
        return f"Responses({self.instrument!r}, {len(self.table)} rows, not shown)"


def closed_items(instrument: FeedbackInstrument) -> tuple[str, ...]:
    """The names of rating and choice items in their order: the answers that a table of responses holds."""
    return tuple(one.name for one in instrument.items if one.kind is not FeedbackKind.OPEN)


def slot_items(instrument: FeedbackInstrument, there: Collection[str]) -> tuple[str, ...]:
    """The items of the official questionnaires that were asked: all of a slot of which one is ``there``, else none."""
    asked = (one for one in instrument.slots if not set(one.columns).isdisjoint(there))
    return tuple(name for one in asked for name in one.columns)


def response_columns(instrument: FeedbackInstrument, there: Collection[str] = ()) -> tuple[str, ...]:
    """The columns of a table of responses in their order; ``there`` names what the answers hold of slots."""
    return (*WAVE_COLUMNS, *CONSENTS, VERSION, *closed_items(instrument), *slot_items(instrument, there))


def check_protocol(instrument: FeedbackInstrument, home: Path) -> None:
    """The protocol that an instrument needs stands in the folder of the data, or nothing of it is used."""
    needed = instrument.about.protocol
    if needed and not (home / PROTOCOLS / f"{needed}.yaml").is_file():
        raise IntakeError(
            f"feedback/{PROTOCOLS}/{needed}.yaml: the protocol that {instrument.name} needs is missing; its answers may "
            "not be used until the approved protocol is put there."
        )
    if needed:
        load_protocol(home / PROTOCOLS, needed)


def for_analysis(
    responses: Responses, instrument: FeedbackInstrument, *, home: Path, versions: Collection[str] = ()
) -> ForAnalysis:
    """The answers whose consent to analysis is valid: yes, under a known version of the consent text.

    Every other row is left out and counted by its reason. ``home`` is the folder of the data, where the protocol of an
    instrument that needs one has to stand; ``versions`` are consent texts in use before the present one.
    """
    check_protocol(instrument, home)
    table = responses.table
    reason = _consent_reason(table, Purpose.ANALYSIS, instrument, versions)
    columns = [*WAVE_COLUMNS, *closed_items(instrument), *slot_items(instrument, table.columns)]
    kept = table[reason == ""][columns].reset_index(drop=True)
    return ForAnalysis(
        instrument.name, instrument.about.version, kept, _counted(responses.provenance, reason)
    )


def for_quotation(
    responses: Responses,
    reviews: "pd.DataFrame",
    instrument: FeedbackInstrument,
    *,
    home: Path,
    versions: Collection[str] = (),
) -> ForQuotation:
    """The answers in own words whose consent to quotation is valid at that wave and that a second person let pass.

    One review with the decision no, or without a reviewer's name, or by somebody who collects, and the answer stays
    unquoted; all are counted by their reason.
    """
    check_protocol(instrument, home)
    texts = responses.texts
    asked = responses.table.assign(
        reason=_consent_reason(responses.table, Purpose.QUOTATION, instrument, versions)
    )
    met = texts.merge(
        asked[["person", "wave", "reason"]], on=["person", "wave"], how="left", validate="many_to_one"
    )
    reason = met["reason"].fillna("no_response")
    reason = reason.where(reason != "", _review_reason(texts, reviews))
    kept = texts.reset_index(drop=True)[(reason == "").to_numpy()][list(TEXT_COLUMNS)].reset_index(drop=True)
    return ForQuotation(
        instrument.name, instrument.about.version, kept, _counted(responses.provenance, reason)
    )


def has_consent(
    table: "pd.DataFrame", purpose: Purpose, instrument: FeedbackInstrument, versions: Collection[str] = ()
) -> "pd.Series[bool]":
    """For each row of a table of responses, whether the consent to a purpose is valid."""
    return _consent_reason(table, purpose, instrument, versions) == ""


def _consent_reason(
    table: "pd.DataFrame", purpose: Purpose, instrument: FeedbackInstrument, versions: Collection[str]
) -> "pd.Series[str]":
    """Why a row may not be used for a purpose; empty where it may."""
    import pandas as pd

    known = {instrument.about.consent.version, *versions}
    reason = pd.Series("", index=table.index, dtype=object)
    reason[~table[VERSION].isin(known)] = "consent_version_unknown"
    reason[table[f"consent_{purpose.value}"] != YES] = f"no_consent_{purpose.value}"
    return reason


def _review_reason(texts: "pd.DataFrame", reviews: "pd.DataFrame") -> "pd.Series[str]":
    """Why the second person's review does not let an answer pass; empty where it does."""
    import pandas as pd

    decided = reviews[reviews["decision"].str.strip() != ""]
    name = decided["reviewer"].str.strip().str.casefold()
    second = (name != "") & ~name.isin(COLLECTORS)
    blocked = set(decided.loc[decided["decision"] != YES, _ANSWER].itertuples(index=False, name=None))
    passed = set(
        decided.loc[(decided["decision"] == YES) & second, _ANSWER].itertuples(index=False, name=None)
    )
    seen = set(decided[_ANSWER].itertuples(index=False, name=None))
    said = []
    for key in texts[_ANSWER].itertuples(index=False, name=None):
        unseen = "review_not_by_second_person" if key in seen else "not_reviewed"
        said.append("review_refused" if key in blocked else "" if key in passed else unseen)
    return pd.Series(said, dtype=object)


def _counted(origin: Provenance, reason: "pd.Series[str]") -> Provenance:
    """The origin with what was left out, by reason."""
    left = {str(one): int(count) for one, count in reason[reason != ""].value_counts().sort_index().items()}
    return Provenance(
        origin.sources, METHOD, len(reason), int((reason == "").sum()), left, synthetic=origin.synthetic
    )
