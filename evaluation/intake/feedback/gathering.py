"""Answers that were read are added to the folder of feedback, with sheets for two coders and the second person's review."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.intake.feedback.consent import (
    CONSENTS,
    REVIEW_COLUMNS,
    TEXT_COLUMNS,
    YES,
    Responses,
    check_protocol,
    response_columns,
)
from evaluation.intake.feedback.store import read_about
from evaluation.intake.feedback.tables import (
    ABOUT,
    CODERS,
    CODING_COLUMNS,
    coding_path,
    read_feedback_table,
    replace_file,
    table_path,
    write_feedback_table,
)

if TYPE_CHECKING:
    import pandas as pd

ALREADY = "already_kept"
_WHO = ["person", "wave"]
_WHICH = [*_WHO, "item"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files written, and how many rows were added or were there already."""

    files: tuple[Path, ...]
    added: int
    already: int


def check_place(home: Path, project: Project) -> None:
    """Real answers are not put where files are shared: into the bundled example, or beside the code."""
    place = home.resolve()
    example = (project.root / "data_raw" / "example").resolve()
    inside = place.is_relative_to(project.root.resolve())
    arrived = place.is_relative_to((project.root / "data_raw").resolve())
    if place.is_relative_to(example) or (inside and not arrived):
        raise IntakeError(
            f"{home.name}: files there are shared with the code; name a folder in data_raw (not in its example) or "
            "outside the project."
        )


def gather_feedback(
    responses: Responses, instrument: FeedbackInstrument, home: Path, *, today: date
) -> Gathered:
    """Add answers to the folder's tables; what is kept already stays as it is, and is counted.

    Retention is counted from ``today`` by the instrument's months; a month that ``about.yaml`` sets earlier stays.
    """
    import pandas as pd

    check_protocol(instrument, home)
    name = instrument.name
    path = table_path(home, "responses", name)
    columns = list(response_columns(instrument, responses.table.columns))
    kept = _kept(path, columns)
    known = pd.MultiIndex.from_frame(kept[_WHO])
    table = responses.table[columns].astype(object)
    fresh = table[~pd.MultiIndex.from_frame(table[_WHO]).isin(known)]
    texts = responses.texts[~pd.MultiIndex.from_frame(responses.texts[_WHO]).isin(known)]
    tables = {path: _joined(kept, fresh)}
    text_path = table_path(home, "texts", name)
    tables[text_path] = _joined(_kept(text_path, list(TEXT_COLUMNS)), texts)
    tables |= _sheets(home, name, fresh, texts)
    files = _write_about(home, instrument, today)
    for one, content in tables.items():
        write_feedback_table(one, content)
    return Gathered((*tables, *files), len(fresh), len(table) - len(fresh))


def _sheets(
    home: Path, name: str, fresh: "pd.DataFrame", texts: "pd.DataFrame"
) -> "dict[Path, pd.DataFrame]":
    """The coders' sheets of what may be analysed, the reviewer's of what may be quoted; typed-in cells stay."""
    may = {one: fresh[fresh[one] == YES][_WHO] for one in CONSENTS[:2]}
    coded = texts.merge(may[CONSENTS[0]], on=_WHO)
    tables = {}
    for coder in CODERS:
        path = coding_path(home, name, coder)
        columns = [*CODING_COLUMNS, "text"]
        tables[path] = _joined(_kept(path, columns), coded.assign(coder=coder, codes="")[columns])
    path = table_path(home, "reviews", name)
    reviewed = texts.merge(may[CONSENTS[1]], on=_WHO).assign(reviewer="", decision="")
    tables[path] = _joined(_kept(path, list(REVIEW_COLUMNS)), reviewed[list(REVIEW_COLUMNS)])
    return tables


def _kept(path: Path, columns: list[str]) -> "pd.DataFrame":
    import pandas as pd

    if not path.is_file():
        return pd.DataFrame(columns=columns, dtype=object)
    found = read_feedback_table(path, columns[:2])
    return found.reindex(
        columns=[*columns, *(one for one in found.columns if one not in columns)], fill_value=""
    )


def _joined(kept: "pd.DataFrame", fresh: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    order = [one for one in (*_WHICH, "reviewer", "coder") if one in kept.columns]
    both = pd.concat([kept, fresh], ignore_index=True).fillna("")
    return both.sort_values(order, kind="stable", ignore_index=True)


def _write_about(home: Path, instrument: FeedbackInstrument, today: date) -> list[Path]:
    """Retention and versions; the earliest month stays, and a version once in use stays known."""
    about = instrument.about
    last = today.year * 12 + today.month - 1 + about.retention_months
    until = f"{last // 12}-{last % 12 + 1:02d}"
    kept = read_about(home) if (home / ABOUT).is_file() else None
    versions: dict[str, tuple[str, ...]] = {}
    if kept is not None:
        until = min(until, kept.retention.until)
        versions = {name: one.consent_versions for name, one in kept.instruments.items()}
    known = versions.get(instrument.name, ())
    if kept is not None and until == kept.retention.until and about.consent.version in known:
        return []
    versions[instrument.name] = tuple(dict.fromkeys((*known, about.consent.version)))
    lines = [
        f"  {name}: {{consent_versions: {json.dumps(told)}}}\n" for name, told in sorted(versions.items())
    ]
    text = (
        "# Until which month the answers may be kept; past it nothing is built from them.\n"
        f'retention: {{until: "{until}"}}\n'
        "# Versions of the consent texts under which answers were given.\n"
        "instruments:\n"
    )
    replace_file(home / ABOUT, (text + "".join(lines)).encode("utf-8"))
    return [home / ABOUT]
